/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The whole page: what is shown, language, colors, keys. */

/* Kept by the browser, if it keeps anything. */
const remembered = {
  get(name) {
    try {
      return localStorage.getItem(`microexpr-live.${name}`);
    } catch {
      return null;
    }
  },
  set(name, value) {
    try {
      localStorage.setItem(`microexpr-live.${name}`, value);
    } catch {
      /* the choice lasts as long as the page */
    }
  },
};

class Live {
  constructor() {
    this.monitors = new Monitors();
    this.pictures = new Map(); /* of each monitor */
    this.unknown = []; /* monitors that need a token */
    const open = camera => this.open(camera);
    const play = item => this.recording.open(item);
    this.recording = new Recording();
    this.cameras = new Cameras(this.monitors, open, play);
    this.feed = new Feed(this.monitors, open, play);
    this.theme = new Theme(
      byId('theme'),
      theme => ({
        text: t(`theme.${theme}`),
        label: t('theme.label', { theme: t(`theme.${theme}`) }),
      }),
      () => remembered.set('theme', this.theme?.theme),
    );
    this.makeLanguages();
    this.listen();
    this.theme.set(THEMES.find(theme => theme === remembered.get('theme')) ?? 'auto');
    this.setLanguage(remembered.get('language') ?? 'auto');
    this.monitors.own.start();
  }

  listen() {
    const on = (name, act) => this.monitors.addEventListener(name, act);
    on('cameras', () => this.showCameras());
    on('events', () => this.showEvents());
    on('token', ({ detail }) => this.askForToken(detail.monitor, detail.detail));
    on('gone', () => this.notice('gone'));
    on('back', () => this.notice(this.monitors.isThere ? null : 'gone'));
    on('lost', ({ detail }) => this.notice('lost', { n: detail.detail }));
    byId('sign-in').onsubmit = submit => {
      submit.preventDefault();
      this.signIn();
    };
    document.addEventListener('keydown', key => this.onKey(key));
    addEventListener('hashchange', () => this.followHash());
    addEventListener('resize', () => this.cameras.draw());
  }

  notice(key, values) {
    byId('notice').hidden = !key;
    byId('notice').textContent = key ? t(key, values) : '';
  }

  /* --- the token --- */

  /* One monitor after the other; until this page's own is known, nothing else is shown. takesToken:
   * otherwise only a certificate lets in, which the browser brings or does not. */
  askForToken(monitor, takesToken) {
    if (!this.unknown.includes(monitor)) this.unknown.push(monitor);
    if (monitor === this.monitors.own) {
      byId('all').hidden = true;
      this.watch(undefined);
    }
    if (!byId('sign-in').hidden) return;
    this.takesToken = takesToken;
    this.showSignIn();
    byId('sign-in').hidden = false;
    byId('token').focus();
  }

  showSignIn() {
    const origin = this.unknown[0]?.origin;
    byId('token-title').textContent = t('token.title') + (origin ? `: ${new URL(origin).host}` : '');
    byId('token-what').textContent = t(this.takesToken === false ? 'certificate.what' : 'token.what');
    byId('token-entry').hidden = this.takesToken === false;
  }

  async signIn() {
    const [monitor] = this.unknown;
    const isRight = await monitor.signIn(byId('token').value);
    byId('token').value = '';
    byId('token-wrong').textContent = isRight ? '' : t('token.wrong');
    if (!isRight) return;
    byId('sign-in').hidden = true;
    this.unknown.shift();
    monitor.start();
    if (this.unknown.length) this.askForToken(this.unknown[0], true);
  }

  /* --- what is shown --- */

  showCameras() {
    const isFirst = byId('all').hidden;
    const names = this.monitors.cameras.map(({ name }) => name).join('\n');
    if (!this.monitors.own.cameras.length) return;
    byId('all').hidden = false;
    if (names !== this.names) this.feed.fillFilters();
    this.names = names;
    if (!isFirst) this.watch(this.cameras.one);
    if (isFirst) {
      this.feed.draw();
      this.followHash();
    } else if (!this.isDrawing) this.cameras.draw();
  }

  /* Once for all events that come at the same time. */
  showEvents() {
    if (this.isDrawing) return;
    this.isDrawing = true;
    requestAnimationFrame(() => {
      this.isDrawing = false;
      this.feed.draw();
      this.cameras.draw();
    });
  }

  /* The hash names the camera that is shown large, so that a link and the back key do, too. */
  open(camera) {
    const before = this.cameras.one;
    location.hash = camera === null ? '' : `camera-${camera}`;
    this.followHash();
    if (camera === null) this.cameras.cards[before]?.card.querySelector('button').focus();
    else byId('one-name').focus();
  }

  followHash() {
    const number = Number(location.hash.match(/^#camera-(\d+)$/)?.[1] ?? NaN);
    const camera = number < this.monitors.cameras.length ? number : null;
    if (!byId('all').hidden) this.watch(camera);
    this.cameras.choose(camera);
  }

  /* Pictures: as in Pictures.watch(), over all monitors. */
  watch(camera) {
    const chosen = this.monitors.cameras[camera];
    for (const monitor of this.monitors.all) {
      const show = (number, blob) =>
        this.cameras.showPicture(this.monitors.firstOf(monitor) + number, blob);
      if (!this.pictures.has(monitor)) this.pictures.set(monitor, new Pictures(monitor, show));
      const other = chosen?.monitor === monitor ? chosen.number : undefined;
      this.pictures.get(monitor).watch(camera === null ? null : other);
    }
  }

  onKey({ key, target, ctrlKey, altKey, metaKey }) {
    if (ctrlKey || altKey || metaKey || /^(INPUT|SELECT)$/.test(target.tagName)) return;
    const number = Number(key) - 1;
    if (byId('all').hidden || this.recording.dialog.open) return;
    if (key === 'Escape') this.open(null);
    else if (key === 'ArrowLeft') this.cameras.step(-1);
    else if (key === 'ArrowRight') this.cameras.step(1);
    else if (number >= 0 && number < this.monitors.cameras.length) this.open(number);
  }

  /* --- language --- */

  makeLanguages() {
    byId('language').append(
      ...Object.entries(LANGUAGE_NAMES).map(([value, text]) =>
        element('option', { value, text, lang: value }),
      ),
    );
    byId('language').onchange = ({ target }) => {
      remembered.set('language', target.value);
      this.setLanguage(target.value);
    };
  }

  setLanguage(wanted) {
    language.choose(wanted);
    byId('language').value = language.current;
    for (const node of document.querySelectorAll('[data-text]')) node.textContent = t(node.dataset.text);
    for (const node of document.querySelectorAll('[data-label]'))
      node.setAttribute('aria-label', t(node.dataset.label));
    document.title = t('title');
    this.theme.show();
    this.recording.fill();
    this.showSignIn();
    this.notice(this.monitors.isThere ? null : 'gone');
    if (byId('all').hidden) return;
    this.cameras.makeCards();
    this.cameras.draw();
    this.feed.fillFilters();
    this.feed.draw();
  }
}

language.choose('auto');
const live = new Live();
