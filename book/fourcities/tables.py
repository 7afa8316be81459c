"""Tables as HTML: real header cells, a caption, and rows that stack on a narrow screen."""

import re
from itertools import zip_longest

import pandas as pd
from IPython.display import Markdown
from markupsafe import Markup, escape

from .data import lookup, of_report, read, rules
from .indicators import about, by_place, cities, observations, period_words, places_above, recompute as compare
from .ledger import claim_of, flag_link, link_to
from .text import FEW, both_names, citation_html, list_of, marked, missing, name, origins, reference, some, tagged, when_of
from .units import fmt, pattern_of, written

COLUMNS = 7  # of a table that fit side by side, as explorer.js has it


class Shown:
    """HTML for notebooks and pages; `text` is the one line for places that show no HTML."""

    def __init__(self, html, text):
        self.html, self.text = str(html), text

    def _repr_html_(self):
        return self.html

    def __repr__(self):
        return self.text


def table(frame, caption, label, notes=(), ids=()):
    """Any DataFrame as a table of the book.

    frame: its column names become headings, its first column names the rows; cells are text, or Markup for HTML.
    caption: what the table shows; label: name to refer to it by, such as "table-1";
    notes: lines below the table; ids: an id for each row, so that it can be linked to.
    """
    columns = list(frame.columns)
    head = Markup("").join(Markup('<th scope="col" role="columnheader">{}</th>').format(c) for c in columns)
    body = Markup("").join(_row(record, columns, key) for record, key in zip_longest(frame.to_dict("records"), ids))
    notes = Markup("").join(Markup("<li>{}</li>").format(n) for n in notes)
    html = Markup(
        '<table role="table"><caption>{}</caption><thead role="rowgroup"><tr role="row">{}</tr></thead><tbody role="rowgroup">{}</tbody></table>'
    ).format(caption, head, body)
    if len(columns) > COLUMNS:  # more than fit side by side: they scroll, by keyboard too
        html = Markup('<div class="wide" role="region" tabindex="0" aria-label="{}">{}</div>').format(escape(caption).striptags(), html)
    html = Markup('<div class="book-table" id="{}">{}{}</div>').format(label, html, Markup('<ul class="table-notes">{}</ul>').format(notes) if notes else "")
    return Shown(html, f"Table: {caption}")


def _row(record, columns, key):
    head = Markup('<th scope="row" role="rowheader">{}</th>').format(record[columns[0]])
    cells = (Markup('<td role="cell" data-label="{}"><div>{}</div></td>').format(c, record[c]) for c in columns[1:])
    return Markup('<tr{} role="row">{}{}</tr>').format(Markup(' id="{}"').format(key) if key else "", head, Markup("").join(cells))


def report_table(number):
    """A table of the report, put together from the data: wording in print, flags, notes and sources.

    number: table number as text or number ("1"). Sentences of the report are given in our words.
    Raises KeyError if the table is unknown.
    """
    number = str(number)
    tables = read("tables").set_index("table")
    if number not in tables.index:
        raise KeyError(f"unknown table {number!r}; data/tables.csv has: {', '.join(tables.index)}")
    rows = read("table_rows").query("table == @number")
    notes = _Notes()
    records = []
    for _, parts in rows.groupby("row"):
        record = {"Row": parts["label"].iloc[0]}
        found = [(_CELLS[kind], by_place(_ROWS[kind](key, number))) for kind, key in zip(parts["kind"], parts["key"])]
        for city in cities():
            cells = [cell(row, notes) for cell, rows in found for row in rows.get(city, [])]
            record[name(city)] = _stack(cells) if cells else Markup('<span class="missing">not reported</span>')
        records.append(record)
        for note in parts["note"]:
            notes.add(note, parts["label"].iloc[0])
    sources = Markup("Sources of the table as a whole; the report gives none for single cells: {}.").format(citation_html("table-" + number))
    more = ["What names a source of its own in small print was added to the report's table."] if notes.added else []
    return table(pd.DataFrame(records), f"Table {number} of the report: {tables.at[number, 'title']}", f"table-{number}",
                 [*notes.lines(), sources, *more])


