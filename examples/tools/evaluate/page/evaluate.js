/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Puts the page together. */

const data = JSON.parse(byId('data').textContent);

byId('title').textContent = `microexpr on ${data.title}`;
document.title = byId('title').textContent;
byId('content').append(
  ...[
    warning(data),
    summary(data),
    precisionRecall(data),
    freeResponse(data),
    calibration(data),
    emotions(data),
    byLength(data),
    byStrength(data),
    bySubject(data),
    units(data),
    worst(
      'Worst misses',
      'Those of which least was seen: nothing reported, then the lowest confidence of what ' +
        'overlaps.',
      data.missed,
    ),
    worst('Worst false reports', 'Those of the highest confidence.', data.wrong),
  ].filter(Boolean),
);

const theme = new Theme(
  byId('theme'),
  name => ({ text: `Theme: ${name}`, label: `Theme: ${name}. Change it` }),
  () => {},
);
