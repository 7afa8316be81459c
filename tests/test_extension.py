"""More cities, countries, indicators, policy fields and years by rows alone: the
template of `make city`, and the worked example of example.py in a book of its own.
"""

import itertools
import json
import re
import shutil
import subprocess
import sys

import nbformat
import pytest
from bs4 import BeautifulSoup

import fourcities as fc
from conftest import ROOT, copy_project, run_build
from example import CITIES, LATE, end, extend, newcity, rows_of, write
from publishing.newcity import CityError
from publishing.newcity.removing import take_out

sys.path.append(str(ROOT / "benchmarks"))
import scale

NAMES = re.compile("|".join(CITIES.values()))
COUNTS_ALL = {
    "bibliography",
    "data-and-sources",
    "explore-numbers",
    "explore-texts",
    "workbench",
    "teaching-guide",
    "first-notebook",
}  # pages that speak of all rows there are


def fresh_newcity(project, *arguments):
    """Exit code of `make city`, as a person calls it, and what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "publishing.newcity", *arguments],
        cwd=project,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert "Traceback" not in done.stdout
    return done.returncode, done.stdout


def python_in(project, code):
    """What Python says in another project's folder."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=project / "book",
        text=True,
        check=True,
        capture_output=True,
    ).stdout


def files_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# ---------- make city


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """A copy of the project for cities to be made in."""
    project = copy_project(tmp_path_factory.mktemp("town"))
    assert fresh_newcity(project, "Hamburg") == (
        0,
        "Written: new/hamburg/. Its README.md says how to go on.\n",
    )
    shutil.move(project / "new", project / "written")
    yield project
    end(project)


@pytest.fixture
def hamburg(town):
    """A project with the template of one more city."""
    for made, name in ((ROOT / "data", "data"), (town / "written", "new")):
        shutil.rmtree(town / name, ignore_errors=True)
        shutil.copytree(made, town / name)
    return town


def filled(project, table, **cells):
    """Fill in the first row of a table of the template whose cells in `where` fit."""
    path = project / "new" / "hamburg" / f"{table}.csv"
    where = cells.pop("where", {})
    rows = rows_of(path)
    next(row for row in rows if where.items() <= row.items()).update(cells)
    write(path, rows)


def test_the_template_has_a_row_for_everything_and_says_what_may_stand_there(hamburg):
    rows = rows_of(hamburg / "new" / "hamburg" / "observations.csv")
    indicators = fc.read("indicators").set_index("indicator")
    assert [row["indicator"] for row in rows] == list(
        indicators.index[indicators["numerator"] == ""]
    ) and not any(row["value"] for row in rows)
    assert all(
        row["unit"] == indicators.at[row["indicator"], "unit"]
        and row["place"] == "hamburg"
        for row in rows
    )
    guide = (hamburg / "new" / "hamburg" / "README.md").read_text("utf-8")
    for words in (
        "- `germany`: Germany",
        "- `gdp`: usd. ",
        "One of: `about`, `at least`",
        "- `so_role`: ",
        "`main providers`",
        "- `2.1`: Basic data",
        "make city NAME=Hamburg ADD=yes",
    ):
        assert words in guide, words
    for table in fc.descriptor()["resources"]:
        path = hamburg / "new" / "hamburg" / table["path"]
        assert (
            not path.exists()
            or path.read_text("utf-8").splitlines()[0]
            == (ROOT / "data" / table["path"]).read_text("utf-8").splitlines()[0]
        )


