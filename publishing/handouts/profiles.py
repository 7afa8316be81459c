"""The profile of a city: one page with its key figures and its facts in words."""

from collections.abc import Iterable

import pandas as pd
from markupsafe import Markup

from fourcities.facts import Cells, by_key, cities, country_of, read
from fourcities.presentation import (
    both_names,
    city_mark,
    credit,
    list_of,
    name,
    tagged,
    when_of,
)

from .frame import credit_line, framed, listed
from .key_figures import key_figures
from .origins import all_stand, stands

# By the status of the city, as places.csv has it.
LEAD = {
    "report": (
        "A profile from the comparative report on migrants and social organizations."
    ),
    "added": (
        "Not in the comparative report on migrants and social organizations: "
        "a profile from the sources named, in its form."
    ),
}
# Keys of dimensions.csv, in the order of the page.
SPOKEN = (
    "administrative_status",
    "policy_independence",
    "migrants_meant",
    "integration_concept",
    "integration_timing",
    "so_role",
    "funding_mode",
)
READ_ON = ("basic-data", "integration-policies", "comparison")


def profile(city: str) -> str:
    """Make the page of a city.

    Parameters
    ----------
    city : str
        Key of places.csv.

    Returns
    -------
    str
        HTML of the page: key figures with rank and source, codings in words, policies,
        measures.

    Raises
    ------
    KeyError
        For an unknown city.
    """
    row = by_key("places")[city]
    words = _in_words(city) + _policies(city) + _measures(city)
    body = _heading(city, row) + key_figures(city)
    body += Markup('<div class="words">') + words + Markup("</div>")
    body += _reading()
    credits = credit() if row["status"] == "report" else credit()[:1]
    return framed(
        body,
        name=city,
        kind="profile",
        title=f"{row['name']}: profile",
        description=(
            f"{row['name']} on one page: key figures, policies, measures and "
            "social organizations, with sources."
        ),
        credit=credit_line(credits),
    )


def _heading(city: str, row: Cells) -> Markup:
    """Name, local name, country, and what the page rests on. row: of places.csv."""
    local = Markup("")
    if row["local_name"] and row["local_name"] != row["name"]:
        in_its_language = Markup(tagged(row["local_name"], row["language"]))
        local = Markup(" <small>{}</small>").format(in_its_language)
    return Markup('<h1>{} {}{}</h1>\n<p class="lead">City in {}. {}</p>').format(
        city_mark(row["name"]),
        row["name"],
        local,
        name(country_of(city)),
        LEAD[row["status"]],
    )


def _in_words(city: str) -> Markup:
    """What the city's codings say of each dimension."""
    labels = read("dimensions").set_index("dimension")["label"]
    codings = read("codings").query("place == @city")
    lines = []
    for dimension in SPOKEN:
        rows = codings[codings["dimension"] == dimension]
        if rows.empty:
            line = Markup("<b>{}:</b> not stated").format(labels[dimension])
        else:
            line = Markup("<b>{}:</b> {} <small>{}</small>").format(
                labels[dimension], " ".join(rows["statement"]), all_stand(_each(rows))
            )
        lines.append(line)
    return _section("In words", lines)


def _policies(city: str) -> Markup:
    lines = [
        Markup('{}, <span class="whole">{}</span> <small>{}</small>').format(
            both_names(row), when_of(row), stands(row)
        )
        for row in _each(read("policies").query("place == @city"))
    ]
    in_report = city in cities("report")
    heading = "Policies that the report names" if in_report else "Policies"
    return _section(heading, lines or ["None is named."])


def _measures(city: str) -> Markup:
    """The measures of each policy field, and in how many of them an SO takes part."""
    measures = read("measures").query("place == @city")
    lines = []
    for field in _each(read("policy_fields")):
        rows = measures[measures["policy_field"] == field["policy_field"]]
        named: str = "none named"
        where = ""
        if len(rows):
            named = Markup(list_of(map(both_names, _each(rows))))
            with_so = rows["provider"].isin(["SO", "both"]).sum()
            shared = f"{with_so}\u00a0of\u00a0{len(rows)}"
            where = f"{all_stand(_each(rows))}; with an SO:\u00a0{shared}"
        lines.append(
            Markup("<b>{}:</b> {} <small>{}</small>").format(
                field["name"], named, where
            )
        )
    return _section("Measures, and where social organizations (SOs) take part", lines)


def _reading() -> Markup:
    """Chapters to read on."""
    sections = read("sections")
    links = Markup(", ").join(
        Markup('<a href="../{}.html">{}</a>').format(row["chapter"], row["title"])
        for row in _each(sections[sections["chapter"].isin(READ_ON)])
    )
    return Markup(
        '<p class="more">Where to read on: {} and, for what may be cited, '
        '<a href="../does-it-hold.html">Does it hold?</a></p>'
    ).format(links)


def _section(heading: str, lines: Iterable[str]) -> Markup:
    return Markup("<section><h2>{}</h2><ul>{}</ul></section>").format(
        heading, listed(lines)
    )


def _each(rows: pd.DataFrame) -> list[Cells]:
    return [row for _, row in rows.iterrows()]
