// SPDX-License-Identifier: LGPL-2.1-or-later
// The page of microexpr-evaluate, of a small data set laid out as CASME II. See browser.sh.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { axe, directory, inFirefox, launch, open, program } from './pages.mjs';

const RATE = 200; /* of CASME II */
const EVENTS = [
  { at: 0.6, unit: 'AU12', emotion: 'happiness' },
  { at: 1.6, unit: 'AU1+2', emotion: 'surprise' },
];
let browser, file;

/* A page of the data set in `directory`; returns its path. */
function evaluate(name, ...options) {
  const path = join(directory, name);
  execFileSync(
    program,
    ['casme2', join(directory, 'set'), join(directory, 'sheet.csv'), `--page=${path}`,
      `--results=${directory}/results`, ...options],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  return path;
}

function images(folder, seed) {
  mkdirSync(folder, { recursive: true });
  const script = EVENTS.map(({ at, unit }) => `${at}s micro ${unit} 4 300ms`).join('; ');
  const words = `microexprtestsrc num-buffers=460 seed=${seed} noise=0.5 micro-rate=0
    macro-rate=0 blink-rate=0 SCRIPT ! video/x-raw,width=320,height=240,framerate=${RATE}/1 !
    videoconvert ! jpegenc ! multifilesink location=${folder}/img%d.jpg index=1`.split(/\s+/);
  words[words.indexOf('SCRIPT')] = `script=${script}`;
  execFileSync('gst-launch-1.0', ['-q', ...words]);
}

before(async () => {
  const rows = ['Subject,Filename,,OnsetFrame,ApexFrame,OffsetFrame,,Action Units,Estimated Emotion'];
  for (const subject of ['01', '02']) {
    images(join(directory, `set/sub${subject}/EP01_01f`), Number(subject));
    for (const { at, unit, emotion } of EVENTS) {
      const frames = [at, at + 0.15, at + 0.3].map(time => 1 + Math.round(time * RATE));
      rows.push(`${subject},EP01_01f,,${frames.join(',')},,${unit.slice(2)},${emotion}`);
    }
  }
  writeFileSync(join(directory, 'sheet.csv'), rows.join('\n'));
  file = evaluate('page.html');
  browser = await launch();
});

after(() => browser?.close());

async function fits(page, what) {
  const { violations } = await page.evaluate(() => axe.run());
  assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes[0].html]), [], what);
  assert.ok(
    await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth),
    `${what} scrolls sideways`,
  );
}

for (const [colorScheme, width] of [
  ['light', 1280],
  ['dark', 390],
])
  test(`accessible, ${colorScheme}, ${width} px`, async () => {
    const page = await open(browser, null, {
      colorScheme,
      viewport: { width, height: 844 },
      bypassCSP: true,
    });
    await page.goto(`file://${file}`);
    assert.equal(await page.locator('section').count(), 9);
    await page.evaluate(axe);
    await fits(page, colorScheme);
    if (!inFirefox) {
      /* Playwright cannot make Firefox print. */
      await page.emulateMedia({ media: 'print' });
      const color = await page.evaluate(() => getComputedStyle(document.body).color);
      assert.equal(color, 'rgb(0, 0, 0)');
    }
    assert.deepEqual(page.wrongs, []);
    await page.context().close();
  });

test('curves and shares say what was counted', async () => {
  const page = await open(browser, file);
  const label = title =>
    page.locator('section', { hasText: title }).locator('svg').first().getAttribute('aria-label');
  assert.match(await label('Precision and recall'), /micro 100 % at the settings scored/);
  assert.equal(
    await label('By length'),
    'By length, recall: to 200 ms 0 of 0, 200–300 ms 0 of 0, 300–400 ms 4 of 4, ' +
      '400–500 ms 0 of 0, 500–1000 ms 0 of 0, from 1000 ms 0 of 0',
  );
  /* Wilson's interval of 4 of 4: 4 / (4 + 1.96 ** 2) = 51.0 %. */
  assert.equal(await page.evaluate(() => shareText(4, 4)), '4 of 4, 51 to 100 %');
  assert.equal(await page.evaluate(() => shareText(8, 10)), '8 of 10, 49 to 94 %');
  assert.equal(await page.locator('.matrix .right').first().innerText(), '0'); /* negative */
  assert.deepEqual(page.wrongs, []);
  await page.context().close();
});

test('pictures of the worst only where they are asked for', async () => {
  assert.ok(!readFileSync(file, 'utf8').includes('"strip"'));
  /* No report is that confident, so all four expressions are missed. */
  const path = evaluate('pictures.html', '--pictures', '--min-confidence=1');
  const page = await open(browser, path, { bypassCSP: true });
  const strips = page.locator('section', { hasText: 'Worst misses' }).locator('.strip img');
  assert.equal(await strips.count(), 4);
  assert.match(
    await strips.first().getAttribute('alt'),
    /^Subject [AB], micro: eight frames, from a quarter of its 300 ms before/,
  );
  /* The eight pictures show one face, in motion: neighbours differ, and little. */
  const differences = await strips.first().evaluate(async image => {
    await image.decode();
    const canvas = document.createElement('canvas');
    const [width, height] = [(canvas.width = image.naturalWidth), (canvas.height = image.naturalHeight)];
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    const step = (width + 2) / 8;
    const cut = n => context.getImageData(n * step, 0, step - 2, height).data;
    const apart = (a, b) => a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length;
    return { near: apart(cut(3), cut(4)), far: apart(cut(0), cut(4)), width, height };
  });
  assert.equal(differences.width, 8 * 98 - 2);
  assert.ok(differences.far > 0.3 && differences.far < 12, JSON.stringify(differences));
  assert.ok(differences.near < differences.far, JSON.stringify(differences));
  assert.match(await page.locator('.notice').first().innerText(), /confidential/);
  await page.evaluate(axe);
  await fits(page, 'with pictures');
  assert.deepEqual(page.wrongs, []);
  await page.context().close();
});
