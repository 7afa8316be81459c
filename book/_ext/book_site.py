"""What the book adds to Sphinx: labels for tables and figures.

A table or figure made by `fourcities` carries its label as the id of its HTML. Here every such id becomes a
target that any page can refer to: `[the first table](#table-1)`. A label used twice stops the build.
"""

import re

from docutils import nodes
from sphinx.util import logging

LABELLED = re.compile(r'<(?:div class="book-table"|figure class="drawing") id="([^"]+)"')
CAPTION = re.compile(r"<(?:caption|figcaption)>(.*?)</(?:caption|figcaption)>", re.S)


def register_labels(app, doctree):
    """Make the id of every table and figure of a page a label of the book."""
    domain, page = app.env.get_domain("std"), app.env.docname
    for node in doctree.findall(nodes.raw):
        html = node.astext()
        for label, caption in zip(LABELLED.findall(html), CAPTION.findall(html)):
            other = domain.anonlabels.get(label, (page, ))[0]
            if other != page:
                logging.getLogger(__name__).warning("label %r stands in %s and in %s", label, other, page)
            domain.labels[label] = (page, label, re.sub("<[^>]+>", "", caption))
            domain.anonlabels[label] = (page, label)


def setup(app):
    app.add_config_value("comments_config", {}, "html")  # jupyter-book always sets it; its extension is not loaded
    app.connect("doctree-read", register_labels)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
