"""Metadata, citations, and what a public address and a public repository add: sitemap,
canonical links, a 404 page that works from any depth, two doors.
"""

import csv
import json
import re
from types import SimpleNamespace
from urllib.parse import urldefrag, urljoin
from xml.etree import ElementTree

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from sphinx.errors import ConfigError

from conftest import ADDRESS, REPOSITORY, ROOT
from publishing.contents import LANGUAGES, chapters
from publishing.editions import author_of
from publishing.extensions.citable import citations
from publishing.extensions.citable.address import check_address
from publishing.extensions.languages import WORDS
from publishing.hosts import as_download
from publishing.paths import ANSWERS

PAGES = [path.stem for path in chapters()]
OTHERS = ["search", "404"]
BOOK = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
PACKAGE = json.loads((ROOT / "data" / "datapackage.json").read_text("utf-8"))
AUTHORS = [author["name"] for author in BOOK["authors"]]
LANGUAGE = "en"


def said(name, words):
    """Words of a template, in the language of a page."""
    return WORDS.get(LANGUAGES.get(name), {}).get(words, words)


def read(site):
    return {
        name: BeautifulSoup((site / f"{name}.html").read_text("utf-8"), "html.parser")
        for name in PAGES + OTHERS
    }


def tags(soup):
    """The meta tags of a page: name or property -> its values."""
    found = {}
    for tag in soup.head.select("meta[name], meta[property]"):
        found.setdefault(tag.get("name") or tag["property"], []).append(tag["content"])
    return found


def linked_data(soup):
    script, *_ = soup.head.select('script[type="application/ld+json"]')
    return json.loads(script.string)


def for_portals(soup):
    """What German portals for teaching material read, after what search engines do."""
    _, *scripts = soup.head.select('script[type="application/ld+json"]')
    return [json.loads(script.string) for script in scripts]


@pytest.fixture(scope="module")
def soups(site):
    return read(site)


