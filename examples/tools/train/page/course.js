/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The time course of an expression in pictures, as in course.c: from rest to apex, evenly in phase,
 * and back. */

const RISE = 0.45; /* parts of the duration */
const FALL = 0.45;

/* The number of display frames nearest to the duration; at least one. */
const framesFor = (ms, period) => Math.max(1, Math.round(ms / period));

/* The picture that frame k of n shows, 0 (rest) to steps (apex), by the phase at its middle. The
 * middle frame always shows the apex. */
function stepAt(k, n, steps) {
  const phase = (k + 0.5) / n;
  if (k === Math.floor(n / 2)) return steps;
  if (phase < RISE) return Math.round((phase / RISE) * steps);
  if (phase > 1 - FALL) return Math.round(((1 - phase) / FALL) * steps);
  return steps;
}
