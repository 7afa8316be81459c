"""The explorers: picks in Python, and what a reader does with them on the page, with no
kernel behind it.
"""

import functools
import gzip
import http.server
import io
import itertools
import json
import re
import threading
import xml.etree.ElementTree as ET
from collections import Counter
from urllib.parse import parse_qsl, urlsplit

import axe
import pandas as pd
import pytest
from bs4 import BeautifulSoup

import fourcities as fc
from conftest import ROOT, Quiet, read_once, serving
from fourcities.explorers import PickError, TableExplorer
from fourcities.explorers.common import pieces
from fourcities.explorers.common.pieces import ROWS
from fourcities.explorers.texts import explorer as texts
from fourcities.facts import package, places_above, state_of
from publishing.contents import chapters

PAGES = [
    path.stem
    for path in chapters()
    if "Explorer(" in "".join(cell.source for cell in read_once(path).cells)
]
PACKAGE = ROOT / "book" / "fourcities"
CITIES = fc.cities()
SETS = [
    list(group)
    for size in range(len(CITIES) + 1)
    for group in itertools.combinations(CITIES, size)
    if len(CITIES) < 5 or size in (0, 1, len(CITIES))
]


# ---------- in Python


@pytest.mark.parametrize(
    "picks, named",
    [
        (
            {"cities": ["Bonn"]},
            "'Bonn'; there are: berlin, cologne, guangzhou, hangzhou",
        ),
        ({"cities": "berlin"}, "cities must be a list"),
        ({"indicator": "gnp"}, "'gnp'; there are: gdp"),
        (
            {"relate": "per_1000"},
            "'per_1000'; there are: absolute, per_resident, per_sq_km",
        ),
        ({"sort": "size"}, "'size'; there are: report, value, name"),
        ({"view": "pie"}, "'pie'; there are: bars, table, profile"),
    ],
)
def test_a_bad_pick_names_the_valid_ones(picks, named):
    with pytest.raises(ValueError, match=re.escape(named)):
        fc.Explorer("gdp", **picks)
    explorer = fc.Explorer("gdp", "population")
    before = explorer.value
    with pytest.raises(ValueError, match=re.escape(named)):
        explorer.value = picks
    assert explorer.value == before


@pytest.mark.parametrize(
    "picks, named",
    [
        ({"cities": ["Bonn"]}, "there are: berlin"),
        ({"fields": ["sport"]}, "there are: employment"),
        ({"from_year": "soon"}, "a year such as"),
        ({"only": "sport"}, "there are: employment"),
    ],
)
def test_a_bad_pick_of_texts_names_the_valid_ones(picks, named):
    with pytest.raises(ValueError, match=re.escape(named)):
        fc.TextExplorer(**picks)
    with pytest.raises(ValueError, match="there are: bodies, policies, measures, so"):
        fc.TextExplorer("laws")


def test_the_value_is_the_picks_and_can_be_observed():
    explorer, seen = (
        fc.Explorer("gdp", "asylum_seekers", cities=["Cologne", "berlin"]),
        [],
    )
    explorer.observe(lambda change: seen.append(change["new"]), "value")
    explorer.value = {"indicator": "asylum_seekers", "relate": "per_1000"}
    assert (
        explorer.value
        == {
            "cities": ["berlin", "cologne"],
            "indicator": "asylum_seekers",
            "relate": "per_1000",
            "period": "all",
            "sort": "report",
            "view": "bars",
        }
        == seen[-1]
    )
    explorer.value = {"indicator": "gdp"}
    assert explorer.value["relate"] == "absolute", (
        "GDP is not set against a thousand residents"
    )


def test_the_frame_holds_the_picked_rows():
    explorer = fc.Explorer(
        "gdp",
        "foreigners",
        cities=["hangzhou", "berlin"],
        indicator="foreigners",
        sort="value",
    )
    expected = fc.observations("foreigners", places=["berlin", "hangzhou"]).sort_values(
        "value", ascending=False
    )
    pd.testing.assert_frame_equal(explorer.frame(), expected.reset_index(drop=True))
    explorer.value = {"view": "profile"}
    assert set(explorer.frame()["indicator"]) == {"gdp", "foreigners"}


def test_the_frame_of_texts_follows_words_and_years():
    texts = fc.TextExplorer("policies", words="户籍")
    assert texts.frame()["local_name"].str.contains("户籍").all() and len(texts.frame())
    texts.value = {"words": "PLAN integration", "cities": ["berlin"]}
    assert list(texts.frame()["name"]) == ["Master Plan for Integration and Security"]
    texts.value = {"words": "", "cities": ["cologne"], "from": "2013", "to": "2014"}
    assert list(texts.frame()["time"]) == ["2014"]
    assert (
        fc.TextExplorer("policies", cities=["hangzhou"], from_year=2011, to_year=2011)
        .frame()["time"]
        .str.contains("2011")
        .all()
    )


def test_relating_is_the_same_division_as_the_derived_indicators():
    for indicator, relate, derived in [
        ("asylum_seekers", "per_1000", "asylum_per_1000"),
        ("foundations", "per_100000", "foundations_per_100000"),
        ("population", "per_sq_km", "population_density"),
        ("population", "share_of_country", "population_share_computed"),
        (
            "migrant_service_spending",
            "per_resident",
            "migrant_service_spending_per_resident",
        ),
    ]:
        pd.testing.assert_series_equal(
            fc.observations(indicator, relate=relate)["value"],
            fc.observations(derived)["value"],
        )
    row = fc.observations("asylum_seekers", places=["berlin"], relate="per_1000").iloc[
        0
    ]
    assert row["inputs"] == (
        "Asylum seekers, 2015: 79,034 persons ÷ Total population, end of 2016: "
        "3,671,000 persons × 1,000"
    )
    with pytest.raises(ValueError, match="allows: absolute, per_resident, per_sq_km"):
        fc.observations("gdp", relate="per_1000")


def test_small_numbers_keep_two_digits():
    assert [fc.fine(x, 2) for x in (0, 3, 0.5, 0.034, 0.0099999999)] == [2, 2, 2, 3, 4]


def test_the_html_form_is_the_same_each_time_and_holds_no_control():
    one, two = fc.Explorer(label="x"), fc.Explorer(label="x")
    assert one._repr_html_() == two._repr_html_() and repr(one) == repr(two)
    bundle = one._repr_mimebundle_()[0]
    assert {
        "text/html",
        "text/plain",
        "application/vnd.jupyter.widget-view+json",
    } == set(bundle)
    soup = BeautifulSoup(bundle["text/html"], "html.parser")
    assert soup.table and not soup.select("input, select, button")


def test_the_html_form_of_a_long_table_holds_all_rows_in_two_parts(monkeypatch):
    monkeypatch.setattr(pieces, "ROWS", 3)
    soup = BeautifulSoup(
        fc.Explorer(
            "floating_population", cities=fc.cities("report"), label="x"
        )._repr_html_(),
        "html.parser",
    )
    first, rest = (
        soup.select("#x-table tbody tr"),
        soup.select("details > div#x-table-rest tbody tr"),
    )
    assert [row.th.text for row in first + rest] == [
        "Guangzhou",
        "Hangzhou",
        "Berlin",
        "Cologne",
    ] and len(first) == 3
    assert soup.select("summary")[-1].text == "3 of 4 rows are shown; open the others"
    assert rest[0].td.text == "not reported"


STATUS = {"holds": "holds", "hangs": "hangs on a choice", "open": "open"}
SECTION = {"any": "any section", "2.1": "2.1 Economy", "3.2": "3.2 Migrants"}


def claims(**more):
    """A table of 40 claims: the fifth, tenth … has two statuses, the seventh,
    fourteenth … none; every third is of Section 3.2.
    """

    def status(n):
        return (
            []
            if n % 7 == 0
            else ["holds", "open"]
            if n % 5 == 0
            else list(STATUS)[n % 3]
        )

    rows = [
        {
            "key": f"c-{n}",
            "cells": [
                f"Claim {n}" + " on the 户籍 system" * (n % 4 == 0),
                [
                    "See ",
                    (f"Table {n}", f"economy.html#table-{n}"),
                    " and ",
                    ("the 民政 list", "#claims-c-39"),
                    ".",
                ],
                f"Büro in Köln, <b>{n}</b>",
            ],
            "tags": {
                "status": status(n),
                "section": ["any", "3.2" if n % 3 == 0 else "2.1"],
            },
        }
        for n in range(1, 41)
    ]
    return TableExplorer(
        ["Claim", "Where it stands", "What was done"],
        rows,
        {
            "status": ("Status", "several", STATUS),
            "section": ("Section", "one", SECTION),
        },
        "Claims of the 民政 report",
        "claims",
        ["A note with 汉字."],
        noun=("claim", "claims"),
        phrases={"section": "on {}"},
        **more,
    )


