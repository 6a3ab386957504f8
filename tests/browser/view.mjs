// SPDX-License-Identifier: LGPL-2.1-or-later
// How the page is looked at: the face in the video, portraits, curves, labels and languages; and that
// it stays so.
import assert from 'node:assert/strict';
import { exported, cells, ready, rows, stage, using } from './stage.mjs';

const boxes = page =>
  page.locator('#faces rect').evaluateAll(all =>
    all.map(node => [...node.classList].concat(['x', 'y', 'width', 'height'].map(a => Number(node.getAttribute(a))))),
  );

using('a box is on the face that the event belongs to, and can be left out', {}, async page => {
  await ready(page);
  const { x, y, width, height } = stage.data.events[0].fields; /* at the apex, which is shown */
  const [box] = await boxes(page);
  assert.deepEqual(box.slice(0, 3), ['box', 'chosen', 'during']);
  const [left, top, wide, high] = box.slice(3);
  for (const [is, should] of [[left, x], [top, y], [wide, width], [high, height]])
    assert.ok(Math.abs(is - should) < 0.1 * width, `${box.slice(3)}, not ${[x, y, width, height]}`);
  await page.evaluate(() => review.player.goTo(0.2));
  assert.doesNotMatch((await boxes(page))[0].join(), /during/);
  await page.keyboard.press('b');
  assert.equal((await boxes(page)).length, 0);
  await page.reload();
  await ready(page);
  assert.equal((await boxes(page)).length, 0, 'as it was left');
});

for (const [width, height, least] of [
  [1920, 1080, 800],
  [1400, 900, 580], // Firefox's letters leave the table a little more
  [1280, 720, 490],
])
  using(`the video is as large as ${width} x ${height} px let it be`, { viewport: { width, height } }, async page => {
    await ready(page);
    const video = await page.locator('#stage').boundingBox();
    assert.ok(video.width >= least, `${video.width} x ${video.height} px`);
    const cut = await page.evaluate(() => {
      const box = document.querySelector('.scroll');
      return box.scrollWidth - box.clientWidth;
    });
    assert.ok(cut <= 20, `the table lacks ${cut} px`);
  });

using('the zoom follows the face', {}, async page => {
  await ready(page);
  const place = () =>
    page.evaluate(() => {
      const screen = byId('screen').getBoundingClientRect(),
        box = document.querySelector('#faces .chosen').getBoundingClientRect();
      return {
        share: box.height / byId('stage').offsetHeight,
        off: [
          (box.left + box.right - screen.left - screen.right) / 2 / screen.width,
          (box.top + box.bottom - screen.top - screen.bottom) / 2 / screen.height,
        ],
      };
    });
  const before = await place();
  await page.keyboard.press('v');
  const { share, off } = await place();
  assert.ok(share > 0.59 && share < 0.65, `the face takes ${share} of the height, before ${before.share}`);
  assert.ok(Math.hypot(...off) < 0.05, `it is ${off} off the middle`);
  await page.keyboard.press('v');
  assert.deepEqual(await place(), before);
});

using('speed, loop, flicker and arrows stay as they are set', {}, async page => {
  await ready(page);
  assert.equal(await page.inputValue('#speed'), '1');
  assert.equal(await page.evaluate(() => review.player.loop), false);
  await page.selectOption('#speed', '0.5');
  for (const key of 'wfd') await page.keyboard.press(key);
  const state = () =>
    page.evaluate(() => [
      byId('speed').value,
      review.player.loop,
      ...['flicker', 'plain'].map(name => document.querySelector('#details .portraits').classList.contains(name)),
      ...['flicker', 'arrows'].map(name => document.querySelector(`[data-toggle=${name}]`).getAttribute('aria-pressed')),
    ]);
  const set = ['0.5', true, true, true, 'true', 'false'];
  assert.deepEqual(await state(), set);
  await page.keyboard.press('ArrowDown');
  assert.deepEqual(await state(), set, 'for the next event');
  await page.reload();
  await ready(page);
  await page.locator('.portraits.flicker').waitFor();
  assert.deepEqual(await state(), set, 'after the page was closed');
  assert.equal(await page.locator('.portrait.apex .arrow').first().isVisible(), false);
});

