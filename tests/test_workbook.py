"""The student workbook: blanks where the solutions were, checks that give hints and
never the answer.
"""

import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

import fourcities as fc
from conftest import ROOT
from fourcities.teaching import CHECKS, Blank
from publishing.exercises import exercises_of
from publishing.extensions import workbook

CHAPTERS = [path.stem for path in workbook.with_exercises()]
EXERCISES = {
    slug: exercises_of(nbformat.read(ROOT / "book" / f"{slug}.ipynb", 4).cells, slug)
    for slug in CHAPTERS
}
LABELS = {
    slug: [one.label for one, _ in exercises if one.kind == "Compute"]
    for slug, exercises in EXERCISES.items()
}


def words(label, answer):
    return fc.check(label, answer).data


def run(notebook, folder=ROOT / "book"):
    NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
    ).execute()


def test_every_exercise_to_compute_has_a_check_and_no_other():
    assert sorted(label for labels in LABELS.values() for label in labels) == sorted(
        CHECKS
    )


# Checks


def numbers(label):
    """The digits of an answer, as they would show in a hint that gives it away."""
    right = CHECKS[label].right()
    values = (
        right.values()
        if isinstance(right, dict)
        else right
        if isinstance(right, set)
        else [right]
    )
    return {
        form
        for value in values
        for form in (
            f"{value:g}",
            f"{value:.1f}",
            fc.fmt(value),
            fc.fmt(value, 1),
            str(value),
        )
        if len(form.strip("0.")) > 1
    }


@pytest.mark.parametrize("label", CHECKS)
def test_right_answers_are_right_and_wrong_ones_get_a_hint_without_the_value(label):
    right = CHECKS[label].right()
    assert words(label, right) == "**Right.**"
    if isinstance(right, dict):
        assert words(label, pd.Series(right)) == "**Right.**"
        city = next(iter(right))
        wrong = [
            {**right, city: right[city] * 1.2 + 1},
            {key: value / 100 for key, value in right.items()},
            {key: right[key] for key in list(right)[1:]},
            {**right, "bonn": 1},
            {**right, city: "ten"},
        ]
    elif isinstance(right, set):
        wrong = [right | {1900}, set(list(right)[1:])]
    else:
        assert (
            words(label, round(right, 2) if abs(right) < 1e3 else round(right))
            == "**Right.**"
        ), "rounded as a student would"
        wrong = [
            right * 100,
            right / 100,
            right * 1e6,
            1 / right if right != 1 else 5,
            right * 1.5,
            right * 0.7,
            -right,
            float("nan"),
            float("inf"),
        ]
    for answer in [*wrong, "a lot", None, True, [], 12345.678]:
        said = words(label, answer)
        assert said.startswith("**Not yet.** ") and CHECKS[label].asked in said, (
            answer,
            said,
        )
        hint = said.replace(CHECKS[label].asked, "")
        assert not any(
            re.search(rf"(?<![\d.,]){re.escape(form)}(?![\d])", hint)
            for form in numbers(label)
        ), (answer, said)


@pytest.mark.parametrize(
    "label, answer, hint",
    [
        ("economy-compute", 0.4432, "percent and parts of one"),
        ("economy-compute", 294 / 663 * 1e5, "look for thousands"),
        ("economy-compute", 135.909 / 663.294 * 100, "the value of another city"),
        ("economy-compute", "44%", "a number, not text"),
        ("economy-compute", None, "a number, not nothing"),
        ("introduction-compute", 1 / 13.236, "upside down"),
        ("introduction-compute", 12_982_500, "the difference"),
        ("philanthropy-compute", 446, "how many more Berlin would need"),
        ("does-it-hold-compute", -1319.8, "The sign is wrong"),
        ("social-organizations-compute", 11_937, "needs in all"),
        ("education-compute", 37.4, "takes the total as including them"),
        ("comparison-compute", 12, "before the change"),
        (
            "employment-compute",
            {"berlin": 100},
            "Missing: cologne, guangzhou, hangzhou.",
        ),
        ("employment-compute", 100, "a dictionary with a number for each city"),
        (
            "population-structure-compute",
            {"guangzhou": 8_703_500, "hangzhou": 1},
            "hangzhou: The number is too small.",
        ),
        ("integration-policies-compute", [2016], "Some years are missing."),
        ("integration-policies-compute", 2016, "a list of years"),
        ("vulnerable-groups-compute", 3, "too large"),
    ],
)
def test_hints(label, answer, hint):
    assert hint in words(label, answer)


def test_a_blank_says_what_to_fill_in():
    with pytest.raises(
        Blank,
        match="Fill in: put Guangzhou's part of the GDP of all cities, in percent in "
        "the place of the three dots",
    ):
        fc.check("economy-compute", ...)
    with pytest.raises(
        KeyError, match="unknown exercise 'gdp'; there are: introduction-compute"
    ):
        fc.check("gdp", 1)


def test_a_check_follows_the_data(project, tmp_path):
    """Another GDP, another right answer: nothing is stored."""
    path = project / "data" / "observations.csv"
    text = path.read_text("utf-8")
    assert "135909000000,usd,135.909 billion" in text
    path.write_text(
        text.replace(
            "135909000000,usd,135.909 billion", "235909000000,usd,235.909 billion"
        ),
        "utf-8",
    )
    code = (
        "import fourcities as fc; print(fc.check('economy-compute', 44.324).data, "
        "fc.check('economy-compute', 294 / 763.294 * 100).data)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code],
        cwd=project / "book",
        text=True,
        capture_output=True,
        check=True,
    ).stdout
    assert said.startswith("**Not yet.**") and said.rstrip().endswith("**Right.**")


