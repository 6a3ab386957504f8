// SPDX-License-Identifier: LGPL-2.1-or-later
// Agreement of two coders on the review page, against tables computed by hand:
//   node agreement.mjs PAGE-DIRECTORY
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import vm from 'node:vm';

const context = vm.createContext({});
for (const name of ['format.js', 'facs.js', 'matching.js', 'agreement.js'])
  vm.runInContext(readFileSync(join(process.argv[2], name), 'utf8'), context);
// As text: objects of another context have other prototypes.
const run = (code, ...values) => {
  context.values = JSON.stringify(values);
  return JSON.parse(vm.runInContext(`JSON.stringify(${code}(...JSON.parse(values)) ?? null)`, context));
};
const kappa = table => run('kappaOf', table);
const compare = (a, b) => run('compareCodings', a, b);
const close = (value, wanted) => assert.ok(Math.abs(value - wanted) < 1e-12, `${value}, not ${wanted}`);

// An event of the analysis that a coder decided on; times in ms.
const coding = (key, onset, offset, more = {}) => ({
  ...{ key: String(key), kind: 'micro', face: 0, decision: 'accepted', label: 'anger', units: ['AU4'] },
  ...{ onset: onset * 1e6, apex: ((onset + offset) / 2) * 1e6, offset: offset * 1e6 },
  ...more,
});

test('kappa of tables', () => {
  // 35 of 50 agree: 0.7. By chance (25 * 30 + 25 * 20) / 2500 = 0.5. (0.7 - 0.5) / 0.5
  close(kappa([[20, 5], [10, 15]]), 0.4);
  // 21 of 30 agree: 630 / 900. By chance (13 * 13 + 13 * 11 + 4 * 6) / 900 = 336 / 900.
  close(kappa([[10, 2, 1], [3, 8, 2], [0, 1, 3]]), 294 / 564);
  close(kappa([[4, 0], [0, 6]]), 1);
  close(kappa([[0, 5], [5, 0]]), -1);
  assert.equal(kappa([[7, 0], [0, 0]]), null, 'chance alone agrees always');
  assert.equal(kappa([[0, 0], [0, 0]]), null);
});

test('decisions by kind, with what one coder added', () => {
  const verdicts = [
    ['accepted', 'accepted'],
    ['accepted', 'accepted'],
    ['accepted', 'rejected'],
    ['rejected', 'rejected'],
    ['rejected', 'accepted'],
    ['rejected', 'rejected'],
    ['accepted', undefined],
  ];
  const of = n => verdicts.map((pair, i) => coding(i, 1000 * i, 1000 * i + 300, { decision: pair[n] }));
  const a = [...of(0), coding('+1', 9000, 9300)],
    b = [...of(1), coding('+1', 20000, 20400, { kind: 'macro' })];
  const { kinds } = compare(a, b);
  // accepted by both 2; only a: 1 and its own; only b: 1; neither 2. The undecided one does not count.
  assert.deepEqual(kinds.micro.decision.table, [[2, 2], [1, 2]]);
  // 4 of 7 agree: 28 / 49. By chance (4 * 3 + 3 * 4) / 49 = 24 / 49.
  close(kinds.micro.decision.kappa, 4 / 25);
  assert.deepEqual(kinds.macro.decision.table, [[0, 0], [1, 0]]);
});

test('an event that is rejected and added again counts once', () => {
  const rejected = key => coding(key, 0, 300, { decision: 'rejected' });
  const table = (a, b) => compare(a, b).decision.table;
  const again = coding('+1', 20, 310);
  assert.deepEqual(table([rejected(7), again], [coding(7, 0, 300)]), [[1, 0], [0, 0]]);
  assert.deepEqual(table([coding(7, 0, 300)], [rejected(7), again]), [[1, 0], [0, 0]]);
  assert.deepEqual(table([rejected(7), again], [rejected(7)]), [[0, 1], [0, 0]]);
  assert.deepEqual(table([rejected(7), again], [rejected(7), again]), [[1, 0], [0, 0]]);
  // One that lies elsewhere, or is of another kind, is another event.
  const elsewhere = coding('+1', 200, 500),
    macro = coding('+1', 0, 300, { kind: 'macro' });
  assert.deepEqual(table([rejected(7), elsewhere], [coding(7, 0, 300)]), [[0, 1], [1, 0]]);
  assert.deepEqual(table([rejected(7), macro], [rejected(7)]), [[0, 1], [0, 1]]);
});

test('intervals match from an intersection over union of 0.5 on, one to one', () => {
  const a = [coding(0, 0, 200), coding(1, 1000, 1200), coding(2, 2000, 2200), coding(3, 3000, 3300)];
  const b = [
    coding('+1', 0, 400), //      200 / 400: matches
    coding('+2', 1000, 1401), //  200 / 401: does not
    coding('+3', 2010, 2200), //  the better one of two for a's third
    coding('+4', 2000, 2150),
    coding('+5', 3000, 3300, { face: 1 }), // of somebody else
  ];
  const { interval } = compare(a, b);
  assert.deepEqual(interval, { a: 4, b: 5, matched: 2, f1: 4 / 9 });
});

test('rejected events do not match', () => {
  const { interval, boundaries } = compare([coding(0, 0, 200, { decision: 'rejected' })], [coding(0, 0, 200)]);
  assert.deepEqual(interval, { a: 0, b: 1, matched: 0, f1: 0 });
  assert.equal(boundaries.onset.mean, null);
});

test('labels and units of events that both hold', () => {
  const labels = [
    ['anger', 'anger'],
    ['anger', 'fear'],
    ['fear', 'fear'],
    ['surprise', 'anger'],
  ];
  const units = [
    [['AU4'], ['AU4', 'AU7']],
    [['AU4'], ['AU4']],
    [['AU1', 'AU7'], ['AU1', 'AU7']],
    [['AU1'], ['AU4']],
  ];
  const of = n =>
    labels.map((pair, i) => coding(i, 1000 * i, 1000 * i + 300, { label: pair[n], units: units[i][n] }));
  const result = compare(of(0), of(1));
  assert.deepEqual(result.labels.names, ['anger', 'fear', 'surprise']);
  assert.deepEqual(result.labels.table, [[1, 1, 0], [0, 1, 0], [1, 0, 0]]);
  // 2 of 4 agree: 8 / 16. By chance (2 * 2 + 1 * 2 + 1 * 0) / 16.
  close(result.labels.kappa, 2 / 10);
  assert.deepEqual(result.emotions.anger.table, [[1, 1], [1, 1]]);
  close(result.emotions.anger.kappa, 0);
  assert.deepEqual(Object.keys(result.units), ['AU1', 'AU4', 'AU7']);
  // AU7: both 1, only b 1, neither 2. 12 / 16 agree, by chance (1 * 2 + 3 * 2) / 16.
  assert.deepEqual(result.units.AU7.table, [[1, 0], [1, 2]]);
  close(result.units.AU7.kappa, 4 / 8);
});

test('differences of times, b less a, in ms', () => {
  const a = [coding(0, 100, 300), coding(1, 1000, 1200), coding(2, 2000, 2400)];
  const b = [coding(0, 110, 300), coding(1, 980, 1210), coding(2, 2040, 2400)];
  const { onset, offset, apex } = compare(a, b).boundaries;
  assert.deepEqual(onset, { mean: 10, 'median-absolute': 20, largest: 40 });
  assert.deepEqual(offset, { mean: 10 / 3, 'median-absolute': 0, largest: 10 });
  assert.deepEqual(apex, { mean: 20 / 3, 'median-absolute': 5, largest: 20 });
});
