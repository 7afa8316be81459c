"""The built site: every chapter and link, and what a reader's browser makes of it."""

import functools
import os
import re
from base64 import b64encode
from contextlib import contextmanager
from copy import deepcopy
from hashlib import sha256
from itertools import pairwise
from os.path import exists, isfile
from shutil import copy, copytree
from urllib.parse import unquote, urldefrag, urljoin

import axe
import pytest
from bs4 import BeautifulSoup

import fourcities as fc
from conftest import Quiet, serving
from fourcities.ledger import OUTCOMES
from publishing.contents import LANGUAGES, chapters
from publishing.extensions.languages import translator
from publishing.hosts import name_versions

PAGES = [path.stem for path in chapters()]
SCREENS = [("light", 1280), ("light", 390), ("dark", 1280), ("dark", 390)]


@pytest.fixture(scope="module")
def soups(site):
    return {
        p.relative_to(site).as_posix(): BeautifulSoup(
            p.read_text("utf-8"), "html.parser"
        )
        for p in site.rglob("*.html")
    }


def test_every_chapter_is_there(soups):
    assert {f"{name}.html" for name in PAGES} <= set(soups)
    first = soups["index.html"]
    linked = {a["href"].split("#")[0] for a in first.select(".sidebar-tree a[href]")}
    assert {f"{name}.html" for name in PAGES if name != "index"} <= linked


def test_no_link_is_broken(soups, site):
    broken = []
    ids = {
        page: {tag["id"] for tag in soup.find_all(id=True)}
        for page, soup in soups.items()
    }
    for page, soup in soups.items():
        for tag, attribute in (
            ("a", "href"),
            ("link", "href"),
            ("script", "src"),
            ("img", "src"),
        ):
            for element in soup.select(f"{tag}[{attribute}]"):
                target, anchor = urldefrag(urljoin(page, element[attribute]))
                if re.match(r"[a-z]+:", target):
                    continue
                target = unquote(target.split("?")[0]) or page
                if (
                    not (site / target).is_file()
                    or anchor
                    and target in soups
                    and anchor not in ids[target]
                ):
                    broken.append((page, element[attribute]))
    assert broken == []


def test_nothing_is_loaded_from_elsewhere(soups):
    for page, soup in soups.items():
        loaded = [
            e.get("src") or e.get("href")
            for e in soup.select(
                "script[src], img[src], link[rel=stylesheet], iframe[src]"
            )
        ]
        assert [url for url in loaded if re.match(r"(https?:)?//", url)] == [], page


def test_a_new_edition_of_a_file_has_a_new_address(soups, site, tmp_path):
    """The checksum of what is loaded stands in its address."""
    loaded = "script[src], link[rel=stylesheet]"
    for page, soup in soups.items():
        for tag in soup.select(loaded):
            address, _, version = (tag.get("src") or tag["href"]).partition("?v=")
            held = (site / page).parent.joinpath(address).read_bytes()
            assert sha256(held).hexdigest()[:8] == version, f"{page}: {address}"
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.js").write_text("1")
    pages = [tmp_path / "a.html", tmp_path / "deep" / "a.html"]
    seen = []
    for edition in ("1", "1", "2"):
        (tmp_path / "a.js").write_text(edition)
        for path, address in zip(pages, ("a.js", "/book/a.js")):
            path.write_text(f'<script src="{address}?v=old"></script> "b-a.js"')
        name_versions(tmp_path)
        seen.append([path.read_text() for path in pages])
    assert seen[0] == seen[1] != seen[2]
    assert all("?v=old" not in html and '"b-a.js"' in html for html in seen[2])


def test_every_page_says_what_may_run(soups):
    """The site's own files and the theme's inline scripts, nothing else: no script of a
    chapter, no attribute that is one, no eval.
    """
    for page, soup in soups.items():
        head = soup.head.find_all(True)
        assert (
            head[0].get("charset") == "utf-8"
            and head[1].get("http-equiv") == "Content-Security-Policy"
        ), page
        policy = dict(part.split(maxsplit=1) for part in head[1]["content"].split("; "))
        assert (
            policy["default-src"] == "'none'"
            and policy["base-uri"] == "'none'"
            and "'unsafe-eval'" not in head[1]["content"]
        ), page
        inline = [
            e.string
            for e in soup.select("script:not([src])")
            if not e.get("type", "").endswith("json")
        ]
        hashes = {
            f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
            for script in inline
        }
        scripts = set(policy.get("script-src", "").split())
        assert scripts == ({"'self'"} | hashes if soup.find("script") else set()), page
        forms = "'self' file:" if soup.find("form") else "'none'"
        assert policy["form-action"] == forms, "for Firefox files are not 'self'"
        assert not soup.select("link[rel=next], link[rel=prefetch]"), (
            f"{page}: Firefox fetches these, which the policy forbids"
        )
        assert [
            e.name
            for e in soup.find_all(
                lambda e: any(key.startswith("on") for key in e.attrs)
            )
        ] == [], page


def test_what_the_policy_does_not_name_does_not_run(browser, address, site):
    for base in (address, site.as_uri()):
        page = browser.new_page()
        page.goto(f"{base}/economy.html")
        page.evaluate(
            """() => {
              const script = document.createElement('script');
              script.textContent = 'window.smuggled = 1';
              document.querySelector('article').append(script);
            }"""
        )
        assert (
            page.evaluate(
                "window.smuggled === undefined && document.body.dataset.theme"
            )
            == "auto"
        )
        page.close()


