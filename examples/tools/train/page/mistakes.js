/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The learner's mistakes, the newest first, each to be looked at again. Those of the tests come
 * once both are done: their items are used again before. */

class Mistakes {
  constructor(store) {
    this.store = store;
    const phases = store.isDone('post') ? PHASES : ['practice'];
    this.answers = store.answers
      .filter(answer => phases.includes(answer.phase) && !isRight(answer))
      .reverse();
    this.at = 0;
  }

  render() {
    const heading = element('h2', { id: 'heading', tabindex: '-1', text: t('mistakes') });
    const more = this.store.isDone('post')
      ? []
      : [element('p', { class: 'dim', text: t('mistakes.tests') })];
    if (!this.answers.length)
      return [heading, element('p', { text: t('mistakes.none') }), ...more];
    this.canvas = this.store.bank.makeCanvas(t('trial.face'));
    this.presenter = new Presenter(this.canvas);
    this.progress = element('p', { class: 'progress' });
    this.prompt = element('p', { class: 'prompt', role: 'status' });
    this.choose(this.at);
    return [
      element('header', { class: 'trial-head' }, heading, this.progress),
      element(
        'div',
        { class: 'trial' },
        element('div', { class: 'stage' }, this.canvas),
        element('div', { class: 'ask' }, this.prompt, this.makeButtons()),
      ),
      ...more,
    ];
  }

  makeButtons() {
    this.actions = [
      ['mistakes.next', 'N', () => this.choose(this.at + 1)],
      ['mistakes.previous', 'P', () => this.choose(this.at - 1)],
      ['trial.replay', 'R', () => this.play(1)],
      ['trial.slowly', 'S', () => this.play(SLOWLY)],
    ];
    return element(
      'div',
      { class: 'feedback' },
      ...this.actions.map(([text, key, onclick]) =>
        element('button', { type: 'button', onclick }, t(text), ' ', element('kbd', { text: key })),
      ),
    );
  }

  /* The one after the last is the first. */
  choose(n) {
    const of = this.answers.length;
    this.at = (n + of) % of;
    this.answer = this.answers[this.at];
    this.item = this.store.bank.items[this.answer.item];
    this.progress.textContent = t('trial.progress', { n: this.at + 1, of });
    this.prompt.textContent = describeAnswer(this.item, this.answer.answer, this.answer.shown);
    this.play(1);
  }

  async play(times) {
    const { item, answer } = this;
    this.presenter.cancel('paused');
    if (this.stimulus?.item !== item) {
      const stimulus = await this.store.bank.load(item);
      if (this.gone || this.item !== item) return stimulus.close();
      this.stimulus?.close();
      this.stimulus = stimulus;
    }
    this.presenter.play(this.stimulus, answer.ms * times);
  }

  close() {
    this.gone = true;
    this.presenter?.cancel('paused');
    this.stimulus?.close();
  }

  /* Returns whether the key was used. */
  onKey(key) {
    const action = this.actions?.find(([, name]) => name.toLowerCase() === key);
    action?.[2]();
    return Boolean(action);
  }
}
