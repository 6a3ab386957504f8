#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The pipelines of the documentation can be made, and those that write text leave no half line when
they are killed. Those with elements that are not installed are passed over, with a line that says
so. Every warning is explained.

    documented.py TOP-OF-THE-REPOSITORY
"""
import contextlib
import csv
import json
import os
import pathlib
import re
import select
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from pipelines import Gst, GLib, environment, write_clip

LIVE = re.compile(r'rtspsrc location=\S+ latency=200 ! decodebin ! '
                  r'queue leaky=downstream max-size-buffers=2')
SENDER = re.compile(r'\| mosquitto_pub .*')
N_EVENTS = 10
PATIENCE_S = 100  # for a busy machine
OUTPUT = re.compile(r'(?:filesink location=|cat >)(\S+)')


def commands():
    """(file, command) of every gst-launch-1.0 line: in Markdown indented or fenced, with backslashes
    at the ends of lines; in the comments of the C files between |[ and ]|."""
    for path in sorted([root / 'README.md', *root.glob('docs/*.md')]):
        text = path.read_text(encoding='utf-8').replace('\\\n', '')
        for line in text.splitlines():
            if line.lstrip().startswith('gst-launch-1.0 '):
                yield path.name, ' '.join(line.split())
    for path in sorted(root.glob('gst/**/*.c')):
        for block in re.findall(r'\|\[\n(.*?)\]\|', path.read_text(encoding='utf-8'), re.DOTALL):
            line = ' '.join(re.sub(r'^ \* ?', '', block, flags=re.MULTILINE).split())
            if line.startswith('gst-launch-1.0 '):
                yield path.name, line


def arguments(command):
    """The words for gst_parse_launchv."""
    words = shlex.split(command)[1:]
    if '|' in words:
        words = words[:words.index('|')]
    return [word for word in words if word not in ('-m', '-q', '-e', '-v')]


def whole_json(text):
    return text.endswith('\n') and all(json.loads(line)['kind'] for line in text.splitlines())


def whole_csv(text):
    rows = list(csv.reader(text.splitlines(keepends=True), strict=True))
    return text.endswith('\r\n') and all(len(row) == len(rows[0]) for row in rows)


def whole_srt(text):
    return text.endswith('\n\n') and all(
        re.fullmatch(r'\d+\n[\d:,]+ --> [\d:,]+\n.+', cue) for cue in text.strip().split('\n\n'))


WHOLE = {'.jsonl': whole_json, '.csv': whole_csv, '.srt': whole_srt}


class Documented(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.commands = list(commands())

    def test_there_are_pipelines_in_every_place(self):
        places = {place for place, _ in self.commands}
        self.assertLessEqual({'README.md', 'microexpr.md', 'microexprextract.md', 'brokers.md',
                              'gstmicroexpr.c', 'gstmicroexprextract.c'}, places)

    def test_every_pipeline_can_be_made(self):
        for place, command in self.commands:
            with self.subTest(place=place, command=command):
                try:
                    Gst.parse_launchv_full(arguments(command), None, Gst.ParseFlags.FATAL_ERRORS)
                except GLib.Error as error:
                    if not error.matches(Gst.ParseError.quark(), Gst.ParseError.NO_SUCH_ELEMENT):
                        raise
                    self.assertNotIn('microexpr', error.message)
                    print(f'not tested, {error.message}: {command}')


class Warnings(unittest.TestCase):
    """Of each row of src/warnings.c, and of no other."""

    @classmethod
    def setUpClass(cls):
        cls.names = re.findall(r'\[ME_WARNING_\w+\] = \{ "([^"]+)"', cls.read('src/warnings.c'))

    @staticmethod
    def read(path):
        return (root / path).read_text(encoding='utf-8')

    def test_each_has_a_row_in_the_docs(self):
        table = self.read('docs/microexpr.md').partition('| `reason` | what to do |')[2]
        rows = re.findall(r'^\| `([^`]+)` \|', table.partition('\n\n')[0], re.MULTILINE)
        self.assertGreater(len(self.names), 0)
        self.assertCountEqual(rows, self.names)

    def test_pages_have_words_for_each(self):
        for page in 'review', 'live':
            with self.subTest(page=page):
                words = self.read(f'examples/tools/{page}/page/strings/en.js')
                keys = set(re.findall(r"^  'warning\.([\w-]+)'", words, re.MULTILINE))
                self.assertEqual(keys - {'face', 'of-face', 'measured'}, set(self.names))

    def test_the_monitor_knows_no_others(self):
        remedies = self.read('examples/tools/monitor/conditions.c')
        remedies = remedies.partition('remedies[] = {')[2].partition('};')[0]
        keys = re.findall(r'\{ "([^"]+)"', remedies)
        self.assertGreaterEqual(len(keys), 1)
        self.assertLessEqual(set(keys), set(self.names))


class Killed(unittest.TestCase):
    """The recording is a pipe that the test fills: what is killed cannot have come to its end, on
    no machine."""

    @classmethod
    def setUpClass(cls):
        cls.directory = pathlib.Path(tempfile.mkdtemp())
        write_clip(cls.directory / 'clip.avi', N_EVENTS)
        cls.recording = (cls.directory / 'clip.avi').read_bytes()
        cls.commands = {cls.adapt(command) for _, command in commands()
                        if re.search(r' microexpr .* microexprextract ', command, re.DOTALL)}

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.directory)

    @classmethod
    def adapt(cls, command):
        """The command with a recording in place of the camera, a file in place of the broker."""
        command = LIVE.sub('filesrc location=interview.mp4 ! decodebin', command)
        command = SENDER.sub('| cat >piped.jsonl', command)
        return command.replace('/var/spool/microexpr/', '')

    def wait_for(self, process, done):
        end = time.monotonic() + PATIENCE_S
        while not done():
            self.assertIsNone(process.poll(), 'it ended')
            self.assertLess(time.monotonic(), end, 'lines are written only at the end')

    def feed(self, process, pipe, begin, end):
        """A part of the recording, as fast as it is taken."""
        rest = memoryview(self.recording)[int(begin * len(self.recording)):
                                          int(end * len(self.recording))]

        def take():
            nonlocal rest
            select.select([], [pipe], [], 1)
            with contextlib.suppress(BlockingIOError):
                rest = rest[os.write(pipe, rest):]
            return not rest
        self.wait_for(process, take)

    @staticmethod
    def n_lines(path):
        time.sleep(0.02)
        return path.read_bytes().count(b'\n') if path.exists() else 0

    def kill_after_lines(self, command, output):
        output.unlink(missing_ok=True)
        recording = self.directory / 'interview.mp4'
        recording.unlink(missing_ok=True)
        os.mkfifo(recording)  # anew: the one before may not have let go of its pipe
        pipe = os.open(recording, os.O_RDWR | os.O_NONBLOCK)
        process = subprocess.Popen(['sh', '-c', command], cwd=self.directory, env=environment(),
                                   start_new_session=True, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        try:
            self.feed(process, pipe, 0, 0.5)
            self.wait_for(process, lambda: self.n_lines(output) >= 3)
            self.feed(process, pipe, 0.5, 0.75)  # it is at work when it is killed
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            os.close(pipe)
        return output.read_bytes().decode()

    def test_no_half_line_is_left(self):
        n_killed = 0
        for command in sorted(self.commands):
            output = OUTPUT.search(command)
            suffix = pathlib.Path(output[1]).suffix if output else ''
            if suffix not in WHOLE or (suffix == '.srt' and not Gst.ElementFactory.find('srtenc')):
                continue
            with self.subTest(command=command):
                text = self.kill_after_lines(command, self.directory / output[1])
                self.assertTrue(WHOLE[suffix](text), text[-200:])
                n_killed += 1
        print(n_killed, 'pipelines killed')
        self.assertGreaterEqual(n_killed, 5)


Gst.init(None)
root = pathlib.Path(sys.argv.pop(1))
unittest.main(verbosity=2)
