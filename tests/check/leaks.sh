#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# No GStreamer object outlives a pipeline with the elements of the plugin, whatever flags and enums
# their properties have. The tracer lists those that do. Skips itself (exit 77) where GStreamer was
# built without it.
# shellcheck disable=SC2086  # several properties in one variable
set -eu

gst-inspect-1.0 coretracers >/dev/null 2>&1 || exit 77

# inspect ELEMENT: the flags and enums of its properties, a line for each value: TYPE PROPERTY VALUE
inspect() {
  LD_PRELOAD=${SANITIZER_RUNTIME-} gst-inspect-1.0 --no-colors "$1" | awk '
    /^  [a-z][a-z0-9-]* *: / { property = $1; type = "" }
    / (Flags|Enum) "/ { type = tolower($1) }
    type && $1 ~ /^\(.*\):$/ { print type, property, $2 }'
}

# flags ELEMENT: every property of flags with all of them, on one line
flags() {
  inspect "$1" | awk '$1 == "flags" { all[$2] = all[$2] (all[$2] ? "+" : "") $3 }
    END { for (property in all) printf "%s=%s ", property, all[property] }'
}

# enums ELEMENT: every property of an enum with each of its values, a line each
enums() {
  inspect "$1" | awk '$1 == "enum" { print $2 "=" $3 }'
}

# Fails when a pipeline leaks, or does not run. A sanitised plugin needs the library of its sanitizer
# first.
check() {
  log=$(GST_TRACERS=leaks GST_DEBUG=GST_TRACER:7 GST_DEBUG_NO_COLOR=1 \
    LD_PRELOAD=${SANITIZER_RUNTIME-} gst-launch-1.0 -q "$@" 2>&1) || {
    echo "$log"
    exit 1
  }
  leaked=$(echo "$log" | grep 'object-alive, type-name=(string)[A-Za-z]' || true)
  [ -z "$leaked" ] || {
    echo "$*"
    echo "$leaked"
    exit 1
  }
}

video=video/x-raw,width=320,height=240
report=$(flags microexpr)
draw=$(flags microexproverlay)
covers=$(enums microexproverlay)
case "$report / $draw / $covers" in
  *face-data=*' / '*draw=*' / '*anonymize=*anonymize-fallback=*) ;;
  *)
    echo "gst-inspect-1.0 names none of these: $report / $draw / $covers"
    exit 1
    ;;
esac

check videotestsrc num-buffers=30 ! $video ! microexpr $report ! fakesink
check videotestsrc num-buffers=30 ! $video ! tee name=t \
  t. ! queue ! microexpr overlay=true $report ! fakesink \
  t. ! queue ! fakesink
check microexprtestsrc num-buffers=60 ! $video ! microexpr lookahead=500000000 overlay=true ! fakesink
check videotestsrc num-buffers=30 ! $video ! microexpr ! tee name=t \
  t. ! queue ! microexprextract ! fakesink \
  t. ! queue ! microexprextract ! text/csv ! fakesink \
  t. ! queue ! microexprextract ! text/x-raw ! fakesink
for value in $(enums microexprtestsrc); do
  check microexprtestsrc num-buffers=5 "$value" ! $video ! fakesink
done
# An event is known before the end, so that there is something of everything.
event='script=1s micro AU1+2 4 300ms'
check microexprtestsrc num-buffers=90 "$event" ! $video ! microexpr sei=true ! microexprextract ! \
  meta/x-klv ! microexprextract ! fakesink
for value in $(enums microexpr); do
  check microexprtestsrc num-buffers=90 "$event" ! $video ! microexpr $report "$value" ! fakesink
done
for cover in $(echo "$covers" | grep '^anonymize='); do
  for fallback in $(echo "$covers" | grep '^anonymize-fallback='); do
    check microexprtestsrc num-buffers=90 "$event" ! $video ! microexpr $report ! \
      microexproverlay $draw "$cover" "$fallback" ! fakesink
  done
done
