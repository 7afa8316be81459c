"""Handouts and slides: made from data and chapters, printed by a real Chromium, shown
in one, with nothing from elsewhere.
"""

import io
import itertools
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from html import unescape

import axe
import nbformat
import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NumberObject

import fourcities as fc
from conftest import ROOT
from fourcities.presentation import city_mark, origins
from publishing import handouts
from publishing.browser import NAMES
from publishing.handouts import accessible, key_figures, printing
from publishing.takeaway.check import _tags, faults

CITIES = fc.cities()
SESSIONS = fc.read("sessions").set_index("session")


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
    # Words of a script from right to left come out of a PDF as they stand on paper.
    assert fc.name(city) in text
    assert all(word in text for word in row["local_name"].split())


@pytest.mark.parametrize("name", [*CITIES, "figures"])
def test_a_screen_reader_misses_nothing_in_a_handout(site, name):
    path = site / "_handouts" / f"{name}.pdf"
    assert faults(path) == []
    alts = re.findall(r"/Alt", path.read_bytes().decode("latin-1"))
    drawings = (path.with_suffix(".html").read_text("utf-8")).count("<svg")
    assert len(alts) == drawings


def test_what_a_screen_reader_misses_is_found(site, tmp_path):
    """A file as Chromium prints it, less one text and one tag."""
    pdf = PdfWriter(clone_from=PdfReader(site / "_handouts" / "figures.pdf"))
    root = pdf.root_object
    del root["/Metadata"], root["/Lang"]
    page = pdf.pages[0]
    content = page.get_contents()
    corners = [NumberObject(number) for number in (0, 0, 9, 9)]
    content.operations += [(corners, b"re"), ([], b"f")]
    page.replace_contents(content)
    for tag in _tags(root["/StructTreeRoot"]["/K"]):
        if tag["/S"] == "/Figure":
            del tag["/Alt"]
            break
    pdf.write(tmp_path / "broken.pdf")
    assert faults(tmp_path / "broken.pdf") == [
        "no language",
        "no metadata with title and PDF/UA",
        "a figure without a text",
        "page 1: 1 times something is painted without a tag",
    ]


def test_a_pdf_is_the_same_bytes_however_chromium_numbers_its_elements(browser, site):
    """Its numbers need not rise with the text; names of heads stay sorted."""
    page = browser.new_page()
    page.goto((site / "_handouts" / "berlin.html").as_uri())
    pdf = page.pdf(tagged=True)
    page.close()
    heads = [b"(node%s)" % node for node in dict.fromkeys(printing.NODES.findall(pdf))]
    one, other = heads[2], heads[5]
    first, last = (re.search(re.escape(h) + rb" \d+ 0 R", pdf)[0] for h in (one, other))
    assert len(first) == len(last), "their places can be changed"
    swapped = pdf.replace(first, b"<1>").replace(last, b"<2>")
    swapped = swapped.replace(one, b"<3>").replace(other, one).replace(b"<3>", other)
    swapped = swapped.replace(b"<1>", last.replace(other, one))
    swapped = swapped.replace(b"<2>", first.replace(one, other))
    assert swapped != pdf and len(swapped) == len(pdf)
    written, again = (
        accessible.accessible(printing._settled(one), "") for one in (pdf, swapped)
    )
    assert written == again
    tags = PdfReader(io.BytesIO(written)).trailer["/Root"]["/StructTreeRoot"]
    (leaf,) = tags["/IDTree"]["/Kids"]
    names = [str(name) for name in leaf.get_object()["/Names"][::2]]
    assert names == sorted(names) and len(names) == len(heads)
    assert leaf.get_object()["/Limits"] == [names[0], names[-1]]


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
        for row in soup.select("#key-figures tbody tr")
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
    assert "1\u00a0of\u00a01" not in soup.get_text(), (
        "no rank where nothing is compared"
    )
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


