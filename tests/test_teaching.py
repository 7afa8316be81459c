"""The teaching pack: sessions that add up, links that lead somewhere, and a page for
teachers that only teachers' sites have.
"""

import csv
import io
import re
import shutil
from urllib.parse import parse_qsl, unquote, urldefrag, urlsplit

import nbformat
import pandas as pd
import pytest
import yaml
from bs4 import BeautifulSoup

import fourcities as fc
from conftest import ROOT, run_build
from fourcities.facts import DATA, DataError, check_data
from fourcities.ledger import OUTCOMES
from publishing.build import check_chapters
from publishing.contents import chapters
from publishing.extensions.workbook import with_exercises
from publishing.notebooks import fingerprint, hash_of_inputs
from publishing.paths import ANSWERS

SESSIONS = fc.read("sessions")
NUMBERS = list(SESSIONS["session"])
WORDS = ["one", "two", "three", "four", "five", "six"]
PAGES = [path.stem for path in chapters()]


def cells(name):
    return nbformat.read(ROOT / "book" / f"{name}.ipynb", as_version=4).cells


def test_six_sessions_of_ninety_minutes():
    assert NUMBERS == [1, 2, 3, 4, 5, 6]
    assert set(fc.read("session_phases").groupby("session")["minutes"].sum()) == {90}


@pytest.mark.parametrize("number", NUMBERS)
def test_a_session_has_all_that_it_needs(number):
    row = SESSIONS.set_index("session").loc[number]
    assert (
        set(row["chapters"].split()) <= set(PAGES)
        and len(row["aims"].split(" | ")) == 3
        and len(row["prompts"].split(" | ")) >= 3
        and len(row["claims"].split()) >= 3
    )
    text = fc.session_plan(number).data
    for part in (
        row["question"],
        row["task"],
        row["group_work"],
        *row["aims"].split(" | "),
        *row["prompts"].split(" | "),
        "Pitfalls",
        f"_slides/session-{number}.html",
        "_zips/student-workbook.zip",
        "_handouts/figures.pdf",
    ):
        assert part in text, part
    assert text.count("See the ledger.") == len(row["claims"].split())
    assert (
        "90 minutes" in fc.session_times(number).html
        and "board sketch" in fc.board_sketch(number).html
    )


def test_every_chapter_with_exercises_is_read_in_some_session():
    read = {
        chapter for chapters_ in SESSIONS["chapters"] for chapter in chapters_.split()
    }
    exercises = {path.stem for path in with_exercises()}
    assert exercises - read == {"introduction", "first-notebook"}, (
        "these are read by all before the first session"
    )


@pytest.mark.parametrize("name", ["teaching-guide", "teacher-answers"])
def test_each_session_has_its_heading(name):
    headings = [
        heading
        for cell in cells(name)
        for heading in re.findall(r"^## (Session .+)$", cell.source, re.M)
    ]
    assert headings == [
        f"Session {word}: {title}" for word, title in zip(WORDS, SESSIONS["title"])
    ]


@pytest.mark.parametrize("number", NUMBERS)
def test_the_explorer_task_opens_with_its_picks(browser, site, number):
    """No pick of the address is unknown to the explorer, and each is shown."""
    address = SESSIONS.set_index("session").at[number, "explorer"]
    page = browser.new_page()
    page.goto(
        (site / urldefrag(address)[0].split("?")[0]).as_uri()
        + "?"
        + urlsplit(address).query
        + "#"
        + urlsplit(address).fragment
    )
    label = urlsplit(address).fragment
    page.locator(f"#{label}.awake").wait_for()
    assert "does not have" not in page.locator(f"#{label} .status").inner_text()
    value = page.evaluate(
        "label => document.getElementById(label).explorer.get('value')", label
    )
    for key, pick in parse_qsl(urlsplit(address).query):
        own, name = key.split(".")
        assert own == label and value[name] in (pick, pick.split(",")), key
    page.close()


def test_a_lecturer_gets_from_the_first_page_to_a_session(browser, site):
    page = browser.new_page()
    page.goto((site / "index.html").as_uri())
    page.locator("article").get_by_role("link", name="teaching guide").click()
    page.locator("article").get_by_role(
        "link", name="Session three: Social organizations and the state"
    ).click()
    page.wait_for_url("**/teaching-guide.html#session-three")
    assert (
        page.locator("#session-3-times").is_visible()
        and page.locator("#session-3-board").is_visible()
    )
    page.locator("article").get_by_role("link", name="Slides").nth(2).click()
    page.wait_for_url("**/_slides/session-3.html*")
    page.close()


# Data


