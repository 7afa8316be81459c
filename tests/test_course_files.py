"""Files for learning platforms: the question bank and the cartridge of sessions.

Neither platform nor schemas are at hand: the schemas of IMS may not be copied here, and
Moodle's format has none. So the files are read as Moodle reads them, field by field:
for the bank by question/format/xml/format.php, question/type/numerical/question.php and
question/type/shortanswer/question.php; for the cartridge by
backup/converter/imscc11/lib.php, backup/cc/cc112moodle.php and
lib/validateurlsyntax.php. The cartridge's elements are compared with what the schemas
ask for that publishing/cartridge.py names.
"""

import re
import zipfile
from collections import Counter
from html import unescape
from xml.etree import ElementTree as xml

import pytest

import fourcities as fc
from conftest import all_questions
from fourcities.facts import read
from fourcities.ledger import USES, claims
from fourcities.teaching import session_anchor
from publishing import cartridge, question_bank
from publishing.contents import chapters
from publishing.question_bank import CLAIMS, claims_to_judge

ADDRESS = "https://example.org/four-cities/"
GRADES = {"0", "100"}  # percent; Moodle refuses those that are not on its list
PLATFORM_TAG = re.compile(r"</?(?:p|blockquote|a|span|em|strong|code|br)\b[^<>]*>")


# The question bank


@pytest.fixture(scope="module")
def written():
    """The bank as it is handed out."""
    return question_bank.question_bank(ADDRESS)


@pytest.fixture(scope="module")
def bank(written):
    return xml.fromstring(written)


def asked(bank, kind=None):
    kinds = [kind] if kind else ["numerical", "shortanswer", "multichoice"]
    return [one for one in bank if one.get("type") in kinds]


def text(question, path):
    """As getpath() of Moodle reads it: the first of each element, without the edges."""
    found = question.findtext(f"{path}/text" if path else "text")
    return (found or "").strip()


def test_moodle_finds_all_that_it_reads(bank):
    assert bank.tag == "quiz" and {one.tag for one in bank} == {"question"}
    kinds = [one.get("type") for one in bank]
    assert kinds[0] == "category" and kinds.count("category") == 2
    keys = [one.findtext("idnumber") for one in asked(bank)]
    assert len(set(keys)) == len(keys) and all(0 < len(key) <= 100 for key in keys)
    for one in asked(bank):
        assert 0 < len(text(one, "name")) <= 255 and text(one, "questiontext")
        assert float(one.findtext("defaultgrade")) == 1
        for part in ("questiontext", "generalfeedback"):
            assert one.find(part).get("format") == "html"
            assert not re.search("[<>]", PLATFORM_TAG.sub("", text(one, part)))
        answers = one.findall("answer")
        assert {answer.get("fraction") for answer in answers} == GRADES
        assert all(text(answer, "") and text(answer, "feedback") for answer in answers)


def test_a_category_names_the_book_and_its_part(bank):
    for one, part in zip(
        (one for one in bank if one.get("type") == "category"),
        ("Exercises", "May this be cited?"),
    ):
        path = text(one, "category")
        assert path.startswith("$course$/top/Four cities") and path.endswith(part)


def verdict(question, response):
    """Fraction and feedback that Moodle gives to an answer as typed.

    A numerical question takes the first answer within its tolerance, a comma as decimal
    sign; a short answer is compared without regard to capitals, and * is anything.
    """
    for answer in question.findall("answer"):
        wanted = text(answer, "")
        if wanted == "*":
            fits = True
        elif question.get("type") == "numerical":
            tolerance = float(answer.findtext("tolerance"))
            number = float(response.replace(",", "."))
            fits = abs(number - float(wanted)) <= tolerance + 1e-9 * abs(number)
        else:
            fits = wanted.casefold() == response.strip().casefold()
        if fits:
            return int(answer.get("fraction")), text(answer, "feedback")
    raise AssertionError("no answer fits, and none is for all others")


def numerical():
    """Each numerical question: of which exercise, and of which city, or ""."""
    return [
        (question, city)
        for question in all_questions()
        if question.kind not in ("years", "city")
        for city in question.parts
    ]