def test_what_is_missing_or_wrong_is_named_by_file_row_and_column(hamburg):
    before = files_of(hamburg / "data")
    code, said = fresh_newcity(hamburg, "Hamburg", "--add")
    assert (
        code == 1
        and (
            "new/hamburg/sources.csv, row 2, column label: found '', expected a "
            "value, not an empty cell"
        )
        in said
        and "data/ is as it was." in said
    )
    filled(hamburg, "sources", label="Statistikamt Nord 2016", status="stated")
    assert (
        "new/hamburg/places.csv, row 2, column parent" in newcity(hamburg, "Hamburg")[1]
    )
    filled(hamburg, "places", parent="germany")
    assert newcity(hamburg, "Hamburg")[0] == 0
    filled(
        hamburg,
        "observations",
        where={"indicator": "population"},
        value="1.810.438",
        printed="1,810,438",
    )
    assert (
        "new/hamburg/observations.csv, row 3, column value: found '1.810.438', "
        "expected a number with a decimal point"
    ) in newcity(hamburg, "Hamburg", "--add")[1]
    filled(
        hamburg,
        "observations",
        where={"indicator": "population"},
        value="1810438",
        source="table-1",
    )
    assert (
        "row 3, column source: found 'table-1', expected a citation of a source of "
        "kind “added”"
    ) in newcity(hamburg, "Hamburg")[1]
    path = hamburg / "new" / "hamburg" / "codings.csv"
    path.write_text(path.read_text("utf-8") + "hamburg,location,north\n", "utf-8")
    assert re.search(
        r"new/hamburg/codings.csv, row \d+: found 'hamburg,location,north', expected "
        r"9 cells in each row",
        newcity(hamburg, "Hamburg")[1],
    )
    (hamburg / "new" / "hamburg" / "weather.csv").write_text("a,b\n1,2\n", "utf-8")
    path.write_text(
        path.read_text("utf-8").replace("hamburg,location,north\n", ""), "utf-8"
    )
    assert (
        "new/hamburg/weather.csv: expected a file named like one of data/"
        in newcity(hamburg, "Hamburg")[1]
    )
    assert files_of(hamburg / "data") == before, "nothing is half-written"


def test_filled_rows_are_added_and_no_others(hamburg):
    filled(hamburg, "sources", label="Statistikamt Nord 2016", status="stated")
    filled(hamburg, "places", parent="germany", local_name="Hamburg", language="de")
    filled(
        hamburg,
        "observations",
        where={"indicator": "population"},
        value="1810438",
        printed="1,810,438",
        period_start="2016-12-31",
        period_end="2016-12-31",
    )
    before = files_of(hamburg / "data")
    code, said = newcity(hamburg, "Hamburg", "--add")
    assert (
        code == 0
        and "observations.csv: 1 filled in, 39 as in the template" in said
        and said.endswith("Added to data/. Now: make book\n")
    )
    after = files_of(hamburg / "data")
    assert {name for name in after if after[name] != before[name]} == {
        "places.csv",
        "sources.csv",
        "citations.csv",
        "observations.csv",
        "references.bib",
    } and after.keys() == before.keys()
    assert (
        after["observations.csv"].startswith(before["observations.csv"])
        and after["observations.csv"].count(b"\n")
        == before["observations.csv"].count(b"\n") + 1
    )
    assert "@misc{hamburg-source," in (hamburg / "data" / "references.bib").read_text(
        "utf-8"
    )
    shown = python_in(
        hamburg,
        "import fourcities.presentation, fourcities as fc; "
        "print(fc.value('population', 'hamburg'), fc.cities('added'), "
        "fourcities.presentation.where(fc.observations('population', "
        "places=['hamburg']).iloc[0]))",
    )
    link = "[Statistikamt Nord 2016](bibliography.ipynb#hamburg-source)"
    assert shown == f"1810438.0 ['hamburg'] {link}\n"
    assert (
        "a city that is not there"
        in newcity(project_without_template(hamburg), "Hamburg")[1]
    )


def test_a_city_is_corrected_and_taken_out_again(hamburg):
    """What stands in its folder takes the place of what was added; the way back leaves
    no trace.
    """
    before = files_of(hamburg / "data")
    filled(hamburg, "sources", label="Statistikamt Nord 2016", status="stated")
    filled(hamburg, "places", parent="germany", local_name="Hambrug", language="de")
    period = {"period_start": "2016-12-31", "period_end": "2016-12-31"}
    for indicator in ("population", "districts"):
        number = {"value": "7", "printed": "7"} | period
        filled(hamburg, "observations", where={"indicator": indicator}, **number)
    assert newcity(hamburg, "Hamburg", "--add")[0] == 0
    filled(hamburg, "places", local_name="Hamburg")
    empty = dict.fromkeys(["value", "printed", *period], "")
    filled(hamburg, "observations", where={"indicator": "districts"}, **empty)
    code, said = newcity(hamburg, "Hamburg", "--add")
    assert code == 0 and "data/places.csv: 1 as they are not in new/hamburg" in said
    assert "data/observations.csv: 1 as they are not in new/hamburg" in said
    now = files_of(hamburg / "data")
    assert b"Hambrug" not in now["places.csv"] and b"Hamburg" in now["places.csv"]
    assert now["observations.csv"].count(b",hamburg,") == 1
    code, said = newcity(hamburg, "Hamburg", "--remove")
    assert code == 0 and "observations.csv: 1 taken out" in said
    assert files_of(hamburg / "data") == before


