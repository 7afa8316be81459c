"""A zip for each chapter: what its second door leads to.

It runs on its own: notebook, package, data, and the part of requirements.txt that
notebooks need. Links that leave the zip lead to the site, once its address is known.
The same files give the same bytes.
"""

import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from fourcities.facts import DATA, ROOT, data_files
from fourcities.presentation import to_files

from ..contents import package_files
from ..hosts import as_download
from ..paths import TEMPLATES

NOTEBOOKS = re.compile(r"^# notebooks\b.*\n((?:.+\n)+)", re.M)
UNIX = 3  # the system that made a zip, in its own list
# A link in Markdown or HTML to another page or file of the site.
OUT = re.compile(
    r"\[(?P<words>[^][]*)\]\((?P<target>[\w./-]+\.(?:ipynb|html)(?:[?#][^)]*)?)\)"
    r'|<a href="(?P<address>(?:_\w+/)?[\w-]+\.\w+(?:[?#][^"]*)?)">(?P<name>.*?)</a>'
)


def setup(app: Sphinx) -> ExtensionMetadata:
    app.connect("build-finished", write_zips)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def files_of(chapters: Sequence[str], title: str, site: str = "") -> dict[str, bytes]:
    """What a zip holds: these chapters and all that they need to run.

    chapters: names of notebooks without the ending; title: of the book; site: its
    address, if it is known. Returns the bytes of each file by its name.
    """
    return shared_files() | own_files(chapters, title, site)


def shared_files() -> dict[str, bytes]:
    """What every zip holds. Returns the bytes of each file by its name."""
    paths = [
        *(ROOT / name for name in ("CITATION.cff", "LICENSE", "constraints.txt")),
        *data_files(),
        *(DATA / name for name in ("README.md", "references.bib")),
        *package_files(),
    ]
    files = {path.relative_to(ROOT).as_posix(): as_download(path) for path in paths}
    return files | {"requirements.txt": requirements().encode()}


def own_files(chapters: Sequence[str], title: str, site: str = "") -> dict[str, bytes]:
    """What a zip holds beside that: notebooks and a guide. Arguments as `files_of`."""
    names = {chapter: f"book/{chapter}.ipynb" for chapter in chapters}
    files = {name: (ROOT / name).read_bytes() for name in names.values()}
    if site:
        for chapter, name in names.items():
            notebook = nbformat.reads(files[name].decode(), as_version=4)
            led_out(notebook, {chapter: f"{chapter}.ipynb"}, site)
            files[name] = f"{nbformat.writes(notebook)}\n".encode()
    readme = (TEMPLATES / "zip-readme.txt").read_text("utf-8")
    chapter = "".join(chapters)
    start = how_to_start(f"{chapter}.ipynb")
    words = readme.format(chapter=chapter, title=title, start=start)
    return files | {"README.txt": words.encode()}


def how_to_start(notebook: str) -> str:
    """How a student comes to Python and opens a notebook. notebook: its file's name."""
    return (TEMPLATES / "zip-start.txt").read_text("utf-8").format(notebook=notebook)


def led_out(
    notebook: NotebookNode, files: Mapping[str, str], site: str
) -> NotebookNode:
    """Lead the links of a notebook to files of its zip, and the others to the site.

    files: names of the notebooks in the zip, by chapter; site: the address, or "": then
    words say where the page is.
    """

    def lead(link: re.Match[str]) -> str:
        target = link["target"] or link["address"]
        if target.partition("#")[0] in files.values():
            return link[0]
        words = link["words"] if link["target"] else link["name"]
        page = re.sub(r"\.ipynb(?=[?#]|$)", ".html", target).removeprefix("./")
        if not site:
            return f"{words} (on the book's site: {page})"
        address = f"{site.rstrip('/')}/{page}"
        if link["target"]:
            return f"[{words}]({address})"
        return f'<a href="{address}">{words}</a>'

    def lead_all(text: str) -> str:
        return OUT.sub(lead, to_files(text, files))

    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = lead_all(cell.source)
        for output in cell.get("outputs", []):
            for kind in {"text/html", "text/markdown"} & set(output.get("data", {})):
                output.data[kind] = lead_all(output.data[kind])
    return notebook


def requirements() -> str:
    """The paragraph on notebooks of requirements.txt, held to constraints.txt."""
    notebooks = NOTEBOOKS.search((ROOT / "requirements.txt").read_text("utf-8"))
    if not notebooks:
        raise ValueError(
            "requirements.txt needs a paragraph that starts with “# notebooks”"
        )
    return f"-c constraints.txt\n{notebooks[1]}"


def write_zip(path: Path, files: Mapping[str, bytes], start: bytes = b"") -> None:
    """Files as a zip; neither clock nor file system leaves a trace in it.

    start: a zip whose files come first, so that they are packed once for many zips.
    """
    if start:
        path.write_bytes(start)
    with zipfile.ZipFile(path, "a" if start else "w") as archive:
        for name in sorted(files):
            archive.writestr(zip_entry(name), files[name], zipfile.ZIP_DEFLATED, 9)


def zip_entry(name: str) -> zipfile.ZipInfo:
    """A file of a zip, without a date and with the rights of any file."""
    made = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    made.create_system = UNIX  # else Windows writes another byte
    made.external_attr = 0o644 << 16
    return made


def write_zips(app: Sphinx, exception: Exception | None) -> None:
    """One zip for each chapter, in the site's folder _zips."""
    if exception or app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_zips"
    folder.mkdir(exist_ok=True)
    start = folder / "shared.zip"
    write_zip(start, shared_files())
    for chapter in sorted(app.env.found_docs):
        files = own_files([chapter], app.config.html_title, app.config.html_baseurl)
        write_zip(folder / f"{chapter}.zip", files, start.read_bytes())
    start.unlink()
