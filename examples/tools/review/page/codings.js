/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What coders decided. Each coder has a set of entries:
 *   key                   of what
 *   17                    the event of that id in this analysis
 *   +1                    an event that the coder added
 *   ?1                    a coding from elsewhere that fits no event here, to be placed
 * An entry is the event as found, or as added, `id kind face onset apex offset` (ns), and `review`,
 * as in microexpr-review.schema.json. Every change is a step, [coder, key, entry or undefined] for
 * each entry it changes; doing one yields the step that undoes it. */

const EMOTIONS = ['happiness', 'sadness', 'anger', 'fear', 'disgust', 'surprise', 'other'];
/* Contempt is none of the six emotions: whoever uses it follows a convention of theirs, and so does
 * a label of one's own, which an entry has as `own-label`, with the label `other`. */
const LABELS = [...EMOTIONS, 'contempt'];
const LONGEST_LABEL = 40; /* characters, as in the schema */

/* A label as a reader sees it. */
const nameLabel = label => (LABELS.includes(label) || label === 'none' ? t(label) : label);

/* For a style sheet. */
function colorOf(label, kind) {
  if (!label) return `var(--${kind})`;
  return `var(--${LABELS.includes(label) ? label : 'contempt'})`;
}

/* The fields of `review` for a label. */
const fieldsOfLabel = label =>
  label === undefined || LABELS.includes(label)
    ? { label, 'own-label': undefined }
    : { label: 'other', 'own-label': label };

/* Whose convention it is: the coder's own, or that of the six emotions. */
const isOwnLabel = label => Boolean(label) && !EMOTIONS.includes(label);
const MOMENTS = ['onset', 'apex', 'offset'];

const splitFacs = facs => facs.split('+').filter(Boolean);

/* Without fields that say nothing; no units, '', says something. */
function withoutEmpty(review) {
  return Object.fromEntries(
    Object.entries(review).filter(([name, value]) => value || value === 0 || (name === 'facs' && value === '')),
  );
}

const SHORTEST_EVENT = 1e6; /* ns */

function moveMoment({ onset, apex, offset }, moment, to) {
  const least = SHORTEST_EVENT;
  if (moment === 'onset') return { onset: to, apex: Math.max(apex, to), offset: Math.max(offset, to + least) };
  if (moment === 'apex') return { onset: Math.min(onset, to), apex: to, offset: Math.max(offset, to) };
  const end = Math.max(to, least);
  return { onset: Math.min(onset, end - least), apex: Math.min(apex, end), offset: end };
}

/* An event that a coder added, with what the page needs of an event. */
function makeAdded(key, entry) {
  return fillAdded({ key, index: -1, added: true, arrows: [], units: [], codes: [] }, entry);
}

function fillAdded(event, { kind, face, onset, apex, offset }) {
  const identity = { kind, face, onset, apex, offset };
  return Object.assign(event, {
    kind,
    face,
    identity,
    fields: { ...identity, 'action-units': {}, left: {}, right: {} },
  });
}

const readSchema = () => new Schema(JSON.parse(byId('schema').textContent));

class Codings extends EventTarget {
  /* looking: what is read from an earlier analysis is not stored as that of this one. */
  constructor(report, looking = false) {
    super();
    this.report = report;
    this.looking = looking;
    this.schema = readSchema();
    this.store = new Store(report, this.schema);
    this.done = []; /* steps that undo, the last one last */
    this.undone = [];
    this.merging = null;
    this.addedEvents = new Map();
    this.taken = null; /* {placed, unplaced} from an earlier analysis */
    this.load();
    addEventListener('storage', e => {
      if (e.storageArea !== localStorage || (e.key && e.key !== this.store.place)) return;
      if (this.catchUp()) this.changed(null);
    });
  }

  load() {
    const stored = this.store.read();
    this.sets = stored?.sets ?? new Map();
    this.coder = this.store.coderOfTab() ?? stored?.coder ?? '';
    const earlier = stored ? null : this.store.readEarlier();
    if (earlier) this.takeEarlier(earlier);
    if (this.store.asides().length && !this.looking) this.keep();
    this.setTimes();
  }

  takeEarlier({ coder, sets }) {
    this.taken = { placed: 0, unplaced: 0 };
    this.coder = coder;
    for (const [name, set] of sets) {
      const { entries, placed, unplaced } = placeEntries(set, this.report.events);
      this.sets.set(name, entries);
      this.taken.placed += placed;
      this.taken.unplaced += unplaced;
    }
    if (!this.looking) this.keep();
  }

