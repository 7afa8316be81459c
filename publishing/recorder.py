"""Note which files a process opens. The build runs this file in each kernel.

What Python knows of a file that it opens is the record: `pandas.read_csv`, `open` and
`Path.read_text` are alike to it, and nothing has to be declared.
"""

import os
import sys

opened: set[str] = set()


def files() -> str:
    """Name what was opened since this began, and the modules that were imported.

    Returns
    -------
    str
        Absolute paths, a line each.
    """
    # Of a module that was compiled before, Python opens another file.
    modules = [getattr(one, "__file__", None) for one in list(sys.modules.values())]
    return "\n".join(sorted(opened.union(filter(None, modules))))


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
        opened.add(os.path.abspath(os.fsdecode(arguments[0])))


sys.addaudithook(_note)
