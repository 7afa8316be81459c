"""Pages brought up to date are, byte for byte, those of a build from nothing; so is
what is made beside them for teaching.
"""

import re
import subprocess
import sys

import nbformat
import pytest

from conftest import copy_project

pytestmark = pytest.mark.slow

# A book of four chapters that know of each other. All builds are made in one process,
# as a preview makes them. Each change is made to what the last ones left.
BUILDS = '''
import os
import shutil
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import publishing  # it leads to the package
from fourcities.facts import check_data

home = Path("_build").resolve()
home.mkdir()
check_data()  # as each build does, before it is noted what pages read

from publishing.hosts import fit_for_hosts
from publishing.pages import can_be_kept, make_pages
from publishing.site import replace_kept, start_from

DOT = (  # a picture of one dot
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)
TABLE = (
    '<div class="book-table" id="{}"><table><caption>{}</caption>'
    '<tr><td><span lang="de">{}</span></td></tr></table></div>'
)
EXPLORER = '<section class="explorer" id="picks">{}</section>'
PYTHON = {"language_info": {"name": "python"}}
ORDER = "one kurzfassung first-notebook"
TOC = "format: jb-book\\nroot: index\\nchapters:\\n"
toc = Path("_toc.yml")
pages = {
    "index": ["# The book", "It begins with [](one.ipynb)."],
    "one": [
        "# One",
        "A sentence about zebras. [Data](../data/units.csv)",
        TABLE.format("table-a", "The caption", "Amt"),
        EXPLORER.format("first"),
        "image/png",
    ],
    "kurzfassung": [
        "# Zwei",
        "See [](one.ipynb#table-a), [one](one.ipynb#table-a), [](one.ipynb#part).",
        TABLE.format("table-b", "Another", "Haus"),
    ],
    "first-notebook": ["# Last", "Words."],
}
pages["one"].append("## Part")


def cell(number, text):
    key = f"cell-{number}"
    if text.startswith("<") or text == "image/png":
        kind, data = ("text/html", text) if text != "image/png" else (text, DOT)
        output = new_output("display_data", {kind: data})
        return new_code_cell("1", outputs=[output], id=key)
    return new_markdown_cell(text, id=key)


def write(order):
    chapters = [f"- file: {name}\\n" for name in order.split()]
    toc.write_text(TOC + "".join(chapters), "utf-8")
    for name, texts in pages.items():
        cells = [cell(number, text) for number, text in enumerate(texts)]
        path = Path("book", f"{name}.ipynb")
        text = nbformat.writes(new_notebook(cells=cells, metadata=PYTHON))
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")


def files(folder):
    site = folder / "site"
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(folder / "_build" / "html", site)
    fit_for_hosts(site)
    paths = [path for path in site.rglob("*") if path.is_file()]
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in paths}


def build(what, kept=True):
    """Say in which files what was kept and then changed differs from a new site."""
    write(ORDER)
    assert can_be_kept(toc.resolve(), home / "kept") == kept, what
    start_from(home / "kept", home / "next", toc.resolve())
    assert make_pages(toc.resolve(), home / "next"), what
    replace_kept(home / "kept", home / "next")
    if not kept:
        return {}
    start_from(home / "nowhere", home / "new", toc.resolve())
    assert make_pages(toc.resolve(), home / "new"), what
    mine, new = files(home / "kept"), files(home / "new")
    differ = [name for name in mine | new if mine.get(name) != new.get(name)]
    print(f"CASE {what}: {differ}", flush=True)
    return mine


build("all", kept=False)

# What one page shows alone, and a table that no page is made from, are one case.
pages["one"][1] = "Another sentence."  # a download less as well
pages["one"][4] = "No picture any more."
pages["one"][3] = EXPLORER.format('<script>{"kind":"design"}</script>')
pages["kurzfassung"][0] = "# 四个城市"
table = Path("data/changes.csv")
table.write_text(table.read_text("utf-8").replace("A course", "The course"), "utf-8")
made = build("what one page shows")
assert not any(name.startswith("_images") for name in made)
assert b"The course" in made["data/changes.csv"]
pages["one"][2] = TABLE.format("table-a", "A new caption", "Ämter")
assert "A new caption" in build("caption")["kurzfassung.html"].decode()
pages["one"][0] = "# The first of them"
assert "The first of them" in build("title")["first-notebook.html"].decode()
pages["kurzfassung"][1] = "See [](first-notebook.ipynb#table-a), [](one.ipynb#part)."
pages["first-notebook"].append(pages["one"].pop(2))
build("label that moves")

# What all pages follow from.
others = ["_config.yml", "CITATION.cff", "publishing/templates/page.html"]
others += ["publishing/extensions/doors.py", "data/units.csv", "data/sections.csv"]
for name in others:
    path = Path(name)
    was = path.read_bytes()
    path.write_bytes(was + b" ")
    believed = can_be_kept(toc.resolve(), home / "kept")
    print(f"CASE {name}:", "believed" if believed else [])
    path.write_bytes(was)
os.environ["COMMIT"] = "0123456"
believed = can_be_kept(toc.resolve(), home / "kept")
print("CASE commit:", "believed" if believed else [])
del os.environ["COMMIT"]
write("kurzfassung one first-notebook")
believed = can_be_kept(toc.resolve(), home / "kept")
print("CASE order:", "believed" if believed else [])
write(ORDER)
assert can_be_kept(toc.resolve(), home / "kept")

# What is wrong with a page that did not change itself is found.
pages["one"][-1] = "## Renamed"
write(ORDER)
start_from(home / "kept", home / "next", toc.resolve())
seen = not make_pages(toc.resolve(), home / "next")
print("CASE a link that leads nowhere:", [] if seen else "not seen")
believed = can_be_kept(toc.resolve(), home / "next")
print("CASE pages that are not whole:", "believed" if believed else [])
'''


