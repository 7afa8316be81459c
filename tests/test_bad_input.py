"""Bad data: one clear message each, naming file, row, column, value and what was
expected.
"""

import shutil

import pytest

from conftest import run_build
from fourcities.facts import DATA, DataError, check_data


def replaced(old, new, count=1):
    def change(text):
        assert old in text, f"{old!r} is no longer in the file"
        return text.replace(old, new, count)

    return change


def duplicated(start):
    return lambda text: (
        text + next(line for line in text.splitlines() if line.startswith(start)) + "\n"
    )


def without_column(name):
    def change(text):
        rows = [line.split(",") for line in text.splitlines()]
        at = rows[0].index(name)
        return "\n".join(",".join(row[:at] + row[at + 1 :]) for row in rows) + "\n"

    return change


def each_line(change):
    return lambda text: "\n".join(change(line) for line in text.splitlines()) + "\n"


# a row put at the end
ADDED = (
    "observations.csv, row "
    f"{len((DATA / 'observations.csv').read_text('utf-8').splitlines()) + 1}"
)
COLOGNE = "population,cologne,2016-12-31,2016-12-31,1061000,persons,"
BAD = {  # name: (file, change to its text, pieces of the message)
    "missing column": (
        "units.csv",
        without_column("symbol"),
        ["units.csv, row 1, column symbol", "the columns are unit, label, symbol"],
    ),
    "renamed column": (
        "units.csv",
        replaced("symbol", "sign"),
        ["units.csv, row 1, column symbol", "units.csv, row 1, column sign"],
    ),
    "extra column": (
        "units.csv",
        each_line(lambda line: line + ",x"),
        ["units.csv, row 1, column x", "only the columns"],
    ),
    "columns in another order": (
        "units.csv",
        replaced("unit,label", "label,unit"),
        ["units.csv, row 1", "in the order unit, label, symbol"],
    ),
    "row too short": (
        "units.csv",
        replaced("count,number,number", "count,number"),
        ["units.csv, row 10, column symbol"],
    ),
    "row too long": (
        "units.csv",
        replaced("count,number,number", "count,number,number,more"),
        ["units.csv, row 10", "'more'", "3 cells"],
    ),
    "blank row": (
        "units.csv",
        lambda text: text + ",,\n",
        ["units.csv, row 19", "no blank rows"],
    ),
    "empty file": ("units.csv", lambda text: "", ["units.csv", "the file is empty"]),
    "text for a number": (
        "observations.csv",
        replaced(COLOGNE, COLOGNE.replace("1061000", "about a million")),
        ["observations.csv, row 9, column value", "'about a million'", "a number"],
    ),
    "thousands separators": (
        "observations.csv",
        replaced(COLOGNE, COLOGNE.replace("1061000", "1.061.000")),
        ["row 9, column value", "'1.061.000'", "no thousands separator"],
    ),
    "not a number": (
        "observations.csv",
        replaced(COLOGNE, COLOGNE.replace("1061000", "NaN")),
        ["row 9, column value", "'NaN'"],
    ),
    "infinite": (
        "observations.csv",
        replaced(COLOGNE, COLOGNE.replace("1061000", "1e309")),
        ["row 9, column value", "'1e309'"],
    ),
    "no value": (
        "observations.csv",
        replaced(COLOGNE, COLOGNE.replace("1061000", "")),
        ["row 9, column value", "not an empty cell"],
    ),
    "wide digits": (
        "observations.csv",
        replaced(COLOGNE, COLOGNE.replace("1061000", "１２")),
        ["row 9, column value", "'１２'", "in the digits 0 to 9"],
    ),
    "Arabic digits": (
        "observations.csv",
        replaced(COLOGNE, COLOGNE.replace("1061000", "١٢")),
        ["row 9, column value", "'١٢'", "in the digits 0 to 9"],
    ),
    "underscores": (
        "observations.csv",
        replaced(COLOGNE, COLOGNE.replace("1061000", "1_061_000")),
        ["row 9, column value", "'1_061_000'"],
    ),
    "exponent": (
        "observations.csv",
        replaced(COLOGNE, COLOGNE.replace("1061000", "1e6")),
        ["row 9, column value", "'1e6'"],
    ),
    "sign before a number": (
        "observations.csv",
        replaced(COLOGNE, COLOGNE.replace("1061000", "+1061000")),
        ["row 9, column value", "'+1061000'"],
    ),
    "space before a number": (
        "observations.csv",
        replaced(COLOGNE, COLOGNE.replace("1061000", " 1061000")),
        ["row 9, column value", "' 1061000'", "without spaces"],
    ),
    "hexadecimal": (
        "observations.csv",
        replaced(COLOGNE, COLOGNE.replace("1061000", "0x10")),
        ["row 9, column value", "'0x10'"],
    ),
    "decimal comma": (
        "observations.csv",
        replaced(COLOGNE, COLOGNE.replace("1061000", '"1.234,5"')),
        ["row 9, column value", "'1.234,5'", "no thousands separator"],
    ),
    "control character": (
        "observations.csv",
        replaced('"1,061,000', '"1,061,\x07000'),
        ["row 9, column printed", "without control characters"],
    ),
    "date too early": (
        "observations.csv",
        replaced(
            COLOGNE, COLOGNE.replace("2016-12-31,2016-12-31", "0016-12-31,0016-12-31")
        ),
        ["row 9, column period_start", "the years 1000 to 2200"],
    ),
    "date too late": (
        "observations.csv",
        replaced(
            COLOGNE, COLOGNE.replace("2016-12-31,2016-12-31", "2016-12-31,9999-12-31")
        ),
        ["row 9, column period_end", "the years 1000 to 2200"],
    ),
    "date in wide digits": (
        "observations.csv",
        replaced(COLOGNE, COLOGNE.replace("2016-12-31,2016", "２０１６-12-31,2016")),
        ["row 9, column period_start", "in the digits 0 to 9"],
    ),
    "place with a space that can't be seen": (
        "observations.csv",
        replaced(COLOGNE, COLOGNE.replace("cologne", "cologne\u200b")),
        ["row 9, column place", "data/places.csv"],
    ),
    "impossible date": (
        "observations.csv",
        replaced(COLOGNE, COLOGNE.replace("2016-12-31", "2016-12-32")),
        ["row 9, column period_start", "'2016-12-32'", "a date such as"],
    ),
    "German date": (
        "observations.csv",
        replaced(COLOGNE, COLOGNE.replace("2016-12-31", "31.12.2016")),
        ["row 9, column period_start", "'31.12.2016'"],
    ),
    "end before start": (
        "observations.csv",
        replaced(COLOGNE, "population,cologne,2016-12-31,2015-12-31,1061000,persons,"),
        ["row 9, column period_end", "'2015-12-31'", "not before"],
    ),
    "one end of a period": (
        "observations.csv",
        replaced(COLOGNE, "population,cologne,2016-12-31,,1061000,persons,"),
        ["row 9, column period_end", "both ends"],
    ),
    "duplicate key": (
        "observations.csv",
        duplicated("population,cologne"),
        [ADDED, "indicator, place, period_start, period_end once", "9"],
    ),
    "duplicate key without period": (
        "observations.csv",
        duplicated("area,berlin"),
        [ADDED, "once"],
    ),
    "unknown place": (
        "observations.csv",
        replaced(COLOGNE, COLOGNE.replace("cologne", "kolonia")),
        ["row 9, column place", "'kolonia'", "data/places.csv"],
    ),
    "unknown indicator": (
        "observations.csv",
        replaced(COLOGNE, COLOGNE.replace("population", "populace")),
        ["row 9, column indicator", "'populace'", "data/indicators.csv"],
    ),
    "unknown unit": (
        "observations.csv",
        replaced(COLOGNE, COLOGNE.replace("persons", "heads")),
        ["row 9, column unit", "'heads'", "data/units.csv"],
    ),
    "amount without a value": (
        "amounts.csv",
        replaced("integration_budget,cologne", "integration_budget,berlin"),
        [
            "amounts.csv, row 6, column indicator",
            "'integration_budget'",
            "a value for berlin in data/observations.csv",
        ],
    ),
    "wrong unit": (
        "observations.csv",
        replaced(COLOGNE, COLOGNE.replace("persons", "sq_km")),
        ["row 9, column unit", "'sq_km'", "persons, the unit of population"],
    ),
    "claim on an unknown indicator": (
        "claims.csv",
        replaced("gdp_per_capita_computed:berlin", "gdp_per_head:berlin"),
        [
            "claims.csv, row",
            "column rests_on",
            "data/indicators.csv, not 'gdp_per_head'",
        ],
    ),
    "claim on an unknown place": (
        "claims.csv",
        replaced("gdp_per_capita_computed:berlin", "gdp_per_capita_computed:bonn"),
        ["column rests_on", "data/places.csv, not 'bonn'"],
    ),
    "claim on an unknown row": (
        "claims.csv",
        replaced("policies/hangzhou-permit", "policies/hangzhou-pass"),
        ["column rests_on", "a row of data/policies.csv, not 'hangzhou-pass'"],
    ),
    "claim on an unknown column": (
        "claims.csv",
        replaced("#policies?place=berlin&table=6", "#policies?place=berlin&tabel=6"),
        ["column rests_on", "a column of data/policies.csv, not 'tabel'"],
    ),
    "claim with a relation that makes no sense": (
        "claims.csv",
        replaced("foundations@per_100000:cologne", "foundations@per_resident:cologne"),
        [
            "column rests_on",
            "a relation that data/indicators.csv allows for foundations, not "
            "'per_resident'",
        ],
    ),
    "claim without a sign": (
        "claims.csv",
        replaced(
            "gdp_per_capita:berlin = gdp_per_capita_computed:berlin",
            "gdp_per_capita:berlin gdp_per_capita_computed:berlin",
        ),
        ["column rests_on", "a left side, one of"],
    ),
    "claim with a word that is none": (
        "claims.csv",
        replaced(
            "gdp_per_capita:berlin = gdp_per_capita_computed:berlin",
            "gdp_per_capita:berlin = GDP-per-head",
        ),
        ["column rests_on", "a value such as gdp:berlin", "not 'GDP-per-head'"],
    ),
    "claim with an unknown check": (
        "claims.csv",
        replaced(",compare,", ",guess,"),
        ["claims.csv, row", "column check", "'guess'"],
    ),
    "claim that nothing settles and needs nothing": (
        "claims.csv",
        replaced("Origin and work of Guangzhou's migrants", ""),
        ["column needs", "what would be needed"],
    ),
    "unknown flag": (
        "observations.csv",
        replaced("table-1,u,", "table-1,x,"),
        ["row 7, column flag", "'x'", "data/flags.csv"],
    ),
    "unknown source": (
        "observations.csv",
        replaced("table-1,u,", "table-9,u,"),
        ["row 7, column source", "'table-9'", "data/citations.csv"],
    ),
    "unknown kind of place": (
        "places.csv",
        replaced(",city,", ",town,"),
        [
            "places.csv, row 7, column kind",
            "'town'",
            "one of country, federal state, province, city",
        ],
    ),
    "city in no country": (
        "places.csv",
        replaced("berlin,city,germany,", "berlin,city,,"),
        ["places.csv, row 7, column parent", "up to a country"],
    ),
    "place above itself": (
        "places.csv",
        replaced("berlin,city,germany,", "berlin,city,berlin,"),
        ["places.csv, row 7, column parent", "'berlin'"],
    ),
    "unknown key of a table row": (
        "table_rows.csv",
        replaced("indicator,gdp,", "indicator,gnp,"),
        ["table_rows.csv, row 5, column key", "'gnp'", "a known indicator"],
    ),
    "negative population": (
        "observations.csv",
        replaced(COLOGNE, COLOGNE.replace("1061000", "-1061000")),
        ["row 9, column value", "'-1061000'", "0 or more"],
    ),
    "share above 100": (
        "observations.csv",
        replaced("share_services,berlin,,,85.9", "share_services,berlin,,,185.9"),
        ["column value", "'185.9'", "100 or less"],
    ),
    "sector shares that make no whole": (
        "observations.csv",
        replaced("share_other,berlin,,,0.8", "share_other,berlin,,,0.1"),
        ["column value", "sector shares of berlin that sum to 100 (they give 99.3)"],
    ),
    "derived value stored": (
        "observations.csv",
        replaced(
            "area,berlin,,,892.00,sq_km",
            "population_density,berlin,,,892.00,persons_per_sq_km",
        ),
        ["column indicator", "'population_density'", "never stored"],
    ),
    "half of a formula": (
        "indicators.csv",
        replaced(",gdp,population,,,1,gdp_per_capita,", ",gdp,,,,1,gdp_per_capita,"),
        ["indicators.csv, row 18", "numerator, denominator and factor together"],
    ),
    "nothing to take from": (
        "indicators.csv",
        replaced(
            "Area,sq_km,2,{} sq km,Size of the city's territory.,size,2.1,0,,,,,,,,",
            "Area,sq_km,2,{} sq km,Size of the city's "
            "territory.,size,2.1,0,,,,,floating_population,,,",
        ),
        [
            "indicators.csv, row 2, column denominator_less",
            "a denominator to take this from",
        ],
    ),
    "open period that the wording does not open": (
        "events.csv",
        replaced(",since 2012,", ",2012,"),
        ["events.csv, row", "column period_end", "since"],
    ),
    "name without its language": (
        "policies.csv",
        replaced(
            "Masterplan Integration und Sicherheit,de,",
            "Masterplan Integration und Sicherheit,,",
        ),
        ["policies.csv, row 4, column language", "language and local_title together"],
    ),
    "language without a name": (
        "organizations.csv",
        replaced("香江社会求助基金会,zh-Hans,", ",zh-Hans,"),
        ["organizations.csv, row 3, column language", "'zh-Hans'"],
    ),
    "year in words": (
        "policies.csv",
        replaced("zh-Hans,2014,", "zh-Hans,about 2014,"),
        ["policies.csv, row 11, column year", "'about 2014'", "a year such as 2018"],
    ),
    "unknown provider": (
        "measures.csv",
        replaced(",state,", ",government,"),
        [
            "measures.csv, row 2, column provider",
            "'government'",
            "one of state, SO, both",
        ],
    ),
    "script in a name": (
        "places.csv",
        replaced(",Hangzhou,", ",<script>alert(1)</script>,"),
        [
            "places.csv, row 10, column name",
            "'<script>alert(1)</script>'",
            "plain text, without HTML or Markdown",
        ],
    ),
    "element in a note": (
        "observations.csv",
        replaced("Rounded to the hundred thousand.", "Rounded <b>down</b>."),
        ["observations.csv, row 2, column note", "without HTML"],
    ),
    "Markdown link in a statement": (
        "codings.csv",
        replaced("In the Northeast of Germany.", "[Here](javascript:alert(1))."),
        ["codings.csv, row 2, column statement", "without HTML or Markdown"],
    ),
    "code in a title": (
        "policies.csv",
        replaced("Master Plan for Integration and Security", "Master `Plan`"),
        ["policies.csv, row 4, column title", "'Master `Plan`'"],
    ),
    "star in the name of a place": (
        "places.csv",
        replaced(",Hangzhou,", ",Hang*zhou*,"),
        ["places.csv, row 10, column name", "a name without"],
    ),
    "formula in a name": (
        "places.csv",
        replaced(",Hangzhou,", ",=cmd(),"),
        [
            "places.csv, row 10, column name",
            "'=cmd()'",
            "no spreadsheet takes for a formula",
        ],
    ),
    "formula in a note": (
        "observations.csv",
        replaced("Rounded to the hundred thousand.", "+SUM(A1:A9)"),
        ["observations.csv, row 2, column note", "'+SUM(A1:A9)'"],
    ),
    "formula by its at-sign": (
        "observations.csv",
        replaced("Rounded to the hundred thousand.", "@here"),
        ["observations.csv, row 2, column note", "formula"],
    ),
    "two lines in a name": (
        "places.csv",
        replaced(",Hangzhou,", ',"Hang\nzhou",'),
        ["places.csv, row 10, column name", "text on one line"],
    ),
    "letters that turn the direction": (
        "places.csv",
        replaced(",Hangzhou,", ",Hang\u202ezhou,"),
        ["places.csv, row 10, column name", "characters that can't be seen"],
    ),
    "a heap of accents": (
        "places.csv",
        replaced(",Hangzhou,", ",Hang" + "\u0301" * 9 + "zhou,"),
        ["places.csv, row 10, column name", "three accents at most"],
    ),
    "a name of ten thousand letters": (
        "places.csv",
        replaced(",Hangzhou,", "," + "H" * 10_000 + ","),
        ["places.csv, row 10, column name", "at most 200 letters; these are 10,000"],
    ),
    "a note of ten thousand letters": (
        "observations.csv",
        replaced("Rounded to the hundred thousand.", "x" * 10_000),
        [
            "observations.csv, row 2, column note",
            "at most 5,000 letters; these are 10,000",
        ],
    ),
    "key with a space": (
        "places.csv",
        replaced("hangzhou,city", "hang zhou,city"),
        ["places.csv, row 10, column place", "'hang zhou'", "expected"],
    ),
    "quote that never closes": (
        "places.csv",
        replaced(",Hangzhou,", ',"Hangzhou,'),
        ["places.csv, row", "expected valid CSV"],
    ),
    "language that is none": (
        "places.csv",
        replaced(",杭州市,zh-Hans,", ",杭州市,Chinese,"),
        ["places.csv, row 10, column language", "'Chinese'"],
    ),
    "place without its status": (
        "places.csv",
        replaced("hangzhou,city,zhejiang,report,", "hangzhou,city,zhejiang,,"),
        ["places.csv, row 10, column status", "not an empty cell"],
    ),
    "added place with the report's source": (
        "places.csv",
        replaced("hangzhou,city,zhejiang,report,", "hangzhou,city,zhejiang,added,"),
        [
            "column source",
            "a citation of a source of kind “added”",
            "the report does not speak of hangzhou",
        ],
    ),
    "unknown policy behind a measure": (
        "measures.csv",
        replaced(",guangzhou-action-plan,", ",guangzhou-plan,"),
        ["measures.csv, row 3, column policy", "'guangzhou-plan'", "data/policies.csv"],
    ),
    "unknown qualifier": (
        "observations.csv",
        replaced(",more than,", ",over,"),
        ["column qualifier", "'over'", "one of about, at least, more than, nearly"],
    ),
    "same policy as one that is not there": (
        "policies.csv",
        replaced(",guangzhou-rental-trial,,", ",guangzhou-rental-2016,,"),
        ["policies.csv, row 8, column same_as", "'guangzhou-rental-2016'"],
    ),
    "form of a term that is not in the row named": (
        "terms.csv",
        replaced("hukou,,,户口,ours,", "hukou,,,户口,policies/hangzhou-permit,"),
        ["terms.csv, row 2, column from_zh", "has 户口"],
    ),
    "form of a term that is printed and called ours": (
        "terms.csv",
        replaced("流动人口,policies/hangzhou-residence,", "流动人口,ours,"),
        ["terms.csv, row", "column from_zh", "not “ours”"],
    ),
    "form of a term from nowhere": (
        "terms.csv",
        replaced("户口,ours,", "户口,,"),
        ["terms.csv, row 2, column from_zh", "from_zh and name_zh together"],
    ),
    "phrase without a word in another language": (
        "title_words.csv",
        replaced("cohesion,,Zusammenhalt,", "cohesion,,,"),
        ["title_words.csv, row", "column chinese", "at least one language"],
    ),
    "use of an unknown term": (
        "term_uses.csv",
        lambda text: text + "guanxi,2.3\n",
        ["term_uses.csv, row", "column term", "'guanxi'"],
    ),
}


