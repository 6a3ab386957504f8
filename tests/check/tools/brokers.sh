#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Events reach MQTT and Kafka by the lines of docs/brokers.md, on brokers of this test's own on
# loopback, and none is lost while a broker is away: brokers.sh DIRECTORY-OF-THE-DOCUMENTATION MONITOR.
# Skips itself (exit 77) without the tools.
set -eu

docs=$1
monitor=$2

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
senders=
# Signals to processes of this test only; their ends are awaited, so that no id is another's by then.
clean_up() {
  for sender in $senders; do
    kill "$sender" 2>/dev/null || true # with all that it started
    wait "$sender" 2>/dev/null || true
  done
  for child in $broker $children; do
    kill -KILL "$child" 2>/dev/null || true
    wait "$child" 2>/dev/null || true
  done
  rm -rf "$dir"
}
trap clean_up EXIT
trap 'exit 1' INT TERM

fail() {
  echo "$*"
  exit 1
}

# Waits up to 100 s until a command succeeds.
wait_until() {
  tries=0
  until "$@"; do
    tries=$((tries + 1))
    [ $tries -lt 1000 ] || return 1
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
  mosquitto -c "$dir/broker.conf" >>"$dir/broker.log" 2>&1 8>&- &
  broker=$!
}

answers() {
  timeout 5 mosquitto_pub -p $port -t probe -n 2>/dev/null
}

# With the settings that docs/brokers.md names.
cat >"$dir/broker.conf" <<END
listener $port 127.0.0.1
allow_anonymous true
persistence true
persistence_location $dir/
autosave_on_changes true
autosave_interval 1
user root
log_type all
END

# A recording with 19 events, which goes through a pipe: a broker may be away for as long as it takes,
# and there are events left when it is back.
make_recording() {
  script=$(for at in $(seq 10 8 154); do
    printf '%s.%ss micro AU12 4 200ms;' $((at / 10)) $((at % 10))
  done)
  LD_PRELOAD=${SANITIZER_RUNTIME-} gst-launch-1.0 -q microexprtestsrc num-buffers=425 noise=0.5 \
    micro-rate=0 macro-rate=0 blink-rate=0 script="$script" ! \
    video/x-raw,width=320,height=240,framerate=25/1 ! jpegenc quality=95 ! avimux ! \
    filesink location="$dir/recording"
  split -n 4 -d "$dir/recording" "$dir/quarter."
  mkfifo "$dir/pipe"
}

# Its events, one JSON object a line.
analyze() {
  LD_PRELOAD=${SANITIZER_RUNTIME-} gst-launch-1.0 -q filesrc location="$dir/pipe" ! avidemux ! \
    jpegdec ! videoconvert ! microexpr source=desk ! microexprextract ! "$@"
}

# The next quarter of the recording, as fast as it is taken.
play_quarter() {
  timeout 100 cat "$dir/quarter.0$1" >&8 || fail "the pipeline waits for the broker"
}

# What arrives of some topics goes to a file of its own: subscribe NAME -t TOPIC... A broker that ends may
# deliver once more what it has delivered, also after a test has moved on to other topics.
subscribe() {
  received=$dir/received-$1
  watcher=watcher-$1
  shift
  mosquitto_sub -p $port -q 1 -c -i "$watcher" "$@" >>"$received" 8>&- &
  children="$children $!"
  wait_until grep -qs "Received SUBSCRIBE from $watcher" "$dir/broker.log" || fail "no subscription"
}

# Each line of one file is in the other, which may have some twice.
assert_same_lines() {
  sort -u "$2" >"$dir/arrived"
  sort "$1" | diff - "$dir/arrived" || fail "what arrived is not what was written"
}

# The lines of the documentation that contain a text, with these brokers, this topic and this file.
documented() {
  awk -v text="$1" 'BEGIN { RS = "```" } NR % 2 == 0 && index($0, text)' "$docs/brokers.md" |
    sed -e "s|broker:9092|\$(cat $dir/kafka)|" -e "s|-h broker|-p $port|" -e "s|microexpr-events|$2|" \
      -e "s|microexpr/door/events|$2|" -e "s|tail -n 0 -F|tail -n +1 --pid=$$ -F|" \
      -e "s|[^ ]*door.jsonl|$3|"
}

# Sends what is written to a file, as documented: send FILE TOPIC. The loop tries for ever: a line that
# is on its way when a broker goes must not keep it.
send() {
  timeout 250 sh -c "$(documented 'mosquitto_pub -h broker -s' "$2" "$1")" 2>>"$dir/sender.log" 8>&- &
  senders="$senders $!"
}

make_recording
start_broker
wait_until answers || fail "mosquitto does not start: $(cat "$dir/broker.log")"

