#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The same events arrive by bus, meta, JSON Lines, CSV, SRT and MQTT: ten clips of the test source,
compared field by field; every line of JSON is as the schema in docs/ says. Carriers whose tools are
missing are passed over, with a line that says so.

    carriers.py DIRECTORY-OF-THE-SCHEMA
"""
import copy
import csv
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest

from pipelines import CALM, SMALL, Gst, assert_row, play

try:
    import jsonschema
except ImportError:
    jsonschema = None

# What the face does, and the properties of microexpr.
CLIPS = (
    ('1.2s micro AU12 4 300ms; 2s blink; 3s micro AU9 left 4 250ms', ''),
    ('1.2s micro AU1+2 4 300ms; 2.4s micro AU4 4 300ms', ''),
    ('1.2s micro AU15 4 300ms; 2.4s micro AU12 right 4 200ms; 3.7s micro AU12 4 250ms', ''),
    ('1s macro AU6+12 6 1.5s; 3.1s micro AU1+2+5 4 300ms', ''),
    ('1.5s micro AU1+2 left 4 200ms; 2.5s micro AU1+2 right 4 200ms', ''),
    ('1.2s micro AU10 4 300ms; 2.4s micro AU17 4 300ms', ''),
    ('1.2s micro AU12 4 300ms; 2.4s micro AU1+4 4 300ms', 'interpretation=action-units'),
    ('1.2s micro AU12 4 300ms; 3.7s micro AU1+2 4 250ms', 'lookahead=600000000'),
    ('1s blink; 1.8s blink; 2.6s micro AU12 3 300ms', ''),
    ('1.2s micro AU4+7 4 300ms; 2.4s micro AU20 4 300ms; 3.2s blink', 'interpretation=action-units'),
)
# One name that a table has to quote, JSON to escape.
NAMES = [f'clip {n}' for n in range(9)] + ['clip 9, "left"\n<2>']
LABEL = re.compile(r'(?P<name>(?:macro |blink )?[a-z]+) (?P<confidence>\d+) %'
                   r'(?: AU(?P<units>[\d+]+)(?: (?P<side>left|right))? (?P<strength>[\d.]+) %)?'
                   r' (?P<ms>\d+) ms')
CUE = re.compile(r'\d+\n(\d+):(\d+):(\d+),(\d+) --> (\d+):(\d+):(\d+),(\d+)\n(.*)\n')


def read_cues(path):
    """(begin ms, end ms, text) of an SRT file."""
    with open(path, encoding='utf-8') as file:
        cues = CUE.findall(file.read())
    return [(to_ms(cue[0:4]), to_ms(cue[4:8]), cue[8]) for cue in cues]


def to_ms(parts):
    hours, minutes, seconds, ms = map(int, parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms


class Broker:
    """A mosquitto on loopback, and a subscriber to everything that writes into a file."""
    TOOLS = ('mosquitto', 'mosquitto_pub', 'mosquitto_sub')

    def __init__(self, directory):
        with socket.socket() as free:
            free.bind(('127.0.0.1', 0))
            self.port = str(free.getsockname()[1])
        config = f'{directory}/mosquitto.conf'
        with open(config, 'w', encoding='utf-8') as file:
            file.write(f'listener {self.port} 127.0.0.1\nallow_anonymous true\n')
        self.server = subprocess.Popen(['mosquitto', '-c', config], stderr=subprocess.DEVNULL)
        self.received = open(f'{directory}/received', 'w+', encoding='utf-8')
        ready = ['mosquitto_pub', '-p', self.port, '-t', 'probe', '-n']
        for _ in range(1000):
            if subprocess.run(ready, stderr=subprocess.DEVNULL, check=False).returncode == 0:
                break
            time.sleep(0.1)
        self.subscriber = subprocess.Popen(
            ['mosquitto_sub', '-p', self.port, '-q', '1', '-v', '-t', 'microexpr/+/events', '-t',
             'end'], stdout=self.received)
        self.wait_for('end', publish=True)

    def publish(self, topic):
        """A process that sends each line of its input."""
        return subprocess.Popen(['mosquitto_pub', '-p', self.port, '-l', '-q', '1', '-t', topic],
                                stdin=subprocess.PIPE)

    def wait_for(self, topic, publish=False):
        """What has been received so far, by topic, once something of that topic has."""
        for _ in range(1000):
            if publish:
                subprocess.run(['mosquitto_pub', '-p', self.port, '-q', '1', '-t', topic, '-m', '-'],
                               check=True)
            self.received.seek(0)
            messages = [line.split(' ', 1) for line in self.received]
            if any(name == topic for name, _ in messages):
                return messages
            time.sleep(0.1)
        raise AssertionError(f'nothing of {topic} has arrived')

    def end(self):
        for process in (self.subscriber, self.server):
            process.terminate()
            process.wait()
        self.received.close()


class Clip:
    """One clip, and what each carrier brought of it."""

    def __init__(self, number, directory, broker):
        script, settings = CLIPS[number]
        self.topic = f'microexpr/clip-{number}/events'
        self.files = {kind: f'{directory}/{number}.{kind}' for kind in ('jsonl', 'csv', 'srt')}
        queue = 'queue max-size-buffers=0 max-size-bytes=0 max-size-time=0'
        line = (f'microexprtestsrc name=face num-buffers=120 seed={number + 1} {CALM}'
                f' script="{script}" ! {SMALL} !'
                f' microexpr name=m kinds=micro+macro+blink min-confidence=0 {settings} !'
                ' tee name=t ! queue ! fakesink name=sink')
        for kind, writer in (('jsonl', ''), ('csv', 'text/csv !'), ('srt', 'srtenc !')):
            if kind != 'srt' or HAS_SRT:
                line += (f' t. ! {queue} ! microexprextract ! {writer}'
                         f' filesink location={self.files[kind]} buffer-mode=unbuffered')
        sender = broker.publish(self.topic) if broker else None
        if sender:
            line += f' t. ! {queue} ! microexprextract ! fdsink fd={sender.stdin.fileno()}'
        self.on_bus, self.in_metas = play(
            line, lambda pipeline: pipeline.get_by_name('m').set_property('source', NAMES[number]))
        if sender:
            sender.stdin.close()
            if sender.wait() != 0:
                raise AssertionError('mosquitto_pub failed')
        with open(self.files['jsonl'], encoding='utf-8') as file:
            self.in_json = [json.loads(line) for line in file.read().splitlines()]


Gst.init(None)
HAS_SRT = Gst.ElementFactory.find('srtenc') is not None


class Carriers(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.mkdtemp()
        cls.broker = Broker(cls.directory) if all(map(shutil.which, Broker.TOOLS)) else None
        cls.clips = [Clip(n, cls.directory, cls.broker) for n in range(len(CLIPS))]

    @classmethod
    def tearDownClass(cls):
        if cls.broker:
            cls.broker.end()
        shutil.rmtree(cls.directory)

    def test_the_clips_hold_what_can_differ(self):
        events = [event for clip in self.clips for event in clip.on_bus]
        self.assertGreaterEqual(len(events), 15)
        self.assertTrue(all(clip.on_bus for clip in self.clips))
        self.assertEqual({event['kind'] for event in events}, {'micro', 'macro', 'blink'})
        self.assertTrue(any('emotion' not in event for event in events))
        self.assertEqual([clip.on_bus[0]['source'] for clip in self.clips], NAMES)
        print(len(events), 'events in', len(self.clips), 'clips')

    def test_metas_hold_the_events_of_the_bus(self):
        for clip in self.clips:
            self.assertEqual(clip.in_metas, clip.on_bus)

    def test_json_holds_the_events_of_the_bus(self):
        for clip in self.clips:
            self.assertEqual(clip.in_json, clip.on_bus)

    def test_csv_holds_the_events_of_the_bus(self):
        for clip in self.clips:
            with open(clip.files['csv'], encoding='utf-8', newline='') as file:
                rows = list(csv.DictReader(file, strict=True))
            self.assertEqual(len(rows), len(clip.on_bus))
            for event, row in zip(clip.on_bus, rows):
                assert_row(self, event, row)

    @unittest.skipUnless(HAS_SRT, 'needs srtenc')
    def test_srt_holds_the_events_of_the_bus(self):
        for clip in self.clips:
            cues = read_cues(clip.files['srt'])
            self.assertEqual(len(cues), len(clip.on_bus))
            for event, (begin, end, text) in zip(clip.on_bus, cues):
                self.assertAlmostEqual(begin, event['onset'] / 1e6, delta=1)
                self.assertAlmostEqual(end, event['offset'] / 1e6, delta=1)
                self.assert_label(event, text)

    def assert_label(self, event, text):
        label = LABEL.fullmatch(text)
        self.assertTrue(label, text)
        name = event.get('emotion', event['kind'])
        prefix = f"{event['kind']} " if 'emotion' in event and event['kind'] != 'micro' else ''
        self.assertEqual(label['name'], prefix + name)
        self.assertAlmostEqual(int(label['confidence']), 100 * event['confidence'], delta=0.51)
        self.assertAlmostEqual(int(label['ms']), event['duration'] / 1e6, delta=0.51)
        units = sorted(int(unit[2:]) for unit in event['action-units'])
        self.assertEqual([int(unit) for unit in (label['units'] or '').split('+') if unit], units)
        if units:
            self.assertAlmostEqual(float(label['strength']), max(event['action-units'].values()),
                                   delta=0.051)
        if label['side']:
            other = event['right' if label['side'] == 'left' else 'left']
            self.assertTrue(all(other.get(unit, 0) < strength
                                for unit, strength in event[label['side']].items()))

    def test_mqtt_brings_the_events_of_the_bus(self):
        if not self.broker:
            self.skipTest(f'needs {", ".join(Broker.TOOLS)}')
        subprocess.run(['mosquitto_pub', '-p', self.broker.port, '-q', '1', '-t', 'end', '-m', 'last'],
                       check=True)
        for _ in range(1000):
            messages = self.broker.wait_for('end')
            if messages[-1] == ['end', 'last\n']:
                break
            time.sleep(0.1)
        for clip in self.clips:
            arrived = [json.loads(text) for topic, text in messages if topic == clip.topic]
            self.assertEqual(arrived, clip.on_bus)


@unittest.skipUnless(jsonschema, 'needs python3-jsonschema')
class Schema(unittest.TestCase):
    """Runs after Carriers: takes its clips."""

    @classmethod
    def setUpClass(cls):
        with open(f'{docs}/microexpr-event.schema.json', encoding='utf-8') as file:
            schema = json.load(file)
        jsonschema.Draft202012Validator.check_schema(schema)
        cls.validator = jsonschema.Draft202012Validator(schema)
        cls.events = [event for clip in Carriers.clips for event in clip.in_json]

    def test_every_line_is_as_the_schema_says(self):
        for event in self.events:
            self.validator.validate(event)

    def test_the_schema_has_every_field_and_no_other(self):
        written = {field for event in self.events for field in event} | {'utc', 'candidate', 'context'}
        self.assertEqual(written, set(self.validator.schema['properties']))

    def test_the_schema_refuses_what_is_none(self):
        event = next(event for event in self.events if 'emotion' in event)
        wrong = ({'id': -1}, {'id': 0.5}, {'onset': '1'}, {'kind': 'nano'}, {'confidence': 1.1},
                 {'left': {'AU0': 1.0}}, {'left': {'AU1': '1'}}, {'emotion': 'joy'},
                 {'emotions': {'happiness': 1.0}}, {'utc': '24 Nov'}, {'face': None}, {'more': 1})
        for change in wrong:
            self.assertFalse(self.validator.is_valid({**event, **change}), change)
        for field in ('id', 'face', 'action-units', 'confidence', 'emotions'):
            less = copy.deepcopy(event)
            del less[field]
            self.assertFalse(self.validator.is_valid(less), field)


os.environ['PATH'] += ':/usr/sbin'  # where the package of the broker puts it
docs = sys.argv.pop(1)
unittest.main(verbosity=2)
