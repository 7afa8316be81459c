"""The data package is sound, and holds what the report prints."""

import itertools
import os
import re
import subprocess
import sys

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from frictionless import Package

import fourcities as fc
from fourcities.facts import DATA, check_data
from fourcities.presentation.names import term_forms
from publishing.codebook import REFERENCES, codebook, references

PRINTED = {  # Tables 1 to 3, cell by cell: Berlin, Cologne, Guangzhou, Hangzhou
    "area": [
        "892.00 square km",
        "404.89 square km",
        "7,434.4 square km",
        "8,000 square km",
    ],
    "population": [
        "3,671,000 (end of 2016)",
        "1,061,000 (end of 2016)",
        "14,043,500 (end of 2016)",
        "9,188,000 (end of 2016)",
    ],
    "population_share": ["4.45%", "1.29%", "1.00%", "0.66%"],
    "gdp": [
        "135.909 billion U.S. dollars in 2016",
        "66.862 billion U.S. dollars in 2016",
        "294.000 billion U.S. dollars in 2016",
        "166.523 billion U.S. dollars in 2016",
    ],
    "gdp_per_capita": [
        "37,022 U.S. dollars in 2016",
        "63,017 U.S. dollars in 2016",
        "20,935 U.S. dollars in 2016",
        "18,124 U.S. dollars in 2016",
    ],
    "gdp_growth": [
        "2005-2014: Ø 2.0% p.a.",
        "2008-2013: Ø 2.0% p.a.",
        "2012-2016: Ø 9.4% p.a.",
        "2011-2016: Ø 9.2% p.a.",
    ],
    "share_services": [
        "85.9% services",
        "83.7% services",
        "68% services",
        "61.2% services",
    ],
    "share_industry": [
        "13.3% construction and processing trade",
        "16.3% manufacturing, construction and production",
        "31% mining, manufacturing and construction",
        "36% mining, manufacturing and construction",
    ],
    "share_other": ["0.8% others"],
    "share_agriculture": ["1% agriculture", "2.8% agriculture"],
    "foreigners": [
        "690,210 (2017)",
        "208,403 (2016)",
        "118,000 (2014)",
        "16,000 (2017)",
    ],
    "asylum_seekers": [
        "Asylum seekers: 79,034 (2015)",
        "16,889 (2016)",
        "Asylum seekers: 10,153 (2015)",
        "13,253 (2016)",
    ],
    "floating_population": [
        "Floating population: 5,340,000 (2016)",
        "Floating population: 3,438,100 (2016)",
    ],
    "districts": [
        "Divided into 12 districts",
        "Divided into 9 districts",
        "Divided into 11 districts",
        "Divided into 10 districts",
    ],
}
CHINESE = {  # Tables 4 and 5
    "guangzhou": [
        "来穗人员服务管理局",
        "人力资源和社会保障局",
        "教育局",
        "公安局",
        "卫生和计划生育委员会",
        "民政局",
        "卫生和计划生育委员会",
    ],
    "hangzhou": [
        "外来人口服务管理委员会",
        "社会保障部门",
        "工商行政管理部门",
        "教育部门",
        "住房保障和房产管理部门",
        "司法部门",
        "卫生部门",
        "中国民政服务系统",
    ],
}


def test_package_is_valid():
    check_data()
    assert Package(str(DATA / "datapackage.json")).validate().valid


def test_every_file_is_declared_and_every_table_has_rows():
    package = Package(str(DATA / "datapackage.json"))
    assert {r.path for r in package.resources} == {p.name for p in DATA.glob("*.csv")}
    assert all(len(fc.read(r.name)) for r in package.resources)


def test_codebook_follows_the_descriptor():
    assert (DATA / "README.md").read_text("utf-8") == codebook(), "run `make codebook`"


