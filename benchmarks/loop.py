"""How long an author waits: nothing changed, a sentence, a cell of a table, a module;
everything from nothing, also on one core; the notebooks alone; the preview; installing;
the fast tests.

    python benchmarks/loop.py [--ours] [case …]     all cases, or only these

Prints a row for each case and puts it into results-loop.md, where those of other cases
stay. `make bench` runs it; README.md says how to read it. Each build is run in a copy
of the project, beside a stock jupyter-book of the same notebooks; --ours leaves that
out, and writes nothing. Needs the built site, and for installing a network.
"""

import argparse
import concurrent.futures
import contextlib
import csv
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import NamedTuple

import nbformat
import psutil
from report import VERDICT, conditions

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
LEFT = (".venv", ".hypothesis", ".*_cache", ".cache", "__pycache__", "new")
MAKE = ["make", "-o", ".venv/.installed", "-o", ".venv/.installed-dev"]
BOOK = [*MAKE, "book"]
STOCK = [str(Path(sys.executable).with_name("jupyter-book"))]
STOCK += ["build", "book", "--path-output", "."]
# Nothing but what makes it run the notebooks, and those alone whose code has changed.
SETTINGS = (
    "title: Four cities, migrants and social organizations\n"
    "only_build_toc_files: true\n"
    "execute:\n  execute_notebooks: cache\n  timeout: 900\n"
)
WORD = re.compile(r"\b[a-z]{4,}\b")
ADDRESS = re.compile(r"http://[\w.]+:\d+")
PATIENCE = 600  # seconds for a page to change
PREVIEWED = {"sentence": 5, "cell": 15}  # goals, in seconds
ENOUGH = 2048  # MiB of memory that a machine with one core has, all in all
RUN = """from publishing.notebooks import BOOK, refresh
refresh(BOOK.glob("*.ipynb"), everything=True)
"""
NO_MORE = "import fourcities as fc"  # of a notebook: the line that each begins with
PAGES = {"sentence": "economy.html", "cell": "co-operation.html"}  # show the change
RESULTS = HERE / "results-loop.md"
OF_BEFORE = "Rows of cases that this run left out are those of the run before."
COLUMNS = [
    "what",
    "seconds",
    "of processors",
    "stock way, seconds",
    "of processors",
    "times less, processors",
    "goal",
    "",
]


class Spent(NamedTuple):
    """Seconds by the clock, and of processors, of a program and all that it starts."""

    clock: float
    processors: float


class Row(NamedTuple):
    """A line of the table. verdict: a goal in words, and how it is met."""

    words: str
    ours: Spent
    stock: Spent | None = None
    verdict: tuple[str, str] = ("", "")


def at_most(value, goal, unit, shown=""):
    """The verdict on a value. shown: where the table doesn't have it yet, the value."""
    return f"at most {goal} {unit}", VERDICT[value <= goal] + shown


def main():
    wanted = _arguments()
    if not (ROOT / "_build" / "html" / "index.html").exists():
        sys.exit("There is no built site to measure: run `make book` first.")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # as the Makefile does
    head = conditions()
    with tempfile.TemporaryDirectory() as folder:
        ours, stock = copy_of(Path(folder) / "ours"), None
        if {*wanted.cases} & {*PAGES, "preview"}:
            settle(ours)
        if not wanted.ours and {*wanted.cases} & {*CHANGES, "everything"}:
            stock = stock_copy(Path(folder) / "stock")
            everything = spent(STOCK, stock)
        for case in wanted.cases:
            if case == "everything":
                forget(ours)
                new = [Row(WORDS[case], spent(BOOK, ours), stock and everything)]
            elif case in CHANGES:
                new = [changed(case, ours, stock)]
            else:
                new = OTHERS[case](ours, wanted.ours)
            print(*map(line, new), sep="\n", flush=True)
            if not wanted.ours:
                keep(new, head)


