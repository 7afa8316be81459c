"""How light and how good each page is: Lighthouse on a simulated mid-range phone,
beside a stock jupyter-book site of the same notebooks.

`make bench` runs it; README.md says how to read it. Prints a table and writes it to
results-pages.md.
Needs the built site, Chromium and, the first time, the npm registry.

    python benchmarks/lighthouse.py [page …]        all pages, or only these
"""

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from browser import candidates
from pages import serve
from report import conditions, row, table

HERE = Path(__file__).resolve().parent
ROOT, CACHE = HERE.parent, HERE / ".cache"
SITE = ROOT / "_build" / "html"
PACKAGES = (
    "lighthouse@13.5.0",
    "node@22.23.3",
)  # Lighthouse 13 needs a newer Node than Debian 12 has
CHROME = (
    "--headless=new --no-sandbox --disable-background-networking "
    "--disable-component-update"
)
AIMS = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 97}
FIGURE = re.compile(r'<figure class="drawing".*?</figure>', re.S)
# What jupyter-book makes of the notebooks when it is told nothing but not to run them.
STOCK = (
    "title: Four cities, migrants and social "
    'organizations\nonly_build_toc_files: true\nexecute:\n  execute_notebooks: "off"\n'
)
NO_INDEX = 'name="robots" content="noindex"'


def main():
    pages = sys.argv[1:] or sorted(path.stem for path in SITE.glob("*.html"))
    missing = [page for page in pages if not (SITE / f"{page}.html").exists()]
    if missing or not pages:
        sys.exit(
            f"There is no built page {', '.join(missing) or 'at all'}: run `make "
            "book` first."
        )
    lighthouse = [*install()]
    head = conditions()
    with tempfile.TemporaryDirectory() as folder:
        sites = {"ours": SITE, "stock": stock_site(Path(folder))}
        served = {name: serve(site) for name, site in sites.items()}
        found = {}
        for page in pages:
            for name, (_, address) in served.items():
                if (
                    sites[name] / f"{page}.html"
                ).exists():  # the stock way has no page for lost readers
                    found[name, page] = measured(
                        lighthouse, f"{address}/{page}.html", Path(folder)
                    )
            print(
                page,
                *(
                    f"{name}: {found[name, page]['bytes'] / 1000:.0f} KB"
                    for name in sites
                    if (name, page) in found
                ),
                flush=True,
            )
        for server, _ in served.values():
            server.shutdown()
    text = report(head, pages, found)
    if not sys.argv[1:]:
        (HERE / "results-pages.md").write_text(text, "utf-8")
    print(text)


def install():
    """Lighthouse and its Node from the npm registry, kept in .cache. Returns the
    command that starts it.
    """
    CACHE.mkdir(exist_ok=True)
    wanted = CACHE / "lighthouse" / ".installed"
    if not wanted.exists() or wanted.read_text() != " ".join(PACKAGES):
        if not shutil.which("npm"):
            sys.exit("Lighthouse comes from the npm registry: install npm.")
        (CACHE / "lighthouse").mkdir(exist_ok=True)
        subprocess.run(
            [
                "npm",
                "install",
                "--silent",
                "--no-save",
                "--prefix",
                CACHE / "lighthouse",
                *PACKAGES,
            ],
            check=True,
        )
        wanted.write_text(" ".join(PACKAGES))
    modules = CACHE / "lighthouse" / "node_modules"
    return modules / ".bin" / "node", modules / "lighthouse" / "cli" / "index.js"


