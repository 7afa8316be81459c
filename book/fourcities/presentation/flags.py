"""From a value or a fact to the claim that rests on it: a flag leads to its row of the ledger."""

from functools import lru_cache

from markupsafe import Markup

from fourcities.facts import Row, Value, about, country_of, read, readings_of, state_of

PAGE = "does-it-hold.html"


LABEL = "ledger"  # the ledger's label in that chapter; its rows have ids such as ledger-so-target


TABLES = {
    "policy": "policies",
    "body": "bodies",
    "organization": "organizations",
    "measure": "measures",
    "event": "events",
    "mechanism": "cooperation",
}  # by the first column


def claim_of(row):
    """The claim that says most about the flag of a row; "" if it has no flag or no claim rests on it.

    row: a row of observations, codings, policies, bodies, organizations, measures, events or cooperation, as a Series or a dictionary.
    """
    if not row["flag"]:
        return ""
    claims, flagged = _known(state_of())
    keys = _keys(row)
    found = [
        claim
        for key in [key for key in keys if key in flagged] or keys
        for claim in claims.get(key, ())
    ]
    return (
        min(found, key=lambda claim: _distance(claim, row["flag"]))["claim"]
        if found
        else ""
    )


def _distance(claim, flag):
    """How far a claim is from the doubt that a flag stands for: it tests that doubt, it is of the right kind, much hangs on it, it rests on few values besides."""
    if flag == "d":
        tests = {"same definition": 0, "same period": 1}.get(claim["check"], 2)
        return (
            tests,
            claim["kind"] != "comparability",
            ("high", "middle", "low").index(claim["severity"]),
            claim["size"],
        )
    return (
        0,
        claim["kind"] not in ("order of magnitude", "comparability"),
        0,
        claim["size"] + 2 * (claim["check"] == "unprinted"),
    )


def address_of(claim="", section=""):
    """Where the ledger has a claim, the claims of a section, or all: "does-it-hold.html#ledger-guangzhou-density-target"."""
    asked = f"?{LABEL}.section={section}" if section else ""
    return f"{PAGE}{asked}#{LABEL}" + (f"-{claim}" if claim else "")


def flag_link(row):
    """A link from the flag of a row to the ledger, as HTML with a space before it; "" if nothing there is about it."""
    return link_to(claim_of(row))


def link_to(claim):
    """A link to a claim, as HTML with a space before it; "" for none."""
    return (
        Markup(' <a href="{}">See the ledger.</a>').format(address_of(claim))
        if claim
        else Markup("")
    )


def observed(value):
    """The observed values behind a Value, as pairs of indicator and place: itself, or the parts of a computed one."""
    info = about(value.indicator)
    by = (
        read("relations").set_index("relation").loc[value.relation]
        if value.relation
        else info
    )
    below = (
        (by["denominator"] or value.indicator)
        if value.relation
        else info["denominator"]
    )
    where = (
        country_of(value.place) if by["denominator_place"] == "country" else value.place
    )
    return [
        (i, p)
        for i, p in (
            (info["numerator"] or value.indicator, value.place),
            (below, where),
            (info["denominator_less"], value.place),
        )
        if i
    ]


def _keys(row):
    if "indicator" in row:
        return observed(Value(row["indicator"], "", row["place"], ""))
    if "dimension" in row:
        return [("codings", f"{row['dimension']}:{row['place']}")]
    first = next(iter(row.keys()))
    return [(TABLES.get(first, ""), row[first])]


@lru_cache(maxsize=2)
def _known(state):
    """What claims rest on, with the claims, each with kind, check, severity and the number of things that it rests on; and the observed values with a flag.

    Worked out once for each state of the data.
    """
    found, observations = {}, read("observations")
    for claim, kind, check, rests_on, severity in read("claims")[
        ["claim", "kind", "check", "rests_on", "severity"]
    ].itertuples(index=False):
        keys = {}
        for part in [
            part for reading in readings_of(check, rests_on) for part in reading.parts
        ]:
            if isinstance(part, Row):
                keys[part.table, part.key] = True
            elif isinstance(part, Value):
                keys |= (
                    {("codings", f"{part.indicator}:{part.place}"): True}
                    if "code" in check
                    else dict.fromkeys(observed(part), True)
                )
        for key in keys:
            found.setdefault(key, []).append(
                {
                    "claim": claim,
                    "kind": kind,
                    "check": check,
                    "severity": severity,
                    "size": len(keys),
                }
            )
    flagged = observations[observations["flag"] != ""]
    return found, set(zip(flagged["indicator"], flagged["place"]))
