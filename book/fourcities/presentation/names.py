"""Names, titles and times of single facts, all from the data."""

import pandas as pd
from markupsafe import Markup as html

from fourcities.facts import lookup, period_words, read

from .markup import literal, tagged


def name(place):
    """English name of a place. Raises KeyError if it is unknown."""
    names = lookup("places", "name")
    if place not in names:
        raise KeyError(
            f"unknown place {place!r}; data/places.csv has: {', '.join(names)}"
        )
    return names[place]


def term(key, words=None):
    """A term of terms.csv, linked to the glossary, with its German and Chinese form as far as the report prints one.

    words: how it stands in the sentence, such as a plural; the name in terms.csv unless given.
    """
    terms = read("terms").set_index("term")
    if key not in terms.index:
        raise KeyError(
            f"unknown term {key!r}; data/terms.csv has: {', '.join(terms.index)}"
        )
    row = terms.loc[key]
    forms = [
        tagged(row[f"name_{code}"], language)
        for code, language in (("de", "de"), ("zh", "zh-Hans"))
        if row[f"name_{code}"]
    ]
    return f"[{words or row['name']}](#term-{key})" + (
        f" ({', '.join(forms)})" if forms else ""
    )


def fact(table, key):
    """One row of a table by its key, as a Series: fact("policies", "berlin-master-plan")["year"].

    table: a table whose first column is its key, such as "policies", "measures", "events", "organizations" or "cooperation".
    Raises KeyError if there is no such row.
    """
    rows = read(table)
    found = rows[rows.iloc[:, 0] == key]
    if found.empty:
        raise KeyError(
            f"no row {key!r} in data/{table}.csv; there are: {', '.join(rows.iloc[:, 0])}"
        )
    return found.iloc[0]


def named(table, key):
    """A name or title as printed, with its German or Chinese form: "Measures … (<span lang="zh-Hans">…</span>)"."""
    return both_names(fact(table, key))


def both_names(row):
    """The English name or title of a row and, in brackets, the local one, marked with its language. Safe HTML."""
    english = row["title"] if "local_title" in row else row["name"]
    local = row.get("local_title", row.get("local_name", ""))
    english = html(literal(english))
    return (
        html("{} ({})").format(english, html(tagged(local, row["language"])))
        if local
        else english
    )


def dated(table, key):
    """When it was, in words: "2012", "since 2008", "the report's own wording" if that is loose, or "year not stated"."""
    return when_of(fact(table, key))


def when_of(row):
    """The time of a row of policies, measures, events or cooperation in words."""
    if "year" in row:
        words = row["year"] + (f"–{row['runs_to']}" if row["runs_to"] else "")
        revised = f"revised {row['revised']}" if row["revised"] else ""
        return ", ".join(filter(None, [words, revised])) or "year not stated"
    if row["printed"] and (
        pd.isna(row["period_start"]) or row.get("flag")
    ):  # “by 2020” says more than a period
        return row["printed"].removeprefix("In ").removeprefix("in ")
    return period_words(row["period_start"], row["period_end"])


def statement(place, dimension):
    """What the report says of a city on a dimension of codings.csv, in our words; several statements are joined."""
    rows = read("codings").query("place == @place and dimension == @dimension")
    return " ".join(rows["statement"]) or "not stated"


def project_names():
    """What project.csv gives for each role, such as "research partner": {role: list of HTML}; German names carry their language."""
    rows = read("project")
    rows["name"] = [
        tagged(name, language) for name, language in zip(rows["name"], rows["language"])
    ]
    return rows.groupby("role", sort=False)["name"].agg(list).to_dict()