def _arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--ours", action="store_true", help="without the stock way")
    parser.add_argument(
        "cases", nargs="*", metavar="case", choices=[*WORDS, []], help=", ".join(WORDS)
    )
    wanted = parser.parse_args()
    wanted.cases = wanted.cases or [*WORDS]
    return wanted


# ---------- copies of the project, and what it takes to run something in them


def copy_of(folder):
    """Copy the project with its built site, and with what is installed."""
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT))
    (folder / ".venv").symlink_to(ROOT / ".venv")
    return folder


def settle(folder):
    """Make the pages of a copy once: where they have moved, Sphinx reads all anew."""
    (folder / "_build" / "html.made-from").unlink()
    spent(BOOK, folder)


def stock_copy(folder):
    """Copy the project for a stock jupyter-book, nothing of it executed or built."""
    copy_of(folder)
    forget(folder)
    shutil.copy(folder / "_toc.yml", folder / "book")
    (folder / "book" / "_config.yml").write_text(SETTINGS, "utf-8")
    return folder


def forget(folder):
    """Take out of a project all that running and building left in it."""
    shutil.rmtree(folder / "_build", ignore_errors=True)
    for path in (folder / "book").glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        notebook.metadata.pop("fourcities", None)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        nbformat.write(notebook, path)


