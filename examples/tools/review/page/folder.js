/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The index page of a folder: its recordings with the decisions on each, which this browser has
 * stored for their pages, and the totals of all. Data: folder, generator, created, and recordings:
 * each as the data of a page (data.js) without motion and pictures, with `page`, its URL, and
 * `problem`; only `recording.name` and `problem` of one that has no page. */

function readRecording(raw) {
  if (!raw.page) return { ...raw, events: [] };
  return { ...raw, ...readTimes(raw), events: raw.events.map(readEvent) };
}

/* All recordings as one, for what asks about an event. */
class PooledCodings {
  of(event) {
    return event.codings.of(event);
  }
}
for (const name of ['verdictOf', 'labelOf', 'unitsOf', 'stateOf'])
  PooledCodings.prototype[name] = function (event) {
    return event.codings[name](event);
  };

const COLUMNS = [
  { name: 'recording', value: row => row.recording.name },
  {
    name: 'decided',
    value: row => (row.found ? row.decided / row.found : -1),
    text: row => `${row.decided} / ${row.found}`,
  },
  { name: 'events', value: row => row.found },
  { name: 'accepted', value: row => row.accepted },
  { name: 'rejected', value: row => row.rejected },
  { name: 'added', value: row => row.added },
  { name: 'duration', value: row => row.duration ?? -1, text: row => formatTime(row.duration, 0) },
  { name: 'rate', value: row => row.rate, text: row => formatNumber(row.rate, 2) },
];

class Folder {
  constructor() {
    const raw = JSON.parse(byId('data').textContent);
    this.name = raw.folder;
    this.recordings = raw.recordings.map(readRecording);
    this.whole = this.recordings.filter(recording => recording.page);
    this.sorted = { column: COLUMNS[0], down: false };
    for (const recording of this.whole) this.watch(recording);
    this.theme = new Theme(
      byId('theme'),
      theme => ({
        text: t(`theme.${theme}`),
        label: t('theme.label', { theme: t(`theme.${theme}`) }),
      }),
      () => {},
    );
    this.connect();
    this.choose(this.coders()[0] ?? '');
    this.makeHead();
  }

  watch(recording) {
    recording.codings = new Codings(recording, true);
    recording.codings.addEventListener('change', () => this.show());
  }

  connect() {
    language.translateMarkup();
    language.offer(byId('language'));
    byId('language').onchange = e => {
      preferences.set('language', e.target.value);
      location.reload();
    };
    byId('coder').onchange = e => this.choose(e.target.value);
    byId('import').onclick = () => byId('import-file').click();
    byId('import-file').onchange = e => this.importFiles([...e.target.files]);
    for (const button of document.querySelectorAll('[data-export]'))
      button.onclick = () => {
        byId('export').open = false;
        this.download(button.dataset.export);
      };
  }

  makeHead() {
    const broken = this.recordings.filter(({ problem }) => problem);
    byId('title').textContent = this.name;
    byId('facts').textContent = t('folder.facts', {
      recordings: countOf(this.recordings.length, 'recording'),
      time: formatTime(sumOf(this.whole, ({ duration }) => duration), 0),
      events: countOf(sumOf(this.whole, ({ events }) => events.filter(e => !e.candidate).length), 'event'),
    });
    if (broken.length)
      this.notice(
        t('folder.broken', {
          n: broken.length,
          names: broken.map(({ recording }) => recording.name).join(', '),
        }),
      );
  }

  notice(text) {
    byId('notices').append(element('p', { class: 'notice', role: 'status', text }));
  }

  /* --- coders --- */

  coders() {
    const all = this.whole.flatMap(({ codings }) => [codings.coder, ...codings.coders()]);
    return [...new Set(all)].sort();
  }

  choose(coder) {
    this.coder = coder;
    for (const { codings } of this.whole) codings.look(coder);
    this.show();
  }

  async importFiles(files) {
    for (const file of files) {
      try {
        this.importFile(file.name, await file.text());
      } catch (problem) {
        this.notice(t('import.failed', { file: file.name, problem: problem.message }));
      }
    }
    byId('import-file').value = '';
  }

