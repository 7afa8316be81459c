"""One more city: a template of rows to fill in, a look at them, their way into data/.

The template (`template`, with its `guide`) is what data/ asks of a city (`tables`).
What was filled in (`filled`) is looked at in a copy of data/ and added from there
(`adding`), and can be taken out again (`removing`). The command
`python -m publishing.newcity` does all of it.
"""

from .adding import add, look, remove
from .template import CityError, key_of, template, write_template

__all__ = ["CityError", "add", "key_of", "look", "remove", "template", "write_template"]
