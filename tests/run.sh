#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Installs what is missing, builds, and runs all tests; arguments go to `meson test`.
# The last line counts: N passed, N failed, N skipped. Fails when a test fails or none has run.
# BUILD_DIR: where to build [build]. CONFIGURE: words for `meson setup`.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tests/setup.sh"

# How many tests ended so, from the log of meson: one test a line.
count() {
  grep -cE "\"result\": \"($1)\"" "$log" || true
}

install_packages build run test
# shellcheck disable=SC2086 # a list of words
quietly configure -Dtests=enabled ${CONFIGURE-}
quietly compile

logs=$build_dir/meson-logs
rm -f "$logs"/testlog*.json
status=0
meson test -C "$build_dir" --no-rebuild --print-errorlogs "$@" || status=$?
log=$(find "$logs" -name 'testlog*.json') # its name has that of a wrapper in it
[ -f "$log" ] || fail "no test ran"

passed=$(count 'OK|EXPECTEDFAIL')
skipped=$(count 'SKIP')
failed=$(($(wc -l <"$log") - passed - skipped))
[ "$passed" -gt 0 ] && [ "$failed" = 0 ] || [ "$status" != 0 ] || status=1
say "$passed passed, $failed failed, $skipped skipped"
exit "$status"
