"""Data, tables, figures and sentences for the four-city book.

    import fourcities as fc

gives a notebook everything it needs. Each name below is documented where it lives:

- data.py: the CSV tables, checked and typed (`read`), and which rows are the report's (`of_report`)
- indicators.py: observations, and what can be computed from them (`observations`, `recompute`)
- units.py: how a number is written (`fmt`)
- text.py: numbers and names in sentences, with unit, year and source (`say`, `cite`, `cite_each`, `named`, `dated`, `term`, `reference`)
- tables.py: HTML tables (`report_table`, `facts_table`, `values_table`, `codings_table`, `table`)
- explorers.py: pickers of cities, indicators, texts and rows of a table, alive in a notebook and on the page (`Explorer`, `TextExplorer`, `TableExplorer`)
- claims.py: what the report states, recomputed (`claims`, `verdict`, `ClaimExplorer`); readings.py has the language of claims.csv, titles.py the test of titles
- designs.py: Mill's methods on the codes (`pairs_of`, `agreement`, `difference`, `covarying`, `inseparable`, `DesignExplorer`)
- sensitivity.py: what hangs on a choice that the report leaves open (`sensitivity`, `AssumptionExplorer`)
- exercises.py: whether the answer to an exercise is right, with a hint if not (`check`)
- teaching.py: parts of the teaching guide (`session_plan`, `session_times`, `board_sketch`)
- workbench.py: choose, see the figure and its code (`Workbench`, `workbench_code`), label an axis (`label_axis`)
- figures.py: one look for every figure (`figure`, `city_palette`, `city_markers`, `labels_or_legend`), and drawings of their own (`timeline`, `measure_map`, `coding_matrix`, `count_grid`)

ledger.py leads from a flag to its claim. validate.py, build.py and codebook.py serve the build, not the notebooks.
"""

from .claims import OUTCOMES, USES, ClaimExplorer, claims, verdict
from .data import descriptor, of_report, read
from .designs import DesignExplorer, agreement, combinations, covarying, difference, inseparable, pairs_of, recoded
from .exercises import check
from .explorers import Explorer, TableExplorer, TextExplorer
from .figures import (axes, city_legend, city_markers, city_palette, codes_of, coding_matrix, count_grid, dated_only, figure, labels_or_legend,
                      levels_of_government, measure_map, timeline, who_does_what)
from .indicators import cities, observations, recompute, value
from .sensitivity import AssumptionExplorer, assumptions, sensitivity
from .tables import (amounts_table, bibliography, codings_table, columns_table, facts_table, flag_note, glossary, outside_table, profile_table, recompute_table, report_table, table,
                     values_table)
from .teaching import board_sketch, hub_link, session_list, session_plan, session_times
from .text import (both_names, chapter, chapter_line, cite, cite_each, dated, fact, html, list_of, name, named, part, phrase, project_names, reference, say,
                   statement, tagged, term, when, when_of)
from .units import fmt
from .workbench import Workbench, label_axis, workbench_code

__all__ = [
    "AssumptionExplorer", "ClaimExplorer", "DesignExplorer", "Explorer", "OUTCOMES", "TableExplorer", "TextExplorer", "USES", "Workbench", "agreement", "amounts_table", "assumptions", "axes",
    "bibliography", "board_sketch", "both_names", "chapter", "check", "chapter_line", "cite", "cite_each", "cities", "city_legend", "city_markers", "city_palette", "claims", "codes_of",
    "coding_matrix", "codings_table", "columns_table", "combinations", "count_grid", "covarying", "dated", "dated_only", "descriptor", "difference", "fact", "facts_table", "figure", "flag_note", "fmt", "glossary",
    "html", "hub_link", "inseparable", "label_axis", "labels_or_legend", "levels_of_government", "list_of", "measure_map", "name", "named", "observations", "of_report", "outside_table", "pairs_of", "part", "phrase",
    "profile_table", "project_names", "read", "recoded", "recompute", "recompute_table", "reference", "report_table", "say", "sensitivity", "session_list", "session_plan", "session_times", "statement", "table", "tagged",
    "term", "timeline", "value", "values_table", "verdict", "when", "when_of", "who_does_what", "workbench_code",
]
