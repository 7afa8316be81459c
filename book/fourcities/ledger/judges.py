"""The check for each kind of claim."""

from __future__ import annotations

from collections.abc import Callable

from fourcities.facts import Reading

from .comparisons import check_compare
from .names import (
    check_different_code,
    check_different_titles,
    check_same_code,
    check_same_title,
    check_title,
)
from .numbers import (
    check_first_in,
    check_rises,
    check_same_definition,
    check_same_period,
    check_unprinted,
)
from .shapes import Checked
from .times import check_earlier, check_same_time

JUDGES: dict[str, Callable[[Reading], Checked]] = {
    "compare": check_compare,
    "rises": check_rises,
    "first in": check_first_in,
    "same period": check_same_period,
    "same definition": check_same_definition,
    "title": check_title,
    "same title": check_same_title,
    "different titles": check_different_titles,
    "same time": check_same_time,
    "earlier": check_earlier,
    "same code": check_same_code,
    "different code": check_different_code,
    "unprinted": check_unprinted,
}
