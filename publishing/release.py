"""Make the archive of an edition, as a repository such as Zenodo takes it.

    python -m publishing.release

First it looks whether the edition is whole: nothing uncommitted, the chapters that
differ from the last edition named in changes.csv, all pages tested and without
violations. Then it builds the book with its commit in the foot, as a site, as PDF and
as EPUB, has these read by the validators of their formats, and writes
_build/<name>-<edition>.zip: the project, the site, PDF and EPUB, and
ro-crate-metadata.json, which says what is what. The same commit gives the same bytes.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from fourcities.facts import BUILD, ROOT, descriptor, read

from .accessibility import pages_of
from .changes import changed_chapters, git
from .editions import authors, licences, stated
from .errors import BuildError
from .extensions.chapter_zips import write_zip
from .takeaway.check import check_books

SITE = "site"  # folder of the archive
# What of the archive has a description of its own.
PARTS = (
    ("data/", "The data package: tables, schema, codebook"),
    ("book/", "The chapters as notebooks, and the package that they import"),
    (f"{SITE}/", "The site: open index.html, it needs no server"),
)
WHOLE = (  # of the book in one file
    ("{name}.pdf", "The whole book as PDF", "application/pdf"),
    ("{name}.epub", "The whole book as EPUB", "application/epub+zip"),
)


def main() -> None:
    """Check, build and write the archive; a mistake ends it before anything is done."""
    last = [*read("editions")["edition"]][-2:-1]
    check_release(f"v{last[0]}" if last else "")
    commit = git(ROOT, "rev-parse", "HEAD").strip()
    _run("build", commit)
    check_pages(BUILD / "html")
    for module in ("takeaway.pdf", "takeaway.epub"):
        _run(module, commit)
    check_books(again=False)
    name = descriptor()["name"]
    files = archive(ROOT, BUILD, name)
    path = BUILD / f"{name}-{stated()['version']}.zip"
    write_zip(path, files)
    print(f"Written: {path.relative_to(ROOT)}, {len(files):,} files")


def _run(module: str, commit: str) -> None:
    """Run a command of publishing/, which names the commit."""
    command = [sys.executable, "-m", f"publishing.{module}"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"COMMIT": commit})
    if done.returncode:
        raise BuildError(f"{module} stopped; what it says stands above.")


def check_release(last: str, root: Path = ROOT) -> None:
    """Look whether what is committed is a whole edition.

    Parameters
    ----------
    last : str
        Tag of the edition before this one; "" if there is none.
    root : Path
        Folder of the project.

    Raises
    ------
    BuildError
        Naming what isn't committed, or the chapters that changed without a row in
        changes.csv for this edition.
    """
    left = git(root, "status", "--porcelain").splitlines()
    if left:
        raise BuildError(f"expected all to be committed, found: {', '.join(left[:5])}")
    if not last:
        return
    this = read("editions", root / "data")["edition"].iloc[-1]
    told = set(
        read("changes", root / "data").query("edition == @this")["chapter"].unique()
    )
    untold = [name for name in changed_chapters(last, root) if name not in told]
    if untold:
        raise BuildError(
            f"changes.csv: expected rows of edition {this} for what a reader sees "
            f"change since {last}; none for {', '.join(untold)}"
        )


def check_pages(site: Path) -> None:
    """Look whether all pages were tested, and nothing was found.

    Parameters
    ----------
    site : Path
        Folder of the site.

    Raises
    ------
    BuildError
        Naming the check.
    """
    count = len(pages_of(site))
    for row, check in enumerate(read("page_checks").to_dict("records"), 2):
        if (check["pages"], check["violations"]) != (count, 0):
            raise BuildError(
                f"page_checks.csv, row {row}: found {check['pages']} pages with "
                f"{check['violations']} violations, expected {count} with none: run "
                "`make axe` and mend what it says"
            )


def archive(root: Path, build: Path, name: str) -> dict[str, bytes]:
    """Gather the files of an archive.

    Parameters
    ----------
    root, build : Path
        Folders of the project and of what was built.
    name : str
        Of the book's files, without their endings.

    Returns
    -------
    dict of str to bytes
        By their path in the archive.
    """
    files = {path: (root / path).read_bytes() for path in _committed(root)}
    site = build / "html"
    for path in sorted(site.rglob("*")):
        if path.is_file():
            files[f"{SITE}/{path.relative_to(site).as_posix()}"] = path.read_bytes()
    for pattern, _, _ in WHOLE:
        made = build / pattern.format(name=name)
        files[made.name] = made.read_bytes()
    crate = json.dumps(metadata(name, files), ensure_ascii=False, indent=1)
    return files | {"ro-crate-metadata.json": f"{crate}\n".encode()}


def metadata(name: str, files: dict[str, bytes]) -> dict[str, Any]:
    """Describe an archive as an RO-Crate 1.2.

    Parameters
    ----------
    name : str
        As of `archive`.
    files : dict of str to bytes
        What it holds.

    Returns
    -------
    dict
        JSON-LD: the archive, its parts, who made it, under which licences.
    """
    from rocrate.model import ContextEntity
    from rocrate.rocrate import ROCrate

    book = stated()
    crate = ROCrate(version="1.2")
    crate.name = book["title"]
    crate.description = " ".join(book["abstract"].split())
    crate.datePublished = book["date-released"]
    crate.keywords = book["keywords"]
    crate.root_dataset["version"] = book["version"]
    crate.license = [
        crate.add(
            ContextEntity(
                crate,
                f"https://spdx.org/licenses/{licence}",
                {
                    "@type": "CreativeWork",
                    "name": licence,
                    "description": "The file LICENSE says what it covers.",
                },
            )
        )
        for licence in licences(book)
    ]
    crate.root_dataset["author"] = [
        crate.add(
            ContextEntity(
                crate,
                f"#author-{number}",
                {
                    "@type": "Organization" if author.is_group else "Person",
                    "name": author.name,
                },
            )
        )
        for number, author in enumerate(authors(), 1)
    ]
    for path, words in PARTS:
        crate.add_dataset(dest_path=path, properties={"name": words})
    for pattern, words, kind in WHOLE:
        file = pattern.format(name=name)
        size = str(len(files[file]))
        described = {"name": words, "encodingFormat": kind, "contentSize": size}
        crate.add_file(dest_path=file, properties=described)
    found: dict[str, Any] = crate.metadata.generate()
    return found


def _committed(root: Path) -> list[str]:
    """Paths of the files that git keeps."""
    return git(root, "ls-files", "-z").strip("\0").split("\0")


if __name__ == "__main__":
    main()
