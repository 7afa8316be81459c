"""A process that brings notebooks and pages up to date, once.

It is started ahead and imports what takes long; the book's own code it imports when it
is told to begin, so that none of it is old. What it is told is a line of JSON, and each
answer is one: {"mistake": in words, "done": whether this is the last}.
"""

import contextlib
import importlib
import io
import json
import os
import sys
from collections.abc import Iterator

from .. import in_words

LIBRARIES = (
    "anywidget",
    "frictionless",
    "furo",
    "jupyter_book.sphinx",
    "matplotlib.pyplot",
    "myst_nb.sphinx_ext",
    "nbclient",
    "nbconvert",
    "seaborn",
    "sphinx.builders.html",
    "sphinx_copybutton",
    "sphinx_exercise",
    "sphinx_external_toc.collectors",
)


def main() -> None:
    """Wait for the names of the chapters that come first, and work."""
    answers = os.fdopen(os.dup(1), "w")  # which nothing that is started here inherits
    os.dup2(2, 1)  # what all others write goes to the terminal

    def answer(mistake: str, done: bool) -> None:
        print(json.dumps({"mistake": mistake, "done": done}), file=answers, flush=True)

    for library in LIBRARIES:
        importlib.import_module(library)
    for line in sys.stdin:
        try:
            for mistake, done in bring_up_to_date(json.loads(line)):
                answer(mistake, done)
        except Exception as error:
            answer(in_words(error), done=True)
        return


def bring_up_to_date(first: list[str]) -> Iterator[tuple[str, bool]]:
    """Bring the book up to date.

    Parameters
    ----------
    first : list of str
        The chapters whose notebooks are executed before the others.

    Yields
    ------
    tuple of str and bool
        "", and whether that is all, when pages are there: those of the first chapters,
        then those of all. Where a page of the first could not be made, what is wrong;
        a notebook that is still to run may have what the page leads to.

    Raises
    ------
    Exception
        Whatever stops a build; the last good pages stay.
    """
    # First: it records which tables pages are made from.
    from ..extensions.rebuilding import tables_read, unrecorded

    from fourcities.facts import hash_of, read  # isort: skip

    from ..build import alone, check_chapters, check_lengths
    from ..contents import chapters
    from ..editions import check_editions
    from ..errors import BuildError
    from ..notebooks import refresh
    from ..paths import ANSWERS
    from ..settings import check_settings

    with alone():
        check_settings()
        paths = [*chapters(), ANSWERS]
        with unrecorded():
            read("sections")  # checks all data, if they are others than last time
            refresh(path for path in paths if path.stem in first)
        tables_read.add("sections.csv")  # which is not read anew for the pages
        made_from = hash_of(paths)
        mistake = ""
        try:
            _make_pages()
        except BuildError as error:
            mistake = str(error)
        yield mistake, False
        check_editions()
        check_chapters()
        with unrecorded():
            refresh(paths)
        check_lengths()
        if hash_of(paths) != made_from:
            _make_pages()
            mistake = ""
        yield mistake, True


def _make_pages() -> None:
    """Replace the pages. Raises BuildError if they have mistakes."""
    from sphinx.util.console import strip_colors

    from ..errors import BuildError
    from ..pages import make_pages
    from ..site import TOC, WORK, kept_of, replace_kept, start_from

    start_from(kept_of(), WORK, TOC)
    warnings = io.StringIO()
    with contextlib.redirect_stderr(warnings):
        made = make_pages(TOC, WORK, quiet=True)
    if not made:
        raise BuildError(strip_colors(warnings.getvalue()).strip())
    replace_kept(kept_of(), WORK)


if __name__ == "__main__":
    main()
