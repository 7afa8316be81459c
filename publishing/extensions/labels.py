"""Labels for tables and figures, so that any page can refer to them.

A table, a figure or an entry of glossary and bibliography made by `fourcities` carries
its label as the id of its HTML. Here every such id becomes a target that any page can
refer to: `[Table 1](basic-data.ipynb#table-1)`, which a notebook front end understands
too. A label used twice stops the build.
"""

import re
from collections.abc import Iterator
from typing import cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

LABELLED = re.compile(
    r'<(?:div class="book-table"|figure class="drawing") id="([^"]+)"'
)
ENTRY = re.compile(r'<(?:span class="entry"|section class="explorer"|tr) id="([^"]+)"')
CAPTION = re.compile(r"<(?:caption|figcaption)>(.*?)</(?:caption|figcaption)>", re.S)


def setup(app: Sphinx) -> ExtensionMetadata:
    app.connect("doctree-read", register_labels)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def register_labels(app: Sphinx, doctree: nodes.document) -> None:
    """Make the id of every table, figure and entry of a page a label of the book."""
    domain = cast(StandardDomain, app.env.get_domain("std"))
    page = app.env.docname
    for html in raw_html(doctree):
        for label, caption in _labels_of(html):
            other = domain.anonlabels.get(label, (page,))[0]
            if other != page:
                logging.getLogger(__name__).warning(
                    "label %r stands in %s and in %s", label, other, page
                )
            words = re.sub("<[^>]+>", "", caption)
            domain.labels[label] = (page, label, words)
            domain.anonlabels[label] = (page, label)
            # For `[Table 1](basic-data.ipynb#table-1)`, which MyST looks up here.
            slugs = app.env.metadata[page].setdefault("myst_slugs", {})
            slugs[label] = (0, label, words)


def raw_html(doctree: nodes.document) -> Iterator[str]:
    """The pieces of HTML that stand in a page as they are, such as outputs of cells."""
    for node in doctree.findall(nodes.raw):
        yield node.astext()


def _labels_of(html: str) -> list[tuple[str, str]]:
    """The labels in a piece of HTML with their captions; an entry's is its label."""
    captioned = zip(LABELLED.findall(html), CAPTION.findall(html))
    entries = ((label, label) for label in ENTRY.findall(html))
    return [*captioned, *entries]
