#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Events reach Python: bus, metas, JSON Lines and CSV hold the same, under a decimal comma too, and
the examples print them. Skips itself (exit 77) without python3-gst-1.0.

    readers.py EXAMPLES-DIRECTORY PROGRAM-EVENTS
"""
import csv
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest

from pipelines import CALM, SMALL, Gst, assert_row, environment, launch, play

FACE = (f'microexprtestsrc num-buffers=128 seed=5 {CALM} '
        f'script="2s micro AU12 4 300ms; 3.9s micro AU1+2 4 300ms" ! {SMALL} ! microexpr name=m')
NAME = 'desk "3", left'


def name_source(pipeline):
    pipeline.get_by_name('m').set_property('source', NAME)


def make_locale(directory):
    """A locale with a decimal comma, or None where its sources are not installed."""
    if not shutil.which('localedef'):
        return None
    made = subprocess.run(['localedef', '-i', 'de_DE', '-f', 'UTF-8', f'{directory}/de_DE.UTF-8'],
                          capture_output=True, check=False)
    return {'LOCPATH': directory, 'LC_ALL': 'de_DE.UTF-8'} if made.returncode == 0 else None


class Readers(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        Gst.init(None)
        cls.directory = tempfile.mkdtemp()
        cls.on_bus, cls.in_metas = play(f'{FACE} ! fakesink name=sink', name_source)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.directory)

    def write(self, **locale):
        """Both files; returns the events as JSON and as CSV."""
        jsonl, table = f'{self.directory}/e.jsonl', f'{self.directory}/e.csv'
        launch(f"""{FACE} {shlex.quote('source=' + NAME)} ! tee name=t
            t. ! queue ! microexprextract ! filesink location={jsonl}
            t. ! queue ! microexprextract ! text/csv ! filesink location={table}""", **locale)
        with open(jsonl, encoding='utf-8') as lines, \
                open(table, encoding='utf-8', newline='') as rows:
            return [json.loads(line) for line in lines], list(csv.DictReader(rows, strict=True))

    def test_metas_hold_what_the_bus_does(self):
        self.assertEqual(len(self.on_bus), 2)
        self.assertEqual(self.on_bus, self.in_metas)

    def test_files_hold_what_the_bus_does(self):
        events, rows = self.write(LC_ALL='C')
        self.assertEqual(events, self.on_bus)
        self.assertEqual(len(rows), len(self.on_bus))
        for event, row in zip(self.on_bus, rows):
            assert_row(self, event, row)

    def test_a_decimal_comma_changes_nothing(self):
        german = make_locale(self.directory)
        if not german:
            self.skipTest('needs the package locales')
        comma = subprocess.run(['/usr/bin/printf', '%.1f', '1,5'], env=dict(os.environ, **german),
                               capture_output=True, text=True, check=False)
        self.assertEqual(comma.stdout, '1,5', 'the locale has no comma')
        events, rows = self.write(**german)
        self.assertEqual(events, self.on_bus)
        for event, row in zip(self.on_bus, rows):
            assert_row(self, event, row)

    def run_example(self, *command):
        return subprocess.run(command, capture_output=True, text=True, check=False,
                              env=environment())

    def test_metas_py_prints_what_the_bus_has(self):
        done = self.run_example(f'{examples}/metas.py')
        self.assertEqual(done.returncode, 0, done.stderr)
        lines = done.stdout.splitlines()
        self.assertEqual(lines[0].split(':')[0], 'face 0')
        self.assertEqual([float(line.split()[0]) for line in lines[1:]],
                         [round(event['onset'] / 1e9, 3) for event in self.on_bus])

    def test_events_c_prints_what_metas_py_does(self):
        done = self.run_example(events_program)
        self.assertEqual(done.returncode, 0, done.stderr)
        lines = self.run_example(f'{examples}/metas.py').stdout.splitlines(keepends=True)
        self.assertEqual(done.stdout, ''.join(lines[1:]))

    def test_the_examples_say_what_is_wrong(self):
        for program in f'{examples}/metas.py', events_program:
            done = self.run_example(program, '/nowhere/a.mp4')
            self.assertEqual(done.returncode, 1)
            name = os.path.basename(program)
            self.assertEqual(done.stderr, f'{name}: Resource not found.\n')


examples, events_program = sys.argv[1:]
unittest.main(argv=sys.argv[:1], verbosity=2)
