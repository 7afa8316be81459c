"""The package: derived indicators against values worked out by hand, sentences, tables,
figures.
"""

import re
import warnings
from pathlib import Path

import pandas as pd
import pytest
import seaborn as sns
from bs4 import BeautifulSoup

import fourcities as fc
from fourcities.facts import period_words, round_as_printed
from fourcities.presentation import labels_or_legend, marked
from fourcities.presentation.markup import FOREIGN

# worked out on paper from the printed numbers: Berlin, Cologne, Guangzhou, Hangzhou
BY_HAND = {
    "population_density": [4115.47, 2620.46, 1888.99, 1148.50],
    "population_share_computed": [4.4497, 1.2861, 1.0031, 0.6563],
    "gdp_per_capita_computed": [37022.34, 63017.91, 20934.95, 18123.97],
    "foreigners_share": [18.8017, 19.6421, 0.8402, 0.17414],
    "asylum_per_1000": [21.5293, 4.6006, 9.5693, 12.4910],
    "floating_share": [38.0247, 37.4195],
    "residents_per_district": [305916.67, 117888.89, 1276681.82, 918800.00],
    "foundations_per_100000": [24.5165, 36.6635, 0.29907, 0.29386],
    "registered_so_per_10000": [5.40749, 7.06356],
    "registered_so_per_10000_not_floating": [8.72523, 11.28719],
    "all_so_per_10000": [21.7675],
    "residency_cost_per_person": [15953.33],
    "residency_cost_per_resident": [1703.99],
    "integration_project_funding_per_resident": [19.0684],
    "migrant_service_spending_per_resident": [216.004],
    "migrant_service_spending_per_foreigner": [1099.696],
    "integration_budget_per_resident": [1.04618],
    "so_budget_per_registered_so": [1160.247],
    "so_budget_per_resident": [0.81955],
    "so_funding_per_registered_so": [35093.49],
    "donations_to_gdp": [32.5481],
    "donations_per_partner": [677500000],
}


def test_every_derived_indicator_is_checked_by_hand():
    indicators = fc.read("indicators")
    assert set(indicators.loc[indicators["numerator"] != "", "indicator"]) == set(
        BY_HAND
    )


def test_a_denominator_can_be_a_difference():
    row = fc.observations(
        "registered_so_per_10000_not_floating", places=["hangzhou"]
    ).iloc[0]
    assert row["formula"] == (
        "Registered social organizations (2016) ÷ (Total population (end of 2016) "
        "− Floating population (2016)) × 10,000"
    )
    assert fc.observations(
        "registered_so_per_10000_not_floating", places=["berlin"]
    ).empty, "nothing is taken from a population without a floating one"


def test_qualifiers_reach_what_is_computed():
    assert fc.of_report(fc.observations("so_funding_per_registered_so"))[
        "qualifier"
    ].tolist() == ["more than"]
    assert fc.of_report(fc.observations("donations_per_partner"))[
        "qualifier"
    ].tolist() == ["about"], "divided by “nearly” so many"


def test_computed_values_name_where_both_parts_stand():
    assert fc.cite("foundations_per_100000", "berlin").endswith(
        "[Table 1](basic-data.ipynb#table-1) and Section 5.1; <a "
        'href="does-it-hold.html#ledger-foundations-one-form">d: definition '
        "differs</a>)"
    )


@pytest.mark.parametrize("indicator", BY_HAND)
def test_derived_indicators(indicator):
    assert list(fc.of_report(fc.observations(indicator))["value"]) == pytest.approx(
        BY_HAND[indicator], rel=1e-4
    )


def test_derived_values_name_their_parts_and_periods():
    row = fc.observations("foreigners_share", places=["guangzhou"]).iloc[0]
    assert row["formula"] == "Foreigners (2014) ÷ Total population (end of 2016) × 100"
    assert row["period"] == "2014 ÷ end of 2016"
    assert (
        row["flag"] == "d"
        and "The figures refer to different times: 2014 and end of 2016." in row["note"]
    )
    assert row["printed"] == ""


def test_derived_values_inherit_doubt():
    density = fc.of_report(fc.observations("population_density")).set_index("place")
    assert density["flag"].to_dict() == {
        "berlin": "d",
        "cologne": "u",
        "guangzhou": "",
        "hangzhou": "u",
    }


