"""Elements of XHTML, their names without a namespace: read and made."""

from collections.abc import Iterator
from typing import TypeAlias
from xml.etree import ElementTree as xml

Node: TypeAlias = xml.Element | str


def text_of(element: xml.Element | None) -> str:
    """The words of an element, blanks as they stand.

    Parameters
    ----------
    element : Element or None

    Returns
    -------
    str
    """
    return "" if element is None else "".join(element.itertext())


def made(tag: str, attributes: dict[str, str], *nodes: Node) -> xml.Element:
    """An element with texts and elements inside.

    Parameters
    ----------
    tag : str
    attributes : dict
    *nodes : str or Element

    Returns
    -------
    Element
    """
    element = xml.Element(tag, attributes)
    last: xml.Element | None = None
    for node in nodes:
        if isinstance(node, xml.Element):
            element.append(node)
            last = node
        elif last is None:
            element.text = (element.text or "") + node
        else:
            last.tail = (last.tail or "") + node
    return element


def nodes_in(element: xml.Element) -> list[Node]:
    """Texts and elements inside an element, in their order, without comments.

    Parameters
    ----------
    element : Element

    Returns
    -------
    list of str and Element
    """
    return list(_nodes(element))


def _nodes(element: xml.Element) -> Iterator[Node]:
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str):  # a comment has a function there
            yield child
        if child.tail:
            yield child.tail
