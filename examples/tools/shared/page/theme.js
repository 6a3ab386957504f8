/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Light or dark theme, by the system or by a button. */

const THEMES = ['auto', 'light', 'dark'];

class Theme {
  /* describe(theme): text and label of the button. changed(): called after every change, also of
   * the system's theme. */
  constructor(button, describe, changed) {
    Object.assign(this, { button, describe, changed });
    button.addEventListener('click', () =>
      this.set(THEMES[(THEMES.indexOf(this.theme) + 1) % THEMES.length]),
    );
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.changed());
    this.theme = 'auto';
    this.show();
  }

  set(theme) {
    this.theme = theme;
    this.show();
    this.changed();
  }

  show() {
    const { text, label } = this.describe(this.theme);
    document.documentElement.dataset.theme = this.theme;
    this.button.textContent = text;
    this.button.setAttribute('aria-label', label);
  }
}
