"""Build the book: check the data, bring stale notebooks up to date, make the site.

    python -m fourcities.build            everything, into _build/html
    python -m fourcities.build --refresh  only the notebooks
    python -m fourcities.build --check    only a look at the data
    python -m fourcities.build --teacher  the site with the page for teachers, into _build/teacher

Staleness is by content. A notebook keeps a fingerprint of all that its outputs follow from (its code, its outputs,
the data, this package, the pinned packages); it is executed again when the fingerprint no longer fits. Prose does
not count. Nothing is written until every stale notebook has run, and the last good site stays until the new one is whole.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import nbformat
import yaml
from filelock import FileLock, Timeout
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from sphinx_external_toc.parsing import MalformedError, parse_toc_yaml

from .data import hash_of, read
from .validate import DATA, DataError, check

ROOT = DATA.parent
BOOK = ROOT / "book"
BUILD = ROOT / "_build"
ANSWERS = BOOK / "teacher-answers.ipynb"  # in no table of contents: only the teachers' site has it
KEPT = "Nothing was built; the last good site, if there is one, is as it was."
OFFSTAGE = ("browser.py", "build.py", "changes.py", "codebook.py", "handouts.py", "newcity.py", "slides.py")  # modules that never reach a notebook
WIDGET = "application/vnd.jupyter.widget-view+json"


class BuildError(Exception):
    """The book can't be built; the message says where and why."""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--refresh", action="store_true", help="bring the notebooks up to date, build no site")
    parser.add_argument("--check", action="store_true", help="check the data, write nothing")
    parser.add_argument("--teacher", action="store_true", help="add the page for teachers, into _build/teacher")
    args = parser.parse_args()
    try:
        with alone():
            print("Checking data/ …", flush=True)
            check()
            check_sessions()
            if not args.check:
                refresh(chapters() + [ANSWERS])
            if not args.check and not args.refresh:
                page = build_site("teacher" if args.teacher else "html")
                print(f"\nThe book is ready. Open {page.as_uri()}")
    except (BuildError, DataError) as error:
        sys.exit(f"\n{error}\n{KEPT}")
    except OSError as error:  # a full disk, a folder that may not be written
        sys.exit(f"\n{error.filename or 'A file'} can't be written or read: {error.strerror or error}. Free some space, or give the project's folder back its rights, and build again.\n{KEPT}")


def alone():
    """A lock on this project's build: a second one waits for the first. It ends with the process, even one that is killed."""
    BUILD.mkdir(exist_ok=True)
    lock = FileLock(BUILD / ".lock")
    try:
        return lock.acquire(timeout=0)
    except Timeout:
        print("Another build is at work here; waiting for it …", flush=True)
        return lock.acquire()


def chapters(toc=ROOT / "_toc.yml"):
    """Paths of the notebooks that _toc.yml names, in its order. Raises BuildError if it can't be read or one is missing."""
    try:
        paths = [toc.parent / "book" / f"{name}.ipynb" for name in parse_toc_yaml(toc)]
    except (OSError, yaml.YAMLError, MalformedError) as error:
        raise BuildError(f"_toc.yml can't be read: {error}") from None
    for path in paths:
        if not path.exists():
            raise BuildError(f"_toc.yml names {path.stem!r}, but there is no {path.relative_to(toc.parent)}")
    return paths


def check_sessions():
    """Raise BuildError if a session of sessions.csv names a chapter that _toc.yml doesn't have."""
    known = {path.stem for path in chapters()}
    for _, row in read("sessions").iterrows():
        for chapter in row["chapters"].split():
            if chapter not in known:
                raise BuildError(f"data/sessions.csv, session {row['session']}, column chapters: found {chapter!r}, expected a chapter of _toc.yml")


def refresh(paths):
    """Execute the notebooks whose outputs no longer follow from their inputs, then write them all.

    Raises BuildError, naming notebook and cell, if one fails or prints a warning; then none is written.
    """
    for left in BOOK.glob("*.ipynb.new"):  # of a build that was stopped while it wrote
        left.unlink()
    inputs = _inputs()
    notebooks = {path: _read(path) for path in paths}
    stale = [p for p, nb in notebooks.items() if nb.metadata.get("fourcities", {}).get("fingerprint") != fingerprint(nb, inputs)]
    if stale:
        print(f"Executing {len(stale)} of {len(notebooks)} notebooks …", flush=True)
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # each notebook has a kernel of its own
        runs = {pool.submit(_execute, path, notebooks[path]): path for path in stale}
        for count, run in enumerate(as_completed(runs), 1):
            if run.exception():
                pool.shutdown(cancel_futures=True)
                raise run.exception()
            print(f"Executed {runs[run].relative_to(ROOT)} ({count} of {len(stale)})", flush=True)
    for path in stale:
        notebooks[path].metadata["fourcities"] = {"fingerprint": fingerprint(notebooks[path], inputs)}
    for path in stale:
        _write(path, notebooks[path])
    if not stale:
        print("All notebooks are up to date.")


def fingerprint(notebook, inputs):
    """What a notebook's outputs follow from, and the outputs themselves, as one hash."""
    code = [(c.source, c.outputs, c.metadata.get("tags", [])) for c in notebook.cells if c.cell_type == "code"]
    return hashlib.sha256((inputs + json.dumps(code, sort_keys=True)).encode()).hexdigest()


