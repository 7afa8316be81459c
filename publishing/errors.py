"""What stops a build, and what is said of it."""

import os
import sys
import traceback
from contextlib import suppress
from pathlib import Path

from fourcities.facts import BUILD, ROOT, DataError

KEPT = "Nothing was built; the last good site, if there is one, is as it was."
TRACEBACK = BUILD / "traceback.txt"
OURS = (".py", ".pyc", ".lock")  # of files that are opened, not read for the book

_read_last: list[Path] = []


class BuildError(Exception):
    """The book can't be built; the message says where and why."""


def told(error: Exception) -> str:
    """What a command says of an error that ends it.

    Parameters
    ----------
    error : Exception
        What was raised.

    Returns
    -------
    str
        The message of a `BuildError` or `DataError`; of an `OSError` which file it is
        about; of any other one line: the file that was read last, the error, and where
        its traceback is.
    """
    if isinstance(error, (BuildError, DataError)):
        return str(error)
    if isinstance(error, OSError):
        return (
            f"{error.filename or 'A file'} can't be written or read: "
            f"{error.strerror or error}. Free some space, or give the project's folder "
            "back its rights, and try again."
        )
    return _last_resort(error)


def _note(event: str, args: tuple[object, ...]) -> None:
    if event != "open" or not isinstance(args[0], (str, os.PathLike)):
        return
    path = Path(args[0])
    other = path.suffix in OURS or {"_build", ".venv"} & set(path.parts)
    if path.is_relative_to(ROOT) and not other:
        _read_last[:] = [path.relative_to(ROOT)]


def _last_resort(error: Exception) -> str:
    """One line on an error that nobody thought of; its traceback goes into a file."""
    lines = str(error).splitlines() or [""]
    said = f"{type(error).__name__}: {lines[0][:200]}".rstrip(": ")
    read = f" The last file that was read is {_read_last[0]}." if _read_last else ""
    kept = ""
    with suppress(OSError):
        TRACEBACK.write_text("".join(traceback.format_exception(error)), "utf-8")
        kept = f" The traceback is in {TRACEBACK.relative_to(ROOT)}."
    return f"Stopped by what nobody thought of: {said}.{read}{kept}"


sys.addaudithook(_note)
