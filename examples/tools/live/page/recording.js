/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The recording of an event: its onset and apex as pictures, and around it in slow motion. */

const CLIP_ONSET_S = 1, /* where a clip has the onset of its event */
  CLIP_AROUND_S = 0.3, /* played before the onset and after the offset */
  CLIP_RETRY_MS = 1000,
  CLIP_PICTURE_MS = 1000, /* longest wait for a picture, which a hidden page does not get */
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
    if (!this.dialog.open) {
      this.dialog.showModal();
      // Not by `autofocus`, which browsers also try, and complain of, while the page loads.
      byId('recording-title').focus();
    }
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
    this.video.load(); /* without it, the clip stays and can still be played */
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
    for (const [id, time] of [
      ['recording-onset', CLIP_ONSET_S],
      ['recording-apex', CLIP_ONSET_S + (apex - onset) / 1e9],
    ]) {
      await this.seek(time);
      if (this.item !== item) return;
      this.draw(id);
    }
    await this.seek(this.range[0]);
    if (this.item !== item) return;
    this.say(null);
    this.setSpeed(this.speed);
    video.play().catch(() => {}); /* paused meanwhile */
  }

  /* Resolves when the next picture of the video can be drawn. */
  picture() {
    const { video } = this;
    if (video.requestVideoFrameCallback)
      return new Promise(resolve => {
        video.requestVideoFrameCallback(resolve);
        setTimeout(resolve, CLIP_PICTURE_MS);
      });
    return new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }

  /* What `begin` resolves to, once the picture it leads to can be drawn: that may be later. */
  async shown(begin) {
    const { requestVideoFrameCallback } = this.video;
    const early = requestVideoFrameCallback && this.picture();
    const result = await new Promise(begin);
    if (result) await (early || this.picture());
    return result;
  }

  seek(time) {
    return this.shown(resolve => {
      this.video.onseeked = () => resolve(true);
      this.video.currentTime = time;
    });
  }

  draw(id) {
    const canvas = byId(id);

    canvas.width = this.video.videoWidth;
    canvas.height = this.video.videoHeight;
    canvas.getContext('2d').drawImage(this.video, 0, 0);
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
