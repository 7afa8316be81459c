#!/bin/sh
# The PDF is set by Pango in Noto fonts, Chinese too. Take what is on this machine; install what is missing.
# usage: get-fonts.sh BIN (the virtual environment's folder of programs)
set -u
has() { fc-list -q "$1" 2>/dev/null; }
ready() { "$1/python" -c "import weasyprint" 2>/dev/null && has "Noto Serif" && has "Noto Sans" && has "Noto Serif CJK SC" && has "Noto Sans CJK SC"; }
ready "$1" && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Pango and fonts …"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq fontconfig libpango-1.0-0 libpangoft2-1.0-0 fonts-noto-core fonts-noto-cjk >/dev/null
fi
ready "$1" && exit 0
echo "The PDF needs Pango 1.44 or later and the fonts Noto Serif, Noto Sans, Noto Serif CJK SC and Noto Sans CJK SC (Debian: apt install libpangoft2-1.0-0 fonts-noto-core fonts-noto-cjk)." >&2
exit 1