def test_missing_stays_missing():
    assert set(fc.of_report(fc.observations("floating_share"))["place"]) == {
        "guangzhou",
        "hangzhou",
    }
    with pytest.raises(KeyError, match="not reported"):
        fc.value("floating_share", "berlin")


def test_recompute():
    gdp = fc.of_report(fc.recompute("gdp_per_capita_computed")).set_index("city")
    assert gdp["agrees"].to_dict() == {
        "Berlin": True,
        "Cologne": False,
        "Guangzhou": True,
        "Hangzhou": True,
    }
    assert gdp.at["Cologne", "difference"] == 1
    assert fc.of_report(fc.recompute("population_share_computed"))["agrees"].all()
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


def test_reading_gives_copies():
    frame = fc.read("observations")
    frame["value"] = 0
    assert fc.value("districts", "berlin") == 12


@pytest.mark.parametrize(
    "start, end, words",
    [
        ("2016-01-01", "2016-12-31", "2016"),
        ("2016-12-31", "2016-12-31", "end of 2016"),
        ("2005-01-01", "2014-12-31", "2005–2014"),
        ("2008-01-01", None, "since 2008"),
        ("2016-09-01", None, "since September 2016"),
        (None, "2020-12-31", "until 2020"),
        (None, None, "year not stated"),
        ("2016-06-30", "2016-06-30", "2016-06-30"),
        ("2016-04-01", "2017-03-31", "2016-04-01 to 2017-03-31"),
    ],
)
def test_periods_in_words(start, end, words):
    assert (
        period_words(
            pd.Timestamp(start) if start else pd.NaT,
            pd.Timestamp(end) if end else pd.NaT,
        )
        == words
    )


