"""Does the report hold? Each of its checkable statements, held against its own numbers, names and times.

`data/claims.csv` says what a claim rests on, in the language of readings.py; the outcome is computed here each time, never stored.
"""

import re
from functools import lru_cache
from urllib.parse import quote

import pandas as pd
from IPython.display import Markdown

from .data import of_report, read, state_of
from .explorers import TableExplorer, pages
from .indicators import about, cities, observations, places_above
from .ledger import LABEL, observed
from .readings import Count, Row, Value, readings_of
from .text import chapter, fact, list_of, marked, name, when_of
from .titles import mismatch
from .units import fine, fmt, written

OUTCOMES = {"reproduced": "the report's own numbers, names or times bear it out", "in tension": "it holds on one reading and not on another, or sits badly with another passage",
            "differs": "the report's own numbers, names or times say something else", "not reproducible": "what would decide it is not printed"}
USES = {"safe": "safe to cite", "caveat": "cite with the caveat", "unsettled": "the report's word only", "unusable": "do not use to compare"}
WORDS = {"=": ("agrees with", "does not agree with"), ">": ("is more than", "is not more than"), ">=": ("is at least", "is less than"), "<": ("is less than", "is not less than"), "<=": ("is at most", "is more than")}


class Unknown(Exception):
    """A reading can't be computed; the message says why."""


def claims(rows=None):
    """The ledger: every claim with what computing it gives.

    rows: rows of claims.csv; all of them if not given.
    Returns their columns and: outcome (a key of OUTCOMES), use (a key of USES), finding (the arithmetic in words), caveat (flags of what it
    rests on, unlike periods; "" if none).
    Raises ValueError if a row is not in the language of readings.py.
    """
    return _all(state_of()).copy() if rows is None else _ledger(rows)


@lru_cache(maxsize=1)
def _all(state):
    """The whole ledger, worked out once for each state of the data."""
    return _ledger(read("claims"))


def _ledger(rows):
    found = [_judged(row) for row in rows.to_dict("records")]
    return rows.reset_index(drop=True).join(pd.DataFrame(found, columns=["outcome", "use", "finding", "caveat"]))


def verdict(claim):
    """One claim in a paragraph of Markdown: statement, section, outcome, the arithmetic, and a link to its row of the ledger.

    claim: a key of claims.csv. Raises KeyError if there is no such claim.
    """
    ledger = claims().set_index("claim")
    if claim not in ledger.index:
        raise KeyError(f"unknown claim {claim!r}; data/claims.csv has: {', '.join(ledger.index)}")
    row = ledger.loc[claim]
    return Markdown(f'> In our words: {row["statement"]} ({chapter(row["section"])})\n\n**{row["outcome"].capitalize()}; {USES[row["use"]]}.** {str(marked(row["finding"])).replace("$", chr(92) + "$").replace(chr(10), "<br>")} [Row of the ledger](#{LABEL}-{claim})')


class ClaimExplorer(TableExplorer):
    """The ledger as a table to filter: by use, outcome, section and words. Each row leads to the chapter and to the data it rests on.

    label: name to refer to it by; the row of a claim has the id "label-claim". `frame()` gives the rows shown.
    """

    def __init__(self, label=LABEL):
        ledger, sections = claims(), read("sections").query("section != '0'")
        where = pages()
        ledger["tag"] = ledger["outcome"].str.replace(" ", "-")
        facets = {"use": ("May it be cited?", "several", USES), "outcome": ("Outcome", "several", {outcome.replace(" ", "-"): outcome for outcome in OUTCOMES}),
                  "section": ("Section", "one", {"all": "all sections"} | {row["section"]: f"{row['section']} {row['title']}" for _, row in sections.iterrows() if row["section"] in set(ledger["section"])})}
        rows = [{"key": row["claim"], "tags": {"use": row["use"], "outcome": row["tag"], "section": ["all", row["section"]]},
                 "cells": [row["statement"], f"{row['outcome']}; {USES[row['use']]}", row["finding"] or "Nothing can be computed.", _minds(row), _links(row, where)]} for _, row in ledger.iterrows()]
        super().__init__(["The report says or implies", "Outcome", "What computing gives", "What to mind", "Look at"], rows, facets, "Every checkable statement of the report, held against its own data", label)


