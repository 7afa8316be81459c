"""A finished drawing as SVG that follows the page.

It takes the page's fonts, its text colour and its languages.
"""

import re
import xml.etree.ElementTree as ET
from io import StringIO

import matplotlib
from matplotlib.figure import Figure
from matplotlib.text import Text

from fourcities.facts import read

from .style import INK, TEXT

# What matplotlib writes before the drawing: header, metadata and a style sheet.
PREAMBLE = re.compile(
    r"<\?xml.*?\?>|<!DOCTYPE.*?>|<metadata>.*</metadata>|<defs>\s*<style.*?</defs>",
    re.S,
)
NAMESPACE = re.compile(r' xmlns(:\w+)?="[^"]*"')
REFERENCE = re.compile(r'(?:url\(#|href="#)([^)"]+)')  # in the text of an SVG
REFERENCE_IN_ATTRIBUTE = re.compile(r"(url\(#|^#)([^)]+)")
PATH_SPACE = re.compile(r"\s*([A-Za-z])\s*")  # a path needs none around its letters
LINE_PLACE = re.compile(r"translate\([-\d.]+ ([-\d.]+)\)")
ANCHORS = {"left": "start", "center": "middle", "right": "end"}
OWN_SIZE = f"font-size: {TEXT:g}px"
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
    blocks = _blocks(figure)
    text = PREAMBLE.sub("", _drawn(figure, label))
    text = text.replace(INK, "currentColor").replace("xlink:href", "href")
    referred = set(REFERENCE.findall(text))
    german = _german_names()
    root = ET.fromstring(NAMESPACE.sub("", text))
    for node in root.iter("g"):
        if node.get("id") in blocks:
            _join_lines(node, blocks[node.get("id", "")])
    for node in list(root.iter()):
        _tidy(node, label, referred)
        if node.tag in ("text", "tspan") and node.text:
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
            "class": "tall" if _is_tall(figure) else "wide",
            "font-size": f"{TEXT:g}",
            "stroke-linejoin": "round",
            "style": "width:100%;height:auto;font-family:inherit",
        }
    )
    return re.sub(r">\s+<", "><", ET.tostring(root, encoding="unicode")).strip()


def _is_tall(figure: Figure) -> bool:
    """Whether a drawing would be higher than a screen where it is as wide as a page."""
    return bool(figure.get_figheight() > 1.4 * figure.get_figwidth())


def _drawn(figure: Figure, label: str) -> str:
    """The SVG as matplotlib writes it; its ids follow from the label."""
    buffer = StringIO()
    with matplotlib.rc_context({"svg.hashsalt": label}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def _blocks(figure: Figure) -> dict[str, Text]:
    """The texts of several lines in a drawing, by an id that the SVG then has."""
    for axis in figure.axes:
        axis.get_xticklabels(), axis.get_yticklabels()  # without it they have no text
    texts = (text for text in figure.findobj(Text) if isinstance(text, Text))
    blocks = {}
    for number, text in enumerate(texts):
        if "\n" in text.get_text() and not text.get_rotation():
            text.set_gid(f"lines-{number}")
            blocks[f"lines-{number}"] = text
    return blocks


def _join_lines(group: ET.Element, block: Text) -> None:
    """Make one text of the lines that matplotlib places one by one.

    It measures them in its own font and puts the left end of each where it should be.
    Here they have the anchor of their block, and distances in their own size: so they
    stand right in any font and size.
    """
    lines = group.findall("text")
    places = [LINE_PLACE.fullmatch(line.get("transform", "")) for line in lines]
    heights = [float(place[1]) for place in places if place]
    anchor, _ = block.get_transform().transform(block.get_unitless_position())
    at = {"top": heights[0], "bottom": heights[-1], "baseline": heights[-1]}
    middle = sum(heights) / len(heights)
    y = at.get(block.get_verticalalignment(), middle)
    side = ANCHORS[block.get_horizontalalignment()]
    style = f"{lines[0].get('style', '')}; text-anchor: {side}"
    whole = ET.Element("text", {"style": style, "x": f"{anchor}", "y": f"{y}"})
    size = float(block.get_fontsize())
    for line, before, height in zip(lines, [y, *heights], heights):
        distance = f"{(height - before) / size:.3g}em"
        part = ET.SubElement(whole, "tspan", {"x": f"{anchor}", "dy": distance})
        part.text = line.text
    for line in lines:
        group.remove(line)
    group.append(whole)


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
        value = "; ".join(part for part in value.split("; ") if part != OWN_SIZE)
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
