"""Installing: each file by its hash in a lock, anew after a stop, with uv or pip."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from test_doors import imports_of

from conftest import ROOT

LOCKS = "requirements.lock", "requirements-dev.lock"

PYTHON = """#!/bin/sh
case "$*" in
-c*) exit 0 ;;
*--clear*) rm -rf .venv ;;
esac
mkdir -p .venv/bin
cp pip .venv/bin/pip
"""
# What pip and uv do; pip brings uv where it can be had.
INSTALLER = """#!/bin/sh
case "$*" in
config*) exit ;;
*uv.txt) test -e uv && cp uv .venv/bin/uv; exit ;;
esac
test -e .venv/half && echo "it believes what is there"
touch .venv/half
echo "by $(basename "$0")"
case "$(cat how)" in
stopped) kill -INT $PPID; exit 1 ;;
failed) exit 1 ;;
esac
"""
# A Python whose virtual environments have the pip that it brings, as a person's have;
# with uv, one that fails.
REAL = """#!/bin/sh
case "$*" in
*--clear*)
    {python} -m venv {without} .venv
    test -e .venv/bin/pip && exit
    echo false >.venv/bin/pip
    chmod +x .venv/bin/pip ;;
esac
"""
# All that is on the path: whether there is a uv is for a test to say.
PROGRAMS = ["sh", "make", "cat", "head", "sed", "touch", "basename"]
PROGRAMS += ["mv", "cp", "rm", "mkdir", "chmod"]


def write(path, text):
    """A program."""
    path.write_text(text)
    path.chmod(0o755)


@pytest.fixture
def make(tmp_path):
    """Runs `make` for a target in a folder that has a program `python` of its own, and
    two locks.
    """
    (tmp_path / "programs").mkdir()
    for name in PROGRAMS:
        (tmp_path / "programs" / name).symlink_to(shutil.which(name))
    (tmp_path / "publishing").mkdir()
    for name in ("Makefile", "publishing/install.sh"):
        shutil.copy(ROOT / name, tmp_path / name)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "UV_"))}
    kept |= {"PATH": str(tmp_path / "programs"), "PIP_CONFIG_FILE": os.devnull}
    for name in LOCKS:
        (tmp_path / name).touch()
    return lambda target, **settings: subprocess.run(
        ["make", target, f"PYTHON={tmp_path}/python"],
        cwd=tmp_path,
        env=kept | settings,
        text=True,
        capture_output=True,
    )


@pytest.mark.parametrize("tools", [["pip"], ["uv", "pip"]], ids=" ".join)
def test_an_install_that_was_stopped_is_done_anew(tmp_path, make, tools):
    """The first one, a later one, or one of what only tests and checks need. One that
    is given up, as without a network, leaves what is there. What uv can't do is left to
    pip.
    """
    write(tmp_path / "python", PYTHON)
    for name in tools:
        write(tmp_path / name, INSTALLER)
    for lock, how, code, believes in (
        ("", "failed", 2, False),
        ("", "stopped", 2, False),
        ("", "done", 0, False),
        ("", "failed", 2, True),
        ("", "stopped", 2, True),
        ("", "failed", 2, False),
        ("", "done", 0, False),
        ("", "done", 0, True),
        ("-dev", "failed", 2, True),
        ("-dev", "stopped", 2, True),
        ("", "done", 0, False),
        ("-dev", "done", 0, True),
    ):
        (tmp_path / "how").write_text(how)
        for name in LOCKS:
            changed = 2**31 * (name == f"requirements{lock}.lock")
            os.utime(tmp_path / name, (changed, changed))
        done = make(f".venv/.installed{lock}")
        assert done.returncode == code, (how, done)
        said = done.stdout.split("by ")
        assert ("believes" in said[0]) == believes, (how, done)
        tried = [words.partition("\n")[0] for words in said[1:]]
        assert tried == (tools if how == "failed" else tools[:1]), (how, done)


def wheel_in(folder, name, more, version="1.0"):
    """A package of one empty module, with more lines of what it says of itself."""
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    about = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{more}"
    own = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(f"{name}.py", "")
        archive.writestr(f"{own}/METADATA", about)
        archive.writestr(f"{own}/WHEEL", "Wheel-Version: 1.0\n")
        archive.writestr(f"{own}/RECORD", "")
    return wheel


@pytest.mark.parametrize("tool", ["pip", "uv"])
def test_a_file_with_another_hash_is_refused(tmp_path, make, tool):
    """Whatever place it comes from; pip is told that by its own settings. A package
    that asks for another with an extra, of which there is a newer one, is no hindrance.
    """
    wheel = wheel_in(tmp_path, "harmless", "Requires-Dist: other[more]>=1.0\n")
    other = wheel_in(tmp_path, "other", "Provides-Extra: more\n")
    wheel_in(tmp_path, "other", "Provides-Extra: more\n", version="1.1")
    without = "--without-pip" if tool == "uv" else ""
    write(tmp_path / "python", REAL.format(python=sys.executable, without=without))
    if tool == "uv":
        uv = Path(sys.executable).with_name("uv")
        (tmp_path / "programs" / "uv").symlink_to(uv)
    here = {
        f"{tool.upper()}_NO_INDEX": "1",
        f"{tool.upper()}_FIND_LINKS": str(tmp_path),
        "UV_CACHE_DIR": str(tmp_path / "cache"),
    }
    right, beside = (
        hashlib.sha256(path.read_bytes()).hexdigest() for path in (wheel, other)
    )
    lock = tmp_path / "requirements.lock"
    for digest, code in ((right[::-1], 2), (right, 0)):
        lock.write_text(
            f"harmless==1.0 \\\n    --hash=sha256:{digest}\n"
            f"other==1.0 \\\n    --hash=sha256:{beside}\n"
        )
        done = make(".venv/.installed", **here)
        assert done.returncode == code, done
        assert bool(list(tmp_path.glob(".venv/lib/*/*/harmless.py"))) == (code == 0)
        assert (tmp_path / ".venv" / ".installed").exists() == (code == 0)
        assert ("hash" in done.stderr.lower()) == (code == 2), done


def locked(name):
    """What a lock says of each package: version, where it is needed, hashes."""
    found = {}
    for entry in re.split(r"\n(?! )", (ROOT / name).read_text("utf-8").strip()):
        wanted, *hashes = entry.split(" \\\n    --hash=sha256:")
        version, _, where = wanted.partition(" ; ")
        found[Requirement(wanted).name] = (version, where, hashes)
    return found


def test_the_locks_hold_what_is_asked_for():
    """With the same versions in all of them, and the hash of each file. `make lock`
    writes them once requirements have changed.
    """
    book, dev = map(locked, LOCKS)
    for name, (version, _, hashes) in book.items():
        assert (version, hashes) == dev[name][::2]
    for name, found in (("requirements.txt", book), ("requirements-dev.txt", dev)):
        lines = (ROOT / name).read_text("utf-8").splitlines()
        wanted = [line.split("#")[0].strip() for line in lines if line[:1].isalpha()]
        assert len(wanted) > 10
        assert set(wanted) <= {version for version, _, _ in found.values()}
    for name, (_, _, hashes) in dev.items():
        assert hashes, name
        assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in hashes), name
    versions = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert versions == [" ; ".join(filter(None, one[:2])) for one in book.values()]


def test_the_book_is_built_by_what_its_lock_installs():
    """Without what only tests and checks need, which other targets than those of the
    book install first.
    """
    makefile = (ROOT / "Makefile").read_text("utf-8")
    rules = re.findall(r"^[a-z-]+:.*\.installed-dev .*\n(?:\t.*\n)+", makefile, re.M)
    others = set(re.findall(r"-m publishing\.(\w+)", "".join(rules)))
    code = [
        path.read_text("utf-8")
        for room in ("book", "publishing")
        for path in (ROOT / room).rglob("*.py")
        if not others & {*path.relative_to(ROOT).with_suffix("").parts}
    ]
    imported = set().union(*map(imports_of, code))
    owners, book = packages_distributions(), locked("requirements.lock")
    assert imported > {"pandas", "playwright", "sphinx"}
    assert {
        name
        for name in imported - {*sys.stdlib_module_names, "fourcities", "publishing"}
        if not {canonicalize_name(owner) for owner in owners[name]} & {*book}
    } == set()
