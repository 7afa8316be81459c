"""Values and periods say what is printed, whoever wrote or saved them."""

import calendar
import csv
import re
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fourcities as fc
from fourcities.facts import DATA
from fourcities.facts.check_rows import TextRow, text_rows
from fourcities.facts.check_rules import rule_problems
from fourcities.facts.check_sense import sense_problems
from fourcities.facts.check_text import plain_problems
from fourcities.facts.check_wording import wording_problems
from fourcities.facts.wording import SCALES, numbers_in, spans_in, years_in

settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")
UNITS = [
    TextRow("units.csv", n, dict(zip(("unit", "label", "symbol"), row)))
    for n, row in enumerate(fc.read("units").itertuples(index=False), 2)
]

# ---------- a spreadsheet opens the tables and saves them


def as_calc_saves(cell):
    """A cell as LibreOffice Calc's import takes it: numbers lose what isn't needed."""
    number = re.fullmatch(r"(-?)(\()?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(\))?", cell)
    if not number or bool(number[2]) != bool(number[5]):
        return cell
    sign = "-" if number[1] or number[2] else ""
    decimals = (number[4] or "").rstrip("0").rstrip(".")
    return sign + number[3].replace(",", "").lstrip("0").rjust(1, "0") + decimals


def as_excel_saves(cell):
    """The same, and what can be a day of the year is one."""
    day = re.fullmatch(r"(\d\d?)-(\d\d?)", cell)
    if day and 1 <= int(day[1]) <= 12 and 1 <= int(day[2]) <= 28:
        return f"{int(day[2])}-{calendar.month_abbr[int(day[1])]}"
    return as_calc_saves(cell)


@pytest.mark.parametrize("saved", [as_calc_saves, as_excel_saves])
def test_no_cell_changes_unseen_in_a_spreadsheet(tmp_path, saved):
    """Each row of each table that a spreadsheet would alter is named."""
    folder = shutil.copytree(DATA, tmp_path / "data")
    altered = set()
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        after = [[saved(cell) for cell in row] for row in rows]
        for number, (old, new) in enumerate(zip(rows, after), 2):
            if old != new:
                altered.add((path.name, number))
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *after])
    problems = plain_problems(folder, fc.descriptor()) + rule_problems(folder)
    assert len(altered) > 20
    assert altered <= {(problem.file, problem.row) for problem in problems}


# ---------- what a wording says


def problems_of(value, printed, start="", end="", unit="persons"):
    """What is wrong with an observation, told as columns."""
    cells = {
        "value": value,
        "unit": unit,
        "printed": printed,
        "period_start": start,
        "period_end": end,
    }
    tables = {"units": UNITS, "observations": [TextRow("observations.csv", 2, cells)]}
    return [problem.column for problem in wording_problems(tables)]


DIGITS = st.integers(0, 10**7)
PLACES = st.integers(0, 3)
AROUND = st.sampled_from(["{}", "Asylum seekers: {}", "{} (2016)", "in 2016 … {} SOs"])


def written(number, places):
    """A number with places behind the point: in plain digits, and as it is printed."""
    whole, rest = divmod(number, 10**places)
    decimals = f".{rest:0{places}d}" if places else ""
    return f"{whole}{decimals}", f"{whole:,}{decimals}"


@given(DIGITS, PLACES, AROUND)
def test_a_number_is_read_as_it_is_printed(number, places, around):
    plain, printed = written(number, places)
    assert [found.value for found in numbers_in(around.format(printed))] == [plain]


@given(DIGITS)
def test_only_a_number_that_has_signs_to_lose_is_refused_without_them(number):
    assert problems_of(str(number), f"{number:,}") == []
    bare = problems_of(str(number), str(number))
    assert bare == ([] if number < 1000 else ["printed"])


@given(DIGITS, st.sampled_from(sorted(SCALES)))
def test_a_scale_moves_the_point(number, scale):
    plain, printed = written(number, 3)
    (found,) = numbers_in(f"about {printed} {scale} of 2016")
    assert float(found.value) == pytest.approx(float(plain) * 10 ** SCALES[scale])
    assert len(found.value.partition(".")[2]) == max(0, 3 - SCALES[scale])


