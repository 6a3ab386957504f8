#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Plays a video with the findings of microexpr drawn in, and lists the events to jump to.

    player.py [file | URI]       (default: a test face with known expressions)

Needs python3-gst-1.0, gir1.2-gtk-3.0 and gstreamer1.0-gtk3, and GST_PLUGIN_PATH unless
gst-microexpr is installed.
"""
import os
import pathlib
import signal
import sys

try:
    import gi

    gi.require_version('Gst', '1.0')
    gi.require_version('Gtk', '3.0')
    from gi.repository import GLib, Gst, Gtk
except (ImportError, ValueError) as missing:
    sys.exit(f'player.py: {missing}; on Debian: apt install python3-gst-1.0 gir1.2-gtk-3.0')

TEST_SOURCE = ('microexprtestsrc num-buffers=600 seed=5 noise=0.5 micro-rate=20 !'
               ' video/x-raw,width=640,height=480,framerate=30/1')
FILTER = ('videoconvert ! videoflip video-direction=auto !'
          ' microexpr kinds=micro+macro overlay=true ! videoconvert')


def make_pipeline(name):
    """A pipeline and its gtksink."""
    try:
        sink = Gst.parse_launch_full('gtksink', None, Gst.ParseFlags.FATAL_ERRORS)
        if name is None:
            pipeline = Gst.parse_launch_full(f'{TEST_SOURCE} ! {FILTER} ! identity name=end', None,
                                             Gst.ParseFlags.FATAL_ERRORS)
            pipeline.add(sink)
            pipeline.get_by_name('end').link(sink)
        else:
            pipeline = Gst.parse_launch_full('playbin', None, Gst.ParseFlags.FATAL_ERRORS)
            path = pathlib.Path(name).absolute()
            file = path.exists() or not Gst.uri_is_valid(name)
            pipeline.props.uri = path.as_uri() if file else name
            pipeline.props.video_filter = Gst.parse_bin_from_description(FILTER, True)
            pipeline.props.video_sink = sink
    except GLib.Error as error:
        sys.exit(f'player.py: {error.message}; on Debian, gtksink: apt install gstreamer1.0-gtk3')
    return pipeline, sink


class Player:
    def __init__(self, name):
        self.failed = False
        self.pipeline, sink = make_pipeline(name)
        self.events = Gtk.ListBox(activate_on_single_click=True)
        self.events.connect('row-activated', self.on_row)
        scroll = Gtk.ScrolledWindow(min_content_height=120)
        scroll.add(self.events)
        self.button = Gtk.ToggleButton(label='Pause')
        self.button.connect('toggled', self.on_pause)

        box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
        box.pack_start(sink.props.widget, True, True, 0)
        box.pack_start(self.button, False, False, 0)
        box.pack_start(scroll, False, False, 0)
        shown = os.fsencode(name or 'test face').decode(errors='replace')
        window = Gtk.Window(title=f'Micro-expressions: {shown}',
                            default_width=640, default_height=640)
        window.connect('destroy', Gtk.main_quit)
        window.add(box)
        window.show_all()

        bus = self.pipeline.get_bus()
        bus.add_signal_watch()
        bus.connect('message::element', self.on_element)
        bus.connect('message::error', self.on_error)

    def on_element(self, _bus, message):
        event = message.get_structure()
        if event.get_name() != 'microexpr-event':
            return
        name = event.get_value('emotion') or event.get_value('kind')
        row = Gtk.ListBoxRow()
        row.onset = event.get_value('onset')
        text = (f"{row.onset / 1e9:9.3f} s  face {event.get_value('face')}  {name}"
                f"  {100 * event.get_value('confidence'):.0f} %")
        row.add(Gtk.Label(label=text, xalign=0))
        row.show_all()
        self.events.insert(row, 0)
        print(text, flush=True)

    def on_row(self, _list, row):
        """Seeks to a little before the onset; live video cannot go back."""
        flags = Gst.SeekFlags.FLUSH | Gst.SeekFlags.ACCURATE
        self.pipeline.seek_simple(Gst.Format.TIME, flags, max(0, row.onset - Gst.SECOND // 2))

    def on_pause(self, button):
        self.pipeline.set_state(Gst.State.PAUSED if button.props.active else Gst.State.PLAYING)

    def on_error(self, _bus, message):
        print('player.py:', message.parse_error()[0].message, file=sys.stderr)
        self.failed = True
        Gtk.main_quit()

    def run(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, number, Gtk.main_quit)
        self.pipeline.set_state(Gst.State.PLAYING)
        Gtk.main()
        self.pipeline.set_state(Gst.State.NULL)
        return 1 if self.failed else 0


def main():
    Gst.init(None)
    if not Gtk.init_check(None)[0]:
        sys.exit('player.py: no display')
    sys.exit(Player(sys.argv[-1] if len(sys.argv) > 1 else None).run())


if __name__ == '__main__':
    main()
