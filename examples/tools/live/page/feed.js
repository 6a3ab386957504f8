/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The events of all cameras, newest first, as far as they pass the filters. */

const MOST_ROWS = 200;
const EMOTIONS = ['happiness', 'sadness', 'anger', 'fear', 'disgust', 'surprise', 'other', 'contempt'];

const describeEvent = event =>
  [
    t(`kind.${event.kind}`),
    event.facs,
    event.emotion && word('emotion', event.emotion),
    t('time.ms', { n: Math.round(event.duration / 1e6) }),
  ]
    .filter(Boolean)
    .join(' · ');

class Feed {
  /* open(camera); play(item): an event's recording. */
  constructor(connection, open, play) {
    this.connection = connection;
    this.open = open;
    this.play = play;
    this.filters = { camera: '', kind: '', emotion: '' };
    for (const name of Object.keys(this.filters))
      byId(`filter-${name}`).onchange = ({ target }) => {
        this.filters[name] = target.value;
        this.draw();
      };
  }

  fill(name, choices) {
    const select = byId(`filter-${name}`);
    const option = ([value, text]) => element('option', { value, text });
    select.replaceChildren(option(['', t('feed.all')]), ...choices.map(option));
    select.value = this.filters[name];
  }

  isRecorded({ camera }) {
    return Boolean(this.connection.cameras[camera]?.recorded);
  }

  /* In the chosen language, and when the cameras are known. */
  fillFilters() {
    this.fill(
      'camera',
      this.connection.cameras.map(({ camera, name }) => [camera, name]),
    );
    this.fill(
      'kind',
      KINDS.map(kind => [kind, t(`kind.${kind}`)]),
    );
    this.fill(
      'emotion',
      EMOTIONS.map(emotion => [emotion, t(`emotion.${emotion}`)]),
    );
    byId('feed-head').replaceChildren(
      ...['time', 'camera', 'kind', 'units', 'emotion', 'confidence', 'duration'].map(name =>
        element('th', { scope: 'col', text: t(`feed.${name}`) }),
      ),
    );
  }

  passes({ camera, event }) {
    const { filters } = this;
    return (
      (filters.camera === '' || camera === Number(filters.camera)) &&
      (filters.kind === '' || event.kind === filters.kind) &&
      (filters.emotion === '' || event.emotion === filters.emotion)
    );
  }

  /* In the first column, which a phone shows; named by the event, since there are many of them. */
  makeButton(item) {
    return element('button', {
      type: 'button',
      text: `▶ ${formatTime(timeOf(item.event))}`,
      title: t('feed.play'),
      'aria-label': `${t('feed.play')}: ${formatTime(timeOf(item.event))} ${describeEvent(item.event)}`,
      onclick: () => this.play(item),
    });
  }

  makeRow(item) {
    const { camera, event, monitor } = item;
    const cell = (text, name) => element('td', { class: name, text: text ?? '' });
    const open = () => this.open(camera);
    return element(
      'tr',
      {},
      this.isRecorded(item)
        ? element('td', {}, this.makeButton(item))
        : cell(formatTime(timeOf(event))),
      element('td', {}, element('button', { type: 'button', text: monitor.label(event.source), onclick: open })),
      element('td', {}, element('span', { class: `dot ${event.kind}` }), t(`kind.${event.kind}`)),
      cell(event.facs),
      cell(event.emotion && word('emotion', event.emotion)),
      cell(`${formatNumber(100 * event.confidence)} %`, 'number'),
      cell(t('time.ms', { n: Math.round(event.duration / 1e6) }), 'number'),
    );
  }

  draw() {
    const found = this.connection.events.filter(item => this.passes(item));
    const shown = found.slice(-MOST_ROWS).reverse();
    byId('feed-count').textContent = t('feed.count', {
      shown: shown.length,
      n: this.connection.events.length,
    });
    byId('events').replaceChildren(...shown.map(item => this.makeRow(item)));
  }
}
