"""Designs of comparison on the codes of codings.csv: what Mill's methods say of a matrix of cases and conditions, and what they leave open.

A matrix is a DataFrame as `codes_of` gives it: a row for each condition and one for the outcome, a column for each city, "not stated" where there is no code.
“Not stated” is neither shared with anything nor different from anything. `DesignExplorer` lets a reader pick cities, conditions and outcome, and recode.
`design.js` says the same on a page without a kernel; tests/test_designs.py compares the two.
"""

import itertools
import math
import re

import pandas as pd
from markupsafe import Markup

from .data import read
from .explorers import HERE, ROWS, PickError, _credit, _Explorer, _mind
from .figures import codes_of
from .indicators import cities as all_cities, country_of
from .tables import table
from .text import FEW, list_of, name, origins, some

NOT_STATED = "not stated"
MOST = 40  # cities that are compared pair by pair; design.js has it as well


def recoded(codes, changes):
    """The matrix with other codes in some cells. changes: {(city, dimension): code}. Raises KeyError for a cell that is not there."""
    codes = codes.copy()
    for (city, dimension), code in changes.items():
        if dimension not in codes.index or city not in codes.columns:
            raise KeyError(f"no cell {city!r}, {dimension!r}; there are the dimensions {', '.join(codes.index)} and the cities {', '.join(codes.columns)}")
        codes.at[dimension, city] = code
    return codes


def shared(codes, one, other):
    """The dimensions in which two cities have the same code."""
    return [d for d in codes.index if codes.at[d, one] == codes.at[d, other] != NOT_STATED]


def different(codes, one, other):
    """The dimensions in which two cities have codes that differ."""
    return [d for d in codes.index if NOT_STATED not in (codes.at[d, one], codes.at[d, other]) and codes.at[d, one] != codes.at[d, other]]


def pairs_of(codes, outcome):
    """Each pair of cities: one, other, shared and different (lists of conditions), alike (True if the outcomes are the same, None if one is not stated)."""
    conditions, rows = codes.drop(index=outcome), []
    for one, other in itertools.combinations(codes.columns, 2):
        results = {codes.at[outcome, one], codes.at[outcome, other]}
        rows.append((one, other, shared(conditions, one, other), different(conditions, one, other), None if NOT_STATED in results else len(results) == 1))
    return pd.DataFrame(rows, columns=["one", "other", "shared", "different", "alike"])


def agreement(codes, outcome):
    """Mill's method of agreement: what cases with the same outcome have in common.

    Returns one row for each outcome: outcome, cities, shared (conditions with one code in all of them), dropped (conditions in which they differ).
    """
    conditions, rows = codes.drop(index=outcome), []
    for result in dict.fromkeys(codes.loc[outcome]):
        cases = [city for city in codes.columns if codes.at[outcome, city] == result != NOT_STATED]
        kinds = {d: set(conditions.loc[d, cases]) for d in conditions.index}
        if cases:
            rows.append((result, cases, [d for d in kinds if len(kinds[d]) == 1 and NOT_STATED not in kinds[d]], [d for d in kinds if len(kinds[d] - {NOT_STATED}) > 1]))
    return pd.DataFrame(rows, columns=["outcome", "cities", "shared", "dropped"])


def difference(codes, outcome):
    """Mill's method of difference: the pairs with unlike outcomes that differ in the fewest conditions. Rows as in `pairs_of`, none if all outcomes are alike."""
    unlike = pairs_of(codes, outcome).query("alike == False")
    size = unlike["different"].map(len)
    return unlike[size == size.min()]


def covarying(codes, outcome):
    """The joint method: conditions that are the same where the outcome is the same and differ where it differs, in every pair of cities."""
    pairs = pairs_of(codes, outcome)
    if pairs.empty or pairs["alike"].isna().any() or pairs["alike"].all():
        return []
    return [d for d in codes.index if d != outcome and all(d in (row["shared"] if row["alike"] else row["different"]) for _, row in pairs.iterrows())]


def inseparable(codes):
    """Groups of dimensions that divide the cities in the same way, so that no comparison of these cities tells them apart."""
    groups = {}
    for dimension in codes.index:
        row = list(codes.loc[dimension])
        if NOT_STATED not in row and len(set(row)) > 1:
            groups.setdefault(tuple(row.index(code) for code in row), []).append(dimension)
    return [group for group in groups.values() if len(group) > 1]


def combinations(codes):
    """How many combinations of codes are possible, and how many of them the cities show. Takes the codes that stand in the matrix; cities with a gap show none."""
    possible = math.prod(max(1, len(set(row) - {NOT_STATED})) for row in codes.values)
    return possible, len({tuple(codes[city]) for city in codes.columns if NOT_STATED not in set(codes[city])})


