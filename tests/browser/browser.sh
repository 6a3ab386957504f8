#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# The page of a program in a real browser, as NAME.mjs beside this script meets it:
#   browser.sh NAME PROGRAM EXAMPLES-DIRECTORY NODE-PACKAGES-DIRECTORY chromium|firefox
# Skips itself (exit 77) without the browser, Node or the packages of package.json there;
# install_browser_packages of tests/setup.sh brings them.
set -eu

skip() {
  echo "skipped: needs $1 (tests/packages, group browser; then npm, as tests/setup.sh does it)"
  exit 77
}

BROWSER=$5
BROWSER_PATH=$(command -v "$BROWSER") || BROWSER_PATH=$(command -v "$BROWSER-esr") || skip "$BROWSER"
command -v node >/dev/null || skip nodejs
[ -d "$4/node_modules/playwright-core" ] || skip "playwright-core in $4"
export BROWSER BROWSER_PATH

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
HOME=$dir node "$(dirname "$0")/$1.mjs" "$2" "$3" "$4" "$dir"
