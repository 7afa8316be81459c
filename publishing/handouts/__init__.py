"""Handouts of the site: a profile of each city on one page, and a sheet of figures.

Each is an HTML page (`frame`) and a PDF that Chromium prints (`printing`). All that
stands in them comes from the data (`profiles`, `key_figures`) and from the outputs of
the chapters (`figures`), so that a city or a figure more is one here too. `site` writes
them, and `slides` shows the same figures.
"""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Browser

from fourcities.facts import cities

from ..browser import NoBrowserError, chromium
from ..paths import TEMPLATES
from .figures import figure_sheet, tagged, tagged_figures
from .printing import printed
from .profiles import profile

# What stands on a site without PDFs in place of what speaks of them.
INSTEAD = (
    (re.compile(r'<a href="[\w-]+\.pdf">As PDF</a> · '), ""),
    (re.compile(r'((?:href="|\()_handouts/[\w-]+)\.pdf'), r"\1.html"),
    (re.compile(r"\b(profiles|figure sheet) \(PDF\)"), r"\1"),
)

__all__ = ["figure_sheet", "profile", "tagged", "tagged_figures", "write"]


def write(site: str | Path) -> str:
    """Write all handouts into a site's folder _handouts.

    Parameters
    ----------
    site : str or Path
        The site's folder; its folder _static exists.

    Returns
    -------
    str
        Why there are no PDFs; "" if there are.

    Notes
    -----
    For each handout an HTML page and a PDF: `berlin.html` and `berlin.pdf`, one pair
    for each city, and `figures` for the sheet of figures. Where no browser prints the
    PDFs, links to them lead to the pages.
    """
    folder = Path(site) / "_handouts"
    folder.mkdir(exist_ok=True)
    # Not in publishing/static, whose files every page loads.
    shutil.copy(TEMPLATES / "handout.css", Path(site) / "_static")
    pages = {city: profile(city) for city in cities()} | {"figures": figure_sheet()}
    for slug, html in pages.items():
        (folder / f"{slug}.html").write_text(html, "utf-8")
    try:
        with chromium() as browser:
            _print(browser, folder, pages)
    except NoBrowserError as error:
        _lead_to_pages(Path(site))
        return str(error)
    return ""


def _print(browser: Browser, folder: Path, slugs: Iterable[str]) -> None:
    page = browser.new_page()
    page.emulate_media(media="print")
    for slug in slugs:
        page.goto((folder / f"{slug}.html").resolve().as_uri())
        pdf = printed(page, on_one_page=slug != "figures")
        (folder / f"{slug}.pdf").write_bytes(pdf)


def _lead_to_pages(site: Path) -> None:
    """Nothing on a site without PDFs leads to one or promises one."""
    for path in [*site.glob("*.html"), *site.glob("_handouts/*.html")]:
        html = path.read_text("utf-8")
        for pattern, words in INSTEAD:
            html = pattern.sub(words, html)
        path.write_text(html, "utf-8")
