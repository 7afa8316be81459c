"""What Chromium's PDFs lack of PDF/UA: marks of what is no content, and metadata."""

from html import escape
from io import BytesIO
from itertools import chain, islice
from operator import itemgetter
from typing import Any, cast

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
)

# Operators of a page's content: they mark a part, build a path, paint, show text.
OPENS, CLOSES = {b"BDC", b"BMC"}, b"EMC"
BUILDS = {b"m", b"l", b"c", b"v", b"y", b"h", b"re", b"W", b"W*"}
PAINTS = {b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh"}
SHOWS = {b"Tj", b"TJ", b"'", b'"'}
METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def accessible(pdf: bytes, title: str) -> bytes:
    """A PDF whose backgrounds, rules and marks are named as such, and that says so.

    pdf: as Chromium prints it, tagged, its elements numbered; title: of the page.
    """
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    for page in writer.pages:
        _mark_what_is_no_content(page, writer)
    metadata = DecodedStreamObject()
    metadata.set_data(METADATA.format(title=escape(title)).encode())
    metadata[NameObject("/Type")] = NameObject("/Metadata")
    metadata[NameObject("/Subtype")] = NameObject("/XML")
    root = writer.root_object
    tags = cast(DictionaryObject, root["/StructTreeRoot"])
    _sort_heads(tags.get("/IDTree", DictionaryObject()))
    root[NameObject("/Metadata")] = writer._add_object(metadata)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def _sort_heads(tree: DictionaryObject) -> None:
    """Sort the names of heads of tables, by which a reader looks up those of a cell.

    tree: of the names; its leaves keep their sizes.
    """
    leaves = [kid.get_object() for kid in tree.get("/Kids", [])]
    names = [name for leaf in leaves for name in leaf["/Names"]]
    entries = iter(sorted(zip(names[::2], names[1::2]), key=itemgetter(0)))
    for leaf in leaves:
        mine = list(islice(entries, len(leaf["/Names"]) // 2))
        leaf[NameObject("/Names")] = ArrayObject(chain.from_iterable(mine))
        leaf[NameObject("/Limits")] = ArrayObject([mine[0][0], mine[-1][0]])


def _mark_what_is_no_content(page: PageObject, writer: PdfWriter) -> None:
    """Mark what is painted outside all tags: no reader needs it."""
    content = ContentStream(page.get_contents(), writer)
    marked: list[tuple[Any, bytes]] = []
    depth = 0
    path: int | None = None  # where the path begins that is being built
    mark = ([NameObject("/Artifact")], b"BMC")
    for operands, operator in content.operations:
        depth += (operator in OPENS) - (operator == CLOSES)
        if operator in BUILDS:
            path = len(marked) if path is None else path
        paints = operator in PAINTS or operator in SHOWS
        if paints and not depth:
            marked.insert(len(marked) if path is None else path, mark)
        marked.append((operands, operator))
        if paints and not depth:
            marked.append(([], CLOSES))
        if operator not in BUILDS:
            path = None
    content.operations = marked
    page.replace_contents(content)
    page.compress_content_streams()
