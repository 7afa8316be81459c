"""Bad data: one clear message each, naming file, row, column, value and what was
expected.
"""

import csv
import io
import itertools
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import nbformat
import nbval.kernel
import pytest

from conftest import ROOT, again, run_build
from fourcities.facts import BOOK, DATA, DataError, check_data, checks
from publishing import build, notebooks, slides
from publishing.errors import BuildError
from publishing.newcity import __main__ as newcity_command
from publishing.paths import HERE as PUBLISHING
from publishing.settings import NEEDED, check_settings

AS_COMMAND = 'if __name__ == "__main__":'


def replaced(old, new, count=1):
    def change(text):
        assert old in text, f"{old!r} is no longer in the file"
        return text.replace(old, new, count)

    return change


def duplicated(start):
    return lambda text: (
        text + next(line for line in text.splitlines() if line.startswith(start)) + "\n"
    )


def twin(start, old, new):
    """A copy of a row at the end, with another key and another spelling."""

    def change(text):
        row = next(line for line in text.splitlines() if line.startswith(start))
        return text + f"{start}-2" + row.removeprefix(start).replace(old, new) + "\n"

    return change


def without_column(name):
    def change(text):
        rows = [line.split(",") for line in text.splitlines()]
        at = rows[0].index(name)
        return "\n".join(",".join(row[:at] + row[at + 1 :]) for row in rows) + "\n"

    return change


def each_line(change):
    return lambda text: "\n".join(change(line) for line in text.splitlines()) + "\n"


def with_cells(key, **cells):
    """The row of a key, the text of its first column, with other cells."""

    def change(text):
        rows = list(csv.reader(io.StringIO(text)))
        (row,) = [row for row in rows if row[0] == key]
        for column, cell in cells.items():
            row[rows[0].index(column)] = cell
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(rows)
        return out.getvalue()

    return change


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
        replaced("85.9,percent,85.9%", "185.9,percent,185.9%"),
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

# What is only unlikely: named, and not in the way.
DOUBTS = {
    "nobody lives there": (
        "observations.csv",
        lambda text: text + "population,zhejiang,,,0,persons,0,,2.1,,,,,\n",
        [f"{ADDED}, column value", "'0'", "unlikely", "more than 0, or else"],
    ),
    "more in a square kilometre than anywhere": (
        "observations.csv",
        replaced("404.89,sq_km,404.89", "4.89,sq_km,4.89"),
        ["row 9, column value", "unlikely", "Population density of at most 100000"],
    ),
    "more than in all the country": (
        "observations.csv",
        replaced("82500000,persons,82.5 million", "825000,persons,0.825 million"),
        ["row 8, column value", "Population share, recomputed of at most 100"],
    ),
    "far from all others": (
        "observations.csv",
        replaced('14043500,persons,"14,043,500', '1404,persons,"1,404'),
        ["row 10, column value", "'1404'", "a value like the others"],
    ),
    "value of another city": (
        "observations.csv",
        replaced(
            COLOGNE + '"1,061,000', COLOGNE.replace("1061000", "3671000") + '"3,671,000'
        ),
        ["row 9, column value", "another value than berlin has in row 8"],
    ),
    "year to come": (
        "observations.csv",
        replaced(
            '2020-12-31,40000,count,"40,000 flats … until 2020',
            '2120-12-31,40000,count,"40,000 flats … until 2120',
        ),
        ["column period_end", "'2120-12-31'", "a year that has come"],
    ),
    "year of another time": (
        "observations.csv",
        replaced("(2016)", "(2016; base of 2011)"),
        ["column printed", "only years of the period"],
    ),
    "wording without a number": (
        "observations.csv",
        replaced("three percent of the total", "a small part of the total"),
        ["column printed", "a number in the digits 0 to 9"],
    ),
    "policy of another city": (
        "policies.csv",
        replaced(
            "Master Plan for Integration", "Master Plan of Cologne for Integration"
        ),
        ["policies.csv, row 4, column title", "words on berlin, not on Cologne"],
    ),
    "measure before its policy": (
        "policies.csv",
        replaced("2009,implemented in 2009", "2012,implemented in 2012"),
        ["measures.csv, row", "column period_end", "no year before the policy's, 2012"],
    ),
}


def with_claim(check, rests_on, needs=""):
    """One claim with another check, on something else."""
    return with_cells("area-one-measure", check=check, rests_on=rests_on, needs=needs)


CLAIM = "claims.csv, row 24, column rests_on"
LINK = "an address such as https://example.org/page"
WORDS = "words without"
FORMULA = "no spreadsheet takes for a formula"
INSIDE = "an address within the book"

