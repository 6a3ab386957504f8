#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# The plugin needs no OpenCV library beyond core and imgproc: all of OpenCV costs 0.3 s and 100 MB at
# every start.
set -eu

needed=$(objdump -p "$1" | sed -n 's/^ *NEEDED *//p')
extra=$(echo "$needed" | grep opencv | grep -vE '^libopencv_(core|imgproc)\.so' || true)
[ -z "$extra" ] || {
  echo "the plugin needs:" "$extra"
  exit 1
}
echo "$needed"
