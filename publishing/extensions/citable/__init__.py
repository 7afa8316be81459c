"""What makes the book citable and findable.

Descriptions and metadata of its pages (`metadata`), citations to copy (`citations`), an
address of the site and a page for addresses that lead nowhere (`address`).

Nothing is typed here that stands elsewhere (`stated`): authors, version, licences and
what is known of the report come from CITATION.cff, the project from data/sources.csv,
questions from data/sections.csv, the tables from data/datapackage.json. What these
don't state is left out of the metadata.

No address is invented either: canonical links, a picture for previews, sitemap.xml and
robots.txt are made only if `html: baseurl:` in _config.yml holds the site's public
address.
"""

from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from .address import add_lost_page, check_address, publish
from .citations import citation
from .metadata import head, linked_data
from .pages import page_of
from .stated import BOOK, COMMIT, DATE


def setup(app: Sphinx) -> ExtensionMetadata:
    app.add_config_value("contact", "", "html", str)
    app.connect("config-inited", check_address)
    app.connect("html-page-context", make_citable)
    app.connect("html-collect-pages", add_lost_page)
    app.connect("build-finished", publish)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def make_citable(
    app: Sphinx,
    name: str,
    template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give a page of the book its head and its citation.

    The search and the page for lost readers get a description and are not cited.
    """
    context |= {"edition": BOOK["version"], "edition_date": DATE, "commit": COMMIT}
    context["contact"] = app.config.contact
    if doctree is None:
        context["pageurl"] = None
        # The search sets its title in its template.
        title = context.get("title", name.capitalize())
        description = f"{escape(title)}: {escape(BOOK['title'])}"
        tags = f'<meta name="description" content="{description}">'
    else:
        page = page_of(
            app, name, doctree, context["pathto"], url=context["pageurl"] or ""
        )
        context["citation"] = citation(app, page)
        tags = head(app, page) + "\n" + linked_data(app, page)
    context["metatags"] = context.get("metatags", "") + tags + "\n"
