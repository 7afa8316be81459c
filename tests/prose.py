"""The words that somebody has typed into a cell, and that a reader sees."""

import ast

SHOWN = (
    "say",
    "solution",
    "fill",
)  # functions of the package whose first argument is read


def typed_text(cell):
    """The words of a cell that no data stand behind: of Markdown all; of code the
    templates, and captions and alt texts.
    """
    if cell.cell_type == "markdown":
        return [cell.source]
    words = []
    for call in ast.walk(ast.parse(cell.source)):
        if not isinstance(call, ast.Call):
            continue
        shown = call.args if getattr(call.func, "attr", "") in SHOWN else []
        shown = shown + [k.value for k in call.keywords if k.arg in ("caption", "alt")]
        words += [
            part.value
            for part in shown
            if isinstance(part, ast.Constant) and isinstance(part.value, str)
        ]
    return words
