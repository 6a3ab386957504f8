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
    const rate = count => (seen > 0 ? formatNumber((60 * count) / seen, 2) : '-');
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
  const group = (keysOf, text) =>
    groupBy(events, keysOf).map(([key, list]) => row(text(key), list));
  const rows = [
    row(t('all'), events),
    ...group(e => [e.kind], kind => t(kind)),
    ...(report.emotions ? group(e => [codings.labelOf(e)].filter(Boolean), nameLabel) : []),
    ...group(e => codings.unitsOf(e), String),
  ];
  return [
    element('p', { class: 'dim', text: t('totals.words', { time: formatTime(seen, 0) }) }),
    makeTable(
      [
        ...[t('totals.group'), t('totals.events'), t('totals.rate')],
        ...[t('state.accepted'), t('totals.rate'), t('state.rejected'), t('state.undecided')],
        ...[t('state.added'), t('totals.precision'), t('totals.recall')],
      ],
      rows,
    ),
  ];
}

function describeWarning(w) {
  const reason = t(`warning.${w.reason}`);
  const measured = w.unit
    ? [t('warning.measured', { value: w.value.toPrecision(3), unit: w.unit, limit: w.limit.toPrecision(3) })]
    : [];
  return t(w.face === undefined ? 'warning' : 'warning.face', {
    from: formatTime(w.start, 1),
    to: formatTime(w.end, 1),
    face: w.face,
    what: [reason, ...measured].join(': '),
  });
}

function describeRecording(report) {
  const { recording, times } = report;
  const span = times.at(-1) - times[0];
  const rate =
    times.length > 1 && span > 0
      ? t('about.rate', { rate: formatNumber((times.length - 1) / span, 1) })
      : '';
  const between = (from, to) => ({ from: formatTime(from, 1), to: formatTime(to, 1) });
  const { name, width, height } = recording;
  return [
    [
      t('about.recording'),
      t('about.recording.text', {
        ...{ name, rate, width: String(width), height: String(height), frames: times.length },
      }),
    ],
    [
      t('about.analyzed'),
      t('about.analyzed.text', {
        ...between(times[0], times.at(-1)),
        all: formatTime(report.duration, 1),
      }),
    ],
    [
      t('about.faces'),
      report.faces.map(f => t('about.face', { id: f.id, ...between(f.first, f.last) })).join('; ') ||
        t('none'),
    ],
    [t('about.settings'), report.settings.join(', ')],
    [t('about.written'), t('about.written.text', report)],
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
      ? [element('h3', { text: t('about.conditions') }), element('ul', {}, ...list)]
      : []),
  ];
}
