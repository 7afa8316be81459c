"""A finished drawing as SVG that follows the page.

It takes the page's fonts, its text colour and its languages.
"""

import re
import xml.etree.ElementTree as ET
from io import StringIO

import matplotlib
from matplotlib.figure import Figure

from fourcities.facts import read

from .style import INK

# What matplotlib writes before the drawing: header, metadata and a style sheet.
PREAMBLE = re.compile(
    r"<\?xml.*?\?>|<!DOCTYPE.*?>|<metadata>.*</metadata>|<defs>\s*<style.*?</defs>",
    re.S,
)
NAMESPACE = re.compile(r' xmlns(:\w+)?="[^"]*"')
REFERENCE = re.compile(r'(?:url\(#|href="#)([^)"]+)')  # in the text of an SVG
REFERENCE_IN_ATTRIBUTE = re.compile(r"(url\(#|^#)([^)]+)")
PATH_SPACE = re.compile(r"\s*([A-Za-z])\s*")  # a path needs none around its letters
LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")

# What stands before, in and after the first Chinese part of a text.
CHINESE_PART = re.compile(
    r"([^\u4e00-\u9fff]*)([\u4e00-\u9fff][\u4e00-\u9fff（）]*)(.*)", re.S
)


def svg_of(figure: Figure, label: str, alt: str) -> str:
    """The drawing as inline SVG: scales with the page, takes its text colour and font.

    The same figure gives the same bytes each time. label: stands before all ids, so
    that they are the only ones on a page; alt: what the drawing shows, in words.
    """
    text = PREAMBLE.sub("", _drawn(figure, label))
    text = text.replace(INK, "currentColor").replace("xlink:href", "href")
    referred = set(REFERENCE.findall(text))
    german = _german_names()
    root = ET.fromstring(NAMESPACE.sub("", text))
    for node in root.iter():
        _tidy(node, label, referred)
        if node.tag == "text" and node.text:
            _mark_chinese(node)
            if node.text in german:
                node.set("lang", "de")
    for key in ("width", "height", "version"):
        root.attrib.pop(key, None)
    root.attrib.update(
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "role": "img",
            "aria-label": alt,
            "fill": "currentColor",
            "stroke-linejoin": "round",
            "style": "width:100%;max-width:36rem;height:auto;font-family:inherit",
        }
    )
    return re.sub(r">\s+<", "><", ET.tostring(root, encoding="unicode")).strip()


def _drawn(figure: Figure, label: str) -> str:
    """The SVG as matplotlib writes it; its ids follow from the label."""
    buffer = StringIO()
    with matplotlib.rc_context({"svg.hashsalt": label}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def _german_names() -> set[str]:
    """Names of places that differ in German, such as Köln."""
    places = read("places")
    german = places.query("language == 'de' and name != local_name")
    return set(german["local_name"])


def _tidy(node: ET.Element, label: str, referred: set[str]) -> None:
    """Drop and shorten attributes of a node; referred: ids that something refers to."""
    if node.get("transform", "").startswith("rotate(-0 "):
        del node.attrib["transform"]
    if node.get("id") and node.get("id") not in referred:
        del node.attrib["id"]
    for key, value in list(node.attrib.items()):
        node.set(key, _tidy_value(key, value, label, referred))


def _tidy_value(key: str, value: str, label: str, referred: set[str]) -> str:
    """The value of an attribute: short numbers, ids of this drawing, no font family."""
    value = LONG_NUMBER.sub(_rounded, value)
    if key == "d":
        return PATH_SPACE.sub(r"\1", value).strip()
    if key == "id":
        return f"{label}-{value}"

    def with_label(match: re.Match[str]) -> str:
        before, name = match.groups()
        return f"{before}{label}-{name}" if name in referred else match[0]

    value = REFERENCE_IN_ATTRIBUTE.sub(with_label, value)
    if key == "style":
        value = re.sub(r"font: ([\d.]+px)[^;]*", r"font-size: \1", value)
        value = re.sub(r"font-family: [^;]*;? ?", "", value)
    return value


def _rounded(number: re.Match[str]) -> str:
    """A number with two decimals at most: "12.3456" becomes "12.35"."""
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")


def _mark_chinese(node: ET.Element) -> None:
    """Split an SVG text so that its Chinese part, if any, carries its language."""
    parts = CHINESE_PART.match(node.text or "")
    if parts:
        span = ET.SubElement(node, "tspan", {"lang": "zh-Hans"})
        node.text, span.text, span.tail = parts.groups()