def stock_site(folder):
    """The same notebooks built by jupyter-book with its own theme and extensions.
    Returns the site's folder.
    """
    shutil.copytree(
        ROOT / "book", folder / "book", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.copy(ROOT / "_toc.yml", folder / "book")
    (folder / "book" / "_config.yml").write_text(STOCK, "utf-8")
    program = Path(sys.executable).with_name("jupyter-book")
    subprocess.run(
        [program, "build", "book", "--path-output", "."],
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return folder / "_build" / "html"


def measured(lighthouse, address, folder):
    """Lighthouse's scores (0 to 100), what they were marked down for, bytes on the way,
    time to the largest paint (ms).
    """
    path = folder / "report.json"
    command = [
        *lighthouse,
        address,
        "--quiet",
        "--output=json",
        f"--output-path={path}",
        f"--chrome-flags={CHROME}",
    ]
    chrome = {"CHROME_PATH": candidates()[0] or ""}
    subprocess.run(command, check=True, env={**os.environ, **chrome})
    result = json.loads(path.read_text("utf-8"))
    if "runtimeError" in result:
        sys.exit(f"{address}: {result['runtimeError']['message']}")
    audits = result["audits"]
    return {
        "scores": {
            name: round(result["categories"][name]["score"] * 100) for name in AIMS
        },
        "faults": {
            name: [
                ref["id"]
                for ref in result["categories"][name]["auditRefs"]
                if ref["weight"] and audits[ref["id"]]["score"] not in (1, None)
            ]
            for name in AIMS
        },
        "bytes": audits["total-byte-weight"]["numericValue"],
        "painted": audits["largest-contentful-paint"]["numericValue"],
        "version": result["lighthouseVersion"],
    }


def figures(page):
    """Bytes that the figures of a page add to it, compressed."""
    html = (SITE / f"{page}.html").read_text("utf-8")
    return len(gzip.compress(html.encode(), 9)) - len(
        gzip.compress(FIGURE.sub("", html).encode(), 9)
    )


def report(head, pages, found):
    """The table of goals, then one line for each page."""
    ours = {page: found["ours", page] for page in pages}
    both = [page for page in pages if ("stock", page) in found]
    rows = []
    for name, aim in AIMS.items():
        counted = [
            page
            for page in pages
            if name != "seo"
            or NO_INDEX not in (SITE / f"{page}.html").read_text("utf-8")
        ]
        rows.append(
            row(
                f"{name}, lowest of {len(counted)} pages",
                min((ours[page]["scores"][name] for page in counted), default=100),
                aim,
                "points",
                more=True,
            )
        )
    rows += [
        row(
            "heaviest page without its figures, gzip",
            max(ours[page]["bytes"] - figures(page) for page in pages) / 1000,
            150,
            "KB",
        ),
        row(
            "heaviest page with its figures, gzip",
            max(one["bytes"] for one in ours.values()) / 1000,
            300,
            "KB",
        ),
    ]
    for what, unit, size in (("bytes", "KB", 1000), ("painted", "s", 1000)):
        own, other = (
            [found[name, page][what] / size for page in both]
            for name in ("ours", "stock")
        )
        label = {
            "bytes": "sent, gzip",
            "painted": "largest paint on a simulated phone",
        }[what]
        rows += [
            row(f"{label}, median of {len(both)} pages", median(own), None, unit),
            row(f"{label}, the stock way", median(other), None, unit),
            row(
                f"{label}: times less, median",
                median(b / a for a, b in zip(own, other)),
                8 if what == "bytes" else None,
                "×",
                more=True,
            ),
            row(
                f"{label}: times less, all pages together",
                sum(other) / sum(own),
                8 if what == "bytes" else None,
                "×",
                more=True,
            ),
            row(
                f"{label}: times less, the page where it is least",
                min(b / a for a, b in zip(own, other)),
                None,
                "×",
                more=True,
            ),
        ]
    lines = [
        f"# Pages, by Lighthouse {ours[pages[0]]['version']}",
        "",
        head,
        "",
        *table(rows),
        "",
        "| page | KB | without figures | stock, KB | times less | performance | "
        "stock | accessibility | stock | best practices | stock | SEO | stock | "
        "marked down for |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|",
    ]
    for page in pages:
        one, other = ours[page], found.get(("stock", page))
        size = one["bytes"] / 1000
        cells = [
            page,
            f"{size:.0f}",
            f"{size - figures(page) / 1000:.0f}",
            *(
                (
                    f"{other['bytes'] / 1000:,.0f}",
                    f"{other['bytes'] / one['bytes']:.1f}",
                )
                if other
                else ("", "")
            ),
        ]
        for name in ("performance", "accessibility", "best-practices", "seo"):
            cells += [
                str(one["scores"][name]),
                str(other["scores"][name]) if other else "",
            ]
        missed = [name for name in AIMS if one["scores"][name] < AIMS[name]]
        cells.append(
            ", ".join(fault for name in missed for fault in one["faults"][name])
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