@pytest.mark.parametrize(
    "number, decimals, shown",
    [
        (1148.5, 0, "1,149"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (0.125, 2, "0.13"),
        (82_500_000, 0, "82.5 million"),
        (1.4e9, 0, "1.4 billion"),
        (135_909_000_000, 0, "135.909 billion"),
        (14_043_500, 0, "14,043,500"),
        (8000, 0, "8,000"),
        (1, 2, "1.00"),
        (0, 0, "0"),
    ],
)
def test_numbers_for_readers(number, decimals, shown):
    assert fc.fmt(number, decimals) == shown


def test_rounding_half_up():
    assert [round_as_printed(x, 0) for x in (0.5, 1.5, 2.5)] == [1, 2, 3]


def test_numbers_in_sentences():
    assert (
        fc.cite("population", "guangzhou")
        == "14,043,500 residents (end of 2016; [Table 1](basic-data.ipynb#table-1))"
    )
    assert (
        fc.cite("population", "china")
        == "1.4 billion residents (year not stated; Section 2.1, no source named)"
    )
    assert (
        fc.cite("asylum_seekers", "berlin", 2016)
        == "16,889 asylum seekers (2016; [Table 3](population-structure.ipynb#table-3))"
    )
    assert fc.cite("population_density", "hangzhou") == (
        "1,149 residents per sq km (computed, end of 2016 ÷ year not stated; [Table "
        "1](basic-data.ipynb#table-1); "
        '<a href="does-it-hold.html#ledger-area-one-measure">u: low reliability</a>)'
    )
    assert fc.cite_each("districts") == (
        "Berlin 12, Cologne 9, Guangzhou 11 and Hangzhou 10 (year not stated; "
        "[Table 4](administration.ipynb#table-4))"
    )
    assert fc.cite_each("foreigners", ["cologne", "guangzhou"]) == (
        "Cologne 208,403 (2016) and Guangzhou 118,000 (2014; d) "
        "([Table 3](population-structure.ipynb#table-3); "
        '<a href="does-it-hold.html#ledger-foreigners-one-year">d: definition '
        "differs</a>)"
    )
    assert "Berlin not reported" in fc.cite_each("floating_population")
    assert (
        fc.reference("heilmann-2017-85")
        == "[Heilmann 2017: 85–86](bibliography.ipynb#heilmann-2017)"
    )
    assert fc.cite("stay_required_legal_aid", "hangzhou").startswith(
        "more than 1 year (year not stated; Section 4.3.3, [Ma & Chen et al. 2018: "
        "23–24](bibliography.ipynb#ma-chen-2018)"
    )
    assert fc.cite("stay_required_relief", "guangzhou").startswith("at least 2 years (")
    assert (
        fc.reference("gluns-2018-9_ma-guan-2018-8")
        == "[Gluns 2018: 9](bibliography.ipynb#gluns-2018), "
        "[Ma & Guan et al. 2018: 8](bibliography.ipynb#ma-guan-2018)"
    )
    assert fc.chapter("3.1") == "[Section 3.1](philanthropy.ipynb)"
    with pytest.raises(KeyError, match="not reported for 'berlin' in 1999"):
        fc.cite("population", "berlin", 1999)


def test_names_carry_their_other_form():
    assert fc.named("policies", "berlin-master-plan") == (
        'Master Plan for Integration and Security (<span lang="de">Masterplan '
        "Integration und Sicherheit</span>)"
    )
    assert fc.named("measures", "berlin-iq") == "IQ Network"
    with pytest.raises(
        KeyError,
        match="no row 'bonn' in data/policies.csv; there are: berlin-diversity",
    ):
        fc.named("policies", "bonn")


@pytest.mark.parametrize(
    "table, key, words",
    [
        ("policies", "berlin-master-plan", "2016"),
        ("policies", "guangzhou-catalogue", "year not stated"),
        ("policies", "hangzhou-relief", "2008, revised 2011"),
        ("policies", "guangzhou-action-plan", "2016–2020"),
        ("policies", "hangzhou-provisions-text", "revised 2017"),
        ("events", "demonstrations", "since 2012"),
        ("events", "guest-workers", "1950s"),
        ("events", "us-foundations", "after the Second World War"),
        ("events", "civil-society", "year not stated"),
        ("events", "nazi-regime", "1933–1945"),
        ("measures", "guangzhou-training-system", "by 2020"),
        ("events", "hangzhou-purchase", "2014"),
    ],
)
def test_times_in_words(table, key, words):
    assert fc.dated(table, key) == words


def test_only_dated_rows_are_drawn():
    policies = fc.read("policies").query("place == 'hangzhou'")
    dated = fc.dated_only(policies)
    assert list(dated["first"]) == sorted(
        dated["first"]
    ) and "hangzhou-points-index" not in set(dated["policy"])
    assert dated.set_index("policy").at["hangzhou-provisions-text", "first"] == 2017, (
        "a revision, where only that is dated"
    )
    events = fc.dated_only(fc.read("events")).set_index("event")
    assert (
        events.at["demonstrations", "first"]
        == events.at["demonstrations", "last"]
        == 2012
        and "ming-qing" not in events.index
    )


def test_facts_tables_keep_flags_and_say_what_is_missing():
    rows = fc.read("measures").query(
        "policy_field == 'social-assistance' and place == 'hangzhou'"
    )
    html = fc.facts_table(
        rows,
        {
            "Measure": "names",
            "City": "city",
            "When": "when",
            "Provider": "provider",
            "Stay": "threshold",
            "Number": "amount",
            "Source": "source",
        },
        "t",
        "c",
    ).html
    assert (
        "more than 1 year" in html
        and "40,000" in html
        and "<div>Ma &amp; Chen et al. 2018: 23–24</div>" in html
        and "<li>All of these are from Section 4.3.3 of the report.</li>" in html
    )
    assert '<span class="missing">not stated</span>' in html
    policies = fc.facts_table(
        fc.read("policies").query("place == 'guangzhou'"),
        {"Title": "names", "Source": "source"},
        "t",
        "c",
    ).html
    assert "<div>Section 5.2; Ma &amp; Guan et al. 2018: 22</div>" in policies, (
        "where rows come from several sections, each says its own"
    )
    notes = re.findall(r"<li><b>.*?</b> (.*?)</li>", policies)
    marks = re.findall(r'<sup class="flag" data-note="(\d+)">(\w)</sup>', policies)
    assert "u" in [letter for _, letter in marks]
    assert all(notes[int(n)].startswith(f"{letter} = ") for n, letter in marks)
    assert '(<span lang="zh-Hans">入户</span>)' in policies


def test_every_amount_stands_in_its_table():
    html = fc.amounts_table("t", "c").html
    for row in fc.read("amounts").itertuples():
        value = fc.observations(row.indicator, places=[row.place]).iloc[0]
        assert (
            value["label"] in html and fc.fmt(value["value"], value["decimals"]) in html
        )
    assert html.count('role="row"') == len(fc.read("amounts")) + 1


def test_codes_keep_what_is_not_stated():
    codes = fc.codes_of("economic_role", "size_class")
    assert (
        list(codes.index) == ["economic_role", "size_class"]
        and list(codes.columns) == fc.cities()
    )
    assert (
        codes.at["economic_role", "berlin"] == "not stated"
        and codes.at["size_class", "berlin"]
        == codes.at["size_class", "guangzhou"]
        == "one of the largest"
    )


DRAWINGS = {
    "timeline": lambda: fc.timeline(
        fc.read("events").query("strand == 'philanthropy'")
    ),
    "timeline of policies": lambda: fc.timeline(
        fc.read("policies").query("place == 'berlin'")
    ),
    "measures": lambda: fc.measure_map(
        fc.read("measures").query("policy_field == 'employment'")
    ),
    "matrix": lambda: fc.coding_matrix("size_class", "legal_aid", "economic_role"),
    "steps": lambda: fc.who_does_what("guidelines_by", "funded_by", "delivered_by"),
}


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_ready_made_drawings(drawing):
    """Same bytes each time, light, and every text inside the picture."""
    first, second = (
        fc.figure(
            DRAWINGS[drawing](),
            "fig-t",
            "A caption with words.",
            "A drawing with words.",
        ).html
        for _ in range(2)
    )
    assert first == second and len(first.encode()) <= 30_000
    left, _, width, _ = map(float, re.search(r'viewBox="([^"]+)"', first)[1].split())
    starts = [
        float(x)
        for x in re.findall(r"<text[^>]* x=\"([-\d.]+)\"", first)
        + re.findall(r"<text[^>]*translate\(([-\d.]+)", first)
    ]
    assert starts and all(left - 1 <= x <= left + width for x in starts)


def test_who_does_what_fills_the_boxes_of_the_codes():
    html = fc.figure(
        DRAWINGS["steps"](), "fig-t", "A caption with words.", "A drawing with words."
    ).html
    codes = fc.codes_of("guidelines_by", "funded_by", "delivered_by")
    assert html.count(">gov.<") == codes.isin(["government", "both"]).sum().sum()
    assert html.count(">SOs<") == codes.isin(["SOs", "both"]).sum().sum()


def test_glossary_and_bibliography():
    words = fc.glossary().data
    assert (
        words.count('class="entry"') == len(fc.read("terms"))
        and '<span lang="de">Masterplan</span>' in words
    )
    works = fc.bibliography("cited").data
    assert (
        works.count('class="entry"') == sum(fc.read("sources")["kind"] == "cited")
        and "Title not found" in works
        and "et al.." not in works
    )
    readings = fc.read("sources").query("kind == 'reading'")
    words = fc.bibliography("reading").data
    assert (
        words.count("Confirmed by: ") == words.count('class="entry"') == len(readings)
    )
    assert "American Political Science Review 64(4): 1033–1053." in words
    assert "World Politics.<br>" in words, "no volume, and none made up"


def test_part_lists_its_chapters():
    text = fc.part("3")
    assert (
        text.startswith("2 chapters, 30 minutes")
        and "](philanthropy.ipynb)** · Section 3.1 · 15 minutes" in text
    )


def test_chinese_in_notes_is_marked():
    assert (
        marked("registration (入户) & more")
        == 'registration (<span lang="zh-Hans">入户</span>) &amp; more'
    )


def test_german_in_german_quotation_marks_is_marked():
    """As the explorers mark it, by the same pattern."""
    assert (
        marked("“work” („Arbeit“) & 入户")
        == '“work” (<span lang="de">„Arbeit“</span>) &amp; '
        '<span lang="zh-Hans">入户</span>'
    )
    script = Path(fc.__file__).parent / "explorers" / "common" / "words.js"
    assert f"/({FOREIGN.pattern})/" in script.read_text("utf-8")


def test_a_period_is_said_only_where_it_is_shared():
    assert fc.when(fc.of_report(fc.observations("population"))) == "end of 2016"
    assert fc.when(fc.observations("foreigners")) == "years differ"


def test_values_keep_their_printed_precision():
    html = fc.profile_table("area", label="x", caption="Area").html
    assert all(
        f"<div>{area}<" in html for area in ("892.00", "404.89", "7,434.4", "8,000")
    )


def test_tables_are_accessible():
    html = fc.report_table(2).html
    assert html.count("<caption>") == 1
    assert (
        html.count('<th scope="col"') == len(fc.cities()) + 1
        and html.count('<th scope="row"') == 4
    )
    assert 'data-label="Cologne"' in html and 'id="table-2"' in html
    assert "<sup>1</sup>" in html and "OANDA" in html
    assert "not for its cells: Gluns 2018, Grabbe 2018" in html
    assert '<span lang="zh-Hans">来穗人员服务管理局</span>' in fc.report_table(4).html


def test_data_cannot_write_html():
    html = fc.table(
        pd.DataFrame({"<b>": ["<script>alert(1)</script>", "&"]}), "<i>", "t"
    ).html
    assert "<script>" not in html and "<b>" not in html and "<i>" not in html
    assert fc.tagged("<script>", "de") == '<span lang="de">&lt;script&gt;</span>'


def drawing():
    axis = fc.axes()
    axis.barh(["Berlin", "广州市"], [1, 2], color="#1f6fb5")
    return axis


def many_marks():
    """A scatter plot of equal marks, which matplotlib defines once and refers to."""
    axis = fc.axes()
    axis.scatter(range(5), range(5), facecolor="none", edgecolor="#1f6fb5")
    axis.set_title("广州市")
    return axis


def test_figures_are_the_same_bytes_each_time():
    first, second = (
        fc.figure(
            drawing(), "fig-t", "A caption with words.", "A bar chart of two bars."
        ).html
        for _ in range(2)
    )
    assert first == second


def test_the_data_of_a_figure_are_those_of_the_places_drawn():
    html = fc.figure(
        drawing(),
        "fig-t",
        "A caption with words.",
        "A bar chart of two bars.",
        uses=["area"],
        places=["hangzhou"],
    ).html
    assert "Hangzhou</th>" in html and "Cologne</th>" not in html


@pytest.mark.parametrize("draw", [drawing, many_marks])
def test_figures_follow_the_page(draw):
    html = fc.figure(
        draw(),
        "fig-t",
        "A caption with words.",
        "A bar chart of two bars.",
        uses=["area"],
    ).html
    assert (
        "currentColor" in html
        and "font-family:inherit" in html
        and "<style" not in html
    )
    assert 'role="img" aria-label="A bar chart of two bars.' in html
    assert '<tspan lang="zh-Hans">广州市</tspan>' in html
    assert re.search(r'(?:url\(#|href="#)fig-t', html), (
        "what the drawing refers to has the figure's name before it"
    )
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids)) and all(i.startswith("fig-t") for i in ids)
    assert all(ref in ids for ref in re.findall(r'(?:url\(#|href="#)([^)"]+)', html))


