// SPDX-License-Identifier: LGPL-2.1-or-later
// The pages of a folder and their index: totals, progress and decisions of all recordings.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import test, { before } from 'node:test';
import { axe, directory, open, program, saved } from './pages.mjs';
import { stage } from './stage.mjs';

const pages = join(directory, 'pages');
const made = {};

// Two recordings whose names differ only in their ends, and one that is broken.
before(() => {
  const recordings = join(directory, 'recordings');
  mkdirSync(recordings);
  for (const name of ['talk.webm', 'talk.mkv', 'talk.review.webm', 'notes.txt'])
    copyFileSync(stage.recording, join(recordings, name));
  writeFileSync(join(recordings, 'broken.mp4'), 'no video');
  Object.assign(made, spawnSync(program, [recordings, '-o', pages, '--video=none'], { encoding: 'utf8' }));
});

const index = context => open(context ?? stage.browser, join(pages, 'review.html'));
const row = async (page, name) =>
  page.locator('#table tbody tr', { hasText: name }).locator('th, td').allInnerTexts();
const n = () => stage.data.events.length;

test('a page for each, and a broken recording stops none of them', async () => {
  assert.equal(made.status, 1);
  assert.match(made.stderr, /broken\.mp4: /);
  assert.match(made.stdout, /review\.html: 3 recordings/);
  const page = await index();
  assert.match(await page.locator('#facts').innerText(), new RegExp(`3 recordings.*${2 * n()} events`));
  assert.match(await page.locator('.notice').innerText(), /1 of them .*: broken\.mp4\.$/);
  const [name, ...cells] = await row(page, 'broken.mp4');
  assert.match(name, /^broken\.mp4\s+\S.{10}/, 'with the reason');
  assert.deepEqual(cells.filter(Boolean), []);
  const whole = await row(page, 'talk.mkv');
  assert.deepEqual(whole.slice(0, 3), ['talk.mkv', `0 / ${n()}`, String(n())]);
  assert.equal(whole.at(-1), ((60e9 * n()) / stage.data.recording.seen).toFixed(2));
  await page.click('text=talk.webm');
  await page.waitForSelector('#event-title');
  assert.equal(await page.locator('#title').innerText(), 'talk.webm');
  assert.deepEqual(page.wrongs, []);
  await page.context().close();
});

test('decisions on the pages are pooled, and follow what is done there', async () => {
  const page = await index(),
    other = await page.context().newPage();
  await other.goto(`file://${join(pages, 'talk.webm.review.html')}`);
  await other.fill('#coder', 'AB');
  await other.keyboard.press('Enter');
  for (const key of 'ajajr') await other.keyboard.press(key);
  await page.reload();
  await page.selectOption('#coder', 'AB');
  assert.deepEqual((await row(page, 'talk.webm')).slice(1, 6), [`3 / ${n()}`, String(n()), '2', '1', '0']);
  assert.deepEqual((await row(page, 'talk.mkv')).slice(1, 6), [`0 / ${n()}`, String(n()), '0', '0', '0']);
  assert.equal(await page.locator('#progress output').innerText(), `3 of ${2 * n()} decided`);
  const totals = () => page.locator('#totals tbody tr').first().locator('td').allInnerTexts();
  assert.deepEqual((await totals()).slice(2, 6).filter((_, i) => i !== 1), ['2', '1', String(2 * n() - 3)]);
  await other.keyboard.press('a'); /* instead of r */
  await page.waitForFunction(() => /3 of/.test(byId('progress').textContent) && /3/.test(document.querySelectorAll('#totals tbody td')[2].textContent));
  assert.equal((await totals())[2], '3');
  assert.deepEqual(page.wrongs, []);
  await page.context().close();
});

test('exported files are read, each to its recording', async () => {
  const page = await index(),
    other = await page.context().newPage();
  await other.goto(`file://${join(pages, 'talk.mkv.review.html')}`);
  for (const key of 'ajr') await other.keyboard.press(key);
  await other.locator('#export summary').click();
  const { path, text } = await saved(other, () => other.click('[data-export=json]'));
  await other.evaluate(() => localStorage.clear());
  await page.reload();
  const strange = join(directory, 'strange.json');
  writeFileSync(strange, text.replace('talk.mkv', 'elsewhere.mkv'));
  await page.setInputFiles('#import-file', [path, strange]);
  await page.locator('.notice', { hasText: 'no recording of this folder is called elsewhere.mkv' }).waitFor();
  assert.deepEqual((await row(page, 'talk.mkv')).slice(1, 5), [`2 / ${n()}`, String(n()), '1', '1']);
  assert.deepEqual((await row(page, 'talk.webm')).slice(1, 5), [`0 / ${n()}`, String(n()), '0', '0']);
  assert.deepEqual(page.wrongs, []);
  await page.context().close();
});

test('all recordings are exported as one table', async () => {
  const page = await index(),
    other = await page.context().newPage();
  await other.goto(`file://${join(pages, 'talk.webm.review.html')}`);
  await other.keyboard.press('a');
  await page.reload();
  const exported = async kind => {
    await page.locator('#export summary').click();
    return saved(page, () => page.click(`[data-export=${kind}]`));
  };
  const seconds = (await exported('seconds')).text.trim().split('\r\n');
  assert.match(seconds[0], /^\ufeff?recording,onset_s,/);
  assert.equal(seconds.length, 1 + 2 * n());
  assert.equal(seconds.filter(line => line.startsWith('talk.mkv,')).length, n());
  const sheet = (await exported('evaluate')).text.trim().split('\r\n');
  assert.equal(sheet.length, 2);
  assert.match(sheet[1], /^0,talk,\d+,/);
  await page.context().close();
});

test('the index is accessible, and sorts', async () => {
  const page = await index();
  await page.locator('#table thead button', { hasText: 'Events' }).click();
  assert.match((await page.locator('#table tbody th').allInnerTexts())[0], /^broken/);
  await page.locator('#table thead button', { hasText: 'Events' }).click();
  assert.match((await page.locator('#table tbody th').allInnerTexts()).at(-1), /^broken/);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  assert.deepEqual(violations.map(v => [v.id, ...v.nodes.map(node => node.html.slice(0, 120))]), []);
  await page.setViewportSize({ width: 390, height: 844 });
  assert.ok(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), 'it scrolls sideways');
  assert.doesNotMatch(readFileSync(join(pages, 'review.html'), 'utf8'), /https?:\/\/(?!www\.w3\.org|json-schema\.org|www\.mpi\.nl)/);
  await page.context().close();
});
