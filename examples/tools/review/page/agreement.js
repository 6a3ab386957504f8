/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How well two coders agree. Nothing here knows the page: it is tested with tables computed by
 * hand. */

/* Cohen's kappa of a table of counts, table[category of a][category of b]; null where chance alone
 * would agree always. */
function kappaOf(table) {
  const n = table.flat().reduce((sum, count) => sum + count, 0);
  let same = 0,
    chance = 0;
  table.forEach((row, i) => {
    const ofA = row.reduce((sum, count) => sum + count, 0);
    const ofB = table.reduce((sum, other) => sum + other[i], 0);
    same += row[i];
    chance += ofA * ofB;
  });
  if (!n || chance === n * n) return null;
  return (same / n - chance / n ** 2) / (1 - chance / n ** 2);
}

/* pairs: [category of a, category of b]. */
function tabulate(pairs, categories) {
  const table = categories.map(() => categories.map(() => 0));
  for (const [a, b] of pairs) table[categories.indexOf(a)][categories.indexOf(b)]++;
  return table;
}

/* {n, table, kappa} of pairs. */
function agreeOn(pairs, categories) {
  const table = tabulate(pairs, categories);
  return { n: pairs.length, table, kappa: kappaOf(table) };
}

const medianOf = values => {
  const sorted = [...values].sort((a, b) => a - b),
    middle = sorted.length >> 1;
  if (!sorted.length) return null;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

const meanOf = values =>
  values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : null;

/* The last coded intervals of one coder: what they accepted or added. */
const isHeld = coding => coding.decision === 'accepted';

/* a, b: what each coder made of the recording: {key, kind, face, onset, apex, offset (ns), decision,
 * label, units}; key: of the event in the analysis, +n for one that this coder added. */
function compareCodings(a, b) {
  const heldA = a.filter(isHeld),
    heldB = b.filter(isHeld);
  const matches = matchIntervals(
    heldA.map(strip),
    heldB.map(strip),
  ).map(([i, j]) => [heldA[i], heldB[j]]);
  const judged = judgeDecisions(a, b, matches);
  const kinds = [...new Set([...a, ...b].map(coding => coding.kind))].sort();
  const ofKind = kind => ({
    decision: agreeOn(
      judged.filter(item => item.kind === kind).map(item => item.pair),
      ['accepted', 'rejected'],
    ),
    interval: agreeOnIntervals(
      heldA.filter(coding => coding.kind === kind),
      heldB.filter(coding => coding.kind === kind),
      matches.filter(([coding]) => coding.kind === kind),
    ),
  });
  return {
    decision: agreeOn(
      judged.map(item => item.pair),
      ['accepted', 'rejected'],
    ),
    interval: agreeOnIntervals(heldA, heldB, matches),
    kinds: Object.fromEntries(kinds.map(kind => [kind, ofKind(kind)])),
    ...agreeOnReadings(matches),
    boundaries: compareBoundaries(matches),
    matches,
  };
}

/* Without the key, which says nothing of other coders' events. */
const strip = ({ kind, face, onset, offset }) => ({ kind, face, onset, offset });

const isAdded = coding => coding.key[0] === '+';

/* What each coder holds is judged once. Events that either added: the other one accepts it with an
 * event that matches, and rejects it else. Then events that both decided on, but not one that is
 * judged already: a coder who rejects an event and adds it again has coded one event. */
function judgeDecisions(a, b, matches) {
  const judged = [],
    matched = new Set(matches.flat()),
    taken = new Set(), /* codings of events of the analysis */
    add = ({ kind }, ...pair) => judged.push({ kind, pair });
  for (const [mine, theirs] of matches)
    if (isAdded(mine) || isAdded(theirs)) {
      add(mine, 'accepted', 'accepted');
      taken.add(mine).add(theirs);
    }
  for (const coding of a)
    if (isAdded(coding) && !matched.has(coding)) add(coding, 'accepted', 'rejected');
  for (const coding of b)
    if (isAdded(coding) && !matched.has(coding)) add(coding, 'rejected', 'accepted');

  const ofB = new Map(b.filter(coding => !isAdded(coding)).map(coding => [coding.key, coding]));
  const again = new Set([...findAddedAgain(a), ...findAddedAgain(b)]);
  for (const mine of a.filter(coding => !isAdded(coding))) {
    const theirs = ofB.get(mine.key),
      verdicts = [mine.decision, theirs?.decision];
    if (!verdicts.every(Boolean) || taken.has(mine) || taken.has(theirs)) continue;
    if (verdicts.includes('accepted') || !again.has(mine.key)) add(mine, ...verdicts);
  }
  return judged;
}

/* Keys of the events that a coder rejected and added with other times. */
function findAddedAgain(codings) {
  const rejected = codings.filter(coding => coding.decision === 'rejected');
  const added = codings.filter(isAdded);
  return matchIntervals(rejected.map(strip), added.map(strip)).map(([i]) => rejected[i].key);
}

/* As the MEGC challenges score a report against a coding, which is the same both ways. */
function agreeOnIntervals(heldA, heldB, matches) {
  const all = heldA.length + heldB.length;
  return {
    a: heldA.length,
    b: heldB.length,
    matched: matches.length,
    f1: all ? (2 * matches.length) / all : null,
  };
}

/* Labels and units of the events that both hold. */
function agreeOnReadings(matches) {
  const labels = matches.map(([a, b]) => [a.label ?? 'none', b.label ?? 'none']);
  const names = [...new Set(labels.flat())].sort();
  const units = [...new Set(matches.flat().flatMap(coding => coding.units))].sort(
    (a, b) => a.slice(2) - b.slice(2),
  );
  const each = (all, pairsOf) =>
    Object.fromEntries(all.map(name => [name, agreeOn(pairsOf(name), [true, false])]));
  return {
    labels: { names, ...agreeOn(labels, names) },
    emotions: each(names, name => labels.map(pair => pair.map(label => label === name))),
    units: each(units, unit => matches.map(pair => pair.map(c => c.units.includes(unit)))),
  };
}

/* In ms, b - a. */
function compareBoundaries(matches) {
  const of = moment => {
    const differences = matches.map(([a, b]) => (b[moment] - a[moment]) / 1e6);
    return {
      mean: meanOf(differences),
      'median-absolute': medianOf(differences.map(Math.abs)),
      largest: differences.length ? Math.max(...differences.map(Math.abs)) : null,
    };
  };
  return Object.fromEntries(['onset', 'apex', 'offset'].map(moment => [moment, of(moment)]));
}
