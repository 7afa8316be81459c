"""What nobody would type on purpose: for parsers, formatters and derived indicators
from hypothesis, for pages and files by hand.
"""

import csv
import json
import math
import random
import re
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from unicodedata import normalize
from urllib.parse import urlsplit

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from markupsafe import Markup
from sphinx.errors import ExtensionError
from test_explorers import opened, rows

import fourcities as fc
from fourcities.facts import (
    DATA,
    Condition,
    Count,
    DataError,
    Row,
    Value,
    about,
    check_addresses,
    check_data,
    check_descriptor,
    check_places,
    check_text,
    period_words,
    ratios,
    readings,
    readings_of,
    round_as_printed,
)
from fourcities.facts.check_claims import claim_problems
from fourcities.facts.check_indicators import indicator_problems
from fourcities.facts.check_ratios import ratio_problems
from fourcities.facts.check_rows import Tables, text_rows
from fourcities.ledger import OUTCOMES
from fourcities.ledger.judges import JUDGES
from fourcities.ledger.shapes import Unknown
from fourcities.presentation import marked
from publishing import newcity
from publishing.extensions.content_policy import check_links

NUMBERS = st.floats(
    allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15
)
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40
)
DAYS = st.dates(pd.Timestamp("1000-01-01").date(), pd.Timestamp("2200-12-31").date())
WORDS = st.from_regex(r"[a-z]{1,8}", fullmatch=True)
settings.register_profile(
    "same", derandomize=True, deadline=None
)  # the same inputs each time, on any machine
settings.load_profile("same")


# ---------- formatters


@given(NUMBERS, st.integers(0, 6))
def test_a_number_is_written_as_it_is_rounded(number, decimals):
    shown = fc.fmt(number, decimals)
    amount, _, word = shown.partition(" ")
    assert re.fullmatch(r"-?\d{1,3}(,\d{3})*(\.\d+)?", amount) and word in (
        "",
        "million",
        "billion",
    )
    scale = {"": 1, "million": 1e6, "billion": 1e9}[word]
    step = 10.0 ** -(decimals if not word else 3) * scale
    assert (
        abs(float(amount.replace(",", "")) * scale - number)
        <= step * 0.5 * (1 + 1e-6) + abs(number) * 1e-12
    )


@given(NUMBERS, st.integers(0, 6))
def test_a_number_and_its_negative_are_written_alike(number, decimals):
    assert fc.fmt(-abs(number), decimals).lstrip("-") == fc.fmt(abs(number), decimals)


@given(NUMBERS, st.integers(0, 6))
def test_halves_go_up_as_people_round(number, decimals):
    rounded = Decimal(repr(round_as_printed(number, decimals)))
    assert abs(rounded - Decimal(repr(number))) <= Decimal(5).scaleb(
        -decimals - 1
    ) + abs(rounded) * Decimal("1e-15")


@given(st.floats(1e-18, 1e6), st.integers(0, 3))
def test_small_numbers_keep_two_digits(number, decimals):
    digits = f"{number:.{fc.fine(number, decimals)}f}".replace(".", "").lstrip("0")
    assert len(digits) >= 2 or number >= 1


@given(st.none() | DAYS, st.none() | DAYS)
def test_a_period_in_words_names_its_years(start, end):
    assume(not (start and end) or start <= end)
    words = period_words(
        *(pd.NaT if day is None else pd.Timestamp(day) for day in (start, end))
    )
    years = {str(day.year) for day in (start, end) if day}
    assert (
        set(re.findall(r"\b\d{4}\b", words)) == years
        if years
        else words == "year not stated"
    )


@given(TEXTS)
def test_any_text_is_shown_as_it_is(text):
    """In tables, names and notes nothing is lost and nothing becomes an element."""
    for html in (
        fc.tagged(text, "de"),
        str(marked(text)),
        fc.table(pd.DataFrame({"A": [text], "B": [text]}), text, "t").html,
    ):
        soup = BeautifulSoup(html, "html.parser")
        shown = (
            {part.get_text() for part in soup.select("td, th, caption")} - {"A", "B"}
            if soup.table
            else {soup.get_text()}
        )
        assert {one.replace("\r", "\n") for one in shown} == {text.replace("\r", "\n")}
        assert {tag.name for tag in soup.find_all()} <= {
            "span",
            "div",
            "table",
            "caption",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
        }


