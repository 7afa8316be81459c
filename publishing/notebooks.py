"""Bring stale notebooks up to date.

Staleness is by content. A notebook keeps a fingerprint of all that its outputs
follow from (its code, its outputs, the data, the package, the pinned packages); it is
executed again when the fingerprint no longer fits. Prose does not count. Nothing is
written until every stale notebook has run.
"""

import hashlib
import json
import os
import re
import subprocess
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import nbformat
import yaml
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat import NotebookNode
from sphinx_external_toc.parsing import MalformedError, parse_toc_yaml

from fourcities.facts import BOOK, DATA, ROOT, hash_of

from .errors import BuildError

WIDGET = "application/vnd.jupyter.widget-view+json"
# Where a cell's code can't be read; the kernel names it after a file that isn't there.
LINE = re.compile(r"\d+\.py, line (\d+)")
# Tags of cells whose code the site hides.
FOLDED = {"hide-input", "remove-input", "remove-cell", "hide-cell"}
# What front ends write into a cell's metadata of how it was run or looked at.
PASSING = ("execution", "collapsed", "scrolled", "editable", "slideshow", "trusted")
# Seconds for a cell, a quarter of an hour: with thousands of cities a drawing takes
# minutes.
TIMEOUT = 900


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
        paths = [toc.parent / "book" / f"{name}.ipynb" for name in parse_toc_yaml(toc)]
    except (OSError, yaml.YAMLError, MalformedError) as error:
        raise BuildError(f"_toc.yml can't be read: {error}") from None
    for path in paths:
        if not path.exists():
            raise BuildError(
                f"_toc.yml names {path.stem!r}, "
                f"but there is no {path.relative_to(toc.parent)}"
            )
    return paths


def refresh(paths: Iterable[Path]) -> None:
    """Execute the notebooks whose outputs no longer follow from their inputs.

    They are written when all have run.

    Parameters
    ----------
    paths : iterable of Path
        The notebooks to look at.

    Raises
    ------
    BuildError
        Naming notebook and cell, if one fails or prints a warning; then none is
        written.

    Notes
    -----
    What a front end leaves in a notebook that somebody opened and saved is taken out
    of all of them, and their cells are folded again.
    """
    for left in BOOK.glob("*.ipynb.new"):  # of a build that was stopped while it wrote
        left.unlink()
    inputs = hash_of_inputs()
    notebooks = {path: _read(path) for path in paths}
    stale = {
        path: notebook
        for path, notebook in notebooks.items()
        if is_stale(notebook, inputs)
    }
    if stale:
        print(f"Executing {len(stale)} of {len(notebooks)} notebooks …", flush=True)
        _execute_all(stale)
    else:
        print("All notebooks are up to date.")
    for path, notebook in notebooks.items():
        _tidy(notebook)
        if path in stale:
            mark = fingerprint(notebook, inputs)
            notebook.metadata["fourcities"] = {"fingerprint": mark}
    for path, notebook in notebooks.items():
        if path in stale or nbformat.writes(notebook) + "\n" != path.read_text("utf-8"):
            _write(path, notebook)


