// SPDX-License-Identifier: LGPL-2.1-or-later
// What the tests in a browser share: recordings of the test face, pages of them, a browser.
import { execFileSync, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const [, , program, examples, modules, directory] = process.argv;
const require = createRequire(join(modules, 'package.json'));
const { chromium, firefox } = require('playwright-core');
export const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const SCRIPT =
  '1.2s micro AU12 4 300ms; 2.6s micro AU1+2 4 280ms; 4s micro AU4 4 250ms; ' +
  '5.2s macro AU6+12 9 1.2s; 7.6s micro AU14 4 300ms left';
const ENCODERS = {
  webm:
    'vp8enc deadline=1 cpu-used=-8 end-usage=cq cq-level=8 target-bitrate=20000000 ' +
    'keyframe-max-dist=60 ! webmmux',
  mp4:
    'x264enc speed-preset=veryfast bframes=2 b-adapt=false key-int-max=60 bitrate=3000 ! ' +
    'h264parse ! mp4mux',
  avi: 'jpegenc ! avimux',
};

// suffix: of the kind of file. Returns its path, or null when an encoder is missing.
export function record(name, suffix, buffers = 260) {
  const path = join(directory, name);
  const line =
    `microexprtestsrc num-buffers=${buffers} seed=5 noise=0.5 micro-rate=0 macro-rate=0 ` +
    'blink-rate=0 ! video/x-raw,width=320,height=240,framerate=30/1 ! videoconvert ! ' +
    `${ENCODERS[suffix]} ! filesink`;
  const words = line.split(' ');
  words.splice(words.indexOf('blink-rate=0') + 1, 0, `script=${SCRIPT}`);
  const { status } = spawnSync('gst-launch-1.0', ['-q', ...words, `location=${path}`]);
  return status === 0 ? path : null;
}

// Returns the path of the page.
export function review(recording, name, ...options) {
  const path = join(directory, name);
  execFileSync(program, [recording, '-o', path, ...options], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return path;
}

export function dataOf(page) {
  const html = readFileSync(page, 'utf8');
  const start = html.indexOf('<script type="application/json" id="data">');
  const json = html.slice(html.indexOf('>', start) + 1, html.indexOf('</script>', start));
  return { html, json, data: JSON.parse(json) };
}

// The page with its data changed: change(data).
export function rewrite(page, name, change) {
  const { html, json, data } = dataOf(page);
  change(data);
  writeFileSync(
    join(directory, name),
    html.replace(json, () => JSON.stringify(data)),
  );
  return join(directory, name);
}

// The page with frames that begin so much later (us) than those of its video.
export const startingAt = (page, name, us) =>
  rewrite(page, name, data => {
    const first = [(us & 0x7f) | 0x80, ((us >> 7) & 0x7f) | 0x80, (us >> 14) & 0x7f];
    const frames = Buffer.from(data.frames, 'base64');
    data.frames = Buffer.concat([Buffer.from(first), frames.subarray(1)]).toString('base64');
  });

// The page with its first event as a candidate, whose confidence is lower than that of all others.
export const withCandidate = (page, name) =>
  rewrite(page, name, ({ events }) =>
    Object.assign(events[0].fields, { confidence: 0.234, candidate: true }),
  );

// The page of an hour with so many events, made of those of a short one: all else is as the program
// writes it. The pictures of the events come again.
export function stretch(page, name, { minutes, events }) {
  const { html, json, data } = dataOf(page);
  const duration = minutes * 60e9,
    bins = minutes * 60 * 50,
    n = data.events.length;
  const path = join(directory, name);
  const bytes = row => {
    const from = Buffer.from(data.faces[0][row], 'base64'),
      to = Buffer.alloc(bins);
    for (let i = 0; i < bins; i++) to[i] = from[i % from.length];
    return to.toString('base64');
  };
  const face = { ...data.faces[0], last: duration, seen: duration };
  for (const row of ['face', 'noise', 'brows', 'eyes', 'midface', 'mouth']) face[row] = bytes(row);
  const boxes = Buffer.from(face.boxes, 'base64');
  face.boxes = Buffer.concat(
    Array(Math.ceil((minutes * 600 * 8) / boxes.length)).fill(boxes),
  ).toString('base64');
  const frames = Buffer.concat([
    Buffer.from([0]),
    ...Array(minutes * 60 * 30).fill(Buffer.from([0xb5, 0x84, 0x02])),
  ]);
  const longer = {
    ...data,
    video: undefined,
    frames: frames.toString('base64'),
    faces: [face],
    recording: { ...data.recording, duration, seen: duration, id: 'an-hour' },
    events: Array.from({ length: events }, (_, i) => {
      const { fields, arrows } = data.events[i % n];
      const shift = Math.round(((i + 0.5) * duration) / events) - fields.onset;
      return {
        arrows,
        fields: {
          ...fields,
          id: i,
          onset: fields.onset + shift,
          apex: fields.apex + shift,
          offset: fields.offset + shift,
        },
      };
    }),
  };
  const pictures = Array.from({ length: events }, (_, i) =>
    ['onset', 'apex'].map(moment => {
      const [found] = html.match(
        new RegExp(`<script type="text/plain" id="${moment}-${i % n}">[^<]*</script>`),
      );
      return found.replace(`${moment}-${i % n}"`, `${moment}-${i}"`);
    }),
  )
    .flat()
    .join('\n');
  const without = html
    .replace(json, () => JSON.stringify(longer))
    .replace(/<script type="text\/plain"[^<]*<\/script>\n/g, '');
  writeFileSync(
    path,
    without.replace('</body>', () => `${pictures}\n</body>`),
  );
  return path;
}

export const inFirefox = process.env.BROWSER === 'firefox';

export function launch() {
  const executablePath = process.env.BROWSER_PATH;
  if (inFirefox) return firefox.launch({ channel: 'moz-firefox', executablePath });
  const args = process.getuid() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args });
}

