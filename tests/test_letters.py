"""Letters can be seen and names told apart, in any text of any table."""

import csv
import shutil
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from test_wording import settings  # the same inputs each time

import fourcities as fc
from fourcities.facts import DATA
from fourcities.facts.check_names import letter_problems, name_problems
from fourcities.facts.letters import LOOKALIKES, fault_of, is_garbled, skeleton

assert settings
TABLES = fc.descriptor()["resources"]
WORDS = st.text("abcdefghijklmnopqrstuvwxyzäöüßéèñçøåš", min_size=1, max_size=12)
CHINESE = st.text("杭州广市政府移民社会组织流动人口管理服务", min_size=2, max_size=12)


def altered(folder, change):
    """A copy of the data with each table's rows changed, and where they are now."""
    shutil.copytree(DATA, folder)
    places = set()
    for resource in TABLES:
        path = folder / resource["path"]
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        places |= {(path.name, *place) for place in change(resource, header, rows)}
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows])
    return places


@pytest.mark.parametrize(
    "put_in",
    ["\u00ad", "\u200d", "\u202e", "\ue000", "\ufffd", "u\u0308", "Ã¶", "\u00a0", "aа"],
)
def test_no_text_of_any_table_hides_a_letter(tmp_path, put_in):
    def change(resource, header, rows):
        for field in resource["schema"]["fields"]:
            if field["type"] == "string":
                row = len(rows) // 2
                column = header.index(field["name"])
                rows[row][column] = f"x{put_in}{rows[row][column]}"
                yield row + 2, field["name"]

    places = altered(tmp_path / "data", change)
    problems = letter_problems(tmp_path / "data", fc.descriptor())
    assert {(one.file, one.row, one.column) for one in problems} == places
    assert len(places) > 150


def test_no_table_has_a_name_twice(tmp_path):
    """A copy of its first row, in capitals, with another key."""

    def change(resource, header, rows):
        for key in resource["schema"].get("uniqueKeys", []):
            copy, at = list(rows[0]), header.index(key[-1])
            copy[0], copy[at] = f"{copy[0]}-other", copy[at].upper()
            rows.append(copy)
            yield len(rows) + 1, key[-1]

    places = altered(tmp_path / "data", change)
    problems = name_problems(tmp_path / "data", fc.descriptor())
    assert places <= {(one.file, one.row, one.column) for one in problems}
    assert len(places) > 10


# ---------- any text


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_what_passes_can_be_seen_and_has_one_form(text):
    assume(fault_of(text) is None)
    assert unicodedata.normalize("NFC", text) == text == " ".join(text.split())
    hidden = {"Cc", "Co", "Cn", "Zl", "Zp"}
    assert hidden.isdisjoint(map(unicodedata.category, text))


@given(WORDS | CHINESE, st.sampled_from(["{}", "“{}”", "„{}“ –", "({}, 2016) …"]))
def test_words_and_their_marks_are_plain(word, around):
    assert fault_of(around.format(word)) is None


@given(WORDS | CHINESE, st.sampled_from(["cp1252", "latin-1", "mac_roman", "cp437"]))
def test_letters_read_in_a_wrong_encoding_are_found(word, codec):
    assume(not word.isascii())
    assume(codec != "mac_roman" and codec != "cp437" or max(word) < "Ā")
    assert fault_of(word.encode().decode(codec, "replace"))


@given(st.text("abceijopsxyABCEHIKMOPTXY", min_size=1, max_size=12), st.data())
def test_what_looks_alike_has_one_skeleton(name, data):
    looks = {chr(plain): chr(other) for other, plain in LOOKALIKES.items()}
    case = data.draw(st.sampled_from([str.upper, str.lower, str.title]))
    picks = [data.draw(st.sampled_from([c, looks.get(c, c)])) for c in case(name)]
    other = "".join(picks)
    assert skeleton(other) == skeleton(name) == skeleton(f"{name}\u200d")


@given(WORDS, WORDS)
def test_words_that_differ_are_told_apart(one, other):
    plain = [word.replace("ß", "ss").replace("i", "l") for word in (one, other)]
    assert (skeleton(one) == skeleton(other)) == (plain[0] == plain[1])


@pytest.mark.parametrize(
    "text, plain",
    [
        ("نمی\u200cدانم", True),
        ("क्\u200dष", True),
        ("東京タワーとT恤", True),
        ("α-Helix", True),
        ("Đà Nẵng", True),
        ("Βerlin", False),
        ("Москва", True),
        ("Мoсква", False),
        ("µm", False),
    ],
)
def test_scripts_keep_what_they_need(text, plain):
    assert (fault_of(text) is None) == plain


def test_a_word_of_two_scripts_can_be_declared():
    assert fault_of("5 µm", ["µm"]) is None
    assert not is_garbled("„Spaß“ – “Ä”")
