/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Results: shares with their intervals, first and second test, and confusions. */

/* cells: strings or elements; the first of a row is its header. Columns of numbers are
 * right-aligned. */
function makeTable(caption, heads, rows) {
  const isWord = value => /\p{L}/u.test(value.textContent ?? value);
  const sorts = heads.map((_, i) => (i && !rows.some(row => isWord(row[i])) ? 'number' : null));
  const cell = (value, i) =>
    element(i ? 'td' : 'th', { class: sorts[i], scope: i ? null : 'row' }, value);
  return element(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    element(
      'table',
      {},
      element('caption', { class: 'unseen', text: caption }),
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          ...heads.map((text, i) => element('th', { scope: 'col', class: sorts[i], text })),
        ),
      ),
      element('tbody', {}, ...rows.map(row => element('tr', {}, ...row.map(cell)))),
    ),
  );
}

/* The share as a dot on its interval, 0 to 100 %. */
function drawInterval({ right, of }, phase) {
  const { low, high } = wilson(right, of);
  const x = share => 4 + 92 * share;
  const line = (a, b) => element('line', { x1: x(a), x2: x(b), y1: 7, y2: 7 });
  const svg = element('svg', {
    viewBox: '0 0 100 14',
    class: `interval ${phase}`,
    'aria-hidden': 'true',
  });
  const ground = line(0, 1);
  ground.classList.add('ground');
  svg.append(ground, line(low, high), element('circle', { cx: x(right / of), cy: 7, r: 3.5 }));
  return svg;
}

const intervalText = ({ right, of }) => {
  const { low, high } = wilson(right, of);
  return `${formatShare(low)} – ${formatShare(high)}`;
};

/* Cells for right, of, share and interval; empty without answers. */
const tallyCells = (counted, phase) =>
  counted.of
    ? [
        String(counted.right),
        String(counted.of),
        formatShare(counted.right / counted.of),
        element('span', { class: 'ranged' }, drawInterval(counted, phase), intervalText(counted)),
      ]
    : ['', '0', '', ''];

/* The same in a single cell. */
function makeShare(counted, phase) {
  if (!counted.of) return '';
  const { right, of } = counted;
  return element(
    'div',
    { class: 'share' },
    element('span', {}, element('strong', { text: formatShare(right / of) }), ` ${right}/${of}`),
    drawInterval(counted, phase),
    element('small', { text: intervalText(counted) }),
  );
}

const TALLY_HEADS = ['results.right', 'results.of', 'results.share', 'results.interval'];

/* "+12 (3 to 21)": of a difference of shares, in percentage points. */
function describePoints({ value, low, high }) {
  return t('results.points', { points: points(value), low: points(low), high: points(high) });
}

const points = share =>
  `${share > 0 ? '+' : share < 0 ? '−' : ''}${formatNumber(Math.abs(100 * share))}`;

class Results {
  /* actions: mistakes(). */
  constructor(store, actions) {
    Object.assign(this, { store, actions });
    this.phases = PHASES.filter(phase => store.of(phase).length);
    this.phase = this.phases.at(-1);
  }

  render() {
    const heading = element('h2', { id: 'heading', tabindex: '-1', text: t('nav.results') });
    if (!this.phases.length) return [heading, element('p', { text: t('results.none') })];
    this.table = element('div');
    this.showConfusion();
    return [
      heading,
      element('button', {
        type: 'button',
        text: t('mistakes'),
        onclick: () => this.actions.mistakes(),
      }),
      element('div', { class: 'cards' }, ...this.makeSections()),
      element('p', { class: 'dim', text: t('results.intervals') }),
    ];
  }

  makeSections() {
    const section = (title, ...content) =>
      element('section', { class: 'card' }, element('h3', { text: t(title) }), ...content);
    return [
      section('results.overall', ...this.makeOverall()),
      section('results.confusion', this.makeChoice(), this.table),
      section('results.emotion', this.makeEmotions()),
      section('results.duration', this.makeDurations()),
      section('results.timing', this.makeTiming()),
    ];
  }

