"""How a number is written: rounded, with thousands separated, with its unit."""

from decimal import ROUND_HALF_UP, Decimal

from .package import read


def round_as_printed(number, decimals):
    """`number` rounded half up, as people and the report do (Python's round() goes to the even neighbour)."""
    step = Decimal(1).scaleb(-int(decimals))
    return float(Decimal(repr(float(number))).quantize(step, rounding=ROUND_HALF_UP))


def fmt(number, decimals=0):
    """A number for readers: 1234567.891 -> "1,234,568". From fifty million on in words: 82500000 -> "82.5 million".

    decimals: places after the point (they count below fifty million only; above it, up to three that are not zero).
    """
    for size, word in ((1e9, "billion"), (1e6, "million")):
        if abs(number) >= max(size, 5e7):
            return (
                f"{round_as_printed(number / size, 3):,.3f}".rstrip("0").rstrip(".")
                + f" {word}"
            )
    rounded = round_as_printed(number, decimals)
    return f"{rounded:,.{decimals}f}"


def fine(number, decimals):
    """As many decimals as asked for, or as many more as a small number needs to keep two digits: 0.0034 is not 0.00."""
    return (
        decimals
        if number == 0
        else min(20, max(decimals, 1 - Decimal(repr(float(number))).adjusted()))
    )


def pattern_of(unit):
    """How values of a unit are written, {} for the number: "US$ {} per person", "{}%", "{} year{s}". unit: key of units.csv."""
    symbol = read("units").set_index("unit")["symbol"][unit]
    if symbol.startswith("US$"):
        return f"US$ {{}}{symbol.removeprefix('US$')}"
    return (
        "{}"
        if symbol == "number"
        else ("{}" if symbol.startswith("%") else "{} ") + symbol
    )


def written(row):
    """A value with its unit: "US$ 37,022 per person", "9.4% a year", "more than 1 year".

    row: a row of observations, or anything with value, decimals and pattern, and perhaps a qualifier.
    """
    shown = (
        row["pattern"]
        .replace("{}", fmt(row["value"], row["decimals"]))
        .replace("{s}", "" if row["value"] == 1 else "s")
    )
    return f"{row['qualifier']} {shown}" if row.get("qualifier") else shown
