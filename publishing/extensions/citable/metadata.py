"""Metadata of a page: the tags of its head, and the page as schema.org says it."""

import json
from html import escape
from posixpath import join
from typing import Any, TypeAlias

from sphinx.application import Sphinx

from fourcities.facts import Resource

from ...contents import LANGUAGES
from .learning import for_portals, for_search_engines
from .pages import Page
from .stated import AUTHORS, BOOK, DATE, LICENCES, PACKAGE, PICTURE, PROJECT, REPORT

# Names and contents of the tags of a head; one without content is left out.
Tags: TypeAlias = list[tuple[str, str]]
# A thing of schema.org, or some of its properties.
Thing: TypeAlias = dict[str, Any]


def head(app: Sphinx, page: Page) -> str:
    """The tags of a page's head.

    Description, Dublin Core, those that Zotero reads, those of previews.
    """
    picture = ""
    if page.url and PICTURE.exists():
        picture = join(app.config.html_baseurl, "_static", PICTURE.name)
    book = "" if page.name == app.config.root_doc else BOOK["title"]
    language = LANGUAGES.get(page.name, app.config.language)
    named = [
        ("description", page.description),
        *_dublin_core(page, book, language),
        *_zotero(page, book, language),
        ("twitter:card", "summary_large_image" if picture else "summary"),
    ]
    properties = [
        ("og:title", page.work.title),
        ("og:description", page.description),
        ("og:type", "article" if book else "website"),
        ("og:site_name", app.config.html_title),
        ("og:url", page.url),
        ("og:image", picture),
    ]
    return "\n".join([*_tags("name", named), *_tags("property", properties)])


def _dublin_core(page: Page, book: str, language: str) -> Tags:
    return [
        ("DC.title", page.work.title),
        *(("DC.creator", author.name) for author in AUTHORS),
        ("DC.language", language),
        ("DC.rights", ", ".join(LICENCES)),
        ("DC.type", "Dataset" if page.is_of_data else "Text"),
        ("DC.isPartOf", book),
        ("DC.date", DATE),
    ]


def _zotero(page: Page, book: str, language: str) -> Tags:
    return [
        ("citation_title", page.work.title),
        *(("citation_author", author.name) for author in AUTHORS),
        ("citation_publication_date", DATE.replace("-", "/")),
        ("citation_language", language),
        ("citation_inbook_title", book),
        ("citation_public_url", page.url),
    ]


def _tags(kind: str, tags: Tags) -> list[str]:
    return [
        f'<meta {kind}="{name}" content="{escape(content)}">'
        for name, content in tags
        if content
    ]


def linked_data(app: Sphinx, page: Page) -> str:
    """The page as schema.org says it, in a block of JSON-LD.

    On the first page of a site with an address a second block is for portals.
    """
    thing: Thing = {"@context": "https://schema.org"}
    thing |= _common(app, page)
    if page.name == app.config.root_doc:
        thing |= _book()
    elif page.is_of_data:
        thing |= _data(app, page)
    else:
        thing |= {"@type": "Chapter", "isPartOf": _book_around(app, page)}
    things = [thing]
    if page.url and page.name == app.config.root_doc:
        things.append(for_portals(app.config.html_baseurl, app.config.language))
    return "\n".join(map(_block, things))


def _block(thing: Thing) -> str:
    text = json.dumps(thing, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'


def _common(app: Sphinx, page: Page) -> Thing:
    """What every page says of itself."""
    thing: Thing = {
        "name": page.work.title,
        "description": page.description,
        "inLanguage": LANGUAGES.get(page.name, app.config.language),
        "version": BOOK["version"],
        "author": [
            {
                "@type": "Organization" if author.is_group else "Person",
                "name": author.name,
            }
            for author in AUTHORS
        ],
        "license": [
            f"https://spdx.org/licenses/{licence}.html" for licence in LICENCES
        ],
    }
    if DATE:
        thing["datePublished"] = DATE
    if page.url:
        thing["url"] = page.url
    return thing


def _book() -> Thing:
    return {
        "@type": ["Book", "LearningResource"],
        "description": " ".join(BOOK["abstract"].split()),
        "keywords": BOOK["keywords"],
        "isBasedOn": _report(),
        **for_search_engines(),
    }


def _data(app: Sphinx, page: Page) -> Thing:
    return {
        "@type": "Dataset",
        "name": PACKAGE["title"],
        "description": PACKAGE["description"],
        "version": PACKAGE["version"],
        "license": [licence["path"] for licence in PACKAGE["licenses"]],
        "isBasedOn": _report(),
        "isPartOf": _book_around(app, page),
        "distribution": [
            _download(page, resource) for resource in PACKAGE["resources"]
        ],
    }


def _download(page: Page, resource: Resource) -> Thing:
    """A table of the data package, where the site has it for download."""
    return {
        "@type": "DataDownload",
        "name": resource["title"],
        "description": resource["description"],
        "encodingFormat": resource["mediatype"],
        "contentUrl": page.pathto(f"data/{resource['path']}", True),
    }


def _book_around(app: Sphinx, page: Page) -> Thing:
    url = page.pathto(app.config.root_doc)
    return {"@type": "Book", "name": BOOK["title"], "url": url}


def _report() -> Thing:
    """The report. Its author, number and year are unknown and no properties.

    Its description says so.
    """
    return {
        "@type": "Report",
        "name": REPORT["title"],
        "description": " ".join(REPORT["notes"].split()),
        "sourceOrganization": {
            "@type": "ResearchProject",
            "name": PROJECT["title"],
            "url": PROJECT["address"],
        },
    }
