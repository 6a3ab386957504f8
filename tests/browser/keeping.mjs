// SPDX-License-Identifier: LGPL-2.1-or-later
// Nothing that a coder decided is lost or mixed up, whatever is read and whoever else works.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { dataOf, directory, open, rewrite, saved } from './pages.mjs';
import { cells, choose, chosen, exported, rows, stage, using } from './stage.mjs';

const jsonOf = async page => JSON.parse((await exported(page, 'json')).text);
const decisionsOf = async page => (await jsonOf(page)).events.map(e => e.review.decision);
const select = (page, n) => page.locator('#table tbody tr').nth(n).locator('button').click();
const readFile = (page, value, name = 'other.json') =>
  page.setInputFiles('#import-file', {
    name,
    mimeType: 'application/json',
    buffer: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value, null, 1)),
  });
const notice = (page, text) => page.locator('.notice', { hasText: text }).waitFor();

const times = ({ fields: { onset, apex, offset } }, later) => ({
  onset: onset + later,
  apex: apex + later,
  offset: offset + later,
});

// A page whose first events are as the functions say.
const changed = (name, ...changes) =>
  rewrite(stage.file, name, data => {
    changes.forEach((change, i) => Object.assign(data.events[i].fields, change(data.events)));
    data.recording.id = name;
  });
// A page of another analysis, whose events are all a little later, and without the third one.
const analyzedAgain = name =>
  rewrite(stage.file, name, data => {
    data.recording.id = name;
    data.events.splice(2, 1);
    for (const { fields } of data.events)
      for (const time of ['onset', 'apex', 'offset']) fields[time] += 20e6;
  });

test('two events of one onset, face and kind have decisions of their own', async () => {
  const file = changed(
    'twins.html',
    () => ({}),
    ([first]) => ({ ...times(first, 0), offset: first.fields.offset + 8e7 }),
  );
  const page = await open(stage.browser, file);
  await select(page, 0);
  await page.keyboard.press('a');
  await select(page, 1);
  await page.keyboard.press('r');
  assert.deepEqual((await decisionsOf(page)).slice(0, 2), ['accepted', 'rejected']);
  await page.reload();
  assert.deepEqual((await decisionsOf(page)).slice(0, 2), ['accepted', 'rejected']);
  assert.deepEqual(page.wrongs, []);
  await page.context().close();
});

using('a page made again takes the decisions, and lists what fits no event', {}, async page => {
  await page.keyboard.press('a');
  await select(page, 1);
  await page.keyboard.press('r');
  await select(page, 2);
  await page.keyboard.press('r');
  await page.goto(`file://${analyzedAgain('again.html')}`);
  await notice(page, 'taken 2 decisions');
  assert.deepEqual((await decisionsOf(page)).slice(0, 2), ['accepted', 'rejected']);
  const unplaced = page.locator('#unplaced li');
  assert.equal(await unplaced.count(), 1);
  assert.match(await unplaced.innerText(), /0:04\.\d+ to .*micro, face 0, rejected/);
  await select(page, 2);
  await page.click('text=Place on the selected event');
  assert.equal((await cells(page, 'Decision'))[2], 'rejected');
  assert.equal(await page.locator('#unplaced').isVisible(), false);
  await page.click('#undo');
  assert.equal((await cells(page, 'Decision'))[2], '');
  await page.click('text=Add as an event');
  assert.equal((await jsonOf(page)).added.length, 1);
  await page.reload();
  assert.equal((await jsonOf(page)).added.length, 1);
});

using('bad files are refused with line and field, and change nothing', {}, async page => {
  await page.keyboard.press('a');
  const good = await jsonOf(page);
  const bad = change => {
    const file = structuredClone(good);
    change(file.events[0], file);
    return file;
  };
  for (const [file, words] of [
    [bad(e => (e.review.note = 5)), /line \d\d+: events\[0\]\.review\.note is 5, not of type string/],
    [bad((_, f) => (f.coder = {})), /line 8: coder is \{\}, not of type string/],
    [bad(e => (e.review.label = 'joy')), /events\[0\]\.review\.label is "joy", not one of happiness/],
    [bad(e => (e.review.facs = '99')), /events\[0\]\.review has 99, which is no action unit/],
    [bad(e => delete e.offset), /events\[0\]\.offset is missing/],
    [bad(e => (e.apex = e.offset + 1)), /offset is not after onset and apex/],
    [bad(e => (e.review.lable = 'anger')), /review\.lable is not a field/],
    ['{\n"events": [\n}', /line \d: it is not JSON/],
    ['[]', /the file is \[\], not of type object/],
  ]) {
    await readFile(page, file);
    const said = page.locator('.notice');
    await said.waitFor();
    assert.match(await said.innerText(), /Nothing was loaded from other\.json/);
    assert.match(await said.innerText(), words);
    await said.locator('text=Close').click();
  }
  assert.deepEqual((await jsonOf(page)).events, good.events);
  await page.reload();
  assert.deepEqual((await jsonOf(page)).events, good.events);
});

