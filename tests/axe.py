"""What axe-core finds in a page that is open in a browser."""

from axe_playwright_python.sync_playwright import Axe

from publishing.accessibility import OPTIONS as RULES

# The rules that ask for a colour: all others find in one theme what they find in both.
OF_COLOURS = ["color-contrast", "link-in-text-block"]
COLOURS = RULES | {"runOnly": OF_COLOURS}
THE_REST = RULES | {"rules": {rule: {"enabled": False} for rule in OF_COLOURS}}
# Elements with a text of their own, one of each kind: what has the same letters on the
# same grounds, from itself up to the page, has the same contrast.
MARK_ONE_OF_EACH = """part => {
  const kinds = new Set();
  for (const element of document.querySelectorAll(`${part}, ${part} *`)) {
    delete element.dataset.one;
    const texts = [...element.childNodes].filter((node) => node.nodeType === 3);
    if (!texts.some((text) => text.data.trim())) continue;
    const letters = getComputedStyle(element);
    const { fontSize, fontWeight, textShadow, textDecorationLine } = letters;
    const kind = [element.checkVisibility(), fontSize, fontWeight, textShadow];
    kind.push(element.localName, textDecorationLine);
    for (let ground = element; ground; ground = ground.parentElement) {
      const { color, backgroundColor, backgroundImage, opacity } =
        getComputedStyle(ground);
      kind.push(color, backgroundColor, backgroundImage, opacity);
    }
    if (kinds.size < kinds.add(kind.join()).size) element.dataset.one = "of each";
  }
}"""


def wrong(page, part="body"):
    """What axe finds in a part of a page: rules with the first place of each."""
    return _found(page, part, THE_REST) + wrong_colours(page, part)


def wrong_colours(page, part="body"):
    """What axe finds of the colours of one element of each kind. Most of the time of
    axe goes into colours, and most elements have those of another.
    """
    page.evaluate(MARK_ONE_OF_EACH, part)
    return _found(page, "[data-one]", COLOURS)


def _found(page, part, options):
    violations = Axe().run(page, part, options=options).response["violations"]
    return [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in violations]
