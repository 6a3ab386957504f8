// SPDX-License-Identifier: LGPL-2.1-or-later
// Several learners in one browser, the table of a class, and a course with contempt.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { directory, open, program } from './pages.mjs';
import { answers, exported, learning, stage, until } from './train-stage.mjs';

/* Answers as a course leaves them, the first `right` of them right. */
const fill = (page, phase, right, of) =>
  page.evaluate(
    ([name, good, count]) => {
      for (let n = 0; n < count; n++) {
        const { id, face, variant, side, emotion } = train.bank.items[n];
        const wrong = emotion === 'fear' ? 'anger' : 'fear';
        const what = { phase: name, n, item: id, face, variant, side, emotion };
        const times = { ms: 100, shown: 100, period: 16.67, late: false, rt: 900 };
        const answer = n < good ? emotion : wrong;
        train.store.add({ ...what, answer, ...times, at: new Date(0).toISOString() });
      }
      train.open('home');
    },
    [phase, right, of],
  );

async function become(page, person) {
  await page.fill('#person', person);
  await page.locator('#person').blur();
}

learning('each learner of a browser has results of their own', {}, async page => {
  await become(page, 'AB');
  await fill(page, 'pre', 3, 5);
  await page.getByRole('button', { name: 'Another learner' }).click();
  assert.deepEqual(await answers(page), []);
  await become(page, 'CD');
  await fill(page, 'pre', 1, 2);
  await page.reload();
  await until(page, () => Boolean(document.getElementById('learner')));
  assert.equal((await answers(page)).length, 2, 'the learner who was here last');
  assert.deepEqual(await page.locator('#learner option').allInnerTexts(), [
    'AB: 5 answers',
    'CD: 2 answers',
  ]);
  await page.selectOption('#learner', { label: 'AB: 5 answers' });
  assert.equal((await answers(page)).length, 5);
  assert.equal(await page.inputValue('#person'), 'AB');

  /* Whoever is removed takes nobody's results along. */
  await page.getByRole('button', { name: 'Remove this learner' }).click();
  assert.match(await page.locator('.card').last().innerText(), /all 5 answers of AB/);
  await page.getByRole('button', { name: 'Delete them' }).click();
  assert.equal(await page.locator('#learner').count(), 0);
  assert.equal((await answers(page)).length, 2);
  await page.reload();
  await until(page, () => Boolean(train.store));
  assert.equal(await page.inputValue('#person'), 'CD');
});

learning('a file never takes the place of results that are there', {}, async page => {
  await become(page, 'AB');
  await fill(page, 'pre', 3, 5);
  const { text } = await exported(page, 'Export JSON');
  const path = join(directory, 'elsewhere.json');
  writeFileSync(path, text.replace('"AB"', '"EF"'));
  await page.setInputFiles('input[type=file]', path);
  await page.locator('#learner').waitFor();
  assert.deepEqual(await page.locator('#learner option').allInnerTexts(), [
    'AB: 5 answers',
    'EF: 5 answers',
  ]);
});

/* Three learners as files: 6 and 9 of 12; 3 of 12 in the first test; and one whose code is a formula. */
async function classFiles(page) {
  const files = [];
  for (const [person, pre, post] of [
    ['Ada', 6, 9],
    ['Bea', 3, 0],
    ['=1+1', 12, 12],
  ]) {
    await become(page, person);
    await fill(page, 'pre', pre, 12);
    if (post) await fill(page, 'post', post, 12);
    const { text } = await exported(page, 'Export JSON');
    files.push(join(directory, `class-${files.length}.json`));
    writeFileSync(files.at(-1), text);
    await page.getByRole('button', { name: 'Another learner' }).click();
  }
  return files;
}

learning('a class in one table, from the files of its learners', {}, async page => {
  const files = await classFiles(page);
  const broken = join(directory, 'broken.json');
  writeFileSync(broken, readFileSync(files[0], 'utf8').slice(0, 300));
  await page.evaluate(() => train.open('class'));
  await page.setInputFiles('#class-files', [...files, files[0], broken]);
  await page.locator('tbody tr').nth(3).waitFor();
  const rows = await page.locator('tbody tr').evaluateAll(all =>
    all.map(row => [...row.children].map(cell => cell.innerText.replace(/\s+/g, ' ').trim())),
  );
  assert.deepEqual(rows.map(([person]) => person), ['=1+1', 'Ada', 'Bea', 'all 3 together']);
  /* By hand: 9 / 12 - 6 / 12; Wilson's intervals of 6 and 9 of 12 are 25.4 to 74.6 and 46.8 to 91.1 %,
   * so Newcombe's is 25 - hypot(28.2, 24.6) to 25 + hypot(16.1, 24.6). */
  assert.match(rows[1][1], /^50 % 6\/12/);
  assert.equal(rows[1][3], '+25 (−12 to +54)');
  assert.match(rows[2][2], /^$/); /* no second test */
  assert.equal(rows[2][3], '');
  assert.match(rows[3][1], /21\/36/);
  assert.match(rows[3][2], /21\/24/);
  assert.match(await page.locator('.notice').innerText(), /broken\.json: it is not JSON/);

  const { text } = await exported(page, 'Export CSV');
  const lines = text.trim().split('\r\n');
  assert.equal(lines.length, 4);
  assert.match(lines[1], /^'=1\+1,12,12,12,12,0\.0,/);
  assert.match(lines[2], /^Ada,6,12,9,12,25\.0,-12\.\d,54\.\d,0,,0,0,class-0\.json$/);
  assert.equal(await page.evaluate(() => Object.keys(localStorage).length), 5); /* nothing of it */
});

learning('contempt is taught and asked for in a page made with it', {}, async page => {
  assert.equal(await page.evaluate(() => ANSWERS.length), 7, 'not in one without');
  const file = join(directory, 'contempt.html');
  execFileSync(program, ['--faces=3', '--contempt', '-o', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const other = await open(stage.browser, file, {
    locale: 'en',
    viewport: { width: 390, height: 844 },
  });
  await until(other, () => Boolean(document.getElementById('heading')));
  assert.deepEqual(
    await other.evaluate(() => ANSWERS),
    ['happiness', 'sadness', 'anger', 'fear', 'disgust', 'surprise', 'contempt', 'neutral'],
  );
  await other.evaluate(() => train.open('lessons'));
  await other.getByRole('button', { name: 'contempt', exact: true }).click();
  const lesson = await other.locator('article').innerText();
  assert.match(lesson, /AU12[\s\S]*AU14/);
  assert.match(lesson, /One-sided: person's (left|right)/);
  await other.evaluate(() => train.open('pre'));
  assert.equal(await other.locator('.answers button').count(), 8);
  const bottoms = await other
    .locator('.answers button')
    .evaluateAll(all => all.map(button => button.getBoundingClientRect().bottom));
  assert.ok(Math.max(...bottoms) <= 844, 'an answer lies below the fold');
  assert.deepEqual(other.wrongs, []);
  await other.context().close();
});