def _minds(row):
    """Caveat, note and what would be needed, in words."""
    return " ".join(filter(None, [row["caveat"], row["note"], f"Needed: {row['needs']}." if row["needs"] else ""])) or "nothing"


def _links(row, where):
    """The chapter, and the data that the claim rests on, as parts of a cell."""
    found = [part for reading in readings_of(row["check"], row["rests_on"]) for part in reading.parts]
    links = [(f"Section {row['section']}", where[f"Section {row['section']}"])]
    for part in found:
        if isinstance(part, Value) and "code" not in row["check"]:
            towns = [city for city in cities() if city in {p.place for p in found if isinstance(p, Value) and p.indicator == part.indicator}]
            picks = f"?explore-all.indicator={part.indicator}&explore-all.cities={','.join(towns)}&explore-all.view=table"
            links.append((about(part.indicator)["label"], f"explore-numbers.html{picks}#explore-all" if towns else "data-and-sources.html#columns-observations"))
        elif isinstance(part, Row) and part.table in ("policies", "bodies", "measures"):
            row_of = _fact(part)
            title = row_of.get("title", row_of.get("name"))
            links.append(("the title", f"explore-texts.html?explore-all-texts.words={quote(title)}#explore-all-texts"))
        elif isinstance(part, (Row, Count, Value)):
            table = "codings" if isinstance(part, Value) else part.table
            links.append((f"{table}.csv", f"data-and-sources.html#columns-{table}"))
    links = list(dict.fromkeys(links))
    return [piece for link in links for piece in ("; ", link)][1:]


def _judged(row):
    results, words, rows = [], [], []
    for reading in readings_of(row["check"], row["rests_on"]):
        try:
            holds, finding, used = _CHECKS[row["check"]](reading)
        except Unknown as why:
            holds, finding, used = None, str(why), []
        results.append(holds)
        words.append(finding)
        rows += used
    known = [holds for holds in results if holds is not None]
    outcome = "not reproducible" if not known else "reproduced" if all(known) else "in tension" if any(known) else row["if_not"]
    finding = " ".join(words)
    if len(results) > 1:
        finding = "\n".join(([f"{sum(known)} of {len(known)} readings hold."] if known else []) + [f"({number}) {text}" for number, text in enumerate(words, 1)])
    caveat = " ".join(filter(None, [_caveat(rows), _ours(row)]))
    return outcome, _use(known, row["severity"], caveat), finding, caveat


def _ours(row):
    """A caveat for what rests on our reading of the text: codes, and counts that are set against each other."""
    if "code" in row["check"]:
        return "By our codes for what the report says."
    readings = readings_of(row["check"], row["rests_on"])
    counted = any(all(any(isinstance(part, Count) for part in _flat(side)) for side in (reading.left, reading.right)) for reading in readings)
    return "Counts what the report names, as we coded it." if counted else ""


def _use(known, severity, caveat):
    """How far a claim may be used. known: for each reading that can be computed, whether it holds."""
    if not known:
        return "unsettled"
    if all(known):
        return "caveat" if caveat else "safe"
    return "caveat" if any(known) or severity != "high" else "unusable"


# ---------- numbers

def _row_of(value):
    """The row of observations behind a value. Raises Unknown if it is not reported."""
    rows = of_report(observations(value.indicator, places=[value.place], relate=value.relation or "absolute", period=value.year or "all"))
    if rows.empty:
        raise Unknown(f"{about(value.indicator)['label']} of {name(value.place)}: not reported{' for ' + value.year if value.year else ''}.")
    return rows.iloc[-1]