def test_long_names_and_large_numbers_leave_room_for_panels_side_by_side():
    """With names in one line, or as wide as in a single panel, nothing would be left of
    the bars, and the layout would warn.
    """
    panels = fc.axes(columns=2, sharey=True)
    for axis, numbers in zip(panels, ([389, 83_916_133], [36.7, 2_107_904_000_000])):
        axis.barh(
            ["Cologne", "Town on the Very Long and Winding River of the Far North"],
            numbers,
        )
        axis.bar_label(axis.containers[0], fmt=fc.fmt, padding=4)
        axis.set(xlim=(0, max(numbers) * 1.3))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        html = fc.figure(
            panels, "fig-t", "A caption with words.", "Two panels of bars."
        ).html
    assert all(
        words in html for words in ("Cologne", "Town on the Very", "2,107.904 billion")
    )


def test_labels_that_leave_no_room_for_the_drawing_give_way_to_a_legend():
    """They do so before the drawing is laid out, which would collapse; labels of the
    usual length stay.
    """
    for words, labels in (
        ("Berlin", 1),
        ("Berlin with the Very Long and Winding River of the Far North, 1,000,000", 0),
    ):
        axis = fc.axes()
        axis.scatter([0, 1], [0, 1])
        axis.annotate(words, (1, 1), xytext=(9, 0), textcoords="offset points")
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            labels_or_legend(axis, ["Berlin"])
        assert (len(axis.texts), len(axis.figure.legends)) == (labels, 1 - labels), (
            words
        )


