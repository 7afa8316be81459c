"""Tables whose cells hold whole texts, as entries: a row under its heading's words.

Side by side such cells are narrow and high; on paper half a page stays empty beside
them, and no e-reader has the width.
"""

from xml.etree import ElementTree as xml

from .elements import Node, made, nodes_in, text_of

LONG = 500  # characters of a cell that is a text
BETWEEN = " · "  # what stood in lines of its own


def is_of_texts(table: xml.Element) -> bool:
    """Whether a table is better read as entries.

    Parameters
    ----------
    table : Element

    Returns
    -------
    bool
        One of its cells is long, and each belongs to one row and one column.
    """
    cells = list(table.iter("td"))
    long = any(len(" ".join(text_of(cell).split())) > LONG for cell in cells)
    return long and not any(
        cell.get("colspan") or cell.get("rowspan") for cell in table.iter()
    )


def as_entries(table: xml.Element) -> xml.Element:
    """Turn a table into entries.

    Parameters
    ----------
    table : Element
        With a caption, headings of its columns and of its rows.

    Returns
    -------
    Element
        For each row its heading, and a list: the heading of each column with the cell.
    """
    kind = "entries" if table.find(".//ul") is not None else "entries run-in"
    columns = [text_of(cell) for cell in table.findall("./thead/tr/th")][1:]
    caption = table.find("caption")
    entries = [_entry(row, columns) for row in table.findall("./tbody/tr")]
    words = [] if caption is None else _taken_out(caption)
    name = made("p", {"class": "caption"}, *words)
    return made("div", {"class": kind}, name, *entries)


def _entry(row: xml.Element, columns: list[str]) -> xml.Element:
    heading, *cells = row
    fields = [
        made("li", {}, made("b", {}, column), " ", *_in_one_line(cell))
        for column, cell in zip(columns, cells, strict=True)
    ]
    known = {"class": "entry"} | {k: said for k, said in row.items() if k == "id"}
    name = made("p", {"class": "entry-name"}, *_in_one_line(heading))
    return made("div", known, name, made("ul", {}, *fields))


def _in_one_line(cell: xml.Element) -> list[Node]:
    """What a cell holds; the items of its lists are lines, and nothing in them."""
    for element in list(cell.iter()):
        for child in [child for child in element if child.tag == "br"]:
            child.tag, child.text = "span", BETWEEN
    return _taken_out(cell)


def _taken_out(element: xml.Element) -> list[Node]:
    """What an element holds; the text behind a part is no longer the part's."""
    nodes = nodes_in(element)
    for node in nodes:
        if isinstance(node, xml.Element):
            node.tail = None
    return nodes