@pytest.mark.parametrize(
    "file, old, new, said",
    [
        (
            "session_phases.csv",
            "1,Opening,10,",
            "1,Opening,15,",
            (
                "data/session_phases.csv, row 2, column minutes: found '95', expected "
                "minutes of session 1 that sum to 90"
            ),
        ),
        (
            "sessions.csv",
            "growth-one-period output-one",
            "growth-two-periods output-one",
            (
                "data/sessions.csv, row 2, column claims: found 'growth-two-periods', "
                "expected keys of data/claims.csv"
            ),
        ),
        (
            "sessions.csv",
            "for a question | apply agreement",
            "for a question; apply agreement",
            "column aims: found",
        ),
        ("sessions.csv", "Survives? | Size", "Survives? Size", "column board: found"),
        (
            "session_phases.csv",
            "6,Closing",
            "7,Closing",
            (
                "data/session_phases.csv, row 37, column session: found '7', "
                "expected a "
                "value of column session in data/sessions.csv"
            ),
        ),
    ],
)
def test_a_wrong_session_is_named(project, file, old, new, said):
    path = project / "data" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(DataError, match=re.escape(said)):
        check_data(project / "data")


@pytest.mark.parametrize(
    "file, old, new, said",
    [
        (
            "sessions.csv",
            "basic-data economy administration",
            "basic-data economics administration",
            "row 2, column chapters: found 'economics', expected a chapter of _toc.yml",
        ),
        (
            "sections.csv",
            ",basic-data,10",
            ",basics,10",
            "row 5, column chapter: found 'basics', expected a chapter of _toc.yml",
        ),
        (
            "sessions.csv",
            "economy.html?",
            "economics.html?",
            "row 2, column explorer: found 'economics.html?",
        ),
        (
            "sessions.csv",
            "#explore-economy",
            "#explore-numbers",
            "expected a chapter of _toc.yml, # and the label of an explorer in it",
        ),
    ],
)
def test_a_chapter_that_is_not_in_the_book_is_named(tmp_path, file, old, new, said):
    data = shutil.copytree(DATA, tmp_path / "data")
    text = (data / file).read_text("utf-8")
    assert old in text
    (data / file).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(DataError, match=re.escape(said)):
        check_chapters(data)


def test_an_unknown_session_is_named():
    with pytest.raises(
        KeyError, match="unknown session 9; data/sessions.csv has: 1, 2, 3"
    ):
        fc.session_plan(9)


# The page for teachers


def test_the_answers_are_fresh_and_cover_each_task():
    notebook = nbformat.read(ANSWERS, as_version=4)
    assert notebook.metadata["fourcities"]["fingerprint"] == fingerprint(
        notebook, hash_of_inputs()
    ), "run `make book` and commit the notebooks"
    texts = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            texts.append(cell.source)
        for output in cell.get("outputs", []):
            texts.append(output.data["text/markdown"])
    _, *sessions = re.split(r"^## Session", "\n\n".join(texts), flags=re.M)
    assert len(sessions) == len(NUMBERS)
    for text in sessions:
        for part in ("Explorer task", "Group work", "Prompts", "Usual mistake"):
            assert text.count(f"**{part}.**") == 1, part


@pytest.mark.parametrize("way", ["nbgitpuller", "Binder"])
def test_a_way_to_the_whole_project_is_told_to_bring_the_answers(way):
    """And what to give out instead."""
    guide = nbformat.read(ROOT / "book" / "teaching-guide.ipynb", as_version=4)
    lines = [line for cell in guide.cells for line in cell.source.splitlines()]
    told = [line for line in lines if way in line]
    assert told and all("answers" in line and "workbook" in line for line in told)


def test_the_public_site_has_no_answers(site):
    for path in site.rglob("*"):
        if path.is_file():
            assert "teacher-answers" not in path.name
            if path.suffix in (".html", ".js", ".xml", ".txt", ".ipynb"):
                assert "Answers for teachers" not in path.read_text(
                    "utf-8"
                ) and "teacher-answers" not in path.read_text("utf-8"), path


def test_the_teachers_site_has_them_and_all_else(site, project):
    done = run_build(project, "--teacher")
    assert done.returncode == 0, done.stdout
    made = project / "_build" / "teacher"
    assert not (project / "_build" / "html").exists()
    page = BeautifulSoup(
        (made / "teacher-answers.html").read_text("utf-8"), "html.parser"
    )
    assert (
        page.h1.get_text().startswith("Answers for teachers")
        and len(page.select("article h2")) == len(NUMBERS) + 1
    )
    assert {path.name for path in site.glob("*.html")} | {"teacher-answers.html"} == {
        path.name for path in made.glob("*.html")
    }
    assert page.select_one('.sidebar-tree a[href="teaching-guide.html"]')
    for link in page.select("article a[href]"):
        target, _ = urldefrag(link["href"])
        assert (
            re.match(r"https?:", target)
            or (
                made / unquote(target.split("?")[0] or "teacher-answers.html")
            ).is_file()
        ), link["href"]


# Class


def test_the_link_for_a_hub(monkeypatch, tmp_path):
    assert fc.hub_link() == (
        "https://<your hub>/hub/user-redirect/git-pull"
        "?repo=<address of the repository>&branch=main"
        "&urlpath=lab/tree/<repository>/book/first-notebook.ipynb"
    )
    settings = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    settings["sphinx"]["config"]["repository"] = "https://github.com/four/cities.git"
    (tmp_path / "_config.yml").write_text(yaml.safe_dump(settings), "utf-8")
    monkeypatch.setattr("fourcities.teaching.sessions.ROOT", tmp_path)
    assert fc.hub_link() == (
        "https://<your hub>/hub/user-redirect/git-pull"
        "?repo=https://github.com/four/cities.git&branch=main"
        "&urlpath=lab/tree/cities/book/first-notebook.ipynb"
    )


