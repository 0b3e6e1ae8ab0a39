#!/bin/sh
# Set up .venv and the system libraries mockint needs: `setup.sh run`, or `setup.sh test` for developers and CI.
# Does nothing when everything is in place. System packages are installed only after a yes (YES=1 or CI=true say yes).
set -eu
cd "$(dirname "$0")/.."
mode=${1:-run}

say() { printf 'mockint setup: %s\n' "$*"; }
fail() { printf 'mockint setup: %s\n' "$*" >&2; exit 1; }

find_python() {
    for name in python3.13 python3.12 python3.11 python3; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    fail "Python 3.11, 3.12 or 3.13 is needed, and none was found. Install one, then run this again."
}

# --- system packages -------------------------------------------------------------------------------------------------

agreed() { # show the line, ask on a terminal
    case "${YES:-}${CI:-}" in
    *1* | *true*) say "running: $1"; return 0 ;;
    esac
    if [ -t 0 ] && [ -t 1 ]; then
        printf 'mockint setup: %s\n    %s\nRun it now? [y/N] ' "$2" "$1"
        read -r answer
        case "$answer" in y | Y | yes) return 0 ;; esac
    fi
    say "$2 Type: $1"
    return 1
}

install_packages() { # reason, apt packages, brew packages
    root=""
    [ "$(id -u)" = 0 ] || root="sudo "
    if command -v apt-get >/dev/null 2>&1; then
        line="${root}apt-get install -y --no-install-recommends $2"
        if agreed "$line" "$1"; then
            ${root}apt-get update -qq || say "the package lists could not be refreshed; trying with what is there"
            DEBIAN_FRONTEND=noninteractive $line
        fi
    elif command -v brew >/dev/null 2>&1 && [ -n "$3" ]; then
        if agreed "brew install $3" "$1"; then brew install $3; fi
    else
        say "$1 Install with your system's package manager: $2"
    fi
}

system_for_run() {
    if ! .venv/bin/python -c 'import sounddevice' 2>/dev/null; then
        install_packages "PortAudio is missing: without it mockint cannot hear or speak (typing still works)." libportaudio2 portaudio
    fi
}

system_for_test() {
    missing=""
    for pair in flite:flite pulseaudio:pulseaudio pactl:pulseaudio-utils tmux:tmux ffmpeg:ffmpeg chromium:chromium; do
        command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair##*:}"
    done
    if [ "$(uname -s)" = Linux ]; then
        ls /usr/lib/*/alsa-lib/libasound_module_pcm_pulse.so >/dev/null 2>&1 || missing="$missing libasound2-plugins"
        [ -z "$missing" ] || install_packages "The tests need:$missing." "$missing" ""
    elif [ -n "$missing" ]; then
        say "not here:$missing. The tests that need them are skipped and counted."
    fi
}

# --- Python packages -------------------------------------------------------------------------------------------------

install_torch() { # Linux's plain wheel is a CUDA build: without an NVIDIA GPU look for the CPU one first
    pin=$(grep '^torch==' constraints.txt)
    if [ "$(uname -s)" = Linux ] && ! command -v nvidia-smi >/dev/null 2>&1; then
        say "installing $pin, the build without CUDA (about 200 MB)"
        if .venv/bin/python -m pip install -q uv && .venv/bin/uv pip install -q --python .venv/bin/python \
            --torch-backend=cpu "$pin" 2>/dev/null; then
            return
        fi
        say "that build is not to be had from here; installing the plain one (up to 3 GB where it is a CUDA build)"
    elif [ "$(uname -s)-$(uname -m)" = Darwin-x86_64 ]; then
        say "Intel Macs have no current torch: the embedded recogniser will be used"
        return
    else
        say "installing $pin (80 MB on a Mac, up to 3 GB with CUDA)"
    fi
    .venv/bin/python -m pip install -q -c constraints.txt torch
}

stamp=.venv/.setup-$mode
wanted=$(cat pyproject.toml constraints.txt scripts/setup.sh | cksum)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then exit 0; fi

[ -x .venv/bin/python ] || "$(find_python)" -m venv .venv
.venv/bin/python -c 'import importlib.util as u, sys; sys.exit(u.find_spec("torch") is None)' || install_torch
say "installing mockint and its packages (about 150 MB the first time)"
extras="."
[ "$mode" = test ] && extras=".[dev]"
.venv/bin/python -m pip install -q -c constraints.txt -e "$extras"
system_for_run
[ "$mode" = test ] && system_for_test
printf '%s' "$wanted" >"$stamp"
say "ready"
