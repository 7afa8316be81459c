"""The notebooks: fresh, complete, plain to read, and with no number typed into their
prose.
"""

import ast
import re
import statistics

import nbformat
import pytest
from prose import typed_text

import fourcities as fc
from conftest import ROOT, read_once
from fourcities.presentation import for_pages
from publishing.contents import LANGUAGES, chapters
from publishing.exercises import exercises_of
from publishing.notebooks import (
    USED,
    WIDGET,
    changes,
    hashes,
    read_notebook,
)
from publishing.paths import ANSWERS

CHAPTERS = {path.stem: read_once(path) for path in chapters()}
SECTIONS = fc.read("sections")
LEAVES = list(
    dict.fromkeys(SECTIONS.loc[SECTIONS["minutes"] != "", "chapter"])
)  # chapters; the other sections have part pages
PARTS = list(dict.fromkeys(SECTIONS.loc[SECTIONS["minutes"] == "", "chapter"]))
READER_PAGES = [
    "how-to-use",
    "does-it-hold",
    "teaching-guide",
    "concepts",
    "designing-a-comparison",
    "first-notebook",
    "explore-numbers",
    "explore-texts",
    "workbench",
    "data-and-sources",
    "glossary",
    "bibliography",
    "about",
    *LANGUAGES,
]
FILES = hashes()
SKELETON = ["Limits", "Exercises", "Next"]


@pytest.fixture(params=CHAPTERS)
def notebook(request):
    return CHAPTERS[request.param]


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_outputs_are_fresh(notebook):
    assert changes(notebook, FILES) == [], "run `make book` and commit the notebooks"


def test_every_code_cell_ran_in_order(notebook):
    ran = [
        cell.execution_count
        for cell in code(notebook)
        if "skip-execution" not in cell.metadata.get("tags", [])
    ]
    assert ran == list(range(1, len(ran) + 1))


def test_nothing_of_this_machine_is_kept(notebook):
    assert set(notebook.metadata) == {"kernelspec", "language_info", "fourcities"}
    assert notebook.metadata["language_info"] == {"name": "python"}
    assert {key for cell in notebook.cells for key in cell.metadata} <= USED


@pytest.mark.parametrize("path", [*chapters()[:3], ANSWERS], ids=lambda path: path.stem)
def test_what_front_ends_leave_is_cleaned_and_nothing_runs_again(path, tmp_path):
    """Opened, run twice and saved in any of them: then `make book` gives the same
    bytes.
    """
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata |= {
        "kernelspec": {"display_name": "Mine", "language": "python", "name": "conda"},
        "language_info": {"name": "python", "version": "3.13.1", "mimetype": "text/x"},
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {}}},
        "toc-autonumbering": True,
        "colab": {"provenance": []},
    }
    for cell in notebook.cells:
        cell.metadata |= {
            "execution": {"iopub.status.busy": "2026-01-01T00:00:00Z"},
            "trusted": True,
            "vscode": {"languageId": "python"},
            "jp-MarkdownHeadingCollapsed": True,
            "jupyter": {"source_hidden": False},
        }
    for number, cell in enumerate(code(notebook), 70):
        cell.execution_count = number
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = number
            output.get("data", {})[WIDGET] = {"model_id": "1f", "version_major": 2}
    saved = tmp_path / "saved.ipynb"
    nbformat.write(notebook, saved)
    again = read_notebook(saved)
    assert nbformat.writes(again) + "\n" == path.read_text("utf-8")
    assert changes(again, FILES) == []


def test_every_section_and_every_reader_page_is_in_the_book():
    assert set(CHAPTERS) == {"index", *SECTIONS["chapter"], *READER_PAGES}


def test_every_table_stands_in_the_chapter_of_its_section():
    chapter_of = SECTIONS.set_index("section")["chapter"]
    for _, row in fc.read("tables").iterrows():
        shown = [
            cell
            for cell in code(CHAPTERS[chapter_of[row["section"]]])
            if f"fc.report_table({row['table']})" in cell.source
        ]
        assert (
            len(shown) == 1
            and f'id="table-{row["table"]}"' in shown[0].outputs[0].data["text/html"]
        ), row["table"]


