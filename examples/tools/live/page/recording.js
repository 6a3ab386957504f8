/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The recording of an event: its onset and apex as pictures, and around it in slow motion. */

const CLIP_ONSET_S = 1, /* where a clip has the onset of its event */
  CLIP_AROUND_S = 0.3, /* played before the onset and after the offset */
  CLIP_RETRY_MS = 1000,
  CLIP_PICTURE_MS = 1000, /* longest wait for a picture that no browser promises to show */
  SPEEDS = [1, 0.5, 0.25, 0.1];

const recordingOf = id => `/api/events/${encodeURIComponent(id)}/recording`;

class Recording {
  constructor() {
    this.dialog = byId('recording');
    this.video = byId('clip');
    this.speed = 0.25;
    byId('recording-close').onclick = () => this.dialog.close();
    byId('recording-play').onclick = () => this.toggle();
    byId('recording-speed').onchange = ({ target }) => this.setSpeed(Number(target.value));
    this.dialog.onclose = () => this.leave();
    this.video.ontimeupdate = this.video.onended = () => this.repeat();
    this.video.onplay = this.video.onpause = () => this.showState();
  }

  /* In the chosen language. */
  fill() {
    byId('recording-speed').replaceChildren(
      ...SPEEDS.map(speed =>
        element('option', { value: speed, text: t('recording.times', { n: formatNumber(speed, 2) }) }),
      ),
    );
    byId('recording-speed').value = this.speed;
    this.showState();
    if (this.item) this.showWords();
  }

  async open(item) {
    this.leave();
    this.item = item;
    this.showWords();
    this.say('recording.waiting');
    if (!this.dialog.open) this.dialog.showModal();
    const blob = await this.fetch(item).catch(() => null);
    if (this.item !== item) return;
    if (!blob) this.say('recording.none');
    else await this.show(item.event, blob);
  }

  leave() {
    this.item = null;
    byId('recording-shown').hidden = true;
    if (!this.video.src) return;
    this.video.pause();
    URL.revokeObjectURL(this.video.src);
    this.video.removeAttribute('src');
  }

  say(key) {
    byId('recording-state').hidden = !key;
    byId('recording-state').textContent = key ? t(key) : '';
  }

  showWords() {
    const { event, monitor } = this.item;
    byId('recording-title').textContent = monitor.label(event.source);
    byId('recording-what').textContent = `${formatTime(timeOf(event))} ${describeEvent(event)}`;
  }

  showState() {
    byId('recording-play').textContent = t(this.video.paused ? 'recording.play' : 'recording.pause');
  }

  /* The monitor answers 202 while the recording goes on or the clip is made. null: there is none. */
  async fetch(item) {
    while (this.item === item) {
      const answer = await item.monitor.get(recordingOf(item.id));
      if (answer.status === 200) return answer.blob();
      if (answer.status !== 202) return null;
      await new Promise(resolve => setTimeout(resolve, CLIP_RETRY_MS));
    }
    return null;
  }

  async show({ onset, apex, offset }, blob) {
    const { video } = this;
    const item = this.item;
    this.range = [CLIP_ONSET_S - CLIP_AROUND_S, CLIP_ONSET_S + (offset - onset) / 1e9 + CLIP_AROUND_S];
    byId('recording-shown').hidden = false;
    const isThere = await this.shown(resolve => {
      video.onloadeddata = () => resolve(true);
      video.onerror = () => resolve(false);
      video.src = URL.createObjectURL(blob);
    });
    if (this.item !== item) return;
    if (!isThere) {
      byId('recording-shown').hidden = true;
      this.say('recording.none');
      return;
    }
    await this.draw('recording-onset', CLIP_ONSET_S);
    await this.draw('recording-apex', CLIP_ONSET_S + (apex - onset) / 1e9);
    if (this.item !== item) return;
    this.say(null);
    this.start();
  }

  /* What begins resolves to, once the picture it leads to can be drawn: that may be after its event. */
  async shown(begin) {
    const picture = new Promise(resolve => {
      this.video.requestVideoFrameCallback?.(resolve);
      setTimeout(resolve, CLIP_PICTURE_MS);
    });
    const result = await new Promise(begin);
    if (result) await picture;
    return result;
  }

  seek(time) {
    return this.shown(resolve => {
      this.video.onseeked = () => resolve(true);
      this.video.currentTime = time;
    });
  }

  async draw(id, time) {
    const canvas = byId(id);
    await this.seek(time);
    canvas.width = this.video.videoWidth;
    canvas.height = this.video.videoHeight;
    canvas.getContext('2d').drawImage(this.video, 0, 0);
  }

  async start() {
    await this.seek(this.range[0]);
    this.setSpeed(this.speed);
    this.video.play().catch(() => {}); /* closed meanwhile */
  }

  repeat() {
    const { video } = this;
    if (!this.range || video.currentTime < this.range[1] || (video.paused && !video.ended)) return;
    const { ended } = video;
    video.currentTime = this.range[0];
    if (ended) video.play().catch(() => {});
  }

  toggle() {
    if (this.video.paused) this.video.play().catch(() => {});
    else this.video.pause();
  }

  setSpeed(speed) {
    this.speed = speed;
    this.video.playbackRate = speed;
  }
}
