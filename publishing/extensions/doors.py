"""The doors of a page, drawn by templates/page.html above its title: its notebook, the same with all it needs, and, once the book has a public
repository, a live copy of it.

The zip of a chapter runs on its own: notebook, package, data, and the part of requirements.txt that notebooks need. The same files give the same bytes.
The setting `repository` in _config.yml adds the links to Binder and to the source; they are links only, so no page asks another host.
"""

import re
import zipfile
from pathlib import Path

from sphinx.util import logging

ROOT = Path(__file__).parents[2]
GITHUB = re.compile(r"https://github\.com/([\w-]+/[\w.-]+?)(?:\.git)?/?")
README = """\
Chapter "{chapter}" of "{title}", with the package and the data that it uses.

You need Python 3.11, 3.12 or 3.13, and a network to install the packages once. In this folder:

    python -m venv .venv
    .venv/bin/pip install -r requirements.txt
    .venv/bin/jupyter lab book/{chapter}.ipynb

On Windows write .venv\\Scripts\\ in place of .venv/bin/. To use a Python that you already have, leave the first line and ".venv/bin/" out.

Run all cells. Change a number in data/observations.csv, restart the kernel, run them again: tables, figures and sentences
follow. data/README.md describes every table. Links to other chapters lead nowhere here: each has a zip of its own, and all
of them may be unpacked into one folder.

Terms of use: LICENSE. How to cite: CITATION.cff.
"""


def files_of(chapters, title):
    """What a zip holds: these chapters and all that they need to run. Name and bytes of each file."""
    paths = [
        *(ROOT / "book" / f"{chapter}.ipynb" for chapter in chapters),
        *(ROOT / name for name in ("CITATION.cff", "LICENSE", "constraints.txt")),
    ]
    paths += [path for path in (ROOT / "data").iterdir() if path.is_file()]
    paths += [
        path
        for path in (ROOT / "book" / "fourcities").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    files = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths}
    return files | {
        "requirements.txt": requirements().encode(),
        "README.txt": README.format(chapter="".join(chapters), title=title).encode(),
    }


def requirements():
    """The paragraph on notebooks of the project's requirements.txt, held to its constraints.txt."""
    notebooks = re.search(
        r"^# notebooks\b.*\n((?:.+\n)+)",
        (ROOT / "requirements.txt").read_text("utf-8"),
        re.M,
    )
    if not notebooks:
        raise ValueError(
            "requirements.txt needs a paragraph that starts with “# notebooks”"
        )
    return f"-c constraints.txt\n{notebooks[1]}"


def write_zip(path, files):
    """Files as a zip; neither clock nor file system leaves a trace in it."""
    with zipfile.ZipFile(path, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = (
                3,
                0o644 << 16,
            )  # else Windows writes another byte
            archive.writestr(entry, files[name], zipfile.ZIP_DEFLATED, 9)


def write_zips(app, error):
    """One zip for each chapter, in the site's folder _zips."""
    if error or app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_zips"
    folder.mkdir(exist_ok=True)
    for chapter in sorted(app.env.found_docs):
        write_zip(folder / f"{chapter}.zip", files_of([chapter], app.config.html_title))


def check_repository(app, config):
    """A wrong address stops the build: Binder would find nothing there."""
    if config.repository and not GITHUB.fullmatch(config.repository):
        logging.getLogger(__name__).warning(
            "_config.yml, repository: expected https://github.com/<owner>/<name>, found %r",
            config.repository,
        )


def public_doors(app, page, template, context, doctree):
    """Addresses of a page's doors to the public repository, if there is one."""
    known = GITHUB.fullmatch(app.config.repository)
    if known:
        context["binder"] = (
            f"https://mybinder.org/v2/gh/{known[1]}/HEAD?urlpath=lab/tree/book/{page}.ipynb"
        )
        context["source_page"] = (
            f"https://github.com/{known[1]}/blob/HEAD/book/{page}.ipynb"
        )


def setup(app):
    app.add_config_value("repository", "", "html", str)
    app.connect("config-inited", check_repository)
    app.connect("html-page-context", public_doors)
    app.connect("build-finished", write_zips)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