@pytest.mark.parametrize(
    "caption, alt",
    [
        ("", "A bar chart of two bars."),
        ("A caption with words.", "fig-density"),
        ("A caption with words.", ""),
    ],
)
def test_figures_need_a_caption_and_an_alt_text(caption, alt):
    with pytest.raises(ValueError, match="must be a sentence"):
        fc.figure(drawing(), "fig-t", caption, alt)


def test_each_city_has_its_own_colour_and_marker():
    names = [fc.name(city) for city in fc.cities()]
    assert (
        set(fc.city_palette()) == set(names)
        and list(fc.city_markers()) == names
        and names[:4] == ["Berlin", "Cologne", "Guangzhou", "Hangzhou"]
    )
    assert len(set(fc.city_palette().values())) == len(names) and len(
        set(fc.city_markers().values())
    ) == min(len(names), 8), "there are eight markers"


def test_a_measure_has_the_mark_of_its_city():
    """The part of it that is filled, not its shape, says when the measure starts."""
    rows = fc.read("measures").query("place == 'guangzhou' or place == 'berlin'")
    axis = fc.measure_map(rows)
    marks = [line for line in axis.lines if line.get_marker() != "None"]
    markers, palette = fc.city_markers(), fc.city_palette()
    assert {(mark.get_marker(), mark.get_color()) for mark in marks} == {
        (markers[city], palette[city]) for city in ("Berlin", "Guangzhou")
    }
    assert len(marks) == len(rows)
    assert len({mark.get_fillstyle() for mark in marks}) == rows["starts"].nunique()


