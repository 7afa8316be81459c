"""Does an English title say what its Chinese characters say?

A test word by word, with the list data/title_words.csv.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from fourcities.facts import Cells, lookup
from fourcities.presentation import name

from .parts import english_title, local_title

# A phrase of title_words.csv, and the Chinese forms that it may have.
Words: TypeAlias = Mapping[str, list[str]]


def mismatch(row: Cells) -> str:
    """What one title says and the other does not, in a sentence.

    Parameters
    ----------
    row : Series or dict
        A row of policies, bodies, organizations or measures with a Chinese title or
        name: place (key of places.csv), and title and local_title or name and
        local_name.

    Returns
    -------
    str
        "" if each word of the list has its counterpart.

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
    words = {
        phrase: forms.split()
        for phrase, forms in lookup("title_words", "chinese").items()
    }
    local_place = lookup("places", "local_name")[row["place"]]
    english = f"{english_title(row)} / {name(row['place'])}"
    chinese = f"{local_title(row)} / {local_place}"

    phrases = _phrases_in(english, words)
    allowed = {form for phrase in phrases for form in words[phrase]}
    lost = [
        f"“{phrase}”"
        for phrase in phrases
        if not any(form in chinese for form in words[phrase])
    ]
    added = [
        f"{form} ({_meaning(form, words)})"
        for form in _forms_in(chinese, words)
        if form not in allowed
    ]
    sentences = []
    if lost:
        sentences.append(f"No characters for {', '.join(lost)}.")
    if added:
        sentences.append(f"No English for {', '.join(added)}.")
    return " ".join(sentences)


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


def _forms_in(chinese: str, words: Words) -> list[str]:
    """Chinese forms of the list in a title, in its order: the longest first, each
    character once.
    """
    forms = {form for of_phrase in words.values() for form in of_phrase}
    text = chinese
    found = {}  # where each form starts
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        if form in text:
            found[form] = text.index(form)
            text = text.replace(form, "|" * len(form))
    return sorted(found, key=lambda form: found[form])


def _meaning(form: str, words: Words) -> str:
    """English for a Chinese form: best a short phrase for which it is the first
    choice.
    """
    phrases = [phrase for phrase in words if form in words[phrase]]
    return min(phrases, key=lambda phrase: (words[phrase][0] != form, len(phrase)))
