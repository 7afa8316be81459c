"""Explorers: pickers of cities, indicators, texts and rows that work in a notebook and, without a kernel, on the published page.

An explorer is an ordinary ipywidget; its `value` is the picks. Its HTML form is a table for the default picks with the data beside it.
`explorer.js` draws it: in a notebook as an anywidget, on a page it wakes up the HTML. What is written here in Python (rows, order,
wording) is written there in JavaScript as well, since a page has no kernel; tests/test_explorers.py compares the two for every choice.
"""

import json
import re
import unicodedata
from pathlib import Path

import anywidget
import pandas as pd
import traitlets
import yaml
from markupsafe import Markup

from .data import DATA, read
from .figures import city_palette
from .indicators import about, cities as all_cities, country_of, observations, places_above, related, year_of
from .ledger import address_of, claim_of, link_to, observed
from .readings import Value
from .tables import flag_note, table
from .text import FEW, citation_words, list_of, marked, name, origins, some, tagged, when_of
from .units import fine, fmt, pattern_of, written

HERE = Path(__file__).parent
PERIODS = {"all": "all periods", "latest": "latest of each city"}
SORTS = {"report": "report order", "value": "value", "name": "name"}
VIEWS = {"bars": "bars", "table": "table", "profile": "profile"}
KINDS = {"bodies": "Responsible bodies", "policies": "Policies", "measures": "Measures", "so": "Role of social organizations"}
ROWS = 50  # of a longer table a page shows these at first, as explorer.js does
ADDRESS = re.compile(r"(?=.)([\w-]+([./][\w-]+)*(\?[^\s#\\]*)?)?(#[^\s\\]*)?", re.ASCII)  # within the book, as explorer.js has it
NO_MATCH = "Nothing matches these picks."
NOT_REPORTED = Markup('<span class="missing">not reported</span>')


class PickError(traitlets.TraitError, ValueError):
    """A pick that does not exist; the message names the valid ones."""


