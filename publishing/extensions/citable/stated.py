"""What the book states of itself, read where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from fourcities.facts import ROOT, descriptor, read


@dataclass(frozen=True)
class Author:
    """An author of CITATION.cff."""

    name: str  # a group's name, or "Family, Given"
    is_group: bool


def author_of(entry: Mapping[str, str]) -> Author:
    """An author as CITATION.cff has it, a group or a person."""
    if entry.get("name"):
        return Author(entry["name"], is_group=True)
    names = (entry.get("family-names"), entry.get("given-names"))
    return Author(", ".join(filter(None, names)), is_group=False)


BOOK = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
REPORT = BOOK["references"][0]
AUTHORS = [author_of(entry) for entry in BOOK["authors"]]
DATE = str(BOOK.get("date-released", ""))  # 2031-02-03; "" before a first release
LICENCES = [BOOK["license"]] if isinstance(BOOK["license"], str) else BOOK["license"]
PACKAGE = descriptor()
QUESTIONS: dict[str, str] = {
    row["chapter"]: row["question"] for _, row in read("sections").iterrows()
}
PROJECT = read("sources").set_index("kind").loc["project"]
PICTURE = ROOT / "README.png"