@given(TEXTS)
def test_a_local_name_is_no_markdown(text):
    safe = (
        fc.tagged(text, "de")
        .removeprefix('<span lang="de">')
        .removesuffix("</span>")
        .removeprefix('<span lang="de" dir="rtl">')
    )
    assert not re.search(r"[*_\[\]{}\\$<>]", safe)


@given(TEXTS)
def test_a_city_gets_a_key_or_is_told_why_not(name):
    try:
        key = newcity.key_of(name)
    except newcity.CityError as error:
        assert "expected a name with letters from a to z" in str(error)
    else:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)


# ---------- the language of the claims

TEXT = Tables(  # as the rules see them
    (resource["name"], text_rows(DATA, resource))
    for resource in fc.descriptor()["resources"]
)


@given(
    WORDS,
    st.sampled_from(["", "per_1000"]),
    WORDS,
    st.sampled_from(["", "2016"]),
    st.sampled_from(readings.OPERATORS),
    st.integers(-(10**6), 10**6),
)
def test_a_reading_says_what_was_written(
    indicator, relation, place, year, operator, number
):
    related = f"@{relation}" if relation else ""
    dated = f":{year}" if year else ""
    text = f"{indicator}{related}:{place}{dated} {operator} {number}"
    (reading,) = readings_of("compare", text)
    assert reading.parts[0] == Value(
        indicator, relation, place, year
    ) and operator in str(reading)


@given(WORDS, WORDS, WORDS)
def test_rows_and_counts_are_read(table, key, column):
    (reading,) = readings_of("compare", f"#{table}?{column}={key} > 1")
    assert reading.parts[0] == Count(table, (Condition(column, True, (key,), False),))
    (reading,) = readings_of("earlier", f"{table}/{key}.{column} < {table}/{key}")
    assert list(reading.parts) == [Row(table, key, column), Row(table, key, "")]


@given(
    st.sampled_from(readings.CHECKS),
    st.text(max_size=30) | st.text("abc:/#?=|<>@. +*123", max_size=30),
)
def test_any_other_text_is_refused_with_words(check_, text):
    try:
        readings_of(check_, text)
    except ValueError as error:
        assert len(str(error)) > 10


PLACES = st.sampled_from(["berlin", "cologne", "hangzhou", "china"])
INDICATORS = "gdp asylum_seekers foreigners_share foundations@per_100000 autonomy"
VALUES = st.builds(
    "{}:{}{}".format,
    st.sampled_from(INDICATORS.split()),
    PLACES,
    st.sampled_from(["", "", ":2015", ":2016"]),
)
COUNTS = st.builds("#policies?place={}&kind{}law".format, PLACES, st.sampled_from("=~"))
ROWS = st.sampled_from(["policies/berlin-master-plan", "events/ming-qing"])
TERMS = VALUES | COUNTS | st.sampled_from(["5", "0"])
RESTS = st.one_of(
    st.tuples(
        st.just("compare"),
        st.builds("{} {} {}".format, TERMS, st.sampled_from("=><"), TERMS),
    ),
    st.tuples(
        st.just("compare"), st.builds("{} / {} > {}".format, TERMS, TERMS, TERMS)
    ),
    st.tuples(st.just("first in"), st.builds("{} in {}".format, VALUES, PLACES)),
    st.tuples(st.just("earlier"), st.builds("{} < {}".format, ROWS, ROWS | COUNTS)),
    st.tuples(
        st.sampled_from(
            [one for one in readings.CHECKS if one not in readings.BETWEEN]
        ),
        st.lists(VALUES | ROWS, min_size=1, max_size=2).map(" ".join),
    ),
)


@given(RESTS)
def test_a_claim_that_passes_can_be_judged(claim):
    """Whatever a claim rests on: it is named, or its check takes it, and says what it
    finds or what is not printed.
    """
    check, rests_on = claim
    row = TEXT["claims"][0]
    cells = {**row.cells, "check": check, "rests_on": rests_on, "needs": "more"}
    tables = Tables({**TEXT, "claims": [replace(row, cells=cells)]})
    if claim_problems(tables):
        return
    (reading,) = readings_of(check, rests_on)
    try:
        assert JUDGES[check](reading).holds in (True, False)
    except Unknown as why:
        assert check not in ("compare", "same code") or "too few" in str(why)


# ---------- addresses and formulas

