"""One look for every figure: a colour and a marker for each city, text as text, readable in light and dark."""

import re
import textwrap
import warnings
import xml.etree.ElementTree as ET
from io import StringIO

import matplotlib
import matplotlib.pyplot as plt
import seaborn as sns
from markupsafe import Markup

from .data import read
from .indicators import cities, country_of, observations
from .tables import Shown, data_note, values_table

# Two ends of a hue for each country, in the order of places.csv; all reach 3:1 against white and near-black.
HUES = [("#1f6fb5", "#3f9bdc"), ("#c04a15", "#d67d24"), ("#2f7d4f", "#4fa163"), ("#7a5bb5", "#a184d6")]
MARKERS = "osD^vP*X"
INK = "#010203"  # stands for the page's text colour until the SVG is written

sns.set_theme(style="ticks", rc={
    "svg.fonttype": "none", "figure.figsize": (5.6, 3.2), "figure.dpi": 72,
    "font.size": 12, "axes.labelsize": 12, "xtick.labelsize": 11.5, "ytick.labelsize": 12, "legend.fontsize": 11.5,
    "axes.titlesize": 12, "axes.titlelocation": "left", "font.sans-serif": ["DejaVu Sans"], "legend.frameon": False,
    "text.color": INK, "axes.labelcolor": INK, "axes.edgecolor": INK, "xtick.color": INK, "ytick.color": INK,
    "figure.facecolor": "none", "axes.facecolor": "none", "savefig.facecolor": "none",
    "axes.spines.top": False, "axes.spines.right": False, "patch.edgecolor": "none", "figure.constrained_layout.use": True,
})


def city_palette():
    """Colour of each city by its English name: one hue a country, from dark to light."""
    places = read("places").set_index("place")
    countries = list(dict.fromkeys(country_of(p) for p in cities()))
    palette = {}
    for i, country in enumerate(countries):
        members = [p for p in cities() if country_of(p) == country]
        shades = sns.blend_palette(HUES[i % len(HUES)], max(len(members), 2)).as_hex()
        palette.update({places.at[p, "name"]: shade for p, shade in zip(members, shades)})
    return palette


def city_markers():
    """Marker of each city by its English name."""
    names = read("places").set_index("place")["name"]
    return {names[p]: MARKERS[i % len(MARKERS)] for i, p in enumerate(cities())}


def axes(columns=1, rows=1, height=3.2, **kwargs):
    """Empty axes in the width of a page: what plt.subplots returns as its second value."""
    return plt.subplots(rows, columns, figsize=(5.6, height), **kwargs)[1]


def figure(drawing, label, caption, alt, uses=()):
    """A finished figure: caption, drawing, where the data come from, and the data as a table.

    drawing: Axes, array of Axes, Figure or seaborn grid.
    label: name to refer to it by, such as "fig-density"; caption: what the reader should see, finding first;
    alt: one sentence that says what the drawing shows, for those who can't see it;
    uses: keys of the indicators drawn; their units, periods and tables are written below the drawing.
    Returns an object that notebooks and pages show as HTML with an inline SVG.
    Raises ValueError if caption or alt is no sentence.
    """
    for what, text in (("caption", caption), ("alt", alt)):
        if not text.strip().endswith((".", "!", "?")) or len(text.split()) < 4:
            raise ValueError(f"figure {label!r}: its {what} must be a sentence; it is {text!r}")
    while not hasattr(drawing, "savefig"):
        drawing = drawing.figure if hasattr(drawing, "figure") else drawing.flat[0]
    svg = _svg(drawing, label, alt)
    plt.close("all")
    headline, _, rest = caption.partition(". ")
    rest = Markup(" {}").format(rest) if rest else ""
    html = Markup('<figure class="drawing" id="{}"><figcaption><strong>{}</strong>{}</figcaption>{}').format(
        label, headline + ("." if rest else ""), rest, Markup(svg))
    if uses:
        data = observations(*uses)
        html += Markup('<p class="data-line">{}</p><details class="data"><summary>Data behind this figure</summary>{}</details>').format(
            data_note(data), Markup(values_table(*uses, label=f"{label}-data").html))
    return Shown(html + Markup("</figure>"), alt)


