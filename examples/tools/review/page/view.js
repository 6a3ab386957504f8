/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How the video is looked at: the whole picture, or following the face of the event; with the boxes
 * of faces; in full screen. */

const FACE_SHARE = 0.62; /* of the picture's height, of a face that is followed */
const CLOSEST = 12; /* times */
const CALM = [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]; /* s around now that its place is averaged over */

class View {
  constructor(report, player) {
    Object.assign(this, { report, player });
    this.event = null;
    this.stage = byId('stage');
    this.drawn = byId('faces');
    const { width, height } = report.recording;
    this.drawn.setAttribute('viewBox', `0 0 ${width} ${height}`);
    this.setShape(width / height);
    for (const id of ['follow', 'boxes']) {
      byId(id).checked = preferences.get(id, id === 'boxes');
      byId(id).onchange = e => {
        preferences.set(id, e.target.checked);
        this.update();
      };
    }
    byId('full').onclick = () => this.toggleFull();
    player.addEventListener('ready', () => {
      const { videoWidth, videoHeight } = player.video;
      if (videoWidth) this.setShape(videoWidth / videoHeight);
    });
  }

  /* ratio: width / height as displayed. */
  setShape(ratio) {
    document.documentElement.style.setProperty('--ratio', Number.isFinite(ratio) ? ratio : 4 / 3);
  }

  show(event) {
    this.event = event;
    this.update();
  }

  /* After any change of the frame, the event or the settings. */
  update() {
    const { event, report, player } = this;
    const face = report.faces.find(({ id }) => id === event?.face);
    this.stage.style.transform = byId('follow').checked && face ? this.followed(face) : '';
    const boxed = byId('boxes').checked ? report.faces : [];
    const boxes = boxed.map(one => this.makeBox(one, one === face, player.time));
    this.drawn.replaceChildren(...boxes.filter(Boolean));
  }

  /* chosen: the face of the event. null while it is not in view. */
  makeBox(face, chosen, time) {
    const box = face.boxAt(time),
      { event } = this;
    const during = chosen && time >= event.onset && time <= event.offset;
    const state = during ? 'chosen during' : chosen ? 'chosen' : '';
    return box && element('rect', { ...box, class: `box ${state}` });
  }

  /* The transformation that brings the face into the middle; '' while it is not in view. */
  followed(face) {
    const { width, height } = this.report.recording;
    const around = CALM.map(shift => face.boxAt(this.player.time + shift)).filter(Boolean);
    if (!around.length) return '';
    const mean = of => sumOf(around, of) / around.length;
    const scale = Math.min(
      Math.max((FACE_SHARE * height) / mean(box => box.height), 1),
      CLOSEST,
    );
    /* Where the middle of the face goes, in parts of the picture, which stays without an edge. */
    const place = middle => Math.min(Math.max(0.5 - middle * scale, 1 - scale), 0) * 100;
    const x = place(mean(box => box.x + box.width / 2) / width),
      y = place(mean(box => box.y + box.height / 2) / height);
    return `translate(${x}%, ${y}%) scale(${scale})`;
  }

  toggleFull() {
    if (document.fullscreenElement) document.exitFullscreen();
    else byId('watch').requestFullscreen?.().catch(() => {}); /* where it is not allowed */
  }
}
