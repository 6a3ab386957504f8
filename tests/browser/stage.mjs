// SPDX-License-Identifier: LGPL-2.1-or-later
// One recording and its page in a browser, for all tests; what they look at on a page, and how.
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import test, { after, before } from 'node:test';
import { closePage, dataOf, launch, open, openNext, record, review, saved } from './pages.mjs';

/* recording, file: paths; data: of the page; plain: a page on which nothing is decided */
export const stage = {};

before(async () => {
  stage.recording = record('the "test" recording.webm', 'webm');
  stage.file = review(stage.recording, 'report.html');
  stage.data = dataOf(stage.file).data;
  assert.ok(stage.data.events.length >= 4, 'the recording has too few events to test with');
  stage.browser = await launch();
  stage.plain = await open(stage.browser, stage.file);
});

after(() => stage.browser?.close());

// The part of ELAN's format that is written here; ELAN_SCHEMA: ELAN's own EAFv3.0.xsd, by hand.
export const schemaOfElan =
  process.env.ELAN_SCHEMA ?? fileURLToPath(new URL('../check/tools/elan.xsd', import.meta.url));
export const rows = page => page.locator('#table tbody tr');
export const cells = async (page, heading) => {
  const heads = await page.locator('#table thead th').allInnerTexts();
  const at = heads.findIndex(head => head.trim().startsWith(heading)) + 1;
  return page.locator(`#table tbody tr > :nth-child(${at})`).allInnerTexts();
};
export const chosen = page => page.locator('#table tr[aria-current] button').innerText();
export const choose = (page, filter, value) =>
  page.locator('#filters label', { hasText: filter }).locator('select').selectOption(value);
export const ready = page => page.waitForFunction(() => review.player.ready);

export async function exported(page, kind) {
  await page.locator('#export summary').click();
  return saved(page, () => page.click(`[data-export=${kind}]`));
}

// Looks at a page that others look at too, and leaves it as it was.
export function looking(name, look) {
  test(name, async () => {
    await look(stage.plain);
    assert.deepEqual(stage.plain.wrongs, []);
  });
}

// A page that is opened, used and closed; it must have done nothing wrong.
export function using(name, options, use) {
  test(name, async t => {
    const { file, ...others } = options;
    const page = await openNext(stage.browser, file ?? stage.file, others);
    await use(page, t);
    assert.deepEqual(page.wrongs, []);
    await closePage(page);
  });
}
