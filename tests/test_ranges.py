"""What a figure from outside the report would change: ranges, flags and their table."""

import re

import pandas as pd
import pytest

import fourcities as fc
from fourcities.facts import alternatives
from fourcities.ledger import assumptions

# by hand: indicator, place, number of the value, printed, low and high
BY_HAND = [
    ("gdp_per_capita_computed", "berlin", 0, 37022.34, 37022.34, 38016.50),
    ("gdp_per_capita_computed", "cologne", 0, 63017.91, 61811.90, 63017.91),
    ("population_share_computed", "berlin", 0, 4.4497, 4.3333, 4.4497),
    ("population_share_computed", "cologne", 0, 1.28606, 1.28606, 1.31115),
    ("population_density", "berlin", 0, 4115.47, 4007.85, 4115.47),
    ("population_density", "hangzhou", 0, 1148.50, 553.63, 1148.50),
    ("foreigners_share", "cologne", 0, 19.6421, 19.2662, 19.6421),
    ("foreigners_share", "berlin", 0, 18.8017, 18.8017, 19.3066),
    ("asylum_per_1000", "berlin", 0, 21.5293, 14.9826, 22.1074),
    ("asylum_per_1000", "berlin", 1, 4.6007, 4.6007, 4.7242),
    ("foundations_per_100000", "cologne", 0, 36.6635, 35.9619, 36.6635),
]


def figures(**changes):
    """The outside figures with some cells changed: figures(key={"value": 1})."""
    table = fc.read("outside_figures").set_index("figure")
    for key, cells in changes.items():
        for column, cell in cells.items():
            table.loc[key.replace("_", "-"), column] = cell
    return table.reset_index()


def differing():
    """Each printed value with the outside figures of the same thing, where one of them
    is another number.
    """
    for _, row in fc.read("observations").iterrows():
        beside = fc.read("outside_figures").query(
            "kind == 'source' and indicator == @row.indicator and place == @row.place "
            "and unit == @row.unit"
        )
        if pd.notna(row["period_end"]):
            beside = beside[beside["period_end"] == row["period_end"]]
        if (beside["value"] != row["value"]).any():
            yield row, beside


@pytest.mark.parametrize("indicator, place, number, printed, low, high", BY_HAND)
def test_ranges_by_hand(indicator, place, number, printed, low, high):
    row = fc.ranges(indicator).query("place == @place").iloc[number]
    assert [row["value"], row["low"], row["high"]] == pytest.approx(
        [printed, low, high], rel=2e-5
    )


def test_every_figure_is_put_in_alone_and_with_the_others():
    rows = alternatives("asylum_per_1000").query(
        "place == 'berlin' and period == '2015 ÷ end of 2016'"
    )
    assert rows["varies"].tolist() == [
        "",
        "population",
        "asylum_seekers",
        "asylum_seekers population",
    ]
    assert rows["value"].tolist() == pytest.approx(
        [21.5293, 22.1074, 14.9826, 15.3849], rel=2e-5
    )


def test_only_figures_of_the_same_thing_are_put_in():
    found = fc.ranges()
    put_in = {figure for cell in found["figures"] for figure in cell.split()}
    assert put_in == {
        "berlin-population-update",
        "cologne-population-update",
        "cologne-population-register",
        "hangzhou-area-2002",
        "berlin-asylum-2015-taken-in",
    }, "equal numbers, yuan beside dollars and other years change nothing"
    assert "guangzhou" not in set(found["place"])
    addresses = fc.read("outside_figures").set_index("figure")["address"]
    for _, row in found.iterrows():
        assert row["low"] <= row["value"] <= row["high"] and row["low"] < row["high"]
        assert all(
            addresses[figure] in row["source"] for figure in row["figures"].split()
        )


def test_no_value_that_rests_on_such_a_number_is_left_out():
    moved = {(row["indicator"], row["place"]) for row, _ in differing()}
    assert moved == {
        ("area", "hangzhou"),
        ("population", "berlin"),
        ("population", "cologne"),
        ("asylum_seekers", "berlin"),
    }
    indicators = fc.read("indicators")
    derived = indicators[indicators["numerator"] != ""]
    wanted = set()
    for _, info in derived.iterrows():
        for _, row in fc.observations(info["indicator"]).iterrows():
            parts = {(info["numerator"], row["place"])}
            if not info["denominator_place"]:
                parts.add((info["denominator"], row["place"]))
            if parts & moved:
                wanted.add((info["indicator"], row["place"], row["period"]))
    found = fc.ranges().query("relation == ''")
    assert set(zip(found["indicator"], found["place"], found["period"])) == wanted
    related = fc.ranges().query("relation == 'per_sq_km'")
    assert {"gdp", "foundations", "floating_population"} <= set(
        related.query("place == 'hangzhou'")["indicator"]
    )


def test_ranges_follow_the_data(data):
    data["outside_figures"] = figures(berlin_population_update={"value": 4e6})
    row = fc.ranges("gdp_per_capita_computed").query("place == 'berlin'").iloc[0]
    assert row["low"] == pytest.approx(33977.25)
    assert (
        fc.sensitivity()
        .query("conclusion == 'more-foreigners-in-cologne' and berlin == 'outside'")[
            "holds"
        ]
        .all()
    )


@pytest.mark.parametrize(
    "cells",
    [
        {"value": 3671000},
        {"period_end": pd.Timestamp("2015-12-31")},
        {"unit": "count"},
        {"place": "cologne"},
        {"indicator": "foreigners"},
        {"kind": "guess"},
    ],
)
def test_a_figure_of_another_thing_is_left_out(cells, data):
    data["outside_figures"] = figures(berlin_population_update=cells)
    found = fc.ranges("gdp_per_capita_computed", "population_density")
    assert "berlin" not in set(found["place"])