def test_the_unit_of_a_profile_stands_once_at_its_indicator():
    html = fc.profile_table("area", label="x", caption="Area").html
    table = BeautifulSoup(html, "html.parser")
    assert table.tbody.th.small.get_text() == "square kilometres"
    assert "sq km" not in table.tbody.get_text()


def test_there_is_a_grey_for_four_kinds_and_no_more():
    assert len(set(fc.greys("abcd").values())) == 4
    with pytest.raises(ValueError, match="5 kinds, but there are 4 greys"):
        fc.greys("abcde")


@pytest.mark.parametrize(
    "side, anchor", [("left", "start"), ("center", "middle"), ("right", "end")]
)
def test_lines_of_a_label_stand_under_each_other_in_any_font(side, anchor):
    """Each line has the anchor of its label, not a place that matplotlib measured."""
    axis = fc.axes()
    words, place = "one\nlonger than one\n杭州", {"ha": side, "va": "center"}
    axis.text(0.5, 0.5, words, fontsize=20, **place)
    html = fc.figure(axis, "fig-t", "A caption with words.", "A text of lines.").html
    text = next(
        text
        for text in BeautifulSoup(html, "html.parser").select("svg text")
        if "longer" in text.get_text()
    )
    lines = text.find_all("tspan", recursive=False)
    assert [line.get_text() for line in lines] == ["one", "longer than one", "杭州"]
    assert f"text-anchor: {anchor}" in text["style"]
    assert {line["x"] for line in lines} == {text["x"]}
    first, *others = [float(line["dy"].removesuffix("em")) for line in lines]
    assert first < 0 and all(1.1 < step < 1.4 for step in others), "in its own size"
    assert lines[2].tspan["lang"] == "zh-Hans"


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@pytest.mark.parametrize("ground", ["#ffffff", "#131416"])
def test_city_colours_stand_out_in_light_and_dark(ground):
    for city, colour in fc.city_palette().items():
        pair = sorted([luminance(colour) + 0.05, luminance(ground) + 0.05])
        assert pair[1] / pair[0] >= 3, city


