"""Rows say no more than the report: whom it speaks of, what it only aims at, which
condition it names, which place it means.
"""

import re

import pandas as pd
import pytest

import fourcities as fc
from fourcities.facts import places_above

CITY_OF = {
    "gluns-2018": "berlin",
    "grabbe-2018": "cologne",
    "ma-guan-2018": "guangzhou",
    "ma-chen-2018": "hangzhou",
}
GERMAN, CHINESE = ["berlin", "cologne"], ["guangzhou", "hangzhou"]
TIME_ASKED = {"length of stay", "points", "permit or stay"}

# What Sections 3 to 6 say of a country and not of its cities.
OF_GERMANY = [
    "migration_history",
    "education_focus",
    "initiative",
    "legal_aid",
    "so_role",
    "cooperation_mode",
    "guidelines_by",
    "funded_by",
    "delivered_by",
    "so_voice",
]
OF_CHINA = [
    "migration_history",
    "integration_timing",
    "policy_character",
    "initiative",
    "legal_aid",
    "cooperation_mode",
    "guidelines_by",
    "funded_by",
    "delivered_by",
    "so_voice",
    "so_environment",
]


def of_the_report(table: str) -> pd.DataFrame:
    """Rows of a table, by key."""
    rows = fc.read(table)
    return fc.of_report(rows).set_index(rows.columns[0])


def starts_of(kind: str) -> set[str]:
    """Keys of the measures that start so."""
    measures = of_the_report("measures")
    return set(measures.index[measures["starts"] == kind])


def test_a_measure_starts_when_the_report_says_so():
    assert starts_of("arrival") == {
        "hangzhou-job-certificate",
        "cologne-integration-point",
        "berlin-arrival-centres",
        "berlin-welcome-center",
        "nrw-reception",
    }
    assert starts_of("as early as possible") == {"berlin-language", "cologne-training"}
    assert starts_of("after settlement") == {
        "guangzhou-school-places",
        "guangzhou-relief",
        "hangzhou-legal-aid",
        "hangzhou-relief-programme",
    }


def test_only_who_asks_for_time_starts_after_settlement():
    measures = of_the_report("measures")
    asks_for_time = measures["condition"].isin(TIME_ASKED)
    pd.testing.assert_series_equal(
        asks_for_time, measures["starts"] == "after settlement", check_names=False
    )


def test_a_condition_is_told_in_words_as_well():
    measures = of_the_report("measures")
    told = measures["eligibility"] != ""
    assert set(measures["condition"][told]) >= {"need", "qualifications", "points"}
    assert (measures["condition"][told] != "").all()
    assert set(measures["condition"][~told]) == {"", "none"}


def test_qualified_is_a_qualification():
    """The report asks these migrants to qualify, and names no stay."""
    conditions = of_the_report("measures")["condition"]
    qualified = conditions.index[conditions == "qualifications"]
    assert set(qualified) == {"guangzhou-housing", "hangzhou-school-places"}


def test_german_measures_are_for_refugees_where_the_report_speaks_of_refugees():
    measures = of_the_report("measures").query("place in @GERMAN")
    of_migrants = measures[measures["target_group"].str.contains("migrants")]
    assert set(of_migrants.index) == {"berlin-pilots", "berlin-mothers"}


def test_integration_pilots_have_a_german_name_in_berlin_only():
    local = of_the_report("measures")["local_name"]
    assert local["berlin-pilots"] == "Integrationslotsen"
    assert local["cologne-pilots"] == ""
    notes = fc.read("terms").set_index("term")["note"]
    assert "Cologne" in notes["integration-pilot"]


@pytest.mark.parametrize(
    "table", ["measures", "bodies", "cooperation", "organizations"]
)
def test_a_row_belongs_to_the_city_whose_report_it_cites(table):
    """A place that holds more cities would show the row for those too."""
    for _, row in fc.of_report(fc.read(table)).iterrows():
        cited = [city for work, city in CITY_OF.items() if work in row["source"]]
        if len(cited) != 1 or "said of" in row["note"]:
            continue
        shown = [c for c in fc.cities() if row["place"] in places_above(c)]
        assert shown == cited, row.to_dict()


@pytest.mark.parametrize(
    ("country", "places", "dimensions"),
    [("Germany", GERMAN, OF_GERMANY), ("China", CHINESE, OF_CHINA)],
)
def test_what_is_said_of_a_country_names_the_country(country, places, dimensions):
    rows = fc.of_report(fc.read("codings")).query(
        "place in @places and dimension in @dimensions"
        " and category not in ['projects and advice', 'main providers']"
    )
    assert set(rows["dimension"]) == set(dimensions)
    assert rows["statement"].str.contains(country).all()


def test_an_aim_is_no_fact():
    codes = fc.codes_of("integration_timing", "policy_character")
    assert (codes.loc["integration_timing", GERMAN] == "early, as an aim").all()
    assert (codes.loc["policy_character", GERMAN] == "not stated").all()
    rows = fc.read("codings").set_index(["dimension", "place"])["statement"]
    words = {"integration_timing": "aim", "integration_goal": "goal"}
    for dimension, word in words.items():
        assert rows[dimension].loc[GERMAN].str.contains(word).all()
    on_a_par = fc.read("codings").query("category == 'on a par with locals'")
    assert "goal" in on_a_par["statement"].item()


def test_a_trial_says_so_in_its_title():
    policies = of_the_report("policies")
    for word, stage in (("Trial", "trial"), ("Draft", "draft")):
        said = policies["title"].str.contains(word)
        assert (policies["stage"][said] == stage).all()
        assert (policies["stage"][~said] != stage).all()
    rests_on = fc.read("claims").set_index("claim")["rests_on"]
    assert rests_on["chinese-measures-trial"].count("stage=trial") == 2


def test_nobody_is_said_to_get_most_of_the_money():
    """Large welfare associations have an advantage; how much they get isn't printed."""
    told = [
        *fc.read("codings")["statement"],
        *fc.read("cooperation")["statement"],
        *fc.read("terms")["definition"],
    ]
    money = re.compile(r"most of the (public )?money|money goes mainly", re.I)
    assert not [words for words in told if money.search(words)]
    mainly = fc.read("codings").query("dimension == 'funding_mode'")
    assert mainly.query("place in @GERMAN")["statement"].str.contains("certain").all()


def test_the_claim_on_providers_rests_on_our_readings_alone():
    measures = of_the_report("measures")
    read_by_us = measures.query("flag == 'u' and provider in ['SO', 'both']")
    rests_on = fc.read("claims").set_index("claim")["rests_on"]["providers-are-sos"]
    assert set(rests_on.split()) == {f"measures/{key}" for key in read_by_us.index}
    assert "hangzhou-screening" not in read_by_us.index


def test_of_one_budget_the_report_does_not_say_whether_it_comes_on_top():
    covers = fc.read("amounts").set_index("indicator")["covers"]
    assert "on top, is not stated" in covers["integration_budget"]
    for additional in ("residency_cost", "urbanization_spending"):
        assert re.search("on top|[Aa]dditional", covers[additional])
