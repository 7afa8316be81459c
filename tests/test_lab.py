"""The explorers in a real JupyterLab: what is picked in the browser arrives in the
kernel, and the other way round.
"""

import ast
import json
import re

import nbformat
import pytest
from jupyter_client import BlockingKernelClient
from lab_server import ALL_CELLS, PATIENCE, QUIET, served, wait_for
from playwright.sync_api import Expect

import fourcities as fc

CELLS = [
    """
import json
import fourcities as fc, fourcities.explorers, ipywidgets as widgets
import matplotlib.pyplot as plt, seaborn as sns
explorer = fc.Explorer("gdp", "gdp_per_capita", "asylum_seekers", label="live")
explorer
""",
    """
def draw(picks):
    axes = sns.barplot(data=explorer.frame(), x="city", y="value")
    axes.set_ylabel(picks["indicator"])
    names = ", ".join(label.get_text() for label in axes.get_xticklabels())
    print("Drawn:", axes.get_ylabel(), "of", names)
    plt.show()
widgets.interactive_output(draw, {"picks": explorer})
""",
    """
other = fc.Explorer("gdp", "gdp_per_capita", label="other")
link = widgets.jslink((explorer, "value"), (other, "value"))
widgets.HBox([explorer, widgets.VBox([other])])
""",
    """
texts = fc.TextExplorer(label="words")
texts
""",
    """
rows = []
for n in range(6):
    cells = [f"Claim {n}", [("Table 1", "economy.html#table-1")]]
    tags = {"status": ["holds", "open"][n % 2]}
    rows.append({"key": f"c-{n}", "cells": cells, "tags": tags})
facets = {"status": ("Status", "several", {"holds": "holds", "open": "open"})}
judged = "status", {"holds": "it does", "open": "nobody knows"}
claims = fourcities.explorers.TableExplorer(
    ["Claim", "Where"], rows, facets, "Claims", "claims", judged=judged
)
claims
""",
    """
dimensions = "size_class", "policy_independence", "funding_mode", "so_role"
designs = fc.DesignExplorer(*dimensions, label="designs")
designs
""",
]
LIVE, FIGURE, BOXES, TEXTS, CLAIMS, DESIGNS = range(len(CELLS))
expect = Expect()
expect.set_options(PATIENCE * 1000)


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Address of a JupyterLab with a notebook in it, and the folder of its connection
    files.
    """
    folder = tmp_path_factory.mktemp("lab")
    (folder / "notebooks").mkdir()
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell.strip()) for cell in CELLS]
    )
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    nbformat.write(notebook, folder / "notebooks" / "live.ipynb")
    with served(folder, folder / "notebooks", QUIET | ALL_CELLS) as address:
        yield address


class Live:
    """The notebook, open in a browser after "Run All Cells", and a second line to its
    kernel.
    """

    def __init__(self, page, kernel):
        self.page, self.kernel, self.errors, self.elsewhere = page, kernel, [], []

    def explorer(self, cell, which=0):
        return (
            self.page.locator(".jp-CodeCell").nth(cell).locator(".explorer").nth(which)
        )

    def pick(self, explorer, cities, **choices):
        """Tick these cities and no others, and choose by the words on the controls."""
        for box in (
            explorer.get_by_role("group", name="Cities").get_by_role("checkbox").all()
        ):
            box.set_checked(box.get_attribute("value") in cities)
        for label, option in choices.items():
            if label == "view":
                explorer.get_by_role("radio", name=option, exact=True).check()
            else:
                explorer.get_by_role(
                    "combobox", name=label.replace("_", " ").capitalize(), exact=True
                ).select_option(label=option)

    def drawn(self):
        """What the seaborn cell shows: the words in the figure as a printed line, and
        the picture.
        """
        cell = self.page.locator(".jp-CodeCell").nth(FIGURE)
        return cell.locator(".jp-RenderedText pre").filter(
            has_text="Drawn:"
        ), cell.locator(".jp-RenderedImage img")

    def run(self, code):
        """Type the code into the last cell and run it. Returns where its output is."""
        cells = self.page.locator(".jp-CodeCell")
        mine = cells.nth(cells.count() - 1)
        mine.locator(".cm-content").click()
        self.page.keyboard.insert_text(code)
        self.page.keyboard.press("Shift+Enter")
        expect(mine.locator(".jp-InputPrompt")).to_have_text(re.compile(r"\[\d+\]:"))
        return mine.locator(".jp-OutputArea-output")

    def ask(self, expression):
        """The value of an expression in the kernel, by way of JSON."""
        reply = self.kernel.execute_interactive(
            "",
            silent=True,
            user_expressions={"it": f"json.dumps({expression})"},
            timeout=PATIENCE,
        )
        found = reply["content"]["user_expressions"]["it"]
        assert found["status"] == "ok", found
        return json.loads(ast.literal_eval(found["data"]["text/plain"]))

    def expect_picks(self, name, **picks):
        """The kernel has, or soon gets, these picks in the explorer of that name."""
        wait_for(
            lambda: self.ask(f"{name}.value").items() >= picks.items(),
            f"{picks} in {name}.value",
        )


@pytest.fixture(scope="module")
def live(lab, browser):
    url, runtime = lab
    context = browser.new_context(viewport={"width": 1400, "height": 1200})
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    live = Live(page, BlockingKernelClient())
    page.on("pageerror", lambda error: live.errors.append(str(error)))
    page.on(
        "console",
        lambda message: (
            live.errors.append(message.text)
            if message.type in ("error", "warning")
            else None
        ),
    )
    own = (url, url.replace("http", "ws", 1), "data:", "blob:")
    for kind in ("request", "websocket"):
        page.on(
            kind,
            lambda asked: (
                None if asked.url.startswith(own) else live.elsewhere.append(asked.url)
            ),
        )
    page.goto(f"{url}lab/tree/live.ipynb?token=four")
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    live.explorer(DESIGNS).get_by_role("table").first.wait_for()
    page.get_by_role("button", name="Insert a cell below").first.click()
    live.kernel.load_connection_file(str(next(runtime.glob("kernel-*.json"))))
    live.kernel.start_channels()
    yield live
    live.kernel.stop_channels()
    context.close()


def same_rows(live, name, expected):
    """The frame in the kernel is this one, values and dates alike."""
    assert live.ask(
        f"{name}.frame().to_json(orient='split', date_format='iso')"
    ) == expected.to_json(orient="split", date_format="iso")


def test_each_explorer_has_radio_buttons_of_its_own(live):
    for explorer in (
        live.explorer(LIVE),
        live.explorer(BOXES),
        live.explorer(BOXES, 1),
    ):
        expect(explorer.get_by_role("radio", checked=True)).to_have_count(1)


def test_picks_in_the_browser_arrive_in_the_kernel(live):
    explorer = live.explorer(LIVE)
    live.pick(
        explorer,
        ["guangzhou", "hangzhou"],
        indicator="GDP per capita",
        sort_by="value",
        view="table",
    )
    live.expect_picks(
        "explorer",
        cities=["guangzhou", "hangzhou"],
        indicator="gdp_per_capita",
        relate="absolute",
        sort="value",
        view="table",
    )
    rows = (
        fc.observations("gdp_per_capita", places=["guangzhou", "hangzhou"])
        .sort_values("value", ascending=False, kind="stable")
        .reset_index(drop=True)
    )
    assert len(rows) == 2
    same_rows(live, "explorer", rows)
    expect(explorer.get_by_role("rowheader")).to_have_text(list(rows["city"]))
    live.pick(
        explorer,
        ["berlin", "cologne"],
        indicator="GDP",
        relate_it="per sq km",
        sort_by="report order",
        view="bars",
    )
    live.expect_picks(
        "explorer",
        cities=["berlin", "cologne"],
        indicator="gdp",
        relate="per_sq_km",
        sort="report",
        view="bars",
    )
    same_rows(
        live,
        "explorer",
        fc.observations(
            "gdp", places=["berlin", "cologne"], relate="per_sq_km"
        ).reset_index(drop=True),
    )


def test_a_seaborn_figure_follows_the_picks(live):
    line, picture = live.drawn()
    live.pick(live.explorer(LIVE), ["berlin", "cologne", "hangzhou"], indicator="GDP")
    expect(line).to_have_text("Drawn: gdp of Berlin, Cologne, Hangzhou")
    before = picture.get_attribute("src")
    live.pick(live.explorer(LIVE), ["berlin", "cologne"], indicator="Asylum seekers")
    expect(line).to_have_text("Drawn: asylum_seekers of Berlin, Cologne")
    expect(picture).not_to_have_attribute("src", before)


def test_linked_explorers_keep_in_step(live):
    here, there = live.explorer(LIVE), live.explorer(BOXES, 1)
    for mine, its, name, cities, indicator in (
        (here, there, "other", ["cologne", "hangzhou"], "GDP per capita"),
        (there, here, "explorer", ["berlin"], "GDP"),
    ):
        live.pick(mine, cities, indicator=indicator)
        live.expect_picks(
            name, cities=cities, indicator=indicator.lower().replace(" ", "_")
        )
        expect(its.get_by_role("rowheader")).to_have_text(
            [fc.name(city) for city in cities]
        )
        expect(its.get_by_role("caption")).to_contain_text(indicator)


def test_picks_set_in_the_kernel_show_in_the_browser(live):
    told = live.run(
        'explorer.value = {"cities": ["Cologne"], "indicator": "gdp_per_capita", '
        '"view": "table"}'
    )
    expect(told.filter(has_text="Error")).to_have_count(0)
    for explorer in (
        live.explorer(LIVE),
        live.explorer(BOXES),
        live.explorer(BOXES, 1),
    ):
        expect(explorer.get_by_role("checkbox", checked=True)).to_have_count(1)
        expect(explorer.get_by_role("checkbox", name="Cologne")).to_be_checked()
        expect(explorer.get_by_role("combobox", name="Indicator")).to_have_value(
            "gdp_per_capita"
        )
        expect(explorer.get_by_role("radio", name="table")).to_be_checked()
        expect(explorer.get_by_role("rowheader")).to_have_text(["Cologne"])
    expect(live.drawn()[0]).to_have_text("Drawn: gdp_per_capita of Cologne")
    live.expect_picks(
        "other", cities=["cologne"], indicator="gdp_per_capita", view="table"
    )


def test_a_pick_that_does_not_exist_is_refused(live):
    before = live.ask("explorer.value")
    shown = live.explorer(LIVE).inner_text()
    for pick, choices in (
        ({"cities": ["Bonn"]}, fc.cities()),
        ({"indicator": "rainfall"}, ["gdp", "gdp_per_capita", "asylum_seekers"]),
    ):
        expect(live.run(f"explorer.value = {pick!r}")).to_contain_text(
            re.compile(f"PickError: unknown .*{', '.join(choices)}")
        )
    assert live.ask("explorer.value") == before
    assert live.explorer(LIVE).inner_text() == shown


def test_texts_are_picked_alike(live):
    texts = live.explorer(TEXTS)
    live.pick(texts, ["guangzhou", "hangzhou"])
    texts.get_by_role("searchbox", name="Words").fill("民政")
    live.expect_picks("texts", cities=["guangzhou", "hangzhou"], words="民政")
    expected = fc.TextExplorer(cities=["guangzhou", "hangzhou"], words="民政").frame()
    assert len(expected) > 1
    same_rows(live, "texts", expected)
    expect(texts.get_by_role("columnheader")).to_have_text(
        ["Policy field", "Guangzhou", "Hangzhou"]
    )


def test_rows_are_picked_alike(live):
    claims = live.explorer(CLAIMS)
    claims.get_by_role("checkbox", name="open").uncheck()
    claims.get_by_role("searchbox", name="Words").fill("claim")
    live.expect_picks("claims", status=["holds"], words="claim")
    expect(claims.get_by_role("rowheader")).to_have_text(
        ["Claim 0", "Claim 2", "Claim 4"]
    )
    assert live.ask("list(claims.frame()['key'])") == ["c-0", "c-2", "c-4"]
    expect(claims.get_by_role("link")).to_have_count(
        0
    )  # the book's pages are not there
    judging = claims.locator(".judge, details.own")
    expect(judging).to_have_count(0)  # a notebook has its files


def test_a_cell_is_recoded_alike(live):
    """The design of a comparison, whose script is longer than that of the others."""
    designs = live.explorer(DESIGNS)
    designs.get_by_role("combobox", name="Recode: city and condition").select_option(
        "hangzhou.policy_independence"
    )
    designs.get_by_role("combobox", name="Code", exact=True).select_option(
        label="relatively independent"
    )
    live.expect_picks(
        "designs", recode=["hangzhou.policy_independence.relatively-independent"]
    )
    assert (
        live.ask("designs.codes().at['policy_independence', 'hangzhou']")
        == "relatively independent"
    )
    sentences = live.ask("designs.findings()")
    assert sentences[0].startswith("Your codes change what the method of difference ")
    expect(designs.locator(".mind li")).to_have_text(sentences)


def test_all_quiet(live):
    """No error in the page and no request to elsewhere, in all of the above."""
    assert live.errors == []
    assert live.elsewhere == []
