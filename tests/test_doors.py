"""The doors above a page's title: what they lead to is there, and the zip of a chapter
runs without the project.
"""

import ast
import os
import subprocess
import sys
import zipfile
from codecs import BOM_UTF8
from importlib.metadata import packages_distributions, requires
from pathlib import PurePath

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from packaging.requirements import Requirement

from conftest import ROOT, read_once
from fourcities.facts import check_data, read
from publishing.contents import LANGUAGES, chapters
from publishing.extensions.languages import WORDS

PAGES = [path.stem for path in chapters()]


def doors_of(site, page):
    """Text and address of the doors of a page."""
    soup = BeautifulSoup((site / f"{page}.html").read_text("utf-8"), "html.parser")
    return {door.text: door["href"] for door in soup.select(".doors a")}


def extension():
    """publishing/extensions/chapter_zips.py."""
    from publishing.extensions import chapter_zips

    return chapter_zips


def run(folder, *command):
    """A Python command in a folder, with nothing in its environment that leads to the
    project. Returns the finished process.
    """
    own = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=own,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def imports_of(code):
    """The packages that some code imports from outside its own."""
    names = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(node.module.partition(".")[0])
    return names


@pytest.mark.parametrize("page", PAGES)
def test_every_chapter_has_its_doors(site, page):
    """Without a public repository there are three, and all are addresses that work from
    a memory stick.
    """
    words = WORDS.get(LANGUAGES.get(page), {})
    assert doors_of(site, page) == {
        words.get(name, name): target
        for name, target in (
            ("Download this notebook", f"_sources/{page}.ipynb"),
            ("Chapter with data (zip)", f"_zips/{page}.zip"),
            ("Data as files", "data/index.html"),
        )
    }
    assert (site / "_sources" / f"{page}.ipynb").is_file()
    with zipfile.ZipFile(site / "_zips" / f"{page}.zip") as archive:
        assert archive.testzip() is None
        assert (
            archive.read(f"book/{page}.ipynb")
            == (ROOT / "book" / f"{page}.ipynb").read_bytes()
        )
        assert not [
            name
            for name in archive.namelist()
            if "__pycache__" in name or name.startswith("/") or ".." in name
        ]


def test_the_zips_weigh_little(site):
    sizes = {path.stem: path.stat().st_size for path in (site / "_zips").iterdir()}
    assert len(sizes) == len(PAGES) + 1
    assert sum(sizes.values()) < 460_000 * len(sizes)
    assert sizes.pop("student-workbook") < 1_000_000, "it holds all chapters"
    assert max(sizes.values()) < 500_000


def test_a_chapter_runs_from_its_zip(site, tmp_path, chapter="economy"):
    """In an empty folder it gives the outputs that it holds; with other data beside it,
    others.
    """
    zipfile.ZipFile(site / "_zips" / f"{chapter}.zip").extractall(tmp_path)
    assert "Four cities, migrants and social organizations" in (
        tmp_path / "README.txt"
    ).read_text("utf-8")
    found = run(
        tmp_path / "book", "-c", "import fourcities; print(fourcities.__file__)"
    ).stdout.strip()
    assert found == str(tmp_path / "book" / "fourcities" / "__init__.py")
    again = [
        "-m",
        "pytest",
        "-q",
        "--nbval",
        "--nbval-current-env",
        *("-p", "no:cacheprovider", "-p", "no:randomly"),
        f"book/{chapter}.ipynb",
    ]
    done = run(tmp_path, *again)
    assert done.returncode == 0 and " passed" in done.stdout, done.stdout
    facts = tmp_path / "data" / "places.csv"
    text = facts.read_text("utf-8")
    assert "Cologne" in text
    facts.write_text(text.replace("Cologne", "Colonia"), "utf-8")
    done = run(tmp_path, *again, "-x")
    assert done.returncode == 1 and "Colonia" in done.stdout, done.stdout


def test_the_zip_asks_for_what_its_code_imports(site):
    """Each package that notebooks and package import is in its requirements.txt, or
    comes with one that is; all with the project's versions.
    """
    archive = zipfile.ZipFile(site / "_zips" / "workbench.zip")
    assert archive.read("constraints.txt") == (ROOT / "constraints.txt").read_bytes()
    first, *lines = archive.read("requirements.txt").decode().splitlines()
    assert first == "-c constraints.txt" and set(lines) <= set(
        (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    )
    installed, todo = set(), [Requirement(line.split("#")[0]).name for line in lines]
    while todo:
        name = todo.pop().lower().replace("_", "-")
        if name not in installed:
            installed.add(name)
            needed = map(Requirement, requires(name) or [])
            todo += [
                r.name
                for r in needed
                if not r.marker or r.marker.evaluate({"extra": ""})
            ]
    package = ROOT / "book" / "fourcities"
    code = [path.read_text("utf-8") for path in package.rglob("*.py")]
    code += [
        cell.source
        for path in chapters()
        for cell in read_once(path).cells
        if cell.cell_type == "code"
    ]
    imported = set().union(*map(imports_of, code))
    imported -= {*sys.stdlib_module_names, "fourcities"}
    owners = packages_distributions()
    assert imported > {"pandas", "seaborn", "frictionless", "yaml"}
    assert {
        name
        for name in imported
        if not installed & {owner.lower().replace("_", "-") for owner in owners[name]}
    } == set()


def test_the_same_files_give_the_same_zip(tmp_path):
    doors = extension()
    made = doors.files_of(["economy"], "Title")
    doors.write_zip(tmp_path / "first.zip", made)
    doors.write_zip(tmp_path / "second.zip", dict(reversed(made.items())))
    assert (tmp_path / "first.zip").read_bytes() == (
        tmp_path / "second.zip"
    ).read_bytes()


def test_every_table_opens_in_a_spreadsheet(site, tmp_path):
    """Each CSV that a reader downloads says that it is UTF-8, by whatever door it
    comes, and pandas and the book read the same from it.
    """
    tables = {str(path): path.read_bytes() for path in site.rglob("*.csv")}
    for path in (site / "_zips").iterdir():
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.endswith(".csv")]
            assert names
            tables |= {f"{path}/{name}": archive.read(name) for name in names}
    computed = str(site / "data" / "ledger.csv")
    assert tables.pop(computed).startswith(BOM_UTF8)
    for name, content in tables.items():
        original = (ROOT / "data" / PurePath(name).name).read_bytes()
        assert content == BOM_UTF8 + original.removeprefix(BOM_UTF8), name
    zipfile.ZipFile(site / "_zips" / "economy.zip").extractall(tmp_path)
    check_data(tmp_path / "data")
    for path in (tmp_path / "data").glob("*.csv"):
        original = ROOT / "data" / path.name
        assert pd.read_csv(path).equals(pd.read_csv(original))
        assert read(path.stem, path.parent).equals(read(path.stem))


def test_binder_gets_a_python_of_ours():
    """Binder reads requirements.txt and its constraints by itself; unasked it takes
    Python 3.10, which is too old.
    """
    assert (ROOT / "runtime.txt").read_text("utf-8").strip() in {
        f"python-3.{minor}" for minor in (11, 12, 13)
    }


def test_the_zip_opens_from_a_memory_stick(browser, site):
    page = browser.new_page()
    page.goto((site / "economy.html").as_uri())
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Chapter with data (zip)").click()
    assert waiting.value.suggested_filename == "economy.zip"
    page.close()
