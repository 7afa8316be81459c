"""Pages printed by Chromium: a profile in letters as large as one page allows."""

import re
from collections.abc import Sequence

from playwright.sync_api import Page

from .accessible import accessible

# Of a profile, which is one page, from large to small.
SCALES = (1.2, 1.15, 1.1, 1.05, 1)
# The paper within the margins of handout.css, in pixels: A4 has 210 by 297 mm.
WIDTH, HEIGHT = (210 - 2 * 12) / 25.4 * 96, (297 - 2 * 11) / 25.4 * 96
# The scales at which a page's text is no higher than the paper, give or take a
# hundredth: these are tried in print, which is slow.
FITTING = """([scales, width, height]) => {
  const root = document.documentElement.style;
  const fits = scales.filter((scale) => {
    root.inlineSize = `${width / scale}px`;
    const { height: text } = document.body.getBoundingClientRect();
    return text <= 1.01 * height / scale;
  });
  root.inlineSize = "";
  return fits;
}"""
# On paper, and in a file that travels alone, links lead nowhere. A drawing and its
# caption are a group: of the two only the drawing is a picture that needs a text. What
# is faint in it is painted faintly; on a layer of its own it would lose its tag.
FOR_PAPER = """() => {
  document.querySelectorAll("a").forEach((link) => link.removeAttribute("href"));
  document.querySelectorAll("figure").forEach((each) => each.role = "group");
  document.querySelectorAll("svg *").forEach(({ style }) => {
    if (style.opacity) {
      style.fillOpacity = style.strokeOpacity = style.opacity;
      style.opacity = "";
    }
  });
}"""
PAGE = re.compile(rb"/Type /Page\b")
DATES = re.compile(rb"/(?:Creation|Mod)Date \(D:[^)]*\)")
NODES = re.compile(rb"(?<=\(node)\d{8}(?=\))")


def printed(page: Page, on_one_page: bool) -> bytes:
    """The PDF of an open page; its links are taken out.

    on_one_page: in the largest letters with which it is no longer; else as it is.
    """
    page.evaluate(FOR_PAPER)
    if not on_one_page:
        return accessible(_settled(_print(page, 1)), page.title())
    scales: Sequence[float] = page.evaluate(FITTING, [SCALES, WIDTH, HEIGHT])
    for scale in scales or SCALES[-1:]:
        pdf = _print(page, scale)
        if len(PAGE.findall(pdf)) == 1:
            break
    return accessible(_settled(pdf), page.title())


def _print(page: Page, scale: float) -> bytes:
    return page.pdf(
        prefer_css_page_size=True,
        tagged=True,
        outline=True,
        print_background=True,
        scale=scale,
    )


def _settled(pdf: bytes) -> bytes:
    """A PDF without what differs from run to run: the same data give the same bytes.

    It has no dates, and its elements are numbered from one, in the order in which they
    stand there: Chromium's own numbers need not rise with it. Its length stays.
    """
    nodes = dict.fromkeys(NODES.findall(pdf))
    numbers = {node: b"%08d" % number for number, node in enumerate(nodes, 1)}
    undated = DATES.sub(lambda date: b" " * len(date[0]), pdf)
    return NODES.sub(lambda node: numbers[node[0]], undated)
