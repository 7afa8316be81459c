"""Bring stale notebooks up to date.

Staleness is by content. A notebook keeps a record of the files that it read while it
ran (tables, modules of the package, whatever it opened) with the hash of each, and a
fingerprint of these, its code and its outputs; it is executed again when one of them
no longer fits. Prose does not count. Nothing is written until every stale notebook has
run, and never over what somebody saves meanwhile.
"""

import ast
import asyncio
import hashlib
import json
import os
import re
import subprocess
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import cast

import nbformat
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, CellExecutionError
from nbformat import NotebookNode

from fourcities.facts import BOOK, DATA, ROOT, bytes_of

from .errors import BuildError
from .paths import RECORDER
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
# Kernels begun for a notebook: ports are chosen for a kernel before it has them, and of
# a thousand kernels one or so finds that another program has taken one.
TRIES = 3
KINDS = ("code", "markdown", "raw")  # of cells
PINS = "constraints.txt"  # stands for the packages, of which every notebook uses some
# What the kernel is asked before the first cell and after the last; neither leaves a
# name in the notebook's own.
START = f"get_ipython().recorder = __import__('runpy').run_path({str(RECORDER)!r})"
FILES = "get_ipython().recorder['files']()"


def refresh(paths: Iterable[Path], everything: bool = False) -> None:
    """Execute the notebooks whose outputs no longer follow from their inputs.

    They are written when all have run.

    Parameters
    ----------
    paths : iterable of Path
        The notebooks to look at.
    everything : bool
        Whether to execute those too whose outputs do.

    Raises
    ------
    BuildError
        Naming notebook and cell, if one fails or prints a warning; then none is
        written.

    Notes
    -----
    What a front end leaves in a notebook that somebody opened, ran and saved is taken
    out of all of them, and their cells are folded again; only then are they compared.
    A notebook that is saved meanwhile stays as it was saved, and is looked at again.
    """
    for left in BOOK.glob("*.ipynb.new"):  # of a build that was stopped while it wrote
        left.unlink()
    saved = _refresh([*paths], everything)
    while saved:
        saved = _refresh(saved, everything=False)


def _refresh(paths: list[Path], everything: bool) -> list[Path]:
    """`refresh` once. Returns the notebooks that were saved meanwhile."""
    files = hashes()
    was = {path: _saved(path) for path in paths}
    notebooks = {path: read_notebook(path) for path in paths}
    why = {path: changes(notebook, files) for path, notebook in notebooks.items()}
    stale = {p: one for p, one in notebooks.items() if why[p] or everything}
    if stale:
        told = _told([name for names in why.values() for name in names])
        print(
            f"Executing {len(stale)} of {len(notebooks)} notebooks{told} …", flush=True
        )
        records = _execute_all(stale)
    else:
        print("All notebooks are up to date.")
    for path, notebook in stale.items():
        _tidy(notebook)
        _sign(notebook, records[path], files)
    newer = []
    for path, notebook in notebooks.items():
        text = nbformat.writes(notebook) + "\n"
        if _saved(path) != was[path]:
            newer.append(path)
        elif text.encode() != was[path]:
            _write(path, text)
    return newer


def hashes() -> dict[str, str]:
    """Hash the files that a notebook may draw on.

    Returns
    -------
    dict of str to str
        Hashes by path in the project: what lies in `data` and `book`, and beside them.
        They don't depend on how a system ends its lines.
    """
    paths = [path for path in ROOT.iterdir() if path.is_file()]
    for folder in (DATA, BOOK):
        paths += [Path(at, name) for at, _, names in os.walk(folder) for name in names]
    found = {}
    for path in paths:
        if path.suffix == ".pyc":  # of a module, which is there itself
            continue
        with suppress(OSError):  # what can't be read has not been read
            text = bytes_of(path).replace(b"\r\n", b"\n")
            found[path.relative_to(ROOT).as_posix()] = _hash(text)[:16]
    return found


def changes(notebook: NotebookNode, files: Mapping[str, str]) -> list[str]:
    """Name what the outputs of a notebook no longer follow from.

    Parameters
    ----------
    notebook : NotebookNode
    files : mapping of str to str
        What `hashes` gives.

    Returns
    -------
    list of str
        Paths of files that it read and that are different now or gone; else "a
        notebook" if it was changed itself or has no record. Empty if it is up to date.
    """
    kept = notebook.metadata.get("fourcities", {})
    read = kept.get("read", {})
    changed = [name for name, found in read.items() if files.get(name) != found]
    if not changed and kept.get("fingerprint") != _fingerprint(notebook, read):
        changed = ["a notebook"]
    return changed


