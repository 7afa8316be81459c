"""Numbers and names in sentences: each with unit, year and source, all from the data."""

import re
from functools import lru_cache

import pandas as pd
from IPython.display import Markdown
from markupsafe import Markup as html, escape

from .data import lookup, read, state_of
from .indicators import about, cities, observations, period_words
from .ledger import address_of, claim_of
from .units import fmt


FEW = 12  # names in a sentence; of more the number is said, as explorer.js has it
RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")  # letters of Hebrew, Arabic and their kin, as explorer.js has it


def say(text):
    """Show a paragraph of Markdown in the notebook and on the page.

    Written with an f-string, so that every number in it comes from the data: say(f"Berlin has {cite('population', 'berlin')}.")
    """
    return Markdown(text.strip())


def list_of(items):
    """Join words as in a sentence: "a", "a and b", "a, b and c"."""
    items = [str(i) for i in items]
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def some(names):
    """Names of cities as in a sentence, their number if they are many: "Berlin and Cologne", "40 cities"."""
    return list_of(names) if len(names) <= FEW else f"{len(names):,} cities"


def name(place):
    """English name of a place. Raises KeyError if it is unknown."""
    names = lookup("places", "name")
    if place not in names:
        raise KeyError(f"unknown place {place!r}; data/places.csv has: {', '.join(names)}")
    return names[place]


def when(rows):
    """The period that rows of observations share, in words; "years differ" if they don't share one."""
    periods = set(rows["period"])
    return periods.pop() if len(periods) == 1 else "years differ"


def tagged(text, language):
    """`text` as HTML, marked with its language ("de", "zh-Hans"; "" for English) and, if it has letters of such a script, with its direction."""
    safe = _literal(text)
    direction = ' dir="rtl"' if RIGHT_TO_LEFT.search(text) else ""
    return f'<span lang="{language}"{direction}>{safe}</span>' if language else safe


def _literal(text):
    """`text` as HTML in which nothing is Markdown either: Künstler*innen keep their star."""
    return re.sub(r"[*_\[\]{}\\$]", lambda sign: f"&#{ord(sign[0])};", str(escape(text)))


def marked(text):
    """`text` as safe HTML in which Chinese characters carry their language."""
    return html(re.sub(r"[\u3400-\u9fff\uff00-\uffef（）]*[\u3400-\u9fff][\u3400-\u9fff\uff00-\uffef（）]*", r'<span lang="zh-Hans">\g<0></span>', str(escape(text))))


def term(key, words=None):
    """A term of terms.csv, linked to the glossary, with its German and Chinese form as far as the report prints one.

    words: how it stands in the sentence, such as a plural; the name in terms.csv unless given.
    """
    terms = read("terms").set_index("term")
    if key not in terms.index:
        raise KeyError(f"unknown term {key!r}; data/terms.csv has: {', '.join(terms.index)}")
    row = terms.loc[key]
    forms = [tagged(row[f"name_{code}"], language) for code, language in (("de", "de"), ("zh", "zh-Hans")) if row[f"name_{code}"]]
    return f"[{words or row['name']}](#term-{key})" + (f" ({', '.join(forms)})" if forms else "")


def fact(table, key):
    """One row of a table by its key, as a Series: fact("policies", "berlin-master-plan")["year"].

    table: a table whose first column is its key, such as "policies", "measures", "events", "organizations" or "cooperation".
    Raises KeyError if there is no such row.
    """
    rows = read(table)
    found = rows[rows.iloc[:, 0] == key]
    if found.empty:
        raise KeyError(f"no row {key!r} in data/{table}.csv; there are: {', '.join(rows.iloc[:, 0])}")
    return found.iloc[0]


def named(table, key):
    """A name or title as printed, with its German or Chinese form: "Measures … (<span lang="zh-Hans">…</span>)"."""
    return both_names(fact(table, key))


def both_names(row):
    """The English name or title of a row and, in brackets, the local one, marked with its language. Safe HTML."""
    english = row["title"] if "local_title" in row else row["name"]
    local = row.get("local_title", row.get("local_name", ""))
    english = html(_literal(english))
    return html("{} ({})").format(english, html(tagged(local, row["language"]))) if local else english


def dated(table, key):
    """When it was, in words: "2012", "since 2008", "the report's own wording" if that is loose, or "year not stated"."""
    return when_of(fact(table, key))


def when_of(row):
    """The time of a row of policies, measures, events or cooperation in words."""
    if "year" in row:
        words = row["year"] + (f"–{row['runs_to']}" if row["runs_to"] else "")
        revised = f"revised {row['revised']}" if row["revised"] else ""
        return ", ".join(filter(None, [words, revised])) or "year not stated"
    if row["printed"] and (pd.isna(row["period_start"]) or row.get("flag")):  # “by 2020” says more than a period
        return row["printed"].removeprefix("In ").removeprefix("in ")
    return period_words(row["period_start"], row["period_end"])


def statement(place, dimension):
    """What the report says of a city on a dimension of codings.csv, in our words; several statements are joined."""
    rows = read("codings").query("place == @place and dimension == @dimension")
    return " ".join(rows["statement"]) or "not stated"


def reference(citation):
    """A citation in a sentence, each work linked to the bibliography: "[Gluns 2018: 4](#gluns-2018)"."""
    return ", ".join(f"[{tagged(label, language) if language else label}](#{source})" for source, label, language in _works(citation))


