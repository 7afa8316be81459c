"""Parts of a site that are kept from one build to the next.

What takes long to make and seldom changes is kept under a hash of all that it is made
from: found again, it is the same, so a build with parts of the last one and a build
from nothing give the same bytes.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path


class Parts:
    """A folder of parts, each named by the hash of what it was made from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._used: set[str] = set()
        folder.mkdir(parents=True, exist_ok=True)

    def has(self, *made_from: str) -> bool:
        """Say whether a part was kept. made_from: as in `get`."""
        return self._path(made_from).exists()

    def get(self, *made_from: str, make: Callable[[], bytes | str]) -> bytes:
        """A part as it was kept, or made now.

        Parameters
        ----------
        made_from : str
            All that the part follows from; hashes of files, names of programs.
        make : callable
            Makes the part.

        Returns
        -------
        bytes
            A text in UTF-8.
        """
        path = self._path(made_from)
        self._used.add(path.name)
        if not path.exists():
            part = make()
            path.write_bytes(part.encode() if isinstance(part, str) else part)
        return path.read_bytes()

    def forget_others(self) -> None:
        """Remove the parts that nobody has asked for since this began."""
        for path in self.folder.iterdir():
            if path.name not in self._used:
                path.unlink()

    def _path(self, made_from: tuple[str, ...]) -> Path:
        return self.folder / hashlib.sha256(repr(made_from).encode()).hexdigest()
