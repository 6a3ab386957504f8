#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Reads faces and events from the metadata of video buffers, and prints them.

    metas.py [file | URI]       (default: a test face with known expressions)

Needs python3-gst-1.0, and GST_PLUGIN_PATH unless gst-microexpr is installed.
"""
import contextlib
import pathlib
import sys
import threading

try:
    import gi

    gi.require_version('Gst', '1.0')
    from gi.repository import Gst
except (ImportError, ValueError) as missing:
    sys.exit(f'metas.py: {missing}; on Debian: apt install python3-gst-1.0')

META = 'GstMicroexprMeta'
TEST_SOURCE = ('microexprtestsrc num-buffers=128 seed=5 noise=0.5 micro-rate=0 macro-rate=0'
               ' blink-rate=0 script="2s micro AU12 4 300ms; 3.9s micro AU1+2 4 300ms"'
               ' ! video/x-raw,width=480,height=360,framerate=30/1')


def fields(structure):
    """The fields of a structure as a dict."""
    if not hasattr(structure, 'keys'):
        sys.exit('metas.py: these bindings cannot read structures; '
                 'on Debian: apt install python3-gst-1.0')
    return {key: structure[key] for key in structure.keys()}


def print_event(structure):
    event = fields(structure)
    strengths = fields(event['action-units'])
    units = ', '.join(f'{unit} {strengths[unit]:.1f}'
                      for unit in sorted(strengths, key=lambda unit: int(unit[2:])))
    print(f"{event['onset'] / 1e9:9.3f} s  face {event['face']}  {event['kind']}"
          f"  {event.get('emotion', '-')}  {100 * event['confidence']:.0f} %  {units}", flush=True)


def structure_of(event):
    """A context manager: newer GStreamer gives access to the structure only in a `with` block."""
    structure = event.get_structure()
    return structure if hasattr(structure, '__enter__') else contextlib.nullcontext(structure)


class Printer:
    """Prints each event once: it is repeated on later buffers, in case some are dropped."""

    def __init__(self):
        self.printed = set()
        self.lock = threading.Lock()

    def take(self, events):
        with self.lock:
            for event in events:
                if event['id'] not in self.printed:
                    self.printed.add(event['id'])
                    print_event(event)

    def on_event(self, _pad, info):
        """Prints events concluded at the end of the stream: an event with them precedes EOS."""
        with structure_of(info.get_event()) as structure:
            if structure and structure.get_name() == META:
                self.take(structure.get_value('events'))
        return Gst.PadProbeReturn.OK


def make_source(name):
    if name is None:
        return TEST_SOURCE
    path = pathlib.Path(name).absolute()
    uri = path.as_uri() if path.exists() or not Gst.uri_is_valid(name) else name
    return f'uridecodebin uri="{uri}" ! videoconvert ! videoflip video-direction=auto'


def samples(pipeline, sink):
    """The samples of an appsink, until the end of the stream; an error ends the program."""
    while not sink.props.eos:
        sample = sink.emit('try-pull-sample', Gst.SECOND)
        if sample:
            yield sample
        elif error := pipeline.get_bus().pop_filtered(Gst.MessageType.ERROR):
            pipeline.set_state(Gst.State.NULL)
            sys.exit(f'metas.py: {error.parse_error()[0].message}')


def main():
    Gst.init(None)
    source = make_source(sys.argv[-1] if len(sys.argv) > 1 else None)
    pipeline = Gst.parse_launch(f'{source} ! microexpr kinds=micro+macro ! appsink name=sink sync=false')
    sink = pipeline.get_by_name('sink')
    printer = Printer()
    sink.get_static_pad('sink').add_probe(Gst.PadProbeType.EVENT_DOWNSTREAM, printer.on_event)
    pipeline.set_state(Gst.State.PLAYING)

    faces_seen = set()
    for sample in samples(pipeline, sink):
        meta = sample.get_buffer().get_custom_meta(META).get_structure()
        printer.take(meta.get_value('events'))
        for face in meta.get_value('faces'):
            if face['id'] not in faces_seen:
                faces_seen.add(face['id'])
                print(f"face {face['id']}: {face['width']}x{face['height']}"
                      f" at {face['x']},{face['y']}")
    pipeline.set_state(Gst.State.NULL)


if __name__ == '__main__':
    main()
