"""The workbench: its code draws what the data say, wrong choices are explained,
controls and picks keep step.
"""

import csv
import json
import re

import matplotlib.pyplot as plt
import nbformat
import pytest
from bs4 import BeautifulSoup
from matplotlib.colors import to_hex

import fourcities as fc
from conftest import ROOT, read_once
from fourcities.explorers import workbench_code
from fourcities.explorers.workbench.choices import SHADES
from fourcities.explorers.workbench.ticks import Ticks

ALL = ["berlin", "cologne", "guangzhou", "hangzhou"]
WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.fixture(autouse=True)
def no_open_figures():
    yield
    plt.close("all")


def printed(indicator, *places):
    """Values of an indicator as they stand in the CSV file: (city, value), in the order
    of its rows.
    """
    with open(ROOT / "data" / "observations.csv", encoding="utf-8") as file:
        return [
            (row["place"].capitalize(), float(row["value"]))
            for row in csv.DictReader(file)
            if row["indicator"] == indicator and row["place"] in (places or ALL)
        ]


def drawn(*choice, **more):
    """The axes that the code of a choice leaves in `ax`, run with its own names."""
    names = {}
    exec(workbench_code(*choice, **more), names)
    return names["ax"]


def lines_of(axis):
    """The labels of the lines of a panel, by their height."""
    return {
        round(float(y), 6): label.get_text()
        for y, label in zip(axis.get_yticks(), axis.get_yticklabels())
    }


def bars(axis):
    """City and length of each bar, from above."""
    labels, palette = (
        lines_of(axis),
        {to_hex(colour): city for city, colour in fc.city_palette().items()},
    )
    found = sorted(
        (
            round(bar.get_y() + bar.get_height() / 2, 6),
            bar.get_width(),
            to_hex(bar.get_facecolor()),
        )
        for bar in axis.patches
        if bar.get_width()
    )
    for y, _, colour in found:
        assert labels[y].startswith(palette[colour]), "a city keeps its colour"
    return [(re.split("[,\n]", labels[y])[0], width) for y, width, _ in found]


def dots(axis):
    """City and value of each dot, from above."""
    labels = lines_of(axis)
    points = sorted(
        (float(y), float(x))
        for collection in axis.collections
        for x, y in collection.get_offsets()
    )
    return [(re.split("[,\n]", labels[y])[0], x) for y, x in points]


CHOICES = [
    (ALL, ["gdp_per_capita"], "absolute", "bars"),
    (ALL, ["gdp", "foreigners"], "absolute", "bars"),
    (ALL, ["asylum_seekers", "foreigners"], "per_1000", "dots"),
    (["hangzhou", "berlin"], ["population"], "share_of_country", "dots"),
    (["guangzhou", "hangzhou"], ["stay_required_relief"], "absolute", "bars"),
    (ALL, ["integration_project_funding"], "per_resident", "bars"),
    (ALL, ["population_density", "gdp_per_capita"], "absolute", "scatter"),
    (ALL, ["foreigners", "asylum_seekers"], "per_sq_km", "scatter"),
    (ALL, ["share_services", "share_industry"], "absolute", "composition"),
]


@pytest.mark.parametrize("choice", CHOICES, ids=str)
def test_the_code_is_short_and_runs_as_it_stands(choice):
    code = workbench_code(*choice)
    lines = code.splitlines()
    assert lines[:2] == ["import seaborn as sns", "import fourcities as fc"]
    assert 6 <= sum(bool(line) for line in lines) <= 14 and max(map(len, lines)) <= 130
    values = {
        f"{value:g}" for indicator in choice[1] for _, value in printed(indicator)
    } | {fc.fmt(value) for indicator in choice[1] for _, value in printed(indicator)}
    assert not {value for value in values if len(value) > 2} & set(
        re.findall(r"[\d.,]*\d", code)
    ), "no number of the data is typed into it"
    panels = drawn(*choice)
    panels = panels.flat if hasattr(panels, "flat") else [panels]
    for panel in panels:
        assert re.search(
            r"\((year not stated|years differ|.*\d{4}.*)\)$", panel.get_xlabel(), re.S
        ), "the period is named"
        assert max(map(len, panel.get_xlabel().split("\n"))) <= 46


def test_bars_are_as_long_as_the_values():
    axis = drawn(ALL, ["gdp_per_capita"])
    assert bars(axis) == printed("gdp_per_capita")
    assert [text.get_text() for text in axis.texts] == [
        "37,022",
        "63,017",
        "20,935",
        "18,124",
    ]
    assert axis.get_xlabel() == "GDP per capita, US$ per person (2016)"


