"""The data at fixed addresses: they work by address, and each form agrees with the
package.
"""

import csv
import hashlib
import io
import json
import re
import zipfile
from urllib.parse import urljoin
from urllib.request import urlopen

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from frictionless import Package

import fourcities as fc
from fourcities.facts import DATA, descriptor

TABLES = {table["path"]: table for table in descriptor()["resources"]}


@pytest.fixture(scope="module")
def folder(site):
    return site / "data"


def test_the_package_is_read_by_address(address):
    package = Package(f"{address}/data/datapackage.json")
    report = package.validate()
    assert report.valid, report.flatten(["title", "fieldName", "note"])
    assert {resource.path for resource in package.resources} == set(TABLES)


def test_pandas_reads_a_table_by_address(address):
    found = pd.read_csv(f"{address}/data/observations.csv")
    assert len(found) == len(fc.read("observations")) and found.columns[0] == (
        "indicator"
    )


def test_each_indicator_has_its_values(address):
    names = list(fc.read("places")["place"])
    for key in fc.read("indicators")["indicator"]:
        with urlopen(f"{address}/data/indicators/{key}.json") as file:
            found = json.load(file)
        rows = fc.observations(key, places=names)
        seen = [(one["place"], one["value"]) for one in found["observations"]]
        assert seen == list(zip(rows["place"], rows["value"])), key
        assert found["label"] and found["unit"]["label"]


def test_the_sums_hold_and_the_zip_has_all(folder):
    lines = (folder / "sha256sums.txt").read_text().splitlines()
    sums = dict(reversed(line.split("  ")) for line in lines)
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in ("index.html", "sha256sums.txt")
    }
    assert sums == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items()
    }
    with zipfile.ZipFile(folder / "four-cities-data.zip") as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    del files["four-cities-data.zip"]
    assert inside == files


def test_the_ledger_as_computed(folder, site):
    text = (folder / "ledger.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    ledger = fc.claims()
    assert [(row["claim"], row["outcome"], row["reason"]) for row in rows] == list(
        zip(ledger["claim"], ledger["outcome"], ledger["finding"])
    )
    page = BeautifulSoup((site / "does-it-hold.html").read_text("utf-8"), "html.parser")
    ids = {tag["id"] for tag in page.select("[id]")}
    for row in rows:
        assert row["address"].removeprefix("../does-it-hold.html#") in ids
        assert (folder / row["chapter"]).resolve().is_file()


def test_reviews_in_the_terms_of_the_field(folder):
    """Each claim is a review; what it rests on is there; a term of FORRT stands only
    where it says what was found.
    """
    found = json.loads((folder / "ledger.jsonld").read_text("utf-8"))
    report, *reviews = found["@graph"]
    assert report["@type"] == "Report"
    ledger = fc.claims().set_index("claim")
    assert [review["@id"] for review in reviews] == [f"#{key}" for key in ledger.index]
    for review in reviews:
        row = ledger.loc[review["@id"][1:]]
        assert review["reviewRating"]["alternateName"] == row["outcome"]
        assert review["claimReviewed"] == row["statement"]
        for file in review["isBasedOn"]:
            assert (folder / file["contentUrl"]).is_file()
        status = review.get("forrt:hasValidationStatus", "").removeprefix("forrt:")
        some = 0 < row["holding"] < row["decided"]
        assert (status == "PartiallySupported") == some
        assert (status == "Validated") == (row["outcome"] == "reproduced")
        assert (status == "Contradicted") == (row["outcome"] == "differs")


def test_other_descriptions_name_every_column(folder):
    """CSVW and Croissant, whose own libraries look at them before a release."""
    columns = {
        path: [field["name"] for field in table["schema"]["fields"]]
        for path, table in TABLES.items()
    }
    web = json.loads((folder / "csv-metadata.json").read_text("utf-8"))
    assert columns == {
        table["url"]: [column["name"] for column in table["tableSchema"]["columns"]]
        for table in web["tables"]
    }
    croissant = json.loads((folder / "croissant.json").read_text("utf-8"))
    assert columns == {
        f"{records['name']}.csv": [field["name"] for field in records["field"]]
        for records in croissant["recordSet"]
    }
    for file in croissant["distribution"]:
        content = (folder / file["contentUrl"]).read_bytes()
        assert file["sha256"] == hashlib.sha256(content).hexdigest()


def test_pages_lead_to_the_files(site, folder):
    """Every link of the folder's page resolves, also from a memory stick; chapters lead
    to the folder, never to a copy of a table.
    """
    page = BeautifulSoup((folder / "index.html").read_text("utf-8"), "html.parser")
    linked = {a["href"] for a in page.select("article a[href]")}
    names = {path.name for path in DATA.glob("*.csv")}
    assert names <= linked and "four-cities-data.zip" in linked
    for link in linked:
        target = link.partition("#")[0]
        assert not target or (folder / target).resolve().is_file(), link
    for path in site.glob("*.html"):
        html = path.read_text("utf-8")
        assert not re.search(r'href="_downloads/[^"]*\.(csv|json)"', html), path.name
        soup = BeautifulSoup(html, "html.parser")
        for figure in soup.select("figure.drawing"):
            links = [a["href"] for a in figure.select('a[href^="data/"]')]
            assert links, (path.name, figure["id"])
            for link in links:
                assert (site / urljoin("", link)).is_file(), link
