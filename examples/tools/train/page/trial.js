/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A test or a round of practice: shows items one by one and takes answers. */

const GAP = 400; /* ms between an answer and the next item of a test */
const MOST_LATE = 3; /* stuttering showings of an item before it counts anyway */
const SLOWLY = 10; /* divisor of the speed in feedback */

/* The remaining items of a phase: next() gives {item, ms, n}, or null at the end; later() puts back
 * an item that was not shown properly. */
class TestQueue {
  constructor(store, phase) {
    const plan = planTest(store.bank, phase, store.seed);
    const done = new Set(store.of(phase).map(answer => answer.n));
    this.of = plan.length;
    this.waiting = plan.map((show, n) => ({ ...show, n })).filter(({ n }) => !done.has(n));
  }

  get left() {
    return this.waiting.length;
  }

  next() {
    return this.waiting.shift() ?? null;
  }

  later(show) {
    this.waiting.push(show);
  }
}

class PracticeQueue {
  constructor(store) {
    this.store = store;
    this.of = PRACTICE_ROUND;
    this.first = store.of('practice').length;
  }

  get done() {
    return this.store.of('practice').length - this.first;
  }

  get left() {
    return Math.max(0, this.of - this.done);
  }

  next() {
    const { store } = this;
    if (this.left === 0) return null;
    const n = store.of('practice').length;
    const ms = durationOf(levelAfter(store.answers));
    return { item: practiceItem(store.bank, store.seed, n), ms, n };
  }

  /* The answers determine the next item, so it is the same one. */
  later() {}
}

/* Whether it was right, and what moved. shown: ms. */
function describeAnswer(item, answer, shown) {
  const right = answer === item.emotion;
  const units = item.units.map(unit => `${unit} ${t(unit)}`).join(', ');
  const moved = units ? t('trial.what', { units, side: t(item.side), shown }) : t('trial.still');
  const verdict = right
    ? t('trial.right', { emotion: t(item.emotion) })
    : t('trial.wrong', { emotion: t(item.emotion), answer: t(answer) });
  return `${right ? '✓' : '✗'} ${verdict} ${moved}`;
}

class Trial {
  /* display: of watchDisplay(); null: not measured yet. actions: leave(), finish(phase). */
  constructor(store, phase, display, actions) {
    Object.assign(this, { store, phase, display, actions });
    this.queue = phase === 'practice' ? new PracticeQueue(store) : new TestQueue(store, phase);
    this.state = 'ready';
    this.tries = 0;
  }

  /* --- the view --- */

  render() {
    this.canvas = this.store.bank.makeCanvas(t('trial.face'));
    this.presenter = new Presenter(this.canvas);
    this.progress = element('p', { class: 'progress' });
    this.prompt = element('p', { class: 'prompt', role: 'status' });
    this.feedback = element('div', { class: 'feedback' });
    this.stage = element('div', { class: 'stage' }, this.canvas);
    this.update();
    this.say(t('trial.how') + ' ' + t('trial.guess'));
    this.offer(['trial.begin', 'Space', () => this.go()]);
    return [
      element(
        'header',
        { class: 'trial-head' },
        element('h2', { id: 'heading', tabindex: '-1', text: t(`trial.${this.phase}`) }),
        this.progress,
        element('button', { type: 'button', text: t('trial.stop'), onclick: () => this.leave() }),
      ),
      ...this.makeWarnings(),
      element(
        'div',
        { class: 'trial' },
        this.stage,
        element('div', { class: 'ask' }, this.prompt, this.makeAnswers(), this.feedback),
      ),
    ];
  }

  makeWarnings() {
    const { warnings } = this.display ? describeDisplay(this.display) : { warnings: [] };
    return warnings.map(text => element('p', { class: 'notice', text }));
  }

  makeAnswers() {
    this.buttons = ANSWERS.map((emotion, i) =>
      element(
        'button',
        {
          type: 'button',
          'aria-keyshortcuts': String(i + 1),
          'aria-disabled': 'true',
          onclick: () => this.answer(emotion),
        },
        element('kbd', { text: String(i + 1) }),
        ` ${t(emotion)}`,
      ),
    );
    this.answers = element(
      'div',
      { class: 'answers', role: 'group', tabindex: '-1', 'aria-label': t('trial.answers') },
      ...this.buttons,
    );
    return this.answers;
  }

  setState(state) {
    this.state = state;
    for (const button of this.buttons)
      button.setAttribute('aria-disabled', String(state !== 'asking'));
    this.stage.dataset.state = state;
  }

  update() {
    const { of, left } = this.queue;
    this.progress.textContent = t('trial.progress', { n: Math.min(of, of - left + 1), of });
  }

  say(text) {
    this.prompt.textContent = text;
  }

