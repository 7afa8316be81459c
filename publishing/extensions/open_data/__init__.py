"""The data at fixed addresses: the site's folder `data/`, with a page of its own.

It has the data package as it is, with codebook and licence; each indicator as a JSON
file; the ledger as computed; the package described for the web (`csvw`) and for machine
learning (`croissant`); all of it as one zip, with checksums. Every file is made from
the package, so that a city that is added is in all of them.

A link of a chapter to a file of `data/` leads there, and so does the name of an
indicator below a figure or a table.
"""

import re
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util.typing import ExtensionMetadata

from fourcities.facts import descriptor, lookup

from ...contents import hash_of_all_but_chapters
from ...parts import Parts
from ..chapter_zips import write_zip
from .contents import address_of, files, sums

PLACE = "data"  # the folder of the site
PAGE = f"{PLACE}/index"
SUMS = "sha256sums.txt"
ZIP = "four-cities-data.zip"

IN_BOOK = "../data/"  # where a chapter finds the folder in the project
# An indicator in the line of sources of a figure (presentation/notes.py), and a figure.
INDICATOR = re.compile(r'<data value="([^"]+)">(.*?)</data>', re.S)
FIGURE = re.compile(r'<figure class="drawing".*?</figure>', re.S)


def setup(app: Sphinx) -> ExtensionMetadata:
    app.add_transform(FixedAddresses)
    app.connect("html-collect-pages", add_page)
    app.connect("html-page-context", lead_to_files)
    app.connect("build-finished", write)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


class FixedAddresses(SphinxTransform):
    """Lead links to files of `data/` to the folder, rather than to a copy by hash.

    Chapters lie beside each other, one level above the folder.
    """

    default_priority = 5

    def apply(self, **options: Any) -> None:
        for link in list(self.document.findall(addnodes.download_reference)):
            target = link.get("reftarget", "")
            if target.startswith(IN_BOOK):
                address = f"{PLACE}/{target.removeprefix(IN_BOOK)}"
                fixed = nodes.reference("", "", *link.children, refuri=address)
                fixed["classes"] = ["internal"]
                link.replace_self(fixed)


def lead_to_files(
    app: Sphinx,
    page: str,
    template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Lead each figure to its data: files of its indicators, or else the folder."""
    if doctree is None:
        return
    pathto = context["pathto"]

    def to_file(label: re.Match[str]) -> str:
        address = pathto(f"{PLACE}/{address_of(label[1])}", True)
        return f'<a href="{address}">{label[2]}</a>'

    def to_folder(figure: re.Match[str]) -> str:
        if INDICATOR.search(figure[0]):
            return figure[0]
        address = pathto(f"{PAGE}.html", True)
        line = f'<p class="data-files"><a href="{address}">Data as files</a></p>'
        return figure[0].replace("</figure>", f"{line}</figure>")

    body = FIGURE.sub(to_folder, context.get("body", ""))
    context["body"] = INDICATOR.sub(to_file, body)


def add_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The page of the folder: its name, context and template."""
    package = descriptor()
    labels = lookup("indicators", "label")
    context = {
        "title": "Data at fixed addresses",
        "package": package,
        "indicators": {address_of(key): label for key, label in labels.items()},
        "zip": ZIP,
        "sums": SUMS,
    }
    yield PAGE, context, "data.html"


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the folder, its zip and its checksums.

    The zip of an earlier build is kept while data and code are the same.
    """
    if exception or app.builder.format != "html":
        return
    path, site = Path(app.outdir) / PLACE / ZIP, app.config.html_baseurl
    parts = Parts(Path(app.doctreedir) / PLACE)
    made_from = hash_of_all_but_chapters(), site
    path.write_bytes(parts.get(*made_from, make=partial(_packed, path, site)))
    parts.forget_others()
    with zipfile.ZipFile(path) as archive:
        archive.extractall(path.parent)
        found = {name: archive.read(name) for name in archive.namelist()}
    found[ZIP] = path.read_bytes()
    (path.parent / SUMS).write_bytes(sums(found))


def _packed(path: Path, site: str) -> bytes:
    """The zip, written to a path. site: as in `files`."""
    write_zip(path, files(site))
    return path.read_bytes()
