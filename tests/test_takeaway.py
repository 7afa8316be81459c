"""The book as files to take along: what becomes of a page, and what is in the EPUB."""

import copy
import functools
import re
import shutil
import xml.etree.ElementTree as xml
import zipfile

import pytest
from bs4 import BeautifulSoup

from publishing.extensions.chapter_zips import write_zip
from publishing.takeaway.chapters import Place, chapter_of, text_of
from publishing.takeaway.doors import add_door
from publishing.takeaway.epub import MIMETYPE, epub_files
from publishing.takeaway.volume import as_text, volume_of

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
SVG = "{http://www.w3.org/2000/svg}"
DEAD = {"script", "details", "summary", "button", "input", "select", "form", "iframe"}
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
    for name, body in bodies.items():
        if name == "solutions":
            continue
        said = [svg.find(f"{SVG}title").text for svg in body.iter(f"{SVG}svg")]
        there = [svg["aria-label"] for svg in page_of(site, name).find_all("svg")]
        assert said == there, name
        assert all(len(text.split()) > 5 for text in said), name


def test_tables_have_the_numbers_of_the_site(site, bodies):
    """In the order of the site, less the data behind a figure. A flag's note is told
    below its table."""
    compared = 0
    for name, body in bodies.items():
        if name == "solutions":
            continue
        page = copy.copy(page_of(site, name))
        for note in page.select("details.flag, .solution, sup, small"):
            note.decompose()
        theirs = {words_of_soup(table.caption): table for table in page.select("table")}
        for table in body.iter("table"):
            there = theirs[words(table.find("caption"))]
            rows = [r.find_all(["th", "td"]) for r in there.find_all("tr")]
            own = list(table.iter("tr"))
            assert len(own) == len(rows), (name, words(table.find("caption")))
            for row, cells in zip(own, rows):
                for cell, other in zip(row, cells, strict=True):
                    for flag in [*cell.iter("sup"), *cell.iter("small")]:
                        rest = flag.tail
                        flag.clear()
                        flag.tail = rest
                    wanted = NUMBER.findall(words_of_soup(other))
                    mine = NUMBER.findall(words(cell))
                    assert not (set(mine) - set(wanted)), (name, mine, wanted)
                    compared += len(mine)
    assert compared > 3000


def words_of_soup(element):
    return " ".join(element.get_text().split())


def test_a_chapter_follows_its_page(site):
    """A changed number is in its text, table, drawing and explorer."""
    html = (site / "basic-data.html").read_text("utf-8")
    place = Place("basic-data", ["basic-data"], "")
    before = text_of(chapter_of(html, place).body)
    after = text_of(chapter_of(html.replace("3,671,000", "3,671,009"), place).body)
    assert before.count("3,671,000") == after.count("3,671,009") >= 2
    assert "3,671,000" not in after
    html = html.replace(">4,115</text>", ">4,119</text>")
    assert "4,119" in text_of(chapter_of(html, place).body)


def test_names_keep_their_language(site, bodies):
    marked = 0
    for name, body in bodies.items():
        if name == "solutions":
            continue
        page = page_of(site, name)
        theirs = {(e["lang"], words_of_soup(e)) for e in page.select("[lang]")}
        own = {(e.get("lang"), words(e)) for e in body.iter() if e.get("lang")}
        assert own <= theirs, name
        marked += len(own)
        chinese = [
            text
            for element in body.iter()
            if not element.get("lang")
            for text in [element.text or "", *(child.tail or "" for child in element)]
            if re.search(r"[\u4e00-\u9fff]", text)
        ]
        assert not chinese, (name, chinese[:3])
    assert marked > 100


def test_solutions_stand_at_the_end(site, bodies):
    answers = {e.get("id") for e in bodies["solutions"].iter("div") if e.get("id")}
    for name, body in bodies.items():
        if name == "solutions":
            continue
        there = {div["id"] for div in page_of(site, name).select(".solution")}
        assert there <= answers, name
        links = {a.get("href") for a in body.iter("a")}
        assert {f"solutions.xhtml#{key}" for key in there} <= links, name
    for solution in bodies["solutions"].iter("div"):
        if solution.get("class") == "solved":
            assert len(words(solution).split()) > 6, solution.get("id")


def test_code_is_there_where_the_site_shows_it(site, bodies):
    for name in ("first-notebook", "basic-data"):
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
        files = [a for a in links if "_downloads" in a]
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
    write_zip(path, files, MIMETYPE)
    again = path.with_name("again.epub")
    write_zip(again, epub_files(volume), MIMETYPE)
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
