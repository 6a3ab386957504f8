#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# No GStreamer object outlives a pipeline with the elements of the plugin. The tracer lists those
# that do. Skips itself (exit 77) where GStreamer was built without it.
set -eu

gst-inspect-1.0 coretracers >/dev/null 2>&1 || exit 77
export GST_TRACERS=leaks GST_DEBUG=GST_TRACER:7 GST_DEBUG_NO_COLOR=1

# Fails when a pipeline leaks, or does not run. A sanitised plugin needs the library of its sanitizer
# first.
check() {
  log=$(LD_PRELOAD=${SANITIZER_RUNTIME-} gst-launch-1.0 -q "$@" 2>&1) || {
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
check videotestsrc num-buffers=30 ! $video ! microexpr messages=events+faces+warnings ! fakesink
check videotestsrc num-buffers=30 ! $video ! tee name=t \
  t. ! queue ! microexpr overlay=true face-data=landmarks+units ! fakesink \
  t. ! queue ! fakesink
check microexprtestsrc num-buffers=30 ! $video ! microexpr face-data=landmarks ! \
  microexproverlay draw=boxes+ids+labels+timeline+landmarks anonymize=blur ! fakesink
check microexprtestsrc num-buffers=60 ! $video ! microexpr lookahead=500000000 overlay=true ! fakesink
check videotestsrc num-buffers=30 ! $video ! microexpr ! tee name=t \
  t. ! queue ! microexprextract ! fakesink \
  t. ! queue ! microexprextract ! text/csv ! fakesink \
  t. ! queue ! microexprextract ! text/x-raw ! fakesink
