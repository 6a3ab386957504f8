// SPDX-License-Identifier: LGPL-2.1-or-later
// The page of microexpr-review, as somebody who reviews meets it. See review.sh.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test, { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { axe, dataOf, directory, examples, launch, open, record, review, startingAt, stretch } from './pages.mjs';

const ELAN_SCHEMA = join(dirname(fileURLToPath(import.meta.url)), '../check/elan.xsd');
let browser, recording, file, data, plain; /* plain: a page on which nothing is decided */

before(async () => {
  recording = record('the "test" recording.webm', 'webm');
  file = review(recording, 'report.html');
  ({ data } = dataOf(file));
  assert.ok(data.events.length >= 4, 'the recording has too few events to test with');
  browser = await launch();
  plain = await open(browser, file);
});

after(() => browser?.close());

// --- small things ---

const rows = page => page.locator('#table tbody tr');
const cells = async (page, heading) => {
  const heads = await page.locator('#table thead th').allInnerTexts();
  const at = heads.findIndex(head => head.trim().startsWith(heading)) + 1;
  return page.locator(`#table tbody tr > :nth-child(${at})`).allInnerTexts();
};
const chosen = page => page.locator('#table tr[aria-current] button').innerText();
const choose = (page, filter, value) => page.locator('#filters label', { hasText: filter }).locator('select').selectOption(value);
const ready = page => page.waitForFunction(() => review.player.ready);

async function exported(page, kind) {
  await page.locator('#export summary').click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(`[data-export=${kind}]`)]);
  const path = join(directory, download.suggestedFilename());
  await download.saveAs(path);
  return { path, text: readFileSync(path, 'utf8') };
}

// Looks at a page that others look at too, and leaves it as it was.
function looking(name, look) {
  test(name, async () => {
    await look(plain);
    assert.deepEqual(plain.wrongs, []);
  });
}

// A page that is opened, used and closed; it must have done nothing wrong.
function using(name, options, use) {
  test(name, async t => {
    const page = await open(browser, options.file ?? file, options);
    await use(page, t);
    assert.deepEqual(page.wrongs, []);
    await page.context().close();
  });
}

// --- what is there ---

looking('every event has its row, and the first one is shown', async page => {
  assert.equal(await rows(page).count(), data.events.length);
  assert.equal(await page.locator('#count').innerText(), `${data.events.length} events`);
  const units = data.events.map(({ fields }) => 'AU' + Object.keys(fields['action-units']).map(u => u.slice(2)).join('+'));
  assert.deepEqual(await cells(page, 'Units'), units);
  assert.deepEqual(await cells(page, 'Emotion'), data.events.map(({ fields }) => fields.emotion));
  assert.match(await page.locator('#event-title').innerText(), /^happiness/);
  assert.equal(await page.locator('.portrait img').count(), 2);
  assert.ok(await page.locator('.portrait.apex .arrow').count() >= 2, 'the mouth corners have arrows');
});

// How much onset and apex differ in brightness, on average, at the brows and at the mouth.
const difference = page => page.evaluate(async () => {
  const pixels = async image => {
    await image.decode();
    const { naturalWidth: width, naturalHeight: height } = image;
    const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d');
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, width, height).data;
  };
  const [a, b] = await Promise.all([...document.querySelectorAll('.portrait img')].map(pixels));
  const mean = (top, bottom) => {
    let sum = 0;
    for (let y = top; y < bottom; y++)
      for (let x = 60; x < 196; x++) sum += Math.abs(a[4 * (256 * y + x)] - b[4 * (256 * y + x)]);
    return sum / (bottom - top) / 136;
  };
  return { brows: mean(70, 112), mouth: mean(190, 250) };
});

looking('onset and apex lie on each other, and differ where the face moved', async page => {
  const smile = await difference(page);
  await page.keyboard.press('ArrowDown');
  const raisedBrows = await difference(page);
  await page.keyboard.press('ArrowUp');
  const share = ({ brows, mouth }) => mouth / brows;
  assert.ok(raisedBrows.brows > 2 * smile.brows, JSON.stringify({ smile, raisedBrows }));
  assert.ok(share(smile) > 3 * share(raisedBrows), JSON.stringify({ smile, raisedBrows }));
});

