"""Cities, and the places that they lie in."""

from .package import lookup, read


def cities(status=None):
    """Keys of the cities, in the order of places.csv. status: "report" for those that the report is about, "added" for the others; all if not given."""
    places = read("places")
    return list(
        places.loc[
            (places["kind"] == "city")
            & (places["status"].eq(status) if status else True),
            "place",
        ]
    )


def places_above(place):
    """Keys of `place` and of every place above it, up to its country."""
    return upwards_from(place, lookup("places", "parent"))


def upwards_from(place, parents):
    line = [place]
    while parents[line[-1]]:
        line.append(parents[line[-1]])
    return line


def country_of(place):
    """Key of the country that `place` lies in."""
    return places_above(place)[-1]


def by_place(rows):
    """The rows of each place, each a dictionary: {place: list of rows}."""
    places = {}
    for row in rows.to_dict("records"):
        places.setdefault(row["place"], []).append(row)
    return places
