#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Analyzes every recording below a directory, several at once:
#   analyze-archive.sh RECORDINGS [RESULTS]
# Events of RECORDINGS/a/b.mp4 go to RESULTS/a/b.mp4.jsonl, one a line as JSON; RESULTS is
# RECORDINGS-events when not given. A recording whose file of events is finished is not analyzed
# again, so an interrupted run is started again as it was. A table at the end counts the events and
# says what failed: RESULTS/a/b.mp4.log has all messages, RESULTS/a/b.mp4.jsonl.part the events until
# then. Ends with 1 when something failed.
#
# JOBS: recordings at once [one per core]
# PROPERTIES: of microexpr, such as 'kinds=micro+macro max-faces=2'
# RUNNER: put before each job, such as 'srun --exclusive --nodes=1 --ntasks=1' under Slurm
# RETRIES: how often a recording is tried before it counts as failed [1]
#
# Needs GNU parallel, and GST_PLUGIN_PATH where gst-microexpr is not installed.
set -eu

suffixes='3gp avi flv m2ts m4v mkv mov mp4 mpeg mpg mts mxf ogv ts webm wmv'

fail() {
  printf 'analyze-archive.sh: %s\n' "$*" >&2
  exit 1
}

# Whether the events of a recording are there: is_finished RECORDING EVENTS
is_finished() {
  [ -f "$2" ] && [ -z "$(find "$1" -newer "$2")" ]
}

count_events() {
  grep -c "\"kind\":\"$1\"" "$2" || true
}

# A string as a value of gst-launch-1.0, in UTF-8 whatever the file system has.
quote() {
  perl -MEncode -e '$_ = Encode::decode("UTF-8", shift); s/(["\\])/\\$1/g; print Encode::encode("UTF-8", "\"$_\"")' -- "$1"
}

# A path as it is printed, on one line.
show() {
  perl -e '$_ = shift; s/[\0-\x1f\x7f]/?/g; print' -- "$1"
}

# The part of a file: URI that names this path.
escape_path() {
  perl -e '$_ = shift; s/([^A-Za-z0-9\/._~-])/sprintf("%%%02X", ord $1)/ge; print' "$1"
}

# --- one recording: analyze-archive.sh --one NUMBER TOTAL RECORDINGS RESULTS PATH

# Whole lines go to descriptor 3 as they become known.
play() {
  # shellcheck disable=SC2086 # a list of words
  gst-launch-1.0 -q uridecodebin "uri=file://$(escape_path "$1")" ! videoconvert ! \
    videoflip video-direction=auto ! microexpr source="$(quote "$2")" ${PROPERTIES-} ! microexprextract ! fdsink fd=3
}

analyze_one() {
  recording=$3/$5 events=$4/$5.jsonl
  is_finished "$recording" "$events" && return
  mkdir -p "$(dirname "$events")"
  if play "$recording" "$5" 3>"$events.part" 2>"$4/$5.log"; then
    mv "$events.part" "$events"
    rm "$4/$5.log"
    printf '%s of %s: %s: %s events\n' "$1" "$2" "$(show "$5")" "$(wc -l <"$events")"
  else
    [ -s "$events.part" ] || rm "$events.part"
    printf '%s of %s: %s: FAILED, see %s\n' "$1" "$2" "$(show "$5")" "$(show "$4/$5.log")"
    return 1
  fi
}

# --- all of them

# The paths below RECORDINGS, each ended by a NUL; without hidden ones, and what macOS and network
# disks keep beside files.
list() {
  set -- "$1" -false
  for suffix in $suffixes; do
    set -- "$@" -o -iname "*.$suffix"
  done
  directory=$1
  shift
  find -L "$directory" -mindepth 1 \( -name '.*' -o -name __MACOSX -o -name @eaDir \) -prune -o \
    -type f \( "$@" \) -printf '%P\0' | sort -z
}

# The first error in a log, without the name of the element.
explain() {
  sed -n 's/^ERROR: \(from element [^:]*\(:[^ ]*\)*: \)\{0,1\}//p' "$1" 2>/dev/null | grep -m 1 . ||
    echo 'not done'
}

# A row of the table for one recording: tabulate RECORDINGS RESULTS PATH
tabulate() {
  events=$2/$3.jsonl
  if is_finished "$1/$3" "$events"; then
    printf '%7s %7s %7s  %s\n' "$(count_events micro "$events")" "$(count_events macro "$events")" \
      "$(count_events blink "$events")" "$(show "$3")"
  else
    printf '%7s %7s %7s  %s: %s\n' - - - "$(show "$3")" "$(explain "$2/$3.log")"
  fi
}

summarize() {
  printf '%7s %7s %7s  %s\n' micro macro blink recording
  list "$1" | xargs -0 -r -n 1 "$0" --row "$1" "$2" |
    awk '{ print; micro += $1; macro += $2; blink += $3; $1 == "-" ? failed++ : done++ }
      END { printf "%7d %7d %7d  %d recordings, %d failed\n", micro, macro, blink, done + failed, failed
            exit failed > 0 }'
}

case ${1-} in
  --one) shift; analyze_one "$@"; exit ;;
  --row) shift; tabulate "$@"; exit ;;
  --) shift ;;
  -h | --help | '') sed -n 's/^# \{0,1\}//; 3,17p' "$0"; exit ;;
esac

[ -d "$1" ] || fail "$1: no such directory"
recordings=$(realpath -- "$1")
results=$(realpath -m -- "${2:-$recordings-events}")
mkdir -p "$results"
command -v parallel >/dev/null || fail "needs GNU parallel; on Debian: apt install parallel"
gst-inspect-1.0 microexpr >/dev/null 2>&1 ||
  fail "GStreamer does not find gst-microexpr: install it, or set GST_PLUGIN_PATH"

total=$(list "$recordings" | tr -dc '\0' | wc -c)
[ "$total" -gt 0 ] || fail "$recordings: no recordings there, of $suffixes"
progress=
[ ! -t 2 ] || progress=--eta
# shellcheck disable=SC2086 # none or a word; a list of words
list "$recordings" | parallel --will-cite --null --retries "${RETRIES:-1}" ${JOBS:+--jobs "$JOBS"} $progress \
  ${RUNNER-} "$(realpath "$0")" --one '{#}' "$total" "$recordings" "$results" '{}' || true
summarize "$recordings" "$results"