@pytest.mark.parametrize("indicator", PRINTED)
def test_cells_of_tables_1_to_4_are_as_printed(indicator):
    assert (
        list(fc.of_report(fc.observations(indicator))["printed"]) == PRINTED[indicator]
    )


def test_national_totals_are_as_printed():
    rows = fc.observations("population", places=["germany", "china"])
    assert list(rows["printed"]) == ["82.5 million", "1.4 billion"]
    assert set(rows["period"]) == {"year not stated"}


@pytest.mark.parametrize("city", CHINESE)
def test_chinese_names_of_tables_4_and_5(city):
    bodies = fc.read("bodies").query("place == @city and local_name != ''")
    assert list(bodies["local_name"]) == CHINESE[city]
    assert set(bodies["language"]) == {"zh-Hans"}


def test_values_say_the_same_as_their_wording():
    """The number in `value` is the one in `printed`, in base units."""
    scales = {"billion": 10**9, "million": 10**6}
    words = {"one": "1", "two": "2", "three": "3"}
    for _, row in fc.read("observations").iterrows():
        wording = re.sub(r"\b(19|20)\d\d\b|\bevery [\d,]+", "", row["printed"])
        wording = re.sub(r"\b(one|two|three)\b", lambda word: words[word[0]], wording)
        found = re.findall(r"(?:^-)?[\d.,]*\d", wording)
        assert len(found) == 1, row["printed"]
        scale = next((s for word, s in scales.items() if word in wording), 1)
        assert float(found[0].replace(",", "")) * scale == pytest.approx(
            row["value"], rel=1e-12
        ), row["printed"]


def test_years_in_wording_are_the_period():
    for _, row in fc.of_report(fc.read("observations")).iterrows():
        stated = {
            date.year
            for date in (row["period_start"], row["period_end"])
            if pd.notna(date)
        }
        assert {
            int(year) for year in re.findall(r"\b20\d\d\b", row["printed"])
        } == stated, row["printed"]


def test_orphan_shares_fit_one_city_each():
    """The three shares that the page layout prints apart belong where we put them: no
    other placing reaches 100.
    """
    rows = fc.of_report(
        fc.observations(
            "share_services", "share_industry", "share_agriculture", "share_other"
        )
    )
    apart = rows[rows["note"].str.contains("apart from its column")]
    sums = rows.drop(apart.index).groupby("city")["value"].sum()
    short = sums[sums < 99.95]
    fitting = [
        shares
        for shares in itertools.permutations(apart["value"])
        if all(abs(total + share - 100) < 0.05 for total, share in zip(short, shares))
    ]
    assert len(apart) == len(short) == 3
    assert fitting == [tuple(apart.set_index("city").loc[short.index, "value"])]


QUALIFIERS = {
    "about": ["about", "approximately"],
    "more than": ["more than", "over"],
    "at least": ["at least", "a minimum of"],
    "nearly": ["nearly"],
}


def test_qualifiers_are_the_words_in_print():
    for _, row in fc.read("observations").iterrows():
        meant = [
            q
            for q, forms in QUALIFIERS.items()
            if any(re.search(rf"\b{form}\b", row["printed"]) for form in forms)
        ]
        assert meant == ([row["qualifier"]] if row["qualifier"] else []), row["printed"]


