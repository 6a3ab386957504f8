/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The grid of cameras, and one of them large. */

class Cameras {
  /* open(camera): shows one; null: all. play(item): an event's recording. */
  constructor(connection, open, play) {
    this.connection = connection;
    this.open = open;
    this.cards = [];
    this.one = null; /* number of the large camera; null: the grid is shown */
    this.timeline = new Timeline(byId('timeline'), play);
    byId('back').onclick = () => open(null);
    byId('previous').onclick = () => this.step(-1);
    byId('next').onclick = () => this.step(1);
  }

  step(by) {
    const n = this.connection.cameras.length;
    if (this.one !== null) this.open((this.one + by + n) % n);
  }

  choose(one) {
    this.one = one;
    byId('one').hidden = one === null;
    byId('grid').hidden = one !== null;
    byId('one-picture').removeAttribute('src');
    this.draw();
  }

  makeCard({ camera, name }) {
    const image = element('img', { alt: '' });
    const state = element('div', { class: 'state' });
    const last = element('p', { class: 'dim' });
    const open = () => this.open(camera);
    const card = element(
      'li',
      { class: 'camera' },
      element('h3', {}, element('button', { type: 'button', text: name, onclick: open })),
      element(
        'figure',
        { class: 'picture', onclick: open },
        image,
        element('p', { class: 'none', text: t('picture.none') }),
      ),
      state,
      last,
    );
    return { card, image, state, last };
  }

  makeCards() {
    this.cards = this.connection.cameras.map(camera => this.makeCard(camera));
    byId('cameras').replaceChildren(...this.cards.map(({ card }) => card));
  }

  eventsOf(number) {
    return this.connection.events.filter(({ camera }) => camera === number);
  }

  draw() {
    const { cameras } = this.connection;
    const names = cameras.map(({ name }) => name).join('\n');
    if (names !== this.names) this.makeCards();
    this.names = names;
    this.timeline.note(cameras, Date.now());
    const watched = cameras.filter(({ watching }) => watching).length;
    byId('summary').textContent = t('summary', { watched, n: cameras.length });
    if (this.one !== null && cameras[this.one]) this.drawOne(cameras[this.one]);
    else cameras.forEach((camera, i) => this.drawCard(camera, this.cards[i]));
  }

  drawCard(camera, { card, image, state, last }) {
    const event = this.eventsOf(camera.camera).at(-1)?.event;
    card.classList.toggle('stale', !camera.watching);
    image.alt = t('picture.of', { name: camera.name });
    state.replaceChildren(...describeCamera(camera));
    last.textContent = event
      ? t('last', { time: formatTime(timeOf(event)), what: describeEvent(event) })
      : t('last.none');
  }

  drawOne(camera) {
    byId('one-name').textContent = camera.name;
    byId('one').classList.toggle('stale', !camera.watching);
    byId('one-picture').alt = t('picture.of', { name: camera.name });
    byId('one-state').className = 'panel state';
    byId('one-state').replaceChildren(
      ...describeCamera(camera),
      element('p', {
        class: 'dim',
        text: t('counters', {
          frames: camera.counters.frames ?? 0,
          analysed: camera.counters.analysed ?? 0,
          connections: camera.connections,
        }),
      }),
    );
    this.timeline.draw(camera, this.eventsOf(camera.camera), Date.now());
  }

  showPicture(camera, blob) {
    if (this.one === camera) showPicture(byId('one-picture'), blob);
    else if (this.one === null && this.cards[camera]) showPicture(this.cards[camera].image, blob);
  }
}
