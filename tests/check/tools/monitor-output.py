#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The events of microexpr-monitor where they cannot be written: nothing is lost, nothing
else waits, and it is said.

    monitor-output.py MONITOR UNIT
"""
import fcntl
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import unittest

import monitor
from monitor import FACE, PATIENCE, SMALL

CAMERA = f'desk=launch:{FACE} micro-rate=60 is-live=true ! {SMALL}'


class Output(monitor.Fixture):
    def start_to(self, output='-', **options):
        with open(self.log, 'w', encoding='utf-8') as log:
            process = subprocess.Popen([monitor.monitor, '--no-table', '-o', output, CAMERA],
                                       stderr=log, **options)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def full_pipe(self):
        """Nobody reads it, and it takes nothing more."""
        reading, writing = os.pipe()
        self.addCleanup(os.close, reading)
        self.addCleanup(os.close, writing)
        os.write(writing, b'x' * fcntl.fcntl(writing, fcntl.F_GETPIPE_SZ))
        return reading, writing

    def test_a_pipe_that_nobody_reads_stops_nothing(self):
        _, pipe = self.full_pipe()
        process = self.start_to(stdout=pipe)
        self.wait_for(lambda: 'cannot write, events wait in memory' in self.said())
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(PATIENCE), 3, self.said())
        self.assertGreater(self.counted('events'), 0)

    def test_a_pipe_that_is_read_again_gets_every_event(self):
        reading, pipe = self.full_pipe()
        process = self.start_to(stdout=pipe)
        self.wait_for(lambda: 'events wait in memory' in self.said())
        self.assertEqual(set(os.read(reading, 1 << 20)), set(b'x'))
        self.wait_for(lambda: 'writing again, events lost: 0' in self.said())
        self.stop(process)
        lines = os.read(reading, 1 << 20).splitlines()
        self.assertEqual([json.loads(line)['source'] for line in lines],
                         ['desk'] * self.counted('events'))

    def test_a_fifo_that_nobody_reads_is_not_waited_for(self):
        os.mkfifo(self.output)
        process = self.start(CAMERA)
        self.wait_for(lambda: 'watching' in self.said() and 'events wait in memory' in self.said())
        with open(os.open(self.output, os.O_RDONLY), encoding='utf-8') as events:
            self.assertEqual(json.loads(events.readline())['source'], 'desk')
            self.stop(process)

    def test_an_event_begins_a_line_after_half_a_line_of_an_earlier_run(self):
        with open(self.output, 'w', encoding='utf-8') as output:
            output.write('{"whole":1}\n{"ha')
        done = self.run_to_end('-o', self.output, self.clip())
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(self.output, encoding='utf-8') as output:
            whole, half, *others = output.read().splitlines()
        self.assertEqual((whole, half), ('{"whole":1}', '{"ha'))
        self.assertEqual(sorted(json.loads(event)['id'] for event in others), [0, 1])

    def test_a_line_that_did_not_fit_on_a_disk_is_whole_in_the_next_file(self):
        # What ignores SIGXFSZ, as Python does, gets an error like that of a full disk.
        process = self.start_to(self.output, restore_signals=False)
        self.wait_for(self.events)
        size = os.path.getsize(self.output) + 100
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        self.wait_for(lambda: 'events wait in memory' in self.said())
        whole = len(self.events())
        with open(self.output, encoding='utf-8') as output:
            self.assertFalse(output.read().endswith('\n'))
        os.rename(self.output, f'{self.output}.1')
        process.send_signal(signal.SIGHUP)
        self.wait_for(self.events)
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        self.stop(process)
        self.assertEqual(self.counted('events'), whole + len(self.events()))

    def test_a_directory_that_is_gone_is_said_at_once(self):
        with tempfile.TemporaryDirectory() as directory:
            self.output = f'{directory}/there/events'
            os.mkdir(f'{directory}/there')
            process = self.start(f'desk=launch:{FACE} micro-rate=0 is-live=true ! {SMALL}')
            self.wait_for(lambda: 'watching' in self.said())
            os.rename(f'{directory}/there', f'{directory}/gone')
            process.send_signal(signal.SIGHUP)
            self.wait_for(lambda: 'No such file or directory' in self.said())
            os.rename(f'{directory}/gone', f'{directory}/there')
            self.wait_for(lambda: 'writing again' in self.said())
            self.stop(process)


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