@pytest.mark.parametrize("slug", LEAVES + PARTS)
def test_the_question_is_the_one_of_the_section(slug):
    question = SECTIONS[SECTIONS["chapter"] == slug]["question"].iloc[0]
    assert f"\n\n**{question}**" in CHAPTERS[slug].cells[0].source


@pytest.mark.parametrize("slug", PARTS)
def test_part_pages_open_their_chapters(slug):
    number = SECTIONS[SECTIONS["chapter"] == slug]["section"].iloc[0]
    shown = "".join(
        output.data["text/markdown"]
        for cell in code(CHAPTERS[slug])
        for output in cell.outputs
    )
    for _, row in SECTIONS[
        SECTIONS["section"].str.startswith(f"{number}.") & (SECTIONS["minutes"] != "")
    ].iterrows():
        assert f"({row['chapter']}.ipynb)" in shown and row["question"] in shown


def test_the_glossary_knows_where_its_terms_are_used():
    used = {
        (term, section)
        for section, slug in SECTIONS.query("minutes != '' and section != '0'")[
            ["section", "chapter"]
        ].values
        for cell in CHAPTERS[slug].cells
        for term in re.findall(r"""glossary\.ipynb#term-([\w-]+)""", cell.source)
    }
    listed = set(fc.read("term_uses").itertuples(index=False, name=None))
    assert listed == used, f"data/term_uses.csv: {sorted(used ^ listed)}"
    assert {term for term, _ in listed} == set(fc.read("terms")["term"]), (
        "every term has its place in a chapter"
    )


@pytest.mark.parametrize("slug", LEAVES)
def test_skeleton(slug):
    cells = CHAPTERS[slug].cells
    headings = [
        h
        for cell in cells
        if cell.cell_type == "markdown"
        for h in re.findall(r"^## (.+)$", cell.source, re.M)
    ]
    assert re.match(r"# .+\n\n\*\*.+\?\*\*$", cells[0].source), (
        "title, question in bold"
    )
    assert "fc.chapter_line(" in cells[1].source
    texts = [
        number
        for number, cell in enumerate(cells)
        if cell.cell_type == "markdown"
        and "remove-cell" not in cell.metadata.get("tags", [])
    ]
    assert "fc.figure(" in cells[texts[1] - 1].source, (
        "the finding's figure comes first"
    )
    assert any(
        re.search(
            r"## Exercises\n\nYou should now be able to\n(\n- .+){3}$", cell.source
        )
        for cell in cells
    ), "three aims where they are tried"
    assert "Does it hold?" in headings and headings[-3:] == SKELETON
    assert any(
        "fc.figure(" in cell.source and re.search(r"sns\.|fc\.count_grid", cell.source)
        for cell in cells
    ), "a figure of numbers"
    if slug not in (
        "introduction",
        "final-remarks",
    ):  # they hold neither numbers nor texts of their own
        assert "Explore" in headings and any(
            "Explorer(" in cell.source for cell in cells
        ), "an explorer"


@pytest.mark.parametrize(
    "slug", [*LEAVES, "does-it-hold", "concepts", "designing-a-comparison"]
)
def test_exercises_go_from_reading_to_analysis(slug):
    """Two to four, the first kinds with a solution right below each, to compute one and
    to weigh or argue another.
    """
    exercises = exercises_of(CHAPTERS[slug].cells, slug)
    kinds = [exercise.kind for exercise, _ in exercises]
    assert (
        2 <= len(kinds) <= 4
        and set(kinds) <= {"Read", "Compute", "Judge", "Argue"}
        and "Compute" in kinds
        and {"Judge", "Argue"} & set(kinds)
    )
    for exercise, solution in exercises:
        assert exercise.label.startswith(f"{slug}-{exercise.kind.lower()}")
        assert exercise.prompt.strip() and len(solution) == 1
        assert (
            solution[0].metadata["tags"] == ["solution", "hide-cell"]
            and "fc." in solution[0].source
            and solution[0].outputs
        ), "computed by the notebook"


def test_labels_of_exercises_stand_once():
    labels = [
        exercise.label
        for slug, notebook in CHAPTERS.items()
        for exercise, _ in exercises_of(notebook.cells, slug)
    ]
    assert len(labels) == len(set(labels)) > 50


