"""How the book grows with its places: data, a figure, the explorer of all indicators, with 4, 40, 400 … places and 100 indicators from a seed.

    python benchmarks/growth.py 4 40 400 4000

Prints a table and writes it to results-growth.md. Each size is made by the package in a copy of the project, in a process of its own; the picks are
real clicks and keys in Chromium, as in explorers.py. README.md says how to read it.
"""

import argparse
import gzip
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import scale
from browser import PAINTED, chromium, median, page_of, painted, time_to_ready
from explorers import AWAKE, large_picks
from pages import ours, serve
from report import conditions

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SITE = ROOT / "_build" / "html"
LOADS, PICKS = 5, 3
MADE = """
import json, resource, time
start = time.perf_counter()
marks = {}
def mark(name):
    global start
    now = time.perf_counter()
    marks[name], start = now - start, now
import seaborn as sns, fourcities as fc
mark("import")
fc.read("observations"); mark("check and load")
rows = fc.observations("population", period="report"); mark("one indicator")
axis = fc.axes()
sns.barplot(rows, x="value", y="city", hue="city", palette=fc.city_palette(), legend=False, ax=axis)
fc.figure(axis, "fig-growth", "A figure of all places.", "Bars, one for each place.", uses=["population"]); mark("figure")
explorer = fc.Explorer(label="explore-growth"); html = str(explorer._repr_html_()); mark("explorer")
open("explorer.html", "w").write(html)
values = sum(len(entry["rows"]) for entry in explorer.data["indicators"])
print(json.dumps({"seconds": marks, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "values": values}))
"""
COLUMNS = ["places", "values", "check and load", "one indicator", "figure", "explorer made", "memory", "page, gzip", "more for each value", "ready", "slowest pick"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("places", nargs="*", type=int, default=[4, 40, 400, 4000])
    sizes = parser.parse_args().places
    if not (SITE / "index.html").exists():
        sys.exit("There is no built site to measure: run `make book` first.")
    head, lines = conditions(), []
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        for size in sizes:
            lines.append(measured(browser, Path(folder), size, lines[-1] if lines else None))
            print(" | ".join(lines[-1]), flush=True)
    text = "\n".join(["# Growth", "", f"{head} 100 indicators, {LOADS} loads and {PICKS} times each pick, medians.", "", row(COLUMNS), "|" + "---|" * len(COLUMNS), *map(row, lines)]) + "\n"
    (HERE / "results-growth.md").write_text(text, "utf-8")
    print(text)


def measured(browser, folder, size, smaller):
    """One line of the table. smaller: the line before; what a value more adds to the page is told against it."""
    project = folder / str(size)
    scale.copy_of(ROOT, project, size)
    told = json.loads(subprocess.run([sys.executable, "-c", MADE], cwd=project / "book", check=True, capture_output=True, text=True).stdout)
    html = (project / "book" / "explorer.html").read_text("utf-8")
    weight = len(gzip.compress(html.encode(), 9))
    site = folder / f"site-{size}"
    site.mkdir()
    for file in ("explorer.js", "explorer.css"):
        shutil.copy(SITE / "_static" / file, site)
    (site / "page.html").write_text(ours(html), "utf-8")
    server, address = serve(site)
    ready = median([time_to_ready(browser, f"{address}/page.html", AWAKE) for _ in range(LOADS)])
    picks = slowest(browser, f"{address}/page.html") if size > 4 else None
    server.shutdown()
    shutil.rmtree(project)
    seconds, bytes_more = told["seconds"], "–"
    if smaller:
        values, before = int(smaller[1].replace(",", "")), float(smaller[7].split()[0].replace(",", "")) * 1000
        bytes_more = f"{(weight - before) / (told['values'] - values):.1f} bytes"
    return [f"{size:,}", f"{told['values']:,}", f"{seconds['check and load']:.1f} s", f"{seconds['one indicator'] * 1000:.0f} ms", f"{seconds['figure']:.1f} s", f"{seconds['explorer']:.1f} s",
            f"{told['megabytes']:.0f} MB", f"{weight / 1000:,.1f} KB", bytes_more, f"{ready:.0f} ms", "–" if picks is None else f"{picks[0]:.0f} ms ({picks[1]})"]


def slowest(browser, address):
    """The pick that takes longest to be painted: milliseconds, and which it is."""
    with page_of(browser, address, PAINTED) as page:
        page.wait_for_selector(AWAKE)
        found = []
        for words, pick, back in large_picks():
            times = []
            for _ in range(PICKS):
                times.append(painted(page, pick))
                painted(page, back)
                time.sleep(.2)
            found.append((median(times), words))
    return max(found)


def row(cells):
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
