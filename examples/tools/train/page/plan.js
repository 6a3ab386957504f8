/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which items come, in which order and for how long, derived from the learner's seed, so that a
 * reopened page continues where it was. */

const TEST_DURATIONS = [40, 100, 200, 400]; /* ms */
const NEUTRALS_PER_FACE = 2;
const PRACTICE_LEAST = 4 * ANSWERS.length; /* practice answers before the second test */
const PRACTICE_ROUND = 2 * ANSWERS.length;
const SECONDS_PER_ITEM = 5; /* to estimate the duration of a test */

/* The form of each test: half of the learners start with A. */
const formOf = (phase, seed) => ((seed & 1) === (phase === 'pre' ? 0 : 1) ? 'A' : 'B');

/* [{item, ms}]: each emotion gets all durations equally often, as far as possible, alternating full
 * and subtle. */
function planTest(bank, phase, seed) {
  const form = formOf(phase, seed);
  const items = bank.itemsFor(form);
  const shows = ANSWERS.flatMap((emotion, e) => {
    const of = items.filter(item => item.emotion === emotion);
    const times = emotion === 'neutral' ? NEUTRALS_PER_FACE : 1;
    return of
      .flatMap(item => Array(times).fill(item))
      .map((item, k) => ({ item, ms: TEST_DURATIONS[(k + e) % TEST_DURATIONS.length] }));
  });
  return shuffle(shows, makeRandom(seed, form));
}

/* Practice item n: every answer once before any comes again, rotating through its items. */
function practiceItem(bank, seed, n) {
  const bag = Math.floor(n / ANSWERS.length);
  const emotion = shuffle(ANSWERS, makeRandom(seed, 'bag', bag))[n % ANSWERS.length];
  const of = bank.itemsFor('practice').filter(item => item.emotion === emotion);
  return shuffle(of, makeRandom(seed, 'items', emotion))[bag % of.length];
}
