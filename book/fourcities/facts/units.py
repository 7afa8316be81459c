"""How a number is written: rounded, with thousands separated, with its unit."""

from decimal import ROUND_HALF_UP, Decimal

from .package import read
from .shapes import Cells

WHOLE = 1e6  # from here on a number is written without decimals
IN_WORDS = 5e7  # and from here on in millions or billions


def round_as_printed(number: float, decimals: int) -> float:
    """A number rounded half up, as people and the report do.

    Python's round() goes to the even neighbour.

    Parameters
    ----------
    number : float
        What to round.
    decimals : int
        Places after the point.

    Returns
    -------
    float
        The rounded number.

    Examples
    --------
    >>> from fourcities.facts import round_as_printed
    >>> round_as_printed(2.5, 0), round(2.5, 0)
    (3.0, 2.0)
    """
    step = Decimal(1).scaleb(-int(decimals))
    exact = Decimal(repr(float(number)))
    return float(exact.quantize(step, rounding=ROUND_HALF_UP))


def fmt(number: float, decimals: int = 0) -> str:
    """A number for readers: thousands separated, from fifty million on in words.

    Parameters
    ----------
    number : float
        What to write.
    decimals : int
        Places after the point, below a million. Above fifty million there are up to
        three that are not zero.

    Returns
    -------
    str
        The number, rounded half up.

    Examples
    --------
    >>> import fourcities as fc
    >>> fc.fmt(1234567.891)
    '1,234,568'
    >>> fc.fmt(82500000)
    '82.5 million'
    """
    for size, word in ((1e9, "billion"), (1e6, "million")):
        if abs(number) >= max(size, IN_WORDS):
            digits = f"{round_as_printed(number / size, 3):,.3f}"
            return f"{digits.rstrip('0').rstrip('.')} {word}"
    places = 0 if abs(number) >= WHOLE else decimals
    return f"{round_as_printed(number, places):,.{places}f}"


def fine(number: float, decimals: int) -> int:
    """How many decimals a number needs so that a small one keeps two digits.

    Parameters
    ----------
    number : float
        What is to be written.
    decimals : int
        Places after the point that it has at least.

    Returns
    -------
    int
        As many decimals as asked for, or as many more as the number needs: 0.0034 is
        not 0.00. At most 20.

    Examples
    --------
    >>> import fourcities as fc
    >>> fc.fmt(0.0034, fc.fine(0.0034, 2))
    '0.0034'
    """
    if number == 0:
        return decimals
    first_digit = Decimal(repr(float(number))).adjusted()  # its power of ten
    return min(20, max(decimals, 1 - first_digit))


def pattern_of(unit: str) -> str:
    """How values of a unit are written, {} for the number.

    Parameters
    ----------
    unit : str
        Key of units.csv.

    Returns
    -------
    str
        Such as "US$ {} per person", "{}%" or "{} year{s}".

    Raises
    ------
    KeyError
        If there is no such unit.
    """
    symbol: str = read("units").set_index("unit")["symbol"][unit]
    if symbol.startswith("US$"):
        return f"US$ {{}}{symbol.removeprefix('US$')}"
    if symbol == "number":
        return "{}"
    if symbol.startswith("%"):
        return f"{{}}{symbol}"
    return f"{{}} {symbol}"


def written(row: Cells) -> str:
    """A value with its unit.

    Parameters
    ----------
    row : Series or dict
        A row of observations, or anything with value, decimals and pattern, and perhaps
        a qualifier.

    Returns
    -------
    str
        Such as "US$ 37,022 per person", "9.4% a year" or "more than 1 year".
    """
    number = fmt(row["value"], row["decimals"])
    plural = "" if row["value"] == 1 else "s"
    shown = str(row["pattern"]).replace("{}", number).replace("{s}", plural)
    return f"{row['qualifier']} {shown}" if row.get("qualifier") else shown
