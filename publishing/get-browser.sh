#!/bin/sh
# Chromium prints the handouts and opens the pages in the tests. Take the one on this machine; install one where there is none.
# usage: get-browser.sh BIN (the virtual environment's folder of programs)
set -u
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null && exit 0
done
[ -n "${CHROMIUM:-}" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium …"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk >/dev/null && exit 0
fi
"$1/playwright" install chromium || {
    echo "No Chromium found and none could be installed. Install it (Debian: apt install chromium) or set CHROMIUM=/path/to/it." >&2
    exit 1
}