# Sections 3 to 6: every number of the text with its qualifier, in base units
NUMBERS = {
    ("migrant_workers_share", "hangzhou"): ("about", 30),
    ("residency_cost", "guangzhou"): ("about", 23.93e9),
    ("residency_persons", "guangzhou"): ("", 1.5e6),
    ("urbanization_spending", "hangzhou"): ("about", 15e6),
    ("urbanization_gain", "hangzhou"): ("", 0.28),
    ("refugee_budget_share", "berlin"): ("", 3),
    ("integration_project_funding", "berlin"): ("about", 70e6),
    ("migrant_service_spending", "cologne"): ("", 229.18e6),
    ("integration_budget", "cologne"): ("about", 1.11e6),
    ("migrant_children_share", "hangzhou"): ("more than", 40),
    ("school_building_funds", "hangzhou"): ("", 2.64e6),
    ("temporary_flats", "hangzhou"): ("", 40000),
    ("stay_required_legal_aid", "hangzhou"): ("more than", 1),
    ("reception_stay", "north-rhine-westphalia"): ("at least", 3),
    ("stay_required_relief", "guangzhou"): ("at least", 2),
    ("stay_required_relief", "hangzhou"): ("more than", 1),
    ("relief_funds", "hangzhou"): ("", 9.11e6),
    ("so_density_target", "guangzhou"): ("at least", 8.5),
    ("volunteer_target", "guangzhou"): ("at least", 15),
    ("social_organizations_registered", "guangzhou"): ("", 7594),
    ("social_organizations_registered", "hangzhou"): ("", 6490),
    ("social_organizations", "hangzhou"): ("about", 20000),
    ("foundations", "berlin"): ("", 900),
    ("foundations", "cologne"): ("", 389),
    ("foundations", "guangzhou"): ("", 42),
    ("foundations", "hangzhou"): ("", 27),
    ("school_foundations", "cologne"): ("", 239),
    ("platform_donations", "hangzhou"): ("", 54.2e9),
    ("platform_partners", "hangzhou"): ("nearly", 80),
    ("so_funding_since_start", "guangzhou"): ("more than", 266.5e6),
    ("so_budget", "hangzhou"): ("", 7.53e6),
}


def test_numbers_of_sections_3_to_6_are_as_printed():
    rows = fc.of_report(fc.read("observations")).query("section >= '3'")
    assert {
        (r["indicator"], r["place"]): (r["qualifier"], r["value"])
        for _, r in rows.iterrows()
    } == NUMBERS


TABLE_6 = {  # year and local title
    "berlin": [
        ("2007", "Vielfalt fördern – Zusammenhalt stärken"),
        ("2010", "Gesetz zur Regelung von Partizipation und Integration, PartIntG"),
        ("2016", "Masterplan Integration und Sicherheit"),
    ],
    "cologne": [
        ("2012", "Konzept zur Stärkung der Integrativen Stadtgesellschaft"),
        ("2014", "Interkulturelles Maßnahmenprogramm"),
    ],
    "guangzhou": [
        ("", "广州市流动人员管理规定"),
        ("", "来穗务工人员申请承租公共租赁住房实施细则"),
        ("", "广州市医疗救助办法"),
        ("", "广州市积分入户管理办法实施细则"),
        ("2014", "加强本市人口调控和服务管理工作的意见"),
    ],
    "hangzhou": [
        ("2011", "杭州市流动人口居住管理办法"),
        ("2016", "杭州市人民政府关于进一步推进户籍制度改革的实施意见"),
        ("2017", "杭州市外来人口积分落户办法（试行）"),
        ("2017", "杭州市流动人口服务管理规定（修订草案）"),
    ],
}


@pytest.mark.parametrize("city", TABLE_6)
def test_policies_of_table_6_are_as_printed(city):
    rows = fc.read("policies").query("table == '6' and place == @city")
    assert list(zip(rows["year"], rows["local_title"])) == TABLE_6[city]
    assert all(
        year in wording for year, wording in zip(rows["year"], rows["year_printed"])
    )


def test_every_amount_of_money_says_what_it_is():
    """Each U.S. dollar amount that is no GDP has its row in amounts.csv, and each row
    there its observation.
    """
    money = fc.of_report(fc.read("observations")).query(
        "unit in ['usd', 'usd_per_year'] and indicator != 'gdp'"
    )
    amounts = fc.of_report(fc.read("amounts"))
    assert set(zip(money["indicator"], money["place"])) == set(
        zip(amounts["indicator"], amounts["place"])
    )


