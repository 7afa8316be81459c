"""The two summaries: numbers as German and Chinese write them, pages in their language,
and words that the search finds.
"""

import ast
import re

import nbformat
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

import fourcities as fc
from fourcities.facts import BOOK
from publishing.contents import LANGUAGES
from publishing.extensions.languages import LOCALE, WORDS, Searchable, translator

SIZES = {"万": 1e4, "亿": 1e8, "Millionen": 1e6, "Milliarden": 1e9, "Milliarde": 1e9}


def read_back(language, text):
    """A number and how far it may be from what was written, as a reader takes it."""
    digits, word = re.fullmatch(r"(-?[\d.,]+)\s?(\w*)", text).groups()
    if language == "de":
        assert re.fullmatch(r"-?\d{1,3}(\.\d{3})*(,\d+)?", digits), text
        digits = digits.replace(".", "").replace(",", ".")
    assert "," not in digits
    size = SIZES.get(word, 1)
    places = len(digits.partition(".")[2])
    least = {"万": 4, "亿": 4, "": places}.get(word, 3)  # zeros at the end are left out
    return float(digits) * size, 0.5 * size * 10**-least


@given(
    number=st.floats(-1e13, 1e13, allow_nan=False),
    decimals=st.integers(0, 3),
    language=st.sampled_from(["de", "zh-Hans"]),
)
def test_a_number_is_read_as_it_was_written(number, decimals, language):
    read, half = read_back(language, fc.number_in(language, number, decimals))
    assert abs(read - number) <= half * 1.000001 + abs(number) * 1e-12


@given(number=st.integers(0, 99_999_999))
def test_chinese_keeps_every_digit_of_a_whole_number_below_a_hundred_million(number):
    assert round(read_back("zh-Hans", fc.number_in("zh-Hans", number))[0]) == number


def test_numbers_as_people_write_them():
    numbers = [7594, 16000, 20000, 690210, 1061000, 14043500, 54.2e9]
    assert [fc.number_in("zh-Hans", n) for n in numbers] == [
        *("7594", "16000", "2万", "690210", "106.1万", "1404.35万", "542亿")
    ]
    assert [fc.number_in("de", n) for n in numbers] == [
        *("7.594", "16.000", "20.000", "690.210", "1.061.000", "14.043.500"),
        "54,2\N{NO-BREAK SPACE}Milliarden",
    ]
    with pytest.raises(ValueError, match="written in de, zh-Hans; found 'fr'"):
        fc.number_in("fr", 1)


def test_a_value_without_year_or_without_row_says_so():
    assert fc.dated_in("de", "foundations", "berlin").endswith(" (ohne Jahr)")
    assert fc.dated_in("zh-Hans", "foreigners", "berlin").endswith("年）")
    assert fc.dated_in("zh-Hans", "asylum_seekers", "hangzhou") == "未报告"
    with pytest.raises(KeyError, match="not reported for 'hangzhou'"):
        fc.value_in("de", "asylum_seekers", "hangzhou")


def test_a_value_shows_its_flag_where_a_note_explains_it():
    flagged = '1.061.000<sup class="flag" data-note="1">u</sup> (2016)'
    assert fc.dated_in("de", "population", "cologne", letters="du") == flagged
    assert fc.dated_in("de", "population", "cologne") == "1.061.000 (2016)"
    assert "<sup" not in fc.dated_in("de", "population", "hangzhou", letters="du")
    with pytest.raises(ValueError, match="has the flag 'u'; the notes explain d"):
        fc.dated_in("de", "population", "cologne", letters="d")


def latest(column, indicator):
    """The report's latest value, or its flag, of each city that has one."""
    cities = fc.cities("report")
    rows = fc.observations(indicator, places=cities, period="report")
    return rows.groupby("place", sort=False)[column].last().to_dict()


def test_what_the_summaries_say_in_words_is_what_the_data_say():
    """Both pages have these in sentences whose words don't follow the data."""
    population = latest("value", "population")
    assert min(population, key=population.get) == "cologne"
    gdp = latest("value", "gdp_per_capita")
    assert max(gdp, key=gdp.get) == "cologne"
    share = latest("value", "population_share_computed")
    assert share["cologne"] > share["guangzhou"]
    services = latest("value", "share_services")
    assert services["guangzhou"] > 50 < services["hangzhou"]
    target, with_floating, without = (
        latest("value", indicator)["guangzhou"]
        for indicator in (
            "so_density_target",
            "registered_so_per_10000",
            "registered_so_per_10000_not_floating",
        )
    )
    assert with_floating < target < without
    foundations = latest("value", "foundations")
    assert foundations["berlin"] > foundations["cologne"]
    density = latest("value", "foundations_per_100000")
    assert density["cologne"] > density["berlin"]
    use = fc.claims().set_index("claim")["use"]
    assert use["huge-growth-in-chinese-cities"] in ("safe", "caveat")
    assert use["chinese-measures-after-settlement"] == "unusable"
    assert use["guangzhou-points-title"] == "unusable"
    dimensions = fc.read("dimensions").query("theme == 'comparison'")["dimension"]
    case = ["size_class", "administrative_status", "economic_focus"]
    berlin, cologne, guangzhou, hangzhou = (
        fc.codes_of(*case, *dimensions, places=fc.cities("report"))[city]
        for city in ("berlin", "cologne", "guangzhou", "hangzhou")
    )
    at_home = min((berlin == cologne).sum(), (guangzhou == hangzhou).sum())
    assert at_home > max((berlin == guangzhou).sum(), (cologne == hangzhou).sum())
    assert len(fc.read("sessions")) == 6


