/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The data in the page:
 *   recording   name, id (a hash of the events), duration and seen (ns; seen: with a face),
 *               width, height, codec, complete, problem
 *   video       URL of the video; '' when embedded; absent without one
 *   settings    of microexpr, name=value
 *   frames      the times of the frames: LEB128 steps in microseconds, base64
 *   motion      bin-ns, most (% of the interpupillary distance; a byte b below stands for
 *               (b / 255)^2 of it)
 *   faces       id, first, last, seen (ns), bin (number of the first one), and per row bytes as
 *               base64
 *   warnings    reason, face, start, end (ns), value, limit, unit
 *   events      fields (of microexpr-event.schema.json), arrows (place in the portrait in px,
 *               motion in % of the interpupillary distance)
 * and pictures and the video, each as base64 in a script element of its own. */

const ROWS = [
  ['face', 'whole face'],
  ['brows', 'brows'],
  ['eyes', 'eyes'],
  ['midface', 'nose, cheeks'],
  ['mouth', 'mouth'],
];

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

/* The motion of a face, decoded when first drawn. */
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
  }

  /* The largest motion of a row between two times, % of the interpupillary distance. */
  largest(row, from, to) {
    const levels = (this.levels[row] ??= buildLevels(decodeBytes(this.raw[row])));
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

function readReport() {
  const raw = JSON.parse(byId('data').textContent);
  const times = decodeFrames(raw.frames);
  return {
    ...raw,
    times,
    duration: Math.max(raw.recording.duration * NS, times.at(-1) ?? 0),
    seen: raw.recording.seen * NS,
    faces: raw.faces.map(face => new Face(face, raw.motion)),
    events: raw.events.map(readEvent),
    emotions: raw.settings.every(setting => setting !== 'interpretation=action-units'),
    warnings: raw.warnings.map(w => ({ ...w, start: w.start * NS, end: w.end * NS })),
  };
}

/* The URL of a picture, `onset` or `apex`, or null. */
function pictureOf(event, moment) {
  const script = byId(`${moment}-${event.index}`);
  return script && 'data:image/jpeg;base64,' + script.textContent;
}