EVERYWHERE = (
    "added place with the report's source",
    "key with a space",
)  # each table with rows of the place is named


@pytest.fixture
def data(tmp_path):
    return shutil.copytree(DATA, tmp_path / "data")


@pytest.mark.parametrize("name", BAD)
def test_message(data, name):
    file, change, pieces = BAD[name]
    path = data / file
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    with pytest.raises(DataError) as error:
        check_data(data)
    for piece in pieces:
        assert piece in str(error.value), str(error.value)
    assert len(error.value.problems) <= (12 if name in EVERYWHERE else 2), (
        "one mistake, one message"
    )


def test_missing_file(data):
    (data / "flags.csv").unlink()
    with pytest.raises(
        DataError, match="data/flags.csv: expected this file in .*; it is missing"
    ):
        check_data(data)


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "gb18030"])
def test_wrong_encoding(data, encoding):
    path = data / "places.csv"
    text = path.read_text("utf-8")
    path.write_bytes(
        (
            text
            if encoding != "latin-1"
            else text.replace("浙江省", "").replace("广州市", "").replace("杭州市", "")
        ).encode(encoding)
    )
    with pytest.raises(
        DataError, match=r"data/places.csv, row \d: found 'byte 0x..', expected UTF-8"
    ):
        check_data(data)


