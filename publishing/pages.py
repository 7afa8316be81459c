"""The pages of the book, made by jupyter-book: a program of its own for the build.

    python -m publishing.pages TABLE_OF_CONTENTS FOLDER

The folder gets the site in `_build/html`, and beside it what Sphinx keeps of the pages
that it has read. If that is there from an earlier build, only what changed is read and
written (`extensions.rebuilding`).
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

# First: it records what the others read.
from .extensions.rebuilding import tables_read, unrecorded

from fourcities.facts import BOOK, DATA, ROOT, hash_of  # isort: skip

from .contents import CODE, hash_of_code
from .editions import commit

# What every page may follow from, beside chapters, package and publishing/.
BESIDE = (
    "_config.yml",
    "constraints.txt",
    "requirements.txt",
    "CITATION.cff",
    "README.png",
)
RECORD = "made-from.json"


def main() -> None:
    """Make the pages; the exit code says whether all went well."""
    toc, folder = map(Path, sys.argv[1:])
    sys.exit(0 if make_pages(toc, folder) else 1)


def make_pages(toc: Path, folder: Path, quiet: bool = False) -> bool:
    """Make the pages in a folder, or bring those up to date that are there.

    Parameters
    ----------
    toc : Path
        The table of contents.
    folder : Path
        For the pages, and for what is kept of them.
    quiet : bool
        Whether nothing is said but warnings and errors.

    Returns
    -------
    bool
        Whether there was neither a warning nor an error; they stand on the terminal.
    """
    from jupyter_book.sphinx import build_sphinx

    before = _record(folder)
    forget_record(folder)
    tables = [path.name for path in DATA.iterdir() if path.is_file()]
    with unrecorded():
        record = _record_of(toc, tables, CODE)  # as it is before pages are made
    failed = build_sphinx(
        str(BOOK),
        str(folder / "_build" / "html"),
        noconfig=True,
        path_config=ROOT / "_config.yml",
        confoverrides={
            "external_toc_path": str(toc),
            "latex_individualpages": False,
            "nitpicky": True,
        },
        warningiserror=True,
        keep_going=True,
        quiet=quiet,
    )
    if failed:
        return False
    used = {*before.get("tables", {}), *tables_read}
    record["tables"] = {n: one for n, one in record["tables"].items() if n in used}
    (folder / RECORD).write_text(json.dumps(record), "utf-8")
    return True


def can_be_kept(toc: Path, folder: Path) -> bool:
    """Whether pages that were made earlier can be brought up to date.

    All but the chapters must be as it was, and each table that was read for them.

    Parameters
    ----------
    toc : Path
        The table of contents.
    folder : Path
        As `make_pages` left it.

    Returns
    -------
    bool
    """
    record = _record(folder)
    return bool(record) and record == _record_of(toc, record["tables"], hash_of_code())


def forget_record(folder: Path) -> None:
    """Let nobody believe that a folder's pages are whole. folder: of `make_pages`."""
    (folder / RECORD).unlink(missing_ok=True)


def _record(folder: Path) -> dict[str, Any]:
    """What a folder's pages were made from; nothing if they are not whole."""
    path = folder / RECORD
    record: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    return record


def _record_of(toc: Path, tables: Iterable[str], code: str) -> dict[str, Any]:
    """What all pages are made from now.

    tables: names of files that they need; code: its hash.
    """
    beside = [path for name in BESIDE if (path := ROOT / name).exists()]
    return {
        "python": sys.version,
        "commit": commit(),
        "code": code,
        "frame": hash_of([toc, *beside]),
        "tables": {
            name: hash_of([path])
            for name in sorted(tables)
            if (path := DATA / name).exists()
        },
    }


if __name__ == "__main__":
    main()
