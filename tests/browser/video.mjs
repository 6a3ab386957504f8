// SPDX-License-Identifier: LGPL-2.1-or-later
// Seeking, stepping and playing to the frame, in files of several kinds; the timeline.
import assert from 'node:assert/strict';
import test from 'node:test';
import { inFirefox, open, record, review, startingAt } from './pages.mjs';
import { cells, chosen, ready, stage, using } from './stage.mjs';

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

// Waits for the picture of that time. Firefox tells the time that was sought, within the frame.
const shows = (page, time, options) =>
  page.waitForFunction(
    ([wanted, within]) =>
      within
        ? review.player.frameAt(window.shown - review.player.shift) === review.player.nearestFrame(wanted - review.player.shift)
        : Math.abs(window.shown - wanted) < 0.002,
    [time, inFirefox],
    options,
  );

// Busy browsers may not tell of a picture: then it is left and sought once more.
async function settled(page, time) {
  try {
    await shows(page, time, { timeout: 20000 });
  } catch {
    await page.evaluate(() => {
      const { frame } = review.player;
      review.player.show(frame === 0 ? 1 : frame - 1);
      review.player.show(frame);
    });
    await shows(page, time);
  }
}

async function seekEverywhere(page) {
  await watchFrames(page);
  const { times, events } = await page.evaluate(() => ({
    times: Array.from(review.report.times),
    events: review.report.events.map(({ onset, apex, offset }) => ({ onset, apex, offset })),
  }));
  const nearest = time => times.reduce((a, b) => (Math.abs(b - time) < Math.abs(a - time) ? b : a));
  await page.keyboard.press('0');
  for (const event of events) {
    for (const [key, moment] of [
      ['o', 'onset'],
      ['e', 'offset'],
      ['x', 'apex'],
    ]) {
      await page.keyboard.press(key);
      await settled(page, nearest(event[moment]));
    }
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('o');
  const from = times.indexOf(nearest(events.at(-1).onset));
  await settled(page, times[from]);
  for (const [key, n] of [
    ['ArrowRight', 1],
    ['.', 2],
    ['ArrowRight', 3],
    ['ArrowLeft', 2],
    [',', 1],
  ]) {
    await page.keyboard.press(key);
    await settled(page, times[from + n]);
  }
  assert.match(await page.locator('#position').innerText(), new RegExp(`frame ${from + 2}$`));
  for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowLeft');
  await settled(page, times[from - 9]);
  assert.equal(await page.evaluate(() => review.player.frame), from - 9);
}

using('a seek shows the very frame, and so does a step', {}, seekEverywhere);

test('the same in H.264 with B-frames, held by the page', async t => {
  const mp4 = record('recording.mp4', 'mp4', 140);
  if (!mp4) return t.skip('needs x264enc');
  const page = await open(stage.browser, review(mp4, 'held.html', '--video=embed'));
  await seekEverywhere(page);
  assert.deepEqual(page.wrongs, []);
  await page.context().close();
});

test('a video that counts from elsewhere is followed', async () => {
  const page = await open(stage.browser, startingAt(stage.file, 'later.html', 1e6));
  await watchFrames(page);
  await page.keyboard.press('o');
  const { shift, time } = await page.evaluate(() => ({
    shift: review.player.shift,
    time: review.player.time,
  }));
  assert.ok(Math.abs(shift + 1) < 0.001, `the shift is ${shift}`);
  await settled(page, time - 1);
  assert.deepEqual(page.wrongs, []);
  await page.context().close();
});

using('an event plays at a quarter of the speed and stops', {}, async page => {
  await ready(page);
  assert.equal(await page.inputValue('#speed'), '1', 'the speed of the recording, unless chosen');
  await page.selectOption('#speed', '0.25');
  await page.keyboard.press('p');
  await page.waitForFunction(() => review.player.playing);
  assert.equal(await page.evaluate(() => review.player.video.playbackRate), 0.25);
  await page.waitForFunction(() => !review.player.playing && review.player.range === null);
  const time = await page.evaluate(() => review.player.time);
  const end = stage.data.events[0].fields.offset / 1e9 + 0.3;
  assert.ok(Math.abs(time - end) < 0.035, `stops at ${time}, not at ${end}`);
});

using('the timeline is clicked, dragged and zoomed', {}, async page => {
  await ready(page);
  const box = await page.locator('#timeline').boundingBox();
  const x = time => page.evaluate(t => review.timeline.x(t), time);
  const third = stage.data.events[2].fields;
  await page.mouse.click(
    box.x + (await x((third.onset + third.offset) / 2e9)),
    box.y + 26 + 18 + 11,
  );
  assert.equal(await chosen(page), (await cells(page, 'Onset'))[2]);
  await page.mouse.click(box.x + (await x(1)), box.y + 150);
  assert.ok(Math.abs((await page.evaluate(() => review.player.time)) - 1) < 0.05);
  await page.keyboard.press('z');
  const before = await page.evaluate(() => [review.timeline.from, review.timeline.to]);
  assert.ok(before[1] - before[0] < 4);
  await page.mouse.move(box.x + 400, box.y + 150);
  await page.mouse.down();
  await page.mouse.move(box.x + 300, box.y + 150, { steps: 4 });
  await page.mouse.up();
  assert.ok(
    (await page.evaluate(() => review.timeline.from)) > before[0],
    'dragging moves the view',
  );
  await page.keyboard.press('0');
  assert.equal(await page.evaluate(() => review.timeline.from), 0);
});

test('a video that no browser plays is said to be one, with the cure', async () => {
  const avi = record('recording.avi', 'avi', 90);
  const page = await open(stage.browser, review(avi, 'avi.html'));
  await page.waitForSelector('#no-video:not([hidden])');
  assert.match(
    await page.locator('#no-video').innerText(),
    /cannot play \.\/recording\.avi.*--transcode=webm/,
  );
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('p');
  assert.deepEqual(
    page.wrongs.filter(wrong => !wrong.includes('recording.avi')),
    [],
  );
  await page.context().close();

  const copied = await open(stage.browser, review(avi, 'copied.html', '--transcode=webm'));
  await ready(copied);
  assert.deepEqual(copied.wrongs, []);
  await copied.context().close();
});
