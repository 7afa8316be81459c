"""A policy of what may run on a page.

Each page carries a Content-Security-Policy: the site's own files and nothing else. Of
scripts that stand in a page, the browser runs those that the theme puts into every
page, named by their hashes; one that came with a chapter's text or data would not run.
"""

import base64
import hashlib
import re
from html import unescape
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.typing import ExtensionMetadata

# Blocks of JSON are data, not scripts.
INLINE = re.compile(r"<script(?![^>]*(?:\bsrc=|json))[^>]*>(.*?)</script>", re.S)
# Firefox would fetch the page that such a link names, which the policy forbids.
NEXT = re.compile(r'\s*<link rel="next"[^>]*>')
# Where a page can lead, or what it can load.
LINK = re.compile(
    r"""\s(?:href|src|action|formaction|poster|data)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""",
    re.I,
)
SCHEME = re.compile(r"[\s\x00-\x1f]*([a-z][a-z0-9+.-]*):", re.I)
MAY_LEAD = {"http", "https", "mailto"}
CHARSET = '<meta charset="utf-8">'
# Styles may stand in a page: the theme sets its colours in a <style>, figures and bars
# their sizes in attributes. Hashes don't cover attributes.
# On a memory stick 'self' means files; not for Firefox where it sends a form.
POLICY = (
    "default-src 'none'; "
    "script-src 'self' {hashes}; "
    "style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; "
    "font-src 'self'; "
    "connect-src 'self'; "
    "base-uri 'none'; "
    "form-action 'self' file:"
)


def setup(app: Sphinx) -> ExtensionMetadata:
    app.connect("build-finished", write_policy)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def write_policy(app: Sphinx, exception: Exception | None) -> None:
    """Make the policy the first thing that every page says.

    The search page has no chapter's text: its inline scripts are those of the theme.
    """
    out = Path(app.outdir)
    search = out / "search.html"
    if exception or not search.exists():
        return
    pages = {path: path.read_text("utf-8") for path in out.rglob("*.html")}
    scripts = sorted(set(INLINE.findall(pages[search])))
    rules = POLICY.format(hashes=" ".join(map(_hash_of, scripts)))
    policy = f'<meta http-equiv="Content-Security-Policy" content="{rules}">'
    for path, html in pages.items():
        check_links(path.name, html)
        # Pages of an earlier build that were not written again have it.
        if policy not in html:
            with_policy = html.replace(CHARSET, f"{CHARSET}\n    {policy}", 1)
            path.write_text(NEXT.sub("", with_policy), "utf-8")


def check_links(page: str, html: str) -> None:
    """Look where a page leads: into the book, to a site, to a letter.

    Parameters
    ----------
    page : str
        Its name, for the message.
    html : str
        The whole page.

    Raises
    ------
    ExtensionError
        If an address begins with javascript:, file: or any other scheme. Of data:,
        only pictures are allowed.
    """
    for found in LINK.findall(html):
        address = unescape(found.strip("\"'"))
        scheme = SCHEME.match(address)
        if not scheme or scheme[1].lower() in MAY_LEAD:
            continue
        if not address.startswith("data:image/"):
            raise ExtensionError(
                f"{page}: found the address {address[:80]!r}, "
                "expected http, https, mailto or a page of the book"
            )


def _hash_of(script: str) -> str:
    """An inline script as the policy names it."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
