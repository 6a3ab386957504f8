#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The tables in docs/microexpr.md list every field of messages and metas, with its type, as they come
out of a pipeline; docs/microexpr-event.schema.json has the same fields, types and units.

    fields.py DIRECTORY-OF-THE-DOCUMENTS
"""
import json
import pathlib
import re
import sys
import unittest

from pipelines import CALM, META, SMALL, Gst

PIPELINES = (
    # An event on both sides and a blink, with all data of a face.
    f'microexprtestsrc num-buffers=100 seed=1 {CALM} script="1.2s micro AU12 left 4 300ms; 2.2s blink" !'
    f' {SMALL} ! microexpr kinds=micro+macro+blink min-confidence=0 messages=events+faces+warnings'
    ' face-data=landmarks+units+regions source=door lookahead=300000000 ! fakesink name=sink',
    # A warning.
    'videotestsrc num-buffers=2 ! video/x-raw,width=64,height=48,interlace-mode=interleaved !'
    ' microexpr source=door ! fakesink name=sink',
)
# Fields that these pipelines do not give: tests/check/microexpr has those that do.
OTHERWISE = {
    # A live pipeline, or reference timestamps; tests/check/microexpr/candidates.c; and reports.c.
    'microexpr-event': {'utc', 'candidate', 'context'},
    'face': {'perclos'},                      # half a minute: tests/check/microexpr/chain.c
    'microexpr-warning': {'face', 'orientation'},
    META: {'coming', 'unseen'},
}
UNTRUE = {'confidence', 'candidate', 'units-confidence', 'emotion-confidence', 'snr',
          'speaking', 'context', 'source', 'utc'}  # docs/microexprtestsrc.md says so
TYPES = {'GstStructure': 'structure', 'GstValueList': 'list', 'GstValueArray': 'array',
         'gchararray': 'string', 'gdouble': 'double', 'gboolean': 'boolean'}
HEADINGS = {'Metadata': META}
ROW = re.compile(r'^\| (`.*?`) \| (\w+) \| (.*?) ?\| .* \|$', re.MULTILINE)
JSON_TYPES = {'guint64': 'integer', 'guint': 'integer', 'double': 'number', 'string': 'string', 'boolean': 'boolean',
              'structure': 'object'}
UNITS = {'time': 'ns', 'pixels': 'px', 'fraction': '0 to 1', 'percent': '% IPD'}


def documented():
    """By structure: field -> (type, unit)."""
    tables = {}
    for section in re.split(r'^##+ ', (docs / 'microexpr.md').read_text('utf-8'), flags=re.MULTILINE):
        heading, _, text = section.partition('\n')
        table = text.partition('| field | type | unit | meaning |\n')[2].partition('\n\n')[0]
        name = HEADINGS.get(heading, heading.rpartition(' ')[2].strip('`'))
        if table:
            tables[name] = {field: (kind, unit) for fields, kind, unit in ROW.findall(table)
                            for field in re.findall(r'`([\w-]+)`', fields)}
    return tables


class Seen:
    """What pipelines give. By structure: field -> type."""

    def __init__(self):
        self.fields = {}

    def add(self, structure, name):
        fields = self.fields.setdefault(name, {})
        for i in range(structure.n_fields()):
            field = structure.nth_field_name(i)
            kind = structure.get_field_type(field).name
            fields[field] = TYPES.get(kind, kind)
            if kind != 'GstValueList':
                continue
            for item in structure.get_value(field):
                self.add(item, 'microexpr-event' if field == 'events' else item.get_name())

    def play(self, line):
        def on_buffer(_pad, info):
            self.add(info.get_buffer().get_custom_meta(META).get_structure(), META)
            return Gst.PadProbeReturn.OK

        pipeline = Gst.parse_launch(line)
        pad = pipeline.get_by_name('sink').get_static_pad('sink')
        pad.add_probe(Gst.PadProbeType.BUFFER, on_buffer)
        pipeline.set_state(Gst.State.PLAYING)
        wanted = Gst.MessageType.EOS | Gst.MessageType.ERROR | Gst.MessageType.ELEMENT
        while message := pipeline.get_bus().timed_pop_filtered(100 * Gst.SECOND, wanted):
            if message.type != Gst.MessageType.ELEMENT:
                break
            self.add(message.get_structure(), message.get_structure().get_name())
        pipeline.set_state(Gst.State.NULL)
        if not message or message.type != Gst.MessageType.EOS:
            raise AssertionError(message.parse_error() if message else f'does not end: {line}')


class Fields(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.documented = documented()
        seen = Seen()
        for line in PIPELINES:
            seen.play(line)
        cls.seen = seen.fields
        cls.truth = cls.seen.pop('microexpr-truth')

    def test_every_structure_has_a_table(self):
        self.assertEqual(set(self.documented), set(self.seen))

    def test_every_field_has_a_row_of_its_type(self):
        for name, fields in self.seen.items():
            with self.subTest(structure=name):
                otherwise = OTHERWISE.get(name, set())
                rows = {field: kind for field, (kind, _) in self.documented[name].items()}
                self.assertLessEqual(otherwise, set(rows))
                self.assertEqual(fields, {field: kind for field, kind in rows.items()
                                          if field in fields or field not in otherwise})

    def test_an_event_inside_a_stream_is_read_with_all_its_fields(self):
        reader = (docs.parent / 'gst/event-json.c').read_text('utf-8')
        read = re.findall(r'^  \{ "([a-z-]+)", ', reader, re.MULTILINE)
        self.assertEqual(set(read) - {'age'}, set(self.documented['microexpr-event']))

    def test_the_truth_of_the_test_source_has_the_fields_of_an_event(self):
        rows = self.documented['microexpr-event']
        self.assertEqual(self.truth, {field: kind for field, (kind, _) in rows.items()
                                      if field not in UNTRUE})

    def unit(self, schema):
        """The unit of a value, or of those in an object."""
        defined = schema.get('$ref', '').rpartition('/')[2]
        if defined in UNITS:
            return UNITS[defined]
        values = self.resolve(schema).get('patternProperties', {}).values()
        return self.unit(next(iter(values))) if values else ''

    def resolve(self, schema):
        defined = schema.get('$ref', '').rpartition('/')[2]
        return self.schema['$defs'][defined] if defined else schema

    def test_the_schema_has_the_fields_types_and_units_of_an_event(self):
        self.schema = json.loads((docs / 'microexpr-event.schema.json').read_text('utf-8'))
        rows = self.documented['microexpr-event']
        self.assertEqual(set(self.schema['properties']), set(rows))
        for field, (kind, unit) in rows.items():
            with self.subTest(field=field):
                schema = self.schema['properties'][field]
                self.assertEqual(self.resolve(schema).get('type', 'string'), JSON_TYPES[kind])
                if unit != 'ISO 8601':
                    self.assertEqual(self.unit(schema), unit)
                else:
                    self.assertEqual(schema['format'], 'date-time')


Gst.init(None)
docs = pathlib.Path(sys.argv.pop(1))
unittest.main(verbosity=2)