looking('bars have the strength of each side', async page => {
  const { left, right } = data.events[0].fields;
  const values = await page.locator('.units tbody tr').first().locator('.value').allInnerTexts();
  assert.deepEqual(values, [right.AU12.toFixed(1), left.AU12.toFixed(1)]);
});

looking('totals count the events', async page => {
  const first = await page.locator('#totals tbody tr').first().locator('td').allInnerTexts();
  assert.equal(first[0], String(data.events.length));
  assert.equal(first[1], (60e9 * data.events.length / data.recording.seen).toFixed(2));
});

// --- filters, sorting ---

looking('filters choose by kind, emotion, unit and confidence, and all comes back', async page => {
  const of = keep => data.events.filter(({ fields }) => keep(fields)).length;
  await choose(page, 'Kind', 'macro');
  assert.equal(await rows(page).count(), of(f => f.kind === 'macro'));
  assert.match(await page.locator('#count').innerText(), / of /);
  await choose(page, 'Kind', '');
  await choose(page, 'Emotion', 'surprise');
  assert.equal(await rows(page).count(), of(f => f.emotion === 'surprise'));
  await choose(page, 'Emotion', '');
  await choose(page, 'Unit', 'AU12');
  assert.equal(await rows(page).count(), of(f => 'AU12' in f['action-units']));
  await page.click('text=All events');
  const sorted = data.events.map(({ fields }) => fields.confidence).sort();
  const least = Math.ceil(100 * sorted[2]);
  await page.locator('#filters input[type=range]').fill(String(least));
  assert.equal(await rows(page).count(), of(f => f.confidence >= least / 100));
  await page.click('text=All events');
  assert.equal(await rows(page).count(), data.events.length);
});

looking('a header sorts, and once more turns the order', async page => {
  const strengths = async () => (await cells(page, 'Intensity')).map(parseFloat);
  const head = page.locator('#table thead button', { hasText: 'Intensity' });
  await head.click();
  assert.deepEqual(await strengths(), [...await strengths()].sort((a, b) => a - b));
  await head.click();
  assert.deepEqual(await strengths(), [...await strengths()].sort((a, b) => b - a));
  assert.equal(await page.locator('#table th[aria-sort]').getAttribute('aria-sort'), 'descending');
});

// --- reviewing ---

using('a review by keyboard survives closing the page, and is exported', {}, async page => {
  await page.fill('#coder', 'JD');
  await page.keyboard.press('Escape');
  await page.keyboard.press('a');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('r');
  await page.keyboard.press('n');
  await page.keyboard.type('a, "yawn"');
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await page.keyboard.press('5');
  await page.keyboard.press('u');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('4 9');
  await page.keyboard.press('Enter');
  await page.keyboard.press('k');
  await page.keyboard.press('k');
  await page.reload();
  assert.deepEqual((await cells(page, 'Decision')).slice(0, 3), ['accepted', 'rejected', 'relabelled']);
  assert.equal((await cells(page, 'Emotion'))[2], 'disgust');
  assert.equal((await cells(page, 'Units'))[2], 'AU4+9');
  await choose(page, 'Decision', 'rejected');
  assert.deepEqual(await cells(page, 'Note'), ['a, "yawn"']);

  const json = JSON.parse((await exported(page, 'json')).text);
  assert.equal(json.coder, 'JD');
  assert.deepEqual(json.events.map(event => event.review.decision).slice(0, 3), ['accepted', 'rejected', 'undecided']);
  assert.deepEqual(json.events[2].review, { decision: 'undecided', label: 'disgust', 'action-units': ['AU4', 'AU9'] });
  const { review: _, ...fields } = json.events[0];
  assert.deepEqual(fields, data.events[0].fields);

  const { text } = await exported(page, 'csv');
  const [header, , second] = text.split('\r\n');
  assert.ok(header.startsWith('id,source,face,kind,onset,apex,offset,duration,utc,emotion,confidence,intensity,snr,x,y,'));
  assert.ok(header.endsWith(',decision,review_label,review_action_units,note,coder'));
  assert.ok(second.endsWith(',rejected,,,"a, ""yawn""",JD'));
});

