"""One indicator with all its values, as JSON."""

from typing import Any

import pandas as pd

from fourcities.facts import Cells, about, formula, lookup, observations


def indicator(key: str) -> dict[str, Any]:
    """An indicator, and its values for every place and time.

    Parameters
    ----------
    key : str
        Of indicators.csv, observed or derived.

    Returns
    -------
    dict
        What it is, and its observations. A value that is not stated is not there; a
        day that is not stated is null.
    """
    known = about(key)
    unit = known["unit"]
    rows = observations(key, places=lookup("places", "name"))
    return {
        "indicator": key,
        "label": known["label"],
        "unit": {
            "key": unit,
            "label": lookup("units", "label").get(unit, unit).replace("{s}", "s"),
        },
        "definition": known["definition"],
        "comparability": known["comparability"],
        "section": known["section"],
        "formula": formula(key),
        "observations": [_observation(row) for _, row in rows.iterrows()],
    }


def _observation(row: Cells) -> dict[str, Any]:
    """A value with all that tells what it is."""
    return {
        "place": row["place"],
        "name": row["city"],
        "period": row["period"],
        "period_start": _day(row["period_start"]),
        "period_end": _day(row["period_end"]),
        "value": _number(row["value"]),
        "printed": row["printed"],
        "qualifier": row["qualifier"],
        "flag": row["flag"],
        "note": row["note"],
        "section": row["section"],
        "table": row["table"],
        "source": row["source"],
        "added": bool(row["added"]),
        "inputs": row["inputs"],
    }


def _day(day: pd.Timestamp) -> str | None:
    return None if pd.isna(day) else day.date().isoformat()


def _number(value: float) -> float | int:
    """A whole number without a point."""
    return int(value) if float(value).is_integer() else value
