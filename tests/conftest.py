"""What the tests share: the package, a copy of the project to break, the built site,
its address, a browser.
"""

import contextlib
import functools
import http.server
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import nbformat
import nbval.kernel
import pytest
from filelock import FileLock

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "book")]

from fourcities.teaching import questions  # noqa: E402
from publishing.notebooks import TRIES  # noqa: E402
from publishing.surroundings import settings  # noqa: E402

# A program that a test starts can be stopped, also where the tests run behind others:
# a shell lets those ignore Control and C, and what they start inherits that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
os.environ |= settings()  # also for the kernels of the tests


def again(start):
    """Start a kernel of nbval, or another where that dies at its start: as a build."""

    def begun(tries=TRIES, **options):
        try:
            return start(**options)
        except RuntimeError:
            if tries == 1:
                raise
        return begun(tries - 1, **options)

    return begun


nbval.kernel.start_new_kernel = again(nbval.kernel.start_new_kernel)


def pytest_xdist_auto_num_workers(config):
    """JOBS, or half as many again as there are cores: much of a test in a browser is
    waiting. The fast tests wait for nothing (`-n logical`).
    """
    waiting = config.option.numprocesses == "auto"
    return int(os.environ.get("JOBS") or os.cpu_count() * (3 if waiting else 2) // 2)


# What needs the built site, a browser, a kernel or a copy of the project to build in.
SLOW = {"site", "browser", "project", "tmp_path_factory"}


def pytest_collection_modifyitems(items):
    """Mark as slow what `make test-fast` leaves out: that, and the notebooks. A test
    that takes long for another reason says so itself.
    """
    for item in items:
        if item.path.suffix == ".ipynb" or SLOW & {*getattr(item, "fixturenames", ())}:
            item.add_marker("slow")


def run_build(root, *options):
    """`python -m publishing.build` in a copy of the project, as `make book` runs it.
    Returns the finished process.
    """
    return subprocess.run(
        [sys.executable, "-m", "publishing.build", *options],
        cwd=root,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def copy_project(folder):
    """Copy the project's files into a folder. Returns it."""
    for name in ("book", "data", "publishing"):
        shutil.copytree(
            ROOT / name,
            folder / name,
            ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"),
        )
    for name in (
        "_config.yml",
        "_toc.yml",
        "constraints.txt",
        "requirements.txt",
        "CITATION.cff",
        "LICENSE",
        "README.png",
    ):
        shutil.copy(ROOT / name, folder)
    return folder


def edit(path, old, new):
    """Replace a text of a file, which is there."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


NOTEBOOKS = {}  # by their paths: what the tests share, and what it was


def read_once(path):
    """A notebook as it is in the book, for all tests; none changes it."""
    if path not in NOTEBOOKS:
        notebook = nbformat.read(path, as_version=4)
        NOTEBOOKS[path] = notebook, json.dumps(notebook)
    return NOTEBOOKS[path][0]


@pytest.fixture(scope="session", autouse=True)
def unchanged():
    """No test has changed what others read."""
    yield
    for path, (notebook, before) in NOTEBOOKS.items():
        assert json.dumps(notebook) == before, (
            f"{path.name} as it was read: a test changed it"
        )


@functools.cache
def all_questions():
    """All exercises that are checked, with the answers that the data give."""
    return questions()


@pytest.fixture
def project(tmp_path):
    """A copy of the project's files that a test may change."""
    return copy_project(tmp_path)


# Of the altered project.
ADDRESS = "https://example.org/four/cities/"
REPOSITORY = "https://github.com/someone/four-cities"


@pytest.fixture(scope="session")
def altered(tmp_path_factory):
    """A copy of the project in which much is changed at once, as each whole build
    takes its time: a sentence of the chapter on the economy; then the population of
    Cologne, so that notebooks are executed again; a public address and a repository.
    Its site is the teacher's, in _build/teacher; what the build said of the sentence
    alone is in said.txt. The first process of the tests that asks makes it for all.
    """
    folder = tmp_path_factory.getbasetemp() / "altered"
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent.parent / "altered"
    with FileLock(f"{folder}.lock"):
        if not (folder / "said.txt").exists():
            shutil.rmtree(folder, ignore_errors=True)
            _alter(copy_project(folder))
    return folder


def _alter(folder):
    four = "How much do the four cities produce"
    edit(folder / "book" / "economy.ipynb", four, four.replace("the", "these"))
    said = run_build(folder, "--refresh")
    assert said.returncode == 0, said.stdout
    edit(
        folder / "data" / "observations.csv",
        '1061000,persons,"1,061,000',
        '1234567,persons,"1,234,567',
    )
    edit(folder / "_config.yml", 'baseurl: ""', f'baseurl: "{ADDRESS}"')
    edit(folder / "_config.yml", 'repository: ""', f"repository: {REPOSITORY}.git")
    done = run_build(folder, "--teacher")
    assert done.returncode == 0, done.stdout
    (folder / "said.txt").write_text(said.stdout, "utf-8")


@pytest.fixture(scope="session")
def site():
    """Folder of the site, built as `make book` does."""
    done = run_build(ROOT)
    assert done.returncode == 0, done.stdout
    return ROOT / "_build" / "html"


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@contextlib.contextmanager
def serving(site, handler=Quiet):
    """A folder on localhost, by the habits of a handler. Gives its address."""
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(handler, directory=str(site))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="session")
def address(site):
    """The site on localhost, as any static host serves it."""
    with serving(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    from publishing.browser import chromium

    with chromium() as found:
        yield found


class Changed(dict):
    """Tables by name; each change gives the data another state."""

    states = itertools.count()

    def __setitem__(self, name, frame):
        self.become(self | {name: frame})

    def become(self, tables):
        """Exactly these tables differ from the files."""
        self.clear()
        self.update(tables)
        self.state = next(self.states)


@pytest.fixture
def data(monkeypatch):
    """Tables that a test may change: data["observations"] = frame takes the place of
    the file in everything that is worked out from it.
    """
    from fourcities.facts import DATA, package, state_of

    real = functools.partial(package._table, folder=DATA, state=state_of())
    changed = Changed()
    monkeypatch.setattr(
        package,
        "_table",
        lambda name, folder, state: changed[name] if name in changed else real(name),
    )
    for name, module in list(sys.modules.items()):
        if name.startswith("fourcities.") and hasattr(module, "state_of"):
            monkeypatch.setattr(
                module,
                "state_of",
                lambda folder=DATA: getattr(changed, "state", "as it is"),
            )
    return changed
