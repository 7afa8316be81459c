"""How fast and how heavy the explorers are, measured in one run side by side with the
stock way. `make bench` runs it; README.md says how to read it.

Prints a table and writes it to results-explorers.md. Needs the built site, Chromium
and, the first time, the npm registry.
"""

import gzip
import re
import shutil
import sys
import tempfile
from pathlib import Path

from browser import (
    PAINTED,
    MainThread,
    chromium,
    click,
    median,
    p95,
    page_of,
    painted,
    press,
    time_to_ready,
    transferred,
)
from lab import live_notebook, live_pick
from pages import ours, serve, stock, stock_parts, unpack_stock
from report import conditions, row, table
from scale import large_explorer

HERE = Path(__file__).resolve().parent
ROOT, CACHE = HERE.parent, HERE / ".cache"
SITE = ROOT / "_build" / "html"
CHAPTER, ALL = "economy.html", "explore-numbers.html"
SECTION = re.compile(r'<section class="explorer" id="([^"]+)".*?</section>', re.S)
LOADED = re.compile(r"<(?:script|link)[^>]*explorer\.(?:js|css)[^>]*>(?:</script>)?")
AWAKE, STOCK = ".explorer.awake", ".widget-dropdown select"
LOADS, ROUNDS = 9, 10


def main():
    if not (SITE / CHAPTER).exists():
        sys.exit("There is no built site to measure: run `make book` first.")
    head = conditions()
    large = large_explorer(ROOT, CACHE)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        site = make_pages(Path(folder), large["html"])
        server, address = serve(site)
        rows = (
            pick_rows(browser, address)
            + kernel_rows(browser, address)
            + stock_rows(browser, address)
            + scale_rows(browser, address, large)
            + size_rows()
        )
        server.shutdown()
        text = report(rows, browser.version, large, head)
    (HERE / "results-explorers.md").write_text(text, "utf-8")
    print(text)


def make_pages(folder, large):
    """A copy of the site with the pages that only the benchmark needs. Returns its
    folder.
    """
    site = folder / "site"
    shutil.copytree(SITE, site, ignore=shutil.ignore_patterns("_downloads", "_sources"))
    unpack_stock(CACHE, site)
    for file in ("explorer.js", "explorer.css"):
        shutil.copy(SITE / "_static" / file, site)
    chapter = (SITE / CHAPTER).read_text("utf-8")
    section = SECTION.search(chapter)[0]
    head, body = stock_parts(section)
    pages = {
        "ours.html": ours(section),
        "stock.html": stock(section),
        "large.html": ours(large),
        "chapter-stock.html": LOADED.sub("", chapter)
        .replace(section, body)
        .replace("</body>", head + "</body>"),
    }
    for name, text in pages.items():
        (site / name).write_text(text, "utf-8")
    return site


# ---------- 1: a pick


def pick_rows(browser, address):
    """From the input to the painted frame, with real clicks and keys, in a chapter and
    in the explorer of all indicators.
    """
    rows = []
    for page_name in (CHAPTER, ALL):
        with page_of(browser, f"{address}/{page_name}", PAINTED) as page:
            page.wait_for_selector(AWAKE)
            times = [
                painted(page, pick) for _ in range(ROUNDS) for pick in small_picks()
            ]
        rows.append(
            row(
                f"pick painted, {page_name}, median of {len(times)} (95 of 100: "
                f"{p95(times):.0f} ms)",
                median(times),
                17,
                "ms",
            )
        )
    return rows


def small_picks():
    """One city off and on, another indicator and back, another order and back, each
    view.
    """
    box, views = (
        ".explorer fieldset input[type=checkbox]",
        [
            f".explorer input[type=radio][value={view}]"
            for view in ("table", "profile", "bars")
        ],
    )
    indicator, sort = select("Indicator"), select("Sort by")
    return [
        click(box),
        click(box),
        press(indicator, "ArrowDown"),
        press(indicator, "ArrowUp"),
        press(sort, "ArrowDown"),
        press(sort, "ArrowUp"),
        *map(click, views),
    ]