SAVED = """
from publishing.newcity import adding
from fourcities.facts import DATA, ROOT
check = adding.check_data
def and_save(copy):
    doubts = check(copy)
    forms = DATA / "legal_forms.csv"
    text = forms.read_text("utf-8").replace("for a purpose", "for an aim")
    forms.write_text(text, "utf-8")
    return doubts
adding.check_data = and_save
try:
    adding.add("hamburg", ROOT / "new" / "hamburg")
except adding.CityError as error:
    print(error)
"""


def test_what_is_saved_while_a_city_is_added_is_not_lost(hamburg):
    """Nor is a city added to what was not looked at."""
    filled(hamburg, "sources", label="Statistikamt Nord 2016", status="stated")
    filled(hamburg, "places", parent="germany", local_name="Hamburg", language="de")
    before = files_of(hamburg / "data")
    done = subprocess.run(
        [sys.executable, "-c", SAVED], cwd=hamburg, text=True, capture_output=True
    )
    assert done.stdout.startswith("data/legal_forms.csv was saved meanwhile"), done
    after = files_of(hamburg / "data")
    assert {name for name in after if after[name] != before[name]} == {
        "legal_forms.csv"
    }
    assert b"for an aim" in after["legal_forms.csv"]


def project_without_template(project):
    shutil.rmtree(project / "new")
    return project


@pytest.mark.parametrize(
    "name, key, said",
    [
        ("深圳", "", "a key beside it"),
        ("深圳", "shenzhen", "new/shenzhen/"),
        ("Frankfurt (Oder)", "", "new/frankfurt-oder/"),
        ("Berlin", "", "a city that is not there"),
        ("Köln", "", "new/koln/"),
        ("../../etc", "", "new/etc/"),
        ("; rm -rf $HOME", "", "new/rm-rf-home/"),
    ],
)
def test_names_become_keys(hamburg, name, key, said):
    shutil.rmtree(hamburg / "new")
    assert said in newcity(hamburg, name, "--key", key)[1]
    assert list((hamburg / "new").glob("*.new")) == []


# ---------- the worked example


@pytest.fixture(scope="module")
def extended(tmp_path_factory):
    """A project with the worked example, its site built."""
    folder = copy_project(tmp_path_factory.mktemp("extended"))
    extend(folder)
    done = run_build(folder)
    assert done.returncode == 0, done.stdout
    return folder


@pytest.fixture(scope="module")
def pages(extended):
    return {
        path.stem: BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for path in (extended / "_build" / "html").glob("*.html")
    }


@pytest.mark.parametrize("keys", [*itertools.permutations(CITIES)])
def test_the_way_back_from_the_worked_example(extended, tmp_path, keys):
    """City by city, in any order: its own rows go, with a country that only it had;
    what others use stays, and not a byte of the report's changes.
    """
    folder = shutil.copytree(extended / "data", tmp_path / "data")
    for key in keys:
        take_out(key, folder)
        assert take_out(key, folder) == {}
    with pytest.raises(CityError, match="found 'report', expected a place that was"):
        take_out("berlin", folder)
    left = {
        table: rows_of(folder / f"{table}.csv")[len(rows_of(path)) :]
        for path in sorted((ROOT / "data").glob("*.csv"))
        for table in [path.stem]
        if (folder / path.name).read_bytes() != path.read_bytes()
        and (folder / path.name).read_bytes().startswith(path.read_bytes())
    }
    assert {table: len(rows) for table, rows in left.items()} == {
        "citations": 1,
        "indicators": 2,
        "observations": len(LATE),
        "policy_fields": 1,
        "sources": 1,
        "table_rows": 1,
    }
    assert left["sources"][0]["source"] == "exampletown-source"