def faults(soup):
    """What a page's tables and figures lack for a reader who does not see them."""
    article = soup.find("article")
    for picture in article.select("svg, img"):
        if (
            not (picture.get("aria-label") or picture.get("alt") or "")
            .strip()
            .endswith(".")
        ):
            yield "a picture without a sentence that stands for it", picture
        if not picture.find_parent("figure"):
            yield "a picture outside a figure", picture
    for figure in article.select("figure"):
        if not figure.figcaption or not figure.figcaption.get_text(strip=True):
            yield "a figure without caption", figure
    for table in article.select("table"):
        if not table.caption or not table.caption.get_text(strip=True):
            yield "a table without caption", table
        if not table.select("thead th[scope=col]") or any(
            not row.select("th[scope=row]") for row in table.select("tbody tr")
        ):
            yield "a table without header cells", table


@pytest.mark.parametrize(
    "html, fault",
    [
        (
            "<figure><figcaption>Seen.</figcaption><svg></svg></figure>",
            "a picture without a sentence that stands for it",
        ),
        (
            "<figure><figcaption>Seen.</figcaption><img src='a.png' alt=''></figure>",
            "a picture without a sentence that stands for it",
        ),
        ("<img src='a.png' alt='A bar.'>", "a picture outside a figure"),
        (
            "<figure><svg aria-label='A bar.'></svg></figure>",
            "a figure without caption",
        ),
        (
            "<table><thead><tr><th scope=col>A</th></tr></thead></table>",
            "a table without caption",
        ),
        (
            "<table><caption>B</caption><tbody><tr><td>A</td></tr></tbody></table>",
            "a table without header cells",
        ),
    ],
)
def test_a_fault_is_found(html, fault):
    assert [
        found
        for found, _ in faults(
            BeautifulSoup(f"<article>{html}</article>", "html.parser")
        )
    ] == [fault]


def test_nothing_is_shown_that_only_python_reads(soups):
    """An output that a page can't show would leave the name of its object there."""
    for name, soup in soups.items():
        for output in soup.select("div.cell_output"):
            text = output.get_text()
            assert not re.search(r"<[\w.]+ object( at \w+)?>", text), f"{name}: {text}"


def test_no_id_stands_twice_and_every_figure_speaks(soups):
    for name in PAGES:
        soup = soups[f"{name}.html"]
        ids = [e["id"] for e in soup.select("article [id]")]
        assert len(ids) == len(set(ids)), name
        assert [(fault, str(element)[:200]) for fault, element in faults(soup)] == [], (
            name
        )


def test_every_flag_of_a_chapter_leads_to_the_ledger(soups):
    """Below a table with flags, in a cell that names one, in the line under a figure
    and in a sentence.
    """
    flag = re.compile(
        r"\b[bdeu](:| =) (break in time series|definition differs|estimated|low "
        r"reliability)"
    )
    for name in PAGES:
        for text in soups[f"{name}.html"].find("article").find_all(string=flag):
            if text.find_parent(["script", "pre", "figcaption"]) or text.find_parent(
                class_="explorer"
            ):  # the explorers have tests of their own
                continue
            around = text.find_parent(["li", "td", "th", "p"])
            assert around.select_one(
                'a[href*="does-it-hold.html#ledger-"], a[href^="#ledger-"]'
            ) or around.find_parent(id="ledger"), f"{name}: {around.get_text()[:100]!r}"


def test_chinese_carries_its_language(soups):
    for name in PAGES:
        for text in (
            soups[f"{name}.html"]
            .find("article")
            .find_all(string=re.compile(r"[\u4e00-\u9fff]"))
        ):
            assert text.find_parent(attrs={"lang": "zh-Hans"}) or text.find_parent(
                ["pre", "script"]
            ), f"{name}: {text!r}"


def test_german_carries_its_language(soups):
    """Every German name and title of the data, and whatever else has an umlaut. City
    names are the same in both languages, or stand in a column of local names.
    """
    tables = [fc.read(resource["name"]) for resource in fc.descriptor()["resources"]]
    names = {
        name
        for rows in tables
        if "language" in rows
        for column in rows.columns.intersection(
            ["local_name", "local_title", "label", "name"]
        )
        for name in rows.loc[rows["language"] == "de", column]
        if column.startswith("local") or "local_name" not in rows
    }
    names |= set(fc.read("terms")["name_de"]) - {""}
    assert {
        "Masterplan Integration und Sicherheit",
        "Stadtteilmütter",
        "Freie Universität Berlin",
    } <= names
    german = re.compile(
        "|".join(
            map(
                re.escape,
                sorted(names - {"Berlin", "Integration"}, key=len, reverse=True),
            )
        )
        + r"|\w*[äöüßÄÖÜ]\w*"
    )
    for name in PAGES:
        for text in soups[f"{name}.html"].find("article").find_all(string=german):
            assert text.find_parent(attrs={"lang": "de"}) or text.find_parent(
                ["pre", "code", "script"]
            ), f"{name}: {text!r}"


def test_each_notebook_can_be_downloaded(soups, site):
    for name in PAGES:
        door = soups[f"{name}.html"].select_one(".doors a[download]")
        words = "Download this notebook"
        if name in LANGUAGES:
            words = translator(LANGUAGES[name])(words)
        assert door.text == words and (site / door["href"]).read_bytes().startswith(
            b"{"
        )


