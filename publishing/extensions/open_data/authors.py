"""Who made the data, as schema.org says it."""

from ..citable.stated import AUTHORS


def authors() -> list[dict[str, str]]:
    """List the authors of CITATION.cff, groups and persons."""
    return [
        {"@type": "Organization" if author.is_group else "Person", "name": author.name}
        for author in AUTHORS
    ]