@pytest.mark.parametrize(
    "question, city", numerical(), ids=lambda one: getattr(one, "label", one)
)
def test_moodle_takes_what_the_check_takes(bank, question, city):
    """The answer in any rounding, and half, double and neighbours of it."""
    key = f"{question.label}-{city}" if city else question.label
    (found,) = (one for one in asked(bank) if one.findtext("idnumber") == key)
    part = question.parts[city]
    right = float(part.right)
    typed = {*part.accepted, *part.hints}
    typed |= {f"{right * factor:.4f}" for factor in (0.5, 2, 10, 1000, 1.05, 0.97)}
    typed |= {f"{right:.{places}f}" for places in (1, 2, 3, 5)}
    typed |= {f"{round(right, -places):.0f}" for places in range(1, 8)}
    if question.kind == "count":
        typed |= {str(round(right) + 1), str(round(right) - 1), str(right + 0.5)}
    for form in typed:
        others = {key: one.right for key, one in question.parts.items()}
        answer = others | {city: float(form)} if city else float(form)
        right_here = fc.check(question.label, answer).data.startswith("**Right")
        assert verdict(found, form)[0] == 100 * right_here, form


def test_a_likely_mistake_gets_its_hint(bank):
    for question, city in numerical():
        key = f"{question.label}-{city}" if city else question.label
        (found,) = (one for one in asked(bank) if one.findtext("idnumber") == key)
        for form, hint in question.parts[city].hints.items():
            fraction, said = verdict(found, form)
            assert (fraction, unescape(said)) == (0, f"Not yet. {hint}")


def test_years_and_cities_are_taken_as_people_write_them(bank):
    found = {one.findtext("idnumber"): one for one in asked(bank, "shortanswer")}
    for question in all_questions():
        if question.kind == "years":
            one, years = found[question.label], sorted(question.parts)
            for written in (", ".join(years), " and ".join(reversed(years))):
                assert verdict(one, written)[0] == 100
            assert verdict(one, years[0])[0] == 100 * (len(years) == 1)
            assert verdict(one, "1850")[0] == 0
        elif question.kind == "city":
            one, (part,) = found[question.label], question.parts.values()
            for written in part.accepted:
                assert verdict(one, written.upper())[0] == 100
            for city, hint in part.hints.items():
                fraction, said = verdict(one, fc.name(city))
                assert (fraction, unescape(said)) == (0, f"Not yet. {hint}")
            assert verdict(one, "Bonn")[0] == 0


def test_ten_claims_are_balanced_and_chosen_by_rule():
    uses = Counter(claim["use"] for claim in claims_to_judge())
    assert sum(uses.values()) == CLAIMS and uses.keys() == USES.keys()
    assert max(uses.values()) - min(uses.values()) <= 1
    named = set(" ".join(read("sessions")["claims"]).split())
    own = [claim["claim"] for claim in claims_to_judge() if claim["claim"] in named]
    assert len(own) > CLAIMS / 2
    whole = claims().query("kind != 'title'")
    assert len(claims_to_judge(10_000)) == len(whole), "each claim once"


def test_a_claim_is_judged_as_the_ledger_judges_it(bank):
    chosen = claims_to_judge()
    assert len(asked(bank, "multichoice")) == len(chosen)
    for one, claim in zip(asked(bank, "multichoice"), chosen):
        assert one.findtext("idnumber") == claim["claim"]
        assert one.findtext("single") == "true"
        choices = one.findall("answer")
        words = [unescape(text(choice, "")).lower() for choice in choices]
        assert words == list(USES.values())
        right = [use for use, c in zip(USES, choices) if c.get("fraction") == "100"]
        assert right == [claim["use"]]
        reason = unescape(re.sub("<[^>]+>", "", text(one, "generalfeedback")))
        for part in [*claim["finding"].split("\n"), claim["caveat"], claim["needs"]]:
            assert part in reason


