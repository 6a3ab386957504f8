/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The table of events, and the filters, which apply to the whole page. */

function columnsOf(report, codings) {
  const verdict = event => codings.stateOf(event).replace('undecided', '');
  return [
    { name: 'onset', value: e => e.onset, text: e => formatTime(e.onset) },
    {
      name: 'duration',
      value: e => e.offset - e.onset,
      text: e => milliseconds(e.offset - e.onset),
      number: true,
    },
    { name: 'kind', value: e => e.kind, text: e => t(e.kind) },
    ...(report.faces.length > 1
      ? [{ name: 'face', value: e => e.face, text: e => String(e.face), number: true }]
      : []),
    ...(report.emotions
      ? [
          {
            name: 'emotion',
            value: e => codings.labelOf(e) ?? '',
            text: e => nameLabel(codings.labelOf(e) ?? ''),
            color: true,
          },
        ]
      : []),
    { name: 'units', value: e => codings.describeUnits(e) },
    {
      name: 'confidence',
      title: t('column.confidence.title'),
      value: e => e.confidence ?? -1,
      text: e => (e.added ? '' : percent(e.confidence)),
      number: true,
    },
    {
      name: 'intensity',
      value: e => e.intensity ?? -1,
      text: e => (e.added ? '' : `${formatNumber(e.intensity, 1)} %`),
      number: true,
    },
    {
      name: 'decision',
      value: e =>
        [verdict(e), codings.isRelabeled(e) && 'relabeled', codings.isMoved(e) && 'moved']
          .filter(Boolean)
          .map(state => t(`state.${state}`))
          .join(', '),
    },
    { name: 'note', value: e => codings.of(e).note ?? '' },
  ];
}

const compare = (a, b) => (typeof a === 'string' ? a.localeCompare(b) : a - b);

class EventTable extends EventTarget {
  constructor(table, report, codings) {
    super();
    this.report = report;
    this.codings = codings;
    this.columns = columnsOf(report, codings);
    this.sorted = { column: this.columns[0], down: false };
    this.body = table.tBodies[0];
    this.heads = this.columns.map(column => this.makeHead(column));
    table.tHead.rows[0].replaceChildren(...this.heads);
    this.rows = new Map();
    this.shown = report.events;
    this.selected = null;
  }

  makeHead(column) {
    return element(
      'th',
      { scope: 'col', class: column.number ? 'number' : null, title: column.title },
      element('button', { type: 'button', onclick: () => this.sortBy(column) }, t(`column.${column.name}`)),
    );
  }

  makeRow(event) {
    const row = element('tr', {
      onclick: () => this.dispatchEvent(new CustomEvent('select', { detail: event })),
    });
    this.columns.forEach((column, i) => {
      const cell = element(i ? 'td' : 'th', {
        scope: i ? null : 'row',
        class: column.number ? 'number' : null,
      });
      if (!i) cell.append(element('button', { type: 'button' }));
      row.append(cell);
    });
    this.fill(event, row);
    return row;
  }

  rowOf(event) {
    if (!this.rows.has(event)) this.rows.set(event, this.makeRow(event));
    return this.rows.get(event);
  }

  fill(event, row = this.rowOf(event)) {
    row.dataset.verdict = this.codings.verdictOf(event) ?? '';
    this.columns.forEach((column, i) => {
      const text = (column.text ?? column.value)(event);
      const cell = i ? row.cells[i] : row.cells[0].firstChild;
      if (cell.textContent !== text) cell.textContent = text;
      if (column.color) {
        cell.classList.add('name');
        cell.style.setProperty('--color', colorOf(column.value(event), event.kind));
      }
    });
  }

  sortBy(column) {
    const down = this.sorted.column === column && !this.sorted.down;
    this.sorted = { column, down };
    this.show(this.shown);
  }

  /* events: those to show, in any order. */
  show(events) {
    const { column, down } = this.sorted;
    this.shown = [...events].sort(
      (a, b) => (down ? -1 : 1) * compare(column.value(a), column.value(b)) || a.onset - b.onset,
    );
    this.arrange(this.shown.map(event => this.rowOf(event)));
    this.heads.forEach((head, i) => {
      if (this.columns[i] === column)
        head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
    });
    this.dispatchEvent(new Event('order'));
  }

  /* Rows that are in place stay untouched: to lay out hundreds again takes longer than a key may. */
  arrange(rows) {
    const wanted = new Set(rows);
    for (const row of [...this.body.rows]) if (!wanted.has(row)) row.remove();
    let at = this.body.firstChild;
    for (const row of rows)
      if (row === at) at = at.nextSibling;
      else this.body.insertBefore(row, at);
  }

  select(event) {
    if (this.selected) this.rowOf(this.selected).removeAttribute('aria-current');
    this.selected = event;
    if (!event) return;
    const row = this.rowOf(event);
    row.setAttribute('aria-current', 'true');
    this.reveal(row);
    if (this.body.contains(document.activeElement))
      row.querySelector('button').focus({ preventScroll: true });
  }