def findings(codes, outcome, labels, names):
    """What the methods say of a matrix, in sentences. labels: {dimension: words}; names: {city: words}."""
    named, who = (lambda items: list_of(labels[d] for d in items)), (lambda items: some([names[c] for c in items]))
    conditions = codes.drop(index=outcome)
    if len(codes.columns) > MOST:
        return [f"These methods are for few cases: pick {MOST} cities at most. {len(codes.columns):,} are picked."]
    if conditions.empty or len(codes.columns) < 2:
        return ["A comparison needs two cities and a condition at least."]
    lines, gaps = [], [city for city in codes.columns if codes.at[outcome, city] == NOT_STATED]
    if gaps:
        lines.append(f"No code for the outcome: {who(gaps)}. Without it a case says nothing here.")
    lines += _extremes(pairs_of(codes, outcome), who)
    for _, row in agreement(codes, outcome).iterrows():
        if len(row["cities"]) == 1:
            lines.append(f"Agreement: only {who(row['cities'])} has the outcome “{row['outcome']}”. One case has nothing to agree with.")
        else:
            lines.append(f"Agreement: {who(row['cities'])} have the outcome “{row['outcome']}”. They share {named(row['shared']) or 'none of the conditions'}."
                         + (f" Dropped, since they differ: {named(row['dropped'])}." if row["dropped"] else ""))
    nearest = difference(codes, outcome)
    if nearest.empty:
        lines.append("Difference: no two outcomes differ, so there is nothing to set apart.")
    if len(nearest) > FEW:
        lines.append(f"Difference: {len(nearest)} pairs have unlike outcomes and differ in {len(nearest['different'].iloc[0])} of {len(conditions)} conditions, which is as few as there are.")
        nearest = nearest[:0]
    for _, row in nearest.iterrows():
        count, what = len(row["different"]), f"Difference: {who([row['one'], row['other']])} have unlike outcomes and differ in"
        lines.append(f"{what} none of the conditions. What makes the outcomes differ is not among them." if not count else
                     f"{what} one condition, {named(row['different'])}. The method points to it." if count == 1 else
                     f"{what} {count} of {len(conditions)} conditions, {named(row['different'])}. The method can't tell which of them counts.")
    both = covarying(codes, outcome)
    lines.append(f"Both methods together: {named(both)} {'goes' if len(both) == 1 else 'go'} with the outcome in every case." if both else "Both methods together: no condition goes with the outcome in every case.")
    lines += [f"Undetermined: {named(group)} divide the cities in the same way. No comparison of these cities can tell them apart." for group in inseparable(conditions)]
    possible, observed = combinations(conditions)
    lines.append(f"Few cases: {observed} of {possible:,} possible combinations of these conditions stand in the cities.")
    return lines


def _extremes(pairs, who):
    """Which pairs share the most and the fewest conditions, in two sentences; none for a single pair."""
    sizes = pairs["shared"].map(len)
    if len(pairs) < 2 or sizes.min() == sizes.max():
        return []
    found = {size: [who([one, other]) for one, other in pairs.loc[sizes == size, ["one", "other"]].values] for size in (sizes.max(), sizes.min())}
    named = {size: "; ".join(each) if len(each) <= FEW else f"{len(each)} pairs" for size, each in found.items()}
    return [f"Most similar: {named[sizes.max()]}, with {sizes.max()} shared conditions. Most different: {named[sizes.min()]}, with {sizes.min() or 'none'}."]


def compared(codes, changed, outcome, labels, names):
    """Whether the conclusion survives other codes: sentences that set the conditions that go with the outcome before and after side by side."""
    named = lambda items: list_of(labels[d] for d in items) or "no condition"  # noqa: E731
    cells = [(city, d) for d in codes.index for city in codes.columns if codes.at[d, city] != changed.at[d, city]]
    lines = [f"Recoded: {names[city]}, {labels[d]}: “{changed.at[d, city]}” in place of “{codes.at[d, city]}”." for city, d in cells]
    if lines:
        before, after = covarying(codes, outcome), covarying(changed, outcome)
        lines.append(f"By the report's codes {named(before)} went with the outcome; by yours {named(after)}: the conclusion {'survives' if before == after else 'changes'}.")
    return lines


def _module():
    """The explorers' module with what this one adds, before the line that exports it."""
    module, exports, _ = (HERE / "explorer.js").read_text("utf-8").rpartition("export default")
    return module + (HERE / "design.js").read_text("utf-8") + exports + " { render, wake };\n"


