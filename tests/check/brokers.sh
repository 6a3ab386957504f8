#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Events reach MQTT and Kafka by the lines of docs/brokers.md, on brokers of this test's own on
# loopback, and none is lost while the MQTT broker is away. Skips itself (exit 77) without the tools.
set -eu

# The package of the broker puts it where not every PATH looks.
PATH=$PATH:/usr/sbin
for tool in mosquitto mosquitto_pub mosquitto_sub kcat; do
  command -v $tool >/dev/null || {
    echo "skipped: needs $tool"
    exit 77
  }
done

dir=$(mktemp -d)
children=
broker=
# Signals to processes of this test only; their ends are awaited, so that no id is another's by then.
clean_up() {
  for child in $broker $children; do
    kill "$child" 2>/dev/null || true
    wait "$child" 2>/dev/null || true
  done
  rm -rf "$dir"
}
trap clean_up EXIT

fail() {
  echo "$*"
  exit 1
}

# Waits up to 20 s until a command succeeds.
wait_until() {
  tries=0
  until "$@"; do
    tries=$((tries + 1))
    [ $tries -lt 200 ] || return 1
    sleep 0.1
  done
}

# Whether the file has at least so many lines.
has_lines() {
  [ -f "$1" ] && [ "$(wc -l <"$1")" -ge "$2" ]
}

port=$((20000 + $$ % 20000))
topic=microexpr/desk/events

start_broker() {
  mosquitto -c "$dir/broker.conf" >>"$dir/broker.log" 2>&1 &
  broker=$!
}

answers() {
  mosquitto_pub -p $port -t probe -n 2>/dev/null
}

cat >"$dir/broker.conf" <<END
listener $port 127.0.0.1
allow_anonymous true
persistence true
persistence_location $dir/
user root
END

# The events of the test source, one JSON object a line.
analyse() {
  LD_PRELOAD=${SANITIZER_RUNTIME-} gst-launch-1.0 -q microexprtestsrc seed=5 noise=0.5 num-buffers=128 \
    micro-rate=0 macro-rate=0 blink-rate=0 \
    script="2s micro AU12 4 300ms; 3.9s micro AU1+2 4 300ms" ! \
    video/x-raw,width=480,height=360,framerate=30/1 ! microexpr source=desk ! microexprextract ! "$@"
}

start_broker
wait_until answers || fail "mosquitto does not start: $(cat "$dir/broker.log")"
mosquitto_sub -p $port -q 1 -c -i watcher -t 'microexpr/+/events' >"$dir/received" &
children="$children $!"
wait_until grep -qs 'watcher' "$dir/broker.log"

# Straight into the broker.
analyse fdsink | mosquitto_pub -p $port -l -q 1 -t $topic
wait_until has_lines "$dir/received" 2 || fail "of 2 events by MQTT: $(wc -l <"$dir/received")"
grep -c '^{"timestamp":.*"source":"desk"}$' "$dir/received" | grep -qx 2 || fail "other lines"

# Through a spool file, with the broker away in the middle.
: >"$dir/spool"
tail -n +1 --pid=$$ -F "$dir/spool" 2>/dev/null |
  mosquitto_pub -p $port -l -q 1 -c -i publisher -t $topic 2>/dev/null &
children="$children $!"
write_lines() {
  for n in $(seq "$1" "$2"); do
    echo "{\"id\":$n}" >>"$dir/spool"
    sleep 0.05
  done
}
write_lines 1 10
wait_until has_lines "$dir/received" 5 || fail "the spool is not published"
kill "$broker"
wait "$broker" || true
write_lines 11 30
start_broker
write_lines 31 40
all_received() {
  [ "$(grep -o '"id":[0-9]*}$' "$dir/received" | sort -u | wc -l)" = 40 ]
}
wait_until all_received || fail "the broker was away, and lines are missing: $(cat "$dir/received")"

# Kafka: a mock broker inside kcat takes the events; it says which were delivered.
analyse filesink location="$dir/events.jsonl" buffer-mode=unbuffered
kcat -P -b unused:1 -X test.mock.num.brokers=1 -t microexpr-events -k desk -vvv -l \
  "$dir/events.jsonl" 2>"$dir/kcat.log" || fail "kcat: $(cat "$dir/kcat.log")"
[ "$(grep -c 'Message delivered' "$dir/kcat.log")" = 2 ] || fail "kcat: $(cat "$dir/kcat.log")"

# One kcat a line says by its exit whether the line has arrived.
! echo '{}' | kcat -P -b 127.0.0.1:1 -t microexpr-events -k desk 2>/dev/null ||
  fail "kcat ends well without a broker"
