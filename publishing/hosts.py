"""What a site that is finished needs of its own, as hosts have habits."""

import hashlib
import re
from codecs import BOM_UTF8
from pathlib import Path


def fit_for_hosts(site: Path) -> None:
    """Make a site whole on any host.

    GitHub's Pages drop folders whose names begin with an underscore, unless a file says
    that the site is finished. And a host may let browsers keep a file for a while.

    Parameters
    ----------
    site : Path
        The site's folder, with all its pages.
    """
    (site / ".nojekyll").touch()
    for path in site.rglob("*.csv"):
        path.write_bytes(as_download(path))
    name_versions(site)


def as_download(path: Path) -> bytes:
    """Read a file as a reader gets it.

    A table begins with a mark that tells spreadsheets that it is UTF-8; they show other
    signs for umlauts and Chinese without it.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    bytes
        What it holds, with the mark if it is a CSV.
    """
    content = path.read_bytes()
    if path.suffix == ".csv" and not content.startswith(BOM_UTF8):
        return BOM_UTF8 + content
    return content


def name_versions(site: Path) -> None:
    """Ask for each script and style sheet with the checksum of what it holds.

    So a page and what it loads are of one edition, whatever a browser has kept.

    Parameters
    ----------
    site : Path
        The site's folder, with all its pages.
    """
    versions = {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in site.rglob("*")
        if path.suffix in (".js", ".css")
    }
    names = "|".join(map(re.escape, versions))
    loaded = re.compile(rf'((?:src|href)="(?:[^":?]*/)?({names}))(?:\?v=\w*)?"')
    for page in site.rglob("*.html"):
        html = loaded.sub(
            lambda at: f'{at[1]}?v={versions[at[2]][:8]}"', page.read_text("utf-8")
        )
        page.write_text(html, "utf-8")
