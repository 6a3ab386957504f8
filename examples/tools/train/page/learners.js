/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who learns with this page in this browser, each with results of their own. They are numbered; the
 * results of the first are stored under the id of the items, those of others with the number after
 * it. Without storage they last as long as the page. */

class Learners {
  /* lost(): results cannot be stored. */
  constructor(bank, lost) {
    Object.assign(this, { bank, lost });
    this.place = `microexpr-train ${bank.id}`;
    this.stores = new Map(); /* number -> Store, ascending */
    for (const n of this.kept()) this.open(n);
    if (!this.stores.size) this.open(1);
    this.current = this.last();
  }

  get store() {
    return this.stores.get(this.current);
  }

  placeOf(n) {
    return n === 1 ? this.place : `${this.place} ${n}`;
  }

  /* The numbers of those who have stored something. */
  kept() {
    try {
      return Object.keys(localStorage)
        .map(key => (key === this.place ? 1 : Number(key.split(`${this.place} `)[1])))
        .filter(n => Number.isInteger(n) && n > 0)
        .sort((a, b) => a - b);
    } catch {
      return [];
    }
  }

  /* The one who was here last. */
  last() {
    const [first] = this.stores.keys();
    try {
      const n = Number(localStorage.getItem(`${this.place} last`));
      return this.stores.has(n) ? n : first;
    } catch {
      return first;
    }
  }

  open(n) {
    const store = new Store(this.bank, this.placeOf(n));
    store.addEventListener('lost', this.lost, { once: true });
    this.stores.set(n, store);
  }

  choose(n) {
    this.current = n;
    try {
      localStorage.setItem(`${this.place} last`, String(n));
    } catch {
      /* the first comes first next time */
    }
  }

  add() {
    const n = Math.max(...this.stores.keys()) + 1;
    this.open(n);
    this.choose(n);
    this.store.keep();
  }

  /* Removes the current one, unless it is the only one. */
  remove() {
    if (this.stores.size < 2) return;
    try {
      localStorage.removeItem(this.placeOf(this.current));
    } catch {
      /* it was never stored */
    }
    this.stores.delete(this.current);
    this.choose(this.stores.keys().next().value);
  }

  /* Takes the content of an exported file, beside what is there: who has answers already is left
   * alone, and the file becomes another learner. Throws like readResults(). Returns the answers. */
  import(text) {
    const results = readResults(text, this.bank);
    if (this.store.answers.length) this.add();
    this.store.take(results);
    return results.answers;
  }
}
