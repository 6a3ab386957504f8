/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Motion from rest to apex, drawn over the picture. */

const ARROW_GAIN = 10; /* length of an arrow / motion */
const MOST_ARROWS = 20; /* the strongest ones */

function makeArrows(item, { width, height, ipd }) {
  const arrows = item.arrows.slice(0, MOST_ARROWS);
  return element(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' },
    ...arrows.map(arrow => drawArrow(arrow, ipd, ARROW_GAIN)),
  );
}
