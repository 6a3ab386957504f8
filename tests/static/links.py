#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Every link of the documentation leads to a file or a heading that exists, every path of this
repository that it names exists, and no compiled Python is tracked.

  links.py ROOT"""

import pathlib
import re
import subprocess
import sys

LINK = re.compile(r'\]\(([^)\s]+)\)')
HEADING = re.compile(r'^#+ (.*)$', re.MULTILINE)
PATH = re.compile(r'`((?:\.ci|data|docs|examples|gst|src|tests)/[\w./@-]*)')
SOURCE = re.compile(r'`([\w-]+\.(?:c|cc|h))`')
PLACEHOLDER = 'NAME'


def anchors(page):
    """As GitHub and GitLab make them."""
    headings = HEADING.findall(page.read_text(encoding='utf-8'))
    return {re.sub(r'[^\w -]', '', heading.lower()).replace(' ', '-') for heading in headings}


def faults(root, page, tracked):
    text = page.read_text(encoding='utf-8')
    names = {path.rpartition('/')[2] for path in tracked}
    for link in LINK.findall(text):
        if re.match(r'[a-z]+:', link):
            continue
        file, _, anchor = link.partition('#')
        target = page.parent / file if file else page
        if not target.exists():
            yield f'no file {link}'
        elif anchor and anchor not in anchors(target):
            yield f'no heading {link}'
    for path in PATH.findall(text):
        path = path.rstrip('/.')
        if PLACEHOLDER not in path and not any((path + end) in tracked for end in ('', '.c', '.cc')) \
                and not (root / path).is_dir():
            yield f'no file {path}'
    for name in SOURCE.findall(text):
        if PLACEHOLDER not in name and name not in names:
            yield f'no file is called {name}'


def main():
    root = pathlib.Path(sys.argv[1])
    try:
        listed = subprocess.run(['git', '-C', root, 'ls-files', '--cached', '--others',
                                 '--exclude-standard'], capture_output=True, text=True, check=True)
        tracked = set(listed.stdout.split('\n'))
    except (OSError, subprocess.CalledProcessError):  # a tarball, where people may have built
        tracked = {str(path.relative_to(root)) for path in root.rglob('*') if path.suffix != '.pyc'}
    pages = sorted([*root.glob('*.md'), *root.glob('docs/*.md')])
    found = [f'{page.relative_to(root)}: {fault}' for page in pages
             for fault in faults(root, page, tracked)]
    found += [f'{path}: compiled Python' for path in sorted(tracked) if path.endswith('.pyc')]
    print('\n'.join(found + [f'{len(pages)} pages, {len(found)} faults']))
    sys.exit(bool(found))


main()
