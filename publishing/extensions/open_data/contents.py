"""What lies in the folder, made from the data package."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from fourcities.facts import DATA, ROOT, data_files, read

from ...hosts import as_download
from . import croissant, csvw
from .indicators import indicator
from .ledger import linked_ledger, written_ledger


def files(site: str) -> dict[str, bytes]:
    """Make all that the folder holds, but for zip, checksums and the page.

    Parameters
    ----------
    site : str
        The site's public address, or "".

    Returns
    -------
    dict
        The bytes of each file by its name in the folder.
    """
    tables = {path.name: as_download(path) for path in data_files()}
    beside = [DATA / "README.md", DATA / "references.bib", ROOT / "LICENSE"]
    made = {
        "ledger.csv": written_ledger(site),
        "ledger.jsonld": _json(linked_ledger(site)),
        "csv-metadata.json": _json(csvw.metadata()),
        "croissant.json": _json(croissant.metadata(tables, site)),
        **{address_of(key): _json(indicator(key)) for key in _indicators()},
    }
    return tables | {path.name: path.read_bytes() for path in beside} | made


def address_of(key: str) -> str:
    """Where an indicator lies in the folder. key: of indicators.csv."""
    return f"indicators/{key}.json"


def sums(found: Mapping[str, bytes]) -> bytes:
    """Checksums of files by their names, as `sha256sum --check` reads them."""
    lines = (
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in sorted(found.items())
    )
    return "".join(lines).encode()


def _indicators() -> Iterator[str]:
    yield from read("indicators")["indicator"]


def _json(thing: Mapping[str, Any]) -> bytes:
    text = json.dumps(thing, ensure_ascii=False, indent=1, allow_nan=False)
    return f"{text}\n".encode()
