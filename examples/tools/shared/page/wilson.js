/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Intervals of shares. */

const Z = 1.959963984540054; /* 95 % */

/* Interval of a share k / n: Wilson (1927), J. Am. Stat. Assoc. 22, 209-212. */
function wilson(k, n) {
  if (n === 0) return { low: 0, high: 1 };
  const p = k / n,
    scale = 1 + Z ** 2 / n;
  const center = (p + Z ** 2 / (2 * n)) / scale;
  const half = (Z / scale) * Math.sqrt((p * (1 - p)) / n + Z ** 2 / (4 * n ** 2));
  return { low: Math.max(0, center - half), high: Math.min(1, center + half) };
}
