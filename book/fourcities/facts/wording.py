"""What printed words say: their numbers, the units beside these, their years.

For checks alone: a value is compared with its wording, never made from it.
"""

import calendar
import re
from dataclasses import dataclass
from decimal import Decimal
from unicodedata import normalize

# Powers of ten, by the word that stands for them behind a number.
SCALES = {
    "thousand": 3,
    "million": 6,
    "billion": 9,
    "trillion": 12,
    "Tsd.": 3,
    "Mio.": 6,
    "Mrd.": 9,
    "万": 4,
    "亿": 8,
}

# Such as 3,671,000 or 4.45; 1.061.000 and 4,45 where only that can be meant.
NUMBER = re.compile(
    r"(?<![A-Za-z\d.,])(?P<sign>(?<![\w)])[-−])?"
    r"(?P<digits>\d{1,3}(?P<mark>[ ,'’])\d{3}(?:(?P=mark)\d{3})*(?:\.\d+)?"
    r"|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?"
    r"|\d+(?:\.\d+|,\d\d?)?)(?![.,]?\d)(?![snrt][tdh]\b)"
    rf"(?:\s?(?P<scale>{'|'.join(map(re.escape, SCALES))}))?",
    re.ASCII,
)

WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
WORDS |= {"eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}

# What a number is given for: 8.5 in every 10,000.
BASE = re.compile(r"\b(every|per|each) [\d,.]*\d")

# Measures by how they are written, beside a number or in the label of a unit.
MEASURES = {
    "percent": r"%|per ?cent\b",
    "square kilometres": r"sq(uare|\.)? ?k(m|ilomet)|km²|km2",
    "square miles": r"sq(uare|\.)? ?mi",
    "square metres": r"sq(uare|\.)? ?m\b|sq(uare|\.)? ?met|m²|m2",
    "hectares": r"hectares?\b|ha\b",
    "acres": r"acres?\b",
    "U.S. dollars": r"(U\.?S\.? ?)?(\$|dollars?\b)|USD\b",
    "euros": r"euros?\b|EUR\b|€",
    "yuan": r"yuan\b|RMB\b|CNY\b|元",
    "years": r"years?\b",
    "months": r"months?\b",
    "weeks": r"weeks?\b",
    "days": r"days?\b",
}

YEAR = re.compile(r"(?<![\d.,'’])(1\d|20)\d\d(?![.,'’]?\d)", re.ASCII)
SPAN = re.compile(r"\b((?:1\d|20)\d\d)\s?[-–]\s?((?:1\d|20)\d\d)\b", re.ASCII)
DECADE = re.compile(r"\b(\d{3}0)s\b", re.ASCII)
CENTURY = re.compile(r"\b(\d\d?)[snrt][tdh] century\b", re.ASCII)
MONTHS = list(calendar.month_name)  # "" first
MONTH = re.compile(rf"\b({'|'.join(MONTHS[1:])}) (\d{{4}})\b", re.ASCII)


@dataclass(frozen=True)
class Number:
    """A number in a wording."""

    value: str  # in plain digits and to the decimals of the wording, its scale applied
    measures: frozenset[str]  # those of MEASURES that stand beside it


def measures_of(text: str) -> frozenset[str]:
    """The measures that a text names anywhere, such as the label of a unit."""
    return frozenset(
        name
        for name, form in MEASURES.items()
        if re.search(rf"(?<![A-Za-z]){form}", text)
    )


def numbers_in(wording: str) -> list[Number]:
    """The numbers that a wording can mean: years only where it has no others."""
    text = BASE.sub("", normalize("NFKC", wording))
    found = {match: _number(match, text) for match in NUMBER.finditer(text)}
    counted = [
        number
        for match, number in found.items()
        if match["scale"] or number.measures or not YEAR.fullmatch(match["digits"])
    ]
    return counted or _in_words(text) or list(found.values())


def _number(match: re.Match[str], text: str) -> Number:
    digits, mark = match["digits"], match["mark"]
    if mark or digits.count(".") > 1:
        digits = digits.replace(mark or ".", "")
    value = Decimal(digits.replace(",", ".")).scaleb(SCALES.get(match["scale"], 0))
    sign = "-" if match["sign"] else ""
    beside = _beside(text[: match.start()], text[match.end() :])
    return Number(f"{sign}{value:f}", beside)


def _in_words(text: str) -> list[Number]:
    return [
        Number(str(WORDS[match[0]]), _beside("", text[match.end() :]))
        for match in re.finditer(rf"\b({'|'.join(WORDS)})\b", text)
    ]


def _beside(before: str, after: str) -> frozenset[str]:
    """The measures right before or right behind a number."""
    return frozenset(
        name
        for name, form in MEASURES.items()
        if re.match(rf"[ \-]?({form})", after) or re.search(rf"({form}) ?$", before)
    )


def years_in(wording: str) -> set[int]:
    """The years that a wording names; of a decade or a century the first and last."""
    text = normalize("NFKC", wording)
    years = {int(match[0]) for match in YEAR.finditer(text)}
    for first in map(int, DECADE.findall(text)):
        years |= {first, first + 9}
    for number in map(int, CENTURY.findall(text)):
        years |= {number * 100 - 99, number * 100}
    return years


def spans_in(wording: str) -> list[tuple[int, int]]:
    """Spans such as 2005-2014, as first and last year."""
    found = SPAN.findall(normalize("NFKC", wording))
    return [(int(first), int(last)) for first, last in found]


def months_in(wording: str, year: int) -> set[int]:
    """The months of a year that a wording names."""
    found = MONTH.finditer(wording)
    return {MONTHS.index(match[1]) for match in found if match[2] == str(year)}