# What a reader sees of a page, at the screen that it has: how wide both are; tables,
# figures and code that are wider, unless they scroll by themselves; the colours of the
# ground and of what is drawn or written on it; where the first drawing or card begins,
# in screens; of each drawing its name, its width and that of its column, and the sizes
# of its words.
SEEN = """() => {
  const drawings = [...document.querySelectorAll("figure.drawing > svg")];
  const cutOff = box => {
    const { left, right, width } = box.getBoundingClientRect();
    if (!width || (left >= 0 && right <= innerWidth + 1)) return false;
    for (let outer = box; outer.tagName !== "ARTICLE"; outer = outer.parentElement)
      if (/auto|scroll/.test(getComputedStyle(outer).overflowX)) return false;
    return true;
  };
  const boxes = [...document.querySelectorAll("article :is(table, svg, img, pre)")];
  const first = document.querySelector("figure.drawing svg, ul.cards");
  const written = getComputedStyle(document.querySelector("article"));
  return {
    screen: innerWidth,
    width: document.documentElement.scrollWidth,
    cutOff: boxes.filter(cutOff).map(box => box.outerHTML.slice(0, 200)),
    ground: getComputedStyle(document.body).backgroundColor,
    ink: drawings.length ? getComputedStyle(drawings[0]).fill : written.color,
    begins: first && (first.getBoundingClientRect().top + scrollY) / innerHeight,
    drawings: drawings.filter(svg => svg.checkVisibility()).map(svg => {
      const { width } = svg.getBoundingClientRect();
      const scale = width / svg.viewBox.baseVal.width;
      const sizes = [...svg.querySelectorAll("text")]
        .map(text => scale * parseFloat(getComputedStyle(text).fontSize));
      const column = svg.parentElement.getBoundingClientRect().width;
      const tall = svg.matches(".tall");
      return { id: svg.parentElement.id, width, column, tall, sizes };
    }),
  };
}"""


@pytest.fixture(scope="module")
def screens(browser):
    """A page for each theme and width, as opening one costs more than leafing through
    the book.
    """
    pages = {
        screen: browser.new_page(
            color_scheme=screen[0], viewport={"width": screen[1], "height": 900}
        )
        for screen in SCREENS
    }
    yield pages
    for page in pages.values():
        page.close()


@contextmanager
def watched(page):
    """What a page says to the console and what it asks for, as two lists that fill
    while it is open.
    """
    messages, requests = [], []
    listeners = {
        "console": lambda message: messages.append(message.text),
        "pageerror": lambda error: messages.append(str(error)),
        "request": lambda request: requests.append(request.url),
    }
    for event, listener in listeners.items():
        page.on(event, listener)
    yield messages, requests
    for event, listener in listeners.items():
        page.remove_listener(event, listener)


@pytest.fixture(scope="module")
def visit(screens, address, site):
    """A page opened once, from a host or from a memory stick: what it says to the
    console, where it asks for what, and what is seen of it at each screen. Half of the
    pages are opened on a phone in the dark and then seen at the others, half on a
    desktop; from a memory stick the other way about.
    """
    starts = {"http": address, "file": site.as_uri()}

    @functools.cache
    def look(name, base):
        turn = (LEAVES.index(name) + [*starts].index(base)) % 2
        order = SCREENS[::-1] if turn else SCREENS
        page = screens[order[0]]
        with watched(page) as (messages, requests):
            page.goto(f"{starts[base]}/{name}.html")
            page.wait_for_load_state("networkidle" if base == "http" else "load")
            seen = {screen: seen_at(page, *screen) for screen in order}
            seen_at(page, *order[0])
        others = [
            url for url in requests if not url.startswith((starts[base], "data:"))
        ]
        assert requests
        return messages, others, seen

    return look


def seen_at(page, theme, width):
    """What is seen of an open page at a screen."""
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 900})
    return page.evaluate(SEEN)


LEAVES = [*PAGES, "search", "404"]


@pytest.mark.parametrize("base", ["http", "file"])
@pytest.mark.parametrize("name", LEAVES)
def test_page_in_a_browser(visit, name, base):
    """No message, no request to elsewhere, nothing wider than the screen, which may
    become another one; text that stands out.
    """
    messages, others, seen = visit(name, base)
    assert messages == [] == others
    for (theme, width), page in seen.items():
        assert page["screen"] == width >= page["width"]
        assert page["cutOff"] == []
        ground, ink = (
            sum(map(float, re.findall(r"[\d.]+", page[colour])[:3]))
            for colour in ("ground", "ink")
        )
        assert abs(ground - ink) > 400, f"figures vanish in {theme}: {page}"


SECTIONS = fc.read("sections").query("minutes != ''")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "name", ["index", "does-it-hold", *SECTIONS["chapter"].unique()]
)
def test_a_page_leads_with_its_finding(visit, name, width):
    """The first figure, or the cities' cards, begins within 1.2 screens."""
    _, _, seen = visit(name, "http")
    assert seen["light", width]["begins"] < 1.2


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_a_drawing_fills_its_column_and_can_be_read(visit, name, width):
    """Words of 12 pixels on a phone, of the text's size on a desktop; only what would
    be higher than two screens is narrower than its column.
    """
    _, _, seen = visit(name, "http")
    for drawing in seen["light", width]["drawings"]:
        assert drawing["column"] - drawing["width"] < 1 or drawing["tall"], drawing
        assert all(12 <= size < 19 for size in drawing["sizes"]), drawing
        assert drawing["width"] > (700 if width > 390 else 380) or drawing["tall"]


# Verdicts, as the ledger marks them.
VERDICTS = {"#2a7f62", "#d9a441", "#b3392f", "#9aa5b1"}


@pytest.mark.parametrize("name", PAGES)
def test_only_cities_and_verdicts_have_a_colour(soups, name):
    """All else in a drawing is grey, so that a colour has one meaning."""
    drawings = "".join(map(str, soups[f"{name}.html"].select("figure.drawing > svg")))
    known = {*fc.city_palette().values(), *VERDICTS}
    for colour in {*re.findall(r"#[0-9a-f]{6}\b", drawings)} - known:
        channels = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
        assert max(channels) - min(channels) < 30, colour