def test_code_is_short(notebook):
    """In statements: how many lines they take is the formatter's choice."""
    trees = [ast.parse(cell.source) for cell in code(notebook)]
    lengths = [sum(isinstance(n, ast.stmt) for n in ast.walk(t)) for t in trees]
    assert statistics.median(lengths) <= 10 and max(lengths) <= 25


REFERENCE = re.compile(
    r"(Section|Sections|Table|Tables|[Ff]ootnote) [\d.]+(( to|,| and) "
    r"[\d.]+)*|\[[^\]]*\]\([^)]*\)|`[^`]*`|https?://\S+"
)


def test_no_number_is_typed_into_prose(notebook):
    for number, cell in enumerate(notebook.cells, 1):
        for text in typed_text(cell):
            for line in REFERENCE.sub("", text).splitlines():
                assert not re.search(r"\d", line), (
                    f"cell {number} of {notebook.cells[0].source.splitlines()[0]!r}: "
                    f"a number is typed into prose, expected a hole: {line!r}"
                )


def test_no_year_is_typed_into_code(notebook):
    """Axis labels and limits follow the data: a year that a cell shows is read, not
    written.
    """
    for cell in code(notebook):
        for node in (
            n for n in ast.walk(ast.parse(cell.source)) if isinstance(n, ast.Constant)
        ):
            typed = str(node.value) if isinstance(node.value, (str, int)) else ""
            typed = REFERENCE.sub("", typed)  # a test of its own compares citations
            # keys of the data, such as the event "asylum-rise-2015", are names
            assert not re.search(r"(?<![-\w])(19|20)\d\d\b|year not stated", typed), (
                typed
            )


def test_own_images_and_links_only(notebook):
    for cell in notebook.cells:
        assert "http" not in "".join(typed_text(cell)), cell.source
        for output in cell.get("outputs", []):
            html = output.get("data", {}).get("text/html", "")
            assert not re.search(r'<(?!a )[^>]*(src|href)="(https?:)?//', html), (
                "only a link that a reader follows leads elsewhere"
            )


def test_figures_are_light(notebook):
    for cell in code(notebook):
        for output in cell.outputs:
            html = for_pages(output.get("data", {}).get("text/html", ""))
            for svg in re.findall(r"<svg.*?</svg>", html, re.S):
                assert len(svg.encode()) <= 30_000 * max(1, len(fc.cities()) / 4)


def test_toc_names_every_notebook():
    assert {path.stem for path in (ROOT / "book").glob("*.ipynb")} == set(CHAPTERS) | {
        "teacher-answers"
    }  # which only teachers' sites have


def test_what_the_headlines_claim_holds():
    """Captions and alt texts name orders and directions; the data bear them out."""

    def order(indicator):
        return list(
            fc.of_report(fc.observations(indicator)).sort_values(
                "value", ascending=False
            )["city"]
        )

    assert (
        order("population")
        == order("gdp")
        == ["Guangzhou", "Hangzhou", "Berlin", "Cologne"]
    )
    assert order("gdp_per_capita") == ["Cologne", "Berlin", "Guangzhou", "Hangzhou"]
    assert (
        set(order("population_density")[:2])
        == set(order("gdp_per_capita")[:2])
        == {"Berlin", "Cologne"}
    )
    assert order("population_density") == ["Berlin", "Cologne", "Guangzhou", "Hangzhou"]
    assert fc.value("residents_per_district", "guangzhou") > fc.value(
        "population", "cologne"
    )
    asylum = (
        fc.of_report(fc.observations("asylum_per_1000"))
        .groupby("city")["value"]
        .agg(list)
    )
    assert (
        asylum["Berlin"][0] > asylum["Cologne"][0]
        and asylum["Berlin"][1] < asylum["Cologne"][1]
    )
    industry = fc.of_report(fc.observations("share_industry")).set_index("city")[
        "value"
    ]
    assert all(
        1.8 < industry[city] / industry["Cologne"] < 2.5
        for city in ("Guangzhou", "Hangzhou")
    )
    assert fc.of_report(fc.observations("floating_share"))["value"].gt(100 / 3).all()
    assert (
        fc.observations("foreigners_share", places=["guangzhou", "hangzhou"])["value"]
        .lt(1)
        .all()
    )
    assert order("foundations")[:2] == ["Berlin", "Cologne"] and order(
        "foundations_per_100000"
    )[:2] == ["Cologne", "Berlin"]
    spending = [
        fc.value("residency_cost_per_resident", "guangzhou") / 6,
        fc.value("migrant_service_spending_per_resident", "cologne"),
        fc.value("integration_project_funding_per_resident", "berlin"),
        fc.value("integration_budget_per_resident", "cologne"),
        fc.value("so_budget_per_resident", "hangzhou"),
    ]
    assert spending == sorted(spending, reverse=True)
    target = fc.value("so_density_target", "guangzhou")
    assert (
        fc.value("registered_so_per_10000", "guangzhou")
        < target
        <= fc.value("registered_so_per_10000_not_floating", "guangzhou")
    )
    assert 30 < fc.value("donations_to_gdp", "hangzhou") < 36, "“about a third”"
    assert fc.value("floating_share", "hangzhou") > fc.value(
        "migrant_workers_share", "hangzhou"
    )
    assert order("stay_required_relief")[0] == "Guangzhou"


