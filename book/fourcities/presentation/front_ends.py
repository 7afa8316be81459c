"""The same HTML for pages of the book and for front ends of notebooks.

A page has a style sheet and shows an inline drawing. JupyterLab and its kin clean
the HTML of a notebook that they don't trust: an inline `svg` goes, classes mean
nothing, and the front end's own style aligns every cell of a table to the right. So
what a notebook keeps differs in four things, and the build turns them back:

- a drawing is an image, dark on white, so that it is readable on a dark theme too;
- a cell of a table says how it is aligned: text left, a column of numbers right;
- the bar of an explorer says its own height;
- a dollar sign stands in an element of its own, as MathJax takes what it finds between
  two of them in one text for a formula.

A worked solution is folded on a page by the page. In a notebook it folds itself, as
running a cell opens what its metadata had closed.

In the student workbook the files of chapters are numbered, and links follow.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from html import escape, unescape
from urllib.parse import quote, unquote

from fourcities.facts import BOOK

SVG = re.compile(
    r'<svg (viewBox="0 0 ([\d.]+) ([\d.]+)" xmlns="[^"]*") '
    r'role="img" aria-label="([^"]*)" ([^>]*) style="[^"]*">(.*?</svg>)',
    re.S,
)
ON_PAGE = "width:100%;height:auto;font-family:inherit"
ALONE = "color:#111;background:#fff;font-family:sans-serif;font-size:11px"
IMAGE = re.compile(
    r'<img alt="([^"]*)" width="\d+" height="\d+" src="data:image/svg\+xml,([^"]*)">'
)
ROOT = re.compile(r'<svg (viewBox="[^"]*" xmlns="[^"]*") ([^>]*) style="[^"]*">')
SOLUTION = "<details><summary>A worked solution</summary>\n\n{}\n\n</details>"
FOLDED = re.compile(
    r"<details><summary>A worked solution</summary>\n\n(.*)\n\n</details>", re.S
)
WIDTH = 576  # pixels of an image
PLAIN = " /:;=,()'!*?@$+"  # kept in the address of an image; all else is escaped

TABLE = re.compile(r"<table role=.*?</table>", re.S)
ROW = re.compile(r"<tr\b.*?</tr>", re.S)
CELL = re.compile(r"<(t[hd])( [^>]*)>(.*?)</\1>", re.S)
ALIGNED = re.compile(r' style="text-align:(?:left|right)"')
TAG = re.compile(r"<[^>]+>")
FLAG = re.compile(r"<sup\b.*?</sup>", re.S)
NUMBER = re.compile(r"[-−+]?[\d.,]*\d ?%?")
MISSING = ("", "not reported", "not stated")

DOLLAR = "<span>$</span>"
NO_TEXT_OR_DOLLAR = re.compile(r"(?P<rest><script\b.*?</script>|<[^>]*>)|\$", re.S)

# A link in Markdown or HTML to a chapter, its picks of an explorer left out.
CHAPTER = re.compile(
    r'(\]\(|<a href=")(?:\./)?([a-z0-9-]+)\.(?:ipynb|html)(?:\?[^#)"]*)?(?=[#)"])'
)

BAR = re.compile(r"margin-inline-start:([\d.]+%);inline-size:([\d.]+%);background")
LIVE_BAR = re.compile(
    r"display:block;height:8px;margin-left:([\d.]+%);width:([\d.]+%);background"
)


def for_notebooks(html: str) -> str:
    """HTML of the book's pages as a notebook keeps it.

    Parameters
    ----------
    html
        With drawings, tables and bars as `figure`, `table` and explorers make them.

    Returns
    -------
    str
        The same, readable in a front end that trusts nothing: `img` for `svg`, an
        alignment in each cell, a height for each bar.
    """
    html = to_files(SVG.sub(_as_image, html), numbered())
    html = NO_TEXT_OR_DOLLAR.sub(lambda part: part["rest"] or DOLLAR, html)
    html = TABLE.sub(_aligned, html)
    return BAR.sub(r"display:block;height:8px;margin-left:\1;width:\2;background", html)


def for_pages(html: str) -> str:
    """What a notebook keeps as HTML of the book's pages: `for_notebooks` turned back.

    Parameters
    ----------
    html
        Of an output of a notebook, or Markdown of one.

    Returns
    -------
    str
        The same with `svg` for `img`, which follows the page's font, colour and
        languages, and with nothing that the style sheet says or the page folds.
    """
    html = FOLDED.sub(r"\1", html)
    html = IMAGE.sub(_inline, html).replace(DOLLAR, "$")
    html = ALIGNED.sub("", html)
    return LIVE_BAR.sub(r"margin-inline-start:\1;inline-size:\2;background", html)


def to_files(text: str, files: Mapping[str, str]) -> str:
    """Lead links to chapters to the files that hold them.

    Parameters
    ----------
    text
        Markdown or HTML.
    files
        The name of the file of each chapter. Links to others stay.

    Returns
    -------
    str
        The text with its links changed.

    Examples
    --------
    >>> to_files("[Economy](economy.ipynb#table-2)", {"economy": "06-economy.ipynb"})
    '[Economy](06-economy.ipynb#table-2)'
    """
    if not files:
        return text
    return CHAPTER.sub(
        lambda link: link[1] + files[link[2]] if link[2] in files else link[0], text
    )


@cache
def numbered() -> dict[str, str]:
    """Files of chapters whose names begin with a number, by chapter: the workbook's.

    Returns
    -------
    dict
        Empty beside notebooks that have no number.
    """
    names = [path.name for path in BOOK.glob("[0-9][0-9]-*.ipynb")]
    only = [name for name in names if not (BOOK / name[3:]).exists()]
    return {name[3:].removesuffix(".ipynb"): name for name in only}


def sides_of(table: str) -> list[str]:
    """Where each column of a table stands.

    Parameters
    ----------
    table
        HTML of `table`.

    Returns
    -------
    list of str
        For each column "right", if all that it states are numbers, or "left".
    """
    rows = [CELL.findall(row) for row in ROW.findall(table)]
    _, *body = rows
    columns = list(zip(*([cell for _, _, cell in row] for row in body)))
    return [_side(column) for column in columns] or ["left"] * len(rows[0])


def folded(markdown: str) -> str:
    """A worked solution as a notebook keeps it: Markdown behind a line that opens.

    Parameters
    ----------
    markdown
        The solution.

    Returns
    -------
    str
        Markdown.
    """
    return SOLUTION.format(markdown.strip())


def _as_image(svg: re.Match[str]) -> str:
    """An inline drawing as an image whose address is the drawing."""
    box, width, height, alt, rest, drawing = svg.groups()
    alone = f'<svg {box} {rest} style="{ALONE}">{drawing}'
    words = escape(unescape(alt))
    size = f'width="{WIDTH}" height="{WIDTH * float(height) / float(width):.0f}"'
    address = f"data:image/svg+xml,{quote(alone, safe=PLAIN)}"
    return f'<img alt="{words}" {size} src="{escape(address)}">'


def _inline(image: re.Match[str]) -> str:
    """An image as an inline drawing."""
    alt, address = image.groups()
    # As ElementTree writes an attribute: other quotation marks stay.
    words = escape(unescape(alt), quote=False).replace('"', "&quot;")
    return ROOT.sub(
        lambda root: (
            f'<svg {root[1]} role="img" aria-label="{words}" {root[2]} '
            f'style="{ON_PAGE}">'
        ),
        unquote(unescape(address)),
        count=1,
    )


def _aligned(table: re.Match[str]) -> str:
    """A table whose cells say how they are aligned."""
    return ROW.sub(_with(sides_of(table[0])), table[0])


def _side(cells: tuple[str, ...]) -> str:
    """Where a column stands: right, if all that it states are numbers."""
    words = [TAG.sub(" ", FLAG.sub("", cell)).strip() for cell in cells]
    stated = [text for text in words if text not in MISSING]
    return "right" if stated and all(map(NUMBER.fullmatch, stated)) else "left"


def _with(sides: list[str]) -> Callable[[re.Match[str]], str]:
    """What aligns the cells of a row."""

    def align(row: re.Match[str]) -> str:
        side = iter(sides)
        return CELL.sub(
            lambda cell: (
                f'<{cell[1]}{cell[2]} style="text-align:{next(side, "left")}">'
                f"{cell[3]}</{cell[1]}>"
            ),
            row[0],
        )

    return align
