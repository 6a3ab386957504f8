/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Action units as chips: what is typed becomes one when it is an action unit, and stays to be mended
 * when it is not. */

class UnitChips {
  /* change(codes): called with all of them, as 'L12C'. */
  constructor(change) {
    this.change = change;
    this.list = element('span', { class: 'chips', role: 'list' });
    this.input = element('input', {
      id: 'relabel-units',
      autocomplete: 'off',
      spellcheck: 'false',
      size: 6,
      placeholder: 'L12C',
      'aria-keyshortcuts': 'U',
      'aria-describedby': 'units-problem',
      onchange: () => this.take(),
      onkeydown: e => this.onKey(e),
    });
    this.problem = element('span', { id: 'units-problem', class: 'problem', role: 'alert' });
    this.box = element(
      'span',
      { class: 'units-field' },
      element('label', { for: 'relabel-units', title: t('units.title') }, t('units')),
      this.list,
      this.input,
      this.problem,
    );
  }

  show(codes) {
    this.codes = codes;
    this.list.replaceChildren(
      ...codes.map(code =>
        element(
          'span',
          { class: 'chip', role: 'listitem', title: t(unitOf(code)) },
          code,
          element('button', {
            type: 'button',
            'aria-label': t('units.remove', { code }),
            text: '\u00d7',
            onclick: () => this.change(codes.filter(other => other !== code)),
          }),
        ),
      ),
    );
  }

  /* Whether what is typed was taken. */
  take() {
    const { codes, wrong } = parseUnits(this.input.value);
    this.problem.textContent = wrong ? t('units.wrong', { word: wrong }) : '';
    this.input.setAttribute('aria-invalid', Boolean(wrong));
    if (wrong) return false;
    this.input.value = '';
    if (codes.length) this.change(codes.reduce(addCode, this.codes));
    return true;
  }

  onKey(e) {
    if (e.key === 'Enter' && !this.take()) {
      e.preventDefault();
      e.stopPropagation();
    }
    if (e.key === 'Escape') {
      this.input.value = '';
      this.take();
    }
    if (e.key === 'Backspace' && !this.input.value && this.codes.length)
      this.change(this.codes.slice(0, -1));
  }
}
