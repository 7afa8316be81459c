"""Where the files of the project are, and how one is read."""

import errno
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
BOOK = ROOT / "book"
DATA = ROOT / "data"
BUILD = ROOT / "_build"


def bytes_of(path: Path) -> bytes:
    """What stands in a file.

    Parameters
    ----------
    path : Path
        A file.

    Returns
    -------
    bytes

    Raises
    ------
    OSError
        If it can't be read; if a folder or a pipe has its name, on which a reader would
        wait for ever.
    """
    if path.exists() and not path.is_file():
        words = "expected a file, found a folder, a pipe or a device"
        raise OSError(errno.EINVAL, words, str(path))
    return path.read_bytes()
