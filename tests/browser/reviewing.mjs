// SPDX-License-Identifier: LGPL-2.1-or-later
// Deciding on events by keyboard, and what becomes of it: see stage.mjs.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { directory, examples, inFirefox, open } from './pages.mjs';
import { cells, choose, chosen, exported, schemaOfElan, stage, using } from './stage.mjs';

using('a review by keyboard survives closing the page, and is exported', {}, async page => {
  await page.fill('#coder', 'JD');
  await page.keyboard.press('Escape');
  await page.keyboard.press('a');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('r');
  await page.keyboard.press('n');
  await page.keyboard.type('a, "yawn"');
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await page.keyboard.press('5');
  await page.keyboard.press('u');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('4 9');
  await page.keyboard.press('Enter');
  await page.keyboard.press('k');
  await page.keyboard.press('k');
  await page.reload();
  assert.deepEqual((await cells(page, 'Decision')).slice(0, 3), [
    'accepted',
    'rejected',
    'relabeled',
  ]);
  assert.equal((await cells(page, 'Emotion'))[2], 'disgust');
  assert.equal((await cells(page, 'Units'))[2], 'AU4+9');
  await choose(page, 'Decision', 'rejected');
  assert.deepEqual(await cells(page, 'Note'), ['a, "yawn"']);

  const json = JSON.parse((await exported(page, 'json')).text);
  assert.equal(json.coder, 'JD');
  assert.deepEqual(json.events.map(event => event.review.decision).slice(0, 3), [
    'accepted',
    'rejected',
    'undecided',
  ]);
  assert.deepEqual(json.events[2].review, {
    decision: 'undecided',
    label: 'disgust',
    'action-units': ['AU4', 'AU9'],
    facs: '4+9',
  });
  const { review: _, ...fields } = json.events[0];
  assert.deepEqual(fields, stage.data.events[0].fields);

  const { text } = await exported(page, 'csv');
  const [header, , second] = text.split('\r\n');
  assert.ok(
    header.startsWith(
      'id,source,face,kind,onset,apex,offset,duration,utc,emotion,confidence,intensity,snr,x,y,',
    ),
  );
  assert.match(header, /,AU43_right,facs,candidate,emotion-confidence,speaking,AU1_confidence,AU2_confidence,/);
  assert.ok(
    header.endsWith(
      ',AU27_confidence,context,decision,review_label,review_action_units,note,coder,' +
        'review_facs,review_onset,review_apex,review_offset,review_own_label',
    ),
  );
  assert.ok(second.endsWith(',rejected,,,"a, ""yawn""",JD,,,,,'));
});

using('ELAN gets the tiers of elan.py, and what was decided', {}, async page => {
  const lines = join(directory, 'events.jsonl'),
    reference = join(directory, 'reference.eaf');
  writeFileSync(
    lines,
    stage.data.events.map(({ fields }) => JSON.stringify(fields) + '\n').join(''),
  );
  execFileSync(join(examples, 'elan.py'), [lines, stage.recording, reference]);
  const annotations = text =>
    page.evaluate(source => {
      const root = new DOMParser().parseFromString(source, 'application/xml');
      const times = {};
      for (const slot of root.querySelectorAll('TIME_SLOT'))
        times[slot.getAttribute('TIME_SLOT_ID')] = Number(slot.getAttribute('TIME_VALUE'));
      return Object.fromEntries(
        [...root.querySelectorAll('TIER')].map(tier => [
          tier.getAttribute('TIER_ID'),
          [...tier.querySelectorAll('ALIGNABLE_ANNOTATION')].map(a => [
            times[a.getAttribute('TIME_SLOT_REF1')],
            times[a.getAttribute('TIME_SLOT_REF2')],
            a.textContent.trim(),
          ]),
        ]),
      );
    }, text);
  const valid = path =>
    execFileSync('xmllint', ['--noout', '--schema', schemaOfElan, path], { stdio: 'pipe' });

  const plain = await exported(page, 'eaf');
  valid(plain.path);
  assert.deepEqual(
    await annotations(plain.text),
    await annotations(readFileSync(reference, 'utf8')),
  );
  assert.ok(
    plain.text.includes(`RELATIVE_MEDIA_URL="${encodeURI('./the "test" recording.webm')}"`),
  );
  await page.keyboard.press('a');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('r');
  const decided = await exported(page, 'eaf');
  valid(decided.path);
  const tiers = await annotations(decided.text);
  assert.equal(tiers['face 0 micro review'][0][2], 'accepted');
  assert.equal(
    tiers['face 0 micro'].length,
    stage.data.events.filter(({ fields }) => fields.kind === 'micro').length - 1,
  );
});

