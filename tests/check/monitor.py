#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""examples/microexpr-monitor: watches, reconnects, records, stops, and says how it went. RTSP on
the loopback; those tests are left out without the server.

    monitor.py MONITOR UNIT [RTSP-SERVER]
"""
import contextlib
import datetime
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

FACE = 'microexprtestsrc seed=5 noise=0.5 macro-rate=0 blink-rate=0'
SMALL = 'video/x-raw,width=320,height=240,framerate=25/1'
H264 = 'x264enc tune=zerolatency speed-preset=ultrafast key-int-max=25'
CAMERA = (f'( {FACE} micro-rate=60 is-live=true ! {SMALL} ! identity name=clock ! {H264} !'
          ' rtph264pay name=pay0 config-interval=-1 )')
PATIENCE = 100  # s: for a busy machine, under sanitizers

monitor, unit = map(os.path.abspath, sys.argv[1:3])
server = sys.argv[3] if len(sys.argv) > 3 else None


def environment():
    """What plays the plugin outside needs the library of a sanitizer first."""
    env = dict(os.environ)
    if env.get('SANITIZER_RUNTIME'):
        env['LD_PRELOAD'] = env['SANITIZER_RUNTIME']
    return env


class Fixture(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.directory)
        self.output = f'{self.directory}/events.jsonl'
        self.log = f'{self.directory}/log'

    def run_to_end(self, *arguments):
        return subprocess.run([monitor, '--no-table', *arguments], capture_output=True, text=True,
                              timeout=PATIENCE, check=False)

    def start(self, *arguments):
        with open(self.log, 'w', encoding='utf-8') as log:
            process = subprocess.Popen([monitor, '--no-table', '-o', self.output, *arguments],
                                       stderr=log)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def camera(self, launch=CAMERA, port='0', **env):
        """A camera in a process of its own, and its port."""
        process = subprocess.Popen([server, str(port), launch], stdout=subprocess.PIPE, text=True,
                                   env=dict(os.environ, **env))
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process, process.stdout.readline().strip()

    def stop(self, process):
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(PATIENCE), 0, self.said())

    def said(self):
        with open(self.log, encoding='utf-8') as log:
            return log.read()

    def events(self):
        with contextlib.suppress(FileNotFoundError), open(self.output, encoding='utf-8') as lines:
            return [json.loads(line) for line in lines.read().split('\n')[:-1]]
        return []

    def wait_for(self, condition):
        end = time.monotonic() + PATIENCE
        while not condition():
            self.assertLess(time.monotonic(), end, self.said())
            time.sleep(0.05)

    def counted(self, name):
        return sum(int(n) for n in re.findall(rf'\b{name} (\d+)', self.said()))


class Local(Fixture):
    def clip(self):
        path = f'{self.directory}/clip.avi'
        subprocess.run(
            ['gst-launch-1.0', '-q', *FACE.split(), 'micro-rate=0', 'num-buffers=120',
             'script=1s micro AU12 4 200ms; 2.5s micro AU1+2 4 200ms', '!', SMALL, '!', 'jpegenc',
             'quality=95', '!', 'avimux', '!', 'filesink', f'location={path}'],
            check=True, env=environment())
        return path

    def test_recordings_are_analysed_to_their_end(self):
        clip = self.clip()
        done = self.run_to_end(f'a={clip}', f'b=file://{clip}')
        self.assertEqual(done.returncode, 0, done.stderr)
        events = [json.loads(line) for line in done.stdout.splitlines()]
        for name in 'ab':
            self.assertEqual(sorted(e['id'] for e in events if e['source'] == name), [0, 1])
        for event in events:
            self.assertEqual(event['connection'], 1)
            datetime.datetime.strptime(event['received'], '%Y-%m-%dT%H:%M:%S.%fZ')

    def test_the_exit_status_says_what_went_wrong(self):
        self.assertEqual(self.run_to_end().returncode, 2)
        self.assertEqual(self.run_to_end('--transport=pigeon', 'x').returncode, 2)
        self.assertEqual(self.run_to_end('-o', '/nowhere/events', 'x').returncode, 2)
        self.assertEqual(self.run_to_end('launch:nosuchelement').returncode, 2)
        missing = self.run_to_end('/nowhere/clip.avi')
        self.assertEqual(missing.returncode, 1)
        self.assertIn('/nowhere/clip.avi', missing.stderr)
        full = self.run_to_end('-o', '/dev/full', self.clip())
        self.assertEqual(full.returncode, 3, full.stderr)
        self.assertIn('events wait in memory', full.stderr)

    def test_a_camera_is_stopped_with_nothing_lost(self):
        process = self.start(f'desk=launch:{FACE} micro-rate=60 is-live=true ! {SMALL}')
        self.wait_for(self.events)
        self.stop(process)
        self.assertEqual(self.counted('events'), len(self.events()))
        self.assertTrue(all('utc' in event for event in self.events()))

    def test_a_log_is_rotated_without_a_lost_line(self):
        process = self.start(f'desk=launch:{FACE} micro-rate=60 is-live=true ! {SMALL}')
        self.wait_for(self.events)
        os.rename(self.output, f'{self.output}.1')
        process.send_signal(signal.SIGHUP)
        self.wait_for(self.events)
        self.stop(process)
        with open(f'{self.output}.1', encoding='utf-8') as lines:
            self.assertEqual(self.counted('events'), len(lines.readlines()) + len(self.events()))

    def test_the_original_is_recorded_around_an_event(self):
        process = self.start('-r', self.directory, '--before=1', '--after=0.5', 'front door=launch:'
                             f'{FACE} micro-rate=60 is-live=true ! {SMALL}')
        self.wait_for(self.events)
        self.wait_for(lambda: 'recording ' in self.said())
        self.stop(process)
        recording = re.search(r'recording (.*)', self.said())[1]
        self.assertRegex(recording, r'/front_door-\d{8}T\d{6}\.\d{3}Z\.mkv$')
        decoded = subprocess.run(
            ['gst-launch-1.0', '-v', 'filesrc', f'location={recording}', '!', 'decodebin', '!',
             'identity', 'silent=false', '!', 'fakesink'],
            capture_output=True, text=True, timeout=PATIENCE, env=environment(), check=True).stdout
        times = [float(second) for second in re.findall(r'chain .* pts: 0:00:(\d\d\.\d+)', decoded)]
        self.assertLess(times[0], 0.1)
        self.assertGreater(times[-1], 0.8)

    def test_the_unit_is_one_that_systemd_takes(self):
        if not shutil.which('systemd-analyze'):
            self.skipTest('needs systemd-analyze')
        path = f'{self.directory}/microexpr-monitor@.service'
        with open(unit, encoding='utf-8') as there, open(path, 'w', encoding='utf-8') as here:
            here.write(there.read().replace('/usr/local/bin/microexpr-monitor', monitor))
        verified = subprocess.run(['systemd-analyze', 'verify', f'{path[:-8]}door.service'],
                                  capture_output=True, text=True, check=False)
        self.assertEqual((verified.returncode, verified.stderr), (0, ''))


@unittest.skipUnless(server, 'needs libgstrtspserver-1.0-dev')
class Network(Fixture):
    def watch(self, port, *arguments):
        return self.start(*arguments, f'door=rtsp://admin:hunter2@127.0.0.1:{port}/camera')

    def test_a_camera_that_dies_is_found_again_and_no_password_is_told(self):
        camera, port = self.camera(RTSP_LOGIN='admin:hunter2')
        process = self.watch(port)
        self.wait_for(self.events)
        camera.kill()
        camera.wait()
        self.wait_for(lambda: 'Could not open' in self.said())
        begin = time.monotonic()
        self.camera(port=port, RTSP_LOGIN='admin:hunter2')
        self.wait_for(lambda: self.said().count('watching rtsp://127.0.0.1') == 2)
        print(f'watching again after {time.monotonic() - begin:.1f} s', file=sys.stderr)
        self.wait_for(lambda: self.events()[-1]['connection'] > 1)
        self.stop(process)
        self.assertEqual(self.counted('events'), len(self.events()))
        for text in (self.said(), json.dumps(self.events())):
            self.assertNotIn('hunter2', text)
            self.assertNotIn('admin', text)

    def test_packets_may_get_lost_over_udp(self):
        lossy = CAMERA.replace('name=pay0 config-interval=-1',
                               'config-interval=-1 ! netsim drop-probability=0.05 ! identity name=pay0')
        _, port = self.camera(lossy)
        process = self.watch(port, '--transport=udp', '-p', 'kinds=micro+macro')
        self.wait_for(lambda: 'watching' in self.said())
        time.sleep(3)
        self.stop(process)
        self.assertGreater(self.counted('frames'), 0)
        self.assertIn('connections 1', self.said())

    def test_a_clock_that_jumps_and_a_picture_that_changes_size_start_anew(self):
        switch = (f'( concat name=c ! identity sync=true ! identity name=clock ! {H264} ! rtph264pay'
                  f' name=pay0 config-interval=-1 {FACE} num-buffers=75 ! {SMALL} ! c.'
                  f' {FACE} micro-rate=60 ! video/x-raw,width=480,height=360,framerate=25/1 ! c. )')
        camera, port = self.camera(switch)
        process = self.watch(port)
        self.wait_for(self.events)
        camera.send_signal(signal.SIGUSR1)
        n = len(self.events())
        self.wait_for(lambda: len(self.events()) > n + 1)
        self.stop(process)
        self.assertEqual(self.counted('resets-caps'), 1)
        self.assertIn('connections 1', self.said())
        self.assertTrue(all(e['duration'] < 1e9 for e in self.events()))


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
