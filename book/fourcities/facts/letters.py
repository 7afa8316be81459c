"""What stands in a text: whether every reader and program sees the same letters.

Names are compared by `skeleton`, which is alike for what looks alike.
"""

import re
from collections.abc import Collection
from functools import lru_cache
from unicodedata import category, name, normalize

# Control, format, surrogate, private use, unassigned; what breaks a line.
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}

# Letters, marks and signs that show nothing, by themselves or of another letter.
EMPTY = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef]"
)

# Within words of scripts from Arabic to Myanmar, and of Khmer, they join letters or
# keep them apart, as they have to be.
JOINER = re.compile(
    "(?<=[\u0600-\u109f\u1780-\u17ff])[\u200c\u200d](?=[\u0600-\u109f\u1780-\u17ff])"
)

# No letter has four accents.
MARKS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4}"
)

BLANKS = re.compile(r"^\s|\s$|\s\s|[^\S ]")

WORD = re.compile(r"[^\W\d_]+")

# Scripts that are written beside any other without a blank.
BESIDE = {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC"}


def fault_of(text: str, mixed: Collection[str] = ()) -> str | None:
    """What was expected of a text; None if its letters can be seen and told apart.

    mixed: words that may have letters of two scripts.
    """
    if text.isascii() and text.isprintable() and not BLANKS.search(text):
        return None
    if EMPTY.search(text) or not UNSEEN.isdisjoint(map(category, _joined(text))):
        return (
            "text on one line, without control characters and characters that "
            "can't be seen or have no meaning of their own"
        )
    if is_garbled(text):
        return "the letters before they were read in a wrong encoding, such as ö for Ã¶"
    if MARKS.search(text):
        return "letters with three accents at most"
    if normalize("NFC", text) != text:
        return "composed letters (Unicode's NFC): ü as one letter, not as u and dots"
    if BLANKS.search(text):
        return "one ordinary blank between words, and none at the ends"
    return None if text.isascii() else _mixed_word(text, mixed)


def _joined(text: str) -> str:
    return text if text.isascii() else JOINER.sub("", text)


def _mixed_word(text: str, mixed: Collection[str]) -> str | None:
    for word in WORD.findall(text):
        scripts = {_script(letter) for letter in word} - BESIDE
        if len(scripts) > 1 and word not in mixed:
            listed = " and ".join(sorted(scripts))
            return f"letters of one script in the word {word!r}, not {listed}"
    return None


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    """The first word of a letter's name in Unicode: LATIN, CYRILLIC, CJK."""
    return re.split(r"[ -]", name(letter, "?"))[0]


# ---------- letters read in a wrong encoding

# What may stand behind a letter of its own right.
ORDINARY = "“”‘’„‚‹›«»–—…•·°²³¹©®™ŠŽŒšžœŸƒ"


def _behind(codec: str) -> str:
    """How a codec shows the bytes that aren't the first of a letter in UTF-8."""
    return re.escape(bytes(range(0x80, 0xC0)).decode(codec, "ignore"))


# UTF-8 as other encodings show it: a first byte, and what follows.
GARBLED = re.compile(
    rf"[ÂÃ][{_behind('cp1252')}]"
    rf"|[Ä-ß][{_behind('cp1252')}]|[à-ï][{_behind('cp1252')}]{{2}}"
    rf"|[ð-ô][{_behind('cp1252')}]{{3}}"
    rf"|[¬√ƒ≈][{_behind('mac_roman')}]|‚Ä[{_behind('mac_roman')}]"
    rf"|[┬├─┼][{_behind('cp437')}]|ΓÇ[{_behind('cp437')}]"
)

CHINESE = re.compile(r"[\u3400-\u9fff]{2,}")


def is_garbled(text: str) -> bool:
    """Whether a text has letters that were read in a wrong encoding, or lost."""
    if text.isascii():
        return False
    if "\ufffd" in text or _is_garbled_chinese(text):
        return True
    return any(
        found[0] in "ÂÃ" or not set(found[1:]) <= set(ORDINARY)
        for found in GARBLED.findall(text)
    )


def _is_garbled_chinese(text: str) -> bool:
    """Whether a run of Chinese is the UTF-8 of other Chinese, read as GB 18030."""
    for run in CHINESE.findall(text):
        try:
            meant = run.encode("gb18030").decode("utf-8")
        except UnicodeError:
            continue
        if CHINESE.fullmatch(meant):
            return True
    return False


# ---------- what looks alike

LOOKALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧαινκορτυχ‐‑‒–—―−’‘ʼ`´“”„",
    "ABESIJKMHOPCTYXaesijopcyxhdqwABEZHIKMNOPTYXaivkoptux-------'''''\"\"\"",
)

# Told apart in some typefaces only.
STROKES = str.maketrans("i1|ı0", "llllo")


def skeleton(text: str) -> str:
    """A text with what looks alike made alike: capitals, letters, dashes, blanks."""
    if not text.isascii():
        text = normalize("NFKD", text).translate(LOOKALIKES)
        text = "".join(c for c in text if category(c) != "Cf")
    return " ".join(text.casefold().split()).translate(STROKES)