using('an exported file goes on elsewhere', {}, async page => {
  await page.keyboard.press('r');
  await page.keyboard.press('6');
  const { path } = await exported(page, 'json');
  const elsewhere = await open(stage.browser, stage.file);
  await elsewhere.setInputFiles('#import-file', path);
  await elsewhere.waitForSelector('.notice');
  assert.equal((await cells(elsewhere, 'Decision'))[0], 'rejected, relabeled');
  await elsewhere.setInputFiles('#import-file', stage.recording);
  await elsewhere.waitForSelector('text=Nothing was loaded from');
  const foreign = {
    ...{ face: 9, kind: 'micro', onset: 1, apex: 2, offset: 3 },
    review: { decision: 'accepted' },
  };
  await elsewhere.setInputFiles('#import-file', {
    name: 'other.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify({ coder: 'somebody', events: [foreign] })),
  });
  await elsewhere.waitForSelector('text=no decision on an event of this recording');
  assert.deepEqual(elsewhere.wrongs, []);
  await elsewhere.context().close();
});

using('after a verdict the next event comes, when that is wanted', {}, async page => {
  const onsets = await cells(page, 'Onset');
  await page.check('#advance');
  await page.keyboard.press('a');
  await page.keyboard.press('r');
  assert.equal(await chosen(page), onsets[2]);
  await page.uncheck('#advance');
  await page.keyboard.press('a');
  assert.equal(await chosen(page), onsets[2]);
  assert.deepEqual((await cells(page, 'Decision')).slice(0, 4), [
    'accepted',
    'rejected',
    'accepted',
    '',
  ]);
});

using('with the table in focus arrows move the focus, and a space plays', {}, async page => {
  await page.waitForFunction(() => review.player.ready);
  await page.locator('#table tbody button').first().focus();
  await page.keyboard.press('ArrowDown');
  const focused = await page.evaluate(() => document.activeElement.textContent);
  assert.equal(focused, await chosen(page));
  assert.equal(focused, (await cells(page, 'Onset'))[1]);
  await page.keyboard.press(' ');
  await page.waitForFunction(() => review.player.playing);
});

using('a report is printed of what was accepted', {}, async page => {
  await page.fill('#coder', 'JD');
  await page.keyboard.press('Enter');
  for (const key of 'ajrja') await page.keyboard.press(key);
  await page.keyboard.press('n');
  await page.keyboard.type('a frown');
  await page.keyboard.press('Escape');
  if (!inFirefox) await page.emulateMedia({ media: 'print' }); /* which Playwright cannot there */
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  assert.equal(await page.locator('main').isVisible(), inFirefox);
  const printed = page.locator('#printed');
  const text = await printed.evaluate(node => node.textContent);
  for (const words of ['Reviewed by JD', 'Settings', 'kinds=micro+macro', 'Accepted events: 2', 'a frown'])
    assert.ok(text.includes(words), `${words} in ${text}`);
  assert.equal(await printed.locator('.printed tbody tr').count(), 2);
  assert.equal(await printed.locator('.printed img').count(), 4);
  if (!inFirefox) assert.ok((await page.pdf()).length > 10000, 'the browser prints it');
});

using('a spreadsheet gets seconds, and what the coder made of the events', {}, async page => {
  await page.keyboard.press('5');
  await page.keyboard.press('a');
  const { text } = await exported(page, 'seconds');
  const [heads, first] = text.split('\r\n');
  assert.equal(
    heads,
    '\ufeffonset_s,apex_s,offset_s,duration_s,kind,face,label,units,decision,confidence,note,coder,label_convention',
  );
  const { onset } = stage.data.events[0].fields;
  assert.ok(first.startsWith((onset / 1e9).toFixed(3) + ','), first);
  assert.match(first, /,micro,0,disgust,AU12,accepted,0\.\d{3},,,basic$/);
});
