/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reproducible random numbers. */

/* A generator of 0 <= x < 1, seeded by words that name what is drawn: FNV-1a, then mulberry32. */
function makeRandom(...words) {
  let state = 0x811c9dc5;
  for (const c of words.join(' ')) state = Math.imul(state ^ c.codePointAt(0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  };
}

/* A shuffled copy (Fisher & Yates). */
function shuffle(list, random) {
  const all = [...list];
  for (let i = all.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [all[i], all[j]] = [all[j], all[i]];
  }
  return all;
}
