"""The book as files to take along: what becomes of a page, what is in EPUB and PDF. The
whole PDF, and the validators of both, are for `make takeaway-check`.
"""

import copy
import functools
import re
import shutil
import xml.etree.ElementTree as xml
import zipfile
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from conftest import ADDRESS
from publishing.contents import LANGUAGES
from publishing.takeaway.chapters import Place, chapter_of
from publishing.takeaway.check import faults
from publishing.takeaway.doors import add_door
from publishing.takeaway.elements import text_of
from publishing.takeaway.epub import MIMETYPE, epub_files, write_epub
from publishing.takeaway.volume import Entry, as_text, volume_of

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
SVG = "{http://www.w3.org/2000/svg}"
DEAD = {"script", "details", "summary", "button", "input", "select", "form", "iframe"}
# Chapters that are held against their pages: one of each kind.
COMPARED = (
    *("index", "zhaiyao", "economy", "administration", "employment", "co-operation"),
    *("does-it-hold", "first-notebook"),
)
NUMBER = re.compile(r"\d[\d.,]*\d|\d")


@pytest.fixture(scope="module")
def volume(site):
    return volume_of(site)


@pytest.fixture(scope="module")
def bodies(volume):
    """Each chapter as XML that was written and read again."""
    return {
        entry.chapter.name: xml.fromstring(as_text(entry.chapter.body))
        for entry in volume.entries
    }


def words(element):
    return " ".join("".join(element.itertext()).split())


@functools.cache
def page_of(site, name):
    html = (site / f"{name}.html").read_text("utf-8")
    return BeautifulSoup(html, "html.parser").find("article")


def test_a_chapter_has_no_script_no_control_and_loads_nothing(bodies):
    for name, body in bodies.items():
        tags = {element.tag for element in body.iter()}
        assert not tags & DEAD, name
        for element in body.iter():
            wrong = [a for a in element.attrib if a in ("src", "data") or a[:2] == "on"]
            assert not wrong, (name, element.tag, wrong)
            for value in element.attrib.values():
                assert not re.search(r"url\((?!#)", value), (name, value)


def test_ids_are_unique_and_links_lead_somewhere(bodies):
    places = set()
    for name, body in bodies.items():
        ids = [element.get("id") for element in body.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), name
        places |= {f"{name}.xhtml"} | {f"{name}.xhtml#{key}" for key in ids}
    inside = 0
    for name, body in bodies.items():
        for link in body.iter("a"):
            target = link.attrib["href"]
            assert target in places or re.match(r"https?://|mailto:", target), (
                name,
                target,
            )
            inside += target in places
        used = re.findall(r'url\(#([^)]+)\)|<use href="#([^"]+)"', as_text(body))
        for key in used:
            assert f"{name}.xhtml#{''.join(key)}" in places, (name, key)
    assert inside > 1000


def test_a_drawing_says_what_it_shows_as_on_the_site(site, bodies):
    for name in COMPARED:
        body = bodies[name]
        said = [svg.find(f"{SVG}title").text for svg in body.iter(f"{SVG}svg")]
        there = [svg["aria-label"] for svg in page_of(site, name).find_all("svg")]
        assert said == there, name
        assert all(len(text.split()) > 5 for text in said), name


def test_tables_have_the_numbers_of_the_site(site, bodies):
    """Cell by cell, or entry by entry where the cells are texts; less the data behind a
    figure. A flag's note is told below its table.
    """
    compared = entries = 0
    for name in COMPARED:
        page = copy.copy(page_of(site, name))
        for note in page.select("details.flag, .solution, sup, small"):
            note.decompose()
        theirs = {words_of_soup(table.caption): table for table in page.select("table")}
        body = copy.deepcopy(bodies[name])
        for each in body.iter():
            for flag in [child for child in each if child.tag in ("sup", "small")]:
                flag[:], flag.text = [], ""
        for table in body.iter("table"):
            rows = theirs[words(table.find("caption"))].find_all("tr")
            for row, there in zip(table.iter("tr"), rows, strict=True):
                for cell, other in zip(row, there.find_all(["th", "td"]), strict=True):
                    wanted = NUMBER.findall(words_of_soup(other))
                    assert not {*NUMBER.findall(words(cell))} - {*wanted}, (
                        name,
                        wanted,
                    )
                    compared += len(wanted)
        for listed in body.iterfind(".//div[@class]"):
            if listed.get("class").startswith("entries"):
                rows = theirs[words(listed[0])].select("tbody tr")
                for entry, row in zip(listed[1:], rows, strict=True):
                    wanted = NUMBER.findall(words_of_soup(row))
                    assert NUMBER.findall(words(entry)) == wanted, (name, wanted)
                    entries += 1
    assert compared > 300 and entries > 250