def test_a_site_brought_up_to_date_is_that_of_a_build_from_nothing(tmp_path):
    folder = copy_project(tmp_path)
    for path in (folder / "book").glob("*.ipynb"):
        path.unlink()
    done = subprocess.run(
        [sys.executable, "-c", BUILDS],
        cwd=folder,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    found = re.findall(r"^CASE (.*): (.*)$", done.stdout, re.M)
    assert len(found) == 14
    assert {differ for _, differ in found} == {"[]"}, found


TEACHING = """
import sys
from pathlib import Path
from publishing import handouts, question_bank, slides
from publishing.parts import Parts
for site in map(Path, sys.argv[1:]):
    for name in ("_static", "_handouts"):
        (site / name).mkdir(parents=True, exist_ok=True)
    parts = Parts(site / "parts")
    question_bank.write(site, "", parts)
    slides.write(site, parts)
    for name, html in handouts._pages(parts).items():
        (site / "_handouts" / f"{name}.html").write_bytes(html)
"""
KINDS = ("_course/*", "_slides/*", "_handouts/*")


def test_what_is_kept_for_teaching_follows_the_words_of_chapters(project):
    """Of every chapter at once: its exercises, what stands over its figures."""

    def made(*folders):
        command = [sys.executable, "-c", TEACHING, *folders]
        subprocess.run(command, cwd=project, check=True)
        files = [
            [file for kind in KINDS for file in sorted((project / name).glob(kind))]
            for name in folders
        ]
        return [{path.name: path.read_bytes() for path in found} for found in files]

    (before,) = made("kept")
    for path in (project / "book").glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                cell.source += " Zebras."
            for output in cell.get("outputs", []):
                html = output.get("data", {})
                head = "<figcaption><strong>"
                if head in html.get("text/html", ""):
                    html["text/html"] = html["text/html"].replace(head, f"{head}Zebra ")
        nbformat.write(notebook, path)
    kept, new = made("kept", "new")
    assert kept == new
    changed = {name for name in kept if kept[name] != before[name]}
    assert {"question-bank.xml", "figures.html", "session-1.html"} <= changed
    assert b"Zebras." in kept["question-bank.xml"]
