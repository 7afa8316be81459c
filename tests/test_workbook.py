"""The student workbook: blanks where the solutions were, checks that give hints and
never the answer.
"""

import io
import re
import subprocess
import sys
import zipfile
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from html import unescape
from pathlib import Path
from unittest import mock

import nbformat
import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

import fourcities as fc
from conftest import ROOT, all_questions, read_once
from fourcities.teaching import CHECKS, Blank
from publishing.contents import chapters
from publishing.exercises import exercises_of
from publishing.extensions import workbook
from publishing.extensions.chapter_zips import files_of

CHAPTERS = [path.stem for path in workbook.with_exercises()]
EXERCISES = {
    slug: exercises_of(read_once(ROOT / "book" / f"{slug}.ipynb").cells, slug)
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


QUESTIONS = {question.label: question for question in all_questions()}
# Each number that a check wants: its exercise, and its city where each has one.
NUMBERS = [
    (label, key)
    for label, question in QUESTIONS.items()
    if question.kind in ("number", "percent", "count")
    for key in question.parts
]
FORM = re.compile(
    r"\*\*Not yet\.\*\* The answer is [^.]*(\d\.\d)?[^.]*\. Asked for is "
)


@pytest.fixture(autouse=True, scope="module")
def computed_once():
    """What the data give is computed once for all answers that are tried."""
    quick = {
        label: exercise._replace(
            right=cache(exercise.right),
            also=exercise.also and cache(exercise.also),
            mistakes={hint: cache(made) for hint, made in exercise.mistakes.items()},
        )
        for label, exercise in CHECKS.items()
    }
    with mock.patch.dict(CHECKS, quick):
        yield


def right_of(label):
    """The answer as the worked solution has it: a count is whole."""
    question = QUESTIONS[label]
    kept = [part.right for part in question.parts.values()]
    if question.kind == "count":
        kept = [round(number) for number in kept]
    if question.kind == "years":
        return kept
    return dict(zip(question.parts, kept)) if "" not in question.parts else kept[0]


def put(label, key, number):
    """An answer with a number in it, all else right."""
    return {**right_of(label), key: number} if key else number


def is_right(label, answer):
    return words(label, answer).startswith("**Right.**")


def number_of(label, key):
    right = right_of(label)
    return float(right[key] if key else right)


def given_away(label):
    """The digits of an answer, as they would show in a hint that gives it away."""
    parts = QUESTIONS[label].parts.values()
    forms = {form for part in parts for form in part.accepted}
    forms |= {
        fc.fmt(p.right, n) for p in parts for n in (0, 1) if p.right != str(p.right)
    }
    return {form for form in forms if len(form.strip("0.")) > 1}


def hint_for(label, answer):
    """What is said of a wrong answer; it never gives the right one."""
    said = words(label, answer)
    asked = f" Asked for is {CHECKS[label].asked}."
    assert said.startswith("**Not yet.** ") and said.endswith(asked), (answer, said)
    hint = said.removeprefix("**Not yet.** ").removesuffix(asked)
    for form in given_away(label):
        assert not re.search(rf"(?<![\d.,]){re.escape(form)}(?!\d)", hint), said
    return hint


def fits(label, hint, *expected):
    """Whether a hint says one of these, or what is known of just this mistake."""
    special = [*CHECKS[label].mistakes, "That is the value of another city."]
    return any(one in hint for one in [*special, *expected])


@pytest.mark.parametrize("label", CHECKS)
def test_the_worked_answer_and_what_a_page_prints_is_right(label):
    question = QUESTIONS[label]
    assert words(label, right_of(label)) == "**Right.**"
    for key, part in question.parts.items():
        for form in part.accepted:
            if question.kind == "city":
                assert is_right(label, form) and is_right(label, f" {form.upper()} ")
            elif question.kind != "years":
                assert is_right(label, put(label, key, float(form))), form
                assert is_right(label, put(label, key, form)), form
    if "" not in question.parts and question.kind != "years":
        assert words(label, pd.Series(right_of(label))) == "**Right.**"
        named = {fc.name(key): number for key, number in right_of(label).items()}
        assert words(label, named) == "**Right.**"


@pytest.mark.parametrize(
    "label, answer",
    [
        ("introduction-compute", 13),
        ("economy-compute", 44),
        ("education-compute", 27),
        ("financial-expenditure-compute", 0.5),
        ("integration-policies-compute", (2017, 2016)),
        ("integration-policies-compute", {2016, 2017}),
        ("integration-policies-compute", "2016, 2017"),
        ("integration-policies-compute", pd.Series([2016.0, 2017.0])),
        ("integration-policies-compute", np.array(["2016", "2017"])),
        ("administration-compute", ["Köln"]),
        ("economy-compute", pd.Series([44.3])),
        ("economy-compute", Fraction(443, 10)),
        ("economy-compute", Decimal("44.3")),
        ("economy-compute", np.float32(44.3)),
        ("co-operation-compute", "24.2 million"),
    ],
)
def test_an_answer_may_have_any_form_that_says_it(label, answer):
    assert is_right(label, answer)


@given(place=st.sampled_from(NUMBERS), digits=st.integers(2, 6))
@settings(max_examples=100, deadline=None)
def test_a_rounding_is_right_and_the_next_number_is_not(place, digits):
    label, key = place
    right = number_of(label, key)
    rounded = Decimal(f"{right:.{digits}g}")
    assume(abs(float(rounded) - right) <= 0.025 * right)
    count = CHECKS[label].kind == "count"
    if not count or rounded == round(right):
        assert is_right(label, put(label, key, float(rounded)))
    step = Decimal(1).scaleb(max(rounded.adjusted() - digits + 1, -9))
    if count:
        rounded, step = Decimal(round(right)), Decimal(1)
    for answer in (rounded - step, rounded + step):
        last = Decimal(1).scaleb(answer.normalize().as_tuple().exponent)
        ways = (ROUND_HALF_DOWN, ROUND_HALF_UP)  # 7.0 is right beside 6.99
        if not answer or answer in [
            Decimal(str(right)).quantize(last, way) for way in ways
        ]:
            continue
        if f"{answer}" in QUESTIONS[label].parts[key].accepted:
            continue
        hint = hint_for(label, put(label, key, float(answer)))
        assert fits(
            label,
            hint,
            "very near",
            "too many",
            "too few",
            "The digits",
            "too large",
            "too small",
        ), hint


@given(
    place=st.sampled_from(NUMBERS),
    comma=st.booleans(),
    between=st.sampled_from(["", " ", "'", "\u202f", "."]),
    percent=st.sampled_from(["", "%", " %", " percent"]),
)
@settings(max_examples=60, deadline=None)
def test_a_number_may_be_written_as_people_write_it(place, comma, between, percent):
    label, key = place
    right = number_of(label, key)
    whole = right >= 1000 or CHECKS[label].kind == "count"
    text = f"{right:,.{0 if whole else 2}f}"
    assume(between != "." or comma)
    if comma:
        text = (
            text.replace(",", between).replace(".", ",")
            if between != "."
            else (text.translate(str.maketrans(",.", ".,")))
        )
    elif between:
        text = text.replace(",", between)
    said = words(label, put(label, key, text + percent))
    assert said.startswith("**Right.** ") and "Python" in said, (text, said)


@pytest.mark.parametrize(
    "answer", [(44, 3), (44, 32), "44,3", "44,3 %", "44.3%", "44,32 percent"]
)
def test_a_comma_is_read_as_it_is_meant_and_python_s_way_is_told(answer):
    said = words("economy-compute", answer)
    assert said.startswith("**Right.** ") and "Python" in said
    assert is_right("social-organizations-compute", (4, 343))
    assert is_right(
        "population-structure-compute",
        {"guangzhou": (8, 703, 500), "hangzhou": "5.749.900"},
    )


@pytest.mark.parametrize("label, key", NUMBERS)
def test_another_number_gets_a_hint_that_fits(label, key):
    """Half, double, thousandfold, upside down, the other sign, zero."""
    right = number_of(label, key)
    divided = ("can't be divided",)

    def said(number):
        return hint_for(label, put(label, key, number))

    whole = CHECKS[label].kind == "count"
    smaller = ("too small", "too few", "rounded too far", "One ", *divided)
    larger = ("too large", "too many", "rounded too far", "One ")
    assert fits(label, said(right / 2), *smaller)
    assert fits(label, said(right * 2), *larger)
    assert fits(label, said(right * 1000), "look for thousands")
    assert fits(
        label, said(right / 1000), *(divided if whole else ["look for thousands"])
    )
    if right != 1:
        upside = said(1 / right)
        assert fits(label, upside, "upside down", "look for", *divided), upside
    assert fits(label, said(-right), "The sign is wrong")
    assert said(0) == "It is not zero." or key


@pytest.mark.parametrize(
    "label", [q.label for q in QUESTIONS.values() if q.kind == "count"]
)
def test_a_count_is_a_whole_number_and_one_too_many_is_called_by_its_kind(label):
    exercise = CHECKS[label]
    assert exercise.row
    for key in QUESTIONS[label].parts:
        right = number_of(label, key)
        assert is_right(label, put(label, key, right)), "13.0 is whole"
        for near in (right + 0.1, right - 0.25):
            assert f"A {exercise.row} can't be divided" in hint_for(
                label, put(label, key, near)
            )
        for number, much in ((right - 1, "few"), (right + 1, "many")):
            if number and not is_right(label, put(label, key, number)):
                hint = hint_for(label, put(label, key, number))
                assert fits(label, hint, f"One {exercise.row} too {much}."), hint


SCRAP = st.one_of(
    st.none(),
    st.booleans(),
    st.text(),
    st.floats(),
    st.integers(),
    st.complex_numbers(),
    st.binary(),
    st.lists(st.one_of(st.text(max_size=3), st.integers(0, 9), st.none()), max_size=4),
    st.tuples(st.integers(), st.integers()),
    st.dictionaries(
        st.sampled_from(["berlin", "Köln", "x", 1]), st.one_of(st.none(), st.integers())
    ),
    st.just(pd.NA),
    st.just(pd.DataFrame()),
    st.just(print),
    st.just(float("nan")),
    st.just(10**400),
)


@given(label=st.sampled_from(list(CHECKS)), answer=SCRAP)
@settings(max_examples=200, deadline=None)
def test_anything_else_gets_a_sentence_that_says_what_is_wanted(label, answer):
    said = words(label, answer)
    assert said.startswith(("**Right.**", "**Not yet.**"))
    assert not re.search(r"not an? |NoneType|object|tuple|\bint\b|finite", said), said
    if isinstance(answer, (bytes, complex, type(None), bool, pd.DataFrame)):
        assert f"The answer is {QUESTIONS[label].form}." in said


@pytest.mark.parametrize("label, key", NUMBERS)
def test_each_foreseen_mistake_gets_its_hint(label, key):
    part = QUESTIONS[label].parts[key]
    for form, hint in part.hints.items():
        if float(form):
            assert hint in words(label, put(label, key, float(form))), form


@pytest.mark.parametrize("label", CHECKS)
def test_a_question_asks_for_one_thing_in_the_form_that_is_checked(label):
    question = QUESTIONS[label]
    assert question.text.count("?") == 1 and "**" not in question.text
    form = {
        "city": "which city",
        "years": "which years",
        "percent": "percentage",
        "count": "how many",
    }.get(question.kind, "how many|by how many")
    assert re.search(form, question.text, re.I), question.text
    several = "" not in question.parts and question.kind != "years"
    assert several == question.text.startswith("For "), "a number for each city"
    assert several == question.asked.startswith("a dictionary ")


def test_the_titles_without_a_year_are_counted_as_the_figure_counts_them():
    """An instrument that is named twice counts once, in the exercise and in the figure
    above it.
    """
    (said,) = [
        solution[0].outputs[0].data["text/markdown"]
        for exercise, solution in EXERCISES["final-remarks"]
        if exercise.kind == "Compute"
    ]
    undated, titles = re.search(r"(\d+) of (\d+) titles have no year", said).groups()
    policies = fc.read("policies").query("place == 'guangzhou'")
    assert int(undated) == number_of("final-remarks-compute", "")
    cells = nbformat.read(ROOT / "book" / "final-remarks.ipynb", 4).cells
    (figure,) = [cell for cell in cells if '"fig-final-trials"' in cell.source]
    assert f"Guangzhou's {titles};" in unescape(figure.outputs[0].data["text/html"])
    twice = policies[policies["same_as"].isin(policies["policy"])]
    assert len(policies) - len(twice) // 2 == int(titles)


@pytest.mark.parametrize(
    "label, answer, hint",
    [
        ("economy-compute", 294 / 663 * 1e5, "look for thousands"),
        ("economy-compute", 135.909 / 663.294 * 100, "the value of another city"),
        ("economy-compute", "a lot", "The answer is a number, such as 12.5."),
        ("economy-compute", None, "The answer is a number, such as 12.5."),
        ("economy-compute", [44.3, 663], "The answer is a number, such as 12.5."),
        ("economy-compute", 44.4, "very near"),
        ("economy-compute", 40, "rounded too far"),
        ("economy-compute", 50, "too large"),
        ("introduction-compute", 10, "too small"),
        ("economy-compute", 294 / 527.385 * 100, "A city is missing from the sum"),
        ("introduction-compute", 1 / 13.236, "upside down"),
        ("introduction-compute", 12_982_500, "the difference"),
        ("philanthropy-compute", 446, "how many more Berlin would need"),
        ("does-it-hold-compute", -1320, "The sign is wrong"),
        ("social-organizations-compute", 11_937, "needs in all"),
        ("education-compute", 37.4, "takes the total as including them"),
        ("comparison-compute", 12, "before the change"),
        ("comparison-compute", 14, "One code too many."),
        ("final-remarks-compute", 6, "named a second time, with a year"),
        ("final-remarks-compute", 4, "One title too few."),
        ("co-operation-compute", 26_650_000, "One calendar year too many or too few"),
        ("administration-compute", "Berlin", "the smallest part"),
        ("administration-compute", "杭州市", "It is another city."),
        ("administration-compute", 11.1, "the name of a city in quotation marks"),
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
        (
            "population-structure-compute",
            {"guangzhou": 8_703_500, "hangzhou": "many"},
            "hangzhou: The answer is a number, such as 12.5.",
        ),
        ("integration-policies-compute", [2016], "One year is missing."),
        ("integration-policies-compute", 2016, "One year is missing."),
        ("integration-policies-compute", [2015, 2016, 2017], "One year does not bel"),
        ("integration-policies-compute", [2001, 2002], "Some years are missing."),
        ("integration-policies-compute", "lately", "a list of years"),
        ("vulnerable-groups-compute", 3, "too large"),
    ],
)
def test_hints(label, answer, hint):
    assert hint in hint_for(label, answer)


def test_a_blank_says_what_to_fill_in():
    with pytest.raises(
        Blank,
        match="Fill in: Guangzhou's part of the GDP of all cities, in percent. Put it "
        "in the place of the three dots",
    ):
        fc.check("economy-compute", ...)
    with pytest.raises(Blank):
        fc.check("employment-compute", {"berlin": ...})
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
    shown = {cell.id: cell.get("outputs") for cell in chapter.cells}
    for cell in blank.cells:
        if cell.cell_type == "code":
            empty = slug == "first-notebook" or cell.id not in shown
            assert cell.execution_count is None, "it is its reader's to run"
            mine, theirs = (
                [output.get("data") for output in outputs]
                for outputs in (cell.outputs, [] if empty else shown[cell.id])
            )
            assert mine == theirs
    prompts = [exercise.prompt for exercise, _ in EXERCISES[slug]]
    assert len(prompts) == len(solutions) and all(
        prompt in "\n".join(cell.source for cell in blank.cells) for prompt in prompts
    )
    assert sum(cell.source == workbook.WORDS for cell in blank.cells) == len(
        prompts
    ) - len(LABELS[slug])
    for label in LABELS[slug]:
        (cell,) = [cell for cell in blank.cells if cell.id == f"{label}-answer"]
        assert cell.source.endswith(f'answer = ...\nfc.check("{label}", answer)'), (
            "one cell: what fails in it is not judged by the answer before"
        )
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
    cells = []
    for cell in notebook.cells:
        label = cell.id.removesuffix("-answer")
        if label in LABELS[slug] and label != cell.id:
            code = solutions[label]
            cells.append(nbformat.v4.new_code_cell(code, id=cell.id))
            cell.source = f'fc.check("{label}", answer)'
            cell.id = f"{label}-check"
        cells.append(cell)
    notebook.cells = cells
    return chapter, notebook


@pytest.fixture(scope="module")
def run_next():
    """Run notebooks in one kernel, each without the names of the one before: starting
    a kernel and reading the data costs more than a workbook's cells.
    """
    v4 = nbformat.v4
    client = NotebookClient(
        v4.new_notebook(),
        timeout=300,
        kernel_name="python3",
        resources={"metadata": {"path": str(ROOT / "book")}},
    )

    def run(notebook):
        forget = v4.new_notebook(cells=[v4.new_code_cell("%reset -f")])
        for client.nb in (forget, notebook):
            client.execute(cleanup_kc=False)

    yield run
    client.nb = v4.new_notebook()
    client.execute()  # of nothing, and the kernel ends


@pytest.mark.slow
@pytest.mark.parametrize("slug", CHAPTERS)
def test_the_solved_workbook_runs_and_gives_what_the_chapter_gives(slug, run_next):
    chapter, notebook = solved(slug)
    run_next(notebook)
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


def unpacked(folder, **options):
    """The workbook outside the project, with its notebooks in the order of names."""
    target = io.BytesIO()
    workbook.write_zip(target, workbook.workbook_files("Title", **options))
    zipfile.ZipFile(target).extractall(folder)
    return sorted((folder / "book").glob("*.ipynb"))


def test_the_zip_runs_until_the_first_blank_and_no_further(tmp_path, monkeypatch):
    """With nothing in the environment that leads back to the project. A link of what it
    shows leads to a file with its number.
    """
    unpacked(tmp_path)
    path = next((tmp_path / "book").glob("*-education.ipynb"))
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    monkeypatch.delenv("PYTHONPATH", raising=False)
    with pytest.raises(CellExecutionError, match="Fill in: the floating popul"):
        run(notebook, tmp_path / "book")
    at = next(n for n, cell in enumerate(notebook.cells) if "fc.check(" in cell.source)
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
    assert leading_nowhere(notebook, tmp_path / "book") == []


LINK = re.compile(r'(?:\]\(|<a href=")([^)"#:]+)(?:#[^)"]*)?[)"]')


def leading_nowhere(notebook, folder):
    """Links in text and outputs to files that are not there."""
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            texts += [data[k] for k in ("text/html", "text/markdown") if k in data]
    targets = {target for text in texts for target in LINK.findall(text)}
    return [target for target in targets if not (folder / target).exists()]


def test_chapters_of_the_zip_are_numbered_as_they_are_read_and_links_follow(tmp_path):
    paths = unpacked(tmp_path)
    in_order = [path.stem for path in chapters()]
    slugs = [path.stem[3:] for path in paths]
    assert slugs[0] == "first-notebook" and {*CHAPTERS} <= {*slugs}
    assert slugs[1:] == [slug for slug in in_order if slug in slugs[1:]]
    for path in paths:
        notebook = nbformat.read(path, as_version=4)
        assert leading_nowhere(notebook, path.parent) == [], path.name
    text = nbformat.writes(nbformat.read(paths[0], as_version=4))
    assert "student workbook (zip) (on the book's site: _zips/student-work" in text


def test_a_link_that_leaves_a_zip_goes_to_the_site_if_its_address_is_known(tmp_path):
    site = "https://example.org/book/"
    paths = unpacked(tmp_path, site=site)
    design = next(path for path in paths if "designing" in path.name)
    assert f"[teaching guide]({site}teaching-guide.html)" in design.read_text("utf-8")
    (zipped,) = [
        nbformat.reads(content.decode(), as_version=4)
        for name, content in files_of(["economy"], "Title", site).items()
        if name.endswith(".ipynb")
    ]
    assert leading_nowhere(zipped, ROOT / "book") == []
    assert f"({site}population-structure.html)" in nbformat.writes(zipped)


def test_the_zip_is_the_same_bytes_each_time_and_says_how_to_begin():
    one, two = io.BytesIO(), io.BytesIO()
    for target in (one, two):
        workbook.write_zip(target, workbook.workbook_files("Title"))
    assert one.getvalue() == two.getvalue()
    readme = zipfile.ZipFile(one).read("README.txt").decode()
    assert 'workbook of "Title"' in readme and "{" not in readme
    for part in ("https://www.python.org/", "A terminal is", "IF IT FAILS"):
        assert part in readme
    for python in ("py -3.13", "python3.13"):
        assert f"{python} -m pip install -r requirements.txt" in readme
        assert f"{python} -m jupyter lab book/00-first-notebook.ipynb" in readme


def test_the_first_notebook_has_not_run_when_it_is_opened():
    """As it says what the number beside a cell means."""
    notebook = workbook.blanked(workbook.FIRST)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(code) > 8
    assert not any(cell.execution_count or cell.outputs for cell in code)


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
