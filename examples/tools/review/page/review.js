/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The whole page: reactions to selections, decisions and keys. */

/* As in the list of keys: letters without regard to Caps Lock, 'Shift+o' with Shift. */
function nameKey({ key, shiftKey }) {
  if (!/^[a-z]$/i.test(key)) return key;
  return (shiftKey ? 'Shift+' : '') + key.toLowerCase();
}

class Review {
  constructor() {
    language.translateMarkup();
    this.report = readReport();
    this.codings = new Codings(this.report);
    this.selected = null;
    this.advance = false; /* to the next event after a verdict */
    this.player = new Player(byId('video'), this.report);
    this.view = new View(this.report, this.player);
    this.timeline = new Timeline(byId('timeline'), this.report);
    this.table = new EventTable(byId('table'), this.report, this.codings);
    this.comparison = new Comparison(byId('compare-box'), this.report, this.codings);
    this.filters = new Filters(byId('filters'), this.report, this.codings, this.comparison);
    this.details = new Details(byId('details'), this.report, this.codings, {
      decide: verdict => this.decide(verdict),
      advances: () => this.advance,
      setAdvance: on => {
        this.advance = on;
      },
      relabel: label => this.relabel(label),
      setCodes: codes => this.change({ facs: codes.join('+') }),
      setNote: note => this.change({ note }, `note ${this.selected.key}`),
      leaveNote: () => this.codings.endMerging(),
      setTime: moment => this.setTime(moment, this.player.frame),
      redefine: change => this.codings.redefine(this.selected, change),
      remove: () => this.removeAdded(),
      others: event =>
        this.comparison
          .codingsOf(event)
          .filter(coding => coding && coding.coder !== this.codings.coder),
      take: (event, coder) => this.codings.take(event, coder),
    });
    this.timeline.colorOf = event => {
      const label = this.codings.labelOf(event);
      return this.colors[!label ? event.kind : LABELS.includes(label) ? label : 'contempt'];
    };
    this.unplaced = new Unplaced(byId('unplaced'), this.codings, () => this.selected);
    this.makeHead();
    this.makeLanes();
    this.makeKeys();
    this.connect();
    this.theme = new Theme(
      byId('theme'),
      theme => ({
        text: t(`theme.${theme}`),
        label: t('theme.label', { theme: t(`theme.${theme}`) }),
      }),
      () => this.readColors(),
    );
    this.readColors();
    this.onChange(null);
    this.tellStored();
    this.showPosition();
    document.addEventListener('DOMContentLoaded', () => this.complete());
  }

  /* Pictures and video follow the script, so that everything else appears first. */
  complete() {
    this.loadVideo();
    this.details.show(this.selected);
  }

  /* --- fixed parts --- */

  makeHead() {
    const { report } = this,
      { recording } = report,
      n = report.events.filter(event => !event.candidate).length,
      rest = report.events.length - n;
    const rate = formatNumber((60 * n) / report.seen, 1);
    byId('title').textContent = recording.name;
    byId('facts').textContent = [
      formatTime(report.duration, 0),
      countOf(n, 'event'),
      ...(report.seen > 0 ? [t('facts.rate', { rate })] : []),
      ...(rest ? [countOf(rest, 'candidate')] : []),
    ].join(', ');
    byId('about').append(...makeAbout(report));
    if (!recording.complete)
      this.notice(
        t('about.incomplete', {
          to: formatTime(report.times.at(-1), 1),
          all: formatTime(report.duration, 1),
          problem: recording.problem ?? t('about.stopped'),
        }),
      );
    if (!report.faces.length) this.notice(t('about.no-face'));
  }

  /* actions: {text: what to do when clicked}; each also takes the notice away. */
  notice(text, actions = {}) {
    const notice = element('p', { class: 'notice', role: 'status' }, text);
    for (const [name, act] of Object.entries({ ...actions, [t('close')]: () => {} }))
      notice.append(
        ' ',
        element('button', {
          type: 'button',
          text: name,
          onclick: () => {
            if (act() !== false) notice.remove();
          },
        }),
      );
    byId('notices').append(notice);
  }

