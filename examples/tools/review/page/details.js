/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One event: its fields, pictures, action units on both sides, and the coder's decision. */

/* Bars of each unit: the person's right on the left, as in the picture; a single bar on the
 * midline. */
function makeUnitBars(event) {
  const { 'action-units': all, left, right, 'units-intensity': intensities } = event.fields;
  const most = Math.max(2, ...Object.values(all));
  const bar = (side, value) => {
    const fill = element('span', { class: 'fill' });
    fill.style.width = `${(100 * (value ?? 0)) / most}%`;
    return element(
      'td',
      { class: `bar ${side}` },
      element('span', { class: 'track' }, fill),
      element('span', { class: 'value', text: value === undefined ? '' : formatNumber(value, 1) }),
    );
  };
  const sides = unit =>
    unit in left || unit in right
      ? [bar('right', right[unit] ?? 0), bar('left', left[unit] ?? 0)]
      : [
          element(
            'td',
            { class: 'bar middle', colspan: 2 },
            ...bar('middle', all[unit]).childNodes,
          ),
        ];
  const rows = event.units.map(unit =>
    element(
      'tr',
      {},
      element(
        'th',
        { scope: 'row', title: t(unit) },
        unit + (intensities?.[unit] ?? ''),
        element('small', { text: t(unit) }),
      ),
      ...sides(unit),
    ),
  );
  if (!rows.length)
    return element('p', { class: 'dim', text: t('units.none') });
  return element(
    'table',
    { class: 'units' },
    element('caption', { text: t('units.caption') }),
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        element('td'),
        element('th', { scope: 'col', text: t('right') }),
        element('th', { scope: 'col', text: t('left') }),
      ),
    ),
    element('tbody', {}, ...rows),
  );
}

const OTHER_LABEL = '+'; /* the choice of a label that is to be typed */

class Details {
  /* actions: decide(verdict), advances(), setAdvance(on), relabel(label), setCodes(codes),
   * setNote(text), leaveNote(), setTime(moment), redefine(change), remove(), others(event), take(event, coder). */
  constructor(box, report, codings, actions) {
    Object.assign(this, { box, report, codings, actions });
    this.portraits = new Portraits();
  }

  show(event) {
    this.event = event;
    if (!event) {
      this.box.replaceChildren(element('h2', { id: 'event-title', text: t('event.none') }));
      return;
    }
    this.box.replaceChildren(
      this.makeHead(),
      this.makeDecision(),
      (this.others = element('ul', { class: 'others' })),
      event.added
        ? element('p', { class: 'dim', text: t('event.added') })
        : element('div', { class: 'evidence' }, this.makePictures(), makeUnitBars(event)),
    );
    this.update();
  }

  makeHead() {
    const { event } = this;
    const facts = event.added
      ? []
      : [
          [t('event.confidence'), percent(event.confidence)],
          [t('event.intensity'), `${formatNumber(event.intensity, 1)} %`],
          [t('event.snr'), formatNumber(event.fields.snr, 1)],
        ];
    this.times = MOMENTS.map(moment => this.makeTime(moment));
    this.name = element('span', { class: 'name' });
    this.which = element('small');
    return element(
      'header',
      {},
      element(
        'h2',
        { id: 'event-title' },
        this.name,
        ' ',
        this.which,
      ),
      element(
        'dl',
        {},
        ...this.times,
        ...facts.map(([key, value]) =>
          element('div', {}, element('dt', { text: key }), element('dd', { text: value })),
        ),
      ),
    );
  }

  makeTime(moment) {
    const { actions } = this,
      keys = { onset: 'O', apex: 'X', offset: 'E' };
    return element(
      'div',
      {},
      element('dt', { text: t(moment) }),
      element(
        'dd',
        {},
        element('span'),
        ' ',
        element('button', {
          type: 'button',
          class: 'small',
          text: t('set'),
          'aria-label': t('set.label', { moment: t(moment) }),
          'aria-keyshortcuts': `Shift+${keys[moment]}`,
          title: t('set.title', { moment: t(moment), key: `Shift+${keys[moment]}` }),
          onclick: () => actions.setTime(moment),
        }),
        ' ',
        element('small'),
      ),
    );
  }

  /* The time as the coder has it and, when that is not what was found, as found. */
  showTimes() {
    const { event } = this;
    const found = moment => event.fields[moment] * NS;
    MOMENTS.forEach((moment, i) => {
      const since = event[moment] - event.onset,
        moved = Math.round(1000 * (event[moment] - found(moment)));
      const [text, , small] = this.times[i].lastElementChild.children;
      text.textContent = i ? `+${milliseconds(since)}` : formatTime(event.onset);
      const ms = `${moved > 0 ? '+' : '\u2212'}${Math.abs(moved)} ms`;
      small.textContent = moved ? t('moved', { ms }) : '';
    });
  }

  /* What others made of this event, while coders are compared. */
  showOthers() {
    const { event, actions } = this;
    this.others.replaceChildren(
      ...actions.others(event).map(coding =>
        element(
          'li',
          {},
          element('b', { text: coding.coder || t('coder.nameless') }),
          `: ${describeCoding(coding)} `,
          element('button', {
            type: 'button',
            text: t('take'),
            onclick: () => actions.take(event, coding.coder),
          }),
        ),
      ),
    );
  }

  makePictures() {
    const figures = this.portraits.make(this.event);
    const button = (name, key) =>
      element('button', {
        type: 'button',
        'data-toggle': name,
        'aria-keyshortcuts': key,
        'aria-pressed': String(this.portraits.on[name]),
        title: t(`${name}.title`),
        text: t(name),
        onclick: () => this.toggle(name),
      });
    return element(
      'div',
      { class: 'pictures' },
      figures,
      ...(this.portraits.seen ? [button('flicker', 'F'), ' '] : []),
      button('arrows', 'D'),
    );
  }

