#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""microexpr-train writes a page that holds what it should and requests nothing; microexpr reads the
items as they are meant; what is wrong is said. What the page does in a browser: tests/browser.

    train.py MICROEXPR-TRAIN DATA-DIRECTORY STRINGS-DIRECTORY
"""
import base64
import hashlib
import html
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

from pipelines import CALM, environment, launch
from texts import Texts

LARGEST = 30e6  # bytes, of the page with all faces
FACES = 3
ROLES = ['practice', 'A', 'B']


class Page:
    def __init__(self, path):
        self.text = path.read_text(encoding='utf-8')
        self.data = json.loads(re.search(r'id="data">(.*?)</script>', self.text, re.DOTALL)[1])
        self.pictures = dict(re.findall(r'id="((?:face|item)-\d+)">([^<]*)<', self.text))

    def policy(self):
        return html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', self.text)[1])


class Train(Texts, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.strings = strings_path
        cls.temporary = tempfile.TemporaryDirectory()
        cls.directory = pathlib.Path(cls.temporary.name)
        cls.path = cls.directory / 'trainer.html'
        cls.done = cls.run_program(f'--faces={FACES}', '--seed=3', '--check', '--language=tr')
        assert cls.done.returncode == 0, cls.done.stderr
        cls.page = Page(cls.path)

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    @classmethod
    def run_program(cls, *arguments):
        return subprocess.run([program, *arguments], capture_output=True, text=True, check=False,
                              env=environment(TMPDIR=str(cls.directory)), cwd=cls.directory)

    def test_every_face_makes_every_emotion_twice(self):
        self.assertEqual(self.page.data['faces'], ROLES)
        items = self.page.data['items']
        self.assertEqual(len(items), 12 * FACES)
        self.assertEqual(len({(i['face'], i['emotion'], i['variant']) for i in items}), len(items))
        self.assertEqual((self.page.data['seed'], self.page.data['language']), (3, 'tr'))

    def test_the_key_can_be_left_out(self):
        path = self.directory / 'no-key.html'
        done = self.run_program(f'--faces={FACES}', '--no-key', f'--output={path}')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIs(Page(path).data['noKey'], True)
        self.assertNotIn('key', Page(path).data)
        self.assertNotIn('noKey', self.page.data)

    def test_every_picture_is_there_and_a_jpeg(self):
        data = self.page.data
        names = {f'face-{n}' for n in range(FACES)} | {f'item-{n}' for n in range(12 * FACES)}
        self.assertEqual(set(self.page.pictures), names)
        for text in self.page.pictures.values():
            self.assertEqual(base64.b64decode(text)[:3], b'\xff\xd8\xff')
        width, height = data['picture']['width'], data['picture']['height']
        for item in data['items']:
            for x, y, w, h in item['bands']:
                self.assertTrue(0 <= x and 0 <= y and x + w <= width and y + h <= height)
                self.assertFalse((x | y | w | h) % 16, 'a band is not on the blocks of the JPEG')
            self.assertEqual(sum(band[3] for band in item['bands']), item['cell'][1])

    def test_microexpr_reads_the_items_as_they_are_meant(self):
        key = self.page.data['key']
        self.assertEqual(key['of'], 3 * 12 * FACES)
        self.assertGreaterEqual(key['agree'], 0.9 * key['of'], self.done.stdout)
        agree = sum(found.get('emotion') == item['emotion']
                    for item in self.page.data['items'] for found in item['found'])
        self.assertEqual(agree, key['agree'])
        self.assertIn(f"reads {key['agree']} of {key['of']}", self.done.stdout)

    def test_lessons_have_arrows_where_the_face_moves(self):
        lessons = [i for i in self.page.data['items'] if i['face'] == 0 and i['variant'] == 'full']
        smile, = [i for i in lessons if i['emotion'] == 'happiness']
        surprise, = [i for i in lessons if i['emotion'] == 'surprise']
        lowest = max(smile['arrows'], key=lambda a: -a['dy'])
        highest = max(surprise['arrows'], key=lambda a: -a['dy'])
        self.assertLess(lowest['dy'], -1.5)   # upwards
        self.assertLess(highest['dy'], -1.5)
        self.assertGreater(lowest['y'], 280)  # the mouth
        self.assertLess(highest['y'], 220)    # the brows

    def test_nothing_but_the_page_itself_is_allowed(self):
        policy = self.page.policy()
        self.assertTrue(policy.startswith("default-src 'none'"))
        self.assertNotIn('unsafe', policy)
        self.assertNotIn('http', policy)
        for tag in ('style', 'script'):
            text = re.search(f'<{tag}>(.*?)</{tag}>', self.page.text, re.DOTALL)[1]
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            self.assertIn(f"'sha256-{digest}'", policy)
        self.assertNotRegex(self.page.text, r'<(?:script|img|iframe|link)[^>]*(?:src|href)="(?!data:)')

    def test_the_page_with_all_faces_stays_small(self):
        pictures = sum(map(len, self.page.pictures.values()))
        self.assertLess(len(self.page.text) - pictures + pictures / FACES * 8, LARGEST)

    def test_own_photographs_make_the_expressions(self):
        """By names of any kind; not what macOS leaves beside them."""
        photos = self.directory / os.fsdecode(b'-P01:\xfc')
        photos.mkdir()
        for name, face in (('a', 'a'), ('P01:b', 'b'), (os.fsdecode(b'-\xfc'), 'c')):
            for suffix in ('jpg', 'txt'):
                shutil.copy(data_path / 'faces' / f'{face}.{suffix}', photos / f'{name}.{suffix}')
        (photos / 'a.jpg').rename(photos / 'a.JPG')
        for name in 'notes.md', '._a.JPG', '.hidden.jpg':
            (photos / name).write_text('no picture')
        before = set(self.directory.iterdir())
        done = self.run_program(f'--photos={photos.name}', '-o', 'own.html')
        self.assertEqual(done.returncode, 0, done.stderr)
        page = Page(self.directory / 'own.html')
        self.assertFalse(page.data['composites'])
        self.assertEqual(page.data['faces'], ROLES)
        self.assertNotIn('key', page.data)
        self.assertFalse('-P01:' in page.text, 'the page tells where the photographs are')
        left = set(self.directory.iterdir()) - before
        self.assertEqual(left, {self.directory / 'own.html'}, 'something is left over')

    def photograph(self, name, sources):
        """The newest frame of faces side by side; each is the test source with a face and a script."""
        parts = [f'microexprtestsrc face="{data_path}/faces/{face}.jpg" script="{script}" ipd=120'
                 f' num-buffers=10 {CALM} ! video/x-raw,width=480,height=560,framerate=30/1 ! mix.'
                 for face, script in sources]
        path = self.directory / name
        launch(f'compositor name=mix sink_1::xpos=480 ! videoconvert ! jpegenc quality=95 !'
               f' multifilesink location={path} ' + ' '.join(parts))
        return path

    def test_photographs_that_do_not_show_one_face_at_rest_are_refused(self):
        rest = '9s blink'
        good = self.photograph('rest.jpg', [('a', rest)])
        bad = {'two.jpg': ([('a', rest), ('b', rest)], 'shows 2 faces'),
               'open.jpg': ([('a', '0s macro AU25+26 14 600ms')], 'the mouth is open'),
               'smile.jpg': ([('b', '0s macro AU12 20 600ms')], 'the face smiles'),
               'closed.jpg': ([('a', '.15s blink')], 'the eyes are closed')}
        photos = [good, *(self.photograph(name, sources) for name, (sources, _) in bad.items())]
        done = self.run_program(*(f'--photos={photo}' for photo in photos), '-o', 'refused.html')
        self.assertEqual(done.returncode, 1)
        for name, (_, why) in bad.items():
            self.assertRegex(done.stderr, f'/{name}: {why}')
        self.assertNotIn('rest.jpg', done.stderr)
        self.assertFalse((self.directory / 'refused.html').exists())

    def test_contempt_is_an_option_and_read_as_it_is_meant(self):
        path = self.directory / 'contempt.html'
        done = self.run_program(f'--faces={FACES}', '--contempt', '--check', f'--output={path}')
        self.assertEqual(done.returncode, 0, done.stderr)
        items = Page(path).data['items']
        contempt = [item for item in items if item['emotion'] == 'contempt']
        self.assertEqual(len(items), 14 * FACES)
        self.assertEqual(len(contempt), 2 * FACES)
        self.assertEqual({item['side'] for item in contempt}, {'left', 'right'})
        self.assertNotIn(('happiness', 'left'), {(i['emotion'], i['side']) for i in items})
        found = [f.get('emotion') for item in contempt for f in item['found']]
        self.assertGreaterEqual(found.count('contempt'), 0.8 * len(found), done.stdout)
        self.assertNotIn('contempt', {item['emotion'] for item in self.page.data['items']})

    def test_wrong_calls_say_what_is_wrong(self):
        nobody = self.directory / 'nobody'
        nobody.mkdir()
        for name in 'abc':
            (nobody / f'{name}.jpg').write_bytes(b'no picture')
        for arguments, word in ((['--faces=2'], '3 to 8'), (['--faces=9'], '3 to 8'),
                                (['--language=fr'], 'en, de, tr'), (['--seed=-1'], '0 to 4294967295'),
                                (['me.jpg'], '--photos=me.jpg'),
                                (['--photos=nothing.jpg'], 'no such photograph'),
                                ([f'--photos={data_path}/face.jpg'], 'too few'),
                                ([f'--photos={nobody}'], 'nobody/a.jpg'),
                                ([f'--photos={nobody}', '--faces=3'], 'choose one'),
                                (['--faces=3', '-o', '/nowhere/a.html'], '/nowhere/a.html')):
            with self.subTest(arguments=arguments):
                done = self.run_program(*arguments)
                self.assertEqual(done.returncode, 1)
                self.assertIn('microexpr-train: ', done.stderr)
                self.assertIn(word, done.stderr)
                self.assertNotIn('CRITICAL', done.stderr)

    def test_help_and_version_tell(self):
        done = self.run_program('--help')
        self.assertEqual(done.returncode, 0)
        for word in ('--photos', '--check', '--seed', '--language', 'Exit status', 'lies'):
            self.assertIn(word, done.stdout)
        self.assertRegex(self.run_program('--version').stdout, r'^microexpr-train \d')

    def test_stopping_leaves_nothing_behind(self):
        before = set(self.directory.iterdir())
        process = subprocess.Popen([program, '-o', 'stopped.html'], stderr=subprocess.PIPE, text=True,
                                   env=environment(TMPDIR=str(self.directory)), cwd=self.directory)
        self.assertIn('Rendering', process.stderr.readline())
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=120)[1]
        self.assertEqual(process.returncode, 1)
        self.assertIn('stopped', said)
        self.assertEqual(set(self.directory.iterdir()), before)


program, data_path, strings_path = (pathlib.Path(path).resolve() for path in sys.argv[1:4])
del sys.argv[1:4]
unittest.main(verbosity=2)
