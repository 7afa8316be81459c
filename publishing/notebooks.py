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
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, CellExecutionError
from nbformat import NotebookNode

from fourcities.facts import BOOK, ROOT, bytes_of, data_files, hash_of, modules_of

from .errors import BuildError
from .surroundings import surroundings

WIDGET = "application/vnd.jupyter.widget-view+json"
# Where a cell's code can't be read; the kernel names it after a file that isn't there.
LINE = re.compile(r"\d+\.py, line (\d+)")
# Tags of cells whose code the site hides.
FOLDED = {"hide-input", "remove-input", "remove-cell", "hide-cell"}
# Metadata of a cell that the book uses. Front ends add others when a notebook is saved:
# how it was run or looked at, by whom, with what.
USED = {"tags", "mystnb", "jupyter"}
# Seconds for a cell, a quarter of an hour: with thousands of cities a drawing takes
# minutes.
TIMEOUT = 900
KINDS = ("code", "markdown", "raw")  # of cells


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
    What a front end leaves in a notebook that somebody opened, ran and saved is taken
    out of all of them, and their cells are folded again; only then are they compared.
    """
    for left in BOOK.glob("*.ipynb.new"):  # of a build that was stopped while it wrote
        left.unlink()
    inputs = hash_of_inputs()
    notebooks = {path: read_notebook(path) for path in paths}
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
    for notebook in stale.values():
        _tidy(notebook)
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
        *data_files(),
        *modules_of("fourcities"),
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


def title_of(chapter: str) -> str:
    """First heading of a chapter. chapter: name of its notebook without the ending."""
    first_line: str = read_notebook(BOOK / f"{chapter}.ipynb").cells[0].source
    return first_line.partition("\n")[0].lstrip("# ")


def read_notebook(path: Path) -> NotebookNode:
    """Read a notebook of the book.

    Parameters
    ----------
    path : Path

    Returns
    -------
    NotebookNode

    Raises
    ------
    BuildError
        If it is none, naming the cell that is none.
    """
    try:
        found = nbformat.reader.reads(bytes_of(path).decode("utf-8"))
        notebook: NotebookNode = nbformat.convert(found, 4)
        mistake = _mistake(notebook)
        if not mistake:
            nbformat.validate(notebook)
    except Exception as error:
        mistake = str(error).partition("\n")[0][:200]
    if mistake:
        where = path.relative_to(ROOT)
        raise BuildError(f"{where} is no readable notebook: {mistake}")
    _tidy(notebook)
    return notebook


def _mistake(notebook: NotebookNode) -> str:
    """The first cell that is none, in words; "" if all are cells."""
    for number, cell in enumerate(notebook.cells, 1):
        kind, source = cell.get("cell_type"), cell.get("source")
        if kind not in KINDS:
            return f"cell {number}: found {kind!r}, expected one of {', '.join(KINDS)}"
        if not isinstance(source, str):
            return f"cell {number}: found the source {source!r:.80}, expected text"
    return ""


def _execute_all(notebooks: dict[Path, NotebookNode]) -> None:
    """Execute notebooks side by side: each has a kernel of its own."""
    pool = ThreadPoolExecutor(_workers())
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
    pool.shutdown()


def _workers() -> int | None:
    """How many notebooks run at once: what JOBS says, else one on each core."""
    asked = os.environ.get("JOBS")
    if not asked:
        return os.cpu_count()
    if not re.fullmatch("[1-9][0-9]*", asked, re.ASCII):
        raise BuildError(
            f"JOBS: found {asked!r}, expected how many notebooks may run at once, "
            "such as 1"
        )
    return int(asked)


def _execute(path: Path, notebook: NotebookNode) -> None:
    started: list[int] = []
    client = NotebookClient(
        notebook,
        km=_kernel(),
        timeout=TIMEOUT,
        resources={"metadata": {"path": str(BOOK)}},
        record_timing=False,
        shutdown_kernel="immediate",
        extra_arguments=["--log-level=40"],
        on_cell_start=lambda cell, cell_index: started.append(cell_index + 1),
    )
    try:
        # What code writes reaches the notebook by another way; by this one only the
        # kernel speaks, of sockets that closed under it.
        client.execute(env=surroundings(), stderr=subprocess.DEVNULL, cleanup_kc=True)
    except (CellControlSignal, RuntimeError) as error:  # such as a kernel that dies
        where = f"{path.relative_to(ROOT)}, cell {started[-1] if started else '?'}"
        message = str(error)
        if isinstance(error, CellExecutionError):
            said = LINE.sub(r"line \1 of the cell", error.evalue)
            message = f"{error.ename}: {said}"
        raise BuildError(f"{where}: {message}") from None
    _refuse_warnings(path, notebook)


def _kernel() -> AsyncKernelManager:
    """The kernel of this Python, not one that a person has put in its place."""
    specs = KernelSpecManager(kernel_dirs=[])
    return AsyncKernelManager(kernel_name="python3", kernel_spec_manager=specs)


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
        for key in set(cell.metadata) - USED:
            del cell.metadata[key]
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    run = [c for c in code if "skip-execution" not in c.metadata.get("tags", [])]
    for number, cell in enumerate(run, 1):
        cell.execution_count = number
    for cell in code:
        for output in cell.outputs:
            _tidy_output(output, cell.execution_count)
    for key in set(notebook.metadata) - {"fourcities"}:
        del notebook.metadata[key]
    notebook.metadata["kernelspec"] = {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    }
    notebook.metadata["language_info"] = {"name": "python"}


def _tidy_output(output: NotebookNode, count: int | None) -> None:
    # It names a kernel that is gone; the widget's HTML form stays.
    output.get("data", {}).pop(WIDGET, None)
    if "metadata" in output:
        output.metadata = {}
    if "execution_count" in output:
        output.execution_count = count


def _write(path: Path, notebook: NotebookNode) -> None:
    """Replace a notebook in one step: a stop at any moment leaves one of the two."""
    new = path.with_suffix(".ipynb.new")
    new.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
    os.replace(new, path)
