#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The manual page or the shell completion of a program, made from its --help, on standard output.

    manual.py man|bash|zsh|fish PROGRAM VERSION HELP
"""
import pathlib
import re
import sys

ABOUT = {
    'microexpr-evaluate': 'score microexpr on a coded data set of micro-expressions',
    'microexpr-monitor': 'watch cameras and streams for facial micro-expressions',
    'microexpr-review': 'make a page for reviewing the facial expressions in a recording',
    'microexpr-train': 'make a page that trains people to recognize micro-expressions',
}
OPTION = re.compile(r'^  (?:-(?P<short>\w), )?--(?P<name>[\w-]+)(?:=(?P<argument>\S+))? +(?P<text>.+)$',
                    re.MULTILINE)
CHOICE = re.compile(r'(?:or )?([a-z][\w+-]*)(?: \(.*\)| for .*)?')
SHELL_FILES = {'FILE', 'FILE|FOLDER', 'RECORDING', '[NAME=]SOURCE...'}
SHELL_FOLDERS = {'DIRECTORY', 'FOLDER'}


class Option:
    """A line of --help."""

    def __init__(self, found):
        self.short, self.name, self.argument, self.text = found.group('short', 'name', 'argument', 'text')
        self.flags = ([f'-{self.short}'] if self.short else []) + [f'--{self.name}']
        self.choices = choices(self.text) if self.argument else []


class Program:
    """What --help says: usage, options, and paragraphs of text before and after them."""

    def __init__(self, name, text):
        self.name = name
        usage, _, rest = text.partition('Usage:\n')[2].partition('\n\n')
        summary, _, rest = rest.partition('Help Options:\n')
        options, _, after = rest.partition('Application Options:\n')[2].partition('\n\n')
        self.options = [Option(found) for found in OPTION.finditer(options)]
        arguments = usage.strip().removeprefix(self.name).partition(' - ')[0]
        self.arguments = re.sub(r'\[OPTION.*?\]', '', arguments).split()
        self.paragraphs = paragraphs(summary) + paragraphs(after)
        first = re.search(r'is one of ([\w -]+)\.', after)
        self.first_argument = first[1].split() if first else []


def paragraphs(text):
    return [paragraph for paragraph in text.strip('\n').split('\n\n') if paragraph]


def choices(text):
    """The values that the text of an option lists after a colon."""
    words = re.sub(r' \[.*?\]$', '', text).partition(': ')[2].split(', ')
    found = [CHOICE.fullmatch(word) for word in words]
    return [match[1] for match in found] if all(found) else []


def roff(text):
    text = text.replace('\\', '\\e').replace('-', '\\-').replace('…', '...')
    return re.sub(r"^([.'])", r'\\&\1', text, flags=re.MULTILINE)


def man_options(program):
    yield '.SH OPTIONS'
    for option in program.options:
        flags = ', '.join(f'\\fB{roff(flag)}\\fR' for flag in option.flags)
        argument = f'=\\fI{roff(option.argument)}\\fR' if option.argument else ''
        yield f'.TP\n{flags}{argument}\n{roff(option.text)}'
    yield '.TP\n\\fB\\-h\\fR, \\fB\\-\\-help\\fR\nShow the options.'
    yield '.TP\n\\fB\\-\\-help\\-gst\\fR\nShow the options of GStreamer, which are also accepted.'


def man(program, version):
    """The sections in the order of man-pages(7)."""
    sections = {'DESCRIPTION': [], 'EXIT STATUS': [], 'EXAMPLES': []}
    for paragraph in program.paragraphs:
        if paragraph.startswith('Exit status: '):
            sections['EXIT STATUS'].append(roff(paragraph.partition(': ')[2]))
        elif paragraph.startswith('Examples:\n'):
            sections['EXAMPLES'].append(f".nf\n{roff(paragraph.partition(chr(10))[2])}\n.fi")
        else:
            sections['DESCRIPTION'].append(roff(paragraph))
    yield f'.TH {roff(program.name.upper())} 1 "" "gst\\-microexpr {version}" "User Commands"\n.nh\n.ad l'
    yield f'.SH NAME\n{roff(program.name)} \\- {roff(ABOUT[program.name])}'
    arguments = ' '.join(f'\\fI{roff(argument)}\\fR' for argument in program.arguments)
    yield f'.SH SYNOPSIS\n\\fB{roff(program.name)}\\fR [\\fIOPTION\\fR...] {arguments}'.rstrip()
    yield '.SH DESCRIPTION\n' + '\n.PP\n'.join(sections['DESCRIPTION'])
    yield from man_options(program)
    for title in ('EXIT STATUS', 'EXAMPLES'):
        if sections[title]:
            yield f'.SH {title}\n' + '\n.PP\n'.join(sections[title])
    others = ', '.join(f'\\fB{roff(name)}\\fR(1)' for name in ABOUT if name != program.name)
    yield f'.SH SEE ALSO\n{others}, \\fBgst\\-inspect\\-1.0\\fR(1)'


def bash_values(argument, values):
    if values:
        return f"compgen -W '{' '.join(values)}' -- \"$cur\""
    if argument in SHELL_FOLDERS:
        return 'compgen -d -- "$cur"'
    return 'compgen -f -- "$cur"' if argument in SHELL_FILES else ''


def bash(program, _version):
    """Values after `--name=` reach the function as words of their own, since `=` breaks words."""
    function = '_' + program.name.replace('-', '_')
    flags = [flag + ('=' if option.argument and flag.startswith('--') else '')
             for option in program.options for flag in option.flags] + ['--help', '--help-gst']
    cases = []
    for option in program.options:
        if option.argument:
            values = bash_values(option.argument, option.choices)
            fill = f'mapfile -t COMPREPLY < <({values})' if values else 'COMPREPLY=()'
            cases.append(f"    {'|'.join(option.flags)})\n      {fill}\n      return ;;")
    rest = program.arguments[-1] if program.arguments else ''
    values = bash_values(rest if not program.first_argument else 'FILE', program.first_argument)
    if program.first_argument:
        values = f'{values}; compgen -f -- "$cur"'
    rest_line = f'mapfile -t COMPREPLY < <({values})' if values else 'COMPREPLY=()'
    yield f'''{function} ()
{{
  local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD - 1]}}

  compopt -o filenames 2>/dev/null
  if [[ $cur == = ]]; then
    cur=
  elif [[ $prev == = ]]; then
    prev=${{COMP_WORDS[COMP_CWORD - 2]}}
  fi
  case $prev in'''
    yield from cases
    yield f'''  esac
  if [[ $cur == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W '{' '.join(flags)}' -- "$cur")
    [[ ${{COMPREPLY[0]-}} != *= ]] || compopt -o nospace 2>/dev/null
  else
    {rest_line}
  fi
}}
complete -F {function} {program.name}'''


def zsh_values(argument, values):
    if values:
        return f"({' '.join(values)})"
    return '_files -/' if argument in SHELL_FOLDERS else '_files' if argument in SHELL_FILES else ' '


def zsh_quoted(text):
    return re.sub(r"([\[\]:\\])", r'\\\1', text).replace("'", "'\\''")


def zsh(program, _version):
    yield f'#compdef {program.name}\n_arguments -S \\'
    for option in program.options:
        tail = f'[{zsh_quoted(option.text)}]'
        if option.argument:
            tail = f'={tail}:{zsh_quoted(option.argument)}:{zsh_values(option.argument, option.choices)}'
        again = '*' if 'can be repeated' in option.text else f"({' '.join(option.flags)})"
        for flag in option.flags:
            short = tail if flag.startswith('--') else tail.replace('=', '+', 1)
            yield f"  '{again}{flag}{short}' \\"
    yield "  '(- *)'{-h,--help}'[Show help options]' \\\n  '(- *)--help-gst[Show GStreamer options]' \\"
    if program.first_argument:
        yield f"  '1:layout:({' '.join(program.first_argument)})' \\"
    yield "  '*:argument:_files'" if program.arguments else '  && return 0'


def fish(program, _version):
    say = f'complete -c {program.name}'
    if not program.arguments:
        yield f'{say} -f'
    for option in program.options:
        words = [say] + ([f'-s {option.short}'] if option.short else []) + [f'-l {option.name}']
        if option.argument:
            words.append('-r' if option.argument in SHELL_FILES | SHELL_FOLDERS else '-x')
        if option.argument in SHELL_FOLDERS:
            words.append("-f -a '(__fish_complete_directories)'")
        if option.choices:
            words.append(f"-a '{' '.join(option.choices)}'")
        text = option.text.replace('\\', '\\\\').replace("'", "\\'")
        yield ' '.join(words) + f" -d '{text}'"
    yield f"{say} -s h -l help -d 'Show help options'"
    yield f"{say} -l help-gst -d 'Show GStreamer options'"
    if program.first_argument:
        first = 'test (count (commandline -opc)) -eq 1'
        yield f"{say} -n '{first}' -a '{' '.join(program.first_argument)}'"


def main():
    made = {'man': man, 'bash': bash, 'zsh': zsh, 'fish': fish}[sys.argv[1]]
    program = Program(sys.argv[2], pathlib.Path(sys.argv[4]).read_text('utf-8'))
    sys.stdout.reconfigure(encoding='utf-8')
    sys.stdout.write('\n'.join(made(program, sys.argv[3])) + '\n')


main()
