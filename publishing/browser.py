"""Chromium: it prints the handouts, and opens the pages in tests and benchmarks."""

import os
import shutil
from contextlib import contextmanager

from playwright.sync_api import Error, sync_playwright

QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
]


def executable():
    """Path of the Chromium that the variable CHROMIUM names, or of one on this machine; None if playwright's own is all there is."""
    named = [
        os.environ.get("CHROMIUM"),
        *map(shutil.which, ("chromium", "chromium-browser", "google-chrome")),
    ]
    return next(filter(None, named), None)


@contextmanager
def chromium():
    """A browser. Raises LookupError, saying what to do, if none starts."""
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=executable(), args=QUIET
            )
        except Error as error:
            raise LookupError(
                f"expected Chromium, to print the handouts: install it (`sh book/get-browser.sh .venv/bin`, or Debian: apt install chromium) "
                f"or set CHROMIUM=/path/to/it. It did not start: {str(error).splitlines()[0]}"
            ) from None
        yield browser
        browser.close()
