"""The benchmarks start, and what they change in a project leaves it sound."""

import json
import os
import re
import subprocess
import sys

import nbformat

from conftest import ROOT
from fourcities.facts import check_data, read

sys.path.append(str(ROOT / "benchmarks"))

import loop
import suite


def test_the_loop_is_measured_in_a_copy(site, tmp_path):
    """The shortest of its cases: a row with seconds, and nothing stays behind."""
    before = loop.RESULTS.exists() and loop.RESULTS.read_bytes()
    done = subprocess.run(
        [sys.executable, "benchmarks/loop.py", "--ours", "nothing"],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(tmp_path)},
        text=True,
        capture_output=True,
    )
    assert done.returncode == 0, done
    row = r"\| `make book`, nothing changed \| (\d+\.\d) \| (\d+\.\d) \|"
    assert all(float(number) > 0 for number in re.search(row, done.stdout).groups())
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("tmp")]
    assert (loop.RESULTS.exists() and loop.RESULTS.read_bytes()) == before


def test_all_benchmarks_start():
    """As far as the line that runs them."""
    modules = ", ".join(path.stem for path in sorted(loop.HERE.glob("*.py")))
    subprocess.run(
        [sys.executable, "-c", f"import {modules}"], cwd=loop.HERE, check=True
    )


def test_what_the_loop_changes_is_a_word_that_a_page_shows(project):
    """A sentence or a cell whose data stay valid."""
    loop.change_sentence(project, "wordsentence")
    page = project / "book" / loop.PAGES["sentence"]
    notebook = nbformat.read(page.with_suffix(".ipynb"), as_version=4)
    changed = [cell for cell in notebook.cells if "wordsentence" in cell.source]
    assert [cell.cell_type for cell in changed] == ["markdown"]
    loop.change_cell(project, "wordcell")
    check_data(project / "data")
    changed = read("cooperation").compare(read("cooperation", project / "data"))
    assert changed["statement"].shape == (1, 2) == changed.shape


def test_memory_is_that_of_all_programs_at_their_height():
    """Two programs at once that hold 100 MB each, one of them started by the other;
    one that was there before doesn't count.
    """
    hold = "import time; held = bytearray(100 * 2**20); time.sleep(1)"
    before = subprocess.Popen([sys.executable, "-c", f"{hold}; time.sleep(60)"])
    both = "import subprocess, sys; other = subprocess.Popen([sys.executable, '-c', "
    both += f"{hold!r}]); {hold}; other.wait()"
    took, most = loop.at_its_height(
        lambda: loop.spent([sys.executable, "-c", both], ROOT)
    )
    before.kill()
    before.wait()
    assert took.clock > 1 and 200 < most < 300


TESTS = r"""
import subprocess, sys, pytest

BURN = "import time\nwhile time.process_time() < 1: pass"


def test_idle():
    pass


@pytest.mark.parametrize("time", [1, 2])
def test_burn(time):
    subprocess.run([sys.executable, "-c", BURN], check=True)
"""


def test_what_a_test_costs_is_charged_to_it(tmp_path):
    """With what the programs that it starts have spent."""
    (tmp_path / "test_it.py").write_text(TESTS, "utf-8")
    notes = tmp_path / "notes"
    notes.mkdir()
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            *("-p", "no:randomly", "-p", "suite", "-n", "1"),
        ],
        cwd=tmp_path,
        env=os.environ | {suite.NOTES: str(notes), "PYTHONPATH": str(suite.HERE)},
        text=True,
        capture_output=True,
    )
    assert done.returncode == 0, done.stdout
    (note,) = (json.loads(path.read_text("utf-8")) for path in notes.iterdir())
    assert note["tests"] == {"test_it.py::test_idle": 1, "test_it.py::test_burn": 2}
    assert note["spent"]["test_it.py::test_idle"] < 0.5
    assert 1 < note["spent"]["test_it.py::test_burn"] < 3


def test_rows_of_a_run_take_the_place_of_those_before(tmp_path, monkeypatch):
    monkeypatch.setattr(loop, "RESULTS", tmp_path / "results.md")
    rows = {
        case: loop.Row(words, loop.Spent(1, 2))
        for case, words in loop.WORDS.items()
        if case != "preview"
    }
    loop.keep([*reversed(rows.values())], "A day.")
    verdict = loop.at_most(3, 2, "s")
    last = loop.Row(f"{loop.WORDS['preview']}, cell", loop.Spent(3, 4), verdict=verdict)
    loop.keep([rows["cell"]._replace(ours=loop.Spent(5, 6)), last], "Another day.")
    text = loop.RESULTS.read_text("utf-8")
    assert "Another day." in text and "A day." not in text
    table = [line.split(" | ") for line in text.splitlines() if line.startswith("| ")]
    assert [cells[0] for cells in table[1:]] == [
        f"| {words}{', cell' * (case == 'preview')}"
        for case, words in loop.WORDS.items()
    ]
    seconds = {cells[0]: cells[1] for cells in table[1:]}
    assert seconds[f"| {loop.WORDS['cell']}"] == "5.0"
    assert seconds[f"| {loop.WORDS['nothing']}"] == "1.0"
    assert "| **not met** |" in text
