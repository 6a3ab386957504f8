// SPDX-License-Identifier: LGPL-2.1-or-later
// One page of microexpr-train for all its tests, and a learner who knows what is shown.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import test, { after, before } from 'node:test';
import { installClock } from './clock.mjs';
import { closePage, directory, launch, open, openNext, program, saved } from './pages.mjs';

export const stage = {};
export const ANSWERS = ['happiness', 'sadness', 'anger', 'fear', 'disgust', 'surprise', 'neutral'];

before(async () => {
  stage.file = join(directory, 'trainer.html');
  execFileSync(program, ['--faces=3', '-o', stage.file], { stdio: ['ignore', 'ignore', 'pipe'] });
  stage.browser = await launch();
});

after(() => stage.browser?.close());

// rate: of a display with a clock of its own; 0: the real one. how: open or openNext.
export async function visit({ rate = 60, script, ...options } = {}, how = open) {
  const page = await how(stage.browser, null, { locale: 'en', ...options });
  if (rate) await page.addInitScript(installClock, rate);
  if (script) await page.addInitScript(script);
  await page.goto(`file://${stage.file}`);
  await until(page, () => Boolean(document.getElementById('heading')));
  return page;
}

// A test on a page of its own, on which nothing goes wrong.
export function learning(name, options, run) {
  test(name, async t => {
    const page = await visit(options, openNext);
    await run(page, t);
    assert.deepEqual(page.wrongs, []);
    await closePage(page);
  });
}

export const state = page => page.evaluate(() => train.view.state);

// Polls from outside: the timers in the page are those of its display.
export async function until(page, holds, argument) {
  const end = Date.now() + 100000;
  while (!(await page.evaluate(holds, argument))) {
    if (Date.now() > end) throw new Error(`never: ${holds}`);
    await sleep(10);
  }
}

export const waitFor = (page, wanted) => until(page, s => train.view.state === s, wanted);
export const answers = page => page.evaluate(() => train.store.answers);

// Answers one item by its key. choose(emotion, n): what is pressed for what was shown.
export async function answerOne(page, n, choose) {
  await waitFor(page, 'asking');
  const emotion = await page.evaluate(() => train.view.show.item.emotion);
  await page.keyboard.press(String(ANSWERS.indexOf(choose(emotion, n)) + 1));
}

// A whole test or round by keyboard. Returns what was pressed for what was shown.
export async function playPhase(page, phase, choose) {
  const n = await page.evaluate(() => train.view.queue.left);
  const played = [];
  const note = (emotion, i) => {
    const answer = choose(emotion, i);
    played.push({ phase, emotion, answer });
    return answer;
  };
  await page.keyboard.press('Space');
  for (let i = 0; i < n; i++) {
    await answerOne(page, i, note);
    if (phase !== 'practice') continue;
    await waitFor(page, 'answered');
    await page.keyboard.press('Space');
  }
  await until(page, p => train.name !== p, phase);
  return played;
}

export const exported = (page, name) => saved(page, () => page.getByRole('button', { name }).click());
