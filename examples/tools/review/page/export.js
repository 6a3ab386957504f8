/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Exports: JSON with every event as microexprextract writes it plus `review`, CSV with the columns
 * of microexprextract plus those of the review, and ELAN. */

function writeJson(report, decisions) {
  const events = report.events.map(event => {
    const { verdict, label, units, note } = decisions.of(event);
    return {
      ...event.fields,
      review: { decision: verdict ?? 'undecided', label, 'action-units': units, note },
    };
  });
  return (
    JSON.stringify(
      {
        recording: report.recording.name,
        generator: report.generator,
        settings: report.settings,
        complete: report.recording.complete,
        coder: decisions.coder,
        exported: new Date().toISOString(),
        events,
      },
      null,
      1,
    ) + '\n'
  );
}

const CSV_FIELDS = [
  'id',
  'source',
  'face',
  'kind',
  'onset',
  'apex',
  'offset',
  'duration',
  'utc',
  'emotion',
  'confidence',
  'intensity',
  'snr',
  'x',
  'y',
  'width',
  'height',
];

const quoteCsv = value => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/* Seen of the lids, not of motion: without a probability. */
const LID_UNITS = ['AU43', 'AU45'];

/* Name and getter of each column. */
function csvColumns(report, decisions) {
  const nested = (name, part, key) => [name, event => event.fields[part]?.[key]];
  const emotions = EMOTIONS.filter(name => name !== 'other');
  return [
    ...CSV_FIELDS.map(name => [name, event => event.fields[name]]),
    ...emotions.map(name => nested(name, 'emotions', name)),
    ...Object.keys(UNIT_NAMES).flatMap(unit => [
      nested(unit, 'action-units', unit),
      nested(`${unit}_left`, 'left', unit),
      nested(`${unit}_right`, 'right', unit),
    ]),
    ...['facs', 'candidate', 'emotion-confidence', 'speaking'].map(name => [
      name,
      event => event.fields[name],
    ]),
    ...Object.keys(UNIT_NAMES)
      .filter(unit => !LID_UNITS.includes(unit))
      .map(unit => nested(`${unit}_confidence`, 'units-confidence', unit)),
    ['context', event => event.fields.context],
    ['decision', event => decisions.of(event).verdict ?? 'undecided'],
    ['review_label', event => decisions.of(event).label],
    ['review_action_units', event => joinUnits(decisions.of(event).units ?? [])],
    ['note', event => decisions.of(event).note],
    ['coder', () => decisions.coder],
  ];
}

function writeCsv(report, decisions) {
  const columns = csvColumns(report, decisions);
  const rows = [
    columns.map(([name]) => name),
    ...report.events.map(event => columns.map(([, get]) => String(get(event) ?? ''))),
  ];
  return rows.map(row => row.map(quoteCsv).join(',') + '\r\n').join('');
}

const EXPORTS = {
  json: { write: writeJson, type: 'application/json' },
  csv: { write: writeCsv, type: 'text/csv' },
  eaf: { write: writeElan, type: 'application/xml' },
};

function download(report, decisions, suffix) {
  const { write, type } = EXPORTS[suffix];
  const url = URL.createObjectURL(new Blob([write(report, decisions)], { type }));
  const name = report.recording.name.replace(/\.[^.]*$/, '');
  element('a', { href: url, download: `${name}.review.${suffix}` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}
