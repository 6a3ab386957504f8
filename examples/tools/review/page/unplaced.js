/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Decisions from elsewhere that fit no event of this analysis, and what to do with each. */

class Unplaced {
  /* selected(): the event on which to place one. */
  constructor(box, codings, selected) {
    Object.assign(this, { box, codings, selected });
  }

  show() {
    const entries = this.codings.unplaced();
    if (this.box.hidden && entries.length) this.box.open = true;
    this.box.hidden = !entries.length;
    this.box.firstElementChild.textContent = `${countOf(entries.length, 'decision')} without an event here`;
    this.box.lastElementChild.replaceChildren(
      ...entries.map(([key, entry]) => this.makeItem(key, entry)),
    );
  }

  makeItem(key, entry) {
    const { codings } = this;
    const button = (text, title, act) =>
      element('button', { type: 'button', text, title, onclick: act });
    return element(
      'li',
      {},
      this.describe(entry) + ' ',
      button('Place on the selected event', 'It replaces what is decided on that one', () => {
        const event = this.selected();
        if (event && !event.added) codings.place(key, event);
      }),
      ' ',
      button('Add as an event', 'An event of yours, at these times', () => codings.adopt(key)),
      ' ',
      button('Discard', null, () => codings.discard(key)),
    );
  }

  describe({ kind, face, onset, offset, review }) {
    const words = [review.decision, review.label, review.facs && joinCodes(review.facs.split('+'))];
    const note = review.note ? `: \u201c${review.note}\u201d` : '';
    return (
      `${formatTime(onset * NS)} to ${formatTime(offset * NS)}, ${kind}, face ${face}, ` +
      words.filter(Boolean).join(', ') +
      note
    );
  }
}