using('while an event is repeated, the next one that is chosen plays', {}, async page => {
  await ready(page);
  await page.keyboard.press('w');
  await page.keyboard.press('p');
  await page.waitForFunction(() => review.player.playing);
  await page.keyboard.press('ArrowDown');
  const onset = stage.data.events[1].fields.onset / 1e9;
  await page.waitForFunction(
    from => review.player.playing && Math.abs(review.player.range[0] - from) < 0.4,
    onset,
  );
  await page.keyboard.press(' ');
});

using('arrows end at the edge of the picture', {}, async page => {
  await page.waitForSelector('.portrait.apex img');
  const clips = await page
    .locator('.portrait.apex svg')
    .evaluate(svg => [getComputedStyle(svg).overflow, getComputedStyle(svg.parentElement).overflow]);
  assert.ok(!clips.includes('visible'), clips.join());
});

using('a portrait is enlarged on a click', {}, async page => {
  await page.waitForSelector('.portrait.apex img');
  const width = where => page.locator(`${where} .portrait.apex img`).evaluate(img => img.getBoundingClientRect().width);
  const small = await width('#details');
  await page.locator('#details .portrait.apex button').click();
  assert.ok((await width('#enlarged')) > 1.8 * small, `${await width('#enlarged')} px, in the page ${small}`);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#enlarged').isVisible(), false);
  await page.keyboard.press('a');
  assert.equal((await cells(page, 'Decision'))[0], 'accepted', 'keys work again');
});

using('full screen shows the video and its controls', {}, async page => {
  await page.click('#full');
  await page.waitForFunction(() => document.fullscreenElement?.id === 'watch');
  assert.equal(await page.locator('#details').isVisible(), false);
  assert.equal(await page.locator('#play').isVisible(), true);
  await page.keyboard.press('g');
  await page.waitForFunction(() => !document.fullscreenElement);
});

using('curves of the units that moved, with their noise', {}, async page => {
  await ready(page);
  await page.selectOption('#curves', 'units');
  const found = [...new Set(stage.data.events.flatMap(({ fields }) => Object.keys(fields['action-units'])))];
  const { shown, curve, noise, elsewhere } = await page.evaluate(() => {
    const { timeline, report } = review,
      [event] = report.events;
    const most = (row, { onset, offset }) => timeline.face.largest(row, onset, offset);
    return {
      shown: timeline.rows,
      curve: most('AU12', event),
      noise: most('noise', event),
      elsewhere: most('AU12', { onset: 0.2, offset: 0.8 }),
    };
  });
  assert.deepEqual([...shown].sort(), found.sort());
  const strength = stage.data.events[0].fields['action-units'].AU12;
  assert.ok(Math.abs(curve - strength) < 0.4 * strength, `${curve} at the event of ${strength}`);
  assert.ok(noise > 0 && noise < curve, `noise ${noise}`);
  assert.ok(elsewhere < 0.5 * curve, `${elsewhere} without an event`);

  /* Each has the noise of its own strength, which is less than that of the whole face. */
  const { share, told } = await page.evaluate(() => {
    const { timeline, report } = review;
    const [face] = report.faces;
    face.raw['unit-noise'] = { AU12: 0.25 };
    timeline.position = report.events[0].apex;
    const drawn = [];
    const { context } = timeline;
    context.fillText = text => drawn.push(text);
    timeline.drawNow();
    delete context.fillText;
    return { share: face.unitNoise('AU12'), told: drawn };
  });
  assert.equal(share, 0.25);
  const noiseAt = await page.evaluate(() =>
    review.timeline.face.largest('noise', review.timeline.position, review.timeline.position + 1e-6),
  );
  assert.ok(
    told.some(text => text.endsWith(` ± ${(0.25 * noiseAt).toFixed(1)} %`)),
    told.join('; '),
  );
  await page.reload();
  assert.equal(await page.inputValue('#curves'), 'units');
});

