/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The whole page: views, language, colors, keys. */

class Train {
  constructor() {
    this.display = null; /* of watchDisplay() */
    this.theme = new Theme(
      byId('theme'),
      theme => ({
        text: t(`theme.${theme}`),
        label: t('theme.label', { theme: t(`theme.${theme}`) }),
      }),
      () => {},
    );
    document.addEventListener('keydown', e => this.onKey(e));
  }

  /* Called once the data is read. */
  start(bank) {
    this.bank = bank;
    this.learners = new Learners(bank, () => this.notice(t('store.lost')));
    this.makeViews();
    this.makeLanguages();
    this.setLanguage(bank.language);
    if (!bank.complete) this.notice(t('bank.damaged'));
    this.measure();
  }

  /* The results of the current learner. */
  get store() {
    return this.learners?.store;
  }

  makeViews() {
    const { bank, learners } = this,
      open = step => this.open(step);
    this.views = {
      home: () =>
        new Home(learners, this.display, {
          open,
          measure: () => this.measure(),
          changed: () => this.open('home'),
          notice: text => this.notice(text),
        }),
      lessons: () => new Lessons(this.store, { practise: () => this.open('practice') }),
      results: () => new Results(this.store, { mistakes: () => this.open('mistakes') }),
      mistakes: () => new Mistakes(this.store),
      evidence: () => new Evidence(),
      class: () => new Class(bank),
      ...(bank.noKey ? {} : { key: () => new Key(bank) }),
    };
    for (const phase of PHASES)
      this.views[phase] = () =>
        new Trial(this.store, phase, this.display, {
          leave: () => this.open('home'),
          finish: () => this.finish(phase),
        });
    for (const button of document.querySelectorAll('[data-view]'))
      button.addEventListener('click', () => this.open(button.dataset.view));
  }

  /* --- views --- */

  open(name, { focus = true } = {}) {
    this.view?.close?.();
    byId('notices').replaceChildren();
    this.name = name;
    this.view = this.views[name]();
    this.show();
    if (focus) this.focus();
  }

  /* Draws the current view in the current language. */
  show() {
    const inTrial = PHASES.includes(this.name);
    byId('content').replaceChildren(...this.view.render());
    byId('language').disabled = inTrial; /* redrawing would interrupt the item */
    document.body.toggleAttribute('data-trial', inTrial);
    document.title = `${byId('heading').textContent} - ${t('title')}`;
    for (const button of document.querySelectorAll('[data-view]')) {
      const current = button.dataset.view === this.name;
      if (current) button.setAttribute('aria-current', 'page');
      else button.removeAttribute('aria-current');
      button.hidden =
        !(button.dataset.view in this.views) ||
        (button.dataset.view === 'lessons' && !this.store.isDone('pre'));
    }
  }

  /* Where to continue: the main button, or else the heading. */
  focus() {
    (byId('content').querySelector('[data-first]') ?? byId('heading')).focus({
      preventScroll: true,
    });
    scrollTo(0, 0);
  }

  finish(phase) {
    this.open({ pre: 'home', practice: 'home', post: 'results' }[phase]);
    this.notice(t(`trial.done.${phase}`));
  }

  notice(text) {
    byId('notices').replaceChildren(element('p', { class: 'notice', text }));
  }

  async measure() {
    this.display = null;
    if (this.view instanceof Home) this.view.showDisplay(null);
    this.display = await watchDisplay();
    if (this.view instanceof Home) this.view.showDisplay(this.display);
  }

  /* --- language --- */

  makeLanguages() {
    const select = byId('language');
    language.offer(select);
    select.onchange = () => this.setLanguage(select.value);
  }

  setLanguage(wanted) {
    language.choose(wanted);
    byId('language').value = language.current;
    language.translateMarkup();
    this.theme.show();
    this.open(this.name ?? 'home', { focus: false });
  }

  /* --- keys --- */

  onKey(e) {
    const key = e.key.length === 1 ? e.key.toLowerCase() : e.key;
    const control = e.target.closest?.('button, select, input, a, summary');
    if (e.ctrlKey || e.metaKey || e.altKey || e.repeat || !this.view?.onKey) return;
    if (control && (key === ' ' || key === 'Enter')) return; /* the key presses the control */
    if (this.view.onKey(key)) e.preventDefault();
  }
}

language.choose('auto');
const train = new Train();
document.addEventListener('DOMContentLoaded', () => train.start(new Bank()));
