"""The explorer of designs: pick cities, conditions and an outcome, recode a cell, see what the methods say."""

import re

import pandas as pd
from markupsafe import Markup

from fourcities.facts import cities as all_cities
from fourcities.facts import codes_of, country_of, read
from fourcities.presentation import credit, name, origins, table

from ..common.base import HERE, BaseExplorer, PickError
from ..common.pieces import ROWS, mind_list
from .methods import MOST, NOT_STATED, pairs_of, recoded
from .sentences import compared, findings


def _module():
    """The explorers' module with what this one adds, before the line that exports it."""
    module, exports, _ = (
        (HERE / "explorer.js").read_text("utf-8").rpartition("export default")
    )
    return (
        module
        + (HERE / "design.js").read_text("utf-8")
        + exports
        + " { render, wake };\n"
    )


class DesignExplorer(BaseExplorer):
    """Pick cities, conditions and an outcome, recode a cell, and see what Mill's methods say.

    dimensions: keys of dimensions.csv that can be picked; conditions: those picked at first, all but the outcome unless given; outcome: the first one picked;
    label: name to refer to it by. `value` is the picks: cities (at first those with a code, forty at most), conditions (lists), outcome, recode (list of
    “city.dimension.code”, the code with hyphens). `codes()` gives the matrix with the changes, `findings()` the sentences. Raises PickError for a pick that does not exist.
    """

    _esm = _module()

    def __init__(self, *dimensions, conditions=None, outcome=None, label="design"):
        known = read("dimensions").set_index("dimension")["label"]
        for dimension in dimensions:
            if dimension not in known.index:
                raise PickError(
                    f"unknown dimension {dimension!r}; data/dimensions.csv has: {', '.join(known.index)}"
                )
        self._codes, self._names = (
            codes_of(*dimensions),
            {city: name(city) for city in all_cities()},
        )
        self._labels = {dimension: known[dimension] for dimension in dimensions}
        outcome = outcome or dimensions[-1]
        self._changes = {}  # key of a change: the cell and its new code, one that some city has or none
        for dimension, row in self._codes.iterrows():
            codes = {code: _slug(code) for code in [*row, NOT_STATED]}
            self._changes |= {
                f"{city}.{dimension}.{slug}": (city, dimension, code)
                for city, before in row.items()
                for code, slug in codes.items()
                if code != before
            }
        coded = [city for city in self._names if set(self._codes[city]) != {NOT_STATED}]
        self._evidence = _evidence(dimensions)
        value = {
            "cities": coded[:MOST],
            "conditions": list(conditions or [d for d in dimensions if d != outcome]),
            "outcome": outcome,
            "recode": [],
        }
        countries = {}
        for city in self._names:
            countries.setdefault(name(country_of(city)), []).append(city)
        data = {
            "kind": "design",
            "id": label,
            "title": "Explorer: designs of comparison",
            "value": value,
            "countries": [[country, members] for country, members in countries.items()],
            "choices": {
                "cities": [[city, words] for city, words in self._names.items()],
                "conditions": [[d, words] for d, words in self._labels.items()],
                "outcome": [[d, words] for d, words in self._labels.items()],
                "recode": [[key, code] for key, (_, _, code) in self._changes.items()],
            },
            "codes": {
                d: [
                    [self._codes.at[d, city], *self._evidence.get((d, city), ("", ""))]
                    for city in self._names
                ]
                for d in dimensions
            },
            "cite": credit(),
        }
        super().__init__(data, value)

    def _settle(self, picks, asked):
        """One change for each cell: the first."""
        cells = {}
        for key in picks["recode"]:
            cells.setdefault(self._changes[key][:2], key)
        return picks | {"recode": list(cells.values())}

    def _matrix(self):
        rows = [
            d
            for d in self._labels
            if d in self.value["conditions"] and d != self.value["outcome"]
        ]
        return self._codes.loc[[*rows, self.value["outcome"]], self.value["cities"]]

    def codes(self):
        """The matrix of the picks, with the reader's changes: a row for each condition, the last one for the outcome."""
        codes = self._matrix()
        changes = [self._changes[key] for key in self.value["recode"]]
        return recoded(
            codes,
            {
                (city, d): code
                for city, d, code in changes
                if city in codes.columns and d in codes.index
            },
        )

    def findings(self):
        """What the methods say of the picks, as a list of sentences."""
        before, after, outcome = self._matrix(), self.codes(), self.value["outcome"]
        lines = findings(after, outcome, self._labels, self._names)
        return lines + (
            compared(before, after, outcome, self._labels, self._names)
            if len(lines) > 1
            else []
        )

    def view(self):
        """The HTML of sentences, matrix and pairs."""
        before, after, outcome = self._matrix(), self.codes(), self.value["outcome"]
        if not self.value["cities"]:
            return '<p class="missing">No city is picked.</p>'
        if len(self.value["cities"]) > MOST:
            return f'<p class="missing">{self.findings()[0]}</p>'
        records = []
        for dimension in after.index:
            record = {
                "Condition": self._labels[dimension]
                if dimension != outcome
                else Markup("Outcome: {}").format(self._labels[dimension])
            }
            for city in after.columns:
                record[self._names[city]] = _cell(
                    after.at[dimension, city],
                    before.at[dimension, city],
                    *self._evidence.get((dimension, city), ("", "")),
                )
            records.append(record)
        pairs, alike = (
            pairs_of(after, outcome),
            "How alike the cities are, pair by pair",
        )
        if len(pairs) > ROWS:
            pairs, alike = (
                pairs.loc[
                    pairs["shared"]
                    .map(len)
                    .sort_values(ascending=False, kind="stable")
                    .index
                ][:ROWS],
                f"How alike the cities are: the {ROWS} most alike of {len(pairs)} pairs",
            )
        rows = [
            {
                "Pair": f"{self._names[row['one']]} and {self._names[row['other']]}",
                "Conditions shared": f"{len(row['shared'])} of {len(row['shared']) + len(row['different'])} compared",
                "Outcome": {True: "the same", False: "differs"}.get(
                    row["alike"], NOT_STATED
                ),
            }
            for _, row in pairs.iterrows()
        ]
        label = self.data["id"]
        made = table(
            pd.DataFrame(records),
            "Codes of the picked cities, with what the report says",
            f"{label}-table",
        ).html
        made += table(pd.DataFrame(rows), alike, f"{label}-pairs").html if rows else ""
        return str(mind_list(self.findings()) + Markup(made))


def _evidence(dimensions):
    """What the report says for each code, in our words, and where, from the statements of codings.csv: {(dimension, city): (words, where)}."""
    rows = read("codings").query("dimension in @dimensions")
    return {
        key: (
            " ".join(mine["statement"]),
            ", ".join(
                dict.fromkeys(
                    where for _, row in mine.iterrows() for where in origins(row)
                )
            ),
        )
        for key, mine in rows.groupby(["dimension", "place"], sort=False)
    }


def _cell(code, before, says, where):
    change = (
        Markup(" <small>(recoded; the report: {})</small>").format(before)
        if code != before
        else ""
    )
    return Markup("<b>{}</b>{}{}").format(
        code,
        change,
        Markup("<br><small>{} {}</small>").format(says, where) if says else "",
    )


def _slug(code):
    return re.sub(r"[^a-z0-9]+", "-", code.lower()).strip("-")
