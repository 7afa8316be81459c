"""Small pages that hold one picker each, and the server that sends them.

`ours` is the section that the book holds, with the book's script and style sheet.
`stock` is the same choice of cities and indicator made with
ipywidgets and published as its documentation says: widget state in the page, require.js
and html-manager, here from the same server.
"""

import contextlib
import functools
import gzip
import http.server
import json
import mimetypes
import shutil
import subprocess
import sys
import tarfile
import threading
from pathlib import Path

PACKAGES = ("@jupyter-widgets/html-manager@1.0.15", "requirejs@2.3.8")
FRAME = (
    '<!doctype html><html lang="en"><head><meta '
    'charset="utf-8"><title>Benchmark</title><link rel="icon" '
    'href="data:,">{head}</head><body><h1>Benchmark</h1>{body}</body></html>'
)
OURS = (
    '<link rel="stylesheet" href="explorer.css"><script defer '
    'src="explorer.js"></script>'
)


def ours(section):
    """A page that holds nothing but this explorer."""
    return FRAME.format(head=OURS, body=section)


def stock(section):
    """A page that holds the same choice and the same first table in ipywidgets, as
    `ipywidgets.embed` writes it.
    """
    head, body = stock_parts(section)
    return FRAME.format(head=head, body=body)


def stock_parts(section):
    """What ipywidgets.embed puts into a page: scripts for the head; state and view for
    the body.
    """
    from ipywidgets import HTML, Checkbox, Dropdown, RadioButtons, VBox
    from ipywidgets.embed import embed_data

    data = data_of(section)
    choices = data["choices"]
    boxes = [Checkbox(value=True, description=label) for _, label in choices["cities"]]
    pick = Dropdown(
        options=[(label, key) for key, label in choices["indicator"]],
        description="Indicator",
    )
    view = RadioButtons(
        options=[label for _, label in choices["view"]], description="View"
    )
    table = HTML(
        section.partition('<div class="explorer-view">')[2]
        .partition('<script type="application/json">')[0]
        .removesuffix("</div>")
    )
    parts = embed_data(views=[VBox([*boxes, pick, view, table])], drop_defaults=True)
    head = '<script src="require.js"></script><script src="embed-amd.js"></script>'
    body = (
        "<script "
        'type="application/vnd.jupyter.widget-state+json">'
        f"{_json(parts['manager_state'])}</script>"
    )
    return head, body + "".join(
        (
            "<script "
            f'type="application/vnd.jupyter.widget-view+json">{_json(spec)}</script>'
        )
        for spec in parts["view_specs"]
    )


def data_of(section):
    """The data that an explorer's HTML carries."""
    return json.loads(
        section.partition('<script type="application/json">')[2].partition("</script>")[
            0
        ]
    )


def _json(value):
    return json.dumps(value).replace("<", "\\u003c")


def unpack_stock(cache, folder):
    """html-manager and require.js from the npm registry, kept in `cache`, put beside
    the pages in `folder`.
    """
    cache.mkdir(exist_ok=True)
    for package, files in zip(PACKAGES, ("package/dist/", "package/require.js")):
        kept = cache / f"{package.strip('@').replace('/', '-').replace('@', '-')}.tgz"
        if not kept.exists() and not shutil.which("npm"):
            sys.exit(
                f"The stock way needs {package} once: install npm, or put "
                f"{kept.name} into {cache}"
            )
        if not kept.exists():
            subprocess.run(
                ["npm", "pack", "--silent", package],
                cwd=cache,
                check=True,
                stdout=subprocess.DEVNULL,
            )
        with tarfile.open(kept) as archive:
            for member in archive.getmembers():
                if (
                    member.name.startswith(files)
                    and member.isfile()
                    and not member.name.endswith(".map")
                ):
                    (folder / Path(member.name).name).write_bytes(
                        archive.extractfile(member).read()
                    )


def serve(folder):
    """Serve a folder with gzip at a port of 127.0.0.1; returns the server (close it
    with `shutdown`) and its address.
    """
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(_Handler, Path(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}"


@functools.cache
def _packed(path):
    return gzip.compress(path.read_bytes(), 9)


class _Handler(http.server.BaseHTTPRequestHandler):
    """GET only; every text is sent compressed, from memory after the first time."""

    protocol_version = "HTTP/1.1"

    def __init__(self, folder, *args):
        self.folder = folder
        super().__init__(*args)

    def do_GET(self):
        path = self.folder / self.path.partition("?")[0].lstrip("/")
        if not path.is_file():
            self.send_error(404)
            return
        body = _packed(path)
        self.send_response(200)
        self.send_header(
            "Content-Type",
            mimetypes.guess_type(path.name)[0] or "application/octet-stream",
        )
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(
            ConnectionError
        ):  # the page was closed before it had all
            self.wfile.write(body)

    def log_message(self, *args):
        """Say nothing: the table is the output."""