def test_slides_and_handouts_keep_their_files_to_themselves(soups):
    for name in PAGES:
        assert not soups[f"{name}.html"].select(
            '[href*="slides.css"], [src*="slides.js"], [href*="handout.css"], '
            '[src*="reveal"]'
        ), name


def test_a_request_to_elsewhere_and_a_message_are_noticed(screens, address):
    page = screens["light", 1280]
    page.goto(f"{address}/404.html")
    with watched(page) as (messages, requests):
        page.evaluate(
            "document.body.append(Object.assign(new Image(), { src: "
            "'https://example.org/a.png' }))"
        )
        page.wait_for_timeout(200)
        assert len(messages) == 1 and "Content Security Policy" in messages[0], (
            "the policy refuses what the test would find"
        )
        page.evaluate("fetch('missing.txt')")
        page.wait_for_timeout(500)
        assert {f"{address}/missing.txt", "https://example.org/a.png"} <= set(
            requests
        ) and len(messages) == 2


@pytest.fixture(scope="module")
def lamp(browser):
    """A page that is light and dark in turn."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.close()


@pytest.mark.parametrize(
    "name", [*PAGES, "search", "404", "_slides/session-1", "_slides/session-4"]
)
def test_axe_finds_nothing(lamp, address, name):
    lamp.goto(f"{address}/{name}.html" + ("?q=hukou" if name == "search" else ""))
    if name == "search":
        lamp.locator("#search-results li a").first.wait_for()
    lamp.emulate_media(color_scheme="light")
    assert axe.wrong(lamp) == []
    lamp.emulate_media(color_scheme="dark")
    assert axe.wrong_colours(lamp) == []


@pytest.mark.parametrize("theme, pale", [("light", "#bbb"), ("dark", "#444")])
def test_one_pale_cell_of_many_is_found(lamp, address, theme, pale):
    lamp.goto(f"{address}/co-operation.html")
    lamp.emulate_media(color_scheme=theme)
    cell = lamp.locator("article td:visible", has_text=re.compile(r"\w{4}")).nth(30)
    cell.evaluate("(cell, pale) => cell.style.color = pale", pale)
    ((rule, place),) = axe.wrong_colours(lamp)
    assert rule == "color-contrast" and cell.inner_text() in place


def test_one_link_that_only_a_colour_marks_is_found(lamp, address):
    """Of many: another rule, whose answer depends on the words around it."""
    lamp.goto(f"{address}/economy.html")
    lamp.emulate_media(color_scheme="light")
    link = lamp.locator("article p a:visible", has_text="statements, held against")
    link.evaluate("link => { link.style = 'color: #333; text-decoration: none' }")
    assert [rule for rule, _ in axe.wrong_colours(lamp)] == ["link-in-text-block"]


def test_a_picture_without_words_is_found(lamp, address):
    """What no colour has to do with is asked of all, not of one of each kind."""
    lamp.goto(f"{address}/economy.html")
    lamp.evaluate("document.querySelector('article').append(new Image())")
    assert [rule for rule, _ in axe.wrong(lamp)] == ["image-alt"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_printed_chapter_is_a_handout(browser, address, theme):
    """No navigation, no controls, no folded solution; black on white; figures and
    tables whole.
    """
    page = browser.new_page(color_scheme=theme)
    page.goto(f"{address}/economy.html")
    page.locator(".explorer .controls").wait_for()
    page.emulate_media(media="print", color_scheme=theme)
    gone = (
        ".sidebar-drawer, .toc-drawer, .mobile-header, footer, .doors, .explorer "
        ":is(.controls, .take, .status), details.data .book-table, "
        "summary:not(.flag > *), "
        "button, .tag_solution .cell_output"
    )
    assert [
        box.evaluate("e => e.outerHTML.slice(0, 100)")
        for box in page.locator(gone).all()
        if box.is_visible()
    ] == []
    for shown in (
        "h1",
        "#table-2",
        "#fig-gdp svg",
        "#fig-gdp .data-line",
        "#explore-economy-table",
    ):
        assert page.locator(shown).is_visible(), shown
    colours = (
        "s => { const { color, backgroundColor } = "
        "getComputedStyle(document.querySelector(s)); return [color, "
        "backgroundColor]; }"
    )
    assert page.evaluate(colours, "body") == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert {
        page.evaluate(colours, s)[0]
        for s in ("article p", "#table-2 td", "#fig-gdp svg", "article p a")
    } == {"rgb(0, 0, 0)"}
    assert page.evaluate(
        "['#fig-gdp', '#table-2 table'].map(s => "
        "getComputedStyle(document.querySelector(s)).breakInside)"
    ) == ["avoid", "avoid"]
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.close()


@pytest.mark.parametrize("name", ["economy", "comparison", "does-it-hold"])
def test_the_notes_of_an_explorer_are_open_in_print(screens, address, name):
    page = screens["light", 1280]
    page.goto(f"{address}/{name}.html")
    page.locator(".explorer .controls").first.wait_for()
    below = """() => [...document.querySelectorAll(".explorer details.flag")]
      .filter((flag) => flag.checkVisibility())
      .map((flag) => flag.offsetHeight - flag.querySelector("summary").offsetHeight)"""
    assert max(page.evaluate(below)) < 10
    page.emulate_media(media="print")
    assert min(page.evaluate(below)) > 10
    page.emulate_media(media="screen")


# The backgrounds of all boxes without words; "" where there is none.
PAINTED = """() => [...document.querySelectorAll("main *, article *")].flatMap((box) =>
  ["", "::before"].map((part) => {
    const { content, display, backgroundColor } = getComputedStyle(box, part);
    const wordless = part ? content === '""' : !box.childNodes.length;
    const there = display !== "none" && box.checkVisibility();
    const shown = wordless && there && !/, 0\\)$/.test(backgroundColor);
    return shown ? backgroundColor : "";
  })
)"""


@pytest.mark.parametrize(
    "name", ["economy", "comparison", "does-it-hold", "_handouts/berlin"]
)
def test_what_a_background_says_is_seen_in_forced_colours(screens, address, name):
    page = screens["light", 1280]
    page.goto(f"{address}/{name}.html")
    page.wait_for_load_state("networkidle")
    free = page.evaluate(PAINTED)
    page.emulate_media(forced_colors="active")
    forced = page.evaluate(PAINTED)
    page.emulate_media(forced_colors="none")
    assert [colour for colour in zip(free, forced) if colour[0] != colour[1]] == []
    assert len(set(free)) > 2


def test_from_a_memory_stick(browser, site):
    page = browser.new_page()
    messages = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.goto((site / "administration.html").as_uri())
    page.get_by_role("link", name="Economy").first.click()
    assert page.locator("h1").inner_text().startswith("Economy")
    assert messages == []
    page.close()


@pytest.mark.parametrize("base", ["http", "file"])
@pytest.mark.parametrize(
    "words, first, also",
    [
        ("hukou", "glossary.html#term-hukou", "population-structure.html"),
        (
            "户籍",
            "glossary.html#term-household-registration",
            "integration-policies.html",
        ),
        ("居住证", "glossary.html#term-residence-permit", "financial-expenditure.html"),
        (
            "流动人口",
            "glossary.html#term-floating-population",
            "population-structure.html",
        ),
        ("Masterplan", "glossary.html#term-master-plan", "integration-policies.html"),
        (
            "Stadtteilmütter",
            "glossary.html#term-neighborhood-mother",
            "social-assistance.html",
        ),
        (
            "Masterplan Integration und Sicherheit",
            "integration-policies.html#table-6",
            "integration-policies.html",
        ),
        (
            "floating population",
            "glossary.html#term-floating-population",
            "basic-data.html",
        ),
        ("Gross domestic product", "economy.html", "economy.html"),
        (
            "share of foreigners Cologne",
            "population-structure.html#table-shares",
            "migration-trends.html",
        ),
        (
            "foreigners in Cologne",
            "population-structure.html#table-3",
            "population-structure.html",
        ),
        ("Cologne GDP per capita", "economy.html#table-2", "economy.html"),
    ],
)
def test_search_leads_to_the_right_section(
    screens, address, site, words, first, also, base
):
    """In three languages, from a host and from a memory stick."""
    page, start = screens["light", 1280], {"http": address, "file": site.as_uri()}[base]
    page.goto(f"{start}/search.html?q={words}")
    page.locator(
        "#search-results .search-summary", has_text="Search finished"
    ).wait_for()
    found = [
        re.sub(r"\?highlight=[^#]*", "", link.get_attribute("href"))
        for link in page.locator("#search-results li a").all()
    ]
    assert found[0] == first and also in [urldefrag(link)[0] for link in found]
    page.locator("#search-results li a").first.click()
    page.wait_for_url(f"**/{first.split('#')[0]}*")
    if "#" in first:
        page.wait_for_function(
            "id => { const { top } = "
            "document.getElementById(id).getBoundingClientRect(); return top >= 0 && "
            "top < innerHeight; }",
            arg=first.split("#")[1],
        )


@pytest.mark.parametrize("base", ["http", "file"])
def test_hits_can_be_told_apart(browser, address, site, base):
    """A hit on a name says the name; summaries are words, not code or glued cells."""
    page, start = browser.new_page(), {"http": address, "file": site.as_uri()}[base]
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{start}/search.html?q=积分")
    hits = page.locator("#search-results li")
    page.locator(".search-summary", has_text="Search finished").wait_for()
    names = [link.inner_text() for link in hits.locator("a").all()]
    assert names[:2] == ["Glossary: 积分", "Glossary: 积分落户"]
    assert len(names) == len(set(names)) and not errors
    page.goto(f"{start}/search.html?q=GDP")
    page.locator(".search-summary", has_text="Search finished").wait_for()
    if base == "http":
        page.wait_for_function(
            "() => [...document.querySelectorAll('#search-results li')]"
            ".every(hit => hit.querySelector('p.context'))"
        )
        words = hits.all_inner_texts()
        assert not re.search(r"import fourcities|Show code|\d{4}\d{3}\.000", str(words))
    assert not errors
    page.goto(f"{start}/search.html?q=share of foreigners Cologne")
    page.locator(".search-summary", has_text="Search finished").wait_for()
    assert hits.locator("a").first.inner_text() == (
        "Population structure: share of foreigners Cologne"
    )
    if base == "http":
        hits.first.locator("p.context", has_text="percent").wait_for()
        assert not re.search(r"[\d%][a-z]\b|persond", hits.first.inner_text())
    assert not errors
    page.close()


class Host(Quiet):
    """The habits of common hosts: the site lies in a folder, pages have no ending,
    files are kept for a while, folders that begin with "_" are left out unless a file
    says that the site is finished.
    """

    def do_GET(self):
        path, mark, query = self.path.partition("?")
        folder, name = path[: len(FOLDER)], path[len(FOLDER) :]
        page = self.directory + "/" + name
        if folder != FOLDER or name.startswith("_") and not self.is_finished():
            self.send_error(404)
        elif name.endswith(".html"):
            self.send_response(308)
            self.send_header("Location", path.removesuffix(".html") + mark + query)
            self.end_headers()
        else:
            self.path = f"/{name}" + (".html" if isfile(f"{page}.html") else "")
            super().do_GET()

    def is_finished(self):
        return exists(f"{self.directory}/.nojekyll")

    def end_headers(self):
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()


FOLDER = "/four-cities/"


@contextmanager
def hosted(site):
    with serving(site, Host) as address:
        yield address + FOLDER


def test_a_host_may_have_habits(browser, site):
    """From the first page to a chapter, its explorer, its zip, a search, the slides."""
    page = browser.new_page()
    with hosted(site) as start, watched(page) as (messages, requests):
        page.goto(start)
        for chapter in ("General data of the four cities", "Economy"):
            page.get_by_role("link", name=chapter).first.click()
        page.wait_for_url(f"{start}economy")
        page.locator(".explorer .controls").wait_for()
        with page.expect_download() as waiting:
            page.get_by_role("link", name="Chapter with data (zip)").click()
        assert waiting.value.suggested_filename == "economy.zip"
        page.locator("input[name=q]").first.fill("hukou")
        page.keyboard.press("Enter")
        page.locator("#search-results p.context").first.wait_for()
        page.locator("#search-results li a").first.click()
        page.wait_for_url(f"{start}glossary#term-hukou")
        for name in ("_slides/session-1", "_handouts/berlin", "data-and-sources"):
            page.goto(f"{start}{name}.html")
            page.wait_for_load_state("networkidle")
        assert messages == [] and {url for url in requests if start not in url} == set()
    page.close()


def test_a_new_edition_is_searched_though_the_last_one_is_kept(browser, site, tmp_path):
    copytree(site / "_static", tmp_path / "_static")
    for name in ("search.html", "searchindex.js", ".nojekyll"):
        copy(site / name, tmp_path)
        os.utime(tmp_path / name, (0, 0))  # a host tells editions apart by seconds
    page = browser.new_page()
    with hosted(tmp_path) as start:
        page.goto(f"{start}search?q=newlycoined")
        told = page.locator(".search-summary", has_text="did not match")
        told.wait_for()
        index = (tmp_path / "searchindex.js").read_text("utf-8")
        assert '"hukou":' in index
        index = index.replace('"hukou":', '"newlycoin":')
        (tmp_path / "searchindex.js").write_text(index, "utf-8")
        name_versions(tmp_path)
        page.reload()
        page.locator("#search-results li a").first.wait_for()
    page.close()


def test_chinese_is_found_from_two_characters_on(screens, address, soups):
    """Any two neighbours, on each page where they stand and on no other. The words of
    a template around the text, such as those of a citation, are not searched.
    """
    stands = {}
    for name in PAGES:
        article = deepcopy(soups[f"{name}.html"].find("article"))
        for around in article.select(".cite, .doors"):
            around.decompose()
        text = article.get_text(" ")
        for run in re.findall(r"[\u4e00-\u9fff]{2,}", text):
            for pair in map("".join, pairwise(run)):
                stands.setdefault(pair, set()).add(name)
    page = screens["light", 1280]
    page.goto(f"{address}/search.html?q=务工")
    page.locator(".search-summary", has_text="Search finished").wait_for()
    hits = page.locator("#search-results li a").evaluate_all(
        "hits => hits.map(hit => hit.pathname.match(/([^/]+).html$/)[1])"
    )
    assert set(hits) == stands["务工"] and len(stands["管理"]) > 8
    found = page.evaluate(
        "pairs => pairs.map(pair => Search.performTermsSearch(new Set([pair]), "
        "new Set()).map(hit => hit[0]))",
        list(stands),
    )
    assert {pair: set(names) for pair, names in zip(stands, found)} == stands


def framed(page, address, name):
    """A page as another site's frame shows it that gives it no storage."""
    frame = f"<iframe sandbox=allow-scripts width=1280 src='{address}/{name}'></iframe>"
    course = f"<!doctype html><link rel=icon href=data:,>{frame}"
    page.route("**/course", lambda asked: asked.fulfill(body=course))
    page.goto(f"{address}/course")
    page.unroute("**/course")
    inside = page.frames[1]
    inside.locator("h1").first.wait_for()
    assert inside.evaluate("origin") == "null"
    return inside


