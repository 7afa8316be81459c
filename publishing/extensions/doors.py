"""The doors of a page, drawn by templates/page.html above its title.

They lead to its notebook, to the same with all it needs (`chapter_zips`), and, once the
book has a public repository, to a live copy of it. The setting `repository` in
_config.yml adds the links to Binder and to the source; they are links only, so no page
asks another host.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from ..settings import GITHUB


def setup(app: Sphinx) -> ExtensionMetadata:
    app.add_config_value("repository", "", "html", str)
    app.connect("html-page-context", public_doors)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def public_doors(
    app: Sphinx,
    page: str,
    template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Addresses of a page's doors to the public repository, if there is one."""
    known = GITHUB.fullmatch(app.config.repository)
    if known:
        notebook = f"book/{page}.ipynb"
        binder = f"https://mybinder.org/v2/gh/{known[1]}/HEAD"
        context["binder"] = f"{binder}?urlpath=lab/tree/{notebook}"
        source = f"https://github.com/{known[1]}/blob/HEAD"
        context["source_page"] = f"{source}/{notebook}"
