/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The motion of a region, drawn. */

const ARROW_MOST = 0.6; /* of the interpupillary distance: no arrow is longer */

/* x, y: where the region rests, px; dx, dy: how far it went, % of the interpupillary distance; name,
 * side: for the title, which is not there without. ipd: px. gain: times as long as the motion. */
function drawArrow({ name, side, x, y, dx, dy }, ipd, gain) {
  const length = Math.hypot(dx, dy);
  const scale = (ipd / 100) * Math.min(gain, (ARROW_MOST * 100) / length);
  const ux = dx / length,
    uy = dy / length,
    tx = x + dx * scale,
    ty = y + dy * scale;
  const head = Math.min(8, 0.6 * length * scale);
  const stroke = (px, py) =>
    `M${tx - head * (ux + 0.7 * px)} ${ty - head * (uy + 0.7 * py)} L${tx} ${ty}`;
  const d = `M${x} ${y} L${tx} ${ty} ${stroke(uy, -ux)} ${stroke(-uy, ux)}`;
  const title = `${side ? side + ' ' : ''}${name}: ${length.toFixed(1)} %`;
  return element(
    'g',
    {},
    ...(name ? [element('title', { text: title })] : []),
    element('path', { d, class: 'arrow-edge' }),
    element('path', { d, class: 'arrow' }),
  );
}
