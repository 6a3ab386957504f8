/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The timeline: the whole recording as a strip, and below it the visible part, with events and the
 * motion of the face and its regions. Only the visible part is drawn, at most once per display
 * frame. */

const STRIP = 26,
  RULER = 18,
  LANE = 22,
  MOST_LANES = 6,
  ROW = 40,
  UNIT_ROW = 24,
  GAP = 4,
  MARGIN = 84; /* px */
const SHORTEST = 0.5; /* s, the closest zoom */
const LEAST_SCALE = 2; /* % of the interpupillary distance, least full scale of a row */
const STEPS = [
  0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600,
];

class Timeline extends EventTarget {
  constructor(canvas, report) {
    super();
    this.canvas = canvas;
    this.context = canvas.getContext('2d');
    this.report = report;
    this.shownFace = report.faces[0];
    this.shownCurves = 'regions';
    this.position = 0;
    this.selected = null;
    this.colorOf = () => '#888';
    this.from = 0;
    this.to = Math.max(report.duration, SHORTEST);
    this.events = [];
    new ResizeObserver(() => this.resize()).observe(canvas);
    this.listen();
    this.readColors();
  }

  /* By onset. Those that overlap lie in lanes below each other. */
  set events(events) {
    this.all = events;
    this.lanes = new Map();
    const ends = [];
    for (const event of events) {
      let lane = ends.findIndex(end => end <= event.onset);
      if (lane < 0) lane = Math.min(ends.length, MOST_LANES - 1);
      ends[lane] = Math.max(ends[lane] ?? 0, event.offset);
      this.lanes.set(event, lane);
    }
    this.rowsTop = STRIP + RULER + Math.max(ends.length, 1) * LANE;
    this.layOut();
  }

  /* After a change of what determines the rows. */
  layOut() {
    const known = this.shownFace?.units ?? [],
      found = new Set(this.report.events.filter(e => e.face === this.shownFace?.id).flatMap(e => e.units));
    const units = known.filter(unit => found.has(unit));
    this.rows = this.shownCurves === 'units' ? (units.length ? units : known) : ROWS;
    this.rowHeight = this.shownCurves === 'units' ? UNIT_ROW : ROW;
    this.height = this.rowsTop + this.rows.length * (this.rowHeight + GAP) + 8;
    this.canvas.style.height = `${this.height}px`;
    this.draw();
  }

  get face() {
    return this.shownFace;
  }

  /* The face whose motion is shown. */
  set face(face) {
    this.shownFace = face;
    this.layOut();
  }

  /* What of it: `regions`, or `units` that it moved in any event. */
  set curves(curves) {
    this.shownCurves = curves;
    this.layOut();
  }

  get events() {
    return this.all;
  }

  get end() {
    return Math.max(this.report.duration, SHORTEST);
  }

  listen() {
    const { canvas } = this;
    canvas.addEventListener('wheel', e => this.onWheel(e), { passive: false });
    canvas.addEventListener('pointerdown', e => this.onDown(e));
    canvas.addEventListener('pointermove', e => this.onMove(e));
    canvas.addEventListener('pointerup', e => this.onUp(e));
    canvas.addEventListener('pointercancel', () => {
      this.drag = null;
    });
  }

  resize() {
    const ratio = window.devicePixelRatio || 1;
    this.width = this.canvas.clientWidth;
    this.canvas.width = Math.round(this.width * ratio);
    this.canvas.height = Math.round(this.height * ratio);
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.draw();
  }

  readColors() {
    const style = getComputedStyle(document.documentElement);
    this.colors = {};
    for (const name of ['text', 'dim', 'line', 'panel', 'motion', 'noise', 'accent', 'shade'])
      this.colors[name] = style.getPropertyValue(`--${name}`).trim();
    this.draw();
  }

  /* --- visible part --- */

  setView(from, to) {
    const span = Math.min(Math.max(to - from, SHORTEST), this.end);
    this.from = Math.min(Math.max(from, 0), this.end - span);
    this.to = this.from + span;
    this.draw();
  }

  /* factor > 1 zooms out; the time `about` stays in place. */
  zoom(factor, about = this.position) {
    const at = Math.min(Math.max(about, this.from), this.to);
    this.setView(at - (at - this.from) * factor, at + (this.to - at) * factor);
  }

  showAll() {
    this.setView(0, this.end);
  }