@pytest.mark.parametrize("city", CITIES)
def test_a_profile_begins_with_a_picture_of_the_city_among_the_others(site, city):
    """Bars on one scale for each number; the city alone has a colour."""
    soup = BeautifulSoup(
        (site / "_handouts" / f"{city}.html").read_text("utf-8"), "html.parser"
    )
    rows = soup.select("#among tbody tr")
    reported = [
        indicator
        for indicator in key_figures.COMPARED
        if len(fc.observations(indicator, places=[city]))
    ]
    assert len(rows) == len(reported)
    colour = fc.city_palette()[fc.name(city)]
    for indicator, row in zip(reported, rows):
        latest = fc.observations(indicator, period="latest").set_index("city")["value"]
        for cell in row.select("td:has(i)"):
            style, name = cell.i["style"], cell["data-label"]
            length = float(re.search(r"inline-size:(\d+)%", style)[1])
            longest = latest[row_names(row)].max()
            assert abs(length - 100 * latest[name] / longest) <= 0.5
            assert (colour in style) == (name == fc.name(city))


def row_names(row):
    """The cities that a row of the picture has a bar for."""
    return [cell["data-label"] for cell in row.select("td:has(i)")]


def test_no_number_of_a_profile_is_broken(browser, site):
    page = browser.new_page()
    page.emulate_media(media="print")
    for city in CITIES:
        page.set_viewport_size({"width": round(printing.WIDTH), "height": 900})
        page.goto((site / "_handouts" / f"{city}.html").as_uri())
        lines = page.evaluate("""() => [...document.querySelectorAll("td")].map(td => {
          const range = document.createRange();
          range.selectNodeContents(td.querySelector("div") || td);
          const tops = [...range.getClientRects()]
            .filter(box => box.height > 8 && box.width > 1)
            .map(box => Math.round(box.bottom / 8));
          return [td.textContent, Math.max(...tops) - Math.min(...tops)];
        }).filter(([, spread]) => spread > 1)""")
        assert lines == [], city
    page.close()


# Numbers of a page that stand on two lines, with a span of years and a rank as one.
BROKEN = r"""() => {
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const broken = [];
  while (words.nextNode()) {
    const node = words.currentNode;
    for (const found of node.data.matchAll(/\d[\d,.]*(?:(?:\u00a0of\u00a0|–)\d+)?/g)) {
      const range = document.createRange();
      range.setStart(node, found.index);
      range.setEnd(node, found.index + found[0].length);
      const tops = [...range.getClientRects()].map(box => box.top);
      if (Math.max(...tops) - Math.min(...tops) > 4) broken.push(found[0]);
    }
  }
  return broken;
}"""


@pytest.mark.parametrize("width, media", [(703, "print"), (390, "screen")])
def test_spans_and_ranks_of_a_profile_stay_on_a_line(browser, site, width, media):
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.emulate_media(media=media)
    for city in CITIES:
        page.goto((site / "_handouts" / f"{city}.html").as_uri())
        assert page.evaluate(BROKEN) == [], city
    page.close()


def test_a_profile_on_a_phone_needs_no_scrolling_to_the_side(browser, site):
    page = browser.new_page(viewport={"width": 390, "height": 844})
    for city in CITIES:
        page.goto((site / "_handouts" / f"{city}.html").as_uri())
        assert page.evaluate(
            "[...document.querySelectorAll('.book-table')]"
            ".every((table) => table.scrollWidth <= table.clientWidth)"
        ), city
        lengths = page.evaluate(
            "[...document.querySelectorAll('#among tbody tr')].map((row) => Math.max("
            "...[...row.querySelectorAll('i')].map((bar) => bar.clientWidth)))"
        )
        assert min(lengths, default=99) > 60, "the longest bar fills its column"
    page.close()


