#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# The C and C++ code is as .clang-format says. Versions of clang-format differ: 14 decides.
set -eu
cd "$1"

formatter=$(command -v clang-format-14 || command -v clang-format) || formatter=
case $("${formatter:-true}" --version) in
  *version\ 14.*) ;;
  *)
    echo "skipped: needs clang-format 14"
    exit 77
    ;;
esac
find src gst tests examples data -name '*.[ch]' -o -name '*.cc' | sort |
  xargs "$formatter" --dry-run --Werror
