"""The teaching guide's parts: what a session needs.

It comes from sessions.csv and session_phases.csv, with chapters, claims and materials
of the book.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import urlencode

import pandas as pd
import yaml
from IPython.display import Markdown
from markupsafe import Markup

from fourcities.facts import ROOT, cities, read
from fourcities.ledger import USES, claims
from fourcities.presentation import Shown, link_to, list_of, markdown, name, table

WORDS = ("one", "two", "three", "four", "five", "six")


def session_anchor(number: int) -> str:
    """Label of a session's heading in the guide.

    Parameters
    ----------
    number : int
        Number of the session, from 1.

    Returns
    -------
    str
        Such as "session-three".

    Examples
    --------
    >>> session_anchor(3)
    'session-three'
    """
    return f"session-{WORDS[number - 1]}"


def session_list() -> str:
    """The sessions as a list of links to their headings.

    Returns
    -------
    str
        Markdown, a line for each row of sessions.csv.
    """
    return "\n".join(
        f"- [Session {WORDS[row['session'] - 1]}: {row['title']}]"
        f"(#{session_anchor(row['session'])})"
        for _, row in read("sessions").iterrows()
    )


def session(number: int) -> pd.Series:
    """One row of sessions.csv.

    Parameters
    ----------
    number : int
        Number of the session, from 1.

    Returns
    -------
    Series
        title, question, chapters (slugs), aims, explorer (address), task, group_work,
        prompts, claims (keys of claims.csv) and board. Where a cell holds several,
        chapters and claims are separated by blanks, the rest by “ | ”.

    Raises
    ------
    KeyError
        If there is no such session.
    """
    sessions = read("sessions").set_index("session")
    found = sessions[sessions.index == number]
    if found.empty:
        known = ", ".join(map(str, sessions.index))
        raise KeyError(f"unknown session {number!r}; data/sessions.csv has: {known}")
    return found.iloc[0]


def session_plan(number: int) -> Markdown:
    """All that a session needs.

    Parameters
    ----------
    number : int
        Number of the session, from 1.

    Returns
    -------
    Markdown
        Question, aims, reading, explorer task, group work, prompts, pitfalls,
        materials. Headings come from the notebook.

    Raises
    ------
    KeyError
        If there is no such session.
    """
    row = session(number)
    explorer = f'<a href="{escape(row["explorer"])}">Open the explorer</a>'
    material = [
        f'<a href="_slides/session-{number}.html">Slides</a>',
        '<a href="_zips/student-workbook.zip">student workbook (zip)</a>',
        list_of(_handouts()),
    ]
    parts = [
        f"**{row['question']}**",
        "Afterwards students can\n\n" + _bullets(row["aims"].split(" | ")),
        f"**Reading.** {list_of(_reading(row['chapters'].split()))}.",
        f"**Explorer task.** {row['task']} {explorer}.",
        f"**Group work.** {row['group_work']}",
        "**Discussion**\n\n" + _bullets(row["prompts"].split(" | ")),
        "**Pitfalls: what the ledger says of claims that will come up**\n\n"
        + _bullets(_pitfalls(row["claims"].split())),
        f"**Material.** {' · '.join(material)}",
    ]
    return markdown("\n\n".join(parts))


def session_times(number: int) -> Shown:
    """Table of the phases of a session: from minute to minute, what happens.

    Parameters
    ----------
    number : int
        Number of the session, from 1.

    Returns
    -------
    Shown
        The table as HTML, with the phases of session_phases.csv; its label is
        "session-3-times".
    """
    phases = read("session_phases").query("session == @number")
    ends = phases["minutes"].cumsum()
    starts = ends - phases["minutes"]
    rows = pd.DataFrame(
        {
            "Phase": phases["phase"],
            "From": [f"{start}" for start in starts],
            "To": [f"{end}" for end in ends],
            "What happens": phases["what"],
        }
    )
    caption = f"Session {number}: {ends.iloc[-1]} minutes"
    return table(rows, caption, f"session-{number}-times")


def board_heads(number: int) -> tuple[list[str], list[str]]:
    """The columns and the rows of a board, cities that were added among them.

    Parameters
    ----------
    number : int
        Number of the session, from 1.

    Returns
    -------
    tuple of list of str
        The heads of its columns, of which the first names the rows, and its rows.
        Where the cities of the report stand, the added ones follow.

    Raises
    ------
    KeyError
        If there is no such session.
    """
    columns, rows = session(number)["board"].split(" | ")
    return _with_added(columns.split("; ")), _with_added(rows.split("; "))


def _with_added(heads: list[str]) -> list[str]:
    """Heads of a board; after the cities of the report, those that were added."""
    own = [*map(name, cities("report"))]
    if not set(own) <= set(heads):
        return heads
    after = heads.index(own[-1]) + 1
    return heads[:after] + [*map(name, cities("added"))] + heads[after:]


def board_sketch(number: int) -> Shown:
    """A table to draw on the board: its heads are there, its cells are for the class.

    Parameters
    ----------
    number : int
        Number of the session, from 1.

    Returns
    -------
    Shown
        The table as HTML; its label is "session-3-board".

    Raises
    ------
    KeyError
        If there is no such session.
    """
    (first, *others), names = board_heads(number)
    blank = Markup('<span class="missing">…</span>')
    rows = pd.DataFrame([{first: row, **dict.fromkeys(others, blank)} for row in names])
    caption = f"Session {number}: board sketch; the class fills the cells"
    return table(rows, caption, f"session-{number}-board")


def hub_link() -> str:
    """A link for a JupyterHub that copies the project into a student's folder.

    Returns
    -------
    str
        A link of nbgitpuller. What isn't known stands in pointed brackets, such as the
        hub. The repository is the setting `repository` in _config.yml.
    """
    settings = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    repository = settings["sphinx"]["config"]["repository"]
    _, _, name = repository.rstrip("/").removesuffix(".git").rpartition("/")
    folder = name or "<repository>"
    query = urlencode(
        {
            "repo": repository or "<address of the repository>",
            "branch": "main",
            "urlpath": f"lab/tree/{folder}/book/first-notebook.ipynb",
        },
        safe="<> /:",
    )
    link = f"https://<your hub>/hub/user-redirect/git-pull?{query}"
    return link.replace("+", " ")


def _bullets(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _reading(chapters: Sequence[str]) -> list[str]:
    """Each chapter as a link with its minutes, as far as sections.csv has them."""
    stated = read("sections").query("minutes != ''").drop_duplicates("chapter")
    minutes = dict(zip(stated["chapter"], stated["minutes"]))
    links = []
    for chapter in chapters:
        length = f" ({minutes[chapter]} minutes)" if chapter in minutes else ""
        links.append(f"[](./{chapter}.ipynb){length}")
    return links


def _pitfalls(keys: Sequence[str]) -> list[str]:
    """Each claim with its outcome and use, and a link to the ledger."""
    ledger = claims().set_index("claim").to_dict("index")
    lines = []
    for key in keys:
        row = ledger[key]
        judgement = f"*{row['outcome'].capitalize()}; {USES[row['use']]}.*"
        lines.append(f"{row['statement']} {judgement} {link_to(key)}")
    return lines


def _handouts() -> list[str]:
    """The handouts of the site: a profile of each city, and the figures."""
    places = read("places").query("kind == 'city'")
    links = [
        f'<a href="_handouts/{place}.pdf">{escape(city)}</a>'
        for place, city in zip(places["place"], places["name"])
    ]
    return [
        f"profiles (PDF) of {list_of(links)}",
        '<a href="_handouts/figures.pdf">figure sheet (PDF)</a>',
    ]
