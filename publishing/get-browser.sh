#!/bin/sh
# Chromium prints the handouts and opens the pages in the tests. Take one on this machine that starts; install one where none does.
# The tests open the pages in Firefox too, where there is one or one can be installed.
# usage: get-browser.sh BIN [firefox] (the virtual environment's folder of programs)
set -u
can_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }
install() { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null; }
works() { "$1/python" -m publishing.browser; }
starts() { "$1" --version 2>/dev/null | grep -q "Firefox [0-9]"; }
if [ "${2:-}" = firefox ] && ! starts firefox-esr && ! starts firefox; then
    if can_install; then
        echo "Installing Firefox …"
        install firefox-esr
    fi
    starts firefox-esr || echo "No Firefox could be installed: its tests are skipped." >&2
fi
works "$1" 2>/dev/null && exit 0
if [ -z "${CHROMIUM:-}" ]; then
    echo "Installing Chromium …"
    can_install && install chromium fonts-noto-cjk
    works "$1" 2>/dev/null && exit 0
    "$1/playwright" install chromium
fi
works "$1"
