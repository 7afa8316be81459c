"""Addresses: what a link may lead to, wherever one can stand."""

import re

# http or https, a host by its name, and no character that ends an attribute or a link.
OUTSIDE = re.compile(
    r"https?://(?:[a-z0-9-]+\.)+[a-z0-9-]+(?::\d+)?(?:[/?#][^\s\"<>\\^`{|}]*)?",
    re.ASCII | re.I,
)
# As a work prints it, without a scheme: shown, never a link.
HOST = re.compile(r"www\.(?:[a-z0-9-]+\.)+[a-z]+", re.ASCII)
INSIDE = re.compile(
    r"(?P<chapter>[a-z0-9-]+)\.html(?:\?[\w.=&%,-]*)?(?:#(?P<label>[\w-]+))?", re.ASCII
)


def is_address(text: str) -> bool:
    """Whether a text is an address outside the book.

    Parameters
    ----------
    text : str
        What is to be a link.

    Returns
    -------
    bool
        True if it begins with http or https, names a host, and has no blanks, quotation
        marks or brackets.
    """
    return bool(OUTSIDE.fullmatch(text))


def unlike_address(cell: str, table: str) -> str | None:
    """What was expected of a cell of the column `address`; None if all is well.

    Only outside figures have several, separated by blanks.
    """
    parts = cell.split(" ") if table == "outside_figures" else [cell]
    if not cell or all(map(is_address, parts)):
        return None
    if table == "sources" and HOST.fullmatch(cell):
        return None
    return "an address such as https://example.org/page: http or https, and a host"


def unlike_inside(cell: str) -> str | None:
    """What was expected of an address within the book; None if all is well."""
    if INSIDE.fullmatch(cell):
        return None
    return "an address within the book, such as economy.html?a.b=c#explore-economy"
