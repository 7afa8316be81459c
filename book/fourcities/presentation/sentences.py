"""Numbers in sentences: each with unit, period, source and flag, all from the data."""

from __future__ import annotations

from collections.abc import Sequence
from string import Formatter

import pandas as pd
from IPython.display import Markdown

from fourcities.facts import Cells, about, cities, fmt, lookup, observations, read

from .citations import where
from .flags import address_of, claim_of
from .front_ends import folded
from .markup import markdown
from .names import name
from .words import list_of, some


def say(template: str, /, **values: object) -> Markdown | None:
    """Show sentences in the notebook and on the page.

    Parameters
    ----------
    template
        Markdown with a named hole for each value from the data, as in `fill`.
    **values
        What stands in the holes, by their names.

    Returns
    -------
    IPython.display.Markdown or None
        The text, without white space around it; None, so that nothing is shown, if all
        its holes are filled with nothing.

    Raises
    ------
    ValueError
        If a hole has no value, or a value no hole.

    Examples
    --------
    >>> import fourcities as fc
    >>> fc.say("{count} cities.", count=len(fc.cities("report")))
    <IPython.core.display.Markdown object>
    """
    text = fill(template, **values).strip()
    return markdown(text) if text else None


def solution(template: str, /, **values: object) -> Markdown:
    """Show the worked solution of an exercise, behind a line that opens it.

    Parameters
    ----------
    template, **values
        As of `say`.

    Returns
    -------
    IPython.display.Markdown
        The text; on a page it stands in the solution's box.

    Raises
    ------
    ValueError
        As of `say`.
    """
    return markdown(folded(fill(template, **values)))


def fill(template: str, /, **values: object) -> str:
    """A text whose holes are filled, such as a caption.

    Parameters
    ----------
    template
        Words with a named hole for each value: "Services: {services}."
    **values
        What stands in the holes, by their names.

    Returns
    -------
    str
        The text.

    Raises
    ------
    ValueError
        If a hole has no value, or a value no hole; the message names it.

    Examples
    --------
    >>> import fourcities as fc
    >>> fc.fill("{city} has {count} districts.", city="Berlin", count=12)
    'Berlin has 12 districts.'
    """
    holes = {hole for _, hole, _, _ in Formatter().parse(template) if hole is not None}
    if holes != set(values):
        unfilled = list_of(sorted(holes - set(values))) or "none"
        unused = list_of(sorted(set(values) - holes)) or "none"
        raise ValueError(
            f"holes and values differ in {template.strip()[:60]!r}: "
            f"holes without a value: {unfilled}; values without a hole: {unused}"
        )
    return template.format(**values)


def when(rows: pd.DataFrame) -> str:
    """The period that rows of observations share, in words.

    Parameters
    ----------
    rows
        Rows of `observations`; the column period is needed.

    Returns
    -------
    str
        The period; "years differ" if they don't share one.
    """
    periods = set(rows["period"])
    return periods.pop() if len(periods) == 1 else "years differ"


def chapter_line(section: str) -> Markdown:
    """The line below a chapter's question.

    Parameters
    ----------
    section
        The section of the report that the chapter follows, such as "2.1".

    Returns
    -------
    IPython.display.Markdown
        Reading time, the section, the tables it rests on, its rows of the
        ledger, and cities that were added.

    Raises
    ------
    KeyError
        If there is no such section.
    """
    row = read("sections").set_index("section").loc[section]
    front = ", and the front matter" if section == "1" else ""
    follows = f"Section {section} of the report, “{row['title']}”{front}"
    return markdown(
        f"**{row['minutes']} minutes** · follows {follows}{_tables_of(section)}"
        " · [data](data-and-sources.ipynb) · [sources](bibliography.ipynb)"
        f"{_statements_of(section)}{_added_cities()}"
    )


def _tables_of(section: str) -> str:
    """ ", with Tables 1 and 2"; "" if the section has none."""
    tables = read("tables").query("section == @section")["table"]
    if not len(tables):
        return ""
    return f", with Table{'s' if len(tables) > 1 else ''} {list_of(tables)}"


def _statements_of(section: str) -> str:
    """A link to the section's rows of the ledger; "" if there are none."""
    count = (read("claims")["section"] == section).sum()
    if not count:
        return ""
    words = f"{count} statements, held against the data"
    return f' · <a href="{address_of(section=section)}">{words}</a>'


def _added_cities() -> str:
    """Which cities were added, and where they are shown; "" if there are none."""
    names = [name(city) for city in cities("added")]
    if not names:
        return ""
    return (
        f"<br>Added to the report's cities from other sources: {some(names)}."
        " The sentences below speak of the report's cities alone;"
        " tables, figures and explorers show all."
    )


def part(section: str) -> str:
    """The chapters of a part, as a Markdown list.

    Parameters
    ----------
    section
        A section of the report with others below it, such as "3".

    Returns
    -------
    str
        Markdown: how many chapters and minutes, then for each chapter a link, the
        section, the reading time and the question.
    """
    sections = read("sections")
    lies_below = sections["section"].str.startswith(section + ".")
    below = sections[lies_below & (sections["minutes"] != "")]
    minutes = below["minutes"].astype(int).sum()
    head = f"{len(below)} chapters, {minutes} minutes:\n\n"
    return head + "\n".join(_listed_chapter(row) for _, row in below.iterrows())


