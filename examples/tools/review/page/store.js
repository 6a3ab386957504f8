/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The browser's storage: under each analysis of a recording, what each coder decided. What is
 * damaged there is set aside, never lost and never used. */

const PLACE = 'microexpr-review ';
const ASIDE = 'microexpr-review-damaged ';

/* What is wrong with an entry that the schema cannot say, or null. */
function faultOfEntry({ onset, apex, offset, review }) {
  const inOrder = (a, b, c) => a <= b && b <= c && a < c;
  if (!inOrder(onset, apex, offset)) return ['offset', 'is not after onset and apex, or the apex is before the onset'];
  if (
    review &&
    !inOrder(review.onset ?? onset, review.apex ?? apex, review.offset ?? offset)
  )
    return ['review', 'has onset, apex and offset that are not in order'];
  const codes = [...(review?.facs?.split('+') ?? []), ...(review?.['action-units'] ?? [])];
  const wrong = codes.filter(Boolean).find(code => !parseUnit(code));
  return wrong === undefined ? null : ['review', `has ${wrong}, which is no action unit of FACS`];
}

class Store {
  constructor(report, schema) {
    Object.assign(this, { report, schema });
    this.place = PLACE + report.recording.id;
    this.text = null; /* as last read or written */
  }

  /* {coder, sets}; sets: of each coder the entries by key, see codings.js. null: nothing there. */
  read() {
    this.text = this.get(this.place);
    return this.parse(this.text, this.place);
  }

  /* What another page wrote since; null: nothing. */
  readChanges() {
    return this.get(this.place) === this.text ? null : this.read();
  }

  /* Whose decisions this tab showed before it was reloaded, or null. */
  coderOfTab() {
    try {
      return sessionStorage.getItem(this.place);
    } catch {
      return null;
    }
  }

  /* FALSE: this browser cannot store it. */
  write(coder, sets) {
    const plain = new Map([...sets].map(([name, set]) => [name, Object.fromEntries(set)]));
    this.text = JSON.stringify({
      recording: this.report.recording.name,
      changed: new Date().toISOString(),
      coder,
      sets: Object.fromEntries([...plain].filter(([, set]) => Object.keys(set).length)),
    });
    try {
      sessionStorage.setItem(this.place, coder);
      localStorage.setItem(this.place, this.text);
      return true;
    } catch {
      return false;
    }
  }

  get(place) {
    try {
      return localStorage.getItem(place);
    } catch {
      return null; /* no storage in this browser */
    }
  }

  places(beginning) {
    try {
      return Object.keys(localStorage).filter(place => place.startsWith(beginning));
    } catch {
      return [];
    }
  }

  /* Of the newest other analysis of a recording of this name, or null. */
  readEarlier() {
    const found = this.places(PLACE)
      .filter(place => place !== this.place)
      .map(place => this.parse(this.get(place), null))
      .filter(stored => stored?.recording === this.report.recording.name);
    return found.sort((a, b) => (a.changed < b.changed ? 1 : -1))[0] ?? null;
  }

  /* place: where to set it aside from; null: it is only looked at. */
  parse(text, place) {
    if (text === null) return null;
    const sets = new Map();
    let value, good;
    try {
      value = JSON.parse(text);
      if (value.decisions) value = this.modernize(value);
      good = !this.schema.check(value, 'stored');
    } catch {
      good = false;
    }
    let damaged = !good;
    for (const [coder, entries] of good ? Object.entries(value.sets) : []) {
      const kept = Object.entries(entries).filter(
        ([key, entry]) =>
          /^[+?]?\d+$/.test(key) && !this.schema.check(entry, 'coded') && !faultOfEntry(entry),
      );
      damaged ||= kept.length < Object.keys(entries).length;
      sets.set(coder, new Map(kept));
    }
    if (damaged && place) this.setAside(text);
    return good ? { ...value, sets } : null;
  }

  /* Storage of before 2027: decisions by onset, face and kind, which several events may share. Then
   * the decision is left to be placed. */
  modernize({ coder, decisions }) {
    const entries = Object.entries(decisions).map(([key, { verdict, label, units, note }], i) => {
      const events = this.report.events.filter(
        ({ fields }) => `${fields.onset} ${fields.face} ${fields.kind}` === key,
      );
      const facs = units && joinCodes(units.map(unit => String(unit).slice(2))).replace('AU', '');
      const review = withoutEmpty({ decision: verdict, label, facs, note });
      return [events.length === 1 ? events[0].key : `?${i}`, { ...events[0]?.identity, review }];
    });
    const { name } = this.report.recording;
    return { recording: name, coder: coder ?? '', sets: { [coder ?? '']: Object.fromEntries(entries) } };
  }

  /* --- what is damaged --- */

  setAside(text) {
    const places = this.asides();
    if (places.some(place => this.get(place) === text)) return;
    try {
      localStorage.setItem(`${ASIDE}${this.report.recording.id} ${places.length + 1}`, text);
    } catch {
      /* full; the page goes on with what is good */
    }
  }

  asides() {
    return this.places(`${ASIDE}${this.report.recording.id} `);
  }

  readAside() {
    return this.asides().map(place => this.get(place)).join('\n');
  }

  forgetAside() {
    for (const place of this.asides()) localStorage.removeItem(place);
  }
}
