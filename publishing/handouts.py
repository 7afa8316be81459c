"""Handouts of the site: a profile of each city on one page, and a sheet of figures, as HTML and as PDF printed by Chromium.

All that stands in them comes from the data and from the outputs of the chapters, so that a city or a figure more is one here too.
"""

import re
import shutil
from bisect import bisect_right
from functools import lru_cache
from pathlib import Path

import nbformat
import pandas as pd
from markupsafe import Markup

from fourcities.facts import (
    BOOK,
    by_place,
    cities,
    country_of,
    lookup,
    observations,
    read,
    state_of,
    written,
)
from fourcities.presentation import (
    both_names,
    credit,
    list_of,
    name,
    origins,
    table,
    tagged,
    when_of,
)

from .browser import chromium
from .paths import TEMPLATES

FRAME = Markup("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta name="description" content="{description}">
<link rel="icon" href="../_static/favicon.svg">
<link rel="stylesheet" href="../_static/handout.css">
</head>
<body class="{kind}">
<main>
{body}
</main>
<footer><p>{credit}</p><p class="screen"><a href="{name}.pdf">As PDF</a> · <a href="../index.html">The book</a></p></footer>
</body>
</html>
""")


DATES, NODES = (
    re.compile(rb"/(?:Creation|Mod)Date \(D:[^)]*\)"),
    re.compile(rb"(?<=\(node)\d{8}(?=\))"),
)


PAGE = re.compile(rb"/Type /Page\b")


SCALES = (
    1.2,
    1.15,
    1.1,
    1.05,
    1,
)  # of a profile, which is one page, in letters as large as fit


FITTING = """([scales, width, height]) => {
  const root = document.documentElement.style;
  const fits = scales.filter((scale) => { root.inlineSize = `${width / scale}px`; return document.body.getBoundingClientRect().height <= 1.01 * height / scale; });
  root.inlineSize = "";
  return fits;
}"""  # the scales at which a page's text is no higher than the paper, give or take a hundredth: these are tried in print, which is slow


WIDTH, HEIGHT = (
    (210 - 2 * 12) / 25.4 * 96,
    (297 - 2 * 11) / 25.4 * 96,
)  # of the paper within the margins of handout.css, in pixels


KEY_FIGURES = (
    "2.1",
    "2.2",
    "2.3",
    "2.4",
)  # sections with tables of the report, and from 5.1 the counts of organizations


ORGANIZATIONS = ("foundations", "social_organizations_registered")


LEAD = {
    "report": "A profile from the comparative report on migrants and social organizations.",
    "added": "Not in the comparative report on migrants and social organizations: a profile from the sources named, in its form.",
}


SPOKEN = (
    "administrative_status",
    "policy_independence",
    "migrants_meant",
    "integration_concept",
    "integration_timing",
    "so_role",
    "funding_mode",
)


def write(site):
    """Write all handouts into the folder _handouts of a site: for each an HTML page and a PDF. Raises LookupError if there is no Chromium."""
    folder = Path(site) / "_handouts"
    folder.mkdir(exist_ok=True)
    shutil.copy(
        TEMPLATES / "handout.css", Path(site) / "_static"
    )  # not in publishing/static, whose files every page loads
    pages = {city: profile(city) for city in cities()} | {"figures": figure_sheet()}
    for slug, html in pages.items():
        (folder / f"{slug}.html").write_text(html, "utf-8")
    with chromium() as browser:
        page = browser.new_page()
        page.emulate_media(media="print")
        for slug in pages:
            page.goto((folder / f"{slug}.html").resolve().as_uri())
            page.evaluate(
                "() => document.querySelectorAll('a').forEach((link) => link.removeAttribute('href'))"
            )  # on paper, and in a file that travels alone, they lead nowhere
            for scale in (
                (1,)
                if slug == "figures"
                else page.evaluate(FITTING, [SCALES, WIDTH, HEIGHT]) or SCALES[-1:]
            ):
                made = page.pdf(
                    prefer_css_page_size=True,
                    tagged=True,
                    print_background=True,
                    scale=scale,
                )
                if len(PAGE.findall(made)) == 1:
                    break
            (folder / f"{slug}.pdf").write_bytes(_settled(made))


def _settled(pdf):
    """A PDF without what differs from run to run, so that the same data give the same bytes: no dates, elements numbered from one. Its length stays."""
    numbers = {
        number: b"%08d" % n
        for n, number in enumerate(sorted(set(NODES.findall(pdf))), 1)
    }
    return NODES.sub(
        lambda node: numbers[node[0]], DATES.sub(lambda date: b" " * len(date[0]), pdf)
    )


def profile(city):
    """The page of a city as HTML. Raises KeyError for an unknown city."""
    row = read("places").set_index("place").loc[city]
    local = (
        Markup(" <small>{}</small>").format(
            Markup(tagged(row["local_name"], row["language"]))
        )
        if row["local_name"] and row["local_name"] != row["name"]
        else ""
    )
    body = Markup('<h1>{}{}</h1>\n<p class="lead">City in {}. {}</p>').format(
        row["name"], local, name(country_of(city)), LEAD[row["status"]]
    )
    body += (
        _numbers(city)
        + Markup('<div class="words">')
        + _words(city)
        + _policies(city)
        + _measures(city)
        + Markup("</div>")
        + _reading()
    )
    return FRAME.format(
        title=f"{row['name']}: profile",
        description=f"{row['name']} on one page: key figures, policies, measures and social organizations, with sources.",
        kind="profile",
        body=body,
        credit=" ".join(
            [
                *(credit() if row["status"] == "report" else credit()[:1]),
                "Text and tables: CC BY 4.0.",
            ]
        ),
        name=city,
    )


def figure_sheet():
    """The figures that the slides show, as one sheet: each with caption and sources. Returns HTML."""
    figures = [
        Markup(
            re.sub(r"<details class=\"data\">.*?</details>", "", html, flags=re.S)
            .replace('href="', 'href="../')
            .replace('href="../#', 'href="#')
        )
        for _, html in tagged_figures()
    ]
    body = Markup('<h1>Figure sheet</h1>\n<div class="figures">{}</div>').format(
        Markup("").join(figures)
    )
    return FRAME.format(
        title="Figure sheet",
        description="The main figures of the book, each with its finding, period and source.",
        kind="sheet",
        body=body,
        credit=" ".join([*credit(), "Text and tables: CC BY 4.0."]),
        name="figures",
    )


def tagged_figures(chapters=None):
    """The figures of cells tagged `slide`: pairs of chapter and HTML. chapters: names of notebooks, all in the order of the sessions unless given."""
    if chapters is None:
        chapters = list(dict.fromkeys(" ".join(read("sessions")["chapters"]).split()))
    found = []
    for chapter in chapters:
        for cell in nbformat.read(BOOK / f"{chapter}.ipynb", as_version=4).cells:
            if cell.cell_type == "code" and "slide" in cell.metadata.get("tags", []):
                found += [
                    (chapter, output.data["text/html"])
                    for output in cell.outputs
                    if "text/html" in output.get("data", {})
                ]
    return found


def _numbers(city):
    """The key figures of a city and its rank among the cities, the flags below."""
    indicators = read("indicators")
    wanted = [
        *indicators.loc[
            indicators["section"].isin(KEY_FIGURES) & (indicators["recomputes"] == ""),
            "indicator",
        ],
        *ORGANIZATIONS,
    ]
    labels, records, absent, letters = lookup("indicators", "label"), [], [], {}
    for indicator in wanted:
        latest, values = _ranking(indicator, state_of())
        label = labels[indicator]
        if city not in latest:
            absent.append(label)
            continue
        row = latest[city]
        flag = Markup("<sup>{}</sup>").format(row["flag"]) if row["flag"] else ""
        letters.setdefault(row["flag"], []).append(label)
        records.append(
            {
                "Indicator": label,
                "Value": Markup("{}{}").format(written(row), flag),
                "Period": row["period"],
                "From": "computed" if row["formula"] else _stands(row),
                "Rank": f"{len(values) - bisect_right(values, row['value']) + 1}\u00a0of\u00a0{len(values)}",
            }
        )
    flags = read("flags").set_index("flag")["label"]
    notes = [
        f"{letter} = {flags[letter]}: see the chapters for what differs."
        for letter in letters
        if letter
    ]
    notes += [f"Not reported: {list_of(absent)}."] if absent else []
    halves = [records[: (len(records) + 1) // 2], records[(len(records) + 1) // 2 :]]
    made = [
        table(
            pd.DataFrame(half),
            f"Key figures ({n} of 2); rank among the cities that report it, from the largest",
            f"key-figures-{n}",
        ).html
        for n, half in enumerate(halves, 1)
        if half
    ]
    return Markup('<div class="columns">{}</div><ul class="notes">{}</ul>').format(
        Markup(Markup("").join(map(Markup, made))),
        Markup("").join(Markup("<li>{}</li>").format(note) for note in notes),
    )


@lru_cache(maxsize=100)
def _ranking(indicator, state):
    """The latest row of each city, and their values from the smallest; worked out once for all profiles."""
    latest = {
        place: rows[-1] for place, rows in by_place(observations(indicator)).items()
    }
    return latest, sorted(row["value"] for row in latest.values())


def _words(city):
    labels, codes = (
        read("dimensions").set_index("dimension")["label"],
        read("codings").query("place == @city").groupby("dimension"),
    )
    lines = []
    for dimension in SPOKEN:
        if dimension in codes.groups:
            rows = codes.get_group(dimension)
            lines.append(
                Markup("<b>{}:</b> {} <small>{}</small>").format(
                    labels[dimension],
                    " ".join(rows["statement"]),
                    list_of(dict.fromkeys(_stands(row) for _, row in rows.iterrows())),
                )
            )
        else:
            lines.append(Markup("<b>{}:</b> not stated").format(labels[dimension]))
    return _list("In words", lines)


def _policies(city):
    lines = [
        Markup("{}, {} <small>{}</small>").format(
            both_names(row), when_of(row), _stands(row)
        )
        for _, row in read("policies").query("place == @city").iterrows()
    ]
    return _list(
        "Policies that the report names" if city in cities("report") else "Policies",
        lines or ["None is named."],
    )


def _measures(city):
    measures, lines = read("measures").query("place == @city"), []
    for _, field in read("policy_fields").iterrows():
        mine = measures[measures["policy_field"] == field["policy_field"]]
        with_so = mine["provider"].isin(["SO", "both"]).sum()
        named = list_of(both_names(row) for _, row in mine.iterrows())
        lines.append(
            Markup("<b>{}:</b> {} <small>{}</small>").format(
                field["name"],
                Markup(named) if len(mine) else "none named",
                f"{list_of(dict.fromkeys(_stands(row) for _, row in mine.iterrows()))}; with an SO: {with_so} of {len(mine)}"
                if len(mine)
                else "",
            )
        )
    return _list("Measures, and where social organizations (SOs) take part", lines)


def _stands(row):
    return list_of(origins(row)).replace(" ", "\u00a0")


def _list(heading, lines):
    return Markup("<section><h2>{}</h2><ul>{}</ul></section>").format(
        heading, Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
    )


def _reading():
    chapters = read("sections").query(
        "chapter in ['basic-data', 'integration-policies', 'comparison']"
    )
    links = [
        Markup('<a href="../{}.html">{}</a>').format(row["chapter"], row["title"])
        for _, row in chapters.iterrows()
    ]
    return Markup(
        '<p class="more">Where to read on: {} and, for what may be cited, <a href="../does-it-hold.html">Does it hold?</a></p>'
    ).format(Markup(", ").join(links))
