"""Check the data package.

Every mistake is named by file, row, column, value and what was expected.

The files themselves come first (`check_files`: there, readable, the right columns), so
that one wrong file gives one message; then what `datapackage.json` declares, by
frictionless; then letters and names (`check_names`), texts (`check_text`) and the rules
that a schema can't express (`check_rules`).
"""

from pathlib import Path

from .check_files import file_problems, frictionless_problems, read_descriptor
from .check_names import letter_problems, name_problems
from .check_rules import rule_problems
from .check_text import plain_problems
from .problems import DataError, Problem


def doubts_in(folder: Path) -> list[Problem]:
    """What is unlikely in a data package; raises DataError for what is wrong."""
    package = read_descriptor(folder)
    problems = [
        problem
        for resource in package["resources"]
        for problem in file_problems(folder, resource)
    ]
    problems = (
        problems
        or frictionless_problems(folder)
        or letter_problems(folder, package)
        or plain_problems(folder, package)
        or name_problems(folder, package)
        or rule_problems(folder)
    )
    refused = [problem for problem in problems if not problem.unlikely]
    if refused:
        raise DataError(refused)
    return problems
