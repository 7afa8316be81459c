"""Handouts and slides: made from data and chapters, printed by a real Chromium, shown
in one, with nothing from elsewhere.
"""

import itertools
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from html import unescape

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from pypdf import PdfReader

import fourcities as fc
from conftest import ROOT
from fourcities.presentation import origins
from publishing import handouts, slides
from publishing.handouts import printing

CITIES = fc.cities()
SESSIONS = fc.read("sessions").set_index("session")
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def words_of(path):
    """The text of a PDF. Chromium names some characters by their radicals (U+2F08 for
    U+4EBA) and ligatures; NFKC makes them one again, as a search does.
    """
    return unicodedata.normalize(
        "NFKC",
        " ".join(
            " ".join(page.extract_text() for page in PdfReader(path).pages).split()
        ),
    )


# Handouts


@pytest.mark.parametrize("city", CITIES)
def test_a_profile_is_one_page_with_text_and_fonts(site, city):
    reader = PdfReader(site / "_handouts" / f"{city}.pdf")
    assert (
        len(reader.pages) == 1 and round(float(reader.pages[0].mediabox.width)) == 595
    ), "one page of A4"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"], "tagged for screen readers"
    fonts = [
        font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()
    ]
    for font in fonts:  # either a file in the document, or each glyph drawn in it
        part = (
            font["/DescendantFonts"][0].get_object()
            if "/DescendantFonts" in font
            else font
        )
        assert part["/Subtype"] == "/Type3" or "/FontFile" in str(
            part["/FontDescriptor"]
        ), font["/BaseFont"]
    assert b"file://" not in (site / "_handouts" / f"{city}.pdf").read_bytes(), (
        "no link into the folder that it was built in"
    )
    text = words_of(site / "_handouts" / f"{city}.pdf")
    row = fc.read("places").set_index("place").loc[city]
    assert fc.name(city) in text and row["local_name"] in text


def test_the_letters_of_a_profile_are_as_large_as_one_page_allows(browser, site):
    """No scale that prints on one page is left out by measuring, and at most one is
    tried in vain.
    """
    page = browser.new_page()
    page.emulate_media(media="print")
    for city in CITIES:
        page.goto((site / "_handouts" / f"{city}.html").as_uri())
        fits = page.evaluate(
            printing.FITTING, [printing.SCALES, printing.WIDTH, printing.HEIGHT]
        )
        printed = [
            scale
            for scale in printing.SCALES
            if len(
                printing.PAGE.findall(
                    page.pdf(
                        prefer_css_page_size=True, print_background=True, scale=scale
                    )
                )
            )
            == 1
        ]
        assert (
            printed
            and fits[-len(printed) :] == printed
            and len(fits) <= len(printed) + 1
        ), city
    page.close()


@pytest.mark.parametrize("city", CITIES)
def test_a_profile_has_what_the_data_have(site, city):
    """Every key figure with unit, period and place; every policy and measure; what is
    missing is said.
    """
    soup = BeautifulSoup(
        (site / "_handouts" / f"{city}.html").read_text("utf-8"), "html.parser"
    )
    cells = {
        row.th.get_text(): [cell.get_text() for cell in row.select("td")]
        for row in soup.select("tbody tr")
    }
    rows = fc.observations("population", places=[city])
    if rows.empty:
        assert (
            "Total population" not in cells
            and "Total population" in soup.get_text().partition("Not reported:")[2]
        )
        return
    row = rows.iloc[-1]
    assert cells["Total population"][:3] == [
        f"{fc.fmt(row['value'])} persons{row['flag']}",
        row["period"],
        fc.list_of(origins(row)).replace(" ", "\u00a0"),
    ]
    density = fc.observations("population_density", period="latest").set_index("place")[
        "value"
    ]
    assert city not in density or cells["Population density"][2:] == [
        "computed",
        f"{int((density > density[city]).sum()) + 1}\u00a0of\u00a0{len(density)}",
    ]
    text = soup.get_text()
    for table, column in (("policies", "title"), ("measures", "name")):
        for name in fc.read(table).query("place == @city")[column]:
            assert name in text, name
    reported = set(fc.read("observations").query("place == @city")["indicator"])
    printed = set(
        fc.read("indicators").query(
            "numerator == '' and section in ['2.1', '2.2', '2.3', '2.4']"
        )["indicator"]
    )
    assert ("Not reported:" in text) == bool(printed - reported)
    assert all(
        element.get("lang") == "zh-Hans"
        for element in soup.find_all("span")
        if re.search("[\u4e00-\u9fff]", element.get_text())
    )
    pdf = re.sub(r"\s", "", words_of(site / "_handouts" / f"{city}.pdf"))
    assert all(re.sub(r"\s", "", cell) in pdf for cell in cells["Total population"])


