/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Two coders beside each other: agreement, disagreements, a consensus. Until it is opened nothing
 * of another coder's work is shown, so that both can code blind in one browser. */

const meanNs = (a, b) => Math.round((a + b) / 2);

/* The codes of both: of a unit that they code differently, only its number. */
function commonCodes(a, b) {
  const codes = unitsOfCodes(a).map(unit => {
    const [mine, theirs] = [a, b].map(list => list.filter(code => unitOf(code) === unit));
    return mine.join() === theirs.join() ? mine : [unit.slice(2)];
  });
  return sortCodes(codes.flat());
}

/* Two codings that agree, as one entry's `review`. */
function mergeReviews(a, b) {
  const notes = [a, b].filter(coding => coding.note).map(({ coder, note }) => `${coder}: ${note}`);
  const times = MOMENTS.map(moment => [moment, meanNs(a[moment], b[moment])]);
  return {
    decision: a.decision,
    ...fieldsOfLabel(a.label),
    facs: commonCodes(a.codes, b.codes).join('+'),
    note: notes.join('; '),
    ...Object.fromEntries(times),
  };
}

class Comparison extends EventTarget {
  constructor(box, report, codings) {
    super();
    Object.assign(this, { box, report, codings });
    this.coders = [];
    box.addEventListener('toggle', () => this.refresh());
  }

  get active() {
    return this.box.open && this.coders.length === 2;
  }

  /* After any change. */
  refresh() {
    this.update();
    this.dispatchEvent(new Event('change'));
  }

  update() {
    const { codings } = this,
      all = codings.coders();
    const kept = this.coders.filter(name => all.includes(name));
    const others = [codings.coder, ...all].filter(name => all.includes(name) && !kept.includes(name));
    this.coders = [...kept, ...new Set(others)].slice(0, 2);
    if (!this.box.open) return;
    this.sets = this.coders.map(name => codings.codedBy(name));
    this.byKey = this.sets.map(set => new Map(set.map(coding => [coding.key, coding])));
    if (this.active) this.result = compareCodings(...this.sets);
    this.show(all);
  }

  choose(i, name) {
    if (this.coders[1 - i] === name) this.coders.reverse();
    else this.coders[i] = name;
    this.refresh();
  }

  /* The codings as each other coder of the two sees them. */
  others() {
    const { codings } = this;
    if (!this.active) return [];
    return this.coders.filter(name => name !== codings.coder).map(name => codings.seenBy(name));
  }

  /* What both made of an event of the analysis; undefined: nothing. */
  codingsOf(event) {
    return this.active ? this.byKey.map(map => map.get(event.key)) : [];
  }

  /* In a word. */
  stateOf(event) {
    if (event.added) return 'one-coder';
    const [a, b] = this.codingsOf(event);
    if (!a?.decision && !b?.decision) return 'undecided';
    if (!a?.decision || !b?.decision) return 'one-coder';
    if (a.decision !== b.decision) return 'disagree';
    if (a.decision === 'rejected') return 'agree';
    const alike =
      a.label === b.label &&
      a.units.join() === b.units.join() &&
      overlapOf(a, b) >= LEAST_OVERLAP;
    return alike ? 'agree' : 'disagree';
  }

  /* --- a set of both --- */

  /* What both agree on; the rest is left to be decided: events as undecided, what one has added as a
   * coding without an event. */
  makeConsensus() {
    const { codings, report } = this,
      name = codings.nameFor('consensus');
    const step = report.events
      .filter(event => this.stateOf(event) === 'agree')
      .map(event => {
        const review = codings.tidy(event, mergeReviews(...this.codingsOf(event)));
        return [name, event.key, { ...event.identity, review }];
      });
    codings.do([...step, ...this.mergeAdded(name)], { coder: name });
  }

  mergeAdded(name) {
    const isAdded = coding => coding.key[0] === '+',
      both = this.result.matches.filter(pair => pair.every(isAdded)),
      matched = new Set(both.flat());
    const of = ({ kind, face }, { onset, apex, offset, decision, label, facs, note }) => ({
      ...{ kind, face, onset, apex, offset },
      review: withoutEmpty({ decision, ...fieldsOfLabel(label), facs, note }),
    });
    const added = both.map(([a, b], i) => [name, `+${i + 1}`, of(a, mergeReviews(a, b))]);
    const rest = this.sets.flat().filter(coding => isAdded(coding) && !matched.has(coding));
    return [...added, ...rest.map((coding, i) => [name, `?${i + 1}`, of(coding, coding)])];
  }

  /* --- the panel --- */