def test_every_page_has_a_description_of_its_own(soups):
    described = [tags(soup)["description"] for soup in soups.values()]
    assert all(len(texts) == 1 and len(texts[0]) > 20 for texts in described)
    assert len({texts[0] for texts in described}) == len(soups)
    with open(ROOT / "data" / "sections.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert tags(soups[row["chapter"]])["description"] == [row["question"]]


@pytest.mark.parametrize("name", PAGES)
def test_tags_of_a_page(soups, name):
    found, title = tags(soups[name]), soups[name].h1.find(string=True)
    title = {"index": BOOK["title"], "data-and-sources": PACKAGE["title"]}.get(
        name, title
    )
    for key in ("DC.title", "citation_title", "og:title"):
        assert found[key] == [title], key
    assert found["DC.creator"] == found["citation_author"] == AUTHORS
    assert found["DC.language"] == found["citation_language"]
    assert found["DC.language"] == [LANGUAGES.get(name, LANGUAGE)]
    assert found["DC.rights"] == [", ".join(BOOK["license"])]
    assert found["DC.type"] == ["Dataset" if name == "data-and-sources" else "Text"]
    assert (
        found["og:description"] == found["description"]
        and found["og:type"]
        and found["twitter:card"] == ["summary"]
    )
    assert found["og:site_name"] == [soups["index"].h1.find(string=True)]
    for key in ("DC.isPartOf", "citation_inbook_title"):
        assert found.get(key) == (None if name == "index" else [BOOK["title"]]), key
    dated = "date-released" in BOOK
    assert ("citation_publication_date" in found) == ("DC.date" in found) == dated


@pytest.mark.parametrize("name", PAGES)
def test_linked_data(soups, site, name):
    thing = linked_data(soups[name])
    book = ["Book", "LearningResource"]
    kind = {"index": book, "data-and-sources": "Dataset"}.get(name, "Chapter")
    assert not for_portals(soups[name]), "without an address there is no id"
    if kind == book:
        assert thing["teaches"] and thing["educationalLevel"]
        assert re.fullmatch(r"PT[1-9]\d*H", thing["timeRequired"])
        assert len(thing["audience"]) == 2
    assert thing["@context"] == "https://schema.org" and thing["@type"] == kind
    assert [author["name"] for author in thing["author"]] == AUTHORS
    assert all(
        thing[key]
        for key in ("name", "description", "inLanguage", "version", "license")
    )
    if kind == "Chapter":
        assert (
            thing["isPartOf"]["@type"] == "Book"
            and thing["isPartOf"]["name"] == BOOK["title"]
        )
        return
    report = thing["isBasedOn"]
    assert report["@type"] == "Report" and "not found" in report["description"]
    assert not {"author", "creator", "reportNumber", "datePublished"} & set(report)
    if kind == "Dataset":
        assert [table["name"] for table in thing["distribution"]] == [
            table["title"] for table in PACKAGE["resources"]
        ]
        for table, resource in zip(thing["distribution"], PACKAGE["resources"]):
            assert (
                table["@type"] == "DataDownload"
                and table["description"]
                and table["encodingFormat"] == "text/csv"
            )
            original = as_download(ROOT / "data" / resource["path"])
            assert (site / table["contentUrl"]).read_bytes() == original


@pytest.mark.parametrize("name", PAGES)
def test_citation_of_a_page(soups, site, name):
    (block,) = soups[name].select("article details.cite")
    assert (
        not block.has_attr("open")
        and block.summary.text.startswith(said(name, "Cite this chapter")[:7])
        and not block.select("h1, h2, h3, h4")
    )
    bib, ris = (pre.text for pre in block.select("pre"))
    assert bib == (site / "_static" / "cite" / f"{name}.bib").read_text("utf-8")
    assert ris == (site / "_static" / "cite" / f"{name}.ris").read_text("utf-8")
    assert [link["href"] for link in block.select("a[download]")] == [
        f"_static/cite/{name}.{ending}" for ending in ("bib", "ris")
    ]

    title = tags(soups[name])["citation_title"][0]
    entry = re.fullmatch(r"@(\w+)\{([\w-]+),\n((?:  \w+ = \{.*\},?\n)+)\}\n", bib)
    fields = dict(re.findall(r"^  (\w+) = \{(.*?)\},?$", entry[3], re.M))
    assert (
        entry[1]
        == {"index": "book", "data-and-sources": "misc"}.get(name, "incollection")
        and name in entry[2]
    )
    assert (
        fields["author"] == " and ".join(f"{{{name}}}" for name in AUTHORS)
        and fields["title"] == f"{{{title}}}"
    )
    assert "url" not in fields and (
        "year" in fields or "year not stated" in fields["note"]
    )
    assert bib.count("{") == bib.count("}")

    lines = ris.splitlines()
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    kind = {"index": "BOOK", "data-and-sources": "DATA"}.get(name, "CHAP")
    assert lines[0] == f"TY  - {kind}" and lines[-1] == "ER  - "
    assert {f"TI  - {title}", *(f"AU  - {author}" for author in AUTHORS)} <= set(lines)
    if entry[1] == "incollection":
        assert (
            fields["booktitle"] == f"{{{BOOK['title']}}}"
            and f"T2  - {BOOK['title']}" in lines
        )
    words = block.get_text(" ")
    assert (
        title in words
        and BOOK["version"] in words
        and BOOK["references"][0]["title"] in words
    )
    if "date-released" not in BOOK:
        assert (
            "year not stated" in words
            and not re.search(r"\b(19|20)\d\d\b", block.get_text())
            and "PY  -" not in ris
        )
    assert "Author, exact title, number and year were not found" in words


def test_persons_and_a_date(monkeypatch):
    """What the citations become once CITATION.cff names persons and a day."""
    authors = [{"family-names": "Doe", "given-names": "Ada"}, {"name": "Friends & Co"}]
    monkeypatch.setattr(citations, "AUTHORS", [author_of(entry) for entry in authors])
    monkeypatch.setattr(citations, "DATE", "2031-02-03")
    bib = citations.bibtex("book", "key", "A 50 % title", "", "https://example.org/a_b")
    assert (
        r"author = {Doe, Ada and {Friends \& Co}}" in bib
        and "year = {2031}" in bib
        and "not stated" not in bib
    )
    assert (
        r"title = {{A 50 \% title}}" in bib and "url = {https://example.org/a_b}" in bib
    )
    assert "AU  - Doe, Ada\nAU  - Friends & Co\n" in citations.ris(
        "BOOK", "en", "T", "", ""
    ) and "PY  - 2031\n" in citations.ris("BOOK", "en", "T", "", "")
    assert citations.plain("T", "", "").startswith("Doe, Ada; Friends & Co (2031). T.")


def test_an_address_is_one():
    for good in ("", None, ADDRESS):
        check_address(None, SimpleNamespace(html_baseurl=good))
    for bad in ("example.org", "file:///site", 'https://a.org/" onload="x'):
        with pytest.raises(
            ConfigError, match=f"baseurl: expected an address .* found {bad!r}"
        ):
            check_address(None, SimpleNamespace(html_baseurl=bad))


def test_only_pages_of_the_book_are_cited(soups):
    for name in OTHERS:
        assert not soups[name].select(
            ".cite, script[type='application/ld+json']"
        ) and "citation_title" not in tags(soups[name])


def test_no_address_is_invented(soups, site):
    for name, soup in soups.items():
        outward = [
            e.get("src") or e.get("href") for e in soup.head.select("[src], [href]")
        ]
        assert [url for url in outward if re.match(r"([a-z]+:)?//", url)] == [], name
        assert not soup.select("link[rel=canonical]") and not {
            "og:url",
            "og:image",
            "citation_public_url",
        } & set(tags(soup))
    assert not any((site / name).exists() for name in ("sitemap.xml", "robots.txt"))


def check_lost_page(soup, site, folder=""):
    """Every link of the 404 page resolves, seen from a deep address if it has a folder
    to begin with.
    """
    assert soup.h1.text == "Page not found" and soup.title.text.startswith(
        "Page not found"
    )
    assert soup.select_one("article form[role=search] input[name=q]")
    links = [
        e.get("href") or e.get("src") or e.get("action")
        for e in soup.select("[href], script[src], img[src], form[action]")
    ]
    links = [urldefrag(link)[0] for link in links if not re.match(r"#|https?:", link)]
    for link in links + [soup.html["data-content_root"]]:
        target = urljoin("https://example.org/four/cities/", link).removeprefix(ADDRESS)
        assert link.startswith(folder) and (site / target.split("?")[0]).exists(), link
    named = {
        urljoin(ADDRESS, a["href"]).removeprefix(ADDRESS)
        for a in soup.select("article a[href]")
    }
    assert {f"{name}.html" for name in PAGES} <= named


def test_lost_page(soups, site):
    check_lost_page(soups["404"], site)


def test_a_public_repository_opens_two_doors(altered):
    for name in PAGES:
        page = BeautifulSoup(
            (altered / "_build" / "teacher" / f"{name}.html").read_text("utf-8"),
            "html.parser",
        )
        doors = {door.text: door["href"] for door in page.select(".doors a")}
        assert len(doors) == 5
        assert doors[said(name, "Open on Binder")] == (
            "https://mybinder.org/v2/gh/someone/four-cities/HEAD"
            f"?urlpath=lab/tree/book/{name}.ipynb"
        )
        assert (
            doors[said(name, "Source of this page")]
            == f"{REPOSITORY}/blob/HEAD/book/{name}.ipynb"
        )


def test_a_public_address(altered):
    site = altered / "_build" / "teacher"
    soups = read(site)
    listed = [
        loc.text
        for loc in ElementTree.parse(site / "sitemap.xml").iter(
            "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
        )
    ]
    pages = [*PAGES, ANSWERS.stem]
    assert sorted(listed) == sorted(f"{ADDRESS}{name}.html" for name in pages)
    assert f"Sitemap: {ADDRESS}sitemap.xml" in (site / "robots.txt").read_text()
    for name in PAGES:
        url, found = f"{ADDRESS}{name}.html", tags(soups[name])
        assert [link["href"] for link in soups[name].select("link[rel=canonical]")] == [
            url
        ]
        assert (
            found["og:url"] == [url] == found["citation_public_url"]
            and linked_data(soups[name])["url"] == url
        )
        assert (site / found["og:image"][0].removeprefix(ADDRESS)).is_file()
        assert (
            f"url = {{{url}}}"
            in (site / "_static" / "cite" / f"{name}.bib").read_text()
        )
        assert f"UR  - {url}" in (site / "_static" / "cite" / f"{name}.ris").read_text()
    assert not any(soups[name].select("link[rel=canonical]") for name in OTHERS)
    (learning,) = for_portals(soups["index"])
    assert learning["@context"][0] == "https://w3id.org/kim/amb/context.jsonld"
    assert learning["id"] == ADDRESS and "LearningResource" in learning["type"]
    assert learning["name"] == BOOK["title"] and learning["inLanguage"] == [LANGUAGE]
    check_lost_page(soups["404"], site, "/four/cities/")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["economy", "404"])