@pytest.mark.parametrize("city", CITIES)
def test_a_profile_explains_every_flag_that_it_shows(site, city):
    """Those of the other cities in the picture too; its city has its own marker."""
    soup = BeautifulSoup(
        (site / "_handouts" / f"{city}.html").read_text("utf-8"), "html.parser"
    )
    shown = {flag.get_text() for flag in soup.select("td sup")}
    assert shown == set(re.findall(r"(\w) = ", soup.select_one(".notes").get_text()))
    mark = BeautifulSoup(city_mark(fc.name(city)), "html.parser").span
    assert soup.h1.span == mark


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


# Texts beside each other in a drawing with less than a third of a letter between them.
RUN_TOGETHER = """() => [...document.querySelectorAll("figure svg")].flatMap(svg => {
  const size = svg.getScreenCTM().a * parseFloat(getComputedStyle(svg).fontSize);
  const boxes = [...svg.querySelectorAll("text")]
    .filter(text => Math.abs(text.getCTM().b) < 0.01 && text.textContent.trim())
    .map(text => [text.textContent, text.getBoundingClientRect()]);
  return boxes.flatMap(([one, a], at) => boxes.slice(at + 1).filter(([, b]) => {
    const shared = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    const between = Math.max(a.left, b.left) - Math.min(a.right, b.right);
    return shared > 0.4 * Math.min(a.height, b.height) && between < size / 3;
  }).map(([other]) => [one, other]));
})"""


@pytest.mark.parametrize("width, media", [(703, "print"), (390, "screen")])
def test_no_two_labels_of_a_drawing_run_together(browser, site, width, media):
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.emulate_media(media=media)
    page.goto((site / "_handouts" / "figures.html").as_uri())
    assert page.evaluate(RUN_TOGETHER) == []
    page.close()


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
        assert axe.wrong(page) == []
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


STUB = "#!/bin/sh\necho 'this command requires the chromium snap' >&2\nexit %d\n"


