/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The coder's decision on each event. Stored in the browser under the id of the recording, so that
 * closing the page loses nothing; the exported file is for archiving. */

const EMOTIONS = ['happiness', 'sadness', 'anger', 'fear', 'disgust', 'surprise', 'other'];
const VERDICTS = ['accepted', 'rejected'];

class Decisions extends EventTarget {
  constructor(recording) {
    super();
    this.place = `microexpr-review ${recording.id}`;
    this.coder = '';
    this.all =
      new Map(); /* event key -> {verdict, label, units, note}; absent when empty */
    try {
      this.take(JSON.parse(localStorage.getItem(this.place) ?? '{}'));
    } catch {
      /* no storage in this browser, or foreign content under this name */
    }
  }

  take({ coder, decisions }) {
    this.coder = coder ?? this.coder;
    for (const [key, decision] of Object.entries(decisions ?? {})) this.all.set(key, decision);
  }

  keep() {
    try {
      localStorage.setItem(
        this.place,
        JSON.stringify({ coder: this.coder, decisions: Object.fromEntries(this.all) }),
      );
    } catch {
      this.dispatchEvent(new Event('lost'));
    }
  }

  of(event) {
    return this.all.get(event.key) ?? {};
  }

  /* The coder's label and units, or else those found. */
  labelOf(event) {
    return this.of(event).label ?? event.emotion;
  }

  unitsOf(event) {
    return this.of(event).units ?? event.units;
  }

  /* In a word; a candidate is one until the coder has decided. */
  stateOf(event) {
    return this.of(event).verdict ?? (event.candidate ? 'candidate' : 'undecided');
  }

  /* Whether it is an event to go on working with. */
  counts(event) {
    return !['rejected', 'candidate'].includes(this.stateOf(event));
  }

  isRelabeled(event) {
    const { label, units } = this.of(event);
    return label !== undefined || units !== undefined;
  }

  /* change: any of verdict, label, units, note; undefined clears one. */
  set(event, change) {
    const decision = { ...this.of(event), ...change };
    for (const key of Object.keys(decision))
      if (decision[key] === undefined || decision[key] === '') delete decision[key];
    if (decision.label === event.emotion) delete decision.label;
    if (decision.units && joinUnits(decision.units) === joinUnits(event.units))
      delete decision.units;
    if (Object.keys(decision).length) this.all.set(event.key, decision);
    else this.all.delete(event.key);
    this.keep();
    this.dispatchEvent(new CustomEvent('change', { detail: event }));
  }

  setCoder(name) {
    this.coder = name;
    this.keep();
  }

  /* Loads an exported JSON file; decisions on events that are not in `events` are ignored. Returns
   * the number loaded. */
  import(text, events) {
    const known = new Set(events.map(event => event.key));
    const file = JSON.parse(text);
    const entries = (file.events ?? [])
      .filter(event => event.review)
      .map(event => {
        const { decision, label, 'action-units': units, note } = event.review;
        const verdict = VERDICTS.includes(decision) ? decision : undefined;
        const listed = Array.isArray(units) ? units : undefined;
        return [
          `${event.onset} ${event.face} ${event.kind}`,
          JSON.parse(JSON.stringify({ verdict, label, units: listed, note })),
        ];
      })
      .filter(([key]) => known.has(key));
    if (!entries.length) throw new Error('it contains no decision on an event of this recording');
    this.take({ coder: file.coder, decisions: Object.fromEntries(entries) });
    this.keep();
    this.dispatchEvent(new CustomEvent('change', { detail: null }));
    return entries.length;
  }
}
