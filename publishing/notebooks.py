"""Bring stale notebooks up to date.

Staleness is by content. A notebook keeps a fingerprint of all that its outputs follow from (its code, its
outputs, the data, the package, the pinned packages); it is executed again when the fingerprint no longer
fits. Prose does not count. Nothing is written until every stale notebook has run.
"""

import hashlib
import json
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor, as_completed

import nbformat
import yaml
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from sphinx_external_toc.parsing import MalformedError, parse_toc_yaml

from fourcities.facts import BOOK, DATA, ROOT, hash_of

from .errors import BuildError

WIDGET = "application/vnd.jupyter.widget-view+json"


def chapters(toc=ROOT / "_toc.yml"):
    """Paths of the notebooks that _toc.yml names, in its order. Raises BuildError if it can't be read or one is missing."""
    try:
        paths = [toc.parent / "book" / f"{name}.ipynb" for name in parse_toc_yaml(toc)]
    except (OSError, yaml.YAMLError, MalformedError) as error:
        raise BuildError(f"_toc.yml can't be read: {error}") from None
    for path in paths:
        if not path.exists():
            raise BuildError(
                f"_toc.yml names {path.stem!r}, but there is no {path.relative_to(toc.parent)}"
            )
    return paths


def refresh(paths):
    """Execute the notebooks whose outputs no longer follow from their inputs, then write them all.

    Raises BuildError, naming notebook and cell, if one fails or prints a warning; then none is written.
    """
    for left in BOOK.glob("*.ipynb.new"):  # of a build that was stopped while it wrote
        left.unlink()
    inputs = hash_of_inputs()
    notebooks = {path: _read(path) for path in paths}
    stale = [
        p
        for p, nb in notebooks.items()
        if nb.metadata.get("fourcities", {}).get("fingerprint")
        != fingerprint(nb, inputs)
    ]
    if stale:
        print(f"Executing {len(stale)} of {len(notebooks)} notebooks …", flush=True)
    with ThreadPoolExecutor(
        os.cpu_count()
    ) as pool:  # each notebook has a kernel of its own
        runs = {pool.submit(_execute, path, notebooks[path]): path for path in stale}
        for count, run in enumerate(as_completed(runs), 1):
            if run.exception():
                pool.shutdown(cancel_futures=True)
                raise run.exception()
            print(
                f"Executed {runs[run].relative_to(ROOT)} ({count} of {len(stale)})",
                flush=True,
            )
    for path in stale:
        notebooks[path].metadata["fourcities"] = {
            "fingerprint": fingerprint(notebooks[path], inputs)
        }
    for path in stale:
        _write(path, notebooks[path])
    if not stale:
        print("All notebooks are up to date.")


def fingerprint(notebook, inputs):
    """What a notebook's outputs follow from, and the outputs themselves, as one hash."""
    code = [
        (c.source, c.outputs, c.metadata.get("tags", []))
        for c in notebook.cells
        if c.cell_type == "code"
    ]
    return hashlib.sha256(
        (inputs + json.dumps(code, sort_keys=True)).encode()
    ).hexdigest()


def hash_of_inputs():
    """One hash of all that every notebook draws on."""
    files = [
        *DATA.glob("*.csv"),
        DATA / "datapackage.json",
        *(BOOK / "fourcities").rglob("*.py"),
        ROOT / "constraints.txt",
        ROOT / "CITATION.cff",
    ]
    return hash_of(files)


def _read(path):
    try:
        return nbformat.read(path, as_version=4)
    except Exception as error:
        raise BuildError(
            f"{path.relative_to(ROOT)} is no readable notebook: {error}"
        ) from None


def _execute(path, notebook):
    # A cell may take a quarter of an hour: with thousands of cities a drawing takes minutes.
    client = NotebookClient(
        notebook,
        timeout=900,
        kernel_name="python3",
        resources={"metadata": {"path": str(BOOK)}},
        record_timing=False,
        shutdown_kernel="immediate",
        extra_arguments=["--log-level=40"],
    )
    try:
        # What code writes reaches the notebook by another way; by this one only the kernel speaks, of sockets that closed under it.
        client.execute(
            env={**os.environ, "PYTHONHASHSEED": "0"}, stderr=subprocess.DEVNULL
        )
    except (CellExecutionError, CellTimeoutError) as error:
        number = next(
            (
                n
                for n, c in enumerate(notebook.cells, 1)
                if c.cell_type == "code"
                and any(o.output_type == "error" for o in c.outputs)
            ),
            "?",
        )
        what = (
            f"{error.ename}: {error.evalue}"
            if isinstance(error, CellExecutionError)
            else str(error)
        )
        raise BuildError(f"{path.relative_to(ROOT)}, cell {number}: {what}") from None
    for number, cell in enumerate(notebook.cells, 1):
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and output.name == "stderr":
                raise BuildError(
                    f"{path.relative_to(ROOT)}, cell {number}: expected no warnings, found: {output.text.strip()}"
                )
            output.get("data", {}).pop(
                WIDGET, None
            )  # names a kernel that is gone; the widget's HTML form stays
    notebook.metadata.pop("widgets", None)
    notebook.metadata["kernelspec"] = {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    }
    notebook.metadata["language_info"] = {"name": "python"}


def _write(path, notebook):
    """Replace a notebook in one step, so that a stop at any moment leaves the old or the new one."""
    new = path.with_suffix(".ipynb.new")
    new.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
    os.replace(new, path)
