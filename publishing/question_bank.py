"""A question bank for Moodle: the checked exercises, and claims to judge.

The file is Moodle XML, which Moodle's question bank imports: see
question/format/xml/format.php there, and docs.moodle.org, “Moodle XML format”. All in
it is computed from the data: exercises with the answers that `fc.check` takes, and
claims of the ledger with how they may be used, and why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from functools import partial
from itertools import zip_longest
from pathlib import Path
from posixpath import join
from textwrap import shorten
from xml.etree import ElementTree as xml

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from fourcities.facts import Cells, read
from fourcities.ledger import USES, claims
from fourcities.presentation import marked, name, pages
from fourcities.teaching import PART_OF_ONE, Part, Question, check, questions

from .contents import chapters, hash_of_all_but_chapters
from .extensions.citable.stated import BOOK
from .notebooks import read_notebook, title_of
from .parts import Parts
from .paths import COURSE
from .xml_files import as_bytes

NAME = "question-bank.xml"
CLAIMS = 10  # to judge
LONGEST = 200  # letters of a question's name
CATEGORY = "$course$/top/{book}/{part}"

TYPE_A_NUMBER = (
    "Type the number alone, without unit and without separators of thousands. "
    "It may be rounded."
)
FORMS = {
    "number": TYPE_A_NUMBER,
    "percent": TYPE_A_NUMBER,
    "count": "Type a whole number, without separators of thousands.",
    "city": "Type the name of the city.",
    "years": "Type the years with a comma between them, the earliest first.",
}
FINER = 2  # digits more than a page prints, to which an answer may be rounded
BETWEEN_YEARS = (", ", ",", " and ", "; ", " ", " & ")

# What is said of a wrong choice, by the right one.
WRONG = {
    "safe": "No. The report's own numbers, names or times bear it out, without a but.",
    "caveat": "No. It can be cited, but not without what there is to mind.",
    "unsettled": "No. What would decide it is not printed.",
    "unusable": "No. It fails where it is tested, and a comparison would rest on it.",
}

# What only someone who types Python must be told.
IN_PYTHON = re.compile(
    r"^a dictionary with |, for (?:each city|'.+)$|^the list of |, such as \[.+$"
)
# A link of a chapter into the book.
INSIDE = re.compile(r'<a href="(?!https?:)([^"]*)">(.*?)</a>', re.S)


def question_bank(address: str = "") -> bytes:
    """Make the question bank.

    Parameters
    ----------
    address : str
        Of the site, for links to chapters and ledger; without it, these are named.

    Returns
    -------
    bytes
        Moodle XML in UTF-8; the same data give the same bytes.
    """
    bank = xml.Element("quiz")
    book = BOOK["title"].partition(":")[0]
    _category(bank, book, "Exercises")
    for question in questions():
        _exercise(bank, question, address)
    _category(bank, book, "May this be cited?")
    for claim in claims_to_judge():
        _claim(bank, claim, address)
    return as_bytes(bank)


def write(site: Path, address: str, parts: Parts) -> None:
    """Write the question bank into a site's folder.

    Parameters
    ----------
    site : Path
        The site's folder.
    address : str
        As in `question_bank`.
    parts : Parts
        Where the last one is kept: it is made again if data, code or words of a chapter
        changed, among them its title and its exercises.
    """
    (site / COURSE).mkdir(exist_ok=True)
    words = [
        cell.source
        for path in chapters()
        for cell in read_notebook(path).cells
        if cell.cell_type == "markdown"
    ]
    bank = parts.get(
        "question bank",
        hash_of_all_but_chapters(),
        *words,
        address,
        make=partial(question_bank, address),
    )
    (site / COURSE / NAME).write_bytes(bank)


def claims_to_judge(count: int = CLAIMS) -> list[Cells]:
    """Choose claims of the ledger by rule, so that no use is more frequent.

    Each use that a claim may have gives one in turn: first claims that sessions.csv
    names, then others, in the order of the tables. Claims on titles are
    left out: most take a reader of Chinese.

    Parameters
    ----------
    count : int

    Returns
    -------
    list of Series
        Rows of the ledger, in its order; fewer if there are no more.
    """
    ledger = claims().query("kind != 'title'").set_index("claim", drop=False)
    named = [key for keys in read("sessions")["claims"] for key in keys.split()]
    first = [key for key in dict.fromkeys(named) if key in ledger.index]
    order = ledger.loc[list(dict.fromkeys([*first, *ledger.index]))]
    groups = [list(order[order["use"] == use]["claim"]) for use in USES]
    turns = [key for turn in zip_longest(*groups) for key in turn if key]
    chosen = set(turns[:count])
    return [row for key, row in ledger.iterrows() if key in chosen]


# Exercises


def _exercise(bank: xml.Element, question: Question, address: str) -> None:
    """One question of Moodle; for an answer with a number for each city, one each."""
    if question.kind == "years":
        _years(_asked(bank, question, "shortanswer", "", address), question)
    elif question.kind == "city":
        (part,) = question.parts.values()
        _city(_asked(bank, question, "shortanswer", "", address), part, question)
    else:
        for city in question.parts:
            _number(_asked(bank, question, "numerical", city, address), city, question)


def _asked(
    bank: xml.Element, question: Question, kind: str, city: str, address: str
) -> xml.Element:
    """A question without its answers. city: of which it asks the number, or ""."""
    what = IN_PYTHON.sub("", question.asked)
    chapter = title_of(question.chapter)
    head = f"{chapter}, {name(city)}" if city else chapter
    link = _link(address, f"{question.chapter}.html", f"the chapter “{chapter}”")
    text = Markup("").join(
        [
            _paragraph(_html(question.text, question.chapter, address)),
            _paragraph(f"Here only the number for {name(city)}." if city else ""),
            _paragraph(FORMS[question.kind]),
            _paragraph(Markup("The data stand in {}.").format(link)),
        ]
    )
    solution = f"{question.chapter}.html#{question.label}"
    how = Markup("How to get there: the solution below the exercise in {}.").format(
        _link(address, solution, f"the chapter “{chapter}”")
    )
    key = f"{question.label}-{city}" if city else question.label
    return _question(bank, kind, key, f"{head}: {what}", text, _paragraph(how))


def _number(asked: xml.Element, city: str, question: Question) -> None:
    """Answers to a numerical question: Moodle takes the first that fits.

    city: whose number is asked, or "".
    """
    part = question.parts[city]
    forms = list(part.accepted)
    if question.kind != "count":
        right = f"{float(part.right):.12g}"
        finest = forms[0]
        in_parts_of_one = forms.pop() if question.kind == "percent" else ""
        _near(asked, right, _half_a_place(finest, FINER), 100, "Right.")
        if in_parts_of_one:
            number = f"{float(part.right) / 100:.12g}"
            said = f"Right. {PART_OF_ONE}"
            _near(asked, number, _half_a_place(in_parts_of_one, FINER), 100, said)
            for form in _rounded(number, in_parts_of_one):
                if _takes(question, city, form):
                    _near(asked, form, "0", 100, said)
        forms = [
            form for form in _rounded(right, finest) if _takes(question, city, form)
        ]
        forms += filter(None, [in_parts_of_one])
    for form in forms:
        _near(asked, form, "0", 100, "Right.")
    for form, hint in part.hints.items():
        _near(asked, form, _half_a_place(form), 0, f"Not yet. {hint}")
    _near(asked, "*", "0", 0, f"Not yet. {FORMS[question.kind]}")


def _rounded(right: str, finest: str) -> Iterable[str]:
    """A number rounded to each place, from finer than a form on; a half up and down."""
    number = Decimal(right)
    places = range(_place(finest) - FINER, number.adjusted() + 1)
    rounded = (
        number.quantize(Decimal(1).scaleb(place), half)
        for place in places
        for half in (ROUND_HALF_UP, ROUND_HALF_DOWN)
    )
    return dict.fromkeys(f"{form:f}" for form in rounded if form != number)


def _takes(question: Question, city: str, form: str) -> bool:
    """Whether `fc.check` takes a number, beside the right ones of other cities."""
    answer: object = float(form)
    if city:
        answer = {key: part.right for key, part in question.parts.items()}
        answer |= {city: float(form)}
    said: str = check(question.label, answer).data
    return said.startswith("**Right")


def _near(
    question: xml.Element, number: str, tolerance: str, percent: int, feedback: str
) -> None:
    """An answer to a numerical question, with how far a number may be from it."""
    _answer(question, number, percent, feedback)
    xml.SubElement(question[-1], "tolerance").text = tolerance


def _city(asked: xml.Element, part: Part, question: Question) -> None:
    """Answers to a question for a city: all spellings, in any letters."""
    xml.SubElement(asked, "usecase").text = "0"
    for spelling in {word.casefold(): word for word in part.accepted}.values():
        _answer(asked, spelling, 100, "Right.")
    for city, hint in part.hints.items():
        _answer(asked, name(city), 0, f"Not yet. {hint}")
    _answer(asked, "*", 0, f"Not yet: another city. {FORMS[question.kind]}")


def _years(asked: xml.Element, question: Question) -> None:
    """Answers to a question for years, in any order, with what people put between."""
    xml.SubElement(asked, "usecase").text = "0"
    years = sorted(question.parts)
    for order in dict.fromkeys((tuple(years), tuple(reversed(years)))):
        for between in BETWEEN_YEARS if len(years) > 1 else BETWEEN_YEARS[:1]:
            _answer(asked, between.join(order), 100, "Right.")
    for year in years if len(years) > 1 else ():
        _answer(asked, year, 0, "Not yet. Some years are missing.")
    _answer(asked, "*", 0, f"Not yet. {FORMS[question.kind]}")


# Claims


def _claim(bank: xml.Element, claim: Cells, address: str) -> None:
    """A question with one right choice: how the claim may be used."""
    place = f"Section {claim['section']}"
    text = Markup("").join(
        [
            _paragraph(Markup("The report says or implies ({}):").format(place)),
            Markup("<blockquote>{}</blockquote>").format(
                _paragraph(marked(claim["statement"]))
            ),
            _paragraph(
                Markup("May it be cited? Look at {} before you choose.").format(
                    _link(address, pages()[place], "what the report prints for it")
                )
            ),
        ]
    )
    row = _link(address, f"does-it-hold.html#ledger-{claim['claim']}", "the ledger")
    reason = Markup("").join(
        [
            _paragraph(Markup("By {}: {}.").format(row, USES[claim["use"]])),
            *(_paragraph(marked(line)) for line in _reasons(claim)),
        ]
    )
    title = shorten(claim["statement"], LONGEST, placeholder=" …")
    asked = _question(bank, "multichoice", claim["claim"], title, text, reason)
    for tag, value in (
        ("single", "true"),
        ("shuffleanswers", "false"),
        ("answernumbering", "none"),
    ):
        xml.SubElement(asked, tag).text = value
    for use, words in USES.items():
        right = use == claim["use"]
        said = "Right." if right else WRONG[claim["use"]]
        _answer(asked, words.capitalize(), 100 if right else 0, said)


def _reasons(claim: Cells) -> Iterator[str]:
    """What the ledger says of a claim, line by line."""
    yield from filter(None, claim["finding"].split("\n"))
    if claim["caveat"]:
        yield f"To mind: {claim['caveat']}"
    if claim["note"]:
        yield claim["note"]
    if claim["needs"]:
        yield f"Needed: {claim['needs']}."


# Moodle XML


def _category(bank: xml.Element, book: str, part: str) -> None:
    """What follows goes into this category. A slash in a name is written twice."""
    names = {"book": book, "part": part}
    doubled = {key: words.replace("/", "//") for key, words in names.items()}
    question = xml.SubElement(bank, "question", type="category")
    _text(question, "category", CATEGORY.format(**doubled))


def _question(
    bank: xml.Element, kind: str, key: str, title: str, text: Markup, after: Markup
) -> xml.Element:
    """A question without answers.

    key: unlike all others; text, after: what is asked, and what is said after it.
    """
    question = xml.SubElement(bank, "question", type=kind)
    _text(question, "name", shorten(title, LONGEST, placeholder=" …"))
    _text(question, "questiontext", text, format="html")
    _text(question, "generalfeedback", after, format="html")
    for tag, value in (("defaultgrade", "1"), ("penalty", "0.3333333")):
        xml.SubElement(question, tag).text = value
    xml.SubElement(question, "idnumber").text = key
    return question


def _answer(question: xml.Element, text: str, percent: int, feedback: str) -> None:
    """An answer, worth a part of the mark. Of a choice the text is HTML."""
    is_choice = question.get("type") == "multichoice"
    look = "html" if is_choice else "moodle_auto_format"
    answer = xml.SubElement(question, "answer", fraction=str(percent), format=look)
    xml.SubElement(answer, "text").text = str(escape(text)) if is_choice else text
    _text(answer, "feedback", escape(feedback), format="html")


def _text(parent: xml.Element, tag: str, text: str, **attributes: str) -> None:
    element = xml.SubElement(parent, tag, attributes)
    xml.SubElement(element, "text").text = str(text)


def _place(form: str) -> int:
    """The power of ten of the last digit of a number as written: -1 of 44.3."""
    return int(Decimal(form).as_tuple().exponent)


def _half_a_place(form: str, finer: int = 0) -> str:
    """Half of a one in the last digit of a number as written: 0.05 of 44.3.

    finer: by how many digits more.
    """
    return f"{10.0 ** (_place(form) - finer) / 2:.12g}"


# HTML


def _paragraph(words: str) -> Markup:
    return Markup("<p>{}</p>").format(words) if words else Markup("")


def _link(address: str, page: str, words: str) -> Markup:
    """A link into the site; the words alone where its address is not known."""
    if not address:
        return escape(words)
    return Markup('<a href="{}">{}</a>').format(join(address, page), words)


def _html(markdown: str, chapter: str, address: str) -> Markup:
    """Markdown of a chapter; its links lead to the site, if its address is known."""

    def lead(link: re.Match[str]) -> str:
        page = link[1].replace(".ipynb", ".html").removeprefix("./")
        here = f"{chapter}.html" if page.startswith("#") else ""
        return str(_link(address, here + page, Markup(link[2])))

    return Markup(INSIDE.sub(lead, MarkdownIt().renderInline(markdown)))
