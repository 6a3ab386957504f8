/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The course of an expression in pictures, as in course.c: pictures go from rest to the apex, evenly
 * in phase, and back. */

const RISE = 0.45; /* parts of the duration */
const FALL = 0.45;

/* How many pictures of the display come nearest to the duration; at least one. */
const framesFor = (ms, period) => Math.max(1, Math.round(ms / period));

/* Which picture the k-th of n shows, 0 (rest) to steps (apex): that of the middle of its time. The one
 * in the middle of the course shows the apex, however few there are. */
function stepAt(k, n, steps) {
  const phase = (k + 0.5) / n;
  if (k === Math.floor(n / 2)) return steps;
  if (phase < RISE) return Math.round((phase / RISE) * steps);
  if (phase > 1 - FALL) return Math.round(((1 - phase) / FALL) * steps);
  return steps;
}
