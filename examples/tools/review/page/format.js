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

const sumOf = (list, of) => list.reduce((sum, item) => sum + of(item), 0);

/* name: event, decision ...: see count. in the texts. */
const countOf = (n, name) => t(`count.${name}.${n === 1 ? 'one' : 'many'}`, { n });
const percent = share => `${Math.round(100 * share)} %`;
const milliseconds = seconds => `${Math.round(1000 * seconds)} ms`;

/* AU1+2+12, in numerical order. */
function joinUnits(names) {
  const numbers = [...names].map(name => Number(name.slice(2))).sort((a, b) => a - b);
  return numbers.length ? 'AU' + numbers.join('+') : '';
}

/* What the analysis measures, in the order of the columns of microexprextract. */
const MEASURED_UNITS = [
  'AU1', 'AU2', 'AU4', 'AU5', 'AU6', 'AU7', 'AU9', 'AU10', 'AU12', 'AU14', 'AU15', 'AU17', 'AU20',
  'AU23', 'AU24', 'AU25', 'AU26', 'AU45', 'AU43', 'AU18', 'AU22', 'AU28', 'AU27',
];
