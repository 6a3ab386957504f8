/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The data in the page:
 *   recording   name, id (a hash of the events), duration and seen (ns; seen: with a face),
 *               width, height, codec, complete, problem
 *   video       URL of the video; '' when embedded; absent without one
 *   settings    of microexpr, name=value
 *   frames      the times of the frames: LEB128 steps in microseconds, base64
 *   motion      bin-ns, box-ns, most (% of the interpupillary distance; a byte b below stands for
 *               (b / 255)^2 of it)
 *   faces       id, first, last, seen (ns), bin and first-box (numbers of the first ones), and per
 *               row bytes as base64; units: the same per unit, zeros in a row shortened; unit-noise:
 *               of units, as a share of noise; boxes: px
 *   warnings    reason, face, start, end (ns), value, limit, unit
 *   events      fields (of microexpr-event.schema.json), arrows (place in the portrait in px,
 *               motion in % of the interpupillary distance)
 * and pictures and the video, each as base64 in a script element of its own. */

const ROWS = ['face', 'brows', 'eyes', 'midface', 'mouth'];

function decodeBytes(base64) {
  const text = atob(base64),
    bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/* Times of the frames in seconds. */
function decodeFrames(base64) {
  const bytes = decodeBytes(base64),
    times = new Float64Array(bytes.length);
  let n = 0,
    us = 0,
    step = 0,
    scale = 1;
  for (const byte of bytes) {
    step += (byte & 0x7f) * scale;
    scale *= 128;
    if (byte & 0x80) continue;
    us += step;
    times[n++] = us / 1e6;
    step = 0;
    scale = 1;
  }
  return times.slice(0, n);
}

/* The frame on screen at that time. */
function frameAt(times, time) {
  let low = 0,
    high = times.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (times[middle] <= time + 0.0006) low = middle; /* Matroska rounds to ms */
    else high = middle - 1;
  }
  return low;
}

function nearestFrame(times, time) {
  const frame = frameAt(times, time),
    after = Math.min(frame + 1, times.length - 1);
  return times[after] - time < time - times[frame] ? after : frame;
}

/* Bytes in which a zero stands for as many as the LEB128 number after it. */
function decodeZeros(base64) {
  const bytes = decodeBytes(base64),
    out = [];
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i]) {
      out.push(bytes[i]);
      continue;
    }
    let n = 0,
      scale = 1;
    do {
      i++;
      n += (bytes[i] & 0x7f) * scale;
      scale *= 128;
    } while (bytes[i] & 0x80);
    for (; n > 0; n--) out.push(0);
  }
  return Uint8Array.from(out);
}

/* Maxima of pairs, repeatedly: a level for each zoom of the timeline. */
function buildLevels(bytes) {
  const levels = [bytes];
  while (levels.at(-1).length > 1) {
    const fine = levels.at(-1),
      coarse = new Uint8Array(Math.ceil(fine.length / 2));
    for (let i = 0; i < fine.length; i++) coarse[i >> 1] = Math.max(coarse[i >> 1], fine[i]);
    levels.push(coarse);
  }
  return levels;
}

/* The motion and the place of a face, decoded when first drawn. */
class Face {
  constructor(raw, motion) {
    this.id = raw.id;
    this.first = raw.first * NS;
    this.last = raw.last * NS;
    this.seen = raw.seen * NS;
    this.raw = raw;
    this.bin = motion['bin-ns'] * NS;
    this.most = motion.most;
    this.levels = {};
    this.step = motion['box-ns'] * NS;
  }

  /* Units that moved at any time, by number. */
  get units() {
    return Object.keys(this.raw.units ?? {}).sort((a, b) => a.slice(2) - b.slice(2));
  }

  /* What the error of measurement makes of a unit's strength: a share of the face's noise; undefined
   * where it moved too briefly to tell. */
  unitNoise(unit) {
    return this.raw['unit-noise']?.[unit];
  }

  bytesOf(row) {
    return row in this.raw ? decodeBytes(this.raw[row]) : decodeZeros(this.raw.units[row]);
  }

  get boxes() {
    this.places ??= new Uint16Array(decodeBytes(this.raw.boxes ?? '').buffer);
    return this.places;
  }

  /* Its box then, {x, y, width, height} in px of the picture, between those that are known; null
   * while it was not seen. */
  boxAt(time) {
    const at = time / this.step - (this.raw['first-box'] ?? 0),
      i = Math.floor(at);
    const [a, b] = [i, i + 1].map(n => this.boxes.subarray(4 * n, 4 * n + 4));
    if (at < 0 || !a[2]) return null;
    const part = b?.[2] ? at - i : 0;
    const [x, y, width, height] = Array.from(a, (value, k) => value + part * ((b?.[k] ?? 0) - value));
    return { x, y, width, height };
  }

  /* The largest motion between two times, % of the interpupillary distance. row: of ROWS, or a unit. */
  largest(row, from, to) {
    const levels = (this.levels[row] ??= buildLevels(this.bytesOf(row)));
    const first = this.raw.bin;
    let a = Math.floor(from / this.bin) - first,
      b = Math.ceil(to / this.bin) - first,
      level = 0;
    while (b - a > 4 && level < levels.length - 1) {
      a >>= 1;
      b = (b + 1) >> 1;
      level++;
    }
    let most = 0;
    for (let i = Math.max(a, 0); i < Math.min(Math.max(b, a + 1), levels[level].length); i++)
      most = Math.max(most, levels[level][i]);
    return (most / 255) ** 2 * this.most;
  }
}

/* An event with its times in seconds. index: its number by onset, from 0, which also names its
 * pictures; key, identity: see codings.js; codes: its units as FACS coders write them, without
 * intensity, which is left to the coder. */
function readEvent(raw, index) {
  const fields = raw.fields;
  const { id, kind, face, onset, apex, offset } = fields;
  const units = Object.keys(fields['action-units']);
  return {
    index,
    fields,
    key: String(id),
    identity: { id, kind, face, onset, apex, offset },
    arrows: raw.arrows,
    onset: onset * NS,
    apex: apex * NS,
    offset: offset * NS,
    kind,
    face,
    emotion: fields.emotion,
    units,
    codes: sortCodes(fields.facs?.replace(/[A-E]/g, '').split('+') ?? units.map(u => u.slice(2))),
    confidence: fields.confidence,
    candidate: fields.candidate ?? false,
    intensity: fields.intensity,
  };
}

/* What the page of a recording and the index page of a folder have in common. */
function readTimes({ frames, recording, settings }) {
  const times = decodeFrames(frames);
  return {
    times,
    duration: Math.max(recording.duration * NS, times.at(-1) ?? 0),
    seen: recording.seen * NS,
    emotions: settings.every(setting => setting !== 'interpretation=action-units'),
  };
}

function readReport() {
  const raw = JSON.parse(byId('data').textContent);
  return {
    ...raw,
    ...readTimes(raw),
    faces: raw.faces.map(face => new Face(face, raw.motion)),
    events: raw.events.map(readEvent),
    warnings: raw.warnings.map(w => ({ ...w, start: w.start * NS, end: w.end * NS })),
  };
}

/* The URL of a picture, `onset` or `apex`, or null. */
function pictureOf(event, moment) {
  const script = byId(`${moment}-${event.index}`);
  return script && 'data:image/jpeg;base64,' + script.textContent;
}