using('ELAN gets the tiers of elan.py, and what was decided', {}, async page => {
  const lines = join(directory, 'events.jsonl'), reference = join(directory, 'reference.eaf');
  writeFileSync(lines, data.events.map(({ fields }) => JSON.stringify(fields) + '\n').join(''));
  execFileSync(join(examples, 'elan.py'), [lines, recording, reference]);
  const annotations = text => page.evaluate(source => {
    const root = new DOMParser().parseFromString(source, 'application/xml');
    const times = {};
    for (const slot of root.querySelectorAll('TIME_SLOT')) times[slot.getAttribute('TIME_SLOT_ID')] = Number(slot.getAttribute('TIME_VALUE'));
    return Object.fromEntries([...root.querySelectorAll('TIER')].map(tier => [tier.getAttribute('TIER_ID'),
      [...tier.querySelectorAll('ALIGNABLE_ANNOTATION')].map(a => [times[a.getAttribute('TIME_SLOT_REF1')],
        times[a.getAttribute('TIME_SLOT_REF2')], a.textContent.trim()])]));
  }, text);
  const valid = path => execFileSync('xmllint', ['--noout', '--schema', ELAN_SCHEMA, path], { stdio: 'pipe' });

  const plain = await exported(page, 'eaf');
  valid(plain.path);
  assert.deepEqual(await annotations(plain.text), await annotations(readFileSync(reference, 'utf8')));
  assert.ok(plain.text.includes(`RELATIVE_MEDIA_URL="${encodeURI('./the "test" recording.webm')}"`));
  await page.keyboard.press('a');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('r');
  const decided = await exported(page, 'eaf');
  valid(decided.path);
  const tiers = await annotations(decided.text);
  assert.equal(tiers['face 0 micro review'][0][2], 'accepted');
  assert.equal(tiers['face 0 micro'].length, data.events.filter(({ fields }) => fields.kind === 'micro').length - 1);
});

using('an exported file goes on elsewhere', {}, async page => {
  await page.keyboard.press('r');
  await page.keyboard.press('6');
  const { path } = await exported(page, 'json');
  const elsewhere = await open(browser, file);
  await elsewhere.setInputFiles('#import-file', path);
  await elsewhere.waitForSelector('.notice');
  assert.equal((await cells(elsewhere, 'Decision'))[0], 'rejected, relabelled');
  await elsewhere.setInputFiles('#import-file', recording);
  await elsewhere.waitForSelector('text=is no export of this page');
  assert.deepEqual(elsewhere.wrongs, []);
  await elsewhere.context().close();
});

using('after a verdict the next event comes, when that is wanted', {}, async page => {
  const onsets = await cells(page, 'Onset');
  await page.check('#advance');
  await page.keyboard.press('a');
  await page.keyboard.press('r');
  assert.equal(await chosen(page), onsets[2]);
  await page.uncheck('#advance');
  await page.keyboard.press('a');
  assert.equal(await chosen(page), onsets[2]);
  assert.deepEqual((await cells(page, 'Decision')).slice(0, 4), ['accepted', 'rejected', 'accepted', '']);
});

// --- video ---

// The time of the picture that the browser shows, by its own account.
async function watchFrames(page) {
  await ready(page);
  await page.evaluate(() => {
    const look = (_now, { mediaTime }) => {
      window.shown = mediaTime;
      review.player.video.requestVideoFrameCallback(look);
    };
    review.player.video.requestVideoFrameCallback(look);
  });
}

const settled = (page, time) => page.waitForFunction(t => Math.abs(window.shown - t) < 0.002, time, { timeout: 15000 });

