"""Students' verdicts on claims of the ledger, put side by side."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from fourcities.facts import Cells, DataError, Problem
from fourcities.ledger import OUTCOMES, claims

NEEDED = ["claim", "verdict", "reason", "name"]  # of the columns that a page exports

# A spreadsheet may save with other marks between cells, and with other letters.
SEPARATORS = ",;\t"
# A first line for spreadsheets, which they don't show: "sep=;".
NAMED = re.compile(r"\Asep=.\r?\n", re.I)
HAN = re.compile(r"[\u4e00-\u9fff]{2}")

ANY_SIZE = 10_000_000  # bytes; all claims with the longest reasons need fewer


class Said(NamedTuple):
    """What a student says of a claim."""

    claim: str
    verdict: str  # a key of OUTCOMES
    reason: str
    student: str  # the name in the row, else that of the file
    file: str
    number: int  # of the row; the header is row 1


def verdicts(folder: str | PathLike[str]) -> pd.DataFrame:
    """Students' verdicts on claims, side by side.

    Parameters
    ----------
    folder : path
        A folder with the CSV files that the ledger's page exports, also as a
        spreadsheet saves them, and also in folders of their own, as learning platforms
        hand them out. A file may hold several students if their names stand in it;
        without names a file is a student.

    Returns
    -------
    DataFrame
        A row for each claim that somebody judged, in the order of the ledger: claim,
        section, statement; judged (by how many students); how many chose each outcome,
        a column each; most (the outcome chosen most, several if they tie); agreement
        (the share of students who chose it, 0 to 1, missing if only one judged);
        ledger (its outcome now), with_ledger (how many chose that), reasons (whose, the
        verdict and why, a line each; those without a reason are left out).

    Raises
    ------
    DataError
        Naming file, row, column, value and what was expected, for all that is no such
        file: a missing column, an unknown claim or verdict, a claim that one student
        judged twice.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import fourcities as fc
    >>> folder = Path(tempfile.mkdtemp())
    >>> head = "claim,verdict,reason,name\\n"
    >>> for name, verdict in [("A", "differs"), ("B", "in tension")]:
    ...     text = f"{head}growth-one-period,{verdict},,{name}\\n"
    ...     _ = (folder / f"{name}.csv").write_text(text, "utf-8")
    >>> row = fc.verdicts(folder).iloc[0]
    >>> print(row["judged"], row["agreement"], row["ledger"], row["with_ledger"])
    2 0.5 in tension 1
    """
    ledger = claims()
    said: dict[str, list[Said]] = {}
    for one in _said_in(Path(folder), set(ledger["claim"])):
        said.setdefault(one.claim, []).append(one)
    judged = ledger[ledger["claim"].isin(list(said))]
    rows = [_row(row, said[row["claim"]]) for _, row in judged.iterrows()]
    columns = ["claim", "section", "statement", "judged", *OUTCOMES]
    found = ["most", "agreement", "ledger", "with_ledger", "reasons"]
    return pd.DataFrame(rows, columns=[*columns, *found])


def _row(row: Cells, said: Sequence[Said]) -> dict[str, object]:
    """What students say of a claim. row: of the ledger."""
    chosen = [one.verdict for one in said]
    counts = {outcome: chosen.count(outcome) for outcome in OUTCOMES}
    most = max(counts.values())
    reasons = [
        f"{one.student} ({one.verdict}): {one.reason}" for one in said if one.reason
    ]
    return {
        "claim": row["claim"],
        "section": row["section"],
        "statement": row["statement"],
        "judged": len(said),
        **counts,
        "most": ", ".join(outcome for outcome in OUTCOMES if counts[outcome] == most),
        "agreement": most / len(said) if len(said) > 1 else float("nan"),
        "ledger": row["outcome"],
        "with_ledger": counts[row["outcome"]],
        "reasons": "\n".join(reasons),
    }


# ---------- reading


def _said_in(folder: Path, known: Collection[str]) -> list[Said]:
    """All that the files of a folder say; raises DataError for what is no such file.

    known: keys of claims.
    """
    if not folder.is_dir():
        expected = "a folder with the files that students have exported"
        raise DataError([Problem(f"{folder}/", expected)])
    files = sorted(path for path in folder.rglob("*") if _is_table(path))
    if not files:
        expected = (
            "at least one file that ends in .csv, as the ledger's page exports it"
        )
        raise DataError([Problem(f"{folder}/", expected)])
    found = [one for path in files for one in _read(path, folder, known)]
    problems = [one for one in found if isinstance(one, Problem)]
    said = [one for one in found if isinstance(one, Said)]
    problems += _judged_twice(said)
    if problems:
        raise DataError(problems)
    return said


def _is_table(path: Path) -> bool:
    """Whether it is a CSV file, and not what a system or a spreadsheet puts beside."""
    hidden = path.name.startswith((".", "~"))
    return path.suffix.lower() == ".csv" and path.is_file() and not hidden


def _read(path: Path, folder: Path, known: Collection[str]) -> Iterator[Said | Problem]:
    """What the rows of a file say, and what is wrong with it."""
    within = path.relative_to(folder)
    file = f"{folder.resolve().name}/{within.as_posix()}"
    text = _decoded(path.read_bytes()) if path.stat().st_size <= ANY_SIZE else None
    if text is None:
        expected = "a text file of verdicts, as the ledger's page exports it"
        yield Problem(file, expected)
        return
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), _marks_of(text)))
    except csv.Error as error:
        yield Problem(file, f"a file as the ledger's page exports it; {error}")
        return
    header = [name.strip().lower() for name in rows[0]] if rows else []
    missing = [column for column in NEEDED if column not in header]
    if missing:
        expected = f"a column of this name; needed are {', '.join(NEEDED)}"
        for column in missing:
            yield Problem(file, expected, 1, column, ", ".join(header))
        return
    whose = within.with_suffix("").as_posix()
    for number, cells in enumerate(rows[1:], 2):
        if any(cell.strip() for cell in cells):
            if len(cells) < len(header):
                expected = f"{len(header)} cells, as in row 1; is the file cut off?"
                yield Problem(file, expected, number, header[len(cells)], "")
                continue
            told = {
                column: unicodedata.normalize("NFC", cell).strip()
                for column, cell in zip(header, cells)
            }
            yield from _said(told, file, number, known, whose)


def _decoded(content: bytes) -> str | None:
    """The text of a file: in Unicode, as pages and most programs write it, or as older
    spreadsheets do in Western Europe and in China. None if it is no text.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        codes = ["utf-16"]
    else:
        codes = ["utf-8-sig", "gb18030", "cp1252"]
    for code in codes:
        try:
            text = content.decode(code)
        except UnicodeDecodeError:
            continue
        if code != "gb18030" or HAN.search(text):  # umlauts make single characters
            return None if "\0" in text else NAMED.sub("", text)
    return None


