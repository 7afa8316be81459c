#!/bin/sh
# The PDF is set by Pango in Noto fonts (SIL Open Font License 1.1), which it holds: who opens it needs none of them. Take what is on
# this machine; install what is missing.
# usage: get-fonts.sh BIN (the virtual environment's folder of programs)
set -u
fonts="Noto Serif:Noto Sans:Noto Serif CJK SC:Noto Sans CJK SC:Noto Sans Mono CJK SC"
packages="fontconfig libpango-1.0-0 libpangoft2-1.0-0 fonts-noto-core fonts-noto-cjk"
ready() {
    "$1/python" -c "import weasyprint" 2>/dev/null || return 1
    echo "$fonts" | tr : '\n' | while read -r font; do fc-list -q "$font" 2>/dev/null || return 1; done
}
ready "$1" && exit 0
as_root=$([ "$(id -u)" = 0 ] || echo "sudo -n")
if command -v apt-get >/dev/null && $as_root true 2>/dev/null; then
    echo "Installing Pango and fonts …"
    $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq $packages >/dev/null
fi
ready "$1" && exit 0
echo "The PDF needs Pango 1.44 or later and these fonts: $(echo "$fonts" | sed 's/:/, /g'). On Debian: apt install $packages" >&2
exit 1
