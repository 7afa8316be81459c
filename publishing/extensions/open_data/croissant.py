"""The tables as Croissant describes data sets for machine learning (version 1.0)."""

import hashlib
from collections.abc import Mapping
from typing import Any

from fourcities.facts import Field, Resource, descriptor

from ..citable.citations import bibtex
from ..citable.stated import DATE
from .authors import authors

TYPES = {
    "string": "sc:Text",
    "number": "sc:Float",
    "integer": "sc:Integer",
    "date": "sc:Date",
    "year": "sc:Integer",
}
# As the specification gives it.
CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "dct": "http://purl.org/dc/terms/",
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def metadata(tables: Mapping[str, bytes], site: str) -> dict[str, Any]:
    """Make the description of all tables, with their types and keys.

    Parameters
    ----------
    tables : mapping
        What the file of each table holds, by its name.
    site : str
        The site's public address, or "".

    Returns
    -------
    dict
        A data set. What is not known of it (a day of publication, an address) is left
        out, and so are keys of other tables: to Croissant they join tables, here in
        circles.
    """
    package = descriptor()
    address = site and f"{site.rstrip('/')}/data/"
    known = {
        "url": address,
        "datePublished": DATE,
    }
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": package["name"],
        "description": package["description"],
        "version": package["version"],
        "license": package["licenses"][0]["path"],
        "citeAs": bibtex("misc", package["name"], package["title"], "", address),
        "creator": authors(),
        **{name: value for name, value in known.items() if value},
        "distribution": [
            _file(resource, tables[resource["path"]])
            for resource in package["resources"]
        ],
        "rai": "http://mlcommons.org/croissant/RAI/",
        "recordSet": [_records(resource) for resource in package["resources"]],
    }


def _file(resource: Resource, content: bytes) -> dict[str, str]:
    return {
        "@type": "cr:FileObject",
        "@id": resource["path"],
        "name": resource["path"],
        "description": resource["description"],
        "contentUrl": resource["path"],
        "encodingFormat": resource["mediatype"],
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _records(resource: Resource) -> dict[str, Any]:
    schema, table = resource["schema"], resource["name"]
    return {
        "@type": "cr:RecordSet",
        "@id": table,
        "name": table,
        "description": resource["description"],
        "key": [{"@id": f"{table}/{column}"} for column in schema["primaryKey"]],
        "field": [_field(field, resource) for field in schema["fields"]],
    }


def _field(field: Field, resource: Resource) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{resource['name']}/{field['name']}",
        "name": field["name"],
        "description": field["description"],
        "dataType": TYPES[field["type"]],
        "source": {
            "fileObject": {"@id": resource["path"]},
            "extract": {"column": field["name"]},
        },
    }