def test_links_lead_to_the_site_or_are_words(bank):
    names = {path.stem for path in chapters()}
    for one in asked(bank):
        whole = text(one, "questiontext") + text(one, "generalfeedback")
        links = re.findall(r'href="([^"]*)"', whole)
        assert links
        for link in links:
            assert re.fullmatch(rf"{ADDRESS}([\w-]+)\.html(#[\w-]+)?", link)
            assert re.match(rf"{ADDRESS}([\w-]+)", link)[1] in names
    assert b"href" not in question_bank.question_bank("")


def test_the_bank_is_the_same_bytes_each_time(written):
    assert written == question_bank.question_bank(ADDRESS)
    assert written.startswith(b"<?xml") and written.decode("utf-8")


# The cartridge

CP = "{http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1}"
WL = "{http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1}"
LOM = "{http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest}"
ROLE = "{http://ltsc.ieee.org/xsd/imsccv1p1/LOM/resource}"
NCNAME = re.compile(r"[A-Za-z_][\w.-]*")
# What stands within what, in this order: element, how many at least and at most.
ELEMENTS = {
    f"{CP}manifest": [("metadata", 1, 1), ("organizations", 1, 1), ("resources", 1, 1)],
    f"{CP}organizations": [("organization", 0, 1)],
    f"{CP}organization": [("item", 1, 1)],
    f"{CP}resources": [("resource", 0, 999)],
    f"{CP}resource": [("metadata", 0, 1), ("file", 1, 1)],  # a web link has one file
}
# What Moodle takes for an address (validateUrlSyntax).
SIGN = r"[a-zA-Z0-9_.!~*'()-]|%[0-9a-fA-F]{2}"
AFTER = rf"(?:[;/?:@&=+$,]|{SIGN})*"
PATH = rf"(?:/(?:;?(?:{SIGN}|[:@&=+$,])+/?)*)?"
MOODLE_URL = re.compile(
    rf"https?://[a-zA-Z0-9.-]+(?::\d+)?{PATH}(?:\?{AFTER})?(?:#{AFTER})?"
)


@pytest.fixture(scope="module")
def files():
    return cartridge.cartridge(ADDRESS)


@pytest.fixture(scope="module")
def manifest(files):
    return xml.fromstring(files["imsmanifest.xml"])


def test_moodle_knows_the_cartridge(files):
    """It looks for the namespace within the first 500 bytes."""
    start = re.sub(r"\s|[\"']", "", files["imsmanifest.xml"][:500].decode().lower())
    assert "xmlns=http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1" in start


def test_the_manifest_is_built_as_its_schema_asks(manifest):
    assert manifest.tag == f"{CP}manifest"
    for parent, children in ELEMENTS.items():
        for element in manifest.iter(parent):
            found = [child.tag.removeprefix(CP) for child in element]
            assert found == sorted(found, key=[tag for tag, *_ in children].index)
            for tag, least, most in children:
                assert least <= found.count(tag) <= most, (parent, tag)
    metadata = manifest.find(f"{CP}metadata")
    tags = [child.tag for child in metadata]
    assert tags == [f"{CP}schema", f"{CP}schemaversion", f"{LOM}lom"]
    assert [child.text for child in metadata[:2]] == ["IMS Common Cartridge", "1.1.0"]
    assert metadata.findtext(f".//{LOM}title/{LOM}string").startswith("Four cities")
    (organization,) = manifest.iter(f"{CP}organization")
    assert organization.get("structure") == "rooted-hierarchy"
    (top,) = organization
    assert top.find(f"{CP}title") is None, "the root of the items has no title"
    for item in [item for item in top.iter(f"{CP}item") if item is not top]:
        assert item[0].tag == f"{CP}title" and item[0].text
        inner = {child.tag for child in item[1:]}
        assert inner <= {f"{CP}item"}
        assert bool(inner) != bool(item.get("identifierref")), "a folder, or a link"


def test_names_are_unique_and_lead_to_files(files, manifest):
    names = [e.get("identifier") for e in manifest.iter() if e.get("identifier")]
    assert len(set(names)) == len(names) and all(map(NCNAME.fullmatch, names))
    resources = {r.get("identifier"): r for r in manifest.iter(f"{CP}resource")}
    wanted = [item.get("identifierref") for item in manifest.iter(f"{CP}item")]
    assert [name for name in wanted if name] == list(resources)
    for resource in resources.values():
        assert resource.get("type") == "imswl_xmlv1p1" and not resource.get("href")
    listed = [file.get("href") for file in manifest.iter(f"{CP}file")]
    assert sorted([*listed, "imsmanifest.xml"]) == sorted(files)


