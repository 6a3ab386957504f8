// SPDX-License-Identifier: LGPL-2.1-or-later
// A whole course by keyboard, by a learner with known answers: see train-stage.mjs.
import assert from 'node:assert/strict';
import { exported, learning, playPhase, ANSWERS, answers, answerOne, state, waitFor, until } from './train-stage.mjs';

const next = emotion => ANSWERS[(ANSWERS.indexOf(emotion) + 1) % ANSWERS.length];
const truly = emotion => emotion;
const everyThirdWrong = (emotion, n) => (n % 3 === 2 ? next(emotion) : emotion);
const press = async (page, name) => {
  await page.getByRole('button', { name, exact: true }).focus();
  await page.keyboard.press('Enter');
};

function count(played, phase) {
  const of = played.filter(answer => answer.phase === phase);
  return [of.filter(({ emotion, answer }) => emotion === answer).length, of.length];
}

// Wilson's interval at 95 %, written anew, in whole percent.
function interval(k, n) {
  const z2 = 1.959964 ** 2,
    p = k / n;
  const half = Math.sqrt(z2 * (p * (1 - p) * n + z2 / 4));
  return [-half, half].map(h => Math.round((100 * (k + z2 / 2 + h)) / (n + z2)));
}

learning('a course with known answers gives exactly their statistics', {}, async page => {
  const played = [];
  await press(page, 'First test: Start');
  played.push(...(await playPhase(page, 'pre', everyThirdWrong)));
  assert.match(await page.locator('#notices').innerText(), /lessons come next/);

  await press(page, 'Lessons: Open');
  for (let i = 0; i < 5; i++) await page.locator('article .main').press('Enter');
  assert.equal(await page.locator('#lesson-title').textContent(), 'surprise');
  await page.locator('article .main').press('Enter');
  played.push(...(await playPhase(page, 'practice', truly)));
  assert.match(await page.locator('#content').innerText(), /6 of 6 seen/);
  await press(page, 'Practice: Continue');
  played.push(...(await playPhase(page, 'practice', everyThirdWrong)));
  await press(page, 'Second test: Start');
  played.push(...(await playPhase(page, 'post', (e, n) => (n === 4 ? next(e) : e))));

  const kept = await answers(page);
  assert.deepEqual(
    kept.map(({ phase, emotion, answer }) => ({ phase, emotion, answer })),
    played,
  );
  assert.equal(await page.locator('#heading').innerText(), 'Results');
  const rows = await page.locator('.card').first().locator('tbody tr').all();
  const cells = await Promise.all(rows.map(row => row.locator('th, td').allInnerTexts()));
  assert.deepEqual(
    cells.map(row => row.slice(0, 5)),
    [
      ['first test', 'pre'],
      ['practice', 'practice'],
      ['second test', 'post'],
    ].map(([name, phase]) => {
      const [k, n] = count(played, phase);
      const [low, high] = interval(k, n);
      return [name, `${k}`, `${n}`, `${Math.round((100 * k) / n)} %`, `${low} % – ${high} %`];
    }),
  );
  const [before] = count(played, 'pre'),
    [after, n] = count(played, 'post');
  assert.deepEqual([before, after, n], [10, 13, 14]);
  /* 10 of 14 and 13 of 14, Newcombe's method 10, reckoned by hand */
  assert.match(await page.locator('#content').innerText(), /\+21 percentage points \(95 % interval −8 to \+48\)/);

  const table = await page.locator('.card').nth(1).locator('tbody tr').all();
  for (const [i, row] of table.entries()) {
    const seen = (await row.locator('td').allInnerTexts()).map(Number);
    const shown = played.filter(p => p.phase === 'post' && p.emotion === ANSWERS[i]);
    assert.deepEqual(
      seen,
      ANSWERS.map(answer => shown.filter(p => p.answer === answer).length),
    );
  }
});

learning('both tests have every emotion as often, on faces that are not practised', {}, async page => {
  const plans = await page.evaluate(() =>
    ['pre', 'post'].map(phase =>
      planTest(train.bank, phase, train.store.seed).map(({ item, ms }) => [item.emotion, item.face, ms]),
    ),
  );
  for (const plan of plans)
    for (const emotion of ANSWERS) assert.equal(plan.filter(([e]) => e === emotion).length, 2);
  const faces = plans.map(plan => new Set(plan.map(([, face]) => face)));
  const practised = await page.evaluate(() => [
    ...new Set(Array.from({ length: 70 }, (_, n) => practiceItem(train.bank, train.store.seed, n).face)),
  ]);
  assert.deepEqual([...faces[0]].filter(face => faces[1].has(face)), []);
  assert.deepEqual(practised, [0]);
  assert.ok(!faces[0].has(0) && !faces[1].has(0));
  const forms = await page.evaluate(() => [formOf('pre', 2), formOf('post', 2), formOf('pre', 3)]);
  assert.deepEqual(forms, ['A', 'B', 'B']);
});

