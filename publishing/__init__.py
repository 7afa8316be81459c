"""What makes the site of the book, and what its authors run.

Nothing in here reaches a notebook. `build` checks the data, executes stale notebooks
(`notebooks`) and makes the site (`site`) with `handouts` and `slides`; `extensions` are
what it adds to Sphinx; `templates` and `static` are the pages' frames, styles and
scripts. `changes`, `codebook` and `newcity` are commands of their own. Everything here
may use the package `fourcities`, which never uses this one.
"""

import sys
from pathlib import Path

# The package that the notebooks import lies beside them, where they find it without
# installing.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "book"))
