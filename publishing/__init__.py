"""What makes the site of the book, and what its authors run.

Nothing in here reaches a notebook. `build` checks the data, executes stale notebooks
(`notebooks`) and makes the site (`site`) with `handouts` and `slides`; `extensions` are
what it adds to Sphinx; `templates` and `static` are the pages' frames, styles and
scripts. `changes`, `codebook`, `newcity` and `preview` are commands of their own.
Everything here may use the package `fourcities`, which never uses this one.
"""

import os
import sys
from pathlib import Path
from types import TracebackType

# The package that the notebooks import lies beside them, where they find it without
# installing.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "book"))

STOPPED = "Stopped. Nothing is half-written; what was not done yet is as it was."


def _end(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """End a command in words, whatever ends it: no traceback on the terminal.

    Ctrl-C ends it at once. What a command writes is put in its place in one step: each
    notebook, the rows of a city, the site. Notebooks that are at work are not waited
    for: their kernels end with this process.
    """
    if issubclass(kind, KeyboardInterrupt):
        print(f"\n{STOPPED}", file=sys.stderr, flush=True)
        os._exit(130)  # as a shell counts it
    if isinstance(error, Exception) and _is_ours():
        print(f"\n{in_words(error)}", file=sys.stderr, flush=True)
    else:
        sys.__excepthook__(kind, error, trace)


def in_words(error: Exception) -> str:
    """What a command says of an error, even if what finds the words is what is broken.

    Parameters
    ----------
    error : Exception

    Returns
    -------
    str
        As `errors.told`; where that can't be imported, the error's kind and message.
    """
    try:
        from .errors import told
    except Exception:
        return f"{type(error).__name__}: {error}"
    return told(error)


def _is_ours() -> bool:
    """Whether the program that runs is a command of this package."""
    spec = getattr(sys.modules["__main__"], "__spec__", None)
    return spec is not None and spec.name.startswith(f"{__name__}.")


sys.excepthook = _end
