# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=sh
# Sourced by the scripts: installs what is missing and builds. `root` is the top of the repository.
# BUILD_DIR: where to build [build].

build_dir=${BUILD_DIR:-$root/build}

say() {
  printf '%s\n' "$*"
}

fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# The packages of these groups of tests/packages.
packages_of() {
  for group; do
    sed -n "s/^$group \([^ ]*\).*/\1/p" "$root/tests/packages"
  done
}

is_installed() {
  status=$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) && [ "$status" = installed ]
}

missing_packages() {
  for package in $(packages_of "$@"); do
    is_installed "$package" || printf ' %s' "$package"
  done
}

apt_get() {
  if [ "$(id -u)" = 0 ]; then
    DEBIAN_FRONTEND=noninteractive apt-get "$@" </dev/null
  else
    sudo env DEBIAN_FRONTEND=noninteractive apt-get "$@"
  fi
}

# shellcheck disable=SC2086 # a list of words
apt_install() {
  apt-cache show $1 >/dev/null 2>&1 || apt_get update -qq || return 1
  apt_get install -qq -y --no-install-recommends $1 && return
  apt_get update -qq && apt_get install -qq -y --no-install-recommends $1
}

# Runs a command with its output kept back; shows the end of it when the command fails.
quietly() {
  quiet_log=$(mktemp)
  ("$@") >"$quiet_log" 2>&1 && quiet_status=0 || quiet_status=$? # it may end with `fail`
  [ "$quiet_status" = 0 ] || tail -n 30 "$quiet_log" >&2
  rm -f "$quiet_log"
  return "$quiet_status"
}

# Installs what is missing of these groups; says what it does.
install_packages() {
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    say "No apt here: what tests/packages lists has to be there already."
    return 0
  fi
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0
  say "Installing with apt, which may take minutes:$missing"
  [ "$(id -u)" = 0 ] || command -v sudo >/dev/null ||
    fail "neither root nor sudo: as root, run: apt-get install --no-install-recommends$missing"
  quietly apt_install "$missing" ||
    fail "apt could not install these packages: is the network there, and is this Debian 12 or 13?"
}

# What the tests in a browser need: packages of Debian, and of npm those of tests/browser, of exactly
# those versions. Where npm finds no registry these tests skip themselves.
install_browser_packages() {
  install_packages browser
  command -v npm >/dev/null || install_packages npm
  mkdir -p "$build_dir/browser"
  cmp -s "$root/tests/browser/package-lock.json" "$build_dir/browser/package-lock.json" &&
    [ -d "$build_dir/browser/node_modules" ] && return
  cp "$root"/tests/browser/package*.json "$build_dir/browser"
  quietly npm --prefix "$build_dir/browser" ci --no-audit --no-fund --ignore-scripts ||
    say "npm brought no playwright-core: the pages of programs are not tested in a browser."
}

# Configures build_dir; the arguments go to meson.
configure() {
  if [ -f "$build_dir/build.ninja" ]; then
    meson configure "$build_dir" "$@" >/dev/null
  else
    meson setup "$build_dir" "$root" "$@"
  fi || fail "could not configure; the lines above say why"
}

# Builds these targets; all when none is named.
compile() {
  ninja -C "$build_dir" "$@" || fail "could not build; the lines above say why"
}
