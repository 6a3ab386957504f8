// SPDX-License-Identifier: LGPL-2.1-or-later
// What a coder adds to what was found: events that were missed, and other boundaries.
import assert from 'node:assert/strict';
import { cells, chosen, exported, ready, rows, stage, using } from './stage.mjs';

const jsonOf = async page => JSON.parse((await exported(page, 'json')).text);
const frameTime = (page, shift = 0) =>
  page.evaluate(n => Math.round(review.player.times[review.player.frame + n] * 1e6) * 1000, shift);
const press = async (page, key, n = 1) => {
  for (let i = 0; i < n; i++) await page.keyboard.press(key);
};

using('a missed event is marked while stepping, coded, exported and removed', {}, async page => {
  await ready(page);
  const n = await rows(page).count();
  await page.evaluate(() => review.player.show(100));
  const onset = await frameTime(page);
  await page.keyboard.press('m');
  assert.equal(await rows(page).count(), n + 1);
  await press(page, 'ArrowRight', 4);
  await page.keyboard.press('Shift+X');
  await press(page, 'ArrowRight', 5);
  await page.keyboard.press('Shift+E');
  await page.selectOption('#added-kind', 'macro');
  await page.keyboard.press('5');
  await page.keyboard.press('u');
  await page.keyboard.type('L10B');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  const [added] = (await jsonOf(page)).added;
  const { apex, offset } = { apex: await frameTime(page, -5), offset: await frameTime(page) };
  assert.deepEqual(added, {
    ...{ kind: 'macro', face: 0, onset, apex, offset },
    review: { decision: 'accepted', label: 'disgust', 'action-units': ['AU10'], facs: 'L10B' },
  });
  assert.match((await exported(page, 'csv')).text, /,macro,.*,added,disgust,AU10,,,L10B,/);
  assert.match((await exported(page, 'eaf')).text, /disgust added/);
  await page.reload();
  assert.deepEqual((await jsonOf(page)).added, [added]);
  await page.locator('#table tbody tr', { hasText: 'added' }).locator('button').click();
  assert.match(await page.locator('#event-title').innerText(), /disgust macro, face 0, added/);
  await page.keyboard.press('Delete');
  assert.equal(await rows(page).count(), n);
  await page.keyboard.press('Control+z');
  assert.deepEqual((await jsonOf(page)).added, [added]);
});

using('boundaries are moved by key, and what was found is kept', {}, async page => {
  await ready(page);
  const found = stage.data.events[0].fields;
  await page.keyboard.press('o');
  await press(page, 'ArrowLeft', 3);
  const onset = await frameTime(page);
  await page.keyboard.press('Shift+O');
  const [event] = (await jsonOf(page)).events;
  assert.equal(event.onset, found.onset);
  assert.deepEqual(event.review, { decision: 'undecided', onset });
  assert.equal((await cells(page, 'Decision'))[0], 'moved');
  assert.match(await page.locator('#details').innerText(), /\u2212\d+ ms of what was found/);
  assert.ok(
    (await exported(page, 'eaf')).text.includes(`TIME_VALUE="${Math.round(onset / 1e6)}"`),
    'the annotation begins where it was moved',
  );
  await page.keyboard.press('e');
  await press(page, 'ArrowRight', 2);
  await page.keyboard.press('Shift+X'); /* behind the offset, which makes way */
  const at = await frameTime(page);
  const { review } = (await jsonOf(page)).events[0];
  assert.deepEqual([review.onset, review.apex, review.offset], [onset, at, at]);
  await page.reload();
  assert.deepEqual((await jsonOf(page)).events[0].review, review);
});

using('boundaries are moved by dragging', {}, async page => {
  await ready(page);
  await page.keyboard.press('z');
  const box = await page.locator('#timeline').boundingBox();
  const x = moment =>
    page.evaluate(name => review.timeline.x(review.report.events[0][name]), moment);
  const y = box.y + 26 + 18 + 11;
  for (const [moment, by] of [
    ['offset', 60],
    ['onset', -40],
    ['apex', 20],
  ]) {
    const from = await x(moment);
    await page.mouse.move(box.x + from, y);
    await page.mouse.down();
    await page.mouse.move(box.x + from + by, y, { steps: 4 });
    await page.mouse.up();
    const frame = await page.evaluate(
      () => (review.timeline.plotWidth / (review.timeline.to - review.timeline.from)) * 0.034,
    );
    const to = await x(moment);
    assert.ok(Math.abs(to - from - by) < frame, `${moment} moved by ${to - from}, not ${by}`);
  }
  assert.equal((await cells(page, 'Decision'))[0], 'moved');
  await press(page, 'Control+z', 3);
  assert.equal((await cells(page, 'Decision'))[0], '');
});

using('recall and precision follow from what was decided', {}, async page => {
  const n = stage.data.events.length;
  const row = async name =>
    page.locator('#totals tbody tr', { hasText: name }).first().locator('td').allInnerTexts();
  assert.deepEqual((await row('all')).slice(-3), ['0', '-', '-']);
  for (const key of ['a', 'a', 'a', 'r']) {
    await page.keyboard.press(key);
    await page.keyboard.press('j');
  }
  await page.evaluate(() => review.player.show(1));
  await page.keyboard.press('m');
  const totals = await row('all');
  assert.equal(totals[0], String(n));
  assert.deepEqual(totals.slice(-3), ['1', '75 %', '75 %']); /* 3 of 4; 3 of 3 + 1 */
});

using('a click on what is selected does not move it', {}, async page => {
  await page.keyboard.press('z');
  const box = await page.locator('#timeline').boundingBox();
  const x = await page.evaluate(() => review.timeline.x(review.report.events[0].offset));
  await page.mouse.click(box.x + x, box.y + 26 + 18 + 11);
  assert.equal((await cells(page, 'Decision'))[0], '');
  assert.equal(await chosen(page), (await cells(page, 'Onset'))[0]);
});
