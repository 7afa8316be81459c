"""The site: made in a folder of its own, then put in the place of the last one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

from fourcities.facts import BOOK, BUILD, DATA, ROOT, hash_of

from .errors import BuildError
from .paths import ANSWERS, HERE

LEFT_BY_PROGRAMS = {"__pycache__", ".ipynb_checkpoints"}
# What the site is made from, beside the folders book/ and publishing/.
BESIDE = [
    ROOT / "_config.yml",
    ROOT / "_toc.yml",
    ROOT / "constraints.txt",
    ROOT / "requirements.txt",
    ROOT / "LICENSE",
    ROOT / "README.png",
    DATA / "README.md",
    DATA / "references.bib",
]


def build_site(name: str = "html") -> Path:
    """Make the site with jupyter-book, slides and handouts.

    A site that was made from the same files is left as it is. The last one stays until
    the new one is whole.

    Parameters
    ----------
    name : str
        "html", or "teacher" for the site that has the page for teachers as well.

    Returns
    -------
    Path
        The first page.

    Raises
    ------
    BuildError
        If jupyter-book stops, or if there is no Chromium for the handouts.
    """
    work, site, last = BUILD / "next", BUILD / name, BUILD / "last"
    made_from = BUILD / f"{name}.made-from"
    sources = _hash_of_sources()
    if last.exists() and not site.exists():  # stopped in the moment between two sites
        os.rename(last, site)
    page = site / "index.html"
    if page.exists() and made_from.exists() and made_from.read_text() == sources:
        print("The site is up to date.")
        return page
    made_from.unlink(missing_ok=True)
    shutil.rmtree(work, ignore_errors=True)
    toc = ROOT / "_toc.yml"
    if name == "teacher":
        toc = _toc_with_answers(toc, work)
    _run_jupyter_book(toc, work)
    made = work / "_build" / "html"
    _add_slides_and_handouts(made)
    shutil.rmtree(last, ignore_errors=True)
    if site.exists():
        os.rename(site, last)
    os.rename(made, site)
    shutil.rmtree(last, ignore_errors=True)
    shutil.rmtree(work)
    made_from.write_text(sources)
    return page


def _hash_of_sources() -> str:
    """What tells the files of one site from those of another."""
    beside = [path for path in BESIDE if path.exists()]
    return hash_of([*_files(BOOK), *_files(HERE)]) + hash_of(beside)


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and not LEFT_BY_PROGRAMS & set(path.parts):
            yield path


def _toc_with_answers(toc: Path, folder: Path) -> Path:
    """The table of contents with the page for teachers, right after the teaching guide.

    It is written into a folder.
    """
    contents = yaml.safe_load(toc.read_text("utf-8"))
    guide = {"file": "teaching-guide"}
    part = next(
        part["chapters"] for part in contents["parts"] if guide in part["chapters"]
    )
    part.insert(part.index(guide) + 1, {"file": ANSWERS.stem})
    folder.mkdir(parents=True)
    (folder / "_toc.yml").write_text(yaml.safe_dump(contents, sort_keys=False), "utf-8")
    return folder / "_toc.yml"


def _run_jupyter_book(toc: Path, work: Path) -> None:
    """Make the site in a folder of its own. Raises BuildError if it stops."""
    command = [
        str(Path(sys.executable).with_name("jupyter-book")),
        "build",
        "book",
        *("--config", str(ROOT / "_config.yml")),
        *("--toc", str(toc)),
        *("--path-output", str(work)),
        "-n",
        "-W",
        "--keep-going",
    ]
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as run:
        # Warnings come by the other channel; of the rest only the progress helps.
        for line in run.stdout or ():
            if "reading sources" in line or "writing output" in line:
                print(line, end="", flush=True)
    if run.returncode:
        raise BuildError("jupyter-book stopped: its warnings above say where.")


def _add_slides_and_handouts(site: Path) -> None:
    from . import handouts, slides  # late: only a new site needs them

    try:
        slides.write(site)
        print("Printing handouts …", flush=True)
        handouts.write(site)
    except LookupError as error:
        raise BuildError(str(error)) from None
