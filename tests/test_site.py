"""The built site: every chapter and link, and what a reader's browser makes of it."""

import re
from base64 import b64encode
from contextlib import contextmanager
from hashlib import sha256
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup

import fourcities as fc
from publishing.notebooks import chapters

PAGES = [path.stem for path in chapters()]
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
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
                    and not soups[target].find(id=anchor)
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
            around = text.find_parent(["li", "td", "p"])
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
        assert door.text == "Download this notebook" and (
            site / door["href"]
        ).read_bytes().startswith(b"{")


# Tables, figures and code that are in sight and wider than the screen, unless they
# scroll by themselves.
CUT_OFF = """() => {
  const boxes = document.querySelectorAll("article :is(table, svg, img, pre)");
  const cutOff = box => {
    const { left, right, width } = box.getBoundingClientRect();
    if (!width || (left >= 0 && right <= innerWidth + 1)) return false;
    for (let outer = box; outer.tagName !== "ARTICLE"; outer = outer.parentElement)
      if (/auto|scroll/.test(getComputedStyle(outer).overflowX)) return false;
    return true;
  };
  return [...boxes].filter(cutOff).map(box => box.outerHTML.slice(0, 200));
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


@pytest.mark.parametrize("theme, width", SCREENS)
@pytest.mark.parametrize("name", [*PAGES, "search", "404"])
@pytest.mark.parametrize("base", ["http", "file"])
def test_page_in_a_browser(screens, address, site, name, theme, width, base):
    """From a host and from a memory stick: no message, no request to elsewhere, nothing
    wider than the screen, text that stands out.
    """
    page, start = screens[theme, width], {"http": address, "file": site.as_uri()}[base]
    with watched(page) as (messages, requests):
        page.goto(f"{start}/{name}.html")
        page.wait_for_load_state("networkidle" if base == "http" else "load")
        assert messages == []
        assert (
            [url for url in requests if not url.startswith((start, "data:"))]
            == []
            != requests
        )
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CUT_OFF) == []
    inked = (
        "figure.drawing svg"
        if page.locator("figure.drawing svg").count()
        else "article"
    )
    colours = page.evaluate(
        "s => [getComputedStyle(document.body).backgroundColor, "
        "getComputedStyle(document.querySelector(s))[s == 'article' ? 'color' : "
        "'fill']]",
        inked,
    )
    ground, ink = (sum(map(float, re.findall(r"[\d.]+", c)[:3])) for c in colours)
    assert abs(ground - ink) > 400, f"figures vanish in {theme}: {colours}"


SECTIONS = fc.read("sections").query("minutes != ''")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "name", ["index", "does-it-hold", *SECTIONS["chapter"].unique()]
)
def test_a_page_leads_with_its_finding(screens, address, name, width):
    """The first figure, or the cities' cards, begins within 1.2 screens."""
    page = screens["light", width]
    page.goto(f"{address}/{name}.html")
    first = page.locator("figure.drawing svg, ul.cards").first.bounding_box()
    assert first["y"] < 1.2 * page.viewport_size["height"]


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
def lamps(browser):
    """One page for each theme, as opening a page costs more than leafing through it."""
    pages = {
        theme: browser.new_page(
            color_scheme=theme, viewport={"width": 1280, "height": 900}
        )
        for theme in ("light", "dark")
    }
    yield pages
    for page in pages.values():
        page.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "name", [*PAGES, "search", "404", "_slides/session-1", "_slides/session-4"]
)
def test_axe_finds_nothing(lamps, address, name, theme):
    page = lamps[theme]
    page.goto(f"{address}/{name}.html" + ("?q=hukou" if name == "search" else ""))
    if name == "search":
        page.locator("#search-results li a").first.wait_for()
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == []


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
