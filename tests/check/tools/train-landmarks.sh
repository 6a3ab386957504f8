#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# train-landmarks learns from a handful of pictures, the built-in face under other names: models
# that find the face they have seen, and its lids. What the real ones reach stands in
# docs/landmarks.md.
#   train-landmarks.sh PROGRAM DATA
set -eu

program=$1
data=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

mkdir "$folder/photos"
for person in a b c d e f g h; do
  cp "$data/face.jpg" "$folder/photos/$person.jpg"
  cp "$data/face-landmarks.txt" "$folder/photos/$person.txt"
done
"$program" -t "$data/landmarks-from-template.txt" -n 30 -u 6 -o "$folder/model.bin" \
  -l "$folder/lids.bin" "$folder/photos" >"$folder/log"
grep -E 'all landmarks|Packed' "$folder/log"
[ -s "$folder/model.bin" ] && [ -s "$folder/lids.bin" ]

# The median error over all landmarks, and what packing into 8 bits moves them, % IPD.
awk -F'|' '/all landmarks/ { found = 1; if ($3 > 4) exit 1 } END { if (!found) exit 1 }' \
  "$folder/log" || { echo "the model does not find the face it was taught"; exit 1; }
awk '/Packed/ { if ($(NF - 2) > 1) exit 1 }' "$folder/log" ||
  { echo "packing moves the landmarks"; exit 1; }
awk -F'|' '/Lids of/ { lids = 1 } lids && $2 == " 1.00 " { found = 1; if ($4 > 0.3) exit 1 }
  END { if (!found) exit 1 }' "$folder/log" || { echo "shut lids are taken for open ones"; exit 1; }
if "$program" -t "$data/landmarks-from-template.txt" -o "$folder/model.bin" "$folder" 2>"$folder/error"; then
  echo "no error without photographs"
  exit 1
fi
grep -q 'too few photographs' "$folder/error"