  /* What became of the decisions made before. */
  tellStored() {
    const { taken, store } = this.codings;
    if (taken)
      this.notice(
        t('stored.taken', { decisions: countOf(taken.placed, 'decision') }) +
          (taken.unplaced ? ` ${t('stored.unplaced', { n: taken.unplaced })}` : ''),
      );
    if (store.asides().length)
      this.notice(t('stored.damaged'), {
        [t('stored.save')]: () => {
          saveAs(store.readAside(), 'text/plain', 'damaged-decisions.txt');
          return false;
        },
        [t('stored.delete')]: () => store.forgetAside(),
      });
  }

  makeLanes() {
    const lane = byId('lane'),
      { faces } = this.report;
    lane.append(...faces.map(face => element('option', { value: face.id, text: String(face.id) })));
    byId('lane-label').hidden = faces.length < 2;
    lane.onchange = () => this.showFace(Number(lane.value));
  }

  showFace(id) {
    const face = this.report.faces.find(f => f.id === id);
    if (!face) return;
    byId('lane').value = id;
    if (this.timeline.face !== face) this.timeline.face = face;
  }

  /* --- the video --- */

  loadVideo() {
    const { player, report } = this;
    player.addEventListener('change', () => this.showPosition());
    player.addEventListener('ready', () => this.showPosition());
    player.addEventListener('unplayable', () =>
      this.noVideo(t('video.unplayable', { file: report.video || t('video.embedded') })),
    );
    if (report.video === undefined) this.noVideo(t('video.none'));
    else player.load(report.video);
  }

  noVideo(text) {
    byId('stage').hidden = true;
    byId('no-video').hidden = false;
    byId('no-video').textContent = text;
    for (const id of ['play', 'play-event']) byId(id).disabled = true;
  }

  showPosition() {
    const { player } = this;
    const text = t('position.text', { time: formatTime(player.time), frame: String(player.frame + 1) });
    byId('position').textContent = text;
    byId('play').textContent = t(player.playing ? 'pause' : 'play');
    this.timeline.setPosition(player.time, text);
    this.view.update();
  }

  get speed() {
    return Number(byId('speed').value);
  }

  playEvent() {
    if (this.selected) this.player.playEvent(this.selected, this.speed);
  }

  /* --- selection --- */

  applyFilters() {
    const events = this.filters.apply(),
      all = this.codings.events.length,
      at = Math.max(this.table.shown.indexOf(this.selected), 0);
    this.table.show(events);
    this.timeline.events = events;
    if (this.filters.face !== null) this.showFace(this.filters.face);
    byId('count').textContent =
      events.length === all ? countOf(all, 'event') : t('count.filtered', { n: events.length, all });
    this.showTotals(events);
    this.showProgress();
    /* What no longer passes the filters makes room for what followed it. */
    if (!events.includes(this.selected))
      this.select(this.table.shown[Math.min(at, events.length - 1)] ?? null);
    this.timeline.draw();
  }

  /* How many are decided, of those that the filters besides that of decisions let pass. */
  showProgress() {
    const events = this.filters.apply(true).filter(event => !event.added);
    const decided = events.filter(event => this.codings.verdictOf(event)).length;
    const [bar, text] = byId('progress').children;
    bar.max = Math.max(events.length, 1);
    bar.value = decided;
    text.textContent = t('progress', { n: decided, all: events.length });
    byId('next-undecided').disabled = decided === events.length;
  }

  selectUndecided() {
    const { shown } = this.table,
      at = shown.indexOf(this.selected);
    const next = [...shown.slice(at + 1), ...shown.slice(0, at + 1)].find(
      event => !event.added && !this.codings.verdictOf(event),
    );
    if (next) this.select(next);
  }

  showTotals(events) {
    const face = this.report.faces.find(f => f.id === this.filters.face);
    byId('totals').replaceChildren(
      ...makeTotals(events, face ? face.seen : this.report.seen, this.report, this.codings),
    );
  }

  /* seek: whether to show its apex; while an event is repeated, the next one plays instead. */
  select(event, seek = true) {
    const repeating = this.player.playing && this.player.loop && this.player.range;
    this.selected = event;
    this.view.show(event);
    this.timeline.selected = event;
    this.table.select(event);
    this.details.show(event);
    this.timeline.draw();
    if (!event) return;
    this.showFace(event.face);
    if (event.offset < this.timeline.from || event.onset > this.timeline.to)
      this.timeline.showEvent(event);
    if (seek && repeating) this.playEvent();
    else if (seek) this.player.goTo(event.apex);
    this.say(event);
  }

