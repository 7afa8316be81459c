"""Open the book in JupyterLab: what `make lab` does.

    python -m publishing.lab [a notebook in book/] [options of `jupyter lab`]

The first notebook is open, the table of contents beside it, and nobody is asked about
news. Notebooks whose outputs come from this book's build are trusted, so that all of
their HTML is shown; others are as JupyterLab finds them.
"""

import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

import nbformat
from jupyterlab_server.workspaces_handler import WorkspacesManager
from nbformat.sign import NotebookNotary

from fourcities.facts import BOOK, BUILD, ROOT

from .contents import chapters
from .notebooks import changes, hashes
from .paths import ANSWERS, TEMPLATES

FOLDER = BUILD / "lab"  # what JupyterLab keeps of the windows of this book
WORKSPACE = "four-cities"
FIRST = BOOK / "first-notebook.ipynb"


def main() -> None:
    """Trust, prepare, and become JupyterLab."""
    options = [word for word in sys.argv[1:] if word.startswith("-")]
    named = [BOOK / Path(word).name for word in sys.argv[1:] if word not in options]
    trust([*chapters(), ANSWERS])
    page = prepare(*named or [FIRST])
    arguments = [
        "lab",
        f"--ServerApp.root_dir={ROOT}",
        f"--LabApp.app_settings_dir={FOLDER / 'settings'}",
        f"--LabApp.workspaces_dir={FOLDER / 'workspaces'}",
        f"--LabApp.default_url={page}",
        *options,
    ]
    jupyter = Path(sys.executable).with_name("jupyter")
    os.execv(jupyter, ["jupyter", *arguments])


def trust(paths: Iterable[Path]) -> list[str]:
    """Trust the notebooks whose outputs come from this book's build.

    Parameters
    ----------
    paths : iterable of Path
        Notebooks.

    Returns
    -------
    list of str
        Their names. Each is signed with the key of the person at this machine, as
        `jupyter trust` does; one whose fingerprint does not fit is left as it is.
    """
    notary, files = NotebookNotary(), hashes()
    trusted = []
    for path in paths:
        notebook = nbformat.read(path, as_version=4)
        if not changes(notebook, files):
            notary.sign(notebook)
            trusted.append(path.stem)
    return trusted


def prepare(notebook: Path) -> str:
    """Write settings and the arrangement of windows for JupyterLab.

    Parameters
    ----------
    notebook : Path
        What is open at first; it lies in the folder of chapters.

    Returns
    -------
    str
        The address to open, on the server.
    """
    settings = FOLDER / "settings"
    settings.mkdir(parents=True, exist_ok=True)
    shutil.copy(TEMPLATES / "lab-settings.json", settings / "overrides.json")
    path = notebook.relative_to(ROOT).as_posix()
    layout = (TEMPLATES / "lab-workspace.json").read_text("utf-8")
    workspaces = FOLDER / "workspaces"
    workspaces.mkdir(exist_ok=True)
    WorkspacesManager(str(workspaces)).save(WORKSPACE, layout.replace("NOTEBOOK", path))
    return f"/lab/workspaces/{WORKSPACE}"


if __name__ == "__main__":
    main()