def words_of_soup(element):
    return " ".join(element.get_text().split())


def test_names_and_chapters_keep_their_language(site, bodies):
    marked = 0
    for name in COMPARED:
        page = page_of(site, name)
        theirs = {(e["lang"], words_of_soup(e)) for e in page.select("[lang]")}
        own = {(e.get("lang"), words(e)) for e in bodies[name].iter() if e.get("lang")}
        own.discard((LANGUAGES.get(name), words(bodies[name])))
        assert own <= theirs, name
        marked += len(own)
    assert marked > 50
    for name, body in bodies.items():
        assert body.get("lang") == LANGUAGES.get(name)
        if not body.get("lang"):
            assert not re.search(r"[\u4e00-\u9fff]", unmarked(body)), name


def unmarked(element):
    """The text of an element that is in the language of the book."""
    parts = [element.text or ""]
    for child in element:
        said = "" if child.get("lang") else unmarked(child)
        parts += [said, child.tail or ""]
    return " ".join(parts)


def test_solutions_stand_at_the_end(site, bodies):
    answers = {e.get("id") for e in bodies["solutions"].iter("div") if e.get("id")}
    for name in COMPARED:
        there = {div["id"] for div in page_of(site, name).select(".solution")}
        assert there <= answers, name
        links = {a.get("href") for a in bodies[name].iter("a")}
        assert {f"solutions.xhtml#{key}" for key in there} <= links, name
    for solution in bodies["solutions"].iter("div"):
        if solution.get("class") == "solved":
            assert len(words(solution).split()) > 6, solution.get("id")


def test_code_is_there_where_the_site_shows_it(site, bodies):
    for name in ("first-notebook", "economy"):
        shown = page_of(site, name).select(".tag_show-code .cell_input pre")
        codes = [text_of(pre) for pre in bodies[name].iter("pre")]
        for pre in shown:
            assert pre.get_text().strip("\n") in codes, name
        outputs = page_of(site, name).select(".cell_output pre")
        assert len(codes) == len(shown) + len(outputs), name


@pytest.mark.parametrize("address", ["", "https://example.org/book/"])
def test_an_explorer_says_where_it_lives(site, address):
    html = (site / "basic-data.html").read_text("utf-8")
    body = chapter_of(html, Place("basic-data", ["basic-data"], address)).body
    (explorer,) = [e for e in body.iter("section") if e.get("class") == "explorer"]
    line = explorer.find("p")
    assert words(line).startswith("Explorer: Total population")
    assert list(explorer.iter("table"))
    links = [a.get("href") for a in line.iter("a")]
    assert links == [f"{address}basic-data.html#explore-size"] * bool(address)
    assert address or "on the site of the book" in words(line).lower()


def test_files_of_the_site_are_links_only_with_its_address(site):
    html = (site / "data-and-sources.html").read_text("utf-8")
    for address in ("", "https://example.org/book"):
        body = chapter_of(html, Place("data-and-sources", [], address)).body
        links = [a.get("href") for a in body.iter("a")]
        files = [a for a in links if a.endswith((".csv", ".json"))]
        assert len(files) > 40 if address else not files
        assert all(a.startswith("https://example.org/book/") for a in files)


def test_a_page_without_a_heading_is_refused():
    with pytest.raises(ValueError, match="x.html: expected an article"):
        chapter_of("<article><p>No heading</p></article>", Place("x", [], ""))


@pytest.fixture(scope="module")
def files(volume):
    return epub_files(volume)


