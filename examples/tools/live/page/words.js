/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the monitor says, in the words of the chosen language. */

/* The text of a key, or what the monitor said where this page is older than the monitor. */
const word = (group, name) => {
  const key = `${group}.${name}`;
  return key in EN ? t(key) : name;
};

/* "dark of face 0" */
function describeWarning(text) {
  const [, reason, face] = text.match(/^(\S+)(?: of face (\d+))?/);
  const what = word('warning', reason);
  return face === undefined ? what : t('warning.of-face', { what, face });
}

function describeSeconds(seconds) {
  if (seconds < 90) return t('time.s', { n: Math.round(seconds) });
  if (seconds < 5400) return t('time.min', { n: Math.round(seconds / 60) });
  return t('time.h', { n: Math.round(seconds / 3600) });
}

/* When an event began, ms: the monitor adds `utc` to live events. */
const timeOf = event => Date.parse(event.utc ?? event.received);

const formatTime = ms => new Date(ms).toLocaleTimeString(language.current);

/* What goes below the picture of a camera. */
function describeCamera(camera) {
  const waits = !camera.watching && camera.reason;
  const rate = camera['frame-rate'];
  return [
    element(
      'p',
      {},
      element('span', {
        class: `badge ${camera.watching ? 'good' : 'bad'}`,
        text: `${camera.watching ? '●' : '○'} ${word('state', camera.state)}`,
      }),
      ` ${t('state.since', { time: describeSeconds(camera['state-s']) })}`,
    ),
    waits ? element('p', { class: 'reason', text: camera.reason }) : '',
    'retry-s' in camera
      ? element('p', {
          class: 'dim',
          text: t('retry', { time: describeSeconds(camera['retry-s']) }),
        })
      : '',
    camera.watching
      ? element('p', {
          class: 'dim',
          text: t('rates', {
            faces: camera.faces,
            rate: formatNumber(rate, 1),
            latency: formatNumber(camera['latency-ms']),
          }),
        })
      : '',
    camera.warnings.length
      ? element(
          'ul',
          { class: 'warnings' },
          ...camera.warnings.map(text => element('li', { text: describeWarning(text) })),
        )
      : '',
  ];
}
