// SPDX-License-Identifier: LGPL-2.1-or-later
// The live page of microexpr-monitor, as an operator meets it: four cameras, of which one dies and
// comes back and one needs a password. See browser.sh. RTSP_SERVER: tests/check/tools/rtsp-server.c;
// without it, the two are left out.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import test, { after, before } from 'node:test';
import { axe, directory, launch, open, program } from './pages.mjs';

const FACE = 'microexprtestsrc noise=0.5 micro-rate=40 macro-rate=10 blink-rate=20 is-live=true';
const SMALL = 'video/x-raw,width=320,height=240,framerate=15/1';
const RTSP =
  `( ${FACE} seed=7 ! ${SMALL} ! x264enc tune=zerolatency speed-preset=ultrafast ` +
  'key-int-max=15 ! rtph264pay name=pay0 config-interval=-1 )';
const TOKEN = 'a-token-for-tests';
const server = process.env.RTSP_SERVER;
const processes = [];
let browser, monitor, url, door;

// A process, and what it prints until `wanted` matches.
async function start(wanted, stream, command, args, env = {}) {
  const process_ = spawn(command, args, { env: { ...process.env, ...env } });
  let said = '';
  processes.push(process_);
  for (const name of ['stdout', 'stderr']) process_[name].resume();
  process_[stream].on('data', data => (said += data));
  process_.on('exit', (code, signal) => {
    if (signal !== 'SIGKILL') console.log(`# ${command} ended: ${code} ${signal}\n${said}`);
  });
  for (let i = 0; i < 2000 && !wanted.test(said); i++) await sleep(50);
  assert.match(said, wanted);
  return { process: process_, found: said.match(wanted) };
}

async function watch(options, cameras) {
  const started = await start(/serving (https?:\/\/[\d.:]+\/)/, 'stderr', program, [
    '--no-table',
    '--retry=1',
    '--http=0',
    ...options,
    '-o',
    join(directory, 'events.jsonl'),
    ...cameras,
  ]);
  return { process: started.process, url: started.found[1] };
}

async function camera(port, env) {
  const started = await start(/^(\d+)\n/, 'stdout', server, [String(port), RTSP], env);
  return { process: started.process, port: started.found[1] };
}

async function stop({ process: { pid }, process: process_ }) {
  const ended = new Promise(resolve => process_.once('exit', resolve));
  process.kill(pid, 'SIGKILL');
  await ended;
}

before(async () => {
  const cameras = [3, 4].map(seed => `room ${seed}=launch:${FACE} seed=${seed} ! ${SMALL}`);
  if (server) {
    door = await camera(0, {});
    const gate = await camera(0, { RTSP_LOGIN: 'user:secret' });
    cameras.push(`door=rtsp://127.0.0.1:${door.port}/camera`);
    cameras.push(`gate=rtsp://user:secret@127.0.0.1:${gate.port}/camera`);
  }
  monitor = await watch([], cameras);
  url = monitor.url;
  browser = await launch();
});

after(async () => {
  await browser?.close();
  for (const process_ of processes) process_.kill('SIGKILL');
});

// A page that asks nobody but its monitor.
async function visit(address, options = {}) {
  const page = await open(browser, null, { locale: 'en', ...options });
  const allowed = `requests ${address}`;
  page.refused = () => page.wrongs.filter(wrong => !wrong.startsWith(allowed));
  await page.goto(address);
  return page;
}

function watching(name, options, use) {
  test(name, async t => {
    const page = await visit(url, options);
    await page.locator('.camera .badge.good').first().waitFor();
    await use(page, t);
    assert.deepEqual(page.refused(), []);
    await page.context().close();
  });
}

