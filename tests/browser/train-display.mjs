// SPDX-License-Identifier: LGPL-2.1-or-later
// How long expressions are really shown, on displays of several kinds.
import assert from 'node:assert/strict';
import { answerOne, answers, learning, playPhase, state, waitFor, until } from './train-stage.mjs';

const DURATIONS = [40, 55, 155, 500];

/* Plays an item for each duration; what was drawn when: [time, step]. */
const playAll = (page, durations) =>
  page.evaluate(async list => {
    const item = train.bank.items.find(i => i.variant === 'full');
    const stimulus = await train.bank.load(item);
    const presenter = new Presenter(train.bank.makeCanvas('x'));
    const results = [];
    for (const ms of list) {
      const drawn = [];
      const draw = stimulus.draw;
      stimulus.draw = function (context, step) {
        drawn.push([performance.now(), step]);
        draw.call(this, context, step);
      };
      const result = await presenter.play(stimulus, ms);
      delete stimulus.draw;
      results.push({ ...result, drawn });
    }
    return results;
  }, durations);

for (const rate of [50, 60, 120, 144])
  learning(`at ${rate} Hz shown for the nearest number of pictures`, { rate }, async page => {
    const period = 1000 / rate;
    for (const { ms, shown, frames, drawn, onTime } of await playAll(page, DURATIONS)) {
      assert.equal(frames, Math.max(1, Math.round(ms / period)));
      assert.ok(Math.abs(shown - frames * period) < 0.01, `${ms}: ${shown}`);
      assert.ok(Math.abs(shown - ms) <= period / 2 + 0.01);
      assert.ok(onTime);
      const steps = drawn.map(([, step]) => step).slice(1, -1);
      assert.equal(steps.length, frames);
      assert.equal(Math.max(...steps), 14, 'the apex is shown');
      assert.equal(drawn.at(0)[1], 0);
      assert.equal(drawn.at(-1)[1], 0);
      assert.ok(drawn[1][0] - drawn[0][0] >= 1000, 'it rests for a second');
    }
  });

learning('on the real display within one of its pictures', { rate: 0 }, async (page, t) => {
  await page.evaluate(() => train.open('practice'));
  await page.keyboard.press('Space');
  const errors = [];
  for (let i = 0; i < 4; i++) {
    /* what stutters on a busy machine comes again, as for a learner */
    for (;;) {
      await until(page, () => ['asking', 'paused'].includes(train.view.state));
      if ((await state(page)) === 'asking') break;
      await page.keyboard.press('Space');
      await until(page, () => train.view.state !== 'paused');
    }
    await answerOne(page, i, emotion => emotion);
    await waitFor(page, 'answered');
    await page.keyboard.press('Space');
  }
  for (const { ms, shown, period, late } of await answers(page)) {
    errors.push(Math.round(shown - ms));
    assert.equal(late, Math.abs(shown - ms) > period);
  }
  t.diagnostic(`shown minus meant: ${errors.join(', ')} ms`);
  assert.ok((await answers(page)).filter(answer => !answer.late).length >= 1);
});

learning('an item that stutters comes again, and is marked when it stutters on', {}, async page => {
  await page.evaluate(() => train.open('pre'));
  await page.evaluate(() => {
    window.stall = () => {
      const run = train.view.presenter.running;
      return run?.onset !== undefined && run.offset === undefined ? run.ms + 60 : 0;
    };
  });
  await page.keyboard.press('Space');
  await waitFor(page, 'paused');
  assert.match(await page.locator('.prompt').innerText(), /stuttered: .* for \d+ ms instead of \d+ ms/);
  assert.deepEqual(await answers(page), []);
  await page.keyboard.press('Space');
  await until(page, () => train.view.tries === 2);
  await page.keyboard.press('Space');
  await waitFor(page, 'asking');
  await page.evaluate(() => {
    window.stall = null;
  });
  await page.keyboard.press('1');
  assert.equal((await answers(page))[0].late, true);
  await waitFor(page, 'asking');
  await page.keyboard.press('1');
  assert.equal((await answers(page))[1].late, false);
});

for (const [rate, warned] of [
  [24, true],
  [30, true],
  [60, false],
])
  learning(`at ${rate} Hz ${warned ? 'a' : 'no'} plain warning`, { rate }, async page => {
    const card = page.locator('.card', { hasText: 'Your display' });
    await card.getByText(`It refreshes at ${rate} Hz`).waitFor();
    const text = await card.innerText();
    assert.equal(/cannot show 40 ms/.test(text), warned, text);
    await page.evaluate(() => train.open('pre'));
    assert.equal(/cannot show 40 ms/.test(await page.locator('#content').innerText()), warned);
  });

learning('pictures that come unevenly are told', {}, async page => {
  await page.evaluate(() => {
    let n = 0;
    window.stall = () => (n++ % 4 ? 0 : 30);
  });
  await page.getByRole('button', { name: 'Measure again' }).click();
  await page.getByText('This display refreshes unevenly: 25 % of refreshes were late').waitFor();
});

learning('what does not move stays the same to the pixel', {}, async page => {
  const outside = await page.evaluate(async () => {
    const counts = [];
    for (const item of train.bank.items.filter(i => i.bands?.length).slice(0, 12)) {
      const stimulus = await train.bank.load(item);
      const context = train.bank.makeCanvas('x').getContext('2d', { willReadFrequently: true });
      const { width, height, steps } = train.bank.picture;
      const read = step => {
        stimulus.draw(context, step);
        return context.getImageData(0, 0, width, height).data;
      };
      const rest = read(0),
        apex = read(steps);
      const inBand = (x, y) =>
        item.bands.some(([l, t, w, h]) => x >= l && x < l + w && y >= t && y < t + h);
      let differ = 0,
        moved = 0;
      for (let i = 0; i < rest.length; i++) {
        const x = (i >> 2) % width,
          y = Math.floor((i >> 2) / width);
        if (rest[i] === apex[i]) continue;
        if (inBand(x, y)) moved++;
        else differ++;
      }
      counts.push([differ, moved > 1000]);
    }
    return counts;
  });
  assert.equal(outside.length, 12);
  for (const count of outside) assert.deepEqual(count, [0, true]);
});

learning('the expressions of a whole test are shown as planned', { rate: 144 }, async page => {
  await page.evaluate(() => train.open('pre'));
  await playPhase(page, 'pre', emotion => emotion);
  const kept = await answers(page);
  assert.deepEqual(
    [...new Set(kept.map(answer => answer.ms))].sort((a, b) => a - b),
    [40, 100, 200, 400],
  );
  for (const { ms, shown, period } of kept) assert.ok(Math.abs(shown - ms) <= period);
});
