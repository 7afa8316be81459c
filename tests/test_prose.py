"""Prose in notebooks: most of it cells of words, every name, citation and term in it as
the data have it; sentences with values as templates; code worth reading aloud.
"""

import ast
import copy
import re
import statistics
from html import unescape
from itertools import chain

import pytest
from prose import typed_text

import fourcities as fc
from conftest import read_once
from fourcities.facts import descriptor
from fourcities.ledger import OUTCOMES, USES, claims
from fourcities.presentation import both_names, pages
from fourcities.presentation.citations import reference
from fourcities.presentation.names import term_forms
from publishing.contents import LANGUAGES, chapters
from publishing.notebooks import fold
from publishing.paths import ANSWERS

PATHS = {path.stem: path for path in [*chapters(), ANSWERS]}
NOTEBOOKS = {slug: read_once(path) for slug, path in PATHS.items()}
TABLES = [resource["name"] for resource in descriptor()["resources"]]


@pytest.fixture(params=PATHS)
def chapter(request):
    return request.param


def code(slug):
    """The cells of code, each with its place for messages."""
    return [
        (f"book/{slug}.ipynb, cell {number}", cell)
        for number, cell in enumerate(NOTEBOOKS[slug].cells, 1)
        if cell.cell_type == "code"
    ]


def calls(source, *names):
    """The calls of these functions of the package in a cell's code."""
    return [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and getattr(node.func.value, "id", "") == "fc"
        and node.func.attr in names
    ]


# ---------- templates


def test_most_of_the_prose_stands_in_cells_of_words():
    words = templates = 0
    for slug in PATHS:
        for cell in NOTEBOOKS[slug].cells:
            if cell.cell_type == "markdown":
                words += len(cell.source)
            else:
                templates += sum(
                    len(call.args[0].value)
                    for call in calls(cell.source, "say", "solution")
                )
    assert words / (words + templates) >= 0.7


def is_plain(node):
    """Whether a value is a name or a plain call: nothing is computed or decided."""
    if isinstance(node, ast.Call):
        function = node.func
        named = isinstance(function, ast.Name) and function.id == "len"
        ours = (
            isinstance(function, ast.Attribute)
            and getattr(function.value, "id", "") == "fc"
        )
        parts = [*node.args, *(keyword.value for keyword in node.keywords)]
        return (named or ours) and all(map(is_plain, parts))
    if isinstance(node, ast.Subscript):
        return is_plain(node.value) and is_plain(node.slice)
    if isinstance(node, ast.Attribute):
        return is_plain(node.value)
    if isinstance(node, (ast.List, ast.Tuple)):
        return all(map(is_plain, node.elts))
    return isinstance(node, (ast.Name, ast.Constant))


def test_templates_are_literals_and_values_are_plain(chapter):
    """A translator's tool can take every template out."""
    for place, cell in code(chapter):
        for call in calls(cell.source, "say", "solution", "fill"):
            (template,) = call.args
            assert isinstance(template, ast.Constant), (
                f"{place}: expected words between quotation marks"
            )
            for keyword in call.keywords:
                assert is_plain(keyword.value), (
                    f"{place}: {ast.unparse(keyword)} computes or decides; "
                    "that belongs in a cell above"
                )


def test_a_hole_stands_apart_from_words(chapter):
    """The blank before a closing quotation mark is easily lost."""
    for place, cell in code(chapter):
        for text in typed_text(cell):
            found = re.search(r"\}[a-zA-Z]\w*|[a-z]\{\w+", text)
            assert not found, f"{place}: a blank is missing at {found[0]!r}"


def test_no_f_strings(chapter):
    for place, cell in code(chapter):
        found = [
            n for n in ast.walk(ast.parse(cell.source)) if isinstance(n, ast.JoinedStr)
        ]
        assert not found, f"{place}: write {ast.unparse(found[0])} with `fc.fill`"


def test_sentences_with_values_stand_alone(chapter):
    for place, cell in code(chapter):
        tags = cell.metadata.get("tags", [])
        if calls(cell.source, "say"):
            assert len(ast.parse(cell.source).body) == 1, (
                f"{place}: `fc.say` stands with other code"
            )
            assert tags == ["remove-input"], f"{place}: tags are {tags}"
        assert bool(calls(cell.source, "solution")) == ("solution" in tags), place


# ---------- code


def test_a_line_says_how_to_run_it_and_what_comes_alive(chapter):
    """In a notebook only: the site leaves it out."""
    cells = NOTEBOOKS[chapter].cells
    lines = [cell for cell in cells if "**Run → Run All Cells**" in cell.source]
    runs = [cell for cell in cells if cell.cell_type == "code"]
    assert len(lines) == (1 if runs and chapter != "first-notebook" else 0)
    for line in lines:
        assert line.metadata["tags"] == ["remove-cell"]
        assert ("explorers" in line.source) == any(
            "Explorer(" in c.source for c in runs
        )
        assert ("workbench" in line.source) == any(
            "Workbench(" in c.source for c in runs
        )


