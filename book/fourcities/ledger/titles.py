"""Does an English title say what its Chinese or German title says?

A test word by word, with the list data/title_words.csv.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from fourcities.facts import Cells, lookup
from fourcities.presentation import name

from .parts import english_title, local_title, quoted

# A phrase of title_words.csv, and the forms that it may have in one language.
Words: TypeAlias = Mapping[str, list[str]]

# The column of title_words.csv for each language, and what its words are called.
COLUMNS = {"zh-Hans": "chinese", "de": "german"}
CALLED = {"zh-Hans": "characters", "de": "German"}


def mismatch(row: Cells) -> str:
    """What one title says and the other does not, in a sentence.

    Parameters
    ----------
    row : Series or dict
        A row of policies, bodies, organizations or measures with a Chinese or German
        title or name: place (key of places.csv), language, and title and local_title
        or name and local_name.

    Returns
    -------
    str
        "" if each word of the list has its counterpart.

    Raises
    ------
    KeyError
        If the list has no words in this language.

    Notes
    -----
    The row's own place is understood: either title may leave it out, but another place
    is found. Words that are not in the list (data/title_words.csv) are not tested.

    Examples
    --------
    >>> import fourcities as fc
    >>> policies = fc.read("policies").set_index("policy")
    >>> mismatch(policies.loc["hangzhou-points"])
    'No English for 外来人口 (migrant).'
    """
    language = row["language"]
    words = _words(language)
    local_place = lookup("places", "local_name")[row["place"]]
    english = f"{english_title(row)} / {name(row['place'])}"
    local = f"{local_title(row)} / {local_place}"

    phrases = _phrases_in(english, words)
    forms = _forms_in(local, words, language)
    allowed = {form for phrase in phrases for form in words[phrase]}
    lost = [
        f"“{phrase}”"
        for phrase in phrases
        if not any(_has(local, form, language) for form in words[phrase])
    ]
    added = [
        f"{quoted(form, language)} ({_meaning(form, words)})"
        for form in forms
        if form not in allowed
    ]
    sentences = []
    if lost:
        sentences.append(f"No {CALLED[language]} for {', '.join(lost)}.")
    if added:
        sentences.append(f"No English for {', '.join(added)}.")
    return " ".join(sentences)


def place_of_one(row: Cells) -> str:
    """Which of the two titles alone names the row's own place, in a sentence.

    Parameters
    ----------
    row : Series or dict
        As in `mismatch`.

    Returns
    -------
    str
        "" if both titles name it, or neither.

    Examples
    --------
    >>> import fourcities as fc
    >>> policies = fc.read("policies").set_index("policy")
    >>> place_of_one(policies.loc["berlin-participation-law"])
    'Only the English names Berlin.'
    """
    language, place = row["language"], name(row["place"])
    forms = _words(language).get(place)
    if not forms:
        return ""
    in_english = _plain(place) in _plain(english_title(row) or "")
    local = local_title(row) or ""
    in_local = any(_has(local, form, language) for form in forms)
    if in_english == in_local:
        return ""
    other = "Chinese" if language == "zh-Hans" else "German"
    return f"Only the {'English' if in_english else other} names {place}."


def capitals(row: Cells) -> str:
    """Words of a German title that print another capital than the list, in a sentence.

    Parameters
    ----------
    row : Series or dict
        As in `mismatch`.

    Returns
    -------
    str
        "" if the title is Chinese, or all its words are written as in the list. The
        first word of a title has a capital anyway.

    Examples
    --------
    >>> import fourcities as fc
    >>> policies = fc.read("policies").set_index("policy")
    >>> capitals(policies.loc["cologne-concept"])
    '„Integrativen“ is printed; German has „integrativen“.'
    """
    language = row["language"]
    if language != "de":
        return ""
    known = {
        form.casefold(): form for forms in _words(language).values() for form in forms
    }
    printed = re.findall(r"\w+", local_title(row) or "")[1:]
    usual = [known.get(word.casefold(), word) for word in printed]
    return " ".join(
        f"{quoted(word, 'de')} is printed; German has {quoted(form, 'de')}."
        for word, form in zip(printed, usual)
        if word != form
    )


def _words(language: str) -> Words:
    """The phrases of the list that have words in a language, with these."""
    column = lookup("title_words", COLUMNS[language])
    return {phrase: forms.split() for phrase, forms in column.items() if forms}


def _plain(english: str) -> str:
    """Lower case without apostrophes: “People’s” and “Peoples” are the same word."""
    return re.sub("['’]", "", english.lower())


def _phrases_in(english: str, words: Words) -> list[str]:
    """Phrases of the list in an English title, in its order: whole words, perhaps with
    a plural s; the longest first, each word once.
    """
    text = _plain(english)
    found = {}  # where each phrase starts
    for phrase in sorted(words, key=len, reverse=True):
        pattern = rf"(?<![a-z]){re.escape(_plain(phrase))}s?(?![a-z])"
        place = re.search(pattern, text)
        if place:
            found[phrase] = place.start()
            text = re.sub(pattern, lambda word: "|" * len(word[0]), text)
    return sorted(found, key=lambda phrase: found[phrase])


def _forms_in(local: str, words: Words, language: str) -> list[str]:
    """Forms of the list in a Chinese or German title, in its order: the longest first,
    each letter once.
    """
    forms = {form for of_phrase in words.values() for form in of_phrase}
    text = local
    found = {}  # where each form starts
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        place = _pattern(form, language).search(text)
        if place:
            found[form] = place.start()
            text = _pattern(form, language).sub("|" * len(form), text)
    return sorted(found, key=lambda form: found[form])


def _has(local: str, form: str, language: str) -> bool:
    """Whether a Chinese or German title has a form."""
    return _pattern(form, language).search(local) is not None


def _pattern(form: str, language: str) -> re.Pattern[str]:
    """A form in a title: anywhere in Chinese; a whole word in German, in any case."""
    if language == "zh-Hans":
        return re.compile(re.escape(form))
    return re.compile(rf"(?<!\w){re.escape(form)}(?!\w)", re.IGNORECASE)


def _meaning(form: str, words: Words) -> str:
    """English for a Chinese or German form: best a short phrase for which it is the
    first choice.
    """
    phrases = [phrase for phrase in words if form in words[phrase]]
    return min(phrases, key=lambda phrase: (words[phrase][0] != form, len(phrase)))
