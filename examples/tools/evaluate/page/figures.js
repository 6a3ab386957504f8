/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The sections of the page, each made of the data that microexpr-evaluate has counted. */

const ratio = (part, all) => (all > 0 ? part / all : NaN);
const recallOf = counts => ratio(counts.found, counts.found + counts.missed);
const precisionOf = counts => ratio(counts.found, counts.found + counts.wrong);
const kindsOf = data => (data.macro ? ['micro', 'macro'] : ['micro']);
const capital = text => text.charAt(0).toUpperCase() + text.slice(1);

/* label: what it is about. rows: arrays of cells; the first of each is its heading. numbers: all
 * others are right-aligned. */
function tableOf(label, headings, rows, { numbers = true, kind = '' } = {}) {
  const cell = (text, i) =>
    i === 0
      ? element('th', { scope: 'row', text })
      : element('td', { class: numbers ? 'number' : '', text });
  return element(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label },
    element(
      'table',
      { class: kind },
      element(
        'thead',
        {},
        element('tr', {}, ...headings.map(text => element('th', { scope: 'col', text }))),
      ),
      element('tbody', {}, ...rows.map(row => element('tr', {}, ...row.map(cell)))),
    ),
  );
}

function sectionOf(title, words, ...parts) {
  return element(
    'section',
    {},
    element('h2', { text: title }),
    ...(words ? [element('p', { class: 'dim', text: words })] : []),
    ...parts,
  );
}

/* --- spotting --- */

/* The counts at the confidence that was scored. */
function operating(data) {
  return data.curves.reduce((best, row) =>
    Math.abs(row.threshold - data['min-confidence']) <
    Math.abs(best.threshold - data['min-confidence'])
      ? row
      : best,
  );
}

function pointsOf(data, kind, xOf, yOf) {
  return data.curves
    .map(row => [xOf(row[kind]), yOf(row[kind])])
    .filter(point => point.every(Number.isFinite));
}

function curveSection(data, { title, words, xTitle, yTitle, xOf, yOf, xMost = 1 }) {
  const kinds = kindsOf(data),
    at = operating(data);
  const chart = axes({
    label: `${title}: ${kinds
      .map(kind => `${kind} ${Math.round(100 * yOf(at[kind]))} % at the settings scored`)
      .join(', ')}`,
    xTitle,
    yTitle,
    xMost,
  });
  for (const kind of kinds) {
    addCurve(chart, pointsOf(data, kind, xOf, yOf), kind);
    const point = [xOf(at[kind]), yOf(at[kind])];
    if (point.every(Number.isFinite))
      addPoint(
        chart,
        point,
        kind === 'micro' ? 'point' : 'point-macro',
        `${kind}, min-confidence ${at.threshold}`,
      );
  }
  return sectionOf(title, words, chart.svg, legendOf(kinds));
}

function legendOf(kinds) {
  return element('p', {
    class: 'dim',
    text: kinds
      .map(kind => `${kind === 'micro' ? 'Solid' : 'Dashed'}: ${kind}-expressions.`)
      .concat('Dot: the settings scored.')
      .join(' '),
  });
}

function precisionRecall(data) {
  return curveSection(data, {
    title: 'Precision and recall',
    words: 'As the least confidence of reports that count goes from 1 to 0.',
    xTitle: 'recall',
    yTitle: 'precision',
    xOf: recallOf,
    yOf: precisionOf,
  });
}

function freeResponse(data) {
  const perMinute = counts => (60 * counts.wrong) / data.seconds;
  const shown = 1.5 * Math.max(...kindsOf(data).map(kind => perMinute(operating(data)[kind])));
  const most = [1, 2, 5, 10, 20, 50].find(limit => limit >= shown) ?? 100;
  return curveSection(data, {
    title: 'Recall by false reports a minute (FROC)',
    words: `What is found for how many false reports a minute of recording, up to ${most}.`,
    xTitle: 'false reports a minute',
    yTitle: 'recall',
    xOf: perMinute,
    yOf: recallOf,
    xMost: most,
  });
}

