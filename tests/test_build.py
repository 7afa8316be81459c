"""The build: what is stale is executed, what is not is left alone, and the same input
gives the same bytes.
"""

import os
import re
import shutil
import signal
import subprocess
import sys

import nbformat
import pytest
from bs4 import BeautifulSoup

from conftest import ROOT, copy_project, run_build


def html_of(folder):
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def edit(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """Folder of a site with another population of Cologne: every notebook is executed
    again.
    """
    folder = copy_project(tmp_path_factory.mktemp("changed"))
    edit(
        folder / "data" / "observations.csv",
        '1061000,persons,"1,061,000',
        '1234567,persons,"1,234,567',
    )
    done = run_build(folder)
    assert done.returncode == 0, done.stdout
    return folder / "_build" / "html"


def test_a_changed_cell_reaches_every_page(changed):
    """Cologne's population: the new number everywhere, the old one nowhere."""
    folder = changed
    pages = {
        p.name: BeautifulSoup(p.read_text("utf-8"), "html.parser").get_text()
        for p in folder.glob("*.html")
    }
    sources = {
        p.name: p.read_text("utf-8")
        for p in [*(folder / "_sources").iterdir(), folder / "searchindex.js"]
    }
    old = re.compile(
        r"1[,.]?061[,.]?000|1\.06 million|2,620|117,889"
    )  # the number, its density, its district size
    left = {name: old.findall(text) for name, text in (pages | sources).items()}
    assert not any(left.values()), left
    for name in (
        "index",
        "introduction",
        "basic-data",
        "population-structure",
        "administration",
    ):
        assert (
            "1,234,567" in pages[f"{name}.html"]
            or "1.23 million" in pages[f"{name}.html"]
        ), name
    assert "differs by" in pages["basic-data.html"], (
        "the printed share no longer follows from the population"
    )
    assert "3,049" in pages["basic-data.html"], "the density follows"


def test_an_unchanged_book_is_left_alone(site):
    made = (site / "index.html").stat().st_mtime_ns
    done = run_build(ROOT)
    assert (
        "All notebooks are up to date." in done.stdout
        and "The site is up to date." in done.stdout
    )
    assert (site / "index.html").stat().st_mtime_ns == made


def test_prose_executes_nothing(project):
    edit(
        project / "book" / "economy.ipynb",
        "How much do the four cities produce",
        "How much do these four cities produce",
    )
    done = run_build(project)
    assert done.returncode == 0, done.stdout
    assert "All notebooks are up to date." in done.stdout
    assert "How much do these four cities produce" in (
        project / "_build" / "html" / "economy.html"
    ).read_text("utf-8")


def test_executing_again_gives_the_same_notebook(project):
    path = project / "book" / "basic-data.ipynb"
    committed = path.read_bytes()
    notebook = nbformat.read(path, as_version=4)
    del notebook.metadata["fourcities"]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nbformat.write(notebook, path)
    done = run_build(project, "--refresh")
    assert done.returncode == 0, done.stdout
    assert "Executing 1 of" in done.stdout
    assert path.read_bytes() == committed


def test_two_builds_are_the_same_bytes(site, project):
    done = run_build(project)
    assert done.returncode == 0, done.stdout
    first, second = html_of(site), html_of(project / "_build" / "html")
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


@pytest.mark.parametrize(
    "source, message",
    [
        ("fc.observations('gnp')", "unknown indicator 'gnp'"),
        ("import warnings; warnings.warn('careful')", "expected no warnings, found"),
    ],
)
def test_a_failing_notebook_is_named_and_nothing_is_written(project, source, message):
    path = project / "book" / "economy.ipynb"
    notebook = nbformat.read(path, as_version=4)
    next(
        cell for cell in notebook.cells if cell.cell_type == "code"
    ).source += f"\n{source}"
    nbformat.write(notebook, path)
    before = {p: p.read_bytes() for p in (project / "book").glob("*.ipynb")}
    done = run_build(project)
    assert done.returncode == 1
    assert re.search(
        rf"book/economy.ipynb, cell \d+: .*{re.escape(message)}", done.stdout
    ), done.stdout
    assert "Traceback" not in done.stdout
    assert {p: p.read_bytes() for p in before} == before
    assert not (project / "_build" / "html").exists()


def test_a_missing_chapter_is_named(project):
    (project / "book" / "economy.ipynb").unlink()
    done = run_build(project)
    assert done.returncode == 1 and "there is no book/economy.ipynb" in done.stdout


def test_a_broken_toc_is_named(project):
    edit(project / "_toc.yml", "root: index", "rot: index")
    done = run_build(project)
    assert (
        done.returncode == 1
        and "_toc.yml can't be read" in done.stdout
        and "Traceback" not in done.stdout
    )


def test_a_broken_notebook_is_named(project):
    (project / "book" / "economy.ipynb").write_text("{", "utf-8")
    done = run_build(project)
    assert (
        done.returncode == 1
        and "book/economy.ipynb is no readable notebook" in done.stdout
    )


def test_a_warning_of_the_site_stops_it(project):
    notebook = project / "book" / "economy.ipynb"
    edit(notebook, "basic-data.ipynb#table-1", "basic-data.ipynb#no-such-table")
    done = run_build(project)
    assert done.returncode == 1
    assert "no-such-table" in done.stdout and "jupyter-book stopped" in done.stdout
    assert not (project / "_build" / "html").exists()


# Interrupted and repeated


def start(project):
    return subprocess.Popen(
        [sys.executable, "-m", "publishing.build"],
        cwd=project,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def stop(build):
    """Kill a build with all that it started, as a power cut does."""
    os.killpg(build.pid, signal.SIGKILL)
    build.wait()


def wait_for(build, words):
    """Read what a build says until a line with these words."""
    for line in build.stdout:
        if words in line:
            return
    raise AssertionError(f"the build ended without {words!r}")


@pytest.mark.parametrize("moment", ["Executing", "writing output", "Printing handouts"])
def test_a_build_that_is_killed_leaves_the_last_site_and_can_be_repeated(
    site, project, moment
):
    """At any moment: the last good site stays, and the next build gives what an
    undisturbed one gives.
    """
    good = project / "_build" / "html"
    shutil.copytree(site, good)
    (good / "index.html").write_text("the last good site", "utf-8")
    if moment == "Executing":
        path = project / "book" / "general-data.ipynb"
        notebook = nbformat.read(path, as_version=4)
        notebook.metadata["fourcities"]["fingerprint"] = "stale"
        nbformat.write(notebook, path)
        (project / "book" / "economy.ipynb.new").write_text("half a notebook", "utf-8")
    build = start(project)
    wait_for(build, moment)
    stop(build)
    assert (good / "index.html").read_text("utf-8") == "the last good site"
    done = run_build(project)
    assert done.returncode == 0, done.stdout
    mine, theirs = (html_of(folder) for folder in (good, site))
    assert (
        mine.keys() == theirs.keys()
        and [name for name in mine if mine[name] != theirs[name]] == []
    )
    assert (
        not list((project / "book").glob("*.new"))
        and not (project / "_build" / "next").exists()
    )


def test_stopped_between_two_sites_the_last_one_comes_back(site, project):
    shutil.copytree(site, project / "_build" / "last")
    (project / "_toc.yml").write_text("broken: [", "utf-8")
    run_build(project)
    (project / "_toc.yml").write_bytes((ROOT / "_toc.yml").read_bytes())
    (project / "data" / "references.bib").write_text(
        "changed, so that a site is due", "utf-8"
    )
    (project / "_config.yml").write_text("broken: [", "utf-8")
    assert run_build(project).returncode == 1
    assert (project / "_build" / "html" / "index.html").read_bytes() == (
        site / "index.html"
    ).read_bytes()


def test_two_builds_at_once_take_turns(project):
    first = start(project)
    wait_for(first, "Checking data")
    second = start(project)
    wait_for(second, "Another build is at work here; waiting for it")
    assert (
        first.communicate()[0].rstrip().endswith("index.html") and first.returncode == 0
    )
    said = second.communicate()[0]
    assert second.returncode == 0 and "The site is up to date." in said, said


def test_a_full_disk_is_named(site, project):
    """No file may grow beyond some kilobytes, as on a full disk: one clear message, and
    the last site stays.
    """
    good = project / "_build" / "html"
    good.mkdir(parents=True)
    (good / "index.html").write_text("the last good site", "utf-8")
    notebook = nbformat.read(project / "book" / "conclusion.ipynb", as_version=4)
    notebook.metadata["fourcities"]["fingerprint"] = "stale"
    nbformat.write(notebook, project / "book" / "conclusion.ipynb")
    before = (project / "book" / "conclusion.ipynb").read_bytes()
    code = (
        "import resource, signal, sys, publishing.build as b, "
        "publishing.notebooks as n; "
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); n._execute = lambda *a: "
        "None; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)); sys.argv = "
        "['build']; b.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=project,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert (
        done.returncode == 1
        and "can't be written or read: File too large. Free some space" in done.stdout
        and "Traceback" not in done.stdout
    ), done.stdout
    assert (good / "index.html").read_text("utf-8") == "the last good site" and (
        project / "book" / "conclusion.ipynb"
    ).read_bytes() == before


def test_a_folder_that_cannot_be_written_is_named(project):
    (project / "_build").write_text("a file where the folder belongs", "utf-8")
    done = run_build(project)
    assert (
        done.returncode == 1
        and "_build" in done.stdout
        and "can't be written or read: File exists" in done.stdout
        and "Traceback" not in done.stdout
    ), done.stdout
