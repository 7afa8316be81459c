#!/bin/sh
# Install what a lock names into .venv, each file by its hash. uv does it in a fraction of pip's time: the one on this machine, or one
# that pip brings; where it can't, pip goes on. A stopped run leaves no mark, and the next one begins with a new .venv, since an
# installer would believe what is half there; a run that is given up, as without a network, leaves the mark of the last one.
# usage: install.sh PYTHON LOCK MARK
set -u
python=$1 lock=$2 mark=$3
bin=.venv/bin whole=.venv/.installed

with_uv() {
    settings=$($bin/pip config list 2>/dev/null)
    case $settings in *.no-index=*) return 1 ;; esac    # uv reads no settings of pip: it is told the index, and would ask one here
    index=$(echo "$settings" | sed -n "s/^[^=]*\.index-url='\(.*\)'$/\1/p" | head -n 1)
    uv=$(PATH=$PATH:$PWD/$bin; command -v uv) || {
        sed -n '/^uv==/,/[^\\]$/p' requirements-dev.lock >.venv/uv.txt
        $bin/pip install --quiet --disable-pip-version-check -r .venv/uv.txt && uv=$bin/uv || return 1
    }
    "$uv" pip install --python $bin/python ${index:+--default-index "$index"} -r "$lock"
}

trap 'exit 130' INT
$python -c 'import sys; v = sys.version_info; sys.exit(None if (3, 11) <= v < (3, 14) else f"This book needs Python 3.11, 3.12 or 3.13; {sys.executable} is {v[0]}.{v[1]}. Name another: make book PYTHON=python3.12")' || exit 1
if [ -e $whole ]; then
    mv $whole $whole.last
else
    $python -m venv --clear .venv || exit 1
fi
# The lock names all; what a package says of others, in words without a hash, pip would refuse.
with_uv || $bin/pip install --disable-pip-version-check --no-deps -r "$lock" || {
    [ -e $whole.last ] && mv $whole.last $whole
    exit 1
}
[ -e $whole.last ] && mv $whole.last $whole
touch "$mark"
