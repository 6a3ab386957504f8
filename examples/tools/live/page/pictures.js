/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Live pictures: one multipart stream for all cameras or one of them, since browsers open only six
 * connections to a server. None is read while nobody can see the page. */

const PICTURES_RETRY_MS = 2000;

class Pictures {
  /* Of one monitor. show(camera, blob) */
  constructor(monitor, show) {
    this.monitor = monitor;
    this.show = show;
    this.path = null;
    document.addEventListener('visibilitychange', () => this.restart());
  }

  /* camera: null for all; undefined for none. */
  watch(camera) {
    const path =
      camera === undefined ? null : camera === null ? '/api/pictures' : `/api/cameras/${camera}/picture`;
    if (path === this.path) return;
    this.path = path;
    this.restart();
  }

  async restart() {
    this.control?.abort();
    clearTimeout(this.timer);
    if (!this.path || document.hidden) return;
    const control = (this.control = new AbortController());
    try {
      const answer = await this.monitor.get(this.path, { signal: control.signal });
      if (answer.ok) await this.read(answer.body.getReader());
    } catch {
      /* cut off, or not wanted any more */
    }
    if (!control.signal.aborted)
      this.timer = setTimeout(() => this.restart(), PICTURES_RETRY_MS);
  }

  /* Each part has a Content-Length, so that no boundary needs to be looked for. */
  async read(reader) {
    const decoder = new TextDecoder('latin1');
    let bytes = new Uint8Array(0);
    const more = async () => {
      const { done, value } = await reader.read();
      if (done) throw new Error('the stream has ended');
      const all = new Uint8Array(bytes.length + value.length);
      all.set(bytes);
      all.set(value, bytes.length);
      bytes = all;
    };
    for (;;) {
      const head = decoder.decode(bytes.subarray(0, 500)).match(/^[^]*?\r\n\r\n/)?.[0];
      if (!head) {
        await more();
        continue;
      }
      const size = Number(head.match(/Content-Length: (\d+)/)[1]);
      const camera = Number(head.match(/\/api\/cameras\/(\d+)\/picture/)[1]);
      while (bytes.length < head.length + size) await more();
      const end = head.length + size;
      this.show(camera, new Blob([bytes.subarray(head.length, end)], { type: 'image/jpeg' }));
      bytes = bytes.slice(end);
    }
  }
}

/* Shows a picture in place of the last one, whose memory is released. */
function showPicture(image, blob) {
  const old = image.src;
  image.src = URL.createObjectURL(blob);
  if (old) URL.revokeObjectURL(old);
}