SCHEMES = st.sampled_from(
    [
        "http://",
        "HTTPS://",
        "https:",
        "//",
        "javascript:",
        "data:text/html,",
        "file:",
        "",
    ]
)
BITS = st.lists(
    st.sampled_from(["a.org", "/", "?", "#", "@", ":80", '"', "'", " on=", "<b>", "\\"])
    | st.text(max_size=3),
    max_size=6,
).map("".join)


@given(SCHEMES, BITS, st.sampled_from(["sources", "outside_figures", "print_notes"]))
def test_an_address_that_passes_leads_to_a_host_and_nowhere_else(scheme, rest, table):
    cell = scheme + rest
    if not cell or check_addresses.unlike_address(cell, table):
        return
    for one in cell.split(" "):
        page = BeautifulSoup(Markup('<a href="{}">x</a>').format(one), "html.parser")
        assert page.a.attrs == {"href": one}
        parts = urlsplit(one)
        assert parts.scheme in ("http", "https") or table == "sources"
        assert parts.username is None and (parts.hostname or one.startswith("www."))
        check_links("page", str(page))


@given(st.sampled_from(["javascript", "file", "vbscript", "data", "ftp"]), TEXTS)
def test_no_page_leads_to_another_scheme(scheme, rest):
    link = str(Markup('<a class="x" href="{}">').format(f"{scheme}:{rest}"))
    with pytest.raises(ExtensionError, match="page: found the address"):
        check_links("page", link)


@given(
    st.sampled_from(["", " ", "\u3000", "\xa0"]),
    st.sampled_from("=@＝＠+-＋－"),
    st.sampled_from(["1+1", "cmd()", "2+3+cmd|' /C calc'!A0", "HYPERLINK(A1)"]),
)
def test_no_formula_passes(blank, sign, rest):
    assert check_text.FORMULA.match(blank + sign + rest)


@given(st.integers(-(10**9), 10**9), st.sampled_from(["", "%", " percent a year"]))
def test_a_negative_number_is_no_formula(number, unit):
    assert not check_text.FORMULA.match(f"{number}{unit}")


# ---------- derived indicators

AMOUNT = st.floats(1e-6, 1e12)


CLAIMS = list(fc.read("claims")["claim"])
FILES = st.dictionaries(  # of students: claims, each with a verdict and a reason
    st.text("abcdefgh", min_size=1, max_size=4),
    st.dictionaries(
        st.sampled_from(CLAIMS), st.tuples(st.sampled_from([*OUTCOMES]), TEXTS)
    ),
    min_size=1,
    max_size=5,
)


@given(FILES, st.sampled_from(",;\t"), st.sampled_from(["utf-8-sig", "utf-16"]))
def test_any_verdicts_of_a_class_arrive(files, mark, code):
    with TemporaryDirectory() as folder:
        for name, said in files.items():
            file = Path(folder, f"{name}.csv")
            with file.open("w", encoding=code, newline="") as opened_:
                lines = csv.writer(opened_, delimiter=mark)
                lines.writerow(["claim", "verdict", "reason", "name"])
                lines.writerows([key, *said[key], ""] for key in said)
        found = fc.verdicts(folder).set_index("claim")
    for claim, row in found.iterrows():
        chosen = [said[claim][0] for said in files.values() if claim in said]
        assert row["judged"] == len(chosen) == sum(row[[*OUTCOMES]])
        assert all(row[outcome] == chosen.count(outcome) for outcome in OUTCOMES)
    assert set(found.index) == {claim for said in files.values() for claim in said}


@given(st.binary(max_size=200))
def test_bytes_that_are_no_verdicts_are_refused_in_words(content):
    with TemporaryDirectory() as folder:
        head = b"claim,verdict,reason,name\n"
        for start in (b"", head, head.decode().encode("utf-16")):
            Path(folder, "a.csv").write_bytes(start + content)
            try:
                found = fc.verdicts(folder)
            except DataError as refused:
                assert "a.csv" in str(refused)
            else:
                assert found.empty, "but for blank rows"


