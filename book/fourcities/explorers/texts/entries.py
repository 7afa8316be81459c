"""Bodies, policies, measures and what social organizations do, as entries of one shape."""

import pandas as pd

from fourcities.facts import cities as all_cities
from fourcities.facts import observations, places_above, read, written
from fourcities.presentation import (
    citation_words,
    claim_of,
    list_of,
    name,
    origins,
    when_of,
)


def text_entries(kinds):
    """Bodies, policies, measures and what SOs do, as entries of one shape, each with the cities that it holds for."""
    makers = {
        "bodies": _bodies,
        "policies": _policies,
        "measures": _measures,
        "so": _so_roles,
    }
    cities = _cities_in()
    return [
        {
            "kind": kind,
            "field": row.get("policy_field") or "general",
            "cities": cities.get(row["place"], []),
            "language": row.get("language", ""),
            "flag": row["flag"],
            "note": row["note"],
            "claim": claim_of(row),
            "where": _stands(row),
            "spans": _spans(row),
            "lines": [f"Of {name(row['place'])}."]
            if row["place"] not in all_cities()
            else [],
        }
        | entry
        for kind in kinds
        for row, entry in makers[kind]()
    ]


def _cities_in():
    """The cities that each place is or contains: {place: list of cities}."""
    cities = {}
    for city in all_cities():
        for place in places_above(city):
            cities.setdefault(place, []).append(city)
    return cities


def _stands(row):
    cited = (
        citation_words(row["source"])
        if row["source"] and not row.get("table") and not row["added"]
        else ""
    )
    return "; ".join(filter(None, [list_of(origins(row)), cited]))


def _spans(row):
    """The years of a row, each as [first, last]; None stands for an open end."""
    if "year" in row:
        year, last, revised = (
            int(row[c]) if row[c] else None for c in ("year", "runs_to", "revised")
        )
        return ([[year, last or year]] if year else []) + (
            [[revised, revised]] if revised else []
        )
    if "period_start" not in row:
        return []
    start, end = (
        None if pd.isna(row[c]) else row[c].year for c in ("period_start", "period_end")
    )
    return [[start, end]] if start or end else []


def _sentences(*parts):
    """The parts that say something: ("For", "refugees") becomes "For: refugees."."""
    return [f"{head}: {text.rstrip('.')}." for head, text in parts if text]


def _bodies():
    heads = {"lead": "", "with": "With the lead", "mainly": "Mainly this body"}
    roles = {
        "municipal-administration": "Administration at the municipal level",
        "district-administration": "Administration at the district level",
        "migrant-affairs": "Responsible for migrants",
    }
    for row in read("bodies").to_dict("records"):
        lines = [
            f"{text}."
            for text in (
                roles.get(row["role"]),
                heads[row["relation"]],
                f"Part of the {row['part_of']}" if row["part_of"] else "",
            )
            if text
        ]
        yield (
            row,
            {
                "name": row["name"],
                "local": row["local_name"],
                "when": "",
                "lines": (
                    [f"Of {name(row['place'])}."]
                    if row["place"] not in all_cities()
                    else []
                )
                + lines,
            },
        )


def _policies():
    for row in read("policies").to_dict("records"):
        yield (
            row,
            {"name": row["title"], "local": row["local_title"], "when": when_of(row)},
        )


def _measures():
    providers = {"state": "state", "SO": "SOs", "both": "state and SOs"}
    for row in read("measures").to_dict("records"):
        who, named = providers.get(row["provider"], ""), row["provider_name"]
        by = named if who in named else f"{who}, {named}" if named else who
        asked = (
            observations(row["threshold"], places=places_above(row["place"])).to_dict(
                "records"
            )
            if row["threshold"]
            else []
        )
        amount = (
            observations(row["amount"], places=places_above(row["place"])).to_dict(
                "records"
            )
            if row["amount"]
            else []
        )
        lines = _sentences(
            ("By", by or "not stated"),
            ("Paid by", row["funder"]),
            ("For", row["target_group"]),
            ("Condition", row["eligibility"]),
            ("Stay", "; ".join(map(written, asked))),
            ("Amount", "; ".join(map(written, amount))),
        )
        yield (
            row,
            {
                "name": row["name"],
                "local": row["local_name"],
                "when": when_of(row),
                "lines": lines,
            },
        )


def _so_roles():
    fields = {
        f"{row['section']}": key
        for _, row in read("sections").iterrows()
        for key, label in read("policy_fields")[["policy_field", "name"]].itertuples(
            index=False
        )
        if row["title"] == label
    }
    labels = read("dimensions").set_index("dimension")["label"]
    for row in read("cooperation").to_dict("records"):
        amount = (
            observations(row["amount"], places=[row["place"]]).to_dict("records")
            if row["amount"]
            else []
        )
        yield (
            row | {"policy_field": fields.get(row["section"], "")},
            {
                "name": row["kind"][0].upper() + row["kind"][1:],
                "local": "",
                "when": when_of(row) if row["printed"] else "",
                "lines": [
                    row["statement"],
                    *_sentences(("Amount", "; ".join(map(written, amount)))),
                ],
            },
        )
    dimensions = [
        "so_role",
        "so_part",
        "so_environment",
        "so_voice",
        "so_involvement",
        "cooperation_mode",
        "funding_mode",
    ]
    codings = read("codings")
    for row in codings[codings["dimension"].isin(dimensions)].to_dict("records"):
        yield (
            row,
            {
                "name": labels[row["dimension"]],
                "local": "",
                "when": "",
                "lines": [row["statement"]],
            },
        )