using('a line is that of the field', {}, async page => {
  const lines = ['{', '"coder": "x",', '"events": [', '{"face": 0, "kind": "micro", "onset": 1,'];
  await readFile(page, [...lines, '"apex": 2,', '"offset": "late"}]}'].join('\n'));
  await notice(page, 'line 6: events[0].offset is "late"');
});

using('damaged storage is set aside and never fatal', {}, async page => {
  await page.keyboard.press('a');
  const damage = f =>
    page.evaluate(source => {
      const place = `microexpr-review ${review.report.recording.id}`;
      localStorage.setItem(place, new Function('text', source)(localStorage.getItem(place)));
    }, `return (${f})(text)`);
  await damage(text => text.slice(0, -2));
  await page.reload();
  await notice(page, 'damaged');
  assert.equal(await rows(page).count(), stage.data.events.length);
  const aside = await saved(page, () => page.click('text=Save what was set aside'));
  assert.match(aside.text, /"decision":"accepted"/);
  await page.click('text=Delete it');
  await page.keyboard.press('a');
  await page.keyboard.press('j');
  await page.keyboard.press('r');
  await damage(text => text.replace('"rejected"', '7'));
  await page.reload();
  await notice(page, 'damaged');
  assert.deepEqual((await cells(page, 'Decision')).slice(0, 2), ['accepted', '']);
});

using('what an older page stored is taken', {}, async page => {
  await page.evaluate(() => {
    const { recording, events } = review.report;
    const { onset, face, kind } = events[1].fields;
    localStorage.setItem(
      `microexpr-review ${recording.id}`,
      JSON.stringify({
        coder: 'JD',
        decisions: { [`${onset} ${face} ${kind}`]: { verdict: 'rejected', units: ['AU4', 'AU9'] } },
      }),
    );
    sessionStorage.clear();
  });
  await page.reload();
  assert.equal((await cells(page, 'Decision'))[1], 'rejected, relabeled');
  assert.equal((await cells(page, 'Units'))[1], 'AU4+9');
  assert.equal(await page.inputValue('#coder'), 'JD');
});

using('an import lies beside what is there', {}, async page => {
  await page.fill('#coder', 'JD');
  await page.keyboard.press('Enter');
  await page.keyboard.press('a');
  const file = await jsonOf(page);
  file.events[0].review.decision = 'rejected';
  await readFile(page, file);
  await notice(page, 'of JD (2) from other.json, beside yours');
  assert.equal((await cells(page, 'Decision'))[0], 'accepted');
  await page.click('text=Go on as JD (2)');
  assert.equal((await cells(page, 'Decision'))[0], 'rejected');
  assert.equal(await page.inputValue('#coder'), 'JD (2)');
});

using('another name is another set of decisions', {}, async page => {
  const be = async name => {
    await page.fill('#coder', name);
    await page.keyboard.press('Enter');
  };
  await page.keyboard.press('a');
  await be('first'); /* what was done without a name is hers */
  assert.equal((await cells(page, 'Decision'))[0], 'accepted');
  await be('second');
  assert.equal((await cells(page, 'Decision'))[0], '');
  await page.keyboard.press('r');
  await be('first');
  assert.equal((await cells(page, 'Decision'))[0], 'accepted');
  await be('second');
  await page.reload();
  assert.equal((await cells(page, 'Decision'))[0], 'rejected');
});

using('two tabs see what is done in each other', {}, async page => {
  const other = await page.context().newPage();
  await other.goto(`file://${stage.file}`);
  await page.keyboard.press('a');
  await other.waitForFunction(() => document.querySelector('#table tbody tr').dataset.verdict);
  await other.keyboard.press('j');
  await other.keyboard.press('r');
  await page.waitForFunction(
    () => document.querySelectorAll('#table tbody tr[data-verdict=rejected]').length === 1,
  );
  assert.deepEqual((await cells(page, 'Decision')).slice(0, 2), ['accepted', 'rejected']);
});

using('a note survives while it is being typed', {}, async page => {
  await page.keyboard.press('n');
  await page.keyboard.type('a yawn, per');
  await page.reload();
  assert.equal(await page.inputValue('#note'), 'a yawn, per');
});

using('every step is undone and done again', {}, async page => {
  const states = [await jsonOf(page)];
  const steps = [
    () => page.keyboard.press('a'),
    () => page.keyboard.press('5'),
    async () => {
      await page.keyboard.press('u');
      await page.keyboard.type('L12C');
      await page.keyboard.press('Enter');
    },
    async () => {
      await page.keyboard.press('n');
      await page.keyboard.type('one step, not eight');
      await page.keyboard.press('Escape');
    },
    async () => {
      await page.keyboard.press('j');
      await page.keyboard.press('r');
    },
  ];
  const now = async () => (await jsonOf(page)).events.map(event => event.review);
  states[0] = await now();
  for (const step of steps) {
    await step();
    states.push(await now());
  }
  for (let i = steps.length; i-- > 0; ) {
    await page.keyboard.press('Control+z');
    assert.deepEqual(await now(), states[i]);
  }
  await page.keyboard.press('Control+z');
  assert.deepEqual(await now(), states[0]);
  for (let i = 1; i <= steps.length; i++) {
    await page.keyboard.press('Control+Shift+Z');
    assert.deepEqual(await now(), states[i]);
  }
  assert.equal(await page.locator('#redo').isDisabled(), true);
});

