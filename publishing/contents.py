"""What belongs to the book: chapters by _toc.yml, files of the package by what it says.

A folder's listing never says it: a spreadsheet's lock, a note or an editor's copy that
lies beside the files is neither published nor part of a fingerprint.
"""

from collections.abc import Iterator
from pathlib import Path

import yaml
from sphinx_external_toc.parsing import MalformedError, parse_toc_data

# These import all modules of the package, which a notebook does as it needs them.
import fourcities.facts.checks
import fourcities.teaching  # noqa: F401
from fourcities.facts import BOOK, DATA, ROOT, data_files, hash_of, modules_of

from .errors import BuildError
from .paths import HERE

EXPLORERS = BOOK / "fourcities" / "explorers"
# What the package has beside its modules: scripts and style of the explorers.
SCRIPTS = [EXPLORERS / "bundles" / n for n in ("explorer.js", "design-explorer.js")]
# On its page the ledger has more than in a notebook.
PAGE_SCRIPT = EXPLORERS / "bundles" / "claim-explorer.js"
STYLE = EXPLORERS / "common" / "explorer.css"
# Chapters that are not in English, each with its language.
LANGUAGES = {"kurzfassung": "de", "zhaiyao": "zh-Hans"}
# Code, templates and styles; a copy that an editor leaves has another ending.
KINDS = {".py", ".html", ".j2", ".css", ".js", ".json", ".md", ".txt", ".svg"}


def chapters(toc: Path = ROOT / "_toc.yml") -> list[Path]:
    """List the notebooks of the book.

    Parameters
    ----------
    toc : Path
        The table of contents; the notebooks lie in the folder `book` beside it.

    Returns
    -------
    list of Path
        The notebooks that it names, in its order.

    Raises
    ------
    BuildError
        If it can't be read or a notebook is missing.
    """
    try:
        text = toc.read_text("utf-8")
    except (OSError, ValueError) as error:
        raise BuildError(f"_toc.yml can't be read: {error}") from None
    paths = [toc.parent / "book" / f"{name}.ipynb" for name in names_in(text)]
    for path in paths:
        if not path.exists():
            raise BuildError(
                f"_toc.yml names {path.stem!r}, "
                f"but there is no {path.relative_to(toc.parent)}"
            )
    return paths


def names_in(toc: str) -> list[str]:
    """List what a table of contents names.

    Parameters
    ----------
    toc : str
        Its text.

    Returns
    -------
    list of str
        The notebooks without the ending, in its order.

    Raises
    ------
    BuildError
        If it isn't a table of contents.
    """
    try:
        return list(parse_toc_data(yaml.safe_load(toc)))
    except (TypeError, yaml.YAMLError, MalformedError) as error:
        raise BuildError(f"_toc.yml can't be read: {error}") from None


def package_files() -> list[Path]:
    """The files of the package that a notebook needs."""
    return [*modules_of("fourcities"), *SCRIPTS, STYLE]


def own_files() -> Iterator[Path]:
    """List the files of what makes the site."""
    for path in HERE.rglob("*"):
        if path.is_file() and path.suffix in KINDS:
            yield path


def hash_of_code() -> str:
    """One hash of what makes the site and of the package, as their files are now."""
    return hash_of([PAGE_SCRIPT, *own_files(), *package_files()])


# Of the code that runs here, whatever is changed while it does.
CODE = hash_of_code()


def hash_of_all_but_chapters() -> str:
    """One hash of code and data: what is made without the chapters follows from it."""
    beside = [ROOT / name for name in ("CITATION.cff", "LICENSE", "constraints.txt")]
    beside += [DATA / name for name in ("README.md", "references.bib")]
    files = [*data_files(), *beside]
    return CODE + hash_of(path for path in files if path.exists())