def test_cells_are_folded_in_a_notebook_as_on_the_site(chapter):
    for number, cell in enumerate(NOTEBOOKS[chapter].cells, 1):
        folded = copy.deepcopy(cell)
        fold(folded)
        assert folded.metadata == cell.metadata, (
            f"book/{chapter}.ipynb, cell {number}: run `make book`, which folds it"
        )


def is_open(cell):
    return not cell.metadata.get("jupyter", {}).get("source_hidden")


def test_a_folded_cell_says_what_is_in_it(chapter):
    """A front end shows its first line."""
    for place, cell in code(chapter):
        assert is_open(cell) or cell.source.startswith("# "), (
            f"{place}: folded, so its first line says what it is: “# …”"
        )


def test_open_code_is_short():
    lengths = [
        cell.source.count("\n") + 1
        for slug in PATHS
        for _, cell in code(slug)
        if is_open(cell)
    ]
    assert statistics.median(lengths) <= 5
    assert sum(length <= 12 for length in lengths) >= 0.9 * len(lengths)
    assert max(lengths) <= 20


def test_lines_of_code_fit(chapter):
    for place, cell in code(chapter):
        for line in cell.source.splitlines():
            assert len(line) <= 88, (
                f"{place}: a line of {len(line)} characters, not 88 at most: {line}"
            )


# ---------- names, citations, terms


LINK = re.compile(r"\[([^\]]+)\]\(([\w-]+)\.ipynb#([\w-]+)\)")
SECTION = re.compile(r"\[Sections? ([\d.]+)\]\(([\w-]+)\.ipynb\)")
FORM = re.compile(r'(.{0,140})\(?<span lang="([\w-]+)">([^<]+)</span>', re.S)
WORD = re.compile(r"[^\W\d_]+")

ROWS = {name: fc.read(name) for name in TABLES}


def typed(slug):
    """Number of each cell, and the words typed in it."""
    for number, cell in enumerate(NOTEBOOKS[slug].cells, 1):
        for text in typed_text(cell):
            place = f"book/{slug}.ipynb, cell {number}"
            for paragraph in re.split(r"\n\n|^(?=- )", text, flags=re.M):
                yield place, " ".join(paragraph.split())


def citations():
    """Each work as citations name it, by the words of its link."""
    found = {}
    readings = ROWS["sources"].query("kind == 'reading'")["source"]
    for citation in chain(ROWS["citations"]["citation"].unique(), readings):
        for words, _, label in LINK.findall(reference(citation)):
            found.setdefault(label, set()).add(words)
    return found


CITATIONS = citations()


def test_citations_are_as_the_data_have_them(chapter):
    for place, text in typed(chapter):
        for words, page, label in LINK.findall(text):
            if page != "bibliography":
                continue
            known = CITATIONS.get(label, set())
            assert words in known, (
                f"{place} cites {words!r}; data/citations.csv and sources.csv have "
                f"for {label!r}: {', '.join(sorted(known)) or 'nothing'}"
            )


def test_terms_are_as_the_data_have_them(chapter):
    """The words of a link are the term, perhaps in the plural; the forms that follow it
    are those of its row.
    """
    terms = ROWS["terms"].set_index("term", drop=False)
    for place, text in typed(chapter):
        for found in LINK.finditer(text):
            words, page, label = found.groups()
            if page != "glossary" or not label.startswith("term-"):
                continue
            key = label.removeprefix("term-")
            assert key in terms.index, f"{place}: data/terms.csv has no term {key!r}"
            row = terms.loc[key]
            assert stem(row["name"]) <= stem(words), (
                f"{place} says {words!r} where data/terms.csv has {row['name']!r}"
            )
            forms = ", ".join(term_forms(row).values())
            rest = text[found.end() :]
            if rest.startswith(" (<span"):
                assert rest.startswith(f" ({forms})"), (
                    f"{place}: behind {words!r} expected {forms!r}, of data/terms.csv"
                )


def stem(words):
    """Words without plural and case: what a sentence may change of a term."""
    return {
        re.sub(r"(ies|y|s|er|ers)$", "", word.lower()) for word in WORD.findall(words)
    }


def local_forms():
    """The English names that belong to each German or Chinese name of the data."""
    found = {}
    for name, rows in ROWS.items():
        for _, row in rows.iterrows():
            if {"name", "local_name"} <= set(rows) or {"title", "local_title"} <= set(
                rows
            ):
                shown = str(both_names(row))
                for _, language, form in FORM.findall(shown):
                    english = shown.partition(" (<span")[0]
                    found.setdefault((language, form), set()).add((name, english))
    for _, row in ROWS["terms"].iterrows():
        for form in term_forms(row).values():
            _, language, words = FORM.findall(form)[0]
            found.setdefault((language, words), set()).add(("terms", row["name"]))
    for name, rows in ROWS.items():  # names and labels that are German themselves
        if "language" in rows:
            for column in ("name", "label", "title"):
                if column in rows:
                    for text, language in zip(rows[column], rows["language"]):
                        found.setdefault((language, text), set()).add((name, ""))
    return found


FORMS = local_forms()