def test_rows_of_a_table_follow_the_picks():
    table = claims()
    assert table.value == {
        "status": ["holds", "hangs", "open"],
        "section": "any",
        "words": "",
    }
    assert len(table.frame()) == 40 and list(table.frame().columns) == [
        "key",
        "Claim",
        "Where it stands",
        "What was done",
    ]
    assert table.frame().iloc[3].tolist() == [
        "c-4",
        "Claim 4 on the 户籍 system",
        "See Table 4 and the 民政 list.",
        "Büro in Köln, <b>4</b>",
    ]
    table.value = {"status": ["open"], "section": "3.2 Migrants"}
    assert list(table.frame()["key"]) == ["c-15", "c-21", "c-30"], (
        "claim 21 has no status, so it fits every pick of one"
    )
    table.value = {"status": [], "section": "any"}
    assert list(table.frame()["key"]) == ["c-7", "c-14", "c-21", "c-28", "c-35"]
    table.value = {"status": list(STATUS), "words": " 户籍  KOLN buro 24 "}
    assert list(table.frame()["key"]) == ["c-24"]
    table.value = {"words": "nowhere"}
    assert table.frame().empty and "There is no claim with “nowhere”." in table.view()
    table.value = {"status": [], "section": "2.1", "words": "claim 9"}
    assert (
        "There is no claim with (nothing is picked) under “Status” on “2.1 Economy” "
        "with “claim 9”." in table.view()
    ), "each of them leaves some rows, all together leave none"
    assert claims(words=False).value == {"status": list(STATUS), "section": "any"}


def test_the_html_of_a_table_marks_rows_links_and_chinese():
    html = claims()._repr_html_()
    assert html == claims()._repr_html_()
    row = BeautifulSoup(html, "html.parser").select_one("tr#claims-c-4")
    assert str(row.th) == (
        '<th role="rowheader" scope="row">Claim 4 on the <span '
        'lang="zh-Hans">户籍</span> system</th>'
    )
    assert [(a["href"], a.text) for a in row.select("a")] == [
        ("economy.html#table-4", "Table 4"),
        ("#claims-c-39", "the 民政 list"),
    ] and row.a.find_next("a").span["lang"] == "zh-Hans"
    assert (
        not row.select("b")
        and BeautifulSoup(html, "html.parser").select_one(".table-notes span").text
        == "汉字"
    )


@pytest.mark.parametrize(
    "picks, named",
    [
        ({"status": ["done"]}, "'done'; there are: holds, hangs, open"),
        ({"status": "open"}, "status must be a list"),
        ({"section": "9"}, "'9'; there are: any, 2.1, 3.2"),
        ({"cities": []}, "'cities'; there are: status, section, words"),
    ],
)
def test_a_bad_pick_of_rows_names_the_valid_ones(picks, named):
    table = claims()
    with pytest.raises(PickError, match=re.escape(named)):
        table.value = picks
    assert len(table.frame()) == 40


@pytest.mark.parametrize(
    "change, named",
    [
        ({"key": "c 1"}, "letters, digits and hyphens"),
        ({"key": "table"}, "other than 'table'"),
        ({"cells": ["one"]}, "1 cells for 2 columns"),
        ({"cells": ["one", 2]}, "text or a list of parts"),
        ({"cells": ["one", ("T", "#t")]}, "text or a list of parts"),
        ({"cells": ["one", [("T", "#t", "u")]]}, "text or a list of parts"),
        ({"tags": {"state": "x"}}, "there are: status"),
        ({"tags": {"status": ["done"]}}, "there are: holds, hangs, open"),
        *(
            ({"cells": ["one", [("T", address)]]}, "leads out of the book")
            for address in (
                "javascript:alert(1)",
                "JavaScript:alert(1)",
                " javascript:x",
                "java\nscript:x",
                "data:text/html,x",
                "https://example.org",
                "//example.org",
                "/etc",
                "\\x",
                "../x.html",
                "a/../../x",
                "x.html#a b",
                "",
            )
        ),
    ],
)
def test_a_bad_row_is_refused(change, named):
    row = {"key": "c-1", "cells": ["one", "two"], "tags": {"status": "open"}}
    facets = {"status": ("Status", "several", STATUS)}
    with pytest.raises(ValueError, match=re.escape(named)):
        TableExplorer(["Claim", "Text"], [row | change], facets, "Claims", "claims")
    for columns, rows, choices, named in (
        (["A", "A"], [], facets, "columns"),
        (["Claim", "key"], [], facets, "columns"),
        (["Claim", "Text"], [row, row], facets, "two rows"),
        (["A"], [], {"words": ("W", "one", STATUS)}, "other than"),
        (["A"], [], {"a": ("A", "many", STATUS)}, "'several' or 'one'"),
        (["A"], [], {"a": ("A", "one", {"x,y": "Z"})}, "is no key"),
    ):
        with pytest.raises(ValueError, match=re.escape(named)):
            TableExplorer(columns, rows, choices, "Claims", "claims")
    for judged, named in (
        (("state", {"open": "so"}), "there are: status"),
        (("status", {"done": "so"}), "there are: holds, hangs, open"),
    ):
        with pytest.raises(ValueError, match=re.escape(named)):
            TableExplorer(["A"], [], facets, "Claims", "claims", judged=judged)


def test_module_and_styles_are_small():
    folder = PACKAGE / "explorers"
    module = (folder / "bundles" / "explorer.js").read_bytes()
    styles = (folder / "common" / "explorer.css").read_bytes()
    assert len(gzip.compress(module + styles)) <= 15_500


# ---------- on the page