# What texts and rules refuse; the same form, without the schema, which finds nothing
# in them and takes its second.
BY_RULE = {
    "decimals that a spreadsheet dropped": (
        "observations.csv",
        replaced("area,berlin,,,892.00,", "area,berlin,,,892,"),
        ["row 4, column value", "'892'", "892.00, as the wording '892.00 square km'"],
    ),
    "decimals that nobody printed": (
        "outside_figures.csv",
        replaced("18.4,percent", "18.40,percent"),
        ["column value", "'18.40'", "18.4, as the wording '18.4 %' says"],
    ),
    "thousands signs that a spreadsheet dropped": (
        "outside_figures.csv",
        replaced('"3,671,000"', "3671000"),
        ["outside_figures.csv, row 2, column printed", "'3671000'", "3,671,000 or"],
    ),
    "year in brackets that a spreadsheet took for a loss": (
        "policies.csv",
        replaced("2007,(2007)", "2007,-2007"),
        ["policies.csv, row 2, column year_printed", "'-2007'", "“(2007)”"],
    ),
    "pages that a spreadsheet took for a day": (
        "citations.csv",
        replaced(",9-10,", ",10-Sep,"),
        ["citations.csv, row", "column pages", "'10-Sep'", "spreadsheet"],
    ),
    "formula that a spreadsheet could not compute": (
        "policies.csv",
        replaced("A headline for many activities.", "#NAME?"),
        ["policies.csv, row", "column note", "'#NAME?'", "spreadsheet"],
    ),
    "scale beside the wording's": (
        "observations.csv",
        replaced("135.909 billion", "135.909 million"),
        ["row 16, column value", "'135909000000'", "135909000, as the wording"],
    ),
    "figure from outside beside its wording": (
        "outside_figures.csv",
        replaced("3.575 million", "3.757 million"),
        ["outside_figures.csv, row 3, column value", "'3575000'", "3757000, as"],
    ),
    "number word beside its wording": (
        "observations.csv",
        replaced("three percent", "four percent"),
        ["column value", "'3'", "4, as the wording"],
    ),
    "year of a value beside the wording's": (
        "observations.csv",
        replaced("690,210 (2017)", "690,210 (2016)"),
        ["column period_start", "'2017-01-01'", "a day of 2016, as the wording"],
    ),
    "year in a wording and no period": (
        "observations.csv",
        replaced("foreigners,berlin,2017-01-01,2017-12-31,", "foreigners,berlin,,,"),
        ["column period_start", "a period, as the wording '690,210 (2017)' names 2017"],
    ),
    "span cut short": (
        "events.csv",
        replaced("1933-01-01,1945-12-31,", "1933-01-01,1933-12-31,"),
        ["events.csv, row", "column period_end", "a day of 1945, as the span"],
    ),
    "decade beside its wording": (
        "events.csv",
        replaced("1950-01-01,1959-12-31,", "1960-01-01,1969-12-31,"),
        ["events.csv, row", "'1960-01-01'", "a day of 1950, 1959, as the wording"],
    ),
    "century beside its wording": (
        "events.csv",
        replaced("1801-01-01,1900-12-31,", "1901-01-01,2000-12-31,"),
        ["events.csv, row 3", "'1901-01-01'", "a day of 1801, 1900"],
    ),
    "month beside the wording's": (
        "observations.csv",
        replaced("hangzhou,2016-09-01,,54", "hangzhou,2016-08-01,,54"),
        ["column period_start", "'2016-08-01'", "a day of the month that"],
    ),
    "year of a measure beside its wording": (
        "measures.csv",
        replaced("2012-01-01,,since 2012", "2021-01-01,,since 2012"),
        ["measures.csv, row", "column period_start", "'2021-01-01'", "a day of 2012"],
    ),
    "year of a policy beside its wording": (
        "policies.csv",
        replaced("2010,(2010)", "2001,(2010)"),
        ["policies.csv, row 3, column year", "'2001'", "wording '(2010)' names"],
    ),
    "year in a wording alone": (
        "policies.csv",
        replaced("2010,(2010)", ",(2010)"),
        ["policies.csv, row 3, column year", "2010, as the wording '(2010)' says"],
    ),
    "soft hyphen in a name": (
        "places.csv",
        replaced(",Hangzhou,", ",Hang\u00adzhou,"),
        ["places.csv, row 10, column name", "characters that can't be seen"],
    ),
    "joiner between Latin letters": (
        "places.csv",
        replaced(",Hangzhou,", ",Hang\u200dzhou,"),
        ["places.csv, row 10, column name", "characters that can't be seen"],
    ),
    "letters that show nothing": (
        "places.csv",
        replaced(",Hangzhou,", ",\u3164,"),
        ["places.csv, row 10, column name", "characters that can't be seen"],
    ),
    "selector behind a letter": (
        "places.csv",
        replaced(",Hangzhou,", ",Hang\ufe0fzhou,"),
        ["places.csv, row 10, column name", "characters that can't be seen"],
    ),
    "letter for private use": (
        "places.csv",
        replaced(",Hangzhou,", ",Hang\ue000zhou,"),
        ["places.csv, row 10, column name", "have no meaning of their own"],
    ),
    "letter that no standard has": (
        "places.csv",
        replaced(",Hangzhou,", ",Hang\u0378zhou,"),
        ["places.csv, row 10, column name", "have no meaning of their own"],
    ),
    "decomposed letter": (
        "places.csv",
        replaced(",Hangzhou,", ",Hangzho\u0308u,"),
        ["places.csv, row 10, column name", "composed letters"],
    ),
    "replacement mark": (
        "places.csv",
        replaced(",Hangzhou,", ",Hang\ufffdhou,"),
        ["places.csv, row 10, column name", "wrong encoding"],
    ),
    "letters read as Windows-1252": (
        "places.csv",
        replaced(",Hangzhou,", ",HangzhÃ¶u,"),
        ["places.csv, row 10, column name", "wrong encoding"],
    ),
    "letters read as Mac Roman": (
        "places.csv",
        replaced(",Hangzhou,", ",Hangzh√∂u,"),
        ["places.csv, row 10, column name", "wrong encoding"],
    ),
    "Chinese read as Windows-1252": (
        "places.csv",
        replaced(",Hangzhou,", ",å¹¿å·ž,"),
        ["places.csv, row 10, column name", "wrong encoding"],
    ),
    "question mark for a letter": (
        "places.csv",
        replaced(",Hangzhou,", ",Hangzh?u,"),
        ["places.csv, row 10, column name", "left question marks"],
    ),
    "blank before a name": (
        "places.csv",
        replaced(",Hangzhou,", ", Hangzhou,"),
        ["places.csv, row 10, column name", "none at the ends"],
    ),
    "no-break spaces alone": (
        "places.csv",
        replaced(",Hangzhou,", ",\u00a0\u00a0,"),
        ["places.csv, row 10, column name", "none at the ends"],
    ),
    "two blanks in a name": (
        "places.csv",
        replaced(",Hangzhou,", ",Hang  zhou,"),
        ["places.csv, row 10, column name", "one ordinary blank"],
    ),
    "wide blank in a name": (
        "places.csv",
        replaced(",Hangzhou,", ",Hang\u3000zhou,"),
        ["places.csv, row 10, column name", "one ordinary blank"],
    ),
    "Cyrillic letter among Latin ones": (
        "places.csv",
        replaced(",Hangzhou,", ",H\u0430ngzhou,"),
        ["places.csv, row 10, column name", "not CYRILLIC and LATIN"],
    ),
    "Greek letter among Latin ones": (
        "places.csv",
        replaced(",Hangzhou,", ",Hangzh\u03bfu,"),
        ["places.csv, row 10, column name", "not GREEK and LATIN"],
    ),
    "full-width letter among others": (
        "places.csv",
        replaced(",Hangzhou,", ",\uff28angzhou,"),
        ["places.csv, row 10, column name", "not FULLWIDTH and LATIN"],
    ),
    "name of another city": (
        "places.csv",
        replaced(",Hangzhou,", ",Berlin,"),
        ["places.csv, row 10, column name", "told from those of row 7, 'city, Berlin'"],
    ),
    "name of another city in capitals": (
        "places.csv",
        replaced(",Hangzhou,", ",BERLIN,"),
        ["places.csv, row 10, column name", "told from those of row 7"],
    ),
    "name of another city with a digit": (
        "places.csv",
        replaced(",Hangzhou,", ",Ber1in,"),
        ["places.csv, row 10, column name", "told from those of row 7"],
    ),
    "blank behind a key": (
        "title_words.csv",
        replaced("cohesion,,Zus", "cohesion ,,Zus"),
        ["title_words.csv, row", "column english", "'cohesion '", "none at the ends"],
    ),
    "hidden letter in a claim": (
        "claims.csv",
        replaced("gdp_per_capita_computed:berlin", "gdp\u00ad_per_capita:berlin"),
        ["claims.csv, row", "column rests_on", "characters that can't be seen"],
    ),
    "second label of an indicator": (
        "indicators.csv",
        replaced(",Total population,", ",AREA,"),
        ["indicators.csv, row 3, column label", "'AREA'", "of row 2, 'Area'"],
    ),
    "second policy of a title": (
        "policies.csv",
        twin("berlin-master-plan", "Master Plan", "MASTER PLAN"),
        ["policies.csv, row 32, column title", "told from those of row 4"],
    ),
    "second organization of a name": (
        "organizations.csv",
        twin("iq-network", "IQ Network", "IQ NETWORK"),
        ["organizations.csv, row", "column name", "'berlin, IQ Network'"],
    ),
    "code in two spellings": (
        "codings.csv",
        replaced("cost_bearer,municipality", "cost_bearer,Municipality"),
        ["codings.csv, row 178, column category", "'municipality' as in row 170"],
    ),
    "term that looks like another": (
        "terms.csv",
        replaced(",household registration,", ",Hukou,"),
        ["terms.csv, row 3, column name", "'Hukou'", "of row 2, 'hukou'"],
    ),
    "digits turned": (
        "observations.csv",
        replaced(COLOGNE, COLOGNE.replace("1061000", "1601000")),
        ["row 9, column value", "'1601000'", "1061000, as the wording '1,061,000"],
    ),
    "value in millions": (
        "observations.csv",
        replaced(COLOGNE, COLOGNE.replace("1061000", "1.061")),
        ["row 9, column value", "'1.061'", "1061000, as the wording"],
    ),
    "point for thousands": (
        "observations.csv",
        replaced(COLOGNE, COLOGNE.replace("1061000", "1061.000")),
        ["row 9, column value", "'1061.000'", "1061000, as the wording"],
    ),
    "point for thousands in both": (
        "observations.csv",
        replaced(
            COLOGNE + '"1,061,000', COLOGNE.replace("1061000", "1061.000") + '"1061.000'
        ),
        ["row 9, column value", "'1061.000'", "a whole number"],
    ),
    "hectares for square kilometres": (
        "observations.csv",
        replaced("892.00,sq_km,892.00 square km", '89200,sq_km,"89,200 ha"'),
        ["row 4, column printed", "'89,200 ha'", "the unit sq_km, not hectares"],
    ),
    "euros for dollars": (
        "observations.csv",
        replaced("37,022 U.S. dollars", "37,022 euros"),
        ["column printed", "the unit usd_per_person, not euros"],
    ),
    "wording of another city": (
        "observations.csv",
        replaced("1,061,000 (end", "Berlin: 1,061,000 (end"),
        ["row 9, column printed", "words on cologne, not on Berlin"],
    ),
    "figure of another city": (
        "outside_figures.csv",
        replaced("1,075,935", "杭州市 1,075,935"),
        ["outside_figures.csv, row 5, column printed", "not on 杭州市"],
    ),
    "policy revised before it was made": (
        "policies.csv",
        replaced("2008,in 2008,2011", "2008,in 2008,2001"),
        ["policies.csv, row", "column revised", "'2001'", "not before", "2008"],
    ),
    "policy that ends before it begins": (
        "policies.csv",
        replaced("2016,(2016-2020),,2020", "2016,(2016-2020),,2012"),
        ["policies.csv, row", "column runs_to", "'2012'", "2016"],
    ),
    "policy that runs on beside its wording": (
        "policies.csv",
        replaced("2016,(2016-2020),,2020", "2016,(2016-2020),,2030"),
        ["policies.csv, row", "column runs_to", "2020, as the span"],
    ),
    "policy of the far future": (
        "policies.csv",
        replaced("2007,(2007)", "2107,(2107)"),
        ["policies.csv, row 2, column year", "'2107'", "or earlier"],
    ),
    "work of the far future": (
        "sources.csv",
        replaced("Gluns,2018,", "Gluns,2081,"),
        ["sources.csv, row", "column year", "'2081'", "or earlier"],
    ),
    "reading that nothing confirms": (
        "sources.csv",
        with_cells("sartori-1970", confirmed_by=""),
        ["sources.csv, row", "column confirmed_by", "what confirms a reading"],
    ),
    "figure seen on a day to come": (
        "outside_figures.csv",
        replaced(",2026-11-25,", ",2126-11-25,"),
        ["outside_figures.csv, row 2, column seen", "'2126-11-25'", "or earlier"],
    ),
    "year before all report": (
        "organizations.csv",
        replaced(",2005,", ",0205,"),
        ["organizations.csv, row", "column founded", "the years 1000 to 2200"],
    ),
    "address that runs a script": (
        "sources.csv",
        with_cells("logoso", address="javascript:alert(1)"),
        ["sources.csv, row 3, column address", "'javascript:alert(1)'", LINK],
    ),
    "address that holds a page": (
        "print_notes.csv",
        with_cells("table-1-labels", address="data:text/html,<b>x</b>"),
        ["print_notes.csv, row 2, column address", LINK],
    ),
    "address of a file": (
        "outside_figures.csv",
        with_cells("berlin-population-update", address="file:///etc/passwd"),
        ["outside_figures.csv, row 3, column address", LINK],
    ),
    "address with a quote and a handler": (
        "outside_figures.csv",
        with_cells(
            "berlin-population-update", address='https://a.org/"onmouseover="alert(1)'
        ),
        ["column address", LINK],
    ),
    "address on whatever scheme the page has": (
        "outside_figures.csv",
        with_cells("berlin-population-update", address="//example.org/x"),
        ["column address", LINK],
    ),
    "address with a name and a password": (
        "sources.csv",
        with_cells("logoso", address="https://real.org@other.example/x"),
        ["column address", LINK],
    ),
    "second address of several": (
        "outside_figures.csv",
        with_cells(
            "berlin-population-update", address="https://a.org/x vbscript:msgbox(1)"
        ),
        ["column address", LINK],
    ),
    "explorer on another host": (
        "sessions.csv",
        with_cells("1", explorer="https://example.org/economy.html#explore-economy"),
        ["sessions.csv, row 2, column explorer", INSIDE],
    ),
    "explorer that runs a script": (
        "sessions.csv",
        with_cells("1", explorer="javascript:alert(1)//economy.html"),
        ["sessions.csv, row 2, column explorer", INSIDE],
    ),
    "explorer above the book": (
        "sessions.csv",
        with_cells("1", explorer="../../economy.html#explore-economy"),
        ["sessions.csv, row 2, column explorer", INSIDE],
    ),
    "element in a phrase": (
        "indicators.csv",
        with_cells("area", phrase="{} <b>sq km</b>"),
        ["indicators.csv, row 2, column phrase", "without HTML"],
    ),
    "link in a phrase": (
        "indicators.csv",
        with_cells("area", phrase="[{} sq km][x]"),
        ["indicators.csv, row 2, column phrase", WORDS],
    ),
    "phrase without its number": (
        "indicators.csv",
        with_cells("area", phrase="many sq km"),
        ["indicators.csv, row 2, column phrase", "{} once for the number"],
    ),
    "number twice in a phrase": (
        "indicators.csv",
        with_cells("area", phrase="{} or {} sq km"),
        ["indicators.csv, row 2, column phrase", "{} once for the number"],
    ),
    "element in a pattern": (
        "relations.csv",
        with_cells("per_resident", pattern="{unit} <i>per resident</i>"),
        ["relations.csv, row 2, column pattern", "without HTML"],
    ),
    "unknown hole in a pattern": (
        "relations.csv",
        with_cells("per_resident", pattern="{unit} per {who}"),
        ["relations.csv, row 2, column pattern", WORDS],
    ),
    "element in a symbol": (
        "units.csv",
        with_cells("sq_km", symbol="km<sup>2</sup>"),
        ["units.csv, row 3, column symbol", "without HTML"],
    ),
    "formula after a blank": (
        "observations.csv",
        replaced("Rounded to the hundred thousand.", " =1+1"),
        ["observations.csv, row 2, column note"],
    ),
    "formula after a wide sign": (
        "observations.csv",
        replaced("Rounded to the hundred thousand.", "＝1+1"),
        ["observations.csv, row 2, column note", FORMULA],
    ),
    "formula that begins with a number": (
        "observations.csv",
        replaced("Rounded to the hundred thousand.", "-2+3+cmd|' /C calc'!A0"),
        ["observations.csv, row 2, column note", FORMULA],
    ),
    "claim on a year without a row": (
        "claims.csv",
        with_claim("compare", "asylum_seekers:berlin:2011 > 5"),
        [CLAIM, "a year of asylum_seekers for berlin (2015, 2016)"],
    ),
    "year without a row, though nothing is computed": (
        "claims.csv",
        with_claim("unprinted", "gdp:berlin:1999", "more"),
        [CLAIM, "a year of gdp for berlin (2016)"],
    ),
    "claim on a place without a value": (
        "claims.csv",
        with_claim("compare", "floating_population:berlin > 5"),
        [CLAIM, "a value of floating_population for berlin in data/observations.csv"],
    ),
    "claim on a computed value without its denominator": (
        "claims.csv",
        with_claim("compare", "asylum_per_1000:guangzhou > 5"),
        [CLAIM, "a value of asylum_seekers for guangzhou"],
    ),
    "claim on a country's share of itself": (
        "claims.csv",
        with_claim("compare", "population@share_of_country:germany > 5"),
        [CLAIM, "a value of population for a place above it"],
    ),
    "claim that divides by 0": (
        "claims.csv",
        with_claim("compare", "gdp:berlin / 0 > 5"),
        [CLAIM, "something other than 0 to divide by"],
    ),
    "claim that divides by no rows": (
        "claims.csv",
        with_claim("compare", "#policies?place=berlin / #policies?place=guangdong > 1"),
        [CLAIM, "something other than 0 to divide by"],
    ),
    "rise of one value": (
        "claims.csv",
        with_claim("rises", "gdp:berlin"),
        ["claims.csv, row 24, column needs", "what would be needed"],
    ),
    "rise of two places": (
        "claims.csv",
        with_claim("rises", "asylum_seekers:berlin asylum_seekers:cologne"),
        [CLAIM, "1 unlike parts"],
    ),
    "first in itself": (
        "claims.csv",
        with_claim("first in", "gdp:berlin in berlin"),
        [CLAIM, "a place that berlin lies in (germany), not 'berlin'"],
    ),
    "first in another country": (
        "claims.csv",
        with_claim("first in", "gdp:berlin in china"),
        [CLAIM, "a place that berlin lies in (germany), not 'china'"],
    ),
    "first in nowhere": (
        "claims.csv",
        with_claim("first in", "gdp:berlin in atlantis"),
        [CLAIM, "a place that berlin lies in", "not 'atlantis'"],
    ),
    "first in two areas": (
        "claims.csv",
        with_claim("first in", "gdp:cologne in germany china"),
        [CLAIM, "one area after 'in', not 'germany china'"],
    ),
    "first among others that are not printed": (
        "claims.csv",
        with_claim("first in", "gdp:berlin in germany"),
        ["claims.csv, row 24, column needs", "what would be needed"],
    ),
    "conditions that exclude each other": (
        "claims.csv",
        with_claim("compare", "#policies?place=berlin&place=cologne = 0"),
        [CLAIM, "conditions on place that don't exclude each other"],
    ),
    "condition and its contrary": (
        "claims.csv",
        with_claim("compare", "#policies?kind=law,plan&kind!=plan,law > 0"),
        [CLAIM, "conditions on kind that don't exclude each other"],
    ),
    "condition that nothing can meet": (
        "claims.csv",
        with_claim("compare", "#policies?place=bonn = 0"),
        [CLAIM, "place with something that stands there, not 'bonn'"],
    ),
    "claim that sets something against itself": (
        "claims.csv",
        with_claim("compare", "gdp:berlin gdp:cologne > gdp:berlin"),
        [CLAIM, "a part stands on both"],
    ),
    "one value of one period": (
        "claims.csv",
        with_claim("same period", "gdp:berlin gdp:berlin"),
        [CLAIM, "2 unlike parts or more"],
    ),
    "rows where values are compared": (
        "claims.csv",
        with_claim("compare", "policies/berlin-master-plan > 5"),
        [CLAIM, "values such as gdp:berlin or counts such as"],
    ),
    "values where titles are compared": (
        "claims.csv",
        with_claim("title", "gdp:berlin"),
        [CLAIM, "rows such as policies/berlin-master-plan in the check 'title'"],
    ),
    "codes that are not there": (
        "claims.csv",
        with_claim("same code", "autonomy:germany autonomy:china"),
        [CLAIM, "a code of autonomy for germany in data/codings.csv"],
    ),
    "one reading twice": (
        "claims.csv",
        with_claim("compare", "gdp:berlin > 5 | gdp:berlin > 5"),
        [CLAIM, "'gdp:berlin > 5'", "each once"],
    ),
    "city above a city": (
        "places.csv",
        with_cells("berlin", parent="cologne"),
        ["places.csv, row 7, column parent", "'cologne'", "it is a city"],
    ),
    "country in a country": (
        "places.csv",
        with_cells("germany", parent="china"),
        ["places.csv, row 2, column parent", "'china'", "nothing: it is a country"],
    ),
    "province in a province": (
        "places.csv",
        with_cells("zhejiang", parent="guangdong"),
        ["places.csv, row 6, column parent", "the country that it lies in"],
    ),
    "province in a city": (
        "places.csv",
        with_cells("guangdong", parent="guangzhou"),
        ["places.csv, row 5, column parent", "'guangzhou'", "it is a province"],
    ),
    "city of the report as a federal state": (
        "places.csv",
        with_cells("berlin", kind="federal state"),
        ["places.csv, row 7, column kind", "city, as Table"],
    ),
    "section in itself": (
        "sections.csv",
        with_cells("4.1", parent="4.1"),
        ["sections.csv, row", "column parent", "4, as the number 4.1 says"],
    ),
    "section in another chapter's section": (
        "sections.csv",
        with_cells("4.3.1", parent="2"),
        ["sections.csv, row", "column parent", "'2'", "4.3, as the number"],
    ),
    "one chapter for two sections": (
        "sections.csv",
        with_cells("2.2", chapter="basic-data"),
        ["sections.csv, row 6, column chapter", "'basic-data'", "section 2.1"],
    ),
    "session with a chapter twice": (
        "sessions.csv",
        with_cells("1", chapters="basic-data economy basic-data"),
        ["sessions.csv, row 2, column chapters", "'basic-data'", "each once"],
    ),
    "relation twice": (
        "indicators.csv",
        with_cells("residency_persons", relate="per_1000 per_1000"),
        ["column relate", "'per_1000'", "each once"],
    ),
    "numerator over itself": (
        "indicators.csv",
        with_cells("population_density", denominator="population"),
        [
            "indicators.csv, row 16, column denominator",
            "another indicator than population",
        ],
    ),
    "factor of zero": (
        "indicators.csv",
        with_cells("foreigners_share", factor="0"),
        ["indicators.csv, row 19, column factor", "'0'", "a number above 0"],
    ),
    "factor below zero": (
        "indicators.csv",
        with_cells("foreigners_share", factor="-100"),
        ["indicators.csv, row 19, column factor", "'-100'", "a number above 0"],
    ),
    "unit that does not follow": (
        "indicators.csv",
        with_cells("population_density", unit="usd_per_person"),
        [
            "indicators.csv, row 16, column unit",
            "persons_per_sq_km, the unit of population ÷ area × 1",
        ],
    ),
    "share that is no percentage": (
        "indicators.csv",
        with_cells("foreigners_share", factor="1000"),
        ["indicators.csv, row 19, column unit", "'percent'", "expected per_1000"],
    ),
    "indicator that computes itself again": (
        "indicators.csv",
        with_cells("gdp_per_capita_computed", recomputes="gdp_per_capita_computed"),
        ["column recomputes", "an indicator that is observed"],
    ),
    "observed indicator that computes another again": (
        "indicators.csv",
        with_cells("gdp", recomputes="gdp_per_capita"),
        ["column recomputes", "'gdp_per_capita'", "the indicator is not derived"],
    ),
    "other unit than what is computed again": (
        "indicators.csv",
        with_cells("gdp_per_capita_computed", recomputes="gdp"),
        ["column recomputes", "an indicator in usd_per_person, not in usd"],
    ),
    "nothing left to divide by": (
        "indicators.csv",
        with_cells("foreigners_share", denominator_less="population"),
        ["column denominator", "another indicator than population"],
    ),
    "square kilometres taken from persons": (
        "indicators.csv",
        with_cells("foreigners_share", denominator_less="area"),
        ["column denominator_less", "'area'", "an indicator in persons, like"],
    ),
    "relation with a factor of zero": (
        "relations.csv",
        with_cells("per_1000", factor="0"),
        ["relations.csv, row 3, column factor", "'0'", "expected 1000, as"],
    ),
    "relation that says another factor": (
        "relations.csv",
        with_cells("share_of_country", factor="1"),
        ["relations.csv, row 6, column factor", "'1'", "expected 100, as"],
    ),
    "indicator set against itself": (
        "indicators.csv",
        with_cells("population", relate="per_resident per_sq_km share_of_country"),
        [
            "indicators.csv, row 3, column relate",
            "'per_resident'",
            "a relation to something else than itself",
        ],
    ),
    "formula for a symbol": (
        "units.csv",
        with_cells("sq_km", symbol="@sum"),
        ["units.csv, row 3, column symbol", FORMULA],
    ),
}