  /* Whether another page of this analysis had changed something. */
  catchUp() {
    const stored = this.store.readChanges();
    if (!stored) return false;
    this.sets = stored.sets;
    this.merging = null;
    this.setTimes();
    return true;
  }

  keep() {
    if (!this.store.write(this.coder, this.sets)) this.dispatchEvent(new Event('lost'));
  }

  /* keys: of entries; null: anything. Tells the events that they are of, if there are any. */
  changed(keys) {
    const events = keys && this.events.filter(event => keys.includes(event.key));
    this.dispatchEvent(new CustomEvent('change', { detail: events }));
  }

  /* --- looking --- */

  setOf(coder) {
    return this.sets.get(coder) ?? new Map();
  }

  get own() {
    return this.setOf(this.coder);
  }

  coders() {
    return [...this.sets].filter(([, set]) => set.size).map(([name]) => name);
  }

  /* Those of the analysis and those that the coder added, by onset as coded. */
  get events() {
    this.listed ??= this.listEvents();
    return this.listed;
  }

  listEvents() {
    const added = [...this.own].filter(([key]) => key[0] === '+');
    return [...this.report.events, ...added.map(([key, entry]) => this.addedOf(key, entry))].sort(
      (a, b) => a.onset - b.onset,
    );
  }

  addedOf(key, entry) {
    const name = `${this.coder} ${key}`;
    if (!this.addedEvents.has(name)) this.addedEvents.set(name, makeAdded(key, entry));
    return this.setTimesOf(fillAdded(this.addedEvents.get(name), entry));
  }

  /* The same, to be looked at as another coder does. Times of events remain those of this one: ask
   * nsOf(). */
  seenBy(coder) {
    const other = Object.create(this);
    other.coder = coder;
    other.listed = null;
    return other;
  }

  /* What a coder made of the recording, as agreement.js takes it. */
  codedBy(coder) {
    const byKey = new Map(this.report.events.map(event => [event.key, event]));
    return [...this.setOf(coder)]
      .filter(([key]) => key[0] !== '?')
      .map(([key, { kind, face, onset, apex, offset, review }]) => {
        const { facs, ...rest } = review,
          event = byKey.get(key);
        const codes = facs === undefined ? (event?.codes ?? []) : splitFacs(facs);
        const label = review['own-label'] ?? review.label ?? event?.emotion;
        return {
          ...{ coder, key, kind, face, onset, apex, offset },
          ...{ ...rest, label, facs, codes, units: unitsOfCodes(codes) },
        };
      });
  }

  unplaced() {
    return [...this.own].filter(([key]) => key[0] === '?');
  }

  /* onset, apex, offset of an event (s) are those of the coder. */
  setTimes() {
    this.listed = null;
    for (const event of this.report.events) this.setTimesOf(event);
  }

  setTimesOf(event) {
    for (const moment of MOMENTS) event[moment] = this.nsOf(event, moment) * NS;
    return event;
  }

  nsOf(event, moment) {
    return this.of(event)[moment] ?? event.fields[moment];
  }

  of(event) {
    return this.own.get(event.key)?.review ?? {};
  }

  /* The coder's label and units, or else those found. */
  labelOf(event) {
    const { label, 'own-label': own } = this.of(event);
    return own ?? label ?? event.emotion;
  }

  /* Labels of one's own that any coder of this recording uses. */
  ownLabels() {
    const all = [...this.sets.values()].flatMap(set => [...set.values()]);
    return [...new Set(all.map(({ review }) => review['own-label']).filter(Boolean))].sort();
  }

  codesOf(event) {
    const { facs } = this.of(event);
    return facs === undefined ? event.codes : splitFacs(facs);
  }

  /* "AU6+12", "L12C+6" */
  describeUnits(event) {
    const coded = this.of(event).facs !== undefined;
    return coded ? joinCodes(this.codesOf(event)) : joinUnits(event.units);
  }

  unitsOf(event) {
    return unitsOfCodes(this.codesOf(event));
  }

  verdictOf(event) {
    return this.of(event).decision;
  }

  /* In a word; a candidate is one until the coder has decided. */
  stateOf(event) {
    if (event.added) return 'added';
    return this.verdictOf(event) ?? (event.candidate ? 'candidate' : 'undecided');
  }