  /* Scrolls the table alone: the page stays where it is. */
  reveal(row) {
    const box = this.body.closest('.scroll'),
      head = this.body.parentElement.tHead.offsetHeight;
    const top = row.offsetTop - head,
      bottom = row.offsetTop + row.offsetHeight - box.clientHeight;
    box.scrollTop = Math.max(Math.min(box.scrollTop, top), bottom);
  }

  /* The event n rows further down, or the last one. */
  neighbor(n) {
    const at = this.shown.indexOf(this.selected);
    return this.shown[Math.min(Math.max(at + n, 0), this.shown.length - 1)] ?? null;
  }
}

/* --- filters --- */

/* [key, events that have it], in the order of the keys. */
function groupBy(events, keysOf) {
  const groups = new Map();
  for (const event of events)
    for (const key of keysOf(event)) {
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(event);
    }
  return [...groups].sort(([a], [b]) =>
    String(a).localeCompare(String(b), undefined, { numeric: true }),
  );
}

const countBy = (events, keysOf) => groupBy(events, keysOf).map(([key, list]) => [key, list.length]);

/* A filter with a list of values; text(key): as it is shown. */
function filtersOf(report, codings, comparison) {
  const nameState = state => t(`state.${state}`);
  return [
    { name: 'kind', keys: e => [e.kind], text: kind => t(kind) },
    { name: 'face', keys: e => [String(e.face)], text: String },
    ...(report.emotions
      ? [{ name: 'emotion', keys: e => [codings.labelOf(e) ?? 'none'], text: nameLabel }]
      : []),
    { name: 'unit', keys: e => codings.unitsOf(e), text: String },
    {
      name: 'decision',
      text: nameState,
      keys: e => [
        codings.stateOf(e),
        ...(codings.isRelabeled(e) ? ['relabeled'] : []),
        ...(codings.isMoved(e) ? ['moved'] : []),
      ],
    },
    {
      name: 'coders',
      text: nameState,
      keys: e => (comparison.active ? [comparison.stateOf(e)] : []),
      comparing: true,
    },
  ];
}

class Filters extends EventTarget {
  constructor(form, report, codings, comparison) {
    super();
    this.codings = codings;
    this.comparison = comparison;
    this.filters = filtersOf(report, codings, comparison);
    for (const filter of this.filters)
      filter.select = element('select', { onchange: () => this.changed() });
    const candidates = report.events.filter(event => event.candidate).map(e => e.confidence);
    const percents = candidates.map(confidence => Math.floor(100 * confidence));
    this.start = candidates.length ? Math.max(...percents) + 1 : 0; /* without candidates */
    this.confidence = element('input', {
      type: 'range',
      min: candidates.length ? Math.min(...percents) : 0,
      max: 100,
      step: 1,
      value: this.start,
      oninput: () => this.changed(),
    });
    this.confidenceText = element('output');
    form.append(
      ...this.filters.map(filter => element('label', {}, `${t(`filter.${filter.name}`)} `, filter.select)),
      element('label', {}, `${t('filter.confidence')} `, this.confidence, this.confidenceText),
      element('button', { type: 'button', onclick: () => this.clear() }, t('filter.clear')),
    );
    form.onsubmit = () => false;
    this.refresh();
  }

  /* Updates the choices, which codings may have changed. */
  refresh() {
    for (const { select, keys, text, comparing } of this.filters) {
      if (comparing) select.parentElement.hidden = !this.comparison.active;
      const chosen = comparing && !this.comparison.active ? '' : select.value,
        counts = countBy(this.codings.events, keys);
      if (chosen && !counts.some(([key]) => key === chosen)) counts.push([chosen, 0]);
      select.replaceChildren(
        element('option', { value: '', text: t('all') }),
        ...counts.map(([key, n]) => element('option', { value: key, text: `${text(key)} (${n})` })),
      );
      select.value = chosen;
    }
    this.confidenceText.textContent = percent(this.confidence.value / 100);
  }

  clear() {
    for (const { select } of this.filters) select.value = '';
    this.confidence.value = this.start;
    this.changed();
  }

  changed() {
    this.confidenceText.textContent = percent(this.confidence.value / 100);
    this.dispatchEvent(new Event('change'));
  }

  /* even: also those of another decision than the chosen one. */
  apply(even = false) {
    const least = this.confidence.value / 100,
      atStart = Number(this.confidence.value) === this.start;
    const active = this.filters.filter(
      ({ name, select }) => select.value && !(even && name === 'decision'),
    );
    return this.codings.events.filter(
      event =>
        (event.added || (atStart ? !event.candidate : event.confidence >= least)) &&
        active.every(({ select, keys }) => keys(event).includes(select.value)),
    );
  }

  get face() {
    const { select } = this.filters.find(({ name }) => name === 'face');
    return select.value === '' ? null : Number(select.value);
  }
}
