#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""examples/player.py shows a video with the overlay, lists the events and ends when it is told to:
on a display of its own. Skips itself (exit 77) without Xvfb, GTK or gtksink.

    player.py EXAMPLES-DIRECTORY
"""
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from pipelines import Gst, gi, write_clip

try:
    gi.require_version('Gdk', '3.0')
    gi.require_version('Gtk', '3.0')
except ValueError as missing:
    print(f'skipped: {missing}; needs gir1.2-gtk-3.0')
    sys.exit(77)
Gst.init(None)
if not shutil.which('Xvfb') or not Gst.ElementFactory.find('gtksink'):
    print('skipped: needs xvfb and gstreamer1.0-gtk3')
    sys.exit(77)


class Player(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.mkdtemp()
        cls.clip = f'{cls.directory}/interview.avi'
        write_clip(cls.clip, 4)
        cls.server = subprocess.Popen(['Xvfb', '-displayfd', '1', '-screen', '0', '800x700x24'],
                                      stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        os.environ['DISPLAY'] = f':{cls.server.stdout.readline().strip()}'
        os.environ['GDK_BACKEND'] = 'x11'
        os.environ['NO_AT_BRIDGE'] = '1'
        from gi.repository import Gdk
        Gdk.init([])
        cls.gdk = Gdk

    @classmethod
    def tearDownClass(cls):
        cls.gdk.Display.get_default().close()
        cls.server.terminate()
        cls.server.wait()
        cls.server.stdout.close()
        shutil.rmtree(cls.directory)

    def play(self, *arguments):
        process = subprocess.Popen([f'{examples}/player.py', *arguments], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        timer = threading.Timer(100, process.kill)
        timer.start()
        self.addCleanup(timer.cancel)
        return process

    def box_is_drawn(self):
        """A long nearly white line in the left half of the picture, as the sides of boxes are."""
        root = self.gdk.get_default_root_window()
        picture = self.gdk.pixbuf_get_from_window(root, 0, 0, 640, 480)
        pixels, row = picture.get_pixels(), picture.get_rowstride()
        n = picture.get_n_channels()
        for x in range(100, 320):
            white = sum(min(pixels[y * row + x * n:y * row + x * n + 3]) > 0xe8
                        and max(pixels[y * row + (x + 4) * n:y * row + (x + 4) * n + 3]) < 0xe0
                        for y in range(120, 400))
            if white > 100:
                return True
        return False

    def test_it_shows_boxes_and_events(self):
        process = self.play(self.clip)
        line = process.stdout.readline()
        self.assertRegex(line, r'^ *\d\.\d{3} s  face 0  [a-z]+  \d+ %$')
        deadline = time.monotonic() + 100
        while not self.box_is_drawn():
            self.assertLess(time.monotonic(), deadline, 'no box is drawn')
            time.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate()
        self.assertEqual(process.returncode, 0, errors)

    def test_a_file_that_is_not_there_is_an_error(self):
        process = self.play('/nowhere/a.mp4')
        _, errors = process.communicate()
        self.assertEqual(process.returncode, 1)
        self.assertIn('player.py: Resource not found.', errors)
        self.assertNotIn('Traceback', errors)

    def test_without_a_display_it_says_so(self):
        done = subprocess.run([f'{examples}/player.py'], capture_output=True, text=True, check=False,
                              env={**os.environ, 'DISPLAY': ':none', 'WAYLAND_DISPLAY': ''})
        self.assertEqual((done.returncode, done.stderr), (1, 'player.py: no display\n'))


examples = sys.argv.pop(1)
unittest.main(verbosity=2)