  /* For those who listen to the page. */
  say(event) {
    const label = this.codings.labelOf(event);
    const words = t('event.said', {
      name: label ? nameLabel(label) : t(event.kind),
      units: joinUnits(event.units),
      kind: t(event.kind),
      time: formatTime(event.onset, 1),
    });
    byId('said').textContent =
      words +
      ', ' +
      (event.added
        ? t('event.said.added')
        : t('event.said.confidence', { percent: percent(event.confidence) }));
  }

  /* --- decisions --- */

  /* The same verdict again clears it. */
  decide(verdict) {
    const event = this.selected;
    if (!event || event.added) return;
    const same = this.codings.verdictOf(event) === verdict;
    this.change({ decision: same ? undefined : verdict });
    if (this.advance && !same && this.selected === event) this.select(this.table.neighbor(1));
  }

  relabel(label) {
    this.change(fieldsOfLabel(label || undefined));
  }

  change(change, merge) {
    if (this.selected) this.codings.set(this.selected, change, merge);
  }

  /* Onset, apex or offset of the selected event, to the time of that frame. */
  setTime(moment, frame) {
    const ns = Math.round(this.player.times[frame] * 1e6) * 1000;
    if (this.selected) this.codings.move(this.selected, moment, ns);
  }

  /* An event from the frame that is shown on, to be given its apex and offset. */
  addEvent() {
    const { player, timeline, codings } = this;
    const last = player.times.length - 1;
    const [onset, apex, offset] = [0, 3, 6].map(n =>
      Math.round(player.times[Math.min(player.frame + n, last)] * 1e6) * 1000,
    );
    if (offset <= onset) return; /* at the very end */
    const added = codings.add('micro', timeline.face?.id ?? 0, { onset, apex, offset });
    if (!this.filters.apply().includes(added)) this.filters.clear();
    this.select(added, false);
  }

  removeAdded() {
    if (this.selected?.added) this.codings.remove(this.selected);
  }

  /* events: null for all of them. */
  onChange(events) {
    for (const changed of events ?? this.codings.events) this.table.fill(changed);
    this.comparison.update();
    this.filters.refresh();
    this.details.update();
    this.applyFilters();
    this.unplaced.show();
    this.showCoder();
  }

  showCoder() {
    const { codings } = this;
    byId('coder').value = codings.coder;
    byId('coders').replaceChildren(
      ...codings.coders().map(name => element('option', { value: name })),
    );
    byId('undo').disabled = !codings.done.length;
    byId('redo').disabled = !codings.undone.length;
  }

  async importFile(file) {
    const { codings } = this;
    try {
      for (const set of codings.import(await file.text())) this.tellImported(set, file.name);
    } catch (problem) {
      this.notice(t('import.failed', { file: file.name, problem: problem.message }));
    }
  }

  tellImported({ coder, placed, unplaced }, from) {
    const { codings } = this;
    const mine = coder === codings.coder;
    const text = t(mine ? 'import.done' : 'import.beside', {
      decisions: countOf(placed, 'decision'),
      coder: coder || t('coder.unnamed'),
      file: from,
    });
    const rest = unplaced ? ` ${t('import.unplaced', { n: unplaced })}` : '';
    this.notice(
      text + rest,
      mine ? {} : { [t('import.switch', { coder })]: () => codings.switchTo(coder) },
    );
  }

  /* --- the rest of the page --- */

  readColors() {
    const style = getComputedStyle(document.documentElement);
    this.colors = Object.fromEntries(
      [...LABELS, 'micro', 'macro', 'blink'].map(name => [
        name,
        style.getPropertyValue(`--${name}`).trim(),
      ]),
    );
    this.timeline.readColors();
  }

