"""Data, tables, figures and sentences for the four-city book.

    import fourcities as fc

gives a notebook everything it needs. Each name below is documented where it lives:

- data.py: the CSV tables, checked and typed (`read`)
- indicators.py: observations, and what can be computed from them (`observations`, `recompute`)
- units.py: how a number is written (`fmt`)
- text.py: numbers and names in sentences, with unit, year and source (`say`, `cite`, `cite_each`, `named`, `dated`, `term`, `reference`)
- tables.py: HTML tables (`report_table`, `facts_table`, `values_table`, `codings_table`, `table`)
- explorers.py: pickers of cities, indicators and texts, alive in a notebook and on the page (`Explorer`, `TextExplorer`)
- workbench.py: choose, see the figure and its code (`Workbench`, `workbench_code`), label an axis (`label_axis`)
- figures.py: one look for every figure (`figure`, `city_palette`, `city_markers`), and drawings of their own (`timeline`, `measure_map`, `coding_matrix`)

validate.py, build.py and codebook.py serve the build, not the notebooks.
"""

from .data import descriptor, read
from .explorers import Explorer, TextExplorer
from .figures import (axes, city_markers, city_palette, codes_of, coding_matrix, dated_only, figure, levels_of_government, measure_map, timeline,
                      who_does_what)
from .indicators import cities, observations, recompute, value
from .tables import (amounts_table, bibliography, codings_table, columns_table, facts_table, glossary, profile_table, recompute_table, report_table, table,
                     values_table)
from .text import (both_names, chapter, chapter_line, cite, cite_each, dated, fact, html, list_of, name, named, part, phrase, reference, say,
                   statement, tagged, term, when, when_of)
from .units import fmt
from .workbench import Workbench, label_axis, workbench_code

__all__ = [
    "Explorer", "TextExplorer", "Workbench", "amounts_table", "axes", "bibliography", "both_names", "chapter", "chapter_line", "cite", "cite_each", "cities", "city_markers", "city_palette",
    "codes_of", "coding_matrix", "codings_table", "columns_table", "dated", "dated_only", "descriptor", "fact", "facts_table", "figure", "fmt", "glossary",
    "html", "label_axis", "levels_of_government", "list_of", "measure_map", "name", "named", "observations", "part", "phrase", "profile_table", "read", "recompute",
    "recompute_table", "reference", "report_table", "say", "statement", "table", "tagged", "term", "timeline", "value", "values_table", "when", "when_of",
    "who_does_what", "workbench_code",
]
