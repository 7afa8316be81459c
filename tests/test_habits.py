"""What is checked before a commit and on a pull request: code, workflows, the list of
what a reader would see change.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import yaml

from conftest import ROOT
from publishing.changes import changed, report
from publishing.errors import BuildError

BIN = Path(sys.executable).parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))


def run(*command, folder=ROOT):
    done = subprocess.run(
        command, cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return done.returncode, done.stdout


def test_code_and_notebooks_have_no_known_mistake():
    assert run(BIN / "ruff", "check", "--no-cache", "--quiet", ".") == (0, "")


def test_a_mistake_in_a_notebook_is_found(tmp_path):
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    nbformat.write(
        nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell("import os\nx = f'no number'")]
        ),
        tmp_path / "a.ipynb",
    )
    code, said = run(
        BIN / "ruff",
        "check",
        "--no-cache",
        "--output-format=concise",
        ".",
        folder=tmp_path,
    )
    assert code and "a.ipynb:cell 1:1:8: F401" in said and "F541" in said


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_follow_the_schema_and_run_what_the_makefile_has(workflow):
    code, said = run(
        BIN / "check-jsonschema",
        "--builtin-schema",
        "vendor.github-workflows",
        workflow,
    )
    assert code == 0, said
    steps = [
        step
        for job in yaml.safe_load(workflow.read_text("utf-8"))["jobs"].values()
        for step in job["steps"]
    ]
    commands = [step["run"] for step in steps if "run" in step]
    assert commands
    for command in commands:
        assert (
            re.match(r"make ([\w-]+)", command)
            and re.match(r"make ([\w-]+)", command)[1] in TARGETS
        ), command
    assert all(
        re.fullmatch(r"actions/[\w-]+@v\d+", step["uses"])
        for step in steps
        if "uses" in step
    ), "GitHub's own actions only"


def test_a_push_is_tested_before_it_is_published():
    jobs = yaml.safe_load((ROOT / ".github/workflows/book.yml").read_text("utf-8"))[
        "jobs"
    ]
    commands = [
        step.get("run", step.get("uses", "")).split("@")[0]
        for step in jobs["book"]["steps"]
    ]
    assert (
        commands.index("make test") < commands.index("actions/upload-pages-artifact")
        and jobs["publish"]["needs"] == "book"
    )
    assert "contents" not in jobs["publish"]["permissions"], (
        "the job that publishes reads nothing of the project"
    )


def test_hooks_use_the_pinned_tools_and_fetch_nothing():
    code, said = run(BIN / "pre-commit", "validate-config")
    assert code == 0, said
    repos = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))[
        "repos"
    ]
    hooks = [hook for repo in repos for hook in repo["hooks"]]
    assert {repo["repo"] for repo in repos} == {"local"} and {
        hook["language"] for hook in hooks
    } == {"system"}
    assert {
        *("ruff", "format", "spelling", "types", "rooms", "javascript"),
        *("data", "fresh", "nbval", "workflows", "tests"),
    } == {hook["id"] for hook in hooks}
    for hook in hooks:
        program, target = re.search(
            r"\.venv/bin/([\w-]+)|^make ([\w-]+)$", hook["entry"]
        ).groups()
        assert target in TARGETS if target else (BIN / program).exists(), hook


def test_hooks_are_there_before_a_commit_and_before_a_push(tmp_path):
    run("git", "init", "--quiet", tmp_path)
    shutil.copy(ROOT / ".pre-commit-config.yaml", tmp_path)
    code, said = run(BIN / "pre-commit", "install", folder=tmp_path)
    assert code == 0, said
    assert {"pre-commit", "pre-push"} <= {
        path.name for path in (tmp_path / ".git" / "hooks").iterdir()
    }


@pytest.mark.parametrize(
    "line, said",
    [
        ("The programme organizes labour in the centre.", ""),
        ("Labor is a problem.", "Labor ==> Labour"),
        ("They recognise it.", "recognise ==> recognize"),
        ("A recieved wisdom.", "recieved ==> received"),
        ("“neighborhood mothers” are called so in print.", ""),
        ("plt.plot(x, color=blue, ha='center')", ""),
    ],
)
def test_one_spelling(tmp_path, line, said):
    (tmp_path / "page.md").write_text(line, "utf-8")
    settings = ["--toml", ROOT / "pyproject.toml"]
    code, told = run(BIN / "codespell", *settings, tmp_path / "page.md")
    assert bool(code) == bool(said) and said in told, told


def test_the_book_has_one_spelling():
    code, told = run(BIN / "codespell", *("book", "data", "docs", "publishing"))
    assert code == 0, told


# The list of changed chapters, in a small repository of its own


def notebook(*cells):
    """A notebook's text: cells are Markdown, or (code, output)."""
    made = [
        nbformat.v4.new_markdown_cell(cell, id=f"c{n}")
        if isinstance(cell, str)
        else nbformat.v4.new_code_cell(
            cell[0],
            id=f"c{n}",
            execution_count=n,
            outputs=[nbformat.v4.new_output("display_data", {"text/plain": cell[1]})],
        )
        for n, cell in enumerate(cells)
    ]
    return nbformat.writes(nbformat.v4.new_notebook(cells=made))


