"""Does an English title say what its Chinese characters say? A test word by word, with the list data/title_words.csv."""

import re

from fourcities.facts import read
from fourcities.presentation import name


def mismatch(row):
    """What one title says and the other does not, in a sentence; "" if each word of the list has its counterpart.

    row: a row of policies, bodies, organizations or measures with a Chinese title or name. The row's own place is understood: either title may
    leave it out, but another place is found. Words that are not in the list are not tested.
    """
    words = {
        english: chinese.split()
        for english, chinese in read("title_words")[["english", "chinese"]].itertuples(
            index=False
        )
    }
    local_place = read("places").set_index("place")["local_name"][row["place"]]
    english = f"{row.get('title', row.get('name'))} / {name(row['place'])}"
    chinese = f"{row.get('local_title', row.get('local_name'))} / {local_place}"
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
    parts = [
        f"{what} {', '.join(found)}"
        for what, found in (("No characters for", lost), ("No English for", added))
        if found
    ]
    return ". ".join(parts) + "." if parts else ""


def _plain(english):
    """Lower case without apostrophes: “People’s” and “Peoples” are the same word."""
    return re.sub("['’]", "", english.lower())


def _phrases_in(english, words):
    """Phrases of the list in an English title, in its order: whole words, perhaps with a plural s; the longest first, each word once."""
    text, found = _plain(english), {}
    for phrase in sorted(words, key=len, reverse=True):
        pattern = rf"(?<![a-z]){re.escape(_plain(phrase))}s?(?![a-z])"
        if place := re.search(pattern, text):
            found[phrase] = place.start()
            text = re.sub(pattern, lambda word: "|" * len(word[0]), text)
    return sorted(found, key=found.get)


def _forms_in(chinese, words):
    """Chinese forms of the list in a title, in its order: the longest first, each character once."""
    text, found = chinese, {}
    for form in sorted(
        {form for forms in words.values() for form in forms},
        key=lambda form: (-len(form), form),
    ):
        if form in text:
            found[form] = text.index(form)
            text = text.replace(form, "|" * len(form))
    return sorted(found, key=found.get)


def _meaning(form, words):
    """English for a Chinese form: best a short phrase for which it is the first choice."""
    return min(
        (phrase for phrase in words if form in words[phrase]),
        key=lambda phrase: (words[phrase][0] != form, len(phrase)),
    )
