"""Which version of the data package there is, and whether it passed the check."""

import os
from contextlib import suppress
from pathlib import Path

from .paths import BUILD, DATA
from .shapes import State

# What tells the last data that passed, and the rules that they passed, from any other.
PASSED = BUILD / "data.passed"


def state_of(
    folder: Path = DATA, endings: tuple[str, ...] = (".csv", ".json")
) -> State:
    """What tells one version of the files from another.

    It is a key for what is worked out from them.

    Parameters
    ----------
    folder : Path
        Where the package lies.
    endings : tuple of str
        Files whose names end otherwise don't count.

    Returns
    -------
    tuple
        Name, size in bytes and times of the last change, of what stands in it and of
        anything about it, of each file; empty if there is no such folder.
    """
    if not folder.is_dir():
        return ()  # `check_data` says what is missing
    with os.scandir(folder) as files:
        return tuple(
            sorted(
                (file.name, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
                for file in files
                if file.name.endswith(endings)
                for stat in [file.stat()]
            )
        )


def check_once(folder: Path, state: State) -> None:
    """Check a data package unless it is the book's own and passed before as it is.

    A notebook then starts twice as fast, and opens none but the files that it reads.

    Parameters
    ----------
    folder : Path
        Where the package lies.
    state : tuple
        What `state_of` says of it.

    Raises
    ------
    DataError
        If anything in the package is wrong.
    """
    if folder == DATA and PASSED.exists() and PASSED.read_text() == _now(state):
        return
    from .checks import check_data

    check_data(folder)


def remember(state: State) -> None:
    """Note that the book's own data passed the check.

    Before the first build, or where nothing may be written, they are checked each time.

    Parameters
    ----------
    state : tuple
        What `state_of` said before the check.
    """
    with suppress(OSError):
        PASSED.write_text(_now(state))


def _now(state: State) -> str:
    return repr((state, state_of(Path(__file__).parent, (".py",))))