  /* Whether it is an event to go on working with. */
  counts(event) {
    return !['rejected', 'candidate'].includes(this.stateOf(event));
  }

  isRelabeled(event) {
    const { label, facs, 'own-label': own } = this.of(event);
    return !event.added && [label, facs, own].some(value => value !== undefined);
  }

  isMoved(event) {
    return MOMENTS.some(moment => this.of(event)[moment] !== undefined);
  }

  /* --- changing --- */

  /* Steps in a row that merge under one name are undone as one. */
  do(entries, { coder = this.coder, merge = null } = {}) {
    const caught = this.catchUp();
    const inverse = this.swap({ coder, entries });
    if (merge === null || merge !== this.merging) this.done.push(inverse);
    this.undone = [];
    this.merging = merge;
    this.tell(inverse, caught);
  }

  endMerging() {
    this.merging = null;
  }

  undo() {
    this.turn(this.done, this.undone);
  }

  redo() {
    this.turn(this.undone, this.done);
  }

  turn(from, to) {
    if (!from.length) return;
    const caught = this.catchUp();
    this.merging = null;
    const inverse = this.swap(from.pop());
    to.push(inverse);
    this.tell(inverse, caught);
  }

  /* Makes the entries and the coder so; returns the step that makes them as they were. */
  swap({ coder, entries }) {
    const inverse = {
      coder: this.coder,
      entries: entries.map(([name, key]) => [name, key, this.setOf(name).get(key)]),
    };
    for (const [name, key, entry] of entries) {
      if (!this.sets.has(name)) this.sets.set(name, new Map());
      if (entry) this.sets.get(name).set(key, entry);
      else this.sets.get(name).delete(key);
    }
    this.coder = coder;
    this.keep();
    this.setTimes();
    return inverse;
  }

  /* inverse: of the step that was done; caught: whether another page had changed something else. */
  tell({ coder, entries }, caught) {
    this.changed(coder === this.coder && !caught ? entries.map(([, key]) => key) : null);
  }

  /* change: any fields of `review`; undefined clears one. */
  set(event, change, merge) {
    const before = this.own.get(event.key);
    const review = this.tidy(event, { ...before?.review, ...change });
    const entry =
      event.added || Object.keys(review).length ? { ...event.identity, review } : undefined;
    if (JSON.stringify(entry) !== JSON.stringify(before))
      this.do([[this.coder, event.key, entry]], { merge });
  }

  /* `review` without what is as the analysis found it. */
  tidy(event, { ...review }) {
    if (review.label === event.emotion && !review['own-label']) delete review.label;
    if (review.facs === event.codes.join('+')) delete review.facs;
    for (const moment of MOMENTS)
      if (review[moment] === event.fields[moment]) delete review[moment];
    return withoutEmpty(review);
  }

  /* Takes over what another coder made of an event. */
  take(event, coder) {
    const entry = this.setOf(coder).get(event.key);
    this.do([[this.coder, event.key, entry]]);
  }

  /* Moves onset, apex or offset to `ns`; the others make way. */
  move(event, moment, ns, merge) {
    const before = Object.fromEntries(MOMENTS.map(name => [name, this.nsOf(event, name)]));
    const times = moveMoment(before, moment, Math.max(0, ns));
    if (event.added) this.redefine(event, times);
    else this.set(event, times, merge);
  }

  /* --- events that the coder adds --- */

  /* Returns the event. */
  add(kind, face, times) {
    const key = this.freeKey('+');
    this.do([[this.coder, key, { kind, face, ...times, review: { decision: 'accepted' } }]]);
    return this.events.find(event => event.key === key);
  }

  /* change: any of kind, face, onset, apex, offset. */
  redefine(event, change) {
    const entry = this.own.get(event.key);
    this.do([[this.coder, event.key, { ...entry, ...change }]]);
  }

  remove(event) {
    this.do([[this.coder, event.key, undefined]]);
  }

  freeKey(mark, set = this.own) {
    let n = 1;
    while (set.has(mark + n)) n++;
    return mark + n;
  }

  /* --- codings that fit no event here --- */

  /* Puts one on an event; what was decided on that event before is undone by a step back. */
  place(key, event) {
    const { review } = this.own.get(key);
    this.do([
      [this.coder, key, undefined],
      [this.coder, event.key, { ...event.identity, review }],
    ]);
  }

