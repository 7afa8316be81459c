"""The frame of a handout's page: its head, its footer with the credit."""

from collections.abc import Iterable

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from ..paths import TEMPLATES

TERMS = "Text and tables: CC BY 4.0."


def framed(
    body: Markup, *, name: str, kind: str, title: str, description: str, credit: str
) -> str:
    """A page as HTML.

    name: of its files, without the ending; kind: "profile" or "sheet", for its look;
    credit: whom the facts and the text are owed to.
    """
    frames = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, keep_trailing_newline=True
    )
    return frames.get_template("handout.html").render(
        body=body,
        name=name,
        kind=kind,
        title=title,
        description=description,
        credit=credit,
    )


def credit_line(sentences: Iterable[str]) -> str:
    """Credits and the terms of use, as the footer says them."""
    return " ".join([*sentences, TERMS])


def listed(lines: Iterable[str]) -> Markup:
    """Lines as the items of a list; what is no Markup is escaped."""
    return Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
