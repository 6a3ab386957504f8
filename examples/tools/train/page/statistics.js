/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Shares, their intervals, and confusions. */

const Z = 1.959963984540054; /* 95 % */
/* Upper limits of the classes of shown durations, ms, between the durations of the tests. */
const DURATION_BINS = [70, 140, 280, 560];

/* Interval of a share k / n: Wilson (1927), J. Am. Stat. Assoc. 22, 209-212. */
function wilson(k, n) {
  if (n === 0) return { low: 0, high: 1 };
  const p = k / n,
    scale = 1 + Z ** 2 / n;
  const center = (p + Z ** 2 / (2 * n)) / scale;
  const half = (Z / scale) * Math.sqrt((p * (1 - p)) / n + Z ** 2 / (4 * n ** 2));
  return { low: Math.max(0, center - half), high: Math.min(1, center + half) };
}

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