def test_new_cities_stand_in_every_table_of_the_report(pages):
    for number, page in (
        ("1", "basic-data"),
        ("2", "economy"),
        ("3", "population-structure"),
        ("4", "administration"),
        ("5", "administration"),
        ("6", "integration-policies"),
    ):
        table = pages[page].find(id=f"table-{number}")
        heads = [head.get_text() for head in table.select("thead th")]
        cells = {
            city: [
                row.select("td")[heads.index(city) - 1].get_text()
                for row in table.select("tbody tr")
            ]
            for city in CITIES.values()
        }
        assert any("Made up 2026" in cell for cell in cells["Exampletown"]), number
        assert set(cells["样城"]) == {"not reported"}, number
    amounts = pages["financial-expenditure"].find(id="table-amounts").get_text(" ")
    assert (
        amounts.count("Exampletown") == len(fc.read("amounts")["indicator"].unique())
        and "Made up 2026" in amounts
    )
    assert (
        "Housing" in pages["administration"].find(id="table-5").get_text()
        and "Made-up Office 7 (Amt für Künstler*innen & „Neue“ 7)"
        in pages["administration"].find(id="table-5").get_text()
    )


def test_new_cities_stand_in_every_explorer_and_have_a_profile(extended, pages):
    explorers = [
        json.loads(section.script.string)
        for soup in pages.values()
        for section in soup.select("section.explorer")
    ]
    with_cities = [
        [name for _, name in data["choices"]["cities"]]
        for data in explorers
        if "cities" in data["choices"]
    ]
    assert len(with_cities) > 15 and all(
        names[4:] == list(CITIES.values()) for names in with_cities
    )
    numbers = next(data for data in explorers if data["id"] == "explore-all")
    assert {"libraries", "museums"} <= {
        key for key, _ in numbers["choices"]["indicator"]
    } and ["2021", "2021"] in numbers["choices"]["period"]
    profile = BeautifulSoup(
        (extended / "_build" / "html" / "_handouts" / "port-sample.html").read_text(
            "utf-8"
        ),
        "html.parser",
    )
    assert (
        "City in Samplevania" in profile.get_text()
        and profile.find("span", lang="ar", dir="rtl").get_text() == "ميناء العينة"
        and "0 persons" in profile.get_text()
    )
    assert "Not reported: Total population" in (
        extended / "_build" / "html" / "_handouts" / "yangcheng.html"
    ).read_text("utf-8").replace("Area, ", "")
    assert all(
        (extended / "_build" / "html" / "_handouts" / f"{city}.pdf")
        .read_bytes()
        .startswith(b"%PDF")
        for city in CITIES
    )


def test_new_cities_are_drawn_and_named_as_added(pages):
    for page, label in (
        ("basic-data", "fig-density"),
        ("economy", "fig-gdp"),
        ("introduction", "fig-size-class"),
        ("administration", "fig-levels"),
        ("comparison", "fig-comparison-matrix"),
        ("co-operation", "fig-cooperation-kinds"),
        ("employment", "fig-employment-providers"),
        ("financial-expenditure", "fig-amounts"),
        ("financial-expenditure", "fig-amounts-per-resident"),
        ("integration-policies", "fig-policies-timeline"),
    ):
        figure = pages[page].find(id=label)
        assert "Exampletown" in " ".join(
            text.get_text() for text in figure.svg.find_all("text")
        ), label
        if figure.select_one(".data-line"):
            assert (
                "Also drawn, from other sources than the report: Exampletown"
                in figure.figcaption.get_text()
                and "Made up 2026" in figure.select_one(".data-line").get_text()
            )


def test_a_zero_that_a_scale_cannot_show_is_told(pages):
    figures = {
        label: pages[page].find(id=label)
        for page, label in (
            ("social-organizations", "fig-so-counts"),
            ("basic-data", "fig-density"),
        )
    }
    told = (
        "Not drawn, since the scale has no place for zero: Port Sample upon the "
        "Far and Very Winding River (foundations)."
    )
    assert (
        told in figures["fig-so-counts"].figcaption.get_text()
        and told in figures["fig-so-counts"].svg["aria-label"]
    )
    assert "Not drawn" not in figures["fig-density"].get_text(), (
        "bars of a plain scale show a zero"
    )


# Of a drawing: its lines of text; a text of several lines has a part for each.
LINES = "text:not(:has(> tspan[x])), text > tspan[x]"


