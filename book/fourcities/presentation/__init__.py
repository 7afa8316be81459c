"""Words and pictures: facts as sentences, tables and figures of the book.

It uses the facts. Explorers, ledger and teaching use it to show what they found. One
look for all: a city's colour and marker, how a number is written, how a source is
cited, where a flag leads, all stand here once.
"""

from .cards import city_cards, city_mark
from .charts import by_city, name_points, number_bars, number_parts
from .citations import (
    citation_words,
    credit,
    origins,
    pages,
    reference,
    where,
    works_cited,
)
from .fact_tables import amounts_table, columns_table, facts_table
from .figures import figure, with_sources_in_sight
from .flags import LABEL, address_of, claim_of, link_to, observed
from .front_ends import for_notebooks, for_pages, sides_of, to_files
from .labels import city_legend, labels_or_legend
from .languages import dated_in, number_in, value_in
from .levels import levels_of_government
from .markup import markdown, marked, tagged
from .matrices import coding_matrix, count_grid, who_does_what
from .names import (
    both_names,
    dated,
    fact,
    name,
    named,
    project_names,
    statement,
    when_of,
)
from .notes import flag_note
from .outside_tables import outside_table, ranges_table
from .print_notes import print_notes_table
from .reference_lists import bibliography, glossary
from .report_tables import report_table
from .sentences import (
    chapter,
    chapter_line,
    cite,
    cite_each,
    fill,
    part,
    phrase,
    say,
    solution,
    when,
)
from .style import axes, city_markers, city_palette, greys, readable_on
from .tables import NOT_REPORTED, NOT_STATED, Shown, listed, table
from .timelines import measure_map, timeline
from .value_tables import codings_table, profile_table, recompute_table, values_table
from .words import FEW, list_of, some

__all__ = [
    "FEW",
    "LABEL",
    "NOT_REPORTED",
    "NOT_STATED",
    "Shown",
    "address_of",
    "amounts_table",
    "axes",
    "bibliography",
    "both_names",
    "by_city",
    "chapter",
    "chapter_line",
    "citation_words",
    "cite",
    "cite_each",
    "city_cards",
    "city_legend",
    "city_mark",
    "city_markers",
    "city_palette",
    "claim_of",
    "coding_matrix",
    "codings_table",
    "columns_table",
    "count_grid",
    "credit",
    "dated",
    "dated_in",
    "fact",
    "facts_table",
    "figure",
    "fill",
    "flag_note",
    "for_notebooks",
    "for_pages",
    "glossary",
    "greys",
    "labels_or_legend",
    "levels_of_government",
    "link_to",
    "list_of",
    "listed",
    "markdown",
    "marked",
    "measure_map",
    "name",
    "name_points",
    "named",
    "number_bars",
    "number_in",
    "number_parts",
    "observed",
    "origins",
    "outside_table",
    "pages",
    "part",
    "phrase",
    "print_notes_table",
    "profile_table",
    "project_names",
    "ranges_table",
    "readable_on",
    "recompute_table",
    "reference",
    "report_table",
    "say",
    "sides_of",
    "solution",
    "some",
    "statement",
    "table",
    "tagged",
    "timeline",
    "to_files",
    "value_in",
    "values_table",
    "when",
    "when_of",
    "where",
    "who_does_what",
    "with_sources_in_sight",
    "works_cited",
]
