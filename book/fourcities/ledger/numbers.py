"""Checks on numbers: comparisons within the margin of what is printed, order, periods, definitions."""

import re

from fourcities.facts import (
    Count,
    Value,
    about,
    fine,
    fmt,
    observations,
    of_report,
    places_above,
    read,
    written,
)
from fourcities.presentation import list_of, name, observed

WORDS = {
    "=": ("agrees with", "does not agree with"),
    ">": ("is more than", "is not more than"),
    ">=": ("is at least", "is less than"),
    "<": ("is less than", "is not less than"),
    "<=": ("is at most", "is more than"),
}


class Unknown(Exception):
    """A reading can't be computed; the message says why."""


def _row_of(value):
    """The row of observations behind a value. Raises Unknown if it is not reported."""
    rows = of_report(
        observations(
            value.indicator,
            places=[value.place],
            relate=value.relation or "absolute",
            period=value.year or "all",
        )
    )
    if rows.empty:
        raise Unknown(
            f"{about(value.indicator)['label']} of {name(value.place)}: not reported{' for ' + value.year if value.year else ''}."
        )
    return rows.iloc[-1]


def step(row):
    """To what a printed number is rounded: 135.909 billion to a million, 3,671,000 perhaps to a thousand, 4.45 to a hundredth.

    row: a row of observations. A whole number that ends in zeros may be rounded to the last digit that is none.
    """
    for number, word in re.findall(
        r"([\d,]*\d(?:\.\d+)?)\s*(billion|million)", row["printed"]
    ):
        scale = {"billion": 1e9, "million": 1e6}[word]
        if abs(float(number.replace(",", "")) * scale - row["value"]) < scale * 1e-9:
            return scale * 10.0 ** -len(number.partition(".")[2])
    if row["decimals"]:
        return 10.0 ** -int(row["decimals"])
    digits = str(int(row["value"]))
    return 10.0 ** (len(digits) - len(digits.rstrip("0")) if row["value"] else 0)


def _margin(row, value):
    """Half of what the value may be off by, because its parts are printed rounded."""
    if row["printed"]:
        return step(row) / 2
    parts = [
        _row_of(Value(indicator, "", place, "")) for indicator, place in observed(value)
    ]
    return abs(row["value"]) * sum(
        step(part) / 2 / abs(part["value"]) for part in parts
    )


def check_compare(reading):
    """Every value on the left against every one on the right."""
    shown, sides = [], []
    for terms in (reading.left, reading.right):
        worked = [_worked(term) for term in terms]
        sides.append([(value, margin) for value, margin, _ in worked])
        shown += [row for _, _, rows in worked for row in rows]
    holds = all(_holds(a, reading.sign, b) for a in sides[0] for b in sides[1])
    left, right = (
        _side(terms, side) for terms, side in zip((reading.left, reading.right), sides)
    )
    about_both, _, values = left.partition(": ")
    if ";" not in left and values and right.startswith(f"{about_both}: "):
        right = right.removeprefix(f"{about_both}: ")
    finding = f"{left} {WORDS[reading.sign][not holds]} {right}."
    if reading.sign == "=":
        finding += "".join(f" {r['inputs']}." for r in shown if r["inputs"])
    return holds, finding, shown


def _worked(term):
    """A term worked out from left to right: its value, by how much rounding may put it off, and the rows it takes."""
    value, margin, rows = 0, 0, []
    for sign, part in term:
        other, off, row = _measured(part)
        if sign == "/" and not other:
            raise Unknown(f"{_words(part)}: nothing can be divided by it.")
        if sign == "+":
            value, margin = value + other, margin + off
        else:
            off = (
                abs(margin * other) + abs(value * off)
                if sign == "*"
                else abs(margin / other) + abs(value / other**2 * off)
            )
            value, margin = value * other if sign == "*" else value / other, off
        rows += [] if row is None else [row]
    return value, margin, rows


def _measured(part):
    """A number with its margin of rounding and, for a value, its row."""
    if isinstance(part, float):
        return part, 0, None
    if isinstance(part, Count):
        return len(counted(part)), 0, None
    row = _row_of(part)
    return row["value"], _margin(row, part), row


def _holds(left, sign, right):
    (a, da), (b, db) = left, right
    if sign == "=":
        return abs(a - b) <= (da + db) * (1 + 1e-9) + 1e-9
    return {">": a > b, ">=": a >= b, "<": a < b, "<=": a <= b}[sign]


