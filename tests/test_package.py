"""The package: derived indicators against values worked out by hand, sentences, tables, figures."""

import re

import pandas as pd
import pytest

import fourcities as fc
from fourcities.indicators import period_words, round_as_printed

BY_HAND = {  # worked out on paper from the printed numbers: Berlin, Cologne, Guangzhou, Hangzhou
    "population_density": [4115.47, 2620.46, 1888.99, 1148.50],
    "population_share_computed": [4.4497, 1.2861, 1.0031, 0.6563],
    "gdp_per_capita_computed": [37022.34, 63017.91, 20934.95, 18123.97],
    "foreigners_share": [18.8017, 19.6421, 0.8402, 0.17414],
    "asylum_per_1000": [21.5293, 4.6006, 9.5693, 12.4910],
    "floating_share": [38.0247, 37.4195],
    "residents_per_district": [305916.67, 117888.89, 1276681.82, 918800.00],
}


@pytest.mark.parametrize("indicator", BY_HAND)
def test_derived_indicators(indicator):
    assert list(fc.observations(indicator)["value"]) == pytest.approx(BY_HAND[indicator], rel=1e-4)


def test_derived_values_name_their_parts_and_periods():
    row = fc.observations("foreigners_share", places=["guangzhou"]).iloc[0]
    assert row["formula"] == "Foreigners (2014) ÷ Total population (end of 2016) × 100"
    assert row["period"] == "2014 ÷ end of 2016"
    assert row["flag"] == "d" and "Divides a figure of 2014 by one of end of 2016." in row["note"]
    assert row["printed"] == ""


def test_derived_values_inherit_doubt():
    density = fc.observations("population_density").set_index("place")
    assert density["flag"].to_dict() == {"berlin": "", "cologne": "", "guangzhou": "", "hangzhou": "u"}


def test_missing_stays_missing():
    assert set(fc.observations("floating_share")["place"]) == {"guangzhou", "hangzhou"}
    with pytest.raises(KeyError, match="not reported"):
        fc.value("floating_share", "berlin")


def test_recompute():
    gdp = fc.recompute("gdp_per_capita_computed").set_index("city")
    assert gdp["agrees"].to_dict() == {"Berlin": True, "Cologne": False, "Guangzhou": True, "Hangzhou": True}
    assert gdp.at["Cologne", "difference"] == 1
    assert fc.recompute("population_share_computed")["agrees"].all()
    with pytest.raises(ValueError, match="recomputes no printed indicator"):
        fc.recompute("population_density")


def test_unknown_names_are_told_with_the_known_ones():
    with pytest.raises(KeyError, match="unknown indicator 'gnp'.*gdp"):
        fc.observations("gnp")
    with pytest.raises(KeyError, match="unknown place 'bonn'.*cologne"):
        fc.observations("gdp", places=["bonn"])
    with pytest.raises(KeyError, match="no table 'cities'.*places"):
        fc.read("cities")
    with pytest.raises(KeyError, match="unknown table '9'"):
        fc.report_table(9)
    with pytest.raises(KeyError, match="unknown term"):
        fc.term("guanxi")


def test_reading_gives_copies():
    frame = fc.read("observations")
    frame["value"] = 0
    assert fc.value("districts", "berlin") == 12


@pytest.mark.parametrize("start, end, words", [
    ("2016-01-01", "2016-12-31", "2016"), ("2016-12-31", "2016-12-31", "end of 2016"), ("2005-01-01", "2014-12-31", "2005–2014"),
    (None, None, "year not stated"), ("2016-06-30", "2016-06-30", "2016-06-30"), ("2016-04-01", "2017-03-31", "2016-04-01 to 2017-03-31"),
])
def test_periods_in_words(start, end, words):
    assert period_words(pd.Timestamp(start) if start else pd.NaT, pd.Timestamp(end) if end else pd.NaT) == words


@pytest.mark.parametrize("number, decimals, shown", [
    (1148.5, 0, "1,149"), (2.5, 0, "3"), (-2.5, 0, "-3"), (0.125, 2, "0.13"), (82_500_000, 0, "82.5 million"), (1.4e9, 0, "1.4 billion"),
    (135_909_000_000, 0, "135.909 billion"), (14_043_500, 0, "14,043,500"), (8000, 0, "8,000"), (1, 2, "1.00"), (0, 0, "0"),
])
def test_numbers_for_readers(number, decimals, shown):
    assert fc.fmt(number, decimals) == shown


def test_rounding_half_up():
    assert [round_as_printed(x, 0) for x in (0.5, 1.5, 2.5)] == [1, 2, 3]


