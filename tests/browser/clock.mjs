// SPDX-License-Identifier: LGPL-2.1-or-later
// A display with a clock of its own: pictures come at exactly that rate, as fast as the machine can,
// and all times that the page can read are theirs. It stands still while nothing waits for it, which
// leaves the processor to what is tested.

// For addInitScript(), which runs it in the page.
export function installClock(rate) {
  const { port1, port2 } = new MessageChannel(); /* timers would wait 4 ms each */
  let now = 1000,
    next = 1,
    waiting = [],
    timers = [],
    runs = false;
  const { setTimeout: later } = window;
  const wake = () => {
    if (!runs) port2.postMessage(0);
    runs = true;
  };
  const tick = () => {
    if (window.hold?.()) return void later(tick, 5);
    now += 1000 / rate + (window.stall?.() ?? 0);
    const due = waiting,
      rung = timers.filter(timer => timer.at <= now);
    waiting = [];
    timers = timers.filter(timer => timer.at > now);
    for (const { action } of rung) action();
    for (const { action } of due) action(now);
    runs = waiting.length > 0 || timers.length > 0;
    if (runs) port2.postMessage(0);
  };
  const without = (list, id) => list.filter(entry => entry.id !== id);
  window.requestAnimationFrame = action => {
    waiting.push({ id: next, action });
    wake();
    return next++;
  };
  window.cancelAnimationFrame = id => {
    waiting = without(waiting, id);
  };
  window.setTimeout = (action, ms = 0) => {
    timers.push({ id: next, at: now + ms, action });
    wake();
    return next++;
  };
  window.clearTimeout = id => {
    timers = without(timers, id);
  };
  performance.now = () => now;
  port1.onmessage = tick;
}