class _Explorer(anywidget.AnyWidget):
    """What all explorers share: data and picks in step with the page, and the HTML form."""

    _esm = HERE / "explorer.js"
    _css = HERE / "explorer.css"
    data = traitlets.Dict().tag(sync=True)
    value = traitlets.Dict().tag(sync=True)

    def __init__(self, data, picks):
        self._choices = {key: dict(options) for key, options in data["choices"].items()}
        self._defaults = data["value"]
        super().__init__(data=data, value=picks)
        self.data = data | {"value": self.value}

    @traitlets.validate("value")
    def _complete(self, proposal):
        """The picks with every key, as keys of the data; a pick that does not exist is an error that names the valid ones."""
        asked = proposal["value"]
        unknown = [key for key in asked if key not in self._defaults]
        if unknown:
            raise PickError(f"unknown pick {unknown[0]!r}; there are: {', '.join(self._defaults)}")
        picks = self._defaults | (self.value or {}) | asked
        for key, options in self._choices.items():
            names = {label: option for option, label in options.items()}
            if isinstance(self._defaults[key], list):
                if isinstance(picks[key], str):
                    raise PickError(f"{key} must be a list, such as [{next(iter(options))!r}]; it is {picks[key]!r}")
                chosen = {_one_of(names.get(pick, pick), options, key) for pick in picks[key]}
                picks[key] = [option for option in options if option in chosen]
            else:
                picks[key] = _one_of(names.get(picks[key], picks[key]), options, key)
        return self._settle(picks, asked)

    def _settle(self, picks, asked):
        return picks

    def _repr_mimebundle_(self, **kwargs):
        bundle, metadata = super()._repr_mimebundle_(**kwargs)
        return bundle | {"text/plain": repr(self), "text/html": self._repr_html_()}, metadata

    def _repr_html_(self):
        """The table for the present picks, and the data, so that a page can draw any other."""
        data = json.dumps(self.data | {"value": self.value}, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
        return Markup('<section class="explorer" id="{}" aria-label="{}"><div class="explorer-view">{}</div><script type="application/json">{}</script></section>').format(
            self.data["id"], self.data["title"], Markup(self.view()), Markup(data))

    def __repr__(self):
        return f"{self.data['title']}; picks: {json.dumps(self.value, ensure_ascii=False)}"


def _one_of(pick, options, key):
    if pick not in options:
        raise PickError(f"unknown {key}: {pick!r}; there are: {', '.join(options)}")
    return pick


class Explorer(_Explorer):
    """Pick cities and an indicator; see bars, a table or a profile of the cities.

    indicators: keys of indicators.csv to choose from; all of them if none is given.
    cities: cities picked at first, by key or English name; all if not given.
    indicator: the one shown at first (the first of `indicators` if not given); relate: "absolute" or a key of relations.csv that it allows;
    period: "all", "latest" of each city, or a year of the indicator, such as "2016"; sort: "report", "value" or "name";
    view: "bars", "table" or "profile" (which has the latest values); label: name to refer to the explorer by.
    `value` is the picks: a dictionary with cities, indicator, relate, period, sort and view. Setting some of its keys leaves the others.
    Raises ValueError, naming the valid choices, for an unknown city, indicator, relation, period, sort or view.
    """

    def __init__(self, *indicators, cities=None, indicator=None, relate="absolute", period="all", sort="report", view="bars", label="explorer"):
        known = dict(zip(read("indicators")["indicator"], read("indicators")["label"]))
        indicators = [_one_of(i, known, "indicator") for i in indicators] or list(known)
        picks = {"cities": all_cities() if cities is None else cities, "indicator": indicator or indicators[0], "relate": relate, "period": str(period), "sort": sort, "view": view}
        super().__init__(_indicator_data(indicators, label), picks)

    def _settle(self, picks, asked):
        """A relation or period that the indicator does not have is an error if it was asked for; a new indicator starts absolute, with all periods."""
        for key, allowed in (("relate", ["absolute", *about(picks["indicator"])["relate"].split()]), ("period", self._periods(picks["indicator"]))):
            if picks[key] not in allowed and key not in asked:
                picks[key] = allowed[0]
            _one_of(picks[key], allowed, f"{key} for {picks['indicator']}")
        return picks

    def _periods(self, indicator):
        """The periods that can be picked for an indicator: all, the latest if a city has several, and each year."""
        rows = observations(indicator)
        return ["all", *(["latest"] if rows["place"].duplicated().any() else []), *sorted({f"{year:.0f}" for year in year_of(rows).dropna()})]

    def frame(self):
        """The picked rows as a DataFrame: the columns of `observations`, in the order shown. The profile has those of all indicators."""
        picks = self.value
        if picks["view"] == "profile":
            return observations(*(key for key, _ in self.data["choices"]["indicator"]), places=picks["cities"])
        rows = observations(picks["indicator"], places=picks["cities"], relate=picks["relate"], period=picks["period"])
        return _sorted(rows, picks["sort"]).reset_index(drop=True)

    def view(self):
        """The HTML of the present view."""
        return _profile(self) if self.value["view"] == "profile" else _values(self)


def _sorted(rows, sort):
    if sort == "value":
        return rows.sort_values("value", ascending=False, kind="stable")
    return rows.sort_values("city", kind="stable") if sort == "name" else rows


def _indicator_data(indicators, label):
    """All that the page needs to show these indicators in any way: columns of texts, periods and rows, each text once."""
    table_of = read("indicators").set_index("indicator")
    relations = read("relations").set_index("relation")
    used = list(dict.fromkeys(relation for i in indicators for relation in table_of.at[i, "relate"].split()))
    below = [relations.at[relation, "denominator"] for relation in used]
    places = all_cities()
    whole = any(relations.at[relation, "denominator_place"] for relation in used)  # then the countries' values are needed as well
    shown = places + (list(dict.fromkeys(map(country_of, places))) if whole else [])
    texts, periods = _Numbered(""), _Numbered()
    entries = [_indicator_entry(i, shown, texts, periods) for i in dict.fromkeys([*indicators, *filter(None, below)])]
    years = sorted({(end or start)[:4] for _, start, end in periods.items} - {""})
    palette, countries = city_palette(), {}
    for place in places:
        countries.setdefault(country_of(place), []).append(place)
    flags = read("flags").set_index("flag")["label"]
    return {
        "kind": "indicators", "id": label, "title": "Explorer: " + (list_of(table_of.loc[indicators, "label"]) if len(indicators) <= 6 else "all indicators" if len(indicators) == len(table_of) else f"{len(indicators)} indicators"),
        "choices": {"cities": [[p, name(p)] for p in places], "indicator": [[i, table_of.at[i, "label"]] for i in indicators],
                    "relate": [["absolute", "absolute"], *([r, relations.at[r, "label"]] for r in used)], "period": [*map(list, PERIODS.items()), *([year, year] for year in years)],
                    "sort": list(map(list, SORTS.items())), "view": list(map(list, VIEWS.items()))},
        "value": {"cities": places, "indicator": indicators[0], "relate": "absolute", "period": "all", "sort": "report", "view": "bars"},
        "places": shown, "names": [name(p) for p in shown], "colours": [palette[name(p)] for p in places],
        "country": {p: country_of(p) for p in places}, "countries": [[name(c), members] for c, members in countries.items()],
        "relations": {r: [relations.at[r, "label"], relations.at[r, "pattern"], relations.at[r, "denominator"], relations.at[r, "denominator_place"], relations.at[r, "factor"],
                          int(relations.at[r, "decimals"])] for r in used},
        "indicators": entries, "texts": texts.items, "periods": periods.items, "flags": flags.to_dict(), "where": pages(), "ledger": address_of(), "cite": _credit(),
    }


class _Numbered:
    """Items by number, each kept once."""

    def __init__(self, *items):
        self.items, self.numbers = [], {}
        for item in items:
            self.add(item)

    def add(self, item):
        key = tuple(item) if isinstance(item, list) else item
        if key not in self.numbers:
            self.numbers[key] = len(self.items)
            self.items.append(item)
        return self.numbers[key]


def _indicator_entry(indicator, places, texts, periods):
    """One indicator for the page. A row is [place, value, period, printed or inputs, origin, cited, note, flag, qualifier, decimals more than usual, claim],
    cut after its last entry that is not 0; what is printed is left out where it is just the number."""
    info = about(indicator)
    sections = read("sections").set_index("section")["title"]
    computed = bool(info["numerator"])
    rows = []
    number = {place: n for n, place in enumerate(places)}
    stands = {}  # of all rows with the same table, section and source: looked up once
    for row in observations(indicator, places=places).to_dict("records"):
        place = (row["table"], row["section"], row["source"], row["added"])
        if place not in stands:
            stands[place] = list_of(origins(row)), _cited(row)
        dates = ["" if pd.isna(row[end]) else f"{row[end]:%Y-%m-%d}" for end in ("period_start", "period_end")]
        cells = [number[row["place"]], int(row["value"]) if row["value"] == int(row["value"]) else row["value"], periods.add([row["period"], *dates])]
        bare = f"{row['value']:,.{int(row['decimals'])}f}"
        cells.append(row["inputs"] if computed else 0 if row["printed"] == bare else row["printed"])
        cells += [texts.add(text) for text in (*stands[place], row["note"], row["flag"], row["qualifier"])]
        cells += [int(row["decimals"] - info["decimals"]), texts.add(claim_of(row))]
        while not cells[-1]:
            cells.pop()
        rows.append(cells)
    return {"key": indicator, "label": info["label"], "group": f"{info['section']} {sections[info['section']]}", "pattern": pattern_of(info["unit"]), "decimals": int(info["decimals"]),
            "definition": info["definition"], "mind": info["comparability"], "relate": info["relate"].split(), "computed": computed, "rows": rows}


def _cited(row):
    """The works behind a printed value, as the report names them; "" for a computed one, and for an added one, whose origin they are."""
    if row["formula"] or row["added"]:
        return ""
    return citation_words(row["source"]) if row["source"] else "no source named"


def pages():
    """Where a place of the report stands in the book: {"Table 1": "basic-data.html#table-1", "Section 2.1": "basic-data.html"}."""
    chapters = read("sections").set_index("section")["chapter"]
    tables = {f"Table {t}": f"{chapters[s]}.html#table-{t}" for t, s in read("tables")[["table", "section"]].itertuples(index=False)}
    return tables | {f"Section {section}": f"{chapter}.html" for section, chapter in chapters.items() if section != "0"}


def _credit():
    """How to cite: the book, and the report that the facts are from."""
    book = yaml.safe_load((DATA.parent / "CITATION.cff").read_text("utf-8"))
    project = read("project").set_index("role")["name"]
    unknown = read("sources").set_index("source").at["report", "note"].split(". ")[1].split("; ")[0]
    who = list_of(author["name"] for author in book["authors"])
    return [f"{who}: {book['title']}.", f"Facts from the comparative report of the project “{project['title']}” ({project['short title']}). {unknown}."]


def _values(explorer):
    """Bars or table: a row for each city and period."""
    picks = explorer.value
    info = related(picks["indicator"], picks["relate"])
    rows = explorer.frame()
    found = set(rows["place"])
    absent = [place for place in picks["cities"] if place not in found]
    if picks["sort"] == "name":
        absent.sort(key=name)
    bars, computed = picks["view"] == "bars", bool(info["numerator"])
    low, high, palette = min([0, *rows["value"]]), max([0, *rows["value"]]), city_palette()
    records = []
    for _, row in rows.iterrows():
        shown = Markup("{}").format(written(row))
        record = {"City": row["city"]}
        if bars:
            shown = Markup("{}{}{}").format(_bar(row["value"], low, high, palette[row["city"]]), shown, Markup("<br><small>{}</small>").format(row["inputs"]) if computed else "")
        record["Value"] = shown
        if not bars:
            record["Computed from" if computed else "As printed"] = row["inputs"] if computed else marked(row["printed"])
        record["Period"] = row["period"]
        if not bars:
            record["Where it stands"] = "; ".join(filter(None, [list_of(origins(row)), _cited(row)]))
        record["Flag and note"] = _flag(row, bars, _claim_behind(row, picks["relate"]))
        records.append(record)
    columns = ["City", "Value", *([] if bars else ["Computed from" if computed else "As printed"]), "Period", *([] if bars else ["Where it stands"]), "Flag and note"]
    elsewhen = set(observations(picks["indicator"], places=absent)["place"]) if absent and picks["period"] != "all" else ()
    records += [dict.fromkeys(columns, "–") | {"City": name(place), "Value": Markup('<span class="missing">none of {}</span>').format(picks["period"]) if place in elsewhen else NOT_REPORTED} for place in absent]
    lines, period = _minds(rows, info)
    caption = f"{info['label']}, {period}" if period else info["label"]
    if not records:
        return _mind(lines) + Markup('<p class="missing">No city is picked.</p>')
    return _mind(lines) + _in_parts(pd.DataFrame(records, columns=columns), caption, f"{explorer.data['id']}-table")


def _in_parts(frame, caption, label, notes=(), ids=()):
    """A table; of a long one the first rows, and the others behind a line that opens: what is closed costs a browser nothing."""
    body = Markup(table(frame[:ROWS], caption, label, notes, ids[:ROWS]).html)
    if len(frame) > ROWS:
        rest = table(frame[ROWS:], Markup("{}: the other {}").format(caption, len(frame) - ROWS), f"{label}-rest", (), ids[ROWS:]).html
        body += Markup("<details><summary>{} of {:,} rows are shown; open the others</summary>{}</details>").format(ROWS, len(frame), Markup(rest))
    return body


def _mind(lines):
    return Markup('<ul class="mind">{}</ul>').format(Markup("").join(Markup("<li>{}</li>").format(line) for line in lines))


def _bar(value, low, high, colour):
    """A bar from zero, in percent of the span from the least to the greatest value."""
    span = (high - low) or 1
    return Markup('<span class="bar"><i style="margin-inline-start:{:.2f}%;inline-size:{:.2f}%;background:{}"></i></span>').format((min(value, 0) - low) / span * 100, abs(value) / span * 100, colour)


def _flag(row, folded, claim):
    """The flag, the reason for it and a link to the ledger; folded: the reason behind a line that opens."""
    if not folded or not row["note"]:
        return flag_note(row, claim)
    words = f"{row['flag']}: {read('flags').set_index('flag')['label'][row['flag']]}" if row["flag"] else "note"
    return Markup('<details class="flag"><summary>{}</summary>{}{}</details>').format(words, marked(row["note"]), link_to(claim))


def _claim_behind(row, relate):
    """The claim about the flag of a row; where the row is set against something, that of the first part with a flag."""
    if relate == "absolute":
        return claim_of(row)
    parts = [part for i, place in observed(Value(row["indicator"], relate, row["place"], "")) for _, part in observations(i, places=[place]).iterrows()]
    return next((claim_of(part) for part in parts if part["flag"]), "")


def _minds(rows, info):
    """What to mind when comparing the rows shown (unlike periods, flags, the indicator's own caution), and the period that they share."""
    periods = {place: list(dict.fromkeys(group["period"])) for place, group in rows.groupby("place", sort=False)}
    differ, lines = len(set(map(tuple, periods.values()))) > 1, []
    if differ:
        each = [f"{name(place)} {' and '.join(periods[place])}" for place in all_cities() if place in periods]
        lines.append(f"The periods differ: {list_of(each)}." if len(each) <= FEW else "The periods differ from city to city: each row has its own.")
    for letter, label in read("flags").set_index("flag")["label"].items():
        found = list(dict.fromkeys(rows.loc[rows["flag"] == letter, "city"]))
        if found:
            lines.append(f"{letter}, {label}: {some(found)}.")
    shared = "" if rows.empty else "periods differ" if differ else list_of(next(iter(periods.values())))
    return [*lines, f"{info['definition']} {info['comparability']}"], shared


def _profile(explorer):
    """All indicators of the explorer for the picked cities: the latest value of each, with the ratio to the first city."""
    picked = explorer.value["cities"]
    if not picked:
        return '<p class="missing">No city is picked.</p>'
    records = []
    for indicator, label in explorer.data["choices"]["indicator"]:
        latest = observations(indicator, places=picked).drop_duplicates("place", keep="last").set_index("place", drop=False)
        record = {"Indicator": label}
        for place in picked:
            if place not in latest.index:
                record[name(place)] = NOT_REPORTED
                continue
            row, first = latest.loc[place], latest["value"].get(picked[0])
            ratio = ""
            if place != picked[0] and first and row["value"]:
                times = row["value"] / first
                ratio = Markup("<br><small>{} × {}</small>").format(fmt(times, fine(times, 2)), name(picked[0]))
            mark = ""
            if row["flag"] or row["note"]:
                words = f": {read('flags').set_index('flag')['label'][row['flag']]}" if row["flag"] else ""
                mark = Markup(' <details class="flag"><summary>{}<span class="sr-only">{}</span></summary>{}{}</details>').format(row["flag"] or "note", words, marked(row["note"]), link_to(claim_of(row)))
            record[name(place)] = Markup("{}{}<br><small>{}</small>{}").format(written(row), mark, row["period"], ratio)
        records.append(record)
    caption = f"Latest value of each indicator, with the ratio to {name(picked[0])}"
    note = "A letter at a value is a flag: open it for the reason. Each value has its own period; a ratio of values with unlike periods or definitions is rough."
    return table(pd.DataFrame(records), caption, f"{explorer.data['id']}-table", [note]).html


class TextExplorer(_Explorer):
    """Pick cities and policy fields; read responsible bodies, policies, measures and the role of social organizations (SOs) side by side.

    kinds: any of "bodies", "policies", "measures", "so"; all of them if none is given.
    cities: cities picked at first, by key or English name; fields: keys of policy_fields.csv picked at first, or "general" for what belongs to no single
    field; all if not given. words, from_year, to_year: filters set at first. only: a field; the explorer then holds nothing else.
    label: name to refer to the explorer by.
    `value` is the picks: a dictionary with cities, fields, kinds, words, from and to. Setting some of its keys leaves the others.
    Raises ValueError, naming the valid choices, for an unknown city, field or kind.
    """

    def __init__(self, *kinds, cities=None, fields=None, words="", from_year="", to_year="", only=None, label="texts"):
        known = dict(zip(read("policy_fields")["policy_field"], read("policy_fields")["name"])) | {"general": "No single field"}
        kinds = [_one_of(kind, KINDS, "kinds") for kind in kinds] or list(KINDS)
        held = {_one_of(only, known, "fields"): known[only]} if only else known
        entries = [entry for entry in _entries(kinds) if entry["field"] in held]
        used = {entry["field"] for entry in entries}
        choices = {"cities": [[p, name(p)] for p in all_cities()], "fields": [[k, label_] for k, label_ in held.items() if k in used],
                   "kinds": [[k, KINDS[k]] for k in KINDS if any(e["kind"] == k for e in entries)]}
        value = {key: [option for option, _ in options] for key, options in choices.items()} | {"words": "", "from": "", "to": ""}
        palette, countries = city_palette(), {}
        for place in all_cities():
            countries.setdefault(country_of(place), []).append(place)
        data = {
            "kind": "texts", "id": label, "title": "Explorer: " + list_of(words[0].lower() + words[1:] for _, words in choices["kinds"]), "choices": choices, "value": value,
            "places": all_cities(), "names": [name(p) for p in all_cities()], "colours": [palette[name(p)] for p in all_cities()],
            "countries": [[name(c), members] for c, members in countries.items()],
            "entries": [[e["kind"], e["field"], e["cities"], e["name"], e["local"], e["language"], e["when"], e["spans"], e["where"], e["lines"], e["flag"], e["note"], e["claim"]] for e in entries],
            "flags": read("flags").set_index("flag")["label"].to_dict(), "notes": [NAMES_NOTE], "where": pages(), "ledger": address_of(), "cite": _credit(),
        }
        picks = value | {"words": words, "from": str(from_year), "to": str(to_year)}
        picks |= {key: given for key, given in (("cities", cities), ("fields", fields)) if given is not None}
        super().__init__(data, picks)

    def _settle(self, picks, asked):
        for key in ("from", "to"):
            if not re.fullmatch(r"\d{0,4}", str(picks[key])):
                raise PickError(f"unknown {key}: {picks[key]!r}; expected a year such as 2016, or nothing")
        return picks | {"words": str(picks["words"])[:200], "from": str(picks["from"]), "to": str(picks["to"])}

    def frame(self):
        """The picked entries as a DataFrame, a row for each city that an entry holds for: policy_field, kind, city, name, local_name, language, time, where, text, flag, note."""
        labels = {key: dict(options) for key, options in self.data["choices"].items()}
        rows = [{"policy_field": labels["fields"][field], "kind": labels["kinds"][kind], "city": labels["cities"][city], "name": e["name"], "local_name": e["local"],
                 "language": e["language"], "time": e["when"], "where": e["where"], "text": " ".join(e["lines"]), "flag": e["flag"], "note": e["note"]}
                for field, kind, groups in self._groups(self._shown()[0]) for city, mine in groups.items() for e in mine]
        return pd.DataFrame(rows, columns=["policy_field", "kind", "city", "name", "local_name", "language", "time", "where", "text", "flag", "note"])

    def _shown(self):
        """The entries that fit the picks, and how many would fit but for the year that they lack."""
        picks = self.value
        words = _fold(picks["words"]).split()
        keys = ("kind", "field", "cities", "name", "local", "language", "when", "spans", "where", "lines", "flag", "note", "claim")
        asked = [e for e in (dict(zip(keys, entry)) for entry in self.data["entries"])
                 if e["kind"] in picks["kinds"] and e["field"] in picks["fields"] and set(e["cities"]) & set(picks["cities"])
                 and _holds([e["name"], e["local"], *e["lines"], e["note"]], words)]
        if not picks["from"] and not picks["to"]:
            return asked, 0
        first, last = float(picks["from"] or "-inf"), float(picks["to"] or "inf")
        dated = [e for e in asked if any((-9999 if a is None else a) <= last and (9999 if b is None else b) >= first for a, b in e["spans"])]
        return dated, sum(not e["spans"] for e in asked)

    def _groups(self, entries):
        """For each picked field and kind with an entry: the entries of each picked city."""
        picks = self.value
        for field in picks["fields"]:
            for kind in picks["kinds"]:
                here = [e for e in entries if e["field"] == field and e["kind"] == kind]
                if here:
                    yield field, kind, {city: [e for e in here if city in e["cities"]] for city in picks["cities"]}

    def view(self):
        """The HTML of the present picks."""
        picks = self.value
        labels = {key: dict(options) for key, options in self.data["choices"].items()}
        shown, undated = self._shown()
        records = []
        for field, kind, groups in self._groups(shown):
            record = {"Policy field": Markup("{}<br><small>{}</small>").format(labels["fields"][field], labels["kinds"][kind])}
            for city, mine in groups.items():
                cells = [_entry_cell(e) for e in mine]
                items = Markup("").join(Markup("<li>{}</li>").format(cell) for cell in cells)
                record[labels["cities"][city]] = Markup("<ul>{}</ul>").format(items) if len(cells) > 1 else cells[0] if cells else Markup('<span class="missing">none named</span>')
            records.append(record)
        lines = [f"{undated} without a year {'is' if undated == 1 else 'are'} left out, as a year is asked for."] if undated else []
        if not records:
            body = f'<p class="missing">{NO_MATCH if picks["cities"] else "No city is picked."}</p>'
        else:
            words, caption = picks["words"].strip(), f"{len(shown)} {'entry' if len(shown) == 1 else 'entries'}"
            caption += (f" with “{words}”" if words else "") + (f" of the years {picks['from'] or '…'} to {picks['to'] or '…'}" if picks["from"] or picks["to"] else "")
            body = table(pd.DataFrame(records), caption, f"{self.data['id']}-table", [NAMES_NOTE]).html
        return _mind(lines) + Markup(body)


NAMES_NOTE = "Names as the report prints them, with the German or Chinese form where it prints one; all other words are ours. “None named” says that the report names nothing, not that there is nothing."


def _fold(text):
    """A text for comparing: small letters, without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.category(c).startswith("M")).lower()


def _holds(texts, words):
    """Whether every word, folded, is in the texts."""
    text = _fold(" ".join(texts))
    return all(word in text for word in words)


def _entry_cell(e):
    local = Markup(" ({})").format(Markup(tagged(e["local"], e["language"]))) if e["local"] else ""
    facts = " · ".join(filter(None, [e["when"], e["where"]]))
    lines = Markup("").join(Markup("<br>{}").format(marked(line)) for line in e["lines"])
    flag = Markup(" {}").format(_flag(e, True, e["claim"])) if e["flag"] or e["note"] else ""
    return Markup("<b>{}</b>{}<br><small>{}</small>{}{}").format(marked(e["name"]), local, facts, lines, flag)


def _entries(kinds):
    """Bodies, policies, measures and what SOs do, as entries of one shape, each with the cities that it holds for."""
    makers = {"bodies": _bodies, "policies": _policies, "measures": _measures, "so": _so_roles}
    cities = _cities_in()
    return [{"kind": kind, "field": row.get("policy_field") or "general", "cities": cities.get(row["place"], []), "language": row.get("language", ""), "flag": row["flag"], "note": row["note"], "claim": claim_of(row),
             "where": _stands(row), "spans": _spans(row), "lines": [f"Of {name(row['place'])}."] if row["place"] not in all_cities() else []} | entry
            for kind in kinds for row, entry in makers[kind]()]


def _cities_in():
    """The cities that each place is or contains: {place: list of cities}."""
    cities = {}
    for city in all_cities():
        for place in places_above(city):
            cities.setdefault(place, []).append(city)
    return cities


def _stands(row):
    cited = citation_words(row["source"]) if row["source"] and not row.get("table") and not row["added"] else ""
    return "; ".join(filter(None, [list_of(origins(row)), cited]))


def _spans(row):
    """The years of a row, each as [first, last]; None stands for an open end."""
    if "year" in row:
        year, last, revised = (int(row[c]) if row[c] else None for c in ("year", "runs_to", "revised"))
        return ([[year, last or year]] if year else []) + ([[revised, revised]] if revised else [])
    if "period_start" not in row:
        return []
    start, end = (None if pd.isna(row[c]) else row[c].year for c in ("period_start", "period_end"))
    return [[start, end]] if start or end else []


def _sentences(*parts):
    """The parts that say something: ("For", "refugees") becomes "For: refugees."."""
    return [f"{head}: {text.rstrip('.')}." for head, text in parts if text]


def _bodies():
    heads = {"lead": "", "with": "With the lead", "mainly": "Mainly this body"}
    roles = {"municipal-administration": "Administration at the municipal level", "district-administration": "Administration at the district level", "migrant-affairs": "Responsible for migrants"}
    for row in read("bodies").to_dict("records"):
        lines = [f"{text}." for text in (roles.get(row["role"]), heads[row["relation"]], f"Part of the {row['part_of']}" if row["part_of"] else "") if text]
        yield row, {"name": row["name"], "local": row["local_name"], "when": "", "lines": ([f"Of {name(row['place'])}."] if row["place"] not in all_cities() else []) + lines}


def _policies():
    for row in read("policies").to_dict("records"):
        yield row, {"name": row["title"], "local": row["local_title"], "when": when_of(row)}


def _measures():
    providers = {"state": "state", "SO": "SOs", "both": "state and SOs"}
    for row in read("measures").to_dict("records"):
        who, named = providers.get(row["provider"], ""), row["provider_name"]
        by = named if who in named else f"{who}, {named}" if named else who
        asked = observations(row["threshold"], places=places_above(row["place"])).to_dict("records") if row["threshold"] else []
        amount = observations(row["amount"], places=places_above(row["place"])).to_dict("records") if row["amount"] else []
        lines = _sentences(("By", by or "not stated"), ("Paid by", row["funder"]), ("For", row["target_group"]), ("Condition", row["eligibility"]),
                           ("Stay", "; ".join(map(written, asked))), ("Amount", "; ".join(map(written, amount))))
        yield row, {"name": row["name"], "local": row["local_name"], "when": when_of(row), "lines": lines}


def _so_roles():
    fields = {f"{row['section']}": key for _, row in read("sections").iterrows() for key, label in read("policy_fields")[["policy_field", "name"]].itertuples(index=False) if row["title"] == label}
    labels = read("dimensions").set_index("dimension")["label"]
    for row in read("cooperation").to_dict("records"):
        amount = observations(row["amount"], places=[row["place"]]).to_dict("records") if row["amount"] else []
        yield row | {"policy_field": fields.get(row["section"], "")}, {"name": row["kind"][0].upper() + row["kind"][1:], "local": "", "when": when_of(row) if row["printed"] else "",
                     "lines": [row["statement"], *_sentences(("Amount", "; ".join(map(written, amount))))]}
    dimensions = ["so_role", "so_part", "so_environment", "so_voice", "so_involvement", "cooperation_mode", "funding_mode"]
    codings = read("codings")
    for row in codings[codings["dimension"].isin(dimensions)].to_dict("records"):
        yield row, {"name": labels[row["dimension"]], "local": "", "when": "", "lines": [row["statement"]]}


class TableExplorer(_Explorer):
    """Pick which rows of a table to see, by lists, choices and words.

    columns: headings; the first names the row. rows: dictionaries with `key` (letters, digits and hyphens), `cells` (one for each column: text, or a
    list of parts, each text or a pair of text and address within the book) and `tags` (for each facet the value, or list of values, that the row has;
    a row that lacks a facet fits every pick of it).
    facets: {key: (label, kind, {value: label})}; "several" of the values are picked by checkboxes, all at first; or "one" by a list, the first at first.
    caption, label, notes: as in `table`; words: whether to offer a search in the text of the rows.
    `value` is the picks: a dictionary with a list for each facet of kind "several", one value for each of kind "one", and words. Setting some of its
    keys leaves the others. On the page, the address `#label-key` shows the row of that key and marks it.
    Raises ValueError, naming what would do, for a key, cell, tag, facet or pick that is not as described, and for an address that leads out of the book.
    """

    def __init__(self, columns, rows, facets, caption, label, notes=(), words=True):
        columns = [str(column) for column in columns]
        if not columns or len({"key", *columns}) <= len(columns):
            raise ValueError(f"columns must be headings that differ, none of them 'key'; they are {columns!r}")
        for key, (_, kind, options) in facets.items():
            for option in (key, *options):
                if not (isinstance(option, str) and re.fullmatch(r"[\w.-]+", option)):
                    raise ValueError(f"facet {key!r}: {option!r} is no key; expected letters, digits, hyphens")
            if key in ("words", "cities") or kind not in ("several", "one") or not options:
                raise ValueError(f"facet {key!r}: expected (label, 'several' or 'one', {{value: label}}) under a key other than 'words' and 'cities'")
        entries = [_row_of(row, columns, facets) for row in rows]
        keys = [key for key, _, _ in entries]
        if len(set(keys)) < len(keys):
            raise ValueError(f"two rows have the key {next(key for key in keys if keys.count(key) > 1)!r}")
        value = {key: list(options) if kind == "several" else next(iter(options)) for key, (_, kind, options) in facets.items()} | ({"words": ""} if words else {})
        data = {"kind": "table", "id": label, "title": f"Explorer: {caption}", "choices": {key: list(map(list, options.items())) for key, (_, _, options) in facets.items()}, "value": value,
                "facets": [[key, heading, kind] for key, (heading, kind, _) in facets.items()], "columns": columns, "rows": entries, "caption": str(caption), "notes": list(map(str, notes)), "cite": _credit()}
        super().__init__(data, value)

    def _settle(self, picks, asked):
        return picks | {"words": str(picks["words"])[:200]} if "words" in picks else picks

    def _shown(self):
        """The rows that fit the picks."""
        words = _fold(self.value.get("words", "")).split()
        picked = [{self.value[key]} if kind == "one" else set(self.value[key]) for key, _, kind in self.data["facets"]]
        return [(key, cells) for key, cells, tags in self.data["rows"] if all(not mine or picks & set(mine) for picks, mine in zip(picked, tags)) and _holds(map(_plain, cells), words)]

    def frame(self):
        """The shown rows as a DataFrame: key, and the text of each column."""
        return pd.DataFrame([[key, *map(_plain, cells)] for key, cells in self._shown()], columns=["key", *self.data["columns"]])

    def view(self):
        """The HTML of the shown rows."""
        data, shown = self.data, self._shown()
        if not shown:
            return f'<p class="missing">{NO_MATCH}</p>'
        frame = pd.DataFrame([map(_linked, cells) for _, cells in shown], columns=data["columns"])
        return str(_in_parts(frame, marked(data["caption"]), f"{data['id']}-table", [marked(note) for note in data["notes"]], [f"{data['id']}-{key}" for key, _ in shown]))


def _row_of(row, columns, facets):
    """A row as the page gets it: key, cells, and for each facet the list of its values."""
    key, cells, tags = row["key"], row["cells"], row.get("tags", {})
    if not re.fullmatch("[A-Za-z0-9-]+", key) or key == "table":
        raise ValueError(f"unknown key of a row: {key!r}; expected letters, digits and hyphens, other than 'table'")
    if len(cells) != len(columns):
        raise ValueError(f"row {key!r} has {len(cells)} cells for {len(columns)} columns")
    for facet in tags:
        _one_of(facet, facets, f"facet of row {key!r}")
    values = []
    for facet, (_, _, options) in facets.items():
        mine = tags.get(facet) or []
        values.append([_one_of(value, options, f"{facet} of row {key!r}") for value in ([mine] if isinstance(mine, str) else mine)])
    return [key, [_cell_of(cell, key) for cell in cells], values]


def _cell_of(cell, key):
    """A cell as the page gets it: text, or a list of texts and of pairs [text, address]."""
    if isinstance(cell, str):
        return str(cell)
    if not isinstance(cell, list) or not all(isinstance(part, str) or isinstance(part, (tuple, list)) and list(map(type, part)) == [str, str] for part in cell):
        raise ValueError(f"row {key!r}: a cell is text or a list of parts, each text or a pair (text, address); this one is {cell!r}")
    for address in (part[1] for part in cell if not isinstance(part, str)):
        if not ADDRESS.fullmatch(address):
            raise ValueError(f"row {key!r}: the address {address!r} leads out of the book; expected one such as 'economy.html#table-2' or '#table-2'")
    return [str(part) if isinstance(part, str) else list(part) for part in cell]


def _pairs(cell):
    """The parts of a cell, each with its address or ""."""
    return [(part, "") if isinstance(part, str) else part for part in ([cell] if isinstance(cell, str) else cell)]


def _plain(cell):
    return "".join(text for text, _ in _pairs(cell))


def _linked(cell):
    return Markup("").join(Markup('<a href="{}">{}</a>').format(address, marked(text)) if address else marked(text) for text, address in _pairs(cell))