def test_a_panel_for_each_indicator_and_a_bar_for_each_period():
    seekers, foreigners = drawn(ALL, ["asylum_seekers", "foreigners"])
    assert bars(seekers) == printed("asylum_seekers") and len(bars(seekers)) == 4
    assert bars(foreigners) == printed("foreigners")
    assert list(lines_of(seekers).values()) == [
        "Berlin, 2015",
        "Berlin, 2016",
        "Cologne, 2015",
        "Cologne, 2016",
    ]
    assert seekers.get_xlim() == foreigners.get_xlim(), "one unit, one scale"
    for axis in (seekers, foreigners):
        assert axis.xaxis.label.get_visible() and axis.get_xlabel().endswith(
            "persons (years differ)"
        )


def test_units_that_differ_have_scales_of_their_own():
    gdp, people = drawn(ALL, ["gdp", "population"])
    assert gdp.get_xlim() != people.get_xlim()


def test_dots_follow_the_relation():
    residents = {fc.name(city): fc.value("population", city) for city in ALL}
    axis = drawn(["guangzhou", "cologne"], ["foreigners"], "per_1000", "dots")
    found = dots(axis)
    assert [city for city, _ in found] == ["Cologne", "Guangzhou"], (
        "in the order of the data"
    )
    for (city, x), (_, number) in zip(
        found, printed("foreigners", "cologne", "guangzhou")
    ):
        assert x == pytest.approx(number / residents[city] * 1000)


def test_what_is_only_about_a_value_says_so():
    assert [
        text.get_text()
        for text in drawn(["guangzhou", "hangzhou"], ["stay_required_relief"]).texts
    ] == ["at least 2", "more than 1"]


def test_scatter_sets_the_latest_values_against_each_other():
    axis = drawn(ALL, ["asylum_seekers", "foreigners"], chart="scatter")
    points = {
        tuple(map(float, point))
        for collection in axis.collections
        for point in collection.get_offsets()
    }
    latest, foreigners = dict(printed("asylum_seekers")), dict(printed("foreigners"))
    assert points == {
        (latest[city], foreigners[city]) for city in ("Berlin", "Cologne")
    }, "Guangzhou and Hangzhou have no value of the first"
    assert axis.get_xlabel().startswith(
        "Asylum seekers"
    ) and axis.get_ylabel().startswith("Foreigners")


def test_composition_stacks_the_shares_in_the_order_asked_for():
    axis = drawn(ALL, ["share_services", "share_industry"], chart="composition")
    labels = lines_of(axis)
    pieces = sorted(
        (round(bar.get_y() + bar.get_height() / 2, 6), bar.get_x(), bar.get_width())
        for bar in axis.patches
        if bar.get_width()
    )
    found = [(labels[y], left, width) for y, left, width in pieces]
    industry = dict(printed("share_industry"))
    expected = [
        piece
        for city, services in printed("share_services")
        for piece in ((city, 0, services), (city, services, industry[city]))
    ]
    assert [city for city, *_ in found] == [city for city, *_ in expected]
    assert [piece[1:] for piece in found] == [
        pytest.approx(piece[1:]) for piece in expected
    ]
    assert [text.get_text() for text in axis.get_legend().texts] == [
        "Services",
        "Industry and\nconstruction",
    ]
    assert [text.get_text() for text in axis.texts][:2] == ["85.9%", "83.7%"]


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@pytest.mark.parametrize("shade", SHADES)
def test_shares_can_be_read_in_light_and_dark(shade):
    assert 1.05 / (luminance(shade) + 0.05) >= 4.5, "white numbers on it"
    assert (luminance(shade) + 0.05) / (luminance("#131416") + 0.05) >= 3


@pytest.mark.parametrize(
    "values, shown",
    [
        ([0, 1e11, 2e11], ["0", "100 billion", "200 billion"]),
        ([4e7, 8e7, 1.2e8], ["40 million", "80 million", "120 million"]),
        ([0, 0.1, 0.2, 0.1 + 0.2], ["0.0", "0.1", "0.2", "0.3"]),
        ([0, 20000], ["0", "20,000"]),
    ],
)
def test_numbers_at_an_axis(values, shown):
    axis = fc.axes()
    fc.label_axis(axis.xaxis, fc.observations("gdp"))
    assert axis.xaxis.get_major_formatter().format_ticks(values) == shown


