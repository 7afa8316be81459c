"""The template of a city: rows to fill in, in a folder of its own, with a guide."""

import os
import re
import shutil
import unicodedata
from pathlib import Path

from fourcities.facts import read

from ..errors import BuildError
from .guide import guide
from .tables import Row, as_csv, columns

# Roles of an administration's bodies, which Table 4 of the report lists.
ROLES = ("municipal-administration", "district-administration", "migrant-affairs")


class CityError(BuildError):
    """The city can't be made or added; the message says why and what would do."""


def key_of(name: str) -> str:
    """Make the key of a city from its name.

    Parameters
    ----------
    name : str
        English name of the city.

    Returns
    -------
    str
        Lower case, without accents, words joined by hyphens.

    Raises
    ------
    CityError
        If the name has no Latin letters.

    Examples
    --------
    >>> key_of("Frankfurt (Oder)")
    'frankfurt-oder'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    key = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    if not re.search("[a-z]", key):
        raise CityError(
            f"NAME={name!r}: expected a name with letters from a to z, "
            f"or a key beside it: make city NAME={name!r} KEY=shenzhen"
        )
    return key


def template(name: str, key: str) -> dict[str, list[Row]]:
    """Make the rows to fill in for a city.

    Parameters
    ----------
    name : str
        English name of the city.
    key : str
        Its key in data/.

    Returns
    -------
    dict of str to list of dict
        Rows by table, each with all columns of its table; most cells are empty.
    """
    source = f"{key}-source"
    place = {"place": key, "source": source}
    rows: dict[str, list[Row]] = {
        "places": [{"place": key, "kind": "city", "status": "added", "name": name}],
        "sources": [{"source": source, "kind": "added"}],
        "citations": [{"citation": source, "source": source, "section": "2"}],
        "observations": _observations(place),
        "amounts": _amounts(key),
        "codings": _codings(place),
        "bodies": _bodies(place),
        "policies": _policies(place),
        "measures": _measures(place),
        "cooperation": [place | {"mechanism": f"{key}-mechanism", "section": "5.2"}],
        "events": [place | {"event": f"{key}-event", "section": "3"}],
        "organizations": [
            place | {"organization": f"{key}-organization", "section": "5.1"}
        ],
    }
    return {
        table: [dict.fromkeys(columns(table), "") | row for row in found]
        for table, found in rows.items()
    }


def write_template(name: str, key: str, folder: Path) -> None:
    """Write the template of a city into a new folder, with a guide.

    Parameters
    ----------
    name : str
        English name of the city.
    key : str
        Its key in data/.
    folder : Path
        Where it is to lie; made in one step.

    Raises
    ------
    CityError
        If data/ has the city or the key already.
    """
    places = read("places")
    for column, value in (("place", key), ("name", name)):
        if value in set(places[column]):
            raise CityError(
                f"data/places.csv has a row with {column} {value!r} already; "
                "expected a city that is not there; a city that was added is corrected "
                "there, or taken out again: make city REMOVE=yes and its NAME"
            )
    work = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    rows = template(name, key)
    for table, found in rows.items():
        (work / f"{table}.csv").write_text(as_csv(table, found), "utf-8")
    (work / "README.md").write_text(guide(name, list(rows)), "utf-8")
    os.rename(work, folder)


# Rows of one table each. place: the cells that say whose they are, place and source.


def _observations(place: Row) -> list[Row]:
    """A row for each indicator that is observed, not computed."""
    return [
        place
        | {
            "indicator": row["indicator"],
            "unit": row["unit"],
            "section": row["section"],
        }
        for _, row in read("indicators").query("numerator == ''").iterrows()
    ]


def _amounts(key: str) -> list[Row]:
    """A row for each indicator that has amounts. key: of the city."""
    return [
        {"place": key, "indicator": row["indicator"], "section": row["section"]}
        for _, row in read("amounts").drop_duplicates("indicator").iterrows()
    ]


def _codings(place: Row) -> list[Row]:
    """A row for each dimension that has codings, where the other cities' stand."""
    first = read("codings").drop_duplicates("dimension").set_index("dimension")
    return [
        place
        | {
            "dimension": dimension,
            "section": first["section"][dimension],
            "table": first["table"][dimension],
        }
        for dimension in read("dimensions")["dimension"]
        if dimension in first.index
    ]


def _bodies(place: Row) -> list[Row]:
    """A row for each role, and for each policy field a body that leads in it."""
    lead = place | {"relation": "lead", "section": "2.4"}
    key = place["place"]
    roles = [
        lead | {"body": f"{key}-{role}", "role": role, "table": "4"} for role in ROLES
    ]
    fields = [
        lead
        | {
            "body": f"{key}-{field}",
            "role": "policy-field",
            "policy_field": field,
            "table": "5",
        }
        for field in _fields()
    ]
    return roles + fields


def _policies(place: Row) -> list[Row]:
    """A row for a general policy, and one for each policy field."""
    policy = place | {"section": "4.1", "table": "6"}
    key = place["place"]
    general = policy | {"policy": f"{key}-general-policy", "policy_field": ""}
    fields = [
        policy | {"policy": f"{key}-{field}-policy", "policy_field": field}
        for field in _fields()
    ]
    return [general, *fields]


def _measures(place: Row) -> list[Row]:
    """A row for each policy field."""
    return [
        place
        | {
            "measure": f"{place['place']}-{field}-measure",
            "policy_field": field,
            "section": "4.3",
        }
        for field in _fields()
    ]


def _fields() -> list[str]:
    """Keys of the policy fields."""
    return list(read("policy_fields")["policy_field"])
