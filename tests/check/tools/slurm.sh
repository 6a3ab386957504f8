#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# The lines of docs/tools.md for Slurm, on a cluster of this test's own: two nodes on the loopback.
# Every recording is analyzed once and as GNU parallel alone does it, also when a step is killed:
# slurm.sh EXAMPLES-DIRECTORY. Skips itself (exit 77) without the tools.
set -eu

PATH=$PATH:/usr/sbin
for tool in slurmctld slurmd srun sbatch scancel munged parallel; do
  command -v $tool >/dev/null || {
    echo "skipped: needs $tool"
    exit 77
  }
done

analyze=$1/analyze-archive.sh
dir=$(mktemp -d)
SLURM_CONF=$dir/slurm.conf
export SLURM_CONF
LD_PRELOAD=${SANITIZER_RUNTIME-}
export LD_PRELOAD
# The daemons go to the background by themselves and leave their numbers in files.
clean_up() {
  scancel --user="$(id -un)" 2>/dev/null || true
  for file in "$dir"/*.pid; do
    [ ! -f "$file" ] || kill -KILL "$(cat "$file")" 2>/dev/null || true
  done
  rm -rf "$dir"
}
trap clean_up EXIT
trap 'exit 1' INT TERM

fail() {
  echo "$*"
  tail -n 20 "$dir"/*.log
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

port=$((20000 + $$ % 20000))
host=$(hostname)
user=$(id -un)
cat >"$SLURM_CONF" <<END
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
AuthInfo=socket=$dir/munge.socket
SlurmctldPidFile=$dir/slurmctld.pid
SlurmctldLogFile=$dir/slurmctld.log
SlurmdPidFile=$dir/slurmd-%n.pid
SlurmdLogFile=$dir/slurmd-%n.log
SlurmdSpoolDir=$dir/spool-%n
StateSaveLocation=$dir
ProctrackType=proctrack/pgid
SchedulerType=sched/builtin
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
NodeName=one NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 1))
NodeName=two NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 2))
PartitionName=all Nodes=one,two Default=YES
END

are_idle() {
  [ "$(sinfo -h -N -t idle -o %N 2>/dev/null | sort | tr '\n' ' ')" = 'one two ' ]
}

chmod 700 "$dir"
head -c 128 /dev/urandom >"$dir/munge.key"
chmod 600 "$dir/munge.key"
munged --force --key-file="$dir/munge.key" --socket="$dir/munge.socket" --pid-file="$dir/munged.pid" \
  --log-file="$dir/munged.log" --seed-file="$dir/munge.seed" || fail "munged does not start"
slurmctld
slurmd -N one
slurmd -N two
wait_until are_idle || fail "the nodes do not come up"

mkdir "$dir/rec"
gst-launch-1.0 -q microexprtestsrc seed=5 noise=0.5 num-buffers=90 micro-rate=0 macro-rate=0 \
  blink-rate=0 script="1s micro AU12 4 200ms; 1.8s micro AU1+2 4 200ms" ! \
  video/x-raw,width=320,height=240,framerate=25/1 ! jpegenc quality=95 ! avimux ! \
  filesink location="$dir/rec/1.avi"
for n in 2 3 4; do
  cp "$dir/rec/1.avi" "$dir/rec/$n.avi"
done
JOBS=2 "$analyze" "$dir/rec" "$dir/alone" >"$dir/alone.log" || fail "it fails without Slurm"

# Hangs when it is the first of all, else it is what it is given.
cat >"$dir/first-hangs" <<END
#!/bin/sh
if mkdir "$dir/hangs" 2>/dev/null; then
  echo "\$SLURM_JOB_ID.\$SLURM_STEP_ID" >"$dir/step"
  exec sleep 1000
fi
exec "\$@"
END
chmod +x "$dir/first-hangs"

# As documented, on both nodes.
sbatch --quiet --wait --nodes=2 --ntasks=2 --output="$dir/job.log" \
  --wrap "JOBS=\$SLURM_NTASKS RETRIES=2 RUNNER='srun --exclusive --nodes=1 --ntasks=1 $dir/first-hangs' \
    '$analyze' '$dir/rec' '$dir/out'" &
job=$!
wait_until [ -s "$dir/step" ] || fail "no step begins"
scancel "$(cat "$dir/step")"
wait $job || fail "the job fails"

for n in 1 2 3 4; do
  cmp "$dir/alone/$n.avi.jsonl" "$dir/out/$n.avi.jsonl" || fail "$n.avi differs"
done
grep -q '^ *8 *0 *0  4 recordings, 0 failed$' "$dir/job.log" || fail "no sum"
[ -z "$(find "$dir/out" -name '*.part' -o -name '*.log')" ] || fail "files are left over"