  showEvent(event) {
    const span = Math.max(4 * (event.offset - event.onset), 3);
    this.setView((event.onset + event.offset - span) / 2, (event.onset + event.offset + span) / 2);
  }

  /* Scrolls when the position has left the visible part. */
  follow() {
    const span = this.to - this.from;
    if (this.position < this.from || this.position > this.to)
      this.setView(this.position - span / 5, this.position + (4 * span) / 5);
  }

  setPosition(time, text) {
    this.position = time;
    this.canvas.setAttribute('aria-valuemax', Math.round(this.end * 1000) / 1000);
    this.canvas.setAttribute('aria-valuenow', Math.round(time * 1000) / 1000);
    this.canvas.setAttribute('aria-valuetext', text);
    if (!this.drag) this.follow();
    this.draw();
  }

  /* --- places --- */

  get plotWidth() {
    return Math.max(this.width - MARGIN - 8, 1);
  }

  x(time) {
    return MARGIN + ((time - this.from) / (this.to - this.from)) * this.plotWidth;
  }

  timeAt(x) {
    return this.from + ((x - MARGIN) / this.plotWidth) * (this.to - this.from);
  }

  stripTime(x) {
    return ((x - MARGIN) / this.plotWidth) * this.end;
  }

  /* The event under the pointer, the one drawn last; one a few pixels away if none is there. */
  eventAt(x, y) {
    const lane = Math.floor((y - STRIP - RULER) / LANE);
    if (x < MARGIN || y >= this.rowsTop) return null;
    const there = this.visibleEvents().filter(event => this.lanes.get(event) === lane);
    const within = px => event =>
      x >= this.x(event.onset) - px && x <= Math.max(this.x(event.offset), this.x(event.onset) + 3) + px;
    return there.findLast(within(0)) ?? there.findLast(within(4)) ?? null;
  }

  /* --- the pointer --- */

  onWheel(e) {
    if (e.deltaX && Math.abs(e.deltaX) > Math.abs(e.deltaY)) {
      const shift = (e.deltaX / this.plotWidth) * (this.to - this.from);
      this.setView(this.from + shift, this.to + shift);
    } else if (e.ctrlKey || e.shiftKey || e.altKey) {
      this.zoom(Math.exp(e.deltaY * 0.004), this.timeAt(e.offsetX));
    } else {
      return; /* let the page scroll */
    }
    e.preventDefault();
  }

  /* The boundary of the selected event under the pointer; none where it is too short to tell them
   * apart. */
  boundaryAt(x, y) {
    const event = this.selected;
    if (!event || this.lanes.get(event) !== Math.floor((y - STRIP - RULER) / LANE)) return null;
    if (this.x(event.offset) - this.x(event.onset) < 24) return null;
    return ['onset', 'offset', 'apex'].find(moment => Math.abs(this.x(event[moment]) - x) <= 5) ?? null;
  }

  onDown(e) {
    this.canvas.setPointerCapture(e.pointerId);
    this.drag = {
      moment: this.boundaryAt(e.offsetX, e.offsetY),
      x: e.offsetX,
      from: this.from,
      to: this.to,
      strip: e.offsetY < STRIP,
      moved: false,
    };
    if (this.drag.strip) this.center(this.stripTime(e.offsetX));
  }

  center(time) {
    const half = (this.to - this.from) / 2;
    this.setView(time - half, time + half);
  }

  onMove(e) {
    const { drag } = this;
    const moment = drag ? drag.moment : this.boundaryAt(e.offsetX, e.offsetY);
    const event = this.eventAt(e.offsetX, e.offsetY);
    this.canvas.style.cursor = moment ? 'ew-resize' : event ? 'pointer' : 'default';
    if (!drag) return;
    const moved = e.offsetX - drag.x;
    drag.moved ||= Math.abs(moved) > 4;
    if (drag.strip) {
      this.center(this.stripTime(e.offsetX));
    } else if (drag.moved && drag.moment) {
      drag.time = Math.min(Math.max(this.timeAt(e.offsetX), 0), this.end);
      this.dispatchEvent(new CustomEvent('seek', { detail: drag.time }));
    } else if (drag.moved) {
      const shift = (moved / this.plotWidth) * (drag.to - drag.from);
      this.setView(drag.from - shift, drag.to - shift);
    }
  }