  /* To the recording that the file names. */
  importFile(file, text) {
    const name = readJson(text, this.whole[0]?.codings.schema ?? readSchema()).recording ?? '';
    const found = this.whole.find(({ recording }) => recording.name === name);
    if (!found) throw new Error(t('import.unknown', { name }));
    for (const { coder, placed, unplaced } of found.codings.import(text))
      this.notice(
        t('import.done', {
          decisions: countOf(placed, 'decision'),
          coder: coder || t('coder.unnamed'),
          file,
        }) + (unplaced ? ` ${t('import.unplaced', { n: unplaced })}` : ''),
      );
  }

  /* --- what is shown --- */

  count(recording) {
    const { codings, events, seen, duration } = recording;
    if (!codings) return { ...recording, found: 0, rate: 0, decided: 0, accepted: 0, rejected: 0, added: 0 };
    const all = codings.events,
      counted = all.filter(event => !event.added && (!event.candidate || codings.verdictOf(event))),
      n = verdict => counted.filter(event => codings.verdictOf(event) === verdict).length;
    for (const event of all) event.codings = codings;
    return {
      ...recording,
      ...{ duration, all, accepted: n('accepted'), rejected: n('rejected') },
      found: counted.length,
      decided: counted.length - n(undefined),
      rate: seen > 0 ? (60 * events.filter(event => !event.candidate).length) / seen : 0,
      added: all.filter(event => event.added).length,
    };
  }

  show() {
    if (this.coder === undefined) return;
    const rows = this.recordings.map(recording => this.count(recording));
    this.showCoders();
    this.showTable(rows);
    const decided = sumOf(rows, row => row.decided),
      found = sumOf(rows, row => row.found);
    const [bar, text] = byId('progress').children;
    bar.max = Math.max(found, 1);
    bar.value = decided;
    text.textContent = t('progress', { n: decided, all: found });
    const pooled = new PooledCodings(),
      events = rows
        .flatMap(row => row.all ?? [])
        .filter(event => !event.candidate || pooled.verdictOf(event));
    const emotions = this.whole.some(({ emotions }) => emotions);
    byId('totals').replaceChildren(
      ...makeTotals(events, sumOf(this.whole, ({ seen }) => seen), { emotions }, pooled),
    );
  }

  showCoders() {
    byId('coder').replaceChildren(
      ...this.coders().map(value =>
        element('option', { value, text: value || t('coder.nameless') }),
      ),
    );
    byId('coder').value = this.coder;
  }

  showTable(rows) {
    const { column, down } = this.sorted;
    const sorted = [...rows].sort(
      (a, b) => (down ? -1 : 1) * compare(column.value(a), column.value(b)),
    );
    const table = byId('table');
    table.tHead.rows[0].replaceChildren(...COLUMNS.map(c => this.makeHeadCell(c)));
    table.tBodies[0].replaceChildren(
      ...sorted.map(row => element('tr', {}, ...COLUMNS.map(c => this.makeCell(c, row)))),
    );
  }

  makeHeadCell(column) {
    const { sorted } = this;
    const sort = () => {
      this.sorted = { column, down: sorted.column === column && !sorted.down };
      this.show();
    };
    const cell = element(
      'th',
      { scope: 'col', class: column.name === 'recording' ? null : 'number' },
      element('button', { type: 'button', text: t(`folder.${column.name}`), onclick: sort }),
    );
    if (sorted.column === column) cell.setAttribute('aria-sort', sorted.down ? 'descending' : 'ascending');
    return cell;
  }

  makeCell({ name, value, text = row => String(value(row)) }, row) {
    if (name !== 'recording') return element('td', { class: 'number', text: row.page ? text(row) : '' });
    const { page, problem, recording } = row;
    return element(
      'th',
      { scope: 'row' },
      element(page ? 'a' : 'span', { href: page, text: recording.name }),
      ...(problem ? [element('small', { text: problem })] : []),
    );
  }

  /* --- exports --- */

  /* All recordings in one table; that in seconds gets a column for the recording. */
  download(kind) {
    const rows = this.whole.flatMap(recording => {
      const { codings } = recording;
      if (kind === 'evaluate') return listSheet(recording, codings);
      return listSeconds(recording, codings).map(row => [recording.recording.name, ...row]);
    });
    const text =
      kind === 'evaluate'
        ? joinCsv([SHEET_HEADS, ...rows])
        : '\ufeff' + joinCsv([['recording', ...SECONDS_HEADS], ...rows]);
    saveAs(text, 'text/csv', `${this.name}.review.${EXPORTS[kind].ending}`);
  }
}

language.choose(preferences.get('language', 'auto'));
const folder = new Folder();