ONE = notebook("# Economy", ("x", "1"))


@pytest.mark.parametrize(
    "new, said",
    [
        (ONE, []),
        (notebook("# Economy!", ("x", "1")), ["text"]),
        (notebook("# Economy", ("y", "1")), ["code"]),
        (notebook("# Economy", ("x", "2")), ["tables, figures or sentences from data"]),
        (notebook("# Economy", "More.", ("x", "1")), ["text"]),
    ],
)
def test_what_changed_in_a_notebook(new, said):
    assert changed(ONE, new) == said
    assert changed(None, new) == ["new"]


def test_changed_chapters_are_listed_with_their_titles(tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "data").mkdir()
    toc, book = tmp_path / "_toc.yml", tmp_path / "book"

    def write(*names):
        toc.write_text(
            f"format: jb-book\nroot: {names[0]}\nchapters:\n"
            + "".join(f"  - file: {name}\n" for name in names[1:])
        )

    def git(*command):
        assert (
            run(
                "git",
                "-c",
                "user.name=a",
                "-c",
                "user.email=a@example.org",
                *command,
                folder=tmp_path,
            )[0]
            == 0
        )

    for name in ("index", "economy", "old"):
        (book / f"{name}.ipynb").write_text(notebook(f"# The {name}", ("x", "1")))
    (tmp_path / "data" / "places.csv").write_text("place\n")
    # A page for some readers alone: it is no chapter, neither now nor then.
    (book / "answers.ipynb").write_text(notebook("# Answers"))
    write("index", "economy", "old")
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        git(*command)
    assert "None: no reader would see a difference." in report("HEAD", tmp_path)
    marked = nbformat.reads((book / "index.ipynb").read_text(), as_version=4)
    marked.metadata["fourcities"] = {"fingerprint": "another"}
    (book / "index.ipynb").write_text(nbformat.writes(marked))
    (book / "economy.ipynb").write_text(notebook("# The economy", ("x", "2")))
    (book / "new.ipynb").write_text(notebook("# The new one"))
    (book / "old.ipynb").unlink()
    (tmp_path / "data" / "places.csv").write_text("place\nbonn\n")
    write("index", "economy", "new")
    assert report("HEAD", tmp_path).splitlines() == [
        "## Changed chapters",
        "",
        "- The economy (`book/economy.ipynb`): tables, figures or sentences from data",
        "- The new one (`book/new.ipynb`): new",
        "- The old (`book/old.ipynb`): taken out",
        "",
        "## Changed data",
        "",
        "- `data/places.csv`",
    ]
    with pytest.raises(BuildError, match="nowhere"):
        report("nowhere", tmp_path)
