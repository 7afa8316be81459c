"""The explorers: picks in Python, and what a reader does with them on the page, with no kernel behind it."""

import gzip
import io
import itertools
import json
import re
import xml.etree.ElementTree as ET

import nbformat
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from conftest import ROOT

import fourcities as fc
from fourcities import data, explorers
from fourcities.build import chapters

PAGES = [path.stem for path in chapters() if "Explorer(" in "".join(cell.source for cell in nbformat.read(path, as_version=4).cells)]
PACKAGE = ROOT / "book" / "fourcities"
CITIES = fc.cities()
SETS = [list(group) for size in range(len(CITIES) + 1) for group in itertools.combinations(CITIES, size)]


# ---------- in Python

@pytest.mark.parametrize("picks, named", [
    ({"cities": ["Bonn"]}, "'Bonn'; there are: berlin, cologne, guangzhou, hangzhou"),
    ({"cities": "berlin"}, "cities must be a list"),
    ({"indicator": "gnp"}, "'gnp'; there are: gdp"),
    ({"relate": "per_1000"}, "'per_1000'; there are: absolute, per_resident, per_sq_km"),
    ({"sort": "size"}, "'size'; there are: report, value, name"),
    ({"view": "pie"}, "'pie'; there are: bars, table, profile"),
])
def test_a_bad_pick_names_the_valid_ones(picks, named):
    with pytest.raises(ValueError, match=re.escape(named)):
        fc.Explorer("gdp", **picks)
    explorer = fc.Explorer("gdp", "population")
    before = explorer.value
    with pytest.raises(ValueError, match=re.escape(named)):
        explorer.value = picks
    assert explorer.value == before


@pytest.mark.parametrize("picks, named", [
    ({"cities": ["Bonn"]}, "there are: berlin"), ({"fields": ["sport"]}, "there are: employment"), ({"from_year": "soon"}, "a year such as"),
    ({"only": "sport"}, "there are: employment"),
])
def test_a_bad_pick_of_texts_names_the_valid_ones(picks, named):
    with pytest.raises(ValueError, match=re.escape(named)):
        fc.TextExplorer(**picks)
    with pytest.raises(ValueError, match="there are: bodies, policies, measures, so"):
        fc.TextExplorer("laws")


def test_the_value_is_the_picks_and_can_be_observed():
    explorer, seen = fc.Explorer("gdp", "asylum_seekers", cities=["Cologne", "berlin"]), []
    explorer.observe(lambda change: seen.append(change["new"]), "value")
    explorer.value = {"indicator": "asylum_seekers", "relate": "per_1000"}
    assert explorer.value == {"cities": ["berlin", "cologne"], "indicator": "asylum_seekers", "relate": "per_1000", "sort": "report", "view": "bars"} == seen[-1]
    explorer.value = {"indicator": "gdp"}
    assert explorer.value["relate"] == "absolute", "GDP is not set against a thousand residents"


def test_the_frame_holds_the_picked_rows():
    explorer = fc.Explorer("gdp", "foreigners", cities=["hangzhou", "berlin"], indicator="foreigners", sort="value")
    expected = fc.observations("foreigners", places=["berlin", "hangzhou"]).sort_values("value", ascending=False)
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
    assert fc.TextExplorer("policies", cities=["hangzhou"], from_year=2011, to_year=2011).frame()["time"].str.contains("2011").all()


def test_relating_is_the_same_division_as_the_derived_indicators():
    for indicator, relate, derived in [("asylum_seekers", "per_1000", "asylum_per_1000"), ("foundations", "per_100000", "foundations_per_100000"), ("population", "per_sq_km", "population_density"),
                                       ("population", "share_of_country", "population_share_computed"), ("migrant_service_spending", "per_resident", "migrant_service_spending_per_resident")]:
        pd.testing.assert_series_equal(fc.observations(indicator, relate=relate)["value"], fc.observations(derived)["value"])
    row = fc.observations("asylum_seekers", places=["berlin"], relate="per_1000").iloc[0]
    assert row["inputs"] == "Asylum seekers, 2015: 79,034 persons ÷ Total population, end of 2016: 3,671,000 persons × 1,000"
    with pytest.raises(ValueError, match="allows: absolute, per_resident, per_sq_km"):
        fc.observations("gdp", relate="per_1000")


def test_small_numbers_keep_two_digits():
    assert [explorers.fine(x, 2) for x in (0, 3, .5, .034, .0099999999)] == [2, 2, 2, 3, 4]


