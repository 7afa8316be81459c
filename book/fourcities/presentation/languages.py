"""Numbers and values as German and Chinese write them, for the two summaries."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
from markupsafe import Markup

from fourcities.facts import Cells, fmt, observations, round_as_printed


class _Words(NamedTuple):
    """What stands beside a value in one language."""

    dated: str  # a value with its years
    years: str
    dash: str  # between two years
    no_year: str
    missing: str


WORDS = {
    "de": _Words("{} ({})", "{}", "–", "ohne Jahr", "nicht berichtet"),
    "zh-Hans": _Words("{}（{}）", "{}年", "—", "年份未注明", "未报告"),
}
ENGLISH_TO_GERMAN = str.maketrans(",.", ".,")
# Chinese counts in ten thousands and hundred millions; digits stand alone below, and in
# a number below a million that is not so many ten thousands exactly.
CHINESE_UNITS = ((1e8, "亿"), (1e4, "万"))
IN_DIGITS = 1e6
CHINESE_PLACES = 4  # so that 万 keeps all digits of a whole number


def number_in(language: str, number: float, decimals: int = 0) -> str:
    """A number as a language writes it.

    Parameters
    ----------
    language
        "de" or "zh-Hans".
    number
        What to write.
    decimals
        Places after the point, as of `fmt`; large Chinese numbers have up to four that
        are not zero.

    Returns
    -------
    str
        The number, rounded half up.

    Raises
    ------
    ValueError
        If the language has no rule.

    Examples
    --------
    >>> import fourcities as fc
    >>> fc.number_in("de", 1061000), fc.number_in("zh-Hans", 1061000)
    ('1.061.000', '106.1万')
    >>> fc.number_in("de", 135.9e9), fc.number_in("zh-Hans", 135.9e9)
    ('135,9\\xa0Milliarden', '1359亿')
    """
    if language not in WORDS:
        known = ", ".join(WORDS)
        raise ValueError(f"numbers are written in {known}; found {language!r}")
    if language == "de":
        digits, _, word = (
            fmt(number, decimals).translate(ENGLISH_TO_GERMAN).partition(" ")
        )
        one = digits.lstrip("-") == "1"
        words = {
            "million": "Millionen",
            "billion": "Milliarde" if one else "Milliarden",
        }
        return f"{digits}\N{NO-BREAK SPACE}{words[word]}" if word else digits
    for size, word in CHINESE_UNITS:
        is_round = number % size == 0
        if abs(number) >= (size if is_round else max(size, IN_DIGITS)):
            return _short(number / size) + word
    return fmt(number, decimals).replace(",", "")


def _short(number: float) -> str:
    digits = f"{round_as_printed(number, CHINESE_PLACES):.{CHINESE_PLACES}f}"
    return digits.rstrip("0").rstrip(".")


def value_in(language: str, indicator: str, place: str) -> str:
    """One value of the report in a sentence of another language, without its unit.

    Parameters
    ----------
    language
        "de" or "zh-Hans".
    indicator, place
        Keys of indicators.csv and places.csv.

    Returns
    -------
    str
        The report's latest value.

    Raises
    ------
    KeyError
        If the value is not reported.

    Examples
    --------
    >>> import fourcities as fc
    >>> fc.value_in("de", "population", "cologne")
    '1.061.000'
    """
    rows = observations(indicator, places=[place], period="report")
    if rows.empty:
        raise KeyError(f"{indicator!r} is not reported for {place!r}")
    row = rows.iloc[-1]
    return number_in(language, row["value"], row["decimals"])


def dated_in(language: str, indicator: str, place: str, letters: str = "") -> str:
    """One value of the report with its years, for a table in another language.

    Parameters
    ----------
    language, indicator, place
        As of `value_in`.
    letters
        The flags that the table's first notes explain, in their order: "du". Each such
        note is Markup, "<b>…</b> d = …". Without letters no flag is shown.

    Returns
    -------
    str
        "208.403 (2016)", as Markup, since a flag stands at the value; the language's
        words for "not reported" if there is none, and for "year not stated".

    Raises
    ------
    ValueError
        If the value has a flag that none of the letters is.
    """
    rows = observations(indicator, places=[place], period="report")
    words = WORDS[language]
    if rows.empty:
        return words.missing
    row = rows.iloc[-1]
    value = Markup.escape(value_in(language, indicator, place))
    if letters and row["flag"]:
        value += _mark(row, letters)
    return Markup(words.dated).format(value, _years(row, words))


def _mark(row: Cells, letters: str) -> Markup:
    """The letter of a flag, with the number of its note, from 0 on."""
    if row["flag"] not in letters:
        raise ValueError(
            f"{row['indicator']} of {row['place']} has the flag {row['flag']!r};"
            f" the notes explain {', '.join(letters)}"
        )
    mark = Markup('<sup class="flag" data-note="{}">{}</sup>')
    return mark.format(letters.index(row["flag"]), row["flag"])


def _years(row: Cells, words: _Words) -> str:
    """The years of a value in words: "2016", "2005–2014"."""
    days = [row["period_start"], row["period_end"]]
    years = dict.fromkeys(str(day.year) for day in days if not pd.isna(day))
    return words.years.format(words.dash.join(years)) if years else words.no_year
