/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Action units as FACS coders write them: side, number, intensity: L12C. */

/* Codes of FACS that the analysis does not measure. */
const OTHER_UNITS = {
  AU8: 'lips toward each other',
  AU11: 'nasolabial deepener',
  AU13: 'sharp lip puller',
  AU16: 'lower lip depressor',
  AU18: 'lip pucker',
  AU19: 'tongue show',
  AU21: 'neck tightener',
  AU22: 'lip funneler',
  AU27: 'mouth stretch',
  AU28: 'lip suck',
  AU29: 'jaw thrust',
  AU30: 'jaw sideways',
  AU31: 'jaw clencher',
  AU32: 'lip bite',
  AU33: 'cheek blow',
  AU34: 'cheek puff',
  AU35: 'cheek suck',
  AU36: 'tongue bulge',
  AU37: 'lip wipe',
  AU38: 'nostril dilator',
  AU39: 'nostril compressor',
  AU46: 'wink',
  AU51: 'head turned left',
  AU52: 'head turned right',
  AU53: 'head up',
  AU54: 'head down',
  AU55: 'head tilted left',
  AU56: 'head tilted right',
  AU57: 'head forward',
  AU58: 'head back',
  AU61: 'eyes turned left',
  AU62: 'eyes turned right',
  AU63: 'eyes up',
  AU64: 'eyes down',
};
const CODED_UNITS = { ...OTHER_UNITS, ...UNIT_NAMES };

/* No side: the jaw, and codes that name a direction. */
const UNSIDED = /^AU(17|19|2[567]|29|5\d|6\d)$/;

/* {side, unit, intensity}, or null. */
function parseUnit(word) {
  const [, side, number, intensity] =
    word.toUpperCase().match(/^([LR]?)(?:AU)?([1-9]\d?)([A-E]?)$/) ?? [];
  const unit = `AU${number}`;
  if (!(unit in CODED_UNITS) || (side && UNSIDED.test(unit))) return null;
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
