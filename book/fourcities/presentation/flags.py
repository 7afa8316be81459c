"""From a value or a fact to the claim that rests on it.

A flag leads to its row of the ledger.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple, TypeAlias

from markupsafe import Markup

from fourcities.facts import (
    Cells,
    Count,
    Row,
    Value,
    about,
    country_of,
    read,
    readings_of,
    state_of,
)

PAGE = "does-it-hold.html"

# The ledger's label in that chapter; its rows have ids such as ledger-so-target.
LABEL = "ledger"

# Tables of names and words by their first column.
TABLES = {
    "policy": "policies",
    "body": "bodies",
    "organization": "organizations",
    "measure": "measures",
    "event": "events",
    "mechanism": "cooperation",
}

SEVERITIES = ("high", "middle", "low")

# What a claim rests on: indicator and place of an observed value; a table and the key
# of one of its rows; or "codings" and dimension:place.
Ground: TypeAlias = "tuple[str, str]"


class _Claim(NamedTuple):
    """A claim, with what tells how close it is to the doubt that a flag stands for."""

    key: str  # of claims.csv, as are the next three
    kind: str
    check: str
    severity: str
    size: int  # how many things it rests on


class _Known(NamedTuple):
    """What the data say of claims and flags."""

    claims: dict[
        Ground, list[_Claim]
    ]  # those that rest on a thing, in the file's order
    flags: dict[Ground, set[str]]  # letters of the observed values with a flag


def claim_of(row: Cells) -> str:
    """The claim that says most about the flag of a row.

    Parameters
    ----------
    row
        A row of observations, codings, policies, bodies, organizations, measures,
        events or cooperation, as a Series or a dictionary.

    Returns
    -------
    str
        A key of claims.csv; "" if the row has no flag or no claim rests on it.
    """
    if not row["flag"]:
        return ""
    known = _known(state_of())
    grounds = _grounds(row)
    flagged = [ground for ground in grounds if ground in known.flags]
    of_letter = [ground for ground in flagged if row["flag"] in known.flags[ground]]
    claims = [
        claim
        for ground in of_letter or flagged or grounds
        for claim in known.claims.get(ground, ())
    ]
    if not claims:
        return ""
    is_of_times = "indicator" in row and not flagged  # no part has a doubt of its own
    return min(claims, key=lambda c: _distance(c, row["flag"], is_of_times)).key


def _distance(
    claim: _Claim, flag: str, is_of_times: bool
) -> tuple[int, bool, int, int]:
    """How far a claim is from the doubt that a flag stands for.

    Near is one that tests that doubt, that is of the right kind, on which much hangs,
    and that rests on few values besides. is_of_times: whether the doubt is that a value
    is computed from values of different times; then the first claim on times is.
    """
    if flag == "d":
        if is_of_times:
            return claim.check != "same period", False, 0, 0
        tests = {"same definition": 0, "same period": 1}.get(claim.check, 2)
        other_kind = claim.kind != "comparability"
        return tests, other_kind, SEVERITIES.index(claim.severity), claim.size
    other_kind = claim.kind not in ("order of magnitude", "comparability")
    unprinted = claim.check == "unprinted"
    rests_on = claim.size + 2 * unprinted
    return 0, other_kind, rests_on, claim.check != "same definition"


def address_of(claim: str = "", section: str = "") -> str:
    """Where the ledger has a claim, the claims of a section, or all.

    Parameters
    ----------
    claim
        A key of claims.csv.
    section
        A section of the report.

    Returns
    -------
    str
        An address within the book:
        "does-it-hold.html#ledger-guangzhou-density-target".
    """
    asked = f"?{LABEL}.section={section}" if section else ""
    row = f"-{claim}" if claim else ""
    return f"{PAGE}{asked}#{LABEL}{row}"


def flag_link(row: Cells) -> Markup:
    """A link from the flag of a row to the ledger, as HTML with a space before it.

    "" if nothing there is about it.
    """
    return link_to(claim_of(row))


def link_to(claim: str) -> Markup:
    """A link to a claim, as HTML with a space before it.

    Parameters
    ----------
    claim
        A key of claims.csv, or "" for none.

    Returns
    -------
    Markup
        The link; "" for no claim.
    """
    if not claim:
        return Markup("")
    return Markup(' <a href="{}">See the ledger.</a>').format(address_of(claim))


def observed(value: Value) -> list[Ground]:
    """The observed values behind a Value.

    Parameters
    ----------
    value
        A value of observations.csv or one computed from it; its year is not regarded.

    Returns
    -------
    list of tuple of str
        Pairs of indicator and place: of the value itself, or of the parts of a computed
        one.

    Examples
    --------
    >>> from fourcities.facts import Value
    >>> from fourcities.presentation import observed
    >>> observed(Value("foundations_per_100000", "", "berlin", ""))
    [('foundations', 'berlin'), ('population', 'berlin')]
    """
    return list(_observed(value, state_of()))


@lru_cache(maxsize=1024)
def _observed(value: Value, state: object) -> tuple[Ground, ...]:
    info = about(value.indicator)
    if value.relation:
        divided = read("relations").set_index("relation").loc[value.relation]
        below = divided["denominator"] or value.indicator
    else:
        divided = info
        below = info["denominator"]
    of_country = divided["denominator_place"] == "country"
    parts = [
        (info["numerator"] or value.indicator, value.place),
        (below, country_of(value.place) if of_country else value.place),
        (info["denominator_less"], value.place),
    ]
    return tuple((indicator, place) for indicator, place in parts if indicator)


def _grounds(row: Cells) -> list[Ground]:
    """A row as what a claim rests on: several for a computed value."""
    if "indicator" in row:
        return observed(Value(row["indicator"], "", row["place"], ""))
    if "dimension" in row:
        return [("codings", f"{row['dimension']}:{row['place']}")]
    first = str(next(iter(row.keys())))
    return [(TABLES.get(first, ""), row[first])]


@lru_cache(maxsize=2)
def _known(state: object) -> _Known:
    """Claims by what they rest on, and the observed values with a flag.

    Worked out once for each state of the data.
    """
    claims: dict[Ground, list[_Claim]] = {}
    for row in read("claims").to_dict("records"):
        grounds = _grounds_of_claim(row["check"], row["rests_on"])
        claim = _Claim(
            key=row["claim"],
            kind=row["kind"],
            check=row["check"],
            severity=row["severity"],
            size=len(grounds),
        )
        for ground in grounds:
            claims.setdefault(ground, []).append(claim)
    flags: dict[Ground, set[str]] = {}
    for row in read("observations").query("flag != ''").to_dict("records"):
        flags.setdefault((row["indicator"], row["place"]), set()).add(row["flag"])
    return _Known(claims, flags)


def _grounds_of_claim(check: str, rests_on: str) -> set[Ground]:
    """What a claim rests on, in any of its readings."""
    grounds: set[Ground] = set()
    for reading in readings_of(check, rests_on):
        for part in reading.parts:
            if isinstance(part, Row):
                grounds.add((part.table, part.key))
            elif isinstance(part, Value) and "code" in check:
                grounds.add(("codings", f"{part.indicator}:{part.place}"))
            elif isinstance(part, Value):
                grounds.update(observed(part))
            elif isinstance(part, Count) and part.table == "codings":
                grounds.update(_coded(part))
    return grounds


def _coded(count: Count) -> set[Ground]:
    """The cells of codings.csv that a count is about: places on a dimension."""
    asked = {condition.column: condition.values for condition in count.conditions}
    return {
        ("codings", f"{row['dimension']}:{row['place']}")
        for row in read("codings").to_dict("records")
        if row["place"] in asked.get("place", [row["place"]])
        and row["dimension"].replace("_", " ") in asked.get("dimension", ())
    }
