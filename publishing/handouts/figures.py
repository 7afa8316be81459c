"""The sheet of figures: those that the slides show."""

from collections.abc import Iterable

import nbformat
from markupsafe import Markup
from nbformat import NotebookNode

from fourcities.facts import BOOK, read
from fourcities.presentation import credit, for_pages, with_sources_in_sight

from ..exercises import has_tag
from .frame import credit_line, framed

DRAWING = '<figure class="drawing"'


def figure_sheet() -> str:
    """Make the sheet of the slides' figures, each with caption and sources.

    Returns
    -------
    str
        HTML of the page.
    """
    figures = Markup("").join(_from_handouts(html) for _, html in tagged_figures())
    body = Markup('<h1>Figure sheet</h1>\n<div class="figures">{}</div>')
    return framed(
        body.format(figures),
        name="figures",
        kind="sheet",
        title="Figure sheet",
        description=(
            "The main figures of the book, each with its finding, period and source."
        ),
        credit=credit_line(credit()),
    )


def tagged_figures(chapters: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """Find the figures of cells tagged `slide`; a table is none.

    Parameters
    ----------
    chapters : iterable of str, optional
        Names of notebooks without the ending; all in the order of the sessions unless
        given.

    Returns
    -------
    list of (str, str)
        Chapter and HTML of each figure, as it stands on its page.
    """
    return [(chapter, html) for chapter, html in tagged(chapters) if DRAWING in html]


def tagged(chapters: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """Find what cells tagged `slide` show, figures and tables.

    Parameters
    ----------
    chapters : iterable of str, optional
        As `tagged_figures` takes them.

    Returns
    -------
    list of (str, str)
        Chapter and HTML of each output, as it stands on its page.
    """
    if chapters is None:
        chapters = dict.fromkeys(" ".join(read("sessions")["chapters"]).split())
    found = []
    for chapter in chapters:
        for cell in nbformat.read(BOOK / f"{chapter}.ipynb", as_version=4).cells:
            if cell.cell_type == "code" and has_tag(cell, "slide"):
                found += [(chapter, html) for html in _html_of(cell)]
    return found


def _html_of(cell: NotebookNode) -> list[str]:
    return [
        for_pages(output.data["text/html"])
        for output in cell.outputs
        if "text/html" in output.get("data", {})
    ]


def _from_handouts(html: str) -> Markup:
    """A figure without its data, with links that lead from here into the book."""
    html = with_sources_in_sight(html).replace('href="', 'href="../')
    return Markup(html.replace('href="../#', 'href="#'))
