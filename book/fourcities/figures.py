"""One look for every figure: a colour and a marker for each city, text as text, readable in light and dark."""

import re
import textwrap
import warnings
import xml.etree.ElementTree as ET
from io import StringIO
from itertools import combinations, pairwise, product

import matplotlib
import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns
from markupsafe import Markup
from matplotlib.transforms import Bbox

from .data import lookup, read
from .indicators import cities, country_of, observations
from .tables import Shown, data_note, values_table
from .text import FEW, list_of, some, when_of
from .units import fmt

# Two ends of a hue for each country, in the order of places.csv; all reach 3:1 against white and near-black.
HUES = [("#1f6fb5", "#3f9bdc"), ("#c04a15", "#d67d24"), ("#2f7d4f", "#4fa163"), ("#7a5bb5", "#a184d6")]
MARKERS = "osD^vP*X"
SMALL, LINE, WRAP = 10.8, .2, 32  # drawings made of words: points, inches a line, characters a line; readable on a phone
LONG, COLUMNS, MOST, DRAWN = 32, 4, 40, 100  # characters of a name on one line; cities side by side in a drawing of columns; cities in a legend; cities in a drawing of words
INK = "#010203"  # stands for the page's text colour until the SVG is written

# The page's fonts draw Chinese and Arabic names; matplotlib only misses them when it measures.
warnings.filterwarnings("ignore", message="Glyph .* missing from font")
sns.set_theme(style="ticks", rc={
    "svg.fonttype": "none", "text.parse_math": False, "figure.figsize": (5.6, 3.2), "figure.dpi": 72,
    "font.size": 12, "axes.labelsize": 12, "xtick.labelsize": 11.5, "ytick.labelsize": 12, "legend.fontsize": 11.5,
    "axes.titlesize": 12, "axes.titlelocation": "left", "font.sans-serif": ["DejaVu Sans"], "legend.frameon": False,
    "text.color": INK, "axes.labelcolor": INK, "axes.edgecolor": INK, "xtick.color": INK, "ytick.color": INK,
    "figure.facecolor": "none", "axes.facecolor": "none", "savefig.facecolor": "none",
    "axes.spines.top": False, "axes.spines.right": False, "patch.edgecolor": "none", "figure.constrained_layout.use": True,
})


def city_palette():
    """Colour of each city by its English name: one hue a country, from dark to light."""
    places = read("places").set_index("place")
    palette, members_of = {}, {}
    for place in cities():
        members_of.setdefault(country_of(place), []).append(place)
    for i, members in enumerate(members_of.values()):
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


def figure(drawing, label, caption, alt, uses=(), places=None, period="report", years=False):
    """A finished figure: caption, drawing, where the data come from, and the data as a table.

    drawing: Axes, array of Axes, Figure or seaborn grid.
    label: name to refer to it by, such as "fig-density"; caption: what the reader should see, finding first;
    alt: one sentence that says what the drawing shows, for those who can't see it;
    uses: keys of the indicators drawn; their units, periods and tables are written below the drawing; caption and alt name cities whose values were added, and values that the scale leaves out.
    places: keys of the places drawn; the cities unless given. period: that of the values drawn, as in `observations`. years: whether an axis is one of years.
    Returns an object that notebooks and pages show as HTML with an inline SVG.
    Raises ValueError if caption or alt is no sentence.
    """
    for what, text in (("caption", caption), ("alt", alt)):
        if not text.strip().endswith((".", "!", "?")) or len(text.split()) < 4:
            raise ValueError(f"figure {label!r}: its {what} must be a sentence; it is {text!r}")
    while not hasattr(drawing, "savefig"):
        drawing = drawing.figure if hasattr(drawing, "figure") else drawing.flat[0]
    data = observations(*uses, places=places, period=period) if uses else None
    more = _to_mind(drawing, data, years) if uses else ""
    caption, alt = caption + more, " ".join(filter(None, [alt + more, drawing.get_suptitle()]))
    _make_room(drawing)
    svg = _svg(drawing, label, alt)
    plt.close("all")
    headline, _, rest = caption.partition(". ")
    rest = Markup(" {}").format(rest) if rest else ""
    html = Markup('<figure class="drawing" id="{}"><figcaption><strong>{}</strong>{}</figcaption>{}').format(
        label, headline + ("." if rest else ""), rest, Markup(svg))
    if uses:
        html += Markup('<p class="data-line">{}</p><details class="data"><summary>Data behind this figure</summary>{}</details>').format(
            data_note(data), Markup(values_table(*uses, label=f"{label}-data", places=places, period=period).html))
    return Shown(html + Markup("</figure>"), alt)