WRONG = {
    "no city": (
        ([], ["gdp"]),
        "no city is chosen; choose from: Berlin, Cologne, Guangzhou(,| and) Hangzhou",
    ),
    "no indicator": ((ALL, []), "no indicator is chosen"),
    "unknown city": (
        (["Bonn"], ["gdp"]),
        "unknown city: 'Bonn'; there are: berlin, cologne, guangzhou, hangzhou",
    ),
    "city as text": (
        ("berlin", ["gdp"]),
        r"cities must be a list, such as \['berlin'\]; it is 'berlin'",
    ),
    "unknown indicator": (
        (ALL, ["wealth"]),
        "unknown indicator: 'wealth'; there are: area, population, ",
    ),
    "unknown relation": (
        (ALL, ["gdp"], "per_cat"),
        "unknown relation: 'per_cat'; there are: absolute, per_resident, per_1000",
    ),
    "relation of one only": (
        (ALL, ["gdp", "foreigners"], "per_1000"),
        "GDP and Foreigners can't be shown 'per_1000'; valid here: absolute, per_sq_km",
    ),
    "unknown chart": (
        (ALL, ["gdp"], "absolute", "pie"),
        "unknown chart: 'pie'; there are: bars, dots, scatter, composition",
    ),
    "scatter of one": (
        (ALL, ["gdp"], "absolute", "scatter"),
        "scatter needs exactly two indicators, one for each axis; only GDP",
    ),
    "scatter of three": (
        (ALL, ["gdp", "area", "population"], "absolute", "scatter"),
        (
            "scatter needs exactly two indicators, one for each axis; not GDP, Area "
            "and "
            "Total population"
        ),
    ),
    "scatter without a pair": (
        (
            ["berlin", "guangzhou"],
            ["asylum_seekers", "floating_population"],
            "absolute",
            "scatter",
        ),
        "no chosen city has both Asylum seekers and Floating population",
    ),
    "composition of one": (
        (ALL, ["share_services"], "absolute", "composition"),
        (
            "composition stacks at least two shares and at most 6; 1 chosen. Instead "
            "choose .* Services"
        ),
    ),
    "composition of other units": (
        (ALL, ["gdp", "share_services"], "absolute", "composition"),
        "composition stacks shares in percent; not a share: GDP. Instead",
    ),
    "composition beyond the whole": (
        (
            ["hangzhou"],
            ["share_services", "migrant_children_share"],
            "absolute",
            "composition",
        ),
        "add up to 101.2% in Hangzhou. Instead",
    ),
    "no value": (
        (["berlin"], ["gdp", "floating_population"]),
        (
            "Floating population has no value for Berlin; cities that have one: "
            "Guangzhou(,| and) Hangzhou"
        ),
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_choice_is_named_with_the_valid_ones(case):
    choice, message = WRONG[case]
    with pytest.raises(ValueError, match=message):
        workbench_code(*choice)


def test_names_of_cities_will_do():
    assert workbench_code(["Hangzhou", "Berlin"], ["gdp"]) == workbench_code(
        ["berlin", "hangzhou"], ["gdp"]
    )


def controls(bench):
    return {
        control.description: control
        for control in bench.children
        if control.description
    }


def picture(bench):
    """What stands below the controls."""
    return bench.children[-1].value


def drawing(bench):
    """The words in the drawing itself."""
    return [
        text.text
        for text in BeautifulSoup(picture(bench), "html.parser").select(
            "figure > svg text"
        )
    ]


def test_each_control_is_described_and_redraws():
    bench = fc.Workbench(["berlin", "cologne"])
    found = controls(bench)
    assert list(found) == ["Cities", "Indicators", "Relate", "Chart"]
    assert (
        found["Cities"].options[1] == ("Cologne", "cologne")
        and ("2.2 · GDP", "gdp") in found["Indicators"].options
    )
    assert "Cologne" in drawing(bench) and "Hangzhou" not in drawing(bench)
    found["Cities"].value = ("berlin", "hangzhou")
    assert (
        bench.value["cities"] == ["berlin", "hangzhou"]
        and "Hangzhou" in drawing(bench)
        and "Cologne" not in drawing(bench)
    )
    found["Indicators"].value = ("foreigners",)
    found["Relate"].value = "per_1000"
    found["Chart"].value = "dots"
    assert bench.value == {
        "cities": ["berlin", "hangzhou"],
        "indicators": ["foreigners"],
        "relate": "per_1000",
        "chart": "dots",
    }
    assert BeautifulSoup(picture(bench), "html.parser").pre.text == workbench_code(
        **bench.value
    )


def test_picks_from_python_move_the_controls():
    bench, seen = fc.Workbench(), []
    bench.observe(lambda change: seen.append(change["new"]), "value")
    bench.value = {
        "indicators": ["gdp", "population"],
        "relate": "per_sq_km",
        "chart": "scatter",
    }
    assert len(seen) == 1 and seen[0]["cities"] == fc.cities(), (
        "one change, said once; what is not named stays"
    )
    found = controls(bench)
    assert (
        found["Indicators"].value == ("gdp", "population")
        and found["Relate"].value == "per_sq_km"
        and found["Chart"].value == "scatter"
    )
    assert "Scatter plot of GDP and Total population" in picture(bench)
    before = dict(bench.value)
    with pytest.raises(ValueError, match="unknown city: 'Bonn'"):
        bench.value = {"cities": ["Bonn"]}
    with pytest.raises(
        ValueError,
        match="unknown pick 'city'; there are: cities, indicators, relate, chart",
    ):
        bench.value = {"city": ["berlin"]}
    assert bench.value == before


def test_relations_follow_the_indicators():
    bench = fc.Workbench(indicators=["foreigners"], relate="per_1000")
    relate, indicators = controls(bench)["Relate"], controls(bench)["Indicators"]
    assert [key for _, key in relate.options] == [
        "absolute",
        "per_1000",
        "per_100000",
        "per_sq_km",
    ]
    indicators.value = ("gdp", "foreigners")
    assert relate.options == (("absolute", "absolute"), ("per sq km", "per_sq_km"))
    assert bench.value["relate"] == relate.value == "absolute", (
        "what the new choice does not allow is given up"
    )
    indicators.value = ("gdp_growth",)
    assert relate.options == (("absolute", "absolute"),)
    with pytest.raises(ValueError, match="can't be shown 'per_1000'"):
        bench.value = {"relate": "per_1000"}


def test_what_cannot_be_drawn_is_explained_in_place():
    bench = fc.Workbench()
    controls(bench)["Chart"].value = "scatter"
    assert (
        "scatter needs exactly two indicators" in picture(bench)
        and "<svg" not in picture(bench)
        and "Traceback" not in picture(bench)
    )
    assert "scatter needs exactly two indicators" in bench._repr_html_()
    controls(bench)["Cities"].value = ()
    assert "no city is chosen" in picture(bench) and bench.frame().empty
    controls(bench)["Indicators"].value = ()
    with pytest.raises(ValueError, match="no indicator"):
        bench.frame()
    bench.value = {"cities": ALL, "indicators": ["gdp"], "chart": "dots"}
    assert "<svg" in picture(bench), "and the next choice is drawn again"


def test_the_picked_rows_are_a_frame():
    frame = fc.Workbench(["cologne", "hangzhou"], ["gdp"]).frame()
    assert list(zip(frame["city"], frame["value"])) == printed(
        "gdp", "cologne", "hangzhou"
    )


def test_the_page_has_figure_and_code_and_nothing_dead():
    first, second = (fc.Workbench(ALL)._repr_mimebundle_() for _ in range(2))
    assert (
        first["text/html"] == second["text/html"]
        and first["text/plain"] == second["text/plain"]
    )
    assert WIDGET in first, "a live notebook shows the controls"
    page = BeautifulSoup(fc.Workbench(ALL)._repr_html_(), "html.parser")
    assert page.select_one("figure#fig-workbench figcaption").text.startswith(
        "GDP per capita: highest in Cologne (US$ 63,017 per person), lowest in Hangzhou"
    )
    assert page.select_one("figure svg")["aria-label"].endswith(
        "."
    ) and page.select_one("figure p.data-line")
    assert page.select_one("pre code").text == workbench_code(ALL, ["gdp_per_capita"])
    assert (
        "make lab" in page.select_one(".workbench-how").text
        and page.select_one(".workbench-how a")["href"]
        == "how-to-use.html#if-you-explore"
    )
    assert not page.select("select, input, button, textarea, script, img")
    assert len(first["text/html"]) < 30_000


def test_its_words_come_from_the_data():
    bench = fc.Workbench(
        ALL, indicators=["asylum_seekers"], relate="per_1000", label="t"
    )
    caption = BeautifulSoup(picture(bench), "html.parser").figcaption.text
    assert caption == (
        "Asylum seekers: highest in Berlin, 2015 ÷ end of 2016 (21.53 persons per "
        "1,000 residents), lowest in Berlin, 2016 ÷ end of 2016 (4.60 persons per "
        "1,000 residents). "
        "Computed: Asylum seekers ÷ Total population × 1,000. Not reported, so not "
        "drawn: Asylum seekers in Guangzhou and Hangzhou."
    )
    for indicators, order in (
        (["gdp", "population"], "in the same order as"),
        (["population_density", "area"], "in another order than"),
    ):
        bench.value = {"indicators": indicators, "chart": "scatter"}
        assert order in picture(bench)
    bench.value = {
        "indicators": ["share_services", "share_industry"],
        "chart": "composition",
    }
    assert "Together they are 99.2% in Berlin, 100% in Cologne" in picture(bench)


def test_it_is_described_in_one_line():
    bench = fc.Workbench(["berlin"], ["gdp"])
    assert repr(bench) == "Workbench; picks: " + json.dumps(
        {
            "cities": ["berlin"],
            "indicators": ["gdp"],
            "relate": "absolute",
            "chart": "bars",
        }
    )
    assert bench._repr_mimebundle_()["text/plain"] == repr(bench)


@pytest.mark.parametrize("indicator", fc.read("indicators")["indicator"])
def test_every_indicator_can_be_drawn(indicator):
    """As bars, and as dots in the last relation that it allows; no label takes more
    than two lines.
    """
    places = [p for p in ALL if not fc.observations(indicator, places=[p]).empty]
    if not places:  # such as a value of North-Rhine Westphalia
        with pytest.raises(ValueError, match="cities that have one: "):
            workbench_code(ALL, [indicator])
        return
    last = [
        "absolute",
        *fc.read("indicators").set_index("indicator").at[indicator, "relate"].split(),
    ][-1]
    for relate, chart, marks in (("absolute", "bars", bars), (last, "dots", dots)):
        axis = drawn(places, [indicator], relate, chart)
        assert all(label.count("\n") <= 1 for label in lines_of(axis).values())
        assert [value for _, value in marks(axis)] == list(
            fc.observations(indicator, relate=relate, places=places)["value"]
        )


def test_the_chapter_keeps_to_public_names():
    cells = nbformat.read(ROOT / "book" / "workbench.ipynb", as_version=4).cells
    used = {
        name
        for cell in cells
        if cell.cell_type == "code"
        for name in re.findall(r"\bfc\.(\w+)", cell.source)
    }
    assert {"Workbench", "Explorer", "label_axis"} <= used and all(
        hasattr(fc, name) for name in used
    )
    assert not any("exec(" in cell.source for cell in cells)


def test_no_build_executes_a_cell_that_draws_into_a_widget():
    """nbclient can wait for ever on such a cell (jupyter/nbclient issue 312), and a
    page shows nothing of it.
    """
    cells = [
        cell
        for path in (ROOT / "book").glob("*.ipynb")
        for cell in read_once(path).cells
        if cell.cell_type == "code"
    ]
    drawing = [
        cell for cell in cells if re.search(r"\binteract|widgets\.Output", cell.source)
    ]
    assert drawing and all(
        "skip-execution" in cell.metadata.tags and not cell.outputs for cell in drawing
    )


def test_the_picker_is_ticked_and_narrowed_by_typing():
    bench = fc.Workbench(["berlin"], ["gdp"])
    cities, indicators = controls(bench)["Cities"], controls(bench)["Indicators"]
    berlin, cologne, *_ = cities.boxes()
    assert (berlin.description, berlin.value) == ("Berlin", True)
    cologne.value = True
    assert bench.value["cities"] == ["berlin", "cologne"]
    assert "Cologne" in drawing(bench)
    indicators._find.value = "FLOAT"
    shown = {box.description for box in indicators.boxes()}
    assert shown == {
        label for label, _ in indicators.options if "float" in label.lower()
    }
    indicators.boxes()[0].value = True
    assert bench.value["indicators"][0] == "gdp" and len(bench.value["indicators"]) == 2
    indicators._find.value = "no such name"
    assert not indicators.boxes() and "no name has what is typed" in told(indicators)
    indicators._find.value = ""
    assert [box.description for box in indicators.boxes() if box.value] == [
        label for label, key in indicators.options if key in bench.value["indicators"]
    ], "what was ticked is still ticked"


def told(ticks):
    return ticks.children[-1].value


def test_a_long_list_shows_a_part_and_finds_the_rest():
    towns = [(f"Town {number}", f"town-{number}") for number in range(300)]
    ticks = Ticks(towns, "Cities")
    assert len(ticks.boxes()) == 100 and "200 more are found by typing" in told(ticks)
    ticks._find.value = "town 299"
    (last,) = ticks.boxes()
    last.value = True
    assert ticks.value == ("town-299",) and "1 of 300 chosen" in told(ticks)
    with pytest.raises(ValueError, match="unknown choice 'town-300'"):
        ticks.value = ("town-300",)