def test_byte_order_mark_is_accepted(data):
    path = data / "places.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    check_data(data)


@pytest.mark.parametrize("mark, named", [(";", "semicolons"), ("\t", "tabs")])
def test_other_separators_are_refused(data, mark, named):
    path = data / "units.csv"
    path.write_text(path.read_text("utf-8").replace(",", mark), "utf-8")
    with pytest.raises(
        DataError, match=f"data/units.csv, row 1: .*commas between columns, not {named}"
    ):
        check_data(data)


def test_windows_line_ends_are_accepted(data):
    path = data / "units.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    check_data(data)


def test_broken_descriptor(data):
    (data / "datapackage.json").write_text("{", "utf-8")
    with pytest.raises(DataError, match="data/datapackage.json: expected JSON"):
        check_data(data)


def test_build_stops_and_keeps_the_last_site(project):
    good = project / "_build" / "html" / "index.html"
    good.parent.mkdir(parents=True)
    good.write_text("the last good site", "utf-8")
    before = {p: p.read_bytes() for p in (project / "book").glob("*.ipynb")}
    path = project / "data" / "observations.csv"
    path.write_text(path.read_text("utf-8").replace("1061000", "-1061000"), "utf-8")
    done = run_build(project)
    assert done.returncode == 1
    assert (
        "data/observations.csv, row 9, column value: found '-1061000', expected 0 or "
        "more for population"
    ) in done.stdout
    assert "Traceback" not in done.stdout
    assert good.read_text("utf-8") == "the last good site"
    assert {p: p.read_bytes() for p in before} == before
