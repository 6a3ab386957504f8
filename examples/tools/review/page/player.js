/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The position in the recording, to the frame, and the video if the browser can play it. The page
 * contains the time of every frame; a seek goes to the middle of one, and requestVideoFrameCallback
 * tells which one was shown. */

const REPAIRS = 2; /* how often to repeat a seek that showed another frame */
const PATIENCE = 2000; /* ms to wait for the picture after a seek */
const AROUND = 0.3; /* s played before onset and after offset */

class Player extends EventTarget {
  constructor(video, report) {
    super();
    this.video = video;
    this.times = report.times;
    this.end = report.duration;
    this.frame = 0; /* index of the shown frame */
    this.shift = 0; /* video time - recording time */
    this.ready = false; /* whether the video can be played */
    this.range = null; /* [from, to] being played */
    this.loop = false;
    this.wanted = null; /* target frame of the current seek */
    this.repairs = 0;
  }

  /* url: of the video; '': embedded. */
  load(url) {
    const { video } = this;
    if (video.requestVideoFrameCallback)
      video.requestVideoFrameCallback((_now, { mediaTime }) => this.onFirstFrame(mediaTime));
    else video.addEventListener('loadeddata', () => this.onReady(), { once: true });
    video.addEventListener('error', () => this.dispatchEvent(new Event('unplayable')));
    video.addEventListener('play', () => this.changed());
    video.addEventListener('pause', () => this.changed());
    video.addEventListener('seeked', () => this.onSeeked());
    if (!video.requestVideoFrameCallback)
      video.addEventListener('timeupdate', () => this.onFrame(video.currentTime));
    video.src = url || URL.createObjectURL(new Blob([decodeBytes(byId('video-data').textContent)]));
  }

  /* Browsers start video time at the first frame or at the zero of the file: find out which. */
  onFirstFrame(mediaTime) {
    this.shift = mediaTime - this.times[0];
    this.watch();
    this.onReady();
  }

  onReady() {
    this.ready = true;
    this.dispatchEvent(new Event('ready'));
    if (this.frame > 0) this.show(this.frame);
  }

  watch() {
    this.video.requestVideoFrameCallback((_now, { mediaTime }) => {
      this.onFrame(mediaTime);
      this.watch();
    });
  }

  get time() {
    return this.times[this.frame] ?? 0;
  }

  get playing() {
    return this.ready && !this.video.paused;
  }

  frameAt(time) {
    return frameAt(this.times, time);
  }

  nearestFrame(time) {
    return nearestFrame(this.times, time);
  }

  onFrame(mediaTime) {
    const frame = this.frameAt(mediaTime - this.shift);
    if (this.wanted !== null && frame !== this.wanted) {
      if (this.video.seeking) return; /* of an earlier seek */
      if (this.repairs++ < REPAIRS) {
        this.seek(this.wanted, this.wanted - frame);
        return;
      }
    }
    this.wanted = null;
    this.moveTo(frame);
    if (this.range && this.playing && this.time >= this.range[1]) this.onRangeEnd();
  }

  /* A seek to the frame already shown yields no new picture. */
  onSeeked() {
    clearTimeout(this.patience);
    this.patience = setTimeout(() => {
      this.wanted = null;
    }, PATIENCE);
  }

  onRangeEnd() {
    const [from, to] = this.range;
    if (this.loop) this.seek(this.frameAt(from));
    else this.show(this.frameAt(to));
  }

  moveTo(frame) {
    if (frame === this.frame) return;
    this.frame = frame;
    this.changed();
  }

  changed() {
    this.dispatchEvent(new Event('change'));
  }

  /* Seeks to the middle of the frame, or a little beside it when another one was shown. */
  seek(frame, correction = 0) {
    const begin = this.times[frame],
      end = this.times[frame + 1] ?? begin + 0.01;
    this.wanted = frame;
    this.video.currentTime = Math.max(
      0,
      begin + (0.5 + 0.25 * Math.sign(correction)) * (end - begin) + this.shift,
    );
  }

  /* Stops there. */
  show(frame) {
    const to = Math.min(Math.max(frame, 0), this.times.length - 1);
    this.range = null;
    this.repairs = 0;
    this.moveTo(to);
    if (!this.ready) return;
    this.video.pause();
    this.seek(to);
  }

  step(n) {
    this.show(this.frame + n);
  }

  goTo(time) {
    this.show(this.nearestFrame(time));
  }

  toggle(rate) {
    if (!this.ready) return;
    this.range = null;
    this.wanted = null;
    if (this.video.paused) this.start(rate);
    else this.video.pause();
  }

  start(rate) {
    this.video.playbackRate = rate;
    this.video.play().catch(() => {}); /* interrupted by a pause */
  }

  playEvent(event, rate) {
    if (!this.ready) return;
    const last = this.times.at(-1);
    this.show(this.frameAt(Math.max(event.onset - AROUND, 0)));
    this.range = [this.time, Math.min(event.offset + AROUND, last)];
    this.start(rate);
  }
}