def test_numbers_in_sentences():
    assert fc.cite("population", "berlin") == "3,671,000 residents (end of 2016; [Table 1](#table-1))"
    assert fc.cite("population", "china") == "1.4 billion residents (year not stated; Section 2.1, no source named)"
    assert fc.cite("asylum_seekers", "berlin", 2015) == "79,034 asylum seekers (2015; [Table 3](#table-3))"
    assert fc.cite("population_density", "hangzhou") == "1,149 residents per sq km (computed, end of 2016 ÷ year not stated; [Table 1](#table-1); u: low reliability)"
    assert fc.cite_each("districts") == "Berlin 12, Cologne 9, Guangzhou 11 and Hangzhou 10 (year not stated; [Table 4](#table-4))"
    assert fc.cite_each("foreigners", ["cologne", "guangzhou"]) == "Cologne 208,403 (2016) and Guangzhou 118,000 (2014; d) ([Table 3](#table-3); d: definition differs)"
    assert "Berlin not reported" in fc.cite_each("floating_population")
    assert fc.reference("heilmann-2017-85") == "[Heilmann 2017: 85–86](#sources)"
    assert fc.term("sub-provincial-city") == 'sub-provincial city (<span lang="zh-Hans">副省级</span>)'
    with pytest.raises(KeyError, match="not reported for 'berlin' in 1999"):
        fc.cite("population", "berlin", 1999)


def test_a_period_is_said_only_where_it_is_shared():
    assert fc.when(fc.observations("population")) == "end of 2016"
    assert fc.when(fc.observations("foreigners")) == "years differ"


def test_values_keep_their_printed_precision():
    html = fc.profile_table("area", label="x", caption="Area").html
    assert all(shown in html for shown in ("892.00 sq km", "404.89 sq km", "7,434.4 sq km", "8,000 sq km"))


def test_tables_are_accessible():
    html = fc.report_table(2).html
    assert html.count("<caption>") == 1
    assert html.count('<th scope="col"') == 5 and html.count('<th scope="row"') == 4
    assert 'data-label="Cologne"' in html and 'id="table-2"' in html
    assert "<sup>1</sup>" in html and "OANDA" in html
    assert "the report gives none for single cells: Gluns 2018, Grabbe 2018" in html
    assert '<span lang="zh-Hans">来穗人员服务管理局</span>' in fc.report_table(4).html


def test_data_cannot_write_html():
    html = fc.table(pd.DataFrame({"<b>": ["<script>alert(1)</script>", "&"]}), "<i>", "t").html
    assert "<script>" not in html and "<b>" not in html and "<i>" not in html
    assert fc.tagged("<script>", "de") == '<span lang="de">&lt;script&gt;</span>'


def drawing():
    axis = fc.axes()
    axis.barh(["Berlin", "广州市"], [1, 2], color="#1f6fb5")
    return axis


def test_figures_are_the_same_bytes_each_time():
    first, second = (fc.figure(drawing(), "fig-t", "A caption with words.", "A bar chart of two bars.").html for _ in range(2))
    assert first == second


def test_figures_follow_the_page():
    html = fc.figure(drawing(), "fig-t", "A caption with words.", "A bar chart of two bars.", uses=["area"]).html
    assert "currentColor" in html and "font-family:inherit" in html and "<style" not in html
    assert 'role="img" aria-label="A bar chart of two bars."' in html
    assert '<tspan lang="zh-Hans">广州市</tspan>' in html
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids)) and all(i.startswith("fig-t") for i in ids)
    assert all(ref in ids for ref in re.findall(r'(?:url\(#|href="#)([^)"]+)', html))


@pytest.mark.parametrize("caption, alt", [("", "A bar chart of two bars."), ("A caption with words.", "fig-density"), ("A caption with words.", "")])
def test_figures_need_a_caption_and_an_alt_text(caption, alt):
    with pytest.raises(ValueError, match="must be a sentence"):
        fc.figure(drawing(), "fig-t", caption, alt)


def test_each_city_has_its_own_colour_and_marker():
    assert list(fc.city_palette()) == list(fc.city_markers()) == ["Berlin", "Cologne", "Guangzhou", "Hangzhou"]
    assert len(set(fc.city_palette().values())) == len(set(fc.city_markers().values())) == 4


def luminance(colour):
    channels = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= .03928 else ((c + .055) / 1.055) ** 2.4 for c in channels)
    return .2126 * r + .7152 * g + .0722 * b


@pytest.mark.parametrize("ground", ["#ffffff", "#131416"])
def test_city_colours_stand_out_in_light_and_dark(ground):
    for city, colour in fc.city_palette().items():
        pair = sorted([luminance(colour) + .05, luminance(ground) + .05])
        assert pair[1] / pair[0] >= 3, city