def fingerprint(notebook: NotebookNode, inputs: str) -> str:
    """Hash what a notebook's outputs follow from, and the outputs themselves.

    Parameters
    ----------
    notebook : NotebookNode
    inputs : str
        What `hash_of_inputs` gives.

    Returns
    -------
    str
    """
    code = [
        (cell.source, cell.outputs, cell.metadata.get("tags", []))
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]
    text = inputs + json.dumps(code, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def hash_of_inputs() -> str:
    """One hash of all that every notebook draws on."""
    files = [
        *DATA.glob("*.csv"),
        DATA / "datapackage.json",
        *(BOOK / "fourcities").rglob("*.py"),
        ROOT / "constraints.txt",
        ROOT / "CITATION.cff",
    ]
    return hash_of(files)


def is_stale(notebook: NotebookNode, inputs: str) -> bool:
    """Whether a notebook's outputs no longer follow from what they were made of.

    Parameters
    ----------
    notebook : NotebookNode
    inputs : str
        What `hash_of_inputs` gives.

    Returns
    -------
    bool
    """
    kept = notebook.metadata.get("fourcities", {}).get("fingerprint")
    return bool(kept != fingerprint(notebook, inputs))


def _read(path: Path) -> NotebookNode:
    try:
        notebook: NotebookNode = nbformat.read(path, as_version=4)
    except Exception as error:
        raise BuildError(
            f"{path.relative_to(ROOT)} is no readable notebook: {error}"
        ) from None
    return notebook


def _execute_all(notebooks: dict[Path, NotebookNode]) -> None:
    """Execute notebooks side by side: each has a kernel of its own."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = {
            pool.submit(_execute, path, notebook): path
            for path, notebook in notebooks.items()
        }
        for count, run in enumerate(as_completed(runs), 1):
            error = run.exception()
            if error:
                pool.shutdown(cancel_futures=True)
                raise error
            name = runs[run].relative_to(ROOT)
            print(f"Executed {name} ({count} of {len(notebooks)})", flush=True)


def _execute(path: Path, notebook: NotebookNode) -> None:
    client = NotebookClient(
        notebook,
        timeout=TIMEOUT,
        kernel_name="python3",
        resources={"metadata": {"path": str(BOOK)}},
        record_timing=False,
        shutdown_kernel="immediate",
        extra_arguments=["--log-level=40"],
    )
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    try:
        # What code writes reaches the notebook by another way; by this one only the
        # kernel speaks, of sockets that closed under it.
        client.execute(env=environment, stderr=subprocess.DEVNULL)
    except CellExecutionError as error:
        where = f"{path.relative_to(ROOT)}, cell {_failed_cell(notebook.cells)}"
        message = LINE.sub(r"line \1 of the cell", error.evalue)
        raise BuildError(f"{where}: {error.ename}: {message}") from None
    except CellTimeoutError as error:
        where = f"{path.relative_to(ROOT)}, cell {_failed_cell(notebook.cells)}"
        raise BuildError(f"{where}: {error}") from None
    _refuse_warnings(path, notebook)


def _failed_cell(cells: Sequence[NotebookNode]) -> int | str:
    """Number of the cell that holds an error; "?" if none does."""
    for number, cell in enumerate(cells, 1):
        outputs = cell.outputs if cell.cell_type == "code" else []
        if any(output.output_type == "error" for output in outputs):
            return number
    return "?"


def _refuse_warnings(path: Path, notebook: NotebookNode) -> None:
    for number, cell in enumerate(notebook.cells, 1):
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and output.name == "stderr":
                raise BuildError(
                    f"{path.relative_to(ROOT)}, cell {number}: "
                    f"expected no warnings, found: {output.text.strip()}"
                )


def fold(cell: NotebookNode) -> None:
    """Collapse a cell in a notebook as its tags collapse it on the site.

    Parameters
    ----------
    cell : NotebookNode
        Its metadata `jupyter` is changed, which every front end knows.
    """
    tags = set(cell.metadata.get("tags", []))
    hidden = {}
    if cell.cell_type == "code" and tags & FOLDED:
        hidden["source_hidden"] = True
    if "hide-cell" in tags:
        hidden["outputs_hidden"] = True
    cell.metadata.pop("jupyter", None)
    if hidden:
        cell.metadata["jupyter"] = hidden


def _tidy(notebook: NotebookNode) -> None:
    """Take out what names this run, this machine or what somebody had opened."""
    for cell in notebook.cells:
        fold(cell)
        for key in PASSING:
            cell.metadata.pop(key, None)
        for output in cell.get("outputs", []):
            # It names a kernel that is gone; the widget's HTML form stays.
            output.get("data", {}).pop(WIDGET, None)
    notebook.metadata.pop("widgets", None)
    notebook.metadata["kernelspec"] = {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    }
    notebook.metadata["language_info"] = {"name": "python"}


def _write(path: Path, notebook: NotebookNode) -> None:
    """Replace a notebook in one step: a stop at any moment leaves one of the two."""
    new = path.with_suffix(".ipynb.new")
    new.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
    os.replace(new, path)