def test_no_title_is_the_translation_of_another_language():
    """Chinese titles hold Chinese characters, German ones none."""
    for table, column in (
        ("policies", "local_title"),
        ("measures", "local_name"),
        ("organizations", "local_name"),
    ):
        rows = fc.read(table)
        assert {
            bool(re.search(r"[\u4e00-\u9fff]", text))
            for text in rows.loc[rows["language"] == "zh-Hans", column]
        } <= {True}
        assert {
            bool(re.search(r"[\u4e00-\u9fff]", text))
            for text in rows.loc[rows["language"] == "de", column]
        } <= {False}


def test_references_follow_the_sources():
    assert REFERENCES.read_text("utf-8") == references(), "run `make codebook`"
    assert "Title not found" in references()


def test_footnote_mark_is_not_part_of_the_year():
    gdp = (
        fc.of_report(fc.read("observations"))
        .query("indicator == 'gdp'")
        .set_index("place")
    )
    assert list(gdp["footnote"]) == ["1", "", "", ""]
    assert set(gdp["period_end"].dt.year) == {2016}


def test_sources_are_given_for_tables_not_cells():
    citations = (
        fc.read("citations").query("table != ''").groupby("table")["source"].agg(set)
    )
    four = {"gluns-2018", "grabbe-2018", "ma-chen-2018", "ma-guan-2018"}
    extra = {
        "1": {"destatis"},
        "2": {"ihk-koeln", "vgrdl"},
        "3": {"amt-bbb", "stadt-koeln", "destatis"},
        "4": set(),
        "5": set(),
        "6": set(),
    }
    assert citations.to_dict() == {table: four | more for table, more in extra.items()}


def test_every_table_row_finds_its_data():
    four, added = (
        set(map(fc.name, fc.cities("report"))),
        set(fc.read("policy_fields").query("section == ''")["name"]),
    )
    for number in fc.read("tables")["table"]:
        for cell in BeautifulSoup(fc.report_table(number).html, "html.parser").select(
            "td"
        ):
            own = (
                cell["data-label"] in four
                and cell.find_previous("th", scope="row").get_text() not in added
            )
            assert not own or not cell.select(".missing")


# A Python that has read nothing yet, for each line.
READER = """
import os, sys
import fourcities as fc
for line in sys.stdin:
    if os.fork():
        os.wait()
        continue
    try:
        fc.read("places")
        print("frictionless" in sys.modules, flush=True)
    except Exception as error:
        print(str(error).splitlines()[-1].strip(), flush=True)
    os._exit(0)
"""


