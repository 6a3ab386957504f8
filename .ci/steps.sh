# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=sh
# shellcheck disable=SC2154 # root, build_dir: of who sources this
# Sourced by run and long: steps that are counted, and the builds that more than one step uses.

# How each step ended, one a line, with those that run beside others.
outcomes=$(mktemp)
beside_log=$(mktemp)
begun=$(mktemp) # never written: logs that are newer are of this run
trap 'rm -f "$outcomes" "$beside_log" "$begun"' EXIT
trap 'exit 1' TERM
trap 'kill 0' INT # what runs beside does not hear the keyboard

# step NAME COMMAND...: runs it, says how it ended and how long it took; 77 means skipped.
step() {
  step_name=$1
  shift
  say "=== $step_name"
  step_begin=$(date +%s)
  step_status=0
  "$@" || step_status=$?
  step_took="$(($(date +%s) - step_begin)) s"
  case $step_status in
    0) step_outcome="passed in $step_took" ;;
    77) step_outcome=skipped ;;
    *) step_outcome="FAILED after $step_took" ;;
  esac
  say "=== $step_outcome: $step_name"
  say "$step_outcome: $step_name" >>"$outcomes"
}

# A function of steps beside the steps that follow, until join_beside, which shows what it said. One at a time.
beside() {
  "$@" >"$beside_log" 2>&1 &
  beside_pid=$!
}

join_beside() {
  wait "$beside_pid"
  cat "$beside_log"
}

count_steps() {
  grep -c "^$1" "$outcomes" || true
}

# What failed stands once more at the end: who keeps a long log may keep no more than that.
report_steps() {
  "$root/.ci/failed" "$begun" "$build_dir" "$build_dir"-* || true
  grep '^FAILED' "$outcomes" || true
  say "$(count_steps passed) passed, $(count_steps FAILED) failed, $(count_steps skipped) skipped"
  [ "$(count_steps FAILED)" = 0 ]
}

# What tests/run.sh builds.
build_all() (
  quietly configure -Dtests=enabled
  quietly compile
)

# The programs that are built on demand only: benches, and what makes the data.
build_the_rest() {
  meson introspect "$build_dir" --targets |
    python3 -c 'import json, os, sys
for target in json.load(sys.stdin):
    if not target["build_by_default"] and target["type"] == "executable":
        print(os.path.relpath(target["filename"][0], sys.argv[1]))' "$build_dir" |
    xargs ninja -C "$build_dir"
}

# The tests in a build of their own: with_build NAME "MESON WORDS" ARGUMENTS FOR meson test...
with_build() {
  with_build_name=$1
  with_build_words=$2
  shift 2
  BUILD_DIR=$build_dir-$with_build_name CONFIGURE="--buildtype=debugoptimized $with_build_words" \
    "$root/tests/run.sh" "$@"
}

# Words for `meson setup`: more arguments for both compilers.
compiled_with() {
  printf -- '-Dc_args=%s -Dcpp_args=%s' "$1" "$1"
}

# What a sanitised build needs of its surroundings: use_sanitizer NAME OF THE RUN-TIME LIBRARY
use_sanitizer() {
  SANITIZER_RUNTIME=$(gcc -print-file-name="$1")
  GST_PLUGIN_SCANNER=$root/.ci/plugin-scanner
  export SANITIZER_RUNTIME GST_PLUGIN_SCANNER
}

# Arguments for meson test: which.
run_sanitized() (
  use_sanitizer libasan.so
  ASAN_OPTIONS=strict_string_checks=1:fast_unwind_on_malloc=0:malloc_context_size=16
  LSAN_OPTIONS=suppressions=$root/tests/lsan.supp:print_suppressions=0
  UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1:suppressions=$root/tests/ubsan.supp
  CK_TIMEOUT_MULTIPLIER=5
  export ASAN_OPTIONS LSAN_OPTIONS UBSAN_OPTIONS CK_TIMEOUT_MULTIPLIER
  with_build asan "-Db_sanitize=address,undefined -Db_lundef=false \
    $(compiled_with -fsanitize=float-cast-overflow)" \
    --timeout-multiplier 5 --wrapper "$root/.ci/leak-checked" "$@"
)

# The reports of ThreadSanitizer in which our own code makes one of the two accesses: libraries that
# are not instrumented hand memory from thread to thread in ways it cannot see.
own_races() {
  awk '/^WARNING: Thread/ { report = ""; ours = 0; top = 0 }
    /^  (Location|Mutex|Thread|As if)/ { top = 0 }
    /^  (Previous |Atomic |Write |Read |Previous atomic )/ { top = 1 }
    top && /^    #/ && !/libsanitizer/ { top = 0; if (/\.\.\/(gst|src|examples)\//) ours = 1 }
    { report = report "\n" $0 }
    /^SUMMARY: / && ours { print report }' "$@"
}

