"""List what a reader would see change: the chapters whose text, code, tables or figures differ from an earlier commit.

    python -m publishing.changes origin/main

Prints Markdown, for the summary of a pull request. Fingerprints and counters of cells don't count, as no reader sees them.
"""

import subprocess
import sys
from pathlib import Path

import nbformat

from fourcities.facts import ROOT

from .errors import BuildError
from .notebooks import chapters


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: python -m publishing.changes COMMIT, such as origin/main")
    try:
        print(report(sys.argv[1]))
    except BuildError as error:
        sys.exit(str(error))


def report(commit, root=ROOT):
    """The changes since a commit as Markdown: a line for each chapter, then the data files. Raises BuildError if git doesn't know the commit."""
    now = {path.stem: path.read_text("utf-8") for path in chapters(root / "_toc.yml")}
    then = {
        Path(name).stem: _git(root, "show", f"{commit}:{name}")
        for name in _git(root, "ls-tree", "--name-only", commit, "book/").split()
        if name.endswith(".ipynb")
    }
    lines = []
    for name, text in now.items():
        changes = changed(then.get(name), text)
        if changes:
            lines.append(f"- {title(text)} (`book/{name}.ipynb`): {', '.join(changes)}")
    lines += [
        f"- {title(text)} (`book/{name}.ipynb`): taken out"
        for name, text in then.items()
        if name not in now
    ]
    data = _git(root, "diff", "--name-only", commit, "--", "data").split()
    return "\n".join(
        [
            "## Changed chapters",
            "",
            *(lines or ["None: no reader would see a difference."]),
            *(
                ["", "## Changed data", ""] + [f"- `{name}`" for name in data]
                if data
                else []
            ),
        ]
    )


def changed(old, new):
    """What differs between two texts of a notebook: some of “text”, “code”, “tables, figures or sentences from data”; “new” if there was none."""
    if old is None:
        return ["new"]
    parts = {
        "text": lambda cell: cell.cell_type == "markdown" and cell.source,
        "code": lambda cell: cell.cell_type == "code" and cell.source,
        "tables, figures or sentences from data": _shown,
    }
    both = [nbformat.reads(text, as_version=4).cells for text in (old, new)]
    return [
        name
        for name, part in parts.items()
        if len({str([part(cell) for cell in cells if part(cell)]) for cells in both})
        > 1
    ]


def title(text):
    """First heading of a notebook."""
    return (
        nbformat.reads(text, as_version=4)
        .cells[0]
        .source.partition("\n")[0]
        .lstrip("# ")
    )


def _shown(cell):
    return [
        {key: value for key, value in output.items() if key != "execution_count"}
        for output in cell.get("outputs", [])
    ]


def _git(root, *command):
    done = subprocess.run(
        ["git", *command], cwd=root, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BuildError(f"git {' '.join(command)}: {done.stderr.strip()}")
    return done.stdout


if __name__ == "__main__":
    main()