@given(
    AMOUNT,
    AMOUNT,
    st.sampled_from([1, 100, 1000, 100000]),
    st.lists(st.sampled_from(["", "u", "b", "d", "e"]), min_size=2, max_size=2),
    st.lists(st.booleans(), min_size=2, max_size=2),
    st.lists(st.integers(1990, 2030), min_size=2, max_size=2),
)
def test_a_ratio_divides_and_inherits_every_doubt(
    top, bottom, factor, flags, added, years
):
    info = {
        "indicator": "made",
        "label": "Made",
        "factor": factor,
        "decimals": 2,
        "unit": "count",
        "pattern": "{}",
    }
    parts = [
        {
            "indicator": name,
            "place": "berlin",
            "value": value,
            "decimals": 0,
            "unit": "count",
            "period_start": pd.Timestamp(year, 1, 1),
            "period_end": pd.Timestamp(year, 12, 31),
            "printed": "",
            "qualifier": "",
            "section": "2.1",
            "table": "",
            "source": "s" if more else "",
            "flag": flag,
            "note": f"because {name}",
            "added": more,
        }
        for name, value, flag, more, year in zip(
            ("one", "other"), (top, bottom), flags, added, years
        )
    ]
    wording = ratios.Wording({"one": "One", "other": "Other"}, {"count": "{}"})
    row = ratios._ratio(info, ratios.Fraction(*parts, None), wording)
    assert math.isclose(row["value"], top / bottom * factor)
    letters = "".join(flags) + ("d" if years[0] != years[1] else "")
    assert row["flag"] == next((letter for letter in "ubde" if letter in letters), "")
    assert all(
        (f"because {name}" in row["note"]) == bool(flag)
        for name, flag in zip(("one", "other"), flags)
    )
    assert (
        row["added"] == any(added)
        and row["source"] == ("s" if any(added) else "")
        and (row["period"] == str(years[0])) == (years[0] == years[1])
    )
    assert row["section"] == ("" if all(added) else "2.1")


@given(
    st.lists(st.tuples(st.integers(1990, 2030), st.booleans()), min_size=1, max_size=6),
    st.integers(1990, 2030),
    st.booleans(),
)
def test_the_denominator_is_the_nearest_and_the_reports_own_for_the_report(
    years, wanted, added
):
    candidates = [
        {"period_end": pd.Timestamp(year, 12, 31), "added": more}
        for year, more in years
    ]
    chosen = ratios._nearest(
        candidates, {"period_end": pd.Timestamp(wanted, 12, 31), "added": added}
    )
    allowed = (
        [year for year, more in years if not more]
        if not added and not all(more for _, more in years)
        else [year for year, _ in years]
    )
    assert abs(chosen["period_end"].year - wanted) == min(
        abs(year - wanted) for year in allowed
    )


KEYS = st.sampled_from([row["indicator"] for row in TEXT["indicators"]])


@given(
    st.sampled_from([row for row in TEXT["indicators"] if row["numerator"]]),
    st.fixed_dictionaries(
        {},
        optional={
            "numerator": KEYS,
            "denominator": KEYS,
            "denominator_less": KEYS | st.just(""),
            "denominator_place": st.sampled_from(["", "country"]),
            "factor": st.sampled_from(["0", "-1", "1", "100", "1000", "9" * 400]),
            "unit": st.sampled_from([row["unit"] for row in TEXT["units"]]),
            "recomputes": KEYS,
        },
    ),
)
def test_what_may_be_computed_is_finite_and_tells_something(row, cells):
    """Whatever a formula is changed to: it is named, or it gives numbers that are not
    all the same.
    """
    changed = replace(row, cells={**row.cells, **cells})
    others = [one for one in TEXT["indicators"] if one.number != row.number]
    tables = Tables({**TEXT, "indicators": [*others, changed]})
    if ratio_problems(tables) or indicator_problems(tables):
        return
    info = about(row["indicator"])
    for column, cell in cells.items():
        info[column] = float(cell) if column == "factor" else cell
    info["pattern"] = "{}"
    found = ratios.derived_rows(info)["value"]
    assert found.map(math.isfinite).all() and (found >= 0).all()
    assert len(found) < 2 or found.nunique() > 1
    assert changed["recomputes"] != row["indicator"]


@given(st.data())
def test_every_way_up_ends_in_a_country_or_is_named(data):
    keys = st.sampled_from([row["place"] for row in TEXT["places"]])
    kinds = st.sampled_from(list(check_places.ABOVE))
    rows = [
        replace(
            row,
            cells={
                **row.cells,
                "kind": data.draw(st.just(row["kind"]) | kinds),
                "parent": data.draw(st.just(row["parent"]) | keys | st.just("")),
            },
        )
        for row in TEXT["places"]
    ]
    if check_places.parent_problems(Tables({"places": rows})):
        return
    places = {row["place"]: row for row in rows}
    tops = rows
    for _ in places:
        tops = [places.get(row["parent"], row) for row in tops]
    assert all(row["kind"] == "country" and not row["parent"] for row in tops)


