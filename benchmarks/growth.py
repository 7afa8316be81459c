"""How the book grows with its places: data, a figure, the explorer of all indicators,
the whole build, with 4, 40, 400 … places and 100 indicators from a seed.

    python benchmarks/growth.py 4 40 400 4000

Prints a table and writes it to results-growth.md. Each size is made in a copy of the
project, by processes of its own; the picks are real clicks and
keys in Chromium, as in explorers.py. README.md says how to read it.
"""

import argparse
import gzip
import json
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import report
import scale
from browser import (
    PAINTED,
    MainThread,
    chromium,
    median,
    page_of,
    painted,
    time_to_ready,
)
from explorers import AWAKE, large_picks, start_of
from pages import ours, serve
from report import conditions, table

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SITE = ROOT / "_build" / "html"
LOADS, PICKS = 5, 5
MADE = """
import json, resource, time
start = time.perf_counter()
marks = {}
def mark(name):
    global start
    now = time.perf_counter()
    marks[name], start = now - start, now
import seaborn as sns, fourcities as fc, fourcities.facts.package
mark("import")
fc.read("observations"); mark("check and load")
fourcities.facts.package._tables.cache_clear()
fc.read("observations")
mark("load again")
rows = fc.observations("population", period="report"); mark("one indicator")
axis = fc.axes()
colours = fc.city_palette()
sns.barplot(
    rows, x="value", y="city", hue="city", palette=colours, legend=False, ax=axis
)
words = "A figure of all places.", "Bars, one for each place."
fc.figure(axis, "fig-growth", *words, uses=["population"])
mark("figure")
explorer = fc.Explorer(label="explore-growth")
html = str(explorer._repr_html_())
mark("explorer")
open("explorer.html", "w").write(html)
values = sum(len(entry["rows"]) for entry in explorer.data["indicators"])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": marks, "megabytes": peak, "values": values}))
"""
GOALS = {400: 50, 4000: 150}  # milliseconds for the slowest pick, by places
COLUMNS = [
    "places",
    "values",
    "check and load",
    "load again",
    "one indicator",
    "figure",
    "explorer made",
    "memory",
    "whole build",
    "page, gzip",
    "more for each value",
    "ready",
    "page memory",
    "slowest pick",
]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("places", nargs="*", type=int, default=[4, 40, 400, 4000])
    sizes = parser.parse_args().places
    if not (SITE / "index.html").exists():
        sys.exit("There is no built site to measure: run `make book` first.")
    head, found = conditions(), []
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        for size in sizes:
            found.append(measured(browser, Path(folder), size))
            print(row(in_words(found[-1], *found[-2:-1])), flush=True)
    lines = [in_words(this, *found[n - 1 : n]) for n, this in enumerate(found)]
    text = (
        "\n".join(
            [
                "# Growth",
                "",
                f"{head} 100 indicators, {LOADS} loads and {PICKS} times each pick, "
                "medians.",
                "",
                row(COLUMNS),
                "|" + "---|" * len(COLUMNS),
                *map(row, lines),
                "",
                *table(goals(found)),
            ]
        )
        + "\n"
    )
    (HERE / "results-growth.md").write_text(text, "utf-8")
    print(text)


def measured(browser, folder, size):
    """What is found for one number of places: a dictionary; times in seconds, of the
    browser in milliseconds, sizes in bytes.
    """
    project = folder / str(size)
    scale.copy_of(ROOT, project, size)
    found = json.loads(
        subprocess.run(
            [sys.executable, "-c", MADE],
            cwd=project / "book",
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    ) | {"places": size}
    html = (project / "book" / "explorer.html").read_text("utf-8")
    site = folder / f"site-{size}"
    site.mkdir()
    for file in ("explorer.js", "explorer.css"):
        shutil.copy(SITE / "_static" / file, site)
    (site / "page.html").write_text(ours(html), "utf-8")
    server, address = serve(site)
    found |= {
        "weight": len(gzip.compress(html.encode(), 9)),
        "ready": median(
            [
                time_to_ready(browser, f"{address}/page.html", AWAKE)
                for _ in range(LOADS)
            ]
        ),
        **picks(browser, f"{address}/page.html"),
    }
    server.shutdown()
    found["seconds"]["whole build"] = built(project)
    shutil.rmtree(project)
    return found


def built(project):
    """Seconds of a whole build: every notebook executed, the site made, a handout
    printed for each place.
    """
    (project / "book" / "explorer.html").unlink()
    subprocess.run(
        [sys.executable, "-m", "publishing.codebook"], cwd=project, check=True
    )
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "publishing.build"],
        cwd=project,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - start


def picks(browser, address):
    """The pick that takes longest to be painted, in milliseconds, and which it is; the
    memory of the page's scripts after all picks, in bytes.
    """
    with page_of(browser, address, PAINTED) as page:
        start_of(page)
        slowest = (0, "")
        for words, pick, back in large_picks():
            times = []
            for _ in range(PICKS):
                times.append(painted(page, pick))
                time.sleep(
                    0.3
                    # what follows a pick, such as writing the address, is over before
                    # the
                    # next, as with a reader
                )
                painted(page, back)
                time.sleep(0.3)
            slowest = max(slowest, (median(times), words))
        return {"slowest": slowest, "heap": MainThread(page).memory()}


def goals(found):
    """The lines of the table of goals: picks, bytes, and how much faster than the
    values the slowest-growing step grows from each size to the next.
    """
    rows = [
        report.row(
            f"{this['places']:,} places: slowest pick painted",
            this["slowest"][0],
            GOALS[this["places"]],
            "ms",
        )
        for this in found
        if this["places"] in GOALS
    ]
    for smaller, this in pairwise(found):
        words = f"{smaller['places']:,} to {this['places']:,} places"
        rows.append(
            report.row(
                f"{words}: page, gzip, a value more",
                (this["weight"] - smaller["weight"])
                / (this["values"] - smaller["values"]),
                12,
                "bytes",
            )
        )
        growth = {
            step: (this["seconds"][step] / smaller["seconds"][step])
            / (this["values"] / smaller["values"])
            for step in this["seconds"]
        }
        step = max(growth, key=growth.get)
        rows.append(
            report.row(
                f"{words}: growth of the step that grows most ({step}) ÷ growth of "
                "the values",
                growth[step],
                1.1,
                "×",
            )
        )
    return rows


def in_words(this, smaller=None):
    """A line of the table. smaller: what was found for the line above, against which
    the bytes of a value more are told.
    """
    seconds, more = this["seconds"], "–"
    if smaller:
        weight = this["weight"] - smaller["weight"]
        more = f"{weight / (this['values'] - smaller['values']):.1f} bytes"
    return [
        f"{this['places']:,}",
        f"{this['values']:,}",
        f"{seconds['check and load']:.1f} s",
        f"{seconds['load again']:.1f} s",
        f"{seconds['one indicator'] * 1000:.0f} ms",
        f"{seconds['figure']:.1f} s",
        f"{seconds['explorer']:.1f} s",
        f"{this['megabytes']:.0f} MB",
        f"{seconds['whole build']:,.0f} s",
        f"{this['weight'] / 1000:,.1f} KB",
        more,
        f"{this['ready']:.0f} ms",
        f"{this['heap'] / 1e6:.1f} MB",
        "{:.0f} ms ({})".format(*this["slowest"]),
    ]


def row(cells):
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
