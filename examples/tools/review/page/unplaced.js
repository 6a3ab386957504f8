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
    this.box.firstElementChild.textContent = t('unplaced', {
      decisions: countOf(entries.length, 'decision'),
    });
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
      button(t('unplaced.place'), t('unplaced.place.title'), () => {
        const event = this.selected();
        if (event && !event.added) codings.place(key, event);
      }),
      ' ',
      button(t('unplaced.add'), t('unplaced.add.title'), () => codings.adopt(key)),
      ' ',
      button(t('unplaced.discard'), null, () => codings.discard(key)),
    );
  }

  describe({ kind, face, onset, offset, review }) {
    const words = [
      t('coding.time', { from: formatTime(onset * NS), to: formatTime(offset * NS) }),
      t('coding.face', { kind: t(kind), face }),
      review.decision && t(`state.${review.decision}`),
      review.label && nameLabel(review.label),
      review.facs && joinCodes(review.facs.split('+')),
    ];
    const note = review.note ? `: \u201c${review.note}\u201d` : '';
    return words.filter(Boolean).join(', ') + note;
  }
}