function calibration(data) {
  const chart = axes({
    label: `Calibration: ${data.calibration
      .map(bin => `confidence ${bin.confidence.toFixed(2)}, ${bin.right} of ${bin.n} right`)
      .join('; ')}`,
    xTitle: 'confidence',
    yTitle: 'share that is right',
  });
  addCurve(
    chart,
    [
      [0, 0],
      [1, 1],
    ],
    'ideal',
  );
  for (const { confidence, n, right } of data.calibration) {
    addInterval(chart, confidence, wilson(right, n));
    addPoint(chart, [confidence, right / n], 'point', shareText(right, n));
  }
  return sectionOf(
    'Calibration',
    'Share of reports that match a coded expression, by confidence, with 95 % intervals. On the ' +
      'dotted line, confidence is the share. Expressions that nobody coded count as wrong.',
    chart.svg,
  );
}

/* --- results by ... --- */

function groupSection(title, words, rows, shares) {
  return sectionOf(
    title,
    words,
    ...shares.flatMap(({ name, k, n }) => [
      element('h3', { text: capital(name) }),
      shareChart(
        `${title}, ${name}`,
        rows.map(row => ({ name: row.name, k: k(row), n: n(row) })),
      ),
    ]),
  );
}

const RECALL = { name: 'recall', k: row => row.found, n: row => row.found + row.missed };
const PRECISION = { name: 'precision', k: row => row.found, n: row => row.found + row.wrong };

function bySubject(data) {
  const rows = [...data.subject].sort((a, b) => a.rank - b.rank);
  return groupSection(
    'By subject',
    'Micro-expressions. Subjects are in the order of how many are coded.',
    rows,
    [RECALL, PRECISION],
  );
}

const range = (from, to, scale, unit) =>
  to === undefined
    ? `from ${from * scale} ${unit}`
    : from === 0
      ? `to ${to * scale} ${unit}`
      : `${from * scale}–${to * scale} ${unit}`;

function byLength(data) {
  return groupSection(
    'By length',
    'Coded expressions of all scored kinds.',
    data.length.map(row => ({ ...row, name: range(row.from, row.to, 1000, 'ms') })),
    [RECALL],
  );
}

function byStrength(data) {
  return groupSection(
    'By strength',
    'Reports, by the largest motion in % of the distance between the eyes. What was missed has no ' +
      'measured strength.',
    data.strength.map(row => ({ ...row, name: range(row.from, row.to, 1, '%') })),
    [PRECISION],
  );
}

/* --- confusions --- */

function matrix(label, names, columns, rows, isRight) {
  const table = tableOf(label, ['coded \\ read', ...columns], rows.map((row, i) => [names[i], ...row]), {
    kind: 'matrix',
  });
  table.querySelectorAll('tbody tr').forEach((row, i) =>
    row.querySelectorAll('td').forEach((cell, k) => {
      if (isRight(i, k)) cell.className = 'number right';
    }),
  );
  return table;
}

function emotions(data) {
  if (data.emotions.length === 0) return null;
  return sectionOf(
    'Emotions',
    'Coded micro-expressions, interval given, and what was read from them at any confidence.',
    ...data.emotions.flatMap(({ title, names, rows }) => [
      element('h3', { text: capital(title) }),
      matrix(title, names, [...names, 'none'], rows, (i, k) => i === k),
    ]),
  );
}

function units(data) {
  const coded = data.units.filter(unit => unit.coded > 0);
  if (coded.length === 0) return null;
  const columns = data.units.map(unit => unit.name);
  const section = sectionOf(
    'Action units',
    'In how many of the micro-expressions with the unit of a row the unit of a column was read, ' +
      'interval given. Several units go together, so rows do not add up.',
    matrix(
      'Units that were coded and read',
      coded.map(unit => `${unit.name} (${unit.coded})`),
      columns,
      coded.map(unit => columns.map(name => unit.with[name] ?? 0)),
      (i, k) => coded[i].name === columns[k],
    ),
    tableOf(
      'Recall and precision of units',
      ['unit', 'recall', 'precision'],
      data.units.map(unit => [
        unit.name,
        unit.found + unit.missed > 0 ? shareText(unit.found, unit.found + unit.missed) : '',
        unit.found + unit.wrong > 0 ? shareText(unit.found, unit.found + unit.wrong) : '',
      ]),
    ),
  );
  section.classList.add('wide');
  return section;
}