def test_the_html_form_is_the_same_each_time_and_holds_no_control():
    one, two = fc.Explorer(label="x"), fc.Explorer(label="x")
    assert one._repr_html_() == two._repr_html_() and repr(one) == repr(two)
    bundle = one._repr_mimebundle_()[0]
    assert {"text/html", "text/plain", "application/vnd.jupyter.widget-view+json"} == set(bundle)
    soup = BeautifulSoup(bundle["text/html"], "html.parser")
    assert soup.table and not soup.select("input, select, button")


def test_the_html_form_of_a_long_table_holds_all_rows_in_two_parts(monkeypatch):
    monkeypatch.setattr(explorers, "ROWS", 3)
    soup = BeautifulSoup(fc.Explorer("floating_population", label="x")._repr_html_(), "html.parser")
    first, rest = soup.select("#x-table tbody tr"), soup.select("details > div#x-table-rest tbody tr")
    assert [row.th.text for row in first + rest] == ["Guangzhou", "Hangzhou", "Berlin", "Cologne"] and len(first) == 3
    assert soup.select("summary")[-1].text == "3 of 4 rows are shown; open the others"
    assert rest[0].td.text == "not reported"


def test_module_and_styles_are_small():
    assert len(gzip.compress((PACKAGE / "explorer.js").read_bytes() + (PACKAGE / "explorer.css").read_bytes())) <= 15_000


# ---------- on the page

