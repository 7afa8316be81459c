"""The tables as the W3C describes CSV on the web (CSVW), from datapackage.json."""

from typing import Any

from fourcities.facts import Field, Resource, Schema, descriptor

# Types of the data package whose names differ there.
TYPES = {"year": "gYear"}
LIMITS = ("minimum", "maximum")


def metadata() -> dict[str, Any]:
    """Make the description of all tables, with their types and keys.

    Returns
    -------
    dict
        A group of tables, their addresses relative to the description.
    """
    package = descriptor()
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": package["title"],
        "dc:description": package["description"],
        "dc:license": {"@id": package["licenses"][0]["path"]},
        "schema:version": package["version"],
        "dialect": {"encoding": "utf-8", "header": True},
        "tables": [_table(resource) for resource in package["resources"]],
    }


def _table(resource: Resource) -> dict[str, Any]:
    schema = resource["schema"]
    return {
        "url": resource["path"],
        "dc:title": resource["title"],
        "dc:description": resource["description"],
        "tableSchema": {
            "columns": [_column(field) for field in schema["fields"]],
            "primaryKey": schema["primaryKey"],
            "foreignKeys": _foreign_keys(schema),
        },
    }


def _column(field: Field) -> dict[str, Any]:
    constraints = dict(field.get("constraints", {}))
    base = TYPES.get(field["type"], field["type"])
    limits = {key: constraints[key] for key in LIMITS if key in constraints}
    return {
        "name": field["name"],
        "titles": field["name"],
        "dc:description": field["description"],
        "datatype": {"base": base, **limits} if limits else base,
        "required": constraints.get("required", False),
        "null": [""],
    }


def _foreign_keys(schema: Schema) -> list[dict[str, Any]]:
    """The keys whose cells are all filled: others are no keys to CSVW."""
    required = {
        field["name"]
        for field in schema["fields"]
        if field.get("constraints", {}).get("required")
    }
    return [
        {
            "columnReference": key["fields"],
            "reference": {
                "resource": f"{key['reference']['resource']}.csv",
                "columnReference": key["reference"]["fields"],
            },
        }
        for key in schema.get("foreignKeys", [])
        if required.issuperset(key["fields"])
    ]