def step(row):
    """To what a printed number is rounded: 135.909 billion to a million, 3,671,000 perhaps to a thousand, 4.45 to a hundredth.

    row: a row of observations. A whole number that ends in zeros may be rounded to the last digit that is none.
    """
    for number, word in re.findall(r"([\d,]*\d(?:\.\d+)?)\s*(billion|million)", row["printed"]):
        scale = {"billion": 1e9, "million": 1e6}[word]
        if abs(float(number.replace(",", "")) * scale - row["value"]) < scale * 1e-9:
            return scale * 10.0 ** -len(number.partition(".")[2])
    if row["decimals"]:
        return 10.0 ** -int(row["decimals"])
    digits = str(int(row["value"]))
    return 10.0 ** (len(digits) - len(digits.rstrip("0")) if row["value"] else 0)


def _margin(row, value):
    """Half of what the value may be off by, because its parts are printed rounded."""
    if row["printed"]:
        return step(row) / 2
    parts = [_row_of(Value(indicator, "", place, "")) for indicator, place in observed(value)]
    return abs(row["value"]) * sum(step(part) / 2 / abs(part["value"]) for part in parts)


def _compare(reading):
    """Every value on the left against every one on the right."""
    shown, sides = [], []
    for terms in (reading.left, reading.right):
        worked = [_worked(term) for term in terms]
        sides.append([(value, margin) for value, margin, _ in worked])
        shown += [row for _, _, rows in worked for row in rows]
    holds = all(_holds(a, reading.sign, b) for a in sides[0] for b in sides[1])
    left, right = (_side(terms, side) for terms, side in zip((reading.left, reading.right), sides))
    about_both, _, values = left.partition(": ")
    if ";" not in left and values and right.startswith(f"{about_both}: "):
        right = right.removeprefix(f"{about_both}: ")
    finding = f"{left} {WORDS[reading.sign][not holds]} {right}."
    if reading.sign == "=":
        finding += "".join(f" {r['inputs']}." for r in shown if r["inputs"])
    return holds, finding, shown


def _worked(term):
    """A term worked out from left to right: its value, by how much rounding may put it off, and the rows it takes."""
    value, margin, rows = 0, 0, []
    for sign, part in term:
        other, off, row = _measured(part)
        if sign == "/" and not other:
            raise Unknown(f"{_words(part)}: nothing can be divided by it.")
        if sign == "+":
            value, margin = value + other, margin + off
        else:
            off = abs(margin * other) + abs(value * off) if sign == "*" else abs(margin / other) + abs(value / other**2 * off)
            value, margin = value * other if sign == "*" else value / other, off
        rows += [] if row is None else [row]
    return value, margin, rows


def _measured(part):
    """A number with its margin of rounding and, for a value, its row."""
    if isinstance(part, float):
        return part, 0, None
    if isinstance(part, Count):
        return len(_counted(part)), 0, None
    row = _row_of(part)
    return row["value"], _margin(row, part), row


def _holds(left, sign, right):
    (a, da), (b, db) = left, right
    if sign == "=":
        return abs(a - b) <= (da + db) * (1 + 1e-9) + 1e-9
    return {">": a > b, ">=": a >= b, "<": a < b, "<=": a <= b}[sign]


def _side(terms, worked):
    """The terms of a side in words, those of one indicator together: "GDP per capita: Berlin US$ 37,022 per person and … (2016)"."""
    groups = {}
    for term, (value, _) in zip(terms, worked):
        part = term[0][1]
        if len(term) > 1:
            steps = "".join(f" {'×' if sign == '*' else '÷' if sign == '/' else '+'} {_words(other)}" for sign, other in term[1:])
            groups.setdefault("", []).append((f"{_words(part)}{steps} = {fmt(value, 0 if float(value).is_integer() else max(1, fine(value, 1)))}", ""))
        elif isinstance(part, Value):
            row = _row_of(part)
            groups.setdefault(about(part.indicator)["label"], []).append((f"{name(part.place)} {written(row)}", row["period"]))
        else:
            groups.setdefault("", []).append((_words(part), ""))
    return "; ".join((f"{label}: " if label else "") + _dated(values) for label, values in groups.items())


