/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Counts, rates and codings by kind of event, and facts on the analysis. Rates are per minute
 * with a face in view. */

function makeTable(heads, rows) {
  const cell = (value, i) =>
    element(i ? 'td' : 'th', i ? { class: 'number', text: value } : { scope: 'row', text: value });
  return element(
    'table',
    {},
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        ...heads.map((text, i) =>
          element('th', { scope: 'col', class: i ? 'number' : null, text }),
        ),
      ),
    ),
    element('tbody', {}, ...rows.map(row => element('tr', {}, ...row.map(cell)))),
  );
}

/* seen: seconds with a face. */
function makeTotals(events, seen, report, codings) {
  const row = (name, all) => {
    const of = all.filter(event => !event.added),
      added = all.length - of.length;
    const n = verdict => of.filter(event => codings.verdictOf(event) === verdict).length;
    const rate = count => (seen > 0 ? ((60 * count) / seen).toFixed(2) : '-');
    const accepted = n('accepted'),
      found = of.filter(e => !e.candidate && codings.verdictOf(e) === 'accepted').length;
    const share = (part, whole) => (whole ? percent(part / whole) : '-');
    return [
      name,
      of.length,
      rate(of.length),
      accepted,
      rate(accepted),
      n('rejected'),
      n(undefined),
      added,
      share(accepted, accepted + n('rejected')),
      share(found, accepted + added),
    ];
  };
  const group = keysOf =>
    countBy(events, keysOf).map(([key]) =>
      row(
        key,
        events.filter(event => keysOf(event).includes(key)),
      ),
    );
  const rows = [
    row('all', events),
    ...group(e => [e.kind]),
    ...(report.emotions ? group(e => [codings.labelOf(e)].filter(Boolean)) : []),
    ...group(e => codings.unitsOf(e)),
  ];
  return [
    element('p', {
      class: 'dim',
      text:
        `Rates are per minute of the ${formatTime(seen, 0)} with a face in view. ` +
        'Precision: accepted, of those decided. Recall: accepted and no candidate, of those ' +
        'accepted or added.',
    }),
    makeTable(
      [
        ...['group', 'events', 'per min', 'accepted', 'per min', 'rejected', 'undecided'],
        ...['added', 'precision', 'recall'],
      ],
      rows,
    ),
  ];
}

// Where the name does not say it.
const WARNING_WORDS = {
  'frame-rate': 'frame rate too low for the shortest events',
  'max-faces': 'more faces than max-faces',
  noisy: 'too much noise for the contrast of the skin',
  restarts: 'analysis kept restarting',
};

function describeWarning(w) {
  const who = w.face === undefined ? '' : `, face ${w.face}`;
  const measured = w.unit
    ? `: ${w.value.toPrecision(3)} ${w.unit}, should be ${w.limit.toPrecision(3)}`
    : '';
  const when = `${formatTime(w.start, 1)} to ${formatTime(w.end, 1)}`;
  return `${when}${who}, ${WARNING_WORDS[w.reason] ?? w.reason.replaceAll('-', ' ')}${measured}`;
}

function describeRecording(report) {
  const { recording, times } = report;
  const span = times.at(-1) - times[0];
  const rate =
    times.length > 1 && span > 0 ? ` at ${((times.length - 1) / span).toFixed(1)} frames/s` : '';
  return [
    [
      'Recording',
      `${recording.name}, ${recording.width} x ${recording.height}, ${times.length} frames${rate}`,
    ],
    [
      'Analyzed',
      [
        `${formatTime(times[0], 1)} to ${formatTime(times.at(-1), 1)}`,
        formatTime(report.duration, 1),
      ].join(' of '),
    ],
    [
      'Faces',
      report.faces
        .map(f => `${f.id}: ${formatTime(f.first, 1)} to ${formatTime(f.last, 1)}`)
        .join('; ') || 'none',
    ],
    ['Settings', report.settings.join(', ')],
    ['Written', `${report.created} by ${report.generator}`],
  ];
}

function makeAbout(report) {
  const list = report.warnings.map(w => element('li', { text: describeWarning(w) }));
  return [
    element(
      'dl',
      { class: 'about' },
      ...describeRecording(report).flatMap(([key, value]) => [
        element('dt', { text: key }),
        element('dd', { text: value }),
      ]),
    ),
    ...(list.length
      ? [element('h3', { text: 'Conditions that reduced accuracy' }), element('ul', {}, ...list)]
      : []),
  ];
}