@pytest.mark.parametrize(
    "indicator, value, said",
    [
        ("area", "0", "not computable for berlin: population_density, per_sq_km"),
        ("population", "0.0", "not computable for germany: population_share_computed"),
        ("floating_population", "9" * 9, "registered_so_per_10000_not_floating"),
    ],
)
def test_what_nothing_can_be_divided_by_is_a_doubt(indicator, value, said):
    rows = list(TEXT["observations"])
    at = next(n for n, row in enumerate(rows) if row["indicator"] == indicator)
    rows[at] = replace(rows[at], cells={**rows[at].cells, "value": value})
    (doubt,) = ratio_problems(Tables({**TEXT, "observations": rows}))
    assert (
        doubt.unlikely and said in str(doubt) and f"row {rows[at].number}" in str(doubt)
    )


@pytest.mark.parametrize("relate", fc.read("relations")["relation"])
def test_relating_is_one_division(relate):
    relation = fc.read("relations").set_index("relation").loc[relate]
    allowed = [
        row["indicator"]
        for _, row in fc.read("indicators").iterrows()
        if relate in row["relate"].split()
    ]
    for indicator in allowed:
        plain, related = (
            fc.observations(indicator, relate=how).set_index(["place", "period_start"])
            for how in ("absolute", relate)
        )
        for key, row in related.iterrows():
            divisor = (
                plain.at[key, "value"] * relation["factor"] / row["value"]
                if row["value"]
                else None
            )
            below = fc.read("observations").query(
                "indicator == @bottom",
                local_dict={"bottom": relation["denominator"] or indicator},
            )["value"]
            assert divisor is None or any(
                math.isclose(divisor, value) for value in below
            )


# ---------- the data package

TABLES = {
    resource["path"]: [field["name"] for field in resource["schema"]["fields"]]
    for resource in fc.descriptor()["resources"]
}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(
        [
            "observations.csv",
            "places.csv",
            "measures.csv",
            "indicators.csv",
            "codings.csv",
            "sources.csv",
        ]
    ),
    st.integers(0, 10**6),
    st.integers(0, 10**6),
    st.text(max_size=20)
    | st.sampled_from(["=1+1", "<b>", "１２", "1e309", "\u202e", "a\nb", ""]),
)
def test_any_cell_is_kept_or_named(tmp_path, file, at, column, text):
    """Whatever stands in a cell: either the package is sound and the cell holds it, or
    the message names file, row and column.
    """
    folder = tmp_path / "data"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(DATA, folder)
    with (folder / file).open(encoding="utf-8", newline="") as source:
        found = list(csv.reader(source))
    at, column = at % (len(found) - 1) + 1, column % len(found[0])
    text = text.encode("utf-8", "ignore").decode()
    found[at][column] = text
    with (folder / file).open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows(found)
    try:
        check_data(folder)
    except DataError as error:
        assert all(problem.file in TABLES for problem in error.problems)
        assert any(problem.file == file for problem in error.problems) or found[0][
            column
        ] in [TABLES[file][0], "source", "citation"], str(error)
    else:
        with (folder / file).open(encoding="utf-8", newline="") as source:
            assert list(csv.reader(source))[at][column] == text


@given(
    st.data(),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=2)
            | st.dictionaries(st.sampled_from(["name", "path", "schema"]), inner)
        ),
        max_leaves=4,
    ),
)
def test_any_descriptor_is_of_its_shape_or_named(data, value):
    """Whatever stands anywhere in datapackage.json: it can be read, or it is named."""
    package = json.loads((DATA / "datapackage.json").read_text("utf-8"))
    at = package
    key = None
    for _ in range(data.draw(st.integers(1, 7))):
        within = at if key is None else at[key]
        if not isinstance(within, (dict, list)) or not within:
            break
        at = within
        keys = sorted(at) if isinstance(at, dict) else range(len(at))
        key = data.draw(st.sampled_from(keys))
    at[key] = value
    if not check_descriptor.descriptor_problems(package):
        for resource in package["resources"]:
            assert resource["path"] == f"{resource['name']}.csv"
            assert {field["type"] for field in resource["schema"]["fields"]} <= set(
                check_descriptor.TYPES
            )


def test_a_huge_file_is_refused_at_once(tmp_path):
    """200 MB: nothing is read, the message has file and size."""
    folder = shutil.copytree(DATA, tmp_path / "data")
    with (folder / "observations.csv").open("r+b") as file:
        file.truncate(200_000_000)
    with pytest.raises(
        DataError,
        match=r"data/observations.csv: expected a file of at most 100 MB; this one "
        r"has 200 MB",
    ):
        check_data(folder)


