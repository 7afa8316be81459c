"""Names, titles and times of single facts, all from the data."""

from __future__ import annotations

from typing import Any

import pandas as pd
from markupsafe import Markup

from fourcities.facts import Cells, lookup, period_words, read

from .markup import literal, tagged


def name(place: str) -> str:
    """English name of a place.

    Parameters
    ----------
    place
        A key of places.csv.

    Returns
    -------
    str
        The name as it is shown everywhere.

    Raises
    ------
    KeyError
        If the place is unknown; the message has the known ones.

    Examples
    --------
    >>> import fourcities as fc
    >>> fc.name("cologne")
    'Cologne'
    """
    names: dict[str, str] = lookup("places", "name")
    if place not in names:
        known = ", ".join(names)
        raise KeyError(f"unknown place {place!r}; data/places.csv has: {known}")
    return names[place]


def term_forms(row: Cells) -> dict[str, str]:
    """The German and Chinese form of a term as HTML, by the language's name.

    row: a row of terms.csv. A form that the report does not print says so.
    """
    forms = {}
    for language, tag, column in (("German", "de", "de"), ("Chinese", "zh-Hans", "zh")):
        form = row[f"name_{column}"]
        if form:
            ours = ", our form" if row[f"from_{column}"] == "ours" else ""
            forms[language] = tagged(form, tag) + ours
    return forms


def fact(table: str, key: str) -> pd.Series[Any]:
    """One row of a table by its key: fact("policies", "berlin-master-plan")["year"].

    Parameters
    ----------
    table
        A table whose first column is its key, such as "policies", "measures", "events",
        "organizations" or "cooperation".
    key
        What the first column holds.

    Returns
    -------
    pandas.Series
        The row, its cells by the names of the columns.

    Raises
    ------
    KeyError
        If there is no such row; the message has the keys of those that there are.

    Examples
    --------
    >>> import fourcities as fc
    >>> fc.fact("policies", "berlin-diversity")["year"]
    '2007'
    """
    rows = read(table)
    keys = rows.iloc[:, 0]
    found = rows[keys == key]
    if found.empty:
        there_are = ", ".join(keys)
        raise KeyError(f"no row {key!r} in data/{table}.csv; there are: {there_are}")
    return found.iloc[0]


def named(table: str, key: str) -> Markup:
    """A name or title as printed, with its German or Chinese form.

    Parameters
    ----------
    table, key
        As in `fact`; a table with a name or a title.

    Returns
    -------
    Markup
        As of `both_names`: "Measures … (<span lang="zh-Hans">…</span>)".

    Raises
    ------
    KeyError
        If there is no such row.
    """
    return both_names(fact(table, key))


def both_names(row: Cells) -> Markup:
    """The English name or title of a row and, in brackets, the local one.

    Parameters
    ----------
    row
        A row with title, local_title and language, or with name and perhaps local_name
        and language.

    Returns
    -------
    Markup
        Safe HTML; the local form is marked with its language.
    """
    if "local_title" in row:
        english, local = row["title"], row["local_title"]
    else:
        english, local = row["name"], row.get("local_name", "")
    shown = Markup(literal(english))
    if not local:
        return shown
    return Markup("{} ({})").format(shown, Markup(tagged(local, row["language"])))


def dated(table: str, key: str) -> str:
    """When it was, in words.

    Parameters
    ----------
    table, key
        As in `fact`; "policies", "measures", "events" or "cooperation".

    Returns
    -------
    str
        As of `when_of`: "2012", "since 2008", the report's own wording if that is
        loose, or "year not stated".

    Raises
    ------
    KeyError
        If there is no such row.

    Examples
    --------
    >>> import fourcities as fc
    >>> fc.dated("policies", "berlin-diversity")
    '2007'
    """
    return when_of(fact(table, key))


def when_of(row: Cells) -> str:
    """The time of a row of policies, measures, events or cooperation in words.

    Parameters
    ----------
    row
        A row with year, runs_to and revised, or with printed, period_start and
        period_end and perhaps a flag.

    Returns
    -------
    str
        "2012–2015, revised 2014", "since 2008", the report's own wording if that is
        loose or flagged, or "year not stated".
    """
    if "year" in row:
        years = f"{row['year']}–{row['runs_to']}" if row["runs_to"] else row["year"]
        revised = f"revised {row['revised']}" if row["revised"] else ""
        return ", ".join(filter(None, [years, revised])) or "year not stated"
    # “by 2020” says more than a period.
    if row["printed"] and (pd.isna(row["period_start"]) or row.get("flag")):
        printed: str = row["printed"]
        return printed.removeprefix("In ").removeprefix("in ")
    return period_words(row["period_start"], row["period_end"])


def statement(place: str, dimension: str) -> str:
    """What the report says of a city on a dimension of codings.csv, in our words.

    Parameters
    ----------
    place
        A key of places.csv.
    dimension
        A key of dimensions.csv.

    Returns
    -------
    str
        The statement; several are joined; "not stated" if there is none.
    """
    rows = read("codings").query("place == @place and dimension == @dimension")
    return " ".join(rows["statement"]) or "not stated"


def project_names() -> dict[str, list[str]]:
    """What project.csv gives for each role, such as "research partner".

    Returns
    -------
    dict
        For each role, in the order of the file, its names as HTML; German names carry
        their language.
    """
    rows = read("project")
    names: dict[str, list[str]] = {}
    for role, printed, language in zip(rows["role"], rows["name"], rows["language"]):
        names.setdefault(role, []).append(tagged(printed, language))
    return names
