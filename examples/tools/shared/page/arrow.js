/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An arrow for the motion of a region. */

const ARROW_MOST = 0.6; /* longest arrow, as a part of the interpupillary distance */

/* x, y: position at rest, px; dx, dy: motion, % of the interpupillary distance; name, side: for an
 * optional title. ipd: px. gain: length of the arrow / motion. */
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
