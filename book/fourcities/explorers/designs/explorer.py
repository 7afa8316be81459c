"""The explorer of designs: what Mill's methods say of picked cities and codes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import cast

import pandas as pd
from markupsafe import Markup

from fourcities.facts import cities as all_cities
from fourcities.facts import codes_of, country_of, read
from fourcities.presentation import credit, name, origins, table

from ..common.base import BUNDLES, BaseExplorer, PickError
from ..common.pieces import NO_CITY, ROWS, by_country, choices_of, mind_list
from ..common.shapes import Picks
from .methods import MOST, NOT_STATED, pairs_of, recoded
from .sentences import METHODS, compared, findings
from .shapes import Change, Compared, DesignPage, DesignPicks, Evidence

NO_EVIDENCE = Evidence("", "")


class DesignExplorer(BaseExplorer):
    """Pick cities, conditions and an outcome, recode a cell, see what the methods say.

    The methods are Mill's. `value` is the picks: cities (at first those with a code,
    forty at most), conditions (lists), outcome, recode (list of “city.dimension.code”,
    the code with hyphens).

    Parameters
    ----------
    *dimensions : str
        Keys of dimensions.csv that can be picked.
    conditions : iterable of str, optional
        Those picked at first; all but the outcome unless given.
    outcome : str, optional
        The first one picked; the last dimension unless given.
    label : str
        Name to refer to the explorer by.

    Raises
    ------
    PickError
        For a pick that does not exist.

    Examples
    --------
    >>> import fourcities as fc
    >>> design = fc.DesignExplorer("size_class", "legal_aid", "so_role")
    >>> design.value["conditions"], design.value["outcome"]
    (['size_class', 'legal_aid'], 'so_role')
    """

    _esm = BUNDLES / "design-explorer.js"

    def __init__(
        self,
        *dimensions: str,
        conditions: Iterable[str] | None = None,
        outcome: str | None = None,
        label: str = "design",
    ) -> None:
        known = read("dimensions").set_index("dimension")["label"]
        for dimension in dimensions:
            if dimension not in known.index:
                raise PickError(
                    f"unknown dimension {dimension!r}; "
                    f"data/dimensions.csv has: {', '.join(known.index)}"
                )
        self._codes = codes_of(*dimensions)
        self._names = {city: name(city) for city in all_cities()}
        self._labels = {dimension: known[dimension] for dimension in dimensions}
        self._changes = _changes(self._codes)
        self._evidence = _evidence(dimensions)
        outcome = outcome or dimensions[-1]
        others = [dimension for dimension in dimensions if dimension != outcome]
        coded = [city for city in self._names if set(self._codes[city]) != {NOT_STATED}]
        picks: Picks = {
            "cities": coded[:MOST],
            "conditions": list(conditions or others),
            "outcome": outcome,
            "recode": [],
        }
        super().__init__(self._page_data(picks, label), picks)

    def _page_data(self, picks: Picks, label: str) -> DesignPage:
        """All that the page needs for any picks."""
        return {
            "kind": "design",
            "id": label,
            "title": "Explorer: designs of comparison",
            "value": picks,
            "countries": by_country({city: country_of(city) for city in self._names}),
            "choices": {
                "cities": choices_of(self._names),
                "conditions": choices_of(self._labels),
                "outcome": choices_of(self._labels),
                "recode": [[key, change.code] for key, change in self._changes.items()],
            },
            "codes": {
                dimension: [self._code_of(dimension, city) for city in self._names]
                for dimension in self._labels
            },
            "cite": credit(),
        }

    def _code_of(self, dimension: str, city: str) -> list[str]:
        """A code with what the report says for it: [code, words, where]."""
        evidence = self._evidence.get((dimension, city), NO_EVIDENCE)
        return [str(self._codes.at[dimension, city]), *evidence]

    def _settle(self, picks: Picks, asked: Picks) -> Picks:
        """The picks with one change for each cell: the first."""
        first: dict[tuple[str, str], str] = {}
        for key in picks["recode"]:
            change = self._changes[key]
            first.setdefault((change.city, change.dimension), key)
        return picks | {"recode": list(first.values())}

    def _picks(self) -> DesignPicks:
        return cast(DesignPicks, self.value)

    def _matrix(self) -> pd.DataFrame:
        """The matrix of the picks, with the report's codes."""
        picks = self._picks()
        outcome = picks["outcome"]
        picked = [d for d in self._labels if d in picks["conditions"] and d != outcome]
        return self._codes.loc[[*picked, outcome], picks["cities"]]

    def codes(self) -> pd.DataFrame:
        """The matrix of the picks, with the reader's changes.

        Returns
        -------
        DataFrame
            A row for each condition, the last one for the outcome; a column for each
            city.
        """
        codes = self._matrix()
        changes = {}
        for key in self._picks()["recode"]:
            city, dimension, code = self._changes[key]
            if city in codes.columns and dimension in codes.index:
                changes[city, dimension] = code
        return recoded(codes, changes)

    def findings(self) -> list[str]:
        """What the methods say of the picks.

        Returns
        -------
        list of str
            Sentences: which conclusions survive the reader's changes, if there are
            any; then on each method.
        """
        return self._compared().lines + self._findings()

    def _findings(self) -> list[str]:
        """What the methods say, with the reader's changes."""
        outcome = self._picks()["outcome"]
        return findings(self.codes(), outcome, self._labels, self._names)

    def _compared(self) -> Compared:
        """What the reader's changes change; nothing where nothing can be compared."""
        before, after = self._matrix(), self.codes()
        if len(before) < 2 or not 2 <= len(before.columns) <= MOST:
            return Compared([], [])
        outcome = self._picks()["outcome"]
        return compared(before, after, outcome, self._labels, self._names)

    def view(self) -> str:
        """The HTML of sentences, matrix and pairs.

        Returns
        -------
        str
            What the reader's changes change, if there are any; what the methods say;
            the codes of the picked cities, a row for each condition; how alike the
            cities are, a row for each pair.
        """
        cities = self._picks()["cities"]
        if not cities:
            return str(NO_CITY)
        if len(cities) > MOST:
            return f'<p class="missing">{self.findings()[0]}</p>'
        minds = mind_list(self._findings())
        tables = self._matrix_table() + self._pairs_table()
        return str(self._changes_table() + minds + tables)

    def _changes_table(self) -> Markup:
        """Each method before and after the reader's changes, those that conclude
        something else first. "" without any changes.
        """
        lines, methods = self._compared()
        if not lines:
            return Markup("")
        records = [
            {
                "Method": method,
                "Conclusion": "survives" if survives else "changes",
                "By the report's codes": before,
                "By your codes": after,
            }
            for method, (survives, before, after) in zip(METHODS, methods)
        ]
        records.sort(key=lambda record: record["Conclusion"])  # changes come first
        caption = "What your codes change"
        label = f"{self.data['id']}-changes"
        changes = Markup(table(pd.DataFrame(records), caption, label).html)
        return mind_list(lines) + changes

    def _matrix_table(self) -> Markup:
        """The codes of the picked cities, with what the report says."""
        before, after = self._matrix(), self.codes()
        records = []
        for dimension in after.index:
            condition = self._labels[dimension]
            if dimension == self._picks()["outcome"]:
                condition = Markup("Outcome: {}").format(condition)
            record = {"Condition": condition}
            for city in after.columns:
                record[self._names[city]] = _cell(
                    str(after.at[dimension, city]),
                    str(before.at[dimension, city]),
                    self._evidence.get((dimension, city), NO_EVIDENCE),
                )
            records.append(record)
        caption = "Codes of the picked cities, with what the report says"
        label = f"{self.data['id']}-table"
        return Markup(table(pd.DataFrame(records), caption, label).html)

    def _pairs_table(self) -> Markup:
        """How alike the cities are; of many pairs the most alike. "" for one city."""
        pairs = pairs_of(self.codes(), self._picks()["outcome"])
        if pairs.empty:
            return Markup("")
        caption = "How alike the cities are, pair by pair"
        if len(pairs) > ROWS:
            caption = (
                f"How alike the cities are: the {ROWS} most alike of {len(pairs)} pairs"
            )
            sizes = pairs["shared"].map(len)
            order = sizes.sort_values(ascending=False, kind="stable").index
            pairs = pairs.loc[order[:ROWS]]
        outcomes = {True: "the same", False: "differs"}
        records = []
        for _, row in pairs.iterrows():
            one, other = self._names[row["one"]], self._names[row["other"]]
            shared, differing = len(row["shared"]), len(row["different"])
            records.append(
                {
                    "Pair": f"{one} and {other}",
                    "Conditions shared": f"{shared} of {shared + differing} compared",
                    "Outcome": outcomes.get(row["alike"], NOT_STATED),
                }
            )
        label = f"{self.data['id']}-pairs"
        return Markup(table(pd.DataFrame(records), caption, label).html)