def select(label):
    return f'.explorer .control:has(> label:text-is("{label}")) select'


# ---------- 2: against a live kernel


def kernel_rows(browser, address):
    """Picks of another indicator, in turn on the page and in a real JupyterLab, each
    after the same rest, as a reader picks.

    The goal is that of the picker alone, since the notebook holds nothing else either;
    in a chapter the browser also moves and paints what stands around it.
    """
    own, trips = {"ours.html": [], CHAPTER: []}, []
    with (
        tempfile.TemporaryDirectory() as folder,
        live_notebook(browser, ROOT / "book", Path(folder)) as notebook,
        page_of(browser, f"{address}/ours.html") as alone,
        page_of(browser, f"{address}/{CHAPTER}") as chapter,
    ):
        threads = {"ours.html": thread_of(alone), CHAPTER: thread_of(chapter)}
        for _ in range(ROUNDS):
            for name, thread in threads.items():
                thread.page.bring_to_front()
                own[name] += [
                    thread.pick("#picked", indicator)
                    for indicator in ("gdp", "gdp_per_capita")
                ]
            notebook.bring_to_front()
            trips += [live_pick(notebook) for _ in range(2)]
    trip = median(trips)
    rows = [
        row(
            "JupyterLab, interact and seaborn: choice to new image painted",
            trip,
            None,
            "ms",
        )
    ]
    for words, name, goal in (
        ("picker alone", "ours.html", 20),
        ("whole chapter", CHAPTER, None),
    ):
        layout, shown, rest = map(median, zip(*own[name]))
        rows += [
            row(
                f"{words}: main-thread work of the same choice: handler, style and "
                "layout",
                layout,
                None,
                "ms",
            ),
            row(
                f"{words}: main-thread work of the same choice: all until it is "
                "painted",
                shown,
                None,
                "ms",
            ),
            row(
                f"{words}: main-thread work of the same choice: and all that follows",
                rest,
                None,
                "ms",
            ),
            row(
                f"{words}: round trip through the kernel ÷ all work until it is "
                "painted",
                trip / shown,
                goal,
                "×",
                more=True,
            ),
            row(
                f"{words}: round trip through the kernel ÷ that and all that follows",
                trip / rest,
                None,
                "×",
                more=True,
            ),
        ]
    return rows


def thread_of(page):
    """The main thread of a page whose explorer is awake and in view; its indicator is
    picked with #picked.
    """
    page.wait_for_selector(AWAKE)
    page.locator(select("Indicator")).evaluate(
        "(node) => { node.id = 'picked'; node.closest('.explorer').scrollIntoView(); }"
    )
    return MainThread(page)


# ---------- 3: against the stock way


def stock_rows(browser, address):
    """The same picker as ipywidgets with html-manager: bytes, and time to ready at full
    speed and on a CPU 6 times slower.

    The goal for time is that of the picker alone: in a chapter both ways also wait for
    all that the chapter holds.
    """
    rows = []
    pairs = {
        "picker alone": ("ours.html", "stock.html"),
        "whole chapter": (CHAPTER, "chapter-stock.html"),
    }
    for words, (own, other) in pairs.items():
        sizes = [
            sum(size for _, size in transferred(browser, f"{address}/{name}", wanted))
            for name, wanted in ((own, AWAKE), (other, STOCK))
        ]
        rows += against(
            f"{words}: sent, gzip", [sizes[0] / 1000], [sizes[1] / 1000], "KB", 10
        )
    for slower in (1, 6):
        for words, (own, other) in pairs.items():
            times = {own: [], other: []}
            for _ in range(LOADS):
                times[own].append(
                    time_to_ready(browser, f"{address}/{own}", AWAKE, slower)
                )
                times[other].append(
                    time_to_ready(browser, f"{address}/{other}", STOCK, slower)
                )
            rows += against(
                f"{words}: ready, CPU {slower}×{' slower' if slower > 1 else ''}",
                times[own],
                times[other],
                "ms",
                3 if words == "picker alone" else None,
            )
    return rows


