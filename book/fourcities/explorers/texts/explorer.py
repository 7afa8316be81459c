"""The explorer of texts: bodies, policies, measures and the role of social organizations side by side."""

import re

import pandas as pd
from markupsafe import Markup

from fourcities.facts import cities as all_cities
from fourcities.facts import country_of, read
from fourcities.presentation import (
    address_of,
    city_palette,
    credit,
    list_of,
    marked,
    name,
    pages,
    table,
    tagged,
)

from ..common.base import BaseExplorer, PickError, one_of
from ..common.pieces import NO_MATCH, flag_cell, fold, holds, mind_list
from .entries import text_entries

KINDS = {
    "bodies": "Responsible bodies",
    "policies": "Policies",
    "measures": "Measures",
    "so": "Role of social organizations",
}


class TextExplorer(BaseExplorer):
    """Pick cities and policy fields; read responsible bodies, policies, measures and the role of social organizations (SOs) side by side.

    kinds: any of "bodies", "policies", "measures", "so"; all of them if none is given.
    cities: cities picked at first, by key or English name; fields: keys of policy_fields.csv picked at first, or "general" for what belongs to no single
    field; all if not given. words, from_year, to_year: filters set at first. only: a field; the explorer then holds nothing else.
    label: name to refer to the explorer by.
    `value` is the picks: a dictionary with cities, fields, kinds, words, from and to. Setting some of its keys leaves the others.
    Raises ValueError, naming the valid choices, for an unknown city, field or kind.
    """

    def __init__(
        self,
        *kinds,
        cities=None,
        fields=None,
        words="",
        from_year="",
        to_year="",
        only=None,
        label="texts",
    ):
        known = dict(
            zip(read("policy_fields")["policy_field"], read("policy_fields")["name"])
        ) | {"general": "No single field"}
        kinds = [one_of(kind, KINDS, "kinds") for kind in kinds] or list(KINDS)
        held = {one_of(only, known, "fields"): known[only]} if only else known
        entries = [entry for entry in text_entries(kinds) if entry["field"] in held]
        used = {entry["field"] for entry in entries}
        choices = {
            "cities": [[p, name(p)] for p in all_cities()],
            "fields": [[k, label_] for k, label_ in held.items() if k in used],
            "kinds": [
                [k, KINDS[k]] for k in KINDS if any(e["kind"] == k for e in entries)
            ],
        }
        value = {
            key: [option for option, _ in options] for key, options in choices.items()
        } | {"words": "", "from": "", "to": ""}
        palette, countries = city_palette(), {}
        for place in all_cities():
            countries.setdefault(country_of(place), []).append(place)
        data = {
            "kind": "texts",
            "id": label,
            "title": "Explorer: "
            + list_of(words[0].lower() + words[1:] for _, words in choices["kinds"]),
            "choices": choices,
            "value": value,
            "places": all_cities(),
            "names": [name(p) for p in all_cities()],
            "colours": [palette[name(p)] for p in all_cities()],
            "countries": [[name(c), members] for c, members in countries.items()],
            "entries": [
                [
                    e["kind"],
                    e["field"],
                    e["cities"],
                    e["name"],
                    e["local"],
                    e["language"],
                    e["when"],
                    e["spans"],
                    e["where"],
                    e["lines"],
                    e["flag"],
                    e["note"],
                    e["claim"],
                ]
                for e in entries
            ],
            "flags": read("flags").set_index("flag")["label"].to_dict(),
            "notes": [NAMES_NOTE],
            "where": pages(),
            "ledger": address_of(),
            "cite": credit(),
        }
        picks = value | {"words": words, "from": str(from_year), "to": str(to_year)}
        picks |= {
            key: given
            for key, given in (("cities", cities), ("fields", fields))
            if given is not None
        }
        super().__init__(data, picks)

    def _settle(self, picks, asked):
        for key in ("from", "to"):
            if not re.fullmatch(r"\d{0,4}", str(picks[key])):
                raise PickError(
                    f"unknown {key}: {picks[key]!r}; expected a year such as 2016, or nothing"
                )
        return picks | {
            "words": str(picks["words"])[:200],
            "from": str(picks["from"]),
            "to": str(picks["to"]),
        }

    def frame(self):
        """The picked entries as a DataFrame, a row for each city that an entry holds for: policy_field, kind, city, name, local_name, language, time, where, text, flag, note."""
        labels = {key: dict(options) for key, options in self.data["choices"].items()}
        rows = [
            {
                "policy_field": labels["fields"][field],
                "kind": labels["kinds"][kind],
                "city": labels["cities"][city],
                "name": e["name"],
                "local_name": e["local"],
                "language": e["language"],
                "time": e["when"],
                "where": e["where"],
                "text": " ".join(e["lines"]),
                "flag": e["flag"],
                "note": e["note"],
            }
            for field, kind, groups in self._groups(self._shown()[0])
            for city, mine in groups.items()
            for e in mine
        ]
        return pd.DataFrame(
            rows,
            columns=[
                "policy_field",
                "kind",
                "city",
                "name",
                "local_name",
                "language",
                "time",
                "where",
                "text",
                "flag",
                "note",
            ],
        )

    def _shown(self):
        """The entries that fit the picks, and how many would fit but for the year that they lack."""
        picks = self.value
        words = fold(picks["words"]).split()
        keys = (
            "kind",
            "field",
            "cities",
            "name",
            "local",
            "language",
            "when",
            "spans",
            "where",
            "lines",
            "flag",
            "note",
            "claim",
        )
        asked = [
            e
            for e in (dict(zip(keys, entry)) for entry in self.data["entries"])
            if e["kind"] in picks["kinds"]
            and e["field"] in picks["fields"]
            and set(e["cities"]) & set(picks["cities"])
            and holds([e["name"], e["local"], *e["lines"], e["note"]], words)
        ]
        if not picks["from"] and not picks["to"]:
            return asked, 0
        first, last = float(picks["from"] or "-inf"), float(picks["to"] or "inf")
        dated = [
            e
            for e in asked
            if any(
                (-9999 if a is None else a) <= last
                and (9999 if b is None else b) >= first
                for a, b in e["spans"]
            )
        ]
        return dated, sum(not e["spans"] for e in asked)

    def _groups(self, entries):
        """For each picked field and kind with an entry: the entries of each picked city."""
        picks = self.value
        for field in picks["fields"]:
            for kind in picks["kinds"]:
                here = [e for e in entries if e["field"] == field and e["kind"] == kind]
                if here:
                    yield (
                        field,
                        kind,
                        {
                            city: [e for e in here if city in e["cities"]]
                            for city in picks["cities"]
                        },
                    )

    def view(self):
        """The HTML of the present picks."""
        picks = self.value
        labels = {key: dict(options) for key, options in self.data["choices"].items()}
        shown, undated = self._shown()
        records = []
        for field, kind, groups in self._groups(shown):
            record = {
                "Policy field": Markup("{}<br><small>{}</small>").format(
                    labels["fields"][field], labels["kinds"][kind]
                )
            }
            for city, mine in groups.items():
                cells = [_entry_cell(e) for e in mine]
                items = Markup("").join(
                    Markup("<li>{}</li>").format(cell) for cell in cells
                )
                record[labels["cities"][city]] = (
                    Markup("<ul>{}</ul>").format(items)
                    if len(cells) > 1
                    else cells[0]
                    if cells
                    else Markup('<span class="missing">none named</span>')
                )
            records.append(record)
        lines = (
            [
                f"{undated} without a year {'is' if undated == 1 else 'are'} left out, as a year is asked for."
            ]
            if undated
            else []
        )
        if not records:
            body = f'<p class="missing">{NO_MATCH if picks["cities"] else "No city is picked."}</p>'
        else:
            words, caption = (
                picks["words"].strip(),
                f"{len(shown)} {'entry' if len(shown) == 1 else 'entries'}",
            )
            caption += (f" with “{words}”" if words else "") + (
                f" of the years {picks['from'] or '…'} to {picks['to'] or '…'}"
                if picks["from"] or picks["to"]
                else ""
            )
            body = table(
                pd.DataFrame(records), caption, f"{self.data['id']}-table", [NAMES_NOTE]
            ).html
        return mind_list(lines) + Markup(body)


NAMES_NOTE = "Names as the report prints them, with the German or Chinese form where it prints one; all other words are ours. “None named” says that the report names nothing, not that there is nothing."


def _entry_cell(e):
    local = (
        Markup(" ({})").format(Markup(tagged(e["local"], e["language"])))
        if e["local"]
        else ""
    )
    facts = " · ".join(filter(None, [e["when"], e["where"]]))
    lines = Markup("").join(
        Markup("<br>{}").format(marked(line)) for line in e["lines"]
    )
    flag = (
        Markup(" {}").format(flag_cell(e, True, e["claim"]))
        if e["flag"] or e["note"]
        else ""
    )
    return Markup("<b>{}</b>{}<br><small>{}</small>{}{}").format(
        marked(e["name"]), local, facts, lines, flag
    )