# One page for each script, and each for what the theme loads everywhere.
SCRIPTED = ["index", "economy", "designing-a-comparison", "does-it-hold", "404"]


@pytest.mark.parametrize("name", [*SCRIPTED, "_slides/session-1"])
def test_a_page_needs_no_storage(screens, address, name):
    page = screens["light", 1280]
    with watched(page) as (messages, _):
        framed(page, address, f"{name}.html")
        assert messages == []


def test_search_and_switches_need_no_storage(screens, address):
    page = screens["light", 1280]
    with watched(page) as (messages, _):
        inside = framed(page, address, "search.html?q=hukou")
        inside.locator(".search-summary", has_text="Search finished").wait_for()
        inside.locator("#search-results li a").first.click()
        inside.wait_for_url("**/glossary.html#*")
        inside = framed(page, address, "economy.html")
        inside.locator(".theme-toggle:visible").click()
        assert inside.evaluate("document.body.dataset.theme") == "dark"
        inside.get_by_role("button", name="Code: off").click()
        assert inside.locator(".cell_input:visible").count()
        assert messages == ["Changed to dark mode."]


def test_where_nothing_is_stored_verdicts_are_kept_until_the_page_is_left(
    screens, address
):
    page = screens["light", 1280]
    with watched(page) as (messages, _):
        ledger = framed(page, address, "does-it-hold.html").locator("#ledger")
        panel = ledger.locator("details.own")
        panel.locator("summary").click()
        assert "keeps it only until you leave the page" in panel.inner_text()
        ledger.get_by_role("button", name="Judge it").first.click()
        ledger.get_by_label("Your verdict").select_option("differs")
        form = ledger.locator("tr.own")
        assert (
            form.get_by_role("status").inner_text() == "Kept until you leave the page."
        )
        ledger.get_by_label("Words").fill("migrants")
        assert "You have judged 1 claim" in panel.inner_text()
        assert messages == []