def _to_mind(drawing, data, years):
    """What the words of a figure add by themselves: which cities come from other sources than the report, and what its scale can't show."""
    logarithmic = any("log" in (axis.get_xscale(), axis.get_yscale()) for axis in drawing.axes)
    zero, undated = (data["value"] <= 0) & logarithmic, data["period_start"].isna() & data["period_end"].isna() & years
    added, more = data.loc[data["added"] & ~zero & ~undated, "city"].unique(), ""
    if len(added):
        more += f" Also drawn, from other sources than the report: {some(added)}."
    for why, left_out in (("the scale has no place for zero", data[zero]), ("no year is stated", data[undated])):
        cases = [f"{city} ({'; '.join(rows['label'].str.lower())})" for city, rows in left_out.groupby("city", sort=False)]
        if cases:
            more += f" Not drawn, since {why}: {list_of(cases) if len(cases) <= FEW else f'{len(cases):,} cities'}."
    return more


def _make_room(drawing):
    """Wrap long names at the vertical axes, write the numbers of scales, and make the figure as high as its lines need: forty cities don't stand on each other."""
    beside = len({round(axis.bbox.x0) for axis in drawing.axes})
    for axis in drawing.axes:
        labels = axis.get_yticklabels()
        names = [label.get_text() for label in labels]
        wrapped = ["\n".join(textwrap.fill(line, 2 * LONG // (beside + 1)) for line in name.split("\n")) for name in names]
        if wrapped != names:
            axis.set_yticks(axis.get_yticks(), wrapped, ha=labels[0].get_ha())
        if axis.get_xscale() == "log":  # in full: 0.01, 1, 10,000
            axis.xaxis.set_major_formatter(lambda value, _: fmt(value) if value >= 1 else f"{value:.12f}".rstrip("0"))
    drawing.draw_without_rendering()
    for axis in drawing.axes:
        room, lines = axis.bbox.width / max(axis.xaxis.label.get_window_extent().width, 1), axis.get_xlabel().split("\n")
        if room < .85 and beside > 1:  # a label alone may be wider than its axis
            axis.set_xlabel("\n".join(textwrap.fill(line, max(12, int(max(map(len, lines)) * room)), break_long_words=False) for line in lines))
        _clear_numbers(axis)
    short = max((_crowding(axis) for axis in drawing.axes), default=1)
    if short > 1.07:
        drawing.set_figheight(drawing.get_figheight() * short)


def _clear_numbers(axis):
    """Numbers at the horizontal axis in words rather than as powers of ten, and only as many of them as have room."""
    if axis.xaxis.get_offset_text().get_text():
        axis.xaxis.set_major_formatter(lambda value, _: fmt(value))
        axis.figure.draw_without_rendering()
    low, high = sorted(axis.get_xlim())
    ticks = [(place, label) for place, label in zip(axis.get_xticks(), axis.get_xticklabels()) if low <= place <= high and re.match(r"[-−]?\d", label.get_text())]
    step = 1
    while any(_overlap(one.get_window_extent(), other.get_window_extent()) for (_, one), (_, other) in pairwise(ticks[::step])):
        step += 1
    if step > 1:
        axis.set_xticks([place for place, _ in ticks[::step]], [label.get_text() for _, label in ticks[::step]])


def _crowding(axis):
    """How many times higher an axis must be for the names at it to have room; 1 or less if they have."""
    boxes = sorted((label.get_window_extent() for label in axis.get_yticklabels() if re.search(r"[^\W\d]", label.get_text())), key=lambda box: box.y0)
    needed = [(one.height + other.height) / (other.y0 + other.y1 - one.y0 - one.y1) for one, other in pairwise(boxes) if other.y0 + other.y1 > one.y0 + one.y1]
    return max(needed, default=1) * 1.05


def city_legend(axis, names, markers=None):
    """A legend of cities below a drawing, two in a row, for which the figure grows. Of more than forty cities a line says how many they are: nobody tells so many colours apart.

    axis: Axes of the drawing; names: English names of the cities, in any order; markers: marker of each by its name, squares if not given.
    """
    drawn = set(names)
    if len(drawn) > MOST:
        axis.figure.legend(handles=[], title=f"{len(drawn):,} cities, too many to name here", loc="outside lower center")
        return
    handles = [plt.Line2D([], [], color=colour, marker=markers[city] if markers else "s", linestyle="", markersize=9, label=textwrap.fill(city, LONG))
               for city, colour in city_palette().items() if city in drawn]
    axis.figure.legend(handles=handles, loc="outside lower center", ncols=2)
    lines = sum(handle.get_label().count("\n") + 1 for handle in handles)
    axis.figure.set_figheight(axis.figure.get_figheight() + .25 * (lines + 1) / 2)


def labels_or_legend(axis, names):
    """Keep the texts at the points of a drawing if they have room; if some of them overlap, a legend of the cities takes their place.

    axis: Axes whose texts are all such labels; names: English names of the cities drawn.
    """
    figure = axis.figure
    wide = any(text.get_window_extent().width > figure.bbox.width / 2 for text in axis.texts)  # such labels leave no room for the drawing
    for text in axis.texts:
        text.set_in_layout(not wide)
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in axis.texts]
    overlapping = any(_overlap(one, other) > .1 for one, other in [*combinations(boxes, 2), *product(boxes, [tick.get_window_extent() for tick in axis.get_xticklabels()])])
    if wide or overlapping or any(box.x0 < axis.bbox.x0 - 5 or box.x1 > figure.bbox.x1 for box in boxes):
        for text in list(axis.texts):
            text.remove()
        city_legend(axis, names, city_markers())


def _overlap(one, other):
    """The part of the smaller of two boxes that lies in the other."""
    both = Bbox.intersection(one, other)
    return both.width * both.height / min(one.width * one.height, other.width * other.height) if both else 0


def count_grid(counts):
    """Axes with a row for each kind and a column for each city: the number in a square of the city's colour, a dash for none. A block of axes for each four cities, the first hundred of them.

    counts: a DataFrame of whole numbers, its index the kinds in words, its columns keys of cities.
    """
    groups = blocks(list(counts.columns)[:DRAWN])
    panels = _stacked([.4 * len(counts) + .4] * len(groups), counts.columns)
    names, palette = lookup("places", "name"), city_palette()
    for axis, group in zip(panels, groups):
        for x, city in enumerate(group):
            for y, number in enumerate(counts[city]):
                if number:
                    axis.scatter(x, y, marker="s", s=520, color=palette[names[city]])
                axis.text(x, y, number or "–", ha="center", va="center", color="white" if number else INK)
        axis.set(ylim=(len(counts) - .5, -.5), yticks=range(len(counts)), yticklabels=counts.index)
        _head(axis, group)
    return panels


def _svg(figure, label, alt):
    """The drawing as inline SVG: scales with the page, takes its text colour and font, same bytes each time."""
    buffer = StringIO()
    with matplotlib.rc_context({"svg.hashsalt": label}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    text = re.sub(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<metadata>.*</metadata>|<defs>\s*<style.*?</defs>", "", buffer.getvalue(), flags=re.S)
    text = text.replace(INK, "currentColor").replace("xlink:href", "href")
    root = ET.fromstring(re.sub(r' xmlns(:\w+)?="[^"]*"', "", text))
    german = set(read("places").query("language == 'de' and name != local_name")["local_name"])
    referred = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', text))
    for node in root.iter():
        if node.get("transform", "").startswith("rotate(-0 "):
            del node.attrib["transform"]
        if node.get("id") and node.get("id") not in referred:
            del node.attrib["id"]
        for key, was in list(node.attrib.items()):
            new = re.sub(r"-?\d+\.\d{3,}", lambda m: f"{float(m[0]):.2f}".rstrip("0").rstrip("."), was)
            new = re.sub(r"(url\(#|^#)([^)]+)", lambda m: f"{m[1]}{label}-{m[2]}" if m[2] in referred else m[0], new) if key != "id" else f"{label}-{new}"
            if key == "style":
                new = re.sub(r"font: ([\d.]+px)[^;]*", r"font-size: \1", new)
                new = re.sub(r"font-family: [^;]*;? ?", "", new)
            node.set(key, new)
        if node.text and re.search(r"[\u4e00-\u9fff]", node.text) and node.tag == "text":
            _mark_chinese(node)
        if node.tag == "text" and node.text in german:
            node.set("lang", "de")
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


def blocks(places):
    """Places in groups that stand side by side in a drawing with a column for each: as even as they can be, none larger than four."""
    count = -(-len(places) // COLUMNS)
    size = -(-len(places) // count) if count else 1
    return [places[i:i + size] for i in range(0, len(places), size)]


def _stacked(heights, places):
    """Axes below each other in the width of a page, one for each block of places. heights: of each, in inches. places: all; if they are too many to draw, a line above says so."""
    drawing, panels = plt.subplots(len(heights), figsize=(5.6, sum(heights)), squeeze=False, height_ratios=heights)
    if len(places) > DRAWN:
        drawing.suptitle(f"Drawn: the first {DRAWN} of {len(places):,} cities.", fontsize=12)
    return panels[:, 0]


def _head(axis, places):
    """Names of places above their columns, and no frame."""
    names = lookup("places", "name")
    axis.set(xlim=(-.5, len(places) - .5), xticks=range(len(places)), xticklabels=[textwrap.fill(names[place], 13) for place in places])
    axis.xaxis.tick_top()
    axis.tick_params(length=0)
    sns.despine(ax=axis, left=True, bottom=True)


def levels_of_government():
    """Axes with the levels of government above and below each city, drawn from places.csv, codings.csv and the districts; a row of axes for each four cities, the first hundred of them.

    A city that is its own federal state fills both levels.
    """
    places = read("places").set_index("place")
    status = read("codings").query("dimension == 'administrative_status'").drop_duplicates("place").set_index("place")["category"]
    districts = observations("districts", period="report").drop_duplicates("place", keep="last").set_index("place")["value"]
    colours, towns = city_palette(), cities()
    countries = list(dict.fromkeys(map(country_of, towns)))
    groups = blocks(sorted(towns[:DRAWN], key=lambda city: countries.index(country_of(city))))
    panels = _stacked([5.4] * len(groups), towns)
    for axis, group in zip(panels, groups):
        _levels(axis, group, places, status, districts, colours)
    return panels


def _levels(axis, towns, places, status, districts, colours):
    levels = ["Country", "State,\nprovince", "City", "Districts"]
    countries = {}
    for x, city in enumerate(towns):
        countries.setdefault(country_of(city), []).append(x)
        parent = places.at[city, "parent"]
        own_state = places.at[parent, "kind"] == "country"
        colour = colours[places.at[city, "name"]]
        if not own_state:
            _box(axis, x, x, 2, 2, _named(places.loc[parent]), INK)
        label = _named(places.loc[city]) + "\n" + textwrap.fill(status.get(city, "status not stated"), 15, break_on_hyphens=False)
        _box(axis, x, x, 2 if own_state else 1, 1, label, colour)
        count = f"{fmt(districts[city])}\ndistrict{'' if districts[city] == 1 else 's'}" if city in districts else "not\nreported"
        _box(axis, x, x, 0, 0, count, colour)
        for y in (1, 2) if not own_state else (1, ):
            axis.plot([x, x], [y - .62, y - .38], color=INK, linewidth=1)
        axis.plot([x, x], [2.38, 2.62], color=INK, linewidth=1)
    for country, columns in countries.items():
        _box(axis, min(columns), max(columns), 3, 3, _named(places.loc[country]), INK)
    axis.set(xlim=(-.5, len(towns) - .5), ylim=(-.5, 3.5), yticks=range(4), yticklabels=levels[::-1], xticks=[])
    axis.tick_params(length=0)
    sns.despine(ax=axis, left=True, bottom=True)


def timeline(rows):
    """Axes with one line for each row of events or policies on an axis of years, the earliest at the top.

    rows: rows with place, title and a time: period_start and period_end, or year. Rows without a time must be left out
    (see `dated_only`); the words beside a mark are the time as the report gives it, the place and the title.
    """
    colours, names = city_palette(), read("places").set_index("place")["name"]
    rows = dated_only(rows)
    words = [textwrap.fill(f"{when_of(r)} · {names[r['place']]}: {r['title']}", WRAP) for _, r in rows.iterrows()]
    middles, total = _lines(words)
    axis = axes(height=total * LINE + .5)
    for (_, row), y in zip(rows.iterrows(), middles):
        city = names[row["place"]]
        axis.axhline(y, color=INK, linewidth=.4, alpha=.3)
        axis.plot([row["first"], row["last"]], [y, y], color=colours.get(city, INK), linewidth=3, marker=city_markers().get(city, "|"), markersize=9, markeredgewidth=2)
    span = max(rows["last"].max() - rows["first"].min(), 1)
    axis.set(ylim=(total, 0), xlim=(rows["first"].min() - span * .06, rows["last"].max() + span * .06))
    axis.xaxis.set_major_locator(matplotlib.ticker.MaxNLocator(4, integer=True, steps=[1, 2, 5, 10]))
    _label_lines(axis, middles, words)
    sns.despine(ax=axis, left=True)
    return axis


def _lines(texts):
    """Where lines of text lie that stand below each other: the middle of each and the height of all, in lines."""
    middles, top = [], 0.0
    for text in texts:
        height = text.count("\n") + 1.5
        middles.append(top + height / 2)
        top += height
    return middles, top


def _label_lines(axis, middles, texts):
    """Texts to the left of the axis, flush left (a page's font is narrower than the one that matplotlib measures with)."""
    axis.set_yticks(middles, texts, fontsize=SMALL, ha="left")
    axis.tick_params(axis="y", length=0, pad=max(len(line) for text in texts for line in text.split("\n")) * SMALL * .56)


def dated_only(rows):
    """The rows of events, policies or observations that have a time, with the years `first` and `last`, the earliest first.

    A span with one open end is drawn at the end that is known; a policy stands at its year, or at its revision if only that is given.
    """
    if "year" in rows:
        first = pd.to_numeric(rows["year"].where(rows["year"] != "", rows["revised"]), errors="coerce")
        last = first
    else:
        starts, ends = rows["period_start"].dt.year, rows["period_end"].dt.year
        first, last = starts.fillna(ends), ends.fillna(starts)
    rows = rows.assign(first=first, last=last).dropna(subset=["first"]).astype({"first": int, "last": int})
    return rows.sort_values(["first", "last"], kind="stable")


def measure_map(rows):
    """Axes with a line for each measure: who provides it (columns), when in a migrant's stay it starts (marker), for whom (words).

    rows: rows of measures.csv. Measures of one city stand together, in the city's colour.
    """
    providers = {"state": "state", "both": "both", "SO": "SOs", "": "not\nstated"}
    starts = {"arrival": ("on arrival", "o"), "after settlement": ("after settlement", "s"), "open": ("no stay asked", "D"), "": ("not stated", "o")}
    colours = city_palette()
    names = read("places").set_index("place")["name"]
    lines = []  # (text, row of measures or None for the name of a city)
    for city in [c for c in cities() if c in set(rows["place"])]:
        lines.append((textwrap.fill(names[city], WRAP), None))
        for _, row in rows[rows["place"] == city].iterrows():
            whom = "" if row["target_group"] in row["name"] else f", for {row['target_group']}"
            lines.append((textwrap.fill(row["name"].replace("“", "").replace("”", "") + whom, WRAP), row))
    middles, total = _lines([text for text, _ in lines])
    marks = pd.DataFrame([{"provider": list(providers).index(row["provider"]), "y": y, "city": names[row["place"]], "starts": starts[row["starts"]][0]}
                          for y, (_, row) in zip(middles, lines) if row is not None])
    axis = axes(height=total * LINE + .9)
    for y in marks["y"]:
        axis.axhline(y, color=INK, linewidth=.4, alpha=.3)
    known = marks["starts"] != "not stated"
    sns.scatterplot(marks[known], x="provider", y="y", hue="city", style="starts", palette=colours, markers=dict(starts.values()), s=95, legend=False, zorder=3, ax=axis)
    axis.scatter(marks.loc[~known, "provider"], marks.loc[~known, "y"], s=60, facecolor="none", edgecolor=marks.loc[~known, "city"].map(colours), linewidth=1.6, zorder=3)
    axis.set(xlim=(-.5, 3.5), ylim=(total, 0), xlabel="", ylabel="", xticks=range(4), xticklabels=providers.values())
    axis.tick_params(axis="x", length=0)
    axis.xaxis.tick_top()
    _label_lines(axis, middles, [text for text, _ in lines])
    for label, (text, row) in zip(axis.get_yticklabels(), lines):
        label.set(weight="normal" if row is not None else "bold", color=INK if row is not None else colours[text.replace("\n", " ")])
    used = [words for words in starts.values() if words[0] in set(marks["starts"])]
    handles = [plt.Line2D([], [], color=INK, marker=marker, linestyle="", markersize=8, fillstyle="none" if label == "not stated" else "full", label=label)
               for label, marker in used]
    axis.figure.legend(handles=handles, loc="outside lower center", ncols=2, title="When it starts")
    sns.despine(ax=axis, left=True, bottom=True)
    return axis


def coding_matrix(*dimensions, columns=None):
    """Axes with a row for each dimension of codings.csv and a column for each city; equal codes of a row have one shade. A block of axes for each four cities, the first hundred of them.

    dimensions: keys of dimensions.csv; columns: keys of places, the cities unless given. Several codes of a city are joined.
    """
    asked = columns or cities()
    columns = asked[:DRAWN]
    labels = lookup("dimensions", "label")
    codes = codes_of(*dimensions, places=columns)
    codes = pd.DataFrame([[textwrap.fill(codes.at[d, c], 13, break_long_words=False) for c in columns] for d in dimensions], columns=columns)
    heads = [textwrap.fill(labels[d], 13, break_long_words=False) for d in dimensions]
    shades = [list(dict.fromkeys(row)) for row in codes.to_numpy().tolist()]
    groups = blocks(columns)
    heights = [[max(text.count("\n") for text in [*row, head]) + 2 for row, head in zip(codes[group].to_numpy().tolist(), heads)] for group in groups]
    panels = _stacked([sum(part) * LINE + .4 for part in heights], asked)
    for axis, group, height in zip(panels, groups, heights):
        _matrix(axis, codes[group], heads, shades, height)
    return panels


def _matrix(axis, codes, heads, shades, heights):
    top = 0
    for row, known, height in zip(codes.to_numpy().tolist(), shades, heights):
        for x, text in enumerate(row):
            hue = HUES[known.index(text) % len(HUES)][0]
            if text != "not stated":
                axis.add_patch(plt.Rectangle((x - .48, top + .08), .96, height - .16, facecolor=hue, alpha=.22))
            lines = text.split("\n")
            for i, line in enumerate(lines):  # one by one: a page's font is narrower than the one that matplotlib measures with
                axis.text(x, top + height / 2 + i - (len(lines) - 1) / 2, line, ha="center", va="center", fontsize=SMALL)
        top += height
    edges = [sum(heights[:i]) + h / 2 for i, h in enumerate(heights)]
    axis.set(ylim=(top, 0))
    _head(axis, codes.columns)
    _label_lines(axis, edges, heads)


def codes_of(*dimensions, places=None):
    """Codes as a DataFrame: a row for each dimension, a column for each place, "not stated" where there is none."""
    places = places or cities()
    rows = read("codings").query("dimension in @dimensions and place in @places")
    joined = rows.groupby(["dimension", "place"], sort=False)["category"].agg("; ".join).unstack()
    return joined.reindex(index=list(dimensions), columns=list(places)).fillna("not stated")


def who_does_what(*dimensions):
    """Axes with a step of co-operation in each row and two boxes for each city: government and SOs, filled if it takes part. A block of axes for each four cities, the first hundred of them.

    dimensions: keys of dimensions.csv whose codes are "government", "SOs" or "both".
    """
    groups = blocks(cities()[:DRAWN])
    panels = _stacked([.62 * len(dimensions) + .6] * len(groups), cities())
    codes, colours = codes_of(*dimensions), city_palette()
    for axis, group in zip(panels, groups):
        _steps(axis, codes, group, colours)
    return panels


def _steps(axis, codes, towns, colours):
    labels, names = lookup("dimensions", "label"), lookup("places", "name")
    for y, dimension in enumerate(codes.index):
        for x, city in enumerate(towns):
            code = codes.at[dimension, city]
            for part, left in (("government", x - .46), ("SOs", x + .01)):
                takes_part = code in (part, "both")
                axis.add_patch(plt.Rectangle((left, y - .36), .45, .72, facecolor=colours[names[city]] if takes_part else "none",
                                             edgecolor=colours[names[city]], linewidth=1.4, alpha=1 if takes_part else .6))
                axis.text(left + .225, y, {"government": "gov.", "SOs": "SOs"}[part] if takes_part else "–", ha="center", va="center", fontsize=10,
                          color="white" if takes_part else INK)
            if y:
                axis.annotate("", (x, y - .37), (x, y - .63), arrowprops={"arrowstyle": "-|>", "color": INK, "linewidth": 1})
    axis.set(ylim=(len(codes) - .5, -.5), yticks=range(len(codes)), yticklabels=[textwrap.fill(labels[d], 10) for d in codes.index])
    _head(axis, towns)


def _named(place):
    local = place["local_name"] if place["local_name"] not in ("", place["name"]) else ""
    return textwrap.fill(place["name"], 13, break_on_hyphens=False) + (f"\n{local}" if local else "")


def _box(axis, left, right, top, bottom, text, colour):
    width, height = right - left + .92, top - bottom + .76
    axis.add_patch(plt.Rectangle((left - .46, bottom - .38), width, height, facecolor="none", edgecolor=colour, linewidth=1.6))
    axis.text((left + right) / 2, (top + bottom) / 2, text, ha="center", va="center", fontsize=10)
