"""The teaching guide's parts: what a session needs.

It comes from the tables of sessions, their goals, readings, phases and slides, with
chapters, claims and materials of the book.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import urlencode

import pandas as pd
import yaml
from IPython.display import Markdown
from markupsafe import Markup

from fourcities.facts import ROOT, cities, minutes_to_read, read
from fourcities.ledger import USES, claims
from fourcities.presentation import (
    Shown,
    link_to,
    list_of,
    markdown,
    name,
    reference,
    table,
)

from .course import reading_minutes

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
    """The sessions as a list of links to their headings, each with its slides.

    Returns
    -------
    str
        Markdown, a line for each row of sessions.csv: how it is taught, how long its
        readings take.
    """
    return "\n".join(
        f"- [Session {WORDS[row['session'] - 1]}: {row['title']}]"
        f"(#{session_anchor(row['session'])}): {row['form']} · "
        f"{reading_minutes(row['session'])} minutes of reading · "
        f"{_slides_link(row['session'])}"
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
        title, question, form, chapters (slugs), explorer (address), task, group_work,
        prompts, claims (keys of claims.csv), goes_wrong and board. Where a cell holds
        several, chapters and claims are separated by blanks, the rest by “ | ”.

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


def session_goals(number: int) -> list[str]:
    """What students can do after a session.

    Parameters
    ----------
    number : int
        Number of the session, from 1.

    Returns
    -------
    list of str
        The goals of session_goals.csv, each to go on from “students can”.
    """
    return list(read("session_goals").query("session == @number")["goal"])


def session_plan(number: int) -> Markdown:
    """What a session is about, what it is good for, and what to bring along.

    Parameters
    ----------
    number : int
        Number of the session, from 1.

    Returns
    -------
    Markdown
        Question, form, material, goals and readings. Headings come from the notebook.

    Raises
    ------
    KeyError
        If there is no such session.
    """
    row = session(number)
    material = [
        f"{_slides_link(number)} with notes for the speaker (key N)",
        '<a href="_zips/student-workbook.zip">student workbook (zip)</a>',
        list_of(_handouts()),
    ]
    parts = [
        f"**{row['question']}** Its form: {row['form']}.",
        f"**Material.** {' · '.join(material)}",
        "Afterwards students can\n\n" + _bullets(session_goals(number)),
        f"**Reading: {reading_minutes(number)} minutes at most**\n\n"
        + _bullets(_readings(number)),
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
        The table as HTML, with the phases of session_phases.csv: what is said, shown,
        done and collected; its label is "session-3-times".
    """
    phases = read("session_phases").query("session == @number")
    slides = read("session_slides").query("session == @number")
    ends = phases["minutes"].cumsum()
    starts = ends - phases["minutes"]
    shown = [
        _numbers(slides.loc[slides["phase"] == phase, "slide"])
        for phase in phases["phase"]
    ]
    what = [
        Markup("<br>").join(
            Markup("<strong>{}.</strong> {}").format(name, words)
            for name, words in zip(("Say", "Show", "Do", "Collect"), each)
            if words
        )
        for each in zip(phases["say"], shown, phases["do"], phases["collect"])
    ]
    rows = pd.DataFrame(
        {
            "Phase": phases["phase"],
            "Minutes": [f"{start}–{end}" for start, end in zip(starts, ends)],
            "What happens": what,
        }
    )
    caption = f"Session {number}: {ends.iloc[-1]} minutes"
    return table(rows, caption, f"session-{number}-times")


def session_talk(number: int) -> Markdown:
    """What students work on in a session, what they discuss, and what goes wrong.

    Parameters
    ----------
    number : int
        Number of the session, from 1.

    Returns
    -------
    Markdown
        Explorer task, group work, prompts, what goes wrong, pitfalls.

    Raises
    ------
    KeyError
        If there is no such session.
    """
    row = session(number)
    explorer = f'<a href="{escape(row["explorer"])}">Open the explorer</a>'
    parts = [
        f"**Explorer task.** {row['task']} {explorer}.",
        f"**Group work.** {row['group_work']}",
        "**Discussion**\n\n" + _bullets(row["prompts"].split(" | ")),
        "**What goes wrong**\n\n" + _bullets(row["goes_wrong"].split(" | ")),
        "**Pitfalls: what the ledger says of claims that will come up**\n\n"
        + _bullets(_pitfalls(row["claims"].split())),
    ]
    return markdown("\n\n".join(parts))


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


def _slides_link(number: int) -> str:
    return f'<a href="_slides/session-{number}.html">Slides</a>'


def _numbers(slides: pd.Series) -> str:
    """ "Slides 3 to 7", "Slide 2", or nothing."""
    if slides.empty:
        return ""
    first, last = slides.min(), slides.max()
    return f"Slide {first}" if first == last else f"Slides {first} to {last}"


def _readings(number: int) -> list[str]:
    """Each reading with its parts or pages, its minutes and what to look for."""
    paces = read("syllabus").set_index("item")["entry"]
    lines = []
    for _, row in read("session_readings").query("session == @number").iterrows():
        minutes = minutes_to_read(
            row["words"],
            row["pages"],
            int(paces["words_per_minute"]),
            int(paces["minutes_per_page"]),
        )
        if row["chapter"]:
            what = f"[](./{row['chapter']}.ipynb)"
            if row["parts"]:
                quoted = [f"“{part}”" for part in row["parts"].split(" | ")]
                what += f", only {list_of(quoted)}"
        else:
            what = f"{reference(row['source'])}, pages {row['pages'].replace('-', '–')}"
        alone = ", one student of each group" if row["reader"] == "one" else ""
        lines.append(f"{what} ({minutes} minutes{alone}). *{row['look_for']}*")
    return lines


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
