#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# The shell scripts are free of what shellcheck knows to go wrong.
set -eu
cd "$1"

command -v shellcheck >/dev/null || {
  echo "skipped: needs shellcheck"
  exit 77
}
grep -rlE '^#!/bin/sh|shellcheck shell=sh' .ci tests examples debian | sort |
  xargs shellcheck --external-sources --source-path=SCRIPTDIR