# Students' verdicts

COLUMNS = [
    "claim",
    "section",
    "statement",
    "verdict",
    "reason",
    "ledger",
    "name",
    "date",
]
SPAN, DONATIONS = "growth-one-period", "donations-against-gdp"


def exported(*said, name="", mark=","):
    """A file as the ledger's page gives it; said: claim, verdict, reason."""
    text = io.StringIO()
    lines = csv.writer(text, delimiter=mark)
    lines.writerow(COLUMNS)
    for claim, verdict, reason in said:
        about = [claim, "2.2", "A statement, in words"]
        lines.writerow([*about, verdict, reason, "differs", name, "2026-03-01"])
    return text.getvalue()


def test_verdicts_of_a_class_are_counted_and_held_against_the_ledger(tmp_path):
    for file, name, said in (
        (
            "a.csv",
            "Ann",
            [(SPAN, "in tension", "Unlike years"), (DONATIONS, "differs", "")],
        ),
        ("b.CSV", "Bo", [(SPAN, "In tension ", "")]),
        ("c.csv", "", [(SPAN, "differs", "5 years,\nnot 10")]),
        (".~lock.csv", "", [("not looked at", "", "")]),
    ):
        (tmp_path / file).write_text(exported(*said, name=name), "utf-8-sig")
    (tmp_path / "notes.txt").write_text("No table.", "utf-8")
    rows = fc.verdicts(tmp_path)
    ledger = fc.claims().set_index("claim")
    assert list(rows["claim"]) == [SPAN, DONATIONS], "in the order of the ledger"
    span, donations = (row for _, row in rows.iterrows())
    assert span["statement"] == ledger.at[SPAN, "statement"]
    assert [span[outcome] for outcome in OUTCOMES] == [0, 2, 1, 0]
    assert (span["judged"], span["most"], span["agreement"]) == (3, "in tension", 2 / 3)
    assert (span["ledger"], span["with_ledger"]) == (ledger.at[SPAN, "outcome"], 2)
    assert span["reasons"] == (
        "Ann (in tension): Unlike years\nc (differs): 5 years,\nnot 10"
    )
    assert donations["judged"] == 1 and donations["reasons"] == ""
    assert pd.isna(donations["agreement"]), "one alone agrees with nobody"


@pytest.mark.parametrize(
    "mark, code, reason",
    [
        (",", "utf-8-sig", "Größe, 户口"),
        (";", "utf-8", "Größe; 户口"),
        (";", "cp1252", "Größe für „Städte“ – süß"),
        (",", "gb18030", "户口, 规模"),
        ("\t", "utf-16", "Größe\t户口"),
    ],
)
def test_verdicts_are_read_as_a_spreadsheet_saves_them(tmp_path, mark, code, reason):
    text = exported((SPAN, "differs", reason), mark=mark) + mark * 7 + "\r\n"
    (tmp_path / "a.csv").write_bytes(text.encode(code))
    assert fc.verdicts(tmp_path)["reasons"].item() == f"a (differs): {reason}"


@pytest.mark.parametrize(
    "files, said",
    [
        ({}, "expected at least one file that ends in .csv"),
        ({"a.csv": b""}, "a.csv, row 1, column claim: found '', expected a column"),
        ({"a.csv": b"\x89PNG\0\0"}, "a.csv: expected a text file of verdicts"),
        (
            {"a.csv": exported().replace("reason", "why").encode()},
            "a.csv, row 1, column reason: found 'claim, section, statement, verdict, ",
        ),
        (
            {
                "a.csv": exported(
                    (SPAN, "differs", ""), ("growth", "differs", "")
                ).encode()
            },
            "a.csv, row 3, column claim: found 'growth', expected a key of data/claims",
        ),
        (
            {"a.csv": exported((SPAN, "wrong", "")).encode()},
            "a.csv, row 2, column verdict: found 'wrong', expected one of reproduced, "
            "in tension, differs, not reproducible",
        ),
        (
            {
                "a.csv": exported((SPAN, "differs", ""), name="Li").encode(),
                "b.csv": exported((SPAN, "in tension", ""), name="Li").encode(),
            },
            f"b.csv, row 2, column claim: found '{SPAN}', expected each claim once "
            "from 'Li', who has it in {folder}/a.csv, row 2",
        ),
    ],
)
def test_what_is_no_file_of_verdicts_is_refused_in_words(tmp_path, files, said):
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError) as refused:
        fc.verdicts(tmp_path)
    assert said.format(folder=tmp_path.name) in str(refused.value)
    with pytest.raises(DataError, match="a folder with the files"):
        fc.verdicts(tmp_path / "nowhere")