def test_code_is_hidden_until_it_is_switched_on(browser, address):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/economy.html")
    code = page.locator(".cell_input", has_text="fc.report_table(2)")
    cells = "div.cell:not(.tag_solution)"
    summaries = page.locator(f"{cells} details.above-input summary:visible")
    assert not code.is_visible() and not summaries.count()
    page.get_by_role("button", name="Code: off").click()
    assert code.is_visible() and summaries.count()
    solution = page.locator(".tag_solution details").first
    assert not solution.get_attribute("open"), "solutions stay closed"
    page.goto(f"{address}/basic-data.html")
    assert page.locator(f"{cells} .cell_input").first.is_visible(), (
        "the choice is kept from page to page"
    )
    page.get_by_role("button", name="Code: on").click()
    assert not page.locator(f"{cells} .cell_input:visible").count()
    solution.locator("summary").click()
    assert solution.locator(".cell_output").is_visible(), "solutions open even then"
    page.goto(f"{address}/first-notebook.html")
    assert not page.locator(".cell_input:visible").count(), "switched off here too"
    context.close()


def test_pages_on_code_show_it(browser, address):
    page = browser.new_page()
    page.goto(f"{address}/first-notebook.html")
    code = page.locator(".cell_input", has_text="fc.observations")
    assert code.first.is_visible()
    page.get_by_role("button", name="Code: on").click()
    assert not code.first.is_visible()
    page.close()