async function seekEverywhere(page) {
  await watchFrames(page);
  const { times, events } = await page.evaluate(() => ({ times: Array.from(review.report.times),
    events: review.report.events.map(({ onset, apex, offset }) => ({ onset, apex, offset })) }));
  const nearest = time => times.reduce((a, b) => Math.abs(b - time) < Math.abs(a - time) ? b : a);
  await page.keyboard.press('0');
  for (const event of events) {
    for (const [key, moment] of [['o', 'onset'], ['e', 'offset'], ['x', 'apex']]) {
      await page.keyboard.press(key);
      await settled(page, nearest(event[moment]));
    }
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('o');
  const from = times.indexOf(nearest(events.at(-1).onset));
  await settled(page, times[from]);
  for (const [key, n] of [['ArrowRight', 1], ['.', 2], ['ArrowRight', 3], ['ArrowLeft', 2], [',', 1]]) {
    await page.keyboard.press(key);
    await settled(page, times[from + n]);
  }
  assert.match(await page.locator('#position').innerText(), new RegExp(`frame ${from + 2}$`));
}

using('a seek shows the very frame, and so does a step', {}, seekEverywhere);

test('the same in H.264 with B-frames, held by the page', async t => {
  const mp4 = record('recording.mp4', 'mp4', 140);
  if (!mp4) return t.skip('needs x264enc');
  const page = await open(browser, review(mp4, 'held.html', '--video=embed'));
  await seekEverywhere(page);
  assert.deepEqual(page.wrongs, []);
  await page.context().close();
});

test('a video that counts from elsewhere is followed', async () => {
  const page = await open(browser, startingAt(file, 'later.html', 1e6));
  await watchFrames(page);
  await page.keyboard.press('o');
  const { shift, time } = await page.evaluate(() => ({ shift: review.player.shift, time: review.player.time }));
  assert.ok(Math.abs(shift + 1) < 0.001, `the shift is ${shift}`);
  await settled(page, time - 1);
  assert.deepEqual(page.wrongs, []);
  await page.context().close();
});

using('an event plays at a quarter of the speed and stops', {}, async page => {
  await ready(page);
  await page.keyboard.press('p');
  await page.waitForFunction(() => review.player.playing);
  assert.equal(await page.evaluate(() => review.player.video.playbackRate), 0.25);
  await page.waitForFunction(() => !review.player.playing && review.player.range === null, null, { timeout: 30000 });
  const time = await page.evaluate(() => review.player.time), end = data.events[0].fields.offset / 1e9 + 0.3;
  assert.ok(time > end - 0.05 && time < end + 0.5, `stops at ${time}, not at ${end}`);
});

using('the timeline is clicked, dragged and zoomed', {}, async page => {
  await ready(page);
  const box = await page.locator('#timeline').boundingBox();
  const x = time => page.evaluate(t => review.timeline.x(t), time);
  const third = data.events[2].fields;
  await page.mouse.click(box.x + await x((third.onset + third.offset) / 2e9), box.y + 26 + 18 + 11);
  assert.equal(await chosen(page), (await cells(page, 'Onset'))[2]);
  await page.mouse.click(box.x + await x(1), box.y + 150);
  assert.ok(Math.abs(await page.evaluate(() => review.player.time) - 1) < 0.05);
  await page.keyboard.press('z');
  const before = await page.evaluate(() => [review.timeline.from, review.timeline.to]);
  assert.ok(before[1] - before[0] < 4);
  await page.mouse.move(box.x + 400, box.y + 150);
  await page.mouse.down();
  await page.mouse.move(box.x + 300, box.y + 150, { steps: 4 });
  await page.mouse.up();
  assert.ok(await page.evaluate(() => review.timeline.from) > before[0], 'dragging moves the view');
  await page.keyboard.press('0');
  assert.equal(await page.evaluate(() => review.timeline.from), 0);
});

test('a video that no browser plays is said to be one, with the cure', async () => {
  const avi = record('recording.avi', 'avi', 90);
  const page = await open(browser, review(avi, 'avi.html'));
  await page.waitForSelector('#no-video:not([hidden])');
  assert.match(await page.locator('#no-video').innerText(), /cannot play \.\/recording\.avi.*--transcode=webm/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('p');
  assert.deepEqual(page.wrongs.filter(wrong => !wrong.includes('recording.avi')), []);
  await page.context().close();

  const copied = await open(browser, review(avi, 'copied.html', '--transcode=webm'));
  await ready(copied);
  assert.deepEqual(copied.wrongs, []);
  await copied.context().close();
});

// --- privacy ---

test('without pictures and emotions there are none', async () => {
  const bare = review(recording, 'bare.html', '--no-pictures', '--video=none', '--interpretation=action-units');
  const page = await open(browser, bare);
  assert.equal(await page.locator('img').count(), 0);
  assert.equal(await page.locator('#relabel').count(), 0);
  await page.keyboard.press('1');
  await page.keyboard.press('ArrowRight');
  assert.ok(await page.locator('.portrait.apex .arrow').count() >= 2);
  const seen = await page.locator('main').innerText();
  assert.doesNotMatch(seen, /happiness|sadness|anger|fear|disgust|surprise/i);
  assert.match(seen, /AU12/);
  assert.deepEqual(page.wrongs, []);
  await page.context().close();
});

test('the page is not allowed to request anything', async () => {
  const page = await open(browser, file);
  const answers = await page.evaluate(async () => {
    const violations = [];
    document.addEventListener('securitypolicyviolation', e => violations.push(e.effectiveDirective));
    const fetched = await fetch('http://127.0.0.1:9/').then(() => 'fetched', () => 'refused');
    document.body.append(Object.assign(new Image(), { src: 'http://127.0.0.1:9/x.png' }),
      Object.assign(document.createElement('script'), { textContent: 'window.injected = true' }));
    await new Promise(resolve => setTimeout(resolve, 100));
    return { fetched, violations: violations.sort(), injected: window.injected };
  });
  assert.deepEqual(answers, { fetched: 'refused', violations: ['connect-src', 'img-src', 'script-src-elem'], injected: undefined });
  await page.context().close();
});

// --- everybody ---

for (const [colorScheme, width] of [['light', 1440], ['dark', 390]])
  using(`accessible, ${colorScheme}, ${width} px`, { colorScheme, viewport: { width, height: 850 } }, async page => {
    await page.keyboard.press('a');
    await page.locator('#export summary').click();
    for (const summary of await page.locator('#found summary').all())
      if (!await summary.evaluate(s => s.parentElement.open)) await summary.click();
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run());
    assert.deepEqual(violations.map(v => [v.id, ...v.nodes.map(n => n.html.slice(0, 120))]), []);
    assert.ok(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), 'it scrolls sideways');
  });

