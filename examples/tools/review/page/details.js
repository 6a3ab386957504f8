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
      element('span', { class: 'value', text: value === undefined ? '' : value.toFixed(1) }),
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
        { scope: 'row', title: UNIT_NAMES[unit] ?? '' },
        unit + (intensities?.[unit] ?? ''),
        element('small', { text: UNIT_NAMES[unit] ?? '' }),
      ),
      ...sides(unit),
    ),
  );
  if (!rows.length)
    return element('p', { class: 'dim', text: 'No action unit explains this motion.' });
  return element(
    'table',
    { class: 'units' },
    element('caption', { text: 'Action units, % of the distance between the eyes' }),
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        element('td'),
        element('th', { scope: 'col', text: 'right' }),
        element('th', { scope: 'col', text: 'left' }),
      ),
    ),
    element('tbody', {}, ...rows),
  );
}

class Details {
  /* actions: decide(verdict), advances(), setAdvance(on), relabel(label), setCodes(codes),
   * setNote(text), leaveNote(), setTime(moment), redefine(change), remove(), others(event), take(event, coder). */
  constructor(box, report, codings, actions) {
    Object.assign(this, { box, report, codings, actions });
    this.portraits = new Portraits();
  }

  show(event) {
    this.event = event;
    this.portraits.stop();
    if (!event) {
      this.box.replaceChildren(element('h2', { id: 'event-title', text: 'No event selected' }));
      return;
    }
    this.box.replaceChildren(
      this.makeHead(),
      this.makeDecision(),
      (this.others = element('ul', { class: 'others' })),
      event.added
        ? element('p', { class: 'dim', text: 'You added this event; nothing was measured.' })
        : element('div', { class: 'evidence' }, this.makePictures(), makeUnitBars(event)),
    );
    this.update();
  }

  makeHead() {
    const { event } = this;
    const facts = event.added
      ? []
      : [
          ['confidence in event', percent(event.confidence)],
          ['intensity', `${event.intensity.toFixed(1)} %`],
          ['SNR', event.fields.snr.toFixed(1)],
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
      element('dt', { text: moment }),
      element(
        'dd',
        {},
        element('span'),
        ' ',
        element('button', {
          type: 'button',
          class: 'small',
          text: 'Set',
          'aria-label': `Set the ${moment}`,
          'aria-keyshortcuts': `Shift+${keys[moment]}`,
          title: `Set the ${moment} to the frame that is shown (Shift+${keys[moment]})`,
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
      small.textContent = moved ? `${moved > 0 ? '+' : '\u2212'}${Math.abs(moved)} ms of what was found` : '';
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
          element('b', { text: coding.coder || 'without a name' }),
          `: ${describeCoding(coding)} `,
          element('button', {
            type: 'button',
            text: 'Take this',
            onclick: () => actions.take(event, coding.coder),
          }),
        ),
      ),
    );
  }

  makePictures() {
    const figures = this.portraits.make(this.event);
    this.flicker = element(
      'button',
      {
        type: 'button',
        'aria-keyshortcuts': 'F',
        'aria-pressed': 'false',
        title: 'Alternate onset and apex in one place (F)',
        onclick: () => this.toggleFlicker(),
      },
      'Flicker',
    );
    return element(
      'div',
      { class: 'pictures' },
      figures,
      ...(this.portraits.seen ? [this.flicker] : []),
    );
  }

  toggleFlicker() {
    this.flicker.setAttribute('aria-pressed', this.portraits.toggle());
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
    this.verdicts = [verdict('accepted', 'A', 'Accept'), verdict('rejected', 'R', 'Reject')];
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
      element('label', { class: 'note', title: 'Note (N)' }, 'Note ', this.note),
    ];
    if (this.report.emotions) fields.unshift(this.makeLabel());
    return element(
      'div',
      { class: 'decision', role: 'group', 'aria-label': 'Decision' },
      ...(this.event.added ? this.makeDefinition() : [...this.verdicts, this.makeAdvance()]),
      ...fields,
    );
  }

  /* What the coder says of an event that only they saw. */
  makeDefinition() {
    const { event, actions, report } = this;
    const choose = (name, id, values, read) => {
      const select = element(
        'select',
        { id, onchange: () => actions.redefine({ [name.toLowerCase()]: read(select.value) }) },
        ...values.map(value => element('option', { value, text: String(value) })),
      );
      select.value = event[name.toLowerCase()];
      return element('label', {}, `${name} `, select);
    };
    const faces = [...new Set([...report.faces.map(face => face.id), event.face])];
    return [
      choose('Kind', 'added-kind', ['micro', 'macro', 'blink'], value => value),
      ...(faces.length > 1 ? [choose('Face', 'added-face', faces, Number)] : []),
      element('button', {
        type: 'button',
        text: 'Remove',
        'aria-keyshortcuts': 'Delete',
        title: 'Remove this event, which you added (Delete)',
        onclick: () => actions.remove(),
      }),
    ];
  }

  makeAdvance() {
    return element(
      'label',
      { title: 'Go to the next event after Accept and Reject' },
      element('input', {
        type: 'checkbox',
        id: 'advance',
        checked: this.actions.advances(),
        onchange: e => this.actions.setAdvance(e.target.checked),
      }),
      ' then next',
    );
  }

  makeLabel() {
    this.label = element(
      'select',
      {
        id: 'relabel',
        'aria-keyshortcuts': 'L',
        onchange: () => this.actions.relabel(this.label.value),
      },
      ...(this.event.emotion ? [] : [element('option', { value: '', text: 'none' })]),
      ...EMOTIONS.map((name, i) => element('option', { value: name, text: `${name} (${i + 1})` })),
      ...(this.event.emotion && !EMOTIONS.includes(this.event.emotion)
        ? [element('option', { value: this.event.emotion, text: this.event.emotion })]
        : []),
    );
    return element('label', { title: 'Your label (L, or 1 to 7)' }, 'Label ', this.label);
  }

  /* Updates the view after a decision. */
  update() {
    const { event, codings } = this;
    if (!event) return;
    const { decision, note = '' } = codings.of(event),
      units = codings.describeUnits(event);
    const label = codings.labelOf(event);
    this.name.textContent = label && label !== 'other' ? label : units || event.kind;
    this.which.textContent =
      `${event.kind}${event.candidate ? ' candidate' : ''}, face ${event.face}, ` +
      (event.added ? 'added' : `${event.index + 1} of ${this.report.events.length}`);
    this.name.style.setProperty('--color', `var(--${label ?? event.kind})`);
    this.box.dataset.verdict = decision ?? '';
    for (const button of this.verdicts)
      button.setAttribute('aria-pressed', button.dataset.verdict === decision);
    if (this.report.emotions) this.label.value = label ?? '';
    this.units.show(codings.codesOf(event));
    this.showTimes();
    this.showOthers();
    if (this.note.value !== note) this.note.value = note;
  }
}
