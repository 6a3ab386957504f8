#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Converts the JSON Lines of microexprextract to annotations for ELAN.

    elan.py EVENTS.jsonl VIDEO OUTPUT.eaf

Each face and kind of event has a tier, `face 0 micro`. Below it are one tier per action unit,
`face 0 micro AU12`, with the strength on both sides in percent of the interpupillary distance, and
one with the phases, onset to apex and apex to offset. Overlapping events, which ELAN does not allow
in one tier, go to another, `face 0 micro (2)`. Times are whole milliseconds, as in ELAN. Needs only
Python.
"""
import datetime
import json
import mimetypes
import os
import pathlib
import sys
import urllib.parse
import xml.etree.ElementTree as xml

PHASES = ('onset', 'offset')
CONSTRAINTS = {
    'Time_Subdivision': 'Parts of the parent without gaps between them',
    'Included_In': 'Annotations within the time of the parent',
}
TYPES = {'event': None, 'phase': 'Time_Subdivision', 'action unit': 'Included_In'}


def ms(time):
    return (time + 500_000) // 1_000_000


def read_events(path):
    """The events of a file that have a stream time, by onset."""
    events = []
    with open(path, encoding='utf-8') as lines:
        for number, line in enumerate(lines, 1):
            try:
                event = json.loads(line)
                if {'onset', 'apex', 'offset'} <= event.keys():
                    events.append(event)
            except (ValueError, AttributeError):
                sys.exit(f'elan.py: {path}:{number}: not an event in JSON')
    sources = {event.get('source') for event in events}
    if len(sources) > 1:
        sys.exit(f'elan.py: {path}: events of {len(sources)} sources; an annotation file has one '
                 'video: separate them by `source`')
    return sorted(events, key=lambda event: event['onset'])


class Document:
    """Tiers and annotations; time slots are numbered once all are known."""

    def __init__(self):
        self.root = xml.Element('ANNOTATION_DOCUMENT', {
            'AUTHOR': 'gst-microexpr', 'FORMAT': '3.0', 'VERSION': '3.0',
            'DATE': datetime.datetime.now().astimezone().isoformat(timespec='seconds'),
            'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
            'xsi:noNamespaceSchemaLocation': 'http://www.mpi.nl/tools/elan/EAFv3.0.xsd'})
        self.header = xml.SubElement(self.root, 'HEADER',
                                     {'MEDIA_FILE': '', 'TIME_UNITS': 'milliseconds'})
        self.time_order = xml.SubElement(self.root, 'TIME_ORDER')
        self.tiers = {}
        self.ends = {}  # of the last annotation, by tier
        self.slots = []  # (ms, slot); a slot is a list that gets its name later
        self.annotations = []  # (slot, slot, element)

    def slot(self, time):
        slot = []
        self.slots.append((time, slot))
        return slot

    def tier(self, name, kind, parent=None):
        if name not in self.tiers:
            attributes = {'TIER_ID': name, 'LINGUISTIC_TYPE_REF': kind}
            if parent:
                attributes['PARENT_REF'] = parent
            self.tiers[name] = xml.SubElement(self.root, 'TIER', attributes)
        return self.tiers[name]

    def free_tier(self, name, begin):
        """The first of `name`, `name (2)`... that is free at `begin`."""
        number, free = 1, name
        while self.ends.get(free, 0) > begin:
            number += 1
            free = f'{name} ({number})'
        return free

    def annotate(self, tier, begin, end, value):
        """begin, end: slots."""
        annotation = xml.SubElement(xml.SubElement(tier, 'ANNOTATION'), 'ALIGNABLE_ANNOTATION',
                                    {'ANNOTATION_ID': f'a{len(self.annotations) + 1}'})
        xml.SubElement(annotation, 'ANNOTATION_VALUE').text = value
        self.annotations.append((begin, end, annotation))

    def number_slots(self):
        for number, (time, slot) in enumerate(sorted(self.slots, key=lambda s: s[0]), 1):
            slot.append(f'ts{number}')
            xml.SubElement(self.time_order, 'TIME_SLOT',
                           {'TIME_SLOT_ID': slot[0], 'TIME_VALUE': str(time)})
        for begin, end, annotation in self.annotations:
            annotation.set('TIME_SLOT_REF1', begin[0])
            annotation.set('TIME_SLOT_REF2', end[0])

    def add_types(self):
        for name, constraint in TYPES.items():
            attributes = {'LINGUISTIC_TYPE_ID': name, 'TIME_ALIGNABLE': 'true',
                          'GRAPHIC_REFERENCES': 'false'}
            if constraint:
                attributes['CONSTRAINTS'] = constraint
            xml.SubElement(self.root, 'LINGUISTIC_TYPE', attributes)
        for name, description in CONSTRAINTS.items():
            xml.SubElement(self.root, 'CONSTRAINT',
                           {'STEREOTYPE': name, 'DESCRIPTION': description})

    def write(self, path):
        self.number_slots()
        self.add_types()
        tree = xml.ElementTree(self.root)
        xml.indent(tree)
        tree.write(path, encoding='UTF-8', xml_declaration=True)


def relative_url(path, folder):
    """A URL as ELAN writes it, unescaped, unless the name is not UTF-8, which XML cannot hold."""
    relative = './' + os.path.relpath(path, folder)
    name = os.fsencode(relative)
    return relative if name.decode(errors='ignore') == relative else urllib.parse.quote(name)


def add_media(document, video, output):
    path = pathlib.Path(video).absolute()
    xml.SubElement(document.header, 'MEDIA_DESCRIPTOR', {
        'MEDIA_URL': path.as_uri(),
        'RELATIVE_MEDIA_URL': relative_url(path, pathlib.Path(output).absolute().parent),
        'MIME_TYPE': mimetypes.guess_type(path.name)[0] or 'video/*'})


def describe_unit(event, unit):
    """`1.9 left 1.9 right 1.3`, or only the strength for a unit without sides."""
    sides = [f'{side} {event[side][unit]:.1f}' for side in ('left', 'right')
             if unit in event.get(side, {})]
    return ' '.join([f"{event['action-units'][unit]:.1f}", *sides])


def add_event(document, event):
    begin, end = ms(event['onset']), max(ms(event['offset']), ms(event['onset']) + 2)
    apex = min(max(ms(event['apex']), begin + 1), end - 1)
    name = document.free_tier(f"face {event['face']} {event['kind']}", begin)
    first, middle, last = document.slot(begin), document.slot(apex), document.slot(end)
    value = f"{event.get('emotion', event['kind'])} {100 * event['confidence']:.0f} %"
    document.ends[name] = end
    document.annotate(document.tier(name, 'event'), first, last, value)
    phases = document.tier(f'{name} phase', 'phase', name)
    document.annotate(phases, first, middle, PHASES[0])
    document.annotate(phases, middle, last, PHASES[1])
    for unit in event['action-units']:
        document.annotate(document.tier(f'{name} {unit}', 'action unit', name),
                          document.slot(begin), document.slot(end), describe_unit(event, unit))


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    document = Document()
    try:
        add_media(document, sys.argv[2], sys.argv[3])
        for event in read_events(sys.argv[1]):
            if not event.get('candidate'):  # as the review page, which leaves them to the coder
                add_event(document, event)
        document.write(sys.argv[3])
    except OSError as error:
        sys.exit(f'elan.py: {error}')


if __name__ == '__main__':
    main()
