#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Manual pages and completions name the options that --help names. What a shell that is not
installed would offer is read in its file.

    manual.py DIRECTORY-OF-THE-PAGES PROGRAM...
"""
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

BASH = '''source "$1"
COMP_WORDS=("$2" "${@:3}") COMP_CWORD=$(($# - 2))
function=_${2//-/_}
$function "$2"
printf '%s\\n' "${COMPREPLY[@]}"'''
COMMON = {'--help', '--help-gst'}
UNDOCUMENTED = {'--help-all'}


def output(*command, **arguments):
    return subprocess.run(command, capture_output=True, check=True, encoding='utf-8',
                          env={'LC_ALL': 'C.UTF-8', 'PATH': '/usr/bin:/bin', 'HOME': '/nonexistent',
                               'ASAN_OPTIONS': 'detect_leaks=0', 'MANWIDTH': '500'}, **arguments).stdout


def flags(program):
    """Of --help: at the beginning of a line, or after a short one."""
    return set(re.findall(r'^  (?:-\w, )?(--[\w-]+)', output(program, '--help'), re.MULTILINE)) - UNDOCUMENTED


def short_flags(program):
    return set(re.findall(r'^  (-\w), ', output(program, '--help'), re.MULTILINE))


class Manual(unittest.TestCase):
    def each(self):
        for program in programs:
            found = flags(program)
            self.assertGreater(len(found), 5)
            yield program, found

    def bash(self, program, *words):
        return output('bash', '-c', BASH, 'bash', directory / program.name, program.name, *words).split()

    def test_the_page_has_every_option(self):
        for program, found in self.each():
            page = (directory / f'{program.name}.1').read_text('utf-8').replace('\\-', '-')
            self.assertEqual(set(re.findall(r'\\fB(--[\w-]+)\\fR', page)), found)
            self.assertLessEqual(short_flags(program), set(re.findall(r'\\fB(-\w)\\fR', page)))

    def test_the_page_is_set_without_complaint(self):
        if not shutil.which('groff'):
            self.skipTest('needs groff')
        for program, _ in self.each():
            done = subprocess.run(['groff', '-man', '-ww', '-z', '-Tutf8', directory / f'{program.name}.1'],
                                  capture_output=True, text=True, check=True)
            self.assertEqual(done.stderr, '')

    def test_the_page_is_of_the_version_that_the_program_prints(self):
        for program, _ in self.each():
            name, version = output(program, '--version').split()
            self.assertEqual(name, program.name)
            self.assertIn(f'"gst\\-microexpr {version}"', (directory / f'{name}.1').read_text('utf-8'))

    def test_bash_offers_every_option(self):
        for program, found in self.each():
            self.assertEqual({word.rstrip('=') for word in self.bash(program, '--')}, found)

    def test_bash_offers_values(self):
        monitor = next(program for program in programs if program.name == 'microexpr-monitor')
        self.assertEqual(self.bash(monitor, '--transport', 'u'), ['udp'])
        self.assertEqual(self.bash(monitor, '--transport', '=', 'tcp+'), ['tcp+udp'])
        self.assertIn('/usr', self.bash(monitor, '--record', '/us'))
        self.assertEqual(self.bash(monitor, '--stall', ''), [])

    def test_zsh_names_every_option(self):
        for program, found in self.each():
            path = directory / f'_{program.name}'
            text = path.read_text('utf-8').replace('{-h,--help}', '--help[')
            self.assertEqual(set(re.findall(r"[)*]'?(--[\w-]+)[=\[]", text)), found)
            if shutil.which('zsh'):
                output('zsh', '-n', path)

    def test_fish_offers_every_option(self):
        for program, found in self.each():
            path = directory / f'{program.name}.fish'
            if shutil.which('fish'):
                offered = output('fish', '--no-config', '-c',
                                 f'source {path}; complete -C "{program.name} --"')
                found_here = set(re.findall(r'^(--[\w-]+)', offered, re.MULTILINE))
            else:
                found_here = {f'--{name}' for name in re.findall(r' -l ([\w-]+)', path.read_text('utf-8'))}
            self.assertEqual(found_here, found)


directory = pathlib.Path(sys.argv.pop(1))
programs = [pathlib.Path(path) for path in sys.argv[1:]]
del sys.argv[1:]
unittest.main(verbosity=2)
