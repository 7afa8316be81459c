"""The site: made in a folder of its own by jupyter-book, then put in the place of the last one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from fourcities.facts import BOOK, BUILD, DATA, ROOT, hash_of

from .errors import BuildError
from .paths import ANSWERS, HERE


def build_site(name="html"):
    """Make the site in a folder of its own and put it in the place of the last one. Returns the path of its first page.

    name: "html", or "teacher" for the site that has the page for teachers as well. A site that was made from the same files is left as it is.
    """
    work, site, last, made_from = (
        BUILD / "next",
        BUILD / name,
        BUILD / "last",
        BUILD / f"{name}.made-from",
    )
    sources = hash_of(
        p
        for folder in (BOOK, HERE)
        for p in folder.rglob("*")
        if p.is_file() and not {"__pycache__", ".ipynb_checkpoints"} & set(p.parts)
    )
    beside = [
        ROOT / name
        for name in (
            "_config.yml",
            "_toc.yml",
            "constraints.txt",
            "requirements.txt",
            "LICENSE",
            "README.png",
        )
    ]
    sources += hash_of(path for path in [*beside, DATA / "README.md"] if path.exists())
    if last.exists() and not site.exists():  # stopped in the moment between two sites
        os.rename(last, site)
    if (
        (site / "index.html").exists()
        and made_from.exists()
        and made_from.read_text() == sources
    ):
        print("The site is up to date.")
        return site / "index.html"
    made_from.unlink(missing_ok=True)
    shutil.rmtree(work, ignore_errors=True)
    toc = ROOT / "_toc.yml"
    if name == "teacher":
        toc = _toc_with_answers(toc, work)
    command = [
        str(Path(sys.executable).with_name("jupyter-book")),
        "build",
        "book",
        "--config",
        str(ROOT / "_config.yml"),
        "--toc",
        str(toc),
        "--path-output",
        str(work),
        "-n",
        "-W",
        "--keep-going",
    ]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "0"},
        stdout=subprocess.PIPE,
        text=True,
    ) as run:
        for line in (
            run.stdout
        ):  # warnings come by the other channel; of the rest only the progress helps
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
    part = next(
        part["chapters"]
        for part in contents["parts"]
        if {"file": "teaching-guide"} in part["chapters"]
    )
    part.insert(part.index({"file": "teaching-guide"}) + 1, {"file": ANSWERS.stem})
    folder.mkdir(parents=True)
    (folder / "_toc.yml").write_text(yaml.safe_dump(contents, sort_keys=False), "utf-8")
    return folder / "_toc.yml"
