"""What the book states of itself, read where it stands."""

from fourcities.facts import ROOT, descriptor, read

from ...editions import authors, commit, licences, stated

BOOK = stated()
REPORT = BOOK["references"][0]
AUTHORS = authors()
DATE = str(BOOK.get("date-released", ""))  # 2031-02-03; "" before a first release
COMMIT = commit()  # "" where none is named
LICENCES = licences(BOOK)
PACKAGE = descriptor()
QUESTIONS: dict[str, str] = {
    row["chapter"]: row["question"] for _, row in read("sections").iterrows()
}
PROJECT = read("sources").set_index("kind").loc["project"]
PICTURE = ROOT / "README.png"
