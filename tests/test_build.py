"""The build: what is stale is executed, what is not is left alone, and the same input gives the same bytes."""

import re

import nbformat
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, run_build


def html_of(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def edit(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_changed_cell_reaches_every_page(project):
    """Cologne's population: the new number everywhere, the old one nowhere."""
    edit(project / "data" / "observations.csv", '1061000,persons,"1,061,000', '1234567,persons,"1,234,567')
    done = run_build(project)
    assert done.returncode == 0, done.stdout
    folder = project / "_build" / "html"
    pages = {p.name: BeautifulSoup(p.read_text("utf-8"), "html.parser").get_text() for p in folder.glob("*.html")}
    sources = {p.name: p.read_text("utf-8") for p in [*(folder / "_sources").iterdir(), folder / "searchindex.js"]}
    old = re.compile(r"1[,.]?061[,.]?000|1\.06 million|2,620|117,889")  # the number, its density, its district size
    left = {name: old.findall(text) for name, text in (pages | sources).items()}
    assert not any(left.values()), left
    for name in ("index", "introduction", "basic-data", "population-structure", "administration"):
        assert "1,234,567" in pages[f"{name}.html"] or "1.23 million" in pages[f"{name}.html"], name
    assert "differs by" in pages["basic-data.html"], "the printed share no longer follows from the population"
    assert "3,049" in pages["basic-data.html"], "the density follows"


def test_an_unchanged_book_is_left_alone(site):
    made = (site / "index.html").stat().st_mtime_ns
    done = run_build(ROOT)
    assert "All notebooks are up to date." in done.stdout and "The site is up to date." in done.stdout
    assert (site / "index.html").stat().st_mtime_ns == made


def test_prose_executes_nothing(project):
    edit(project / "book" / "economy.ipynb", "How much do the four cities produce", "How much do these four cities produce")
    done = run_build(project)
    assert done.returncode == 0, done.stdout
    assert "All notebooks are up to date." in done.stdout
    assert "How much do these four cities produce" in (project / "_build" / "html" / "economy.html").read_text("utf-8")


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


@pytest.mark.parametrize("source, message", [
    ("fc.observations('gnp')", "unknown indicator 'gnp'"),
    ("import warnings; warnings.warn('careful')", "expected no warnings, found"),
])
def test_a_failing_notebook_is_named_and_nothing_is_written(project, source, message):
    path = project / "book" / "economy.ipynb"
    notebook = nbformat.read(path, as_version=4)
    next(cell for cell in notebook.cells if cell.cell_type == "code").source += f"\n{source}"
    nbformat.write(notebook, path)
    before = {p: p.read_bytes() for p in (project / "book").glob("*.ipynb")}
    done = run_build(project)
    assert done.returncode == 1
    assert re.search(rf"book/economy.ipynb, cell \d+: .*{re.escape(message)}", done.stdout), done.stdout
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
    assert done.returncode == 1 and "_toc.yml can't be read" in done.stdout and "Traceback" not in done.stdout


def test_a_broken_notebook_is_named(project):
    (project / "book" / "economy.ipynb").write_text("{", "utf-8")
    done = run_build(project)
    assert done.returncode == 1 and "book/economy.ipynb is no readable notebook" in done.stdout


def test_a_warning_of_the_site_stops_it(project):
    edit(project / "book" / "economy.ipynb", "(#table-1)", "(#no-such-table)")
    done = run_build(project)
    assert done.returncode == 1
    assert "no-such-table" in done.stdout and "jupyter-book stopped" in done.stdout
    assert not (project / "_build" / "html").exists()
