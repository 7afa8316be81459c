"""The build: what is stale is executed, what is not is left alone, and the same input
gives the same bytes.
"""

import itertools
import os
import re
import shutil
import signal
import subprocess
import sys

import nbformat
import pytest
import yaml
from bs4 import BeautifulSoup
from filelock import FileLock

from conftest import ROOT, edit, run_build
from fourcities.facts import data_files
from publishing import STOPPED
from publishing.contents import chapters
from publishing.errors import BuildError
from publishing.notebooks import _workers, changes, hashes, read_notebook
from publishing.paths import ANSWERS

# A notebook that reads some tables and draws, and with ALL=yes each of them.
BASIC = ROOT / "book" / "basic-data.ipynb"
SOME = [*chapters(), ANSWERS] if os.environ.get("ALL") else [BASIC]


def html_of(folder):
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def test_a_changed_cell_reaches_every_page(altered):
    """Cologne's population: the new number everywhere, the old one nowhere."""
    folder = altered / "_build" / "teacher"
    pages = {
        p.name: BeautifulSoup(p.read_text("utf-8"), "html.parser").get_text()
        for p in folder.glob("*.html")
    }
    sources = {
        p.name: p.read_text("utf-8")
        for p in [*(folder / "_sources").iterdir(), folder / "searchindex.js"]
    }
    old = re.compile(
        r"1[,.]?061[,.]?000|1\.06 million|106\.1万|2,620|117,889"
    )  # the number, its density, its district size
    left = {name: old.findall(text) for name, text in (pages | sources).items()}
    assert not any(left.values()), left
    for name in (
        "index",
        "introduction",
        "basic-data",
        "population-structure",
        "administration",
    ):
        assert (
            "1,234,567" in pages[f"{name}.html"]
            or "1.23 million" in pages[f"{name}.html"]
        ), name
    assert "1.234.567" in pages["kurzfassung.html"]
    assert "123.4567万" in pages["zhaiyao.html"]
    assert "differs by" in pages["basic-data.html"], (
        "the printed share no longer follows from the population"
    )
    assert "3,049" in pages["basic-data.html"], "the density follows"


def test_an_unchanged_book_is_left_alone(site):
    made = (site / "index.html").stat().st_mtime_ns
    done = run_build(ROOT)
    assert (
        "All notebooks are up to date." in done.stdout
        and "The site is up to date." in done.stdout
    )
    assert (site / "index.html").stat().st_mtime_ns == made


def test_prose_executes_nothing(altered):
    said = (altered / "said.txt").read_text("utf-8")
    assert "All notebooks are up to date." in said
    assert "How much do these four cities produce" in (
        altered / "_build" / "teacher" / "economy.html"
    ).read_text("utf-8")


REFRESH = """
import sys
from pathlib import Path
from publishing.notebooks import refresh
from fourcities.facts.state import remember, state_of
remember(state_of())  # what is left of the data would not pass
refresh([Path(sys.argv[1]).resolve()])
"""


@pytest.mark.parametrize("path", SOME, ids=lambda path: path.stem)
def test_a_notebook_follows_from_what_it_read_alone(project, path):
    """Executed again, it is the same notebook, though all is empty that its record does
    not name: no change elsewhere can reach its outputs. ALL=yes proves it of each.
    """
    committed = path.read_bytes()
    notebook = nbformat.read(path, as_version=4)
    read = notebook.metadata.pop("fourcities")["read"]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    others = [project.iterdir(), project.glob("data/*"), project.glob("book/**/*")]
    for file in itertools.chain(*others):
        if file.is_file() and file.relative_to(project).as_posix() not in read:
            file.write_bytes(b"")
    mine = project / "book" / path.name
    nbformat.write(notebook, mine)
    (project / "_build").mkdir()
    assert "Executing 1 of 1" in said(project, REFRESH, arguments=[mine])
    assert mine.read_bytes() == committed