def opened(browser, url, **options):
    """A page of its own, its messages and the addresses it asked for."""
    page = browser.new_context(**{"viewport": {"width": 1280, "height": 900}} | options).new_page()
    page.messages, page.asked = [], []
    page.on("console", lambda message: page.messages.append(message.text))
    page.on("pageerror", lambda error: page.messages.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(url)
    return page


def rows(page, label):
    """The rows of an explorer's table as lists of words."""
    return page.locator(f"#{label}-table tbody tr").evaluate_all("rows => rows.map(r => [...r.children].map(c => c.innerText.trim()))")


def explorers_of(page):
    return [(e.get_attribute("id"), e) for e in page.locator(".explorer").all()]


@pytest.mark.parametrize("name", PAGES)
def test_every_explorer_is_alive_over_http_and_from_a_file(browser, address, site, name):
    for base in (address, site.as_uri()):
        page = opened(browser, f"{base}/{name}.html")
        for label, explorer in explorers_of(page):
            assert "awake" in explorer.get_attribute("class")
            headings = page.locator(f"#{label}-table th")
            assert headings.filter(has_text="Berlin").count()
            explorer.get_by_role("checkbox", name="Berlin", exact=True).uncheck()
            assert not headings.filter(has_text="Berlin").count() and headings.filter(has_text="Cologne").count()
            assert "Shown:" in explorer.get_by_role("status").inner_text()
            explorer.get_by_role("button", name="All", exact=True).click()
        assert page.messages == []
        assert [url for url in page.asked if not url.startswith((base, "data:"))] == []
        page.context.close()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(browser, address, name, theme):
    page = opened(browser, f"{address}/{name}.html", color_scheme=theme)
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == []
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_a_phone(browser, address, name):
    page = opened(browser, f"{address}/{name}.html", viewport={"width": 390, "height": 800})
    for _, explorer in explorers_of(page):
        for view in ("bars", "table", "profile"):
            if explorer.get_by_role("radio", name=view).count():
                explorer.get_by_role("radio", name=view).check()
            assert page.evaluate("document.documentElement.scrollWidth") <= 390
            assert explorer.evaluate("e => [...e.querySelectorAll('*')].every(c => c.closest('.sr-only, thead') || c.getBoundingClientRect().right <= 390)")
    page.context.close()


def test_values_are_those_of_the_csv(browser, address):
    page = opened(browser, f"{address}/explore-numbers.html")
    explorer = page.locator("#explore-all")
    observed = fc.read("observations")
    for indicator, label in fc.read("indicators").query("numerator == ''")[["indicator", "label"]].itertuples(index=False):
        explorer.get_by_label("Indicator", exact=True).select_option(indicator)
        mine = observed[(observed["indicator"] == indicator) & observed["place"].isin(CITIES)]
        values = [row[1] for row in rows(page, "explore-all") if row[1] != "not reported"]
        assert len(values) == len(mine), label
        for shown, (_, row) in zip(values, fc.observations(indicator).iterrows()):
            assert fc.fmt(row["value"], row["decimals"]) in shown, (label, shown)
    page.context.close()


UNLINKED = """(box) => {
  for (const link of box.querySelectorAll("a")) link.replaceWith(...link.childNodes);
  for (const styled of box.querySelectorAll("[style]")) styled.style.cssText = [...styled.style].map(key => key + ":" + styled.style.getPropertyValue(key).replace(/\\.?0+%/, "%")).sort().join(";");
  box.normalize();
  return box.innerHTML.replaceAll("&nbsp;", " ");
}"""


def compared(page, label, wanted):
    """Picks for which the page does not show what Python writes: wanted is a list of (picks, HTML)."""
    return page.evaluate("""([label, wanted]) => {
        const same = %s, el = document.getElementById(label), model = el.explorer;
        return wanted.filter(([picks, html]) => {
          model.show(picks);
          const mine = el.querySelector(".explorer-view").cloneNode(true), other = document.createElement("div");
          other.innerHTML = html;
          return same(mine) !== same(other);
        }).map(([picks]) => picks);
      }""" % UNLINKED, [label, wanted])


def test_page_and_python_show_the_same_numbers(browser, address, monkeypatch):
    """For every indicator and relation with every set of cities, in bars and table; and the profile of every set."""
    state = data._state(data.DATA)
    monkeypatch.setattr(data, "_state", lambda folder: state)  # the files don't change while this runs; looking each time takes most of the time
    page = opened(browser, f"{address}/explore-numbers.html")
    explorer = fc.Explorer(label="explore-all")
    wanted = []
    for indicator, relations in fc.read("indicators")[["indicator", "relate"]].itertuples(index=False):
        for relate in ["absolute", *relations.split()]:
            for number, cities in enumerate(SETS):
                view, sort = ("bars", "table")[number % 2], ("report", "value", "name")[number % 3]
                explorer.value = {"cities": cities, "indicator": indicator, "relate": relate, "view": view, "sort": sort}
                wanted.append((explorer.value, str(explorer.view())))
    for cities in SETS:
        explorer.value = {"cities": cities, "view": "profile"}
        wanted.append((explorer.value, str(explorer.view())))
    assert len(wanted) > 1000
    assert compared(page, "explore-all", wanted) == []
    page.context.close()


def test_page_and_python_show_the_same_texts(browser, address):
    page = opened(browser, f"{address}/explore-texts.html")
    explorer = fc.TextExplorer(label="explore-all-texts")
    fields = [key for key, _ in explorer.data["choices"]["fields"]]
    filters = [("", "", ""), ("户籍", "", ""), ("KOLN büro", "", ""), ("senate", "", ""), ("", "2011", "2016"), ("housing", "2016", ""), ("", "", "2012"), ("sos", "", "")]
    wanted = []
    for number, (cities, (words, first, last)) in enumerate(itertools.product(SETS, filters)):
        explorer.value = {"cities": cities, "fields": fields[number % 5:] or fields, "kinds": ["bodies", "policies", "measures", "so"][number % 3:], "words": words, "from": first, "to": last}
        wanted.append((explorer.value, str(explorer.view())))
    assert compared(page, "explore-all-texts", wanted) == []
    page.context.close()


def test_the_link_brings_every_choice_back(browser, address, site):
    for base in (address, site.as_uri()):
        page = opened(browser, f"{base}/population-structure.html")
        explorer = page.locator("#explore-population")
        explorer.get_by_role("button", name="Germany").click()
        explorer.get_by_label("Indicator", exact=True).select_option("asylum_seekers")
        explorer.get_by_label("Relate it").select_option("per_1000")
        explorer.get_by_label("Sort by").select_option("value")
        shown = rows(page, "explore-population")
        assert [row[0] for row in shown] == ["Berlin", "Cologne", "Cologne", "Berlin"] and "79,034 persons ÷ Total population" in shown[0][1].replace("Asylum seekers, 2015: ", "")
        explorer.get_by_role("button", name="Copy link").click()
        link = explorer.get_by_label("Copied text").input_value()
        for choice in ("cities=berlin,cologne", "indicator=asylum_seekers", "relate=per_1000", "sort=value", "view=bars"):
            assert f"explore-population.{choice}" in link
        page.wait_for_url(link, timeout=5000)  # the address carries the choice as well
        again = opened(browser, link)
        assert rows(again, "explore-population") == shown
        assert not again.locator("#explore-population").get_by_role("checkbox", name="Hangzhou").is_checked()
        assert page.messages == again.messages == []
        page.context.close(), again.context.close()


def test_texts_are_shared_by_link_too(browser, address):
    page = opened(browser, f"{address}/explore-texts.html?explore-all-texts.words=户籍&explore-all-texts.fields=general&explore-all-texts.to=2016#explore-all-texts")
    assert page.get_by_label("Words").input_value() == "户籍" and page.get_by_label("To year").input_value() == "2016"
    assert "户籍" in page.locator("#explore-all-texts-table").inner_text() and page.locator("#explore-all-texts-table tbody tr").count() == 1
    page.get_by_label("Words").fill("no such word")
    assert "Nothing matches" in page.locator("#explore-all-texts .explorer-view").inner_text()
    page.context.close()


def test_an_old_or_hostile_link_is_told_and_harmless(browser, address):
    hostile = "<img src=x onerror=window.hacked=1>"
    page = opened(browser, f"{address}/economy.html?explore-economy.cities=bonn,cologne&explore-economy.indicator={hostile}&explore-economy.view=table&explore-economy.relate=%00#explore-economy")
    notice = page.locator("#explore-economy").get_by_role("status").inner_text()
    assert "“bonn”" in notice and "<img" in notice and "does not have" in notice
    assert [row[0] for row in rows(page, "explore-economy")] == ["Cologne"] and "As printed" in page.locator("#explore-economy-table thead").text_content()
    assert page.evaluate("window.hacked") is None and page.messages == []
    page.context.close()


def test_picked_cities_stay_from_chapter_to_chapter(browser, address):
    page = opened(browser, f"{address}/economy.html")
    page.locator("#explore-economy").get_by_role("button", name="China").click()
    page.goto(f"{address}/co-operation.html")
    assert [row[0] for row in rows(page, "explore-funding")] == ["Guangzhou", "Hangzhou"]
    page.locator("#explore-funding").get_by_role("checkbox", name="Berlin").check()
    assert page.locator("#explore-roles").get_by_role("checkbox", name="Berlin").is_checked(), "two explorers of a page agree"
    assert ["Berlin", "not reported"] in [row[:2] for row in rows(page, "explore-funding")]
    page.context.close()


def test_unlike_periods_and_flags_are_said(browser, address):
    page = opened(browser, f"{address}/economy.html")
    explorer = page.locator("#explore-economy")
    explorer.get_by_label("Indicator", exact=True).select_option("gdp_growth")
    mind = explorer.locator(".mind").inner_text()
    assert "The periods differ: Berlin 2005–2014, Cologne 2008–2013, Guangzhou 2012–2016 and Hangzhou 2011–2016." in mind and "d, definition differs" in mind
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
    page = opened(browser, f"{address}/economy.html", permissions=["clipboard-read", "clipboard-write"])
    explorer = page.locator("#explore-economy")
    explorer.get_by_label("Indicator", exact=True).select_option("gdp")
    name, content = taken(page, explorer, "Data, CSV")
    frame, expected = pd.read_csv(io.BytesIO(content), keep_default_na=False), fc.observations("gdp")
    assert name == "explore-economy-gdp.csv" and list(frame["value"]) == list(expected["value"]) and list(frame["printed"]) == list(expected["printed"])
    assert set(frame["stands_in"]) == {"Table 2"} and frame["note"].str.contains("Conversion rule").sum() == 2 and frame["cited"].str.contains("Gluns 2018").all()
    name, content = taken(page, explorer, "Picture, SVG")
    words = " ".join(ET.fromstring(content).itertext())
    assert name.endswith(".svg") and all(fc.name(city) in words for city in CITIES) and "US$ 66.862 billion" in words and "Table 2" in words and "LoGoSO" in words
    name, content = taken(page, explorer, "Picture, PNG")
    assert name.endswith(".png") and content.startswith(b"\x89PNG") and int.from_bytes(content[16:20]) == 1520
    explorer.get_by_role("button", name="Copy citation").click()
    cited = explorer.get_by_label("Copied text").input_value()
    assert "“GDP, 2016”" in cited and page.url in cited and "not found" in cited and page.evaluate("navigator.clipboard.readText()") == cited
    explorer.get_by_role("radio", name="table").check()
    assert not explorer.get_by_role("button", name="Picture, SVG").is_visible(), "a table has no picture of bars"
    assert page.messages == []
    page.context.close()


def test_hostile_names_run_nowhere(browser, site, tmp_path):
    """A city named as a formula or as markup is text on the page, in the CSV and in the picture."""
    explorer = fc.Explorer("population", label="hostile")
    text = json.dumps(explorer.data)
    for old, new in zip(("Berlin", "Cologne"), ("=cmd()", '<img src=x onerror="window.hacked=1">')):
        text = text.replace(json.dumps(old), json.dumps(new))
    explorer.data = json.loads(text)
    (tmp_path / "page.html").write_text(f"<!doctype html><title>t</title>{explorer._repr_html_()}<script src='{(site / '_static/explorer.js').as_uri()}'></script>", "utf-8")
    page = opened(browser, (tmp_path / "page.html").as_uri())
    element = page.locator("#hostile")
    assert rows(page, "hostile")[1][0].startswith("<img")
    assert b"\"'=cmd()\"" in taken(page, element, "Data, CSV")[1]
    ET.fromstring(taken(page, element, "Picture, SVG")[1])
    assert page.evaluate("window.hacked") is None
    page.context.close()


def test_hundreds_of_cities_are_drawn_in_part_with_a_button_for_the_rest(browser, site, tmp_path):
    explorer = fc.Explorer("population", "gdp", label="many")
    data = json.loads(json.dumps(explorer.data))
    places = [f"town-{n}" for n in range(200)]
    data |= {"places": places, "names": [f"Town {n}" for n in range(200)], "colours": ["#1f6fb5"] * 200, "country": dict.fromkeys(places, "china"), "countries": [["China", places]]}
    data["choices"]["cities"] = [[place, name] for place, name in zip(places, data["names"])]
    data["value"] |= {"cities": places}
    for info in data["indicators"]:
        info["rows"] = [[n, 1000 + n] for n in range(199)]  # the last one is not reported
    shown = json.dumps(data)
    (tmp_path / "page.html").write_text(f'<!doctype html><title>t</title><section class="explorer" id="many"><script type="application/json">{shown}</script></section>'
                                        f"<script src='{(site / '_static/explorer.js').as_uri()}'></script>", "utf-8")
    page = opened(browser, (tmp_path / "page.html").as_uri())
    element = page.locator("#many")
    assert len(rows(page, "many")) == 50 and "50 of 200 rows are shown" in element.inner_text()
    assert taken(page, element, "Data, CSV")[1].count(b"\n") == 201, "the CSV is whole"
    element.get_by_role("button", name="Show all").click()
    assert len(rows(page, "many")) == 200 and rows(page, "many")[-1][:2] == ["Town 199", "not reported"]
    assert page.evaluate("document.activeElement.className") == "explorer-view"
    element.get_by_role("radio", name="profile").check()
    assert page.locator("#many-table thead th").count() == 7 and "6 of 200 cities are shown" in element.inner_text()
    element.get_by_label("Find in Cities").fill("Town 17")
    assert element.get_by_role("checkbox").locator("visible=true").count() == 11
    assert page.messages == []
    page.context.close()


def test_by_keyboard_alone(browser, address):
    page = opened(browser, f"{address}/economy.html")
    page.locator("#explore-economy").get_by_role("button", name="None").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert [row[0] for row in rows(page, "explore-economy")] == ["Cologne", "Guangzhou", "Hangzhou"]
    assert page.evaluate("document.activeElement.value") == "berlin", "the focus stays where it is"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    for _ in range(4):
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert page.locator("#explore-economy-table caption").inner_text().startswith("GDP, ")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert "As printed" in page.locator("#explore-economy-table thead").text_content()
    page.context.close()


def test_an_indicator_is_found_by_typing(browser, address):
    page = opened(browser, f"{address}/explore-numbers.html")
    find = page.get_by_label("Find an indicator")
    find.fill("school foundations")
    assert "of" in page.locator("#explore-all").get_by_role("status").inner_text()
    find.press("Enter")
    assert page.locator("#explore-all-table caption").inner_text().startswith("School foundations")
    assert page.get_by_label("Indicator", exact=True).input_value() == "school_foundations" and find.input_value() == ""
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_without_scripts_the_default_choice_is_a_table(browser, address, name):
    page = opened(browser, f"{address}/{name}.html", java_script_enabled=False)
    for label, explorer in explorers_of(page):
        assert page.locator(f"#{label}-table").is_visible()
        assert explorer.locator("input, select, button").count() == 0
    page.context.close()


def test_the_script_is_loaded_once_and_only_where_it_is_needed(site):
    loading = {page.stem: re.findall(r'src="(_static/explorer\.js[^"]*)"', page.read_text("utf-8")) for page in site.glob("*.html")}
    assert {name for name, found in loading.items() if found} == set(PAGES)
    assert {len(found) for name, found in loading.items() if name in PAGES} == {1}
    assert len({found[0] for found in loading.values() if found}) == 1
