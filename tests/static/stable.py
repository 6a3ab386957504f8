#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What programs rely on does not disappear: elements, properties and their values, fields of messages
and metas, warnings, columns, options. stable.txt lists them, and only ever gets longer. After
something was added:

    stable.py --update ROOT

Names are read from the documents, which the tests `properties`, `fields` and `documented` hold against
what runs; columns and options from the sources."""
import pathlib
import re
import subprocess
import sys

ELEMENTS = 'microexpr', 'microexprextract', 'microexproverlay', 'microexprtestsrc'
PROPERTY = re.compile(r'^\| `([\w-]+)`[*+]? \| ([\w-]+)(.*?) \|', re.MULTILINE)
FIELD = re.compile(r'^\| (`.*?`) \| (\w+) \|', re.MULTILINE)
FIRST = re.compile(r'^\| ((?:`[\w-]+`(?:, )?)+) \|', re.MULTILINE)
OPTION = re.compile(r'\{ "([a-z][a-z-]+)", (?:(?:\'(\w)\'|0), 0,\s+G_OPTION_ARG|"[^"]+",\s+"[A-Z]+",)')


def table(text, heading):
    return text.partition(heading + '\n')[2].partition('\n\n')[0]


def properties(read):
    for element in ELEMENTS:
        yield f'element {element}'
        rows = table(read(f'docs/{element}.md'), '| property | type, range | default | meaning |')
        for name, kind, values in PROPERTY.findall(rows):
            yield f'property {element} {name} {kind}'
            if kind in ('enum', 'flags'):
                yield from (f'value {element} {name} {value}' for value in re.findall(r'`([^`]+)`', values))


def fields(read):
    for section in re.split(r'^##+ ', read('docs/microexpr.md'), flags=re.MULTILINE):
        heading = section.partition('\n')[0].rpartition(' ')[2].strip('`')
        for names, kind in FIELD.findall(table(section, '| field | type | unit | meaning |')):
            for name in re.findall(r'`([\w-]+)`', names):
                yield f'field {heading} {name} {kind}'


def first_cells(text, heading):
    for cell in FIRST.findall(table(text, heading)):
        yield from re.findall(r'`([\w-]+)`', cell)


def others(read):
    for name in first_cells(read('docs/microexpr.md'), '| `reason` | what to do |'):
        yield f'warning {name}'
    for name in first_cells(read('docs/operating.md'), '| field | counts |'):
        yield f'field microexpr-stats {name}'
    fields = re.findall(r'_(?:fields|units)\[\] = \{(.*?)\}', read('gst/extract/csv.c'), re.DOTALL)
    for name in re.findall(r'"([\w-]+)"', ''.join(fields)):
        yield f'column {name}'


def options(root):
    for folder in sorted((root / 'examples/tools').iterdir()):
        for source in sorted(folder.glob('*.c')):
            for name, short in OPTION.findall(source.read_text('utf-8')):
                yield f'option microexpr-{folder.name} --{name}' + (f' -{short}' if short else '')


def once_listed(root, path):
    """Every line that the list has had in the history of this checkout; none without git."""
    try:
        log = subprocess.run(['git', '-C', root, 'log', '-p', '--format=', '--unified=0', '--', path],
                             capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return set()
    return set(re.findall(r'^\+([a-z].*)$', log, re.MULTILINE))


def main():
    root = pathlib.Path(sys.argv[-1])
    path = root / 'tests/static/stable.txt'

    def read(name):
        return (root / name).read_text('utf-8')
    now = {*properties(read), *fields(read), *others(read), *options(root)}
    listed = set(path.read_text('utf-8').splitlines()) if path.exists() else set()
    if sys.argv[1] == '--update':
        path.write_text('\n'.join(sorted(listed | now)) + '\n', encoding='utf-8')
        listed |= now
    found = [f'gone or of another type: {name}' for name in sorted(listed - now)]
    found += [f'not in the list, see --update: {name}' for name in sorted(now - listed)]
    found += [f'taken off the list: {name}' for name in sorted(once_listed(root, 'tests/static/stable.txt') - listed)]
    print('\n'.join(found + [f'{len(listed)} names, {len(found)} faults']))
    sys.exit(bool(found) or len(listed) < 100)


main()
