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
from conftest import ROOT, read_once
from fourcities.facts import DATA, DataError, check_data
from fourcities.facts.check_rules import rule_problems
from fourcities.ledger import OUTCOMES
from fourcities.teaching import course, course_hours, reading_minutes, session_goals
from publishing.build import check_chapters, check_lengths
from publishing.contents import chapters
from publishing.extensions.workbook import with_exercises
from publishing.notebooks import changes, hashes
from publishing.paths import ANSWERS

SESSIONS = fc.read("sessions")
NUMBERS = list(SESSIONS["session"])
ECONOMY = next(
    line
    for line in (DATA / "session_readings.csv").read_text("utf-8").splitlines()
    if ",economy," in line
)
WORDS = ["one", "two", "three", "four", "five", "six"]
PAGES = [path.stem for path in chapters()]


def cells(name):
    return read_once(ROOT / "book" / f"{name}.ipynb").cells


def test_six_sessions_of_ninety_minutes():
    assert NUMBERS == [1, 2, 3, 4, 5, 6]
    assert set(fc.read("session_phases").groupby("session")["minutes"].sum()) == {90}


def test_no_two_sessions_are_taught_alike():
    """No sentence of a plan stands in another one, and no two have the same rhythm."""
    assert SESSIONS["form"].is_unique
    phases = fc.read("session_phases")
    for column in ("say", "do", "collect"):
        assert phases[column].is_unique, column
    rhythms = phases.groupby("session")["minutes"].agg(tuple)
    assert rhythms.is_unique
    assert fc.read("session_slides")["notes"].is_unique


@pytest.mark.parametrize("number", NUMBERS)
def test_a_session_has_all_that_it_needs(number):
    row = SESSIONS.set_index("session").loc[number]
    goals = session_goals(number)
    assert (
        set(row["chapters"].split()) <= set(PAGES)
        and len(goals) == 3
        and len(row["prompts"].split(" | ")) >= 3
        and len(row["claims"].split()) >= 3
    )
    plan, talk = fc.session_plan(number).data, fc.session_talk(number).data
    for part in (
        row["question"],
        row["form"],
        *goals,
        f"{reading_minutes(number)} minutes",
        f"_slides/session-{number}.html",
        "_zips/student-workbook.zip",
        "_handouts/figures.pdf",
    ):
        assert part in plan, part
    for part in (
        row["task"],
        row["group_work"],
        *row["prompts"].split(" | "),
        *row["goes_wrong"].split(" | "),
        "Pitfalls",
    ):
        assert part in talk, part
    assert talk.count("See the ledger.") == len(row["claims"].split())
    assert (
        "90 minutes" in fc.session_times(number).html
        and "board sketch" in fc.board_sketch(number).html
    )


@pytest.mark.parametrize("number", NUMBERS)
def test_a_plan_says_what_to_say_show_do_and_collect(number):
    """And each slide of the deck is shown in one phase."""
    soup = BeautifulSoup(fc.session_times(number).html, "html.parser")
    shown = []
    for row in soup.select("tbody tr"):
        words = [strong.get_text() for strong in row.select("strong")]
        assert [word for word in words if word != "Show."] == [
            "Say.",
            "Do.",
            "Collect.",
        ]
        slides = re.search(r"Slides? (\d+)(?: to (\d+))?", row.get_text())
        if slides:
            first = int(slides[1])
            shown += range(first, int(slides[2] or first) + 1)
    slides = fc.read("session_slides").query("session == @number")["slide"]
    assert shown == list(slides) == list(range(2, len(slides) + 2))


