/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every word of the page in English. {name} is filled in. The other languages have the same keys. */

const EN = {
  title: 'Micro-expression trainer',
  language: 'Language',
  'theme.auto': 'Auto',
  'theme.light': 'Light',
  'theme.dark': 'Dark',
  'theme.label': 'Colours: {theme}',
  'nav.label': 'Pages',
  'nav.home': 'Course',
  'nav.lessons': 'Lessons',
  'nav.results': 'Results',
  'nav.evidence': 'What it gives',
  'nav.key': 'Answer key',
  skip: 'Skip to the content',

  happiness: 'happiness',
  sadness: 'sadness',
  anger: 'anger',
  fear: 'fear',
  disgust: 'disgust',
  surprise: 'surprise',
  neutral: 'neutral',
  other: 'other',
  nothing: 'nothing',
  full: 'full face',
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
  AU15: 'lip corner pulled down',
  AU17: 'chin raised',
  AU20: 'lips stretched sideways',
  AU23: 'lips tightened',
  AU24: 'lips pressed',
  AU26: 'jaw dropped',

  'home.intro':
    'A face at rest moves for 1/25 to 1/2 second. Which emotion is that movement conventionally read as? ' +
    'This course measures how well you recognise it, shows what to look for, lets you practise, and ' +
    'measures again on faces that you have not seen.',
  'home.synthetic':
    'All expressions are synthetic: photographic faces are moved by exactly known amounts. Skill with them ' +
    'is skill with such pictures; it detects no lies.',
  'home.steps': 'The course',
  'home.pre': 'Test before',
  'home.pre.what': '{n} items, about {minutes} minutes, no feedback',
  'home.lessons': 'Lessons',
  'home.lessons.what': 'six emotions: what moves, where to look, what is confused; {seen} of 6 seen',
  'home.practice': 'Practice',
  'home.practice.what':
    'with feedback; it gets faster until you are right about three times in four; {n} done, at least {least}',
  'home.post': 'Test after',
  'home.post.what': '{n} items on other faces, no feedback',
  'home.results': 'Results',
  'home.results.what': 'by emotion and duration, confusions, before and after',
  'home.start': 'Start',
  'home.continue': 'Continue',
  'home.open': 'Open',
  'home.more': 'More',
  'home.locked': 'later',
  'home.done': 'done',
  'home.person': 'Code of the learner',
  'home.data': 'Your results',
  'home.data.what':
    'They stay in this browser. Export them to keep them, or to hand them in; a file that was exported ' +
    'as JSON is taken up again on any computer with this same page.',
  'home.json': 'Export JSON',
  'home.csv': 'Export CSV',
  'home.import': 'Import JSON ...',
  'home.file': 'File of results',
  'home.reset': 'Start anew',
  'home.reset.sure': 'This removes all {n} answers from this browser. Really?',
  'home.reset.yes': 'Remove them',
  'home.reset.no': 'Keep them',
  'home.display': 'Your display',
  'home.keys':
    'Keys alone are enough: Tab and Enter to go about, Space to go on, 1 to 7 to answer, Esc to pause.',
  'home.faces':
    'The faces are composites of several people each and nobody’s portrait, made from the Face Research Lab ' +
    'London Set (DeBruine & Jones 2017, doi 10.6084/m9.figshare.5047666.v5), CC BY 4.0, changed.',
  'home.photos': 'The faces are photographs that the maker of this page chose; treat it as you would treat them.',

  'display.measuring': 'Measuring how often it shows a new picture ...',
  'display.rate': 'It shows {rate} pictures a second, one every {period} ms; an expression of {ms} ms is shown for {shown} ms.',
  'display.slow':
    'This display cannot show {ms} ms: at {rate} pictures a second one or none would be seen. Items of {least} ms ' +
    'and longer are fine; for shorter ones use a display of 50 pictures a second or more.',
  'display.uneven':
    'Pictures come unevenly here: {part} % were late. Close other programs and pages, plug the computer in, and measure again.',
  'display.again': 'Measure again',

  'trial.pre': 'Test before',
  'trial.practice': 'Practice',
  'trial.post': 'Test after',
  'trial.how':
    'Look at the face. It is at rest for a second, may move briefly, and rests again. Then say what you saw. ' +
    'Some faces do not move at all: that is “neutral”.',
  'trial.guess': 'When you are not sure, take your best guess.',
  'trial.begin': 'Begin',
  'trial.next': 'Next',
  'trial.go': 'Go on',
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
  'trial.paused': 'Paused. The item that was on comes again.',
  'trial.hidden': 'The page was not in view. The item that was on comes again.',
  'trial.late': 'Your display stuttered: this item was shown for {shown} ms instead of {ms} ms. It comes again.',
  'trial.done.pre': 'The first test is done. The lessons come next.',
  'trial.done.practice': 'That was a round of practice.',
  'trial.done.post': 'The course is done. Here are your results.',
  'trial.speed': 'Expressions now last {ms} ms.',

  'lesson.choose': 'Emotion',
  'lesson.face': 'Face',
  'lesson.faceN': 'Face {n}',
  'lesson.moves': 'What moves',
  'lesson.look': 'Where to look',
  'lesson.confused': 'What is confused with it',
  'lesson.play': 'Play',
  'lesson.speed': 'Speed',
  'lesson.speed.1': 'as fast as it is (1/2 s)',
  'lesson.speed.4': '1/4 of the speed',
  'lesson.speed.10': '1/10 of the speed',
  'lesson.step': 'From rest to apex',
  'lesson.moving': 'The expression in motion',
  'lesson.onset': 'Onset: at rest',
  'lesson.apex': 'Apex: strongest',
  'lesson.arrows': 'Arrows: motion since the onset as microexpr measures it, {gain} times as long.',
  'lesson.hide': 'Hide the arrows',
  'lesson.show': 'Show the arrows',
  'lesson.next': 'Next: {emotion}',
  'lesson.practise': 'Go and practise',
  'look.happiness':
    'The corners of the lips go up and outwards; in a full smile the cheeks rise and narrow the eyes from below. The mouth is enough.',
  'look.sadness':
    'The inner ends of the brows go up while the brows draw together, so that they slant; the corners of the lips go down, the chin may push up. Look between the brows first.',
  'look.anger':
    'The brows go down and together, the lids tighten, the lips narrow or press together. Look between the brows, then at the lips.',
  'look.fear':
    'The brows go up and together, nearly straight; the upper lids open wide; the lips stretch sideways. Look for lips that widen without rising.',
  'look.disgust':
    'The nose wrinkles, or the upper lip rises and the folds beside the nose deepen. Look at the nose and the upper lip.',
  'look.surprise':
    'The whole brows go up in an arc, the upper lids rise, the jaw may drop loosely. Look at the outer ends of the brows.',
  'confused.happiness':
    'With fear, when only the mouth is seen: lips that stretch go sideways, lips that smile go up as well.',
  'confused.sadness':
    'With fear and surprise: there the outer brow rises too. With anger: there the inner brow goes down, not up.',
  'confused.anger':
    'With disgust: both lower the brows, but anger leaves the nose and the upper lip still. With sadness, when the lips press.',
  'confused.fear':
    'With surprise, most of all: in fear the brows draw together as they rise, and the lips stretch. With sadness: there the outer brow stays.',
  'confused.disgust': 'With anger: look whether the nose wrinkles or the upper lip rises; anger does neither.',
  'confused.surprise': 'With fear: in surprise the brows rise in an arc without drawing together, and the lips are loose.',

  'results.none': 'There are no answers yet.',
  'results.overall': 'Right answers',
  'results.which': 'which',
  'results.right': 'right',
  'results.of': 'of',
  'results.share': 'share',
  'results.interval': '95 % interval',
  'results.pre': 'test before',
  'results.practice': 'practice',
  'results.post': 'test after',
  'results.difference':
    'From before to after: {points} percentage points (95 % interval {low} to {high}).',
  'results.unsure': 'The interval includes zero: this is compatible with no change.',
  'results.sure': 'The interval does not include zero.',
  'results.chance': 'Guessing among seven answers is right in 14 % of the items.',
  'results.threshold': 'At the end of practice you were right about three times in four at {ms} ms.',
  'results.threshold.early': 'After {least} answers in practice the duration is told at which you are right three times in four.',
  'results.emotion': 'By emotion',
  'results.duration': 'By duration really shown',
  'results.bin': '{low} to {high} ms',
  'results.confusion': 'Confusions',
  'results.rows': 'Rows: what was shown. Columns: what was answered.',
  'results.shown': 'shown',
  'results.phase': 'Answers of',
  'results.timing': 'Timing',
  'results.timing.what': '{n} items were shown within one picture of the display of their duration; {late} were not.',
  'results.intervals': 'Intervals of shares are Wilson’s, that of the difference is Newcombe’s; items are taken as independent.',

  'key.warning': 'For teachers: this page tells every answer, also of the tests.',
  'key.agree':
    'Of {of} showings of these synthetic items to microexpr (500, 250 and 100 ms, {rate} pictures a second) {agree} were read as meant: {share}.',
  'key.none': 'This page was made without --check: microexpr was not asked.',
  'key.item': 'item',
  'key.use': 'for',
  'key.meant': 'meant',
  'key.kind': 'kind',
  'key.units': 'action units',
  'key.side': 'side',
  'key.found': 'found, {ms} ms',
  'key.practice': 'practice',
  'key.A': 'test, form A',
  'key.B': 'test, form B',

  'bank.damaged':
    'A part of this page is missing: it was not copied or downloaded to its end. Get it again.',
  'store.lost': 'This browser keeps nothing: export your results before you close the page.',
  'store.taken': '{n} answers taken from {file}.',
  'store.refused': 'Nothing is taken from {file}: {why}',
  'store.json': 'it is not JSON.',
  'store.other': 'it holds no results of this trainer.',
  'store.bank': 'its results are of a page with other items.',
  'store.damaged': 'answer {n} in it is damaged.',

  'evidence.title': 'What this training gives, and what it does not',
  'evidence.gives': 'What it gives',
  'evidence.gives.1':
    'Recognition of such items can be trained: one session raised it in adults, and two to three weeks later the trained were still better than others [1]; another study found gains three and six weeks later, largest with a teacher, description, practice and feedback [2].',
  'evidence.gives.2':
    'You learn the action units, which is also what gst-microexpr reports: what moved, on which side, how strongly, when.',
  'evidence.not': 'What it does not give',
  'evidence.not.1':
    'No better detection of lies. People trained in micro-expressions judged truth and lies no better than people without training, at about chance [3]; micro-expressions are not the best way to catch a liar [4]. They are rare, occur in people who conceal nothing, and are missing in many who do [5].',
  'evidence.not.2':
    'No reading of minds. An emotion is a name that convention gives to action units. One facial movement goes with several feelings or with none, and people differ [6].',
  'evidence.not.3':
    'No proof for real faces. These items are synthetic: a photograph is moved, the mouth stays shut, the head stays still, and the face looks at you. How far skill with them carries over to spontaneous micro-expressions, which are weaker and one-sided and come amid speech, was not measured here.',
  'evidence.not.4':
    'No fitness for decisions about people. Who applies for a job, crosses a border or is questioned must not be judged by this. Screening at airports by such signs was found to lack a validated basis [7].',
  'evidence.numbers': 'How to read your numbers',
  'evidence.numbers.1':
    'A test has few items: look at the interval, not only at the share. Some of the gain is practice with the task itself, and without a group that was not trained nobody can say how much.',
  'evidence.numbers.2':
    'The tests before and after use different faces and items of the same kind; which comes first is drawn for each learner.',
  'evidence.sources': 'Sources',
};
