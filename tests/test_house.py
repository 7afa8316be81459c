"""The house: which room uses which, what has a type and a docstring, and whether the
docs say what is there.
"""

import ast
import doctest
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import fourcities as fc
from conftest import ROOT, read_once
from fourcities.teaching import CHECKS
from publishing.contents import chapters
from publishing.names import NAMES, names_page
from publishing.paths import ANSWERS

BIN = Path(sys.executable).parent
PACKAGE = ROOT / "book" / "fourcities"
ROOMS = ["facts", "presentation", "explorers", "ledger", "teaching"]
MODULES = sorted([*PACKAGE.rglob("*.py"), *(ROOT / "publishing").rglob("*.py")])
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]


def run(*command):
    done = subprocess.run(
        command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return done.returncode, done.stdout


def named(path):
    return path.relative_to(ROOT).as_posix()


# Format, types, rooms


def test_one_format():
    assert run(BIN / "ruff", "format", "--no-cache", "--check", "--quiet", ".") == (
        0,
        "",
    )


def test_no_line_is_longer_than_a_screen_is_wide():
    """Addresses without a blank, which the linter lets pass, too."""
    _, listed = run("git", "ls-files", "*.py")
    for path in listed.split():
        lines = (ROOT / path).read_text("utf-8").splitlines()
        assert [line for line in lines if len(line) > 88] == [], path


def test_types_hold():
    code, said = run(BIN / "mypy", "--no-color-output")
    assert code == 0, said


def test_each_room_uses_only_those_below_it():
    paths = "import sys; sys.path[:0] = ['book', '.']; "
    code, said = run(
        sys.executable,
        "-c",
        paths + "from importlinter.cli import lint_imports_command as c; c()",
    )
    assert code == 0, said


def functions(tree):
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def unannotated(function):
    """The parameters of a function without a type, and "return" if that has none."""
    given = function.args
    every = [
        *given.posonlyargs,
        *given.args,
        *given.kwonlyargs,
        given.vararg,
        given.kwarg,
    ]
    bare = [a.arg for a in every if a is not None and a.annotation is None]
    missing = [name for name in bare if name not in ("self", "cls")]
    return missing + (["return"] if function.returns is None else [])


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_every_function_has_its_types(path):
    tree = ast.parse(path.read_text("utf-8"))
    bare = {f.name: unannotated(f) for f in functions(tree) if unannotated(f)}
    assert bare == {}


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_other_rooms_are_used_through_their_surface(path):
    """From outside a room comes only what its __init__ offers, and nothing private from
    any module.
    """
    room = path.relative_to(PACKAGE).parts[0] if path.is_relative_to(PACKAGE) else ""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.ImportFrom) or path == PACKAGE / "__init__.py":
            continue
        private = [alias.name for alias in node.names if alias.name.startswith("_")]
        assert not private or node.module == "__future__", (
            f"line {node.lineno}: {private}"
        )
        source = (node.module or "").split(".")
        if node.level == 0 and source[0] == "fourcities" and source[1:] != [room]:
            offered = importlib.import_module(node.module).__all__
            assert len(source) <= 2, (
                f"line {node.lineno}: {node.module} is inside a room"
            )
            assert {alias.name for alias in node.names} <= {*offered, *ROOMS}


@pytest.mark.parametrize("room", ["", *ROOMS])
def test_a_surface_offers_what_is_there_once(room):
    module = importlib.import_module(f"fourcities.{room}".rstrip("."))
    assert len(module.__all__) == len(set(module.__all__))
    assert [name for name in module.__all__ if not hasattr(module, name)] == []
    assert module.__doc__ and len(module.__doc__.split()) > 20


def test_a_notebook_can_use_what_some_chapter_uses():
    """A name that no chapter, answer or workbook asks for is not on the package's
    surface.
    """
    sources = [
        cell.source
        for path in [*chapters(), ANSWERS]
        for cell in read_once(path).cells
        if cell.cell_type == "code"
    ]
    used = set(re.findall(r"\bfc\.(\w+)", "\n".join(sources))) | {"check"}
    assert CHECKS and set(fc.__all__) == used