# Through a spool file; the broker ends, and is killed, while events come.
subscribe desk -t $topic
spool=$dir/desk.jsonl
: >"$spool"
send "$spool" $topic
exec 8<>"$dir/pipe"
(
  exec 8>&- # only this shell keeps the pipe open
  analyze filesink location="$spool" append=true buffer-mode=unbuffered
) &
pipeline=$!
children="$children $pipeline"
play_quarter 0
wait_until has_lines "$received" 3 || fail "the spool is not published"
all_received() {
  [ "$(sort -u "$received" | wc -l)" = "$(wc -l <"$spool")" ]
}
quarter=1
for signal in TERM KILL; do
  # Killed between two events: one that is on its way may have been acknowledged but not saved.
  wait_until all_received || true
  kill -$signal "$broker"
  wait "$broker" || true
  before=$(wc -l <"$spool")
  play_quarter $quarter
  quarter=$((quarter + 1))
  wait_until has_lines "$spool" $((before + 3)) || fail "the pipeline waits for the broker"
  arrived=$(wc -l <"$received")
  start_broker
  wait_until has_lines "$received" $((arrived + 3)) || fail "the sender does not come back"
done
play_quarter 3
exec 8>&-
wait $pipeline || fail "the pipeline failed"
[ "$(wc -l <"$spool")" -ge 15 ] || fail "few events: $(cat "$spool")"
wait_until all_received || true
assert_same_lines "$spool" "$received"

# Straight into the broker.
subscribe piped -t microexpr/piped/events
mosquitto_pub -p $port -l -q 1 -t microexpr/piped/events <"$spool"
wait_until all_received || true
assert_same_lines "$spool" "$received"

# Two monitors of two cameras each, as on two machines, while the broker is away: it comes back to what
# both have written, and one consumer has every event of all four.
subscribe machines -t microexpr/machine1/events -t microexpr/machine2/events
for machine in 1 2; do
  : >"$dir/machine$machine.jsonl"
  send "$dir/machine$machine.jsonl" microexpr/machine$machine/events
done
kill -TERM "$broker"
wait "$broker" || true
for machine in 1 2; do
  "$monitor" --no-table --output="$dir/machine$machine.jsonl" "door$machine=$dir/recording" \
    "desk$machine=$dir/recording" >"$dir/monitor$machine.log" 2>&1 ||
    fail "monitor $machine: $(cat "$dir/monitor$machine.log")"
done
spool=$dir/all.jsonl # a sender still follows the other
cat "$dir"/machine?.jsonl >"$spool"
for camera in door1 desk1 door2 desk2; do
  [ "$(grep -c "\"source\":\"$camera\"" "$spool")" -ge 15 ] || fail "few events of $camera"
done
start_broker
wait_until all_received || true
assert_same_lines "$spool" "$received"

# Kafka: a kcat that waits for its input has a mock broker inside, which others can use. Only this
# shell keeps the input open, so that the kcat ends with it whatever happens.
start_kafka() {
  rm -f "$dir/kafka.log" # of the one before
  kcat -P -b unused:1 -X test.mock.num.brokers=1 -X debug=mock -t unused -l "$dir/wait" \
    2>"$dir/kafka.log" 9>&- &
  children="$children $!"
  wait_until grep -qs 'bootstrap.servers=' "$dir/kafka.log" || fail "kcat has no mock broker"
  sed -n 's/.*bootstrap.servers=//p' "$dir/kafka.log" | head -n 1 >"$dir/kafka"
}

consume() {
  kcat -C -e -b "$(cat "$dir/kafka")" -t "$1" -f "$2" 2>/dev/null
}

mkfifo "$dir/wait"
exec 9<>"$dir/wait"

# A finished file.
start_kafka
eval "$(documented '-k door -l' finished "$spool")" || fail "kcat: a finished file"
consume finished '%s\n' >"$dir/consumed"
diff "$spool" "$dir/consumed" || fail "Kafka has other lines, or another order"
[ "$(consume finished '%k %p\n' | sort -u | wc -l)" = 1 ] || fail "more than one key or partition"
consume finished '%k\n' | grep -qx door || fail "the key is not the source"

# As they happen, from before the broker is there.
echo 127.0.0.1:1 >"$dir/kafka"
timeout 100 sh -c "$(documented '| kcat' live "$spool")" >"$dir/kcat-sender.log" 2>&1 9>&- &
senders="$senders $!"
wait_until test -s "$dir/kcat-sender.log" # it has tried
start_kafka
all_consumed() {
  consume live '%s\n' >"$dir/consumed"
  has_lines "$dir/consumed" "$(wc -l <"$spool")"
}
wait_until all_consumed || fail "lines are missing in Kafka: $(wc -l <"$dir/consumed")"
diff "$spool" "$dir/consumed" || fail "Kafka has other lines, or another order"

# One kcat a line says by its exit whether the line has arrived.
! echo '{}' | kcat -P -b 127.0.0.1:1 -t microexpr-events -k desk 2>/dev/null ||
  fail "kcat ends well without a broker"

# The line to try it with.
(eval "$(documented 'none:1' trial "$spool")") 2>"$dir/kcat.log" || fail "kcat: $(cat "$dir/kcat.log")"
[ "$(grep -c 'Message delivered' "$dir/kcat.log")" = "$(wc -l <"$spool")" ] ||
  fail "kcat: $(cat "$dir/kcat.log")"