def _dated(values):
    """Values with their periods; one that all share is said once, at the end."""
    periods = {period for _, period in values}
    if len(periods) == 1:
        return list_of(words for words, _ in values) + "".join(f" ({period})" for period in periods if period)
    return list_of(f"{words} ({period})" for words, period in values)


def _words(part):
    if isinstance(part, float):
        return f"{part:g}"
    if isinstance(part, Count):
        number = len(_counted(part))
        return f"{number} row{'' if number == 1 else 's'} of {_conditions(part)}"
    row = _row_of(part)
    return f"{row['label']}, {name(part.place)}, {written(row)}"


def _counted(count):
    rows = read(count.table)
    rows = of_report(rows) if "added" in rows else rows
    for column, wanted, values in count.conditions:
        rows = rows[rows[column].isin(values) == wanted]
    return rows


def _conditions(count):
    """"measures (place: Berlin or Cologne; provider: SO)"."""
    places = dict(zip(read("places")["place"], read("places")["name"]))
    each = [f"{column.replace('_', ' ')}{'' if wanted else ' not'}: {' or '.join(places.get(v, v) or ('none' if column == 'flag' else 'not stated') for v in values)}" for column, wanted, values in count.conditions]
    return f"{count.table} ({'; '.join(each)})"


def _caveat(rows):
    """What to mind: flags of the values, and unlike periods of one indicator."""
    labels = read("flags").set_index("flag")["label"]
    lines = []
    for flag in dict.fromkeys(row["flag"] for row in rows if row["flag"]):
        lines.append(f"{flag}, {labels[flag]}: {list_of(dict.fromkeys(row['city'] for row in rows if row['flag'] == flag))}.")
    for indicator, unit in dict.fromkeys((row["indicator"], row["unit"]) for row in rows):
        if len({row["period"] for row in rows if (row["indicator"], row["unit"]) == (indicator, unit)}) > 1:
            lines.append(f"{about(indicator)['label']}: the periods differ.")
    return " ".join(dict.fromkeys(lines))


def _rises(reading):
    value = reading.parts[0]
    rows = of_report(observations(value.indicator, places=[value.place]))
    words = f"{about(value.indicator)['label']}, {name(value.place)}: {list_of(f'{written(r)} ({r.period})' for _, r in rows.iterrows()) or 'not reported'}."
    if len(rows) < 2:
        raise Unknown(f"{words} A trend needs two values.")
    return bool(rows["value"].is_monotonic_increasing and rows["value"].is_unique), words, [rows.iloc[-1]]


def _first_in(reading):
    value, area = reading.parts
    kinds = read("places").set_index("place")["kind"]
    alike = [p for p, kind in kinds.items() if kind == kinds[value.place] and area in places_above(p)]
    rows = of_report(observations(value.indicator, places=alike, relate=value.relation or "absolute")).drop_duplicates("place", keep="last")
    others = rows[rows["place"] != value.place]
    words = f"{rows['label'].iloc[0] if len(rows) else about(value.indicator)['label']} in {name(area)}: {list_of(f'{r.city} {written(r)}' for _, r in rows.iterrows()) or 'not reported'}."
    if len(others) < 2 or len(others) == len(rows):
        raise Unknown(f"{words} The others of {name(area)} are not in the report.")
    return bool(rows.set_index("place")["value"].idxmax() == value.place), words, [r for _, r in rows.iterrows()]


def _same_period(reading):
    rows = [_row_of(part) for part in reading.parts]
    periods = dict.fromkeys(f"{r['city']} {r['period']}" if len({x['label'] for x in rows}) == 1 else f"{r['label']}, {r['city']}: {r['period']}" for r in rows)
    return len({r["period"] for r in rows}) == 1, f"{list_of(periods)}.", []


def _same_definition(reading):
    rows = [_row_of(part) for part in reading.parts]
    flagged = [r for r in rows if r["flag"] == "d"]
    notes = dict.fromkeys(r["note"] for r in flagged if r["note"])
    words = f"{len(flagged)} of {len(rows)} values are marked d (definition differs). {' '.join(notes)}" if flagged else f"None of the {len(rows)} values is marked d."
    return not flagged, words.strip(), []


