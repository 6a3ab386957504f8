/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The answer key: every item as intended, next to what microexpr found in it. */

class Key {
  constructor(bank) {
    this.bank = bank;
  }

  render() {
    const { key } = this.bank;
    return [
      element('h2', { id: 'heading', tabindex: '-1', text: t('nav.key') }),
      element('p', { class: 'notice', text: t('key.warning') }),
      element('p', {
        text: key
          ? t('key.agree', { ...key, share: formatShare(key.agree / key.of) })
          : t('key.none'),
      }),
      this.makeItems(),
    ];
  }

  makeItems() {
    const items = this.bank.items.filter(item => item.emotion !== 'neutral');
    const durations = this.bank.key ? items[0].found.map(({ ms }) => ms) : [];
    const heads = ['item', 'use', 'meant', 'kind', 'units', 'side'].map(name => t(`key.${name}`));
    return makeTable(
      t('nav.key'),
      [...heads, ...durations.map(ms => t('key.found', { ms }))],
      items.map(item => [
        String(item.id + 1),
        t(`key.${this.bank.faces[item.face]}`),
        t(item.emotion),
        t(item.variant),
        item.units.join(' '),
        t(item.side),
        ...durations.map((_, i) => this.makeFound(item, item.found[i])),
      ]),
    );
  }

  makeFound(item, { emotion }) {
    const kind = emotion === item.emotion ? 'hit' : 'miss';
    return element('span', { class: `count ${kind}`, text: t(emotion ?? 'nothing') });
  }
}