class DesignExplorer(_Explorer):
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
                raise PickError(f"unknown dimension {dimension!r}; data/dimensions.csv has: {', '.join(known.index)}")
        self._codes, self._names = codes_of(*dimensions), {city: name(city) for city in all_cities()}
        self._labels = {dimension: known[dimension] for dimension in dimensions}
        outcome = outcome or dimensions[-1]
        self._changes = {}  # key of a change: the cell and its new code, one that some city has or none
        for dimension, row in self._codes.iterrows():
            codes = {code: _slug(code) for code in [*row, NOT_STATED]}
            self._changes |= {f"{city}.{dimension}.{slug}": (city, dimension, code) for city, before in row.items() for code, slug in codes.items() if code != before}
        coded = [city for city in self._names if set(self._codes[city]) != {NOT_STATED}]
        self._evidence = _evidence(dimensions)
        value = {"cities": coded[:MOST], "conditions": list(conditions or [d for d in dimensions if d != outcome]), "outcome": outcome, "recode": []}
        countries = {}
        for city in self._names:
            countries.setdefault(name(country_of(city)), []).append(city)
        data = {"kind": "design", "id": label, "title": "Explorer: designs of comparison", "value": value, "countries": [[country, members] for country, members in countries.items()],
                "choices": {"cities": [[city, words] for city, words in self._names.items()], "conditions": [[d, words] for d, words in self._labels.items()],
                            "outcome": [[d, words] for d, words in self._labels.items()], "recode": [[key, code] for key, (_, _, code) in self._changes.items()]},
                "codes": {d: [[self._codes.at[d, city], *self._evidence.get((d, city), ("", ""))] for city in self._names] for d in dimensions}, "cite": _credit()}
        super().__init__(data, value)

    def _settle(self, picks, asked):
        """One change for each cell: the first."""
        cells = {}
        for key in picks["recode"]:
            cells.setdefault(self._changes[key][:2], key)
        return picks | {"recode": list(cells.values())}

    def _matrix(self):
        rows = [d for d in self._labels if d in self.value["conditions"] and d != self.value["outcome"]]
        return self._codes.loc[[*rows, self.value["outcome"]], self.value["cities"]]

    def codes(self):
        """The matrix of the picks, with the reader's changes: a row for each condition, the last one for the outcome."""
        codes = self._matrix()
        changes = [self._changes[key] for key in self.value["recode"]]
        return recoded(codes, {(city, d): code for city, d, code in changes if city in codes.columns and d in codes.index})

    def findings(self):
        """What the methods say of the picks, as a list of sentences."""
        before, after, outcome = self._matrix(), self.codes(), self.value["outcome"]
        lines = findings(after, outcome, self._labels, self._names)
        return lines + (compared(before, after, outcome, self._labels, self._names) if len(lines) > 1 else [])

    def view(self):
        """The HTML of sentences, matrix and pairs."""
        before, after, outcome = self._matrix(), self.codes(), self.value["outcome"]
        if not self.value["cities"]:
            return '<p class="missing">No city is picked.</p>'
        if len(self.value["cities"]) > MOST:
            return f'<p class="missing">{self.findings()[0]}</p>'
        records = []
        for dimension in after.index:
            record = {"Condition": self._labels[dimension] if dimension != outcome else Markup("Outcome: {}").format(self._labels[dimension])}
            for city in after.columns:
                record[self._names[city]] = _cell(after.at[dimension, city], before.at[dimension, city], *self._evidence.get((dimension, city), ("", "")))
            records.append(record)
        pairs, alike = pairs_of(after, outcome), "How alike the cities are, pair by pair"
        if len(pairs) > ROWS:
            pairs, alike = pairs.loc[pairs["shared"].map(len).sort_values(ascending=False, kind="stable").index][:ROWS], f"How alike the cities are: the {ROWS} most alike of {len(pairs)} pairs"
        rows = [{"Pair": f"{self._names[row['one']]} and {self._names[row['other']]}", "Conditions shared": f"{len(row['shared'])} of {len(row['shared']) + len(row['different'])} compared",
                 "Outcome": {True: "the same", False: "differs"}.get(row["alike"], NOT_STATED)} for _, row in pairs.iterrows()]
        label = self.data["id"]
        made = table(pd.DataFrame(records), "Codes of the picked cities, with what the report says", f"{label}-table").html
        made += table(pd.DataFrame(rows), alike, f"{label}-pairs").html if rows else ""
        return str(_mind(self.findings()) + Markup(made))


def _evidence(dimensions):
    """What the report says for each code, in our words, and where, from the statements of codings.csv: {(dimension, city): (words, where)}."""
    rows = read("codings").query("dimension in @dimensions")
    return {key: (" ".join(mine["statement"]), ", ".join(dict.fromkeys(where for _, row in mine.iterrows() for where in origins(row))))
            for key, mine in rows.groupby(["dimension", "place"], sort=False)}


def _cell(code, before, says, where):
    change = Markup(" <small>(recoded; the report: {})</small>").format(before) if code != before else ""
    return Markup("<b>{}</b>{}{}").format(code, change, Markup("<br><small>{} {}</small>").format(says, where) if says else "")


def _slug(code):
    return re.sub(r"[^a-z0-9]+", "-", code.lower()).strip("-")
