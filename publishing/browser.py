"""Chromium: it prints the handouts, and opens the pages in tests and benchmarks.

python -m publishing.browser    whether one starts here; if not, why
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
]
PATIENCE = 30_000  # milliseconds for a start
SAID = re.compile(r"\[(?:out|err)\] (.+)")  # by the program, in playwright's report


class NoBrowserError(LookupError):
    """No Chromium starts here; the message says what each that was tried said."""


def candidates() -> list[str | None]:
    """List what may be a Chromium on this machine.

    Returns
    -------
    list of str or None
        Path of the one that the variable CHROMIUM names, and no other; without it those
        that are installed, then None for playwright's own.
    """
    named = os.environ.get("CHROMIUM")
    return [named] if named else [*filter(None, map(shutil.which, NAMES)), None]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser, the first that works, and end it with the block.

    Yields
    ------
    playwright.sync_api.Browser

    Raises
    ------
    NoBrowserError
        If none starts.
    """
    with sync_playwright() as running:
        browser = _started(running)
        yield browser
        browser.close()


def version_of_chromium() -> str:
    """Name the browser that `chromium` would start, without starting it.

    Returns
    -------
    str
        What it says of its version; "" if there is none.
    """
    for path in candidates():
        if path is None:  # playwright's own: each version of playwright has one
            return f"playwright {version('playwright')}"
        with suppress(OSError, subprocess.SubprocessError):
            if sys.platform == "win32":  # there it would open a window
                return f"{path} {os.stat(path)}"
            command = [path, "--version"]
            return subprocess.check_output(
                command, stderr=subprocess.DEVNULL, timeout=PATIENCE / 1000, text=True
            )
    return ""


def _started(running: Playwright) -> Browser:
    said = []
    for path in candidates():
        try:
            return running.chromium.launch(
                executable_path=path, args=QUIET, timeout=PATIENCE
            )
        except Error as error:
            said.append(f"  {path or 'playwright'}: {_reason(error)}")
    raise NoBrowserError(
        "expected a Chromium that starts. Tried:\n" + "\n".join(said) + "\n"
        "Install one (Debian: apt install chromium) or set CHROMIUM=/path/to/it."
    )


def _reason(error: Error) -> str:
    """What a program said before it ended; else what playwright says of it."""
    lines = SAID.findall(str(error))[:3] or str(error).splitlines()[:1]
    return " ".join(line.strip() for line in lines)


def main() -> None:
    """Try to start one; if none does, end with the reasons."""
    try:
        with chromium():
            pass
    except NoBrowserError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
