"""Where the files are that only the build needs."""

from pathlib import Path

from fourcities.facts import BOOK

HERE = Path(__file__).resolve().parent
TEMPLATES = HERE / "templates"
RECORDER = HERE / "recorder.py"  # runs in kernels
# In no table of contents: only the teachers' site has it.
ANSWERS = BOOK / "teacher-answers.ipynb"
COURSE = "_course"  # of a site: what a university's system imports
