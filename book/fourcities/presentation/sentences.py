"""Numbers in sentences: each with unit, period, source and flag, all from the data."""

from IPython.display import Markdown

from fourcities.facts import about, cities, fmt, observations, read

from .citations import where
from .flags import address_of, claim_of
from .names import name
from .words import list_of, some


def say(text):
    """Show a paragraph of Markdown in the notebook and on the page.

    Written with an f-string, so that every number in it comes from the data: say(f"Berlin has {cite('population', 'berlin')}.")
    """
    return Markdown(text.strip())


def when(rows):
    """The period that rows of observations share, in words; "years differ" if they don't share one."""
    periods = set(rows["period"])
    return periods.pop() if len(periods) == 1 else "years differ"


def chapter_line(section):
    """The line below a chapter's question: reading time, the section it follows, the tables it rests on, its rows of the ledger, and cities that were added."""
    row = read("sections").set_index("section").loc[section]
    tables = read("tables").query("section == @section")["table"]
    front = ", and the front matter" if section == "1" else ""
    claims = (read("claims")["section"] == section).sum()
    held = (
        f' · <a href="{address_of(section=section)}">{claims} statements, held against the data</a>'
        if claims
        else ""
    )
    rests = (
        f", with Table{'s' if len(tables) > 1 else ''} {list_of(tables)}"
        if len(tables)
        else ""
    )
    more = some([name(city) for city in cities("added")])
    more = (
        f"<br>Added to the report's cities from other sources: {more}. The sentences below speak of the report's cities alone; tables, figures and explorers show all."
        if more
        else ""
    )
    return f"**{row['minutes']} minutes** · follows Section {section} of the report, “{row['title']}”{front}{rests} · [data](data-and-sources.ipynb) · [sources](bibliography.ipynb){held}{more}"


def part(section):
    """The chapters of a part: a link, the section, the reading time and the question of each, as a Markdown list.

    section: a section of the report with others below it, such as "3".
    """
    sections = read("sections")
    below = sections[
        sections["section"].str.startswith(section + ".") & (sections["minutes"] != "")
    ]
    lines = [
        f"- **[{r['title']}]({r['chapter']}.ipynb)** · Section {r['section']} · {r['minutes']} minutes<br>{r['question']}"
        for _, r in below.iterrows()
    ]
    return (
        f"{len(below)} chapters, {below['minutes'].astype(int).sum()} minutes:\n\n"
        + "\n".join(lines)
    )


def chapter(section):
    """A link to the chapter that follows a section: "[Section 3.1](philanthropy.ipynb)"."""
    chapters = read("sections").set_index("section")["chapter"]
    return f"[Section {section}]({chapters[section]}.ipynb)"


def number(row):
    """The value of a row of observations with its decimals and, for percentages, its sign: "4.45%", "37,022"."""
    shown = fmt(row["value"], row["decimals"])
    return _qualified(
        row,
        shown + "%" if about(row["indicator"])["phrase"].startswith("{}%") else shown,
    )


def _qualified(row, words):
    """ "40%" -> "more than 40%", where the wording in print says so."""
    return f"{row['qualifier']} {words}" if row["qualifier"] else words


def phrase(row):
    """The value of a row of observations in words: "about 1.11 million U.S. dollars", "more than 1 year"."""
    shown = about(row["indicator"])["phrase"].replace(
        "{}", fmt(row["value"], row["decimals"])
    )
    return _qualified(row, shown.replace("{s}", "" if row["value"] == 1 else "s"))


def cite(indicator, place, year=None):
    """One value in a sentence: amount, unit, period, source, and its flag if it has one.

    indicator, place: keys of the data; year: picks one of several periods (the report's latest if not given).
    Returns Markdown such as "3,671,000 residents (end of 2016; [Table 1](#table-1))".
    Raises KeyError if the value is not reported.
    """
    rows = _rows(indicator, [place], year)
    if rows.empty:
        raise KeyError(
            f"{indicator!r} is not reported for {place!r}"
            + (f" in {year}" if year else "")
        )
    row = rows.iloc[-1]
    return f"{phrase(row)} ({_period(row)}; {_sources(rows.tail(1))})"


def cite_each(indicator, places=None, year=None):
    """The values of several places in a sentence: "Berlin 12, Cologne 9 and Hangzhou 10 (year not stated; Table 4)".

    places: keys of places.csv, the report's cities unless given. A period that all share is said once, at the end.
    A place without a value is said to be "not reported".
    """
    asked = cities("report") if places is None else places
    rows = _rows(indicator, asked, year)
    periods = [_period(row) for _, row in rows.iterrows()]
    shared = len(set(periods)) == 1
    words = []
    for (_, row), period in zip(rows.iterrows(), periods):
        aside = "; ".join(
            ([] if shared else [period]) + ([row["flag"]] if row["flag"] else [])
        )
        words.append(f"{row['city']} {number(row)}" + (f" ({aside})" if aside else ""))
    found = set(rows["place"])
    words += [f"{name(p)} not reported" for p in asked if p not in found]
    return f"{list_of(words)} ({periods[0] + '; ' if shared else ''}{_sources(rows)})"


def _rows(indicator, places, year):
    return observations(
        indicator, places=places, period="report" if year is None else year
    )


def _period(row):
    return f"computed, {row['period']}" if row["formula"] else row["period"]


def _sources(rows):
    """Where values come from and what their flags mean, in words, each flag with a link to the ledger: "Table 1; u: low reliability"."""
    places = list(dict.fromkeys(where(row) for _, row in rows.iterrows()))
    labels = read("flags").set_index("flag")["label"]
    flags = []
    for _, row in rows[rows["flag"] != ""].drop_duplicates("flag").iterrows():
        words, claim = f"{row['flag']}: {labels[row['flag']]}", claim_of(row)
        flags.append(f'<a href="{address_of(claim)}">{words}</a>' if claim else words)
    return "; ".join([list_of(places), *flags])