// The file that an action makes the browser save: path and text. Playwright tells of no downloads in
// Firefox; there the page's blob is taken.
export async function saved(page, act) {
  if (inFirefox) return savedAsBlob(page, act);
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  const path = join(directory, download.suggestedFilename());
  await download.saveAs(path);
  return { path, text: readFileSync(path, 'utf8') };
}

async function savedAsBlob(page, act) {
  await page.evaluate(() => {
    URL.createObjectURL = blob => {
      window.kept = { blob };
      return 'data:,';
    };
    HTMLAnchorElement.prototype.click = function () {
      window.kept.name = this.download;
    };
  });
  await act();
  const { name, bytes } = await page.evaluate(async () => ({
    name: window.kept.name,
    bytes: Array.from(new Uint8Array(await window.kept.blob.arrayBuffer())),
  }));
  const path = join(directory, name);
  writeFileSync(path, Buffer.from(bytes));
  return { path, text: readFileSync(path, 'utf8') };
}

const SIZE = { viewport: { width: 1440, height: 900 } };

async function openIn(context, path) {
  const page = await context.newPage();
  page.setDefaultTimeout(Number(process.env.PATIENCE ?? 100000)); /* of a machine that does much else */
  page.wrongs = [];
  page.on('console', message => page.wrongs.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', error => page.wrongs.push(error.message));
  page.on('request', request => {
    if (!/^(file|blob|data):/.test(request.url())) page.wrongs.push(`requests ${request.url()}`);
  });
  if (path) await page.goto(`file://${path}`);
  return page;
}

// Opens a page in a window of its own, and notes what no page may do. path: null for none as yet.
export async function open(browser, path, options = {}) {
  return openIn(await browser.newContext({ ...SIZE, ...options }), path);
}

const blank = join(directory, 'blank.html');
const windows = new Map(); /* options as text -> context, whose first page stays blank */

// Like open(), for tests one after the other: those with the same options have one window, in which nothing
// is left for the next. A window of its own takes Chromium longer than most tests. In Firefox every file has
// a storage of its own, which no other file can clear. End it with closePage().
export async function openNext(browser, path, options = {}) {
  if (inFirefox) return open(browser, path, options);
  const key = JSON.stringify(options);
  if (!windows.has(key)) {
    writeFileSync(blank, '<!doctype html>');
    windows.set(key, (await open(browser, blank, options)).context());
  }
  const context = windows.get(key);
  await closePages(context); /* of a test that failed */
  const page = await openIn(context, blank);
  await page.evaluate(() => localStorage.clear());
  if (path) await page.goto(`file://${path}`);
  return page;
}

async function closePages(context) {
  for (const page of context.pages().slice(1)) await page.close();
}

export const closePage = page => (inFirefox ? page.context().close() : closePages(page.context()));
