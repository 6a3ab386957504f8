/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The cameras and events of all monitors as those of one: this page's own first, then its peers', in
 * the order in which it names them. Cameras are numbered over all of them. */

class Monitors extends EventTarget {
  constructor() {
    super();
    this.all = [];
    this.cached = {}; /* what is put together of all, until one of them changes */
    this.own = this.add('');
  }

  /* origin: '' for the monitor that serves the page. */
  add(origin) {
    const monitor = new Connection(origin);
    const pass = name =>
      monitor.addEventListener(name, ({ detail }) => {
        this.cached = {};
        this.dispatchEvent(new CustomEvent(name, { detail: { monitor, detail } }));
      });
    this.all.push(monitor);
    ['cameras', 'events', 'lost', 'token', 'gone', 'back'].forEach(pass);
    if (!origin) monitor.addEventListener('cameras', () => this.meet());
    return monitor;
  }

  /* Once the own monitor has named the others. */
  meet() {
    const known = this.all.map(({ origin }) => origin);
    for (const origin of this.own.peers.filter(peer => !known.includes(peer))) this.add(origin).start();
  }

  firstOf(monitor) {
    return this.all
      .slice(0, this.all.indexOf(monitor))
      .reduce((n, { cameras }) => n + cameras.length, 0);
  }

  get isThere() {
    return this.all.every(monitor => monitor.isThere);
  }

  get cameras() {
    return (this.cached.cameras ??= this.all.flatMap(monitor =>
      monitor.cameras.map(camera => ({
        ...camera,
        ...(monitor.isThere ? {} : { watching: false, reason: t('gone'), warnings: [] }),
        name: monitor.label(camera.name),
        camera: this.firstOf(monitor) + camera.camera,
        monitor,
        number: camera.camera,
      })),
    ));
  }

  /* {id, camera, event, monitor}, by arrival. */
  get events() {
    return (this.cached.events ??= this.all
      .flatMap(monitor => {
        const first = this.firstOf(monitor);
        return monitor.events.map(item => ({ ...item, camera: first + item.camera, monitor }));
      })
      .sort((a, b) => a.received - b.received));
  }
}
