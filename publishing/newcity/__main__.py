"""One more city: a template of rows to fill in, a look at them, their way into data/.

    python -m publishing.newcity Hamburg        writes new/hamburg/, or looks at it
                                                if it is there
    python -m publishing.newcity Hamburg --add  puts its rows into data/, if nothing
                                                is wrong with them

A row that stays as the template has it counts as not filled in, and is left out. A CSV
file of any other table of data/ may be put beside those of the template, with the same
header: a new indicator comes in this way.
"""

import argparse
import sys

from fourcities.facts import ROOT, DataError

from .. import codebook
from ..build import alone
from ..errors import BuildError
from . import CityError, add, key_of, look, write_template

NEW = ROOT / "new"
NOTHING = "Nothing was added to data/."


def main() -> None:
    """Do what the command line asks for; a failure ends with its message alone."""
    try:
        _run(_arguments())
    except (CityError, DataError, BuildError) as error:
        sys.exit(f"\n{error}\n{NOTHING}")
    except OSError as error:
        sys.exit(
            f"\n{error.filename or 'A file'} can't be written or read: "
            f"{error.strerror or error}.\n{NOTHING}"
        )


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
    return parser.parse_args()


def _run(wanted: argparse.Namespace) -> None:
    key = wanted.key or key_of(wanted.name)
    folder = NEW / key
    if not folder.exists():
        write_template(wanted.name, key, folder)
        written = folder.relative_to(ROOT)
        print(f"Written: {written}/. Its README.md says how to go on.")
        return
    print("\n".join(look(key, folder)))
    if wanted.add:
        with alone():
            add(key, folder)
            codebook.write()
        print("Added to data/. Now: make book")


if __name__ == "__main__":
    main()
