#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Events reach Python: bus, metas, JSON Lines and CSV hold the same, under a decimal comma too, and
the example prints them. Skips itself (exit 77) without python3-gst-1.0.

    readers.py EXAMPLES-DIRECTORY
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

try:
    import gi

    gi.require_version('Gst', '1.0')
    from gi.repository import Gst
except (ImportError, ValueError) as missing:
    print(f'skipped: {missing}; needs python3-gst-1.0')
    sys.exit(77)

META = 'GstMicroexprMeta'
FACE = ('microexprtestsrc num-buffers=128 seed=5 noise=0.5 micro-rate=0 macro-rate=0 blink-rate=0 '
        'script="2s micro AU12 4 300ms; 3.9s micro AU1+2 4 300ms" ! '
        'video/x-raw,width=480,height=360,framerate=30/1 ! '
        'microexpr name=m')
NAME = 'desk "3", left'
PARTS = ('action-units', 'left', 'right', 'emotions')


def to_dict(structure):
    return {key: to_dict(structure[key]) if key in PARTS else structure[key]
            for key in structure.keys()}


def launch(line, **environment):
    """Plays a pipeline as a user would; a sanitised plugin needs the library of its sanitizer."""
    env = dict(os.environ, **environment)
    if env.get('SANITIZER_RUNTIME'):
        env['LD_PRELOAD'] = env['SANITIZER_RUNTIME']
    subprocess.run(['gst-launch-1.0', '-q', *shlex.split(line)], check=True, env=env)


def read_bus_and_metas():
    """The events on the bus, and those on buffers and in the last event, as lists of dicts."""
    pipeline = Gst.parse_launch(f'{FACE} ! fakesink name=sink')
    pipeline.get_by_name('m').set_property('source', NAME)
    on_bus, in_metas = [], []

    def take(structure):
        if structure and structure.get_name() == META:
            in_metas.extend(to_dict(event) for event in structure.get_value('events'))

    def on_data(_pad, info):
        if info.type & Gst.PadProbeType.BUFFER:
            take(info.get_buffer().get_custom_meta(META).get_structure())
        else:
            take(info.get_event().get_structure())
        return Gst.PadProbeReturn.OK

    pad = pipeline.get_by_name('sink').get_static_pad('sink')
    pad.add_probe(Gst.PadProbeType.BUFFER | Gst.PadProbeType.EVENT_DOWNSTREAM, on_data)
    pipeline.set_state(Gst.State.PLAYING)
    wanted = Gst.MessageType.EOS | Gst.MessageType.ERROR | Gst.MessageType.ELEMENT
    while message := pipeline.get_bus().timed_pop_filtered(60 * Gst.SECOND, wanted):
        if message.type != Gst.MessageType.ELEMENT:
            break
        if message.get_structure().get_name() == 'microexpr-event':
            on_bus.append(to_dict(message.get_structure()))
    pipeline.set_state(Gst.State.NULL)
    return on_bus, in_metas


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
        cls.on_bus, cls.in_metas = read_bus_and_metas()

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.directory)

    def write(self, **environment):
        """Both files; returns the events as JSON and as CSV."""
        jsonl, table = f'{self.directory}/e.jsonl', f'{self.directory}/e.csv'
        launch(f"""{FACE} {shlex.quote('source=' + NAME)} ! tee name=t
            t. ! queue ! microexprextract ! filesink location={jsonl}
            t. ! queue ! microexprextract ! text/csv ! filesink location={table}""", **environment)
        with open(jsonl, encoding='utf-8') as lines, \
                open(table, encoding='utf-8', newline='') as rows:
            return [json.loads(line) for line in lines], list(csv.DictReader(rows, strict=True))

    def assert_row(self, event, row):
        """Every cell is the value of the event, or empty where it has none."""
        for column, cell in row.items():
            part, name = None, column
            if column.startswith('AU'):
                name, _, side = column.partition('_')
                part = event[side or 'action-units']
            elif column in event['emotions']:
                part = event['emotions']
            value = (event if part is None else part).get(name)
            if value is None:
                self.assertEqual(cell, '', column)
            else:
                self.assertEqual(type(value)(cell), value, column)

    def test_metas_hold_what_the_bus_does(self):
        self.assertEqual(len(self.on_bus), 2)
        self.assertEqual(self.on_bus, self.in_metas)

    def test_files_hold_what_the_bus_does(self):
        events, rows = self.write(LC_ALL='C')
        self.assertEqual(events, self.on_bus)
        self.assertEqual(len(rows), len(self.on_bus))
        for event, row in zip(self.on_bus, rows):
            self.assert_row(event, row)

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
            self.assert_row(event, row)

    def test_the_example_prints_what_the_bus_has(self):
        env = dict(os.environ, LD_PRELOAD=os.environ.get('SANITIZER_RUNTIME', ''))
        done = subprocess.run([f'{examples}/metas.py'], capture_output=True, text=True, check=True,
                              env=env)
        lines = done.stdout.splitlines()
        self.assertEqual(lines[0].split(':')[0], 'face 0')
        self.assertEqual([float(line.split()[0]) for line in lines[1:]],
                         [round(event['onset'] / 1e9, 3) for event in self.on_bus])

    def test_the_example_says_what_is_wrong(self):
        env = dict(os.environ, LD_PRELOAD=os.environ.get('SANITIZER_RUNTIME', ''))
        done = subprocess.run([f'{examples}/metas.py', '/nowhere/a.mp4'], capture_output=True,
                              text=True, check=False, env=env)
        self.assertEqual(done.returncode, 1)
        self.assertIn('metas.py: Resource not found.', done.stderr)
        self.assertNotIn('Traceback', done.stderr)


examples = sys.argv.pop(1)
unittest.main(verbosity=2)
