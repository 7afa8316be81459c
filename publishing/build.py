"""Build the book: check the data, bring stale notebooks up to date, make the site.

    python -m publishing.build            everything, into _build/html
    python -m publishing.build --refresh  only the notebooks
    python -m publishing.build --all      all notebooks, also those that are up to date
    python -m publishing.build --check    only a look at the data
    python -m publishing.build --teacher  the site with the page for teachers,
                                          into _build/teacher

Staleness is by content. A notebook keeps a record of the files that it read while it
ran, and a fingerprint of these, its code and its outputs; it is executed again when
that no longer fits. Prose does not count. Nothing is written until every stale notebook
has run, and the last good site stays until the new one is whole.
"""

import argparse
import sys
from contextlib import AbstractContextManager
from pathlib import Path

from filelock import FileLock, Timeout

from fourcities.facts import BUILD, DATA, DataError, Problem, check_data, read

from .contents import chapters
from .editions import check_editions, commit
from .errors import KEPT, told
from .notebooks import refresh
from .paths import ANSWERS
from .sessions import length_problems, session_problems
from .settings import check_settings
from .site import bring_back, build_site


def main() -> None:
    """Do what the command line asks for; a failure ends with its message alone."""
    wanted = _arguments()
    try:
        with alone():
            _build(wanted)
    except Exception as error:
        sys.exit(f"\n{told(error)}\n{KEPT}")


def alone() -> AbstractContextManager[object]:
    """Lock this project's build: a second one waits for the first.

    Returns
    -------
    context manager
        The lock, held already. It ends with the block, and with the process, even one
        that is killed.
    """
    BUILD.mkdir(exist_ok=True)
    lock = FileLock(BUILD / ".lock")
    try:
        return lock.acquire(timeout=0)
    except Timeout:
        print("Another build is at work here; waiting for it …", flush=True)
        return lock.acquire()


def check_chapters(data: Path = DATA) -> None:
    """Look whether the chapters that tables name are in the book, with what they use.

    Parameters
    ----------
    data : Path
        The data package.

    Raises
    ------
    DataError
        If a table names a chapter that _toc.yml doesn't have, or a session something
        that its chapters don't have: an explorer, an exercise, a figure, a part.
    """
    known = {path.stem: path for path in chapters()}
    problems = [
        Problem(f"{table}.csv", "a chapter of _toc.yml", row, column, chapter)
        for table, column in (
            ("sections", "chapter"),
            ("sessions", "chapters"),
            ("session_readings", "chapter"),
            ("changes", "chapter"),
            ("criteria", "chapter"),
        )
        for row, cell in enumerate(read(table, data)[column], 2)
        for chapter in cell.split()
        if chapter not in known
    ]
    problems = problems or session_problems(known, data)
    if problems:
        raise DataError(problems)


def check_lengths(data: Path = DATA) -> None:
    """Look whether the guide says how long its readings are; chapters are up to date.

    Parameters
    ----------
    data : Path
        The data package.

    Raises
    ------
    DataError
        If a reading has more or fewer words than session_readings.csv says.
    """
    problems = length_problems({path.stem: path for path in chapters()}, data)
    if problems:
        raise DataError(problems)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--refresh",
        action="store_true",
        help="bring the notebooks up to date, build no site",
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help="execute all notebooks, also those that are up to date",
    )
    parser.add_argument(
        "--check", action="store_true", help="check the data, write nothing"
    )
    parser.add_argument(
        "--teacher",
        action="store_true",
        help="add the page for teachers, into _build/teacher",
    )
    return parser.parse_args()


def _build(wanted: argparse.Namespace) -> None:
    site = "teacher" if wanted.teacher else "html"
    if not wanted.check:
        bring_back(site)
    print("Checking data/ …", flush=True)
    check_settings()
    commit()
    for doubt in check_data():
        print(doubt)
    check_editions()
    check_chapters()
    if wanted.check:
        return
    refresh([*chapters(), ANSWERS], wanted.all)
    check_lengths()
    if wanted.refresh:
        return
    page = build_site(site)
    print(f"\nThe book is ready. Open {page.as_uri()}")


if __name__ == "__main__":
    main()
