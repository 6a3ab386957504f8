/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Exports: JSON with every event as microexprextract writes it plus `review`, CSV with the columns
 * of microexprextract plus those of the review, and ELAN. */

/* The coding of an event, as the schema has it. */
function writeReview(event, codings) {
  const { decision = 'undecided', label, facs, ...rest } = codings.of(event);
  const units = facs === undefined ? undefined : unitsOfCodes(facs.split('+').filter(Boolean));
  return { decision, label, 'action-units': units, facs, ...rest };
}

/* The sets of the two coders who are compared, and how they agree. */
function writeComparison(comparison, codings) {
  if (!comparison.active) return {};
  const { matches, ...agreement } = comparison.result;
  const set = coder => {
    const entries = [...codings.setOf(coder)];
    const of = isOne => entries.filter(([key]) => isOne(key[0])).map(([, entry]) => entry);
    return { coder, events: of(mark => mark !== '+' && mark !== '?'), added: of(mark => mark === '+') };
  };
  return {
    coders: comparison.coders.filter(name => name !== codings.coder).map(set),
    agreement: { coders: comparison.coders, ...agreement },
  };
}

function writeJson(report, codings, comparison) {
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
        ...writeComparison(comparison, codings),
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

/* Added since; their columns follow all others. */
const LATER_UNITS = ['AU18', 'AU22', 'AU28', 'AU27'];

/* Name and getter of each column. */
function csvColumns(report, codings) {
  const nested = (name, part, key) => [name, event => event.fields[part]?.[key]];
  const units = MEASURED_UNITS.filter(unit => !LATER_UNITS.includes(unit));
  const strengths = unit => [
    nested(unit, 'action-units', unit),
    nested(`${unit}_left`, 'left', unit),
    nested(`${unit}_right`, 'right', unit),
  ];
  const confidence = unit => nested(`${unit}_confidence`, 'units-confidence', unit);
  const emotions = EMOTIONS.filter(name => name !== 'other');
  return [
    ...CSV_FIELDS.map(name => [name, event => event.fields[name]]),
    ...emotions.map(name => nested(name, 'emotions', name)),
    ...units.flatMap(strengths),
    ...['facs', 'candidate', 'emotion-confidence', 'speaking'].map(name => [
      name,
      event => event.fields[name],
    ]),
    ...units.filter(unit => !LID_UNITS.includes(unit)).map(confidence),
    ...LATER_UNITS.flatMap(unit => [...strengths(unit), confidence(unit)]),
    ['context', event => event.fields.context],
    ['decision', event => (event.added ? 'added' : (codings.verdictOf(event) ?? 'undecided'))],
    ['review_label', event => codings.of(event).label],
    ['review_action_units', event => joinUnits(writeReview(event, codings)['action-units'] ?? [])],
    ['note', event => codings.of(event).note],
    ['coder', () => codings.coder],
    ['review_facs', event => codings.of(event).facs],
    ...MOMENTS.map(moment => [`review_${moment}`, event => codings.of(event)[moment]]),
    ['review_own_label', event => codings.of(event)['own-label']],
  ];
}

/* Of others who are compared, what they decided on or added. */
function writeCsv(report, codings, comparison) {
  const columns = csvColumns(report, codings);
  const rows = [
    columns.map(([name]) => name),
    ...codings.events.map(event => columns.map(([, get]) => String(get(event) ?? ''))),
    ...comparison.others().flatMap(other =>
      other.events
        .filter(event => other.verdictOf(event))
        .map(event => csvColumns(report, other).map(([, get]) => String(get(event) ?? ''))),
    ),
  ];
  return joinCsv(rows);
}

const joinCsv = rows => rows.map(row => row.map(quoteCsv).join(',') + '\r\n').join('');

const stemOf = name => name.replace(/\.[^.]*$/, '');

const SECONDS_HEADS = [
  ...['onset_s', 'apex_s', 'offset_s', 'duration_s', 'kind', 'face', 'label', 'units'],
  ...['decision', 'confidence', 'note', 'coder', 'label_convention'],
];

/* What the coder made of each event, in seconds. label_convention: `own` for labels that are none of
 * the six emotions. */
function listSeconds(report, codings) {
  const convention = label => (isOwnLabel(label) ? 'own' : label ? 'basic' : '');
  return codings.events.map(event => [
    ...MOMENTS.map(moment => event[moment].toFixed(3)),
    (event.offset - event.onset).toFixed(3),
    event.kind,
    String(event.face),
    codings.labelOf(event) ?? '',
    codings.describeUnits(event),
    codings.stateOf(event),
    event.added ? '' : event.confidence.toFixed(3),
    codings.of(event).note ?? '',
    codings.coder,
    convention(codings.labelOf(event)),
  ]);
}

/* For spreadsheets, which read it as UTF-8 for the byte order mark. */
const writeSeconds = (report, codings) =>
  '\ufeff' + joinCsv([SECONDS_HEADS, ...listSeconds(report, codings)]);

const SHEET_HEADS = ['Subject', 'Filename', 'Onset', 'Apex', 'Offset', 'AU', 'Emotion', 'Expression type'];

/* What was accepted or added as a sheet for microexpr-evaluate: frames are counted from 1, the
 * subject is the first number in the name of the recording. */
function listSheet(report, codings) {
  const name = stemOf(report.recording.name);
  return codings.events
    .filter(event => codings.verdictOf(event) === 'accepted' && event.kind !== 'blink')
    .map(event => [
      name.match(/\d{1,9}/)?.[0] ?? '0',
      name,
      ...MOMENTS.map(moment => String(nearestFrame(report.times, event[moment]) + 1)),
      codings.codesOf(event).join('+'),
      codings.labelOf(event) ?? '',
      event.kind,
    ]);
}

const writeSheet = (report, codings) => joinCsv([SHEET_HEADS, ...listSheet(report, codings)]);

const EXPORTS = {
  json: { write: writeJson, type: 'application/json' },
  csv: { write: writeCsv, type: 'text/csv' },
  seconds: { write: writeSeconds, type: 'text/csv', ending: 'seconds.csv' },
  evaluate: { write: writeSheet, type: 'text/csv', ending: 'evaluate.csv' },
  eaf: { write: writeElan, type: 'application/xml' },
};

function download(report, codings, comparison, suffix) {
  const { write, type, ending = suffix } = EXPORTS[suffix];
  const name = stemOf(report.recording.name);
  saveAs(write(report, codings, comparison), type, `${name}.review.${ending}`);
}

function saveAs(text, type, name) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  element('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}
