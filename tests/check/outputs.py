#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Outputs that fail, and names that are no text: the pipeline ends with an error that says why, and
what was written are whole events; of a full disk by the line of docs/microexprextract.md.

    outputs.py TOP-OF-THE-REPOSITORY
"""
import json
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest

from pipelines import environment, write_clip

N_EVENTS = 9
EVENTS = 'filesrc location=interview.mp4 ! decodebin ! microexpr ! microexprextract !'


class Outputs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = pathlib.Path(tempfile.mkdtemp())
        write_clip(cls.directory / 'interview.mp4', N_EVENTS)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.directory)

    def shell(self, command):
        return subprocess.run(['sh', '-c', command], cwd=self.directory, env=environment(),
                              capture_output=True, check=False)

    def play(self, sink, events=EVENTS):
        return self.shell(f'gst-launch-1.0 -q {events} {sink}')

    def assert_events(self, text):
        self.assertTrue(text.endswith(b'\n'))
        self.assertTrue(all(json.loads(line)['kind'] == 'micro' for line in text.splitlines()))

    def test_a_directory_is_an_error(self):
        done = self.play('filesink location=/')
        self.assertNotEqual(done.returncode, 0)
        self.assertIn(b'Could not open file "/" for writing', done.stderr)
        self.assertIn(b'Is a directory', done.stderr)

    def test_a_path_that_is_not_there_is_an_error(self):
        done = self.play('filesink location=nowhere/e.jsonl')
        self.assertNotEqual(done.returncode, 0)
        self.assertIn(b'nowhere/e.jsonl', done.stderr)
        self.assertIn(b'No such file or directory', done.stderr)

    def test_a_full_disk_is_an_error_and_cuts_one_line_at_most(self):
        disk = self.directory / 'disk'
        disk.mkdir()
        mend = re.search(r'^\[ -z .* truncate .*$', (root / 'docs/microexprextract.md').read_text(
            encoding='utf-8'), re.MULTILINE)[0].replace('events.jsonl', 'disk/e.jsonl')
        done = self.shell(f"""unshare --mount sh -c {shlex.quote(
            'mount -t tmpfs -o size=4k tmpfs disk && echo mounted && '
            f'(gst-launch-1.0 -q {EVENTS} filesink location=disk/e.jsonl buffer-mode=unbuffered;'
            f' echo $?; {mend}; cat disk/e.jsonl)')}""")
        mounted, _, rest = done.stdout.partition(b'\n')
        if mounted != b'mounted':
            self.skipTest('may not mount here')
        status, _, text = rest.partition(b'\n')
        self.assertEqual(status, b'1')
        self.assertIn(b'ERROR: from element /GstPipeline:pipeline0/GstFileSink:filesink0: '
                      b'No space left on the resource.', done.stderr)
        self.assert_events(text)
        self.assertGreater(len(text), 2500)

    def test_a_closed_pipe_ends_the_process_as_it_ends_others(self):
        done = self.shell(f'(gst-launch-1.0 -q {EVENTS} fdsink; echo $? >&2) | head -n 1')
        self.assertEqual(done.stderr, b'141\n')  # 128 + SIGPIPE
        self.assert_events(done.stdout)

    def test_a_closed_pipe_is_an_error_where_the_signal_is_ignored(self):
        done = self.shell(f"trap '' PIPE; (gst-launch-1.0 -q {EVENTS} fdsink; echo $? >&2) | head -n 1")
        self.assertIn(b'Broken pipe', done.stderr)
        self.assertTrue(done.stderr.endswith(b'\n1\n'))
        self.assert_events(done.stdout)

    def test_a_source_that_is_no_text_is_an_error(self):
        done = self.play('fdsink', EVENTS.replace('microexpr ', "microexpr source='door \udcff' "))
        self.assertEqual(done.returncode, 1)
        self.assertIn(b'could not set property "source" in element "microexpr"', done.stderr)
        self.assertEqual(done.stdout, b'')


root = pathlib.Path(sys.argv.pop(1))
unittest.main(verbosity=2)
