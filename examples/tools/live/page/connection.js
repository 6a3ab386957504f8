/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is asked of the monitor: states every second, events as they come. Emits `cameras`, `events`,
 * `lost`, `token` when one is needed, `gone` and `back`. */

const POLL_MS = 1000,
  RETRY_MS = 2000,
  MOST_EVENTS = 2000;

class Connection extends EventTarget {
  cameras = []; /* as in /api/cameras */
  events = []; /* by arrival: {id, camera, event} */
  last = null; /* id of the newest event */
  isThere = true;

  say(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  get(path) {
    return fetch(path);
  }

  /* null: no answer that can be used. */
  async ask(path) {
    try {
      const answer = await this.get(path);
      if (answer.status === 401) this.say('token', answer.headers.has('WWW-Authenticate'));
      else this.setThere(answer.ok);
      return answer.ok ? await answer.json() : null;
    } catch {
      this.setThere(false);
      return null;
    }
  }

  setThere(isThere) {
    if (isThere !== this.isThere) this.say(isThere ? 'back' : 'gone');
    this.isThere = isThere;
  }

  async start() {
    if (!(await this.poll())) return;
    this.timer ??= setInterval(() => this.poll(), POLL_MS);
    const answer = await this.ask('/api/events');
    if (!answer) return;
    this.last = answer.last;
    this.add(answer.events);
    this.listen();
  }

  /* With a token from the sign-in form. Returns whether it was right. */
  async signIn(token) {
    const answer = await fetch('/api/session', {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}` },
    }).catch(() => null);
    return answer?.ok ?? false;
  }

  async poll() {
    if (this.isAsking) return false;
    this.isAsking = true;
    const answer = await this.ask('/api/cameras');
    this.isAsking = false;
    if (answer) {
      this.cameras = answer.cameras;
      this.say('cameras');
    }
    return Boolean(answer);
  }

  /* EventSource continues by itself after a cut, but not after an answer with an error. */
  listen() {
    const source = new EventSource(`/events?after=${encodeURIComponent(this.last)}`);
    source.onmessage = ({ data, lastEventId }) => {
      const event = JSON.parse(data);
      const camera = this.cameras.findIndex(({ name }) => name === event.source);
      this.last = lastEventId;
      this.add([{ id: lastEventId, camera, event }]);
    };
    source.addEventListener('lost', ({ data }) => this.say('lost', JSON.parse(data).lost));
    source.onerror = () => {
      if (source.readyState !== EventSource.CLOSED) return;
      setTimeout(() => this.listen(), RETRY_MS);
    };
  }

  add(items) {
    const known = new Set(this.events.map(({ id }) => id));
    const fresh = items.filter(({ id }) => !known.has(id));
    this.events.push(...fresh);
    this.events.splice(0, this.events.length - MOST_EVENTS);
    if (fresh.length) this.say('events', fresh);
  }
}
