/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The face at onset and apex, aligned by the eyes, with arrows for the motion between them,
 * enlarged ten times. Without pictures, arrows are drawn on a generic face. */

const PORTRAIT = { width: 256, height: 320, ipd: 92 }; /* px; as in portrait.h */
const ARROW_GAIN = 10; /* as in the overlay */

/* A generic frontal face with average positions of eyes and mouth. */
const ANY_FACE = [
  ['ellipse', { cx: 128, cy: 162, rx: 92, ry: 128 }],
  ['ellipse', { cx: 82, cy: 122, rx: 17, ry: 8 }],
  ['ellipse', { cx: 174, cy: 122, rx: 17, ry: 8 }],
  ['path', { d: 'M106 100 Q80 86 56 102 M150 100 Q176 86 200 102' }],
  ['path', { d: 'M122 126 L114 180 Q128 190 142 180' }],
  ['path', { d: 'M92 222 Q128 212 164 222 Q128 240 92 222' }],
];

function drawAnyFace() {
  const parts = ANY_FACE.map(([name, attributes]) => element(name, attributes));
  return element('g', { class: 'any-face' }, ...parts);
}

/* The strongest arrows in words. */
function describeArrows(arrows) {
  const words = arrows.slice(0, 4).map(({ name, side, dx, dy }) => {
    const turn = Math.abs(dx) > Math.abs(dy) ? (dx > 0 ? 'right' : 'left') : dy > 0 ? 'down' : 'up';
    return `${side ? side + ' ' : ''}${name} ${turn} ${Math.hypot(dx, dy).toFixed(1)} %`;
  });
  return words.length
    ? 'Motion since the onset: ' + words.join(', ')
    : 'No region moves more than the noise.';
}

const PICTURED = ['onset', 'apex'];

/* url: null without a picture. */
function makePortrait(moment, url, event) {
  const { width, height } = PORTRAIT;
  const svg = element('svg', { viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' });
  if (!url) svg.append(drawAnyFace());
  if (moment === 'apex')
    svg.append(
      ...event.arrows
        .filter(a => Math.hypot(a.dx, a.dy) > 0.01)
        .map(arrow => drawArrow(arrow, PORTRAIT.ipd, ARROW_GAIN)),
    );
  const words =
    moment === 'apex' ? `Face at the apex. ${describeArrows(event.arrows)}` : 'Face at the onset';
  const picture = url
    ? element('img', { src: url, width, height, alt: words })
    : element('span', { class: 'unseen', text: words });
  return element(
    'figure',
    { class: `portrait ${moment}` },
    element('div', {}, picture, svg),
    element('figcaption', { text: `${moment} ${formatTime(event[moment])}` }),
  );
}

/* Flicker: both in turn in one place, which makes motion visible. */
class Portraits {
  constructor() {
    this.flickering = false;
  }

  make(event) {
    this.seen = PICTURED.every(moment => pictureOf(event, moment));
    const moments = this.seen ? PICTURED : ['apex'];
    const figures = moments.map(moment => makePortrait(moment, pictureOf(event, moment), event));
    this.box = element('div', { class: 'portraits' }, ...figures);
    if (this.flickering) this.start();
    return this.box;
  }

  start() {
    clearInterval(this.timer);
    this.flickering = true;
    if (!this.seen) return;
    this.box.classList.add('flicker');
    this.timer = setInterval(() => this.box.classList.toggle('second'), 400);
  }

  stop() {
    clearInterval(this.timer);
    this.flickering = false;
    this.box?.classList.remove('flicker', 'second');
  }

  toggle() {
    if (this.flickering) this.stop();
    else this.start();
    return this.flickering;
  }
}
