"""Indicators: their rows of indicators.csv, as they are or set against something by relations.csv."""

from functools import lru_cache

from .package import read, state_of
from .units import pattern_of


def about(indicator):
    """The row of indicators.csv for `indicator`, as a Series. Raises KeyError if it is unknown."""
    indicators = _indicators(state_of())
    if indicator not in indicators.index:
        raise KeyError(
            f"unknown indicator {indicator!r}; data/indicators.csv has: {', '.join(indicators.index)}"
        )
    return indicators.loc[indicator].copy()


@lru_cache(maxsize=2)
def _indicators(state):
    return read("indicators").set_index("indicator")


def related(indicator, relate="absolute"):
    """The row of an indicator as it is after setting it against something: a derived indicator, made from relations.csv.

    relate: a key of relations.csv that the indicator allows; "absolute" gives the row of indicators.csv, with its pattern.
    Raises KeyError for an unknown indicator, ValueError for a relation that it does not allow.
    """
    info = about(indicator)
    info["pattern"] = pattern_of(info["unit"])
    if relate == "absolute":
        return info
    if relate not in info["relate"].split():
        raise ValueError(
            f"{indicator!r} can't be shown {relate!r}; data/indicators.csv allows: {', '.join(['absolute', *info['relate'].split()])}"
        )
    relation = read("relations").set_index("relation").loc[relate]
    info["numerator"], info["denominator"] = (
        indicator,
        relation["denominator"] or indicator,
    )
    info["label"] += f", {relation['label']}"
    info["pattern"] = relation["pattern"].replace("{unit}", info["pattern"])
    info["unit"] = " ".join(info["pattern"].replace("{}", "").split())
    for column in ("denominator_place", "factor", "decimals"):
        info[column] = relation[column]
    info["fine"] = True
    return info
