/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What training of this kind achieves and what it does not, with sources. */

const SOURCES = [
  'Matsumoto, Hwang (2011), Evidence for training the ability to read microexpressions of emotion, Motivation and Emotion 35, 181–191, doi 10.1007/s11031-011-9212-2',
  'Hurley (2012), Do you see what I see? Learning to detect micro expressions of emotion, Motivation and Emotion 36, 371–381, doi 10.1007/s11031-011-9257-2',
  'Jordan, Brimbal, Wallace, Kassin, Hartwig, Street (2019), A test of the micro-expressions training tool: Does it improve lie detection?, Journal of Investigative Psychology and Offender Profiling 16(3), 222–235, doi 10.1002/jip.1532',
  'Burgoon (2018), Microexpressions Are Not the Best Way to Catch a Liar, Frontiers in Psychology 9, doi 10.3389/fpsyg.2018.01672',
  'Porter, ten Brinke (2008), Reading Between the Lies, Psychological Science 19(5), doi 10.1111/j.1467-9280.2008.02116.x',
  'Barrett, Adolphs, Marsella, Martinez, Pollak (2019), Emotional Expressions Reconsidered, Psychological Science in the Public Interest 20(1), doi 10.1177/1529100619832930',
  'US Government Accountability Office (2013), GAO-14-159, Aviation Security',
];

/* Sections and their number of paragraphs. */
const EVIDENCE = [
  ['gives', 2],
  ['not', 4],
  ['numbers', 2],
];

class Evidence {
  render() {
    return [
      element('h2', { id: 'heading', tabindex: '-1', text: t('evidence.title') }),
      element(
        'article',
        { class: 'prose' },
        ...EVIDENCE.flatMap(([name, n]) => [
          element('h3', { text: t(`evidence.${name}`) }),
          ...Array.from({ length: n }, (_, i) =>
            element('p', { text: t(`evidence.${name}.${i + 1}`) }),
          ),
        ]),
        element('h3', { text: t('evidence.sources') }),
        element('ol', { lang: 'en' }, ...SOURCES.map(text => element('li', { text }))),
      ),
    ];
  }
}