  makeOverall() {
    const { store } = this;
    const rows = this.phases.map(phase => [
      t(`results.${phase}`),
      ...tallyCells(tally(store.of(phase)), phase),
    ]);
    const paragraphs = [
      this.describeDifference(),
      this.describeThreshold(),
      t('results.chance', { n: ANSWERS.length, share: formatShare(1 / ANSWERS.length) }),
    ];
    return [
      makeTable(
        t('results.overall'),
        [t('results.which'), ...TALLY_HEADS.map(head => t(head))],
        rows,
      ),
      ...paragraphs.filter(Boolean).map(text => element('p', { text })),
    ];
  }

  describeDifference() {
    const [before, after] = ['pre', 'post'].map(phase => tally(this.store.of(phase)));
    if (!before.of || !after.of) return null;
    const { value, low, high } = difference(before, after);
    return [
      t('results.difference', { points: points(value), low: points(low), high: points(high) }),
      t(low <= 0 && high >= 0 ? 'results.compatible' : 'results.clear'),
    ].join(' ');
  }

  describeThreshold() {
    const { store } = this;
    if (!store.of('practice').length) return null;
    const ms = threshold(store.answers);
    return ms === null
      ? t('results.threshold.early', { least: PRACTICE_LEAST })
      : t('results.threshold', { ms });
  }

  /* keys, their names, and the key of an answer: one row per key, one column per phase. */
  makeGroups(title, keys, nameOf, keyOf, choose = answers => answers) {
    const columns = this.phases.map(phase => [
      phase,
      tallyBy(choose(this.store.of(phase)), keys, keyOf),
    ]);
    const rows = keys.filter(key => columns.some(([, counts]) => counts.get(key).of));
    return makeTable(
      t(title),
      [t('results.which'), ...this.phases.map(phase => t(`results.${phase}`))],
      rows.map(key => [
        nameOf(key),
        ...columns.map(([phase, counts]) => makeShare(counts.get(key), phase)),
      ]),
    );
  }

  makeEmotions() {
    return this.makeGroups(
      'results.emotion',
      ANSWERS,
      key => t(key),
      answer => answer.emotion,
    );
  }

  makeDurations() {
    const name = i =>
      t('results.bin', { low: i ? DURATION_BINS[i - 1] : 0, high: DURATION_BINS[i] });
    return this.makeGroups(
      'results.duration',
      DURATION_BINS.map((_, i) => i),
      name,
      binOf,
      moving,
    );
  }

  makeTiming() {
    const { answers } = this.store,
      late = answers.filter(answer => answer.late).length;
    return element('p', { text: t('results.timing.what', { n: answers.length - late, late }) });
  }

  makeChoice() {
    return element(
      'label',
      {},
      t('results.phase'),
      ' ',
      element(
        'select',
        {
          id: 'confusion-of',
          onchange: e => {
            this.phase = e.target.value;
            this.showConfusion();
          },
        },
        ...this.phases.map(phase =>
          element('option', {
            value: phase,
            selected: phase === this.phase,
            text: t(`results.${phase}`),
          }),
        ),
      ),
    );
  }

  showConfusion() {
    const counts = confusion(this.store.of(this.phase));
    const cell = (row, column) => {
      const n = counts[row][column];
      const kind = row === column ? 'hit' : n ? 'miss' : 'none';
      return element('span', { class: `count ${kind}`, text: String(n) });
    };
    this.table.replaceChildren(
      element('p', { class: 'dim', text: t('results.rows') }),
      makeTable(
        t('results.rows'),
        [t('results.shown'), ...ANSWERS.map(answer => t(answer))],
        ANSWERS.map(row => [t(row), ...ANSWERS.map(column => cell(row, column))]),
      ),
    );
  }
}
