"""Serve the book and show each change; see the package's docstring.

python -m publishing.preview [PORT]
"""

import asyncio
import hashlib
import json
import os
import sys
from contextlib import suppress
from pathlib import Path

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from watchfiles import awatch

from fourcities.facts import BOOK, BUILD, DATA, ROOT

from ..contents import KINDS
from ..paths import HERE
from ..site import kept_of
from ..surroundings import surroundings
from .serving import Site, application

# Beside code: notebooks, tables, settings. An editor's lock or copy has other endings.
SOURCES = {*KINDS, ".ipynb", ".csv", ".bib", ".yml", ".cff", ".png"}
BUSY = "127.0.0.1:{} can't be used: {}. Name another port: make preview PORT=8001"
BLIND = "Changes can't be seen, as the book's files can't be watched: {}"
DIED = "The build ended without a word: see the terminal."
SOME = "The pages that changed or are open are up to date; the others follow."
ALL = "All pages are up to date."
# Of a cell, what pages are made from. Outputs follow.
OF_A_CELL = ("cell_type", "id", "source", "attachments")


def main() -> None:
    """Serve until Ctrl-C."""
    port = int(sys.argv[1]) if sys.argv[1:] else 8000
    with suppress(KeyboardInterrupt):
        asyncio.run(_preview(port))
    print("\nThe preview has ended; _build/html is as it was.", flush=True)


async def _preview(port: int) -> None:
    """Serve the pages, and bring them up to date now and after each change."""
    site = Site(kept_of() / "_build" / "html", last=BUILD / "html")
    try:
        sockets = bind_sockets(port, "127.0.0.1")
    except OSError as error:
        sys.exit(BUSY.format(port, error.strerror))
    HTTPServer(application(site)).add_sockets(sockets)
    port = sockets[0].getsockname()[1]
    print(f"Open http://127.0.0.1:{port}/  (Ctrl-C ends the preview)", flush=True)
    happened = asyncio.Event()
    watching = [
        asyncio.create_task(_watch(happened, BOOK, DATA, HERE)),
        asyncio.create_task(_watch(happened, ROOT, recursive=False)),
    ]
    seen = sources()
    changed: set[str] = set()
    workers = [await _start()]
    try:
        while True:
            first = changed | {Path(page or "index").stem for page in site.open}
            shown = asyncio.Event()
            work = asyncio.create_task(_work(workers[0], sorted(first), site, shown))
            await shown.wait()  # a change that comes sooner waits as well
            workers.append(await _start())
            await _change(happened, seen, watching)
            if not work.cancel():  # it is through
                work.result()
            await _end(workers.pop(0))
            now = sources()
            changed = {path.stem for path in now if now[path] != seen.get(path)}
            seen = now
    finally:
        for worker in workers:
            await _end(worker)
        for task in watching:
            task.cancel()


def sources() -> dict[Path, bytes]:
    """Hash what the book is made from.

    Returns
    -------
    dict of Path to bytes
        By file; of a notebook cells and tags count, not the outputs, which follow.
    """
    files = [*BOOK.rglob("*"), *HERE.rglob("*"), *DATA.iterdir(), *ROOT.iterdir()]
    found = {}
    for path in files:
        hidden = any(part.startswith(".") for part in path.relative_to(ROOT).parts)
        if path.suffix in SOURCES and not hidden:
            with suppress(OSError):  # a file that goes away while an editor saves it
                found[path] = hashlib.sha256(_source(path)).digest()
    return found


def _source(path: Path) -> bytes:
    content = path.read_bytes()
    if path.suffix == ".ipynb":
        with suppress(Exception):  # no notebook: the build says so
            cells = json.loads(content)["cells"]
            parts = [[cell.get(part) for part in OF_A_CELL] for cell in cells]
            tags = [cell["metadata"].get("tags") for cell in cells]
            return json.dumps([parts, tags]).encode()
    return content


async def _watch(happened: asyncio.Event, *paths: Path, recursive: bool = True) -> None:
    async for _ in awatch(*paths, recursive=recursive):
        happened.set()


async def _change(
    happened: asyncio.Event, seen: dict[Path, bytes], watching: list[asyncio.Task[None]]
) -> None:
    """Wait until the sources are others."""
    while sources() == seen:
        happened.clear()
        change = asyncio.create_task(happened.wait())
        await asyncio.wait([change, *watching], return_when=asyncio.FIRST_COMPLETED)
        for task in watching:
            if task.done():  # it failed, as where no more files may be watched
                sys.exit(BLIND.format(task.exception()))


async def _start() -> asyncio.subprocess.Process:
    """Start a process of `working`, in a session of its own: Ctrl-C ends this one."""
    jobs = {name: os.environ[name] for name in ("JOBS",) if name in os.environ}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "publishing.preview.working"),
        cwd=ROOT,
        env=surroundings() | jobs,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=2**24,
        start_new_session=True,
    )


async def _work(
    worker: asyncio.subprocess.Process,
    first: list[str],
    site: Site,
    shown: asyncio.Event,
) -> None:
    """Let a worker bring the pages up to date, and tell those that are open.

    shown: is set when some are, or a mistake.
    """
    assert worker.stdin and worker.stdout
    worker.stdin.write(json.dumps(first).encode() + b"\n")
    answer = {"mistake": "", "done": False}
    async for line in worker.stdout:
        before, answer = answer, json.loads(line)
        if not answer["mistake"] or answer["mistake"] != before["mistake"]:
            _tell(site, **answer)
        shown.set()
    if not answer["done"]:
        _tell(site, DIED, done=True)
        shown.set()


def _tell(site: Site, mistake: str, done: bool) -> None:
    site.tell(mistake)
    good = ALL if done else SOME
    print(f"\n{mistake}\nThe last good pages stay." if mistake else good, flush=True)


async def _end(worker: asyncio.subprocess.Process) -> None:
    """End a worker, whatever it does: what it writes, it writes in one step."""
    with suppress(ProcessLookupError):
        worker.kill()
    await worker.wait()


if __name__ == "__main__":
    main()