def _svg(figure, label, alt):
    """The drawing as inline SVG: scales with the page, takes its text colour and font, same bytes each time."""
    buffer = StringIO()
    with matplotlib.rc_context({"svg.hashsalt": label}):
        with warnings.catch_warnings():
            # The page's fonts draw the Chinese names; matplotlib only misses them when it measures.
            warnings.filterwarnings("ignore", message="Glyph .* missing from font")
            figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    text = re.sub(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<metadata>.*</metadata>|<defs>\s*<style.*?</defs>", "", buffer.getvalue(), flags=re.S)
    text = text.replace(INK, "currentColor").replace("xlink:href", "href")
    root = ET.fromstring(re.sub(r' xmlns(:\w+)?="[^"]*"', "", text))
    referred = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', text))
    for node in root.iter():
        if node.get("transform", "").startswith("rotate(-0 "):
            del node.attrib["transform"]
        if node.get("id") and node.get("id") not in referred:
            del node.attrib["id"]
        for key, was in list(node.attrib.items()):
            new = re.sub(r"-?\d+\.\d{3,}", lambda m: f"{float(m[0]):.2f}".rstrip("0").rstrip("."), was)
            new = re.sub(r"(#)(?=[pm][0-9a-f]{8,})", rf"\g<1>{label}-", new) if key != "id" else f"{label}-{new}"
            if key == "style":
                new = re.sub(r"font: ([\d.]+px)[^;]*", r"font-size: \1", new)
                new = re.sub(r"font-family: [^;]*;? ?", "", new)
            node.set(key, new)
        if node.text and re.search(r"[\u4e00-\u9fff]", node.text) and node.tag == "text":
            _mark_chinese(node)
    for key in ("width", "height", "version"):
        root.attrib.pop(key, None)
    root.attrib.update({"xmlns": "http://www.w3.org/2000/svg", "role": "img", "aria-label": alt, "fill": "currentColor",
                        "stroke-linejoin": "round", "style": "width:100%;max-width:36rem;height:auto;font-family:inherit"})
    return re.sub(r">\s+<", "><", ET.tostring(root, encoding="unicode")).strip()


def _mark_chinese(node):
    """Split an SVG text so that its Chinese part carries its language."""
    before, chinese, after = re.match(r"([^\u4e00-\u9fff]*)([\u4e00-\u9fff（）]+)(.*)", node.text, re.S).groups()
    span = ET.SubElement(node, "tspan", {"lang": "zh-Hans"})
    node.text, span.text, span.tail = before, chinese, after


def levels_of_government():
    """Axes with the levels of government above and below each city, drawn from places.csv, codings.csv and the districts.

    A city that is its own federal state fills both levels.
    """
    places = read("places").set_index("place")
    status = read("codings").query("dimension == 'administrative_status'").set_index("place")["category"]
    districts = observations("districts").set_index("place")["value"]
    levels = ["Country", "State,\nprovince", "City", "Districts"]
    axis = axes(height=5.4)
    colours = city_palette()
    countries = {}
    for x, city in enumerate(cities()):
        countries.setdefault(country_of(city), []).append(x)
        parent = places.at[city, "parent"]
        own_state = places.at[parent, "kind"] == "country"
        colour = colours[places.at[city, "name"]]
        if not own_state:
            _box(axis, x, x, 2, 2, _named(places.loc[parent]), INK)
        label = _named(places.loc[city]) + "\n" + textwrap.fill(status.get(city, "status not stated"), 15, break_on_hyphens=False)
        _box(axis, x, x, 2 if own_state else 1, 1, label, colour)
        count = f"{districts[city]:.0f}\ndistricts" if city in districts else "not\nreported"
        _box(axis, x, x, 0, 0, count, colour)
        for y in (1, 2) if not own_state else (1, ):
            axis.plot([x, x], [y - .62, y - .38], color=INK, linewidth=1)
        axis.plot([x, x], [2.38, 2.62], color=INK, linewidth=1)
    for country, columns in countries.items():
        _box(axis, min(columns), max(columns), 3, 3, _named(places.loc[country]), INK)
    axis.set(xlim=(-.5, len(cities()) - .5), ylim=(-.5, 3.5), yticks=range(4), yticklabels=levels[::-1], xticks=[])
    axis.tick_params(length=0)
    sns.despine(ax=axis, left=True, bottom=True)
    return axis


def _named(place):
    local = place["local_name"] if place["local_name"] not in ("", place["name"]) else ""
    return textwrap.fill(place["name"], 13, break_on_hyphens=False) + (f"\n{local}" if local else "")


def _box(axis, left, right, top, bottom, text, colour):
    width, height = right - left + .92, top - bottom + .76
    axis.add_patch(plt.Rectangle((left - .46, bottom - .38), width, height, facecolor="none", edgecolor=colour, linewidth=1.6))
    axis.text((left + right) / 2, (top + bottom) / 2, text, ha="center", va="center", fontsize=10)