# Docstrings


def surface():
    """The public functions and classes of the rooms: name and object."""
    found = {}
    for room in ROOMS:
        module = importlib.import_module(f"fourcities.{room}")
        for name in module.__all__:
            thing = getattr(module, name)
            if inspect.isfunction(thing) or inspect.isclass(thing):
                found[f"{room}.{name}"] = thing
    return found


SURFACE = surface()


@pytest.mark.parametrize("name", SURFACE)
def test_public_docstrings_say_what_goes_in_and_what_comes_out(name):
    thing = SURFACE[name]
    text = inspect.getdoc(thing) or ""
    first = text.partition("\n")[0]
    assert first.endswith((".", "?", ":")), first
    if not inspect.isfunction(thing):
        return
    sections = re.split(r"^(\w+)\n-+$", text, flags=re.M)
    parts = dict(zip(sections[1::2], sections[2::2]))
    asked = [p.name for p in inspect.signature(thing).parameters.values()]
    told = re.findall(
        r"^\*{0,2}(\w[\w, *]*?)(?: : .*)?$", parts.get("Parameters", ""), re.M
    )
    names = [each.strip(" *") for line in told for each in line.split(",")]
    assert set(asked) <= set(names), f"Parameters: {sorted(set(asked) - set(names))}"
    gives = inspect.signature(thing).return_annotation not in (None, "None")
    assert not gives or {"Returns", "Yields"} & set(parts), "Returns"


def every_module():
    for package in (fc,):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(info.name)


def test_examples_in_docstrings_give_what_they_say():
    results = [doctest.testmod(module) for module in every_module()]
    assert sum(result.failed for result in results) == 0
    assert sum(result.attempted for result in results) >= 10


# What the docs say


def test_the_map_names_every_place_that_there_is():
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    places = {
        place.rstrip("/") for place in re.findall(r"^\| `([\w./]+)` \|", text, re.M)
    }
    _, listed = run("git", "ls-files")
    folders = {
        parent.as_posix() for line in listed.split() for parent in Path(line).parents
    }
    rooms = {f"book/fourcities/{room}" for room in ROOMS}
    parts = {f"publishing/{part}" for part in ("extensions", "templates", "static")}
    top = {
        folder for folder in folders if "/" not in folder and not folder.startswith(".")
    }
    assert places == top | {"book/fourcities"} | rooms | parts
    inside = {f for f in folders if re.fullmatch(r"book/\w+|book/fourcities/\w+", f)}
    assert inside == {"book/fourcities"} | rooms, "a folder that the map does not name"


def test_the_list_of_commands_is_the_makefiles():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = re.findall(r"^([a-z-]+):", makefile, re.M)
    _, said = run("make", "--no-print-directory", "help")
    assert re.findall(r"^make ([\w-]+)", said, re.M) == targets
    assert re.search(r"^\.PHONY: (.+)$", makefile, re.M)[1].split() == targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_docs_name_only_what_is_there(page):
    """Commands of the Makefile, links to other pages, paths of the project, names of
    the package.
    """
    text = page.read_text("utf-8")
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M)
    assert set(re.findall(r"`make ([\w-]+)", text)) <= set(targets)
    for link in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text):
        if not link.endswith(".ipynb") or "/" in link:
            assert (page.parent / link).exists(), link
    for path in re.findall(
        r"`((?:book|data|publishing|tests|benchmarks|docs)/[\w./-]*)`", text
    ):
        assert (ROOT / path).exists(), path
    for name in re.findall(r"\bfc\.(\w+)", text):
        assert name in fc.__all__, name


def test_the_page_of_names_is_the_codes():
    assert NAMES.read_text("utf-8") == names_page(), "run `make codebook`"


@pytest.mark.parametrize(
    "path", sorted((ROOT / "benchmarks").glob("*.py")), ids=lambda path: path.name
)
def test_a_benchmark_finds_what_it_measures(path):
    """Each is started by its path, so that the book is not beside it."""
    start = f"import sys; sys.path[0] = {str(path.parent)!r}; import {path.stem}"
    assert run(sys.executable, "-c", start) == (0, "")