def opened(browser, url, **options):
    """A page of its own, its messages and the addresses it asked for."""
    page = browser.new_context(
        **{"viewport": {"width": 1280, "height": 900}} | options
    ).new_page()
    page.messages, page.asked = [], []
    page.on("console", lambda message: page.messages.append(message.text))
    page.on("pageerror", lambda error: page.messages.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(url)
    return page


@pytest.fixture(scope="module")
def leaf(browser):
    """Turn a page that stays open to an address, since another chapter costs less than
    another page: at a desk, on a phone, or without scripts.
    """
    pages = {
        "desk": opened(browser, "about:blank"),
        "phone": opened(browser, "about:blank", viewport={"width": 390, "height": 800}),
        "plain": opened(browser, "about:blank", java_script_enabled=False),
    }

    def turn(where, url):
        page = pages[where]
        page.messages.clear(), page.asked.clear()
        page.goto(url)
        return page

    yield turn
    for page in pages.values():
        page.context.close()


def rows(page, label):
    """The rows of an explorer's table as lists of words."""
    return page.locator(f"#{label}-table tbody tr").evaluate_all(
        "rows => rows.map(r => [...r.children].map(c => c.innerText.trim()))"
    )


def explorers_of(page):
    return [(e.get_attribute("id"), e) for e in page.locator(".explorer").all()]


@pytest.mark.parametrize("name", PAGES)
def test_every_explorer_is_alive_over_http_and_from_a_file(leaf, address, site, name):
    for base, where in ((address, "phone"), (site.as_uri(), "desk")):
        page = leaf(where, f"{base}/{name}.html")
        for label, explorer in explorers_of(page):
            assert "awake" in explorer.get_attribute("class")
            if not explorer.get_by_role("group", name="Cities").count():
                continue  # a table of other rows
            headings = page.locator(f"#{label}-table th")
            assert headings.filter(has_text="Berlin").count()
            explorer.get_by_role("checkbox", name="Berlin", exact=True).uncheck()
            assert (
                not headings.filter(has_text="Berlin").count()
                and headings.filter(has_text="Cologne").count()
            )
            assert "Shown:" in explorer.get_by_role("status").inner_text()
            explorer.get_by_role("button", name="All", exact=True).first.click()
        if where == "desk":
            keep_their_tables(page)
        else:
            for _, explorer in explorers_of(page):
                fits(page, explorer)
        assert page.messages == []
        assert [url for url in page.asked if not url.startswith((base, "data:"))] == []


# Explorers with a table that is wider than they, and does not scroll.
WIDER = """() => [...document.querySelectorAll(".explorer")].filter((card) =>
    [...card.querySelectorAll("table")].some((table) =>
      !table.closest(".wide") &&
      table.getBoundingClientRect().right >
        card.getBoundingClientRect().right -
          parseFloat(getComputedStyle(card).paddingRight) + 1
    )).map((card) => card.id)"""


def keep_their_tables(page):
    """At a desk, and where the columns beside the text are drawers."""
    for width in (820, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(WIDER) == [], width


def fits(page, explorer):
    """In none of its views is an explorer wider than a phone."""
    for view in ("bars", "table", "profile"):
        if explorer.get_by_role("radio", name=view).count():
            explorer.get_by_role("radio", name=view).check()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert explorer.evaluate(
            "e => [...e.querySelectorAll('*')].every(c => c.closest('.sr-only, "
            "thead') || c.getBoundingClientRect().right <= 390)"
        )


def test_the_profile_is_small_multiples_of_one_line_a_city(browser, address):
    """On a phone the bars of an indicator begin below each other and have one scale."""
    page = opened(
        browser,
        f"{address}/explore-numbers.html",
        viewport={"width": 390, "height": 844},
    )
    page.get_by_role("radio", name="profile").check()
    row = page.locator("tr:has(th:text-matches('^GDP per capita'))").first
    bars = [bar.bounding_box() for bar in row.locator(".bars").all()]
    values = fc.observations("gdp_per_capita", period="latest")["value"]
    assert len(bars) == len(values)
    assert len({(bar["x"], bar["width"]) for bar in bars}) == 1
    steps = [low["y"] - high["y"] for high, low in itertools.pairwise(bars[:4])]
    periods = {row["period"] for _, row in fc.observations("gdp_per_capita").iterrows()}
    lines = 1 if len(periods) == 1 else 2  # a period of its own stands below
    assert all(16 < step < 30 * lines for step in steps), "a line a city"
    lengths = [bar.bounding_box()["width"] for bar in row.locator(".bars i").all()]
    for length, value in zip(lengths, values):
        meant = max(bars[0]["width"] * value / values.max(), 2)  # the least is seen
        assert abs(length - meant) < 1
    assert row.locator("th small").count() == (lines == 1), "stands once if shared"
    page.context.close()


def test_values_are_those_of_the_csv(browser, address):
    page = opened(browser, f"{address}/explore-numbers.html")
    explorer = page.locator("#explore-all")
    observed = fc.read("observations")
    for indicator, label in (
        fc.read("indicators")
        .query("numerator == ''")[["indicator", "label"]]
        .itertuples(index=False)
    ):
        explorer.get_by_label("Indicator", exact=True).select_option(indicator)
        mine = observed[
            (observed["indicator"] == indicator) & observed["place"].isin(CITIES)
        ]
        values = [
            row[1] for row in rows(page, "explore-all") if row[1] != "not reported"
        ]
        assert len(values) == len(mine), label
        for shown, (_, row) in zip(values, fc.observations(indicator).iterrows()):
            assert fc.fmt(row["value"], row["decimals"]) in shown, (label, shown)
    page.context.close()


UNLINKED = """(box) => {
  for (const link of box.querySelectorAll("a")) link.replaceWith(...link.childNodes);
  for (const { style } of box.querySelectorAll("[style]")) {
    const value = key => style.getPropertyValue(key).replace(/\\.?0+%/, "%");
    style.cssText = [...style].map(key => key + ":" + value(key)).sort().join(";");
  }
  box.normalize();
  return box.innerHTML.replaceAll("&nbsp;", " ");
}"""


def compared(page, label, wanted, linked=False):
    """Picks for which the page does not show what Python writes: wanted is a list of
    (picks, HTML). linked: with the same links.
    """
    return page.evaluate(
        """([label, wanted, linked]) => {
        const same = linked ? (box) => box.innerHTML : UNLINKED;
        const el = document.getElementById(label), model = el.explorer;
        return wanted.filter(([picks, html]) => {
          model.show(picks);
          el.querySelector(".explorer-view button")?.click(); // "Show all"
          const mine = el.querySelector(".explorer-view").cloneNode(true);
          const other = document.createElement("div");
          other.innerHTML = html;
          return same(mine) !== same(other);
        }).map(([picks]) => picks);
      }""".replace("UNLINKED", UNLINKED),
        [label, wanted, linked],
    )


def test_page_and_python_show_the_same_numbers(browser, address, monkeypatch):
    """For every indicator and relation with every set of cities, in bars and table, for
    one of its periods or all; and the profile of every set.
    """
    state = state_of()
    monkeypatch.setattr(
        package,
        "state_of",
        lambda folder=None: state,
        # the files don't change while this runs; looking each time takes most of the
        # time
    )
    page = opened(browser, f"{address}/explore-numbers.html")
    explorer = fc.Explorer(label="explore-all")
    wanted = []
    for indicator, relations in fc.read("indicators")[
        ["indicator", "relate"]
    ].itertuples(index=False):
        for relate in ["absolute", *relations.split()]:
            periods = explorer._periods(indicator)
            for number, cities in enumerate(SETS):
                view, sort, period = (
                    ("bars", "table")[number % 2],
                    ("report", "value", "name")[number % 3],
                    periods[number % len(periods)],
                )
                explorer.value = {
                    "cities": cities,
                    "indicator": indicator,
                    "relate": relate,
                    "period": period,
                    "view": view,
                    "sort": sort,
                }
                wanted.append((explorer.value, str(explorer.view())))
    for cities in (
        some for some in SETS if len(some) <= 6
    ):  # of more the page draws six and a button
        explorer.value = {"cities": cities, "view": "profile"}
        wanted.append((explorer.value, str(explorer.view())))
    assert len(wanted) > 500
    assert compared(page, "explore-all", wanted) == []
    page.context.close()


def test_page_and_python_show_the_same_texts(browser, address, monkeypatch):
    monkeypatch.setattr(texts, "ROWS", 100)  # the page shows all as well
    page = opened(browser, f"{address}/explore-texts.html")
    explorer = fc.TextExplorer(label="explore-all-texts")
    fields = [key for key, _ in explorer.data["choices"]["fields"]]
    filters = [
        ("", "", ""),
        ("户籍", "", ""),
        ("KOLN büro", "", ""),
        ("senate", "", ""),
        ("", "2011", "2016"),
        ("housing", "2016", ""),
        ("", "", "2012"),
        ("sos", "", ""),
        ("nowhere", "", ""),
        ("sos", "1800", "1801"),
    ]
    wanted = []
    for number, (cities, (words, first, last)) in enumerate(
        itertools.product(SETS, filters)
    ):
        explorer.value = {
            "cities": cities,
            "fields": fields[number % 5 :] or fields,
            "kinds": ["bodies", "policies", "measures", "so"][number % 3 :],
            "words": words,
            "from": first,
            "to": last,
        }
        wanted.append((explorer.value, str(explorer.view())))
    assert compared(page, "explore-all-texts", wanted) == []
    page.context.close()


@pytest.fixture(scope="module")
def tables(site, tmp_path_factory):
    """Address of a page of the book with a table of claims below its own explorer."""
    folder = tmp_path_factory.mktemp("tables")
    (folder / "_static").symlink_to(site / "_static")
    words = str(claims()._repr_html_()) + (
        '<p><a id="leap" href="#claims-c-38">Claim 38</a> <a '
        'href="#no-claim">elsewhere</a></p>'
    )
    page = (site / "economy.html").read_text("utf-8")
    (folder / "page.html").write_text(
        re.sub(
            r'<section class="explorer".*?</section>',
            lambda own: own[0] + words,
            page,
            count=1,
            flags=re.S,
        ),
        "utf-8",
    )
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/page.html"
    server.shutdown()


def test_page_and_python_show_the_same_rows(browser, tables):
    page, explorer, wanted = opened(browser, tables), claims(), []
    for size in range(len(STATUS) + 1):
        for status, section, words in itertools.product(
            itertools.combinations(STATUS, size),
            SECTION,
            ("", "户籍", "KOLN  büro 1", "claim 3 table", "<b>", "nowhere"),
        ):
            explorer.value = {
                "status": list(status),
                "section": section,
                "words": words,
            }
            wanted.append((explorer.value, str(explorer.view())))
    assert len(wanted) == 144 and len({html for _, html in wanted}) > 50
    assert compared(page, "claims", wanted, linked=True) == []
    page.context.close()


def keys_of(page):
    return page.locator("#claims-table tbody tr").evaluate_all(
        "rows => rows.map(r => r.id.replace('claims-', ''))"
    )


def test_rows_are_picked_counted_and_shared_by_link(browser, tables):
    page = opened(browser, tables)
    table = page.locator("#claims")
    assert (
        len(keys_of(page)) == 40
        and not table.get_by_role("group", name="Cities").count()
        and not table.get_by_role("button", name="Picture, SVG").is_visible()
    )
    status = table.get_by_role("group", name="Status")
    status.get_by_role("button", name="None").click()
    assert (
        len(keys_of(page)) == 5
        and table.get_by_role("status").inner_text()
        == "Shown: 5 of 40 claims: Claims of the 民政 report."
    )
    status.get_by_role("checkbox", name="open").check()
    table.get_by_label("Section").select_option("3.2")
    table.get_by_label("Words").fill("koln")
    assert keys_of(page) == ["c-15", "c-21", "c-30"]
    table.get_by_role("button", name="Copy link").click()
    link = table.get_by_label("Copied text").input_value()
    assert (
        "claims.status=open&claims.section=3.2&claims.words=koln" in link
        and link.endswith("#claims")
    )
    page.wait_for_url(link, timeout=5000)
    again = opened(browser, link)
    assert (
        keys_of(again) == keys_of(page)
        and again.get_by_label("Words").input_value() == "koln"
    )
    assert page.locator("#explore-economy").get_by_role(
        "checkbox", checked=True
    ).count() == len(CITIES), "the other explorer of the page stays as it is"
    page.locator("#explore-economy").get_by_role("button", name="China").click()
    assert keys_of(page) == ["c-15", "c-21", "c-30"] and page.evaluate(
        "Object.keys(document.getElementById('claims').explorer.get('value'))"
    ) == ["status", "section", "words"]
    status.get_by_role("button", name="All").click()
    table.get_by_label("Words").fill("nowhere")
    assert (
        "There is no claim with “nowhere”." in table.inner_text()
        and "0 of 40 claims" in table.get_by_role("status").inner_text()
    )
    table.get_by_role("button", name="Copy citation").click()
    assert (
        "Claims of the 民政 report" in table.get_by_label("Copied text").input_value()
    )
    assert page.messages == again.messages == []
    page.context.close(), again.context.close()


def test_an_old_or_hostile_link_to_rows_is_told(browser, tables):
    page = opened(
        browser,
        f"{tables}?claims.status=done,open&claims.section=<img src=x "
        "onerror=window.hacked=1>&claims.words=<b>#claims",
    )
    notice = page.locator("#claims").get_by_role("status").inner_text()
    assert "“done”" in notice and "<img" in notice and len(keys_of(page)) > 5
    assert page.evaluate("window.hacked") is None and page.messages == []
    page.context.close()


def is_marked(page, key):
    """Whether this row, and no other, is marked and soon in view."""
    row = page.locator(f"#claims-{key}.target")
    row.wait_for()
    page.wait_for_function(
        "row => { const box = row.getBoundingClientRect(); return box.top >= 0 && "
        "box.bottom <= innerHeight; }",
        arg=row.element_handle(),
    )
    return (
        page.locator("tr.target").count() == 1
        and row.evaluate("r => getComputedStyle(r).outlineStyle") == "solid"
    )


def test_a_link_to_a_row_shows_and_marks_it(browser, tables):
    page = opened(
        browser,
        f"{tables}?claims.status=hangs&claims.section=3.2"
        "&claims.words=nowhere&claims.old=1#claims-c-20",
    )
    assert is_marked(page, "c-20") and len(keys_of(page)) == 40, "the picks hid it"
    page.goto("about:blank")
    page.goto(f"{tables}?claims.status=holds#claims-c-30")
    assert is_marked(page, "c-30") and 5 < len(keys_of(page)) < 40, (
        "the picks of the link hold, as they show it"
    )
    # before the address is written, which is a moment after the pick
    leap = "box.click(); document.getElementById('leap').click(); }"
    page.locator("#claims").get_by_role("checkbox", name="holds").evaluate(
        "box => { " + leap
    )
    assert is_marked(page, "c-38") and len(keys_of(page)) == 40
    page.wait_for_url(lambda url: "claims.status=holds,hangs,open" in url)
    assert page.url.endswith("#claims-c-38"), "writing the picks leaves the place"
    page.locator("#claims-c-38").get_by_role("link", name="the 民政 list").press(
        "Enter"
    )
    assert is_marked(page, "c-39")
    assert page.evaluate("document.activeElement.id") == "claims-c-39"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Table 39"
    page.go_back()
    assert is_marked(page, "c-38")
    page.locator("#claims").get_by_role("checkbox", name="hangs").uncheck()
    page.wait_for_url("**#claims")
    assert not page.locator("tr.target").count(), "a pick moves on"
    page.locator("#explore-economy").get_by_role("checkbox", name="Berlin").evaluate(
        "box => { " + leap
    )
    page.wait_for_url(lambda url: "explore-economy.cities=cologne" in url)
    assert page.url.endswith("#claims-c-38") and is_marked(page, "c-38")
    page.get_by_role("link", name="elsewhere").click()
    page.locator("tr.target").wait_for(state="detached")
    assert page.url.endswith("#no-claim") and page.messages == []
    page.context.close()


def test_where_one_value_is_picked_a_link_to_a_row_picks_the_rows_own(
    browser, site, tmp_path
):
    table = TableExplorer(
        ["Claim"],
        [{"key": s, "cells": [s], "tags": {"section": s}} for s in ("a", "b")],
        {"section": ("Section", "one", {"a": "A", "b": "B"})},
        "Claims",
        "claims",
    )
    write_page(site, tmp_path, table._repr_html_())
    page = opened(browser, (tmp_path / "page.html").as_uri() + "#claims-b")
    assert (
        keys_of(page) == ["b"]
        and page.get_by_label("Section").input_value() == "b"
        and page.locator("#claims-b.target").count() == 1
    )
    page.context.close()


def test_rows_by_keyboard_alone(browser, tables):
    page = opened(browser, tables)
    page.locator("#claims").get_by_role("button", name="None").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert (
        page.evaluate("document.activeElement.value") == "holds"
        and "c-7" in keys_of(page)
        and "c-3" in keys_of(page)
    )
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.locator("#claims").get_by_label("Section").input_value() == "3.2"
    page.keyboard.press("Tab")
    page.keyboard.type("claim 15")
    assert (
        keys_of(page) == ["c-15"]
        and page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        == "solid"
    )
    page.context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_a_table(browser, tables, theme):
    page = opened(browser, f"{tables}#claims-c-20", color_scheme=theme)
    assert axe.wrong(page, "#claims") == []
    page.context.close()


def test_a_table_is_not_wider_than_a_phone(browser, tables):
    page = opened(
        browser, f"{tables}#claims-c-20", viewport={"width": 390, "height": 800}
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390 and is_marked(
        page, "c-20"
    )
    assert page.locator("#claims").evaluate(
        "e => [...e.querySelectorAll('*')].every(c => c.closest('.sr-only, thead') "
        "|| c.getBoundingClientRect().right <= 390)"
    )
    page.context.close()


def test_without_scripts_a_table_has_all_rows(browser, tables):
    page = opened(browser, f"{tables}#claims-c-20", java_script_enabled=False)
    assert (
        page.locator("#claims-table tbody tr").count() == 40
        and page.locator("#claims :is(input, select, button)").count() == 0
    )
    assert (
        page.locator("#claims-c-20").evaluate("r => getComputedStyle(r).outlineStyle")
        == "solid"
    )
    page.context.close()


def test_the_link_brings_every_choice_back(browser, address, site):
    for base in (address, site.as_uri()):
        page = opened(browser, f"{base}/population-structure.html")
        explorer = page.locator("#explore-population")
        explorer.get_by_role("button", name="Germany").click()
        explorer.get_by_label("Indicator", exact=True).select_option("asylum_seekers")
        explorer.get_by_label("Relate it").select_option("per_1000")
        explorer.get_by_label("Sort by").select_option("value")
        shown, german = (
            rows(page, "explore-population"),
            [city for city in CITIES if "germany" in places_above(city)],
        )
        expected = fc.observations(
            "asylum_seekers", places=german, relate="per_1000"
        ).sort_values("value", ascending=False, kind="stable")
        assert [row[0] for row in shown][: len(expected)] == list(
            expected["city"]
        ) and any(
            "79,034 persons ÷ Total population"
            in row[1].replace("Asylum seekers, 2015: ", "")
            for row in shown
        )
        explorer.get_by_role("button", name="Copy link").click()
        link = explorer.get_by_label("Copied text").input_value()
        for choice in (
            f"cities={','.join(german)}",
            "indicator=asylum_seekers",
            "relate=per_1000",
            "sort=value",
            "view=bars",
        ):
            assert f"explore-population.{choice}" in link
        page.wait_for_url(link, timeout=5000)  # the address carries the choice as well
        again = opened(browser, link)
        assert rows(again, "explore-population") == shown
        assert (
            not again.locator("#explore-population")
            .get_by_role("checkbox", name="Hangzhou")
            .is_checked()
        )
        assert page.messages == again.messages == []
        page.context.close(), again.context.close()


def test_texts_are_shared_by_link_too(browser, address):
    page = opened(
        browser,
        f"{address}/explore-texts.html?explore-all-texts.words=户籍"
        "&explore-all-texts.fields=general&explore-all-texts.to=2016#explore-all-texts",
    )
    assert (
        page.get_by_label("Words").input_value() == "户籍"
        and page.get_by_label("To year").input_value() == "2016"
    )
    assert (
        "户籍" in page.locator("#explore-all-texts-table").inner_text()
        and page.locator("#explore-all-texts-table tbody tr").count() == 1
    )
    page.get_by_label("Words").fill("no such word")
    view = page.locator("#explore-all-texts .explorer-view")
    assert view.inner_text() == "There is no entry with “no such word”."
    page.get_by_label("Words").fill("计划")
    page.get_by_label("To year").fill("1900")
    assert "of the years “… to 1900”" in view.inner_text()
    page.context.close()


def test_an_old_or_hostile_link_is_told_and_harmless(browser, address):
    hostile = "<img src=x onerror=window.hacked=1>"
    page = opened(
        browser,
        f"{address}/economy.html?explore-economy.cities=bonn,cologne"
        f"&explore-economy.indicator={hostile}&explore-economy.view=table"
        "&explore-economy.relate=%00#explore-economy",
    )
    notice = page.locator("#explore-economy").get_by_role("status").inner_text()
    assert "“bonn”" in notice and "<img" in notice and "does not have" in notice
    assert [row[0] for row in rows(page, "explore-economy")] == [
        "Cologne"
    ] and "As printed" in page.locator("#explore-economy-table thead").text_content()
    assert page.evaluate("window.hacked") is None and page.messages == []
    page.context.close()


def test_picked_cities_stay_from_chapter_to_chapter(browser, address):
    page = opened(browser, f"{address}/economy.html")
    page.locator("#explore-economy").get_by_role("button", name="China").click()
    page.goto(f"{address}/co-operation.html")
    assert {row[0] for row in rows(page, "explore-funding")} == {
        fc.name(city) for city in CITIES if "china" in places_above(city)
    }
    page.locator("#explore-funding").get_by_role("checkbox", name="Berlin").check()
    assert (
        page.locator("#explore-roles")
        .get_by_role("checkbox", name="Berlin")
        .is_checked()
    ), "two explorers of a page agree"
    assert ["Berlin", "not reported"] in [
        row[:2] for row in rows(page, "explore-funding")
    ]
    page.context.close()


def test_unlike_periods_and_flags_are_said(browser, address):
    page = opened(
        browser,
        f"{address}/economy.html"
        f"?explore-economy.cities={','.join(fc.cities('report'))}",
    )
    explorer = page.locator("#explore-economy")
    explorer.get_by_label("Indicator", exact=True).select_option("gdp_growth")
    mind = explorer.locator(".mind").inner_text()
    assert (
        "The periods differ: Berlin 2005–2014, Cologne 2008–2013, Guangzhou "
        "2012–2016 and Hangzhou 2011–2016."
    ) in mind and "d, definition differs" in mind
    reason = explorer.locator("details.flag").first
    reason.locator("summary").focus()
    page.keyboard.press("Enter")
    assert "The span of years differs" in reason.inner_text()
    page.context.close()


def taken(page, explorer, name):
    with page.expect_download() as download:
        explorer.get_by_role("button", name=name).click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def test_data_pictures_and_citation_can_be_taken(browser, address):
    page = opened(
        browser,
        f"{address}/economy.html"
        "?explore-economy.indicator=gdp&explore-economy.period=2016",
        permissions=["clipboard-read", "clipboard-write"],
    )
    explorer = page.locator("#explore-economy")
    name, content = taken(page, explorer, "Data, CSV")
    frame, expected = (
        pd.read_csv(io.BytesIO(content), keep_default_na=False).query("value != ''"),
        fc.observations("gdp", period=2016),
    )
    assert (
        name == "explore-economy-gdp.csv"
        and list(frame["value"].astype(float)) == list(expected["value"])
        and list(frame["printed"]) == list(expected["printed"])
    )
    assert (
        set(frame["stands_in"]) == {"Table 2"}
        and frame["note"].str.contains("conversion rule").sum() == 2
        and frame["cited"].str.contains("Gluns 2018").all()
    )
    name, content = taken(page, explorer, "Picture, SVG")
    words = " ".join(ET.fromstring(content).itertext())
    assert (
        name.endswith(".svg")
        and all(fc.name(city) in words for city in CITIES)
        and "US$ 66.862 billion" in words
        and "Table 2" in words
        and "LoGoSO" in words
    )
    name, content = taken(page, explorer, "Picture, PNG")
    assert (
        name.endswith(".png")
        and content.startswith(b"\x89PNG")
        and int.from_bytes(content[16:20]) == 1520
    )
    explorer.get_by_role("button", name="Copy citation").click()
    cited = explorer.get_by_label("Copied text").input_value()
    assert (
        "“GDP, 2016”" in cited
        and page.url in cited
        and "not found" in cited
        and page.evaluate("navigator.clipboard.readText()") == cited
    )
    explorer.get_by_role("radio", name="table").check()
    assert not explorer.get_by_role("button", name="Picture, SVG").is_visible(), (
        "a table has no picture of bars"
    )
    assert page.messages == []
    page.context.close()


def pasted(page, explorer):
    """The line that the button copies, which is shown for copying by hand as well."""
    explorer.get_by_role("button", name="Embed").click()
    status = explorer.get_by_role("status")
    status.filter(has_text="Line for your page").wait_for()  # after the clipboard
    return explorer.get_by_label("Copied text").input_value()


def course(page, folder, html):
    """Open a page of another site that holds some HTML. Gives its frame."""
    whole = f"<!doctype html><link rel=icon href=data:,>{html}"
    (folder / "course.html").write_text(whole, "utf-8")
    with serving(folder) as other:
        page.goto(f"{other}/course.html")
        inside = page.frames[1]
        inside.locator(".explorer.awake >> visible=true").wait_for()
    return inside


@pytest.mark.parametrize("width, scheme", [(390, "dark"), (1280, "light")])
def test_an_explorer_stands_alone_on_another_site(
    browser, address, tmp_path, width, scheme
):
    size = {"width": width, "height": 900}
    page = opened(
        browser, f"{address}/economy.html", viewport=size, color_scheme=scheme
    )
    explorer = page.locator("#explore-economy")
    explorer.get_by_label("Indicator").select_option("gdp")
    inside = course(page, tmp_path, pasted(page, explorer))
    frame = page.locator("iframe")
    assert frame.get_attribute("title").startswith("Explorer: ")
    shown = inside.locator(".explorer")
    assert "GDP," in shown.locator("caption").inner_text()
    assert not inside.locator("h1, .doors, nav, footer").locator("visible=true").count()

    def fits():
        page.wait_for_timeout(100)
        needed = inside.evaluate(
            "document.querySelector('.source').getBoundingClientRect().bottom + scrollY"
        )
        given = frame.evaluate("frame => frame.clientHeight")
        wide = inside.evaluate("document.documentElement.scrollWidth")
        return needed <= given < needed + 2 and wide <= inside.evaluate("innerWidth")

    assert fits(), "the frame is as high as what it shows"
    before = frame.evaluate("frame => frame.clientHeight")
    shown.get_by_label("Berlin").uncheck()
    assert fits() and frame.evaluate("frame => frame.clientHeight") < before

    source = inside.locator(".source")
    assert "LoGoSO" in source.inner_text()
    with page.expect_popup() as opening:
        source.get_by_role("link", name="Economy").click()
    whole = opening.value
    assert "embed" not in whole.url and whole.url.endswith("#explore-economy")
    whole.locator("#explore-economy.awake").wait_for()
    assert whole.locator("h1").is_visible()
    assert "GDP," in whole.locator("#explore-economy caption").inner_text()
    assert not whole.locator("#explore-economy").get_by_label("Berlin").is_checked()
    with page.expect_popup() as opening:  # a table of the page around it
        shown.get_by_role("radio", name="table").check()
        shown.get_by_role("link", name="Table 2").first.click()
    assert opening.value.url.endswith("economy.html#table-2")
    assert page.messages == []
    page.context.close()


def test_a_closed_frame_without_script_around_it_scrolls(browser, address, tmp_path):
    """As a platform has it that takes scripts out of what is pasted."""
    page = opened(browser, f"{address}/does-it-hold.html")
    line = pasted(page, page.locator("#ledger")).partition("<script>")[0]
    closed = line.replace("<iframe", "<iframe sandbox=allow-scripts")
    inside = course(page, tmp_path, closed)
    assert inside.evaluate("origin") == "null"
    frame = page.locator("iframe")
    assert frame.evaluate("frame => frame.clientHeight") == 900
    assert inside.evaluate("document.documentElement.scrollHeight") > 900
    inside.get_by_label("Words").fill("hukou")
    assert "Shown:" in inside.locator("#ledger .status").inner_text()
    assert page.messages == []
    page.context.close()


def test_a_row_that_the_address_names_is_shown_alone_too(browser, address):
    key = "ledger-growth-one-period"
    page = opened(browser, f"{address}/does-it-hold.html?embed=ledger#{key}")
    assert page.locator(f"#{key}.target").is_visible()
    page.context.close()


def test_what_cannot_be_shown_alone_is_shown_whole(browser, address, site):
    page = opened(browser, f"{address}/economy.html?embed=explore-nothing")
    page.locator("#explore-economy.awake").wait_for()
    assert page.locator("h1").is_visible()
    page.goto(f"{address}/glossary.html?embed")
    assert page.locator("h1").is_visible()
    page.goto(f"{address}/economy.html?embed")
    assert not page.locator("h1").is_visible()
    assert page.locator("#explore-economy").is_visible()
    page.goto((site / "economy.html").as_uri())
    buttons = page.locator("#explore-economy").get_by_role("button")
    assert not buttons.filter(has_text="Embed").count(), "a file can't be shown there"
    assert buttons.filter(has_text="Copy link").count() == 1
    page.context.close()


def test_the_shown_rows_can_be_taken_as_csv(browser, tables):
    page = opened(browser, tables)
    table, expected = page.locator("#claims"), claims()
    expected.value = {"section": "3.2"}
    table.get_by_label("Section").select_option("3.2")
    name, content = taken(page, table, "Data, CSV")
    assert name == "claims-rows.csv"
    pd.testing.assert_frame_equal(
        pd.read_csv(io.BytesIO(content), dtype=str), expected.frame()
    )
    page.context.close()


def write_page(site, folder, html):
    (folder / "page.html").write_text(
        "<!doctype html><meta charset=utf-8><title>t</title><link rel=stylesheet "
        f"href='{(site / '_static/explorer.css').as_uri()}'>{html}<script "
        f"src='{(site / '_static/explorer.js').as_uri()}'></script>",
        "utf-8",
    )


def test_hostile_rows_run_nowhere(browser, site, tmp_path):
    """Markup and formulas in cells are text; an address that Python would have refused
    is no link on the page either.
    """
    markup = '</script><img src=x onerror="window.hacked=1">'
    table = TableExplorer(
        ["Claim", markup],
        [{"key": "a", "cells": ["=cmd()", [(markup, "#ADDRESS")]], "tags": {"f": "x"}}],
        {"f": (markup, "several", {"x": markup, "y": "Y"})},
        markup,
        "claims",
        [markup],
    )
    for address in (
        "javascript:window.hacked=1",
        "JAVASCRIPT:window.hacked=1",
        " javascript:window.hacked=1",
        "//example.org",
        "data:text/html,x",
        "https://example.org/#claims-a",
    ):
        write_page(site, tmp_path, table._repr_html_().replace("#ADDRESS", address))
        page = opened(browser, (tmp_path / "page.html").as_uri())
        assert (
            rows(page, "claims") == [["=cmd()", markup]]
            and not page.locator("#claims a").count()
            and page.locator("#claims caption").inner_text() == markup
        )
        assert (
            page.evaluate("window.hacked") is None
            and not page.locator("#claims img").count()
            and page.messages == []
        )
        page.context.close()
    write_page(site, tmp_path, table._repr_html_())
    page = opened(browser, (tmp_path / "page.html").as_uri())
    assert page.locator("#claims a").get_attribute("href") == "#ADDRESS"
    assert b'"\'=cmd()"' in taken(page, page.locator("#claims"), "Data, CSV")[1]
    page.context.close()


def test_hostile_names_run_nowhere(browser, site, tmp_path):
    """A city named as a formula or as markup is text on the page, in the CSV and in the
    picture.
    """
    explorer = fc.Explorer("population", label="hostile")
    text = json.dumps(explorer.data)
    for old, new in zip(
        ("Berlin", "Cologne"), ("=cmd()", '<img src=x onerror="window.hacked=1">')
    ):
        text = text.replace(json.dumps(old), json.dumps(new))
    explorer.data = json.loads(text)
    write_page(site, tmp_path, explorer._repr_html_())
    page = opened(browser, (tmp_path / "page.html").as_uri())
    element = page.locator("#hostile")
    assert any(row[0].startswith("<img") for row in rows(page, "hostile"))
    assert b'"\'=cmd()"' in taken(page, element, "Data, CSV")[1]
    ET.fromstring(taken(page, element, "Picture, SVG")[1])
    assert page.evaluate("window.hacked") is None
    page.context.close()


def opened_with_towns(browser, site, folder):
    """A page whose explorer `many` has 2,000 towns, the last without a value; and the
    keys of the towns.
    """
    data, places = (
        json.loads(json.dumps(fc.Explorer("population", "gdp", label="many").data)),
        [f"town-{n}" for n in range(2000)],
    )
    data |= {
        "places": places,
        "names": [f"Town {n}" for n in range(2000)],
        "colours": ["#1f6fb5"] * 2000,
        "country": dict.fromkeys(places, "china"),
        "countries": [["China", places]],
    }
    data["choices"]["cities"] = [
        [place, name] for place, name in zip(places, data["names"])
    ]
    data["value"] |= {"cities": places}
    for info in data["indicators"]:
        info["rows"] = [[n, 1000 + n] for n in range(1999)]
    write_page(
        site,
        folder,
        '<section class="explorer" id="many"><script '
        f'type="application/json">{json.dumps(data)}</script></section>',
    )
    return opened(browser, (folder / "page.html").as_uri()), places


def test_hundreds_of_cities_are_drawn_in_part_with_a_button_for_the_rest(
    browser, site, tmp_path
):
    page, _ = opened_with_towns(browser, site, tmp_path)
    element = page.locator("#many")
    assert (
        len(rows(page, "many")) == 50
        and "50 of 2,000 rows are shown" in element.inner_text()
    )
    assert taken(page, element, "Data, CSV")[1].count(b"\n") == 2001, "the CSV is whole"
    element.get_by_role("button", name="Show all").click()
    assert len(rows(page, "many")) == 2000 and rows(page, "many")[-1][:2] == [
        "Town 1999",
        "not reported",
    ]
    assert page.evaluate("document.activeElement.className") == "explorer-view"
    element.get_by_role("radio", name="profile").check()
    assert (
        page.locator("#many-table thead th").count() == 7
        and "6 of 2,000 cities are shown" in element.inner_text()
    )
    assert (
        element.get_by_role("checkbox").count() == 2000
        and page.evaluate(
            "[...document.querySelectorAll('#many .part')].filter((part) => "
            "part.firstChild.checkVisibility({contentVisibilityAuto: true})).length"
        )
        < 25
    ), "what is out of view is not laid out"
    element.get_by_label("Find in Cities").fill("TOWN 17")
    assert element.get_by_role("checkbox").locator("visible=true").count() == 111
    assert page.messages == []
    page.context.close()


def test_a_link_of_many_cities_names_those_that_are_left_out(browser, site, tmp_path):
    """No server takes an address with thousands of names; picked in it is what was
    picked.
    """
    page, places = opened_with_towns(browser, site, tmp_path)
    picked = "document.getElementById('many').explorer.get('value').cities"
    page.get_by_role("checkbox", name="Town 0", exact=True).uncheck()
    page.get_by_role("checkbox", name="Town 1999", exact=True).uncheck()
    page.wait_for_url("**many.cities=all,-town-0,-town-1999&**")
    page.goto(page.url)
    assert (
        page.evaluate(picked) == places[1:-1] and rows(page, "many")[0][0] == "Town 1"
    )
    page.goto(page.url.replace("-town-0", "-nowhere"))
    assert (
        page.evaluate(picked) == places[:-1]
        and "“-nowhere”" in page.locator("#many .status").inner_text()
    )
    page.get_by_role("button", name="None").click()
    page.get_by_role("checkbox", name="Town 7", exact=True).check()
    page.wait_for_url("**many.cities=town-7&**")
    page.context.close()


def test_by_keyboard_alone(browser, address):
    page = opened(browser, f"{address}/economy.html")
    page.locator("#explore-economy").get_by_role("button", name="None").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert {row[0] for row in rows(page, "explore-economy")} == set(
        map(fc.name, CITIES[1:])
    )
    assert page.evaluate("document.activeElement.value") == "berlin", (
        "the focus stays where it is"
    )
    assert (
        page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        == "solid"
    )
    for _ in CITIES:
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert (
        page.locator("#explore-economy-table caption").inner_text().startswith("GDP, ")
    )
    while page.evaluate("document.activeElement.type") != "radio":
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert "As printed" in page.locator("#explore-economy-table thead").text_content()
    page.context.close()


def test_an_indicator_is_found_by_typing(browser, address):
    page = opened(browser, f"{address}/explore-numbers.html")
    find = page.get_by_label("Find an indicator")
    find.fill("school foundations")
    said = page.locator("#explore-all").get_by_role("status").inner_text()
    assert re.fullmatch(r"1 of \d+ indicators match; the list holds them\.", said)
    caption = page.locator("#explore-all-table caption")
    assert caption.inner_text().startswith("School foundations"), "without Enter"
    assert find.input_value() == "school foundations", "what is typed stays"
    find.press("Enter")
    assert caption.inner_text().startswith("School foundations")
    assert (
        page.get_by_label("Indicator", exact=True).input_value() == "school_foundations"
        and find.input_value() == ""
    )
    page.context.close()


def test_a_word_is_found_in_every_field_at_first(browser, address):
    page = opened(browser, f"{address}/explore-texts.html")
    page.locator("#explore-all-texts").get_by_label("Words").fill("积分")
    page.wait_for_function(
        "/^[1-9]\\d? entr/.test(document.querySelector("
        "'#explore-all-texts-table caption').innerText)"
    )
    assert "积分" in page.locator("#explore-all-texts-table").inner_text()
    page.context.close()


def test_a_long_list_of_texts_is_drawn_in_part(browser, address):
    page = opened(browser, f"{address}/explore-texts.html")
    explorer, fields = page.locator("#explore-all-texts"), fc.TextExplorer()
    drawn = page.locator("#explore-all-texts-table tbody tr")
    rest = BeautifulSoup(fields.view(), "html.parser").select("#texts-table-rest tr")
    count = texts.ROWS + len(rest) - 1  # one is the head
    said = f"{texts.ROWS} of {count} rows are shown"
    assert said in explorer.inner_text() and said in fields.view()
    assert drawn.count() == texts.ROWS
    explorer.get_by_role("button", name="Show all").click()
    assert drawn.count() == count and said not in explorer.inner_text()
    page.context.close()


def test_links_of_the_ledger_to_titles_carry_the_title_and_find_it(browser, address):
    """One by its address, the others by what their addresses pick: each page takes its
    time.
    """
    page = opened(browser, f"{address}/does-it-hold.html", java_script_enabled=False)
    titles = {
        link.get_attribute("href"): link.text_content()
        for link in page.locator("#ledger a[href*='explore-all-texts.words']").all()
    }
    page.context.close()
    assert len(titles) > 20 and "the title" not in titles.values()
    page = opened(browser, f"{address}/{[*titles][-1]}")
    own = page.locator("#explore-all-texts")
    for number, (link, title) in enumerate(reversed(titles.items())):
        ((key, words),) = parse_qsl(urlsplit(link).query)
        assert key == "explore-all-texts.words"
        if number:
            own.evaluate("(own, words) => own.explorer.show({ words })", words)
        shown = " ".join(own.locator("table").inner_text().split())
        assert title.removesuffix(" …") in shown, link
    page.context.close()


def test_one_entry_and_several_begin_at_the_same_edge(browser, address):
    page = opened(browser, f"{address}/explore-texts.html")
    edges = page.evaluate(
        """() => [...document.querySelectorAll("#explore-all-texts-table td > div")]
          .filter((cell) => cell.firstElementChild)
          .map((cell) => {
            const first = cell.querySelector(":scope > ul > li") ??
              cell.firstElementChild;
            return Math.round(first.getBoundingClientRect().x -
              cell.getBoundingClientRect().x);
          })"""
    )
    assert len(edges) > 20 and set(edges) == {0}
    widths = page.locator("#explore-all-texts-table thead th").evaluate_all(
        "heads => heads.slice(1).map(th => Math.round(th.offsetWidth))"
    )
    assert max(widths) - min(widths) <= 1, "each city has the same room"
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_without_scripts_the_default_choice_is_a_table(leaf, address, name):
    page = leaf("plain", f"{address}/{name}.html")
    for label, explorer in explorers_of(page):
        assert page.locator(f"#{label}-table").is_visible()
        assert explorer.locator("input, select, button").count() == 0


def test_the_script_is_loaded_once_and_only_where_it_is_needed(site):
    loading = {
        page.stem: re.findall(
            r'src="(_static/(?:\w+-)?explorer\.js[^"]*)"', page.read_text("utf-8")
        )
        for page in site.glob("*.html")
    }
    assert {name for name, found in loading.items() if found} == set(PAGES)
    assert {len(found) for name, found in loading.items() if name in PAGES} == {1}
    scripts = [found[0].partition("?")[0] for found in loading.values() if found]
    assert Counter(scripts) == {
        "_static/explorer.js": len(PAGES) - 2,
        "_static/design-explorer.js": 1,
        "_static/claim-explorer.js": 1,  # in which a reader may judge
    }


# ---------- the ledger and the panel of assumptions


def test_a_flag_leads_to_its_row_of_the_ledger(browser, address, site):
    for base in (address, site.as_uri()):
        page = opened(browser, f"{base}/economy.html")
        explorer = page.locator("#explore-economy")
        explorer.get_by_label("Indicator", exact=True).select_option("gdp_growth")
        explorer.locator("details.flag summary").first.click()
        explorer.get_by_role("link", name="See the ledger.").first.click()
        page.wait_for_url("**/does-it-hold.html#ledger-growth-one-period")
        row = page.locator("#ledger-growth-one-period")
        assert "target" in row.get_attribute("class") and row.is_visible()
        assert row.evaluate(
            "e => e.getBoundingClientRect().top >= 0 && "
            "e.getBoundingClientRect().top < innerHeight"
        )
        assert page.messages == []
        page.context.close()


def test_a_row_beyond_the_first_ones_is_drawn_when_it_is_asked_for(browser, address):
    page = opened(browser, f"{address}/does-it-hold.html")
    drawn = page.locator("#ledger-table tbody tr")
    assert (
        drawn.count() == ROWS
        and f"{ROWS} of {len(fc.claims())} claims are shown"
        in page.locator("#ledger").inner_text()
    )
    last = fc.claims()["claim"].iloc[-1]
    page.evaluate("claim => { location.hash = `ledger-${claim}`; }", last)
    page.wait_for_selector(f"#ledger-{last}.target")
    assert drawn.count() == len(fc.claims())
    page.context.close()


def test_the_ledger_is_filtered_by_use_section_and_words(browser, address):
    page = opened(browser, f"{address}/does-it-hold.html")
    ledger = page.locator("#ledger")
    ledger.get_by_role("group", name="May it be cited?").get_by_role(
        "button", name="None"
    ).click()
    ledger.get_by_role("checkbox", name="do not use to compare").check()
    ledger.get_by_label("Section", exact=True).select_option("5.1")
    wanted = fc.claims().query("use == 'unusable' and section == '5.1'")
    assert [row[0] for row in rows(page, "ledger")] == list(wanted["statement"])
    assert {
        href.partition("?")[0].partition("#")[0]
        for href in ledger.locator("tbody a").evaluate_all(
            "links => links.map(a => a.getAttribute('href'))"
        )
    } >= {"social-organizations.html", "explore-numbers.html"}
    link = ledger.locator("a[href^='explore-numbers.html?']").first
    link.click()
    page.wait_for_url("**/explore-numbers.html?explore-all.indicator=*")
    assert (
        page.locator("#explore-all-table").is_visible()
        and "does not have"
        not in page.locator("#explore-all").get_by_role("status").inner_text()
    )
    page.context.close()


def parts_of(cell):
    """What a cell of a table's explorer says: texts, joined where nothing parts them,
    and pairs of text and address or look.
    """
    parts = []
    for part in [cell] if isinstance(cell, str) else cell:
        if isinstance(part, str) and parts and isinstance(parts[-1], str):
            parts[-1] += part
        elif part:
            parts.append(part)
    return parts


@pytest.mark.parametrize("kind", [fc.ClaimExplorer, fc.AssumptionExplorer])
def test_a_page_reads_in_its_table_what_the_data_leave_out(browser, address, kind):
    """Each row that is drawn travels once; the page knows all of every row."""
    explorer = kind()
    label = explorer.data["id"]
    page = opened(browser, f"{address}/does-it-hold.html")
    known = page.evaluate(f"document.getElementById('{label}').explorer.get('data')")
    assert [(key, tags) for key, _, tags in known["rows"]] == [
        (key, tags) for key, _, tags in explorer.data["rows"]
    ]
    for (key, found, _), (_, meant, _) in zip(known["rows"], explorer.data["rows"]):
        assert [*map(parts_of, found)] == [*map(parts_of, meant)], key
    kept = json.loads(
        BeautifulSoup(explorer._repr_html_(), "html.parser").script.string
    )
    drawn = {key for key, cells, _ in kept["rows"] if cells is None}
    assert drawn == set(explorer.frame()["key"])
    page.context.close()


def test_where_no_claim_fits_the_picks_that_leave_nothing_are_said(browser, address):
    ledger = fc.ClaimExplorer()
    fails = {"outcome": ["differs"], "section": "4.3.4"}
    ledger.value = fails
    said = "There is no claim with the outcome “differs” on “4.3.4 Vulnerable groups”."
    assert said in ledger.view()
    picks = "ledger.outcome=differs&ledger.section=4.3.4&ledger.words="
    page = opened(browser, f"{address}/does-it-hold.html?{picks}#ledger")
    view = page.locator("#ledger .explorer-view")
    assert view.inner_text() == said
    page.locator("#ledger").get_by_label("Words").fill("nowhere")
    assert view.inner_text() == "There is no claim with “nowhere”."
    page.context.close()


def test_the_panel_of_assumptions_flips_conclusions(browser, address):
    page = opened(browser, f"{address}/does-it-hold.html")
    panel = page.locator("#assumptions")

    def verdict(words):
        return next(
            row[1] for row in rows(page, "assumptions") if row[0].startswith(words)
        )

    assert (
        verdict("Guangzhou has reached its target") == "does not hold"
        and verdict("All four cities have more than a thousand") == "holds"
    )
    panel.get_by_label("Residents of the Chinese cities").select_option("settled")
    panel.get_by_label("Area of Hangzhou").select_option("outside")
    conclusions, all_rows = len(rows(page, "assumptions")), len(fc.sensitivity())
    assert panel.get_by_role("status").inner_text() == (
        f"Shown: {conclusions} of {all_rows} combinations of a conclusion and choices: "
        "Conclusions under the chosen assumptions."
    )
    assert (
        verdict("Guangzhou has reached its target") == "holds"
        and verdict("All four cities have more than a thousand") == "does not hold"
    )
    page.context.close()


def test_the_ledger_without_scripts_holds_all_rows(browser, address):
    page = opened(browser, f"{address}/does-it-hold.html", java_script_enabled=False)
    assert page.locator("#ledger-table tbody tr").count() + page.locator(
        "#ledger-table-rest tbody tr"
    ).count() == len(fc.claims())
    assert not page.locator("#ledger :is(button, select, details.own)").count()
    page.context.close()


# ---------- a reader's own verdicts


def judge(ledger, claim, verdict, reason):
    """Judge a claim in its form, and close the form."""
    row = ledger.locator(f"#ledger-{claim}")
    row.get_by_role("button", name="Judge it").click()
    ledger.get_by_label("Your verdict").select_option(verdict)
    ledger.get_by_label("Your reason").fill(reason)
    ledger.get_by_role("button", name="Done").click()
    return row


@pytest.mark.parametrize("start", ["http", "file"])
def test_verdicts_are_kept_exported_put_side_by_side_and_deleted(
    browser, address, site, start, tmp_path
):
    base = {"http": address, "file": site.as_uri()}[start]
    page = opened(browser, f"{base}/does-it-hold.html")
    ledger = page.locator("#ledger")
    panel = ledger.locator("details.own")
    assert panel.inner_text() == "Judge for yourself"
    first, other = fc.claims()["claim"].iloc[[0, 2]]
    row = judge(ledger, first, "differs", "=1+1; „Größe“, 户口\nand more")
    assert row.get_by_role("button").inner_text() == "You: differs"
    assert row.get_by_role("button").evaluate("e => e === document.activeElement")
    judge(ledger, other, "not-reproducible", "")
    page.reload()
    assert panel.inner_text() == "You have judged 2 claims"
    row.get_by_role("button", name="You: differs").click()
    assert ledger.get_by_label("Your reason").input_value().endswith("and more")
    panel.locator("summary").click()
    assert "nothing is sent anywhere" in panel.inner_text()
    panel.get_by_label("Name or initials").fill("Lí / 李")
    name, content = taken(page, panel, "Export as CSV")
    assert name == "verdicts-Lí-李.csv"
    (tmp_path / name).write_bytes(content)
    found = fc.verdicts(tmp_path)
    assert list(found["claim"]) == [first, other]
    assert list(found["most"]) == ["differs", "not reproducible"]
    assert found["reasons"][0] == (
        "Lí / 李 (differs): '=1+1; „Größe“, 户口\nand more"
    ), "harmless in a spreadsheet"
    table = pd.read_csv(io.BytesIO(content), dtype=str).set_index("claim")
    ledgers = fc.claims().set_index("claim").loc[[first, other]]
    for column, own in (("section",) * 2, ("statement",) * 2, ("ledger", "outcome")):
        assert list(table[column]) == list(ledgers[own])
    panel.get_by_role("button", name="Delete my verdicts").click()
    panel.get_by_role("button", name="No, keep them").click()
    assert panel.get_by_role("button", name="Export as CSV").is_visible()
    panel.get_by_role("button", name="Delete my verdicts").click()
    assert ledger.locator("tr.own").count(), "its form is open"
    panel.get_by_role("button", name="Yes, delete all").click()
    assert not ledger.locator("tr.own").count()
    assert row.get_by_role("button").inner_text() == "Judge it"
    page.reload()
    assert panel.inner_text() == "Judge for yourself"
    assert page.evaluate("JSON.parse(localStorage.verdicts).name") == ""
    assert page.messages == []
    page.context.close()


def test_who_judges_first_sees_the_ledger_after_that(browser, address):
    page = opened(browser, f"{address}/does-it-hold.html")
    ledger = page.locator("#ledger")
    ledger.locator("details.own summary").click()
    ledger.get_by_label("Judge first").check()
    page.reload()
    claim = fc.claims().iloc[0]
    row = ledger.locator(f"#ledger-{claim['claim']}")
    words = [claim["outcome"], claim["finding"].split("\n")[0]]
    assert not any(word in row.inner_text() for word in words)
    assert row.get_by_role("link").count(), "what it rests on can be looked at"
    opener = row.get_by_role("button", name=f"Judge it: {claim['statement']}")
    opener.press("Enter")
    assert opener.get_attribute("aria-expanded") == "true"
    assert page.evaluate("document.activeElement.tagName") == "SELECT"
    page.keyboard.press("ArrowDown")  # leafing through the list is no answer yet
    assert words[0] not in row.inner_text()
    page.keyboard.press("Tab")
    page.keyboard.type("Because")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert all(word in row.inner_text() for word in words)
    assert not ledger.get_by_label("Your verdict").count()
    page.context.close()


def test_a_reason_alone_and_rubbish_in_the_storage_count_as_nothing(browser, address):
    page = opened(browser, f"{address}/does-it-hold.html")
    ledger, claim = page.locator("#ledger"), fc.claims()["claim"].iloc[0]
    panel = ledger.locator("details.own")
    page.locator(f"#ledger-{claim}").get_by_role("button", name="Judge it").click()
    ledger.get_by_label("Your reason").fill("Because")
    assert "Choose a verdict as well" in ledger.locator("tr.own").inner_text()
    assert panel.inner_text() == "Judge for yourself"
    other = {"verdict": "differs", "reason": 7}
    for rubbish in (
        "no JSON",
        "[]",
        "7",
        json.dumps({"rows": {claim: None, "__proto__": other, "gone": other}}),
        json.dumps({"rows": {claim: {"verdict": "toString"}}, "name": ["x"]}),
    ):
        page.evaluate("text => { localStorage.verdicts = text; }", rubbish)
        page.reload()
        assert panel.inner_text() == "Judge for yourself", rubbish
    page.evaluate(
        "text => { localStorage.verdicts = text; }",
        json.dumps({"rows": {"gone": other}}),
    )
    page.reload()
    judge(ledger, claim, "differs", "")
    kept = page.evaluate("Object.keys(JSON.parse(localStorage.verdicts).rows)")
    assert kept == ["gone", claim], "what another edition has judged stays"
    assert page.messages == []
    page.context.close()


@pytest.mark.parametrize("theme, width", [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing_in_the_form_of_a_claim(browser, address, theme, width):
    page = opened(
        browser,
        f"{address}/does-it-hold.html",
        color_scheme=theme,
        viewport={"width": width, "height": 800},
    )
    ledger = page.locator("#ledger")
    ledger.locator("details.own summary").click()
    judge(ledger, fc.claims()["claim"].iloc[0], "differs", "Because")
    ledger.get_by_role("button", name="Judge it").first.click()
    assert axe.wrong(page, "#ledger") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = """e => [...e.querySelectorAll(
        ".own :is(summary, button, select, textarea, .boxes label), .judge")]
      .filter((node) => node.checkVisibility())
      .map((node) => [node.innerText, node.getBoundingClientRect()])
      .filter(([, box]) => box.height < 24 || box.width < 24 || box.right > innerWidth)
      .map(([text]) => text)"""
    assert ledger.evaluate(small) == []
    page.context.close()
