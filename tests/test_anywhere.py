"""Notebooks read as chapters wherever they are opened: JupyterLab and Notebook 7, not
trusted and not run; as a code host shows them; and after "Run All Cells".
"""

import json
import re
import shutil
from contextlib import contextmanager

import nbformat
import nh3
import pytest
from bs4 import BeautifulSoup
from lab_server import ALL_CELLS, PATIENCE, QUIET, served, wait_for
from markdown_it import MarkdownIt
from nbconvert import HTMLExporter
from nbformat.sign import NotebookNotary
from playwright.sync_api import Expect

from conftest import ROOT, read_once
from fourcities.presentation import for_notebooks, for_pages
from publishing.contents import chapters
from publishing.exercises import has_tag
from publishing.extensions.workbook import blanked, with_exercises
from publishing.paths import ANSWERS

PATHS = {path.stem: path for path in [*chapters(), ANSWERS]}
NOTEBOOKS = {slug: read_once(path) for slug, path in PATHS.items()}
expect = Expect()
expect.set_options(PATIENCE * 1000)


def shown_html(notebook):
    """The HTML of a notebook's outputs."""
    return [
        output.data["text/html"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "text/html" in output.get("data", {})
    ]


def figures_in(notebook):
    """How many figures a notebook has."""
    return sum(html.count('<figure class="drawing"') for html in shown_html(notebook))


def bars_in(notebook):
    """How many bars stand in the tables of its explorers."""
    return sum(html.count('<span class="bar"><i ') for html in shown_html(notebook))


def plain(text):
    """Words without white space, so that line ends don't count."""
    return re.sub(r"\s+", "", text)


def words_of_markdown(text):
    """The words that a reader of Markdown sees."""
    html = MarkdownIt("commonmark").render(text)
    return BeautifulSoup(html, "html.parser").get_text(" ")


def prose_of(notebook, hidden=False):
    """Paragraphs that a reader sees: cells of words, and sentences from the data."""
    texts = []
    for cell in notebook.cells:
        if has_tag(cell, "solution") and not hidden:
            continue
        if cell.cell_type == "markdown":
            texts.append(cell.source)
        for output in cell.get("outputs", []):
            texts.append(output.get("data", {}).get("text/markdown", ""))
    return [
        words
        for text in texts
        for words in map(str.strip, words_of_markdown(text).split("\n"))
        if len(words) > 60
    ]


# ---------- what a file holds


@pytest.mark.parametrize("slug", PATHS)
def test_outputs_are_for_front_ends_and_turn_into_those_of_pages(slug):
    for html in shown_html(NOTEBOOKS[slug]):
        assert "<svg" not in html
        assert for_notebooks(for_pages(html)) == html
        page = BeautifulSoup(for_pages(html), "html.parser")
        notebook = BeautifulSoup(html, "html.parser")
        assert not page.select("figure.drawing img, [style*=text-align]")
        assert [svg["aria-label"] for svg in page.select("figure.drawing > svg")] == [
            image["alt"] for image in notebook.select("figure.drawing > img")
        ]
        for cell in notebook.select(".book-table td, .book-table th"):
            assert cell["style"] in ("text-align:left", "text-align:right")


def test_numbers_stand_right_and_words_left():
    table = (
        '<table role="table"><thead role="rowgroup"><tr role="row">{}</tr></thead>'
        '<tbody role="rowgroup"><tr role="row">{}</tr><tr role="row">{}</tr></tbody>'
        "</table>"
    )
    head = "".join(f'<th scope="col">{n}</th>' for n in "abcdef")
    rows = [
        ["Berlin", "3,671,000", "85.9%<sup>d</sup>", "2012–2016", "not reported", ""],
        ["Cologne", "1,061,000", "not stated", "2008", "1.2", "not stated"],
    ]
    body = [
        "".join(f'<td role="cell"><div>{value}</div></td>' for value in row)
        for row in rows
    ]
    sides = re.findall(r"text-align:(\w+)", for_notebooks(table.format(head, *body)))
    assert sides == ["left", "right", "right", "left", "right", "left"] * 3


def test_no_dollar_sign_starts_a_formula():
    page = '<p title="$1">US$ 5 and US$ 6</p><script>{"a": "$1 < $2"}</script>'
    kept = for_notebooks(page)
    assert kept.startswith('<p title="$1">US<span>$</span> 5 and US<span>$</span> 6')
    assert '{"a": "$1 < $2"}' in kept and for_pages(kept) == page


def test_a_picture_comes_back_whatever_its_words_are():
    """Signs that HTML, addresses or XML read in their own way."""
    svg = (
        '<svg viewBox="0 0 100 50" xmlns="http://www.w3.org/2000/svg" role="img" '
        'aria-label="{}" fill="currentColor" stroke-linejoin="round" '
        'style="width:100%;height:auto;font-family:inherit">'
        "<g><text>{}</text></g></svg>"
    )
    words = "50% of “Köln” &amp; 杭州 #1, it's &lt;b&gt; \\1 \\g&lt;0&gt; %20 +?"
    drawing = svg.format(f"{words} &quot;so&quot;", words)
    kept = for_notebooks(drawing)
    image = BeautifulSoup(kept, "html.parser").img
    assert image["alt"].endswith('"so"') and "杭州" in image["alt"]
    assert (image["width"], image["height"]) == ("576", "288")
    assert image["src"].isascii() and '"' not in image["src"]
    assert "background:%23fff" in image["src"], "readable on a dark theme"
    assert for_pages(kept) == drawing


ROLE = re.compile(r"(?<!`)\{[\w:-]+\}`")
MYST_ONLY = re.compile(r"^:{3,}|^\(\S+\)=$|^%\s|\$[^$]+\$|\[\^|^\|.*\|$|^\+{3}", re.M)


@pytest.mark.parametrize("slug", PATHS)
def test_cells_of_words_are_commonmark(slug):
    """A parser of CommonMark reads them, and nothing that only MyST knows is left."""
    for number, cell in enumerate(NOTEBOOKS[slug].cells, 1):
        if cell.cell_type != "markdown":
            continue
        found = leftover(cell.source)
        assert not found, f"book/{slug}.ipynb, cell {number}: {found!r}"


def leftover(source):
    """What CommonMark would show as it stands, and only MyST turns into something."""
    role = ROLE.search(source)
    for token in MarkdownIt("commonmark").parse(source):
        if token.type == "fence" and token.info.startswith("{"):
            return token.info
        for child in token.children or []:
            found = child.type == "text" and MYST_ONLY.search(child.content)
            if found:
                return found[0]
    return role and role[0]


@pytest.mark.parametrize(
    "source",
    [
        ":::{note}\nA\n:::",
        "```{note}\nA\n```",
        "{eval}`a`",
        "(label)=\n# A",
        "% a comment",
        "US$ 5 and US$ 6",
        "A[^1]",
        "| a | b |\n| - | - |",
        "+++",
    ],
)
def test_what_only_myst_knows_is_found(source):
    assert leftover(source)
    assert not leftover("A **word**, `{eval}`, US$ 5, 3 % and [a link](page.ipynb#a).")


# ---------- as a code host shows it

# What code hosts let through, roughly: tables, lists, pictures, no style, no class.
TAGS = nh3.ALLOWED_TAGS | {"figure", "figcaption", "section", "details", "summary"}
SCHEMES = {"http", "https", "mailto", "data"}


@pytest.mark.slow
@pytest.mark.parametrize("slug", PATHS)
def test_a_cleaned_page_of_a_notebook_has_its_pictures_and_its_prose(slug):
    notebook = NOTEBOOKS[slug]
    html, _ = HTMLExporter(template_name="basic").from_notebook_node(notebook)
    left = BeautifulSoup(nh3.clean(html, tags=TAGS, url_schemes=SCHEMES), "html.parser")
    drawn = [
        image
        for image in left.select("img[alt]")
        if image["src"].startswith("data:image/svg+xml,")
    ]
    assert len(drawn) == figures_in(notebook)
    assert all(len(image["alt"].split()) > 3 for image in drawn)
    text = plain(left.get_text())
    for paragraph in prose_of(notebook, hidden=True):
        assert plain(paragraph) in text, paragraph


# ---------- opened, not trusted, not run


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """Address of a server with all notebooks, which no kernel runs."""
    folder = tmp_path_factory.mktemp("anywhere")
    shutil.copytree(
        ROOT / "book",
        folder / "notebooks",
        ignore=shutil.ignore_patterns("fourcities", ".ipynb_checkpoints"),
    )
    for path in with_exercises():
        nbformat.write(blanked(path), folder / "notebooks" / f"blank-{path.name}")
    # A kernel that does nothing: opening thirty notebooks starts thirty.
    spec = folder / "data" / "kernels" / "python3" / "kernel.json"
    spec.parent.mkdir(parents=True)
    idle = {"argv": ["sleep", "600"], "display_name": "Python 3", "language": "python"}
    spec.write_text(json.dumps(idle), "utf-8")
    with served(folder, folder / "notebooks", QUIET | ALL_CELLS) as (address, _):
        yield address


@pytest.fixture(scope="module")
def page(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE * 1000)
    yield context.new_page()
    context.close()


# What a person sees in an open notebook.
SEEN = """() => {
  const book = document.querySelector(".jp-Notebook");
  const seen = (e) => e.checkVisibility() && e.getClientRects().length > 0;
  const lines = [
    ...book.querySelectorAll(".jp-CodeCell .cm-line, .jp-OutputArea pre"),
  ].filter(seen);
  const images = [...book.querySelectorAll(".jp-OutputArea-output img")].filter(seen);
  return {
    text: book.innerText,
    images: images.map((image) => [image.alt, image.naturalWidth, image.width]),
    code: lines.map((line) => line.innerText),
    cut: [...book.querySelectorAll(".jp-CodeCell .cm-scroller")]
      .filter((box) => seen(box) && box.scrollWidth > box.clientWidth + 1)
      .map((box) => box.innerText),
    cells: [...book.querySelectorAll(".jp-RenderedHTML td")].map((cell) => {
      const words = cell.cloneNode(true);
      words.querySelectorAll("sup").forEach((flag) => flag.remove());
      return [words.textContent.trim(), getComputedStyle(cell).textAlign];
    }),
    bars: [...book.querySelectorAll(".jp-RenderedHTML .explorer .bar > i")]
      .map((bar) => bar.getBoundingClientRect()).map((box) => [box.width, box.height]),
    closed: book.querySelectorAll(".jp-OutputPlaceholder").length,
    count: book.querySelectorAll(".jp-Cell").length,
  };
}"""


def look_at(page, address, front_end, name, notebook):
    """What a person sees of a notebook as it opens."""
    if front_end == "lab":
        if "/lab" not in page.url:
            page.goto(f"{address}lab?token=four")
            page.wait_for_function("() => window.jupyterapp?.restored")
            page.evaluate("async () => { await jupyterapp.restored }")
        page.evaluate(  # without a question whether to save
            "() => [...jupyterapp.shell.widgets('main')].forEach((it) => it.dispose())"
        )
        page.evaluate(  # and give nothing back: what is opened is large
            "async path => {"
            " await jupyterapp.commands.execute('docmanager:open', {path}) }",
            name,
        )
    else:
        page.goto(f"{address}notebooks/{name}?token=four")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    page.wait_for_function(
        "count => document.querySelectorAll('.jp-Notebook .jp-Cell').length === count"
        " && ![...document.querySelectorAll('.jp-MarkdownOutput')]"
        ".some(e => !e.innerText && !e.querySelector('img'))",
        arg=len(notebook.cells),
    )
    return page.evaluate(SEEN)


# Notebook 7 shows a notebook with JupyterLab's own parts. These hold every kind of cell
# and of output, and go through both; the others through one.
EVERY_KIND = [
    "index",
    "first-notebook",
    "social-assistance",
    "comparison",
    "does-it-hold",
    "workbench",
]
CLASSES = re.compile(r'class="([^"]*)"')


def kinds_in(slugs):
    """Cells by their tags, outputs by their types, HTML by its classes."""
    kinds = set()
    for cell in (cell for slug in slugs for cell in NOTEBOOKS[slug].cells):
        kinds |= {
            (cell.cell_type, tag) for tag in [None, *cell.metadata.get("tags", [])]
        }
        for output in cell.get("outputs", []):
            kinds |= {output.output_type, *output.get("data", {})}
            html = output.get("data", {}).get("text/html", "")
            kinds |= {name for names in CLASSES.findall(html) for name in names.split()}
    return kinds


def test_some_chapters_hold_every_kind_of_cell_and_output():
    assert kinds_in(PATHS) - kinds_in(EVERY_KIND) == set()


@pytest.mark.parametrize(
    "front_end, slug",
    [*(("lab", slug) for slug in PATHS), *(("notebook", slug) for slug in EVERY_KIND)],
)
def test_a_chapter_is_a_chapter_before_it_is_run(page, opened, front_end, slug):
    notebook = NOTEBOOKS[slug]
    seen = look_at(page, opened, front_end, f"{slug}.ipynb", notebook)
    assert seen["count"] == len(notebook.cells)
    assert len(seen["images"]) == figures_in(notebook)
    for alt, natural, width in seen["images"]:
        assert len(alt.split()) > 3 and natural > 0 and width > 300, alt
    for sign in (":::", "{eval}", "fc.say", "<span", "](", "**"):
        assert sign not in outside_code(seen), sign
    text = plain(seen["text"])
    prose = prose_of(notebook)
    tables = plain(
        " ".join(
            BeautifulSoup(html, "html.parser").get_text()
            for html in shown_html(notebook)
        )
    )
    for paragraph in set(prose):
        times = text.count(plain(paragraph)) - tables.count(plain(paragraph))
        assert times == prose.count(paragraph), f"{times} times: {paragraph}"
    solutions = [cell for cell in notebook.cells if has_tag(cell, "solution")]
    assert seen["closed"] >= len(solutions), "solutions are closed"
    for cell in solutions:
        for paragraph in prose_of(nbformat.v4.new_notebook(cells=[cell]), hidden=True):
            times = text.count(plain(paragraph))
            assert times == prose.count(paragraph), f"open: {paragraph}"
    assert not seen["cut"], f"cut off at 1280 pixels: {seen['cut'][0]}"
    for words, side in seen["cells"]:
        wordy = re.search(r"[^\W\d_]", words) and not words.startswith("not ")
        assert side == ("left" if wordy else side), f"on the right: {words}"
    assert {side for _, side in seen["cells"]} <= {"left", "right"}
    assert len(seen["bars"]) == bars_in(notebook)
    assert all(height > 5 for _, height in seen["bars"])
    assert any(width > 20 for width, _ in seen["bars"]) or not seen["bars"]


def outside_code(seen):
    """What is seen but for open code, which may show any sign."""
    text = seen["text"]
    for line in seen["code"]:
        text = text.replace(line, "", 1)
    return text


@pytest.mark.parametrize("path", with_exercises(), ids=lambda path: path.stem)
def test_the_workbook_folds_as_the_chapters_do(path):
    for cell in blanked(path).cells:
        assert "fc.solution(" not in cell.source
        if cell.cell_type == "code" and "fc.say(" in cell.source:
            assert cell.metadata["jupyter"] == {"source_hidden": True}
            assert cell.source.startswith("# ")
        assert not re.search(r'\bf"', cell.source) and ":::" not in cell.source


@pytest.mark.parametrize("slug", ["employment", "co-operation"])
def test_a_chapter_of_the_workbook_shows_no_template(page, opened, slug):
    notebook = blanked(PATHS[slug])
    seen = look_at(page, opened, "lab", f"blank-{slug}.ipynb", notebook)
    assert "fc.say" not in seen["text"] and ":::" not in seen["text"]
    assert "Your answer:" in seen["text"] and not seen["cut"]


# ---------- run


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Address of a server with a copy of the project in which one number is changed."""
    folder = tmp_path_factory.mktemp("run")
    root = folder / "project"
    for name in ("book", "data"):
        shutil.copytree(ROOT / name, root / name)
    for name in ("CITATION.cff", "constraints.txt"):
        shutil.copy(ROOT / name, root)
    data = root / "data" / "observations.csv"
    text = data.read_text("utf-8")
    row = next(line for line in text.splitlines() if "gdp_growth,berlin" in line)
    data.write_text(text.replace(row, row.replace("2.0", "3.5")), "utf-8")
    settings = QUIET | ALL_CELLS
    with served(folder, root, settings, package=root / "book") as (address, _):
        yield address


@contextmanager
def after_run_all(browser, project, front_end, chapter):
    """A chapter after "Run All Cells", as long as the block lasts."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    page.goto(f"{project}{front_end}/book/{chapter}.ipynb?token=four")
    page.get_by_text("Python 3 (ipykernel)").filter(visible=True).first.wait_for()
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    yield page
    context.close()


@pytest.fixture(scope="module", params=["lab/tree", "notebooks"])
def run(request, browser, project):
    """Economy after "Run All Cells", in each front end."""
    with after_run_all(browser, project, request.param, "economy") as page:
        yield page


def test_after_run_all_explorers_are_alive(run):
    explorer = run.locator(".jp-OutputArea-output .explorer").first
    explorer.get_by_role("combobox", name="Indicator", exact=True).select_option(
        label="GDP"
    )
    expect(explorer.get_by_role("caption")).to_contain_text("GDP")


def test_after_run_all_solutions_are_closed(run):
    solutions = run.locator(
        ".jp-OutputArea-output details", has_text="A worked solution"
    )
    expect(solutions.first).to_be_visible()
    for solution in solutions.all():
        expect(solution).not_to_have_attribute("open", "")
        expect(solution.locator("p").first).to_be_hidden()


def test_after_run_all_sentences_follow_the_data(run):
    book = run.locator(".jp-Notebook")
    expect(book).to_contain_text("Average growth of GDP a year: Berlin 3.5%")
    expect(book).not_to_contain_text("Berlin 2.0%")


def test_the_workbench_is_picked_with_boxes(browser, project):
    with after_run_all(browser, project, "notebooks", "workbench") as page:
        bench = page.locator(".jp-OutputArea-output", has_text="Tick cities").first
        drawn = bench.locator("figure svg text")
        expect(drawn.filter(has_text="Cologne").first).to_be_visible()
        bench.get_by_label("Cologne", exact=True).uncheck()
        expect(drawn.filter(has_text="Cologne")).to_have_count(0)
        bench.get_by_label("Indicators").fill("floating")
        bench.get_by_label("Floating population", exact=False).first.check()
        expect(bench).to_contain_text("2 of 62 chosen")


# ---------- make lab


def test_make_lab_opens_the_first_notebook_beside_its_contents(tmp_path, browser):
    """Trusted, with nobody asked about news, by what the Makefile calls."""
    lab = served(tmp_path, None, command=(), module="publishing.lab", cwd=ROOT)
    with lab as (address, _):
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(PATIENCE * 1000)
        page.goto(f"{address}?token=four")
        page.locator(".jp-Notebook .jp-Cell").first.wait_for()
        expect(page.locator(".jp-TableOfContents:visible")).to_contain_text(
            "The first notebook"
        )
        expect(page.get_by_role("tab", name="first-notebook.ipynb")).to_be_visible()
        expect(page.locator(".jp-Dialog, .jp-toastContainer button")).to_have_count(0)
        wait_for(lambda: page.locator(".jp-StatusItem-trust").count(), "its status")
        # A server that is stopped while a kernel starts can wait for it for ever.
        expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle")
        page.close()
    database = tmp_path / "data" / "nbsignatures.db"
    notary = NotebookNotary(data_dir=str(tmp_path / "data"), db_file=str(database))
    for slug, path in PATHS.items():
        assert notary.check_signature(nbformat.read(path, as_version=4)), slug