def test_exercises_are_numbered_and_their_solutions_open_by_keyboard(screens, address):
    page = screens["light", 1280]
    page.goto(f"{address}/economy.html")
    box = page.locator("#economy-compute")
    assert re.fullmatch(
        r"Exercise \d+\s+\(Compute\)",
        box.locator(".admonition-title").inner_text().strip(),
    )
    solution = page.locator("#economy-compute + .solution details")
    answer = solution.locator(".cell_output")
    assert not answer.is_visible()
    solution.locator("summary").press("Enter")
    assert answer.is_visible() and "billion" in answer.inner_text()


def test_without_scripts_there_is_no_dead_button(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/economy.html")
    assert page.locator(".doors button").count() == 0
    code = page.locator("details.above-input").first
    code.locator("summary").click()
    assert code.locator(".cell_input").is_visible()
    assert (
        page.locator("#table-2 td").first.is_visible()
        and page.locator("#fig-gdp svg").is_visible()
    )
    page.locator("#fig-gdp details.data summary").click()
    assert page.locator("#fig-gdp-data table").is_visible()
    context.close()


def test_tables_stack_on_a_phone(browser, address):
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(f"{address}/administration.html")
    cell = page.locator("#table-5 td").first
    assert cell.evaluate("e => getComputedStyle(e).display") == "grid"
    assert "Berlin" in cell.evaluate("e => getComputedStyle(e, '::before').content")
    assert (
        page.get_by_role("table", name=re.compile("Table 5 of the report"))
        .get_by_role("cell")
        .count()
        == 16
    )
    page.close()


def test_what_holds_for_all_cities_is_said_once_on_a_phone(screens, address):
    for width, shown in ((390, 1), (1280, 4)):
        page = screens["light", width]
        page.goto(f"{address}/introduction.html")
        row = page.locator(".book-table tr:has(td.same)").first
        cells = row.locator("td:visible")
        assert cells.count() == shown
        names = cells.first.get_attribute("data-label")
        assert names == "Berlin, Cologne, Guangzhou, Hangzhou"


def test_a_flag_opens_its_note_without_scripts(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/economy.html")
    flag = page.locator("#table-2 details.flag").first
    note = flag.get_by_role("link", name="See the ledger.")
    assert not note.is_visible()
    flag.locator("summary").press("Enter")
    assert note.is_visible()
    assert "d = definition differs." in flag.inner_text()
    context.close()


@pytest.mark.parametrize(
    "name", ["index", "employment", "economy", "comparison", "does-it-hold"]
)
def test_on_a_wide_screen_a_note_stands_in_the_margin(screens, address, name):
    """It begins at its flag, ends within the window, and nothing else moves."""
    page = screens["light", 1280]
    page.goto(f"{address}/{name}.html")
    notes = page.evaluate(
        """() => [...document.querySelectorAll("details.flag")]
        .filter((flag) => flag.checkVisibility())
        .map((flag) => {
          const height = document.documentElement.scrollHeight;
          flag.open = true;
          const words = document.createRange();
          words.selectNodeContents(flag);
          words.setStartAfter(flag.querySelector("summary"));
          const { left, right, top } = words.getBoundingClientRect();
          const at = flag.querySelector("summary").getBoundingClientRect().top;
          const moved = document.documentElement.scrollHeight - height;
          flag.scrollIntoView({ block: "center" });
          const box = words.getBoundingClientRect();
          const front = document.elementFromPoint(box.left + 9, box.top + 5);
          flag.open = false;
          return { left, right, apart: top - at, moved, front: flag.contains(front) };
        })"""
    )
    column = page.locator("article").bounding_box()
    assert notes
    for note in notes:
        assert note["left"] >= column["x"] + column["width"], note
        assert note["right"] <= 1280, note
        assert abs(note["apart"]) < 24, note
        assert note["moved"] == 0 and note["front"], note


def test_a_column_of_numbers_stands_right_but_on_a_phone(screens, address):
    """And a number with its period below it is no such column."""
    for width, side in ((1280, "end"), (390, "start")):
        page = screens["light", width]
        page.goto(f"{address}/comparison.html")
        table = page.locator("#table-comparison-providers")
        cells = table.locator("tbody tr").first.locator("td").all()
        shown = [cell.evaluate("e => getComputedStyle(e).textAlign") for cell in cells]
        assert set(shown) == {side}
        page.goto(f"{address}/social-organizations.html")
        assert page.locator("#table-so-counts [data-number]").count() == 0


def test_every_flag_in_a_table_opens_its_own_note(soups):
    letters = 0
    for name in PAGES:
        article = soups[f"{name}.html"].find("article")
        assert not article.select("table sup.flag"), f"{name}: a letter without a note"
        assert not article.select(".cards sup.flag"), f"{name}: a letter without a note"
        for flag in article.select(":is(.book-table, .cards) details.flag"):
            if flag.find_parent(class_="explorer"):  # these name the flag at once
                continue
            letter, note = flag.summary.get_text(), flag.get_text()[1:]
            assert note.startswith(f"{letter} = "), f"{name}: {flag.get_text()!r}"
            letters += 1
    assert letters > 20


def test_a_verdict_in_a_sentence_has_the_mark_of_its_outcome(soups):
    marked = set()
    for name in PAGES:
        article = soups[f"{name}.html"].find("article")
        for link in article.select("p > a[href*='#ledger-']"):
            outcome = link.get_text().lower()
            if outcome in OUTCOMES:
                marked.add(outcome)
                assert outcome.replace(" ", "-") in link["class"], f"{name}: {link}"
    assert len(marked) > 2


@pytest.mark.parametrize("name", ["index", "employment", "404", "search"])
def test_the_narrow_header_names_the_page_and_leads_to_the_search(
    screens, address, name
):
    page = screens["light", 390]
    page.goto(f"{address}/{name}.html")
    header = page.locator(".mobile-header")
    assert header.inner_text().strip() == page.title().split(" - ")[0].strip()
    header.get_by_label("Search").click()
    assert page.url.split("#")[0].endswith("/search.html")
    page.wait_for_load_state()  # Sphinx fills the field with what was asked for
    page.get_by_label("Search the book").fill("hukou")
    page.get_by_label("Search the book").press("Enter")
    page.locator("#search-results li a").first.wait_for()


# Where the keyboard is: what has the focus, if it is beside the screen or invisible.
LOST = """() => {
  const box = document.activeElement;
  const { left, right } = box.getBoundingClientRect();
  const seen = box.checkVisibility({ visibilityProperty: true });
  return seen && right > 0 && left < innerWidth ? "" : box.outerHTML.slice(0, 200);
}"""


@pytest.mark.parametrize("width", [320, 1100])
def test_the_keyboard_reaches_drawers_and_nothing_in_closed_ones(
    browser, address, width
):
    """On a phone, which a window is at 400 %, and where one column is a drawer."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{address}/economy.html")
    buttons = page.locator("button[aria-expanded]:visible")
    names = [button.get_attribute("aria-label") for button in buttons.all()]
    assert names == (["Chapters", "This page"] if width < 1008 else ["This page"])
    reached = []
    while page.locator(":focus").count() or not reached:
        page.keyboard.press("Tab")
        assert page.evaluate(LOST) == ""
        reached.append(page.evaluate("document.activeElement.ariaLabel"))
    assert set(names) <= set(reached)
    for name in names:
        button, drawer = (
            page.get_by_role("button", name=name),
            f"aside[aria-label='{name}']",
        )
        assert not page.locator(drawer).is_visible()
        button.press("Enter")
        assert page.locator(f"{drawer}:focus").is_visible()
        page.keyboard.press("Tab")
        assert page.locator(f"{drawer} a:focus").is_visible()
        assert button.get_attribute("aria-expanded") == "true"
        page.keyboard.press("Escape")
        page.locator(drawer).wait_for(state="hidden")
        assert button.evaluate("e => e === document.activeElement")
        assert button.get_attribute("aria-expanded") == "false"
    page.close()


@pytest.mark.parametrize("width", [320, 1100])
def test_without_scripts_a_drawer_opens_by_keyboard(browser, address, width):
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    page.goto(f"{address}/economy.html")
    drawer = page.locator(".sidebar-drawer" if width == 320 else ".toc-drawer")
    page.keyboard.press("Tab")
    assert not drawer.is_visible()
    page.keyboard.press("Space")
    assert drawer.is_visible()
    context.close()


def test_a_part_of_the_contents_opens_by_keyboard(screens, address):
    page = screens["light", 1280]
    page.goto(f"{address}/index.html")
    chapter = page.locator(".sidebar-tree a", has_text="Economy")
    assert not chapter.is_visible()
    page.locator(".sidebar-tree a", has_text="General data").press("Tab")
    page.keyboard.press("Space")
    assert chapter.is_visible()


def test_axe_finds_nothing_where_a_drawer_is_open(screens, address):
    page = screens["light", 390]
    page.goto(f"{address}/economy.html")
    page.get_by_role("button", name="Chapters").click()
    page.wait_for_timeout(400)  # it has slid in
    assert axe.wrong(page) == []


def test_contents_stand_beside_the_text_and_the_chapter_is_in_sight(screens, address):
    page = screens["light", 1280]
    page.goto(f"{address}/vulnerable-groups.html")
    text, contents = (
        page.locator(place).bounding_box() for place in ("article", ".toc-tree")
    )
    assert text["x"] + text["width"] <= contents["x"]
    assert contents["x"] + contents["width"] <= 1280
    here = page.locator(".sidebar-tree .current-page > a").bounding_box()
    assert 0 < here["y"] < page.viewport_size["height"] - here["height"]