# Notebooks


@pytest.mark.parametrize("slug", CHAPTERS)
def test_nothing_of_a_solution_is_left(slug):
    chapter, blank = (
        nbformat.read(ROOT / "book" / f"{slug}.ipynb", as_version=4),
        workbook.blanked(ROOT / "book" / f"{slug}.ipynb"),
    )
    text = nbformat.writes(blank)
    solutions = [
        cell for cell in chapter.cells if "solution" in cell.metadata.get("tags", [])
    ]
    assert (
        solutions
        and '"solution"' not in text
        and "worked solution" not in text
        and ":::" not in text
    )
    for cell in solutions:
        said = cell.source.partition("fc.solution(")[2]
        assert said and said not in "\n".join(c.source for c in blank.cells)
    assert all(
        not cell.get("outputs") and cell.get("execution_count") is None
        for cell in blank.cells
        if cell.cell_type == "code"
    )
    prompts = [exercise.prompt for exercise, _ in EXERCISES[slug]]
    assert len(prompts) == len(solutions) and all(
        prompt in "\n".join(cell.source for cell in blank.cells) for prompt in prompts
    )
    assert sum(cell.source == "*Your answer:*" for cell in blank.cells) == len(
        prompts
    ) - len(LABELS[slug])
    assert [
        cell.source for cell in blank.cells if cell.source.startswith("fc.check(")
    ] == [f'fc.check("{label}", answer)' for label in LABELS[slug]]
    nbformat.validate(blank)


def solved(slug):
    """The workbook with the solutions of the chapter in its blanks."""
    chapter, notebook = (
        nbformat.read(ROOT / "book" / f"{slug}.ipynb", as_version=4),
        workbook.blanked(ROOT / "book" / f"{slug}.ipynb"),
    )
    solutions = {
        exercise.label: solution[0].source for exercise, solution in EXERCISES[slug]
    }
    for cell in notebook.cells:
        if cell.source.endswith("answer = ..."):
            cell.source = solutions[cell.id.removesuffix("-answer")]
    return chapter, notebook


@pytest.mark.slow
@pytest.mark.parametrize("slug", CHAPTERS)
def test_the_solved_workbook_runs_and_gives_what_the_chapter_gives(slug):
    chapter, notebook = solved(slug)
    run(notebook)
    shown = {
        cell.id: cell.outputs for cell in chapter.cells if cell.cell_type == "code"
    } | {
        f"{exercise.label}-answer": solution[0].outputs
        for exercise, solution in EXERCISES[slug]
    }
    checks = 0
    for cell in notebook.cells:
        if cell.source.startswith("fc.check("):
            assert [output.data["text/markdown"] for output in cell.outputs] == [
                "**Right.**"
            ], cell.source
            checks += 1
        elif cell.cell_type == "code":
            mine, theirs = (
                [output.get("data", {}).get("text/markdown") for output in outputs]
                for outputs in (cell.outputs, shown[cell.id])
            )
            assert mine == theirs
    assert checks == len(LABELS[slug])


def test_the_zip_runs_until_the_first_blank_and_no_further(site, tmp_path):
    """Unpacked outside the project, with nothing in the environment that leads back to
    it.
    """
    zipfile.ZipFile(site / "_zips" / "student-workbook.zip").extractall(tmp_path)
    assert {f"{slug}.ipynb" for slug in CHAPTERS} <= {
        path.name for path in (tmp_path / "book").iterdir()
    }
    assert (
        "student-workbook" not in (tmp_path / "README.txt").read_text()
        and (tmp_path / "data" / "observations.csv").exists()
    )
    notebook = nbformat.read(tmp_path / "book" / "economy.ipynb", as_version=4)
    own = {key: os.environ.pop(key) for key in ["PYTHONPATH"] if key in os.environ}
    with pytest.raises(CellExecutionError, match="Fill in: put Guangzhou's part"):
        run(notebook, tmp_path / "book")
    os.environ.update(own)
    at = next(
        n
        for n, cell in enumerate(notebook.cells)
        if cell.source.startswith("fc.check(")
    )
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(
        cell.execution_count for cell in notebook.cells[:at] if cell.cell_type == "code"
    ) and not any(
        cell.execution_count
        for cell in notebook.cells[at + 1 :]
        if cell.cell_type == "code"
    )
    assert code[0].outputs and "Traceback" not in str(
        notebook.cells[at].outputs[0].traceback
    ), "one line, no traceback"


def test_the_zip_is_the_same_bytes_each_time(tmp_path):
    one, two = io.BytesIO(), io.BytesIO()
    for target in (one, two):
        workbook.write_zip(target, workbook.workbook_files("Title"))
    assert one.getvalue() == two.getvalue()
    readme = zipfile.ZipFile(one).read("README.txt").decode()
    assert 'workbook of "Title"' in readme and "jupyter lab book/" in readme


def test_a_solution_without_an_exercise_is_named():
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("# One"),
            nbformat.v4.new_code_cell("answer = 1", metadata={"tags": ["solution"]}),
        ]
    )
    with pytest.raises(
        ValueError,
        match=r"one.ipynb, cell 2: expected an exercise before this solution",
    ):
        workbook.Blanks().preprocess(notebook, {"chapter": "one"})


def test_the_site_has_a_door_to_it(site):
    page = (Path(site) / "how-to-use.html").read_text("utf-8")
    assert 'href="_zips/student-workbook.zip"' in page
