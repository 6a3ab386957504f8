#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Events as a WebVTT track of a live HLS stream that hlssink2 writes, for players in browsers.

    ... microexprextract ! webvttenc ! fdsink | hls-events.py DIRECTORY

DIRECTORY holds video.m3u8 and its segments; master.m3u8, which players open, events.m3u8 and a WebVTT
file for each segment are added. An event is known some time after its offset, so a segment gets its
events when the one after it is complete. See docs/microexprextract.md.
"""
import os
import pathlib
import re
import stat
import sys
import threading
import time

CLOCK = 90000  # of MPEG-TS, per second
BEGIN = 3600 * CLOCK  # what mpegtsmux calls the running time 0
POLL_S = 0.5
MASTER = """#EXTM3U
#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="events",NAME="Events",DEFAULT=YES,AUTOSELECT=YES,URI="events.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=2000000,SUBTITLES="events"
video.m3u8
"""


def to_s(text):
    """01:02:03.456; hours may be missing."""
    total = 0.0
    for part in text.split(':'):
        total = 60 * total + float(part)
    return total


def read_pts(field):
    """The 33 bits of a PTS, between marker bits."""
    return ((field[0] >> 1 & 7) << 30 | field[1] << 22 | field[2] >> 1 << 15 | field[3] << 7
            | field[4] >> 1)


class Cues:
    """From a WebVTT stream while it is written; a file is there already."""

    def __init__(self, file):
        self.cues, self.is_complete = [], False
        if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            self.read(file)
        else:
            threading.Thread(target=self.read, args=(file,), daemon=True).start()

    def read(self, file):
        times = None
        for line in file:
            found = re.match(r'([\d:.]+) --> ([\d:.]+)', line)
            if found:
                times = found
            elif times and line.strip():
                self.cues.append((to_s(times[1]), to_s(times[2]), f'{times[0]}\n{line.strip()}\n'))
                times = None
        self.is_complete = True

    def between(self, begin, end):
        return [text for first, last, text in list(self.cues) if first < end and last > begin]


class Track:
    def __init__(self, directory, cues):
        self.directory, self.cues = directory, cues
        self.write('master.m3u8', MASTER)

    def write(self, name, text):
        """Players never see half of it."""
        part = self.directory / f'.{name}.part'
        part.write_text(text, encoding='utf-8')
        part.replace(self.directory / name)

    def find_begin(self, name):
        """When a video segment begins, in s of the stream: the PTS of its first PES packet of video."""
        with open(self.directory / name, 'rb') as file:
            while len(packet := file.read(188)) == 188:
                payload = packet[5 + packet[4]:] if packet[3] & 0x20 else packet[4:]
                if packet[1] & 0x40 and re.match(rb'\x00\x00\x01[\xe0-\xef]', payload):
                    return (read_pts(payload[9:14]) - BEGIN) / CLOCK
        raise ValueError(f'{name} holds no video')

    def update(self, is_last):
        """Writes what is due; returns whether the video is complete."""
        playlist = self.directory / 'video.m3u8'
        if not playlist.exists():
            return False
        lines = playlist.read_text(encoding='utf-8').splitlines()
        head = [line for line in lines if re.match('#EXT(M3U|-X-(VERSION|TARGETDURATION|MEDIA-SEQ))', line)]
        segments = [(line, lines[i + 1]) for i, line in enumerate(lines[:-1]) if line.startswith('#EXTINF')]
        due = segments if is_last else segments[:-1]
        names = [self.write_segment(*segment) for segment in due]
        body = [line for (length, _), name in zip(due, names) for line in (length, name)]
        end = ['#EXT-X-ENDLIST'] if is_last else []
        self.write('events.m3u8', '\n'.join(head + body + end) + '\n')
        for old in set(self.directory.glob('events-*.vtt')) - {self.directory / name for name in names}:
            old.unlink()
        return '#EXT-X-ENDLIST' in lines

    def write_segment(self, length, video):
        name = f'events-{pathlib.Path(video).stem}.vtt'
        if not (self.directory / name).exists():
            begin = self.find_begin(video)
            texts = self.cues.between(begin, begin + float(re.search(r'[\d.]+', length)[0]))
            self.write(name, '\n'.join(
                ['WEBVTT', f'X-TIMESTAMP-MAP=MPEGTS:{BEGIN},LOCAL:00:00:00.000', '', *texts]))
        return name


def main():
    cues = Cues(sys.stdin)
    track = Track(pathlib.Path(sys.argv[1]), cues)
    while not (track.update(False) and cues.is_complete):
        time.sleep(POLL_S)
    track.update(True)


if __name__ == '__main__':
    main()
