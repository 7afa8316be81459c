"""Cards of the cities: name, colour and marker, a sentence, a few numbers."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from fourcities.facts import (
    Cells,
    about,
    by_key,
    by_place,
    cities,
    lookup,
    observations,
    read,
)

from .markup import tagged
from .names import name
from .notes import Notes
from .style import MARKERS, city_markers, city_palette
from .tables import NOT_REPORTED, Shown, folded, notes_list
from .value_tables import value_line, values_from

# The markers of drawings as characters.
CHARACTERS = dict(zip(MARKERS, "●■◆▲▼✚★✖"))

# In a notebook, which has no style sheet, cards stand beside each other by this.
BESIDE = "display:inline-block;vertical-align:top;width:11rem;margin-right:1rem"


def city_cards(*indicators: str, dimension: str, label: str) -> Shown:
    """A card for each city, with the values of the report, or those added for it.

    Parameters
    ----------
    *indicators
        Keys of indicators.csv.
    dimension
        A key of dimensions.csv; its first statement of each city is shown.
    label
        Name to refer to the cards by.

    Returns
    -------
    Shown
        For each city its name in both scripts, with the marker and colour that it has
        in drawings, the statement, and the values with unit, period and flag. What the
        flags mean and where the values are from can be unfolded below.

    Raises
    ------
    KeyError
        If an indicator or the dimension is unknown.
    """
    notes = Notes()
    rows = observations(*indicators, period="report")
    found = {key: by_place(rows[rows["indicator"] == key]) for key in indicators}
    codings = read("codings")
    said = by_place(codings[codings["dimension"] == dimension])
    lookup("dimensions", "label")[dimension]  # an unknown one is an error
    cards = Markup("").join(
        _card(
            city,
            [row["statement"] for row in said.get(city, [])][:1],
            [_value(key, found[key].get(city, []), notes) for key in indicators],
        )
        for city in cities()
    )
    below = notes_list([*notes.lines(), values_from(rows)])
    html = Markup('<div id="{}"><ul class="cards">{}</ul>{}</div>').format(
        label, cards, folded("Flags and sources of these numbers", below)
    )
    return Shown(html, "A card for each city.")


def city_mark(english: str) -> Markup:
    """The marker of a city in its colour, as it has them in drawings.

    Parameters
    ----------
    english
        The English name of the city.

    Returns
    -------
    Markup
        A character that screen readers pass over.
    """
    return Markup('<span style="color:{}" aria-hidden="true">{}</span>').format(
        city_palette()[english], CHARACTERS[city_markers()[english]]
    )


def _card(city: str, statements: Sequence[str], values: Sequence[Markup]) -> Markup:
    """A city's card; its values are HTML."""
    english = name(city)
    place = by_key("places")[city]
    local = place["local_name"]
    return Markup(
        '<li style="{};border-color:{}"><p>{} <b>{}</b> {}</p>{}{}</li>'
    ).format(
        BESIDE,
        city_palette()[english],
        city_mark(english),
        english,
        "" if local in ("", english) else Markup(tagged(local, place["language"])),
        Markup("").join(Markup("<p>{}</p>").format(words) for words in statements),
        Markup("").join(values),
    )


def _value(indicator: str, rows: Sequence[Cells], notes: Notes) -> Markup:
    """A value of a card with its heading; rows: its, from the first to the last."""
    shown = value_line(rows[-1], notes) if rows else NOT_REPORTED
    return Markup(
        '<div class="value" style="margin-bottom:.4rem">{}<div>{}</div></div>'
    ).format(about(indicator)["label"], shown)
