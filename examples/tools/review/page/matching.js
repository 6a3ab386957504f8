/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which interval is which: of two analyses, or of two coders. */

/* Intersection over union, 0 to 1. */
function overlapOf(a, b) {
  const both = Math.min(a.offset, b.offset) - Math.max(a.onset, b.onset);
  const either = Math.max(a.offset, b.offset) - Math.min(a.onset, b.onset);
  return both > 0 ? both / either : 0;
}

/* The least overlap of a match, as in the MEGC challenges. */
const LEAST_OVERLAP = 0.5;

/* Pairs [index in as, index in bs] of one kind and face, one to one, best overlap first; of equal
 * ones, those with the same id. */
function matchIntervals(as, bs) {
  const pairs = [];
  const order = bs.map((b, j) => j).sort((i, j) => bs[i].onset - bs[j].onset);
  as.forEach((a, i) => {
    for (const j of order) {
      const b = bs[j];
      if (b.onset > a.offset) break;
      if (a.kind !== b.kind || a.face !== b.face) continue;
      const overlap = overlapOf(a, b);
      const same = a.id !== undefined && a.id === b.id;
      if (overlap >= LEAST_OVERLAP) pairs.push({ i, j, overlap, same });
    }
  });
  pairs.sort((p, q) => q.overlap - p.overlap || q.same - p.same);
  const usedA = new Set(),
    usedB = new Set();
  return pairs
    .filter(({ i, j }) => {
      const free = !usedA.has(i) && !usedB.has(j);
      if (free) {
        usedA.add(i);
        usedB.add(j);
      }
      return free;
    })
    .map(({ i, j }) => [i, j]);
}
