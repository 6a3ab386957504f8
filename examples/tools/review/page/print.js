/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The report on paper: what was analyzed, how much was found, and each accepted event with its
 * pictures. It is made when the browser prints, and is all that it prints. */

function makePrintedRow(event, codings) {
  const { note, facs } = codings.of(event),
    label = codings.labelOf(event);
  const pictures = event.added ? [] : PICTURED.map(moment => pictureOf(event, moment));
  const duration = event.offset - event.onset;
  return element(
    'tr',
    {},
    element(
      'td',
      {},
      element('b', { text: label ? nameLabel(label) : t(event.kind) }),
      element('br'),
      facs === undefined ? codings.describeUnits(event) : joinCodes(splitFacs(facs)),
      element('br'),
      element('small', {
        text:
          t('coding.face', { kind: t(event.kind), face: event.face }) +
          (event.added ? `, ${t('state.added')}` : ''),
      }),
    ),
    element(
      'td',
      { class: 'times' },
      `${formatTime(event.onset)} ${t('onset')}`,
      element('br'),
      `+${milliseconds(event.apex - event.onset)} ${t('apex')}`,
      element('br'),
      `+${milliseconds(duration)} ${t('offset')}`,
    ),
    element('td', { text: event.added ? '' : percent(event.confidence) }),
    element(
      'td',
      { class: 'pair' },
      ...pictures.map((src, i) => (src ? element('img', { src, alt: t(PICTURED[i]) }) : '')),
    ),
    element('td', { text: note ?? '' }),
  );
}

function makePrinted(report, codings) {
  const events = codings.events.filter(event => codings.verdictOf(event) === 'accepted');
  const heads = ['event', 'times', 'confidence', 'pictures', 'note'].map(name => t(`print.${name}`));
  return [
    element('h1', { text: report.recording.name }),
    element('p', {
      text: t('print.by', {
        coder: codings.coder || t('coder.unnamed'),
        date: new Date().toLocaleString(language.current),
      }),
    }),
    ...makeAbout(report),
    element('h2', { text: t('totals') }),
    ...makeTotals(
      codings.events.filter(event => !event.candidate || codings.verdictOf(event)),
      report.seen,
      report,
      codings,
    ),
    element('h2', { text: t('print.accepted', { n: events.length }) }),
    element(
      'table',
      { class: 'printed' },
      element('thead', {}, element('tr', {}, ...heads.map(text => element('th', { text })))),
      element('tbody', {}, ...events.map(event => makePrintedRow(event, codings))),
    ),
    element('p', { text: t('print.words') }),
  ];
}

function printOnDemand(box, report, codings) {
  addEventListener('beforeprint', () => box.replaceChildren(...makePrinted(report, codings)));
  addEventListener('afterprint', () => box.replaceChildren());
}