/* --- the worst --- */

const optional = (value, digits, unit) =>
  value === undefined ? '' : `${value.toFixed(digits)} ${unit}`;

function worst(title, words, rows) {
  if (rows.length === 0) return null;
  const named = rows.some(row => row.recording !== undefined);
  const section = sectionOf(
    title,
    words,
    tableOf(
      title,
      [
        'subject',
        'kind',
        'emotion',
        'units',
        'length',
        'strength',
        'confidence',
        ...(named ? ['recording', 'onset'] : []),
      ],
      rows.map(row => [
        row.subject,
        row.kind,
        row.emotion,
        row.units,
        `${Math.round(row.length * 100) * 10} ms`,
        optional(row.strength, 1, '%'),
        row.confidence === undefined ? 'nothing reported' : `${Math.round(100 * row.confidence)} %`,
        ...(named ? [row.recording, `${row.onset.toFixed(2)} s`] : []),
      ]),
      { numbers: false },
    ),
  );
  section.classList.add('wide');
  addStrips(section, rows);
  return section;
}

/* Below its row, each expression as pictures, where the page was made with them. */
function addStrips(section, rows) {
  section.querySelectorAll('tbody tr').forEach((row, i) => {
    const { strip, kind, subject, length } = rows[i];
    if (!strip) return;
    row.after(
      element(
        'tr',
        { class: 'strip' },
        element(
          'td',
          { colspan: row.children.length },
          element('img', {
            src: `data:image/jpeg;base64,${strip}`,
            alt:
              `Subject ${subject}, ${kind}: eight frames, from a quarter of its ` +
              `${Math.round(1000 * length)} ms before the onset to as much after the offset`,
          }),
        ),
      ),
    );
  });
}

/* --- the summary --- */

const METRIC_TITLES = {
  'f1-micro': 'F1, micro',
  'f1-macro': 'F1, macro',
  'f1-overall': 'F1, overall',
  'precision-micro': 'precision, micro',
  'recall-micro': 'recall, micro',
  strs: 'STRS',
  uf1: 'UF1, three classes',
  uar: 'UAR, three classes',
  'accuracy-five': 'accuracy, five classes',
  'action-units-f1': 'F1 of action units, mean',
  'false-micro-per-minute': 'false micro a minute',
  'false-per-minute': 'false a minute',
  'onset-error': 'onset error, s',
  'offset-error': 'offset error, s',
};

/* What whoever gets the page has to know of it first. */
function warning(data) {
  return data.pictures
    ? element('p', {
        class: 'notice wide',
        text:
          'This page shows the faces of people in the data set. Keep it as confidential as the ' +
          'recordings, and send it on only where the licence of the data set and the consent of ' +
          'these people allow that.',
      })
    : null;
}

function summary(data) {
  const at = operating(data);
  const counts = kindsOf(data).map(kind => {
    const { found, missed } = at[kind];
    return `${found + missed} ${kind}-expressions`;
  });
  const section = sectionOf(
    'Summary',
    `${data.subjects} subjects, ${data.recordings} recordings, ` +
      `${(data.seconds / 60).toFixed(1)} minutes; coded: ${counts.join(', ')}; left out: ` +
      `${data['left-out']}. microexpr with ${data.settings} ` +
      `min-confidence=${data['min-confidence']}. A report matches a coded expression of its kind ` +
      'if their intersection over union is at least 0.5.',
    tableOf(
      'Metrics',
      ['metric', 'value', '95 % interval, bootstrap over subjects'],
      data.metrics.map(({ name, value, low, high }) => [
        METRIC_TITLES[name] ?? name,
        value.toFixed(3),
        low === undefined ? '' : `${low.toFixed(3)} to ${high.toFixed(3)}`,
      ]),
    ),
  );
  section.classList.add('wide');
  return section;
}
