// SPDX-License-Identifier: LGPL-2.1-or-later
// The page as a whole: what it may not do or hold, who can use it, how large it may be.
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import test from 'node:test';
import { axe, open, review, stretch } from './pages.mjs';
import { choose, looking, rows, stage, using } from './stage.mjs';

test('without pictures and emotions there are none', async () => {
  const bare = review(
    stage.recording,
    'bare.html',
    '--no-pictures',
    '--video=none',
    '--interpretation=action-units',
  );
  const page = await open(stage.browser, bare);
  assert.equal(await page.locator('img').count(), 0);
  assert.equal(await page.locator('#relabel').count(), 0);
  await page.keyboard.press('1');
  await page.keyboard.press('ArrowRight');
  assert.ok((await page.locator('.portrait.apex .arrow').count()) >= 2);
  const seen = await page.locator('main').innerText();
  assert.doesNotMatch(seen, /happiness|sadness|anger|fear|disgust|surprise/i);
  assert.match(seen, /AU12/);
  assert.deepEqual(page.wrongs, []);
  await page.context().close();
});

test('the page is not allowed to request anything', async () => {
  const page = await open(stage.browser, stage.file);
  const answers = await page.evaluate(async () => {
    const violations = [];
    document.addEventListener('securitypolicyviolation', e =>
      violations.push(e.effectiveDirective),
    );
    const fetched = await fetch('http://127.0.0.1:9/').then(
      () => 'fetched',
      () => 'refused',
    );
    document.body.append(
      Object.assign(new Image(), { src: 'http://127.0.0.1:9/x.png' }),
      Object.assign(document.createElement('script'), { textContent: 'window.injected = true' }),
    );
    for (let tries = 0; violations.length < 3 && tries < 1000; tries++)
      await new Promise(resolve => setTimeout(resolve, 100));
    return { fetched, violations: violations.sort(), injected: window.injected };
  });
  assert.deepEqual(answers, {
    fetched: 'refused',
    violations: ['connect-src', 'img-src', 'script-src-elem'],
    injected: undefined,
  });
  await page.context().close();
});

for (const [colorScheme, width] of [
  ['light', 1440],
  ['dark', 390],
])
  using(
    `accessible, ${colorScheme}, ${width} px`,
    { colorScheme, viewport: { width, height: 850 } },
    async page => {
      await page.keyboard.press('a');
      await page.locator('#export summary').click();
      for (const summary of await page.locator('#found summary').all())
        if (!(await summary.evaluate(s => s.parentElement.open))) await summary.click();
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run());
      assert.deepEqual(
        violations.map(v => [v.id, ...v.nodes.map(n => n.html.slice(0, 120))]),
        [],
      );
      assert.ok(
        await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth),
        'it scrolls sideways',
      );
    },
  );

looking('the keys are told', async page => {
  await page.keyboard.press('?');
  const help = await page.locator('#help').innerText();
  assert.match(help, /next event/);
  assert.match(help, /not a lie detector/);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#help').isVisible(), false);
});

// What keys, the slider and sorting take until the page is laid out: ms, the best of five on a machine
// that does much else. Printed, not asserted.
async function timesOf(page) {
  const times = await page.evaluate(() => {
    const press = (key, more) => () =>
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...more }));
    const slider = document.querySelector('#filters input[type=range]');
    const slide = value => () => {
      slider.value = value;
      slider.dispatchEvent(new Event('input'));
    };
    const heads = [...document.querySelectorAll('#table thead button')];
    const acts = [
      ...['ArrowDown', 'a', 'r', '5', 'f', 'd', 'z', '0', 'o', 'ArrowRight', 'q', 'm'].map(key => [key, press(key)]),
      ['Ctrl+Z', press('z', { ctrlKey: true })],
      ['slider', slide(96)],
      ['slider back', slide(0)],
      ...[6, 4, 0].map(i => [`sort by ${heads[i].textContent}`, () => heads[i].click()]),
    ];
    const best = new Map();
    for (let n = 0; n < 5; n++)
      for (const [name, act] of acts) {
        const from = performance.now();
        act();
        document.body.offsetHeight;
        best.set(name, Math.min(best.get(name) ?? Infinity, performance.now() - from));
      }
    return [...best];
  });
  return times.map(([name, ms]) => `${name} ${ms.toFixed(0)}`).join(', ');
}

// How many nodes come or go in the table of events.
async function changesOf(page, act) {
  await page.evaluate(() => {
    window.changes = 0;
    window.watcher = new MutationObserver(records => {
      for (const { addedNodes, removedNodes } of records) window.changes += addedNodes.length + removedNodes.length;
    });
    window.watcher.observe(byId('table'), { childList: true, subtree: true });
  });
  await act();
  return page.evaluate(() => {
    window.watcher.disconnect();
    return window.changes;
  });
}

const press = (page, key) => () => page.keyboard.press(key);

test('an hour with 635 events', async t => {
  const events = 635;
  const path = stretch(stage.file, 'hour.html', { minutes: 60, events });
  const size = statSync(path).size / 1e6;
  assert.ok(size < 25, `${size} MB`);
  const began = Date.now();
  const page = await open(stage.browser, path);
  assert.equal(await rows(page).count(), events);
  const loaded = Date.now() - began;
  const draws = await page.evaluate(() =>
    [
      [0, 3600],
      [1000, 1600],
      [1000, 1004],
    ].map(([from, to]) => {
      review.timeline.setView(from, to);
      const start = performance.now();
      for (let i = 0; i < 10; i++) review.timeline.drawNow();
      return (performance.now() - start) / 10;
    }),
  );
  t.diagnostic(
    `${size.toFixed(1)} MB, loaded in ${loaded} ms, the timeline drawn in ${draws.map(d => d.toFixed(1)).join(', ')} ms`,
  );
  assert.equal(await page.evaluate(() => review.report.times.length), 108001);
  await page.keyboard.press('ArrowDown');
  await page.waitForSelector('.portrait.apex img');
  assert.equal(await changesOf(page, press(page, 'ArrowDown')), 0, 'no row is made again');
  assert.ok((await changesOf(page, press(page, 'a'))) <= 4, 'only what the decision changes');
  /* Adding an event and taking that back, which changed all rows once. */
  await page.evaluate(() => {
    const { table } = review,
      { fill } = table;
    window.filled = 0;
    table.fill = (...row) => {
      window.filled++;
      fill.apply(table, row);
    };
  });
  await page.keyboard.press('m');
  await page.keyboard.press('Control+z');
  assert.ok((await page.evaluate(() => window.filled)) <= 4, 'only the row of the event');
  t.diagnostic(`ms: ${await timesOf(page)}`);
  await page.click('text=All events');
  await choose(page, 'Kind', 'macro');
  assert.equal(
    await rows(page).count(),
    Array.from({ length: events }, (_, i) => stage.data.events[i % stage.data.events.length]).filter(
      ({ fields }) => fields.kind === 'macro',
    ).length,
  );
  assert.deepEqual(page.wrongs, []);
  await page.context().close();
});