def test_chinese_stands_in_the_pdf_as_text(site):
    text = words_of(site / "_handouts" / "hangzhou.pdf").replace(" ", "")
    assert "杭州市" in text and "新杭州人求职登记证" in text


def test_the_figure_sheet_has_every_figure_of_the_slides(site):
    soup = BeautifulSoup(
        (site / "_handouts" / "figures.html").read_text("utf-8"), "html.parser"
    )
    shown = [figure["id"] for figure in soup.select("figure.drawing")]
    assert (
        shown
        == [
            re.search(r'id="([^"]+)"', html)[1] for _, html in handouts.tagged_figures()
        ]
        and len(shown) == len(set(shown)) > 15
    )
    assert all(
        figure.figcaption.get_text(strip=True)
        and figure.svg["aria-label"].endswith(".")
        for figure in soup.select("figure")
    )
    pages = PdfReader(site / "_handouts" / "figures.pdf").pages
    assert 4 <= len(pages) <= len(shown) / 2, "two to four a page"
    assert not any(
        "/XObject" in page["/Resources"]
        and any(
            x.get_object().get("/Subtype") == "/Image"
            for x in page["/Resources"]["/XObject"].values()
        )
        for page in pages
    ), "drawn, not photographed"


@pytest.mark.parametrize("name", [*CITIES, "figures"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_handout_is_a_page_too(browser, site, address, name, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    messages, requests = [], []
    page.on("console", lambda message: messages.append(message.text))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{address}/_handouts/{name}.html")
    assert messages == [] and all(url.startswith(address) for url in requests)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width == 1280:
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == []
    page.close()


def test_a_profile_follows_the_data(project):
    path = project / "data" / "observations.csv"
    path.write_text(
        path.read_text("utf-8").replace("404.89,sq_km,404.89", "505.89,sq_km,505.89"),
        "utf-8",
    )
    code = "from publishing import handouts as h; print(h.profile('cologne'))"
    said = unescape(
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=project,
            text=True,
            capture_output=True,
            check=True,
        ).stdout
    )
    assert "505.89 sq km" in said and "404.89" not in said


def test_without_chromium_the_build_says_what_to_do(tmp_path):
    code = "from publishing import handouts; handouts.write('.')"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={
            **os.environ,
            "CHROMIUM": "/nowhere/chromium",
            "PYTHONPATH": str(ROOT),
        },
        text=True,
        capture_output=True,
    )
    assert (
        "LookupError: expected Chromium, to print the handouts: install it (`sh "
        "publishing/get-browser.sh .venv/bin`"
    ) in done.stderr


# Slides


def sections(number, site):
    return BeautifulSoup(
        (site / "_slides" / f"session-{number}.html").read_text("utf-8"), "html.parser"
    ).select(".slides > section")


@pytest.mark.parametrize("number", SESSIONS.index)
def test_a_deck_holds_its_session(site, number):
    row, parts = SESSIONS.loc[number], sections(number, site)
    assert (
        parts[0].h1.get_text() == row["title"]
        and row["question"] in parts[0].get_text()
        and 10 <= len(parts) <= 20
    )
    text = " ".join(part.get_text(" ") for part in parts)
    for words in (
        *row["aims"].split(" | "),
        row["task"],
        row["group_work"],
        *row["prompts"].split(" | "),
    ):
        assert words in text, words
    for chapter in row["chapters"].split():
        assert any(
            part.select_one(f'a[href="../{chapter}.html"]') and part.svg
            for part in parts
        ), f"no figure of {chapter}"
    assert all(part.select_one("a[href]") for part in parts if part.svg)


def test_slides_come_from_tagged_cells(project):
    """A figure without its tag is no slide."""
    path = project / "book" / "economy.ipynb"
    notebook = nbformat.read(path, as_version=4)
    tagged = [
        cell for cell in notebook.cells if "slide" in cell.metadata.get("tags", [])
    ]
    assert len(tagged) == 2
    tagged[0].metadata["tags"].remove("slide")
    nbformat.write(notebook, path)
    code = "from publishing import slides; print(slides.deck(1).count('<figure'))"
    assert (
        int(
            subprocess.run(
                [sys.executable, "-c", code],
                cwd=project,
                text=True,
                capture_output=True,
                check=True,
            ).stdout
        )
        == slides.deck(1).count("<figure") - 1
    )


@pytest.mark.parametrize("number", SESSIONS.index)
@pytest.mark.parametrize(
    "theme, width, height",
    [("light", 1280, 720), ("dark", 1280, 720), ("light", 390, 844)],
)
def test_a_deck_in_a_browser(browser, site, number, theme, width, height):
    """From a memory stick: quiet, nothing from elsewhere, every slide inside its area,
    moved by the arrow keys, links that lead into the book.
    """
    page = browser.new_page(
        viewport={"width": width, "height": height}, color_scheme=theme
    )
    messages, requests = [], []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto((site / "_slides" / f"session-{number}.html").as_uri())
    page.wait_for_function("innerWidth <= 640 || window.Reveal && Reveal.isReady()")
    assert messages == [] and all(url.startswith("file:") for url in requests)
    count = len(sections(number, site))
    if width < 640:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator(".slides h1").first.is_visible()
        tops = page.evaluate(
            "[...document.querySelectorAll('.slides > section')].map((s) => "
            "s.getBoundingClientRect()).map((b) => [b.top, b.bottom])"
        )
        assert all(below[0] >= above[1] for above, below in itertools.pairwise(tops)), (
            "one below the other"
        )
        assert (
            page.evaluate(
                "Math.min(...[...document.querySelectorAll('.slides :is(p, li, "
                "figcaption)')].map((e) => parseFloat(getComputedStyle(e).fontSize)))"
            )
            >= 16
        )
    for at in range(count if width > 640 else 0):
        assert page.evaluate("Reveal.getIndices().h") == at
        over = page.evaluate("""() => {
          const room = document.querySelector('.slides').getBoundingClientRect();
          const slide = Reveal.getCurrentSlide();
          const over = (b) => b.bottom > room.bottom + 2 || b.right > room.right + 2
            || b.left < room.left - 2;
          const boxes = [...slide.querySelectorAll('*')]
            .map((e) => e.getBoundingClientRect());
          return boxes.filter((b) => b.width && over(b)).length;
        }""")
        assert over == 0, f"slide {at + 1} is cut off"
        page.keyboard.press("ArrowRight")
    page.close()


def test_links_of_slides_and_handouts_resolve(site):
    for folder in ("_slides", "_handouts"):
        for path in (site / folder).glob("*.html"):
            for element in BeautifulSoup(path.read_text("utf-8"), "html.parser").select(
                "[href], [src]"
            ):
                link = element.get("href") or element.get("src")
                target = link.split("#")[0].split("?")[0]
                assert not re.match(r"(https?:)?//", link) and (
                    not target or (path.parent / target).resolve().is_file()
                ), (path.name, link)


def test_reveal_is_the_package_with_its_licence(site):
    assert (
        "MIT" in (site / "_static" / "reveal" / "LICENSE").read_text()
        or "Permission is hereby granted"
        in (site / "_static" / "reveal" / "LICENSE").read_text()
    )
    assert (
        shutil.which("node") is None
        or subprocess.run(
            ["node", "--check", site / "_static" / "slides.js"], check=False
        ).returncode
        == 0
    )
    assert (ROOT / "publishing" / "templates" / "slides" / "slides.js").read_text() == (
        site / "_static" / "slides.js"
    ).read_text()