def spent(command, folder):
    """What a command takes in a folder; one that fails ends the run."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        command,
        cwd=folder,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    clock = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: {done.stdout[-3000:]}")
    user, system = (
        getattr(after, n) - getattr(before, n) for n in ("ru_utime", "ru_stime")
    )
    return Spent(clock, user + system)


def at_its_height(run):
    """What a function gives, and MiB of memory of all programs that it started, at the
    moment when they had most; what several share is counted once.
    """
    me, most = psutil.Process(), 0.0
    others = {*me.children(recursive=True)}
    with concurrent.futures.ThreadPoolExecutor() as pool:
        running = pool.submit(run)
        while not running.done():
            started = {*me.children(recursive=True)} - others
            most = max(most, sum(map(memory, started)))
            time.sleep(0.2)
        return running.result(), most


def memory(process):
    """MiB that a running program has, with its share of what it shares."""
    try:
        return process.memory_full_info().pss / 2**20
    except psutil.Error:  # it has just ended
        return 0


# ---------- 1: a change, and a build


def change_sentence(folder, mark):
    """Another word in the question that a chapter begins with."""
    path = (folder / "book" / PAGES["sentence"]).with_suffix(".ipynb")
    notebook = nbformat.read(path, as_version=4)
    title, _, question = notebook.cells[0].source.partition("\n")
    notebook.cells[0].source = f"{title}\n{WORD.sub(mark, question, count=1)}"
    nbformat.write(notebook, path)


def change_cell(folder, mark):
    """Another word in one cell of a table."""
    path = folder / "data" / "cooperation.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    rows[-1]["statement"] = WORD.sub(mark, rows[-1]["statement"], count=1)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def change_module(folder, mark):
    """A line more in a module of the package; no page shows it."""
    path = folder / "book" / "fourcities" / "presentation" / "sentences.py"
    path.write_text(f"{path.read_text('utf-8')}\n# {mark}\n", "utf-8")


def change_nothing(folder, mark):
    """All stays as it is."""


CHANGES = {
    "nothing": change_nothing,
    "sentence": change_sentence,
    "cell": change_cell,
    "module": change_module,
}


def changed(case, ours, stock):
    """A build after a change, and the stock way's.

    jupyter-book executes a notebook again if its code has changed, and not for data or
    a package: where the page doesn't show the change, what it has kept of the notebooks
    is taken away and all pages are made again, as its manual tells an author to do, and
    that build counts.
    """
    mark = f"word{case}"
    CHANGES[case](ours, mark)
    row = Row(WORDS[case], spent(BOOK, ours))
    if not shows(ours, case, mark):
        sys.exit(f"{case}: {PAGES[case]} doesn't show the change after `make book`")
    if not stock:
        return row
    CHANGES[case](stock, mark)
    theirs = spent(STOCK, stock)
    if case == "module" or not shows(stock, case, mark):
        shutil.rmtree(stock / "_build" / ".jupyter_cache")
        theirs = spent([*STOCK, "--all"], stock)
        if not shows(stock, case, mark):
            sys.exit(f"{case}: {PAGES[case]} doesn't show the change, the stock way")
    return row._replace(stock=theirs)


def shows(project, case, mark):
    """Whether the page that shows a change has the mark; true if none shows it."""
    if case not in PAGES:
        return True
    return mark in (project / "_build" / "html" / PAGES[case]).read_text("utf-8")


def one_core(folder, _):
    """All from nothing on the first core alone, one notebook at a time."""
    forget(folder)
    command = ["taskset", "--cpu-list", "0", *BOOK, "JOBS=1"]
    took, most = at_its_height(lambda: spent(command, folder))
    verdict = at_most(most, ENOUGH, "MiB of memory", f": {most:.0f} MiB")
    return [Row(WORDS["core"], took, verdict=verdict)]


def notebooks(folder, _):
    """All notebooks and no site; then with no code but the first line, which is what
    they take whatever they do.
    """
    alone = copy_of(folder.parent / "alone")
    took = spent([sys.executable, "-c", RUN], alone)
    for path in (alone / "book").glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        words = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
        notebook.cells = [*words, nbformat.v4.new_code_cell(NO_MORE)]
        nbformat.write(notebook, path)
    empty = spent([sys.executable, "-c", RUN], alone)
    return [Row(WORDS["notebooks"], took), Row(EMPTY, empty)]


# ---------- 2: the preview


def preview(folder, _):
    """From a saved change to the page that shows it, which somebody has open."""
    rows = []
    with previewing(folder) as (address, program):
        for case, goal in PREVIEWED.items():
            page, mark = PAGES[case], f"preview{case}"
            with urllib.request.urlopen(f"{address}/_preview?page={page}"):
                wait_for_rest(program)
                before, start = processors(program), time.perf_counter()
                CHANGES[case](folder, mark)
                wait_for(f"{address}/{page}", mark, program)
                clock = time.perf_counter() - start
                took = Spent(clock, processors(program) - before)
            verdict = at_most(clock, goal, "s")
            rows.append(Row(f"{WORDS['preview']}, {case}", took, verdict=verdict))
    return rows


@contextlib.contextmanager
def previewing(folder):
    """`make preview` in a project. Gives its address and its process."""
    log = folder.parent / "preview.log"
    with (
        log.open("w+", encoding="utf-8") as said,
        subprocess.Popen(
            [*MAKE, "preview", "PORT=0"],  # any that is free
            cwd=folder,
            stdout=said,
            stderr=said,
            start_new_session=True,
        ) as program,
    ):
        try:
            for _ in range(PATIENCE * 10):
                address = ADDRESS.search(log.read_text("utf-8"))
                if address or program.poll() is not None:
                    break
                time.sleep(0.1)
            if not address:
                sys.exit(
                    f"make preview: no address in {log.read_text('utf-8')[-3000:]}"
                )
            wait_for(f"{address[0]}/{PAGES['cell']}", "</html>", program)
            yield address[0], program
        finally:
            end(program)


def end(program):
    """As Control and C does; whatever is still there after that is killed."""
    processes = tree(program)
    with contextlib.suppress(ProcessLookupError):  # it has ended by itself
        os.killpg(program.pid, signal.SIGINT)
    for process in psutil.wait_procs(processes, timeout=20)[1]:
        process.kill()


def wait_for(address, mark, program):
    """Ask for a page until it shows a mark."""
    for _ in range(PATIENCE * 10):
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
                if mark in answer.read().decode():
                    return
        except OSError:  # it has not begun to answer, or the page is not there yet
            if program.poll() is not None:
                sys.exit("make preview ended before the page was there")
        time.sleep(0.1)
    sys.exit(f"{address} didn't show {mark!r} within {PATIENCE} s")


def wait_for_rest(program):
    """Until it is at rest: for two seconds it works for less than a tenth of one."""
    while True:
        before = processors(program)
        time.sleep(2)
        if processors(program) - before < 0.1:
            return


def processors(program):
    """Processor seconds of a running program and of all that it has started."""
    total = 0.0
    for process in tree(program):
        try:
            total += sum(process.cpu_times()[:4])
        except psutil.NoSuchProcess:  # its parent has its seconds
            continue
    return total


def tree(program):
    """A running program and all that it has started."""
    try:
        top = psutil.Process(program.pid)
        return [top, *top.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


# ---------- 3: installing, the fast tests


def install(folder, alone):
    """What `make book` installs, with all files here already, and the same by pip."""
    python = sys._base_executable
    by_pip = f"{python} -m venv .venv && "
    by_pip += ".venv/bin/pip install -q --no-deps -r requirements.lock"
    commands = [["make", ".venv/.installed", f"PYTHON={python}"]]
    commands += [] if alone else [["sh", "-c", by_pip]]
    (folder / ".venv").unlink()
    took = []
    for command in commands:
        for _ in range(2):  # the first time fetches the files
            shutil.rmtree(folder / ".venv", ignore_errors=True)
            took.append(spent(command, folder))
    shutil.rmtree(folder / ".venv")
    (folder / ".venv").symlink_to(ROOT / ".venv")
    times = [one.clock for one in took[1::2]]
    verdict = at_most(times[0], round(times[-1] / 2), "s, half of pip's")
    return [Row(WORDS["install"], *took[1::2], verdict=("", "") if alone else verdict)]


def fast_tests(folder, _):
    """`make test-fast` of the project as it is, when what Python and mypy keep of their
    last run is there.
    """
    unchanged = copy_of(folder.parent / "unchanged")
    _, took = (spent([*MAKE, "test-fast"], unchanged) for _ in range(2))
    return [Row(WORDS["tests"], took, verdict=at_most(took.clock, 60, "s"))]


OTHERS = {
    "core": one_core,
    "notebooks": notebooks,
    "preview": preview,
    "install": install,
    "tests": fast_tests,
}
WORDS = {
    "nothing": "`make book`, nothing changed",
    "sentence": "`make book`, a sentence changed",
    "cell": "`make book`, a cell of cooperation.csv changed",
    "module": "`make book`, a module of the package changed",
    "everything": "`make book` from nothing, every notebook executed",
    "core": "the same on one core (`JOBS=1`)",
    "notebooks": "executing all notebooks",
    "preview": "`make preview` until the open page shows it",
    "install": "installing the book (stock way: pip)",
    "tests": "`make test-fast`",
}
EMPTY = f"{WORDS['notebooks']}, with `{NO_MORE}` alone"


# ---------- the table


def keep(rows, head):
    """Put rows into the table of results; those of other cases stay."""
    measured = {}
    if RESULTS.exists():
        text = RESULTS.read_text("utf-8")
        measured = {line.split(" | ")[0]: line for line in text.splitlines()}
    measured |= {new.split(" | ")[0]: new for new in map(line, rows)}
    lines = [
        line
        for words in WORDS.values()
        for start, line in measured.items()
        if start == f"| {words}" or start.startswith(f"| {words}, ")
    ]
    bar = "|---|--:|--:|--:|--:|--:|---|---|"
    lines = [f"| {' | '.join(COLUMNS)} |", bar, *lines]
    lines = ["# The author's loop", "", f"{head} {OF_BEFORE}", "", *lines]
    RESULTS.write_text("\n".join(lines) + "\n", "utf-8")


def line(row):
    """A row of the table."""
    cells = [row.words, f"{row.ours.clock:.1f}", f"{row.ours.processors:.1f}"]
    if row.stock:
        times = row.stock.processors / row.ours.processors
        cells += [f"{row.stock.clock:.1f}", f"{row.stock.processors:.1f}"]
        cells += [f"{times:.1f} ×"]
    else:
        cells += ["", "", ""]
    return f"| {' | '.join([*cells, *row.verdict])} |"


if __name__ == "__main__":
    main()
