/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Shows an item with exact timing: a second at rest, the expression, a second at rest. Pictures
 * change only in requestAnimationFrame(), by its timestamps, so an expression lasts a whole number
 * of display frames, the number nearest to its duration. The duration actually shown is measured by
 * the same timestamps. Times in ms. */

const REST = 1000;

class Presenter {
  constructor(canvas) {
    this.context = canvas.getContext('2d', { alpha: false });
    this.running = null;
    this.onHide = () => document.hidden && this.cancel('hidden');
  }

  /* Resolves to {outcome: 'shown', ms, shown, period, frames, onTime} or, when it was cut short, to
   * {outcome: 'paused' or 'hidden'}. */
  play(stimulus, ms) {
    this.cancel('paused');
    return new Promise(resolve => {
      this.running = { stimulus, ms, resolve, stamps: [] };
      document.addEventListener('visibilitychange', this.onHide);
      this.wait();
      this.onHide();
    });
  }

  cancel(outcome) {
    if (!this.running) return;
    cancelAnimationFrame(this.running.request);
    this.end({ outcome });
  }

  end(result) {
    const { resolve } = this.running;
    this.running = null;
    document.removeEventListener('visibilitychange', this.onHide);
    resolve(result);
  }

  wait() {
    const run = this.running;
    run.request = requestAnimationFrame(now => {
      if (this.running === run) this.advance(run, now);
    });
  }

  advance(run, now) {
    if (run.onset === undefined) this.rest(run, now);
    else if (run.offset === undefined) this.move(run, now);
    else if (now - run.offset >= REST) return this.finish(run);
    this.wait();
  }

  /* The display period is measured while the face is at rest. */
  rest(run, now) {
    run.stamps.push(now);
    if (run.stamps.length === 1) run.stimulus.draw(this.context, 0);
    if (now - run.stamps[0] < REST) return;
    run.period = measurePeriod(run.stamps).period;
    run.frames = framesFor(run.ms, run.period);
    run.onset = now;
    this.move(run, now);
  }

  move(run, now) {
    const { stimulus, frames, period } = run,
      passed = now - run.onset;
    if (passed >= (frames - 0.5) * period) {
      run.offset = now;
      stimulus.draw(this.context, 0);
    } else {
      const k = Math.round(passed / period);
      stimulus.draw(this.context, stepAt(k, frames, stimulus.picture.steps));
    }
  }

  finish(run) {
    const { ms, period, frames } = run,
      shown = run.offset - run.onset;
    this.end({
      outcome: 'shown',
      ms,
      shown,
      period,
      frames,
      onTime: Math.abs(shown - ms) <= period,
    });
  }
}
