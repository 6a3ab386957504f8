/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Curves and bars as SVG, each with the words that say what it shows. */

const WIDTH = 440,
  HEIGHT = 280,
  LEFT = 44,
  RIGHT = 12,
  TOP = 10,
  BOTTOM = 40;

/* A frame with axes from 0 to most. Returns the drawing and the functions that place values. */
function axes({ label, xTitle, yTitle, xMost = 1, yMost = 1 }) {
  const x = value => LEFT + (Math.min(value, xMost) / xMost) * (WIDTH - LEFT - RIGHT);
  const y = value => HEIGHT - BOTTOM - (value / yMost) * (HEIGHT - TOP - BOTTOM);
  const svg = element('svg', {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    role: 'img',
    'aria-label': label,
  });
  const line = (a, b, c, d) =>
    svg.append(element('line', { x1: a, y1: b, x2: c, y2: d, class: 'axis' }));
  const text = (px, py, anchor, words, more = {}) =>
    svg.append(element('text', { x: px, y: py, 'text-anchor': anchor, text: words, ...more }));
  for (let i = 0; i <= 5; i++) {
    const across = (xMost * i) / 5,
      up = (yMost * i) / 5;
    line(LEFT, y(up), WIDTH - RIGHT, y(up));
    text(LEFT - 6, y(up) + 4, 'end', shortNumber(up));
    line(x(across), y(0), x(across), y(yMost));
    text(x(across), HEIGHT - BOTTOM + 16, 'middle', shortNumber(across));
  }
  text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, 'middle', xTitle);
  text(0, 0, 'middle', yTitle, { transform: `translate(10 ${(HEIGHT - BOTTOM) / 2}) rotate(-90)` });
  return { svg, x, y };
}

const shortNumber = value => String(Math.round(value * 100) / 100);

/* points: [x, y] in values of the axes. */
function addCurve({ svg, x, y }, points, kind) {
  if (points.length === 0) return;
  const d = points.map(([a, b], i) => `${i ? 'L' : 'M'}${x(a).toFixed(1)} ${y(b).toFixed(1)}`);
  svg.append(element('path', { d: d.join(' '), class: kind }));
}

function addPoint({ svg, x, y }, [a, b], kind, title) {
  svg.append(
    element(
      'circle',
      { cx: x(a), cy: y(b), r: 5, class: kind },
      element('title', { text: title }),
    ),
  );
}

/* A value with its interval, upright. */
function addInterval({ svg, x, y }, at, { low, high }) {
  svg.append(
    element('line', { x1: x(at), x2: x(at), y1: y(low), y2: y(high), class: 'interval' }),
  );
}

/* rows: {name, k, n}: shares k / n as bars with their intervals. */
function shareChart(label, rows) {
  const height = 22 * rows.length + 24,
    left = 90,
    width = WIDTH - left - 150;
  const x = share => left + share * width;
  const svg = element('svg', {
    viewBox: `0 0 ${WIDTH} ${height}`,
    role: 'img',
    'aria-label': `${label}: ${rows
      .map(({ name, k, n }) => `${name} ${k} of ${n}`)
      .join(', ')}`,
  });
  rows.forEach(({ name, k, n }, i) => {
    const y = 22 * i + 4,
      { low, high } = wilson(k, n);
    svg.append(element('text', { x: left - 8, y: y + 13, 'text-anchor': 'end', text: name }));
    if (n > 0)
      svg.append(
        element('rect', { x: left, y, width: (k / n) * width, height: 16, class: 'bar' }),
        element('line', { x1: x(low), x2: x(high), y1: y + 8, y2: y + 8, class: 'interval' }),
        element('line', { x1: x(low), x2: x(low), y1: y + 4, y2: y + 12, class: 'interval' }),
        element('line', { x1: x(high), x2: x(high), y1: y + 4, y2: y + 12, class: 'interval' }),
      );
    svg.append(
      element('text', { x: left + width + 8, y: y + 13, text: n > 0 ? shareText(k, n) : 'none' }),
    );
  });
  for (const share of [0, 0.5, 1])
    svg.append(
      element('text', {
        x: x(share),
        y: height - 4,
        'text-anchor': 'middle',
        text: `${100 * share} %`,
      }),
    );
  return svg;
}

/* "8 of 10, 49 to 94 %" */
function shareText(k, n) {
  const { low, high } = wilson(k, n);
  return `${k} of ${n}, ${(100 * low).toFixed(0)} to ${(100 * high).toFixed(0)} %`;
}
