/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The data in the page:
 *   generator, id (a hash of the items), seed, language
 *   composites  whether the faces are built in
 *   picture     width, height, ipd (px), steps from rest to apex, columns of a sprite
 *   faces       the use of each: practice, A, B
 *   items       face, emotion, variant, side, strength (% of the interpupillary distance), units,
 *               cell and bands of the sprite (px), found (by microexpr: ms, emotion, confidence),
 *               arrows (px; motion in % of the interpupillary distance)
 *   noKey       the answer key is not shown; absent: it is
 *   contempt    it is among the emotions; absent: it is not
 *   key         agree, of, rate: of the showings to microexpr; absent without --check
 * and the pictures, each as base64 in a script element of its own: face-N at rest, item-N. A
 * neutral item for each face is added here: nothing moves. */

const DATA = JSON.parse(byId('data').textContent); /* it precedes the scripts */
const BASIC = ['happiness', 'sadness', 'anger', 'fear', 'disgust', 'surprise'];
const EMOTIONS = DATA.contempt ? [...BASIC, 'contempt'] : BASIC;
const ANSWERS = [...EMOTIONS, 'neutral'];
const RIM = 1; /* px at the edge of a band that are hidden, as in sprite.c */

/* Decodes the image in a script element. */
async function decodeImage(id) {
  const text = atob(byId(id).textContent);
  const bytes = Uint8Array.from(text, c => c.charCodeAt(0));
  return createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
}

/* The decoded pictures of an item, ready to draw. close() frees them. */
class Stimulus {
  constructor(item, picture, rest, sprite) {
    Object.assign(this, { item, picture, rest, sprite });
  }

  /* step: 0 (rest) to picture.steps. */
  draw(context, step) {
    context.drawImage(this.rest, 0, 0);
    if (step === 0 || !this.sprite) return;
    const { columns } = this.picture,
      [width, height] = this.item.cell,
      cell = step - 1;
    const left = (cell % columns) * width;
    let top = Math.floor(cell / columns) * height;
    for (const [x, y, w, h] of this.item.bands) {
      const place = [w - 2 * RIM, h - 2 * RIM];
      context.drawImage(this.sprite, left + RIM, top + RIM, ...place, x + RIM, y + RIM, ...place);
      top += h;
    }
  }

  close() {
    this.sprite?.close();
  }
}

class Bank {
  constructor() {
    Object.assign(this, DATA);
    this.items.forEach((item, n) => Object.assign(item, { id: n, picture: `item-${n}` }));
    this.faces.forEach((_, face) =>
      this.items.push({
        id: this.items.length,
        face,
        emotion: 'neutral',
        variant: 'neutral',
        side: 'both',
        units: [],
      }),
    );
    this.complete = Boolean(byId('end')); /* otherwise the file is truncated */
    this.rests = new Map(); /* face -> promise of its picture at rest */
  }

  /* Items of the faces with that role. */
  itemsFor(role) {
    return this.items.filter(item => this.faces[item.face] === role);
  }

  restOf(face) {
    if (!this.rests.has(face)) this.rests.set(face, decodeImage(`face-${face}`));
    return this.rests.get(face);
  }

  async load(item) {
    const [rest, sprite] = await Promise.all([
      this.restOf(item.face),
      item.bands?.length ? decodeImage(item.picture) : null,
    ]);
    return new Stimulus(item, this.picture, rest, sprite);
  }

  makeCanvas(label) {
    const { width, height } = this.picture;
    return element('canvas', { width, height, role: 'img', 'aria-label': label });
  }
}