def chapter_line(section):
    """The line below a chapter's question: reading time, the section it follows, the tables it rests on, its rows of the ledger, and cities that were added."""
    row = read("sections").set_index("section").loc[section]
    tables = read("tables").query("section == @section")["table"]
    front = ", and the front matter" if section == "1" else ""
    claims = (read("claims")["section"] == section).sum()
    held = f' · <a href="{address_of(section=section)}">{claims} statements, held against the data</a>' if claims else ""
    rests = f", with Table{'s' if len(tables) > 1 else ''} {list_of(tables)}" if len(tables) else ""
    more = some([name(city) for city in cities("added")])
    more = f"<br>Added to the report's cities from other sources: {more}. The sentences below speak of the report's cities alone; tables, figures and explorers show all." if more else ""
    return f"**{row['minutes']} minutes** · follows Section {section} of the report, “{row['title']}”{front}{rests} · [data](data-and-sources.ipynb) · [sources](bibliography.ipynb){held}{more}"


def part(section):
    """The chapters of a part: a link, the section, the reading time and the question of each, as a Markdown list.

    section: a section of the report with others below it, such as "3".
    """
    sections = read("sections")
    below = sections[sections["section"].str.startswith(section + ".") & (sections["minutes"] != "")]
    lines = [f"- **[{r['title']}]({r['chapter']}.ipynb)** · Section {r['section']} · {r['minutes']} minutes<br>{r['question']}" for _, r in below.iterrows()]
    return f"{len(below)} chapters, {below['minutes'].astype(int).sum()} minutes:\n\n" + "\n".join(lines)


def chapter(section):
    """A link to the chapter that follows a section: "[Section 3.1](philanthropy.ipynb)"."""
    chapters = read("sections").set_index("section")["chapter"]
    return f"[Section {section}]({chapters[section]}.ipynb)"


def number(row):
    """The value of a row of observations with its decimals and, for percentages, its sign: "4.45%", "37,022"."""
    shown = fmt(row["value"], row["decimals"])
    return _qualified(row, shown + "%" if about(row["indicator"])["phrase"].startswith("{}%") else shown)


def _qualified(row, words):
    """"40%" -> "more than 40%", where the wording in print says so."""
    return f"{row['qualifier']} {words}" if row["qualifier"] else words


def phrase(row):
    """The value of a row of observations in words: "about 1.11 million U.S. dollars", "more than 1 year"."""
    shown = about(row["indicator"])["phrase"].replace("{}", fmt(row["value"], row["decimals"]))
    return _qualified(row, shown.replace("{s}", "" if row["value"] == 1 else "s"))


def cite(indicator, place, year=None):
    """One value in a sentence: amount, unit, period, source, and its flag if it has one.

    indicator, place: keys of the data; year: picks one of several periods (the report's latest if not given).
    Returns Markdown such as "3,671,000 residents (end of 2016; [Table 1](#table-1))".
    Raises KeyError if the value is not reported.
    """
    rows = _rows(indicator, [place], year)
    if rows.empty:
        raise KeyError(f"{indicator!r} is not reported for {place!r}" + (f" in {year}" if year else ""))
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
        aside = "; ".join(([] if shared else [period]) + ([row["flag"]] if row["flag"] else []))
        words.append(f"{row['city']} {number(row)}" + (f" ({aside})" if aside else ""))
    found = set(rows["place"])
    words += [f"{name(p)} not reported" for p in asked if p not in found]
    return f"{list_of(words)} ({periods[0] + '; ' if shared else ''}{_sources(rows)})"


def _rows(indicator, places, year):
    return observations(indicator, places=places, period="report" if year is None else year)


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


def where(row):
    """The place of a value in the report, as a Markdown link where the book has it: "Table 1", "Section 2.1"."""
    found = origins(row)
    if row["added"] and not row["formula"]:
        return reference(row["source"])
    if not row["formula"] and not row["table"]:
        return found[0] + (f", {reference(row['source'])}" if row["source"] else ", no source named")
    return list_of(f"[{place}](#{place.lower().replace(' ', '-')})" if place.startswith("Table") else place for place in found)


def origins(row):
    """Where in the report a row stands, or the parts of a computed value: ["Table 1", "Section 5.1"]. For what was added to it: the sources.

    row: a row of observations, or of another table with section and source.
    """
    added = [citation_words(citation) for citation in row["source"].split()] if row["added"] else []
    if added and not row.get("formula"):
        return added
    tables = [f"Table {t}" for t in row.get("table", "").split()]
    return tables + ([f"Section {s}" for s in row["section"].split()] if row.get("formula") or not tables else []) + added


def citation_words(citation):
    """A citation as the report makes it: "Gluns 2018: 4", or the works of a table's source line joined by commas."""
    return ", ".join(label for _, label, _ in _works(citation))


def citation_html(citation):
    """The same for a table: German names carry their language."""
    return html(", ").join(html(tagged(label, language)) for _, label, language in _works(citation))


def _works(citation):
    """The works of a citation: key, label with pages, and language of each."""
    return _all_works(state_of()).get(citation, [])


@lru_cache(maxsize=2)
def _all_works(state):
    works = {}
    for _, r in read("citations").drop_duplicates(["citation", "source"]).merge(read("sources")[["source", "label", "language"]], on="source").iterrows():
        works.setdefault(r["citation"], []).append((r["source"], r["label"] + (f": {r['pages'].replace('-', '–')}" if r["pages"] else ""), r["language"]))
    return works


def project_names():
    """What project.csv gives for each role, such as "research partner": {role: list of HTML}; German names carry their language."""
    rows = read("project")
    rows["name"] = [tagged(name, language) for name, language in zip(rows["name"], rows["language"])]
    return rows.groupby("role", sort=False)["name"].agg(list).to_dict()


def missing(text, otherwise="not stated"):
    """`text`, or the words for an empty cell: unknown is said, never invented."""
    return otherwise if pd.isna(text) or text == "" else str(text)
