/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A learner's answers. Stored in the browser under the id of the items; the exported file is for
 * archiving. An answer:
 *   phase    pre, practice, post
 *   n        its number in the plan of the phase
 *   item, face, variant, side, emotion (what was shown), answer
 *   ms       intended duration; shown: measured duration; period: of the display
 *   late     true: shown longer or shorter by more than one display frame
 *   rt       from the end of the item to the answer, ms
 *   at       when, ISO 8601 */

const PHASES = ['pre', 'practice', 'post'];
const FORMAT = 'microexpr-train results';

const isNumber = value => typeof value === 'number' && Number.isFinite(value) && value >= 0;

/* An answer from a file, completed from its item; null: damaged. */
function readAnswer(answer, bank) {
  const { phase, n, item: id, emotion, answer: given, ms, shown, period, late, rt, at } =
    answer ?? {};
  const item = Number.isInteger(id) ? bank.items[id] : undefined,
    date = new Date(at);
  const sound =
    item?.emotion === emotion &&
    PHASES.includes(phase) &&
    ANSWERS.includes(given) &&
    Number.isInteger(n) &&
    [n, ms, shown, period, rt].every(isNumber) &&
    period > 0 &&
    !Number.isNaN(date.valueOf());
  if (!item || !sound) return null;
  const { face, variant, side } = item;
  const what = { phase, n, item: id, face, variant, side, emotion, answer: given };
  return { ...what, ms, shown, period, late: late === true, rt, at: date.toISOString() };
}

/* {seed, person, lessons, answers} of an exported file. Throws an Error with the key of a text when
 * the file is not of this page or damaged. */
function readResults(text, bank) {
  const fail = (key, values) => {
    throw Object.assign(new Error(key), { key, values });
  };
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    fail('store.json');
  }
  if (file?.format !== FORMAT || !Array.isArray(file.answers)) fail('store.other');
  if (file.bank !== bank.id) fail('store.bank');
  if (!Number.isInteger(file.seed)) fail('store.other');
  const answers = file.answers.map(answer => readAnswer(answer, bank));
  const numbers = answers.map(answer => answer && `${answer.phase} ${answer.n}`);
  const damaged = numbers.findIndex((number, i) => !number || numbers.indexOf(number) < i);
  if (damaged >= 0) fail('store.damaged', { n: damaged + 1 });
  return {
    seed: file.seed >>> 0,
    person: String(file.person ?? ''),
    lessons: EMOTIONS.filter(emotion => file.lessons?.includes?.(emotion)),
    answers,
  };
}

class Store extends EventTarget {
  /* place: its name in the browser's storage. */
  constructor(bank, place) {
    super();
    Object.assign(this, { bank, place });
    this.clear();
    try {
      const kept = localStorage.getItem(place);
      if (kept) Object.assign(this, readResults(kept, bank));
    } catch {
      /* no storage in this browser, or foreign content under this name */
    }
  }

  clear() {
    this.seed = crypto.getRandomValues(new Uint32Array(1))[0];
    this.person = '';
    this.lessons = [];
    this.answers = [];
  }

  toFile() {
    const { seed, person, lessons, answers } = this;
    return { format: FORMAT, bank: this.bank.id, seed, person, lessons, answers };
  }

  keep() {
    try {
      localStorage.setItem(this.place, JSON.stringify(this.toFile()));
    } catch {
      this.dispatchEvent(new Event('lost'));
    }
  }

  take(results) {
    Object.assign(this, results);
    this.keep();
  }

  /* Starts over, as the same person. */
  reset() {
    const { person } = this;
    this.clear();
    this.setPerson(person);
  }

  add(answer) {
    this.answers.push(answer);
    this.keep();
  }

  setPerson(person) {
    this.person = person;
    this.keep();
  }

  see(emotion) {
    if (this.lessons.includes(emotion)) return;
    this.lessons.push(emotion);
    this.keep();
  }

  of(phase) {
    return this.answers.filter(answer => answer.phase === phase);
  }

  isDone(phase) {
    const least =
      phase === 'practice' ? PRACTICE_LEAST : planTest(this.bank, phase, this.seed).length;
    return this.of(phase).length >= least;
  }
}
