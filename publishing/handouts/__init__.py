"""Handouts of the site: a profile of each city on one page, and a sheet of figures.

Each is an HTML page (`frame`) and a PDF that Chromium prints (`printing`). All that
stands in them comes from the data (`profiles`, `key_figures`) and from the outputs of
the chapters (`figures`), so that a city or a figure more is one here too. `site` writes
them, and `slides` shows the same figures.
"""

import re
import shutil
from collections.abc import Mapping
from contextlib import nullcontext
from functools import partial
from importlib.metadata import version
from pathlib import Path

from playwright.sync_api import Browser

from fourcities.facts import BOOK, cities, hash_of, read

from ..browser import NoBrowserError, chromium, version_of_chromium
from ..contents import hash_of_all_but_chapters
from ..parts import Parts
from ..paths import TEMPLATES
from . import accessible, printing
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


def write(site: str | Path, parts: Parts) -> str:
    """Write all handouts into a site's folder _handouts.

    Parameters
    ----------
    site : str or Path
        The site's folder; its folder _static exists.
    parts : Parts
        Where the last ones are kept: a page is made again if data or code changed, the
        sheet with any figure, a PDF with its page, its style, the browser and pypdf.

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
    pages = _pages(parts)
    for slug, html in pages.items():
        (folder / f"{slug}.html").write_bytes(html)
    try:
        pdfs = _pdfs(folder, pages, parts)
    except NoBrowserError as error:
        _lead_to_pages(Path(site))
        return str(error)
    for slug, pdf in pdfs.items():
        (folder / f"{slug}.pdf").write_bytes(pdf)
    return ""


def _pages(parts: Parts) -> dict[str, bytes]:
    """The HTML of each handout by the name of its files."""
    rest = hash_of_all_but_chapters()
    pages = {
        city: parts.get("profile", city, rest, make=partial(profile, city))
        for city in cities()
    }
    names = " ".join(read("sessions")["chapters"]).split()
    chapters = hash_of({BOOK / f"{name}.ipynb" for name in names})
    pages["figures"] = parts.get("sheet", rest, chapters, make=figure_sheet)
    return pages


def _pdfs(folder: Path, pages: Mapping[str, bytes], parts: Parts) -> dict[str, bytes]:
    """The PDF of each page; no browser starts if all were kept."""
    chromium_version = version_of_chromium()
    code = [Path(str(module.__file__)) for module in (printing, accessible)]
    how = hash_of([TEMPLATES / "handout.css", *code]) + version("pypdf")
    keys = {
        slug: ("PDF", slug, str(html), how, chromium_version)
        for slug, html in pages.items()
    }
    lacking = not all(parts.has(*key) for key in keys.values())
    if lacking:
        print("Printing handouts …", flush=True)
    with chromium() if lacking else nullcontext() as browser:
        return {
            slug: parts.get(*key, make=partial(_printed, browser, folder, slug))
            for slug, key in keys.items()
        }


def _printed(browser: Browser | None, folder: Path, slug: str) -> bytes:
    assert browser, "one was started, as this PDF was not kept"
    page = browser.new_page()
    page.emulate_media(media="print")
    page.goto((folder / f"{slug}.html").resolve().as_uri())
    pdf = printed(page, on_one_page=slug != "figures")
    page.close()
    return pdf


def _lead_to_pages(site: Path) -> None:
    """Nothing on a site without PDFs leads to one or promises one."""
    for path in [*site.glob("*.html"), *site.glob("_handouts/*.html")]:
        html = path.read_text("utf-8")
        for pattern, words in INSTEAD:
            html = pattern.sub(words, html)
        path.write_text(html, "utf-8")
