"""A large explorer from a seed: 400 cities and 100 indicators, made by the package
itself in a copy of the project.

Everything of the real data package stays; synthetic cities, indicators and values are
added and named as such. The values are noise: they
say nothing about any city. They only make the explorer as large as a large book would.
"""

import csv
import hashlib
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SEED, CITIES, INDICATORS = 2026, 400, 100
NOTE = "Synthetic value for the benchmark."
CODE = (
    "import fourcities as fc; print(fc.Explorer(label='explore-scale')._repr_html_())"
)


def large_explorer(root, cache):
    """HTML of the large explorer, its number of values, and the seconds that the
    package needed to make it.

    root: the project. cache: folder where the result is kept as long as package, data
    and this file are the same.
    """
    kept = cache / f"scale-{_fingerprint(root)}.json"
    if not kept.exists():
        cache.mkdir(exist_ok=True)
        for old in cache.glob("scale-*.json"):
            old.unlink()
        with tempfile.TemporaryDirectory() as folder:
            kept.write_text(json.dumps(_made(root, Path(folder))), "utf-8")
    return json.loads(kept.read_text("utf-8"))


def _fingerprint(root):
    files = [
        Path(__file__),
        *sorted((root / "book/fourcities").rglob("*.py")),
        *sorted((root / "data").glob("*.csv")),
    ]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[
        :16
    ]


def copy_of(root, folder, cities=CITIES, indicators=INDICATORS):
    """Copy the project `root` into a new folder and enlarge its data to so many cities
    and indicators.
    """
    shutil.copytree(
        root,
        folder,
        ignore=shutil.ignore_patterns(".*", "_build", "new", "__pycache__"),
    )
    enlarge(folder / "data", cities, indicators)
    (folder / "_build").mkdir()


def _made(root, folder):
    project = folder / "project"
    copy_of(root, project)
    start = time.perf_counter()
    html = subprocess.run(
        [sys.executable, "-c", CODE],
        cwd=project / "book",
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    seconds = time.perf_counter() - start
    data = json.loads(
        html.partition('<script type="application/json">')[2].partition("</script>")[0]
    )
    return {
        "html": html,
        "seconds": round(seconds),
        "values": sum(len(i["rows"]) for i in data["indicators"]),
        "cities": len(data["choices"]["cities"]),
        "indicators": len(data["choices"]["indicator"]),
    }


def enlarge(data, count=CITIES, kinds=INDICATORS):
    """Add synthetic rows to the data package in the folder `data`, up to `count` cities
    and `kinds` indicators.
    """
    chance = random.Random(SEED)
    places, indicators, observations = (
        _rows(data / f"{name}.csv") for name in ("places", "indicators", "observations")
    )
    cities = _new_cities(count - sum(row["kind"] == "city" for row in places), chance)
    new = _new_indicators(kinds - len(indicators), chance)
    values = _values(indicators, cities, chance) + _values(
        new, [row for row in places if row["kind"] == "city"] + cities, chance
    )
    _write(data / "places.csv", places + cities)
    _write(
        data / "sources.csv",
        _rows(data / "sources.csv")
        + [
            {
                "source": "synthetic",
                "kind": "added",
                "label": "Synthetic",
                "status": "stated",
            }
        ],
    )
    _write(
        data / "citations.csv",
        _rows(data / "citations.csv")
        + [{"citation": "synthetic", "source": "synthetic", "section": "2"}],
    )
    _write(data / "indicators.csv", indicators + new)
    _write(data / "observations.csv", observations + values)


def _rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), restval="")
        writer.writeheader()
        writer.writerows(rows)


def _new_cities(count, chance):
    return [
        {
            "place": f"synthetic-city-{n:03}",
            "kind": "city",
            "parent": chance.choice(["germany", "china"]),
            "status": "added",
            "name": f"Synthetic City {n:03}",
        }
        for n in range(1, count + 1)
    ]


def _new_indicators(count, chance):
    return [
        {
            "indicator": f"synthetic_{n:02}",
            "label": f"Synthetic indicator {n:02}",
            "unit": "persons",
            "decimals": "0",
            "phrase": "{} persons",
            "definition": f"Noise number {n:02} from a seed.",
            "theme": "population",
            "section": chance.choice(["2.1", "2.2", "2.3", "3.1"]),
            "minimum": "0",
            "relate": chance.choice(["", "per_1000", "per_1000 per_sq_km"]),
            "comparability": "Synthetic: made for the benchmark.",
        }
        for n in range(1, count + 1)
    ]


def _values(indicators, cities, chance):
    """A value for each observed indicator and city: one in twenty is missing, one in
    ten has a note, one in twenty a flag.
    """
    return [
        _value(row, city, chance)
        for row in indicators
        if not row.get("numerator")
        for city in cities
        if chance.random() > 0.05
    ]


def _value(indicator, city, chance):
    low, high = (
        float(indicator["minimum"] or 0),
        float(indicator.get("maximum") or chance.choice([1e3, 1e5, 1e7])),
    )
    number = f"{max(low, chance.uniform(low, high)):.{indicator['decimals']}f}"
    year = chance.randint(2008, 2016)
    sector = indicator["indicator"].startswith(
        "share_"
    )  # shares that do not sum to 100 need a flag
    return {
        "indicator": indicator["indicator"],
        "place": city["place"],
        "period_start": f"{year}-01-01",
        "period_end": f"{year}-12-31",
        "value": number,
        "unit": indicator["unit"],
        "printed": f"{float(number):,.{indicator['decimals']}f}",
        "section": indicator["section"],
        "source": "synthetic" if city.get("status") == "added" else "",
        "flag": "e" if sector or chance.random() < 0.05 else "",
        "note": NOTE if chance.random() < 0.1 else "",
    }
