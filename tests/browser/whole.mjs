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

test('an hour with 500 events', async t => {
  const path = stretch(stage.file, 'hour.html', { minutes: 60, events: 500 });
  const size = statSync(path).size / 1e6;
  assert.ok(size < 25, `${size} MB`);
  const began = Date.now();
  const page = await open(stage.browser, path);
  assert.equal(await rows(page).count(), 500);
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
  await choose(page, 'Kind', 'macro');
  assert.equal(
    await rows(page).count(),
    Array.from({ length: 500 }, (_, i) => stage.data.events[i % stage.data.events.length]).filter(
      ({ fields }) => fields.kind === 'macro',
    ).length,
  );
  assert.deepEqual(page.wrongs, []);
  await page.context().close();
});
