#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""examples/hls-events.py beside hlssink2: every event is in the segments that it overlaps, at its time
of the video; segments come when their events are known, and go with the video. Skips itself (exit 77)
without the elements.

    hls.py EXAMPLES-DIRECTORY
"""
import importlib.util
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

ELEMENTS = ('hlssink2', 'x264enc', 'h264parse', 'webvttenc')
VIDEO = ('microexprtestsrc num-buffers=300 seed=5 noise=0.5 micro-rate=40 macro-rate=0 blink-rate=0 ! '
         'video/x-raw,width=320,height=240,framerate=25/1')
HEAD = 'WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:324000000,LOCAL:00:00:00.000\n'


def encode(video, directory, playlist):
    """Until the playlist says that it is complete: hlssink2 of GStreamer 1.22 often waits for ever after that."""
    pipeline = (f'{video} ! x264enc key-int-max=50 tune=zerolatency speed-preset=ultrafast ! h264parse ! '
                f'hlssink2 location={directory}/video-%05d.ts target-duration=2 max-files=0 '
                f'playlist-location={directory}/{playlist} playlist-length=0')
    with subprocess.Popen(['gst-launch-1.0', '-q', *pipeline.split()]) as process:
        while process.poll() is None:
            time.sleep(0.1)
            if (directory / playlist).exists() and '#EXT-X-ENDLIST' in (directory / playlist).read_text('utf-8'):
                process.kill()


class Hls(unittest.TestCase):
    def setUp(self):
        self.directory = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.directory)

    def stream(self):
        """Both branches of the recipe, each from the same source; returns the WebVTT of all events."""
        subtitles = self.directory / 'all.vtt'
        encode(VIDEO, self.directory, 'video.m3u8')
        events = f'{VIDEO} ! microexpr ! microexprextract ! webvttenc ! filesink location={subtitles}'
        subprocess.run(['gst-launch-1.0', '-q', *events.split()], check=True, timeout=200)
        with open(subtitles, encoding='utf-8') as file:
            subprocess.run([hls.__file__, self.directory], stdin=file, check=True, timeout=100)
        return subtitles.read_text(encoding='utf-8')

    def test_events_are_in_their_segments(self):
        text = self.stream()
        cues = [(*map(hls.to_s, found.group(1, 2)), found[0])
                for found in (re.search('(.*) --> (.*)\n(.*)', cue) for cue in text.split('\n\n')) if found]
        self.assertGreater(len(cues), 4)
        playlists = [(self.directory / name).read_text(encoding='utf-8')
                     for name in ('video.m3u8', 'events.m3u8')]
        videos, events = (re.findall('^[^#\n].*', playlist, re.MULTILINE) for playlist in playlists)
        self.assertEqual(len(videos), 6)
        self.assertEqual([f'events-{name[:-3]}.vtt' for name in videos], events)
        self.assertIn('#EXT-X-ENDLIST', playlists[1])
        for i, name in enumerate(events):
            found = (self.directory / name).read_text(encoding='utf-8')
            self.assertTrue(found.startswith(HEAD), found)
            for first, last, cue in cues:
                self.assertEqual(cue in found, first < 2 * i + 2 and last > 2 * i, (name, cue))
        master = (self.directory / 'master.m3u8').read_text(encoding='utf-8')
        self.assertIn('URI="events.m3u8"', master)
        self.assertEqual(list(self.directory.glob('.*')), [])

    def test_a_segment_waits_for_its_events_and_goes_with_the_video(self):
        encode(VIDEO.replace('300', '200'), self.directory, 'whole.m3u8')

        def show(first, n):
            lines = ['#EXTM3U', '#EXT-X-VERSION:3', f'#EXT-X-MEDIA-SEQUENCE:{first}']
            for i in range(first, first + n):
                lines += ['#EXTINF:2,', f'video-{i:05}.ts']
            (self.directory / 'video.m3u8').write_text('\n'.join(lines), encoding='utf-8')

        def shown():
            text = (self.directory / 'events.m3u8').read_text(encoding='utf-8')
            files = sorted(path.name for path in self.directory.glob('events-*.vtt'))
            self.assertEqual(files, re.findall('^[^#\n].*', text, re.MULTILINE))
            return [int(name[-9:-4]) for name in files], text

        with open('/dev/null', encoding='utf-8') as nothing:
            cues = hls.Cues(nothing)
        track = hls.Track(self.directory, cues)
        self.assertFalse(track.update(False))
        show(0, 2)
        track.update(False)
        self.assertEqual(shown()[0], [0])
        cues.cues.append((2.5, 2.7, 'late\n'))
        show(1, 3)
        track.update(False)
        numbers, text = shown()
        self.assertEqual(numbers, [1, 2])
        self.assertIn('#EXT-X-MEDIA-SEQUENCE:1\n', text)
        found = (self.directory / 'events-video-00001.vtt').read_text(encoding='utf-8')
        self.assertIn('late', found)


examples = pathlib.Path(sys.argv[1])
if any(subprocess.run(['gst-inspect-1.0', '--exists', name], check=False).returncode for name in ELEMENTS):
    print('skipped: needs ' + ', '.join(ELEMENTS))
    sys.exit(77)
spec = importlib.util.spec_from_file_location('hls', examples / 'hls-events.py')
hls = importlib.util.module_from_spec(spec)
spec.loader.exec_module(hls)
unittest.main(argv=sys.argv[:1] + sys.argv[2:])