def test_a_changed_table_concerns_its_readers_alone():
    notebooks = {path.stem: read_notebook(path) for path in chapters()}
    files = hashes()
    readers = {}
    for table in data_files():
        name = f"data/{table.name}"
        changed = files | {name: "another"}
        why = {stem: changes(one, changed) for stem, one in notebooks.items()}
        readers[name] = {stem for stem in why if why[stem]}
        assert all(why[stem] == [name] for stem in readers[name])
        assert "data-and-sources" in readers[name], "it counts the rows of each"
    assert readers["data/datapackage.json"] == set(notebooks)
    of_cooperation = readers["data/cooperation.csv"]
    assert {"co-operation", "explore-texts"} <= of_cooperation
    assert not of_cooperation & {"economy", "glossary", "basic-data", "workbench"}
    assert readers["data/terms.csv"] == {"data-and-sources", "glossary"}


SAVED = """
import publishing.notebooks as notebooks
from publishing.notebooks import BOOK
one, two = BOOK / "index.ipynb", BOOK / "glossary.ipynb"
execute = notebooks._execute_all
def and_save(given):
    notebooks._execute_all = execute
    records = execute(given)
    for path, old, new in ((one, "1 + 1", "2 + 2"), (two, "# Glossary", "# Words")):
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    return records
notebooks._execute_all = and_save
notebooks.refresh([one, two])
"""


def test_what_is_saved_while_notebooks_run_is_not_lost(project):
    """One that ran and one that did not."""
    cell = nbformat.v4.new_code_cell("1 + 1", id="sum")
    one = project / "book" / "index.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), one)
    told = said(project, SAVED)
    assert told.count("Executed book/index.ipynb") == 2, told
    (cell,) = nbformat.read(one, as_version=4).cells
    assert (cell.source, cell.outputs[0].data["text/plain"]) == ("2 + 2", "4")
    two = nbformat.read(project / "book" / "glossary.ipynb", as_version=4)
    assert two.cells[0].source.startswith("# Words")


PUBLISHED = """
from pathlib import Path
from publishing.extensions.workbook import workbook_files
from publishing.contents import chapters, hash_of_code
from publishing.notebooks import changes, hashes, read_notebook
from publishing.site import _hash_of_sources
from fourcities.facts import state_of
def published():
    files = hashes()
    stale = [changes(read_notebook(path), files) for path in chapters()]
    state = state_of(), stale, _hash_of_sources(), hash_of_code()
    return workbook_files("Title"), state
before = published()
for name in (
    "data/.~lock.observations.csv#", "data/notes.txt", "data/observations.csv.bak",
    "book/economy-Copy1.ipynb", "book/fourcities/facts/units.py~",
    "book/fourcities/explorers/bundles/old.js", "publishing/site.py.orig",
    "publishing/static/#book.css#",
):
    Path(name).write_text("left by a program, with user and host", "utf-8")
Path("book/.economy-copy.ipynb").write_bytes(Path("book/economy.ipynb").read_bytes())
after = published()
print(sorted(before[0].keys() ^ after[0].keys()), before == after)
"""


def test_what_lies_about_is_neither_published_nor_counted(project):
    """Only what the data package, the table of contents and the package name."""
    assert said(project, PUBLISHED) == "[] True"
    static = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    for path in static["sphinx"]["config"]["html_static_path"]:
        assert (ROOT / "book" / path).is_file(), "files by name, not their folder"


LINE_ENDS = """
from pathlib import Path
from publishing.bundles import stale
from publishing.contents import hash_of_code
from publishing.notebooks import hashes
from publishing.site import _hash_of_sources
before = hashes(), _hash_of_sources(), hash_of_code(), stale()
for name in ("data", "book", "publishing"):
    for path in Path(name).rglob("*.*"):
        if path.is_file() and path.suffix != ".pyc":
            path.write_bytes(path.read_bytes().replace(b"\\n", b"\\r\\n"))
print(before == (hashes(), _hash_of_sources(), hash_of_code(), stale()))
"""