def _sign(notebook: NotebookNode, record: set[str], files: Mapping[str, str]) -> None:
    """Keep what a notebook read, as it was before it ran."""
    read = {name: files[name] for name in sorted({PINS, *record} & files.keys())}
    mark = _fingerprint(notebook, read)
    notebook.metadata["fourcities"] = {"fingerprint": mark, "read": read}


def _fingerprint(notebook: NotebookNode, read: Mapping[str, str]) -> str:
    """Hash what a notebook's outputs follow from, and the outputs themselves."""
    code = [
        (cell.source, cell.outputs, cell.metadata.get("tags", []))
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]
    return _hash(json.dumps([read, code], sort_keys=True).encode())


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _told(changed: list[str]) -> str:
    """What changed, for a line in a terminal: at most three names."""
    names = [f"{name} changed" for name in dict.fromkeys(changed)]
    more = [f"{len(names) - 3} more"] if len(names) > 3 else []
    return f" ({', '.join(names[:3] + more)})" if names else ""


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


def _execute_all(notebooks: dict[Path, NotebookNode]) -> dict[Path, set[str]]:
    """Execute notebooks side by side: each has a kernel of its own.

    Returns what each has read.
    """
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
    return {path: run.result() for run, path in runs.items()}


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


def _execute(path: Path, notebook: NotebookNode) -> set[str]:
    """Execute a notebook. Returns the files of the project that it read."""
    started: list[int] = []
    try:
        record = _run(notebook, started)
    except (CellControlSignal, RuntimeError) as error:  # such as a kernel that dies
        where = f"{path.relative_to(ROOT)}, cell {started[-1] if started else '?'}"
        message = str(error)
        if isinstance(error, CellExecutionError):
            said = LINE.sub(r"line \1 of the cell", error.evalue)
            message = f"{error.ename}: {said}"
        raise BuildError(f"{where}: {message}") from None
    _refuse_warnings(path, notebook)
    return record


def _run(notebook: NotebookNode, started: list[int], tries: int = TRIES) -> set[str]:
    """Run a notebook in a kernel of its own, or in the next if one dies at its start.

    started gets the number of each cell that is begun.
    """
    kernel = _kernel()
    client = NotebookClient(
        notebook,
        km=kernel,
        timeout=TIMEOUT,
        resources={"metadata": {"path": str(BOOK)}},
        record_timing=False,
        shutdown_kernel="immediate",
        extra_arguments=["--log-level=40"],
        on_cell_start=lambda cell, cell_index: started.append(cell_index + 1),
    )
    try:
        return asyncio.run(_recorded(client))
    except RuntimeError:
        client.km = kernel  # nbclient asks for it when Python ends
        if started or tries == 1:
            raise
    return _run(notebook, started, tries - 1)


async def _recorded(client: NotebookClient) -> set[str]:
    """Execute the cells of a notebook with a recorder in its kernel."""
    # What code writes reaches the notebook by another way; by this one only the kernel
    # speaks, of sockets that closed under it.
    quiet = {"stderr": subprocess.DEVNULL, "cleanup_kc": True}
    async with client.async_setup_kernel(env=surroundings(), **quiet):
        kernel = cast(AsyncKernelClient, client.kc)
        ask = partial(kernel.execute_interactive, silent=True, timeout=TIMEOUT)
        await ask(START)
        for index, cell in enumerate(client.nb.cells):
            await client.async_execute_cell(cell, index)
        reply = await ask("", user_expressions={"files": FILES})
    said = reply["content"]["user_expressions"]["files"]["data"]["text/plain"]
    paths = map(Path, ast.literal_eval(said).splitlines())
    return {p.relative_to(ROOT).as_posix() for p in paths if p.is_relative_to(ROOT)}


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


def _saved(path: Path) -> bytes:
    """A notebook as it lies there, however its system ends lines; b"" if it is gone."""
    with suppress(FileNotFoundError):
        return path.read_bytes().replace(b"\r\n", b"\n")
    return b""


def _write(path: Path, text: str) -> None:
    """Replace a notebook in one step: a stop at any moment leaves one of the two."""
    new = path.with_suffix(".ipynb.new")
    new.write_text(text, encoding="utf-8")
    os.replace(new, path)
