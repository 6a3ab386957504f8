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
      element('b', { text: label ?? event.kind }),
      element('br'),
      facs === undefined ? codings.describeUnits(event) : joinCodes(splitFacs(facs)),
      element('br'),
      element('small', { text: `${event.kind}, face ${event.face}${event.added ? ', added' : ''}` }),
    ),
    element(
      'td',
      { class: 'times' },
      `${formatTime(event.onset)} onset`,
      element('br'),
      `+${milliseconds(event.apex - event.onset)} apex`,
      element('br'),
      `+${milliseconds(duration)} offset`,
    ),
    element('td', { text: event.added ? '' : percent(event.confidence) }),
    element(
      'td',
      { class: 'pair' },
      ...pictures.map((src, i) => (src ? element('img', { src, alt: PICTURED[i] }) : '')),
    ),
    element('td', { text: note ?? '' }),
  );
}

function makePrinted(report, codings) {
  const events = codings.events.filter(event => codings.verdictOf(event) === 'accepted');
  const heads = ['Event', 'Times', 'Confidence in the event', 'Onset and apex', 'Note'];
  return [
    element('h1', { text: report.recording.name }),
    element('p', {
      text: `Reviewed by ${codings.coder || 'a coder without a name'}; printed ${new Date().toLocaleString()}.`,
    }),
    ...makeAbout(report),
    element('h2', { text: 'Totals and rates' }),
    ...makeTotals(
      codings.events.filter(event => !event.candidate || codings.verdictOf(event)),
      report.seen,
      report,
      codings,
    ),
    element('h2', { text: `Accepted events: ${events.length}` }),
    element(
      'table',
      { class: 'printed' },
      element('thead', {}, element('tr', {}, ...heads.map(text => element('th', { text })))),
      element('tbody', {}, ...events.map(event => makePrintedRow(event, codings))),
    ),
    element('p', {
      text:
        'What is measured is motion of the skin. An emotion is a label that convention assigns to ' +
        'action units, not what a person feels.',
    }),
  ];
}

function printOnDemand(box, report, codings) {
  addEventListener('beforeprint', () => box.replaceChildren(...makePrinted(report, codings)));
  addEventListener('afterprint', () => box.replaceChildren());
}
