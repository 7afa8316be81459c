"""One more city: a template of rows to fill in, a look at them, their way into data/.

    python -m publishing.newcity Hamburg        writes new/hamburg/, or looks at it
                                                if it is there
    python -m publishing.newcity Hamburg --add  puts its rows into data/, if nothing
                                                is wrong with them, in the place of
                                                those that it has of the city
    python -m publishing.newcity Hamburg --remove  takes the city out of data/ again

A row that stays as the template has it counts as not filled in, and is left out. A CSV
file of any other table of data/ may be put beside those of the template, with the same
header: a new indicator comes in this way.
"""

import argparse
import sys

from fourcities.facts import ROOT

from .. import codebook
from ..build import alone
from ..errors import told
from . import add, key_of, look, remove, write_template

NEW = ROOT / "new"
NOTHING = "data/ is as it was."


def main() -> None:
    """Do what the command line asks for; a failure ends with its message alone."""
    wanted = _arguments()
    try:
        with alone():
            _run(wanted)
    except Exception as error:
        sys.exit(f"\n{told(error)}\n{NOTHING}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m publishing.newcity",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("name", help="English name of the city")
    parser.add_argument(
        "--key", default="", help="its key in data/; made from the name unless given"
    )
    parser.add_argument(
        "--add", action="store_true", help="put the filled rows into data/"
    )
    parser.add_argument(
        "--remove", action="store_true", help="take the city's rows out of data/"
    )
    return parser.parse_args()


def _run(wanted: argparse.Namespace) -> None:
    key = wanted.key or key_of(wanted.name)
    folder = NEW / key
    if wanted.remove:
        print("\n".join(remove(key)))
        codebook.write()
        print("Taken out of data/. Now: make book")
        return
    if not folder.exists():
        write_template(wanted.name, key, folder)
        written = folder.relative_to(ROOT)
        print(f"Written: {written}/. Its README.md says how to go on.")
        return
    print("\n".join(look(key, folder)))
    if wanted.add:
        add(key, folder)
        codebook.write()
        print("Added to data/. Now: make book")


if __name__ == "__main__":
    main()
