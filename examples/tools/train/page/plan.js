/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which items come, in which order, for how long: from the seed of the learner, so that a page that
 * was closed goes on where it was. */

const TEST_DURATIONS = [40, 100, 200, 400]; /* ms */
const NEUTRALS_PER_FACE = 2;
const PRACTICE_LEAST = 28; /* answers before the test after */
const PRACTICE_ROUND = 14;
const SECONDS_PER_ITEM = 5; /* to tell how long a test takes */

/* The form of each test: half of the learners begin with A. */
const formOf = (phase, seed) => ((seed & 1) === (phase === 'pre' ? 0 : 1) ? 'A' : 'B');

/* [{item, ms}]: every emotion has every duration as often as it can, in full and subtle by turns. */
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

/* The n-th item of practice: each answer once in seven, its items in turn. */
function practiceItem(bank, seed, n) {
  const bag = Math.floor(n / ANSWERS.length);
  const emotion = shuffle(ANSWERS, makeRandom(seed, 'bag', bag))[n % ANSWERS.length];
  const of = bank.itemsFor('practice').filter(item => item.emotion === emotion);
  return shuffle(of, makeRandom(seed, 'items', emotion))[bag % of.length];
}