def test_without_outside_figures_nothing_has_a_range(data):
    data["outside_figures"] = fc.read("outside_figures").iloc[:0]
    assert fc.ranges().empty and "low" in fc.ranges().columns


def test_unknown_indicators_are_told():
    with pytest.raises(KeyError, match="unknown indicator 'gnp'"):
        fc.ranges("gnp")
    assert fc.ranges("gdp_growth").empty


# ---------- flags


def test_a_printed_value_beside_another_figure_is_flagged():
    found = list(differing())
    assert len(found) == 4
    for row, beside in found:
        matched = (beside["value"] == row["value"]).any()
        where = f"{row['indicator']}, {row['place']}"
        assert row["flag"] == ("d" if matched else "u"), where
        assert "outside figure" in row["note"], where
        for printed in beside["printed"]:
            digits = re.search(r"[\d.,]+", printed)[0]
            assert digits not in row["note"], f"{where}: no number is typed"


def test_what_a_note_says_of_an_outside_figure_is_so():
    words = {
        "population berlin": ("lower", 0.9, 1),
        "population cologne": ("both higher", 1, 1.1),
        "asylum_seekers berlin": ("lower", 0.5, 1),
        "area hangzhou": ("about twice as large", 1.9, 2.2),
    }
    for row, beside in differing():
        said, least, most = words[f"{row['indicator']} {row['place']}"]
        assert said in row["note"]
        others = beside.loc[beside["value"] != row["value"], "value"]
        assert (others / row["value"]).between(least, most).all()


def test_what_is_computed_from_a_doubted_value_inherits_the_doubt():
    for _, row in fc.ranges().iterrows():
        rows = fc.observations(
            row["indicator"],
            places=[row["place"]],
            relate=row["relation"] or "absolute",
        )
        flags = rows.loc[rows["period"] == row["period"], "flag"]
        assert flags.isin(["d", "u"]).all(), row[["indicator", "place"]].tolist()


def test_a_printed_value_has_the_doubts_of_its_recomputation():
    indicators = fc.read("indicators").query("recomputes != ''")
    for computed, printed in zip(indicators["indicator"], indicators["recomputes"]):
        again = fc.of_report(fc.observations(computed)).set_index("place")["flag"]
        shown = fc.of_report(fc.observations(printed)).set_index("place")["flag"]
        assert shown.to_dict() == again.to_dict(), printed


# ---------- the table and the conclusions


def test_the_table_shows_each_value_before_and_after():
    html = fc.ranges_table("gdp_per_capita_computed", label="t", caption="c").html
    for words in (
        "37,022",
        "38,017",
        "3.575 million",
        "62,143",
        "61,812",
        "report-k.de",
    ):
        assert words in html
    whole = fc.ranges_table(label="t", caption="c").html
    labels = fc.ranges().query("relation == ''")["label"]
    assert all(label in whole for label in labels)
    assert whole.count("<tr") - 1 == len(labels), "a row for each value"


def test_the_choices_are_the_outside_figures():
    table = fc.read("outside_figures").set_index("figure")
    choices = {
        key: " ".join(options.values()) for key, (_, options) in assumptions().items()
    }
    for key, figure in [
        ("berlin", "berlin-population-update"),
        ("cologne", "cologne-population-update"),
        ("cologne", "cologne-population-register"),
        ("asylum", "berlin-asylum-2015-taken-in"),
        ("area", "hangzhou-area-2002"),
    ]:
        assert fc.fmt(table.at[figure, "value"]) in choices[key]


def test_conclusions_flip_with_the_counts_of_people():
    found = fc.sensitivity()
    flips = found.drop_duplicates("conclusion").set_index("conclusion")["flips"]
    assert {
        key: flips[key]
        for key in (
            "berlin-has-its-printed-share",
            "more-foreigners-in-cologne",
            "asylum-twice-cologne",
            "asylum-falls-in-berlin",
            "asylum-falls-to-a-quarter",
        )
    } == {
        "berlin-has-its-printed-share": "berlin",
        "more-foreigners-in-cologne": "berlin, cologne",
        "asylum-twice-cologne": "asylum",
        "asylum-falls-in-berlin": "never",
        "asylum-falls-to-a-quarter": "asylum",
    }
    printed = found.query("berlin != 'outside' and cologne != 'register'")
    assert printed.query("conclusion == 'more-foreigners-in-cologne'")["holds"].all()


def test_what_is_said_of_asylum_in_germany_is_what_outside_figures_say():
    """The report prints no number for the country."""
    printed = fc.read("observations").query("indicator == 'asylum_seekers'")
    assert "germany" not in set(printed["place"])
    figures = fc.read("outside_figures").set_index("figure")["value"]
    applications, arrivals = (
        [figures[key] for key in figures.index if f"asylum-{counted}" in key]
        for counted in ("applications", "arrivals")
    )
    assert len(applications) == 3 and applications == sorted(applications)
    assert len(arrivals) == 2 and arrivals[0] > arrivals[1]
    note = fc.read("claims").set_index("claim").at["asylum-rise-in-germany", "note"]
    assert "applications for asylum rose in both years" in note
    assert "arrivals fell in the second" in note
    words = fc.sensitivity().query("conclusion == 'asylum-falls-in-berlin'")["finding"]
    assert words.str.endswith("31% of the arrivals and 156% of the applications.").all()