def test_data_that_passed_are_not_checked_again_and_changed_ones_are(project):
    """A notebook starts faster on data that a build has checked; a change, even one
    that is as long and as old, is found.
    """
    reader = subprocess.Popen(
        [sys.executable, "-c", READER],
        cwd=project / "book",
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )

    def checked():
        reader.stdin.write("again\n")
        reader.stdin.flush()
        return reader.stdout.readline().strip()

    places = project / "data" / "places.csv"
    good, times = places.read_text("utf-8"), places.stat()
    assert checked() == "True", (
        "before the first build there is no place to remember it"
    )
    (project / "_build").mkdir()
    assert [checked(), checked()] == ["True", "False"]
    places.write_text(good.replace("berlin,city,", "berlin,town,"), "utf-8")
    os.utime(places, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert [checked(), checked()] == [
        "data/places.csv, row 7, column kind: found 'town', expected one of country, "
        "federal state, province, city"
    ] * 2
    places.write_text(good, "utf-8")
    assert [checked(), checked()] == ["True", "False"]
    with (project / "book" / "fourcities" / "facts" / "check_rules.py").open(
        "a"
    ) as rules:
        rules.write("# another rule\n")
    assert checked() == "True"
    reader.communicate()


def test_a_form_of_a_term_is_printed_or_ours():
    """Each German or Chinese form stands where its row says; else it is ours."""
    for _, row in fc.read("terms").iterrows():
        for column in ("de", "zh"):
            form, place = row[f"name_{column}"], row[f"from_{column}"]
            assert bool(form) == bool(place), row["term"]
            if "/" in place:
                named = fc.fact(*place.split("/"))
                local = named.get("local_title", named.get("local_name"))
                assert form in local, f"{row['term']}: {form} is not in {local}"
            elif place == "ours":
                assert form not in printed_names(), row["term"]
                assert ", our form" in dict_of_forms(row), row["term"]


def printed_names():
    """All German and Chinese names and titles of the data in one text."""
    return " | ".join(
        " | ".join(fc.read(table)[column])
        for table, column in (
            ("policies", "local_title"),
            ("bodies", "local_name"),
            ("organizations", "local_name"),
            ("measures", "local_name"),
        )
    )


def dict_of_forms(row):
    """The forms of a term as they are shown, in one text."""
    return " ".join(term_forms(row).values())


def test_only_one_form_is_printed_as_a_word_of_its_own():
    """“text” can't be compared with a name of the data: each was looked up by hand."""
    terms = fc.read("terms")
    alone = terms[(terms["from_de"] == "text") | (terms["from_zh"] == "text")]
    assert list(alone["name_zh"]) == ["副省级"]


def test_print_notes_quote_what_is_printed():
    """A few words only; where a row of the data is named, they are its words."""
    for _, row in fc.read("print_notes").iterrows():
        key, printed, likely = row["print_note"], row["printed"], row["likely"]
        assert len(printed.split()) <= 10, f"{key} quotes more than a few words"
        assert printed != likely and (likely or row["kind"] == "layout"), key
        if not row["about"]:
            assert not re.search(r"\d,\d{3}", printed), f"{key}: a number's second home"
            continue
        table, name = row["about"].split("/")
        rows = fc.read(table)
        about = rows[rows.iloc[:, 0] == name]
        assert len(about), f"{key}: no row {row['about']}"
        words = " ".join(map(str, about.to_numpy().ravel())).lower()
        if row["kind"] in ("spelling", "name", "marks"):
            assert all(
                piece.strip('“”"()').lower() in words for piece in printed.split(" … ")
            ), f"{key}: {printed!r} is not in {row['about']}"


def test_print_notes_are_shown_by_kind():
    shown = fc.print_notes_table("table-x", "x", ["language", "name"]).html
    notes = fc.read("print_notes")
    assert shown.count("<tr") - 1 == notes["kind"].isin(["language", "name"]).sum()
    assert "lacks behind" in shown and "0.8% others" not in shown
    assert "text taken from its pages" not in shown
    assert 'lang="de"' in shown and "The likely forms are ours" in shown
    layout = fc.print_notes_table("table-x", "x", ["layout"]).html
    assert "text taken from its pages" in layout and "0.8% others" in layout
    with pytest.raises(ValueError, match="unknown kind 'colour'; there are: layout"):
        fc.print_notes_table("table-x", "x", ["colour"])


def test_slips_in_the_names_of_the_data_are_noted():
    """A name or label with a word that the notes call misspelt has its note."""
    notes = fc.read("print_notes").query("kind == 'spelling' and language == ''")
    for word in ("Strenghten ", "Strenghtening", "Peoples", "Migrants Workers"):
        for key, title in zip(
            fc.read("policies")["policy"], fc.read("policies")["title"]
        ):
            if word in title:
                assert f"policies/{key}" in set(notes["about"]), f"{word} in {key}"


def test_what_the_layout_did_is_told_for_every_table_and_footnote():
    layout = fc.read("print_notes").query("kind == 'layout'")
    assert set(fc.read("tables")["table"]) <= set(layout["table"])
    told = " ".join(layout["note"])
    for footnote in fc.read("footnotes")["footnote"]:
        assert f"footnote {footnote}" in told.lower(), f"footnote {footnote}"