class _Notes:
    """Notes below a table, each said once, with the cells that it holds for and a link to the ledger."""

    def __init__(self):
        self.cells = {}  # (note, link): {what: [cities]}
        self.added = False  # whether a cell holds what was added to the report

    def add(self, text, what, city=None, link=""):
        if text:
            noted = self.cells.setdefault((text, link), {}).setdefault(what, [])
            noted.extend([city] if city and city not in noted else [])

    def flag(self, row, what, city):
        """The mark to set at a cell, after taking down its note."""
        if not row["flag"]:
            self.add(row["note"], what, city)
            return Markup("")
        label = lookup("flags", "label")[row["flag"]]
        self.add(f"{row['flag']} = {label}. {row['note']}".strip(), what, city, flag_link(row))
        return Markup('<sup class="flag">{}</sup>').format(row["flag"])

    def source(self, row, period=""):
        """Where a cell of a table of the report has it from, if it was added: period and source in small print."""
        self.added |= bool(row["added"])
        return Markup(" <small>({})</small>").format("; ".join(filter(None, [period, *origins(row)]))) if row["added"] else Markup("")

    def lines(self):
        return [Markup("<b>{}:</b> {}{}").format("; ".join(self._where(places)), marked(text), link) for (text, link), places in self.cells.items()]

    def _where(self, places):
        """"GDP and GDP per capita (Guangzhou, Hangzhou)": things that hold for the same cities are said together."""
        groups = {}
        for what, noted in places.items():
            groups.setdefault(tuple(noted), []).append(what)
        return [list_of(things) + (f" ({', '.join(noted) if len(noted) <= FEW else some(noted)})" if noted else "") for noted, things in groups.items()]


def flag_note(row, claim=None):
    """Flag, reason and a link to the ledger: "d: definition differs. The span of years differs. See the ledger."; "none" if there is nothing to say.

    row: a row of observations or of another table with flag and note; claim: the claim to link to, found by the row if not given.
    """
    if not row["flag"] and not row["note"]:
        return "none"
    words = f"{row['flag']}: {read('flags').set_index('flag')['label'][row['flag']]}" if row["flag"] else ""
    return marked(". ".join(filter(None, [words, row["note"]]))) + link_to(claim_of(row) if claim is None else claim)


def _stack(cells):
    return cells[0] if len(cells) == 1 else Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(c) for c in cells))


def _indicator_cell(row, notes):
    mark = Markup("")
    if row["footnote"]:
        mark = Markup("<sup>{}</sup>").format(row["footnote"])
        notes.add(lookup("footnotes", "text")[row["footnote"]], f"Footnote {row['footnote']}")
    return Markup("{}{}{}{}").format(row["printed"], mark, notes.flag(row, row["label"], row["city"]), notes.source(row, row["period"]))


def _body_cell(row, notes):
    relation = "" if row["relation"] == "lead" else f"{row['relation']}: "
    local = Markup(" ({})").format(Markup(tagged(row["local_name"], row["language"]))) if row["local_name"] else ""
    part = f", part of the {row['part_of']}" if row["part_of"] else ""
    return Markup("{}{}{}{}{}{}").format(relation, row["name"], local, part, notes.flag(row, row["name"], name(row["place"])), notes.source(row))


def _coding_cell(row, notes):
    return Markup("{}{}").format(row["statement"], notes.source(row))


def _policy_cell(row, notes):
    return Markup("{}, {}{}{}").format(both_names(row), when_of(row), notes.flag(row, row["title"], name(row["place"])), notes.source(row))


# What a row of table_rows.csv shows, by its kind: the rows behind it, by its key and the number of the table, and the cell that each becomes.
_ROWS = {"indicator": lambda key, number: observations(key), "role": lambda key, number: read("bodies").query("role == @key and table == @number"),
         "coding": lambda key, number: read("codings").query("dimension == @key and table == @number"),
         "policy field": lambda key, number: read("bodies").query("policy_field == @key and table == @number"),
         "policies": lambda key, number: read("policies").query("table == @number")}
_CELLS = {"indicator": _indicator_cell, "role": _body_cell, "coding": _coding_cell, "policy field": _body_cell, "policies": _policy_cell}


