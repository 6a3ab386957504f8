// SPDX-License-Identifier: LGPL-2.1-or-later
// Statistics against published values; results that are kept, imported, damaged.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { directory } from './pages.mjs';
import { answers, exported, learning, visit, until } from './train-stage.mjs';

const near = (value, wanted, digits) =>
  assert.equal(value.toFixed(digits), wanted.toFixed(digits));

learning('intervals are those that are published', {}, async page => {
  /* Newcombe (1998), Statistics in Medicine 17, 857 and 873: Wilson for 81 of 263, 15 of 148 and 0 of
   * 20; the difference of 56 of 70 and 48 of 80, and of 9 of 10 and 3 of 10, by method 10. */
  const found = await page.evaluate(() => ({
    wilson: [
      [81, 263],
      [15, 148],
      [0, 20],
    ].map(([k, n]) => wilson(k, n)),
    difference: [
      difference({ right: 48, of: 80 }, { right: 56, of: 70 }),
      difference({ right: 3, of: 10 }, { right: 9, of: 10 }),
    ],
  }));
  const wilsons = [
    [0.2553, 0.3662],
    [0.0624, 0.1605],
    [0, 0.1611],
  ];
  wilsons.forEach(([low, high], i) => {
    near(found.wilson[i].low, low, 4);
    near(found.wilson[i].high, high, 4);
  });
  near(found.difference[0].low, 0.0524, 4);
  near(found.difference[0].high, 0.3339, 4);
  near(found.difference[1].low, 0.1705, 4);
  near(found.difference[1].high, 0.809, 4);
});

/* Answers as a course leaves them, without playing one. */
const fill = (page, n) =>
  page.evaluate(count => {
    for (let i = 0; i < count; i++) {
      const item = train.bank.items[i];
      train.store.add({
        phase: 'pre',
        n: i,
        item: item.id,
        face: item.face,
        variant: item.variant,
        side: item.side,
        emotion: item.emotion,
        answer: 'fear',
        ms: 100,
        shown: 100,
        period: 16.67,
        late: false,
        rt: 900,
        at: new Date(0).toISOString(),
      });
    }
    train.open('home');
  }, n);

async function importText(page, text) {
  const path = join(directory, 'results.json');
  writeFileSync(path, text);
  await page.evaluate(() => document.getElementById('notices').replaceChildren());
  await page.setInputFiles('input[type=file]', path);
  return page.locator('#notices .notice').innerText();
}

learning('an export goes on elsewhere, a damaged one changes nothing', {}, async page => {
  await fill(page, 5);
  const { text } = await exported(page, 'Export JSON');
  const file = JSON.parse(text);
  const elsewhere = await visit();
  const damaged = change => {
    const copy = structuredClone(file);
    change(copy);
    return JSON.stringify(copy);
  };
  for (const [broken, why] of [
    [text.slice(0, -40), /it is not JSON/],
    ['null', /no results of this trainer/],
    ['[1]', /no results of this trainer/],
    ['{"events": []}', /no results of this trainer/],
    [damaged(f => (f.bank = 'other')), /other items/],
    [damaged(f => (f.seed = '<b>')), /no results of this trainer/],
    [damaged(f => (f.answers = {})), /no results of this trainer/],
    [damaged(f => (f.answers[2].item = 9999)), /answer 3 in it is damaged/],
    [damaged(f => (f.answers[0].item = '__proto__')), /answer 1 in it is damaged/],
    [damaged(f => (f.answers[1].emotion = 'constructor')), /answer 2 in it is damaged/],
    [damaged(f => (f.answers[1].shown = 'long')), /answer 2 in it is damaged/],
    [damaged(f => (f.answers[4] = null)), /answer 5 in it is damaged/],
    [damaged(f => (f.answers[3].n = 0)), /answer 4 in it is damaged/],
    [damaged(f => (f.answers[3].at = '=1+1')), /answer 4 in it is damaged/],
  ]) {
    assert.match(await importText(elsewhere, broken), why);
    assert.deepEqual(await answers(elsewhere), []);
  }
  assert.match(await importText(elsewhere, text), /^Loaded 5 answers from/);
  assert.deepEqual(await answers(elsewhere), file.answers);
  await elsewhere.reload();
  await until(elsewhere, () => train.store?.answers.length === 5);
  assert.deepEqual(elsewhere.wrongs, []);
  await elsewhere.context().close();
});

learning('results are removed only when that is meant', {}, async page => {
  await fill(page, 2);
  await page.getByRole('button', { name: 'Start over' }).click();
  await page.keyboard.press('Enter'); /* the focus is on keeping them */
  assert.equal((await answers(page)).length, 2);
  await page.getByRole('button', { name: 'Start over' }).click();
  await page.getByRole('button', { name: 'Delete them' }).click();
  assert.equal((await answers(page)).length, 0);
  await page.reload();
  await until(page, () => Boolean(train.store));
  assert.equal((await answers(page)).length, 0);
});

learning(
  'a browser that keeps nothing is told of, and all else works',
  {
    script: () =>
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('no', 'SecurityError');
        },
      }),
  },
  async page => {
    await fill(page, 1);
    await page.evaluate(() => train.store.keep());
    assert.equal((await answers(page)).length, 1);
    await page.evaluate(() => train.open('results'));
    assert.match(await page.locator('#content').innerText(), /Correct answers/);
  },
);

learning(
  'something else under our name in the browser does no harm',
  { script: () => (Storage.prototype.getItem = () => '{"format": 7, "answers"') },
  async page => {
    assert.equal((await answers(page)).length, 0);
    assert.match(await page.locator('#content').innerText(), /The course/);
  },
);
