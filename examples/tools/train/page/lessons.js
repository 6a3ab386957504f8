/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A lesson for each emotion: its action units, where to look, slow motion, onset and apex side by
 * side, and what it is confused with. */

const SPEEDS = [1, 4, 10]; /* divisors of the speed */

class Lessons {
  /* actions: practise(). */
  constructor(store, actions) {
    Object.assign(this, { store, actions });
    this.emotion = EMOTIONS.find(emotion => !store.lessons.includes(emotion)) ?? EMOTIONS[0];
    this.face = 0; /* index into the faces with lessons */
    this.speed = 10;
    this.arrows = true;
  }

  /* The practice items that show the whole prototype. */
  get items() {
    return this.store.bank
      .itemsFor('practice')
      .filter(item => item.emotion === this.emotion && item.variant === 'full');
  }

  render() {
    this.body = element('div', { class: 'lesson' });
    this.choice = element(
      'div',
      { class: 'choice', role: 'group', 'aria-label': t('lesson.choose') },
      ...EMOTIONS.map(emotion =>
        element('button', {
          type: 'button',
          'data-emotion': emotion,
          text: t(emotion),
          onclick: () => this.choose(emotion),
        }),
      ),
    );
    this.showEmotion();
    return [
      element('h2', { id: 'heading', tabindex: '-1', text: t('nav.lessons') }),
      this.choice,
      this.body,
    ];
  }

  choose(emotion) {
    this.emotion = emotion;
    this.showEmotion();
  }

  showEmotion() {
    const { emotion } = this;
    this.presenter?.cancel('paused'); /* frees its pictures */
    this.store.see(emotion);
    for (const button of this.choice.children)
      button.setAttribute('aria-pressed', String(button.dataset.emotion === emotion));
    this.item = this.items[this.face % this.items.length];
    this.body.replaceChildren(this.makeMotion(), this.makeWords());
    this.load();
  }

  async load() {
    const { item } = this,
      stimulus = await this.store.bank.load(item);
    if (this.gone || item !== this.item) return stimulus.close();
    this.stimulus?.close();
    this.stimulus = stimulus;
    this.draw(0);
    stimulus.draw(this.onset.getContext('2d', { alpha: false }), 0);
    stimulus.draw(this.apex.getContext('2d', { alpha: false }), this.store.bank.picture.steps);
  }

  /* --- in motion --- */

  makeMotion() {
    const { bank } = this.store;
    this.canvas = bank.makeCanvas(t('lesson.moving'));
    this.presenter = new Presenter(this.canvas);
    this.slider = element('input', {
      type: 'range',
      min: 0,
      max: bank.picture.steps,
      value: 0,
      'aria-label': t('lesson.step'),
      oninput: () => this.draw(Number(this.slider.value)),
    });
    return element(
      'div',
      { class: 'motion' },
      element('div', { class: 'stage' }, this.canvas),
      element(
        'div',
        { class: 'bar' },
        element('button', {
          type: 'button',
          class: 'main',
          text: t('lesson.play'),
          onclick: () => this.play(),
        }),
        this.makeSpeed(),
        this.makeFace(),
      ),
      element('label', { class: 'bar' }, t('lesson.step'), ' ', this.slider),
    );
  }

  makeSpeed() {
    return element(
      'select',
      {
        'aria-label': t('lesson.speed'),
        onchange: e => {
          this.speed = Number(e.target.value);
        },
      },
      ...SPEEDS.map(value =>
        element('option', {
          value,
          selected: value === this.speed,
          text: t(`lesson.speed.${value}`),
        }),
      ),
    );
  }

  makeFace() {
    const n = this.items.length;
    return element(
      'select',
      {
        'aria-label': t('lesson.face'),
        onchange: e => {
          this.face = Number(e.target.value);
          this.showEmotion();
        },
      },
      ...Array.from({ length: n }, (_, i) =>
        element('option', {
          value: i,
          selected: i === this.face % n,
          text: t('lesson.faceN', { n: i + 1 }),
        }),
      ),
    );
  }

  draw(step) {
    this.presenter.cancel('paused');
    this.stimulus?.draw(this.presenter.context, step);
  }

  play() {
    this.slider.value = 0;
    if (this.stimulus) this.presenter.play(this.stimulus, LONGEST * this.speed);
  }

  /* --- side by side, and texts --- */

  makePictures() {
    const { bank } = this.store,
      arrows = makeArrows(this.item, bank.picture);
    const figure = (canvas, caption, ...over) =>
      element(
        'figure',
        {},
        element('div', { class: 'stage' }, canvas, ...over),
        element('figcaption', { text: caption }),
      );
    this.onset = bank.makeCanvas(t('lesson.onset'));
    this.apex = bank.makeCanvas(t('lesson.apex'));
    const toggle = element('button', {
      type: 'button',
      onclick: () => {
        this.arrows = !this.arrows;
        label();
      },
    });
    const label = () => {
      arrows.classList.toggle('unseen', !this.arrows);
      toggle.textContent = t(this.arrows ? 'lesson.hide' : 'lesson.show');
    };
    label();
    return element(
      'div',
      {},
      element(
        'div',
        { class: 'pair' },
        figure(this.onset, t('lesson.onset')),
        figure(this.apex, t('lesson.apex'), arrows),
      ),
      element('p', { class: 'dim', text: t('lesson.arrows', { gain: ARROW_GAIN }) }),
      toggle,
    );
  }

  makeWords() {
    const { emotion, item } = this;
    const next = EMOTIONS[EMOTIONS.indexOf(emotion) + 1];
    return element(
      'article',
      { 'aria-labelledby': 'lesson-title' },
      element('h3', { id: 'lesson-title', class: 'big', text: t(emotion) }),
      element('h4', { text: t('lesson.moves') }),
      element(
        'ul',
        {},
        ...item.units.map(unit =>
          element('li', {}, element('strong', { text: unit }), ` ${t(unit)}`),
        ),
      ),
      ...(item.side === 'both' ? [] : [element('p', { text: t('lesson.side', { side: t(item.side) }) })]),
      element('h4', { text: t('lesson.look') }),
      element('p', { text: t(`look.${emotion}`) }),
      element('h4', { text: t('lesson.confused') }),
      element('p', { text: t(`confused.${emotion}`) }),
      this.makePictures(),
      element(
        'p',
        {},
        element('button', {
          type: 'button',
          class: 'main',
          text: next ? t('lesson.next', { emotion: t(next) }) : t('lesson.practise'),
          onclick: () => (next ? this.goOn(next) : this.actions.practise()),
        }),
      ),
    );
  }

  goOn(emotion) {
    this.choose(emotion);
    this.choice.querySelector('[aria-pressed=true]').focus();
    this.choice.scrollIntoView({ block: 'nearest' });
  }

  close() {
    this.gone = true;
    this.presenter?.cancel('paused');
    this.stimulus?.close();
  }
}