def test_the_notes_of_the_summaries_name_every_flag_of_their_table():
    """A flag that comes or goes needs other words in both notes."""
    growth = foundations = dict.fromkeys(fc.cities("report"), "d")
    explained = {
        "area": {"hangzhou": "u"},
        "population": {"berlin": "d", "cologne": "u"},
        "gdp_per_capita": growth | {"cologne": "u"},
        "gdp_growth": growth,
        "foreigners": {"guangzhou": "d"},
        "floating_population": {"guangzhou": "d", "hangzhou": "d"},
        "foundations": foundations,
    }
    for page in LANGUAGES:
        cells = nbformat.read(BOOK / f"{page}.ipynb", as_version=4).cells
        (code,) = (cell.source for cell in cells if "lines = {" in cell.source)
        (lines,) = re.findall(r"lines = (\{.*?\})", code, re.DOTALL)
        for indicator in ast.literal_eval(lines).values():
            flags = latest("flag", indicator)
            flagged = {city: flag for city, flag in flags.items() if flag}
            assert flagged == explained.get(indicator, {}), (page, indicator)


@pytest.mark.parametrize("page", LANGUAGES)
def test_a_summary_is_in_its_language_all_around(site, page):
    language = LANGUAGES[page]
    soup = BeautifulSoup((site / f"{page}.html").read_text("utf-8"), "html.parser")
    assert soup.html["lang"] == language
    assert soup.find(property="og:locale")["content"] == LOCALE[language]
    assert f"LA  - {language}\n" in (site / f"_static/cite/{page}.ris").read_text()
    for english in soup.find_all(lang="en"):
        english.extract()
    for tag in soup(["script", "style"]):
        tag.extract()
    frame = {text.strip() for text in soup.find_all(string=True)}
    frame |= {tag["aria-label"] for tag in soup.find_all(attrs={"aria-label": True})}
    assert not frame & set(WORDS[language])
    assert translator(language)("Download this notebook") in frame


SHOWN = """() => [
  ...document.querySelectorAll("[aria-label], [title], [data-tooltip], svg title"),
].filter((tag) => tag.closest("[lang]").lang !== "en").flatMap((tag) => [
  tag.ariaLabel, tag.title, tag.dataset.tooltip, tag.matches("svg *") && tag.innerHTML,
]).filter(Boolean)"""


@pytest.mark.slow
@pytest.mark.parametrize("page", LANGUAGES)
def test_what_scripts_and_pointers_add_is_in_its_language(browser, site, page):
    language = LANGUAGES[page]
    tab = browser.new_page()
    tab.goto((site / f"{page}.html").as_uri())
    tab.locator("[data-tooltip]").first.wait_for(state="attached")
    shown = {words.strip() for words in tab.evaluate(SHOWN)}
    tab.close()
    assert not shown & {*WORDS[language], "Copy", "Copy to clipboard"}
    for words in ("Chapters", "This page", "Link to this heading", "Menu"):
        assert translator(language)(words) in shown


def test_links_say_the_language_they_lead_to(site):
    versions = {"index": "en", **LANGUAGES}
    for page in [*versions, "economy"]:
        soup = BeautifulSoup((site / f"{page}.html").read_text("utf-8"), "html.parser")
        told = {
            link["hreflang"]: link["href"].rpartition("/")[2].removesuffix(".html")
            for link in soup.find_all("link", rel="alternate", hreflang=True)
        }
        assert told == (
            {lang: name for name, lang in versions.items()} if page in versions else {}
        )
        for name, language in LANGUAGES.items():
            way = "#" if name == page else f"{name}.html"
            links = soup.select(f'.sidebar-tree a[href="{way}"]')
            assert [link["lang"] for link in links] == [language]


def test_pairs_of_characters_are_words_of_the_search():
    assert {"户籍", "流动", "人口"} <= set(Searchable({}).split("没有户籍的流动人口"))
    assert Searchable({}).split("plain words") == ["plain", "words"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("流动人口", "zhaiyao"),
        ("保留意见", "zhaiyao"),
        ("经费", "zhaiyao"),
        ("Trägervielfalt", "kurzfassung"),
        ("Wohlfahrtsverbände", "kurzfassung"),
    ],
)
def test_the_search_finds_words_of_the_summaries(browser, site, words, found):
    page = browser.new_page()
    page.goto(f"{site.as_uri()}/search.html?q={words}")
    page.locator(".search-summary", has_text="Search finished").wait_for()
    links = page.locator("#search-results li a").all()
    assert any(f"{found}.html" in link.get_attribute("href") for link in links)
    page.close()