def test_scales_reach_the_smallest_value_and_name_it(pages):
    """Below zero, and far below one, where a rounded number would be 0 twice."""

    def texts(page, label):
        drawn = pages[page].find(id=label).svg.select(LINES)
        return [text.get_text().strip() for text in drawn]

    growth = pages["economy"].find(id="fig-growth-windows").svg
    frame = growth.find("clippath").rect
    heights = [
        float(y)
        for path in growth.select("path[clip-path]")
        for y in re.findall(r"[ML][-\d.]+ ([-\d.]+)", path["d"])
    ]
    assert (
        heights
        and all(0 <= y - float(frame["y"]) <= float(frame["height"]) for y in heights)
        and "Port Sample upon the Far and" in texts("economy", "fig-growth-windows")
    )
    told = (
        "Not drawn, since no year is stated: Port Sample upon the Far and Very "
        "Winding River (asylum seekers per 1,000 residents; asylum seekers)."
    )
    assert (
        told
        in pages["population-structure"].find(id="fig-asylum").figcaption.get_text()
    )
    amounts = texts("financial-expenditure", "fig-amounts")
    assert {"0.0001", "0.01", "1", "10,000"} <= set(amounts) and "0" not in amounts
    yearly = texts("financial-expenditure", "fig-amounts-per-resident")
    assert {"0.000001", "0.00000010"} <= set(yearly) and "0" not in yearly


def sentences(project):
    """What each notebook says in computed sentences, captions and alt texts, without
    what names added cities as such: {notebook: set}.
    """
    said = {}
    for path in sorted((project / "book").glob("*.ipynb")):
        mine = said.setdefault(path.stem, set())
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", []):
                html = output.get("data", {}).get("text/html", "")
                found = (
                    output.get("data", {}).get("text/markdown", "").split("\n")
                    + re.findall(r"<figcaption>.*?</figcaption>", html, re.S)
                    + re.findall(r'role="img" aria-label="([^"]*)"', html)
                )
                mine |= {
                    re.sub(
                        r" Also drawn, from other sources than the report: "
                        r".*?\.(?=$|<| Not drawn)| Not drawn, since "
                        r".*?\.(?=$|<)|<br>Added to the report's cities from other "
                        r"sources: .*",
                        "",
                        text,
                    )
                    for text in found
                }
    return said


def test_sentences_about_the_report_stay_true(extended):
    """Each sentence that stood there still stands there, to the letter; a new one names
    an added city.
    """
    before, after = sentences(ROOT), sentences(extended)
    for notebook in before.keys() - COUNTS_ALL:
        assert before[notebook] - after[notebook] == set(), notebook
        assert {
            text
            for text in after[notebook] - before[notebook]
            if not NAMES.search(text)
        } == set(), notebook
    assert any(
        "Added to the report's cities from other sources: Exampletown" in text
        for text in (extended / "book" / "economy.ipynb")
        .read_text("utf-8")
        .splitlines()
    )


def test_claims_and_answers_rest_on_the_report_alone(extended):
    code = (
        "import fourcities as fc; from fourcities import teaching; "
        "print(fc.claims()[['claim', 'outcome', 'use', 'finding']].to_json()); "
        "print([(k, str(c.right())) for k, c in teaching.CHECKS.items()])"
    )
    assert python_in(extended, code) == python_in(ROOT, code)


def test_a_later_year_is_a_second_observation(extended, pages):
    code = (
        "import json, fourcities as fc; print(json.dumps({p: "
        "list(fc.observations('population', places=['berlin'], period=p)['value']) "
        "for p in ('all', 'latest', 'report', '2016', '2021', '1990')} | {'value': "
        "fc.value('population', 'berlin'), 'shares': "
        "list(fc.observations('foreigners_share', places=['berlin'])['period'])}))"
    )
    told = json.loads(python_in(extended, code))
    assert (
        told["all"] == [3671000, 3677000]
        and told["latest"] == told["2021"] == [3677000]
        and told["report"] == told["2016"] == [3671000]
        and told["1990"] == []
    )
    assert told["value"] == 3671000, "sentences about the report keep its value"
    assert told["shares"] == ["2017 ÷ end of 2016"], (
        "the report's own figures go with each other, even if another year were nearer"
    )
    assert (
        "3,671,000 (end of 2016)" in pages["basic-data"].find(id="table-1").get_text()
        and "3,677,000 (end of 2021; Made up 2026)"
        in pages["basic-data"].find(id="table-1").get_text()
    )
    with pytest.raises(
        ValueError,
        match="unknown period 'soon'; there are: all, latest, report, or a year such "
        "as 2016",
    ):
        fc.observations("population", period="soon")


