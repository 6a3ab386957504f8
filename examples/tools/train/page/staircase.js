/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The duration in practice: a weighted up-down staircase (Kaernbach 1991, Perception & Psychophysics
 * 49, 227-229). A right answer shortens it by one step, a wrong one lengthens it by three, so that it
 * settles where 3 in 4 are right. */

const LONGEST = 500; /* ms */
const STEP = 1.15; /* ratio of one level to the next */
const LAST_LEVEL = 18; /* 40 ms */
const FIRST_LEVEL = 4; /* 286 ms */
const EASIER = 3; /* levels longer after a wrong answer */
const THRESHOLD_ANSWERS = 14; /* number of last answers that give the threshold */

const durationOf = level => Math.max(SHORTEST, Math.round(LONGEST / STEP ** level));

/* Practice answers in order, without neutral items, which no duration makes easier. */
const climbing = answers => answers.filter(a => a.phase === 'practice' && a.emotion !== 'neutral');

function levelAfter(answers) {
  let level = FIRST_LEVEL;
  for (const { emotion, answer } of climbing(answers))
    level = Math.min(Math.max(answer === emotion ? level + 1 : level - EASIER, 0), LAST_LEVEL);
  return level;
}

/* The geometric mean of the last durations; null: too few answers. */
function threshold(answers) {
  const last = climbing(answers).slice(-THRESHOLD_ANSWERS);
  if (answers.filter(a => a.phase === 'practice').length < PRACTICE_LEAST) return null;
  return Math.exp(last.reduce((sum, a) => sum + Math.log(a.ms), 0) / last.length);
}