def test_what_the_headlines_claim_of_policies_and_measures_holds():
    policies, measures = (
        fc.of_report(fc.read(table)) for table in ("policies", "measures")
    )
    assert (policies.query("policy == 'guangzhou-points'")["year"] == "").all() and (
        policies.query("place in ['berlin', 'cologne']")["year"] != ""
    ).all()
    chinese = measures["place"].isin(["guangzhou", "hangzhou"])
    assert chinese[measures["starts"] == "after settlement"].all()
    assistance = measures["policy_field"] == "social-assistance"
    assert (
        not chinese[assistance & (measures["starts"] == "arrival")].any()
        and chinese[assistance & (measures["starts"] == "open")].all()
    )
    jobs = measures[measures["policy_field"] == "employment"]
    with_so = (
        jobs["provider"]
        .isin(["SO", "both"])
        .groupby(jobs["place"].isin(["berlin", "cologne"]))
        .mean()
    )
    assert with_so[True] > 0.5 > with_so[False]
    vulnerable = measures[measures["policy_field"] == "vulnerable-groups"]
    assert chinese[vulnerable.index][vulnerable["threshold"] != ""].all()


def test_what_the_headline_of_the_ledger_claims_holds():
    ledger = fc.claims()
    shares = (
        ledger.groupby(ledger["section"].str[0])["outcome"]
        .value_counts(normalize=True)
        .unstack()
    )
    hold = shares["reproduced"]
    assert hold["2"] == hold.max() and hold["2"] > 2 * hold["6"], (
        "“The numbers hold better than the conclusions”"
    )
    assert hold["6"] < min(0.25, shares.at["6", "in tension"]), (
        "“in Section 6 few are reproduced”, and more are in tension"
    )
    flips = fc.sensitivity().drop_duplicates("conclusion")["flips"]
    assert flips.str.contains("residents").sum() > flips.str.contains("rate").sum(), (
        "“fewer change with the exchange rate”"
    )


def test_what_the_headlines_claim_of_the_comparison_holds():
    dimensions = fc.read("dimensions").query("theme == 'comparison'")["dimension"]
    codes = fc.codes_of(
        "size_class",
        "administrative_status",
        "economic_focus",
        *dimensions,
        places=fc.cities("report"),
    )

    def shared(one, other):
        return (codes[one] == codes[other]).sum()

    assert min(shared("berlin", "cologne"), shared("guangzhou", "hangzhou")) > max(
        shared("berlin", "guangzhou"), shared("cologne", "hangzhou")
    )
    assert not (codes == "not stated").any().any(), (
        "“not stated” would count as a code that is shared"
    )
    steps = fc.codes_of("guidelines_by", "funded_by", "delivered_by")
    assert (steps[["berlin", "cologne"]] == "both").all().all() and list(
        steps["guangzhou"]
    ) == list(steps["hangzhou"]) == ["government", "government", "SOs"]
