"""What has to be read and written again when pages of an earlier build are there.

Sphinx keeps what it has read and writes the pages that changed. It goes by the times of
files, and it takes a page for unchanged though another, which it names or leads to, has
another title or label now. Here contents count, and whatever pages know of each other.

Which tables of the data are read meanwhile is recorded: pages that were made from
others are not built upon (`pages`).
"""

import copy
import hashlib
import os
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.search import js_index
from sphinx.util.typing import ExtensionMetadata

from fourcities.facts import DATA

# Tables that code of the book has read since this module was imported; those that are
# copied for readers to download are not.
tables_read: set[str] = set()
_copying = False

# Folders of the site that each build fills.
MADE_ANEW = ("_downloads", "_zips", "data")
# Domains of Sphinx whose names a page may lead to.
NAMED = ("std", "citation", "math")


def setup(app: Sphinx) -> ExtensionMetadata:
    app.connect("builder-inited", remove_copies)
    app.connect("env-get-outdated", changed_sources)
    app.connect("env-before-read-docs", forget_old)
    app.connect("env-get-updated", told_elsewhere)
    app.connect("write-started", lambda app, builder: _copies(True))
    app.connect("doctree-resolved", lambda app, doctree, page: _copies(False))
    app.connect("html-collect-pages", complete_search)
    app.connect("build-finished", remove_old_pictures)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def remove_copies(app: Sphinx) -> None:
    """Take away what is made anew with each build, and would not be removed."""
    _copies(False)
    for folder in MADE_ANEW:
        shutil.rmtree(Path(app.outdir) / folder, ignore_errors=True)


def changed_sources(
    app: Sphinx,
    env: BuildEnvironment,
    added: set[str],
    changed: set[str],
    removed: set[str],
) -> list[str]:
    """Name the documents whose files hold something else than when they were read.

    The first page is always one: a build that finds nothing to do would not finish.
    """
    before = getattr(env, "fourcities_sources", {})
    now = {page: _hash(env.doc2path(page)) for page in env.found_docs}
    env.fourcities_sources = now  # type: ignore[attr-defined]
    differ = [page for page, found in now.items() if before.get(page) != found]
    return [*differ, app.config.root_doc]


def forget_old(app: Sphinx, env: BuildEnvironment, pages: list[str]) -> None:
    """Forget all that is read again before the first of it is read.

    A label that moves from one page to another stands in both otherwise.
    """
    for page in pages:
        app.emit("env-purge-doc", env, page)
        env.clear_doc(page)
        getattr(env, "sphinx_exercise_gated_registry", {}).pop(page, None)


def told_elsewhere(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Name all pages if what they know of each other changed; else none."""
    before = getattr(env, "fourcities_shared", None)
    now = _shared(env)
    env.fourcities_shared = now  # type: ignore[attr-defined]
    return [] if before == now else env.found_docs


def complete_search(app: Sphinx) -> list[tuple[str, dict[str, Any], str]]:
    """Give the search what Sphinx loses of pages that were not written again: names.

    Of those that were it keeps words that no page has any more. No page is added here,
    but all have been written.
    """
    _copies(True)
    builder = cast(StandaloneHTMLBuilder, app.builder)
    index, last = builder.indexer, Path(app.outdir) / builder.searchindex_filename
    assert index, "Sphinx makes one for each build"
    names = _names_in(last) if last.exists() else {}
    names = {page: names.get(page, []) for page in app.env.all_docs}
    names |= index._index_entries  # of the pages that were written
    index._index_entries = dict(sorted(names.items()))
    for words in (index._mapping, index._title_mapping):
        for word in [word for word, pages in words.items() if not pages]:
            del words[word]
    return []


def _names_in(path: Path) -> dict[str, list[tuple[str, str, str]]]:
    """The names that an index leads to: by page, each with its place."""
    frozen = js_index.loads(path.read_text("utf-8"))
    names = defaultdict(list)
    for name, places in frozen["indexentries"].items():
        for page, place, main in places:
            entry = (name, place, "main" if main else "")
            names[frozen["docnames"][page]].append(entry)
    return names


def remove_old_pictures(app: Sphinx, exception: Exception | None) -> None:
    """Remove pictures that no page shows any more."""
    shown = {name for _, name in app.env.images.values()}
    for path in (Path(app.outdir) / "_images").glob("*"):
        if path.name not in shown:
            path.unlink()


def _shared(env: BuildEnvironment) -> dict[str, Any]:
    """Titles, labels, anchors and numbers: what one page shows or needs of another."""
    return {
        "titles": {page: str(title) for page, title in env.titles.items()},
        "anchors": {
            page: copy.deepcopy(facts.get("myst_slugs"))
            for page, facts in env.metadata.items()
        },
        "numbers": copy.deepcopy((env.toc_secnumbers, env.toc_fignumbers)),
        "labels": copy.deepcopy({name: env.domaindata[name] for name in NAMED}),
    }


def _hash(path: str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


@contextmanager
def unrecorded() -> Iterator[None]:
    """Don't count the tables that are read meanwhile: no page is made from them."""
    before = set(tables_read)
    yield
    tables_read.intersection_update(before)


def _copies(begin: bool) -> None:
    global _copying  # noqa: PLW0603
    _copying = begin


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and not _copying and isinstance(arguments[0], str | os.PathLike):
        path = Path(os.fsdecode(arguments[0]))
        if path.parent == DATA:
            tables_read.add(path.name)


sys.addaudithook(_note)
