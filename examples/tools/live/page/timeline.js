/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The last minutes of one camera: when it was watched, and its events by kind. */

const SPAN_MS = 5 * 60e3,
  KINDS = ['micro', 'macro', 'blink'],
  LABEL_WIDTH = 70,
  TOP = 18,
  LANE_HEIGHT = 24,
  LEAST_WIDTH = 3; /* px of an event */

class Timeline {
  /* play(item): an event's recording; the list has it for the keyboard. */
  constructor(svg, play) {
    this.svg = svg;
    this.play = play;
    this.watched = new Map(); /* camera -> [{from, to}], ms */
  }

  /* Notes which cameras are watched now. */
  note(cameras, now) {
    for (const { camera, watching } of cameras) {
      const spans = this.watched.get(camera) ?? [];
      const last = spans.at(-1);
      if (watching && last && now - last.to < 3 * POLL_MS) last.to = now;
      else if (watching) spans.push({ from: now, to: now });
      this.watched.set(
        camera,
        spans.filter(({ to }) => to > now - SPAN_MS),
      );
    }
  }

  draw({ camera, recorded }, events, now) {
    const width = this.svg.clientWidth || 600;
    const x = ms => LABEL_WIDTH + ((ms - now + SPAN_MS) / SPAN_MS) * (width - LABEL_WIDTH - 8);
    const line = (name, from, to, y, ...children) =>
      element('line', { class: name, x1: from, x2: to, y1: y, y2: y }, ...children);
    const text = (at, y, words) => {
      const node = document.createElementNS(this.svg.namespaceURI, 'text');
      node.setAttribute('x', at);
      node.setAttribute('y', y);
      node.textContent = words;
      return node;
    };
    const shown = events.filter(({ event }) => timeOf(event) > now - SPAN_MS);
    const nodes = [];
    for (let minute = 1; minute < SPAN_MS / 60e3; minute++)
      nodes.push(text(x(now - minute * 60e3) - 14, 12, `−${t('time.min', { n: minute })}`));
    KINDS.forEach((kind, lane) => {
      const y = TOP + lane * LANE_HEIGHT + LANE_HEIGHT / 2;
      nodes.push(text(6, y + 4, t(`kind.${kind}`)), line('lane', LABEL_WIDTH, width - 8, y));
      for (const item of shown.filter(({ event }) => event.kind === kind)) {
        const { event } = item;
        const from = Math.max(x(timeOf(event)), LABEL_WIDTH);
        const to = Math.max(x(timeOf(event) + event.duration / 1e6), from + LEAST_WIDTH);
        const node = line(`event ${kind}`, from, to, y, element('title', { text: describeEvent(event) }));
        if (recorded) node.onclick = () => this.play(item);
        node.classList.toggle('recorded', Boolean(recorded));
        nodes.push(node);
      }
    });
    const ground = TOP + KINDS.length * LANE_HEIGHT + 12;
    nodes.push(text(6, ground + 4, t('state.watching')));
    for (const { from, to } of this.watched.get(camera) ?? [])
      nodes.push(line('watched', Math.max(x(from), LABEL_WIDTH), Math.max(x(to), LABEL_WIDTH), ground));
    this.svg.setAttribute(
      'aria-label',
      t('timeline.label', { n: shown.length, minutes: SPAN_MS / 60e3 }),
    );
    this.svg.replaceChildren(...nodes);
  }
}