  connect() {
    const { player, timeline, table, filters, codings, comparison } = this;
    const click = (id, action) => byId(id).addEventListener('click', action);

    timeline.addEventListener('seek', e => player.goTo(e.detail));
    timeline.addEventListener('event', e => this.select(e.detail));
    table.addEventListener('select', e => {
      this.select(e.detail);
      if (matchMedia('(max-width: 60rem)').matches) byId('watch').scrollIntoView(); /* far above */
    });
    comparison.addEventListener('seek', e => player.goTo(e.detail));
    comparison.addEventListener('change', () => {
      filters.refresh();
      this.applyFilters();
      this.details.update();
    });
    timeline.addEventListener('move', ({ detail: { moment, time } }) =>
      this.setTime(moment, player.nearestFrame(time)),
    );
    filters.addEventListener('change', () => this.applyFilters());
    codings.addEventListener('change', e => this.onChange(e.detail));
    codings.addEventListener(
      'lost',
      () =>
        this.notice(t('stored.lost')),
      { once: true },
    );

    click('play', () => player.toggle(this.speed));
    click('play-event', () => this.playEvent());
    click('back', () => player.step(-1));
    click('forward', () => player.step(1));
    this.rememberPlayback();
    byId('curves').value = preferences.get('curves', 'regions');
    timeline.curves = byId('curves').value;
    byId('curves').onchange = e => {
      timeline.curves = e.target.value;
      preferences.set('curves', e.target.value);
    };
    language.offer(byId('language'));
    byId('language').onchange = e => {
      preferences.set('language', e.target.value);
      location.reload();
    };
    click('zoom-in', () => timeline.zoom(0.5));
    click('zoom-out', () => timeline.zoom(2));
    click('zoom-all', () => timeline.showAll());
    click('zoom-event', () => this.selected && timeline.showEvent(this.selected));

    byId('coder').onchange = e => codings.switchTo(e.target.value.trim());
    click('help-open', () => byId('help').showModal());
    click('import', () => byId('import-file').click());
    byId('import-file').onchange = e => {
      if (e.target.files[0]) this.importFile(e.target.files[0]);
    };
    for (const button of document.querySelectorAll('[data-export]'))
      button.onclick = () => {
        byId('export').open = false;
        download(this.report, codings, comparison, button.dataset.export);
      };
    click('print', () => {
      byId('export').open = false;
      print();
    });
    printOnDemand(byId('printed'), this.report, codings);
    click('undo', () => codings.undo());
    click('redo', () => codings.redo());
    click('previous-event', () => this.select(table.neighbor(-1)));
    click('next-event', () => this.select(table.neighbor(1)));
    click('add-event', () => this.addEvent());
    click('next-undecided', () => this.selectUndecided());
    document.addEventListener('keydown', e => this.onKey(e));
    this.leaveControls();
  }

  rememberPlayback() {
    const { player } = this,
      speed = byId('speed'),
      loop = byId('loop');
    speed.value = preferences.get('speed', '1');
    if (!speed.value) speed.value = '1';
    speed.onchange = () => {
      player.video.playbackRate = this.speed;
      preferences.set('speed', speed.value);
    };
    loop.checked = player.loop = preferences.get('loop', false);
    loop.onchange = () => {
      player.loop = loop.checked;
      preferences.set('loop', loop.checked);
    };
  }

  /* --- keys --- */