  /* Buttons: [text key, keyboard key, action]. The first gets the focus. */
  offer(...offers) {
    const buttons = offers.map(([text, key, action], i) =>
      element(
        'button',
        { type: 'button', onclick: action, 'data-first': i === 0 },
        t(text),
        ' ',
        element('kbd', { text: key === 'Space' ? t('trial.space') : key }),
      ),
    );
    this.offered = offers.map(([, key, action]) => ({ key: key === 'Space' ? ' ' : key, action }));
    this.feedback.replaceChildren(...this.notes(), ...buttons);
    buttons[0]?.focus({ preventScroll: true });
  }

  notes() {
    return this.note ? [element('p', { class: 'dim', text: this.note })] : [];
  }

  clearOffers() {
    this.note = '';
    this.offered = [];
    this.feedback.replaceChildren();
  }

  /* --- showing --- */

  /* Starts the next item, or ends. */
  async go() {
    if (this.state === 'showing' || this.gone) return;
    this.clearOffers();
    delete this.stage.dataset.verdict;
    this.presenter.cancel('paused'); /* a replay */
    this.show ??= this.queue.next();
    if (!this.show) return this.end();
    this.setState('showing');
    this.update();
    this.say(t('trial.watch'));
    this.answers.focus({ preventScroll: true });
    await this.load(this.show.item);
    if (this.gone || this.state !== 'showing') return;
    this.take(await this.presenter.play(this.stimulus, this.show.ms));
  }

  async load(item) {
    if (this.stimulus?.item === item) return;
    this.stimulus?.close();
    this.stimulus = null;
    this.stimulus = await this.store.bank.load(item);
    /* draw once offscreen, so that the first visible picture is not late */
    const { width, height } = this.canvas;
    const aside = element('canvas', { width, height }).getContext('2d', { alpha: false });
    this.stimulus.draw(aside, this.store.bank.picture.steps);
  }

  take(result) {
    if (this.gone) return;
    if (result.outcome !== 'shown') return this.pause(result.outcome);
    if (!result.onTime && ++this.tries < MOST_LATE) return this.repeatLate(result);
    this.result = result;
    this.asked = performance.now();
    this.setState('asking');
    this.say(t('trial.ask'));
  }

  putBack() {
    this.queue.later(this.show);
    this.show = null;
  }

  pause(why) {
    this.putBack();
    this.setState('paused');
    this.say(t(why === 'hidden' ? 'trial.hidden' : 'trial.paused'));
    this.offer(['trial.go', 'Space', () => this.go()]);
  }

  repeatLate({ shown, ms }) {
    this.setState('paused');
    this.say(t('trial.late', { shown, ms }));
    this.offer(['trial.go', 'Space', () => this.go()]);
  }

  /* --- answering --- */

  answer(answer) {
    if (this.state !== 'asking') return;
    const { show, result, store, phase } = this,
      { item } = show;
    this.setState('answered');
    store.add({
      phase,
      n: show.n,
      item: item.id,
      face: item.face,
      variant: item.variant,
      side: item.side,
      emotion: item.emotion,
      answer,
      ms: result.ms,
      shown: Math.round(result.shown * 10) / 10,
      period: Math.round(result.period * 100) / 100,
      late: !result.onTime,
      rt: Math.round(performance.now() - this.asked),
      at: new Date().toISOString(),
    });
    this.show = null;
    this.tries = 0;
    if (phase === 'practice') this.explain(item, answer, result);
    else this.timer = setTimeout(() => this.go(), GAP);
  }

  explain(item, answer, result) {
    this.stage.dataset.verdict = answer === item.emotion ? 'right' : 'wrong';
    this.say(describeAnswer(item, answer, result.shown));
    this.note = t('trial.speed', { ms: durationOf(levelAfter(this.store.answers)) });
    this.offer(
      ['trial.next', 'Space', () => this.go()],
      ['trial.replay', 'R', () => this.replay(1)],
      ['trial.slowly', 'S', () => this.replay(SLOWLY)],
    );
  }

  /* Replays the item during feedback, without a question. */
  replay(times) {
    if (this.state === 'answered') this.presenter.play(this.stimulus, this.result.ms * times);
  }

  /* --- ending --- */

  end() {
    this.setState('done');
    this.update();
    this.actions.finish(this.phase);
  }

  leave() {
    this.close();
    this.actions.leave();
  }

  close() {
    this.gone = true;
    clearTimeout(this.timer);
    this.presenter?.cancel('paused');
    this.stimulus?.close();
  }

  /* Returns whether the key was used. */
  onKey(key) {
    const n = Number(key) - 1;
    if (key === 'Escape' && this.state === 'showing') {
      this.presenter.cancel('paused');
      return true;
    }
    if (n in ANSWERS && key.trim()) {
      this.answer(ANSWERS[n]);
      return true;
    }
    const offer = this.offered.find(o => o.key.toLowerCase() === key);
    offer?.action();
    return Boolean(offer) || key === ' '; /* keep Space from scrolling */
  }
}