  onUp(e) {
    const { drag } = this;
    this.drag = null;
    if (drag?.time !== undefined)
      this.dispatchEvent(
        new CustomEvent('move', { detail: { moment: drag.moment, time: drag.time } }),
      );
    if (!drag || drag.strip || drag.moved) return;
    const event = this.eventAt(e.offsetX, e.offsetY);
    this.dispatchEvent(
      event
        ? new CustomEvent('event', { detail: event })
        : new CustomEvent('seek', {
            detail: Math.min(Math.max(this.timeAt(e.offsetX), 0), this.end),
          }),
    );
  }

  /* --- drawing --- */

  draw() {
    if (this.pending || !this.width) return;
    this.pending = requestAnimationFrame(() => {
      this.pending = null;
      this.drawNow();
    });
  }

  drawNow() {
    const c = this.context;
    c.clearRect(0, 0, this.width, this.height);
    c.font = '11px system-ui, sans-serif';
    c.textBaseline = 'middle';
    this.drawStrip(c);
    this.drawRuler(c, STRIP);
    c.save();
    c.beginPath();
    c.rect(MARGIN, STRIP, this.plotWidth, this.height - STRIP);
    c.clip();
    this.drawSpans(c);
    this.drawEvents(c);
    c.restore();
    this.label(c, t('row.events'), STRIP + RULER + LANE / 2);
    this.rows.forEach((row, i) => this.drawRow(c, row, this.rowsTop + 6 + i * (this.rowHeight + GAP)));
    this.drawPosition(c);
  }

  label(c, text, y) {
    c.fillStyle = this.colors.dim;
    c.textAlign = 'right';
    c.fillText(text, MARGIN - 8, y);
  }

  drawStrip(c) {
    const scale = this.plotWidth / this.end,
      y = 4,
      height = STRIP - 8;
    c.fillStyle = this.colors.shade;
    c.fillRect(MARGIN, y, this.plotWidth, height);
    for (const event of this.events) {
      c.fillStyle = this.colorOf(event);
      c.fillRect(
        MARGIN + event.onset * scale,
        y + 2,
        Math.max((event.offset - event.onset) * scale, 2),
        height - 4,
      );
    }
    c.strokeStyle = this.colors.accent;
    c.lineWidth = 1.5;
    c.strokeRect(
      MARGIN + this.from * scale,
      y - 1,
      Math.max((this.to - this.from) * scale, 3),
      height + 2,
    );
    c.fillStyle = this.colors.text;
    c.fillRect(MARGIN + this.position * scale - 0.5, y - 3, 1, height + 6);
    this.label(c, t('row.recording'), STRIP / 2);
  }

  drawRuler(c, y) {
    const least = (70 / this.plotWidth) * (this.to - this.from);
    const step = STEPS.find(s => s >= least) ?? 7200;
    const digits = step < 0.1 ? 2 : step < 1 ? 1 : 0;
    c.textAlign = 'center';
    for (let n = Math.ceil(this.from / step); n * step <= this.to; n++) {
      const x = this.x(n * step);
      c.fillStyle = this.colors.line;
      c.fillRect(x, y + RULER - 4, 1, this.height - y - RULER);
      c.fillStyle = this.colors.dim;
      if (x > MARGIN + 12 && x < this.width - 24)
        c.fillText(formatTime(n * step, digits), x, y + 7);
    }
  }

  /* A band over all rows for each event. */
  drawSpans(c) {
    for (const event of this.visibleEvents()) {
      const chosen = event === this.selected;
      c.fillStyle = chosen ? this.colors.accent : this.colorOf(event);
      c.globalAlpha = (chosen ? 0.22 : 0.12) * this.presence(event);
      c.fillRect(
        this.x(event.onset),
        STRIP + RULER,
        Math.max(this.x(event.offset) - this.x(event.onset), 1),
        this.height,
      );
    }
    c.globalAlpha = 1;
  }

  /* Dims events of faces whose motion is not shown. */
  presence(event) {
    return event.face === this.face?.id ? 1 : 0.35;
  }

  /* In the order of drawing: the selected one, and those of the face whose motion is shown, lie on
   * top. */
  visibleEvents() {
    const rank = event => (event === this.selected ? 2 : event.face === this.face?.id ? 1 : 0);
    return this.events
      .filter(event => event.offset >= this.from && event.onset <= this.to)
      .sort((a, b) => rank(a) - rank(b));
  }