@given(DIGITS, PLACES, st.data())
def test_any_other_digits_are_refused(number, places, data):
    """Digits turned, dropped, added or moved to another scale."""
    plain, printed = written(number, places)
    other = data.draw(
        st.sampled_from([plain + "0", plain + ".0", plain[::-1], "1" + plain])
        | st.from_regex(r"(0|[1-9][0-9]{0,7})(\.[0-9]{1,3})?", fullmatch=True)
    )
    wording = f"{printed} residents"
    assert problems_of(plain, wording) == []
    assert problems_of(other, wording) == ([] if other == plain else ["value"])


@given(st.integers(1000, 2099), st.integers(1000, 2099))
def test_a_period_of_other_years_is_refused(said, meant):
    start, end = f"{meant}-01-01", f"{meant}-12-31"
    right = said == meant
    for wording in (f"12,345 in {said}", f"end of {said}: 12,345"):
        found = problems_of("12345", wording, start, end)
        assert found == ([] if right else ["period_start"])


@pytest.mark.parametrize(
    "wording, number",
    [
        ("1.061.000 Einwohner", "1061000"),
        ("4,45 %", "4.45"),
        ("3 671 000 persons", "3671000"),
        ("1’061’000", "1061000"),
        ("1403.5万人", "14035000"),
        ("−2.0% p.a.", "-2.0"),
        ("2005-2014: Ø 2.0% p.a.", "2.0"),
        ("a minimum of 8.5 … in every 10,000 inhabitants", "8.5"),
        ("2016", "2016"),
        ("the 19th century saw two", "2"),
        ("１２ districts", "12"),
    ],
)
def test_numbers_are_read_in_the_ways_they_are_written(wording, number):
    assert [found.value for found in numbers_in(wording)] == [number]


def test_years_are_read_in_the_ways_they_are_written():
    assert years_in("1950s") == {1950, 1959} and years_in("19th century") == {
        1801,
        1900,
    }
    assert years_in("in 2015, 2,016 of 2.017") == {2015}
    assert spans_in("2008–2013, 2014") == [(2008, 2013)]


@pytest.mark.parametrize(
    "wording, unit, refused",
    [
        ("892.00 ha", "sq_km", True),
        ("892.00 square miles", "sq_km", True),
        ("892.00 sq km", "sq_km", False),
        ("892.00 km²", "sq_km", False),
        ("892.00 euros", "usd", True),
        ("€ 892.00", "usd", True),
        ("US$ 892.00", "usd", False),
        ("892.00 yuan", "usd", True),
        ("892.00 yuan", "yuan", False),
        ("892.00 percent", "persons", True),
        ("892.00%", "percent", False),
        ("892.00 months", "years", True),
        ("892.00 flats", "count", False),
    ],
)
def test_a_measure_in_the_wording_is_that_of_the_unit(wording, unit, refused):
    assert problems_of("892.00", wording, unit=unit) == ["printed"] * refused


def test_a_wording_without_a_number_is_a_doubt():
    assert problems_of("50", "half of the residents") == ["printed"]


# ---------- sense

TABLES = {one["name"]: text_rows(DATA, one) for one in fc.descriptor()["resources"]}


def doubted(table, row, **cells):
    """What is wrong with a row of these cells: columns, and whether it is a doubt."""
    old = TABLES[table][row]
    new = TextRow(old.file, old.number, old.cells | cells)
    rows = [new if one is old else one for one in TABLES[table]]
    problems = sense_problems(TABLES | {table: rows})
    return {(one.column, one.unlikely) for one in problems if one.row == new.number}


YEARS = st.integers(1900, 2026).map(str)


@given(YEARS, YEARS, YEARS)
def test_a_policy_is_made_before_it_is_revised_or_ends(year, revised, last):
    cells = {"year": year, "revised": revised, "runs_to": last, "year_printed": ""}
    wrong = {("revised", False)} if revised < year else set()
    wrong |= {("runs_to", False)} if last < year else set()
    assert doubted("policies", 0, **cells) == wrong


@given(st.integers(0, 10**12), st.sampled_from(["", ".0", ".5"]))
def test_a_count_is_whole_and_of_a_kind(number, decimals):
    """Berlin's population: any other is a doubt only if it is far from all others."""
    found = doubted("observations", 6, value=f"{number}{decimals}")
    assert (("value", False) in found) == bool(decimals)
    if 10**6 <= number < 8 * 10**7:
        assert ("value", True) not in found
    if 0 < number < 3600 or number > 892 * 10**5:
        assert ("value", True) in found


def test_nothing_in_the_data_is_doubted():
    assert sense_problems(TABLES) == []
