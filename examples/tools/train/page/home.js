/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The course with its progress, the display, and export of results. */

class Home {
  /* actions: open(step), measure(), changed(), notice(text). */
  constructor(learners, display, actions) {
    Object.assign(this, { learners, store: learners.store, display, actions });
  }

  /* [step, unlocked, done, values for its text]. */
  get steps() {
    const { store } = this,
      test = phase => planTest(store.bank, phase, store.seed).length;
    const minutes = Math.ceil((test('pre') * SECONDS_PER_ITEM) / 60);
    const before = store.isDone('pre'),
      practised = store.isDone('practice'),
      lessons = { seen: store.lessons.length, of: EMOTIONS.length };
    return [
      ['pre', true, before, { n: test('pre'), minutes }],
      ['lessons', before, store.lessons.length === EMOTIONS.length, lessons],
      ['practice', before, practised, { n: store.of('practice').length, least: PRACTICE_LEAST }],
      ['post', before && practised, store.isDone('post'), { n: test('post') }],
      ['results', store.answers.length > 0, store.isDone('post'), {}],
    ];
  }

  render() {
    const { composites } = this.store.bank;
    this.displayBox = element('div', { role: 'status' });
    this.showDisplay(this.display);
    return [
      element('h2', { id: 'heading', tabindex: '-1', text: t('home.steps') }),
      this.makeLearner(),
      element('p', { class: 'lead', text: t('home.intro') }),
      element('p', { class: 'dim', text: t('home.synthetic') }),
      element('ol', { class: 'steps' }, ...this.makeSteps()),
      element('p', { class: 'dim', text: t('home.keys', { n: ANSWERS.length }) }),
      element('div', { class: 'cards' }, this.makeDisplay(), this.makeData()),
      element('p', { class: 'dim', text: t(composites ? 'home.faces' : 'home.photos') }),
    ];
  }

  /* --- who learns --- */

  makeLearner() {
    const { learners, store } = this;
    const several = learners.stores.size > 1;
    const button = (key, action) =>
      element('button', { type: 'button', text: t(key), onclick: action });
    return element(
      'section',
      { class: 'bar learner', 'aria-label': t('home.learner') },
      ...(several ? [element('label', {}, `${t('home.learner')} `, this.makeLearners())] : []),
      element(
        'label',
        {},
        `${t('home.person')} `,
        element('input', {
          id: 'person',
          value: store.person,
          size: 12,
          autocomplete: 'off',
          spellcheck: 'false',
          onchange: e => this.rename(e.target.value.trim()),
        }),
      ),
      button('home.learner.add', () => this.change(() => learners.add())),
      ...(several ? [button('home.learner.remove', () => this.askRemoval())] : []),
    );
  }

  makeLearners() {
    const { learners } = this;
    return element(
      'select',
      {
        id: 'learner',
        onchange: e => this.change(() => learners.choose(Number(e.target.value))),
      },
      ...[...learners.stores].map(([n, { person, answers }]) =>
        element('option', {
          value: n,
          selected: n === learners.current,
          text: t('home.learner.one', {
            who: person || t('home.learner.unnamed', { n }),
            n: answers.length,
          }),
        }),
      ),
    );
  }

  change(how) {
    how();
    this.actions.changed();
  }

  rename(person) {
    this.store.setPerson(person);
    if (this.learners.stores.size > 1) this.actions.changed();
  }

  /* --- the course --- */

  makeSteps() {
    const { steps } = this;
    const current = steps.find(([, open, done]) => open && !done)?.[0];
    return steps.map(([step, open, done, values]) =>
      element(
        'li',
        { class: step === current ? 'current' : null },
        element(
          'div',
          {},
          element('h3', {}, t(`home.${step}`), ...(done ? [this.makeDone()] : [])),
          element('p', { class: 'dim', text: t(`home.${step}.what`, values) }),
        ),
        this.makeStart(step, open, done, step === current),
      ),
    );
  }

  makeDone() {
    return element('span', { class: 'done', text: ` ✓ ${t('home.done')}` });
  }

  makeStart(step, open, done, current) {
    if (!open) return element('span', { class: 'dim', text: t('home.locked') });
    const isTest = step === 'pre' || step === 'post';
    if (isTest && done) return element('span');
    const begun = this.store.of(step).length > 0;
    const first = begun ? 'continue' : 'start';
    const word = !PHASES.includes(step) ? 'open' : done ? 'more' : first;
    return element('button', {
      type: 'button',
      class: current ? 'main' : null,
      'data-step': step,
      'aria-label': `${t(`home.${step}`)}: ${t(`home.${word}`)}`,
      text: t(`home.${word}`),
      onclick: () => this.actions.open(step),
    });
  }

  /* --- the display --- */

  makeDisplay() {
    return element(
      'section',
      { class: 'card' },
      element('h3', { text: t('home.display') }),
      this.displayBox,
      element('button', {
        type: 'button',
        text: t('display.again'),
        onclick: () => this.actions.measure(),
      }),
    );
  }

  /* display: of watchDisplay(); null: not measured yet. */
  showDisplay(display) {
    const { text, warnings } = display
      ? describeDisplay(display)
      : { text: t('display.measuring'), warnings: [] };
    this.displayBox.replaceChildren(
      element('p', { text }),
      ...warnings.map(warning => element('p', { class: 'notice', text: warning })),
    );
  }

  /* --- the results as files --- */

  makeData() {
    const { store } = this;
    const file = element('input', {
      type: 'file',
      accept: '.json,application/json',
      hidden: true,
      'aria-label': t('home.file'),
      onchange: () => {
        const [chosen] = file.files;
        if (chosen) this.import(chosen);
        file.value = ''; /* so that the same file can be chosen again */
      },
    });
    const button = (key, action) =>
      element('button', { type: 'button', text: t(key), onclick: action });
    this.resetBox = element('div');
    return element(
      'section',
      { class: 'card' },
      element('h3', { text: t('home.data') }),
      element('p', { class: 'dim', text: t('home.data.what') }),
      element(
        'div',
        { class: 'bar' },
        button('home.json', () => download(store, 'json')),
        button('home.csv', () => download(store, 'csv')),
        button('home.import', () => file.click()),
        button('home.reset', () => this.askReset()),
        file,
      ),
      this.resetBox,
    );
  }

  async import(file) {
    try {
      const answers = this.learners.import(await file.text());
      this.actions.changed();
      this.actions.notice(t('store.taken', { n: answers.length, file: file.name }));
    } catch (problem) {
      if (!problem.key) throw problem;
      const why = t(problem.key, problem.values);
      this.actions.notice(t('store.refused', { file: file.name, why }));
    }
  }

  askReset() {
    this.ask(() => this.store.reset());
  }

  askRemoval() {
    this.ask(() => this.learners.remove());
  }

  /* Deletes the learner's answers only when that is meant. */
  ask(act) {
    const button = (key, action) =>
      element('button', { type: 'button', text: t(key), onclick: action });
    const no = button('home.reset.no', () => this.resetBox.replaceChildren());
    const who = this.store.person || t('home.learner.unnamed', { n: this.learners.current });
    this.resetBox.replaceChildren(
      element('p', { text: t('home.reset.question', { n: this.store.answers.length, who }) }),
      element('div', { class: 'bar' }, no, button('home.reset.yes', () => this.change(act))),
    );
    no.focus();
  }
}