def test_a_reader_can_choose_the_period(browser, extended):
    """On the page, by a control that is there where there is something to choose, and
    by link.
    """
    page = browser.new_page()
    page.goto((extended / "_build" / "html" / "basic-data.html").as_uri())
    own = page.locator("#explore-size")
    berlin = own.locator("tbody tr", has=page.get_by_role("rowheader", name="Berlin"))
    assert berlin.count() == 2
    own.get_by_label("Period").select_option("2021")
    assert (
        berlin.count() == 1
        and "3,677,000 persons" in berlin.inner_text()
        and "Made up 2026" not in berlin.inner_text()
    )
    assert (
        "none of 2021"
        in own.locator(
            "tbody tr", has=page.get_by_role("rowheader", name="Hangzhou")
        ).inner_text()
    )
    assert (
        "not reported"
        in own.locator(
            "tbody tr", has=page.get_by_role("rowheader", name="样城")
        ).inner_text()
    )
    page.wait_for_url("**explore-size.period=2021**")
    own.get_by_label("Period").select_option("latest of each city")
    assert berlin.count() == 1 and own.locator("tbody tr").count() == len(
        fc.cities()
    ) + len(CITIES)
    own.get_by_label("Indicator", exact=True).select_option("area")
    assert (
        page.evaluate(
            "document.getElementById('explore-size').explorer.get('value').period"
        )
        == "all"
    ), "a period that the next indicator lacks is given up"
    page.close()


# Texts of figures that stand on each other, or leave the drawing.
OVERLAPS = """() => {
  const found = [];
  for (const figure of document.querySelectorAll("figure.drawing")) {
    const frame = figure.querySelector("svg").getBoundingClientRect();
    const texts = [...figure.querySelectorAll("svg text")]
      .filter((text) => text.textContent.trim())
      .map((text) => [text.textContent, text.getBoundingClientRect()]);
    texts.forEach(([words, box], n) => {
      if (box.left < frame.left - 1 || box.right > frame.right + 1)
        found.push([figure.id, words, "cut off"]);
      for (const [others, other] of texts.slice(n + 1)) {
        const left = Math.max(box.left, other.left);
        const width = Math.min(box.right, other.right) - left;
        const top = Math.max(box.top, other.top);
        const height = Math.min(box.bottom, other.bottom) - top;
        const areas = [box, other].map((one) => one.width * one.height);
        const shared = width > 0 && height > 0 ? width * height : 0;
        if (shared > 0.2 * Math.min(...areas)) found.push([figure.id, words, others]);
      }
    });
  }
  return found;
}"""


def addresses(extended):
    return sorted(
        path.as_uri() for path in (extended / "_build" / "html").glob("*.html")
    )


WIDTH = "document.documentElement.scrollWidth"


def test_no_words_stand_on_each_other_and_nothing_is_wider(browser, extended):
    """At a desk and on a phone. Tables with more columns than fit scroll in a frame of
    their own; figures and explorers keep within the text.
    """
    page = browser.new_page()
    for address in addresses(extended):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(address)
        assert page.evaluate(OVERLAPS) == [], address
        assert page.evaluate(WIDTH) <= 1280, address
        page.set_viewport_size({"width": 390, "height": 900})
        assert page.evaluate(WIDTH) <= 390, address
    page.goto(next(at for at in addresses(extended) if "vulnerable-groups" in at))
    page.evaluate(
        "() => { for (const text of document.querySelectorAll('figure.drawing svg "
        "text')) text.textContent = 'A very long label that must be found'; }"
    )
    assert page.evaluate(OVERLAPS), "this page has figures; such labels are noticed"
    page.close()


DRAWN = """
import seaborn as sns, fourcities as fc
import pandas as pd
look = {"hue": "city", "palette": fc.city_palette(), "legend": False}
def bars(*indicators):
    panels = fc.axes(len(indicators), sharey=True)
    for axis, indicator in zip(panels, indicators):
        rows = fc.observations(indicator, period="report")
        sns.barplot(rows, x="value", y="city", ax=axis, **look)
        axis.set(xlabel="number of organizations", ylabel="")
    return panels
def points():
    rows = fc.observations("population", period="report")
    axis = fc.axes()
    sns.scatterplot(rows, x="value", y="country", ax=axis, **look)
    axis.set(xticks=[])
    return fc.name_points(axis, rows, "value", "country")
counts = pd.DataFrame(1, index=["Funding", "Networks"], columns=fc.cities())
measures = fc.read("measures").iloc[[0] * len(fc.cities())].assign(place=fc.cities())
drawings = [
    bars("population", "foundations", "floating_population"),
    points(),
    fc.levels_of_government(),
    fc.coding_matrix("so_role", "legal_aid"),
    fc.who_does_what("guidelines_by", "funded_by"),
    fc.count_grid(counts),
    fc.measure_map(measures),
]
words = "A figure of all places.", "All places are drawn."
figures = [fc.figure(each, f"fig-{n}", *words) for n, each in enumerate(drawings)]
print("<!doctype html><meta charset=utf-8>")
print(*(figure.html for figure in figures), fc.report_table(1).html)
"""


