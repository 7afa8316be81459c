"""`make preview`: a copy of the project, changed while its pages are open."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys

import nbformat
import pytest

from conftest import ROOT, copy_project, edit
from publishing.preview.__main__ import ALL, SOME, _source
from publishing.preview.serving import Site

PATIENCE = 300_000  # milliseconds, on a machine that is busy
TERM = "zebra,zebra,,,,,An animal.,2.3,,"


@pytest.fixture(scope="module")
def preview(site, tmp_path_factory):
    """A preview of a copy of the project, with what is built of it. Gives the copy, an
    address and the process.
    """
    folder = copy_project(tmp_path_factory.mktemp("preview"))
    for name in ("html", "html.kept"):
        shutil.copytree(site.with_name(name), folder / "_build" / name)
    with subprocess.Popen(
        [sys.executable, "-m", "publishing.preview", "0"],
        cwd=folder,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as program:
        address = re.search(r"http://[\d.:]+", program.stdout.readline())[0]
        yield folder, address, program
        program.kill()


def test_a_change_is_on_the_page_and_a_mistake_as_well(preview, browser):
    folder, address, program = preview
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{address}/concepts.html")
    chapter = folder / "book" / "concepts.ipynb"
    table = folder / "data" / "legal_forms.csv"

    def shows(words):
        page.locator("body", has_text=words).wait_for()

    # A sentence; a program in a cell, whose words are no answer of the worker.
    printing = "import pandas as pd, os; os.system('echo from a cell')"
    edit(chapter, "import pandas as pd", printing)
    edit(chapter, "too few. What", "not many. What")
    shows("not many. What")

    # A cell of a table.
    edit(table, "Property for a purpose", "Property for an aim")
    shows("Property for an aim")

    # Mistakes, each in place of the last one; the last good page stays.
    mistake = page.locator("#preview-mistake")
    mend = []
    for path, right, wrong, said in (
        (table, "german-foundation,germany", "german-foundation,gaul", "'gaul'"),
        (chapter, "not many", "[few](nowhere.ipynb)", "nowhere.ipynb"),
        (
            chapter,
            "import fourcities as fc",
            "import fourcities as fc; 1 / 0",
            "ZeroDiv",
        ),
    ):
        edit(path, right, wrong)
        if mend:
            edit(*mend)
        mend = [path, wrong, right]
        mistake.filter(has_text=said).wait_for()
        shows("Property for an aim")
        shows("not many. What")
    edit(*mend)
    mistake.wait_for(state="detached")
    shows("not many. What")

    # A link to what stands on its page once that chapter has run as well.
    edit(folder / "data" / "terms.csv", "\nhukou,hukou,", f"\n{TERM}\nhukou,hukou,")
    edit(chapter, "not many. What", "[few](glossary.ipynb#term-zebra). What")
    mistake.filter(has_text="term-zebra").wait_for()
    mistake.wait_for(state="detached")
    shows("are few. What")
    page.close()

    # The same in the terminal; Control and C ends it with one line.
    os.kill(program.pid, signal.SIGINT)
    said, _ = program.communicate(timeout=60)
    assert "'gaul'" in said and "nowhere.ipynb" in said and "ZeroDivision" in said
    assert SOME in said and ALL in said
    assert said.splitlines()[-1].startswith("The preview has ended"), said[-2000:]
    assert "Traceback" not in said and program.returncode == 0
    assert not (folder / "_build" / "next").exists()


def test_a_page_that_went_away_is_not_taken_from_the_last_site(tmp_path):
    """What only a site has is: its slides, and all as long as there are no pages."""
    pages, last = tmp_path / "pages", tmp_path / "last"
    (last / "_slides").mkdir(parents=True)
    for name in ("index.html", "gone.html", "_slides/a.html", "../beside.html"):
        (last / name).write_text("last")
    site = Site(pages, last)
    assert site.find("gone.html") == last / "gone.html"
    pages.mkdir()
    (pages / "index.html").write_text("new")
    assert site.find("gone.html") is None
    assert site.find("") == site.find("index.html") == pages / "index.html"
    assert site.find("_slides/a.html") == last / "_slides" / "a.html"
    assert site.find("../beside.html") is None


@pytest.mark.parametrize(
    "part, other",
    [
        ("source", "1 + 2"),
        ("cell_type", "raw"),
        ("id", "another"),
        ("attachments", {"a.png": {"image/png": ""}}),
        ("metadata", {"tags": ["slide"]}),
    ],
)
def test_a_cell_that_changes_counts_and_what_follows_from_it_does_not(
    tmp_path, part, other
):
    """Else a preview would bring pages up to date for what it has written itself."""
    cell = nbformat.v4.new_code_cell("1 + 1", id="one")
    path = tmp_path / "a.ipynb"

    def source_of(**parts):
        notebook = {"cells": [cell | parts], "metadata": {"fourcities": parts}}
        path.write_text(json.dumps(notebook), "utf-8")
        return _source(path)

    before = source_of()
    output = nbformat.v4.new_output("stream", text="2")
    assert source_of(outputs=[output], execution_count=1) == before
    assert source_of(**{part: other}) != before


BLIND = """
import publishing.preview.__main__ as preview
async def awatch(*paths, recursive=True):
    raise OSError("OS file watch limit reached.")
    yield
preview.awatch = awatch
preview.main()
"""


@pytest.mark.slow
def test_a_preview_that_sees_no_change_ends_in_words():
    command = [sys.executable, "-c", BLIND, "0"]
    done = subprocess.run(command, cwd=ROOT, text=True, capture_output=True)
    assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr
    assert done.stderr.strip().endswith(
        "can't be watched: OS file watch limit reached."
    )


@pytest.mark.parametrize("module", ["preview.working", "build"])
def test_a_package_that_cannot_be_read_is_told_in_words(project, module):
    """Even where what finds the words is broken."""
    path = project / "book" / "fourcities" / "facts" / "state.py"
    path.write_text("def state_of(:\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", f"publishing.{module}"],
        cwd=project,
        input="[]\n",
        text=True,
        capture_output=True,
    )
    said = done.stdout + done.stderr
    assert "SyntaxError" in said and "state.py, line 1" in said, said
    assert "Traceback" not in said