using('keys do one thing wherever the focus is', {}, async page => {
  await page.waitForFunction(() => review.player.ready);
  await page.click('[data-verdict=accepted] >> text=Accept');
  await page.keyboard.press(' ');
  await page.waitForFunction(() => review.player.playing);
  assert.equal((await cells(page, 'Decision'))[0], 'accepted');
  await page.keyboard.press(' ');
  for (const id of ['speed', 'relabel']) {
    await page.focus(`#${id}`);
    await page.keyboard.press('r');
    assert.equal((await cells(page, 'Decision'))[0], 'rejected', `with ${id} in focus`);
    await page.keyboard.press('r');
  }
  await choose(page, 'Kind', 'micro');
  const first = await chosen(page);
  await page.keyboard.press('j');
  assert.notEqual(await chosen(page), first);
  await page.keyboard.press('a');
  assert.equal((await cells(page, 'Decision'))[1], 'accepted');
});

test('a click on the timeline picks what is on top, and overlapping events have lanes', async () => {
  const file = changed(
    'lanes.html',
    () => ({}),
    ([first]) => times(first, 5e7),
  );
  const page = await open(stage.browser, file);
  const box = await page.locator('#timeline').boundingBox();
  await page.keyboard.press('z');
  await page.waitForTimeout(100);
  const places = await page.evaluate(() =>
    review.report.events.slice(0, 2).map(event => ({
      x: review.timeline.x((event.onset + event.offset) / 2),
      lane: review.timeline.lanes.get(event),
    })),
  );
  assert.deepEqual(places.map(({ lane }) => lane), [0, 1]);
  const onsets = await cells(page, 'Onset');
  for (const n of [1, 0]) {
    await page.mouse.click(box.x + places[n].x, box.y + 26 + 18 + 22 * n + 11);
    assert.equal(await chosen(page), onsets[n]);
  }
  assert.deepEqual(page.wrongs, []);
  await page.context().close();
});

using('undecided events are a queue that filters live', {}, async page => {
  const n = stage.data.events.length;
  const progress = () => page.locator('#progress output').innerText();
  const onsets = await cells(page, 'Onset');
  await choose(page, 'Decision', 'undecided');
  assert.equal(await progress(), `0 of ${n} decided`);
  await page.keyboard.press('a');
  assert.equal(await rows(page).count(), n - 1);
  assert.equal(await chosen(page), onsets[1]);
  await page.keyboard.press('r');
  assert.equal(await chosen(page), onsets[2]);
  assert.equal(await progress(), `2 of ${n} decided`);
  await page.click('text=All events');
  await page.keyboard.press('k');
  await page.keyboard.press('k');
  assert.equal(await chosen(page), onsets[0]);
  await page.keyboard.press('q');
  assert.equal(await chosen(page), onsets[2]);
  await page.click('#next-undecided');
  assert.equal(await chosen(page), onsets[3]);
  await choose(page, 'Decision', 'undecided');
  for (let left = n - 2; left > 0; left--) await page.keyboard.press('a');
  assert.equal(await rows(page).count(), 0, 'the queue is empty');
  assert.equal(await progress(), `${n} of ${n} decided`);
  await page.keyboard.press('Control+z');
  assert.equal(await rows(page).count(), 1, 'what is undone comes back');
});

using('units are chips that are checked', {}, async page => {
  const chips = async () =>
    (await page.locator('.chip').allInnerTexts()).map(text => text.replace(/\s*\u00d7/, ''));
  const type = async text => {
    await page.keyboard.press('u');
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
  };
  assert.deepEqual(await chips(), ['12']);
  for (const wrong of ['smile', 'AU99', '12.5', 'L25', '12F']) {
    await type(wrong);
    assert.match(await page.locator('#units-problem').innerText(), /is no action unit/);
    assert.equal(await page.inputValue('#relabel-units'), wrong, 'what was typed stays');
    assert.deepEqual(await chips(), ['12']);
    await page.keyboard.press('Escape');
  }
  await type('L12C');
  assert.deepEqual(await chips(), ['L12C']);
  await type('R12B, AU6+16a');
  assert.deepEqual(await chips(), ['6', 'L12C', 'R12B', '16A']);
  assert.equal((await cells(page, 'Units'))[0], 'AU6+L12C+R12B+16A');
  await page.click('[aria-label="Remove 6"]');
  await page.keyboard.press('u');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Escape');
  const { review } = (await jsonOf(page)).events[0];
  assert.equal(review.facs, 'L12C+R12B');
  assert.deepEqual(review['action-units'], ['AU12']);
  await page.reload();
  assert.deepEqual(await chips(), ['L12C', 'R12B']);
});
