/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Exports: JSON with every event as microexprextract writes it plus `review`, CSV with the columns
 * of microexprextract plus those of the review, and ELAN. */

/* The coding of an event, as the schema has it. */
function writeReview(event, codings) {
  const { decision = 'undecided', label, facs, ...rest } = codings.of(event);
  const units = facs === undefined ? undefined : unitsOfCodes(facs.split('+').filter(Boolean));
  return { decision, label, 'action-units': units, facs, ...rest };
}

function writeJson(report, codings) {
  const added = codings.events.filter(event => event.added);
  return (
    JSON.stringify(
      {
        recording: report.recording.name,
        generator: report.generator,
        settings: report.settings,
        complete: report.recording.complete,
        coder: codings.coder,
        exported: new Date().toISOString(),
        events: report.events.map(event => ({
          ...event.fields,
          review: writeReview(event, codings),
        })),
        added: added.map(event => ({ ...event.identity, review: writeReview(event, codings) })),
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
function csvColumns(report, codings) {
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
    ['decision', event => (event.added ? 'added' : (codings.verdictOf(event) ?? 'undecided'))],
    ['review_label', event => codings.of(event).label],
    ['review_action_units', event => joinUnits(writeReview(event, codings)['action-units'] ?? [])],
    ['note', event => codings.of(event).note],
    ['coder', () => codings.coder],
    ['review_facs', event => codings.of(event).facs],
    ...MOMENTS.map(moment => [`review_${moment}`, event => codings.of(event)[moment]]),
  ];
}

function writeCsv(report, codings) {
  const columns = csvColumns(report, codings);
  const rows = [
    columns.map(([name]) => name),
    ...codings.events.map(event => columns.map(([, get]) => String(get(event) ?? ''))),
  ];
  return rows.map(row => row.map(quoteCsv).join(',') + '\r\n').join('');
}

const EXPORTS = {
  json: { write: writeJson, type: 'application/json' },
  csv: { write: writeCsv, type: 'text/csv' },
  eaf: { write: writeElan, type: 'application/xml' },
};

function download(report, codings, suffix) {
  const { write, type } = EXPORTS[suffix];
  const name = report.recording.name.replace(/\.[^.]*$/, '');
  saveAs(write(report, codings), type, `${name}.review.${suffix}`);
}

function saveAs(text, type, name) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  element('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}
