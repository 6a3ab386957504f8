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
    const strength = `${formatNumber(Math.hypot(dx, dy), 1)} %`;
    return [side && t(side), name, t(`arrow.${turn}`), strength].filter(Boolean).join(' ');
  });
  return words.length
    ? t('arrows.words', { list: words.join(', ') })
    : t('arrows.nothing');
}

const PICTURED = ['onset', 'apex'];
const FLICKER_MS = 400;

/* url: null without a picture. enlarge: called on a click; undefined: it is large. */
function makePortrait(moment, url, event, enlarge) {
  const { width, height } = PORTRAIT;
  const svg = element('svg', { viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' });
  if (!url) svg.append(drawAnyFace());
  if (moment === 'apex')
    svg.append(
      ...event.arrows
        .filter(a => Math.hypot(a.dx, a.dy) > 0.01)
        .map(arrow => drawArrow(arrow, PORTRAIT.ipd, ARROW_GAIN)),
    );
  const words = t(`portrait.${moment}`, { arrows: describeArrows(event.arrows) });
  const picture = url
    ? element('img', { src: url, width, height, alt: words })
    : element('span', { class: 'unseen', text: words });
  const frame = enlarge
    ? element(
        'button',
        { type: 'button', class: 'picture', title: t('enlarge'), onclick: enlarge },
        picture,
        svg,
      )
    : element('div', { class: 'picture' }, picture, svg);
  return element(
    'figure',
    { class: `portrait ${moment}` },
    frame,
    element('figcaption', { text: `${t(moment)} ${formatTime(event[moment])}` }),
  );
}

/* The portraits of the selected event. Flicker shows both in turn in one place, which makes motion
 * visible; it and the arrows stay as they are set for all events. */
class Portraits {
  constructor() {
    this.on = {
      flicker: preferences.get('flicker', false),
      arrows: preferences.get('arrows', true),
    };
    setInterval(() => {
      for (const box of document.querySelectorAll('.portraits.flicker')) box.classList.toggle('second');
    }, FLICKER_MS);
  }

  make(event) {
    this.seen = PICTURED.every(moment => pictureOf(event, moment));
    this.box = this.makeBox(event, () => this.enlarge(event));
    this.apply();
    return this.box;
  }

  makeBox(event, enlarge) {
    const moments = this.seen ? PICTURED : ['apex'];
    const figures = moments.map(moment =>
      makePortrait(moment, pictureOf(event, moment), event, enlarge),
    );
    return element('div', { class: 'portraits' }, ...figures);
  }

  /* As large as the window lets it be. */
  enlarge(event) {
    byId('enlarged-place').replaceChildren(this.makeBox(event));
    this.apply();
    byId('enlarged').showModal();
  }

  apply() {
    for (const box of document.querySelectorAll('.portraits')) this.applyTo(box);
    if (this.box) this.applyTo(this.box); /* which may not be on the page as yet */
  }

  applyTo(box) {
    box.classList.toggle('flicker', this.on.flicker && this.seen);
    box.classList.toggle('plain', !this.on.arrows);
    if (!this.on.flicker) box.classList.remove('second');
  }

  /* name: flicker or arrows. Returns whether it is on. */
  toggle(name) {
    this.on[name] = !this.on[name];
    preferences.set(name, this.on[name]);
    this.apply();
    return this.on[name];
  }
}