@pytest.mark.parametrize(
    "asked, table",
    [
        (lambda: fc.reference("nobody-1"), "citations"),
        (lambda: fc.chapter("9"), "sections"),
    ],
)
def test_an_unknown_key_is_told_with_those_that_there_are(asked, table):
    with pytest.raises(KeyError, match=f"unknown .*data/{table}.csv has: "):
        asked()


# Charts


def test_bars_carry_their_numbers():
    rows = fc.of_report(fc.observations("gdp_growth"))
    axis = fc.axes()
    sns.barplot(rows, x="value", y="city", ax=axis, **fc.by_city("bars"))
    fc.number_bars(axis, "% a year", scale=False)
    assert [text.get_text() for text in axis.texts] == ["2", "2", "9.4", "9.2"]
    assert axis.get_xlabel() == "% a year" and not len(axis.get_xticks())
    assert axis.get_xlim() == (0, pytest.approx(9.4 * 1.3))


def test_parts_that_have_room_carry_their_numbers():
    rows = pd.DataFrame(
        {"city": ["Berlin"] * 3, "part": ["a", "b", "c"], "value": [60, 39, 1]}
    )
    axis = fc.axes()
    sns.histplot(rows, y="city", weights="value", hue="part", multiple="stack", ax=axis)
    fc.number_parts(axis, "%")
    assert sorted(text.get_text() for text in axis.texts) == ["39", "60"]
    assert axis.get_legend() and axis.get_xlim() == (0, 100)


def test_points_carry_names_or_words():
    rows = fc.of_report(fc.observations("population"))
    axis = fc.axes()
    sns.scatterplot(rows, x="value", y="country", ax=axis, **fc.by_city("points"))
    axis.margins(x=0.3)
    fc.name_points(axis, rows, "value", "country", ["w", "x", "y", "z"], "above", False)
    assert [text.get_text() for text in axis.texts] == ["w", "x", "y", "z"]
    assert {text.get_va() for text in axis.texts} == {"bottom"}
    assert {text.get_ha() for text in axis.texts} == {"center"}
    with pytest.raises(
        ValueError, match="unknown kind 'pies'; there are: bars, points"
    ):
        fc.by_city("pies")


def test_a_template_and_its_values_belong_together():
    assert fc.say("\n{a}\n", a="") is None
    assert fc.fill("{a} and {b}.", a=1, b="two") == "1 and two."
    assert fc.say("\nUS$ {a}.\n", a=5).data == "US<span>&#36;</span> 5."
    with pytest.raises(ValueError, match="holes without a value: b; values .* hole: c"):
        fc.fill("{a} and {b}.", a=1, c=2)


def test_a_bar_below_zero_is_in_sight():
    rows = pd.DataFrame({"city": ["Berlin", "Cologne"], "value": [-2.0, 4.0]})
    axis = fc.axes()
    sns.barplot(rows, x="value", y="city", ax=axis, **fc.by_city("bars"))
    fc.number_bars(axis, "%", room=0.5)
    assert axis.get_xlim() == (-3, 6)
    with pytest.raises(ValueError, match="unknown side 'beside'; there are: above"):
        fc.name_points(axis, rows, "value", "city", sides="beside")


def test_cards_of_the_cities():
    soup = BeautifulSoup(
        fc.city_cards(
            "population", "floating_share", dimension="standing", label="c"
        ).html,
        "html.parser",
    )
    cards = soup.select("#c ul.cards > li")
    assert [card.b.string for card in cards] == [fc.name(c) for c in fc.cities()]
    berlin, guangzhou = cards[0], cards[2]
    assert fc.city_palette()["Berlin"] in berlin["style"]
    population = fc.value("population", "berlin")
    said = [value.get_text(" ") for value in berlin.select(".value > div")]
    assert fc.fmt(population) in said[0] and said[1] == "not reported"
    assert guangzhou.find("span", lang="zh-Hans").string in guangzhou.p.get_text()
    assert "Berlin" in soup.select_one("details .table-notes").get_text()


@pytest.mark.parametrize("wrong", [("nothing", "standing"), ("population", "nothing")])
def test_cards_of_something_unknown(wrong):
    indicator, dimension = wrong
    with pytest.raises(KeyError, match="nothing"):
        fc.city_cards(indicator, dimension=dimension, label="c")
