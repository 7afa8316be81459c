"""What makes the book citable and findable: descriptions and metadata of its pages, citations to copy, a page for addresses that lead nowhere.

Nothing is typed here that stands elsewhere: authors, version, licences and what is known of the report come from CITATION.cff, the project from
data/sources.csv, questions from data/sections.csv, the tables from data/datapackage.json. What these don't state is left out of the metadata.

No address is invented either: canonical links, a picture for previews, sitemap.xml and robots.txt are made only if `html: baseurl:` in _config.yml
holds the site's public address.
"""

import csv
import json
import re
import shutil
from html import escape
from pathlib import Path
from posixpath import join
from urllib.parse import urlsplit

import yaml
from docutils import nodes
from sphinx.errors import ConfigError

ROOT = Path(__file__).parents[2]
DATA_PAGE = "data-and-sources"
BOOK = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
REPORT = BOOK["references"][0]
PACKAGE = json.loads((ROOT / "data" / "datapackage.json").read_text("utf-8"))
DATE = str(BOOK.get("date-released", ""))
LICENCES = [BOOK["license"]] if isinstance(BOOK["license"], str) else BOOK["license"]


def rows(name):
    with open(ROOT / "data" / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


QUESTIONS = {row["chapter"]: row["question"] for row in rows("sections.csv")}
PROJECT = next(row for row in rows("sources.csv") if row["kind"] == "project")


def author_name(author):
    """An author of CITATION.cff as one string: a group's name, or “Family, Given”."""
    return author.get("name") or ", ".join(
        filter(None, (author.get("family-names"), author.get("given-names")))
    )


AUTHORS = [author_name(author) for author in BOOK["authors"]]


def describe(page, doctree):
    """The page's question; without one, the first sentence of its text."""
    if page in QUESTIONS:
        return QUESTIONS[page]
    text = " ".join(next(doctree.findall(nodes.paragraph)).astext().split())
    return re.match(r".+?(?:[.?!](?=\s)|$)", text)[0]


# Citations


def work(app, page):
    """What is cited on a page: what it is called, its forms in BibTeX and RIS, its title, the book around it."""
    if page == app.config.root_doc:
        return "book", "book", "BOOK", BOOK["title"], ""
    if page == DATA_PAGE:
        return "data", "misc", "DATA", PACKAGE["title"], ""
    return (
        "chapter",
        "incollection",
        "CHAP",
        app.env.titles[page].astext(),
        BOOK["title"],
    )


def plain(title, book, url):
    titles = f"“{title}”. In: {book}" if book else title
    return f"{'; '.join(AUTHORS)} ({DATE[:4] or 'year not stated'}). {titles}. Version {BOOK['version']}.{url and ' ' + url}"


def bibtex(kind, key, title, book, url):
    """Double braces keep capitals, and names of groups in one piece. A year that is not known is no field; the note says so."""
    authors = " and ".join(
        f"{{{name}}}" if "name" in author else name
        for author, name in zip(BOOK["authors"], AUTHORS)
    )
    note = f"Version {BOOK['version']}" + ("" if DATE else ", year not stated")
    fields = {
        "author": authors,
        "title": f"{{{title}}}",
        "booktitle": book and f"{{{book}}}",
        "year": DATE[:4],
        "note": note,
    }
    fields = {
        name: re.sub(r"([&%#_$])", r"\\\1", value) for name, value in fields.items()
    } | {"url": url}
    return (
        f"@{kind}{{{key},\n"
        + ",\n".join(
            f"  {name} = {{{value}}}" for name, value in fields.items() if value
        )
        + "\n}\n"
    )


def ris(kind, language, title, book, url):
    note = "" if DATE else "Year not stated"
    lines = [
        ("TY", kind),
        *(("AU", name) for name in AUTHORS),
        ("TI", title),
        ("T2", book),
        ("PY", DATE[:4]),
        ("ET", f"Version {BOOK['version']}"),
        ("LA", language),
        ("UR", url),
        ("N1", note),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in lines if value) + "ER  - \n"


def citation(app, page, pathto, url):
    """All that the block “Cite this …” shows. Its two files are written beside the page's style sheets."""
    what, entry, kind, title, book = work(app, page)
    texts = {
        "bib": bibtex(entry, f"{PACKAGE['name']}-{page}", title, book, url),
        "ris": ris(kind, app.config.language, title, book, url),
    }
    files = []
    for (ending, text), name in zip(texts.items(), ("BibTeX", "RIS")):
        address = f"_static/cite/{page}.{ending}"
        path = Path(app.outdir) / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
        files.append(
            {
                "name": name,
                "text": text,
                "address": pathto(address, True),
                "file": path.name,
            }
        )
    return {
        "what": {"data": "these data"}.get(what, f"this {what}"),
        "plain": plain(title, book, url),
        "files": files,
        "report": REPORT,
    }


# Metadata


def head(app, page, description, title, url):
    """The tags of a page's head: description, Dublin Core, those that Zotero reads, those of previews."""
    language, book = (
        app.config.language,
        "" if page == app.config.root_doc else BOOK["title"],
    )
    image = (
        join(app.config.html_baseurl, "_static", "README.png")
        if url and (ROOT / "README.png").exists()
        else ""
    )
    named = [
        ("description", description),
        ("DC.title", title),
        *(("DC.creator", name) for name in AUTHORS),
        ("DC.language", language),
        ("DC.rights", ", ".join(LICENCES)),
        ("DC.type", "Dataset" if page == DATA_PAGE else "Text"),
        ("DC.isPartOf", book),
        ("DC.date", DATE),
        ("citation_title", title),
        *(("citation_author", name) for name in AUTHORS),
        ("citation_publication_date", DATE.replace("-", "/")),
        ("citation_language", language),
        ("citation_inbook_title", book),
        ("citation_public_url", url),
        ("twitter:card", "summary_large_image" if image else "summary"),
    ]
    properties = [
        ("og:title", title),
        ("og:description", description),
        ("og:type", "article" if book else "website"),
        ("og:site_name", app.config.html_title),
        ("og:url", url),
        ("og:image", image),
    ]
    return "\n".join(
        f'<meta {kind}="{name}" content="{escape(value)}">'
        for kind, tags in (("name", named), ("property", properties))
        for name, value in tags
        if value
    )


def linked_data(app, page, description, title, pathto, url):
    """The page as schema.org says it. The report's author, number and year are unknown and no properties; its description says so."""
    report = {
        "@type": "Report",
        "name": REPORT["title"],
        "description": " ".join(REPORT["notes"].split()),
        "sourceOrganization": {
            "@type": "ResearchProject",
            "name": PROJECT["title"],
            "url": PROJECT["address"],
        },
    }
    thing = {
        "name": title,
        "description": description,
        "inLanguage": app.config.language,
        "version": BOOK["version"],
        "author": [
            {"@type": "Organization" if "name" in author else "Person", "name": name}
            for author, name in zip(BOOK["authors"], AUTHORS)
        ],
        "license": [
            f"https://spdx.org/licenses/{licence}.html" for licence in LICENCES
        ],
    }
    thing |= ({"datePublished": DATE} if DATE else {}) | ({"url": url} if url else {})
    book = {"@type": "Book", "name": BOOK["title"], "url": pathto(app.config.root_doc)}
    if page == app.config.root_doc:
        thing |= {
            "@type": "Book",
            "description": " ".join(BOOK["abstract"].split()),
            "keywords": BOOK["keywords"],
            "isBasedOn": report,
        }
    elif page == DATA_PAGE:
        files = app.env.dlfiles
        thing |= {
            "@type": "Dataset",
            "name": PACKAGE["title"],
            "description": PACKAGE["description"],
            "version": PACKAGE["version"],
            "license": [licence["path"] for licence in PACKAGE["licenses"]],
            "isBasedOn": report,
            "isPartOf": book,
            "distribution": [
                {
                    "@type": "DataDownload",
                    "name": table["title"],
                    "description": table["description"],
                    "encodingFormat": table["mediatype"],
                    "contentUrl": pathto(
                        f"_downloads/{files['../data/' + table['path']][1]}", True
                    ),
                }
                for table in PACKAGE["resources"]
            ],
        }
    else:
        thing |= {"@type": "Chapter", "isPartOf": book}
    text = json.dumps(
        {"@context": "https://schema.org"} | thing, ensure_ascii=False
    ).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'


def make_citable(app, page, template, context, doctree):
    """Head and citation of a page of the book. The search and the page for lost readers get a description and are not cited."""
    if doctree is None:
        context["pageurl"] = None
        title = context.get(
            "title", page.capitalize()
        )  # the search sets its title in its template
        tags = f'<meta name="description" content="{escape(title)}: {escape(BOOK["title"])}">'
    else:
        url, pathto = context["pageurl"] or "", context["pathto"]
        title, description = work(app, page)[3], describe(page, doctree)
        context["citation"] = citation(app, page, pathto, url)
        tags = (
            head(app, page, description, title, url)
            + "\n"
            + linked_data(app, page, description, title, pathto, url)
        )
    context["metatags"] = context.get("metatags", "") + tags + "\n"


# The site as a whole


def check_address(app, config):
    if config.html_baseurl and not re.match(r"https?://[^/]", config.html_baseurl):
        raise ConfigError(
            f"_config.yml, html, baseurl: expected an address that begins with https://, or nothing, found {config.html_baseurl!r}"
        )


def add_lost_page(app):
    yield "404", {"title": "Page not found"}, "404.html"


def publish(app, exception):
    """With a public address: sitemap, robots.txt, the picture for previews, and a 404 page that works from any depth."""
    address, out = app.config.html_baseurl, Path(app.outdir)
    if exception or not address or app.builder.format != "html":
        return
    pages = "".join(
        f"<url><loc>{escape(join(address, page + '.html'))}</loc></url>\n"
        for page in sorted(app.env.found_docs)
    )
    (out / "sitemap.xml").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{pages}</urlset>\n",
        "utf-8",
    )
    (out / "robots.txt").write_text(
        f"User-agent: *\nAllow: /\nSitemap: {join(address, 'sitemap.xml')}\n", "utf-8"
    )
    if (ROOT / "README.png").exists():
        shutil.copy(ROOT / "README.png", out / "_static")
    lost, folder = out / "404.html", urlsplit(address).path.rstrip("/") + "/"
    relative = re.compile(
        r'((?:href|src|action|data-content_root)=")(?!#|/|[a-z]+:)(?:\./)?'
    )
    lost.write_text(
        relative.sub(lambda start: start[1] + folder, lost.read_text("utf-8")), "utf-8"
    )


def setup(app):
    app.connect("config-inited", check_address)
    app.connect("html-page-context", make_citable)
    app.connect("html-collect-pages", add_lost_page)
    app.connect("build-finished", publish)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
