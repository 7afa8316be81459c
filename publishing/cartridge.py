"""The sessions as an IMS Common Cartridge: web links for a learning platform.

Version 1.1, which Moodle restores (it knows no later one) and others read as well. What
a cartridge holds is told in “IMS Common Cartridge Profile”, version 1.1, of IMS Global
(now 1EdTech), and in its schemas ccv1p1_imscp_v1p2_v1p0.xsd, ccv1p1_imswl_v1p1.xsd,
ccv1p1_lommanifest_v1p0.xsd and ccv1p1_lomresource_v1p0.xsd.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from posixpath import join
from typing import NamedTuple
from xml.etree import ElementTree as xml

from fourcities.facts import Cells, read
from fourcities.teaching import session_anchor

from .extensions.chapter_zips import write_zip
from .extensions.citable.stated import BOOK, PACKAGE
from .notebooks import title_of
from .paths import COURSE
from .xml_files import as_bytes

NAME = "sessions.imscc"
GUIDE = "teaching-guide.html"
MANIFEST = "imsmanifest.xml"
IMS = "http://www.imsglobal.org/xsd/imsccv1p1"
# Moodle looks for the first of them within the first 500 letters of the manifest.
NAMESPACES = {
    "": f"{IMS}/imscp_v1p1",
    "lomimscc": "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest",
    "lom": "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/resource",
}
LINKS = f"{IMS}/imswl_v1p1"
LINK = "imswl_xmlv1p1"  # a resource that is a web link
ROLES = "IMSGLC_CC_Rolesv1p1"
# What stands on a site without a cartridge in place of a link to it.
DOOR = f'<a href="{COURSE}/{NAME}">{{words}}</a>'
WORDS = "Common Cartridge"
INSTEAD = f"{WORDS} (not here yet: this site was built without its public address)"


class Link(NamedTuple):
    """A web link of a session."""

    key: str  # unlike all others of the cartridge
    title: str
    page: str  # of the site, with picks and place
    for_teachers: bool = False  # hidden from students where the system can do that


def cartridge(address: str) -> dict[str, bytes]:
    """Make the files of the cartridge.

    Parameters
    ----------
    address : str
        Of the site, which the links lead to.

    Returns
    -------
    dict of str to bytes
        XML in UTF-8 by name: the manifest, and a file for each link.

    Raises
    ------
    ValueError
        If there is no address: a link would lead nowhere.
    """
    if not address:
        raise ValueError("expected the site's address, found nothing")
    sessions = [(row, _links(row)) for _, row in read("sessions").iterrows()]
    files = {
        _file(link): as_bytes(_web_link(link, address))
        for _, links in sessions
        for link in links
    }
    return {MANIFEST: as_bytes(_manifest(sessions)), **files}


def write(site: Path, address: str) -> None:
    """Write the cartridge into a site's folder.

    Without an address there is none, and the guide says so.

    Parameters
    ----------
    site : Path
        The site's folder.
    address : str
        As in `cartridge`, or "".
    """
    if address:
        (site / COURSE).mkdir(exist_ok=True)
        write_zip(site / COURSE / NAME, cartridge(address))
        return
    guide = site / GUIDE
    html = guide.read_text("utf-8")
    guide.write_text(html.replace(DOOR.format(words=WORDS), INSTEAD), "utf-8")


def _links(row: Cells) -> list[Link]:
    """What a session opens. row: of sessions.csv."""
    key = f"session-{row['session']}"
    plan = f"{GUIDE}#{session_anchor(row['session'])}"
    reading = [
        Link(f"{key}-{chapter}", f"Reading: {title_of(chapter)}", f"{chapter}.html")
        for chapter in row["chapters"].split()
    ]
    return [
        Link(f"{key}-plan", "Plan of the session", plan, for_teachers=True),
        *reading,
        # Moodle's import breaks at "&" in an address; the explorers read ";" like it.
        Link(f"{key}-task", "Explorer task", row["explorer"].replace("&", ";")),
        Link(f"{key}-slides", "Slides", f"_slides/{key}.html", for_teachers=True),
    ]


def _manifest(sessions: Iterable[tuple[Cells, list[Link]]]) -> xml.Element:
    """What is in the cartridge, and in which order."""
    spaces = {f"xmlns:{p}" if p else "xmlns": uri for p, uri in NAMESPACES.items()}
    root = xml.Element("manifest", spaces | {"identifier": f"{PACKAGE['name']}-course"})
    metadata = xml.SubElement(root, "metadata")
    xml.SubElement(metadata, "schema").text = "IMS Common Cartridge"
    xml.SubElement(metadata, "schemaversion").text = "1.1.0"
    path = [f"lomimscc:{tag}" for tag in ("lom", "general", "title", "string")]
    _within(metadata, *path).text = f"{BOOK['title']}: a course"

    organizations = xml.SubElement(root, "organizations")
    order = {"identifier": "order", "structure": "rooted-hierarchy"}
    organization = xml.SubElement(organizations, "organization", order)
    top = xml.SubElement(organization, "item", identifier="sessions")
    resources = xml.SubElement(root, "resources")
    for row, links in sessions:
        number = row["session"]
        folder = xml.SubElement(top, "item", identifier=f"session-{number}")
        xml.SubElement(folder, "title").text = f"Session {number}: {row['title']}"
        for link in links:
            names = {"identifier": f"item-{link.key}", "identifierref": link.key}
            item = xml.SubElement(folder, "item", names)
            xml.SubElement(item, "title").text = link.title
            _resource(resources, link)
    return root


def _resource(resources: xml.Element, link: Link) -> None:
    """The entry of a link's file. With the role of an instructor, Moodle hides it."""
    names = {"identifier": link.key, "type": LINK}
    resource = xml.SubElement(resources, "resource", names)
    if link.for_teachers:
        path = ("metadata", "lom:lom", "lom:educational", "lom:intendedEndUserRole")
        role = _within(resource, *path)
        xml.SubElement(role, "lom:source").text = ROLES
        xml.SubElement(role, "lom:value").text = "Instructor"
    xml.SubElement(resource, "file", href=_file(link))


def _web_link(link: Link, address: str) -> xml.Element:
    root = xml.Element("webLink", xmlns=LINKS)
    xml.SubElement(root, "title").text = link.title
    xml.SubElement(root, "url", href=join(address, link.page), target="_blank")
    return root


def _file(link: Link) -> str:
    return f"{link.key}.xml"


def _within(parent: xml.Element, *tags: str) -> xml.Element:
    """The innermost of new elements, each within the one before."""
    for tag in tags:
        parent = xml.SubElement(parent, tag)
    return parent
