#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The reference of the plugin as HTML, like GStreamer's own: the SECTION documentation of each element
in gst/, its pads as gst-inspect-1.0 shows them, and the table of properties of docs/, which a test
holds against gst-inspect-1.0.

    make.py ROOT PLUGIN OUTPUT-DIRECTORY
"""
import html
import os
import pathlib
import re
import subprocess
import sys
import tempfile

PAGE = '''<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ max-width: 50em; margin: 1em auto; padding: 0 1em; font: 1em/1.5 sans-serif }}
pre {{ overflow: auto; padding: .6em 1em; background: #8881 }}
table {{ border-collapse: collapse }} td, th {{ padding: .3em .6em; border: 1px solid #8886; text-align: left; vertical-align: top }}
</style>
<nav>{links}</nav>
{body}
</html>
'''
PROPERTIES = '| property | type, range | default | meaning |\n|---|---|---|---|\n'


def sections(root):
    """By element: the lines of its SECTION comment."""
    for path in sorted(root.glob('gst/*/*.c')):
        found = re.search(r'/\*\*\n \* SECTION:element-([\w-]+)\n(.*?) \*/', path.read_text('utf-8'), re.DOTALL)
        if found:
            yield found[1], re.sub(r'^ \* ?', '', found[2], flags=re.MULTILINE)


def inline(text, elements):
    """Code, and links from names of elements, types and properties."""
    text = html.escape(text, quote=False)
    text = re.sub(r'`([^`]+)`', r'<code>\1</code>', text)
    text = re.sub(r'#\w+:([\w-]+)', r'<a href="#property-\1"><code>\1</code></a>', text)

    def link(found):
        return f'<a href="{found[1]}.html">{found[1]}</a>' if found[1] in elements else f'<code>{found[1]}</code>'
    return re.sub(r'(?<![\w"&])#(\w+)', link, text)


def block(text, elements):
    if text.startswith('## '):
        return f'<h2>{inline(text[3:], elements)}</h2>'
    if text.startswith('* '):
        items = re.split(r'^\* ', text, flags=re.MULTILINE)[1:]
        return '<ul>' + ''.join(f'<li>{inline(item, elements)}</li>' for item in items) + '</ul>'
    return f'<p>{inline(text, elements)}</p>'


def prose(text, elements):
    """Paragraphs, lists, headings, and |[ launch lines ]| with what they do."""
    for i, part in enumerate(re.split(r'\|\[\n(.*?)\n\]\|', text, flags=re.DOTALL)):
        if i % 2:
            yield f'<pre>{html.escape(part, quote=False)}</pre>'
        else:
            yield from (block(piece.strip(), elements) for piece in part.split('\n\n') if piece.strip())


def property_table(root, element):
    rows = (root / f'docs/{element}.md').read_text('utf-8').partition(PROPERTIES)[2].partition('<!--')[0]
    if not rows:
        return '<p>It has no properties of its own.</p>'
    lines = []
    for row in rows.strip().splitlines():
        cells = [re.sub(r'\[([^]]+)\]\([^)]*\)', r'\1', cell.strip()) for cell in row.strip('|').split(' | ')]
        name = re.match(r'`([\w-]+)`', cells[0].strip())[1]
        cells = ''.join(f'<td>{inline(cell.strip(" |"), ())}</td>' for cell in cells)
        lines.append(f'<tr id="property-{name}">{cells}</tr>')
    return ('<p>* can also change, and be controlled, while playing; + can change while playing.</p>'
            '<table><tr><th>property<th>type, range<th>default<th>meaning</tr>' + '\n'.join(lines) + '</table>')


def inspect(plugin, element):
    """The sections of gst-inspect-1.0 by their heading."""
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ, GST_PLUGIN_PATH=str(plugin.parent), LC_ALL='C.UTF-8',
                           GST_REGISTRY=f'{folder}/registry', GST_PLUGIN_SYSTEM_PATH='')
        text = subprocess.run(['gst-inspect-1.0', '--no-colors', element], env=environment, check=True,
                              capture_output=True, text=True).stdout
    return {part.partition(':\n')[0]: part.partition(':\n')[2].rstrip()
            for part in re.split(r'\n\n(?=[A-Z])', text)}


def page(root, plugin, element, text, elements):
    meta = dict(re.findall(r'^@(\w+): (.*)$', text, re.MULTILINE))
    text = re.sub(r'^@\w+: .*\n', '', text, flags=re.MULTILINE)
    pads = re.sub(r'^  ', '', inspect(plugin, element)['Pad Templates'], flags=re.MULTILINE)
    return meta['short_description'], '\n'.join([
        f'<h1>{element}</h1>', *prose(text, elements),
        '<h2>Pad templates</h2>', f'<pre>{html.escape(pads, quote=False)}</pre>',
        '<h2>Properties</h2>', property_table(root, element)])


def dead_links(output):
    pages = {path.name: path.read_text('utf-8') for path in output.glob('*.html')}
    for name, text in pages.items():
        for file, anchor in re.findall(r'href="([^"#]*)#?([^"]*)"', text):
            there = pages.get(file or name)
            if there is None or (anchor and f'id="{anchor}"' not in there):
                yield f'{name}: {file}#{anchor}'


def main():
    root, plugin, output = map(pathlib.Path, sys.argv[1:])
    texts = dict(sections(root))
    output.mkdir(exist_ok=True)
    links = ' '.join(f'<a href="{name}.html">{name}</a>' for name in ['index', *texts])
    items = []
    for element, text in texts.items():
        about, body = page(root, plugin, element, text, texts)
        items.append(f'<li><a href="{element}.html">{element}</a>: {html.escape(about)}')
        (output / f'{element}.html').write_text(PAGE.format(title=element, links=links, body=body), 'utf-8')
    body = '<h1>The GStreamer plugin microexpr</h1><ul>' + '\n'.join(items) + '</ul>'
    (output / 'index.html').write_text(PAGE.format(title='microexpr', links=links, body=body), 'utf-8')
    dead = list(dead_links(output))
    if dead:
        sys.exit('\n'.join(['dead links:', *dead]))


main()
