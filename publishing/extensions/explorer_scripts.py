"""The explorers' scripts and their style sheet, for the pages that hold an explorer.

Explorers are drawn by one script and one style sheet, which stand in the package
`fourcities`. They are copied once, and only pages with an explorer load them. The
script is an ES module, as notebooks need it; a page from a memory stick may not load
modules, so its last line changes here.
"""

import re
import shutil
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from ..contents import PAGE_SCRIPT, SCRIPTS, STYLE

EXPLORER, DESIGN = (path.name for path in SCRIPTS)
# What the data of an explorer say, if its page needs a script other than the usual one.
NEEDS = {'{"kind":"design"': DESIGN, '"judged":{': PAGE_SCRIPT.name}
EXPORT = re.compile(r"export\s*\{\s*([\w$]+) as default\s*\};?\s*$")


def setup(app: Sphinx) -> ExtensionMetadata:
    app.connect("builder-inited", copy_explorer)
    app.connect("html-page-context", load_explorer)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def copy_explorer(app: Sphinx) -> None:
    """Put the explorers' scripts, as classic ones, and their style sheet into the site.

    They go into its folder of static files.
    """
    static = Path(app.outdir) / "_static"
    static.mkdir(parents=True, exist_ok=True)
    for path in (*SCRIPTS, PAGE_SCRIPT):
        script = classic(path.read_text("utf-8"), path.name)
        (static / path.name).write_text(script, "utf-8")
    shutil.copy(STYLE, static)


def classic(module: str, name: str) -> str:
    """A bundle as a script without modules: its default export is woken up.

    Raises ValueError if it exports anything else. The line that says where it comes
    from stays in the package.
    """
    found = EXPORT.search(module)
    if not found:
        raise ValueError(f"{name} must end with: export {{ … as default }};")
    code = re.sub(r"^//.*\n", "", module[: found.start()], flags=re.M)
    return f"(() => {{\n{code}\n{found[1]}.wake();\n}})();\n"


def load_explorer(
    app: Sphinx,
    page: str,
    template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Let a page that holds an explorer load script and style sheet.

    The design of a comparison and the ledger bring more script, each on its page only.
    """
    if doctree is None:
        return
    held = [
        node.astext()
        for node in doctree.findall(nodes.raw)
        if '<section class="explorer"' in node.astext()
    ]
    if held:
        data = "".join(held)
        scripts = (script for said, script in NEEDS.items() if said in data)
        app.add_js_file(next(scripts, EXPLORER), loading_method="defer")
        app.add_css_file("explorer.css")
