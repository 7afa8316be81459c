"""Look at the book's own files of settings, before anything rests on them."""

import re
from pathlib import Path
from typing import Any

import yaml
from sphinx_external_toc.parsing import parse_toc_yaml

from fourcities.facts import ROOT, bytes_of, is_address

from .errors import BuildError

# What the build or a page asks for, and of what kind it is; a part of it after a dot.
NEEDED: dict[str, dict[str, type]] = {
    "_toc.yml": {"root": str},
    "_config.yml": {
        "title": str,
        "author": str,
        "html.baseurl": str,
        "sphinx.config": dict,
        "sphinx.config.contact": str,
        "sphinx.config.repository": str,
        "sphinx.config.language": str,
        "sphinx.config.extensions": list,
    },
    "CITATION.cff": {"title": str, "authors": list, "references": list},
}
# An address to write to.
MAIL = re.compile(r"mailto:[^@\s]+@[^@\s]+")
# The address of a public repository, with its owner and name.
GITHUB = re.compile(r"https://github\.com/([\w-]+/[\w.-]+?)(?:\.git)?/?")
LANGUAGE = "en"
WHY_ENGLISH = (
    "en, in which the book is written (for others Sphinx brings scripts that the "
    "pages' policy forbids)"
)
DEEPEST = 20  # levels of settings in settings
IN_WORDS: dict[type, str] = {
    str: "text",
    list: "a list",
    dict: "settings by name, such as “title: …”",
}


def check_settings(root: Path = ROOT) -> None:
    """Look whether table of contents, settings and citation can be used.

    Parameters
    ----------
    root : Path
        The project's folder.

    Raises
    ------
    BuildError
        Naming file, setting and what was expected.
    """
    for name, needed in NEEDED.items():
        found = _read(root / name)
        for setting, kind in needed.items():
            _find(found, name, setting, kind)
    config = _read(root / "_config.yml")
    address = _find(config, "_config.yml", "html.baseurl", str)
    if address and not is_address(address):
        raise _unlike("_config.yml", "html.baseurl", address, "an address, or nothing")
    repository = _find(config, "_config.yml", "sphinx.config.repository", str)
    if repository and not GITHUB.fullmatch(repository):
        expected = "https://github.com/<owner>/<name>, or nothing"
        raise _unlike("_config.yml", "sphinx.config.repository", repository, expected)
    contact = _find(config, "_config.yml", "sphinx.config.contact", str)
    if contact and not (is_address(contact) or MAIL.fullmatch(contact)):
        expected = "mailto:<address>, an address that begins with https://, or nothing"
        raise _unlike("_config.yml", "sphinx.config.contact", contact, expected)
    language = _find(config, "_config.yml", "sphinx.config.language", str)
    if language != LANGUAGE:
        raise _unlike("_config.yml", "sphinx.config.language", language, WHY_ENGLISH)
    try:
        parse_toc_yaml(root / "_toc.yml")
    except Exception as error:  # any, from a file that somebody else's code reads
        raise BuildError(f"_toc.yml can't be read: {error}") from None


def site_address(root: Path = ROOT) -> str:
    """The site's public address, as _config.yml has it; "" where it isn't known yet."""
    address: str = _find(
        _read(root / "_config.yml"), "_config.yml", "html.baseurl", str
    )
    return address


def _read(path: Path) -> Any:
    """What a file of YAML says. Raises BuildError if it can't be read."""
    try:
        text = bytes_of(path).decode("utf-8")
        _refuse_bombs(text)
        return yaml.safe_load(text)
    except (OSError, ValueError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        why = getattr(error, "problem", None) or getattr(error, "strerror", None)
        raise BuildError(f"{path.name} can't be read: {where}{why or error}") from None


def _refuse_bombs(text: str) -> None:
    """Raise ValueError for what grows without end: a few lines of it fill a memory."""
    depth = 0
    for event in yaml.parse(text, yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            raise ValueError(f"expected the words, not *{event.anchor}")
        if depth > DEEPEST:
            raise ValueError(f"expected at most {DEEPEST} levels")


def _find(found: Any, name: str, setting: str, kind: type) -> Any:
    """A setting of a file. Raises BuildError if it is not there or of another kind."""
    for part in setting.split("."):
        if not isinstance(found, dict):
            raise BuildError(
                f"{name}: expected {IN_WORDS[dict]}, found {_shown(found)}"
            )
        found = found.get(part)
    if not isinstance(found, kind):
        raise _unlike(name, setting, found, IN_WORDS[kind])
    return found


def _unlike(name: str, setting: str, found: object, expected: str) -> BuildError:
    where = f"{name}, {setting.replace('.', ', ')}"
    return BuildError(f"{where}: expected {expected}, found {_shown(found)}")


def _shown(found: object) -> str:
    return "nothing" if found is None else repr(found)[:80]