def values_table(*indicators, label, caption=None, places=None, period="all"):
    """Values of indicators, one row for each place and period: value with unit, period, origin, flag with its reason.

    indicators: keys of indicators.csv; label: name to refer to it by; places: keys of places.csv, the cities unless given;
    period: as in `observations`. What to mind when comparing stands below.
    """
    rows = []
    for indicator in indicators:
        found = by_place(observations(indicator, places=places, period=period))
        for city in cities() if places is None else places:
            first = {"City": name(city)} | ({"Indicator": about(indicator)["label"]} if len(indicators) > 1 else {})
            for row in found.get(city, []):
                rows.append(first | {"Value": written(row), "Period": row["period"], "Printed or computed": row["printed"] or row["formula"], "Flag and note": flag_note(row)})
            if city not in found:
                rows.append(first | {"Value": "not reported", "Period": "–", "Printed or computed": "–", "Flag and note": "none"})
    caption = caption or f"{list_of([about(i)['label'] for i in indicators])}: values, periods and origin"
    return table(pd.DataFrame(rows), caption, label, [Markup("<b>{}:</b> {}").format(about(i)["label"], about(i)["comparability"]) for i in indicators])


def profile_table(*indicators, label, caption):
    """Indicators as rows, cities as columns: each cell a value with unit and period, flags explained below.

    indicators: keys of indicators.csv; several periods stand in one cell.
    """
    notes = _Notes()
    records = []
    for indicator in indicators:
        found = by_place(observations(indicator))
        record = {"Indicator": about(indicator)["label"]}
        for city in cities():
            cells = [Markup("{}{}<br><small>{}</small>").format(written(row), notes.flag(row, row["label"], name(city)), row["period"]) for row in found.get(city, [])]
            record[name(city)] = _stack(cells) if cells else Markup('<span class="missing">not reported</span>')
        records.append(record)
    rows = observations(*indicators)
    origin = list_of(sorted({place for _, row in rows.iterrows() for place in origins(row)}, key=lambda place: (place.split()[0] != "Table", place)))
    return table(pd.DataFrame(records), caption, label, [*notes.lines(), f"From {origin} of the report; a period with ÷ marks a computed value: period of the one part ÷ period of the other."])


def codings_table(*dimensions, label, caption):
    """What the report says in words: dimensions as rows, cities as columns, statements in our words with their section."""
    labels = lookup("dimensions", "label")
    records, notes = [], _Notes()
    for dimension in dimensions:
        found = by_place(read("codings").query("dimension == @dimension"))
        record = {"Dimension": labels[dimension]}
        for city in cities():
            cells = [Markup("{}{} <small>({})</small>").format(r["statement"], notes.flag(r, labels[dimension], name(city)), list_of(origins(r)).replace("Section ", "Section\u00a0"))
                     for r in found.get(city, [])]
            record[name(city)] = _stack(cells) if cells else Markup('<span class="missing">not stated</span>')
        records.append(record)
    return table(pd.DataFrame(records), caption, label, notes.lines())


def recompute_table(indicator, label):
    """A printed indicator beside its recomputation: inputs, result at the printed precision, and whether they agree.

    indicator: a derived indicator with `recomputes` set, such as "gdp_per_capita_computed".
    """
    rows = compare(indicator)
    info = about(about(indicator)["recomputes"])
    shown = pd.DataFrame({
        "City": rows["city"],
        "Printed": rows["printed"],
        "Formula": rows["formula"],
        "Computed": [written({"value": v, "decimals": info["decimals"], "pattern": pattern_of(info["unit"])}) for v in rows["rounded"]],
        "Verdict": ["agrees" if a else f"differs by {fmt(d, info['decimals'])}" for a, d in zip(rows["agrees"], rows["difference"])],
    })
    return table(shown, f"{info['label']}: printed and recomputed", label)


