"""Build the book: check the data, bring stale notebooks up to date, make the site.

    python -m publishing.build            everything, into _build/html
    python -m publishing.build --refresh  only the notebooks
    python -m publishing.build --check    only a look at the data
    python -m publishing.build --teacher  the site with the page for teachers,
                                          into _build/teacher

Staleness is by content. A notebook keeps a fingerprint of all that its outputs
follow from (its code, its outputs, the data, this package, the pinned packages); it
is executed again when the fingerprint no longer fits. Prose does not count. Nothing
is written until every stale notebook has run, and the last good site stays until the
new one is whole.
"""

import argparse
import sys
from contextlib import AbstractContextManager

from filelock import FileLock, Timeout

from fourcities.facts import BUILD, DataError, check_data, read

from .errors import KEPT, BuildError
from .notebooks import chapters, refresh
from .paths import ANSWERS
from .site import build_site


def main() -> None:
    """Do what the command line asks for; a failure ends with its message alone."""
    wanted = _arguments()
    try:
        with alone():
            _build(wanted)
    except (BuildError, DataError) as error:
        sys.exit(f"\n{error}\n{KEPT}")
    except OSError as error:  # a full disk, a folder that may not be written
        sys.exit(
            f"\n{error.filename or 'A file'} can't be written or read: "
            f"{error.strerror or error}. Free some space, or give the project's folder "
            f"back its rights, and build again.\n{KEPT}"
        )


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


def check_sessions() -> None:
    """Look whether the chapters of sessions.csv are in the book.

    Raises
    ------
    BuildError
        If a session names a chapter that _toc.yml doesn't have.
    """
    known = {path.stem for path in chapters()}
    for _, row in read("sessions").iterrows():
        for chapter in row["chapters"].split():
            if chapter not in known:
                raise BuildError(
                    f"data/sessions.csv, session {row['session']}, column chapters: "
                    f"found {chapter!r}, expected a chapter of _toc.yml"
                )


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
        "--check", action="store_true", help="check the data, write nothing"
    )
    parser.add_argument(
        "--teacher",
        action="store_true",
        help="add the page for teachers, into _build/teacher",
    )
    return parser.parse_args()


def _build(wanted: argparse.Namespace) -> None:
    print("Checking data/ …", flush=True)
    check_data()
    check_sessions()
    if wanted.check:
        return
    refresh([*chapters(), ANSWERS])
    if wanted.refresh:
        return
    page = build_site("teacher" if wanted.teacher else "html")
    print(f"\nThe book is ready. Open {page.as_uri()}")


if __name__ == "__main__":
    main()
