"""Editions: one number and day everywhere, errata, a statement that is true of today's
checker, and an archive that is refused while something is missing.
"""

import re
import subprocess
from importlib.metadata import version

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from conftest import ROOT
from fourcities.facts import DataError, read
from publishing import editions
from publishing.accessibility import RULES
from publishing.codebook import changelog, zenodo
from publishing.editions import check_editions
from publishing.errors import BuildError
from publishing.extensions.citable import citations
from publishing.release import check_pages, check_release

LATEST = read("editions").iloc[-1]
FIRST = {"edition": "1.0.0", "date": pd.Timestamp("2026-11-28"), "summary": "First."}


def with_tables(monkeypatch, **tables):
    """Let the check read other rows than those of data/."""
    monkeypatch.setattr(editions, "read", lambda name: pd.DataFrame(tables[name]))


def test_what_is_made_of_the_editions_is_up_to_date():
    assert (ROOT / "CHANGELOG.md").read_text("utf-8") == changelog()
    assert (ROOT / ".zenodo.json").read_text("utf-8") == zenodo()
    check_editions()


@pytest.mark.parametrize(
    "later, said",
    [
        ({"edition": "1.0.0"}, "editions.csv, row 3, column edition"),
        ({"edition": "0.10.0"}, "later than 1.0.0"),
        ({"date": pd.Timestamp("2026-11-28")}, "later than 2026-11-28"),
        ({}, "found '1.10.0', expected 1.0.0, as CITATION.cff has it (version)"),
        ({}, "as CITATION.cff has it (date-released)"),
        ({}, "as datapackage.json has it (version)"),
    ],
)
def test_an_edition_is_later_and_the_same_everywhere(monkeypatch, later, said):
    second = {"edition": "1.10.0", "date": pd.Timestamp("2031-02-03"), "summary": "x"}
    with_tables(monkeypatch, editions=[FIRST, second | later], changes=[])
    with pytest.raises(DataError, match=re.escape(said)):
        check_editions()


@pytest.mark.parametrize("kind, was", [("corrected", ""), ("added", "3.0")])
def test_a_correction_says_what_stood_there(monkeypatch, kind, was):
    monkeypatch.setattr(
        editions,
        "read",
        lambda name: (
            pd.DataFrame([{"kind": kind, "was": was}])
            if name == "changes"
            else read(name)
        ),
    )
    with pytest.raises(DataError, match="changes.csv, row 2, column was"):
        check_editions()


@pytest.mark.parametrize("name", ["main", "ABC1234", "123456", "1234567\n"])
def test_a_commit_that_is_none_is_named(monkeypatch, name):
    monkeypatch.setenv("COMMIT", "0" * 40)
    assert editions.commit() == "0" * 40
    monkeypatch.setenv("COMMIT", name)
    with pytest.raises(BuildError, match=re.escape(f"COMMIT: found {name!r}")):
        editions.commit()


def test_a_citation_names_edition_day_and_commit(monkeypatch):
    monkeypatch.setattr(citations, "COMMIT", "abc1234")
    day = f"{LATEST['date']:%Y-%m-%d}"
    words = f"Edition {LATEST['edition']} of {day}, commit abc1234"
    assert words in citations.plain("T", "", "")
    assert words in citations.bibtex("book", "key", "T", "", "")
    assert words in citations.ris("BOOK", "en", "T", "", "")


def test_every_page_names_the_edition_and_leads_to_the_statement(site):
    words = f" {LATEST['edition']}, {LATEST['date']:%Y-%m-%d}"
    for path in site.glob("*.html"):
        foot = BeautifulSoup(path.read_text("utf-8"), "html.parser").select_one(
            ".edition"
        )
        assert words in foot.text, path.name
        (link,) = foot.select("a[href$='#accessibility']")
        assert link["href"] in ("about.html#accessibility", "#accessibility"), path.name
    about = BeautifulSoup((site / "about.html").read_text("utf-8"), "html.parser")
    assert about.select("#accessibility #table-axe, #accessibility ~ #table-axe")


def test_the_statement_is_of_the_checker_that_the_tests_use():
    checks = read("page_checks")
    package = version("axe-playwright-python")
    pinned = re.search(r"^axe-playwright-python==(.+)$", requirements(), re.M)[1]
    assert package == pinned.split()[0]
    assert {*checks["rules"]} == {", ".join(RULES)}
    assert {*zip(checks["theme"], checks["width"])} == {
        (theme, width) for theme in ("light", "dark") for width in (1280, 390)
    }


def requirements():
    return (ROOT / "requirements-dev.txt").read_text("utf-8")


def in_git(folder, *command):
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run(["git", "-C", folder, *who, *command], check=True)


def test_an_edition_is_refused_while_something_is_missing(project):
    in_git(project, "init", "-q")
    (project / ".gitignore").write_text("__pycache__\n")
    with pytest.raises(BuildError, match="expected all to be committed, found"):
        check_release("", project)
    in_git(project, "add", ".")
    in_git(project, "commit", "-qm", "first")
    in_git(project, "tag", "v0.9.0")
    check_release("v0.9.0", project)
    for name in ("economy", "does-it-hold"):  # the second is named by an edition's row
        path = project / "book" / f"{name}.ipynb"
        path.write_text(path.read_text("utf-8").replace("How ", "How else "), "utf-8")
    in_git(project, "commit", "-qam", "second")
    with pytest.raises(BuildError, match=r"since v0\.9\.0; none for economy$"):
        check_release("v0.9.0", project)


def test_an_edition_is_refused_with_pages_that_nobody_tested(tmp_path):
    with pytest.raises(BuildError, match="expected the pages of the site"):
        check_pages(tmp_path)
    (tmp_path / "index.html").touch()
    with pytest.raises(BuildError, match=r"page_checks\.csv, row 2: .* expected 1"):
        check_pages(tmp_path)