  show(all) {
    const panel = this.box.lastElementChild;
    if (!this.active) {
      panel.replaceChildren(
        element('p', {
          class: 'dim',
          text: t('compare.alone'),
        }),
      );
      return;
    }
    panel.replaceChildren(
      element(
        'div',
        { class: 'bar' },
        ...this.coders.map((name, i) => this.makeChoice(all, name, i)),
        element('button', {
          type: 'button',
          id: 'make-consensus',
          text: t('compare.consensus'),
          title: t('compare.consensus.title'),
          onclick: () => this.makeConsensus(),
        }),
      ),
      ...this.makeTables(),
      ...this.makeLonely(),
    );
  }

  makeChoice(all, name, i) {
    const select = element(
      'select',
      { onchange: () => this.choose(i, select.value) },
      ...all.map(value => element('option', { value, text: value || t('coder.nameless') })),
    );
    select.value = name;
    return element('label', {}, `${t('compare.coder', { n: i + 1 })} `, select);
  }

  makeTables() {
    const { decision, interval, kinds, labels, emotions, units, boundaries } = this.result;
    const number = value => (value === null ? '-' : formatNumber(value, 2)),
      ms = value => (value === null ? '-' : `${Math.round(value)} ms`);
    const names = this.coders.map(name => name || t('coder.nameless'));
    const ofKind = ([kind, { decision: d, interval: i }]) => [
      ...[kind, d.n, number(d.kappa), i.a, i.b, i.matched, number(i.f1)],
    ];
    const binary = ([name, { n, table, kappa }]) => [
      ...[name, n, table[0][0], table[0][1], table[1][0], number(kappa)],
    ];
    const heads = name => [
      ...[name, t('totals.events'), t('compare.both')],
      ...names.map(coder => t('compare.only', { coder })),
      t('compare.kappa'),
    ];
    return [
      element('h3', { text: t('compare.decisions') }),
      makeTable(
        [
          ...[t('kind'), t('compare.both-decided'), t('compare.kappa'), ...names],
          ...[t('compare.matched'), t('compare.f1')],
        ],
        [
          ofKind([t('all'), { decision, interval }]),
          ...Object.entries(kinds).map(([kind, of]) => ofKind([t(kind), of])),
        ],
      ),
      ...(this.report.emotions
        ? [
            element('h3', { text: t('compare.labels') }),
            makeTable(heads(t('label')), [
              [t('all'), labels.n, ...countSame(labels), number(labels.kappa)],
              ...Object.entries(emotions).map(([name, of]) => binary([nameLabel(name), of])),
            ]),
          ]
        : []),
      element('h3', { text: t('compare.units') }),
      makeTable(heads(t('compare.unit')), Object.entries(units).map(binary)),
      element('h3', { text: t('compare.times', { first: names[0], second: names[1] }) }),
      makeTable(
        ['time', 'mean', 'median', 'largest'].map(head => t(`compare.${head}`)),
        Object.entries(boundaries).map(([moment, of]) => [
          ...[t(moment), ms(of.mean), ms(of['median-absolute']), ms(of.largest)],
        ]),
      ),
    ];
  }

  /* Events that one coder added and the other has nothing like. */
  makeLonely() {
    const matched = new Set(this.result.matches.flat());
    const lonely = this.sets.flatMap((set, i) =>
      set
        .filter(coding => coding.key[0] === '+' && !matched.has(coding))
        .map(coding =>
          element(
            'li',
            {},
            `${this.coders[i]}: ${describeCoding(coding)} `,
            element('button', {
              type: 'button',
              text: t('compare.go'),
              onclick: () =>
                this.dispatchEvent(new CustomEvent('seek', { detail: coding.apex * NS })),
            }),
          ),
        ),
    );
    return lonely.length
      ? [element('h3', { text: t('compare.lonely') }), element('ul', {}, ...lonely)]
      : [];
  }
}

/* Of all labels: how many are the same, and that a disagreement is of both. */
function countSame({ n, table }) {
  const same = table.reduce((sum, row, i) => sum + row[i], 0);
  return [same, n - same, n - same];
}

function describeCoding({ kind, face, onset, offset, decision, label, codes, note }) {
  return [
    t(`state.${decision ?? 'undecided'}`),
    t('coding.face', { kind: t(kind), face }),
    label && nameLabel(label),
    joinCodes(codes),
    t('coding.time', { from: formatTime(onset * NS), to: formatTime(offset * NS) }),
    note && `\u201c${note}\u201d`,
  ]
    .filter(Boolean)
    .join(', ');
}
