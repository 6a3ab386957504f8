/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Exports: JSON, which can be imported again, and CSV with one answer per row. */

const CSV_COLUMNS = [
  'phase',
  'n',
  'item',
  'face',
  'variant',
  'side',
  'emotion',
  'answer',
  'ms',
  'shown',
  'period',
  'late',
  'rt',
  'at',
];

function writeJson(store) {
  const { generator } = store.bank;
  return JSON.stringify({ ...store.toFile(), generator, exported: new Date().toISOString() }, null, 1) + '\n';
}

/* Spreadsheets take these first characters for a formula. */
const defuse = text => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
const quoteCsv = text => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function writeCsv(store) {
  const person = quoteCsv(defuse(store.person));
  const rows = store.answers.map(answer => [
    person,
    ...CSV_COLUMNS.map(name => quoteCsv(String(answer[name] ?? ''))),
    String(Number(isRight(answer))),
  ]);
  return [['person', ...CSV_COLUMNS, 'right'], ...rows].map(row => row.join(',') + '\r\n').join('');
}

const EXPORTS = {
  json: { write: writeJson, type: 'application/json' },
  csv: { write: writeCsv, type: 'text/csv' },
};

function saveFile(text, type, name) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  element('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

function download(store, suffix) {
  const { write, type } = EXPORTS[suffix];
  const name = store.person.replace(/[^\p{L}\p{N}_-]+/gu, '-').replace(/^-+|-+$/g, '');
  saveFile(write(store), type, `training${name && '-' + name}.${suffix}`);
}
