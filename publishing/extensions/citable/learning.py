"""The book as teaching material, for those who look for some.

Twice: as properties of schema.org, which search engines read, and by the AMB
(Allgemeines Metadatenprofil für Bildungsressourcen, https://w3id.org/kim/amb/), which
German portals such as OERSI read. The AMB wants an address, so its block is made only
for a site that has one.
"""

from typing import Any

from fourcities.facts import read
from fourcities.teaching import course_hours

from .stated import AUTHORS, BOOK, DATE

Thing = dict[str, Any]

KIM = "https://w3id.org/kim"
# Terms of the vocabularies that the AMB names; each with the word for it.
POLITICS = f"{KIM}/hochschulfaechersystematik/n129"  # Politikwissenschaft
LEVELS = [f"{KIM}/educationalLevel/level_{number}" for number in (6, 7)]  # BA, MA
TEXTBOOK = f"{KIM}/hcrt/textbook"
NO_LOGIN = "http://w3id.org/kim/conditionsOfAccess/no_login"
ROLES = ("student", "teacher")
ROLE = "http://purl.org/dcx/lrmi-vocabs/educationalAudienceRole/"
TEXT_LICENCE = "https://creativecommons.org/licenses/by/4.0/"  # CC-BY-4.0


def for_search_engines() -> Thing:
    """Properties of schema.org: for whom the book is, what it teaches, how long."""
    syllabus = read("syllabus").set_index("item")["entry"]
    return {
        "learningResourceType": "textbook",
        "educationalLevel": syllabus["level"],
        "audience": [
            {"@type": "EducationalAudience", "educationalRole": role} for role in ROLES
        ],
        "teaches": [*read("session_goals")["goal"]],
        "timeRequired": f"PT{round(sum(course_hours()))}H",
        "isAccessibleForFree": True,
    }


def for_portals(address: str, language: str) -> Thing:
    """The book by the AMB. address: of the site; language: of its pages."""
    return {
        "@context": [f"{KIM}/amb/context.jsonld", {"@language": language}],
        "id": address,
        "type": ["LearningResource", "Book"],
        "name": BOOK["title"],
        "description": " ".join(BOOK["abstract"].split()),
        "creator": [
            {"type": "Organization" if author.is_group else "Person"}
            | {"name": author.name}
            for author in AUTHORS
        ],
        "about": [{"id": POLITICS}],
        "keywords": BOOK["keywords"],
        "inLanguage": [language],
        "datePublished": DATE,
        "license": {"id": TEXT_LICENCE},
        "learningResourceType": [{"id": TEXTBOOK}],
        "educationalLevel": [{"id": level} for level in LEVELS],
        "audience": [{"id": f"{ROLE}{role}"} for role in ROLES],
        "isAccessibleForFree": True,
        "conditionsOfAccess": {"id": NO_LOGIN},
    }
