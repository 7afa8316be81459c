"""What the book adds to Sphinx: labels for tables and figures, names for the search, levels for the parts in the navigation, a policy of what may run.

A table, a figure or an entry of glossary and bibliography made by `fourcities` carries its label as the id of its HTML. Here every such id becomes a
target that any page can refer to: `[the first table](#table-1)`. A label used twice stops the build.

Explorers are drawn by one script and one style sheet, which stand in the package beside explorers.py. They are copied once, and only pages with an
explorer load them. The script is an ES module, as notebooks need it; a page from a memory stick may not load modules, so its last line changes here.

Each page carries a Content-Security-Policy: the site's own files and nothing else. Of scripts that stand in a page, the browser runs those that the
theme puts into every page, named by their hashes; one that came with a chapter's text or data would not run.
"""

import base64
import hashlib
import re
from html import unescape
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging

from .citable import rows

LABELLED = re.compile(
    r'<(?:div class="book-table"|figure class="drawing") id="([^"]+)"'
)
ENTRY = re.compile(r'<(?:span class="entry"|section class="explorer"|tr) id="([^"]+)"')
NAMED = re.compile(r'<span lang="[^"]+">([^<]+)</span>')
EXPLORER, DESIGN = "explorer.js", "design-explorer.js"
GLOSSARY = "glossary"
PACKAGE = Path(__file__).parents[2] / "book" / "fourcities"
INLINE = re.compile(
    r"<script(?![^>]*(?:\bsrc=|json))[^>]*>(.*?)</script>", re.S
)  # blocks of JSON are data, not scripts
CHARSET = '<meta charset="utf-8">'
# Styles may stand in a page: the theme sets its colours in a <style>, figures and bars their sizes in attributes. Hashes don't cover attributes.
# On a memory stick 'self' means files.
POLICY = (
    "default-src 'none'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'"
)
CAPTION = re.compile(r"<(?:caption|figcaption)>(.*?)</(?:caption|figcaption)>", re.S)


def register_labels(app, doctree):
    """Make the id of every table, figure and entry of a page a label of the book."""
    domain, page = app.env.get_domain("std"), app.env.docname
    for node in doctree.findall(nodes.raw):
        html = node.astext()
        entries = [(label, label) for label in ENTRY.findall(html)]
        for label, caption in [
            *zip(LABELLED.findall(html), CAPTION.findall(html)),
            *entries,
        ]:
            other = domain.anonlabels.get(label, (page,))[0]
            if other != page:
                logging.getLogger(__name__).warning(
                    "label %r stands in %s and in %s", label, other, page
                )
            domain.labels[label] = (page, label, re.sub("<[^>]+>", "", caption))
            domain.anonlabels[label] = (page, label)


def index_names(app, doctree):
    """Let the search find names where they stand: terms in their three languages, the German and Chinese names of a table, each with the entry's address."""
    found = []
    if app.env.docname == GLOSSARY:
        found = [
            (row[name], f"term-{row['term']}")
            for row in rows("terms.csv")
            for name in ("name", "name_de", "name_zh")
            if row[name]
        ]
    for node in doctree.findall(nodes.raw):
        html = node.astext()
        labels = LABELLED.findall(html)
        if len(labels) == 1:
            found += [
                (unescape(name), labels[0])
                for name in dict.fromkeys(NAMED.findall(html))
            ]
    # The glossary and the report's own tables come first, other tables after every page that holds the words.
    entries = [
        (
            "single",
            name.replace(";", ","),
            label,
            "main" if re.match(r"term-|table-\d", label) else "",
            None,
        )
        for name, label in found
    ]
    if entries:
        doctree.insert(0, addnodes.index(entries=entries))


def copy_explorer(app):
    """The explorers' script as a classic one, and their style sheet, in the site's folder of static files."""
    module = (PACKAGE / "explorer.js").read_text("utf-8")
    script, exports, rest = module.rpartition("export default { render, wake };")
    if not exports or rest.strip():
        raise ValueError("explorer.js must end with: export default { render, wake };")
    static = Path(app.outdir) / "_static"
    static.mkdir(parents=True, exist_ok=True)
    for name, more in (
        (EXPLORER, ""),
        (DESIGN, (PACKAGE / "design.js").read_text("utf-8")),
    ):
        code = re.sub(
            r"^ *//.*\n", "", script + more, flags=re.M
        )  # its comments stay in the package
        (static / name).write_text(f"(() => {{\n{code}wake();\n}})();\n", "utf-8")
    (static / "explorer.css").write_text(
        (PACKAGE / "explorer.css").read_text("utf-8"), "utf-8"
    )


def load_explorer(app, page, template, context, doctree):
    """Script and style sheet for the pages that hold an explorer; the design of a comparison brings more script, on its page only."""
    held = (
        [
            node.astext()
            for node in doctree.findall(nodes.raw)
            if '<section class="explorer"' in node.astext()
        ]
        if doctree is not None
        else []
    )
    if held:
        app.add_js_file(
            DESIGN if any('{"kind":"design"' in html for html in held) else EXPLORER,
            loading_method="defer",
        )
        app.add_css_file("explorer.css")


def level_of_captions(app, page, template, context, doctree):
    """The theme marks the parts in the navigation as headings; a heading has a level."""
    tree = context.get("furo_navigation_tree", "")
    context["furo_navigation_tree"] = tree.replace(
        'role="heading"', 'role="heading" aria-level="2"'
    )


def tidy(app, page, template, context, doctree):
    """A folded cell is called by the words that stand on it, so that someone who speaks to the page can say them. No id stands twice.
    Exercises have their look from book.css."""
    for useless in (
        ' aria-label="Toggle hidden content"',
        ' id="exercise-content"',
        ' id="solution-content"',
    ):
        context["body"] = context.get("body", "").replace(useless, "")
    context["css_files"] = [
        file
        for file in context["css_files"]
        if not str(file.filename).endswith("exercise.css")
    ]


def write_policy(app, exception):
    """The policy as the first thing that every page says. The search page has no chapter's text: its inline scripts are those of the theme."""
    search = Path(app.outdir) / "search.html"
    if exception or not search.exists():
        return
    pages = {path: path.read_text("utf-8") for path in Path(app.outdir).rglob("*.html")}
    scripts = sorted(set(INLINE.findall(pages[search])))
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in scripts
    )
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY.format(hashes=hashes)}">'
    for path, html in pages.items():
        if (
            policy not in html
        ):  # pages of an earlier build that were not written again have it
            path.write_text(
                html.replace(CHARSET, f"{CHARSET}\n    {policy}", 1), "utf-8"
            )


def setup(app):
    app.add_config_value(
        "comments_config", {}, "html"
    )  # jupyter-book always sets it; its extension is not loaded
    app.connect("doctree-read", register_labels)
    app.connect("doctree-read", index_names)
    app.connect("builder-inited", copy_explorer)
    app.connect("html-page-context", load_explorer)
    app.connect("html-page-context", level_of_captions, priority=900)  # after the theme
    app.connect("html-page-context", tidy, priority=900)
    app.connect("build-finished", write_policy)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
