#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# The page of microexpr-review in a real browser:
#   review.sh MICROEXPR-REVIEW EXAMPLES-DIRECTORY NODE-PACKAGES-DIRECTORY
# Skips itself (exit 77) without Chromium, Node or the packages of package.json there;
# install_browser_packages of tests/setup.sh brings them.
set -eu

skip() {
  echo "skipped: needs $1 (tests/packages, group browser; then npm, as tests/setup.sh does it)"
  exit 77
}

CHROMIUM=$(command -v chromium) || skip chromium
command -v node >/dev/null || skip nodejs
[ -d "$3/node_modules/playwright-core" ] || skip "playwright-core in $3"
export CHROMIUM

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
HOME=$dir node "$(dirname "$0")/review.mjs" "$1" "$2" "$3" "$dir"