@pytest.mark.parametrize("number", NUMBERS)
def test_nobody_reads_more_than_an_hour(number):
    """Computed here from the table alone."""
    paces = fc.read("syllabus").set_index("item")["entry"]
    everybody, others = 0, [0]
    for row in fc.read("session_readings").query("session == @number").itertuples():
        if row.chapter:
            minutes = -(-int(row.words) // int(paces["words_per_minute"]))
        else:
            first, last = map(int, row.pages.split("-"))
            minutes = (last - first + 1) * int(paces["minutes_per_page"])
        if row.reader == "all":
            everybody += minutes
        else:
            others.append(minutes)
    assert everybody + max(others) == reading_minutes(number) <= 60


def test_outside_readings_are_confirmed_works_and_lie_within_their_pages():
    works = fc.read("sources").set_index("source")
    outside = fc.read("session_readings").query("source != ''")
    assert len(outside) >= 6
    for row in outside.itertuples():
        work = works.loc[row.source]
        assert work["kind"] == "reading" and work["status"] == "confirmed", row.source
        printed = re.match(r"(\d+)(?:-(\d+)| ff)", work["pages"])
        first, last = map(int, row.pages.split("-"))
        assert int(printed[1]) <= first and last <= int(printed[2] or last), row.source


def test_hours_and_credits_of_the_syllabus_follow_from_the_sessions():
    hours = course_hours()
    assert hours.in_class == 9 and hours.essay == 32
    assert hours.reading == sum(map(reading_minutes, NUMBERS)) / 60
    assert hours.exercises == fc.read("session_goals")["exercise"].nunique() / 3
    assert 25 * 2 <= sum(hours) <= 30 * 2
    box = BeautifulSoup(fc.syllabus().html, "html.parser").get_text()
    assert "2 ECTS" in box and "25 to 30 hours" in box and "Users' Guide" in box


@pytest.mark.parametrize(
    "hours, credits", [(52, "2"), (74, "2.5 to 3.0"), (75, "3"), (160, "6")]
)
def test_credits_are_those_whose_hours_hold_the_work(hours, credits):
    assert course._credits(hours, 25, 30) == credits


def test_each_goal_has_its_exercise_and_each_essay_its_goal():
    goals = fc.read("session_goals")
    assert goals["exercise"].is_unique
    assert set(goals["essay"]) == set(fc.read("essays")["essay"])
    for row in goals.itertuples():
        chapters = SESSIONS.set_index("session").at[row.session, "chapters"].split()
        owner = row.exercise.rpartition("-")[0]
        if row.session < 5:  # the last two look back
            assert owner in chapters, row.exercise
    links = BeautifulSoup(fc.goals_table().html, "html.parser").select("a")
    assert [link["href"].partition("#")[2] for link in links] == list(goals["exercise"])


def test_the_rubric_reaches_full_marks_without_code():
    rubric = fc.read("rubric").set_index("criterion")
    assert rubric["weight"].sum() == 100
    assert "literature" in rubric.at["theory", "label"]
    asks_for_code = rubric[rubric["sound"].str.contains(r"\bcode\b")]
    assert (asks_for_code["without_code"] != "").all() and len(asks_for_code) == 1


def test_every_chapter_with_exercises_is_read_in_some_session():
    read = {
        chapter for chapters_ in SESSIONS["chapters"] for chapter in chapters_.split()
    } | set(fc.read("session_readings")["chapter"])
    exercises = {path.stem for path in with_exercises()}
    assert exercises - read == {"first-notebook"}, "done before the first session"


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


def links_with_picks(site):
    """Those of guide and slides, and of the teachers' page, from the site's folder."""
    pages = [site / "teaching-guide.html", *site.glob("_slides/session-*.html")]
    texts = [page.read_text("utf-8") for page in pages]
    for cell in cells("teacher-answers"):
        texts += [cell.source, *(str(output) for output in cell.get("outputs", []))]
    found = re.findall(r"[\w-]+\.html\?[\w-]+\.[^\s\"')]+#[\w-]+", "\n".join(texts))
    return sorted({link.replace("&amp;", "&") for link in found})


def opened(page, site, address):
    """The awake explorer of an address."""
    parts = urlsplit(address)
    target = (site / parts.path).as_uri()
    page.goto(f"{target}?{parts.query}#{parts.fragment}")
    explorer = page.locator(f"#{parts.fragment}.awake")
    explorer.wait_for()
    return explorer


def shown(explorer):
    """The cells of the view that say something, as rows of {head: text}."""
    rows = explorer.locator(".explorer-view tbody tr").evaluate_all(
        """rows => rows.map(row => [row.querySelector("th").innerText,
            [...row.querySelectorAll("td:not(:has(.missing))")].map(
                cell => [cell.dataset.label, cell.innerText])])"""
    )
    return {head: dict(told) for head, told in rows}


def test_each_link_with_picks_opens_on_something_to_see(browser, site):
    """No pick of the address is unknown to the explorer, and more than one cell says
    something.
    """
    links = links_with_picks(site)
    assert set(SESSIONS["explorer"]) <= set(links)
    page = browser.new_page()
    for link in links:
        explorer = opened(page, site, link)
        assert "does not have" not in explorer.locator(".status").inner_text(), link
        assert sum(map(len, shown(explorer).values())) > 1, link
        label = urlsplit(link).fragment
        value = explorer.evaluate("box => box.explorer.get('value')")
        for key, pick in parse_qsl(urlsplit(link).query):
            own, name = key.split(".")
            assert own == label and value[name] in (pick, pick.split(",")), key
    page.close()


@pytest.fixture
def task(browser, site):
    """Opens the explorer of a session's task."""
    page = browser.new_page()
    addresses = SESSIONS.set_index("session")["explorer"]
    yield lambda number: opened(page, site, addresses[number])
    page.close()


def test_growth_has_its_years_and_gdp_another_order_for_each_resident(task):
    explorer = task(1)
    periods = [cells_["Period"] for cells_ in shown(explorer).values()]
    assert len(set(periods)) > 1 and "Economic growth" in explorer.inner_text()
    explorer.get_by_label("Indicator").select_option(label="GDP")
    explorer.get_by_label("Sort by").select_option(label="value")
    in_all = [*shown(explorer)]
    explorer.get_by_label("Relate it").select_option(label="per resident")
    assert sorted(in_all) == sorted(shown(explorer)) and in_all != [*shown(explorer)]


def test_foreigners_are_reported_for_all_and_floating_people_for_some(task):
    explorer = task(2)
    of_report = {fc.name(city) for city in fc.cities("report")}
    assert of_report <= {city for city, told in shown(explorer).items() if told}
    explorer.get_by_label("Indicator", exact=True).select_option(
        label="Share of floating population"
    )
    reported = {city for city, told in shown(explorer).items() if "Value" in told}
    assert reported and reported < of_report


def test_foundations_change_their_order_with_their_relation(task):
    explorer = task(3)
    explorer.get_by_label("Sort by").select_option(label="value")
    related = [*shown(explorer)]
    explorer.get_by_label("Relate it").select_option(label="absolute")
    assert related != [*shown(explorer)]


def test_each_city_of_the_report_has_a_text_on_children(task):
    explorer = task(4)
    for city in map(fc.name, fc.cities("report")):
        explorer.get_by_role("button", name="None", exact=True).first.click()
        explorer.get_by_label(city, exact=True).check()
        told = [cell for row in shown(explorer).values() for cell in row.values()]
        assert told and all("child" in cell.lower() for cell in told), city


def test_no_two_cities_have_an_amount_of_one_kind(task):
    """So the task says what is missing to make a pair; a year stands with each."""
    rows = shown(task(5))
    assert sum("US$" in cell for row in rows.values() for cell in row.values()) > 2
    of_report = {fc.name(city) for city in fc.cities("report")}
    assert all(len(of_report & set(row)) == 1 for row in rows.values())
    assert all("\n" in head for head in rows), "the year, below the indicator"


def test_the_recoded_city_is_as_independent_as_the_other(task):
    codes = shown(task(6))["Independence in policy"]
    said = {city: re.split(r" \(|\n", code)[0] for city, code in codes.items()}
    assert said["Hangzhou"] == said["Guangzhou"] != said["Cologne"]
    assert "recoded" in codes["Hangzhou"]


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
            "1,Slips,5,",
            "1,Slips,10,",
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
            "session_goals.csv",
            "1,choose a denominator",
            "2,choose a denominator",
            "column session: found '2 goals', expected three goals of session 1",
        ),
        (
            "session_goals.csv",
            "economy-read,tension",
            "economy-read,tense",
            "row 2, column essay: found 'tense', expected a value of column essay",
        ),
        ("sessions.csv", "Survives? | Size", "Survives? Size", "column board: found"),
        (
            "boards.csv",
            "for the decision,,2.3",
            "for the decision,,2.9",
            "column section: found '2.9', expected a value of column section",
        ),
        (
            "session_phases.csv",
            "6,Discharge",
            "7,Discharge",
            "column session: found '7', expected a value of column session in",
        ),
        (
            "session_readings.csv",
            "lijphart-1971,685-693",
            "lijphart-1971,682-718",
            "expected readings of session 6 that take one person 60 minutes at most",
        ),
        (
            "session_readings.csv",
            "lijphart-1971,685-693",
            "lijphart-1972,685-693",
            "column source: found 'lijphart-1972', expected a value of column source",
        ),
        (
            "session_readings.csv",
            "lijphart-1971,685-693",
            "lijphart-1971,693-685",
            "column pages: found '693-685', expected a last page that is not before",
        ),
        (
            "session_readings.csv",
            "1,2,basic-data,,,,",
            "1,2,basic-data,,,1-3,",
            "expected the words of a chapter's parts, and no pages",
        ),
        (
            "syllabus.csv",
            "words_per_minute,150",
            "words_per_minute,many",
            "column entry: found 'many', expected a whole number above 0",
        ),
        (
            "syllabus.csv",
            "essay_hours",
            "essay_days",
            "data/syllabus.csv: expected a row with the item essay_hours",
        ),
        (
            "rubric.csv",
            "language,Language,10,",
            "language,Language,15,",
            "column weight: found '10', expected weights that sum to 100 (they give "
            "105)",
        ),
        (
            "session_slides.csv",
            "2,8,Input,text",
            "2,8,First vote,text",
            "column phase: found 'First vote', expected Input or a phase after it",
        ),
        (
            "session_slides.csv",
            "2,8,Input,text",
            "2,8,Lecture,text",
            "column session, phase: found '2, Lecture', expected a value of column",
        ),
        (
            "session_slides.csv",
            "1,4,Input,figure,,,fig-density",
            "1,4,Input,figure,,,",
            "column figure: found '', expected the label of a figure or table",
        ),
        (
            "session_slides.csv",
            "young-2000",
            "young-2001",
            "column sources: found 'young-2001', expected keys of data/sources.csv",
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
    "old, new, said",
    [
        (
            "gdp:berlin gdp:cologne",
            "gdp:bonn gdp:cologne",
            (
                "data/boards.csv, row 3, column rests_on: found 'gdp:bonn gdp:cologne "
                "gdp:guangzhou gdp:hangzhou', expected a key of data/places.csv, "
                "not 'bonn'"
            ),
        ),
        (
            "measures/nrw-reception.name",
            "measures/nrw-welcome.name",
            "expected a row of data/measures.csv, not 'nrw-welcome'",
        ),
        (
            "measures/nrw-reception.name",
            "measures/nrw-reception.title",
            "expected a column of data/measures.csv, not 'title'",
        ),
        (
            "5,Berlin,Pays,{value},funded_by:berlin",
            "5,Berlin,Pays,{value},funded_by:germany",
            "expected a code of funded_by for germany in data/codings.csv",
        ),
        (
            "asylum_seekers:berlin:2015",
            "asylum_seekers:berlin:2014",
            "expected a year of asylum_seekers for berlin (2015, 2016)",
        ),
        (
            "measures/nrw-reception.name",
            "#measures?place=cologne",
            "expected values such as gdp:berlin or rows such as",
        ),
        (
            "gdp:berlin gdp:cologne",
            "gdp in berlin",
            "column rests_on: found 'gdp in berlin",
        ),
        (
            "5,Berlin,Pays,{value}",
            "5,Berlin,Pays,{period}",
            "column entry: found '{period}', expected holes that what it rests on can "
            "fill ({place}, {places}, {value})",
        ),
        (
            "5,Berlin,Pays,{value}",
            "5,Berlin,Pays,about 3 of 4",
            "found 'about 3 of 4', expected words without a number",
        ),
        (
            "5,Berlin,Pays,{value},funded_by:berlin",
            "5,Berlin,Pays,the city,",
            "row 75, column rests_on: found '', expected what the entry rests on, or",
        ),
        (
            "5,Berlin,Pays,{value},",
            "5,Berlin,Pays,,",
            "column entry: found '', expected an entry, or nothing that it rests on",
        ),
        (
            "5,Berlin,Pays,",
            "5,Berlin,Spends,",
            "column column: found 'Spends', expected a column of the board in "
            "data/sessions.csv: Sets the guidelines, Pays, Delivers, Can say no",
        ),
        (
            "5,Berlin,Pays,",
            "5,Bonn,Pays,",
            "expected a row of data/boards.csv for its cell Berlin, Pays",
        ),
    ],
)
def test_a_cell_of_a_board_rests_on_something(tmp_path, old, new, said):
    """The rules alone: what the schema says is not asked again."""
    data = shutil.copytree(DATA, tmp_path / "data")
    text = (data / "boards.csv").read_text("utf-8")
    assert old in text
    (data / "boards.csv").write_text(text.replace(old, new, 1), "utf-8")
    messages = [str(problem) for problem in rule_problems(data)]
    assert any(said in message for message in messages), messages


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
            "session_readings.csv",
            "1,3,economy,",
            "1,3,economics,",
            "row 4, column chapter: found 'economics', expected a chapter of _toc.yml",
        ),
        (
            "session_readings.csv",
            "What the report says | What the tables hide,,,",
            "What the report says | What nobody hides,,,",
            "expected headings of administration.ipynb, separated by",
        ),
        (
            "session_goals.csv",
            ",economy-read,",
            ",economy-guess,",
            "row 2, column exercise: found 'economy-guess', expected the id of an",
        ),
        (
            "session_slides.csv",
            ",fig-density,",
            ",fig-weight,",
            "row 4, column figure: found 'fig-weight', expected the label of a figure",
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


def test_readings_are_as_long_as_they_say(tmp_path):
    """Where a city was added, tables are longer, and nothing is said."""
    check_lengths()
    data = shutil.copytree(DATA, tmp_path / "data")
    text = (data / "session_readings.csv").read_text("utf-8")
    shorter = text.replace(ECONOMY, re.sub(r"\d,all", ",all", ECONOMY), 1)
    (data / "session_readings.csv").write_text(shorter, "utf-8")
    if fc.cities("added"):
        return check_lengths(data)
    with pytest.raises(
        DataError, match="about [0-9]+, the words that economy.ipynb has"
    ):
        check_lengths(data)


def test_a_board_is_filled_by_the_data():
    """Numbers, names and codes are those of the rows that a cell rests on; each cell
    says where it stands, or that it is not stated.
    """
    unlinked = set()
    for number in NUMBERS:
        sketch, filled = [
            BeautifulSoup(board(number).html, "html.parser")
            for board in (fc.board_sketch, fc.filled_board)
        ]
        heads = [head.text for head in filled.select("th")]
        assert heads == [head.text for head in sketch.select("th")]
        assert all("{" not in cell.text for cell in filled.select("td"))
        unlinked |= {cell.text for cell in filled.select("td:not(:has(a))")}
    ours = fc.read("boards").query("rests_on == 'dimensions/so_role'")["entry"]
    assert unlinked <= {"not stated", *fc.read("units")["label"], *ours}
    html = fc.filled_board(2).html
    for city in fc.cities("report"):
        foreigners = fc.observations("foreigners", places=[city]).iloc[0]
        assert f"{foreigners['value']:,.0f} persons ({foreigners['period']})" in html


def test_the_people_of_the_group_work_stand_on_the_board():
    row = SESSIONS.set_index("session").loc[4]
    people = row["board"].split(" | ")[1].split("; ")
    assert len(people) == 4
    for person in people:
        assert person[1:] in row["group_work"], person


def test_a_condition_that_does_not_survive_has_two_cities_to_show_it():
    """They share the code and not the outcome."""
    boards = fc.read("boards").query("session == 6 and column == 'Survives?'")
    for grounds in boards["rests_on"].str.split():
        if len(grounds) == 1:
            continue
        (one, other), outcomes = grounds[:2], grounds[2:]
        condition, first = one.split(":")
        second = other.split(":")[1]
        assert outcomes == [f"so_role:{first}", f"so_role:{second}"]
        codes = fc.codes_of(condition, "so_role", places=[first, second])
        alike = codes[first] == codes[second]
        assert list(alike) == [True, False], grounds


def test_a_city_that_was_added_has_its_place_on_the_board(monkeypatch):
    """What the report doesn't say of it is not stated."""
    known = {None: fc.cities(), "report": fc.cities("report"), "added": ["germany"]}
    monkeypatch.setattr("fourcities.teaching.sessions.cities", known.__getitem__)
    for number in (2, 5, 6):
        sketch, filled = fc.board_sketch(number).html, fc.filled_board(number).html
        assert ">Germany<" in sketch and ">Germany<" in filled
    row = BeautifulSoup(fc.filled_board(5).html, "html.parser").select("tbody tr")[-1]
    assert [cell.text for cell in row.select("td")] == ["not stated"] * 4


def test_an_unknown_session_is_named():
    with pytest.raises(
        KeyError, match="unknown session 9; data/sessions.csv has: 1, 2, 3"
    ):
        fc.session_plan(9)


# The page for teachers


def test_the_answers_are_fresh_and_cover_each_task():
    notebook = nbformat.read(ANSWERS, as_version=4)
    assert changes(notebook, hashes()) == [], "run `make book` and commit the notebooks"
    texts = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            texts.append(cell.source)
        for output in cell.get("outputs", []):
            texts.append(output.data.get("text/markdown", ""))
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


def test_the_teachers_site_has_them_and_all_else(site, altered):
    made = altered / "_build" / "teacher"
    assert not (altered / "_build" / "html").exists()
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
        ("Cem_7_file/c.csv", "", [(SPAN, "differs", "5 years,\nnot 10")]),
        (".~lock.csv", "", [("not looked at", "", "")]),
    ):
        (tmp_path / file).parent.mkdir(exist_ok=True)
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
        "Cem_7_file/c (differs): 5 years,\nnot 10\nAnn (in tension): Unlike years"
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
    for first in ("", f"sep={mark}\r\n"):  # a line that spreadsheets don't show
        (tmp_path / "a.csv").write_bytes((first + text).encode(code))
        assert fc.verdicts(tmp_path)["reasons"].item() == f"a (differs): {reason}"


def test_verdicts_are_read_where_lines_end_as_on_old_machines(tmp_path):
    reason = "with more commas, of its own, than the head, in all, has semicolons, ,"
    text = exported((SPAN, "differs", reason), mark=";").replace("\r\n", "\r")
    (tmp_path / "a.csv").write_bytes(text.encode())
    assert fc.verdicts(tmp_path)["reasons"].item() == f"a (differs): {reason}"


@pytest.mark.parametrize(
    "files, said",
    [
        ({}, "expected at least one file that ends in .csv"),
        ({"a.csv": b""}, "a.csv, row 1, column claim: found '', expected a column"),
        ({"a.csv": b"\x89PNG\0\0"}, "a.csv: expected a text file of verdicts"),
        (
            {"a.csv": exported((SPAN, "differs", "why")).rpartition(",")[0].encode()},
            "a.csv, row 2, column date: found '', expected 8 cells, as in row 1",
        ),
        (
            {
                "a.csv": exported((SPAN, "differs", "why, and"))
                .rpartition(" and")[0]
                .encode()
            },
            "a.csv: expected a file as the ledger's page exports it; unexpected end",
        ),
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
