"""Data, tables, figures and sentences for the four-city book.

    import fourcities as fc

gives a notebook everything it needs. Each name below is documented where it lives:

- data.py: the CSV tables, checked and typed (`read`)
- indicators.py: observations, and what can be computed from them (`observations`, `recompute`)
- text.py: a number in a sentence, with unit, year and source (`say`, `cite`, `cite_each`, `fmt`)
- tables.py: HTML tables (`report_table`, `recompute_table`, `values_table`, `table`)
- figures.py: one look for every figure (`figure`, `city_palette`, `city_markers`)

validate.py, build.py, codebook.py and site.py serve the build, not the notebooks.
"""

from .data import read
from .figures import axes, city_markers, city_palette, figure, levels_of_government
from .indicators import cities, observations, recompute, value
from .tables import codings_table, profile_table, recompute_table, report_table, sources_table, table, values_table
from .text import chapter_line, cite, cite_each, fmt, html, list_of, name, reference, say, statement, tagged, term, when

__all__ = [
    "axes", "chapter_line", "cite", "cite_each", "cities", "city_markers", "city_palette", "codings_table", "figure", "fmt", "html",
    "levels_of_government", "list_of", "name", "observations", "profile_table", "read", "recompute", "recompute_table",
    "reference", "report_table", "say", "sources_table", "statement", "table", "tagged", "term", "value", "values_table", "when",
]
