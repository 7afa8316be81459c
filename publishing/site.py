"""The site: made in a folder of its own, then put in the place of the last one."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from fourcities.facts import BUILD, DATA, ROOT, data_files, hash_of

from .contents import CODE, chapters
from .editions import commit
from .errors import BuildError
from .hosts import fit_for_hosts
from .pages import can_be_kept
from .parts import Parts
from .paths import ANSWERS
from .settings import site_address
from .surroundings import surroundings

# What the site is made from, beside the chapters, their package and publishing/.
BESIDE = [
    ROOT / "_config.yml",
    ROOT / "_toc.yml",
    ROOT / "CITATION.cff",
    ROOT / "constraints.txt",
    ROOT / "requirements.txt",
    ROOT / "LICENSE",
    ROOT / "README.png",
    DATA / "README.md",
    DATA / "references.bib",
]
TOC = ROOT / "_toc.yml"
WORK = BUILD / "next"  # where pages are made


def bring_back(name: str = "html") -> None:
    """Put the last site in its place again, if a build was stopped between two.

    Parameters
    ----------
    name : str
        As in `build_site`.
    """
    if _last(name).exists() and not (BUILD / name).exists():
        os.rename(_last(name), BUILD / name)


def _last(name: str) -> Path:
    """Where a site goes in the moment before the next takes its place."""
    return BUILD / f"{name}.last"


def build_site(name: str = "html") -> Path:
    """Make the site with jupyter-book, and what is for teaching.

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
        If jupyter-book stops, or if what the slides run on is not installed.

    Notes
    -----
    Where no Chromium starts, the handouts have no PDF; that site is made again the next
    time.
    """
    site = BUILD / name
    made_from = BUILD / f"{name}.made-from"
    sources = _hash_of_sources()
    page = site / "index.html"
    if page.exists() and made_from.exists() and made_from.read_text() == sources:
        print("The site is up to date.")
        return page
    made_from.unlink(missing_ok=True)
    toc = _toc_with_answers() if name == "teacher" else TOC
    start_from(kept_of(name), WORK, toc)
    _run_jupyter_book(toc, WORK)
    made = WORK / "site"
    shutil.copytree(WORK / "_build" / "html", made)
    whole = _add_teaching(made, Parts(WORK / "parts"))
    fit_for_hosts(made)
    shutil.rmtree(_last(name), ignore_errors=True)
    if site.exists():
        os.rename(site, _last(name))
    os.rename(made, site)
    shutil.rmtree(_last(name), ignore_errors=True)
    replace_kept(kept_of(name), WORK)
    if whole:
        made_from.write_text(sources)
    return page


def kept_of(name: str = "html") -> Path:
    """Where the pages of a site are that the next build builds upon. name: its own."""
    return BUILD / f"{name}.kept"


def start_from(kept: Path, work: Path, toc: Path) -> None:
    """Put what is kept of the last pages into the folder of the next.

    Parameters
    ----------
    kept : Path
        The folder of the last; where it can't be built upon, its parts alone are taken.
    work : Path
        The folder of the next; what a stopped build has left in it goes away.
    toc : Path
        The table of contents.
    """
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    if can_be_kept(toc, kept):
        shutil.copytree(kept, work, dirs_exist_ok=True)
    elif (kept / "parts").exists():
        shutil.copytree(kept / "parts", work / "parts")


def replace_kept(kept: Path, work: Path) -> None:
    """Keep the pages of a build that is whole, in place of the last.

    Parameters
    ----------
    kept, work : Path
        As in `start_from`.
    """
    last = kept.with_suffix(".gone")
    shutil.rmtree(last, ignore_errors=True)
    if kept.exists():
        os.rename(kept, last)  # a preview may serve them
    os.rename(work, kept)
    shutil.rmtree(last, ignore_errors=True)


def _hash_of_sources() -> str:
    """What tells the files of one site from those of another."""
    beside = [path for path in BESIDE if path.exists()]
    book = [*chapters(), *filter(Path.exists, [ANSWERS])]
    return CODE + hash_of([*book, *data_files()]) + hash_of(beside) + commit()


def _toc_with_answers() -> Path:
    """The table of contents with the page for teachers, right after the teaching guide.

    It is written into the folder of builds.
    """
    contents = yaml.safe_load(TOC.read_text("utf-8"))
    guide = {"file": "teaching-guide"}
    part = next(
        part["chapters"] for part in contents["parts"] if guide in part["chapters"]
    )
    part.insert(part.index(guide) + 1, {"file": ANSWERS.stem})
    toc = BUILD / "teacher-toc.yml"
    toc.write_text(yaml.safe_dump(contents, sort_keys=False), "utf-8")
    return toc


def _run_jupyter_book(toc: Path, work: Path) -> None:
    """Make the site in a folder of its own. Raises BuildError if it stops."""
    command = [sys.executable, "-m", "publishing.pages", str(toc), str(work)]
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as warnings,
        subprocess.Popen(
            command,
            cwd=ROOT,
            env=surroundings(),
            stdout=subprocess.PIPE,
            stderr=warnings,
            text=True,
        ) as run,
    ):
        # Of what it says only the progress helps, and the warnings at its end.
        for line in run.stdout or ():
            if "reading sources" in line or "writing output" in line:
                print(line, end="", flush=True)
        run.wait()
        warnings.seek(0)
        print(warnings.read(), end="", file=sys.stderr, flush=True)
    if run.returncode:
        raise BuildError("jupyter-book stopped: its warnings above say where.")


def _add_teaching(site: Path, parts: Parts) -> bool:
    """Whether all could be added: slides, handouts, files for learning platforms."""
    # Late: only a new site needs them.
    from . import cartridge, handouts, question_bank, slides

    address = site_address()
    question_bank.write(site, address, parts)
    cartridge.write(site, address)
    try:
        slides.write(site, parts)
        lacking = handouts.write(site, parts)
    except LookupError as error:
        raise BuildError(str(error)) from None
    if lacking:
        print(f"The handouts are left without PDFs: {lacking}", flush=True)
    parts.forget_others()
    return not lacking
