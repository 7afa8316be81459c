"""List what a reader would see change since an earlier commit.

    python -m publishing.changes origin/main

Prints Markdown, for the summary of a pull request: the chapters whose text, code,
tables or figures differ. Fingerprints and counters of cells don't count, as no reader
sees them.
"""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbformat import NotebookNode

from fourcities.facts import ROOT

from .contents import chapters, names_in
from .errors import BuildError


class Change(NamedTuple):
    """What a reader would see differ in a chapter."""

    title: str
    parts: list[str]  # as `changed` names them


def main() -> None:
    """Print the changes since the commit of the command line."""
    if len(sys.argv) != 2:
        sys.exit("usage: python -m publishing.changes COMMIT, such as origin/main")
    print(report(sys.argv[1]))


def report(commit: str, root: Path = ROOT) -> str:
    """Tell the changes since a commit.

    Parameters
    ----------
    commit : str
        As git names it: "origin/main", a hash, a tag.
    root : Path
        Folder of the project.

    Returns
    -------
    str
        Markdown: a line for each chapter, then the data files.

    Raises
    ------
    BuildError
        If git doesn't know the commit.
    """
    lines = [
        _line(name, found) for name, found in changed_chapters(commit, root).items()
    ]
    if not lines:
        lines = ["None: no reader would see a difference."]
    lines = ["## Changed chapters", "", *lines]
    data = git(root, "diff", "--name-only", commit, "--", "data").split()
    if data:
        lines += ["", "## Changed data", "", *(f"- `{name}`" for name in data)]
    return "\n".join(lines)


def changed_chapters(commit: str, root: Path = ROOT) -> dict[str, Change]:
    """Find the chapters that a reader would see change since a commit.

    Parameters
    ----------
    commit, root
        As of `report`.

    Returns
    -------
    dict of str to Change
        By the names of their files without the ending: those of today in the order of
        the book, then those that were taken out.

    Raises
    ------
    BuildError
        If git doesn't know the commit.
    """
    now = {path.stem: path.read_text("utf-8") for path in chapters(root / "_toc.yml")}
    then = _notebooks_of(commit, root)
    found = {
        name: Change(title(text), parts)
        for name, text in now.items()
        if (parts := changed(then.get(name), text))
    }
    return found | {
        name: Change(title(text), ["taken out"])
        for name, text in then.items()
        if name not in now
    }


def changed(old: str | None, new: str) -> list[str]:
    """Compare two texts of a notebook.

    Parameters
    ----------
    old, new : str
        The notebooks as JSON; `old` is None if there was none.

    Returns
    -------
    list of str
        What differs: some of "text", "code", "tables, figures or sentences from data";
        "new" alone if there was none.
    """
    if old is None:
        return ["new"]
    return [name for name, part in PARTS.items() if _all(part, old) != _all(part, new)]


def title(text: str) -> str:
    """First heading of a notebook. text: the notebook as JSON."""
    first_line: str = _cells(text)[0].source.partition("\n")[0]
    return first_line.lstrip("# ")


def _line(name: str, found: Change) -> str:
    """A changed chapter as an item of the list."""
    return f"- {found.title} (`book/{name}.ipynb`): {', '.join(found.parts)}"


def _notebooks_of(commit: str, root: Path) -> dict[str, str]:
    """The texts of the chapters of a commit, by their names without the ending."""
    names = names_in(git(root, "show", f"{commit}:_toc.yml"))
    return {name: git(root, "show", f"{commit}:book/{name}.ipynb") for name in names}


def _cells(text: str) -> list[NotebookNode]:
    cells: list[NotebookNode] = nbformat.reads(text, as_version=4).cells
    return cells


def _all(part: Callable[[NotebookNode], object], text: str) -> str:
    """A part of all cells of a notebook, in one string to compare."""
    return str(list(filter(None, map(part, _cells(text)))))


def _prose(cell: NotebookNode) -> object:
    return cell.cell_type == "markdown" and cell.source


def _code(cell: NotebookNode) -> object:
    return cell.cell_type == "code" and cell.source


def _shown(cell: NotebookNode) -> object:
    return [
        {key: value for key, value in output.items() if key != "execution_count"}
        for output in cell.get("outputs", [])
    ]


# What a reader sees of a cell, by the words for it in the list.
PARTS: dict[str, Callable[[NotebookNode], object]] = {
    "text": _prose,
    "code": _code,
    "tables, figures or sentences from data": _shown,
}


def git(root: Path, *command: str) -> str:
    """Ask git. root: of the project. Returns what it says; raises BuildError."""
    try:
        done = subprocess.run(
            ["git", *command], cwd=root, capture_output=True, encoding="utf-8"
        )
    except OSError as error:
        raise BuildError(f"git can't be run: {error.strerror}") from None
    if done.returncode:
        raise BuildError(f"git {' '.join(command)}: {done.stderr.strip()}")
    return done.stdout


if __name__ == "__main__":
    main()
