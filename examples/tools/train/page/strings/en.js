/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every word of the page in English. {name} is filled in. The other languages have the same keys.
 * */

const EN = {
  title: 'Micro-expression trainer',
  language: 'Language',
  'theme.auto': 'Auto',
  'theme.light': 'Light',
  'theme.dark': 'Dark',
  'theme.label': 'Colors: {theme}',
  'nav.label': 'Pages',
  'nav.home': 'Course',
  'nav.lessons': 'Lessons',
  'nav.results': 'Results',
  'nav.evidence': 'What training achieves',
  'nav.key': 'Answer key',
  'nav.class': 'Class table',
  skip: 'Skip to content',

  happiness: 'happiness',
  sadness: 'sadness',
  anger: 'anger',
  fear: 'fear',
  disgust: 'disgust',
  surprise: 'surprise',
  contempt: 'contempt',
  neutral: 'neutral',
  other: 'other',
  nothing: 'nothing',
  full: 'full expression',
  subtle: 'subtle',
  both: 'both sides',
  left: "person's left",
  right: "person's right",

  AU1: 'inner brow raised',
  AU2: 'outer brow raised',
  AU4: 'brows lowered and drawn together',
  AU5: 'upper lid raised',
  AU6: 'cheek raised',
  AU7: 'lids tightened',
  AU9: 'nose wrinkled',
  AU10: 'upper lip raised',
  AU12: 'lip corner pulled up',
  AU14: 'lip corner tightened and drawn in',
  AU15: 'lip corner pulled down',
  AU17: 'chin raised',
  AU20: 'lips stretched sideways',
  AU23: 'lips tightened',
  AU24: 'lips pressed',
  AU26: 'jaw dropped',

  'home.intro':
    'A face at rest moves for 1/25 to 1/2 second. Which emotion is that movement conventionally read as? ' +
    'This course tests how well you recognize micro-expressions, shows you what to look for, lets you ' +
    'practise, and tests you again on faces that you have not seen.',
  'home.synthetic':
    'All expressions are synthetic: photographs of faces are warped by known amounts. Being good at this ' +
    'means being good with such pictures; it does not help you to detect lies.',
  'home.steps': 'The course',
  'home.pre': 'First test',
  'home.pre.what': '{n} items, about {minutes} minutes, no feedback',
  'home.lessons': 'Lessons',
  'home.lessons.what':
    '{of} emotions: what moves, where to look, what they are confused with; {seen} of {of} seen',
  'home.practice': 'Practice',
  'home.practice.what':
    'with feedback; it gets faster until you are right about three times in four; {n} done, at least {least} needed',
  'home.post': 'Second test',
  'home.post.what': '{n} items on other faces, no feedback',
  'home.results': 'Results',
  'home.results.what': 'by emotion and duration, confusions, first and second test',
  'home.start': 'Start',
  'home.continue': 'Continue',
  'home.open': 'Open',
  'home.more': 'More',
  'home.locked': 'later',
  'home.done': 'done',
  'home.person': 'Learner code',
  'home.learner': 'Learner',
  'home.learner.one': '{who}: {n} answers',
  'home.learner.unnamed': 'learner {n}',
  'home.learner.add': 'Another learner',
  'home.learner.remove': 'Remove this learner',
  'home.data': 'Your results',
  'home.data.what':
    'They stay in this browser. Export them to archive them or to hand them in. An exported JSON file can be ' +
    'imported into this same page on any computer.',
  'home.json': 'Export JSON',
  'home.csv': 'Export CSV',
  'home.import': 'Import JSON ...',
  'home.file': 'Results file',
  'home.reset': 'Start over',
  'home.reset.question': 'This deletes all {n} answers of {who} from this browser. Are you sure?',
  'home.reset.yes': 'Delete them',
  'home.reset.no': 'Keep them',
  'home.display': 'Your display',
  'home.keys':
    'You can do everything by keyboard: Tab and Enter to navigate, Space to continue, 1 to {n} to answer, Esc to pause.',
  'home.faces':
    'Each face is a composite of several people and shows no real person. The composites are derived from the ' +
    'Face Research Lab London Set (DeBruine & Jones 2017, doi 10.6084/m9.figshare.5047666.v5), CC BY 4.0, modified.',
  'home.photos':
    'The faces are photographs chosen by the author of this page; treat the page as confidentially as the photographs.',

  'display.measuring': 'Measuring the refresh rate ...',
  'display.rate': 'It refreshes at {rate} Hz, every {period} ms; an expression of {ms} ms is shown for {shown} ms.',
  'display.slow':
    'This display cannot show {ms} ms: at {rate} Hz you would see one picture or none. Items of {least} ms ' +
    'and longer are fine; for shorter ones use a display of 50 Hz or more.',
  'display.uneven':
    'This display refreshes unevenly: {part} % of refreshes were late. Close other programs and pages, connect the computer to mains power, and measure again.',
  'display.again': 'Measure again',

  'trial.pre': 'First test',
  'trial.practice': 'Practice',
  'trial.post': 'Second test',
  'trial.how':
    'Look at the face. It is at rest for a second, may move briefly, and is at rest again. Then choose what you ' +
    'saw. If the face did not move at all, choose “neutral”.',
  'trial.guess': 'If you do not know, make your best guess.',
  'trial.begin': 'Begin',
  'trial.next': 'Next',
  'trial.go': 'Continue',
  'trial.stop': 'Back to the course',
  'trial.space': 'Space',
  'trial.face': 'A face',
  'trial.progress': '{n} of {of}',
  'trial.watch': 'Watch ...',
  'trial.ask': 'What was it?',
  'trial.answers': 'Answers',
  'trial.right': 'Right: {emotion}.',
  'trial.wrong': 'It was {emotion}, not {answer}.',
  'trial.what': 'What moved: {units} ({side}), {shown} ms.',
  'trial.still': 'Nothing moved.',
  'trial.replay': 'Watch again',
  'trial.slowly': 'Slowly',
  'trial.paused': 'Paused. The current item will be shown again.',
  'trial.hidden': 'The page was not in view. The current item will be shown again.',
  'trial.late': 'Your display stuttered: this item was shown for {shown} ms instead of {ms} ms. It will be shown again.',
  'trial.done.pre': 'You have finished the first test. The lessons come next.',
  'trial.done.practice': 'You have finished a round of practice.',
  'trial.done.post': 'You have finished the course. Here are your results.',
  'trial.speed': 'Expressions now last {ms} ms.',

  'lesson.choose': 'Emotion',
  'lesson.face': 'Face',
  'lesson.faceN': 'Face {n}',
  'lesson.moves': 'What moves',
  'lesson.side': 'One-sided: {side}.',
  'lesson.look': 'Where to look',
  'lesson.confused': 'What it is confused with',
  'lesson.play': 'Play',
  'lesson.speed': 'Speed',
  'lesson.speed.1': 'original (1/2 s)',
  'lesson.speed.4': '1/4 speed',
  'lesson.speed.10': '1/10 speed',
  'lesson.step': 'From rest to apex',
  'lesson.moving': 'The expression in motion',
  'lesson.onset': 'Onset: at rest',
  'lesson.apex': 'Apex: strongest',
  'lesson.arrows': 'Arrows: motion since the onset as measured by microexpr, enlarged {gain} times.',
  'lesson.hide': 'Hide the arrows',
  'lesson.show': 'Show the arrows',
  'lesson.next': 'Next: {emotion}',
  'lesson.practise': 'Go to practice',
  'look.happiness':
    'The corners of the lips go up and outwards; in a full smile the cheeks rise and narrow the eyes from below. The mouth is enough.',
  'look.sadness':
    'The inner ends of the brows go up while the brows draw together, so that they slant; the corners of the lips go down, and the chin may push up. Look between the brows first.',
  'look.anger':
    'The brows go down and together, the lids tighten, and the lips narrow or press together. Look between the brows, then at the lips.',
  'look.fear':
    'The brows go up and together, nearly straight; the upper lids open wide; the lips stretch sideways. Look for lips that widen without rising.',
  'look.disgust':
    'The nose wrinkles, or the upper lip rises and the folds beside the nose deepen. Look at the nose and the upper lip.',
  'look.surprise':
    'The whole brows go up in an arc, the upper lids rise, and the jaw may drop loosely. Look at the outer ends of the brows.',
  'look.contempt':
    'One corner of the lips tightens and is drawn in and back, often with a dimple beside it; it may go up a little. Compare both corners: only one moves.',
  'confused.happiness':
    'Fear, if you see only the mouth: stretched lips move sideways, smiling lips also move up.',
  'confused.sadness':
    'Fear and surprise: there the outer brow rises too. Anger: there the inner brow goes down, not up.',
  'confused.anger':
    'Disgust: both lower the brows, but in anger the nose and the upper lip do not move. Sadness, if the lips press together.',
  'confused.fear':
    'Surprise, most of all: in fear the brows draw together as they rise, and the lips stretch. Sadness: there the outer brow does not move.',
  'confused.disgust': 'Anger: look for a wrinkling nose or a rising upper lip; anger shows neither.',
  'confused.surprise': 'Fear: in surprise the brows rise in an arc without drawing together, and the lips are loose.',
  'confused.contempt':
    'Happiness: a smile lifts both corners. Here one corner moves, and it tightens more than it rises.',

  mistakes: 'Mistakes',
  'mistakes.none': 'You have made no mistakes yet that you may look at.',
  'mistakes.tests': 'Mistakes of the tests follow once the second test is done.',
  'mistakes.next': 'Next',
  'mistakes.previous': 'Previous',

  'results.none': 'There are no answers yet.',
  'results.overall': 'Correct answers',
  'results.which': 'group',
  'results.right': 'correct',
  'results.of': 'of',
  'results.share': 'share',
  'results.interval': '95 % interval',
  'results.pre': 'first test',
  'results.practice': 'practice',
  'results.post': 'second test',
  'results.difference':
    'From the first to the second test: {points} percentage points (95 % interval {low} to {high}).',
  'results.points': '{points} ({low} to {high})',
  'results.compatible': 'The interval includes zero: this is compatible with no change.',
  'results.clear': 'The interval does not include zero.',
  'results.chance': 'Guessing among {n} answers is correct for {share} of the items.',
  'results.threshold': 'At the end of practice you were right about three times in four at {ms} ms.',
  'results.threshold.early': 'After {least} practice answers, this shows the duration at which you are right three times in four.',
  'results.emotion': 'By emotion',
  'results.duration': 'By duration actually shown',
  'results.bin': '{low} to {high} ms',
  'results.confusion': 'Confusions',
  'results.rows': 'Rows: emotion shown. Columns: answer.',
  'results.shown': 'shown',
  'results.phase': 'Answers from',
  'results.timing': 'Timing',
  'results.timing.what': '{n} items were shown for their duration to within one display refresh; {late} were not.',
  'results.intervals': 'Shares have Wilson intervals, the difference has Newcombe’s; items are treated as independent.',

  'class.what':
    'For teachers: choose the JSON files that learners have exported from this same page. One row for each of them; nothing is stored or sent.',
  'class.files': 'Exported files',
  'class.person': 'learner',
  'class.pre': 'first test',
  'class.post': 'second test',
  'class.difference': 'difference, points (95 % interval)',
  'class.practice': 'practice answers',
  'class.threshold': 'three in four at',
  'class.lessons': 'lessons',
  'class.late': 'late',
  'class.all': 'all {n} together',
  'class.unnamed': 'without a code',
  'class.note':
    '“Late” are items that were not shown for their duration. The row of all pools the answers, as if one person had given them; it is no comparison with people who were not trained.',

  'key.warning': 'For teachers: this page reveals every answer, including those of the tests.',
  'key.agree':
    'These synthetic items were played to microexpr {of} times (for 500, 250 and 100 ms, at {rate} frames per second); {agree} were read as intended: {share}.',
  'key.none': 'This page was made without --check: it was not verified with microexpr.',
  'key.item': 'item',
  'key.use': 'used in',
  'key.meant': 'intended',
  'key.kind': 'kind',
  'key.units': 'action units',
  'key.side': 'side',
  'key.found': 'found, {ms} ms',
  'key.practice': 'practice',
  'key.A': 'test, form A',
  'key.B': 'test, form B',

  'bank.damaged':
    'Part of this page is missing: it was not copied or downloaded completely. Get it again.',
  'store.lost': 'This browser cannot save results: export them before you close the page.',
  'store.taken': 'Loaded {n} answers from {file}.',
  'store.refused': 'Nothing was loaded from {file}: {why}',
  'store.json': 'it is not JSON.',
  'store.other': 'it contains no results of this trainer.',
  'store.bank': 'its results are from a page with other items.',
  'store.damaged': 'answer {n} in it is damaged.',

  'evidence.title': 'What this training achieves, and what it does not',
  'evidence.gives': 'What it achieves',
  'evidence.gives.1':
    'Recognition of such items can be trained. One session improved it in adults, and two to three weeks later the trained group was still better than the others [1]; another study found gains three and six weeks later, largest with a teacher, description, practice and feedback [2].',
  'evidence.gives.2':
    'You learn the action units, which gst-microexpr also reports: what moved, on which side, how strongly, and when.',
  'evidence.not': 'What it does not achieve',
  'evidence.not.1':
    'No better detection of lies. People trained in micro-expressions told truth from lies no better than untrained people, at about chance level [3]; micro-expressions are not the best way to catch a liar [4]. They are rare, occur in people who conceal nothing, and are absent in many who do [5].',
  'evidence.not.2':
    'No mind reading. An emotion is a label that convention assigns to action units. One facial movement goes with several feelings or with none, and people differ [6].',
  'evidence.not.3':
    'No proof for real faces. These items are synthetic: a photograph is warped, the mouth stays shut, the head stays still, and the face looks at you. How well this skill transfers to spontaneous micro-expressions, which are weaker, one-sided and embedded in speech, was not measured here.',
  'evidence.not.4':
    'No basis for decisions about people. Do not judge people who apply for a job, cross a border or are questioned by this. Airport screening by such signs was found to lack a validated basis [7].',
  'evidence.numbers': 'How to read your numbers',
  'evidence.numbers.1':
    'A test has few items: look at the interval, not only at the share. Part of the gain is practice with the task itself, and without an untrained control group nobody can say how much.',
  'evidence.numbers.2':
    'The two tests use different faces and items of the same kind; their order is randomized for each learner.',
  'evidence.sources': 'Sources',
};
