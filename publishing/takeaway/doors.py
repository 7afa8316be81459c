"""Doors to the files, above the title of the site's first page.

A door stands there from when its file is made until the site is made anew: a file that
is older than the pages could have other numbers.
"""

import re
import shutil
from pathlib import Path

WORDS = {".pdf": "The whole book (PDF)", ".epub": "For e-readers (EPUB)"}
DOORS = re.compile(r'(<p class="doors">.*?)(\n</p>)', re.S)


def add_door(site: Path, file: Path) -> None:
    """Copy a file that was made from a site into it, with a door.

    Parameters
    ----------
    site : Path
        The site's folder.
    file : Path
        The PDF or EPUB.
    """
    shutil.copy(file, site)
    page = site / "index.html"
    html = page.read_text("utf-8")
    door = f'<a href="{file.name}" download>{WORDS[file.suffix]}</a>'
    if door not in html:
        html = DOORS.sub(rf"\1\n{door}\2", html, count=1)
        page.write_text(html, "utf-8")
