/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is asked of a monitor: states every second, events as they come. Emits `cameras`, `events`,
 * `lost`, `token` when one is needed, `gone` and `back`. */

const POLL_MS = 1000,
  RETRY_MS = 2000,
  MOST_EVENTS = 2000;

const splitField = line => [line.split(': ', 1)[0], line.slice(line.indexOf(': ') + 2)];

/* What the browser keeps as long as the tab is open, if it keeps anything. */
const forTab = {
  get(name) {
    try {
      return sessionStorage.getItem(`microexpr-live.${name}`);
    } catch {
      return null;
    }
  },
  set(name, value) {
    try {
      sessionStorage.setItem(`microexpr-live.${name}`, value);
    } catch {
      /* it is asked for again */
    }
  },
};

class Connection extends EventTarget {
  cameras = []; /* as in /api/cameras */
  peers = []; /* origins of other monitors */
  events = []; /* by arrival: {id, camera, event, received} */
  last = null; /* id of the newest event */
  isThere = true;

  /* origin: '' for the monitor that serves the page, where the browser has a cookie. Of others the
   * token is kept as long as the tab is open. */
  constructor(origin) {
    super();
    this.origin = origin;
    this.token = origin ? forTab.get(origin) : null;
  }

  label(name) {
    return this.origin ? `${name} · ${new URL(this.origin).host}` : name;
  }

  say(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  get(path, options = {}) {
    const headers = this.token ? { Authorization: `Bearer ${this.token}` } : {};
    return fetch(this.origin + path, { headers, ...options });
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
    if (isThere === this.isThere) return;
    this.isThere = isThere;
    this.say(isThere ? 'back' : 'gone');
  }

  async start() {
    if (!(await this.poll())) {
      if (!this.isThere) setTimeout(() => this.start(), RETRY_MS);
      return;
    }
    this.timer ??= setInterval(() => this.poll(), POLL_MS);
    const answer = await this.ask('/api/events');
    if (!answer) return;
    this.last = answer.last;
    this.add(answer.events);
    if (!this.isListening) this.listen();
    this.isListening = true;
  }

  /* With a token from the sign-in form. Returns whether it was right. */
  async signIn(token) {
    if (this.origin) return this.signInAtPeer(token);
    const answer = await fetch('/api/session', {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}` },
    }).catch(() => null);
    return answer?.ok ?? false;
  }

  async signInAtPeer(token) {
    this.token = token;
    const answer = await this.get('/api/cameras').catch(() => null);
    if (answer?.ok) forTab.set(this.origin, token);
    return answer?.ok ?? false;
  }

  async poll() {
    if (this.isAsking) return false;
    this.isAsking = true;
    const answer = await this.ask('/api/cameras');
    this.isAsking = false;
    if (answer) {
      this.cameras = answer.cameras;
      this.peers = answer.peers ?? [];
      this.say('cameras');
    }
    return Boolean(answer);
  }

  /* Not by EventSource, which takes no token. */
  async listen() {
    try {
      const answer = await this.get(`/events?after=${encodeURIComponent(this.last)}`);
      if (answer.ok) await this.read(answer.body.pipeThrough(new TextDecoderStream()).getReader());
    } catch {
      /* cut off */
    }
    setTimeout(() => this.listen(), RETRY_MS);
  }

  /* Server-sent events, whose fields each have one line. */
  async read(reader) {
    let text = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const parts = (text + value).split('\n\n');
      text = parts.pop();
      for (const part of parts) this.take(Object.fromEntries(part.split('\n').map(splitField)));
    }
  }

  take({ id, event: name, data }) {
    if (!data) return;
    const event = JSON.parse(data);
    this.last = id;
    if (name === 'lost') this.say('lost', event.lost);
    else
      this.add([{ id, camera: this.cameras.findIndex(camera => camera.name === event.source), event }]);
  }

  add(items) {
    const known = new Set(this.events.map(({ id }) => id));
    const fresh = items.filter(({ id }) => !known.has(id));
    this.events.push(...fresh.map(item => ({ ...item, received: Date.parse(item.event.received) })));
    this.events.splice(0, this.events.length - MOST_EVENTS);
    if (fresh.length) this.say('events', fresh);
  }
}