def facts_table(rows, columns, label, caption, notes=()):
    """Rows of a table of names and words, such as policies, measures, events or organizations.

    rows: rows of read(...), in the order to show; columns: heading: what stands below it. That is a column of `rows`, or
    "names" (English and local name), "when" (its time in words), "source" (section and citation), "city" (its place),
    "amount" or "threshold" (the value of the indicator that the row names). A section that all rows share is said below, once.
    notes: further lines below the table. Flags stand at the first cell of a row and are explained below, with the notes of the rows.
    """
    below = _Notes()
    records = []
    own = of_report(rows)["section"].unique()
    shared = f"Section {own[0]}; " if len(own) == 1 and "source" in columns.values() else ""
    if shared:
        notes = [*notes, f"All from Section {own[0]} of the report." if not rows["added"].any() else f"Where no section is named: Section {own[0]} of the report, or, in {list_of(dict.fromkeys(map(name, rows.loc[rows['added'], 'place'])))}, added from the source named."]
    for _, row in rows.iterrows():
        record = {heading: Markup(str(cell).removeprefix(shared)) if column == "source" else cell
                  for heading, column in columns.items() for cell in [_fact(row, column)]}
        first = next(iter(columns))
        what = next(row[c] for c in ("title", "name", "statement", "covers") if c in row)
        shown = below.flag(row, what, name(row["place"])) if "flag" in row else Markup("")
        records.append(record | {first: Markup("{}{}").format(record[first], shown)})
    return table(pd.DataFrame(records), caption, label, [*below.lines(), *notes])


def _fact(row, column):
    """A cell of facts_table."""
    if column == "names":
        return both_names(row)
    if column == "when":
        return missing(when_of(row)).replace("year not stated", "not stated")
    if column == "city":
        return name(row["place"])
    if column == "source":
        cited = citation_html(row["source"]) if row["source"] else "no source named"
        return cited if row["added"] else Markup("Section {}; {}").format(row["section"], cited)
    if column in ("amount", "threshold"):
        if not row[column]:
            return Markup('<span class="missing">not stated</span>')
        found = observations(row[column], places=places_above(row["place"]))
        return "; ".join(written(r) for _, r in found.iterrows())
    return row[column] if row[column] != "" else Markup('<span class="missing">not stated</span>')


def amounts_table(label, caption):
    """Every amount of money of the report: value, period, what it covers, who pays, the rule behind the U.S. dollars."""
    below = _Notes()
    records = []
    for _, row in read("amounts").iterrows():
        for _, value in observations(row["indicator"], places=[row["place"]]).iterrows():
            records.append({
                "Amount": Markup("{}{}<br><small>{}</small>").format(value["label"], below.flag(value, value["label"], value["city"]), value["city"]),
                "U.S. dollars": written(value).replace("US$ ", ""), "Time": value["period"] if row["basis"] == "not stated" else f"{value['period']} ({row['basis']})", "What it covers": row["covers"],
                "Who pays": missing(row["payer"]), "Conversion": row["conversion"], "Source": _fact(value, "source"),
            })
    return table(pd.DataFrame(records), caption, label, below.lines())


def outside_table(label, caption):
    """Figures from outside the report, each beside the printed or computed value, with what it is, where and when it was seen."""
    records = []
    for _, row in read("outside_figures").iterrows():
        beside = observations(row["indicator"], places=[row["place"]]) if row["indicator"] else pd.DataFrame(columns=["period_end"])
        years = beside["period_end"].dt.year if len(beside) else beside["period_end"]
        same = beside[years == row["period_end"].year] if pd.notna(row["period_end"]) else beside
        found = (same if len(same) else beside).tail(1)
        what = about(row["indicator"])["label"] if row["indicator"] else "Rate of conversion"
        printed = [(r["printed"] or f"computed: {written(r)}") + ("" if re.search(r"\b\d{4}\b", r["printed"]) else f" ({r['period']})") for _, r in found.iterrows()]
        links = Markup("<br>").join(Markup('<a href="{}">{}</a>').format(a, a.split("/")[2].removeprefix("www.")) for a in row["address"].split())
        seen = Markup("{}<br><small>seen {}</small>").format(links, row["seen"] or "on a day not stated") if row["address"] else "a guess of ours; no source"
        records.append({"Figure": Markup("{}<br><small>{}</small>").format(what, name(row["place"])), "In the report": "; ".join(printed) or "not stated",
                        "Outside": Markup("{}<br><small>{}</small>").format(row["printed"], period_words(row["period_start"], row["period_end"])),
                        "What it is": " ".join(filter(None, [row["statement"], row["note"]])), "Where": seen})
    return table(pd.DataFrame(records), caption, label)


