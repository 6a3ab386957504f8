#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The example quickstart: the annotated video has every label on the frames it belongs to, and what
cannot be analyzed or built is named, with what to do about it.

    quickstart.py PROGRAM
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

from pipelines import CALM, environment, launch

WIDTH, HEIGHT, RATE = 480, 360, 30
FRAME_BYTES = WIDTH * HEIGHT * 3
CAPS = f'video/x-raw,width={WIDTH},height={HEIGHT},framerate={RATE}/1'


def yellow_pixels(frame):
    """The colour of happiness, in its box and at its label."""
    return sum(r > 190 and g > 180 and b < 130
               for r, g, b in zip(frame[0::3], frame[1::3], frame[2::3]))


class Quickstart(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def run_on(self, name):
        return subprocess.run([program, name], cwd=self.folder.name, capture_output=True,
                              text=True, check=False, timeout=200,
                              env=environment(GST_REGISTRY_UPDATE='no', DISPLAY='',
                                              WAYLAND_DISPLAY='', LC_ALL='C.UTF-8'))

    def test_the_label_of_a_long_smile_is_on_its_frames(self):
        launch(f'microexprtestsrc {CALM} script="1500ms macro AU6+12 8 2s" num-buffers=150 ! {CAPS}'
               f' ! jpegenc ! avimux ! filesink location={self.path("smile.avi")}')
        done = self.run_on('smile.avi')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(' macro  happiness', done.stdout)
        annotated = self.path(done.stdout.split('Annotated video: ')[1].strip())
        launch(f'filesrc location={annotated} ! decodebin ! videoconvert ! '
               f'video/x-raw,format=RGB ! filesink location={self.path("raw")}')
        raw = pathlib.Path(self.path('raw')).read_bytes()
        at = {s: yellow_pixels(raw[int(s * RATE) * FRAME_BYTES:][:FRAME_BYTES])
              for s in (1, 2, 2.5, 3, 4.8)}
        for second in 2, 2.5, 3:
            self.assertGreater(at[second], at[1] + 50, at)
        self.assertLess(at[4.8], at[1] + 50, at)

    def test_what_cannot_be_analyzed_is_named_with_the_cure(self):
        launch(f'audiotestsrc num-buffers=20 ! wavenc ! filesink location={self.path("sound.wav")}')
        pathlib.Path(self.path('text.mp4')).write_text('not a video\n' * 50, encoding='utf-8')
        pathlib.Path(self.path('empty.mp4')).touch()
        os.mkdir(self.path('folder'))
        for name, cure in (('text.mp4', 'convert it'), ('empty.mp4', 'copy or download it again'),
                           ('folder', 'name one video in it'), ('sound.wav', 'contains no video'),
                           ('missing.mp4', 'no such file')):
            with self.subTest(name=name):
                done = self.run_on(name)
                self.assertEqual(done.returncode, 1)
                self.assertTrue(done.stderr.startswith(f'quickstart: {name}: '), done.stderr)
                self.assertIn(cure, done.stderr)
                self.assertFalse([file for file in os.listdir(self.folder.name)
                                  if file.startswith('microexpr-')])

    def test_a_build_that_fails_says_why(self):
        script = '''root=$1; . "$root/tests/setup.sh"
            ninja() { echo 'broken.c:1: error: broken'; return 1; }
            quietly compile
            echo built'''
        root = pathlib.Path(__file__).resolve().parents[3]
        done = subprocess.run(['sh', '-euc', script, 'sh', str(root)], capture_output=True,
                              text=True, check=False, timeout=60)
        self.assertEqual(done.returncode, 1)
        self.assertIn('broken.c:1: error: broken', done.stderr)
        self.assertIn('could not build', done.stderr)
        self.assertEqual(done.stdout, '')


program = os.path.abspath(sys.argv[1])
unittest.main(argv=sys.argv[:1] + sys.argv[2:], verbosity=2)
