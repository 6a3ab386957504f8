/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Action units as FACS coders write them: side, number, intensity: L12C. */

/* Codes of FACS that the analysis does not measure. */
const OTHER_UNITS = [
  'AU8', 'AU11', 'AU13', 'AU16', 'AU18', 'AU19', 'AU21', 'AU22', 'AU27', 'AU28', 'AU29', 'AU30',
  'AU31', 'AU32', 'AU33', 'AU34', 'AU35', 'AU36', 'AU37', 'AU38', 'AU39', 'AU46', 'AU51', 'AU52',
  'AU53', 'AU54', 'AU55', 'AU56', 'AU57', 'AU58', 'AU61', 'AU62', 'AU63', 'AU64',
];
const CODED_UNITS = new Set([...OTHER_UNITS, ...MEASURED_UNITS]);

/* No side: the jaw, and codes that name a direction. */
const UNSIDED = /^AU(17|19|2[567]|29|5\d|6\d)$/;

/* {side, unit, intensity}, or null. */
function parseUnit(word) {
  const [, side, number, intensity] =
    word.toUpperCase().match(/^([LR]?)(?:AU)?([1-9]\d?)([A-E]?)$/) ?? [];
  const unit = `AU${number}`;
  if (!CODED_UNITS.has(unit) || (side && UNSIDED.test(unit))) return null;
  return { side, unit, intensity };
}

const unitOf = code => 'AU' + code.match(/\d+/)[0];

/* ['L12C', '6'] from "AUL12C+6" or "l12c, 6"; the first word that is no unit, if any, as `wrong`. */
function parseUnits(text) {
  const words = text.split(/[\s,;+]+/).filter(Boolean);
  const wrong = words.find(word => !parseUnit(word.replace(/^AU(?=[LR])/i, '')));
  if (wrong) return { codes: [], wrong };
  const codes = words.map(word => {
    const { side, unit, intensity } = parseUnit(word.replace(/^AU(?=[LR])/i, ''));
    return side + unit.slice(2) + intensity;
  });
  return { codes: codes.reduce(addCode, []) };
}

/* Replaces the same unit, except on the other side of the face. */
function addCode(codes, code) {
  const side = parseUnit(code).side;
  const opposite = other => side && parseUnit(other).side && parseUnit(other).side !== side;
  const kept = codes.filter(other => unitOf(other) !== unitOf(code) || opposite(other));
  return sortCodes([...kept, code]);
}

const sortCodes = codes =>
  [...codes].sort(
    (a, b) => unitOf(a).slice(2) - unitOf(b).slice(2) || (a < b ? -1 : a > b ? 1 : 0),
  );

/* The units, each once. */
const unitsOfCodes = codes => [...new Set(codes.map(unitOf))];

/* "AU6+12", "L12C+6". */
function joinCodes(codes) {
  const text = sortCodes(codes).join('+');
  return /^\d/.test(text) ? 'AU' + text : text;
}