using('contempt and labels of one\'s own are marked as such, and kept', {}, async page => {
  const event = async i => JSON.parse((await exported(page, 'json')).text).events[i].review;
  await page.keyboard.press('8');
  assert.deepEqual(await event(0), { decision: 'undecided', label: 'contempt' });
  assert.equal(await page.locator('.label-field small').isVisible(), true, 'it is marked');
  await page.keyboard.press('j');
  assert.equal(await page.locator('.label-field small').isVisible(), false);
  await page.selectOption('#relabel', '+');
  await page.keyboard.type('boredom');
  await page.keyboard.press('Enter');
  assert.deepEqual(await event(1), { decision: 'undecided', label: 'other', 'own-label': 'boredom' });
  assert.equal((await cells(page, 'Emotion'))[1], 'boredom');
  const csv = (await exported(page, 'csv')).text.split('\r\n');
  assert.match(csv[2], /,other,.*,boredom$/);
  const seconds = (await exported(page, 'seconds')).text.split('\r\n');
  assert.match(seconds[1], /,contempt,.*,own$/);
  assert.match(seconds[2], /,boredom,.*,own$/);
  assert.match((await exported(page, 'eaf')).text, /boredom \(own label\) \d+ %/);
  const { text } = await exported(page, 'json');
  await page.reload();
  assert.equal((await cells(page, 'Emotion'))[1], 'boredom');
  await page.keyboard.press('j');
  await page.keyboard.press('3');
  assert.deepEqual(await event(1), { decision: 'undecided', label: 'anger' });
  await page.locator('#relabel option', { hasText: 'boredom' }).waitFor({ state: 'attached' });
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await page.setInputFiles('#import-file', {
    name: 'exported.json',
    mimeType: 'application/json',
    buffer: Buffer.from(text),
  });
  await page.locator('.notice').waitFor();
  assert.equal((await cells(page, 'Emotion'))[1], 'boredom', 'read from a file');
});

using('on a phone the title is in sight, and so is the event', { viewport: { width: 390, height: 844 } }, async page => {
  await page.waitForSelector('.portrait.apex img');
  await page.waitForFunction(() => review.player.ready);
  assert.equal(await page.evaluate(() => scrollY), 0, 'opening it does not scroll');
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.evaluate(() => scrollY), 0);
  assert.ok(
    await page.evaluate(() => byId('event-title').getBoundingClientRect().top < innerHeight),
    'the event is below the fold',
  );
});

for (const [code, words, decision] of [
  ['de', ['Rückgängig', 'Annehmen', 'Alle Ereignisse', 'Zeitleiste'], 'angenommen'],
  ['tr', ['Geri al', 'Onayla', 'Tüm olaylar', 'Zaman çizelgesi'], 'onaylandı'],
])
  using(`everything is said in ${code}, and files are as in English`, {}, async page => {
    await page.waitForSelector('#event-title');
    const loaded = page.waitForEvent('load');
    await page.selectOption('#language', code);
    await loaded;
    await page.waitForSelector('#event-title');
    assert.equal(await page.evaluate(() => document.documentElement.lang), code);
    const html = await page.locator('body').evaluate(body => {
      const labels = [...body.querySelectorAll('[aria-label]')].map(node => node.getAttribute('aria-label'));
      return [body.innerText, ...labels].join('\n');
    });
    for (const word of words) assert.ok(html.includes(word), word);
    assert.doesNotMatch(html, /Accept|Decision|\bEvents?\b|Undo|undecided|Whole|brows\b/);
    await page.keyboard.press('a');
    assert.equal(await page.locator('#table tbody tr').first().locator('td').nth(6).innerText(), decision);
    assert.equal(await rows(page).count(), stage.data.events.length);
    for (const summary of await page.locator('#found summary').all()) await summary.click();
    await page.keyboard.press('?');
    await page.keyboard.press('Escape');
    const { text } = await exported(page, 'seconds');
    assert.match(text, /,micro,0,happiness,AU12,accepted,/);
  });
