"""Handouts of the site: a profile of each city on one page, and a sheet of figures.

Each is an HTML page (`frame`) and a PDF that Chromium prints (`printing`). All that
stands in them comes from the data (`profiles`, `key_figures`) and from the outputs of
the chapters (`figures`), so that a city or a figure more is one here too. `site` writes
them, and `slides` shows the same figures.
"""

import shutil
from pathlib import Path

from fourcities.facts import cities

from ..browser import chromium
from ..paths import TEMPLATES
from .figures import figure_sheet, tagged_figures
from .printing import printed
from .profiles import profile

__all__ = ["figure_sheet", "profile", "tagged_figures", "write"]


def write(site: str | Path) -> None:
    """Write all handouts into a site's folder _handouts.

    Parameters
    ----------
    site : str or Path
        The site's folder; its folder _static exists.

    Raises
    ------
    LookupError
        If there is no Chromium.

    Notes
    -----
    For each handout an HTML page and a PDF: `berlin.html` and `berlin.pdf`, one pair
    for each city, and `figures` for the sheet of figures.
    """
    folder = Path(site) / "_handouts"
    folder.mkdir(exist_ok=True)
    # Not in publishing/static, whose files every page loads.
    shutil.copy(TEMPLATES / "handout.css", Path(site) / "_static")
    pages = {city: profile(city) for city in cities()} | {"figures": figure_sheet()}
    for slug, html in pages.items():
        (folder / f"{slug}.html").write_text(html, "utf-8")
    with chromium() as browser:
        page = browser.new_page()
        page.emulate_media(media="print")
        for slug in pages:
            page.goto((folder / f"{slug}.html").resolve().as_uri())
            pdf = printed(page, on_one_page=slug != "figures")
            (folder / f"{slug}.pdf").write_bytes(pdf)
