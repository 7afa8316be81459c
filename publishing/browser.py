"""Chromium: it prints the handouts, and opens the pages in tests and benchmarks."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Error, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
]


def executable() -> str | None:
    """Find a Chromium on this machine.

    Returns
    -------
    str or None
        Path of the one that the variable CHROMIUM names, or of one that is installed;
        None if playwright's own is all there is.
    """
    found = [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES)]
    return next(filter(None, found), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser, and end it with the block.

    Yields
    ------
    playwright.sync_api.Browser

    Raises
    ------
    LookupError
        Saying what to do, if none starts.
    """
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=executable(), args=QUIET
            )
        except Error as error:
            raise LookupError(
                "expected Chromium, to print the handouts: install it "
                "(`sh publishing/get-browser.sh .venv/bin`, or "
                "Debian: apt install chromium) "
                "or set CHROMIUM=/path/to/it. "
                f"It did not start: {str(error).splitlines()[0]}"
            ) from None
        yield browser
        browser.close()