def test_a_cell_beyond_all_measure_is_named(tmp_path):
    folder = shutil.copytree(DATA, tmp_path / "data")
    path = folder / "places.csv"
    path.write_text(
        path.read_text("utf-8") + "x" * 200_000 + ",city,germany,added,Longtown,,,,\n",
        "utf-8",
    )
    with pytest.raises(
        DataError,
        match=r"data/places.csv, row \d+, column place: found 'x{80}', expected at "
        r"most 5,000 letters; these are 200,000",
    ):
        check_data(folder)


# ---------- pages


def test_a_formula_in_the_data_cannot_reach_a_spreadsheet():
    """No cell of any table begins as a formula does; what the explorers give out is
    tested with them.
    """
    for resource in fc.descriptor()["resources"]:
        with (DATA / resource["path"]).open(encoding="utf-8", newline="") as file:
            assert not [
                cell
                for row in csv.reader(file)
                for cell in row
                if check_text.FORMULA.match(cell)
            ], resource["path"]


def test_links_with_garbage_show_the_rest(browser, address):
    """Random picks, keys and markup in the address: nothing runs, no message, the table
    stands.
    """
    chance = random.Random(8)
    bits = [
        "<script>window.hacked=1</script>",
        "%00",
        "javascript:alert(1)",
        "..%2F..%2F",
        "'\"",
        "\u202e",
        "🏙",
        "NaN",
        "1e309",
        "berlin",
        "gdp",
        "2016",
        "profile",
        "a" * 500,
        "&&==",
        "#",
        "__proto__",
        "constructor",
        "[object Object]",
    ]
    keys = [
        "cities",
        "indicator",
        "relate",
        "period",
        "sort",
        "view",
        "words",
        "__proto__",
        "toString",
    ]
    page = opened(browser, f"{address}/economy.html")
    for _ in range(40):
        picks = []
        for _ in range(4):
            key = chance.choice(keys)
            some = ",".join(chance.choices(bits, k=chance.randint(0, 3)))
            picks.append(f"explore-economy.{key}={some}")
        query = "&".join(picks).replace("#", "%23")
        page.goto(f"{address}/economy.html?{query}")
        page.wait_for_selector("#explore-economy.awake")
        picks = page.evaluate(
            "document.getElementById('explore-economy').explorer.get('value')"
        )
        assert set(picks["cities"]) <= set(fc.cities()) and picks[
            "indicator"
        ] in TABLES["indicators.csv"] + list(fc.read("indicators")["indicator"]), query
        assert (
            picks["view"] in ("bars", "table", "profile")
            and picks["period"] in ("all", "latest")
            or re.fullmatch(r"\d{4}", picks["period"])
        ), query
        assert (
            rows(page, "explore-economy")
            or "No city is picked." in page.locator("#explore-economy").inner_text()
        )
    assert page.evaluate("window.hacked") is None and page.messages == []
    page.context.close()


def test_hostile_but_plain_names_are_text_everywhere(browser, address, site, tmp_path):
    """Quotes, ampersands, accents that combine, letters from right to left and a name
    of two hundred letters: shown, searched, taken away.
    """
    names = ['O\'Neil & "Söhne"', normalize("NFD", "Ångström"), "מים ﻣﺎء", "W" * 200]
    explorer = fc.Explorer("population", label="plain")
    text = json.dumps(explorer.data)
    for old, new in zip(map(fc.name, fc.cities("report")), names):
        text = text.replace(json.dumps(old), json.dumps(new))
    explorer.data = json.loads(text)
    (tmp_path / "_static").symlink_to(site / "_static")
    html = str(explorer._repr_html_())
    (tmp_path / "page.html").write_text(
        re.sub(
            r'<section class="explorer".*?</section>',
            lambda own: html,
            (site / "economy.html").read_text("utf-8"),
            count=1,
            flags=re.S,
        ),
        "utf-8",
    )
    page = opened(
        browser,
        (tmp_path / "page.html").as_uri(),
        viewport={"width": 390, "height": 800},
    )
    shown = [row[0] for row in rows(page, "plain")]
    assert set(names) <= set(shown)
    assert (
        page.evaluate("document.documentElement.scrollWidth") <= 390
        and page.messages == []
    )
    page.context.close()