EVERYWHERE = (
    "added place with the report's source",
    "key with a space",
    "province in a city",
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


@pytest.mark.parametrize("name", DOUBTS)
def test_doubt(data, monkeypatch, name):
    """It is named by row and column, and nothing is refused."""
    monkeypatch.setattr(checks, "frictionless_problems", lambda folder: [])
    file, change, pieces = DOUBTS[name]
    path = data / file
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    doubts = "\n".join(map(str, check_data(data)))
    for piece in ["unlikely", *pieces]:
        assert piece in doubts, doubts
    assert 1 <= doubts.count("\n") + 1 <= 4


@pytest.mark.parametrize("name", BY_RULE)
def test_message_of_a_rule(data, monkeypatch, name):
    monkeypatch.setattr(checks, "frictionless_problems", lambda folder: [])
    file, change, pieces = BY_RULE[name]
    path = data / file
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    with pytest.raises(DataError) as error:
        check_data(data)
    for piece in pieces:
        assert piece in str(error.value), str(error.value)
    assert len(error.value.problems) <= (12 if name in EVERYWHERE else 2), (
        "one mistake, one message"
    )


def test_only_a_table_that_was_sound_is_not_looked_at_again(data, monkeypatch):
    """By Frictionless, in the same process; what was wrong is wrong again, also if
    only its description changed.
    """
    places, package = data / "places.csv", data / "datapackage.json"
    good, said = places.read_text("utf-8"), package.read_text("utf-8")
    town, none = (
        good.replace("berlin,city,", "berlin,town,"),
        said.replace('"city"', '"x"'),
    )
    assert town != good and none != said
    check_data(data)
    for table, description in [(town, said)] * 2 + [(good, none)] * 2:
        places.write_text(table, "utf-8")
        package.write_text(description, "utf-8")
        with pytest.raises(DataError, match="data/places.csv, row 7, column kind"):
            check_data(data)
    places.write_text(good, "utf-8")
    package.write_text(said, "utf-8")
    monkeypatch.setattr("frictionless.Package.validate", None)
    check_data(data)


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


# datapackage.json: name: (change to what it says, pieces of the message)
DESCRIPTORS = {
    "a list": (lambda package: [package], ["expected an object at the top"]),
    "an empty object": (lambda package: {}, ["expected a list at resources"]),
    "a number": (lambda package: 7, ["found '7', expected an object at the top"]),
    "a table that is none": (
        lambda package: {**package, "resources": ["observations"]},
        ["found 'observations', expected an object at resources[0]"],
    ),
    "a table in another place": (
        lambda package: with_table(package, path="../../etc/passwd"),
        ["found '../../etc/passwd'", "observations in observations.csv"],
    ),
    "a table on another host": (
        lambda package: with_table(package, path="https://example.org/x.csv"),
        ["found 'https://example.org/x.csv'", "observations in observations.csv"],
    ),
    "a table twice": (
        lambda package: {**package, "resources": package["resources"][:1] * 2},
        ["each table once"],
    ),
    "a table without columns": (
        lambda package: with_table(package, schema={}),
        ["a list at resources[0].schema.fields"],
    ),
    "a table left out": (
        lambda package: {
            **package,
            "resources": [
                table for table in package["resources"] if table["name"] != "claims"
            ],
        },
        ["a table claims, as rules need it"],
    ),
    "an unknown type": (
        lambda package: with_type(package, "value", "money"),
        ["found 'money'", "column value of observations"],
    ),
    "a type that is a number": (
        lambda package: with_type(package, "value", 5),
        ["found '5', expected text at resources[0].schema.fields["],
    ),
    "a type that nothing computes with": (
        lambda package: with_type(package, "value", "string"),
        ["found 'string', expected number, the type of column value"],
    ),
    "dates as text": (
        lambda package: with_type(package, "period_end", "string"),
        ["found 'string', expected date, the type of column period_end"],
    ),
}


def with_table(package, **changes):
    first, *others = package["resources"]
    return {**package, "resources": [{**first, **changes}, *others]}


def with_type(package, column, kind):
    """The first table with another type of a column."""
    schema = package["resources"][0]["schema"]
    fields = [
        {**field, "type": kind} if field["name"] == column else field
        for field in schema["fields"]
    ]
    return with_table(package, schema={**schema, "fields": fields})


@pytest.mark.parametrize("name", DESCRIPTORS)
def test_message_of_the_descriptor(data, monkeypatch, name):
    monkeypatch.setattr(checks, "frictionless_problems", lambda folder: [])
    change, pieces = DESCRIPTORS[name]
    path = data / "datapackage.json"
    path.write_text(json.dumps(change(json.loads(path.read_text("utf-8")))), "utf-8")
    with pytest.raises(DataError) as error:
        check_data(data)
    for piece in ["data/datapackage.json: ", *pieces]:
        assert piece in str(error.value), str(error.value)


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n"
SETTINGS = {  # name: (file, its bytes; None for none; a function changes them, message)
    "no settings": ("_config.yml", None, "_config.yml can't be read: No such file"),
    "empty settings": ("_config.yml", b"", "_config.yml: expected settings by name"),
    "a list of settings": ("_config.yml", b"- a", "_config.yml: expected settings by"),
    "settings that are no YAML": (
        "_config.yml",
        b"title: [",
        "_config.yml can't be read: line 1: expected the node content",
    ),
    "settings in binary": ("_config.yml", b"\xff\x00\x9f", "_config.yml can't be read"),
    "a bomb of aliases": ("_config.yml", BOMB.encode(), "the words, not *a"),
    "a tag of Python": (
        "_config.yml",
        b"title: !!python/object/apply:os.system ['true']",
        "could not determine a constructor for the tag",
    ),
    "settings within each other without end": (
        "_config.yml",
        b"[" * 5000,
        "_config.yml can't be read",
    ),
    **{
        f"the language {language.decode()}": (
            "_config.yml",
            lambda text, to=language: text.replace(
                b"language: en\n", b"language: %s\n" % to
            ),
            "_config.yml, sphinx, config, language: expected",
        )
        for language in (b"de", b"zh_CN", b"en_GB", b'""', b"")
    },
    "an impossible day": ("_config.yml", b"a: 2026-13-45", "_config.yml can't be read"),
    "a title that is none": (
        "_config.yml",
        lambda old: re.sub(rb"(?m)^title: .*", b"title: 5", old),
        "_config.yml, title: expected text, found 5",
    ),
    "a repository without its host": (
        "_config.yml",
        lambda old: old.replace(b'repository: ""', b"repository: someone/four-cities"),
        "_config.yml, sphinx, config, repository: expected "
        "https://github.com/<owner>/<name>, or nothing, found 'someone/four-cities'",
    ),
    "a site on no host": (
        "_config.yml",
        lambda old: old.replace(b'baseurl: ""', b'baseurl: "javascript:alert(1)"'),
        "_config.yml, html, baseurl: expected an address, or nothing, found 'javasc",
    ),
    "settings of Sphinx as a list": (
        "_config.yml",
        lambda old: re.sub(rb"(?ms)^  config:.*", b"  config: [a]", old),
        "_config.yml, sphinx, config: expected settings by name",
    ),
    "contents in binary": ("_toc.yml", bytes(range(256)), "_toc.yml can't be read"),
    "contents without a root": ("_toc.yml", b"format: jb-book", "_toc.yml, root"),
    "contents of another kind": (
        "_toc.yml",
        b"root: index\nformat: jb-book\nparts: 5",
        "_toc.yml can't be read",
    ),
    "a citation without authors": (
        "CITATION.cff",
        b"title: x",
        "CITATION.cff, authors: expected a list, found nothing",
    ),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_message_of_the_settings(tmp_path, name):
    for file in NEEDED:
        shutil.copy(ROOT / file, tmp_path)
    file, content, message = SETTINGS[name]
    path = tmp_path / file
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content(path.read_bytes()) if callable(content) else content)
    with pytest.raises(BuildError) as error:
        check_settings(tmp_path)
    assert message in str(error.value)
    assert "\n" not in str(error.value).rstrip()


NOTEBOOKS = {
    "an unknown cell": (
        {"cell_type": "drawing", "metadata": {}, "source": ""},
        "cell 1: found 'drawing', expected one of code, markdown, raw",
    ),
    "a cell without a kind": ({"metadata": {}, "source": ""}, "cell 1: found None"),
    "a source that is a number": (
        {"cell_type": "markdown", "metadata": {}, "source": 5},
        "cell 1: found the source 5, expected text",
    ),
    "a cell that is none": (7, "is no readable notebook"),
}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_message_of_a_notebook(tmp_path, monkeypatch, name):
    monkeypatch.setattr(notebooks, "ROOT", tmp_path)
    cell, message = NOTEBOOKS[name]
    path = tmp_path / "made.ipynb"
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook), "utf-8")
    with pytest.raises(BuildError) as error:
        notebooks.read_notebook(path)
    assert message in str(error.value) and "\n" not in str(error.value)


