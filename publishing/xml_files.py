"""XML that is written: the same elements give the same bytes."""

from xml.etree import ElementTree as xml

DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def as_bytes(root: xml.Element) -> bytes:
    """A file in UTF-8, indented.

    Parameters
    ----------
    root : Element
        Gets the blanks that indent it.

    Returns
    -------
    bytes
    """
    xml.indent(root)
    return DECLARATION + xml.tostring(root, "unicode").encode() + b"\n"
