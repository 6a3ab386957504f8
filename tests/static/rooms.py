#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Includes go one way: no circle between files, none from a room to one above it, and none without
its folder from outside the room. Nor do calls go in a circle, whichever header declares the
function. docs/architecture.md draws the rooms.

  rooms.py ROOT"""

import pathlib
import re
import sys

SOURCES = ('.c', '.h', '.cc')

# What each room may include beside itself and what EVERYWHERE names.
ROOMS = {
    'src/common': [],
    'src/anatomy': ['src/common'],
    'src/finding': ['src/common', 'src/anatomy'],
    'src/following': ['src/common', 'src/anatomy', 'src/finding'],
    'src/spotting': ['src/common', 'src/anatomy', 'src/finding', 'src/following'],
    'src/reading': ['src/common', 'src/anatomy', 'src/finding', 'src/following', 'src/spotting'],
    'src': ['src/common', 'src/anatomy', 'src/finding', 'src/following', 'src/spotting',
            'src/reading'],
    'gst': [],
    'gst/overlay': ['gst', 'src/anatomy'],
    'gst/extract': ['gst'],
    'gst/testsrc': ['gst', 'src/common', 'src/anatomy', 'src/finding'],
    'gst/microexpr': ['gst', 'gst/overlay'],
    'examples': [],
    'examples/tools/shared': ['src/reading'],
    'examples/tools/live': ['examples/tools/shared'],
    'examples/tools/monitor': ['examples/tools/shared', 'examples/tools/live', 'gst'],
    'examples/tools/review': ['examples/tools/shared'],
    'examples/tools/train': ['examples/tools/shared'],
    'examples/tools/evaluate': ['examples/tools/shared', 'src/finding'],
    'data/train-landmarks': ['src/anatomy', 'src/finding', 'gst/testsrc', 'examples/tools/shared'],
    'data/ict-facekit': ['src/anatomy', 'src/finding'],
    'data/smiles': ['src/anatomy', 'src/finding'],
}
# The plugin registers every element, so it alone looks into the rooms beside it.
ABOVE = {'gst/plugin.c': ['gst/overlay', 'gst/extract', 'gst/testsrc', 'gst/microexpr']}
FOLDERS = ('src', 'gst', 'examples/tools', 'data')
EVERYWHERE = ('src/microexpr.h', 'src/common/vectorised.h')
# Where calls are checked too: plain C, in which a name means one function of a room.
CALLS = re.compile(r'(src|gst|examples/tools)/.*\.(c|cc)$')
GENERATED = re.compile(r'(^|/)(config|format-list|[a-z]+-resources)\.h$')


def room_of(path):
    return path.rpartition('/')[0]


def stem_of(path):
    return path.rpartition('.')[0]


def target(files, includer, name):
    """The file that an include names: of the same room, or by its folder."""
    for folder in (room_of(includer), *FOLDERS):
        if f'{folder}/{name}' in files:
            return f'{folder}/{name}'
    return None


def read_includes(root):
    """file -> [(line, name, file included)], of our own files."""
    files = {str(f.relative_to(root)) for room in ROOMS for f in (root / room).glob('*')
             if f.suffix in SOURCES}
    includes = {}
    for file in sorted(files):
        text = (root / file).read_text()
        includes[file] = [(text.count('\n', 0, m.start()) + 1, m[1], target(files, file, m[1]))
                          for m in re.finditer(r'^#include "([^"]+)"', text, re.M)
                          if not GENERATED.search(m[1])]
    return includes


def misplaced(includes):
    for file, lines in includes.items():
        room = room_of(file)
        may = ROOMS[room] + ABOVE.get(file, [])
        for line, name, included in lines:
            where = f'{file}:{line}: "{name}"'
            if included is None:
                yield f'{where} is no file of this tree'
            elif included not in EVERYWHERE and room_of(included) not in [room, *may]:
                yield f'{where}: {room}/ may not include {room_of(included)}/'
            elif '/' not in name and room_of(included) not in (room, 'src', 'gst'):
                yield f'{where} lacks its folder'


def code_of(path):
    """The text without comments and strings."""
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"', ' ', path.read_text(), flags=re.S)


def read_calls(root, files):
    """[(file, file that defines a function it names)]. By the code's style, only the definition of
    a function has its name in the first column."""
    texts = {file: code_of(root / file) for file in files if CALLS.match(file)}
    own = {file: set(re.findall(r'^(\w+) \(', text, re.M)) for file, text in texts.items()}
    shared = {file: set(re.findall(r'^(?!static\b).*\n(\w+) \(', text, re.M)) - {'main'}
              for file, text in texts.items()}
    for file, text in texts.items():
        room = room_of(file)
        named = set(re.findall(r'(?<![.>\w])\w+', text)) - own[file]
        for other in shared:
            if named & shared[other] and room_of(other) in [room, *ROOMS[room]]:
                yield file, other


def circles(includes, calls):
    """A source file and its header are one."""
    graph = {stem_of(file): set() for file in includes}
    for file, lines in includes.items():
        graph[stem_of(file)].update(stem_of(included) for _, _, included in lines if included)
    for file, other in calls:
        graph[stem_of(file)].add(stem_of(other))
    for stem, below in graph.items():
        below.discard(stem)
    done = set()

    def visit(stem, path):
        if stem in path:
            return [*path[path.index(stem):], stem]
        if stem in done:
            return None
        done.add(stem)
        found = (visit(below, [*path, stem]) for below in sorted(graph.get(stem, ())))
        return next(filter(None, found), None)

    for stem in sorted(graph):
        circle = visit(stem, [])
        if circle:
            yield 'a circle: ' + ' -> '.join(circle)


def main():
    root = pathlib.Path(sys.argv[1])
    includes = read_includes(root)
    faults = [*misplaced(includes), *circles(includes, read_calls(root, includes))]
    for fault in faults:
        print(fault)
    print(f'{len(includes)} files in {len(ROOMS)} rooms, {len(faults)} faults')
    return bool(faults)


sys.exit(main())