def test_an_epub_is_whole(files, tmp_path_factory, volume):
    path = tmp_path_factory.mktemp("epub") / "book.epub"
    write_epub(path, files)
    again = path.with_name("again.epub")
    write_epub(again, epub_files(volume))
    assert path.read_bytes() == again.read_bytes()
    with zipfile.ZipFile(path) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", 0)
        assert archive.read("mimetype") == MIMETYPE.encode()
        names = {name for name in archive.namelist() if name.startswith("book/")}
        package = xml.fromstring(archive.read("book/package.opf"))
        for name in names:
            if name.endswith(("html", "opf")):
                xml.fromstring(archive.read(name))
    listed = {f"book/{item.get('href')}" for item in package.iter(f"{OPF}item")}
    assert listed == names - {"book/package.opf"}
    said = {meta.get("property"): meta.text for meta in package.iter(f"{OPF}meta")}
    assert "schema:accessModeSufficient" in said
    assert "schema:accessibilitySummary" in said


def test_the_contents_of_an_epub_have_every_chapter_in_order(files, volume):
    nav = xml.fromstring(files["book/nav.xhtml"])
    contents = nav.find(f".//{XHTML}nav")
    links = [a.get("href") for a in contents.iter(f"{XHTML}a")]
    assert links == [f"{entry.chapter.name}.xhtml" for entry in volume.entries]
    parts = [span.text for span in contents.iter(f"{XHTML}span")]
    assert parts == [entry.part for entry in volume.entries if entry.part]


def test_a_door_leads_to_a_file_that_is_there(site, tmp_path):
    shutil.copy(site / "index.html", tmp_path)
    book = tmp_path / "made" / "four-cities.epub"
    book.parent.mkdir()
    book.write_bytes(b"book")
    for _ in range(2):
        add_door(tmp_path, book)
    page = BeautifulSoup((tmp_path / "index.html").read_text("utf-8"), "html.parser")
    doors = [a["href"] for a in page.select(".doors a")]
    assert doors.count("four-cities.epub") == 1
    assert (tmp_path / "four-cities.epub").read_bytes() == b"book"


@pytest.fixture(scope="module")
def changed(altered, volume):
    """A volume of one chapter, after a cell of the data was changed."""
    html = (altered / "_build" / "teacher" / "basic-data.html").read_text("utf-8")
    chapter = chapter_of(html, Place("basic-data", ["basic-data"], ADDRESS))
    return replace(volume, entries=[Entry(chapter, 1, "The report")], address=ADDRESS)


def test_an_epub_follows_the_data_and_fits_a_small_screen(changed, browser, tmp_path):
    write_epub(tmp_path / "book.epub", epub_files(changed))
    with zipfile.ZipFile(tmp_path / "book.epub") as archive:
        archive.extractall(tmp_path)
    asked = []
    page = browser.new_page(viewport={"width": 390, "height": 700})
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "book" / "basic-data.xhtml").as_uri())
    text = page.inner_text("body")
    assert text.count("1,234,567") >= 2 and "1,061,000" not in text
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()
    assert len(asked) == 2 and all(url.startswith("file:") for url in asked)


def test_a_pdf_follows_the_data_and_is_whole(changed, tmp_path):
    try:
        from publishing.takeaway.pdf import pdf_of
    except OSError as error:
        pytest.skip(f"no Pango: {error}")
    path = tmp_path / "book.pdf"
    path.write_bytes(pdf_of(changed))
    assert path.read_bytes() == pdf_of(changed)
    assert faults(path) == []
    pdf = PdfReader(path)
    assert pdf.metadata.title == changed.title
    text = "\n".join(page.extract_text() for page in pdf.pages)
    assert text.count("1,234,567") >= 2 and "1,061,000" not in text
    contents, part, chapters = pdf.outline
    assert (contents.title, part.title) == ("Contents", "The report")
    (there,) = re.findall(r"Basic data[ .]+(\d+)", pdf.pages[2].extract_text())
    assert pdf.get_destination_page_number(chapters[0]) + 1 == int(there)
    for page in pdf.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            (descendant,) = font.get_object()["/DescendantFonts"]
            described = descendant.get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & {*described}
    actions = [
        action
        for page in pdf.pages
        for link in page.get("/Annots", [])
        if (action := link.get_object().get("/A"))
    ]
    assert {action["/S"] for action in actions} <= {"/URI", "/GoTo"}
    outside = [action["/URI"] for action in actions if "/URI" in action]
    assert any(address.startswith(f"{ADDRESS}basic-data.html#") for address in outside)
