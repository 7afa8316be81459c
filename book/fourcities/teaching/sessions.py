"""The teaching guide's parts: what a session needs, from sessions.csv and session_phases.csv, with chapters, claims and materials of the book."""

from html import escape
from urllib.parse import urlencode

import pandas as pd
import yaml
from IPython.display import Markdown
from markupsafe import Markup

from fourcities.facts import ROOT, read
from fourcities.ledger import USES, claims
from fourcities.presentation import link_to, list_of, table

WORDS = ("one", "two", "three", "four", "five", "six")


def session_anchor(number):
    """Label of a session's heading in the guide: "session-three"."""
    return f"session-{WORDS[number - 1]}"


def session_list():
    """The sessions as a list of links to their headings, in Markdown."""
    return "\n".join(
        f"- [Session {WORDS[row['session'] - 1]}: {row['title']}](#{session_anchor(row['session'])})"
        for _, row in read("sessions").iterrows()
    )


def session(number):
    """One row of sessions.csv. Raises KeyError if there is no such session."""
    sessions = read("sessions").set_index("session")
    if number not in sessions.index:
        raise KeyError(
            f"unknown session {number!r}; data/sessions.csv has: {', '.join(map(str, sessions.index))}"
        )
    return sessions.loc[number]


def session_plan(number):
    """All that a session needs, as Markdown: question, aims, reading, explorer task, group work, prompts, pitfalls, materials. Headings come from the notebook."""
    row = session(number)
    parts = [
        f"**{row['question']}**",
        "Afterwards students can\n\n" + _bullets(row["aims"].split(" | ")),
        f"**Reading.** {list_of(_reading(row['chapters'].split()))}.",
        f'**Explorer task.** {row["task"]} <a href="{escape(row["explorer"])}">Open the explorer</a>.',
        f"**Group work.** {row['group_work']}",
        "**Discussion**\n\n" + _bullets(row["prompts"].split(" | ")),
        "**Pitfalls: what the ledger says of claims that will come up**\n\n"
        + _bullets(_pitfalls(row["claims"].split())),
        f'**Material.** <a href="_slides/session-{number}.html">Slides</a> · <a href="_zips/student-workbook.zip">student workbook (zip)</a> · {list_of(_handouts())}',
    ]
    return Markdown("\n\n".join(parts))


def session_times(number):
    """Table of the phases of a session: from minute to minute, what happens."""
    phases = read("session_phases").query("session == @number")
    ends = phases["minutes"].cumsum()
    return table(
        pd.DataFrame(
            {
                "Phase": phases["phase"],
                "From": [
                    f"{end - minutes}" for end, minutes in zip(ends, phases["minutes"])
                ],
                "To": [f"{end}" for end in ends],
                "What happens": phases["what"],
            }
        ),
        f"Session {number}: {ends.iloc[-1]} minutes",
        f"session-{number}-times",
    )


def board_sketch(number):
    """A table to draw on the board: its heads are there, its cells are for the class."""
    columns, rows = (part.split("; ") for part in session(number)["board"].split(" | "))
    blank = Markup('<span class="missing">…</span>')
    return table(
        pd.DataFrame(
            [
                {column: row if column == columns[0] else blank for column in columns}
                for row in rows
            ]
        ),
        f"Session {number}: board sketch; the class fills the cells",
        f"session-{number}-board",
    )


def _bullets(items):
    return "\n".join(f"- {item}" for item in items)


def _reading(chapters):
    """Each chapter as a link with its minutes, as far as sections.csv has them."""
    minutes = (
        read("sections")
        .query("minutes != ''")
        .drop_duplicates("chapter")
        .set_index("chapter")["minutes"]
    )
    return [
        f"[](./{chapter}.ipynb)"
        + (f" ({minutes[chapter]} minutes)" if chapter in minutes.index else "")
        for chapter in chapters
    ]


def _pitfalls(keys):
    ledger = claims().set_index("claim")
    return [
        f"{ledger.at[key, 'statement']} *{ledger.at[key, 'outcome'].capitalize()}; {USES[ledger.at[key, 'use']]}.* {link_to(key)}"
        for key in keys
    ]


def _handouts():
    """The handouts of the site: a profile of each city, and the figures."""
    places = read("places").query("kind == 'city'")
    links = [
        f'<a href="_handouts/{place}.pdf">{escape(name)}</a>'
        for place, name in zip(places["place"], places["name"])
    ]
    return [
        f"profiles (PDF) of {list_of(links)}",
        '<a href="_handouts/figures.pdf">figure sheet (PDF)</a>',
    ]


def hub_link():
    """The nbgitpuller link that copies the project into a student's folder on a JupyterHub. What isn't known stands in pointed brackets.

    The repository is the setting `repository` in _config.yml.
    """
    repository = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["sphinx"][
        "config"
    ]["repository"]
    name = (
        repository.rstrip("/").removesuffix(".git").rpartition("/")[2] or "<repository>"
    )
    query = urlencode(
        {
            "repo": repository or "<address of the repository>",
            "branch": "main",
            "urlpath": f"lab/tree/{name}/book/first-notebook.ipynb",
        },
        safe="<> /:",
    )
    return f"https://<your hub>/hub/user-redirect/git-pull?{query}".replace("+", " ")
