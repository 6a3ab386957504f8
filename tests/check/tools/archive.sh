#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# examples/analyze-archive.sh analyzes every recording once, whatever it is called, says which failed,
# and goes on where it was interrupted: archive.sh EXAMPLES-DIRECTORY. Skips itself (exit 77) without
# GNU parallel.
set -eu

command -v parallel >/dev/null || {
  echo "skipped: needs parallel"
  exit 77
}

analyze=$1/analyze-archive.sh
dir=$(mktemp -d)
running=
# The processes of a session that have not ended: GNU parallel gives each job a group of its own.
list_session() {
  for process in /proc/[0-9]*; do
    sed -n "s/^\\([0-9]*\\) (.*) [^Z] [0-9]* [0-9]* $1 .*/\\1/p" "$process/stat" 2>/dev/null || true
  done
}
# Until none is left, since they start others.
kill_session() {
  while left=$(list_session "$1") && [ -n "$left" ]; do
    # shellcheck disable=SC2086 # a list of numbers
    kill -KILL $left 2>/dev/null || true
  done
}
clean_up() {
  [ -z "$running" ] || kill_session "$running"
  rm -rf "$dir"
}
trap clean_up EXIT
trap 'exit 1' INT TERM
LD_PRELOAD=${SANITIZER_RUNTIME-}
export LD_PRELOAD

fail() {
  echo "$*"
  [ ! -f "$dir/log" ] || cat "$dir/log"
  exit 1
}

lines() {
  wc -l <"$1"
}

dash=$(printf -- '-x \374\n.avi') # beginning with a dash, not UTF-8, of two lines
odd="sub/b \"q\" 'x' ! %41 \\ \$HOME.AVI"
mkdir -p "$dir/rec/sub"
gst-launch-1.0 -q microexprtestsrc seed=5 noise=0.5 num-buffers=90 micro-rate=0 macro-rate=0 \
  blink-rate=0 script="1s micro AU12 4 200ms; 1.8s micro AU1+2 4 200ms" ! \
  video/x-raw,width=320,height=240,framerate=25/1 ! jpegenc quality=95 ! avimux ! \
  filesink location="$dir/rec/a.avi"
cp "$dir/rec/a.avi" "$dir/rec/$odd"
cp "$dir/rec/a.avi" "$dir/rec/P01:session.avi"
cp "$dir/rec/a.avi" "$dir/rec/$dash"
for hidden in ._a.avi __MACOSX/a.avi .Trash/a.avi @eaDir/a.avi; do
  mkdir -p "$(dirname "$dir/rec/$hidden")"
  echo 'no recording' >"$dir/rec/$hidden"
done
gst-launch-1.0 -q filesrc location="$dir/rec/a.avi" ! avidemux ! jpegdec ! videoconvert ! x264enc ! \
  mp4mux name=mux ! filesink location="$dir/rec/b.mp4" audiotestsrc num-buffers=100 ! opusenc ! mux.
cp "$dir/rec/a.avi" "$dir/rec/notes.txt"
echo nonsense >"$dir/rec/broken.mp4"

# All of it; the broken one is an error.
! RUNNER='nice -n 1' "$analyze" "$dir/rec" "$dir/out" >"$dir/log" 2>&1 || fail "no failure"
for name in a.avi b.mp4 "$odd" P01:session.avi "$dash"; do
  [ "$(lines "$dir/out/$name.jsonl")" = 2 ] || fail "no events of $name"
  [ "$(grep -c '"source":".*\.\(avi\|mp4\|AVI\)"}$' "$dir/out/$name.jsonl")" = 2 ] || fail "no source"
done
grep -q '^ *2 *0 *0  P01:session.avi$' "$dir/log" || fail "no row of a name with a colon"
LC_ALL=C grep -q "^ *2 *0 *0  $(printf -- '-x \374?.avi')\$" "$dir/log" || fail "no row of a name with a dash"
grep -q '^ *- *- *-  broken.mp4: Could not determine type of stream.$' "$dir/log" || fail "no reason"
grep -q '^ *10 *0 *0  6 recordings, 1 failed$' "$dir/log" || fail "no sum"
grep -q '^[1-6] of 6: a.avi: 2 events$' "$dir/log" || fail "no progress"
[ -z "$(find "$dir/out" -name '*notes*' -o -name '*.part')" ] || fail "files are left over"

# Directories may begin with a dash too.
mkdir "$dir/-rec"
mv "$dir/rec/P01:session.avi" "$dir/-rec"
rm "$dir/rec/$dash"
(cd "$dir" && "$analyze" -- -rec -out) >"$dir/log" 2>&1 || fail "a directory with a dash"
[ "$(lines "$dir/-out/P01:session.avi.jsonl")" = 2 ] || fail "no events below a dash"

# Again: what is finished stays, what is not is done, and what has changed.
rm "$dir/rec/broken.mp4" "$dir/rec/b.mp4" "$dir/out/$odd.jsonl"
echo half >"$dir/out/$odd.jsonl.part"
touch -d 2000-01-01 "$dir/rec/a.avi"
touch -d 2001-01-01 "$dir/out/a.avi.jsonl"
"$analyze" "$dir/rec" "$dir/out" >"$dir/log" 2>&1 || fail "a second run fails"
[ -n "$(find "$dir/out/a.avi.jsonl" ! -newermt 2002-01-01)" ] || fail "a.avi was analyzed again"
[ "$(lines "$dir/out/$odd.jsonl")" = 2 ] || fail "$odd was not finished"
touch "$dir/rec/a.avi"
"$analyze" "$dir/rec" "$dir/out" >"$dir/log" 2>&1 || fail "a third run fails"
[ -n "$(find "$dir/out/a.avi.jsonl" -newermt 2002-01-01)" ] || fail "a.avi has changed since"

# Killed in the middle: no file looks finished, and the next run finishes it. A second a frame, so
# that there is a middle on any machine.
rm -r "$dir/out"
PROPERTIES='! identity sleep-time=1000000' setsid "$analyze" "$dir/rec" "$dir/out" >"$dir/log" 2>&1 &
running=$!
until [ -f "$dir/out/a.avi.jsonl.part" ]; do
  kill -0 $running || fail "it ended early"
  sleep 0.05
done
kill_session "$running"
wait $running 2>/dev/null || true
running=
[ -z "$(find "$dir/out" -name '*.jsonl')" ] || fail "an interrupted file looks finished"
"$analyze" "$dir/rec" "$dir/out" >"$dir/log" 2>&1 || fail "it does not go on"
[ "$(lines "$dir/out/a.avi.jsonl")" = 2 ] || fail "it did not go on"

! "$analyze" "$dir/nothing" 2>"$dir/log" || fail "a directory that is not there is none"
grep -q 'no such directory' "$dir/log" || fail "no reason"
