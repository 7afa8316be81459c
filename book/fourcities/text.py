"""Numbers and names in sentences: each with unit, year and source, all from the data."""

import pandas as pd
from IPython.display import Markdown
from markupsafe import Markup as html, escape

from .data import read
from .indicators import about, cities, observations, round_as_printed


def say(text):
    """Show a paragraph of Markdown in the notebook and on the page.

    Written with an f-string, so that every number in it comes from the data: say(f"Berlin has {cite('population', 'berlin')}.")
    """
    return Markdown(text.strip())


def fmt(number, decimals=0):
    """A number for readers: 1234567.891 -> "1,234,568". From fifty million on in words: 82500000 -> "82.5 million".

    decimals: places after the point (they count below fifty million only; above it, up to three that are not zero).
    """
    for size, word in ((1e9, "billion"), (1e6, "million")):
        if abs(number) >= max(size, 5e7):
            return f"{round_as_printed(number / size, 3):,.3f}".rstrip("0").rstrip(".") + f" {word}"
    rounded = round_as_printed(number, decimals)
    return f"{rounded:,.{decimals}f}"


def list_of(items):
    """Join words as in a sentence: "a", "a and b", "a, b and c"."""
    items = [str(i) for i in items]
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def name(place):
    """English name of a place. Raises KeyError if it is unknown."""
    names = read("places").set_index("place")["name"]
    if place not in names:
        raise KeyError(f"unknown place {place!r}; data/places.csv has: {', '.join(names.index)}")
    return names[place]


def when(rows):
    """The period that rows of observations share, in words; "years differ" if they don't share one."""
    periods = set(rows["period"])
    return periods.pop() if len(periods) == 1 else "years differ"


def tagged(text, language):
    """`text` as HTML, marked with its language ("de", "zh-Hans"; "" for English)."""
    safe = str(escape(text))
    return f'<span lang="{language}">{safe}</span>' if language else safe


def term(key):
    """A term of terms.csv with its German and Chinese form, as far as the report prints one."""
    terms = read("terms").set_index("term")
    if key not in terms.index:
        raise KeyError(f"unknown term {key!r}; data/terms.csv has: {', '.join(terms.index)}")
    row = terms.loc[key]
    forms = [tagged(row[f"name_{code}"], language) for code, language in (("de", "de"), ("zh", "zh-Hans")) if row[f"name_{code}"]]
    return row["name"] + (f" ({', '.join(forms)})" if forms else "")


def statement(place, dimension):
    """What the report says of a city on a dimension of codings.csv, in our words; several statements are joined."""
    rows = read("codings").query("place == @place and dimension == @dimension")
    return " ".join(rows["statement"]) or "not stated"


def reference(citation):
    """A citation in a sentence, linked to the list of sources: "[Gluns 2018: 4](#sources)"."""
    return f"[{citation_words(citation)}](#sources)"


def chapter_line(section):
    """The line below a chapter's question: reading time, the section it follows, the tables it rests on."""
    row = read("sections").set_index("section").loc[section]
    tables = read("tables").query("section == @section")["table"]
    front = ", and the front matter" if section == "1" else ""
    rests = f", with Table{'s' if len(tables) > 1 else ''} {list_of(tables)}" if len(tables) else ""
    return f"**{row['minutes']} minutes** · follows Section {section} of the report, “{row['title']}”{front}{rests} · data: `data/observations.csv` and the tables beside it"


def number(row):
    """The value of a row of observations with its decimals and, for percentages, its sign: "4.45%", "37,022"."""
    shown = fmt(row["value"], row["decimals"])
    return shown + "%" if about(row["indicator"])["phrase"].startswith("{}%") else shown


def cite(indicator, place, year=None):
    """One value in a sentence: amount, unit, period, source, and its flag if it has one.

    indicator, place: keys of the data; year: picks one of several periods (the latest if not given).
    Returns Markdown such as "3,671,000 residents (end of 2016; [Table 1](#table-1))".
    Raises KeyError if the value is not reported.
    """
    rows = _rows(indicator, [place], year)
    if rows.empty:
        raise KeyError(f"{indicator!r} is not reported for {place!r}" + (f" in {year}" if year else ""))
    row = rows.iloc[-1]
    phrase = about(indicator)["phrase"].replace("{}", fmt(row["value"], row["decimals"]))
    return f"{phrase} ({_period(row)}; {_sources(rows.tail(1))})"


def cite_each(indicator, places=None, year=None):
    """The values of several places in a sentence: "Berlin 12, Cologne 9 and Hangzhou 10 (year not stated; Table 4)".

    places: keys of places.csv, the cities unless given. A period that all share is said once, at the end.
    A place without a value is said to be "not reported".
    """
    rows = _rows(indicator, places, year)
    periods = [_period(row) for _, row in rows.iterrows()]
    shared = len(set(periods)) == 1
    words = []
    for (_, row), period in zip(rows.iterrows(), periods):
        aside = "; ".join(([] if shared else [period]) + ([row["flag"]] if row["flag"] else []))
        words.append(f"{row['city']} {number(row)}" + (f" ({aside})" if aside else ""))
    asked = cities() if places is None else places
    words += [f"{name(p)} not reported" for p in asked if p not in set(rows["place"])]
    return f"{list_of(words)} ({periods[0] + '; ' if shared else ''}{_sources(rows)})"


def _rows(indicator, places, year):
    rows = observations(indicator, places=places)
    return rows if year is None else rows[rows["period_end"].dt.year == year]


def _period(row):
    return f"computed, {row['period']}" if row["formula"] else row["period"]


def _sources(rows):
    """Where values come from and what their flags mean, in words: "Table 1; u: low reliability"."""
    places = list(dict.fromkeys(where(row) for _, row in rows.iterrows()))
    labels = read("flags").set_index("flag")["label"]
    flags = [f"{flag}: {labels[flag]}" for flag in dict.fromkeys(rows["flag"]) if flag]
    return "; ".join([list_of(places), *flags])


def where(row):
    """The place of a value in the report, as a Markdown link where the book has it: "Table 1", "Section 2.1"."""
    if row["table"]:
        return list_of(f"[Table {t}](#table-{t})" for t in row["table"].split())
    return f"Section {row['section']}" + ("" if row["source"] else ", no source named")


def citation_words(citation):
    """A citation as the report makes it: "Gluns 2018: 4", or the works of a table's source line joined by commas."""
    cited = read("citations").query("citation == @citation").merge(read("sources")[["source", "label"]], on="source")
    return ", ".join(r["label"] + (f": {r['pages'].replace('-', '–')}" if r["pages"] else "") for _, r in cited.iterrows())


def cited_sources(citations):
    """Rows of sources.csv behind some citations, each once, in the order of sources.csv."""
    keys = read("citations").query("citation in @citations")["source"]
    sources = read("sources")
    return sources[sources["source"].isin(set(keys))]


def missing(text, otherwise="not stated"):
    """`text`, or the words for an empty cell: unknown is said, never invented."""
    return otherwise if pd.isna(text) or text == "" else str(text)
