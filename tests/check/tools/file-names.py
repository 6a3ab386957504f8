#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Every program takes a file whatever it is called: with a colon, as a URI has one; beginning with a
dash, behind `--`; in bytes that are not UTF-8. Each reads the same recording under all of the names
and must do the same as under a plain one. Photographs: train.py; data sets: evaluate.py.

    file-names.py SOURCES-OF-THE-EXAMPLES BUILT-EXAMPLES
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
import urllib.parse

from pipelines import environment, write_clip

PLAIN = b'plain.avi'
NAMES = (b'P01:session.avi', b'file:a=b.avi', b'-\xff "%41\'.avi')


class FileNames(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = os.fsencode(tempfile.mkdtemp())
        write_clip(os.fsdecode(cls.path(PLAIN)), 2)
        for name in NAMES:
            os.link(cls.path(PLAIN), cls.path(name))

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.directory)

    @classmethod
    def path(cls, name):
        return os.path.join(cls.directory, name)

    def run_in(self, *command, **more):
        """In the directory, so that names are as they are; what it printed."""
        done = subprocess.run(command, cwd=self.directory, capture_output=True, check=False,
                              env=environment(GST_REGISTRY_UPDATE='no', LC_ALL='C.UTF-8', **more))
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def of_all_names(self, run):
        """run(name) must give the same for all names."""
        wanted = run(PLAIN)
        for name in NAMES:
            with self.subTest(name=name):
                self.assertEqual(run(name), wanted)
        return wanted

    def test_events(self):
        printed = self.of_all_names(lambda name: self.run_in(f'{built}/events', '--', name))
        self.assertEqual(printed.count(b' micro '), 2)

    def test_metas(self):
        printed = self.of_all_names(lambda name: self.run_in(f'{sources}/metas.py', '--', name))
        self.assertEqual(printed.count(b' micro '), 2)

    def test_quickstart(self):
        def events(name):
            said = self.run_in(f'{built}/quickstart', '--', name, DISPLAY='', WAYLAND_DISPLAY='')
            os.unlink(self.path(re.search(rb'Annotated video: (.*)', said)[1]))
            return re.findall(rb'.* micro  .*', said)
        self.assertEqual(len(self.of_all_names(events)), 2)

    def test_monitor(self):
        def events(name):
            lines = [json.loads(line) for line in self.run_in(
                f'{built}/tools/monitor/microexpr-monitor', '--no-table', '--', name).splitlines()]
            self.assertEqual({urllib.parse.unquote_to_bytes(event['source']) for event in lines},
                             {b'file://' + self.path(name)})
            return sorted(event['onset'] for event in lines)
        self.assertEqual(len(self.of_all_names(events)), 2)

    def test_monitor_with_a_prefix(self):
        for prefix in b'door=', b'recording:', b'door=recording:':
            lines = self.run_in(f'{built}/tools/monitor/microexpr-monitor', '--no-table', '--',
                                prefix + b'P01:session.avi').splitlines()
            self.assertEqual(len(lines), 2, prefix)

    def test_review(self):
        def events(name):
            page = self.path(name + b'.html')
            self.run_in(f'{built}/tools/review/microexpr-review', '--no-pictures',
                        b'--output=' + page, '--', name)
            data = re.search('id="data">(.*?)</script>', pathlib.Path(os.fsdecode(page)).read_text(
                encoding='utf-8'))[1]
            report = json.loads(data)
            self.assertEqual(report['recording']['name'], name.decode(errors='replace'))
            return [event['fields']['onset'] for event in report['events']]
        self.assertEqual(len(self.of_all_names(events)), 2)

    def test_elan(self):
        lines = self.run_in(f'{built}/tools/monitor/microexpr-monitor', '--no-table', PLAIN)

        def annotations(name):
            pathlib.Path(os.fsdecode(self.path(name + b'.jsonl'))).write_bytes(lines)
            self.run_in(f'{sources}/elan.py', name + b'.jsonl', name, name + b'.eaf')
            text = pathlib.Path(os.fsdecode(self.path(name + b'.eaf'))).read_text(encoding='utf-8')
            self.assertIn(pathlib.Path(os.fsdecode(self.path(name))).as_uri(), text)
            return text.count('<ANNOTATION>')
        self.of_all_names(annotations)


sources, built = map(os.path.abspath, sys.argv[1:3])
unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
