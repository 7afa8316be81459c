"""The drawing of the levels of government above and below each city."""

import textwrap
from dataclasses import dataclass

import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from fourcities.facts import Cells, by_key, cities, country_of, fmt, observations, read

from .matrices import blocks, stacked_axes
from .style import DRAWN, INK, Panels, city_palette

LEVELS = ["Districts", "City", "State,\nprovince", "Country"]  # from below
DISTRICTS, CITY, STATE, COUNTRY = range(4)


@dataclass(frozen=True)
class CityLevels:
    """What the boxes at the levels of a city say, and their colour."""

    districts: str  # their number
    city: str  # name and administrative status
    state: str  # name of the state or province; "" if the city is its own
    country: str  # name
    colour: str  # of the city


def levels_of_government() -> Panels:
    """Draw the levels of government above and below each city.

    Returns
    -------
    array of Axes
        A row of axes for each four cities, the first hundred of them.

    Notes
    -----
    The data are those of places.csv, of codings.csv (the administrative status) and of
    the indicator districts. A city that is its own federal state fills both levels.
    """
    towns = cities()
    countries = list(dict.fromkeys(map(country_of, towns)))
    drawn = sorted(towns[:DRAWN], key=lambda city: countries.index(country_of(city)))
    groups = blocks(_levels_of(drawn))
    panels = stacked_axes([4.9] * len(groups), towns)
    for axis, group in zip(panels, groups):
        _draw_group(axis, group)
    return panels


def _levels_of(towns: list[str]) -> list[CityLevels]:
    """The words of some cities; towns: keys of places.csv."""
    places = by_key("places")
    statuses = _statuses()
    districts = _districts()
    palette = city_palette()
    levels = []
    for town in towns:
        place = places[town]
        above = places[place["parent"]]
        status = statuses.get(town, "status not stated")
        status = textwrap.fill(status, 15, break_on_hyphens=False)
        levels.append(
            CityLevels(
                districts=_counted(districts.get(town)),
                city=f"{_names(place)}\n{status}",
                state="" if above["kind"] == "country" else _names(above),
                country=_names(places[country_of(town)]),
                colour=palette[place["name"]],
            )
        )
    return levels


def _statuses() -> dict[str, str]:
    """The administrative status of each place, as far as codings.csv has one."""
    rows = read("codings").query("dimension == 'administrative_status'")
    first = rows.drop_duplicates("place")
    return dict(zip(first["place"], first["category"]))


def _districts() -> dict[str, float]:
    """The number of districts of each city that has one."""
    rows = observations("districts", period="report")
    last = rows.drop_duplicates("place", keep="last")
    return dict(zip(last["place"], last["value"]))


def _counted(districts: float | None) -> str:
    if districts is None:
        return "not\nreported"
    return f"{fmt(districts)}\ndistrict{'' if districts == 1 else 's'}"


def _names(place: Cells) -> str:
    """English and, below it, local name of a place; place: a row of places.csv."""
    name = textwrap.fill(place["name"], 13, break_on_hyphens=False)
    if place["local_name"] in ("", place["name"]):
        return name
    return f"{name}\n{place['local_name']}"


def _draw_group(axis: Axes, towns: list[CityLevels]) -> None:
    """Draw cities side by side, those of a country below one box."""
    columns_of: dict[str, list[int]] = {}  # by the country's name
    for x, town in enumerate(towns):
        columns_of.setdefault(town.country, []).append(x)
        _draw_city(axis, x, town)
    for country, columns in columns_of.items():
        _draw_box(axis, (min(columns), max(columns)), (COUNTRY, COUNTRY), country, INK)
    axis.set(
        xlim=(-0.5, len(towns) - 0.5),
        ylim=(-0.5, len(LEVELS) - 0.5),
        yticks=range(len(LEVELS)),
        yticklabels=LEVELS,
        xticks=[],
    )
    axis.tick_params(length=0)
    sns.despine(ax=axis, left=True, bottom=True)


def _draw_city(axis: Axes, x: int, town: CityLevels) -> None:
    """Draw the boxes of a city in column x, and lines between them."""
    if town.state:
        _draw_box(axis, (x, x), (STATE, STATE), town.state, INK)
    highest = CITY if town.state else STATE
    _draw_box(axis, (x, x), (CITY, highest), town.city, town.colour)
    _draw_box(axis, (x, x), (DISTRICTS, DISTRICTS), town.districts, town.colour)
    joined = (CITY, STATE, COUNTRY) if town.state else (CITY, COUNTRY)
    for upper in joined:
        axis.plot([x, x], [upper - 0.62, upper - 0.38], color=INK, linewidth=1)


def _draw_box(
    axis: Axes,
    columns: tuple[int, int],
    levels: tuple[int, int],
    text: str,
    colour: str,
) -> None:
    """Draw a box with a text; columns and levels: the first and the last of the box."""
    (left, right), (bottom, top) = columns, levels
    axis.add_patch(
        Rectangle(
            (left - 0.49, bottom - 0.38),
            right - left + 0.98,
            top - bottom + 0.76,
            facecolor="none",
            edgecolor=colour,
            linewidth=1.6,
        )
    )
    axis.text(
        (left + right) / 2,
        (top + bottom) / 2,
        text,
        ha="center",
        va="center",
    )