# Only what has threads of its own; tests/tsan-shim.c shows GLib's locks.
run_thread_sanitized() (
  use_sanitizer libtsan.so
  races=$(mktemp -d)
  trap 'rm -rf "$races"' EXIT
  G_SLICE=always-malloc
  CK_TIMEOUT_MULTIPLIER=10
  TSAN_OPTIONS=suppressions=$root/tests/tsan.supp:exitcode=0:log_path=$races/report
  export G_SLICE TSAN_OPTIONS CK_TIMEOUT_MULTIPLIER
  with_build tsan "-Db_sanitize=thread -Db_lundef=false" --timeout-multiplier 10 \
    breaks drawer late lookahead luma-parts recorder reports retention states stress meta extract overlay testsrc wallclock workers || exit
  touch "$races/report.none"
  own_races "$races"/report.* >"$races/ours"
  cat "$races/ours"
  [ ! -s "$races/ours" ]
)

# Programs of our own: of what a script starts valgrind sees the interpreter alone.
# ORC_CODE: code that orc generates at run time is unknown to valgrind.
run_valgrind() (
  ORC_CODE=backup
  CK_FORK=no
  G_SLICE=always-malloc
  CK_TIMEOUT_MULTIPLIER=30
  export ORC_CODE CK_FORK G_SLICE CK_TIMEOUT_MULTIPLIER
  glib_supp=/usr/share/glib-2.0/valgrind/glib.supp
  with_build valgrind "" --timeout-multiplier 30 --suite unit --suite fuzz --suite compiled \
    --no-suite allocator --wrapper "valgrind \
    --quiet --error-exitcode=1 --leak-check=full --errors-for-leak-kinds=definite \
    --suppressions=$glib_supp --suppressions=$root/tests/valgrind.supp"
)

# Every target for a while, from its seeds on.
run_fuzzers() (
  dir=$build_dir-fuzz
  # shellcheck disable=SC2046 # a list of words
  [ -f "$dir/build.ninja" ] || CC=clang CXX=clang++ quietly meson setup "$dir" "$root" \
    -Dtests=enabled --buildtype=debugoptimized -Db_sanitize=address,undefined -Db_lundef=false \
    $(compiled_with -fsanitize=fuzzer-no-link,float-cast-overflow) || exit 1
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  cd "$work" || exit 1
  for source in "$root"/tests/fuzz/*.c; do
    target=$(basename "$source" .c)
    grep -q '^LLVMFuzzerTestOneInput' "$source" || continue
    quietly ninja -C "$dir" "tests/fuzz/fuzz-$target" || exit 1
    mkdir "$target"
    [ "$target" != landmark-model ] || cp "$root/data/landmarks.bin" "$root/data/lids.bin" "$target"
    seeds=$root/tests/fuzz/corpus/$target
    [ -d "$seeds" ] || seeds=
    ASAN_OPTIONS=detect_leaks=0 "$dir/tests/fuzz/fuzz-$target" -max_total_time="${FUZZ_SECONDS:-600}" -timeout=20 \
      -rss_limit_mb=2048 "$target" ${seeds:+"$seeds"} || exit 1
  done
)

# Both commands, all tests. The analytics library brings all of OpenCV with it, so it comes last; of the
# tests those of metas.
run_bare_trixie() {
  # shellcheck disable=SC2016 # expands inside
  "$root/.ci/chroot" trixie \
    'sh examples/quickstart.sh' \
    'sh tests/run.sh' \
    'root=$PWD; . tests/setup.sh; install_packages analytics
     CONFIGURE=-Danalytics=enabled sh tests/run.sh analytics meta states carriers'
}

# The first command, then with the analytics library the tests that are programs and quick, then the packages,
# built once; .ci/packages builds them twice, and installs them where nothing else is.
run_quick_trixie() {
  # shellcheck disable=SC2016 # expands inside
  "$root/.ci/chroot" trixie \
    'sh examples/quickstart.sh' \
    'root=$PWD; . tests/setup.sh; install_packages analytics
     configure -Dtests=enabled -Danalytics=enabled
     quietly compile
     meson test -C "$build_dir" --no-rebuild --print-errorlogs --suite unit --suite compiled --no-suite slow' \
    'sh .ci/build-packages /exchange' \
    'sh .ci/try-packages /exchange here'
}

# Both commands in a bare Debian 12, which has no git, from what `meson dist` makes.
run_tarball() (
  EXCHANGE=$(mktemp -d)
  export EXCHANGE
  trap 'rm -rf "$EXCHANGE"' EXIT
  quietly meson dist -C "$build_dir" --no-tests --formats gztar --allow-dirty || exit 1
  cp "$build_dir"/meson-dist/*.tar.gz "$EXCHANGE"
  "$root/.ci/chroot" bookworm \
    'tar -C / -xf /exchange/*.tar.gz && mv /gst-microexpr-* /from-tarball && ! command -v git' \
    'sh /from-tarball/examples/quickstart.sh' \
    'sh /from-tarball/tests/run.sh'
)