def _marks_of(text: str) -> type[csv.Dialect]:
    """How the cells are separated: by what parts the names of the columns."""
    first = re.split(r"[\r\n]", text, maxsplit=1)[0]

    class Marks(csv.excel):
        delimiter = max(SEPARATORS, key=first.count)
        strict = True  # a file that ends within a cell is cut off

    return Marks


def _said(
    told: Mapping[str, str], file: str, number: int, known: Collection[str], whose: str
) -> Iterator[Said | Problem]:
    """What a row says, or what is wrong with it.

    told: its cells by column; whose: the student if the row has no name.
    """
    claim, verdict, reason, name = (told.get(column, "") for column in NEEDED)
    outcome = verdict.lower()
    if claim not in known:
        expected = "a key of data/claims.csv, as the ledger's page exports it"
        yield Problem(file, expected, number, "claim", claim)
    elif outcome not in OUTCOMES:
        expected = f"one of {', '.join(OUTCOMES)}"
        yield Problem(file, expected, number, "verdict", verdict)
    else:
        yield Said(claim, outcome, reason, name or whose, file, number)


def _judged_twice(said: Sequence[Said]) -> Iterator[Problem]:
    """Claims that one student has judged more than once."""
    judged: dict[tuple[str, str], Said] = {}
    for one in said:
        first = judged.setdefault((one.student, one.claim), one)
        if first is not one:
            expected = (
                f"each claim once from {one.student!r}, who has it in {first.file}, "
                f"row {first.number}; two students of one name need names that differ"
            )
            yield Problem(one.file, expected, one.number, "claim", one.claim)