def _side(terms, worked):
    """The terms of a side in words, those of one indicator together: "GDP per capita: Berlin US$ 37,022 per person and … (2016)"."""
    groups = {}
    for term, (value, _) in zip(terms, worked):
        part = term[0][1]
        if len(term) > 1:
            steps = "".join(
                f" {'×' if sign == '*' else '÷' if sign == '/' else '+'} {_words(other)}"
                for sign, other in term[1:]
            )
            groups.setdefault("", []).append(
                (
                    f"{_words(part)}{steps} = {fmt(value, 0 if float(value).is_integer() else max(1, fine(value, 1)))}",
                    "",
                )
            )
        elif isinstance(part, Value):
            row = _row_of(part)
            groups.setdefault(about(part.indicator)["label"], []).append(
                (f"{name(part.place)} {written(row)}", row["period"])
            )
        else:
            groups.setdefault("", []).append((_words(part), ""))
    return "; ".join(
        (f"{label}: " if label else "") + _dated(values)
        for label, values in groups.items()
    )


def _dated(values):
    """Values with their periods; one that all share is said once, at the end."""
    periods = {period for _, period in values}
    if len(periods) == 1:
        return list_of(words for words, _ in values) + "".join(
            f" ({period})" for period in periods if period
        )
    return list_of(f"{words} ({period})" for words, period in values)


def _words(part):
    if isinstance(part, float):
        return f"{part:g}"
    if isinstance(part, Count):
        number = len(counted(part))
        return f"{number} row{'' if number == 1 else 's'} of {conditions(part)}"
    row = _row_of(part)
    return f"{row['label']}, {name(part.place)}, {written(row)}"


def counted(count):
    rows = read(count.table)
    rows = of_report(rows) if "added" in rows else rows
    for column, wanted, values in count.conditions:
        rows = rows[rows[column].isin(values) == wanted]
    return rows


def conditions(count):
    """ "measures (place: Berlin or Cologne; provider: SO)"."""
    places = dict(zip(read("places")["place"], read("places")["name"]))
    each = [
        f"{column.replace('_', ' ')}{'' if wanted else ' not'}: {' or '.join(places.get(v, v) or ('none' if column == 'flag' else 'not stated') for v in values)}"
        for column, wanted, values in count.conditions
    ]
    return f"{count.table} ({'; '.join(each)})"


def check_rises(reading):
    value = reading.parts[0]
    rows = of_report(observations(value.indicator, places=[value.place]))
    words = f"{about(value.indicator)['label']}, {name(value.place)}: {list_of(f'{written(r)} ({r.period})' for _, r in rows.iterrows()) or 'not reported'}."
    if len(rows) < 2:
        raise Unknown(f"{words} A trend needs two values.")
    return (
        bool(rows["value"].is_monotonic_increasing and rows["value"].is_unique),
        words,
        [rows.iloc[-1]],
    )


def check_first_in(reading):
    value, area = reading.parts
    kinds = read("places").set_index("place")["kind"]
    alike = [
        p
        for p, kind in kinds.items()
        if kind == kinds[value.place] and area in places_above(p)
    ]
    rows = of_report(
        observations(value.indicator, places=alike, relate=value.relation or "absolute")
    ).drop_duplicates("place", keep="last")
    others = rows[rows["place"] != value.place]
    words = f"{rows['label'].iloc[0] if len(rows) else about(value.indicator)['label']} in {name(area)}: {list_of(f'{r.city} {written(r)}' for _, r in rows.iterrows()) or 'not reported'}."
    if len(others) < 2 or len(others) == len(rows):
        raise Unknown(f"{words} The others of {name(area)} are not in the report.")
    return (
        bool(rows.set_index("place")["value"].idxmax() == value.place),
        words,
        [r for _, r in rows.iterrows()],
    )


def check_same_period(reading):
    rows = [_row_of(part) for part in reading.parts]
    periods = dict.fromkeys(
        f"{r['city']} {r['period']}"
        if len({x["label"] for x in rows}) == 1
        else f"{r['label']}, {r['city']}: {r['period']}"
        for r in rows
    )
    return len({r["period"] for r in rows}) == 1, f"{list_of(periods)}.", []


def check_same_definition(reading):
    rows = [_row_of(part) for part in reading.parts]
    flagged = [r for r in rows if r["flag"] == "d"]
    notes = dict.fromkeys(r["note"] for r in flagged if r["note"])
    words = (
        f"{len(flagged)} of {len(rows)} values are marked d (definition differs). {' '.join(notes)}"
        if flagged
        else f"None of the {len(rows)} values is marked d."
    )
    return not flagged, words.strip(), []


def flat(terms):
    return [part for term in terms for _, part in term]


def check_unprinted(reading):
    """Nothing printed decides it; what a reader would expect is shown as far as it is there."""
    found = [
        f"{about(part.indicator)['label']}, {name(part.place)}: {written(_row_of(part))}"
        for part in reading.parts
        if isinstance(part, Value)
    ]
    raise Unknown(f"{'; '.join(found)}." if found else "")