@pytest.fixture
def taken():
    """A port that another program has."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def begin_badly(monkeypatch, taken):
    """The first so many kernels of a build are given a port that is taken."""
    real, begun = notebooks._kernel, []

    def begin(bad):
        def next_kernel():
            begun.append(real())
            if len(begun) <= bad:
                begun[-1].shell_port, begun[-1].cache_ports = taken, False
            return begun[-1]

        monkeypatch.setattr(notebooks, "_kernel", next_kernel)
        return begun

    return begin


def execute(*sources):
    """A notebook of such cells after a build has executed it: in a thread, since in
    this one a browser's events may be running.
    """
    v4 = nbformat.v4
    cells = [v4.new_markdown_cell("# Made"), *map(v4.new_code_cell, sources)]
    made = v4.new_notebook(cells=cells)
    with ThreadPoolExecutor() as pool:
        pool.submit(notebooks._execute, BOOK / "made.ipynb", made).result()
    return made


@pytest.mark.slow
def test_where_a_port_of_a_kernel_is_taken_another_kernel_is_begun(begin_badly):
    begun = begin_badly(1)
    (output,) = execute("40 + 2").cells[1].outputs
    assert output.data["text/plain"] == "42" and len(begun) == 2


@pytest.mark.slow
def test_where_no_kernel_begins_that_is_named(begin_badly):
    begun = begin_badly(notebooks.TRIES)
    with pytest.raises(BuildError, match=r"book/made.ipynb, cell \?: Kernel died"):
        execute("40 + 2")
    assert len(begun) == notebooks.TRIES


def test_nbval_begins_another_kernel_too():
    begun = []

    def start(**options):
        begun.append(options)
        if len(begun) == 1:
            raise RuntimeError("Kernel died before replying to kernel_info")
        return "kernel"

    assert again(start)(cwd="book") == "kernel" and begun == [{"cwd": "book"}] * 2
    assert nbval.kernel.start_new_kernel.__module__ == again.__module__


@pytest.mark.slow
def test_a_kernel_that_dies_is_named():
    with pytest.raises(BuildError, match=r"book/made.ipynb, cell 2: Kernel died"):
        execute("import os; os._exit(1)")


def test_a_chapter_without_a_title_is_named(monkeypatch):
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("Economy")])
    monkeypatch.setattr(slides.nbformat, "read", lambda *args, **more: made)
    with pytest.raises(BuildError, match="book/economy.ipynb, cell 1: .* a heading"):
        slides._title_of("economy")


def test_a_figure_that_no_slide_can_show_is_named(monkeypatch):
    monkeypatch.setattr(slides, "tagged", lambda chapters: [])
    with pytest.raises(BuildError, match=r"slide 4, column figure: found 'fig-density"):
        slides.deck(1)


@pytest.mark.parametrize("file", ["datapackage.json", "units.csv"])
@pytest.mark.parametrize("put", [os.mkfifo, os.mkdir])
def test_what_is_no_file_is_named_at_once(data, file, put):
    (data / file).unlink()
    put(data / file)
    with pytest.raises(DataError, match=f"data/{file}: .*found a folder, a pipe"):
        check_data(data)


def test_a_pipe_for_settings_or_a_notebook_is_named_at_once(tmp_path, monkeypatch):
    for file in NEEDED:
        shutil.copy(ROOT / file, tmp_path)
    (tmp_path / "_config.yml").unlink()
    os.mkfifo(tmp_path / "_config.yml")
    with pytest.raises(BuildError, match="_config.yml can't be read: .*found a folder"):
        check_settings(tmp_path)
    monkeypatch.setattr(notebooks, "ROOT", tmp_path)
    with pytest.raises(BuildError, match="_config.yml is no readable notebook"):
        notebooks.read_notebook(tmp_path / "_config.yml")


@pytest.mark.parametrize("command", [build, newcity_command])
def test_what_nobody_thought_of_is_one_line(monkeypatch, tmp_path, command):
    """It says what was read, and where the traceback is."""

    def unthought(*args):
        (DATA / "units.csv").read_text("utf-8")
        raise ZeroDivisionError("division by zero\nand more")

    monkeypatch.setattr(sys, "argv", ["made", "Bonn"][: 2 - (command is build)])
    monkeypatch.setattr(command, "_build" if command is build else "_run", unthought)
    kept = ROOT / "_build" / "traceback.txt"
    with pytest.raises(SystemExit) as stop:
        command.main()
    said, _ = str(stop.value.code).strip().split("\n")
    assert said == (
        "Stopped by what nobody thought of: ZeroDivisionError: division by zero. The "
        "last file that was read is data/units.csv. "
        "The traceback is in _build/traceback.txt."
    )
    assert "in unthought" in kept.read_text("utf-8")
    kept.unlink()


COMMANDS = [
    path
    for path in sorted(PUBLISHING.rglob("*.py"))
    if AS_COMMAND in path.read_text("utf-8")
]


# What is raised in one command or another, and how it is told: one hook tells all.
RAISED = [
    (
        'ZeroDivisionError("division by zero\\nand more")',
        "Stopped by what nobody thought of: ZeroDivisionError: division by zero.",
    ),
    ('PermissionError(13, "Permission denied", "a.csv")', "a.csv can't be written"),
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "raised", "said"),
    [(path, *how) for path, how in zip(COMMANDS, itertools.cycle(RAISED))],
    ids=[path.stem for path in COMMANDS],
)
def test_every_command_ends_in_words(tmp_path, path, raised, said):
    """In words alone, whatever ends it, also before its own code is reached."""
    for folder in ("publishing", "book/fourcities", "data"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "CITATION.cff", tmp_path)
    code = path.read_text("utf-8")
    broken = tmp_path / path.relative_to(ROOT)
    broken.write_text(
        code.replace(AS_COMMAND, f"raise {raised}\n{AS_COMMAND}"), "utf-8"
    )
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    done = subprocess.run(
        [sys.executable, "-m", module.removesuffix(".__main__")],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 1
    assert done.stderr.strip().startswith(said) and "\n" not in done.stderr.strip()


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