def against(words, own, other, unit, goal):
    """Three rows: ours, the stock way, and how many times less ours is."""
    return [
        row(f"{words}, explorer", median(own), None, unit),
        row(f"{words}, stock way", median(other), None, unit),
        row(f"{words}: times less", median(other) / median(own), goal, "×", more=True),
    ]


# ---------- 4: scale


def scale_rows(browser, address, large):
    """The explorer of 400 places and 100 indicators: ready, picks, bytes a value."""
    size = len(gzip.compress(large["html"].encode(), 9))
    ready = [
        time_to_ready(browser, f"{address}/large.html", AWAKE) for _ in range(LOADS)
    ]
    what = f"{large['cities']} cities, {large['indicators']} indicators"
    rows = [
        row(f"{what}: ready", median(ready), 300, "ms"),
        row(
            f"{what}: page, gzip, a value ({large['values']} values)",
            size / large["values"],
            12,
            "bytes",
        ),
    ]
    with page_of(browser, f"{address}/large.html", PAINTED) as page:
        start_of(page)
        for words, pick, back in large_picks():
            times = []
            for _ in range(5):
                times.append(painted(page, pick))
                painted(page, back)
            rows.append(row(f"{what}: {words}, painted", median(times), 50, "ms"))
    return rows


def start_of(page):
    """Wait for the explorer of all indicators and show one that can be set against
    another.
    """
    page.wait_for_selector(AWAKE)
    page.locator(select("Indicator")).select_option("population")


def large_picks():
    """What is picked, how, and how it is undone."""
    box, radio = (
        ".explorer fieldset input[type=checkbox]",
        ".explorer input[type=radio][value={}]",
    )
    everything, nothing = (
        f".explorer .quick button:text-is('{words}')" for words in ("All", "None")
    )
    return [
        ("one city unticked", click(box), click(box)),
        (
            "another indicator",
            press(select("Indicator"), "ArrowDown"),
            press(select("Indicator"), "ArrowUp"),
        ),
        (
            "set against the area",
            press(select("Relate it"), "ArrowDown"),
            press(select("Relate it"), "ArrowUp"),
        ),
        (
            "sorted by value",
            press(select("Sort by"), "ArrowDown"),
            press(select("Sort by"), "ArrowUp"),
        ),
        ("no city", click(nothing), click(everything)),
        ("profile", click(radio.format("profile")), click(radio.format("bars"))),
        ("all cities again", click(everything), click(nothing)),
    ]


# ---------- 5: size


def size_rows():
    """Script and style sheet, where they are loaded, and what each chapter's explorers
    weigh.
    """
    files = sum(
        len(gzip.compress((SITE / "_static" / name).read_bytes(), 9))
        for name in ("explorer.js", "explorer.css")
    )
    rows, wrong = (
        [row("explorer.js and explorer.css, gzip -9", files / 1000, 15, "KB")],
        0,
    )
    weights = {}
    for page in sorted(SITE.glob("*.html")):
        text = page.read_text("utf-8")
        sections = [match[0] for match in SECTION.finditer(text)]
        wrong += bool(sections) != bool(LOADED.search(text))
        if sections:
            weights[page.name] = (
                sum(len(gzip.compress(section.encode(), 9)) for section in sections)
                / 1000
            )
    rows.append(
        row("pages that load the script without need, or lack it", wrong, 0, "pages")
    )
    return rows + [
        row(f"{name}: its explorers' HTML and data, gzip", weight, None, "KB")
        for name, weight in weights.items()
    ]


# ---------- the table


def report(rows, version, large, head):
    """All rows as a page of Markdown, with the conditions."""
    return (
        "\n".join(
            [
                "# Explorers",
                "",
                f"{head} Chromium {version}. The package needed {large['seconds']} s "
                "to make the large explorer.",
                "",
                *table(rows),
            ]
        )
        + "\n"
    )


if __name__ == "__main__":
    main()