learning('practice gets faster when answers are right, slower when they are wrong', {}, async page => {
  await page.evaluate(() => train.open('practice'));
  await page.keyboard.press('Space');
  const durations = [];
  for (let i = 0; i < 9; i++) {
    await answerOne(page, i, emotion => (i < 6 ? emotion : next(emotion)));
    await waitFor(page, 'answered');
    durations.push(await page.evaluate(() => durationOf(levelAfter(train.store.answers))));
    await page.keyboard.press('Space');
  }
  const moving = (await answers(page)).map(answer => answer.emotion !== 'neutral');
  for (let i = 1; i < 9; i++) {
    if (!moving[i]) assert.equal(durations[i], durations[i - 1]);
    else if (i < 6) assert.ok(durations[i] < durations[i - 1]);
    else assert.ok(durations[i] > durations[i - 1]);
  }
});

learning('the staircase settles where three in four are right', {}, async page => {
  // A learner who is right with a chance that falls with the logarithm of the duration.
  const share = await page.evaluate(() => {
    const random = makeRandom('learner');
    const list = [];
    for (let n = 0; n < 4000; n++) {
      const ms = durationOf(levelAfter(list.slice(-600)));
      const able = random() < 1 / (1 + (150 / ms) ** 3);
      list.push({ phase: 'practice', emotion: 'fear', answer: able ? 'fear' : 'anger', ms });
    }
    return list.slice(500).filter(isRight).length / 3500;
  });
  assert.ok(share > 0.71 && share < 0.79, `${share}`);
});

learning('a test that was left goes on with what is missing', {}, async page => {
  await press(page, 'First test: Start');
  await page.keyboard.press('Space');
  for (let i = 0; i < 5; i++) await answerOne(page, i, truly);
  await until(page, () => train.store.answers.length === 5);
  await page.reload();
  await until(page, () => Boolean(document.getElementById('heading')));
  await press(page, 'First test: Continue');
  assert.match(await page.locator('.progress').innerText(), /^6 of 14/);
  await playPhase(page, 'pre', truly);
  const numbers = (await answers(page)).map(answer => answer.n).sort((a, b) => a - b);
  assert.deepEqual(numbers, Array.from({ length: 14 }, (_, n) => n));
});

learning('one key is one answer', {}, async page => {
  await press(page, 'First test: Start');
  await page.evaluate(() => {
    window.hold = () => train.view.presenter.running;
  });
  await page.keyboard.press('1');
  await page.keyboard.press('Space');
  await waitFor(page, 'showing');
  await page.keyboard.press('1');
  await page.keyboard.press('Space');
  assert.deepEqual(await answers(page), []);
  assert.equal(await state(page), 'showing');
  await page.evaluate(() => {
    window.hold = null;
  });
  await waitFor(page, 'asking');
  await page.evaluate(() => {
    for (const key of ['1', '1', '2', ' '])
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  });
  assert.equal((await answers(page)).length, 1);
  await waitFor(page, 'asking');
  assert.equal((await answers(page)).length, 1);
});

learning('what is paused or out of view comes again', {}, async page => {
  await press(page, 'First test: Start');
  await page.evaluate(() => {
    window.hold = () => train.view.presenter.running;
  });
  await page.keyboard.press('Space');
  await until(page, () => Boolean(train.view.presenter.running));
  await page.keyboard.press('Escape');
  assert.equal(await state(page), 'paused');
  assert.match(await page.locator('.prompt').innerText(), /Paused/);
  await page.keyboard.press('Space');
  await until(page, () => Boolean(train.view.presenter.running));
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
    delete document.hidden;
    window.hold = null;
  });
  await waitFor(page, 'paused');
  assert.match(await page.locator('.prompt').innerText(), /not in view/);
  await playPhase(page, 'pre', truly);
  const kept = await answers(page);
  assert.equal(kept.length, 14);
  assert.equal(new Set(kept.map(answer => answer.n)).size, 14);
});

learning('the export has every answer, and is what spreadsheets read', {}, async page => {
  await page.fill('#person', '=cmd "x"');
  await page.locator('#person').blur();
  await press(page, 'First test: Start');
  await page.keyboard.press('Space');
  for (let i = 0; i < 3; i++) await answerOne(page, i, everyThirdWrong);
  await page.evaluate(() => train.open('home'));
  const { text } = await exported(page, 'Export CSV');
  const rows = text.trimEnd().split('\r\n');
  assert.equal(rows.length, 4);
  assert.match(rows[0], /^person,phase,n,item,face,variant,side,emotion,answer,ms,shown,period,late,rt,at,right$/);
  assert.ok(rows[1].startsWith(`"'=cmd ""x""",pre,`));
  assert.deepEqual(rows.slice(1).map(row => row.slice(-1)), ['1', '1', '0']);
  const json = JSON.parse((await exported(page, 'Export JSON')).text);
  assert.deepEqual(json.answers, await answers(page));
  assert.equal(json.person, '=cmd "x"');
});
