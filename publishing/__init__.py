"""What makes the site of the book, and what its authors run.

Nothing in here reaches a notebook. `build` checks the data, executes stale notebooks
(`notebooks`) and makes the site (`site`) with `handouts` and `slides`; `extensions` are
what it adds to Sphinx; `templates` and `static` are the pages' frames, styles and
scripts. `changes`, `codebook` and `newcity` are commands of their own. Everything here
may use the package `fourcities`, which never uses this one.
"""

import os
import sys
from pathlib import Path
from types import TracebackType

# The package that the notebooks import lies beside them, where they find it without
# installing.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "book"))


def _end(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """End a command that Ctrl-C stops with one line, at once.

    What a command writes is put in its place in one step, at its end. Notebooks that
    are at work are not waited for: their kernels end with this process.
    """
    if not issubclass(kind, KeyboardInterrupt):
        return sys.__excepthook__(kind, error, trace)
    print("\nStopped. All is as it was before.", file=sys.stderr, flush=True)
    os._exit(130)  # as a shell counts it


sys.excepthook = _end
