"""A zip for each chapter: what its second door leads to.

It runs on its own: notebook, package, data, and the part of requirements.txt that
notebooks need. The same files give the same bytes.
"""

import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from fourcities.facts import BOOK, DATA, ROOT, data_files

from ..contents import package_files
from ..hosts import as_download
from ..paths import TEMPLATES

NOTEBOOKS = re.compile(r"^# notebooks\b.*\n((?:.+\n)+)", re.M)
UNIX = 3  # the system that made a zip, in its own list


def setup(app: Sphinx) -> ExtensionMetadata:
    app.connect("build-finished", write_zips)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def files_of(chapters: Sequence[str], title: str) -> dict[str, bytes]:
    """What a zip holds: these chapters and all that they need to run.

    chapters: names of notebooks without the ending; title: of the book.
    Returns the bytes of each file by its name.
    """
    paths = [
        *(BOOK / f"{chapter}.ipynb" for chapter in chapters),
        *(ROOT / name for name in ("CITATION.cff", "LICENSE", "constraints.txt")),
        *data_files(),
        *(DATA / name for name in ("README.md", "references.bib")),
        *package_files(),
    ]
    files = {path.relative_to(ROOT).as_posix(): as_download(path) for path in paths}
    readme = (TEMPLATES / "zip-readme.txt").read_text("utf-8")
    return files | {
        "requirements.txt": requirements().encode(),
        "README.txt": readme.format(chapter="".join(chapters), title=title).encode(),
    }


def requirements() -> str:
    """The paragraph on notebooks of requirements.txt, held to constraints.txt."""
    notebooks = NOTEBOOKS.search((ROOT / "requirements.txt").read_text("utf-8"))
    if not notebooks:
        raise ValueError(
            "requirements.txt needs a paragraph that starts with “# notebooks”"
        )
    return f"-c constraints.txt\n{notebooks[1]}"


def write_zip(path: Path, files: Mapping[str, bytes]) -> None:
    """Files as a zip; neither clock nor file system leaves a trace in it."""
    with zipfile.ZipFile(path, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = UNIX  # else Windows writes another byte
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name], zipfile.ZIP_DEFLATED, 9)


def write_zips(app: Sphinx, exception: Exception | None) -> None:
    """One zip for each chapter, in the site's folder _zips."""
    if exception or app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_zips"
    folder.mkdir(exist_ok=True)
    for chapter in sorted(app.env.found_docs):
        write_zip(folder / f"{chapter}.zip", files_of([chapter], app.config.html_title))