def _changes(codes: pd.DataFrame) -> dict[str, Change]:
    """Each other code that a cell can be given: one that some city has, or none.

    Returns {“city.dimension.code”: change}, the code with hyphens.
    """
    changes = {}
    for dimension, row in codes.iterrows():
        others = {code: _slug(code) for code in [*row, NOT_STATED]}
        for city, before in row.items():
            for code, slug in others.items():
                if code != before:
                    key = f"{city}.{dimension}.{slug}"
                    changes[key] = Change(str(city), str(dimension), code)
    return changes


def _evidence(dimensions: Iterable[str]) -> dict[tuple[str, str], Evidence]:
    """What the report says for each code, in our words, and where.

    It is from the statements of codings.csv. Returns {(dimension, city): evidence}.
    """
    codings = read("codings")
    rows = codings[codings["dimension"].isin(list(dimensions))]
    evidence: dict[tuple[str, str], Evidence] = {}
    for (dimension, city), mine in rows.groupby(["dimension", "place"], sort=False):
        where = [place for _, row in mine.iterrows() for place in origins(row)]
        evidence[str(dimension), str(city)] = Evidence(
            " ".join(mine["statement"]), ", ".join(dict.fromkeys(where))
        )
    return evidence


def _cell(code: str, before: str, evidence: Evidence) -> Markup:
    """A code, the report's one if it was changed, and the evidence."""
    change = said = ""
    if code != before:
        change = Markup(" <small>(recoded; the report: {})</small>").format(before)
    if evidence.words:
        said = Markup("<br><small>{} {}</small>").format(*evidence)
    return Markup("<b>{}</b>{}{}").format(code, change, said)


def _slug(code: str) -> str:
    """A code as a part of a key: letters and digits, with hyphens between."""
    return re.sub(r"[^a-z0-9]+", "-", code.lower()).strip("-")
