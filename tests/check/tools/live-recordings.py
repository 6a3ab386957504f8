#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The recordings that microexpr-monitor --http plays: the right moment, in part, covered, and only
those of its events.

    live-recordings.py MONITOR DOCS-DIRECTORY [TEST...]
"""
import os
import pathlib
import statistics
import subprocess
import sys
import unittest

from live import CAMERA, SMALL, TOKEN, Fixture

WIDTH, HEIGHT, RATE = 320, 240, 25  # of SMALL
# A face that holds still but for an expression now and then.
SCRIPT = '; '.join(f'{begin}s micro AU12 6 400ms' for begin in range(4, 200, 4))
STILL = ('microexprtestsrc seed=5 noise=0.2 head-motion=0 light=0 micro-rate=0 macro-rate=0 blink-rate=0 '
         f'script="{SCRIPT}" is-live=true')


class Recordings(Fixture):
    def record(self, *options, camera=CAMERA):
        self.files = pathlib.Path(self.directory, 'recordings')
        self.start(f'--record={self.files}', *options, cameras=(f'door={camera}',))

    def events(self, n):
        """The first n, as /api/events has them."""
        def found():
            events = self.json('/api/events')['events']
            return events if len(events) >= n else None
        return self.wait_for(found)[:n]

    def path_of(self, item):
        return f"/api/events/{item['id']}/recording"

    def clip(self, item):
        """Its WebM, once it is there."""
        def found():
            answer = self.ask(self.path_of(item))
            self.assertIn(answer.status, (200, 202))
            return answer if answer.status == 200 else None
        answer = self.wait_for(found, 0.3)
        self.assertEqual(answer.headers['Content-Type'], 'video/webm')
        return answer.body

    def decode(self, clip):
        """Each as bytes of gray."""
        pixels = subprocess.run(
            ['gst-launch-1.0', '-q', 'fdsrc', '!', 'decodebin', '!', 'videoconvert', '!',
             'videorate', '!', f'video/x-raw,format=GRAY8,framerate={RATE}/1', '!', 'fdsink'], input=clip, capture_output=True, check=True).stdout
        size = WIDTH * HEIGHT
        self.assertEqual(len(pixels) % size, 0)
        return [pixels[i:i + size] for i in range(0, len(pixels), size)]

    @staticmethod
    def mouth(frame):
        """Where the face of SCRIPT smiles: elsewhere there is only noise."""
        return b''.join(frame[WIDTH * y + 105:WIDTH * y + 220] for y in range(125, 170))

    def test_the_moment_of_the_event_is_shown(self):
        self.record(camera=f'launch:{STILL} ! {SMALL}')
        item = self.events(1)[0]
        event = item['event']
        frames = self.decode(self.clip(item))
        self.assertAlmostEqual(len(frames), RATE * (2 + event['duration'] / 1e9), delta=3)
        shown = [self.mouth(frame) for frame in frames[:int(RATE * (1 + event['duration'] / 1e9))]]
        change = [sum(abs(a - b) for a, b in zip(shown[5], frame)) for frame in shown]
        apex = RATE * (1 + (event['apex'] - event['onset']) / 1e9)
        self.assertAlmostEqual(change.index(max(change)), apex, delta=6)
        # Before it the face is still; a busy encoder may still improve the picture.
        before = statistics.median(change[6:RATE - 6])
        self.assertLess(before, max(change) / 2)

    def test_part_of_it_can_be_asked_for(self):
        self.record()
        item = self.events(1)[0]
        clip = self.clip(item)
        part = self.ask(self.path_of(item), headers={'Range': 'bytes=100-299'})
        self.assertEqual((part.status, part.body), (206, clip[100:300]))
        self.assertEqual(part.headers['Content-Range'], f'bytes 100-299/{len(clip)}')
        self.assertEqual(self.ask(self.path_of(item), headers={'Range': 'bytes=-10'}).body, clip[-10:])
        for wrong in (f'bytes={len(clip)}-', 'bytes=99999999999-'):
            self.assertEqual(self.ask(self.path_of(item), headers={'Range': wrong}).status, 416, wrong)
        for odd in ('bytes=x', 'bytes=5-2', 'bytes=' + 500 * '0-0,', 'lines=1-2'):
            answer = self.ask(self.path_of(item), headers={'Range': odd})
            self.assertLessEqual(len(answer.body), 3 * len(clip), odd)
        self.check_alive()

    def test_it_is_played_while_it_goes_on(self):
        self.record('--after=600')
        item = self.events(1)[0]
        self.assertGreater(len(self.decode(self.clip(item))), RATE)
        self.assertNotIn('recording failed', self.said())
        self.assertEqual(len(list(self.files.iterdir())), 1)

    def test_nothing_else_is_served(self):
        self.record()
        item = self.events(1)[0]
        run, number = item['id'].split('-')
        self.clip(item)
        name = next(self.files.iterdir()).name
        for path in ('', '/', f'/{item["id"]}', f'/{item["id"]}/', f'/{item["id"]}/recording/',
                     f'/{item["id"]}/recording/..', f'/{item["id"]}/other', f'/{run}-0/recording',
                     f'/{run}-999999/recording', f'/{run}--1/recording', f'/{run}/recording',
                     f'/0-{number}/recording', f'/{run}-{number}x/recording', '/../recording',
                     f'/{item["id"]}%2frecording/recording', f'/{name}/recording', f'/../../{name}/recording',
                     f'/{run}-18446744073709551616/recording', '/%00/recording'):
            said = self.send(f'GET /api/events{path} HTTP/1.1\r\nHost: localhost\r\n\r\n'.encode())
            self.assertIn(said[9:12], ('200',) if not path else ('400', '404'), path)
        self.check_alive()

    def test_one_that_is_gone_or_no_video_is_not_there(self):
        self.record('--after=0.5')
        first, second = self.events(2)
        self.wait_for(lambda: self.ask(self.path_of(second)).status == 200, 0.3)
        for file in self.files.iterdir():
            os.truncate(file, 100)
        self.wait_for(lambda: self.ask(self.path_of(first)).status == 404, 0.3)
        self.assertEqual(self.ask(self.path_of(second)).status, 200)  # kept in memory
        self.check_alive()

    def test_without_record_there_is_none(self):
        self.start()
        self.assertIs(self.json('/api/cameras')['cameras'][0]['recorded'], False)
        self.assertEqual(self.ask(self.path_of(self.events(1)[0])).status, 404)

    def test_it_needs_the_token(self):
        token = pathlib.Path(self.directory, 'token')
        token.touch(0o600)
        token.write_text(TOKEN, encoding='utf-8')
        self.record(f'--http-token-file={token}')
        bearer = {'Authorization': f'Bearer {TOKEN}'}
        self.wait_for(lambda: b'"id"' in self.ask('/api/events', headers=bearer).body)
        run = self.ask('/api/events', headers=bearer).body.decode().split('"first":"')[1].split('-')[0]
        self.assertEqual(self.ask(f'/api/events/{run}-1/recording').status, 401)
        self.assertIn(self.ask(f'/api/events/{run}-1/recording', headers=bearer).status, (200, 202))

    def sharpness(self, *options):
        """Of the middle of the face, in the middle of a clip."""
        self.record(*options)
        frames = self.decode(self.clip(self.events(1)[0]))
        self.stop()
        picture = frames[len(frames) // 2]
        rows = [picture[WIDTH * y + 130:WIDTH * y + 190] for y in range(90, 150)]
        return sum(abs(a - b) for row in rows for a, b in zip(row, row[1:]))

    def test_faces_are_covered(self):
        self.assertLess(self.sharpness('--anonymize'), 0.6 * self.sharpness())


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
