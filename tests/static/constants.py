#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""No constant wraps. 5000u * 1000000u is 705 million where int has 32 bits, and neither gcc nor
clang warns of it.

1. Every macro that ends in _NS has 64 bits or is a floating-point number, so that no product of it
   wraps either.
2. With clang, its unsigned-integer-overflow checks are compiled in, and none of them has two
   constants that are known to overflow. Left out without clang.

usage: constants.py BUILD_DIR SOURCE_DIR
"""
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

FOLDERS = ("src", "gst", "examples")
MACRO = re.compile(r"^#define (\w+_NS)\b(?!\()", re.MULTILINE)
INCLUDE = re.compile(r'^#include "([^"]+)"', re.MULTILINE)
CONSTANT = r"(?:\d\w*|[A-Z][A-Z0-9_]{2,})"
MEET = re.compile(rf"{CONSTANT} *(?:\*|<<) *\(?{CONSTANT}")  # 2u * MS, 1u << 20
WRAPS = re.compile(r"@llvm\.u(\w+)\.with\.overflow\.i(\d+)\(i\d+ (\d+), i\d+ (\d+)\)")
CHECK = ('_Static_assert (_Generic (({0}), float: 1, double: 1, default: sizeof ({0}) == 8), '
         '"{0} has less than 64 bits");\n')


def commands(build, source):
    """The C files of the product, each with the arguments that tell how it is compiled."""
    found = {}
    for entry in json.loads((build / "compile_commands.json").read_text(encoding="utf-8")):
        path = (pathlib.Path(entry["directory"]) / entry["file"]).resolve()
        if path.suffix == ".c" and any(path.is_relative_to(source / f) for f in FOLDERS):
            words = shlex.split(entry["command"])
            found[path] = [w for w in words if re.match(r"-(I|isystem|D|U|std|pthread)", w)]
    return found


def text_of(build, path, arguments):
    """A file and the headers of ours that it includes itself."""
    text = path.read_text(encoding="utf-8")
    folders = [path.parent] + [build / a[2:] for a in arguments if a.startswith("-I")]
    for header in INCLUDE.findall(text):
        found = [folder / header for folder in folders if (folder / header).is_file()]
        text += found[0].read_text(encoding="utf-8") if found else ""
    return text


def narrow(build, path, arguments):
    """What the compiler says of constants that are too narrow."""
    names = MACRO.findall(text_of(build, path, arguments))
    if not names:
        return ""
    code = f'#include "{path}"\n' + "".join(CHECK.format(name) for name in names)
    compiler = shlex.split(os.environ.get("CC", "cc"))
    done = subprocess.run([*compiler, *arguments, "-w", "-fsyntax-only", "-x", "c", "-"],
                          input=code, cwd=build, capture_output=True, text=True, check=False)
    return done.stderr


def wrapping(build, path, arguments):
    """What wraps by clang's own checks, where constants meet at all."""
    if not MEET.search(text_of(build, path, arguments)):
        return ""
    done = subprocess.run(["clang", *arguments, "-O0", "-w", "-S", "-emit-llvm", "-o", "-",
                           "-fsanitize=unsigned-integer-overflow", str(path)],
                          cwd=build, capture_output=True, text=True, check=False)
    found = [f"{path}: {m[0]} of {m[2]} and {m[3]} wraps at {m[1]} bits\n"
             for m in WRAPS.findall(done.stdout)]
    return done.stderr + "".join(found)


def main():
    build, source = (pathlib.Path(a).resolve() for a in sys.argv[1:3])
    files = commands(build, source)
    if not files:
        sys.exit("there is no C file to check")
    checks = [narrow] + ([wrapping] if shutil.which("clang") else [])
    with ThreadPoolExecutor(2) as pool:
        said = [pool.submit(check, build, path, arguments)
                for check in checks for path, arguments in sorted(files.items())]
        problems = "".join(future.result() for future in said)
    print(f"{len(files)} files; {'narrow and wrapping' if len(checks) > 1 else 'narrow'} constants")
    sys.exit(problems or 0)


if __name__ == "__main__":
    main()
