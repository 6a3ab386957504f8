/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The refresh rate of the display, and the durations it can show. Times in ms. */

const SHORTEST = 40; /* of the expressions that are practised */
const FEWEST_FRAMES = 2; /* fewer cannot show an expression come and go */
const LATE = 1.5; /* periods: a longer gap has missed a refresh */
const UNEVEN = 0.1; /* share of refreshes that may be late */

/* stamps: of requestAnimationFrame(). The median interval, which late ones do not affect. */
function measurePeriod(stamps) {
  const gaps = stamps.slice(1).map((stamp, i) => stamp - stamps[i]);
  const sorted = [...gaps].sort((a, b) => a - b);
  const period = sorted[Math.floor(sorted.length / 2)] || 1000 / 60;
  return { period, late: gaps.filter(gap => gap > LATE * period).length / (gaps.length || 1) };
}

/* Whether the display cannot show that duration. */
const isTooShort = (ms, period) => ms / period < FEWEST_FRAMES - 0.5;

/* Resolves to {period, late} after about a second. */
function watchDisplay(n = 60) {
  return new Promise(resolve => {
    const stamps = [];
    const look = now => {
      stamps.push(now);
      if (stamps.length > n) resolve(measurePeriod(stamps));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/* A description of the display: {text, warnings}. */
function describeDisplay({ period, late }) {
  const rate = Math.round(1000 / period),
    ms = SHORTEST,
    warnings = [];
  const shown = Math.round(framesFor(ms, period) * period);
  if (isTooShort(ms, period))
    warnings.push(t('display.slow', { ms, rate, least: Math.ceil((FEWEST_FRAMES - 0.5) * period) }));
  if (late > UNEVEN) warnings.push(t('display.uneven', { part: 100 * late }));
  return {
    text: t('display.rate', { rate, period: formatNumber(period, 1), ms, shown }),
    warnings,
  };
}