def run_without(tmp_path, *command, **environment):
    """A command that finds no other Chromium than what it is told of."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


@pytest.mark.parametrize("code", [0, 1])
def test_a_browser_that_does_not_start_is_passed_over_and_told(tmp_path, code):
    """A program of that name that only says where to get one, as Ubuntu has it."""
    stub = tmp_path / "chromium"
    stub.write_text(STUB % code)
    stub.chmod(0o755)
    tried = ["-m", "publishing.browser"]
    done = run_without(tmp_path, *tried, CHROMIUM=str(stub))
    assert done.returncode == 1 and "Traceback" not in done.stdout
    assert f"{stub}: this command requires the chromium snap" in done.stdout
    real = next(filter(None, map(shutil.which, NAMES)), None)
    (tmp_path / "google-chrome").symlink_to(real)
    path = f"{tmp_path}:/bin"
    done = run_without(tmp_path, *tried, CHROMIUM="", PATH=path)
    assert done.returncode == 0, done.stdout


def test_without_chromium_there_are_pages_and_no_word_of_pdfs(site, tmp_path):
    """The site itself needs no browser; the build says what is left out, and why."""
    (tmp_path / "_static").mkdir()
    shutil.copy(site / "teaching-guide.html", tmp_path)
    code = (
        "from pathlib import Path; from publishing import handouts, parts; "
        "print(handouts.write('.', parts.Parts(Path('parts'))))"
    )
    done = run_without(tmp_path, "-c", code, CHROMIUM="/nowhere/chromium")
    assert "Tried:\n  /nowhere/chromium: " in done.stdout, done.stdout
    pages = [*tmp_path.glob("*.html"), *tmp_path.glob("_handouts/*.html")]
    assert len(pages) == 2 + len(CITIES)
    for path in pages:
        html = path.read_text("utf-8")
        assert not re.search(r"\bPDF\b|\.pdf\b", html), path.name
        for link in re.findall(r'href="(_handouts/[^"#]+)', html):
            assert (tmp_path / link).is_file(), link


# Slides


def sections(number, site):
    return BeautifulSoup(
        (site / "_slides" / f"session-{number}.html").read_text("utf-8"), "html.parser"
    ).select(".slides > section")


@pytest.mark.parametrize("number", SESSIONS.index)
def test_a_deck_holds_its_session(site, number):
    row, parts = SESSIONS.loc[number], sections(number, site)
    slides = fc.read("session_slides").query("session == @number")
    assert (
        parts[0].h1.get_text() == row["title"]
        and row["question"] in parts[0].get_text()
        and len(parts) == 1 + len(slides)
        and 10 <= len(parts) <= 20
    )
    text = " ".join(part.get_text(" ") for part in parts)
    goals = fc.read("session_goals").query("session == @number")["goal"]
    for words in (
        *goals,
        row["task"],
        row["group_work"],
        *row["prompts"].split(" | "),
    ):
        assert words in text, words
    for part, slide in zip(parts[1:], slides.itertuples()):
        assert part.select_one("aside.notes").get_text() == slide.notes
        if slide.figure:
            assert part.select_one(f'a[href$=".html#{slide.figure}"]'), slide.figure
            assert bool(part.svg) == (slide.kind == "figure")
            assert bool(part.table) == (slide.kind == "table")
        else:
            assert part.h2.get_text().replace("’", "'") == slide.title
        for source in slide.sources.split():
            assert part.select_one(f'a[href="../bibliography.html#{source}"]'), source


def test_slides_come_from_tagged_cells(project):
    """A figure without its tag is refused as a slide, in words."""
    path = project / "book" / "economy.ipynb"
    notebook = nbformat.read(path, as_version=4)
    tagged = [
        cell for cell in notebook.cells if "slide" in cell.metadata.get("tags", [])
    ]
    assert len(tagged) == 2
    tagged[0].metadata["tags"].remove("slide")
    nbformat.write(notebook, path)
    code = "from publishing import slides; slides.deck(1)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=project,
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode and "column figure: found 'fig-g" in done.stderr


# How much of a slide is beyond its area.
OVER = """() => {
  const room = document.querySelector('.slides').getBoundingClientRect();
  const over = (box) => box.bottom > room.bottom + 2 || box.right > room.right + 2
    || box.left < room.left - 2;
  const boxes = [...Reveal.getCurrentSlide().querySelectorAll('*')]
    .map((element) => element.getBoundingClientRect());
  return boxes.filter((box) => box.width && over(box)).length;
}"""


@pytest.mark.parametrize("number", SESSIONS.index)
@pytest.mark.parametrize("width, height", [(1280, 720), (390, 844)])
def test_a_deck_in_a_browser(browser, site, number, width, height):
    """From a memory stick: quiet, nothing from elsewhere, every slide inside its area,
    moved by the arrow keys, links that lead into the book.
    """
    page = browser.new_page(viewport={"width": width, "height": height})
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
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            assert page.evaluate(OVER) == 0, f"slide {at + 1} is cut off, {theme}"
        page.keyboard.press("ArrowRight")
    page.close()


# Of a slide: the place of its title, and the smallest of its letters as shown.
SEEN = """() => {
  const slide = Reveal.getCurrentSlide();
  const own = [...slide.querySelectorAll("*")].filter(e => e.checkVisibility() &&
    [...e.childNodes].some(n => n.nodeType == 3 && n.textContent.trim()));
  const size = e => parseFloat(getComputedStyle(e).fontSize) *
    (e.closest("svg") ? e.ownerSVGElement.getScreenCTM().a : Reveal.getScale());
  const title = slide.querySelector("h1, h2, figcaption").getBoundingClientRect();
  return { title: [title.left, title.top].map(Math.round),
    smallest: Math.min(...own.map(size)) };
}"""
APART = """() => {
  const boxes = [".slide-number", ".navigate-left", ".navigate-right"]
    .map(s => document.querySelector(s).getBoundingClientRect());
  const [number, ...arrows] = boxes;
  return arrows.every(arrow => number.right < arrow.left);
}"""


@pytest.mark.parametrize("number", SESSIONS.index)
def test_a_slide_can_be_read_from_the_last_row(browser, site, number):
    """Letters of 20 pixels of 720, also in drawings, titles in one place, the number of
    the page beside the arrows.
    """
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto((site / "_slides" / f"session-{number}.html").as_uri())
    page.wait_for_function("window.Reveal && Reveal.isReady()")
    for at in range(len(sections(number, site))):
        seen = page.evaluate(SEEN)
        assert seen["smallest"] > 19.9, f"slide {at + 1}"
        assert seen["title"] == [56, 40], f"slide {at + 1}"
        page.keyboard.press("ArrowRight")
    assert page.evaluate(APART)
    page.close()


@pytest.mark.parametrize("number", SESSIONS.index)
def test_a_figure_on_a_slide_is_the_one_of_its_chapter(site, number):
    """Whole, with the same words: the finding as title, the rest beside it. A table has
    the same rows.
    """
    wanted = fc.read("session_slides").query("session == @number and figure != ''")
    parts = sections(number, site)
    for _, html in handouts.tagged(SESSIONS.loc[number, "chapters"].split()):
        own = BeautifulSoup(html, "html.parser")
        label = own.select_one("[id]")["id"]
        if label not in set(wanted["figure"]):
            continue
        (part,) = [part for part in parts if part.select(f'a[href$="#{label}"]')]
        if part.table:
            assert part.table.tbody.get_text() == own.tbody.get_text()
            continue
        beside = part.select_one(".beside").get_text()
        assert part.figcaption.get_text() + beside == own.figcaption.get_text()
        assert part.svg.decode() == own.svg.decode()


def test_notes_come_and_go_with_a_key_or_a_button(browser, site):
    """Beside the slide and not over it; another slide has other notes."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto((site / "_slides" / "session-6.html").as_uri())
    page.wait_for_function("window.Reveal && Reveal.isReady()")
    notes, button = page.locator(".speaker-notes"), page.locator(".notes-switch")
    assert notes.is_hidden() and button.get_attribute("aria-pressed") == "false"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("n")
    said = fc.read("session_slides").query("session == 6")["notes"].tolist()
    assert notes.is_visible() and said[0] in notes.inner_text()
    assert page.evaluate("Reveal.getIndices().h") == 1, "N moves no slide"
    slide, beside = page.locator("section.present").bounding_box(), notes.bounding_box()
    assert slide["x"] + slide["width"] <= beside["x"] + 1
    page.keyboard.press("ArrowRight")
    assert said[1] in notes.inner_text()
    button.click()
    assert notes.is_hidden() and button.get_attribute("aria-pressed") == "false"
    page.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_notes_are_read_without_scripts_and_on_a_phone(browser, site, width):
    context = browser.new_context(
        java_script_enabled=width < 640, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    page.goto((site / "_slides" / "session-2.html").as_uri())
    notes = page.locator("aside.notes")
    assert notes.count() == len(sections(2, site))
    assert all(notes.nth(i).is_visible() for i in range(notes.count()))
    assert page.locator(".notes-switch").count() == 0, "no dead control"
    context.close()


def test_notes_are_printed_with_their_slides(browser, site, tmp_path):
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto((site / "_slides" / "session-1.html").as_uri())
    page.wait_for_function("window.Reveal && Reveal.isReady()")
    page.keyboard.press("n")
    page.pdf(path=tmp_path / "deck.pdf", format="A4", landscape=True)
    page.close()
    words = " ".join(words_of(tmp_path / "deck.pdf").split())
    pages = PdfReader(tmp_path / "deck.pdf").pages
    assert len(pages) == len(sections(1, site)), "a page for each slide"
    for note in fc.read("session_slides").query("session == 1")["notes"]:
        assert words.count(note) == 1, note


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
