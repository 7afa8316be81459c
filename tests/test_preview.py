"""`make preview`: a copy of the project, changed while its pages are open."""

import os
import re
import shutil
import signal
import subprocess
import sys

import pytest

from conftest import copy_project, edit

PATIENCE = 300_000  # milliseconds, on a machine that is busy


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

    # A sentence, a cell of a table.
    edit(chapter, "too few. What", "not many. What")
    shows("not many. What")
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
    page.close()

    # The same in the terminal; Control and C ends it with one line.
    os.kill(program.pid, signal.SIGINT)
    said, _ = program.communicate(timeout=60)
    assert "'gaul'" in said and "nowhere.ipynb" in said and "ZeroDivision" in said
    assert said.splitlines()[-1].startswith("The preview has ended"), said[-2000:]
    assert "Traceback" not in said and program.returncode == 0
    assert not (folder / "_build" / "next").exists()
