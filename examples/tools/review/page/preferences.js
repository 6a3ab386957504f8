/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How somebody likes to work, on all pages in this browser: language, speed, what is shown. */

const preferences = {
  place: 'microexpr-review-preferences',

  read() {
    try {
      const all = JSON.parse(localStorage.getItem(this.place));
      return typeof all === 'object' && all !== null ? all : {};
    } catch {
      return {}; /* damaged, or no storage in this browser */
    }
  },

  /* What was stored, if it is of the type of the fallback. */
  get(name, fallback) {
    const value = this.read()[name];
    return typeof value === typeof fallback ? value : fallback;
  },

  set(name, value) {
    try {
      localStorage.setItem(this.place, JSON.stringify({ ...this.read(), [name]: value }));
    } catch {
      /* for this page it holds all the same */
    }
  },
};