def test_each_file_is_a_web_link_that_moodle_can_take(files):
    for name, content in files.items():
        if name == "imsmanifest.xml":
            continue
        link = xml.fromstring(content)
        assert [link.tag, *(child.tag for child in link)] == [
            f"{WL}webLink",
            f"{WL}title",
            f"{WL}url",
        ]
        url = link[1].get("href")
        assert link[0].text and MOODLE_URL.fullmatch(url), url
        # Moodle writes it into XML as it is.
        assert xml.fromstring(f"<reference>{url}</reference>").text == url


def test_the_cartridge_has_each_session_with_all_that_it_opens(files, manifest):
    sessions = read("sessions")
    (top,) = manifest.iter(f"{CP}organization")
    folders = top[0].findall(f"{CP}item")
    assert len(folders) == len(sessions)
    for folder, (_, row) in zip(folders, sessions.iterrows()):
        assert folder.findtext(f"{CP}title").endswith(f": {row['title']}")
        urls = [
            xml.fromstring(files[f"{item.get('identifierref')}.xml"])[1].get("href")
            for item in folder.findall(f"{CP}item")
        ]
        anchor = session_anchor(row["session"])
        assert urls == [
            f"{ADDRESS}teaching-guide.html#{anchor}",
            *(f"{ADDRESS}{chapter}.html" for chapter in row["chapters"].split()),
            ADDRESS + row["explorer"].replace("&", ";"),
            f"{ADDRESS}_slides/session-{row['session']}.html",
        ]


def test_plan_and_slides_with_their_notes_are_for_teachers(manifest):
    for resource in manifest.iter(f"{CP}resource"):
        roles = [e.text for e in resource.iter(f"{ROLE}value")]
        for_teachers = resource.get("identifier").endswith(("-plan", "-slides"))
        assert roles == (["Instructor"] if for_teachers else [])
        if for_teachers:
            source = resource.findtext(f".//{ROLE}source")
            assert source == "IMSGLC_CC_Rolesv1p1"


GUIDE_PAGE = f"<p>{cartridge.DOOR.format(words=cartridge.WORDS)}.</p>"


def test_with_an_address_a_site_has_the_cartridge_the_same_each_time(tmp_path, files):
    contents = []
    for name in ("one", "two"):
        site = tmp_path / name
        site.mkdir()
        (site / "teaching-guide.html").write_text(GUIDE_PAGE, "utf-8")
        cartridge.write(site, ADDRESS)
        contents.append((site / "_course" / "sessions.imscc").read_bytes())
        assert (site / "teaching-guide.html").read_text("utf-8") == GUIDE_PAGE
    assert contents[0] == contents[1]
    with zipfile.ZipFile(site / "_course" / "sessions.imscc") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files


def test_without_an_address_a_site_says_why_it_has_no_cartridge(tmp_path):
    (tmp_path / "teaching-guide.html").write_text(GUIDE_PAGE, "utf-8")
    cartridge.write(tmp_path, "")
    html = (tmp_path / "teaching-guide.html").read_text("utf-8")
    assert "<a" not in html and "without its public address" in html
    assert not (tmp_path / "_course").exists()
    with pytest.raises(ValueError, match="expected the site's address"):
        cartridge.cartridge("")


# On the site


def test_the_guide_leads_to_the_files(site):
    bank = site / "_course" / "question-bank.xml"
    assert xml.fromstring(bank.read_bytes()).tag == "quiz"
    guide = (site / "teaching-guide.html").read_text("utf-8")
    assert 'href="_course/question-bank.xml"' in guide
    door = cartridge.DOOR.format(words=cartridge.WORDS) in guide
    assert door == (site / "_course" / "sessions.imscc").exists()
    assert door or cartridge.INSTEAD in guide
