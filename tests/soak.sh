#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Runs the test source through the analysis, with everything drawn, for so many seconds and watches
# the memory of the process: it may not grow by more than 2 MB between a quarter of the time and
# the end. soak.sh [SECONDS [live]]: live is as a camera plays, 30 frames/s and no faster.
# BUILD_DIR: where the plugin was built [build].
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tests/setup.sh"
seconds=${1:-120}
case ${2-} in
  live) pace="is-live=true" rate=30/1 ;;
  *) pace="is-live=false" rate=60/1 ;;
esac
limit_kb=2048

resident_kb() {
  sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$1/status"
}

log=$(mktemp)
GST_PLUGIN_PATH=$build_dir/gst gst-launch-1.0 -q microexprtestsrc "$pace" '!' \
  video/x-raw,width=640,height=480,framerate="$rate" '!' \
  microexpr overlay=true kinds=micro+macro+blink '!' fakesink >"$log" 2>&1 &
pid=$!
trap 'kill $pid 2>/dev/null || true; rm -f "$log"' EXIT
trap 'exit 1' INT TERM

sleep $((seconds / 4))
early=$(resident_kb $pid) || early=
sleep $((seconds - seconds / 4))
late=$(resident_kb $pid) || late=
if [ -z "$early" ] || [ -z "$late" ]; then
  cat "$log"
  fail "the pipeline ended early"
fi
say "resident memory: $early kB after $((seconds / 4)) s, $late kB after $seconds s"
[ $((late - early)) -le $limit_kb ] || fail "memory grows"