  /* Makes one an event that the coder added. */
  adopt(key) {
    const { kind, face, review, ...times } = this.own.get(key);
    const { onset, apex, offset } = { ...times, ...review };
    const { label, 'own-label': own, facs, note } = review;
    const kept = withoutEmpty({ decision: 'accepted', label, 'own-label': own, facs, note });
    this.do([
      [this.coder, key, undefined],
      [this.coder, this.freeKey('+'), { kind, face, onset, apex, offset, review: kept }],
    ]);
  }

  discard(key) {
    this.do([[this.coder, key, undefined]]);
  }

  /* --- coders --- */

  /* Shows the set of a coder, and stores nothing. */
  look(name) {
    this.coder = name;
    this.merging = null;
    this.setTimes();
  }

  /* Another name is another set; a name given for the first time is that of what was done without. */
  switchTo(name) {
    this.catchUp();
    if (name === this.coder) return;
    if (this.coder === '' && !this.setOf(name).size && this.own.size) {
      const entries = [...this.own].flatMap(([key, entry]) => [
        ['', key, undefined],
        [name, key, entry],
      ]);
      this.do(entries, { coder: name });
      return;
    }
    this.look(name);
    this.keep();
    this.changed(null);
  }

  /* Lays the decisions of an exported file beside those that are there. Returns {coder, placed,
   * unplaced}; throws an error that says what is wrong with the file. */
  import(text) {
    this.catchUp();
    const sets = readExported(text, this.schema)
      .map(({ coder, entries }) => ({ coder, ...placeEntries(entries, this.report.events) }))
      .filter(({ placed }) => placed);
    if (!sets.length) throw new Error('it contains no decision on an event of this recording');
    for (const set of sets) set.coder = this.nameFor(set.coder);
    const step = sets.flatMap(({ coder, entries }) =>
      [...entries].map(([key, entry]) => [coder, key, entry]),
    );
    this.do(step, { coder: this.own.size ? this.coder : sets[0].coder });
    return sets;
  }

  /* A name of no set as yet. */
  nameFor(coder) {
    if (!this.setOf(coder).size) return coder;
    const base = coder || 'imported';
    let name = base;
    for (let n = 2; this.setOf(name).size; n++) name = `${base} (${n})`;
    return name;
  }
}

/* --- from elsewhere --- */

/* The sets in an exported file: {coder, entries by key}, the first one of the coder who exported
 * it. */
function readExported(text, schema) {
  const file = readJson(text, schema);
  return [file, ...(file.coders ?? [])].map((set, i) =>
    readSet(set, (path, fault) => {
      const whole = i ? ['coders', i - 1, ...path] : path;
      throw new Error(`line ${lineOf(text, whole)}: ${describePath(whole)} ${fault}`);
    }),
  );
}

/* refuse(path, text): throws. */
function readSet(file, refuse) {
  const entries = new Map();
  for (const [list, mark] of [
    ['events', ''],
    ['added', '+'],
  ])
    (file[list] ?? []).forEach((coded, i) => {
      const { kind, face, onset, apex, offset, id, review } = coded;
      const fault = faultOfEntry(coded);
      if (fault) refuse([list, i, fault[0]], fault[1]);
      if (!review) return;
      const { decision, 'action-units': units, ...rest } = review;
      const facs = review.facs ?? (units && joinCodes(units.map(unit => unit.slice(2)))?.replace('AU', ''));
      const kept = withoutEmpty({ ...rest, facs, decision: decision !== 'undecided' && decision });
      if (mark || Object.keys(kept).length)
        entries.set(`${mark}${i + 1}`, { id, kind, face, onset, apex, offset, review: kept });
    });
  return { coder: file.coder ?? '', entries };
}

/* Entries of another analysis on the events of this one, by the best overlap; {entries, placed,
 * unplaced}. */
function placeEntries(from, events) {
  const entries = new Map();
  const all = [...from],
    found = all.filter(([key]) => key[0] !== '+');
  const pairs = new Map(
    matchIntervals(
      found.map(([, entry]) => entry),
      events.map(event => event.identity),
    ),
  );
  let unplaced = 0;
  found.forEach(([, entry], i) => {
    const event = events[pairs.get(i)];
    const key = event ? event.key : `?${++unplaced}`;
    entries.set(key, { ...(event ? event.identity : entry), review: entry.review });
  });
  for (const [key, entry] of all) if (key[0] === '+') entries.set(key, entry);
  return { entries, placed: entries.size - unplaced, unplaced };
}
