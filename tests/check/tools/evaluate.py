#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""microexpr-evaluate on miniature data sets, laid out as the published ones are: their sheets with
their defects, and one short recording of the test source under the names of each. What it prints
is what one finds by hand.

    evaluate.py microexpr-evaluate
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

try:
    import openpyxl
except ImportError as missing:
    print(f'skipped: {missing}; needs python3-openpyxl')
    sys.exit(77)

from pipelines import CALM, launch

RATE = 200
# Onset and offset in s, action units and kind, of the one recording.
SMILE = (0.6, 0.9)
BROWS = (1.8, 2.1)
FROWN = (2.9, 4.1)
LENGTH = 4.8
SCRIPT = ('0.6s micro AU12 4 300ms; 1.8s micro AU1+2 4 300ms; 2.9s macro AU4 8 1.2s')
CASME2 = ['Subject', 'Filename', None, 'OnsetFrame', 'ApexFrame', 'OffsetFrame', None,
          'Action Units', 'Estimated Emotion']
SAMM_LONG = ['Subject', 'Filename', 'Inducement Code', 'Onset', 'Apex', 'Offset', 'Duration',
             'Type', 'Action Units', 'Notes']


def frame(time, rate, first=1):
    """The number of the frame at a time, counted from `first`."""
    return first + round(time * rate)


def interval(event, rate, first=1):
    """Onset, apex and offset as coders write them."""
    onset, offset = event
    return [frame(onset, rate, first), frame((onset + offset) / 2, rate, first),
            frame(offset, rate, first)]