  /* name: flicker or arrows. */
  toggle(name) {
    const on = this.portraits.toggle(name);
    this.box.querySelector(`[data-toggle=${name}]`)?.setAttribute('aria-pressed', on);
  }

  makeDecision() {
    const verdict = (name, key, text) =>
      element(
        'button',
        {
          type: 'button',
          'data-verdict': name,
          'aria-keyshortcuts': key,
          title: `${text} (${key})`,
          onclick: () => this.actions.decide(name),
        },
        text,
      );
    this.verdicts = [verdict('accepted', 'A', t('accept')), verdict('rejected', 'R', t('reject'))];
    this.units = new UnitChips(codes => this.actions.setCodes(codes));
    this.note = element('textarea', {
      id: 'note',
      rows: 1,
      'aria-keyshortcuts': 'N',
      oninput: () => this.actions.setNote(this.note.value),
      onblur: () => this.actions.leaveNote(),
    });
    const fields = [
      this.units.box,
      element('label', { class: 'note', title: t('note.title') }, t('note'), ' ', this.note),
    ];
    if (this.report.emotions) fields.unshift(this.makeLabel());
    return element(
      'div',
      { class: 'decision', role: 'group', 'aria-label': t('decision') },
      ...(this.event.added ? this.makeDefinition() : [...this.verdicts, this.makeAdvance()]),
      ...fields,
    );
  }

  /* What the coder says of an event that only they saw. */
  makeDefinition() {
    const { event, actions, report } = this;
    const choose = (name, values, read, describe) => {
      const select = element(
        'select',
        { id: `added-${name}`, onchange: () => actions.redefine({ [name]: read(select.value) }) },
        ...values.map(value => element('option', { value, text: describe(value) })),
      );
      select.value = event[name];
      return element('label', {}, `${t(name)} `, select);
    };
    const faces = [...new Set([...report.faces.map(face => face.id), event.face])];
    return [
      choose('kind', ['micro', 'macro', 'blink'], String, kind => t(kind)),
      ...(faces.length > 1 ? [choose('face', faces, Number, String)] : []),
      element('button', {
        type: 'button',
        text: t('remove'),
        'aria-keyshortcuts': 'Delete',
        title: t('remove.title'),
        onclick: () => actions.remove(),
      }),
    ];
  }

  makeAdvance() {
    return element(
      'label',
      { title: t('advance.title') },
      element('input', {
        type: 'checkbox',
        id: 'advance',
        checked: this.actions.advances(),
        onchange: e => this.actions.setAdvance(e.target.checked),
      }),
      ` ${t('advance')}`,
    );
  }

  makeLabel() {
    this.label = element('select', {
      id: 'relabel',
      'aria-keyshortcuts': 'L',
      onchange: () => this.chooseLabel(this.label.value),
    });
    this.ownLabel = element('input', {
      id: 'own-label',
      hidden: true,
      maxlength: LONGEST_LABEL,
      autocomplete: 'off',
      'aria-label': t('label.own.label'),
      onchange: () => this.takeOwnLabel(this.ownLabel.value.trim()),
      onblur: () => {
        this.ownLabel.hidden = true;
        this.showLabel();
      },
    });
    this.convention = element('small', { title: t('label.convention'), text: t('label.own.short') });
    return element(
      'span',
      { class: 'label-field' },
      element('label', { title: t('label.title') }, `${t('label')} `, this.label),
      this.ownLabel,
      this.convention,
    );
  }

  chooseLabel(label) {
    if (label !== OTHER_LABEL) {
      this.actions.relabel(label);
      return;
    }
    this.ownLabel.value = '';
    this.ownLabel.hidden = false;
    this.ownLabel.focus();
  }

  takeOwnLabel(label) {
    const known = preferences.get('labels', []);
    if (!label) return;
    if (!LABELS.includes(label) && !known.includes(label)) preferences.set('labels', [...known, label]);
    this.actions.relabel(label);
  }

  showLabel() {
    const { event, codings } = this;
    const label = codings.labelOf(event) ?? '';
    const own = [...codings.ownLabels(), ...preferences.get('labels', [])];
    const option = (value, text) => element('option', { value, text });
    this.label.replaceChildren(
      ...(event.emotion ? [] : [option('', t('none'))]),
      ...LABELS.map((name, i) => option(name, `${t(name)} (${i + 1})`)),
      ...[...new Set(own)].sort().map(name => option(name, name)),
      option(OTHER_LABEL, t('label.own')),
    );
    this.label.value = label;
    this.convention.hidden = !isOwnLabel(label);
  }

  /* Updates the view after a decision. */
  update() {
    const { event, codings } = this;
    if (!event) return;
    const { decision, note = '' } = codings.of(event),
      units = codings.describeUnits(event);
    const label = codings.labelOf(event);
    this.name.textContent = label && label !== 'other' ? nameLabel(label) : units || t(event.kind);
    const which = event.added ? 'added' : event.candidate ? 'candidate' : 'found';
    this.which.textContent = t(`event.which.${which}`, {
      kind: t(event.kind),
      face: event.face,
      n: event.index + 1,
      all: this.report.events.length,
    });
    this.name.style.setProperty('--color', colorOf(label, event.kind));
    this.box.dataset.verdict = decision ?? '';
    for (const button of this.verdicts)
      button.setAttribute('aria-pressed', button.dataset.verdict === decision);
    if (this.report.emotions) this.showLabel();
    this.units.show(codings.codesOf(event));
    this.showTimes();
    this.showOthers();
    if (this.note.value !== note) this.note.value = note;
  }
}