  makeKeys() {
    const { player, timeline, table } = this;
    const go = n => this.select(table.neighbor(n));
    const focus = id => byId(id)?.focus();
    const at = moment => this.selected && player.goTo(this.selected[moment]);
    const label = name => this.report.emotions && this.relabel(name);
    /* keys, key of the description, action */
    this.keys = [
      [['ArrowDown', 'j'], 'next', () => go(1)],
      [['ArrowUp', 'k'], 'previous', () => go(-1)],
      [['p'], 'play-event', () => this.playEvent()],
      [[' '], 'play', () => player.toggle(this.speed)],
      [['ArrowLeft', ','], 'back', () => player.step(-1)],
      [['ArrowRight', '.'], 'forward', () => player.step(1)],
      [['w'], 'loop', () => byId('loop').click()],
      [['v'], 'follow', () => byId('follow').click()],
      [['b'], 'boxes', () => byId('boxes').click()],
      [['g'], 'full', () => this.view.toggleFull()],
      [['o'], 'onset', () => at('onset')],
      [['x'], 'apex', () => at('apex')],
      [['e'], 'offset', () => at('offset')],
      [['m'], 'add', () => this.addEvent()],
      [['Shift+o'], 'set-onset', () => this.setTime('onset', player.frame)],
      [['Shift+x'], 'set-apex', () => this.setTime('apex', player.frame)],
      [['Shift+e'], 'set-offset', () => this.setTime('offset', player.frame)],
      [['Delete'], 'remove', () => this.removeAdded()],
      [['a'], 'accept', () => this.decide('accepted')],
      [['r'], 'reject', () => this.decide('rejected')],
      ...(this.report.emotions
        ? [
            [
              LABELS.map((_, i) => String(i + 1)),
              'relabel',
              key => label(LABELS[Number(key) - 1]),
            ],
            [['l'], 'label', () => focus('relabel')],
          ]
        : []),
      [['q'], 'next-undecided', () => this.selectUndecided()],
      [['u'], 'units', () => focus('relabel-units')],
      [['n'], 'note', () => focus('note')],
      [['Escape'], 'leave', () => document.activeElement?.blur()],
      [['f'], 'flicker', () => this.selected && this.details.toggle('flicker')],
      [['d'], 'arrows', () => this.selected && this.details.toggle('arrows')],
      [['+', '='], 'zoom-in', () => timeline.zoom(0.5)],
      [['-'], 'zoom-out', () => timeline.zoom(2)],
      [['z'], 'zoom-event', () => this.selected && timeline.showEvent(this.selected)],
      [['0'], 'zoom-all', () => timeline.showAll()],
      [['Ctrl+Z'], 'undo', () => {}],
      [['Ctrl+Shift+Z'], 'redo', () => {}],
      [['?'], 'help', () => byId('help').showModal()],
    ];
    this.tellKeys();
  }

  tellKeys() {
    const names = {
      ' ': 'Space',
      ArrowDown: 'Down',
      ArrowUp: 'Up',
      ArrowLeft: 'Left',
      ArrowRight: 'Right',
      Escape: 'Esc',
    };
    const nameOf = key =>
      key in names
        ? t(`key.name.${names[key]}`)
        : key.replace(/(^|\+)([a-z])$/, (_, plus, letter) => plus + letter.toUpperCase());
    const row = ([keys, name]) =>
      element(
        'tr',
        {},
        element(
          'th',
          { scope: 'row' },
          ...keys.flatMap(key => [element('kbd', { text: nameOf(key) }), ' ']),
        ),
        element('td', { text: t(`key.${name}`, { labels: LABELS.map(nameLabel).join(', ') }) }),
      );
    byId('keys').append(element('table', {}, element('tbody', {}, ...this.keys.map(row))));
  }

  /* A control that was used with the pointer gives the keys back: what they do does not depend on
   * what was clicked last. */
  leaveControls() {
    const controls = 'button, summary, select, input[type=checkbox], input[type=range]';
    let pointed = false;
    const leave = e => {
      if (pointed && e.target.closest?.(controls)) document.activeElement?.blur();
    };
    addEventListener('pointerdown', () => (pointed = true), true);
    addEventListener('keydown', () => (pointed = false), true);
    document.addEventListener('click', e => e.target.closest('select') || leave(e));
    document.addEventListener('change', leave);
  }

  onKey(e) {
    const field = e.target.closest?.('input:not([type=checkbox]):not([type=range]), textarea');
    const control = e.target.closest?.('button, summary, a, input, select');
    const key = nameKey(e);
    if (byId('help').open || (byId('enlarged').open && !['f', 'd'].includes(key))) return;
    if (field) {
      if (key === 'Escape' || key === 'Enter') {
        field.blur();
        e.preventDefault();
      }
      return;
    }
    if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 'z') {
      e.preventDefault();
      if (e.shiftKey) this.codings.redo();
      else this.codings.undo();
      return;
    }
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    if (control && this.isOwnKey(control, key)) return;
    const entry = this.keys.find(([keys]) => keys.includes(key));
    if (!entry) return;
    e.preventDefault();
    entry[2](key);
  }

  /* Whether a control that was reached by the keyboard needs the key itself. */
  isOwnKey(control, key) {
    if (key === 'Enter') return true;
    if (key === ' ') return !control.closest('tbody'); /* already selected: Space plays */
    return key.startsWith('Arrow') && (control.type === 'range' || control.tagName === 'SELECT');
  }
}

language.choose(preferences.get('language', 'auto'));
const review = new Review();
