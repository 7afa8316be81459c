"""Which version of the data package there is, and whether it passed the check."""

import os
from contextlib import suppress
from pathlib import Path
from time import monotonic

from .paths import BUILD, DATA
from .problems import Problem
from .shapes import State

# What tells the last data that passed, and the rules that they passed, from any other.
PASSED = BUILD / "data.passed"
# Seconds for which a look at the files holds: thousands of questions come in one.
HOLDS = 0.1
TABLES = (".csv", ".json")  # endings
_last_look: dict[Path, tuple[float, State]] = {}


def state_of(folder: Path = DATA) -> State:
    """What tells one version of the files from another.

    It is a key for what is worked out from them.

    Parameters
    ----------
    folder : Path
        Where the package lies.

    Returns
    -------
    tuple
        Name, size in bytes and times of the last change, of what stands in it and of
        anything about it, of each CSV and JSON file, as they were less than a tenth of
        a second ago; empty if there is no such folder.
    """
    looked, state = _last_look.get(folder, (0.0, ()))
    now = monotonic()
    if now - looked > HOLDS:
        state = _look_at(folder, TABLES)
        _last_look[folder] = now, state
    return state


def _look_at(folder: Path, endings: tuple[str, ...]) -> State:
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
    check_data(folder)


def check_data(folder: str | Path = DATA) -> list[Problem]:
    """Check a data package: its files, types, keys, texts and rules.

    Parameters
    ----------
    folder : path
        The folder with datapackage.json and the CSV files that it lists.

    Returns
    -------
    list of Problem
        What is unlikely and yet possible: to be looked at, nothing to stop for.

    Raises
    ------
    DataError
        Unless the data package is sound.
    """
    from .checks import doubts_in  # no part of what a notebook on sound data imports

    folder = Path(folder)
    state = _look_at(folder, TABLES)
    doubts = doubts_in(folder)
    if folder == DATA:
        remember(state)
    return doubts


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
    return repr((state, _look_at(Path(__file__).parent, (".py",))))
