# SPDX-License-Identifier: LGPL-2.1-or-later
"""Tests of the texts of a page in several languages, for the tests of the program that writes it."""
import re


class Texts:
    """To be derived from beside unittest.TestCase. strings: the folder of en.js, de.js ...; the page's
    files are in the folder above it."""

    def texts(self, code):
        """Each key with the names in braces of its text."""
        source = (self.strings / f'{code}.js').read_text(encoding='utf-8')
        entries = re.findall(r"^  '?([\w.-]+)'?:\s*((?:(?:'[^'\n]*'|\"[^\"\n]*\")[\s+]*)+),",
                             source, re.MULTILINE)
        return {key: set(re.findall(r'\{(\w+)\}', text)) for key, text in entries}

    def test_languages_have_the_same_texts(self):
        english = self.texts('en')
        self.assertGreater(len(english), 150)
        for code in ('de', 'tr'):
            self.assertEqual(self.texts(code), english, code)

    def test_every_text_is_used(self):
        folder = self.strings.parent
        source = '\n'.join(path.read_text(encoding='utf-8')
                           for path in (*folder.glob('*.js'), *folder.glob('*.html')))
        parts = set(re.findall(r"[`']([\w.-]+)(?=[`'$])", source))
        parts |= set(re.findall(r'="([\w.-]+)"', source))
        for key in self.texts('en'):
            if re.fullmatch(r'AU\d+|[a-z]+', key):
                continue  # units, emotions and the like, by their own name
            beginnings = {key[:dot.end()] for dot in re.finditer(r'\.', key)}
            # A text that something else has by name: a column `onset`, its title `onset.title`.
            stem, _, last = key.rpartition('.')
            self.assertTrue(key in parts or beginnings & parts or
                            (last in ('title', 'label') and stem in parts), key)
