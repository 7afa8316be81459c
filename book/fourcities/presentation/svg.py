"""A finished drawing as SVG that follows the page: its fonts, its text colour, its languages."""

import re
import xml.etree.ElementTree as ET
from io import StringIO

import matplotlib

from fourcities.facts import read

from .style import INK


def svg_of(figure, label, alt):
    """The drawing as inline SVG: scales with the page, takes its text colour and font, same bytes each time."""
    buffer = StringIO()
    with matplotlib.rc_context({"svg.hashsalt": label}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    text = re.sub(
        r"<\?xml.*?\?>|<!DOCTYPE.*?>|<metadata>.*</metadata>|<defs>\s*<style.*?</defs>",
        "",
        buffer.getvalue(),
        flags=re.S,
    )
    text = text.replace(INK, "currentColor").replace("xlink:href", "href")
    root = ET.fromstring(re.sub(r' xmlns(:\w+)?="[^"]*"', "", text))
    german = set(
        read("places").query("language == 'de' and name != local_name")["local_name"]
    )
    referred = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', text))
    for node in root.iter():
        if node.get("transform", "").startswith("rotate(-0 "):
            del node.attrib["transform"]
        if node.get("id") and node.get("id") not in referred:
            del node.attrib["id"]
        for key, was in list(node.attrib.items()):
            new = re.sub(
                r"-?\d+\.\d{3,}",
                lambda m: f"{float(m[0]):.2f}".rstrip("0").rstrip("."),
                was,
            )
            new = (
                re.sub(
                    r"(url\(#|^#)([^)]+)",
                    lambda m: f"{m[1]}{label}-{m[2]}" if m[2] in referred else m[0],
                    new,
                )
                if key != "id"
                else f"{label}-{new}"
            )
            if key == "style":
                new = re.sub(r"font: ([\d.]+px)[^;]*", r"font-size: \1", new)
                new = re.sub(r"font-family: [^;]*;? ?", "", new)
            node.set(key, new)
        if (
            node.text
            and re.search(r"[\u4e00-\u9fff]", node.text)
            and node.tag == "text"
        ):
            _mark_chinese(node)
        if node.tag == "text" and node.text in german:
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


def _mark_chinese(node):
    """Split an SVG text so that its Chinese part carries its language."""
    before, chinese, after = re.match(
        r"([^\u4e00-\u9fff]*)([\u4e00-\u9fff（）]+)(.*)", node.text, re.S
    ).groups()
    span = ET.SubElement(node, "tspan", {"lang": "zh-Hans"})
    node.text, span.text, span.tail = before, chinese, after