const check = async page => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  assert.deepEqual(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`),
    [],
  );
};
const until = (page, holds, argument) => page.waitForFunction(holds, argument);

watching('every camera is there with its picture and state', {}, async page => {
  const n = server ? 4 : 2;
  assert.equal(await page.locator('.camera').count(), n);
  await until(page, wanted => document.querySelectorAll('.camera .good').length === wanted, n);
  await until(page, wanted => [...document.images].filter(i => i.naturalWidth > 0).length === wanted, n);
  assert.equal(await page.locator('#summary').innerText(), `${n} of ${n} watched`);
  const body = await page.locator('body').innerText();
  assert.ok(!body.includes('secret'));
});

watching('pictures move', {}, async page => {
  const source = () => page.locator('.camera img').first().getAttribute('src');
  await until(page, () => document.images[1].naturalWidth > 0);
  const first = await source();
  await until(page, src => document.querySelectorAll('.camera img')[0].src !== src, first);
});

watching('events come in and are filtered', {}, async page => {
  await page.locator('#events tr').nth(2).waitFor();
  await page.selectOption('#filter-camera', '1');
  const others = () =>
    [...document.querySelectorAll('#events tr td:nth-child(2)')].every(
      cell => cell.textContent === 'room 4',
    );
  await until(page, others);
  await page.locator('#events tr').first().waitFor();
  await page.selectOption('#filter-kind', 'blink');
  await until(page, () =>
    [...document.querySelectorAll('#events tr td:nth-child(3)')].every(
      cell => cell.textContent === 'blink',
    ),
  );
});

watching('one camera is large, with its last minutes, by keyboard and link', {}, async page => {
  await page.keyboard.press('2');
  await until(page, () => document.getElementById('one-picture').naturalWidth > 0);
  assert.equal(await page.locator('#one-name').innerText(), 'room 4');
  assert.ok(await page.locator('#grid').isHidden());
  await page.locator('#timeline .event').first().waitFor({ state: 'attached' });
  await page.keyboard.press('ArrowLeft');
  assert.equal(await page.locator('#one-name').innerText(), 'room 3');
  assert.match(page.url(), /#camera-0$/);
  await page.goBack();
  await until(page, () => document.getElementById('one-name').textContent === 'room 4');
  await page.keyboard.press('Escape');
  assert.ok(await page.locator('#one').isHidden());
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'room 4');
  await page.locator('.camera h3 button').first().click();
  assert.equal(await page.locator('#one-name').innerText(), 'room 3');
});

// How much two pictures of the page differ: the mean over their pixels.
const difference = (page, a, b) =>
  page.evaluate(
    names => {
      const [one, other] = names.map(name => {
        const { width, height } = byId(name);
        return byId(name).getContext('2d').getImageData(0, 0, width, height).data;
      });
      return one.reduce((sum, value, i) => sum + Math.abs(value - other[i]), 0) / one.length;
    },
    [a, b],
  );

for (const colorScheme of ['light', 'dark'])
  watching(`accessible when ${colorScheme}`, { colorScheme }, async page => {
    await page.locator('#events tr').first().waitFor();
    await check(page);
    await page.keyboard.press('1');
    await until(page, () => document.getElementById('one-picture').naturalWidth > 0);
    await check(page);
  });

watching('fits a phone', { viewport: { width: 360, height: 640 } }, async page => {
  for (const key of ['Escape', '1']) {
    await page.keyboard.press(key);
    const [page_, window_] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      innerWidth,
    ]);
    assert.ok(page_ <= window_, `${page_} > ${window_}`);
  }
});

watching('speaks three languages', {}, async page => {
  const keys = await page.evaluate(() => [EN, DE, TR].map(words => Object.keys(words)));
  assert.deepEqual(keys[1], keys[0]);
  assert.deepEqual(keys[2], keys[0]);
  const holes = await page.evaluate(() =>
    Object.keys(EN).filter(key =>
      [DE, TR].some(
        words => `${words[key].match(/\{\w+\}/g)?.sort()}` !== `${EN[key].match(/\{\w+\}/g)?.sort()}`,
      ),
    ),
  );
  assert.deepEqual(holes, []);
  await page.selectOption('#language', 'de');
  assert.equal(await page.locator('h1').innerText(), 'Kameras');
  await page.reload();
  await until(page, () => document.documentElement.lang === 'de');
  await page.selectOption('#language', 'tr');
  assert.equal(await page.locator('#feed-title').innerText(), 'Olaylar');
});

watching('a camera that dies says why, and comes back', {}, async (page, t) => {
  if (!server) return t.skip('needs libgstrtspserver-1.0-dev');
  const card = page.locator('.camera', { hasText: 'door' });
  await card.locator('.good').waitFor();
  await stop(door);
  await card.locator('.bad').waitFor();
  await card.locator('.reason').waitFor();
  await page.locator('.camera.stale').waitFor();
  assert.equal(await page.locator('#summary').innerText(), '3 of 4 watched');
  door = await camera(door.port, {});
  await card.locator('.good').waitFor();
  return undefined;
});

test('an event plays its recording, slowly, with onset and apex', async () => {
  const recorded = await watch(
    [`--record=${join(directory, 'recordings')}`],
    [`hall=launch:${FACE} seed=3 ! ${SMALL}`],
  );
  const page = await visit(recorded.url);
  const state = () =>
    page.evaluate(() => {
      const { paused, playbackRate, videoWidth } = byId('clip');
      return { paused, playbackRate, videoWidth, range: live.recording.range };
    });
  await page.locator('.camera').waitFor();
  await page.selectOption('#filter-kind', 'micro');
  await page.locator('#events button[title]').first().click();
  await page.locator('#recording-title:focus').waitFor();
  await page.locator('#recording-shown').waitFor();
  await until(page, () => byId('recording-state').hidden);
  await until(page, () => byId('clip').currentTime > live.recording.range[0] + 0.05);
  const { playbackRate, videoWidth, range } = await state();
  assert.deepEqual([playbackRate, videoWidth], [0.25, 320]);
  assert.ok(range[0] === 0.7 && range[1] > 1.3, `${range}`);
  const moved = await difference(page, 'recording-onset', 'recording-apex');
  assert.ok(moved > 0.02, `${moved}`);
  await page.selectOption('#recording-speed', '1');
  await until(page, () => byId('clip').currentTime > live.recording.range[0] + 0.3);
  await until(page, () => byId('clip').currentTime < live.recording.range[0] + 0.2);
  await page.click('#recording-play');
  assert.ok((await state()).paused);
  await check(page);
  await page.setViewportSize({ width: 360, height: 640 });
  const [wide, narrow] = await page.evaluate(() => [byId('recording').scrollWidth, innerWidth]);
  assert.ok(wide <= narrow, `${wide} > ${narrow}`);
  await page.keyboard.press('1'); // of the dialog, not the page
  assert.ok(await page.locator('#one').isHidden());
  await page.keyboard.press('Escape');
  await page.locator('#recording').waitFor({ state: 'hidden' });
  await until(page, () => !byId('clip').hasAttribute('src')); // `close` comes after the dialog is hidden
  await page.keyboard.press('1');
  await page.locator('#timeline .event.recorded').first().waitFor({ state: 'attached' });
  await page.evaluate(() => document.querySelector('#timeline .event.recorded').onclick());
  await page.locator('#recording-shown').waitFor();
  await page.keyboard.press('Escape'); // while its pictures are drawn
  await page.locator('#recording').waitFor({ state: 'hidden' });
  await page.waitForTimeout(500);
  assert.ok(await page.evaluate(() => byId('clip').paused));
  assert.deepEqual(page.refused(), []);
  await page.context().close();
  await stop(recorded);
});

test('a token is asked for once', async () => {
  const file = join(directory, 'token');
  writeFileSync(file, `${TOKEN}\n`, { mode: 0o600 });
  const closed = await watch([`--http-token-file=${file}`], [`hall=launch:${FACE} ! ${SMALL}`]);
  const page = await visit(closed.url);
  const refused = () => page.refused().filter(wrong => !/401|429/.test(wrong));
  await page.locator('#token').waitFor();
  await check(page);
  assert.ok(!(await page.content()).includes('hall'));
  await page.fill('#token', 'not-the-right-token');
  await page.keyboard.press('Enter');
  await page.locator('#token-wrong', { hasText: 'not the token' }).waitFor();
  await page.fill('#token', TOKEN);
  await page.keyboard.press('Enter');
  await page.locator('.camera', { hasText: 'hall' }).waitFor();
  await page.reload();
  await page.locator('.camera', { hasText: 'hall' }).waitFor();
  await until(page, () => document.images[1].naturalWidth > 0);
  assert.deepEqual(refused(), []);
  await page.context().close();
  await stop(closed);
});

test('one page shows two monitors', async () => {
  const file = join(directory, 'peer-token');
  writeFileSync(file, `${TOKEN}\n`, { mode: 0o600 });
  const first = await watch([], [`hall=launch:${FACE} ! ${SMALL}`]); // for a port that is free
  const origin = first.url.slice(0, -1);
  await stop(first);
  const peer = await watch(
    [`--http-token-file=${file}`, `--http-origin=${origin}`],
    [`yard=launch:${FACE} seed=3 ! ${SMALL}`],
  );
  const own = await watch(
    [`--http=${new URL(origin).port}`, `--http-peer=${peer.url}`],
    [`hall=launch:${FACE} ! ${SMALL}`],
  );
  const page = await visit(own.url);
  await page.locator('.camera', { hasText: 'hall' }).waitFor();
  await page.locator('#token-title', { hasText: new URL(peer.url).host }).waitFor();
  await page.fill('#token', TOKEN);
  await page.keyboard.press('Enter');
  await page.locator('.camera', { hasText: `yard · ${new URL(peer.url).host}` }).waitFor();
  await until(page, () => [...document.images].filter(i => i.naturalWidth > 0).length === 2);
  assert.equal(await page.locator('#filter-camera option').count(), 3);
  await page.reload();
  await page.locator('.camera', { hasText: 'yard' }).waitFor();
  await page.keyboard.press('2');
  await until(page, () => document.getElementById('one-picture').naturalWidth > 0);
  await page.locator('#events td', { hasText: 'yard' }).first().waitFor();
  await stop(peer);
  await page.locator('#notice', { hasText: 'does not answer' }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.camera.stale', { hasText: 'yard' }).waitFor();
  assert.ok(await page.locator('.camera', { hasText: 'hall' }).locator('.good').isVisible());
  await page.context().close();
  await stop(own);
});

test('a monitor that is gone is noticed, and so is its return', async () => {
  const other = await watch([], [`hall=launch:${FACE} ! ${SMALL}`]);
  const page = await visit(other.url);
  await page.locator('.camera').waitFor();
  await stop(other);
  await page.locator('#notice', { hasText: 'does not answer' }).waitFor();
  await watch([`--http=${new URL(other.url).port}`], [`hall=launch:${FACE} ! ${SMALL}`]);
  await page.locator('#notice').waitFor({ state: 'hidden' });
  await page.context().close();
});
