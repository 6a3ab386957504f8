#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""examples/elan.py writes annotation files that ELAN can read: as elan.xsd says, slots in the order
of time, no two annotations of a tier at once, children within their parents, and every event there.
Skips the schema without xmllint.

    elan.py EXAMPLES-DIRECTORY
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as xml

SCHEMA = pathlib.Path(__file__).with_name('elan.xsd')
MS = 1_000_000


def event(onset, offset, kind='micro', face=0, **more):
    """An event with times in ms."""
    return {'onset': onset * MS, 'apex': (onset + offset) * MS // 2, 'offset': offset * MS,
            'kind': kind, 'face': face, 'confidence': 0.82, 'action-units': {'AU12': 2.04},
            'left': {'AU12': 1.96}, 'right': {'AU12': 2.04}, **more}


EVENTS = [
    event(1000, 1300, emotion='happiness'),
    event(900, 2400, 'macro', emotion='surprise'),
    event(1200, 1500, emotion='happiness'),  # overlaps the first
    event(1500, 1700, **{'action-units': {'AU17': 1.2}, 'left': {}, 'right': {}}),
    event(1000, 1200, face=1, emotion='other'),
    event(3000, 3000, 'blink', **{'action-units': {}, 'left': {}, 'right': {}}),
]


class Elan(unittest.TestCase):
    def setUp(self):
        self.directory = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.directory)

    def run_elan(self, lines, video='in terview <1>.mp4'):
        events, output = self.directory / 'e.jsonl', self.directory / 'e.eaf'
        events.write_text(''.join(line + '\n' for line in lines), encoding='utf-8')
        done = subprocess.run([f'{examples}/elan.py', events, self.directory / video, output],
                              capture_output=True, text=True, check=False)
        return done, output

    def convert(self, events):
        done, output = self.run_elan([json.dumps(event) for event in events])
        self.assertEqual(done.returncode, 0, done.stderr)
        self.validate(output)
        return xml.parse(output).getroot()

    def validate(self, path):
        if not shutil.which('xmllint'):
            print('not checked against the schema: needs xmllint')
            return
        done = subprocess.run(['xmllint', '--noout', '--schema', SCHEMA, path],
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)

    def annotations(self, root):
        """(begin ms, end ms, value) by tier."""
        times = {slot.get('TIME_SLOT_ID'): int(slot.get('TIME_VALUE'))
                 for slot in root.iter('TIME_SLOT')}
        return {tier.get('TIER_ID'): [
            (times[a.get('TIME_SLOT_REF1')], times[a.get('TIME_SLOT_REF2')],
             a.findtext('ANNOTATION_VALUE')) for a in tier.iter('ALIGNABLE_ANNOTATION')]
            for tier in root.iter('TIER')}

    def test_candidates_are_left_to_the_coder(self):
        tiers = self.annotations(self.convert([event(1000, 1300), event(2000, 2300, candidate=True)]))
        self.assertEqual(tiers['face 0 micro'], [(1000, 1300, 'micro 82 %')])

    def test_every_event_has_its_annotations(self):
        tiers = self.annotations(self.convert(EVENTS))
        self.assertEqual(tiers['face 0 micro'],
                         [(1000, 1300, 'happiness 82 %'), (1500, 1700, 'micro 82 %')])
        self.assertEqual(tiers['face 0 micro (2)'], [(1200, 1500, 'happiness 82 %')])
        self.assertEqual(tiers['face 0 micro AU12'], [(1000, 1300, '2.0 left 2.0 right 2.0')])
        self.assertEqual(tiers['face 0 micro AU17'], [(1500, 1700, '1.2')])
        self.assertEqual(tiers['face 0 micro phase'][:2],
                         [(1000, 1150, 'onset'), (1150, 1300, 'offset')])
        self.assertEqual(tiers['face 0 macro'], [(900, 2400, 'surprise 82 %')])
        self.assertEqual(tiers['face 1 micro'], [(1000, 1200, 'other 82 %')])
        self.assertEqual(tiers['face 0 blink'], [(3000, 3002, 'blink 82 %')])

    def test_slots_are_in_the_order_of_time(self):
        times = [int(slot.get('TIME_VALUE')) for slot in self.convert(EVENTS).iter('TIME_SLOT')]
        self.assertEqual(times, sorted(times))
        self.assertGreater(len(times), 2 * len(EVENTS))

    def test_no_two_annotations_of_a_tier_are_at_once(self):
        for tier, annotations in self.annotations(self.convert(EVENTS)).items():
            for before, after in zip(annotations, annotations[1:]):
                self.assertLessEqual(before[1], after[0], tier)
            for begin, end, _ in annotations:
                self.assertLess(begin, end, tier)

    def test_children_lie_within_their_parents(self):
        root = self.convert(EVENTS)
        tiers = self.annotations(root)
        children = [tier for tier in root.iter('TIER') if tier.get('PARENT_REF')]
        self.assertGreater(len(children), len(EVENTS))
        for tier in children:
            for begin, end, _ in tiers[tier.get('TIER_ID')]:
                self.assertTrue(any(b <= begin and end <= e for b, e, _ in
                                    tiers[tier.get('PARENT_REF')]), tier.get('TIER_ID'))

    def test_no_event_is_a_file_too(self):
        self.assertEqual(self.annotations(self.convert([])), {})

    def test_the_video_is_found_from_the_file(self):
        media = self.convert(EVENTS).find('HEADER/MEDIA_DESCRIPTOR')
        self.assertEqual(media.get('RELATIVE_MEDIA_URL'), './in terview <1>.mp4')
        self.assertEqual(media.get('MEDIA_URL'),
                         (self.directory / 'in terview <1>.mp4').as_uri())
        self.assertEqual(media.get('MIME_TYPE'), 'video/mp4')

    def test_it_says_what_is_wrong(self):
        two = [json.dumps(event(1, 2, source=name)) for name in ('door', 'hall')]
        for lines, word in ((['{"onset":1'], ':1: '), (['3'], 'not an event'), (two, '2 sources')):
            done, output = self.run_elan(lines)
            self.assertEqual(done.returncode, 1)
            self.assertIn(word, done.stderr)
            self.assertNotIn('Traceback', done.stderr)
            self.assertFalse(output.exists())
        done = subprocess.run([f'{examples}/elan.py', '/nowhere', 'a.mp4', '/nowhere/a.eaf'],
                              capture_output=True, text=True, check=False)
        self.assertIn('elan.py: ', done.stderr)
        self.assertNotIn('Traceback', done.stderr)


examples = sys.argv.pop(1)
unittest.main(verbosity=2)