def _listed_chapter(row: Cells) -> str:
    return (
        f"- **[{row['title']}]({row['chapter']}.ipynb)** · Section {row['section']}"
        f" · {row['minutes']} minutes<br>{row['question']}"
    )


def chapter(section: str) -> str:
    """A link to the chapter that follows a section.

    Parameters
    ----------
    section
        A section of the report, such as "3.1".

    Returns
    -------
    str
        Markdown: "[Section 3.1](philanthropy.ipynb)".

    Raises
    ------
    KeyError
        If there is no such section; the message has those that there are.
    """
    chapters = lookup("sections", "chapter")
    if section not in chapters:
        known = ", ".join(chapters)
        raise KeyError(f"unknown section {section!r}; data/sections.csv has: {known}")
    return f"[Section {section}]({chapters[section]}.ipynb)"


def number(row: Cells) -> str:
    """The value of a row of observations with its decimals.

    For percentages with its sign: "4.45%", "37,022".
    """
    sign = "%" if about(row["indicator"])["phrase"].startswith("{}%") else ""
    return _qualified(row, fmt(row["value"], row["decimals"]) + sign)


def _qualified(row: Cells, words: str) -> str:
    """ "40%" -> "more than 40%", where the wording in print says so."""
    return f"{row['qualifier']} {words}" if row["qualifier"] else words


def phrase(row: Cells) -> str:
    """The value of a row of observations in words.

    Parameters
    ----------
    row
        A row of `observations`: indicator, value, decimals and qualifier are needed.

    Returns
    -------
    str
        By the phrase of indicators.csv: "about 1.11 million U.S. dollars", "more than 1
        year".
    """
    pattern = about(row["indicator"])["phrase"]
    shown = pattern.replace("{}", fmt(row["value"], row["decimals"]))
    plural = "" if row["value"] == 1 else "s"
    return _qualified(row, shown.replace("{s}", plural))


def cite(indicator: str, place: str, year: int | None = None) -> str:
    """One value in a sentence: amount, unit, period, source, and its flag if any.

    Parameters
    ----------
    indicator, place
        Keys of indicators.csv and places.csv.
    year
        Picks one of several periods; the report's latest if not given.

    Returns
    -------
    str
        Markdown.

    Raises
    ------
    KeyError
        If the value is not reported.

    Examples
    --------
    >>> import fourcities as fc
    >>> fc.cite("population", "guangzhou")
    '14,043,500 residents (end of 2016; [Table 1](basic-data.ipynb#table-1))'
    """
    rows = _rows(indicator, [place], year)
    if rows.empty:
        asked = f" in {year}" if year else ""
        raise KeyError(f"{indicator!r} is not reported for {place!r}{asked}")
    row = rows.iloc[-1]
    return f"{phrase(row)} ({_period(row)}; {_sources(rows.tail(1))})"


def cite_each(
    indicator: str, places: Sequence[str] | None = None, year: int | None = None
) -> str:
    """The values of several places in a sentence.

    Parameters
    ----------
    indicator
        A key of indicators.csv.
    places
        Keys of places.csv; the report's cities unless given.
    year
        Picks one of several periods; the report's latest if not given.

    Returns
    -------
    str
        Markdown: "Berlin 12, Cologne 9 and Hangzhou 10 (year not stated; Table 4)",
        with a link at the table. A period that all share is said once, at the end. A
        place without a value is said to be "not reported".
    """
    asked = cities("report") if places is None else places
    rows = _rows(indicator, asked, year)
    periods = [_period(row) for _, row in rows.iterrows()]
    shared = len(set(periods)) == 1
    words = []
    for (_, row), period in zip(rows.iterrows(), periods):
        asides = "; ".join(filter(None, ["" if shared else period, row["flag"]]))
        aside = f" ({asides})" if asides else ""
        words.append(f"{row['city']} {number(row)}{aside}")
    reported = set(rows["place"])
    words += [f"{name(place)} not reported" for place in asked if place not in reported]
    once = f"{periods[0]}; " if shared else ""
    return f"{list_of(words)} ({once}{_sources(rows)})"


def _rows(indicator: str, places: Sequence[str], year: int | None) -> pd.DataFrame:
    period = "report" if year is None else year
    return observations(indicator, places=places, period=period)


def _period(row: Cells) -> str:
    period: str = row["period"]
    return f"computed, {period}" if row["formula"] else period


def _sources(rows: pd.DataFrame) -> str:
    """Where values come from and what their flags mean, in words.

    Each flag has a link to the ledger: "Table 1; u: low reliability".
    """
    places = dict.fromkeys(where(row) for _, row in rows.iterrows())
    labels = lookup("flags", "label")
    parts = [list_of(places)]
    for _, row in rows[rows["flag"] != ""].drop_duplicates("flag").iterrows():
        words = f"{row['flag']}: {labels[row['flag']]}"
        claim = claim_of(row)
        parts.append(f'<a href="{address_of(claim)}">{words}</a>' if claim else words)
    return "; ".join(parts)
