"""The ledger as computed: a table, and claims with reviews as schema.org has them."""

from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import Any

from fourcities.facts import Cells, Count, Row, Value, about, lookup, readings_of
from fourcities.ledger import claims

from ..citable.stated import REPORT
from .authors import authors

COLUMNS = [
    "claim",
    "section",
    "statement",
    "kind",
    "check",
    "rests_on",
    "outcome",
    "reason",
    "readings_that_hold",
    "readings_decided",
    "use",
    "caveat",
    "severity",
    "needs",
    "note",
    "address",
    "chapter",
]
# How the form of FORRT's outcomes at Science Live names them. One that nobody can
# reproduce from what is printed has no term there.
TERMS = "https://w3id.org/sciencelive/o/terms/"
STATUS = {"reproduced": "Validated", "differs": "Contradicted"}
UP = "../"  # from the folder of the data to the pages


def written_ledger(site: str) -> bytes:
    """Make the ledger as CSV.

    Parameters
    ----------
    site : str
        The site's public address; if it is "", addresses begin at the folder.

    Returns
    -------
    bytes
        A row for each claim, with outcome, reason and the address of its row.
    """
    chapters = lookup("sections", "chapter")
    table = claims().rename(
        columns={
            "finding": "reason",
            "holding": "readings_that_hold",
            "decided": "readings_decided",
        }
    )
    table["address"] = [address_of(claim, site) for claim in table["claim"]]
    table["chapter"] = [
        f"{_pages(site)}{chapters[section]}.html" for section in table["section"]
    ]
    text: str = table[COLUMNS].to_csv(index=False, lineterminator="\n")
    return BOM_UTF8 + text.encode()


def address_of(claim: str, site: str) -> str:
    """The address of a claim's row in the ledger. site: as in `written_ledger`."""
    return f"{_pages(site)}does-it-hold.html#ledger-{claim}"


def _pages(site: str) -> str:
    """What stands before the name of a page in its address."""
    return f"{site.rstrip('/')}/" if site else UP


def linked_ledger(site: str) -> dict[str, Any]:
    """Make the ledger as JSON-LD.

    Parameters
    ----------
    site : str
        As in `written_ledger`.

    Returns
    -------
    dict
        A ClaimReview for each claim: what the report says and where, the data it rests
        on, the outcome as a rating and its reason.
    """
    report = {
        "@type": "Report",
        "@id": "#report",
        "name": REPORT["title"],
        "description": " ".join(REPORT["notes"].split()),
    }
    reviews = [_review(row, site) for _, row in claims().iterrows()]
    return {
        "@context": {
            "@vocab": "https://schema.org/",
            "forrt": TERMS,
            "forrt:hasValidationStatus": {"@type": "@id"},
            "url": {"@type": "@id"},
            "contentUrl": {"@type": "@id"},
        },
        "@graph": [report, *reviews],
    }


def _review(row: Cells, site: str) -> dict[str, Any]:
    """The review of a claim. row: of `claims`."""
    address = address_of(row["claim"], site)
    status = _status(row)
    return {
        "@type": "ClaimReview",
        "@id": f"#{row['claim']}",
        "url": address,
        "author": authors(),
        "claimReviewed": row["statement"],
        "itemReviewed": {
            "@type": "Claim",
            "text": row["statement"],
            "appearance": {
                "@type": "CreativeWork",
                "name": f"Section {row['section']}",
                "isPartOf": {"@id": "#report"},
            },
        },
        "isBasedOn": list(_rests_on(row)),
        "reviewRating": {
            "@type": "Rating",
            "alternateName": row["outcome"],
            "ratingExplanation": row["finding"],
        },
        "reviewBody": " ".join(filter(None, [row["caveat"], row["note"]])),
        **({"forrt:hasValidationStatus": f"forrt:{status}"} if status else {}),
    }


def _status(row: Cells) -> str:
    """The outcome in FORRT's terms; "" where none of them says it.

    A claim is supported in part if one of its readings holds. One that only sits badly
    with another passage is neither that nor contradicted.
    """
    if row["outcome"] == "in tension" and row["holding"]:
        return "PartiallySupported"
    return STATUS.get(row["outcome"], "")


def _rests_on(row: Cells) -> Iterator[dict[str, str]]:
    """The data that a claim rests on, each file once."""
    readings = readings_of(row["check"], row["rests_on"])
    parts = [part for reading in readings for part in reading.parts]
    found: dict[str, str] = {}
    for part in parts:
        if isinstance(part, Value) and "code" not in row["check"]:
            path = f"indicators/{part.indicator}.json"
            found[path] = about(part.indicator)["label"]
        elif isinstance(part, (Value, Row, Count)):
            table = "codings" if isinstance(part, Value) else part.table
            found[f"{table}.csv"] = f"{table}.csv"
    for path, name in found.items():
        yield {"@type": "DataDownload", "name": name, "contentUrl": path}
