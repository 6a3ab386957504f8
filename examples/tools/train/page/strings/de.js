/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every word of the page in German; keys as in en.js. */

const DE = {
  title: 'Mikroexpressions-Trainer',
  language: 'Sprache',
  'theme.auto': 'Auto',
  'theme.light': 'Hell',
  'theme.dark': 'Dunkel',
  'theme.label': 'Farben: {theme}',
  'nav.label': 'Seiten',
  'nav.home': 'Kurs',
  'nav.lessons': 'Lektionen',
  'nav.results': 'Ergebnisse',
  'nav.evidence': 'Was es bringt',
  'nav.key': 'Lösungen',
  'nav.class': 'Tabelle der Klasse',
  skip: 'Zum Inhalt springen',

  happiness: 'Freude',
  sadness: 'Trauer',
  anger: 'Ärger',
  fear: 'Angst',
  disgust: 'Ekel',
  surprise: 'Überraschung',
  contempt: 'Verachtung',
  neutral: 'neutral',
  other: 'anderes',
  nothing: 'nichts',
  full: 'voller Ausdruck',
  subtle: 'schwach',
  both: 'beidseitig',
  left: 'links, von der Person aus',
  right: 'rechts, von der Person aus',

  AU1: 'innere Braue gehoben',
  AU2: 'äußere Braue gehoben',
  AU4: 'Brauen gesenkt und zusammengezogen',
  AU5: 'Oberlid gehoben',
  AU6: 'Wange gehoben',
  AU7: 'Lider angespannt',
  AU9: 'Nase gerümpft',
  AU10: 'Oberlippe gehoben',
  AU12: 'Mundwinkel nach oben gezogen',
  AU14: 'Mundwinkel gestrafft und eingezogen',
  AU15: 'Mundwinkel nach unten gezogen',
  AU17: 'Kinn gehoben',
  AU20: 'Lippen zur Seite gedehnt',
  AU23: 'Lippen gestrafft',
  AU24: 'Lippen zusammengepresst',
  AU26: 'Kiefer fallen gelassen',

  'home.intro':
    'Ein ruhendes Gesicht bewegt sich für 1/25 bis 1/2 Sekunde. Als welche Emotion wird diese Bewegung üblicherweise gelesen? ' +
    'Dieser Kurs misst, wie gut Sie das erkennen, zeigt, worauf zu achten ist, lässt Sie üben und misst ' +
    'noch einmal an Gesichtern, die Sie nicht gesehen haben.',
  'home.synthetic':
    'Alle Ausdrücke sind künstlich: fotografische Gesichter werden um genau bekannte Beträge bewegt. Können an ihnen ' +
    'ist Können an solchen Bildern; Lügen deckt es nicht auf.',
  'home.steps': 'Der Kurs',
  'home.pre': 'Vortest',
  'home.pre.what': '{n} Aufgaben, etwa {minutes} Minuten, ohne Rückmeldung',
  'home.lessons': 'Lektionen',
  'home.lessons.what':
    '{of} Emotionen: was sich bewegt, wohin man schaut, was verwechselt wird; {seen} von {of} angesehen',
  'home.practice': 'Übung',
  'home.practice.what':
    'mit Rückmeldung; sie wird schneller, bis Sie in etwa drei von vier Fällen richtig liegen; {n} erledigt, mindestens {least}',
  'home.post': 'Nachtest',
  'home.post.what': '{n} Aufgaben an anderen Gesichtern, ohne Rückmeldung',
  'home.results': 'Ergebnisse',
  'home.results.what': 'nach Emotion und Dauer, Verwechslungen, vorher und nachher',
  'home.start': 'Beginnen',
  'home.continue': 'Fortsetzen',
  'home.open': 'Öffnen',
  'home.more': 'Mehr',
  'home.locked': 'später',
  'home.done': 'erledigt',
  'home.person': 'Kürzel der lernenden Person',
  'home.learner': 'Wer lernt',
  'home.learner.one': '{who}: {n} Antworten',
  'home.learner.unnamed': 'Person {n}',
  'home.learner.add': 'Weitere Person',
  'home.learner.remove': 'Diese Person entfernen',
  'home.data': 'Ihre Ergebnisse',
  'home.data.what':
    'Sie bleiben in diesem Browser. Exportieren Sie sie, um sie aufzubewahren oder abzugeben; eine als JSON ' +
    'exportierte Datei lässt sich auf jedem Rechner mit derselben Seite fortsetzen.',
  'home.json': 'JSON exportieren',
  'home.csv': 'CSV exportieren',
  'home.import': 'JSON einlesen ...',
  'home.file': 'Datei mit Ergebnissen',
  'home.reset': 'Neu beginnen',
  'home.reset.question': 'Das entfernt alle {n} Antworten von {who} aus diesem Browser. Wirklich?',
  'home.reset.yes': 'Entfernen',
  'home.reset.no': 'Behalten',
  'home.display': 'Ihr Bildschirm',
  'home.keys':
    'Die Tastatur genügt: Tab und Enter zum Bewegen, Leertaste für weiter, 1 bis {n} zum Antworten, Esc für Pause.',
  'home.faces':
    'Die Gesichter sind aus je mehreren Menschen zusammengesetzt und niemandes Porträt, hergestellt aus dem Face Research Lab ' +
    'London Set (DeBruine & Jones 2017, doi 10.6084/m9.figshare.5047666.v5), CC BY 4.0, verändert.',
  'home.photos':
    'Die Gesichter sind Fotos, die der Hersteller dieser Seite gewählt hat; behandeln Sie sie wie diese Fotos.',

  'display.measuring': 'Es wird gemessen, wie oft er ein neues Bild zeigt ...',
  'display.rate':
    'Er zeigt {rate} Bilder pro Sekunde, alle {period} ms eines; ein Ausdruck von {ms} ms wird {shown} ms lang gezeigt.',
  'display.slow':
    'Dieser Bildschirm kann {ms} ms nicht zeigen: bei {rate} Bildern pro Sekunde sähe man eines oder keines. Aufgaben ab ' +
    '{least} ms gehen; für kürzere braucht es einen Bildschirm mit 50 Bildern pro Sekunde oder mehr.',
  'display.uneven':
    'Die Bilder kommen ungleichmäßig: {part} % waren verspätet. Schließen Sie andere Programme und Seiten, schließen Sie das Netzteil an und messen Sie noch einmal.',
  'display.again': 'Noch einmal messen',

  'trial.pre': 'Vortest',
  'trial.practice': 'Übung',
  'trial.post': 'Nachtest',
  'trial.how':
    'Schauen Sie auf das Gesicht. Es ruht eine Sekunde, bewegt sich vielleicht kurz und ruht wieder. Sagen Sie dann, was Sie gesehen haben. ' +
    'Manche Gesichter bewegen sich gar nicht: das ist „neutral“.',
  'trial.guess': 'Wenn Sie unsicher sind, raten Sie, so gut Sie können.',
  'trial.begin': 'Beginnen',
  'trial.next': 'Weiter',
  'trial.go': 'Weiter',
  'trial.stop': 'Zurück zum Kurs',
  'trial.space': 'Leertaste',
  'trial.face': 'Ein Gesicht',
  'trial.progress': '{n} von {of}',
  'trial.watch': 'Schauen Sie ...',
  'trial.ask': 'Was war es?',
  'trial.answers': 'Antworten',
  'trial.right': 'Richtig: {emotion}.',
  'trial.wrong': 'Es war {emotion}, nicht {answer}.',
  'trial.what': 'Was sich bewegt hat: {units} ({side}), {shown} ms.',
  'trial.still': 'Nichts hat sich bewegt.',
  'trial.replay': 'Noch einmal sehen',
  'trial.slowly': 'Langsam',
  'trial.paused': 'Pause. Die unterbrochene Aufgabe kommt noch einmal.',
  'trial.hidden': 'Die Seite war nicht zu sehen. Die unterbrochene Aufgabe kommt noch einmal.',
  'trial.late':
    'Ihr Bildschirm hat gestockt: die Aufgabe wurde {shown} ms statt {ms} ms lang gezeigt. Sie kommt noch einmal.',
  'trial.done.pre': 'Der Vortest ist erledigt. Als Nächstes kommen die Lektionen.',
  'trial.done.practice': 'Das war eine Runde Übung.',
  'trial.done.post': 'Der Kurs ist abgeschlossen. Hier sind Ihre Ergebnisse.',
  'trial.speed': 'Die Ausdrücke dauern jetzt {ms} ms.',

  'lesson.choose': 'Emotion',
  'lesson.face': 'Gesicht',
  'lesson.faceN': 'Gesicht {n}',
  'lesson.moves': 'Was sich bewegt',
  'lesson.side': 'Einseitig: {side}.',
  'lesson.look': 'Wohin man schaut',
  'lesson.confused': 'Womit es verwechselt wird',
  'lesson.play': 'Abspielen',
  'lesson.speed': 'Geschwindigkeit',
  'lesson.speed.1': 'so schnell wie es ist (1/2 s)',
  'lesson.speed.4': '1/4 der Geschwindigkeit',
  'lesson.speed.10': '1/10 der Geschwindigkeit',
  'lesson.step': 'Von der Ruhe zum Höhepunkt',
  'lesson.moving': 'Der Ausdruck in Bewegung',
  'lesson.onset': 'Onset: in Ruhe',
  'lesson.apex': 'Apex: am stärksten',
  'lesson.arrows': 'Pfeile: Bewegung seit dem Onset, wie microexpr sie misst, {gain}-mal so lang.',
  'lesson.hide': 'Pfeile ausblenden',
  'lesson.show': 'Pfeile zeigen',
  'lesson.next': 'Weiter: {emotion}',
  'lesson.practise': 'Zur Übung',
  'look.happiness':
    'Die Mundwinkel gehen nach oben und außen; beim vollen Lächeln heben sich die Wangen und verengen die Augen von unten. Der Mund genügt.',
  'look.sadness':
    'Die inneren Enden der Brauen gehen nach oben, während die Brauen zusammenrücken, so dass sie schräg stehen; die Mundwinkel gehen nach unten, das Kinn schiebt sich manchmal hoch. Schauen Sie zuerst zwischen die Brauen.',
  'look.anger':
    'Die Brauen gehen nach unten und zusammen, die Lider spannen sich, die Lippen werden schmal oder pressen sich aufeinander. Schauen Sie zwischen die Brauen, dann auf die Lippen.',
  'look.fear':
    'Die Brauen gehen nach oben und zusammen, fast gerade; die Oberlider öffnen sich weit; die Lippen dehnen sich zur Seite. Achten Sie auf Lippen, die breiter werden, ohne zu steigen.',
  'look.disgust':
    'Die Nase wird gerümpft, oder die Oberlippe hebt sich und die Falten neben der Nase werden tiefer. Schauen Sie auf Nase und Oberlippe.',
  'look.surprise':
    'Die ganzen Brauen heben sich im Bogen, die Oberlider heben sich, der Kiefer kann locker fallen. Schauen Sie auf die äußeren Enden der Brauen.',
  'look.contempt':
    'Ein Mundwinkel strafft sich und wird nach innen gezogen, oft mit einem Grübchen daneben; er kann etwas steigen. Vergleichen Sie beide Mundwinkel: nur einer bewegt sich.',
  'confused.happiness':
    'Mit Angst, wenn man nur den Mund sieht: gedehnte Lippen gehen zur Seite, lächelnde auch nach oben.',
  'confused.sadness':
    'Mit Angst und Überraschung: dort hebt sich auch die äußere Braue. Mit Ärger: dort geht die innere Braue nach unten, nicht nach oben.',
  'confused.anger':
    'Mit Ekel: beide senken die Brauen, aber bei Ärger bleiben Nase und Oberlippe ruhig. Mit Trauer, wenn die Lippen pressen.',
  'confused.fear':
    'Vor allem mit Überraschung: bei Angst rücken die Brauen beim Heben zusammen, und die Lippen dehnen sich. Mit Trauer: dort bleibt die äußere Braue, wo sie ist.',
  'confused.disgust':
    'Mit Ärger: achten Sie darauf, ob die Nase gerümpft wird oder die Oberlippe steigt; bei Ärger geschieht beides nicht.',
  'confused.surprise':
    'Mit Angst: bei Überraschung heben sich die Brauen im Bogen, ohne zusammenzurücken, und die Lippen sind locker.',
  'confused.contempt':
    'Mit Freude: ein Lächeln hebt beide Mundwinkel. Hier bewegt sich einer, und er strafft sich mehr, als er steigt.',

  mistakes: 'Fehler',
  'mistakes.none': 'Noch gibt es keine Fehler anzusehen.',
  'mistakes.tests': 'Fehler der Tests folgen nach dem zweiten Test.',
  'mistakes.next': 'Nächster',
  'mistakes.previous': 'Voriger',

  'results.none': 'Es gibt noch keine Antworten.',
  'results.overall': 'Richtige Antworten',
  'results.which': 'welche',
  'results.right': 'richtig',
  'results.of': 'von',
  'results.share': 'Anteil',
  'results.interval': '95-%-Intervall',
  'results.pre': 'Vortest',
  'results.practice': 'Übung',
  'results.post': 'Nachtest',
  'results.difference':
    'Von vorher zu nachher: {points} Prozentpunkte (95-%-Intervall {low} bis {high}).',
  'results.points': '{points} ({low} bis {high})',
  'results.compatible': 'Das Intervall schließt null ein: das verträgt sich mit keiner Veränderung.',
  'results.clear': 'Das Intervall schließt null nicht ein.',
  'results.chance': 'Wer unter {n} Antworten rät, trifft in {share} der Aufgaben.',
  'results.threshold':
    'Am Ende der Übung lagen Sie bei {ms} ms in etwa drei von vier Fällen richtig.',
  'results.threshold.early':
    'Nach {least} Antworten in der Übung steht hier, bei welcher Dauer Sie in drei von vier Fällen richtig liegen.',
  'results.emotion': 'Nach Emotion',
  'results.duration': 'Nach der wirklich gezeigten Dauer',
  'results.bin': '{low} bis {high} ms',
  'results.confusion': 'Verwechslungen',
  'results.rows': 'Zeilen: was gezeigt wurde. Spalten: was geantwortet wurde.',
  'results.shown': 'gezeigt',
  'results.phase': 'Antworten aus',
  'results.timing': 'Zeitgenauigkeit',
  'results.timing.what':
    '{n} Aufgaben wurden auf ein Bild des Bildschirms genau so lange gezeigt, wie sie sollten; {late} nicht.',
  'results.intervals':
    'Intervalle der Anteile sind die von Wilson, das der Differenz ist das von Newcombe; die Aufgaben gelten als unabhängig.',

  'class.what':
    'Für Lehrende: Wählen Sie die JSON-Dateien, die Lernende aus genau dieser Seite exportiert haben. Jede ergibt eine Zeile; nichts wird gespeichert oder gesendet.',
  'class.files': 'Exportierte Dateien',
  'class.person': 'Person',
  'class.pre': 'erster Test',
  'class.post': 'zweiter Test',
  'class.difference': 'Unterschied, Punkte (95-%-Intervall)',
  'class.practice': 'Antworten in der Übung',
  'class.threshold': 'drei von vier bei',
  'class.lessons': 'Lektionen',
  'class.late': 'verspätet',
  'class.all': 'alle {n} zusammen',
  'class.unnamed': 'ohne Kürzel',
  'class.note':
    '„Verspätet“ sind Aufgaben, die nicht in ihrer Dauer gezeigt wurden. Die Zeile für alle fasst die Antworten zusammen, als kämen sie von einer Person; sie ist kein Vergleich mit Menschen, die nicht trainiert haben.',

  'key.warning': 'Für Lehrende: diese Seite verrät alle Antworten, auch die der Tests.',
  'key.agree':
    'Von {of} Vorführungen dieser künstlichen Aufgaben vor microexpr (500, 250 und 100 ms, {rate} Bilder pro Sekunde) wurden {agree} gelesen wie gemeint: {share}.',
  'key.none': 'Diese Seite wurde ohne --check hergestellt: microexpr wurde nicht gefragt.',
  'key.item': 'Aufgabe',
  'key.use': 'für',
  'key.meant': 'gemeint',
  'key.kind': 'Art',
  'key.units': 'Action Units',
  'key.side': 'Seite',
  'key.found': 'gefunden, {ms} ms',
  'key.practice': 'Übung',
  'key.A': 'Test, Form A',
  'key.B': 'Test, Form B',

  'bank.damaged':
    'Ein Teil dieser Seite fehlt: sie wurde nicht bis zum Ende kopiert oder heruntergeladen. Holen Sie sie noch einmal.',
  'store.lost': 'Dieser Browser behält nichts: exportieren Sie Ihre Ergebnisse, bevor Sie die Seite schließen.',
  'store.taken': '{n} Antworten aus {file} übernommen.',
  'store.refused': 'Aus {file} wird nichts übernommen: {why}',
  'store.json': 'das ist kein JSON.',
  'store.other': 'darin sind keine Ergebnisse dieses Trainers.',
  'store.bank': 'die Ergebnisse sind von einer Seite mit anderen Aufgaben.',
  'store.damaged': 'Antwort {n} darin ist beschädigt.',

  'evidence.title': 'Was dieses Training bringt, und was nicht',
  'evidence.gives': 'Was es bringt',
  'evidence.gives.1':
    'Das Erkennen solcher Aufgaben lässt sich trainieren: eine Sitzung verbesserte es bei Erwachsenen, und zwei bis drei Wochen später waren die Trainierten noch besser als andere [1]; eine andere Studie fand Gewinne nach drei und sechs Wochen, am größten mit Lehrkraft, Beschreibung, Übung und Rückmeldung [2].',
  'evidence.gives.2':
    'Sie lernen die Action Units, und das ist auch, was gst-microexpr meldet: was sich bewegt hat, auf welcher Seite, wie stark, wann.',
  'evidence.not': 'Was es nicht bringt',
  'evidence.not.1':
    'Kein besseres Erkennen von Lügen. In Mikroexpressionen Trainierte beurteilten Wahrheit und Lüge nicht besser als Untrainierte, etwa auf Zufallsniveau [3]; Mikroexpressionen sind nicht der beste Weg, einen Lügner zu fassen [4]. Sie sind selten, kommen bei Menschen vor, die nichts verbergen, und fehlen bei vielen, die es tun [5].',
  'evidence.not.2':
    'Kein Gedankenlesen. Eine Emotion ist ein Name, den eine Übereinkunft Action Units gibt. Eine Bewegung des Gesichts geht mit mehreren Gefühlen einher oder mit keinem, und Menschen sind verschieden [6].',
  'evidence.not.3':
    'Kein Beleg für echte Gesichter. Diese Aufgaben sind künstlich: ein Foto wird bewegt, der Mund bleibt zu, der Kopf still, und das Gesicht schaut Sie an. Wie weit Können an ihnen auf spontane Mikroexpressionen übergeht, die schwächer und einseitiger sind und mitten im Sprechen kommen, wurde hier nicht gemessen.',
  'evidence.not.4':
    'Keine Eignung für Entscheidungen über Menschen. Wer sich bewirbt, eine Grenze überquert oder befragt wird, darf nicht danach beurteilt werden. Dem Überprüfen an Flughäfen nach solchen Zeichen fehlte, so das Ergebnis einer Prüfung, eine gesicherte Grundlage [7].',
  'evidence.numbers': 'Wie Ihre Zahlen zu lesen sind',
  'evidence.numbers.1':
    'Ein Test hat wenige Aufgaben: schauen Sie auf das Intervall, nicht nur auf den Anteil. Ein Teil des Gewinns ist Vertrautheit mit der Aufgabe selbst, und ohne eine untrainierte Vergleichsgruppe kann niemand sagen, wie viel.',
  'evidence.numbers.2':
    'Vortest und Nachtest verwenden verschiedene Gesichter und Aufgaben derselben Art; welche zuerst kommen, wird für jede lernende Person ausgelost.',
  'evidence.sources': 'Quellen',
};
