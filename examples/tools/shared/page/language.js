/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The texts of a page in the chosen language: EN, DE and TR of the program, loaded before. */

const LANGUAGES = { en: EN, de: DE, tr: TR };
const LANGUAGE_NAMES = { en: 'English', de: 'Deutsch', tr: 'Türkçe' };

const language = {
  current: 'en',

  /* wanted: one of LANGUAGES; otherwise that of the browser. */
  choose(wanted) {
    const known = code => (code in LANGUAGES ? code : undefined);
    const system = navigator.languages.map(tag => tag.slice(0, 2).toLowerCase()).find(known);
    this.current = known(wanted) ?? system ?? 'en';
    document.documentElement.lang = this.current;
  },

  /* Fills a select element. */
  offer(select) {
    select.replaceChildren(
      ...Object.entries(LANGUAGE_NAMES).map(([code, name]) =>
        element('option', { value: code, lang: code, text: name }),
      ),
    );
    select.value = this.current;
  },

  /* What the markup says with data-text, data-label and data-title. */
  translateMarkup() {
    for (const [name, set] of [
      ['text', (node, text) => (node.textContent = text)],
      ['label', (node, text) => node.setAttribute('aria-label', text)],
      ['title', (node, text) => (node.title = text)],
    ])
      for (const node of document.querySelectorAll(`[data-${name}]`)) set(node, t(node.dataset[name]));
  },
};

/* The text of a key; values: for the names in braces; numbers are formatted for the language. */
function t(key, values = {}) {
  const text = LANGUAGES[language.current][key];
  if (text === undefined) throw new Error(`no text for ${key}`);
  return text.replace(/\{(\w+)\}/g, (_, name) =>
    typeof values[name] === 'number' ? formatNumber(values[name]) : values[name],
  );
}

const formats = new Map(); /* to make one takes longer than to use it */

function formatNumber(value, digits = 0) {
  const key = `${language.current} ${digits}`;
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  if (!formats.has(key)) formats.set(key, new Intl.NumberFormat(language.current, options));
  return formats.get(key).format(value);
}

const formatShare = share => `${formatNumber(100 * share)} %`;
