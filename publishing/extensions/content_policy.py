"""A policy of what may run on a page.

Each page carries a Content-Security-Policy: the site's own files and nothing else. Of
scripts that stand in a page, the browser runs those that the theme puts into every
page, named by their hashes; one that came with a chapter's text or data would not run.
"""

import base64
import hashlib
import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

# Blocks of JSON are data, not scripts.
INLINE = re.compile(r"<script(?![^>]*(?:\bsrc=|json))[^>]*>(.*?)</script>", re.S)
CHARSET = '<meta charset="utf-8">'
# Styles may stand in a page: the theme sets its colours in a <style>, figures and bars
# their sizes in attributes. Hashes don't cover attributes.
# On a memory stick 'self' means files.
POLICY = (
    "default-src 'none'; "
    "script-src 'self' {hashes}; "
    "style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; "
    "font-src 'self'; "
    "connect-src 'self'; "
    "base-uri 'none'; "
    "form-action 'self'"
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
        # Pages of an earlier build that were not written again have it.
        if policy not in html:
            with_policy = html.replace(CHARSET, f"{CHARSET}\n    {policy}", 1)
            path.write_text(with_policy, "utf-8")


def _hash_of(script: str) -> str:
    """An inline script as the policy names it."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
