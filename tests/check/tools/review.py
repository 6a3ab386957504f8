#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""microexpr-review writes a page that holds what microexpr finds, and nothing that it should not;
it says what is wrong, and keeps what is done. What the page does in a browser: tests/browser.

    review.py MICROEXPR-REVIEW SCHEMA-OF-EVENTS STRINGS
"""
import base64
import hashlib
import html
import json
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import unittest

from pipelines import environment, launch, write_clip, write_clip_of_one_time
from texts import Texts

NAME = 'in terview "ä" 50%.avi'


class Page:
    def __init__(self, path):
        self.path = path
        self.text = path.read_text(encoding='utf-8')
        self.json = re.search(r'id="data">(.*?)</script>', self.text, re.DOTALL)[1]
        self.data = json.loads(self.json)
        self.events = [event['fields'] for event in self.data['events']]
        self.pictures = dict(re.findall(r'id="((?:onset|apex)-\d+)">([^<]*)<', self.text))

    def frames(self):
        """Times in microseconds."""
        times, time_us, step, shift = [], 0, 0, 0
        for byte in base64.b64decode(self.data['frames']):
            step |= (byte & 0x7f) << shift
            shift += 7
            if not byte & 0x80:
                time_us += step
                times.append(time_us)
                step = shift = 0
        return times

    def policy(self):
        return html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', self.text)[1])


class Review(Texts, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.strings = strings_path
        cls.temporary = tempfile.TemporaryDirectory()
        cls.directory = pathlib.Path(cls.temporary.name)
        (cls.directory / 'recordings').mkdir()
        (cls.directory / 'pages').mkdir()
        cls.clip = cls.directory / 'recordings' / NAME
        write_clip(cls.directory / 'clip.avi', 2)
        (cls.directory / 'clip.avi').rename(cls.clip)
        cls.bare = cls.review(cls.clip, '--no-pictures', '--video=none',
                              '--interpretation=action-units')
        cls.page = cls.review(cls.clip)
        cls.said_of_page = cls.said

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    @classmethod
    def run_program(cls, *arguments):
        return subprocess.run([program, *arguments], capture_output=True, text=True, check=False,
                              env=environment(), cwd=cls.directory)

    @classmethod
    def review(cls, clip, *options, status=0):
        path = cls.directory / 'pages' / 'report.html'
        path.unlink(missing_ok=True)
        done = cls.run_program(clip, '-o', path, *options)
        assert done.returncode == status, done.stderr
        cls.said = done.stderr
        return Page(path)

    def test_events_are_those_of_microexpr(self):
        self.assertEqual([list(event['action-units']) for event in self.page.events],
                         [['AU12'], ['AU1', 'AU2']])
        for event in self.page.events:
            self.assertEqual(event['source'], NAME)
        try:
            import jsonschema
        except ImportError:
            return
        schema = json.loads(schema_path.read_text(encoding='utf-8'))
        for event in self.page.events:
            jsonschema.validate(event, schema)

    def test_every_frame_has_its_time(self):
        self.assertEqual(self.page.frames(), list(range(0, 90 * 40000, 40000)))

    def test_motion_stands_out_where_the_events_are(self):
        face, = self.page.data['faces']
        motion = self.page.data['motion']
        for event, row, other in zip(self.page.events, ('mouth', 'brows'), ('brows', 'mouth')):
            at = event['apex'] // motion['bin-ns'] - face['bin']
            value = {name: motion['most'] * (base64.b64decode(face[name])[at] / 255) ** 2
                     for name in (row, other)}
            self.assertGreater(value[row], 2)
            self.assertLess(value[row], 6)
            self.assertLess(value[other], value[row] / 2)

    def test_arrows_point_where_the_face_moves(self):
        arrows = {(a['name'], a.get('side')): a for a in self.page.data['events'][0]['arrows']}
        left, right = arrows['lip-corner', 'left'], arrows['lip-corner', 'right']
        self.assertLess(left['dy'], -1)
        self.assertLess(right['dy'], -1)
        self.assertGreater(left['x'], 140)  # the person's left: on the right of the picture
        self.assertLess(right['x'], 116)
        brows = [a for a in self.page.data['events'][1]['arrows'] if 'brow' in a['name']]
        self.assertGreaterEqual(len(brows), 4)
        self.assertTrue(all(a['dy'] < -1 and a['y'] < 122 for a in brows), brows)

    def test_every_event_has_two_pictures(self):
        self.assertEqual(sorted(self.page.pictures), ['apex-0', 'apex-1', 'onset-0', 'onset-1'])
        for text in self.page.pictures.values():
            self.assertEqual(base64.b64decode(text)[:3], b'\xff\xd8\xff')
        self.assertNotEqual(self.page.pictures['apex-0'], self.page.pictures['onset-0'])

    def test_the_video_is_found_from_the_page(self):
        self.assertEqual(self.page.data['video'],
                         '../recordings/in%20terview%20%22%C3%A4%22%2050%25.avi')
        self.assertIn('in terview &quot;ä&quot; 50%.avi', self.page.text.split('</title>')[0])

    def test_nothing_but_its_own_script_may_run(self):
        policy = self.page.policy()
        self.assertTrue(policy.startswith("default-src 'none'; "))
        self.assertNotRegex(policy, r'unsafe|https?:|\*')
        for kind in ('style', 'script'):
            body = re.search(rf'<{kind}>(.*?)</{kind}>', self.page.text, re.DOTALL)[1]
            digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
            self.assertIn(f"{kind}-src 'sha256-{digest}'", policy)
        self.assertNotRegex(self.page.text, r'<(?:script|img|iframe)[^>]* src=')
        self.assertNotRegex(self.page.text, r'<link[^>]*href="(?!data:)')

    def test_a_name_cannot_end_the_data(self):
        clip = self.directory / 'recordings' / '<script>x.avi'
        clip.symlink_to(self.clip)
        page = self.review(clip, '--no-pictures')
        self.assertNotIn('<', page.json)
        self.assertEqual(page.data['recording']['name'], '<script>x.avi')

    def test_without_pictures_no_image_is_written(self):
        self.assertEqual(self.bare.pictures, {})
        self.assertNotIn('/9j/', self.bare.text)  # how a JPEG begins in base64
        self.assertNotIn('video', self.bare.data)
        for options in (['--video=embed'], ['--transcode=webm']):
            done = self.run_program(self.clip, '--no-pictures', *options)
            self.assertEqual(done.returncode, 1)
            self.assertIn('--no-pictures writes no image of a face', done.stderr)

    def test_without_interpretation_no_emotion_is_written(self):
        self.assertEqual(len(self.bare.events), 2)
        self.assertNotIn('emotion', self.bare.json)

    def test_options_reach_microexpr(self):
        page = self.review(self.clip, '--no-pictures', '--kinds=micro', '--min-confidence=1',
                           '--set=max-duration=100000000')
        self.assertEqual(page.events, [])
        self.assertEqual(page.data['settings'],
                         ['kinds=micro', 'min-confidence=1', 'max-duration=100000000'])

    def test_weak_events_are_candidates_when_asked_for(self):
        page = self.review(self.clip, '--no-pictures', '--min-confidence=1',
                           '--candidate-confidence=0.3')
        self.assertEqual([event.get('candidate') for event in page.events],
                         [True] * len(self.page.events))

    def test_the_page_can_hold_the_video(self):
        page = self.review(self.clip, '--video=embed')
        held = re.search(r'id="video-data">([^<]*)<', page.text)[1]
        self.assertEqual(base64.b64decode(held), self.clip.read_bytes())
        self.assertEqual(page.data['video'], '')

    def test_a_copy_for_browsers_has_the_same_frames(self):
        self.assertIn('--transcode=webm', self.said_of_page)
        self.review(self.clip, '--transcode=webm')
        copy = self.directory / 'pages' / 'report.webm'
        again = self.review(copy, '--no-pictures')
        self.assertNotIn('--transcode', self.said)
        self.assertEqual(again.data['video'], './report.webm')
        self.assertEqual(again.frames(), self.page.frames())
        copy.unlink()
        self.review(self.clip, '--transcode=webm', '--video=embed')
        self.assertFalse(copy.exists(), 'a copy that the page holds is left over')

    def test_a_poor_video_without_a_face_is_said_to_be_one(self):
        clip = self.directory / 'bars.avi'
        launch('videotestsrc num-buffers=30 ! video/x-raw,framerate=10/1 ! jpegenc ! avimux !'
               f' filesink location={clip}')
        page = self.review(clip)
        self.assertIn('No face was found', self.said)
        self.assertEqual((page.events, page.data['faces']), ([], []))
        warning, = [w for w in page.data['warnings'] if w['reason'] == 'frame-rate']
        self.assertAlmostEqual(warning['value'], 10, delta=2)
        self.assertLess(warning['start'], warning['end'])

    def test_a_damaged_recording_keeps_what_was_found(self):
        clip = self.directory / 'damaged.avi'
        clip.write_bytes(self.clip.read_bytes()[:-150_000])
        page = self.review(clip, '--no-pictures')
        self.assertGreater(len(page.frames()), 20)

    def test_a_folder_gets_a_page_for_each_recording_and_an_index(self):
        folder, pages = self.directory / 'many', self.directory / 'made'
        folder.mkdir()
        for name in ('one.avi', 'one.mkv', 'two.AVI'):
            (folder / name).write_bytes(self.clip.read_bytes())
        (folder / 'broken.mp4').write_bytes(b'no video')
        for name in ('notes.txt', 'one.review.webm', '.hidden.avi'):
            (folder / name).write_bytes(self.clip.read_bytes())
        done = self.run_program(folder, '-o', pages, '--no-pictures', '--video=none')
        self.assertEqual(done.returncode, 1, 'one of them is broken')
        self.assertIn('broken.mp4: ', done.stderr)
        self.assertEqual({path.name for path in pages.iterdir()},
                         {'one.avi.review.html', 'one.mkv.review.html', 'two.review.html',
                          'review.html'})
        index = json.loads(re.search(r'id="data">(.*?)</script>',
                                     (pages / 'review.html').read_text(encoding='utf-8'))[1])
        self.assertEqual(index['folder'], 'many')
        broken, *good = index['recordings']
        self.assertEqual(broken['recording'], {'name': 'broken.mp4'})
        self.assertNotIn('page', broken)
        self.assertGreater(len(broken['problem']), 10)
        self.assertEqual([entry['page'] for entry in good],
                         ['./one.avi.review.html', './one.mkv.review.html', './two.review.html'])
        page = Page(pages / 'two.review.html')
        self.assertEqual(good[2]['recording'], page.data['recording'])
        self.assertEqual([event['fields']['onset'] for event in good[2]['events']],
                         [event['onset'] for event in page.events])

    def test_faces_have_their_boxes_and_units_their_strengths(self):
        face, = self.page.data['faces']
        boxes = base64.b64decode(face['boxes'])
        event = self.page.events[0]
        at = event['apex'] // self.page.data['motion']['box-ns'] - face['first-box']
        box = [int.from_bytes(boxes[8 * at + 2 * i:8 * at + 2 * i + 2], 'little') for i in range(4)]
        for found, wanted in zip(box, (event[name] for name in ('x', 'y', 'width', 'height'))):
            self.assertAlmostEqual(found, wanted, delta=0.1 * event['width'])
        for name in event['action-units']:
            self.assertIn(name, face['units'])

    def held_smile(self, noise):
        """The data of the page of a smile that lasts."""
        clip = self.directory / 'held.avi'
        launch(f'microexprtestsrc num-buffers=300 seed=3 noise={noise} light=0 head-motion=0'
               ' micro-rate=0 macro-rate=0 blink-rate=0 script="1.5s macro AU12 6 8s" !'
               ' video/x-raw,width=320,height=240,framerate=30/1 ! avimux !'
               f' filesink location={clip}')
        return self.review(clip, '--no-pictures', '--video=none').data

    def test_the_noise_of_units_is_that_of_their_strengths(self):
        """By local fits of a cubic to the same strengths, their standard deviation was .24, .25 and
        .26 of the face's noise with noise=.5, 2 and 5."""
        for noise in 0.5, 3:
            face, = self.held_smile(noise)['faces']
            self.assertGreater(face['unit-noise']['AU12'], 0.15)
            self.assertLess(face['unit-noise']['AU12'], 0.5)
        for name in face['unit-noise']:
            self.assertIn(name, face['units'])

    def test_wrong_calls_say_what_is_wrong(self):
        for arguments, word in (([], 'one recording'), ([self.clip, self.clip], 'one recording'),
                                (['nothing.avi'], 'nothing.avi: no such file'),
                                ([schema_path], 'Does the file contain a video?'),
                                ([self.clip, '--video=here'], 'link, embed, none'),
                                ([self.clip, '--set=size=3'], 'no such property'),
                                ([self.clip, '--kinds=nano'],
                                 'invalid value for kinds, which takes any of micro+macro+blink'),
                                ([self.clip, '--interpretation=mood'],
                                 'which takes one of emotions, action-units'),
                                ([self.clip, '--sensitivity=99'],
                                 '--sensitivity=99: invalid value for sensitivity, which takes '
                                 '0.1 to 10'),
                                ([self.directory / 'pages'], 'no recording in this folder'),
                                ([self.directory / 'recordings', '-o', self.clip],
                                 'this has to be a folder'),
                                ([self.clip, '-o', self.directory],
                                 f'--output={self.directory}: this is a folder'),
                                ([self.clip, '-o', '/nowhere/a'],
                                 '--output=/nowhere/a: there is no folder /nowhere'),
                                ([self.clip, '-o', '/proc/a.html'],
                                 '--output=/proc/a.html: cannot write in the folder /proc')):
            with self.subTest(arguments=arguments):
                done = self.run_program(*arguments)
                self.assertEqual(done.returncode, 1)
                self.assertIn('microexpr-review: ', done.stderr)
                self.assertIn(word, done.stderr)
                self.assertNotIn('CRITICAL', done.stderr)
                self.assertNotIn('Analyzing: ', done.stderr, 'it analyzed before it said so')

    def test_the_recording_is_never_overwritten(self):
        name = self.clip.with_suffix('.mp4')
        name.write_bytes(self.clip.read_bytes())
        for arguments in (['-o', name], ['-o', name.with_suffix('.html'), '--transcode=mp4']):
            with self.subTest(arguments=arguments):
                done = self.run_program(name, *arguments)
                self.assertEqual(done.returncode, 1)
                self.assertIn('would overwrite the recording', done.stderr)
                self.assertEqual(name.read_bytes(), self.clip.read_bytes())

    def test_help_and_version_tell(self):
        done = self.run_program('--help')
        self.assertEqual(done.returncode, 0)
        for word in ('--no-pictures', '--transcode', 'Ctrl-C', 'Exit status'):
            self.assertIn(word, done.stdout)
        self.assertRegex(self.run_program('--version').stdout, r'^microexpr-review \d')

    def test_pictures_without_a_time_of_their_own_are_not_called_analyzed(self):
        clip = self.directory / 'one-time.mkv'
        write_clip_of_one_time(clip, 60)
        page = self.review(clip, '--no-pictures', '--video=none', status=1)
        self.assertIs(page.data['recording']['complete'], False)
        self.assertEqual(page.data['recording']['problem'],
                         '59 of 60 pictures have no timestamp')
        self.assertIn('59 of 60 pictures have no timestamp', self.said)

    def test_cancelling_keeps_what_is_done(self):
        clip = self.directory / 'long.avi'
        write_clip(clip, 40)
        path = self.directory / 'pages' / 'cancelled.html'
        slowly = '--set=detect-interval=1'  # a search in every frame: seconds are left to cancel
        process = subprocess.Popen([program, clip, '-o', path, slowly], stderr=subprocess.PIPE,
                                   text=True, env=environment())
        line = ''
        while not re.search(r'[1-9]\d* event', line):
            line = process.stderr.readline()
            self.assertTrue(line, 'it ended early')
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=120)[1]
        self.assertEqual(process.returncode, 0, said)
        page = Page(path)
        self.assertIn('Stopped at ', said)
        self.assertFalse(page.data['recording']['complete'])
        self.assertGreater(len(page.events), 0)
        self.assertEqual(len(page.pictures), 2 * len(page.events))
        self.assertLess(len(page.frames()), 850)
        self.assertAlmostEqual(page.data['recording']['duration'], 850 * 40e6, delta=1e9)


program, schema_path, strings_path = (pathlib.Path(path).resolve() for path in sys.argv[1:4])
del sys.argv[1:4]
unittest.main(verbosity=2)
