/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Shares, their intervals, and confusions. */

/* Upper limits of the classes of shown durations, ms, between the durations of the tests. */
const DURATION_BINS = [70, 140, 280, 560];

/* Interval of the difference b - a, both {right, of}: Newcombe (1998), Statistics in Medicine 17,
 * 873-890, method 10. */
function difference(a, b) {
  const p = a.right / a.of,
    q = b.right / b.of,
    A = wilson(a.right, a.of),
    B = wilson(b.right, b.of);
  return {
    value: q - p,
    low: q - p - Math.hypot(q - B.low, A.high - p),
    high: q - p + Math.hypot(B.high - q, p - A.low),
  };
}

const isRight = answer => answer.answer === answer.emotion;

const tally = answers => ({ right: answers.filter(isRight).length, of: answers.length });

/* Map from keyOf(answer) to a tally, in the order of keys. */
const tallyBy = (answers, keys, keyOf) =>
  new Map(keys.map(key => [key, tally(answers.filter(a => keyOf(a) === key))]));

/* Class of the duration actually shown. */
const binOf = answer => {
  const i = DURATION_BINS.findIndex(end => answer.shown <= end);
  return i < 0 ? DURATION_BINS.length - 1 : i;
};

/* Items in which something moved: neutral ones have no duration. */
const moving = answers => answers.filter(answer => answer.emotion !== 'neutral');

/* counts[shown][answered] */
function confusion(answers) {
  const counts = Object.fromEntries(
    ANSWERS.map(row => [row, Object.fromEntries(ANSWERS.map(column => [column, 0]))]),
  );
  for (const { emotion, answer } of answers) counts[emotion][answer]++;
  return counts;
}