@pytest.mark.parametrize(
    "count, entries, title",
    [
        (4, 4, ""),
        (40, 4, ""),
        (41, 0, "41 cities, too many to name here"),
        (4000, 0, "4,000 cities, too many to name here"),
    ],
)
def test_a_legend_names_forty_cities_at_most(count, entries, title):
    """Of more, a line says how many they are; names of no city are counted only."""
    names = [*fc.city_palette(), *(f"Town {n}" for n in range(5, count + 1))]
    axis = fc.axes()
    fc.city_legend(axis, names)
    (legend,) = axis.figure.legends
    assert len(legend.get_texts()) == entries and legend.get_title().get_text() == title
    assert axis.figure.get_figheight() < 5


@pytest.mark.parametrize("places", [8, 40, 120])
def test_drawings_hold_with_many_places(browser, tmp_path, places):
    """Every way of drawing cities, with synthetic ones of the benchmark: each is named,
    in drawings of words the first hundred, and no words stand on each other.
    """
    scale.copy_of(ROOT, tmp_path / "project", places, 62)
    (tmp_path / "page.html").write_text(python_in(tmp_path / "project", DRAWN), "utf-8")
    page = browser.new_page(viewport={"width": 700, "height": 900})
    page.goto((tmp_path / "page.html").as_uri())
    assert page.evaluate(OVERLAPS) == []
    texts = [
        text.strip()
        for text in page.locator(f"figure.drawing svg :is({LINES})").all_text_contents()
    ]
    assert (
        "10,000,000" in texts
        and "organizations" in texts
        and not [text for text in texts if re.match(r"[\d.]+e", text)]
    ), "numbers in words, words whole"
    for figure in page.locator("figure.drawing").all():
        words = re.sub(
            r"\s", "", " ".join(figure.locator("svg text").all_text_contents())
        )
        named = sum(f"SyntheticCity{n:03}" in words for n in range(1, places - 3))
        if figure.get_attribute("id") in (
            "fig-0",
            "fig-1",
        ):  # bars, or points with names or a legend
            assert (
                named >= (places - 4) * 0.8
                or places > 40
                and "cities,toomanytonamehere" in words
            ), "one in twenty has no value to draw"
        else:
            assert named == min(places, 100) - 4 and all(
                city in words for city in ("Berlin", "Cologne", "Guangzhou", "Hangzhou")
            )
            left_out = "Drawn: the first 100 of 120 cities."
            assert (
                (left_out.replace(" ", "") in words)
                == (left_out in figure.locator("svg").get_attribute("aria-label"))
                == (places > 100)
            )
    assert (
        page.locator("#table-1 thead th").count() == places + 1
        and page.locator("#table-1 .wide[tabindex='0']").count() == 1
    )
    page.close()


def test_the_books_tests_pass_with_it(extended):
    """The tests of data, package, chapters and explorers, run on the extended book; but
    two that make data of their own.
    """
    shutil.copytree(
        ROOT / "tests", extended / "tests", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(ROOT / "pyproject.toml", extended)
    chosen = [
        "test_data.py",
        "test_package.py",
        "test_handouts.py",
        "test_explorers.py",
    ]
    asked = (
        "(test_data or test_package or profile or test_explorers and "
        "(same_numbers or same_texts or alive)) and not checked_again "
        "and not follows_the_data"
    )
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "--tb=short",
            "--disable-warnings",
            *("-p", "no:cacheprovider", "-p", "no:randomly"),
            *(f"tests/{name}" for name in chosen),
            "-k",
            asked,
        ],
        cwd=extended,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert done.returncode == 0, done.stdout[-5000:]
