/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* For teachers: one table of many learners, from the files that they exported. Nothing is stored. */

const ofPhase = (answers, phase) => answers.filter(answer => answer.phase === phase);

/* What the table says of a learner, or of several together: tallies, and the number of answers. */
function summarize(answers) {
  const [pre, post] = ['pre', 'post'].map(phase => tally(ofPhase(answers, phase)));
  return {
    pre,
    post,
    gain: pre.of && post.of ? difference(pre, post) : null,
    practised: ofPhase(answers, 'practice').length,
    late: answers.filter(answer => answer.late).length,
  };
}

const CLASS_COLUMNS = ['person', 'pre_right', 'pre_of', 'post_right', 'post_of', 'difference',
  'difference_low', 'difference_high', 'practice', 'threshold_ms', 'lessons', 'late', 'file'];

class Class {
  constructor(bank) {
    this.bank = bank;
    this.learners = []; /* {file, person, seed, lessons, answers} */
    this.refused = []; /* texts */
  }

  render() {
    this.table = element('div');
    this.showTable();
    return [
      element('h2', { id: 'heading', tabindex: '-1', text: t('nav.class') }),
      element('p', { class: 'lead', text: t('class.what') }),
      element('p', {}, element('label', {}, `${t('class.files')} `, this.makeFiles())),
      this.table,
    ];
  }

  makeFiles() {
    const files = element('input', {
      id: 'class-files',
      type: 'file',
      multiple: true,
      accept: '.json,application/json',
      onchange: async () => {
        const chosen = [...files.files];
        files.value = ''; /* so that the same files can be chosen again */
        for (const file of chosen) this.take(file.name, await file.text());
        this.showTable();
      },
    });
    return files;
  }

  /* Of two files of one course of one learner, the one with more answers counts. */
  take(file, text) {
    try {
      const learner = { file, ...readResults(text, this.bank) };
      const same = this.learners.findIndex(
        ({ person, seed }) => person === learner.person && seed === learner.seed,
      );
      if (same < 0) this.learners.push(learner);
      else if (learner.answers.length >= this.learners[same].answers.length)
        this.learners[same] = learner;
    } catch (problem) {
      if (!problem.key) throw problem;
      this.refused.push(t('store.refused', { file, why: t(problem.key, problem.values) }));
    }
  }

  showTable() {
    const refused = this.refused.map(text => element('p', { class: 'notice', text }));
    if (!this.learners.length) return this.table.replaceChildren(...refused);
    this.learners.sort((a, b) => a.person.localeCompare(b.person, language.current));
    const all = this.learners.flatMap(({ answers }) => answers);
    const heads = ['person', 'pre', 'post', 'difference', 'practice', 'threshold', 'lessons', 'late'];
    this.table.replaceChildren(
      ...refused,
      makeTable(
        t('nav.class'),
        heads.map(head => t(`class.${head}`)),
        [
          ...this.learners.map(learner => this.makeRow(learner)),
          ...(this.learners.length > 1
            ? [this.makeRow({ person: t('class.all', { n: this.learners.length }), answers: all })]
            : []),
        ],
      ),
      element('p', { class: 'dim', text: t('class.note') }),
      element('button', {
        type: 'button',
        text: t('home.csv'),
        onclick: () => saveFile(this.writeCsv(), 'text/csv', 'class.csv'),
      }),
    );
  }

  /* lessons: undefined in the row of all. */
  makeRow({ person, answers, lessons }) {
    const { pre, post, gain, practised, late } = summarize(answers);
    const ms = lessons ? threshold(answers) : null;
    return [
      person || t('class.unnamed'),
      makeShare(pre, 'pre'),
      makeShare(post, 'post'),
      gain ? describePoints(gain) : '',
      String(practised),
      ms === null ? '' : `${formatNumber(ms)} ms`,
      lessons ? `${lessons.length} / ${EMOTIONS.length}` : '',
      String(late),
    ];
  }

  writeCsv() {
    const points = share => (100 * share).toFixed(1);
    const rows = this.learners.map(({ file, person, lessons, answers }) => {
      const { pre, post, gain, practised, late } = summarize(answers);
      const ms = threshold(answers);
      return [
        person,
        pre.right,
        pre.of,
        post.right,
        post.of,
        ...(gain ? [gain.value, gain.low, gain.high].map(points) : ['', '', '']),
        practised,
        ms === null ? '' : Math.round(ms),
        lessons.length,
        late,
        file,
      ].map(value => quoteCsv(typeof value === 'string' && isNaN(value) ? defuse(value) : String(value)));
    });
    return [CLASS_COLUMNS, ...rows].map(row => row.join(',') + '\r\n').join('');
  }
}