class Evaluate(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.root = pathlib.Path(tempfile.mkdtemp())
        cls.frames = cls.root / 'frames'
        cls.frames.mkdir()
        launch(f'{cls.source(RATE)} ! videoconvert ! jpegenc quality=92 !'
               f' multifilesink location={cls.frames}/%d.jpg')

    @staticmethod
    def source(rate, length=LENGTH):
        return (f'microexprtestsrc num-buffers={int(length * rate)} seed=5 {CALM}'
                f' script="{SCRIPT}" ! video/x-raw,width=320,height=240,framerate={rate}/1')

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.root)

    def setUp(self):
        self.set = self.root / self.id().rpartition('.')[2]
        self.set.mkdir()

    def images(self, below, name, rate, first=1, length=LENGTH):
        """The recording as a folder of images, at a frame rate, numbered from `first` on."""
        folder = self.set / below
        folder.mkdir(parents=True)
        for n in range(int(length * rate)):
            source = self.frames / f'{round(n * RATE / rate)}.jpg'
            (folder / (name % (first + n))).symlink_to(source)

    def video(self, below, rate, length):
        path = self.set / below
        path.parent.mkdir(parents=True)
        launch(f'{self.source(rate, length)} ! videoconvert ! jpegenc quality=92 ! avimux !'
               f' filesink location={path}')

    def sheet(self, *sheets, name='sheet.xlsx'):
        workbook = openpyxl.Workbook()
        workbook.remove(workbook.active)
        for number, rows in enumerate(sheets, 1):
            page = workbook.create_sheet(f'Sheet{number}')
            for row in rows:
                page.append(row)
        workbook.save(self.set / name)

    def run_it(self, layout, *options, folder=None):
        return subprocess.run(
            [program, layout, folder or self.set, self.set / 'sheet.xlsx',
             f'--results={self.set}/results', *options],
            env=dict(os.environ, XDG_DATA_HOME=str(self.set / 'home')), text=True,
            capture_output=True, check=False)

    def text(self, layout, *options):
        run = self.run_it(layout, *options)
        self.assertEqual(run.returncode, 0, run.stderr)
        return run.stdout

    def report(self, layout, *options):
        return json.loads(self.text(layout, '--json', *options))

    def fails(self, layout, message, **more):
        run = self.run_it(layout, **more)
        self.assertEqual(run.returncode, 1, run.stdout)
        self.assertRegex(run.stderr, message)

    def assert_metrics(self, report, **metrics):
        measured = report['scores'][0]['metrics']
        for name, value in metrics.items():
            self.assertAlmostEqual(measured[name.replace('_', '-')]['value'], value, 6, name)

    def assert_counts(self, report, kind, found, wrong, missed):
        counts = report['scores'][0][kind]
        self.assertEqual([counts[name] for name in
                          ('true-positives', 'false-positives', 'false-negatives')],
                         [found, wrong, missed], kind)

    def assert_close_in_time(self, report, most):
        for name in ('onset-error', 'offset-error'):
            self.assertLess(report['scores'][0]['metrics'][name]['value'], most, name)

    def make_casme2(self):
        """Of two subjects: of the second, one expression is not coded and one is that is not
        there. Frames of the second are numbered from 46."""
        self.images('CASME2_RAW/sub01/EP02_01f', 'img%d.jpg', 200)
        self.images('CASME2_RAW/sub17/EP03_02', 'img%d.jpg', 200, 46)
        smile, brows = interval(SMILE, 200), interval(BROWS, 200)
        smile[1] = '/'
        self.sheet([CASME2,
                    ['01', 'EP02_01f', None, *smile, None, '12', 'happiness'],
                    ['01', 'EP02_01f', None, *brows, None, '1+L2', 'surprise'],
                    ['17', 'EP03_02', None, *interval(SMILE, 200, 46), None, '12', 'happiness'],
                    ['17', 'EP03_02', None, *interval((1.2, 1.5), 200, 46), None, '4', 'disgust']])

    def check_tables_and_what_is_kept(self):
        text = self.text('casme2')
        self.assertRegex(text, r'CASME II: 2 subjects, 2 recordings, 0\.2 minutes; coded: 4 micro')
        self.assertRegex(text, r'micro +3 +1 +1 +0\.750 +0\.750 +0\.750 \[0\.500, 1\.000\]')
        self.assertRegex(text, r'\n17 +1 +1 +1 +0\.500')
        self.assertRegex(text, r'accuracy, five classes, interval given +0\.750')
        self.assertIn('Yan et al. 2014', text)
        kept = sorted((self.set / 'results').rglob('*.events'))
        self.assertEqual(len(kept), 2)
        kept[0].unlink()
        kept[1].write_text(kept[1].read_text().replace('kind=(string)micro', 'kind=(string)blink'))
        again = self.text('casme2')  # the first is played again, the second is not
        self.assertEqual(len(list((self.set / 'results').rglob('*.events'))), 2)
        self.assertRegex(again, r'\n17 +0 +0 +2 +0\.000')
        self.assertRegex(again, r'\n1 +2 +0 +0 +1\.000')

    def test_casme2(self):
        self.make_casme2()
        report = self.report('casme2')
        minutes = 2 * int(LENGTH * 200) / 200 / 60
        self.assert_counts(report, 'micro', 3, 1, 1)
        self.assert_metrics(
            report, f1_micro=6 / 8, precision_micro=3 / 4, recall_micro=3 / 4,
            false_micro_per_minute=1 / minutes, uf1=(1 + 1 + 0) / 3, uar=(1 + 1 + 0) / 3,
            strs=6 / 8 * 1, accuracy_five=3 / 4, action_units_f1=(1 + 1 + 1 + 0) / 4)
        self.assert_close_in_time(report, 0.025)
        self.assertEqual(report['scores'][0]['subjects']['17']['f1-micro'], 0.5)
        self.assertEqual(report['scores'][0]['action-units']['AU4']['false-negatives'], 1)
        self.check_page()
        self.check_page_with_names()
        self.check_tables_and_what_is_kept()

    def page(self, *options):
        path = self.set / 'page.html'
        self.text('casme2', f'--page={path}', *options)
        html = path.read_text(encoding='utf-8')
        return html, json.loads(html.split('id="data">')[1].split('</script>')[0])

    def check_page(self):
        """It counts the same and names nobody."""
        html, data = self.page()
        at = next(row for row in data['curves'] if row['threshold'] == data['min-confidence'])
        self.assertEqual(at['micro'], {'found': 3, 'missed': 1, 'wrong': 1})
        self.assertEqual(data['curves'][-1]['micro']['found'], 0)
        self.assertEqual([(row['found'], row['missed']) for row in data['length']],
                         [(0, 0), (0, 0), (3, 1), (0, 0), (0, 0), (0, 0)])
        self.assertEqual(sum(row['n'] for row in data['calibration']),
                         sum(data['curves'][0]['micro'][name] for name in ('found', 'wrong')))
        self.assertEqual({row['name']: row['coded'] for row in data['units'] if row['coded']},
                         {'AU12': 2, 'AU1': 1, 'AU2': 1, 'AU4': 1})
        self.assertEqual({row['name'] for row in data['subject']}, {'A', 'B'})
        self.assertEqual(len(data['missed']), 1)
        for secret in ('EP02', 'EP03', 'sub01', 'sub17', '"17"', str(self.set)):
            self.assertNotIn(secret, html)

    def check_page_with_names(self):
        _, data = self.page('--names')
        self.assertEqual({row['name'] for row in data['subject']}, {'1', '17'})
        self.assertTrue(data['missed'][0]['recording'].endswith('sub17/EP03_02'))
        self.assertAlmostEqual(data['missed'][0]['onset'], 1.2, 2)

    def test_a_page_that_cannot_be_written_is_said_before_anything_is_analyzed(self):
        self.make_casme2()
        run = self.run_it('casme2', '--page=/nowhere/page.html')
        self.assertEqual(run.returncode, 2)
        self.assertIn('/nowhere', run.stderr)
        self.assertFalse((self.set / 'results').exists())

    def test_missing_images(self):
        """Wherever images are missing, times stay; what has no images is left out and listed."""
        self.images('CASME2_RAW/sub01/EP02_01f', 'img%d.jpg', 200)
        self.images('CASME2_RAW/sub02/EP03_01', 'img%d.jpg', 200)
        smile, brows = interval(SMILE, 200), interval(BROWS, 200)
        for n in smile[0], smile[0] + 1, *range(smile[0] + 20, smile[0] + 40), smile[2]:
            (self.set / f'CASME2_RAW/sub01/EP02_01f/img{n}.jpg').unlink()
        for n in range(brows[0], brows[2] - 20):
            (self.set / f'CASME2_RAW/sub02/EP03_01/img{n}.jpg').unlink()
        for damaged, n in (b'no picture', 5), (b'', 150):
            image = self.set / f'CASME2_RAW/sub02/EP03_01/img{n}.jpg'
            image.unlink()
            image.write_bytes(damaged)
        for folder in 'CASME2_RAW/sub01/EP02_01f', '__MACOSX/sub01/EP02_01f':
            (self.set / folder).mkdir(parents=True, exist_ok=True)
            (self.set / folder / '._img1.jpg').write_bytes(b'no picture')
        self.sheet([CASME2,
                    ['01', 'EP02_01f', None, *smile, None, '12', 'happiness'],
                    ['01', 'EP02_01f', None, *brows, None, '1+2', 'surprise'],
                    ['02', 'EP03_01', None, *smile, None, '12', 'happiness'],
                    ['02', 'EP03_01', None, *brows, None, '1+2', 'surprise'],
                    ['03', 'EP99_99', None, 1, 2, 3, None, '1+2', 'surprise']])
        self.fails('casme2', r'row 6, column B: subject 3, ep99_99: no such recording')
        report = self.report('casme2', '--partial', '--baseline=lbp-top')
        self.assertEqual(report['left-out'], [
            'sheet.xlsx, row 6, column B: there is no recording of subject 3, ep99_99',
            'sheet.xlsx, row 5, column D: of CASME2_RAW/sub02/EP03_01, frames 361 to 421,'
            ' only 21 of 61 exist',
            'CASME2_RAW/sub02/EP03_01: 2 of its 920 images are missing or damaged'])
        self.assertEqual(report['scores'][0]['micro']['true-positives'], 3)
        self.assert_close_in_time(report, 0.025)
        self.assertEqual(report['lbp-top']['leave-one-subject-out']['samples'], 3)

    def test_names_of_any_kind(self):
        """A folder and a sheet with a colon, with a dash, and of no UTF-8."""
        strange = os.fsdecode(b'-P01:\xfc')
        self.images(f'{strange}/sub01/EP02_01f', 'img%d.jpg', 200, length=2.5)
        self.sheet([CASME2, ['01', 'EP02_01f', None, *interval(SMILE, 200), None, '12', 'happiness']],
                   name=f'{strange}.xlsx')
        run = subprocess.run(
            [program, '--results=results', '--json', '--', 'casme2', strange, f'{strange}.xlsx'],
            cwd=self.set, text=True, capture_output=True, check=False)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assert_counts(json.loads(run.stdout), 'micro', 1, 1, 0)

    def test_samm(self):
        self.images('006/006_1_2', '006_%05d.jpg', 200, 5562)
        self.sheet([['Micro-movements']] * 13 + [
            ['Subject', 'Filename', 'Inducement Code', 'Onset Frame', 'Apex Frame', 'Offset Frame',
             'Duration', 'Micro', 'Action Units', 'Estimated Emotion', 'Objective Classes', 'Notes'],
            ['006', '006_1_2', 1, *interval(SMILE, 200, 5562), 61, 'Micro - 1/2', 'AU12A',
             'Happiness', 1, None],
            ['006', '006_1_2', 1, *interval(BROWS, 200, 5562), 61, 'Micro - 1/2', '1B + 2B',
             'Other', 7, None]])
        report = self.report('samm')
        self.assert_counts(report, 'micro', 2, 0, 0)
        self.assert_metrics(report, f1_micro=1, uf1=1, uar=1, strs=1, action_units_f1=1)
        self.assertNotIn('accuracy-five', report['scores'][0]['metrics'])

    def test_samm_long(self):
        """Nine rows before the header, an onset of 0, and a recording of which nothing is coded."""
        self.images('006_1', '006_1_%04d.jpg', 200)
        self.images('007_2', '007_2_%04d.jpg', 200, length=2.5)
        self.sheet([['SAMM Long Videos']] * 9 + [
            SAMM_LONG,
            ['006', '006_1_1', 1, *interval(SMILE, 200), 61, 'Micro - 1/2', '12', None],
            ['006', '006_1_2', 1, *interval(BROWS, 200), 61, 'Micro - 1/2', '1+2', None],
            ['006', '006_1_3', 1, *interval(FROWN, 200), 241, 'Macro', '4', None],
            ['006', '006_1_4', 1, 0, 100, 200, 201, 'Macro', '4', None]])
        report = self.report('samm-long')
        self.assertEqual(report['left-out'], ['sheet.xlsx, row 14, column D: the onset is not coded'])
        self.assert_counts(report, 'micro', 2, 2, 0)
        self.assert_counts(report, 'macro', 1, 0, 0)
        self.assert_metrics(report, f1_micro=4 / 6, f1_macro=1, f1_overall=6 / 8,
                            false_per_minute=2 * 60 / (LENGTH + 2.5), action_units_f1=1)
        self.assertNotIn('uf1', report['scores'][0]['metrics'])

    def make_casme_squared(self, length=LENGTH):
        """Videos; no header; the subject by sheet 2, the file by sheet 3; an offset of 0."""
        self.video('rawvideo/s15/15_0101disgustingteeth.avi', 30, length)
        other = self.set / 'rawvideo/s16/16_0102disgustingears.avi'
        other.parent.mkdir()
        other.symlink_to(self.set / 'rawvideo/s15/15_0101disgustingteeth.avi')
        onset, apex, _ = interval(BROWS, 30)
        micro, macro = 'micro-expression', 'macro-expression'
        rows = [[1, 'disgust1_1', *interval(SMILE, 30), '12', 'positive', micro, 'happiness'],
                [1, 'disgust1_2', onset, apex, 0, '1+2', 'surprise', micro, 'surprise'],
                [2, 'disgust2_1', *interval(SMILE, 30), '12', 'positive', micro, 'happiness'],
                [1, 'disgust1_3', *interval(FROWN, 30), '4', 'negative', macro, 'anger']]
        self.sheet(rows if length > FROWN[1] else rows[:3],
                   [['subject', 's15', 1], ['subject', 's16', 2]],
                   [['0101', 'disgust1'], ['0102', 'disgust2']])

    def test_casme_squared(self):
        """The expression whose offset is not coded ends at its apex: half of what is there."""
        self.make_casme_squared()
        report = self.report('casme-squared')
        found = report['scores'][0]['micro']['true-positives']
        self.assertIn(found, (2, 3))  # what is found of the half is a matter of milliseconds
        self.assert_counts(report, 'micro', found, 4 - found, 3 - found)
        self.assert_counts(report, 'macro', 1, 1, 0)
        self.assert_metrics(report, f1_micro=2 * found / 7, f1_macro=2 / 3,
                            f1_overall=2 * (found + 1) / (2 * (found + 1) + 4 - found + 1 + 3 - found),
                            uf1=1, uar=1, action_units_f1=1)
        self.assert_close_in_time(report, 0.2)

    def test_casme3(self):
        """Objective classes in place of emotions."""
        self.images('part_A/data/spNO.1/a/color', '%d.jpg', 30)
        self.sheet([['Subject', 'Filename', 'Onset', 'Apex', 'Offset', 'AU', 'Expression type',
                     'Objective class'],
                    ['spNO.1', 'a', *interval(SMILE, 30), '12', 'Micro-expression', 'I'],
                    ['spNO.1', 'a', *interval(BROWS, 30), '1+2', 'Micro-expression', 'II'],
                    ['spNO.1', 'a', 147, 68, 94, '4', 'Micro-expression', 'III'],
                    ['spNO.1', 'a', *interval(FROWN, 30), '4', 'Macro-expression', 'III']])
        report = self.report('casme3')
        self.assertEqual(report['left-out'],
                         ['sheet.xlsx, row 4, column E: the offset is not after the onset'])
        self.assert_counts(report, 'micro', 2, 0, 0)
        self.assert_counts(report, 'macro', 1, 0, 0)
        self.assert_metrics(report, f1_overall=1, uf1=1, uar=1, strs=1, action_units_f1=1)

    def test_review(self):
        """What coders agreed on in the review page, and a recording in which they found nothing."""
        self.video('first/Talk-7.avi', 30, LENGTH)
        self.video('second/nothing.avi', 30, 2)
        self.sheet([['Subject', 'Filename', 'Onset', 'Apex', 'Offset', 'AU', 'Emotion',
                     'Expression type'],
                    ['7', 'Talk-7', *interval(SMILE, 30), 'L12C+R12B', 'happiness', 'micro'],
                    ['7', 'Talk-7', *interval(BROWS, 30), '1+2', 'surprise', 'micro'],
                    ['7', 'Talk-7', *interval(FROWN, 30), '4', 'anger', 'macro']])
        report = self.report('review')
        self.assertEqual(report['left-out'], [])
        self.assertEqual(report['scores'][0]['micro']['false-negatives'], 0)
        self.assert_counts(report, 'macro', 1, 0, 0)

    def test_smic(self):
        """Numbers counted from FirstF; neither apexes nor action units."""
        self.images('HS/s01/micro/positive/s1_po_01', 'image%06d.jpg', 100, 301)
        onset, _, offset = interval(SMILE, 100, 301)
        self.sheet([['Subject', 'Filename', 'OnsetF', 'OffsetF', 'FirstF', 'Emotion'],
                    [1, 's1_po_01', onset, offset, 301, 'positive']])
        report = self.report('smic-hs')
        self.assert_counts(report, 'micro', 1, 1, 0)
        self.assert_metrics(report, f1_micro=2 / 3, uf1=1, uar=1, strs=2 / 3)
        self.assertNotIn('action-units-f1', report['scores'][0]['metrics'])

    def test_mmew(self):
        self.images('Micro_Expression/happiness/S01-04-001', '%d.jpg', 90)
        self.sheet([['Subject', 'Filename', 'OnsetFrame', 'ApexFrame', 'OffsetFrame', 'Action Units',
                     'Estimated Emotion', 'remarks'],
                    ['S01', 'S01-04-001', *interval(SMILE, 90), '12', 'happiness', None],
                    ['S01', 'S01-04-001', *interval(BROWS, 90), '1+2', 'surprise', None]])
        report = self.report('mmew')
        self.assert_counts(report, 'micro', 2, 0, 0)
        self.assert_metrics(report, f1_micro=1, uf1=1, strs=1, action_units_f1=1)

    def test_baseline(self):
        """Two subjects show the same: each predicts the other, from another video."""
        for subject in ('sub01', 'sub02'):
            self.images(f'{subject}/EP02_01f', 'img%d.jpg', 200, length=2.5)
        rows = [[subject, 'EP02_01f', None, *interval(event, 200), None, units, emotion]
                for subject in ('01', '02')
                for event, units, emotion in ((SMILE, '12', 'happiness'), (BROWS, '1+2', 'surprise'))]
        self.sheet([CASME2, *rows])
        text = self.text('casme2', '--baseline=lbp-top')
        for validation in ('subject', 'video'):
            self.assertRegex(text, rf'LBP-TOP \+ SVM here, five, leave one {validation} out +1\.000'
                                   r' +1\.000 +1\.000  of 4')
        self.assertRegex(text, r'microexpr, five classes, not trained +1\.000 +1\.000 +1\.000  of 4')
        features = list((self.set / 'results/lbp-top').iterdir())
        self.assertEqual([path.stat().st_size for path in features], [5 * 5 * 3 * 16 * 4] * 4)
        for row in rows[2:]:
            row[-1] = {'happiness': 'surprise', 'surprise': 'happiness'}[row[-1]]
        self.sheet([CASME2, *rows])
        baseline = self.report('casme2', '--baseline=lbp-top')['lbp-top']
        self.assertEqual(baseline['leave-one-subject-out']['accuracy'], 0)

    def test_tune(self):
        self.make_casme_squared(2.5)
        report = self.report('casme-squared', '--tune', '--preset=mine')
        same, tuned = report['scores']
        self.assertEqual(same['subjects']['15']['settings']['sensitivity'], 1)
        self.assertGreaterEqual(tuned['subjects']['16']['settings']['min-confidence'], 0.2)
        preset = (self.set / 'home/gstreamer-1.0/presets/GstMicroexpr.prs').read_text()
        self.assertRegex(preset, r'\[mine\]')
        self.assertRegex(preset, r'sensitivity=[\d.]+')
        self.assertEqual(len(list((self.set / 'results').rglob('*.events'))), 2 * 8)

    def test_what_is_wrong_is_named(self):
        self.images('sub01/EP02_01f', 'img%d.jpg', 200, length=0.5)
        good = ['01', 'EP02_01f', None, 10, 20, 30, None, '12', 'happiness']
        self.sheet([CASME2, good, ['01', 'EP02_01f', None, 10, 'soon', 30, None, '12', 'happiness']])
        self.fails('casme2', r'sheet\.xlsx, row 3, column E: "soon" is not a frame number')
        self.sheet([CASME2, good, ['01', 'EP99_99', None, 10, 20, 30, None, '12', 'happiness']])
        self.fails('casme2', r'sheet\.xlsx, row 3, column B: subject 1, ep99_99: no such recording')
        self.sheet([CASME2, ['01', 'EP02_01f', None, 10, 20, 3000, None, '12', 'happiness']])
        self.fails('casme2', r'no coded expression can be scored.*row 2, column D: of sub01/EP02_01f, '
                             'frames 10 to 3000, only 91 of 2991 exist')
        self.fails('casme2', r'no-such-folder: no such folder', folder='no-such-folder')
        self.fails('mmew', r'sheet\.xlsx, row 2, column A|path that ends like happiness/S01-01-001')
        (self.set / 'sheet.xlsx').write_bytes(b'no workbook')
        self.fails('casme2', r'sheet\.xlsx: cannot read sheet 1')

    def test_a_wrong_command_line_is_told_so(self):
        for arguments, message in ((('casme2', 'folder'), 'SHEET are required'),
                                   (('casme9', 'folder', 'sheet.xlsx'), 'unknown LAYOUT'),
                                   (('casme2', '.', 'sheet.csv', '--baseline=hog'), 'only baseline is'),
                                   (('casme2', '.', 'sheet.csv', '--tune', '--sensitivity=2'),
                                    'chooses the sensitivity itself')):
            run = subprocess.run([program, *arguments], text=True, capture_output=True, check=False)
            self.assertEqual(run.returncode, 2)
            self.assertRegex(run.stderr, message)


program = os.path.abspath(sys.argv.pop(1))
if not shutil.which('xlsx2csv'):
    print('skipped: needs xlsx2csv')
    sys.exit(77)
unittest.main(verbosity=2)