looking('the keys are told', async page => {
  await page.keyboard.press('?');
  const help = await page.locator('#help').innerText();
  assert.match(help, /next event/);
  assert.match(help, /no lie is detected/);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#help').isVisible(), false);
});

// --- size ---

test('an hour with 500 events', async t => {
  const path = stretch(file, 'hour.html', { minutes: 60, events: 500 });
  const size = statSync(path).size / 1e6;
  assert.ok(size < 25, `${size} MB`);
  const began = Date.now();
  const page = await open(browser, path);
  assert.equal(await rows(page).count(), 500);
  const loaded = Date.now() - began;
  const draws = await page.evaluate(() => [[0, 3600], [1000, 1600], [1000, 1004]].map(([from, to]) => {
    review.timeline.setView(from, to);
    const start = performance.now();
    for (let i = 0; i < 10; i++) review.timeline.drawNow();
    return (performance.now() - start) / 10;
  }));
  t.diagnostic(`${size.toFixed(1)} MB, loaded in ${loaded} ms, the timeline drawn in ${draws.map(d => d.toFixed(1)).join(', ')} ms`);
  assert.equal(await page.evaluate(() => review.report.times.length), 108001);
  await page.keyboard.press('ArrowDown');
  await page.waitForSelector('.portrait.apex img');
  await choose(page, 'Kind', 'macro');
  assert.equal(await rows(page).count(), Array.from({ length: 500 }, (_, i) => data.events[i % data.events.length])
    .filter(({ fields }) => fields.kind === 'macro').length);
  assert.deepEqual(page.wrongs, []);
  await page.context().close();
});
