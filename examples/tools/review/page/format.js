/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Formats numbers, times and action units. Times on the page are in seconds of the recording,
 * unless a name ends in _ns. */

const NS = 1e-9;

/* 0:05.927, or 1:02:03.927 from an hour on. */
function formatTime(seconds, digits = 3) {
  const scale = 10 ** digits;
  const all = Math.max(0, Math.round(seconds * scale));
  const whole = Math.floor(all / scale);
  const part = digits ? '.' + String(all % scale).padStart(digits, '0') : '';
  const h = Math.floor(whole / 3600),
    m = Math.floor(whole / 60) % 60,
    s = whole % 60;
  const two = n => String(n).padStart(2, '0');
  return (h ? `${h}:${two(m)}` : String(m)) + ':' + two(s) + part;
}

const countOf = (n, name) => `${n} ${name}${n === 1 ? '' : 's'}`;
const percent = share => `${Math.round(100 * share)} %`;
const milliseconds = seconds => `${Math.round(1000 * seconds)} ms`;

/* AU1+2+12, in numerical order. */
function joinUnits(names) {
  const numbers = [...names].map(name => Number(name.slice(2))).sort((a, b) => a - b);
  return numbers.length ? 'AU' + numbers.join('+') : '';
}

const UNIT_NAMES = {
  AU1: 'inner brow raiser',
  AU2: 'outer brow raiser',
  AU4: 'brow lowerer',
  AU5: 'upper lid raiser',
  AU6: 'cheek raiser',
  AU7: 'lid tightener',
  AU9: 'nose wrinkler',
  AU10: 'upper lip raiser',
  AU12: 'lip corner puller',
  AU14: 'dimpler',
  AU15: 'lip corner depressor',
  AU17: 'chin raiser',
  AU20: 'lip stretcher',
  AU23: 'lip tightener',
  AU24: 'lip pressor',
  AU25: 'lips part',
  AU26: 'jaw drop',
  AU45: 'blink',
  AU43: 'eyes closed',
  AU18: 'lip pucker',
  AU22: 'lip funneler',
  AU28: 'lips sucked in',
  AU27: 'mouth stretch',
};