# ---------- names

def _title(reading):
    row = _fact(reading.parts[0])
    words = mismatch(row)
    return not words, f"{_named(row)}. {words or 'Each word has its counterpart.'}", []


def _same_title(reading):
    rows = [_fact(part) for part in reading.parts]
    titles = [row.get("local_title", row.get("local_name")) for row in rows]
    if "" in titles:
        raise Unknown("A title in the original language is not printed for each of them.")
    words = "; ".join(f"{_named(row)}, Section {row['section']}" for row in rows)
    return len(set(titles)) == 1, f"{words}.", []


def _different_titles(reading):
    same, words, rows = _same_title(reading)
    return not same, words, rows


def _same_code(reading):
    cells = [set(read("codings").query("dimension == @part.indicator and place == @part.place")["category"]) for part in reading.parts]
    labels = read("dimensions").set_index("dimension")["label"]
    words = "; ".join(f"{labels[p.indicator]}, {name(p.place)}: {list_of(sorted(c)) or 'not stated'}" for p, c in zip(reading.parts, cells))
    if not all(cells):
        raise Unknown(f"{words}.")
    return bool(set.intersection(*cells)), f"{words}.", []


def _different_code(reading):
    same, words, rows = _same_code(reading)
    return not same, words, rows


# ---------- times

def _fact(part):
    return fact(part.table, part.key)


def _named(row):
    """The English name or title of a row and, in brackets, the local one."""
    english = next(row[c] for c in ("title", "name", "statement") if c in row)
    local = row.get("local_title", row.get("local_name", ""))
    return f"{english} ({local})" if local else english


def _year(part):
    """Year in which something starts, and its words. Raises Unknown if none is printed."""
    if isinstance(part, Count):
        rows = _counted(part)
        years = [int(start) for _, row in rows.iterrows() if (start := _start(row))]
        if not years:
            raise Unknown(f"None of the {len(rows)} rows of {_conditions(part)} is dated.")
        return min(years), f"the earliest dated of {len(rows)} rows of {_conditions(part)}: {min(years)}"
    row = _fact(part)
    time = row[part.column] if part.column else _start(row)
    year = None if pd.isna(time) or time == "" else getattr(time, "year", time)
    words = f"{_named(row)}, Section {row['section']}: {(year or 'not stated') if part.column else when_of(row)}"
    if year is None:
        raise Unknown(f"{words}.")
    return int(year), words


def _start(row):
    if "year" in row:
        return row["year"]
    if "founded" in row:
        return row["founded"]
    dates = [d for d in (row["period_start"], row["period_end"]) if pd.notna(d)]
    return dates[0].year if dates else ""


def _same_time(reading):
    years = [_year(part) for part in reading.parts]
    return len({year for year, _ in years}) == 1, f"{'; '.join(words for _, words in years)}.", []


def _earlier(reading):
    (first, *_), others = [_year(part) for part in _flat(reading.left)], [_year(part) for part in _flat(reading.right)]
    return all(first[0] < other[0] for other in others), f"{'; '.join(words for _, words in [first, *others])}.", []


def _flat(terms):
    return [part for term in terms for _, part in term]


def _unprinted(reading):
    """Nothing printed decides it; what a reader would expect is shown as far as it is there."""
    found = [f"{about(part.indicator)['label']}, {name(part.place)}: {written(_row_of(part))}" for part in reading.parts if isinstance(part, Value)]
    raise Unknown(f"{'; '.join(found)}." if found else "")


_CHECKS = {"compare": _compare, "rises": _rises, "first in": _first_in, "same period": _same_period, "same definition": _same_definition, "title": _title, "same title": _same_title,
           "different titles": _different_titles, "same time": _same_time, "earlier": _earlier, "same code": _same_code, "different code": _different_code, "unprinted": _unprinted}
