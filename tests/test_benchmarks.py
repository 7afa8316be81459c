"""The benchmarks start, and what they change in a project leaves it sound."""

import os
import re
import subprocess
import sys

import nbformat

from conftest import ROOT
from fourcities.facts import check_data, read

sys.path.append(str(ROOT / "benchmarks"))

import loop

RESULTS = ROOT / "benchmarks" / "results-loop.md"


def test_the_loop_is_measured_in_a_copy(site, tmp_path):
    """The shortest of its cases: a row with seconds, and nothing stays behind."""
    before = RESULTS.exists() and RESULTS.read_bytes()
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
    assert (RESULTS.exists() and RESULTS.read_bytes()) == before


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
    """Two programs at once that hold 100 MB each, one of them started by the other."""
    hold = "import time; held = bytearray(100 * 2**20); time.sleep(1)"
    both = "import subprocess, sys; other = subprocess.Popen([sys.executable, '-c', "
    both += f"{hold!r}]); {hold}; other.wait()"
    took, most = loop.at_its_height(
        lambda: loop.spent([sys.executable, "-c", both], ROOT)
    )
    assert took.clock > 1 and 200 < most < 300
