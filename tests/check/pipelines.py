# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the tests in Python share: playing a pipeline, its events as dicts, comparing them with rows
of a table. Ends the test as skipped (exit 77) without python3-gst-1.0."""
import contextlib
import os
import shlex
import subprocess
import sys

try:
    import gi

    gi.require_version('Gst', '1.0')
    from gi.repository import GLib, Gst
except (ImportError, ValueError) as missing:
    print(f'skipped: {missing}; needs python3-gst-1.0')
    sys.exit(77)

META = 'GstMicroexprMeta'
PARTS = ('action-units', 'left', 'right', 'units-confidence', 'units-intensity', 'emotions')
CALM = 'noise=0.5 micro-rate=0 macro-rate=0 blink-rate=0'
SMALL = 'video/x-raw,width=480,height=360,framerate=30/1'


def to_dict(structure):
    return {key: to_dict(structure[key]) if key in PARTS else structure[key]
            for key in structure.keys()}


def events_of(structure):
    """The events in the structure of a meta, or of an event downstream; any other has none."""
    if not structure or structure.get_name() != META:
        return []
    return [to_dict(event) for event in structure.get_value('events')]


def structure_of(event):
    """For a `with` block: newer GStreamer lends the structure for one only, older hands it out."""
    structure = event.get_structure()
    return structure if hasattr(structure, '__enter__') else contextlib.nullcontext(structure)


def play(line, prepare=None):
    """Plays a pipeline to its end: the events on the bus, and those that came to the element `sink`
    in metas, each taken once by its id, as lists of dicts. prepare: is called with the pipeline
    before it starts."""
    pipeline = Gst.parse_launch(line)
    if prepare:
        prepare(pipeline)
    on_bus, in_metas = [], {}

    def take(structure):
        for event in events_of(structure):
            in_metas.setdefault(event['id'], event)

    def on_data(_pad, info):
        if info.type & Gst.PadProbeType.BUFFER:
            take(info.get_buffer().get_custom_meta(META).get_structure())
        else:
            with structure_of(info.get_event()) as structure:
                take(structure)
        return Gst.PadProbeReturn.OK

    pad = pipeline.get_by_name('sink').get_static_pad('sink')
    pad.add_probe(Gst.PadProbeType.BUFFER | Gst.PadProbeType.EVENT_DOWNSTREAM, on_data)
    pipeline.set_state(Gst.State.PLAYING)
    wanted = Gst.MessageType.EOS | Gst.MessageType.ERROR | Gst.MessageType.ELEMENT
    while message := pipeline.get_bus().timed_pop_filtered(100 * Gst.SECOND, wanted):
        if message.type != Gst.MessageType.ELEMENT:
            break
        if message.get_structure().get_name() == 'microexpr-event':
            on_bus.append(to_dict(message.get_structure()))
    pipeline.set_state(Gst.State.NULL)
    if not message or message.type != Gst.MessageType.EOS:
        raise AssertionError(message.parse_error() if message else f'does not end: {line}')
    return on_bus, list(in_metas.values())


def environment(**more):
    """For programs that load the plugin: a sanitised one needs the library of its sanitizer."""
    env = dict(os.environ, **more)
    if env.get('SANITIZER_RUNTIME'):
        env['LD_PRELOAD'] = env['SANITIZER_RUNTIME']
    return env


def launch(line, **more):
    """Plays a pipeline as a user would."""
    subprocess.run(['gst-launch-1.0', '-q', *shlex.split(line)], check=True, env=environment(**more))


def assert_row(test, event, row):
    """Every cell is the value of the event, or empty where it has none."""
    for column, cell in row.items():
        part, name = event, column
        if column.startswith('AU'):
            name, _, side = column.partition('_')
            part = event.get('units-confidence' if side == 'confidence' else side or 'action-units', {})
        elif column in ('happiness', 'sadness', 'anger', 'fear', 'disgust', 'surprise'):
            part = event.get('emotions', {})
        value = part.get(name)
        if value is None:
            test.assertEqual(cell, '', column)
        else:
            test.assertEqual(type(value)(cell), value, column)


def write_clip(path, n_events):
    """A recording with an event about every 0.8 s."""
    script = '; '.join(f'{1 + 0.8 * n:.1f}s micro {("AU12", "AU1+2")[n % 2]} 4 200ms'
                       for n in range(n_events))
    launch(f'microexprtestsrc num-buffers={20 * n_events + 50} seed=5 {CALM} script="{script}" !'
           ' video/x-raw,width=320,height=240,framerate=25/1 ! jpegenc quality=95 ! avimux !'
           f' filesink location={path}')


def write_clip_of_one_time(path, n_frames):
    """A recording whose frames all have the same time, as those of an animated GIF. Not encoded: parsers of
    GStreamer 1.26 give times of their own."""
    def send_without_time(pad, info):
        picture = info.get_buffer()
        buffer = Gst.Buffer.new_wrapped(picture.extract_dup(0, picture.get_size()))
        buffer.pts = buffer.dts = 0
        pad.get_peer().chain(buffer)
        return Gst.PadProbeReturn.DROP

    Gst.init(None)
    pipeline = Gst.parse_launch(
        f'videotestsrc name=source num-buffers={n_frames} ! video/x-raw,format=I420,width=320,height=240 !'
        f' matroskamux ! filesink location={path}')
    pad = pipeline.get_by_name('source').get_static_pad('src')
    pad.add_probe(Gst.PadProbeType.BUFFER, send_without_time)
    pipeline.set_state(Gst.State.PLAYING)
    pipeline.get_bus().timed_pop_filtered(
        60 * Gst.SECOND, Gst.MessageType.EOS | Gst.MessageType.ERROR)
    pipeline.set_state(Gst.State.NULL)
