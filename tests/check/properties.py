#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The tables of properties in docs/ are those of gst-inspect-1.0. Fails when one is stale; after a
property has changed, run in `meson devenv -C build`:

    tests/check/properties.py --update docs
"""
import difflib
import pathlib
import re
import subprocess
import sys

ELEMENTS = 'microexpr', 'microexprextract', 'microexproverlay', 'microexprtestsrc'
INHERITED = {'name', 'parent', 'qos', 'blocksize', 'do-timestamp', 'num-buffers', 'typefind',
             'automatic-eos'}
BEGIN = '<!-- properties of {}, written by tests/check/properties.py -->\n'
END = '<!-- end of properties -->\n'

PROPERTY = re.compile(r'^  (?P<name>[a-z][a-z0-9-]*) *: (?P<meaning>.*)\n'
                      r' +flags: (?P<flags>.*)\n'
                      r' +(?P<type>.*?)(?:\. Range: +(?P<low>\S+) - +(?P<high>\S+))?'
                      r'(?:\.? Default: +(?P<default>.*?))? *\n'
                      r'(?P<values>(?: +\(.*\): .*\n)*)', re.MULTILINE)
VALUE = re.compile(r'\((?P<number>\S+)\): (?P<nick>\S+) +- (?P<meaning>.*)')
NEVER = str(2**64 - 1)  # GST_CLOCK_TIME_NONE, -1 on a command line
TYPES = {'Unsigned Integer64': 'guint64', 'Unsigned Integer': 'guint', 'Integer64': 'gint64',
         'Integer': 'gint', 'Double': 'gdouble', 'String': 'string', 'Boolean': 'boolean'}


def inspect(element):
    done = subprocess.run(['gst-inspect-1.0', '--no-colors', element], capture_output=True,
                          text=True, check=True)
    properties = done.stdout.partition('Element Properties:\n')[2]
    return [found for found in PROPERTY.finditer(properties) if found['name'] not in INHERITED]


def describe_type(found):
    values = VALUE.findall(found['values'])
    if values:
        kind = 'flags' if found['type'].startswith('Flags') else 'enum'
        return f'{kind}: ' + ', '.join(f'`{nick}`' for _, nick, _ in values)
    kind = TYPES.get(found['type'], 'structure')
    if found['low'] and found['high'] != NEVER and '0xAARRGGBB' not in found['meaning']:
        kind += f", {found['low']} to {found['high']}"
    return kind


def describe_default(found):
    """As on a command line; of flags in the order of their bits, which gst-inspect mixes."""
    default = found['default']
    if not default or default in ('null', '""'):
        return ''
    if '0xAARRGGBB' in found['meaning']:
        return f'`0x{int(default):08x}`'
    quoted = re.fullmatch(r'\S+, "(.*)"', default)
    if not quoted:
        return f'`{default.replace(NEVER, "-1")}`'
    if quoted[1] == '(none)':
        return 'none'
    chosen = quoted[1].split('+')
    return '`' + '+'.join(nick for _, nick, _ in VALUE.findall(found['values'])
                          if nick in chosen) + '`'


def describe(found):
    """A row: * while playing and controllable, + while playing, nothing in NULL and READY."""
    flags = found['flags']
    mark = '*' if 'controllable' in flags else '+' if 'PLAYING' in flags else ''
    kind = describe_type(found)
    if 'writable' not in flags:
        kind += ', read-only'
    meaning = found['meaning']
    for _, nick, text in VALUE.findall(found['values']):
        meaning += f'; `{nick}`: {text}'
    return f"| `{found['name']}`{mark} | {kind} | {describe_default(found)} | {meaning} |\n"


def table(element):
    rows = [describe(found) for found in inspect(element)]
    if not rows:
        return 'It has no properties of its own.\n'
    return '| property | type, range | default | meaning |\n|---|---|---|---|\n' + ''.join(rows)


def renew(text, element):
    begin = BEGIN.format(element)
    before, marked, rest = text.partition(begin)
    _, ended, after = rest.partition(END)
    if not marked or not ended:
        sys.exit(f'docs/{element}.md has no place for the table: {begin}')
    return before + begin + table(element) + END + after


def main():
    update = sys.argv[1] == '--update'
    docs = pathlib.Path(sys.argv[-1])
    stale = False
    for element in ELEMENTS:
        path = docs / f'{element}.md'
        old = path.read_text(encoding='utf-8')
        new = renew(old, element)
        if update:
            path.write_text(new, encoding='utf-8')
        elif new != old:
            stale = True
            sys.stdout.writelines(difflib.unified_diff(
                old.splitlines(True), new.splitlines(True), f'docs/{element}.md', 'gst-inspect-1.0'))
    if stale:
        sys.exit(__doc__)


main()
