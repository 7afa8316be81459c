"""Serve the pages, and tell those that are open what is new or wrong."""

import asyncio
import hashlib
import json
import mimetypes
from contextlib import suppress
from pathlib import Path

from tornado.iostream import StreamClosedError
from tornado.web import Application, RequestHandler

from ..paths import TEMPLATES

SCRIPT = '<script type="module" src="/_preview.js" data-version="{}"></script>\n</head>'
NO_PAGE = (
    '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
    "<title>Preview</title></head>"
    "<body><p>This page isn’t there. It loads when it is.</p></body></html>"
)


class Site:
    """The pages that there are, who looks at them, and what is wrong.

    pages: their folder; last: the last site, from which the rest is taken, such as
    slides, and all as long as there are no pages.
    """

    def __init__(self, pages: Path, last: Path) -> None:
        self._pages, self._last = pages, last
        self._mistake = ""
        self._told = asyncio.Event()
        self.open: list[str] = []  # pages that a browser shows now, once for each

    def tell(self, mistake: str = "") -> None:
        """Tell the pages that are open that others are there, or a mistake."""
        self._mistake = mistake
        self._told.set()
        self._told = asyncio.Event()

    async def next(self) -> None:
        """Wait until there is something to tell."""
        await self._told.wait()

    def news(self, name: str) -> dict[str, str]:
        """What a page is told: the version that there is now, and what is wrong."""
        return {"version": self.version(name), "mistake": self._mistake}

    def version(self, name: str) -> str:
        """Tell a page, with the files that all pages load, from any other version."""
        beside = [self.find(f"_static/{file}") for file in ("book.css", "book.js")]
        files = [file for file in [self.find(name), *beside] if file]
        return hashlib.sha256(b"".join(map(Path.read_bytes, files))).hexdigest()[:16]

    def find(self, name: str) -> Path | None:
        """The file of an address, if there is one."""
        name = name or "index.html"
        folders = [self._pages, self._last]
        is_page = "/" not in name and name.endswith(".html")
        if is_page and (self._pages / "index.html").exists():
            folders.pop()  # a page that went away is not there any more
        for folder in folders:
            file = (folder / name).resolve()
            if file.is_relative_to(folder.resolve()) and file.is_file():
                return file
        return None


class File(RequestHandler):
    """Any file of the site; a page with the script that listens."""

    def get(self, name: str) -> None:
        """Send it."""
        site: Site = self.settings["site"]
        file = site.find(name)
        kind = mimetypes.guess_type(file.name)[0] if file else "text/html"
        content = file.read_bytes() if file else NO_PAGE.encode()
        if kind == "text/html":
            script = SCRIPT.format(site.version(name)).encode()
            content = content.replace(b"</head>", script, 1)
        self.set_status(200 if file else 404)
        self.set_header("Content-Type", kind or "application/octet-stream")
        self.set_header("Cache-Control", "no-store")
        self.finish(content)


class Script(RequestHandler):
    """The script that each page loads."""

    def get(self) -> None:
        """Send it."""
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.finish((TEMPLATES / "preview.js").read_bytes())


class News(RequestHandler):
    """What a page is told as long as somebody looks at it."""

    async def get(self) -> None:
        """Send what there is, and then whatever is new."""
        site: Site = self.settings["site"]
        name = self.get_query_argument("page")
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("Cache-Control", "no-store")
        site.open.append(name)
        with suppress(StreamClosedError, asyncio.CancelledError):
            while True:
                self.write(f"data: {json.dumps(site.news(name))}\n\n")
                await self.flush()
                await site.next()

    def on_connection_close(self) -> None:
        """Forget the page."""
        site: Site = self.settings["site"]
        site.open.remove(self.get_query_argument("page"))


def application(site: Site) -> Application:
    """Make the server of a site; it answers to this machine's own names alone."""
    app = Application(site=site)
    handlers = [(r"/_preview\.js", Script), (r"/_preview", News), (r"/(.*)", File)]
    app.add_handlers(r"(127\.0\.0\.1|localhost)", handlers)
    return app