def test_line_ends_of_another_system_make_nothing_stale(project):
    assert said(project, LINE_ENDS) == "True"


def test_a_clone_has_the_same_bytes_whatever_git_is_told(tmp_path):
    """Also where it is told to write the line ends of Windows."""
    names = ["publishing/get-browser.sh", "Makefile", "README.png", ".gitattributes"]
    names += ["data/places.csv", "book/glossary.ipynb"]
    origin, clone = tmp_path / "origin", tmp_path / "clone"
    for name in names:
        (origin / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, origin / name)
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    crlf = ["-c", "core.autocrlf=true"]
    for command in (
        ["init", "-q", origin],
        ["-C", origin, "add", "."],
        ["-C", origin, *who, "commit", "-qm", "all"],
        [*crlf, "clone", "-q", origin, clone],
    ):
        subprocess.run(["git", *command], check=True)
    for name in names:
        assert (clone / name).read_bytes() == (ROOT / name).read_bytes(), name


def said(folder, code, env=None, arguments=()):
    """What a program says that runs in a copy of the project."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env=env,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return done.stdout.strip()


PERSONAL = {  # files of a home that would change what notebooks show
    ".ipython/profile_default/ipython_config.py": "c = get_config()\n"
    "c.InteractiveShell.ast_node_interactivity = 'all'\n",
    ".ipython/profile_default/startup/mine.py": "print('hello')\n",
    ".config/matplotlib/matplotlibrc": "figure.figsize: 1, 1\n",
    "startup.py": "print('hello')\n",
    "kernels/python3/kernel.json": '{"argv": ["/bin/false"], "display_name": "Mine"}',
}
EXECUTED = """
import nbformat
from publishing.notebooks import ROOT, _execute
code = '''1
import time, locale, matplotlib
(time.tzname[0], matplotlib.rcParams["figure.figsize"], locale.getlocale()[1])'''
notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
_execute(ROOT / "book" / "any.ipynb", notebook)
print([output.data["text/plain"] for output in notebook.cells[0].outputs])
"""


def test_a_notebook_runs_without_the_configuration_of_a_person(tmp_path):
    for name, text in PERSONAL.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    usual = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("IPYTHON", "JUPYTER", "MATPLOTLIB", "MPL"))
    }
    own = {
        "HOME": str(tmp_path),
        "JUPYTER_PATH": str(tmp_path),
        "PYTHONSTARTUP": str(tmp_path / "startup.py"),
        "TZ": "Asia/Shanghai",
        "LC_ALL": "POSIX",
    }
    shown = said(ROOT, EXECUTED, env=usual | own)
    assert shown == "[\"('UTC', [6.4, 4.8], 'UTF-8')\"]"


@pytest.mark.parametrize(
    "source, message",
    [
        ("fc.observations('gnp')", "unknown indicator 'gnp'"),
        ("import warnings; warnings.warn('careful')", "expected no warnings, found"),
    ],
)
def test_a_failing_notebook_is_named_and_nothing_is_written(project, source, message):
    path = project / "book" / "economy.ipynb"
    notebook = nbformat.read(path, as_version=4)
    first, *others = (cell for cell in notebook.cells if cell.cell_type == "code")
    first.source += f"\n{source}"
    for cell in others:  # what follows is of no account, and takes its time
        cell.metadata.setdefault("tags", []).append("skip-execution")
    nbformat.write(notebook, path)
    before = {p: p.read_bytes() for p in (project / "book").glob("*.ipynb")}
    done = run_build(project)
    assert done.returncode == 1
    assert re.search(
        rf"book/economy.ipynb, cell \d+: .*{re.escape(message)}", done.stdout
    ), done.stdout
    assert "Traceback" not in done.stdout
    assert {p: p.read_bytes() for p in before} == before
    assert not (project / "_build" / "html").exists()


@pytest.mark.parametrize("asked", ["0", "many", "1.5", "-1", " 2"])
def test_a_limit_that_is_no_number_is_named(monkeypatch, asked):
    monkeypatch.setenv("JOBS", "3")
    assert _workers() == 3
    monkeypatch.setenv("JOBS", asked)
    with pytest.raises(BuildError, match=f"JOBS: found {asked!r}, expected how many"):
        _workers()


def test_a_missing_chapter_is_named(project):
    (project / "book" / "economy.ipynb").unlink()
    done = run_build(project)
    assert done.returncode == 1 and "there is no book/economy.ipynb" in done.stdout


def test_a_broken_toc_is_named(project):
    edit(project / "_toc.yml", "root: index", "rot: index")
    done = run_build(project)
    assert (
        done.returncode == 1
        and "_toc.yml, root: expected text, found nothing" in done.stdout
        and "Traceback" not in done.stdout
    )


def test_a_broken_notebook_is_named(project):
    (project / "book" / "economy.ipynb").write_text("{", "utf-8")
    done = run_build(project)
    assert (
        done.returncode == 1
        and "book/economy.ipynb is no readable notebook" in done.stdout
    )


SMALL = """
import publishing.build as build
build.check_chapters = build.check_lengths = lambda: None
build.main()
"""


def shorten(project, **pages):
    """Let the book of a project be a few pages, which no kernel has run yet."""
    for name, source in pages.items():
        cell = nbformat.v4.new_markdown_cell(source, id="one")
        notebook = nbformat.v4.new_notebook(cells=[cell])
        nbformat.write(notebook, project / "book" / f"{name}.ipynb")
    root, *others = pages
    toc = f"format: jb-book\nroot: {root}\n"
    if others:
        toc += "chapters:\n" + "".join(f"- file: {name}\n" for name in others)
    (project / "_toc.yml").write_text(toc, "utf-8")


def test_a_warning_of_the_site_stops_it(project):
    """Of a book of one page, which has nothing to complain of but a link."""
    shorten(project, index="# One\n\n[to](index.ipynb#no-such-table)")
    told = said(project, SMALL)
    assert told.count("WARNING") == 1, told
    assert "no-such-table" in told and "jupyter-book stopped" in told, told
    assert not (project / "_build" / "html").exists()


# Interrupted and repeated


def start(project, *program):
    return subprocess.Popen(
        [sys.executable, *(program or ["-m", "publishing.build"])],
        cwd=project,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def stop(build):
    """Kill a build with all that it started, as a power cut does."""
    os.killpg(build.pid, signal.SIGKILL)
    build.wait()


def wait_for(build, words):
    """Read what a build says until a line with these words."""
    for line in build.stdout:
        if words in line:
            return
    raise AssertionError(f"the build ended without {words!r}")


def differing(folder, site):
    """Names of the files in which two sites differ, or which one of them lacks."""
    mine, theirs = html_of(folder), html_of(site)
    return [name for name in mine | theirs if mine.get(name) != theirs.get(name)]


def test_builds_that_are_killed_or_meet_another_give_the_same_bytes(project):
    """At any moment: the last good site stays, and the next build gives what an
    undisturbed one gives. Of two at once the second waits and finds all done. A book of
    two titles goes through all that a build does.
    """
    good = project / "_build" / "html"
    undisturbed = project / "undisturbed"
    pages = {"index": "# One", "teaching-guide": "# Two"}
    shorten(project, **pages)
    told = said(project, SMALL)
    assert told.endswith("index.html"), told
    shutil.move(good, undisturbed)
    shutil.rmtree(project / "_build")
    good.mkdir(parents=True)
    (good / "index.html").write_text("the last good site", "utf-8")
    shorten(project, **pages)
    (project / "book" / "economy.ipynb.new").write_text("half a notebook", "utf-8")
    for moment in ("Executing", "writing output", "Printing handouts"):
        build = start(project, "-c", SMALL)
        wait_for(build, moment)
        stop(build)
        assert (good / "index.html").read_text("utf-8") == "the last good site", moment
    first = start(project, "-c", SMALL)
    wait_for(first, "Checking data")
    second = start(project, "-c", SMALL)
    wait_for(second, "Another build is at work here; waiting for it")
    told = first.communicate()[0]
    assert first.returncode == 0 and told.rstrip().endswith("index.html"), told
    told = second.communicate()[0]
    assert second.returncode == 0 and "The site is up to date." in told, told
    assert differing(good, undisturbed) == []
    assert (
        not list((project / "book").glob("*.new"))
        and not (project / "_build" / "next").exists()
    )


def test_control_and_c_ends_a_build_with_one_line(project):
    """In a terminal it reaches the build and all that the build has started."""
    path = project / "book" / "general-data.ipynb"
    edit(path, '"fingerprint": "', '"fingerprint": "stale')
    before = path.read_bytes()
    build = start(project)
    wait_for(build, "Executing")
    os.killpg(build.pid, signal.SIGINT)
    rest = build.communicate(timeout=30)[0].split("\n\n")[-1]
    assert build.returncode == 130
    assert rest.strip().splitlines()[-1] == STOPPED, rest
    assert "Traceback" not in rest and path.read_bytes() == before


def test_cities_and_builds_take_turns(project):
    (project / "_build").mkdir()
    command = [sys.executable, "-m", "publishing.newcity", "Hamburg"]
    with FileLock(project / "_build" / ".lock"):
        city = subprocess.Popen(command, cwd=project, text=True, stdout=subprocess.PIPE)
        wait_for(city, "Another build is at work here; waiting for it")
        assert not (project / "new").exists()
    assert "Written: new/hamburg/" in city.communicate(timeout=60)[0]


def test_stopped_between_two_sites_the_last_one_comes_back(site, project):
    shutil.copytree(site, project / "_build" / "html.last")
    (project / "_toc.yml").write_text("broken: [", "utf-8")
    run_build(project)
    (project / "_toc.yml").write_bytes((ROOT / "_toc.yml").read_bytes())
    (project / "data" / "references.bib").write_text(
        "changed, so that a site is due", "utf-8"
    )
    (project / "_config.yml").write_text("broken: [", "utf-8")
    assert run_build(project).returncode == 1
    assert (project / "_build" / "html" / "index.html").read_bytes() == (
        site / "index.html"
    ).read_bytes()


def test_a_full_disk_is_named(site, project):
    """No file may grow beyond some kilobytes, as on a full disk: one clear message, and
    the last site stays.
    """
    good = project / "_build" / "html"
    good.mkdir(parents=True)
    (good / "index.html").write_text("the last good site", "utf-8")
    notebook = nbformat.read(project / "book" / "conclusion.ipynb", as_version=4)
    notebook.metadata["fourcities"]["fingerprint"] = "stale"
    nbformat.write(notebook, project / "book" / "conclusion.ipynb")
    before = (project / "book" / "conclusion.ipynb").read_bytes()
    code = (
        "import resource, signal, sys, publishing.build as b, "
        "publishing.notebooks as n; "
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); n._execute = lambda *a: "
        "set(); resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)); sys.argv = "
        "['build']; b.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=project,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert (
        done.returncode == 1
        and "can't be written or read: File too large. Free some space" in done.stdout
        and "Traceback" not in done.stdout
    ), done.stdout
    assert (good / "index.html").read_text("utf-8") == "the last good site" and (
        project / "book" / "conclusion.ipynb"
    ).read_bytes() == before


def test_a_folder_that_cannot_be_written_is_named(project):
    (project / "_build").write_text("a file where the folder belongs", "utf-8")
    done = run_build(project)
    assert (
        done.returncode == 1
        and "_build" in done.stdout
        and "can't be written or read: File exists" in done.stdout
        and "Traceback" not in done.stdout
    ), done.stdout
