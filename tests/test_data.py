"""The data package is sound, and holds what the report prints."""

import itertools
import re

import pandas as pd
import pytest
from frictionless import Package

import fourcities as fc
from fourcities.codebook import codebook
from fourcities.validate import DATA, check

PRINTED = {  # Tables 1 to 3, cell by cell: Berlin, Cologne, Guangzhou, Hangzhou
    "area": ["892.00 square km", "404.89 square km", "7,434.4 square km", "8,000 square km"],
    "population": ["3,671,000 (end of 2016)", "1,061,000 (end of 2016)", "14,043,500 (end of 2016)", "9,188,000 (end of 2016)"],
    "population_share": ["4.45%", "1.29%", "1.00%", "0.66%"],
    "gdp": ["135.909 billion U.S. dollars in 2016", "66.862 billion U.S. dollars in 2016", "294.000 billion U.S. dollars in 2016", "166.523 billion U.S. dollars in 2016"],
    "gdp_per_capita": ["37,022 U.S. dollars in 2016", "63,017 U.S. dollars in 2016", "20,935 U.S. dollars in 2016", "18,124 U.S. dollars in 2016"],
    "gdp_growth": ["2005-2014: Ø 2.0% p.a.", "2008-2013: Ø 2.0% p.a.", "2012-2016: Ø 9.4% p.a.", "2011-2016: Ø 9.2% p.a."],
    "share_services": ["85.9% services", "83.7% services", "68% services", "61.2% services"],
    "share_industry": ["13.3% construction and processing trade", "16.3% manufacturing, construction and production",
                       "31% mining, manufacturing and construction", "36% mining, manufacturing and construction"],
    "share_other": ["0.8% others"],
    "share_agriculture": ["1% agriculture", "2.8% agriculture"],
    "foreigners": ["690,210 (2017)", "208,403 (2016)", "118,000 (2014)", "16,000 (2017)"],
    "asylum_seekers": ["Asylum seekers: 79,034 (2015)", "16,889 (2016)", "Asylum seekers: 10,153 (2015)", "13,253 (2016)"],
    "floating_population": ["Floating population: 5,340,000 (2016)", "Floating population: 3,438,100 (2016)"],
    "districts": ["Divided into 12 districts", "Divided into 9 districts", "Divided into 11 districts", "Divided into 10 districts"],
}
CHINESE = {  # Tables 4 and 5
    "guangzhou": ["来穗人员服务管理局", "人力资源和社会保障局", "教育局", "公安局", "卫生和计划生育委员会", "民政局", "卫生和计划生育委员会"],
    "hangzhou": ["外来人口服务管理委员会", "社会保障部门", "工商行政管理部门", "教育部门", "住房保障和房产管理部门", "司法部门", "卫生部门", "中国民政服务系统"],
}


def test_package_is_valid():
    check()
    assert Package(str(DATA / "datapackage.json")).validate().valid


def test_every_file_is_declared_and_every_table_has_rows():
    package = Package(str(DATA / "datapackage.json"))
    assert {r.path for r in package.resources} == {p.name for p in DATA.glob("*.csv")}
    assert all(len(fc.read(r.name)) for r in package.resources)


def test_codebook_follows_the_descriptor():
    assert (DATA / "README.md").read_text("utf-8") == codebook(), "run `make codebook`"


@pytest.mark.parametrize("indicator", PRINTED)
def test_cells_of_tables_1_to_4_are_as_printed(indicator):
    assert list(fc.observations(indicator)["printed"]) == PRINTED[indicator]


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
    for _, row in fc.read("observations").iterrows():
        wording = re.sub(r"^\d{4}-\d{4}: |\((end of )?\d{4}\)| in \d{4}", "", row["printed"])
        found = re.findall(r"[\d.,]*\d", wording)
        assert len(found) == 1, row["printed"]
        scale = next((s for word, s in scales.items() if word in wording), 1)
        assert float(found[0].replace(",", "")) * scale == pytest.approx(row["value"], rel=1e-12), row["printed"]


def test_years_in_wording_are_the_period():
    for _, row in fc.read("observations").iterrows():
        stated = {date.year for date in (row["period_start"], row["period_end"]) if pd.notna(date)}
        assert {int(year) for year in re.findall(r"\b20\d\d\b", row["printed"])} == stated, row["printed"]


def test_orphan_shares_fit_one_city_each():
    """The three shares that the page layout prints apart belong where we put them: no other placing reaches 100."""
    rows = fc.observations("share_services", "share_industry", "share_agriculture", "share_other")
    apart = rows[rows["note"].str.contains("page layout")]
    sums = rows.drop(apart.index).groupby("city")["value"].sum()
    short = sums[sums < 99.95]
    fitting = [shares for shares in itertools.permutations(apart["value"])
               if all(abs(total + share - 100) < .05 for total, share in zip(short, shares))]
    assert len(apart) == len(short) == 3
    assert fitting == [tuple(apart.set_index("city").loc[short.index, "value"])]


def test_footnote_mark_is_not_part_of_the_year():
    gdp = fc.read("observations").query("indicator == 'gdp'").set_index("place")
    assert list(gdp["footnote"]) == ["1", "", "", ""]
    assert set(gdp["period_end"].dt.year) == {2016}


def test_sources_are_given_for_tables_not_cells():
    citations = fc.read("citations").query("table != ''").groupby("table")["source"].agg(set)
    four = {"gluns-2018", "grabbe-2018", "ma-chen-2018", "ma-guan-2018"}
    extra = {"1": {"destatis"}, "2": {"ihk-koeln", "vgrdl"}, "3": {"amt-bbb", "stadt-koeln", "destatis"}, "4": set(), "5": set()}
    assert citations.to_dict() == {table: four | more for table, more in extra.items()}


def test_every_table_row_finds_its_data():
    for number in fc.read("tables")["table"]:
        assert 'class="missing"' not in fc.report_table(number).html
