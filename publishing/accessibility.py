"""Test each page of the built site with axe-core; note in data/ what it found.

    python -m publishing.accessibility

The statement on accessibility in the chapter about this edition is made from these
notes, data/page_checks.csv. The tests of the book ask the same of its pages; this
command dates the answer.
"""

import datetime
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, TypeAlias, TypedDict

import pandas as pd
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from fourcities.facts import BUILD, DATA

from .browser import chromium
from .errors import BuildError

Theme: TypeAlias = Literal["light", "dark"]

NOTES = DATA / "page_checks.csv"
THEMES: tuple[Theme, ...] = ("light", "dark")
WIDTHS = (1280, 390)
# Sets of rules of axe-core: WCAG up to 2.2, levels A and AA, and what is good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]

OPTIONS = {"runOnly": RULES, "resultTypes": ["violations"]}


class Check(TypedDict):
    """A row of page_checks.csv."""

    check: str
    date: str
    tool: str
    version: str
    rules: str
    theme: str
    width: int
    pages: int
    violations: int


def main() -> None:
    """Test all pages in both themes and widths; write when all are tested."""
    pages = pages_of(BUILD / "html")
    with chromium() as browser:
        checks = list(_checks(browser, pages))
    new = NOTES.with_suffix(".csv.new")
    pd.DataFrame(checks).to_csv(new, index=False, lineterminator="\n")
    os.replace(new, NOTES)
    print(f"Written: {NOTES.name}. `make book` brings the statement up to date.")


def pages_of(site: Path) -> list[Path]:
    """List the pages of a site.

    Parameters
    ----------
    site : Path
        Its folder.

    Returns
    -------
    list of Path
        The pages with the theme's frame, in the order of their names.

    Raises
    ------
    BuildError
        If there are none.
    """
    pages = sorted(site.glob("*.html"))
    if not pages:
        raise BuildError(f"expected the pages of the site in {site}: run `make book`")
    return pages


def _checks(browser: Browser, pages: list[Path]) -> Iterator[Check]:
    for theme in THEMES:
        for width in WIDTHS:
            window = browser.new_page(
                viewport={"width": width, "height": 900}, color_scheme=theme
            )
            violations, version = 0, ""
            for page in pages:
                window.goto(page.as_uri())
                found = Axe().run(window, options=OPTIONS).response
                version = found["testEngine"]["version"]
                for violation in found["violations"]:
                    print(f"{page.name}, {theme}, {width} px: {violation['help']}")
                violations += len(found["violations"])
            window.close()
            yield {
                "check": f"axe-{theme}-{width}",
                "date": f"{datetime.date.today()}",
                "tool": "axe-core",
                "version": version,
                "rules": ", ".join(RULES),
                "theme": theme,
                "width": width,
                "pages": len(pages),
                "violations": violations,
            }


if __name__ == "__main__":
    main()
