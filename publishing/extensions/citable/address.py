"""The site as a whole: its public address, and a page for those that lead nowhere."""

import re
import shutil
from collections.abc import Iterator
from html import escape
from pathlib import Path
from posixpath import join
from typing import Any
from urllib.parse import urlsplit

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

from fourcities.facts import is_address

from .stated import PICTURE

SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
{pages}</urlset>
"""
ROBOTS = """User-agent: *
Allow: /
Sitemap: {sitemap}
"""
RELATIVE = re.compile(
    r'((?:href|src|action|data-content_root)=")(?!#|/|[a-z]+:)(?:\./)?'
)


def check_address(app: Sphinx, config: Config) -> None:
    """Raise ConfigError if the site's address is none."""
    if config.html_baseurl and not is_address(config.html_baseurl):
        raise ConfigError(
            "_config.yml, html, baseurl: expected an address that begins with "
            f"https://, or nothing, found {config.html_baseurl!r}"
        )


def add_lost_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The page for addresses that lead nowhere: its name, context and template."""
    yield "404", {"title": "Page not found"}, "404.html"


def publish(app: Sphinx, exception: Exception | None) -> None:
    """Write what only a site with a public address has.

    Sitemap, robots.txt, the picture for previews, and a 404 page that works from any
    depth.
    """
    address, out = app.config.html_baseurl, Path(app.outdir)
    if exception or not address or app.builder.format != "html":
        return
    pages = [join(address, f"{page}.html") for page in sorted(app.env.found_docs)]
    lines = "".join(f"<url><loc>{escape(page)}</loc></url>\n" for page in pages)
    (out / "sitemap.xml").write_text(SITEMAP.format(pages=lines), "utf-8")
    robots = ROBOTS.format(sitemap=join(address, "sitemap.xml"))
    (out / "robots.txt").write_text(robots, "utf-8")
    if PICTURE.exists():
        shutil.copy(PICTURE, out / "_static")
    _make_absolute(out / "404.html", urlsplit(address).path.rstrip("/") + "/")


def _make_absolute(path: Path, folder: str) -> None:
    """Let the addresses in a page begin at the site's folder on its server."""
    html = RELATIVE.sub(lambda start: start[1] + folder, path.read_text("utf-8"))
    path.write_text(html, "utf-8")