def columns_table(resource):
    """The columns of a table of the data package: type, what they hold, rules. resource: an entry of descriptor()["resources"]."""
    fields = resource["schema"]["fields"]
    shown = pd.DataFrame({"Column": [f["name"] for f in fields], "Type": [f["type"] for f in fields],
                          "What it holds": [f["description"] + rules(f, resource["schema"]).replace("`", "") for f in fields]})
    return table(shown, f"Columns of {resource['path']}", f"columns-{resource['name']}")


def glossary():
    """Every term of terms.csv in alphabetical order: English, German, Chinese, meaning, source, and the chapters that use it."""
    sections = read("sections").set_index("section")
    uses = read("term_uses").groupby("term")["section"].agg(list)
    entries = []
    for _, row in read("terms").sort_values("name", key=lambda names: names.str.lower()).iterrows():
        forms = [f"{language}: {tagged(row[column], code)}" for column, code, language in (("name_de", "de", "German"), ("name_zh", "zh-Hans", "Chinese")) if row[column]]
        links = list_of(f"[{sections.at[s, 'title']}]({sections.at[s, 'chapter']}.ipynb)" for s in uses.get(row["term"], []))
        source = f"Section {row['section']}" + (f", {reference(row['source'])}" if row["source"] else "")
        lines = [row["definition"], *([marked(row["note"])] if row["note"] else []), f"From {source}." + (f" Used in {links}." if links else "")]
        entries.append((f"term-{row['term']}", row["name"], "; ".join(forms), lines))
    return _entries(entries)


def bibliography(kind):
    """The works of one kind in sources.csv: what is known of each, how sure that is, and the chapters that cite it.

    kind: "report", "project", "cited" or "related".
    """
    sections = read("sections").set_index("section")
    cited = read("citations").drop_duplicates(["source", "section"]).groupby("source")["section"].agg(list)
    languages = read("project").query("language != ''").set_index("name")["language"].to_dict()
    entries = []
    for _, row in read("sources").query("kind == @kind").iterrows():
        authors, title, publisher = (tagged(row[column].removesuffix("."), languages.get(row[column], row["language"])) if row[column] else "" for column in ("authors", "title", "publisher"))
        parts = [authors or "Author not found", missing(row["year"], "Year not stated"), f"*{title}*" if title else "Title not found", publisher]
        work = " ".join(part + "." for part in parts if part)
        link = f"<{row['address']}>" if row["address"].startswith("http") else row["address"]
        address = f"Address: {link} ·" if link else "Address not found ·"
        links = list_of(f"[Section {s}]({sections.at[s, 'chapter']}.ipynb)" for s in cited.get(row["source"], []))
        lines = [work, f"{address} Status: {row['status']}", *([row["note"]] if row["note"] else [])] + ([f"Cited in {links}."] if links else [])
        entries.append((row["source"], tagged(row["label"], row["language"]), "", lines))
    return _entries(entries)


def _entries(entries):
    """Entries with an id each, a bold head and lines of Markdown below it."""
    parts = [f'<span class="entry" id="{key}"></span>**{head}**' + (f" · {forms}" if forms else "") + "".join(f"<br>{line}" for line in lines)
             for key, head, forms, lines in entries]
    return Markdown("\n\n".join(parts))


def data_note(rows):
    """One line on where drawn values come from: label, unit, periods, tables, flags with a link to the ledger."""
    units = read("units").set_index("unit")["label"]
    flags = read("flags").set_index("flag")["label"]
    parts = []
    for _, group in rows.groupby("indicator", sort=False):
        periods = list(dict.fromkeys(group["period"]))
        each = len(periods) > 1
        when = ", ".join(f"{c} {p}" for c, p in zip(group["city"], group["period"])) if each and len(group) <= FEW else "the periods differ, see the data" if each else periods[0]
        origin = "computed from " if group["formula"].iloc[0] else ""
        places = list_of(dict.fromkeys(place for _, row in group.iterrows() for place in origins(row)))
        part = f"{group['label'].iloc[0]} ({units[group['unit'].iloc[0]].replace('{s}', 's')}): {origin}{places}; {when}."
        part = escape(part)
        for letter, flagged in group[group["flag"] != ""].groupby("flag", sort=False):
            part += Markup(" {} = {}: {}.{}").format(letter, flags[letter], some(flagged["city"].unique()), flag_link(flagged.iloc[0]))
        parts.append(part)
    return Markup("<br>").join(parts)
