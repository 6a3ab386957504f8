// SPDX-License-Identifier: LGPL-2.1-or-later
// Two coders: blind in one browser, compared, and brought to a consensus.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cells, choose, exported, rows, schemaOfElan, stage, using } from './stage.mjs';

const be = async (page, name) => {
  await page.fill('#coder', name);
  await page.keyboard.press('Enter');
};
const select = (page, n) => page.locator('#table tbody tr').nth(n).locator('button').click();
const press = async (page, keys) => {
  for (const key of keys) await page.keyboard.press(key);
};
const jsonOf = async page => JSON.parse((await exported(page, 'json')).text);
const open = page => page.locator('#compare-box > summary').click();

// Two coders decide on the first three events, and one adds another.
async function code(page) {
  await be(page, 'AB');
  await select(page, 0);
  await press(page, 'ajajr'); /* accepted, accepted, rejected */
  await be(page, 'CD');
  await select(page, 0);
  await press(page, 'aj5aja'); /* accepted, accepted as disgust, accepted */
  await page.evaluate(() => review.player.show(2));
  await page.keyboard.press('m');
}

using('a coder sees nothing of another one until they are compared', {}, async page => {
  await code(page);
  await be(page, 'EF');
  assert.ok((await cells(page, 'Decision')).every(text => text === ''));
  assert.equal(await page.locator('.others li').count(), 0);
  assert.equal(await rows(page).count(), stage.data.events.length);
  assert.doesNotMatch((await exported(page, 'json')).text, /"disgust"$|"accepted"|"AB"|"CD"/m);
});

using('agreement is shown, filtered by, and exported', {}, async page => {
  await code(page);
  await open(page);
  const row = async (title, name) =>
    page
      .locator(`#compare h3:has-text("${title}") + table tbody tr`, { hasText: name })
      .first()
      .locator('td')
      .allInnerTexts();
  /* of 4: both 2, only CD 2 */
  assert.deepEqual(await row('Decisions', 'all'), ['4', '0.00', '2', '4', '2', '0.67']);
  assert.deepEqual((await row('Labels', 'disgust')).slice(0, 4), ['2', '0', '0', '1']);
  await choose(page, 'Coders', 'disagree');
  assert.equal(await rows(page).count(), 2);
  await select(page, 0);
  assert.match(await page.locator('.others').innerText(), /AB: accepted, micro, face 0, surprise/);
  await page.click('text=Take this');
  assert.equal(await rows(page).count(), 1);
  const { coders, agreement } = await jsonOf(page);
  assert.deepEqual(agreement.coders, ['AB', 'CD']);
  assert.deepEqual(
    coders.map(({ coder }) => coder),
    ['AB'],
  );
  assert.equal(agreement.labels.kappa, 1);
  const eaf = await exported(page, 'eaf');
  execFileSync('xmllint', ['--noout', '--schema', schemaOfElan, eaf.path], { stdio: 'pipe' });
  assert.match(eaf.text, /TIER_ID="AB: face 0 micro"/);
  const csv = (await exported(page, 'csv')).text.split('\r\n');
  assert.equal(csv.filter(line => /,AB,/.test(line)).length, 3);
  await page.locator('#compare-box > summary').click();
  assert.equal((await jsonOf(page)).coders, undefined);
});

using('both sets come back from the file', {}, async page => {
  await code(page);
  await open(page);
  const { path } = await exported(page, 'json');
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  await page.reload();
  await page.setInputFiles('#import-file', path);
  await page.locator('.notice', { hasText: 'of AB' }).waitFor();
  assert.equal(await page.inputValue('#coder'), 'CD');
  await be(page, 'AB');
  assert.deepEqual((await cells(page, 'Decision')).slice(0, 3), [
    'accepted',
    'accepted',
    'rejected',
  ]);
});

using('a consensus has what both agree on, and the rest is decided there', {}, async page => {
  await code(page);
  await open(page);
  await page.click('#make-consensus');
  assert.equal(await page.inputValue('#coder'), 'consensus');
  assert.deepEqual((await cells(page, 'Decision')).slice(0, 4), ['accepted', '', '', '']);
  assert.match(await page.locator('#unplaced li').innerText(), /accepted/);
  await page.click('text=Discard');
  await choose(page, 'Coders', 'disagree');
  await select(page, 0);
  await page.locator('.others li', { hasText: 'CD' }).locator('button').click();
  assert.equal((await cells(page, 'Emotion'))[0], 'disgust');
  const sheet = (await exported(page, 'evaluate')).text.trim().split('\r\n');
  assert.equal(sheet[0], 'Subject,Filename,Onset,Apex,Offset,AU,Emotion,Expression type');
  assert.equal(sheet.length, 3);
  assert.match(sheet[2], /^0,"the ""test"" recording",\d+,\d+,\d+,1\+2,disgust,micro$/);
  const { times, onset } = await page.evaluate(() => ({
    times: Array.from(review.report.times),
    onset: review.report.events[0].onset,
  }));
  const frame = Number(sheet[1].split(',').at(-6));
  assert.ok(Math.abs(times[frame - 1] - onset) < 0.018, 'frames are counted from 1');
  await press(page, ['Control+z', 'Control+z', 'Control+z']);
  assert.equal(await page.inputValue('#coder'), 'CD');
});
