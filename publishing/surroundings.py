"""What programs of the build find around them: nothing of the person who runs it.

A profile of IPython, a matplotlibrc, a time zone or a language would change what stands
on the pages.
"""

import os
from pathlib import Path

import matplotlib

from fourcities.facts import BUILD

HOME = BUILD / "home"  # empty but for what programs put there
# What a program needs to run at all, and the commit that an edition names.
KEPT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "COMMIT")


def settings() -> dict[str, str]:
    """Make the variables that stand for a person's configuration.

    Returns
    -------
    dict of str to str
        Values by name. Fonts that matplotlib has found once are not looked for again.
    """
    return {
        "IPYTHONDIR": str(HOME / "ipython"),
        "JUPYTER_CONFIG_DIR": str(HOME / "jupyter"),
        "MATPLOTLIBRC": str(Path(matplotlib.get_data_path()) / "matplotlibrc"),
        "MPLCONFIGDIR": matplotlib.get_cachedir(),
        "PYTHONHASHSEED": "0",
        "PYTHONNOUSERSITE": "1",
        "PYTHONUTF8": "1",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }


def surroundings() -> dict[str, str]:
    """Make the environment of a program that the build starts.

    Returns
    -------
    dict of str to str
        All its variables; its home is a folder of the build.
    """
    HOME.mkdir(parents=True, exist_ok=True)
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    home = {"HOME": str(HOME), "USERPROFILE": str(HOME)}
    return kept | home | settings()