def test_axe_finds_nothing(browser, address, name, theme):
    context = browser.new_context(
        viewport={"width": 390, "height": 900}, color_scheme=theme
    )
    page = context.new_page()
    messages = []
    page.on("console", lambda message: messages.append(message.text))
    page.goto(f"{address}/{name}.html")
    part = "article"
    if name != "404":
        part = ".cite"
        page.locator(".cite summary").click()
    assert (
        page.evaluate("document.documentElement.scrollWidth") <= 390 and messages == []
    )
    found = Axe().run(page, context={"include": [[part]]})
    assert found.violations_count == 0, found.generate_report()
    context.close()


def test_a_citation_leaves_the_page_without_scripts(browser, address, site):
    """A host's file is saved; a memory stick's, which browsers only show, opens as
    text.
    """
    context = browser.new_context(java_script_enabled=False, accept_downloads=True)
    page = context.new_page()
    bib = (site / "_static" / "cite" / "economy.bib").read_text("utf-8")
    page.goto(f"{address}/economy.html")
    page.locator(".cite summary").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="economy.bib").click()
    with open(download.value.path(), encoding="utf-8") as file:
        assert file.read() == bib
    page.goto((site / "economy.html").as_uri())
    page.locator(".cite summary").click()
    page.get_by_role("link", name="economy.bib").click()
    page.wait_for_url("**/economy.bib")
    assert page.locator("pre").text_content() == bib
    context.close()