  drawEvents(c) {
    for (const event of this.visibleEvents()) {
      const y = STRIP + RULER + this.lanes.get(event) * LANE,
        x = this.x(event.onset),
        width = Math.max(this.x(event.offset) - x, 3),
        apex = this.x(event.apex);
      c.fillStyle = this.colorOf(event);
      c.globalAlpha = this.presence(event);
      c.fillRect(x, y + 5, width, LANE - 10);
      c.beginPath();
      c.moveTo(apex - 4, y);
      c.lineTo(apex + 4, y);
      c.lineTo(apex, y + 5);
      c.fill();
      c.globalAlpha = 1;
      if (event !== this.selected) continue;
      c.strokeStyle = this.colors.accent;
      c.lineWidth = 2;
      c.strokeRect(x - 2, y + 3, width + 4, LANE - 6);
      this.drawFound(c, event, y);
    }
  }

  /* Where the analysis found an event that the coder moved. */
  drawFound(c, { fields, onset, offset }, y) {
    const from = fields.onset * NS,
      to = fields.offset * NS;
    if (Math.abs(from - onset) + Math.abs(to - offset) < 1e-6) return;
    c.fillStyle = this.colors.dim;
    c.fillRect(this.x(from), y + LANE - 4, Math.max(this.x(to) - this.x(from), 2), 2);
  }

  drawRow(c, row, y) {
    const { face, rowHeight } = this,
      bottom = y + rowHeight,
      ofUnit = !ROWS.includes(row);
    this.label(c, ofUnit ? row : t(`row.${row}`), y + rowHeight / 2);
    c.fillStyle = this.colors.line;
    c.fillRect(MARGIN, bottom, this.plotWidth, 1);
    if (!face) return;
    const values = this.sample(row),
      scale = rowHeight / Math.max(LEAST_SCALE, ...values);
    this.area(c, values, bottom, scale, this.colors.motion);
    const share = ofUnit ? face.unitNoise(row) : row === 'face' ? 1 : undefined;
    if (share !== undefined) {
      const noise = this.sample('noise').map(value => share * value);
      this.area(c, noise, bottom, scale, this.colors.noise);
    }
    c.fillStyle = this.colors.dim;
    c.textAlign = 'right';
    c.font = '9px system-ui, sans-serif';
    if (!ofUnit) c.fillText(`${formatNumber(rowHeight / scale, 1)} %`, MARGIN - 8, y + 5);
    this.tellNow(c, row, y + 5);
    c.font = '11px system-ui, sans-serif';
  }

  /* Its value at the position, beside the line that marks it. */
  tellNow(c, row, y) {
    const x = this.x(this.position),
      value = this.face.largest(row, this.position, this.position + 1e-6);
    if (x < MARGIN || x > this.width - 44 || value < 0.05) return;
    c.textAlign = 'left';
    c.fillStyle = this.colors.text;
    c.fillText(`${formatNumber(value, 1)}${this.errorOf(row)} %`, x + 4, y);
  }

  /* " ± 0.2": the noise of a unit at the position; nothing where it is not known. */
  errorOf(row) {
    const share = ROWS.includes(row) ? undefined : this.face.unitNoise(row);
    if (share === undefined) return '';
    const noise = share * this.face.largest('noise', this.position, this.position + 1e-6);
    return ` ± ${formatNumber(noise, 1)}`;
  }

  /* One value per pixel. */
  sample(row) {
    const n = Math.ceil(this.plotWidth),
      span = (this.to - this.from) / this.plotWidth;
    return Float32Array.from({ length: n }, (_, i) =>
      this.face.largest(row, this.from + i * span, this.from + (i + 1) * span),
    );
  }

  area(c, values, bottom, scale, color) {
    c.fillStyle = color;
    c.beginPath();
    c.moveTo(MARGIN, bottom);
    values.forEach((value, i) => c.lineTo(MARGIN + i + 0.5, bottom - value * scale));
    c.lineTo(MARGIN + values.length, bottom);
    c.fill();
  }

  drawPosition(c) {
    const x = this.x(this.position);
    if (x < MARGIN - 1 || x > this.width - 7) return;
    c.fillStyle = this.colors.text;
    c.fillRect(x - 0.5, STRIP + 2, 1, this.height);
  }
}
