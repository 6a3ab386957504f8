// SPDX-License-Identifier: LGPL-2.1-or-later
// What the page shows of the events, and which of them.
import assert from 'node:assert/strict';
import test from 'node:test';
import { open, withCandidate } from './pages.mjs';
import { cells, choose, exported, looking, rows, stage } from './stage.mjs';

looking('every event has its row, and the first one is shown', async page => {
  assert.equal(await rows(page).count(), stage.data.events.length);
  assert.equal(await page.locator('#count').innerText(), `${stage.data.events.length} events`);
  const units = stage.data.events.map(
    ({ fields }) =>
      'AU' +
      Object.keys(fields['action-units'])
        .map(u => u.slice(2))
        .join('+'),
  );
  assert.deepEqual(await cells(page, 'Units'), units);
  assert.deepEqual(
    await cells(page, 'Emotion'),
    stage.data.events.map(({ fields }) => fields.emotion),
  );
  assert.match(await page.locator('#event-title').innerText(), /^happiness/);
  assert.equal(await page.locator('.portrait img').count(), 2);
  assert.ok(
    (await page.locator('.portrait.apex .arrow').count()) >= 2,
    'the mouth corners have arrows',
  );
});

// How much onset and apex differ in brightness, on average, at the brows and at the mouth.
const difference = page =>
  page.evaluate(async () => {
    const pixels = async image => {
      await image.decode();
      const { naturalWidth: width, naturalHeight: height } = image;
      const context = Object.assign(document.createElement('canvas'), { width, height }).getContext(
        '2d',
      );
      context.drawImage(image, 0, 0);
      return context.getImageData(0, 0, width, height).data;
    };
    const [a, b] = await Promise.all([...document.querySelectorAll('.portrait img')].map(pixels));
    const mean = (top, bottom) => {
      let sum = 0;
      for (let y = top; y < bottom; y++)
        for (let x = 60; x < 196; x++) sum += Math.abs(a[4 * (256 * y + x)] - b[4 * (256 * y + x)]);
      return sum / (bottom - top) / 136;
    };
    return { brows: mean(70, 112), mouth: mean(190, 250) };
  });

looking('onset and apex lie on each other, and differ where the face moved', async page => {
  const smile = await difference(page);
  await page.keyboard.press('ArrowDown');
  const raisedBrows = await difference(page);
  await page.keyboard.press('ArrowUp');
  const share = ({ brows, mouth }) => mouth / brows;
  assert.ok(raisedBrows.brows > 2 * smile.brows, JSON.stringify({ smile, raisedBrows }));
  assert.ok(share(smile) > 3 * share(raisedBrows), JSON.stringify({ smile, raisedBrows }));
});

looking('bars have the strength of each side', async page => {
  const { left, right } = stage.data.events[0].fields;
  const values = await page.locator('.units tbody tr').first().locator('.value').allInnerTexts();
  assert.deepEqual(values, [right.AU12.toFixed(1), left.AU12.toFixed(1)]);
});

looking('totals count the events', async page => {
  const first = await page.locator('#totals tbody tr').first().locator('td').allInnerTexts();
  assert.equal(first[0], String(stage.data.events.length));
  assert.equal(
    first[1],
    ((60e9 * stage.data.events.length) / stage.data.recording.seen).toFixed(2),
  );
});

looking('filters choose by kind, emotion, unit and confidence, and all comes back', async page => {
  const of = keep => stage.data.events.filter(({ fields }) => keep(fields)).length;
  await choose(page, 'Kind', 'macro');
  assert.equal(
    await rows(page).count(),
    of(f => f.kind === 'macro'),
  );
  assert.match(await page.locator('#count').innerText(), / of /);
  await choose(page, 'Kind', '');
  await choose(page, 'Emotion', 'surprise');
  assert.equal(
    await rows(page).count(),
    of(f => f.emotion === 'surprise'),
  );
  await choose(page, 'Emotion', '');
  await choose(page, 'Unit', 'AU12');
  assert.equal(
    await rows(page).count(),
    of(f => 'AU12' in f['action-units']),
  );
  await page.click('text=All events');
  const sorted = stage.data.events.map(({ fields }) => fields.confidence).sort();
  const least = Math.ceil(100 * sorted[2]);
  await page.locator('#filters input[type=range]').fill(String(least));
  assert.equal(
    await rows(page).count(),
    of(f => f.confidence >= least / 100),
  );
  await page.click('text=All events');
  assert.equal(await rows(page).count(), stage.data.events.length);
});

test('candidates come with the slider, and count once they are accepted', async () => {
  const page = await open(stage.browser, withCandidate(stage.file, 'candidate.html'));
  const slider = page.locator('#filters input[type=range]');
  const n = stage.data.events.length;
  const states = () => cells(page, 'Decision');
  const elan = async () => (await exported(page, 'eaf')).text;

  assert.equal(await rows(page).count(), n - 1);
  assert.match(await page.locator('#facts').innerText(), new RegExp(`${n - 1} events?.*1 candidate`));
  assert.equal(await slider.getAttribute('min'), '23');
  await slider.fill('23');
  assert.equal(await rows(page).count(), n);
  assert.deepEqual(await states(), ['candidate', ...Array(n - 1).fill('')]);
  assert.doesNotMatch(await elan(), /23 %/);
  await page.locator('#table tbody tr button').first().click();
  await page.keyboard.press('a');
  assert.equal((await states())[0], 'accepted');
  assert.match(await elan(), /23 %/);
  await page.click('text=All events');
  assert.equal(await rows(page).count(), n - 1);
  assert.deepEqual(page.wrongs, []);
  await page.context().close();
});

looking('a header sorts, and once more turns the order', async page => {
  const strengths = async () => (await cells(page, 'Intensity')).map(parseFloat);
  const head = page.locator('#table thead button', { hasText: 'Intensity' });
  await head.click();
  assert.deepEqual(
    await strengths(),
    [...(await strengths())].sort((a, b) => a - b),
  );
  await head.click();
  assert.deepEqual(
    await strengths(),
    [...(await strengths())].sort((a, b) => b - a),
  );
  assert.equal(await page.locator('#table th[aria-sort]').getAttribute('aria-sort'), 'descending');
});
