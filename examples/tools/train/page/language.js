/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The texts of the page in the chosen language. */

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
};

/* The text of a key; values: for the names in braces; numbers are formatted for the language. */
function t(key, values = {}) {
  const text = LANGUAGES[language.current][key];
  if (text === undefined) throw new Error(`no text for ${key}`);
  return text.replace(/\{(\w+)\}/g, (_, name) =>
    typeof values[name] === 'number' ? formatNumber(values[name]) : values[name],
  );
}

const formatNumber = (value, digits = 0) =>
  value.toLocaleString(language.current, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });

const formatShare = share => `${formatNumber(100 * share)} %`;
