#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# From a bare Debian 12 or 13 to the first micro-expression:
#   quickstart.sh [URI | file | /dev/videoN]
# installs what is missing, builds, and analyzes that video; without one, a face that makes
# micro-expressions. Events are printed, the annotated video is written to the current directory.
# BUILD_DIR: where to build [build].
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tests/setup.sh"

case ${1-} in
  -h | --help) sed -n 's/^# \{0,1\}//; 3,7p' "$0"; exit ;;
esac

groups='build run'
[ -z "${DISPLAY-}${WAYLAND_DISPLAY-}" ] || groups="$groups display"
# shellcheck disable=SC2086 # a list of words
install_packages $groups

say "Building in $build_dir"
quietly configure
quietly compile gst/libgstmicroexpr.so examples/quickstart
GST_PLUGIN_PATH=$build_dir/gst${GST_PLUGIN_PATH:+:$GST_PLUGIN_PATH}
export GST_PLUGIN_PATH
exec "$build_dir/examples/quickstart" "$@"