def _inputs():
    """One hash of all that every notebook draws on."""
    files = [*DATA.glob("*.csv"), DATA / "datapackage.json", *(BOOK / "fourcities").glob("*.py"), ROOT / "constraints.txt", ROOT / "CITATION.cff"]
    return hash_of(p for p in files if p.name not in OFFSTAGE)


def _read(path):
    try:
        return nbformat.read(path, as_version=4)
    except Exception as error:
        raise BuildError(f"{path.relative_to(ROOT)} is no readable notebook: {error}") from None


def _execute(path, notebook):
    # A cell may take a quarter of an hour: with thousands of cities a drawing takes minutes.
    client = NotebookClient(notebook, timeout=900, kernel_name="python3", resources={"metadata": {"path": str(BOOK)}}, record_timing=False, shutdown_kernel="immediate",
                            extra_arguments=["--log-level=40"])
    try:
        # What code writes reaches the notebook by another way; by this one only the kernel speaks, of sockets that closed under it.
        client.execute(env={**os.environ, "PYTHONHASHSEED": "0"}, stderr=subprocess.DEVNULL)
    except (CellExecutionError, CellTimeoutError) as error:
        number = next((n for n, c in enumerate(notebook.cells, 1) if c.cell_type == "code" and
                       any(o.output_type == "error" for o in c.outputs)), "?")
        what = f"{error.ename}: {error.evalue}" if isinstance(error, CellExecutionError) else str(error)
        raise BuildError(f"{path.relative_to(ROOT)}, cell {number}: {what}") from None
    for number, cell in enumerate(notebook.cells, 1):
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and output.name == "stderr":
                raise BuildError(f"{path.relative_to(ROOT)}, cell {number}: expected no warnings, found: {output.text.strip()}")
            output.get("data", {}).pop(WIDGET, None)  # names a kernel that is gone; the widget's HTML form stays
    notebook.metadata.pop("widgets", None)
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook.metadata["language_info"] = {"name": "python"}


def _write(path, notebook):
    """Replace a notebook in one step, so that a stop at any moment leaves the old or the new one."""
    new = path.with_suffix(".ipynb.new")
    new.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
    os.replace(new, path)


def build_site(name="html"):
    """Make the site in a folder of its own and put it in the place of the last one. Returns the path of its first page.

    name: "html", or "teacher" for the site that has the page for teachers as well. A site that was made from the same files is left as it is.
    """
    work, site, last, made_from = BUILD / "next", BUILD / name, BUILD / "last", BUILD / f"{name}.made-from"
    sources = hash_of(p for p in BOOK.rglob("*") if p.is_file() and not {"__pycache__", ".ipynb_checkpoints"} & set(p.parts))
    beside = [ROOT / name for name in ("_config.yml", "_toc.yml", "constraints.txt", "requirements.txt", "LICENSE", "README.png")]
    sources += hash_of(path for path in [*beside, DATA / "README.md"] if path.exists())
    if last.exists() and not site.exists():  # stopped in the moment between two sites
        os.rename(last, site)
    if (site / "index.html").exists() and made_from.exists() and made_from.read_text() == sources:
        print("The site is up to date.")
        return site / "index.html"
    made_from.unlink(missing_ok=True)
    shutil.rmtree(work, ignore_errors=True)
    toc = ROOT / "_toc.yml"
    if name == "teacher":
        toc = _toc_with_answers(toc, work)
    command = [str(Path(sys.executable).with_name("jupyter-book")), "build", "book", "--config", str(ROOT / "_config.yml"), "--toc", str(toc),
               "--path-output", str(work), "-n", "-W", "--keep-going"]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": "0"}, stdout=subprocess.PIPE, text=True) as run:
        for line in run.stdout:  # warnings come by the other channel; of the rest only the progress helps
            if "reading sources" in line or "writing output" in line:
                print(line, end="", flush=True)
    if run.returncode:
        raise BuildError("jupyter-book stopped: its warnings above say where.")
    from . import handouts, slides  # late: only a new site needs them

    try:
        slides.write(work / "_build" / "html")
        print("Printing handouts …", flush=True)
        handouts.write(work / "_build" / "html")
    except LookupError as error:
        raise BuildError(str(error)) from None
    shutil.rmtree(last, ignore_errors=True)
    if site.exists():
        os.rename(site, last)
    os.rename(work / "_build" / "html", site)
    shutil.rmtree(last, ignore_errors=True)
    shutil.rmtree(work)
    made_from.write_text(sources)
    return site / "index.html"


def _toc_with_answers(toc, folder):
    """The table of contents with the page for teachers, right after the teaching guide; written into a folder."""
    contents = yaml.safe_load(toc.read_text("utf-8"))
    part = next(part["chapters"] for part in contents["parts"] if {"file": "teaching-guide"} in part["chapters"])
    part.insert(part.index({"file": "teaching-guide"}) + 1, {"file": ANSWERS.stem})
    folder.mkdir(parents=True)
    (folder / "_toc.yml").write_text(yaml.safe_dump(contents, sort_keys=False), "utf-8")
    return folder / "_toc.yml"


if __name__ == "__main__":
    main()