def test_german_and_chinese_names_are_as_the_data_have_them(chapter):
    """And each stands behind the English name of its row."""
    for place, text in typed(chapter):
        for before, language, form in FORM.findall(text):
            known = FORMS.get((language, form)) or FORMS.get((language, unescape(form)))
            if not known and form in KNOWN:  # a sign of a name, not a name
                continue
            assert known, f"{place}: no table of data/ has {form!r} in {language}"
            if before.endswith("(") and not before.endswith(")("):
                ahead = re.sub(r"\]\([^)]*\)|\[", "", before)
                assert chapter in LANGUAGES or any(
                    stem(english) <= stem(ahead[-len(english) - 12 :])
                    for _, english in known
                ), (
                    f"{place}: {form!r} stands behind {ahead[-60:]!r}; "
                    f"the data have {sorted(known)}"
                )


def test_links_to_sections_and_tables_are_as_the_data_have_them(chapter):
    for place, text in typed(chapter):
        for section, page in SECTION.findall(text):
            assert pages().get(f"Section {section}") == f"{page}.html", (
                f"{place}: Section {section} is not on {page}"
            )
        for words, page, label in LINK.findall(text):
            if re.fullmatch(r"Table \d+", words):
                assert pages()[words] == f"{page}.html#{label}", f"{place}: {words}"


VERDICTS = re.compile("|".join(map(re.escape, [*OUTCOMES, *USES.values()])), re.I)
TO_A_CLAIM = re.compile(r"\[([^\]]+)\]\(does-it-hold\.ipynb#ledger-([\w-]+)\)")
ON_THE_LEDGER = ("does-it-hold", "how-to-use", "teaching-guide", "teacher-answers")


def test_a_verdict_is_a_link_to_its_claim_and_the_one_that_it_has(chapter):
    """A verdict in a sentence would else stay as it is when the ledger changes."""
    ledger = claims().set_index("claim")
    for place, text in typed(chapter):
        for words, claim in TO_A_CLAIM.findall(text):
            assert claim in ledger.index, f"{place}: no claim {claim!r}"
            verdicts = ledger.at[claim, "outcome"], USES[ledger.at[claim, "use"]]
            if VERDICTS.fullmatch(words):
                assert words.lower() in verdicts, f"{place}: {claim} is {verdicts}"
        if chapter not in ON_THE_LEDGER:
            found = set(VERDICTS.findall(TO_A_CLAIM.sub("", text))) - {"differs"}
            assert not found, f"{place}: {found} without a link to its claim"


# A name: several capitalized words, or one with capitals inside.
NAME = re.compile(
    r"\b[A-Z][\w-]*(?: (?:[A-Z][\w'-]*|of|the|and|for|in|on|&))* [A-Z][\w'-]+"
    r"|\b\w*[a-z][A-Z]\w*|\b[A-Z]{3,}\b"
)
PARTS = re.compile(r" (?:of|the|and|for|in|on|&)(?: the)? | (?=SOs$)")
# Names that are no facts of the report: of this book's tools, files and methods.
OWN = {
    "CONTRIBUTING",
    "Common Cartridge",
    "CSV",
    "DataFrame",
    "GitHub",
    "JupyterHub",
    "JupyterLab",
    "Moodle",
    "Moodle XML",
    "README",
    "Adam Przeworski",
    "Henry Teune",
    "Francis Galton",
    "John Stuart Mill",
    "Munich",
    "Open on Binder",
    "Stuttgart",
    "Giovanni Sartori",
    "Run All Cells",
}
KNOWN = "\n".join(
    chain(
        (str(cell) for rows in ROWS.values() for cell in rows.to_numpy().flat),
        (notebook.cells[0].source for notebook in NOTEBOOKS.values()),  # own titles
    )
)


LOWER = {
    word
    for notebook in NOTEBOOKS.values()
    for cell in notebook.cells
    for word in re.findall(r"\b[a-z]+\b", cell.source)
}
PLACES = set(ROWS["places"]["name"])
BEGINS = re.compile(r"(^|#+ |[.!?:;“”(*] ?|- )$")


def is_known(name, begins):
    """Whether a name, or each of those that "and" or "of" joins, is of the data.

    begins: whether it begins a sentence, so that its first word may be none of it.
    """
    name = name.removesuffix("'s")
    if name in KNOWN or name in OWN:
        return True
    first, _, rest = name.partition(" ")
    if begins and (rest in PLACES or first.lower() in LOWER and is_known(rest, False)):
        return True
    first, *others = PARTS.split(name)
    if begins and first.lower() in LOWER and not is_known(first, False):
        first, *others = others or [first]
    return bool(others) and all(is_known(part, False) for part in [first, *others])


def test_names_in_sentences_stand_in_the_data(chapter):
    """A name that a row no longer has is named with its cell. By English spelling."""
    if chapter in LANGUAGES:
        return
    for place, text in typed(chapter):
        plain = re.sub(r"<[^>]+>|\]\([^)]*\)|\[|`[^`]*`|\*", "", text)
        for found in NAME.finditer(plain):
            begins = bool(BEGINS.search(plain[: found.start()]))
            assert is_known(found[0], begins), (
                f"{place}: no table of data/ has the name {found[0]!r}; "
                "if a row has changed, mend the cell"
            )
