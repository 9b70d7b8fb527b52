"""Which values of a thing that is not the asker's own may be shown, wherever they were read: in the graph, in loads, in rows of files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph.people import K_ANONYMITY
from graph.types import Count, OfficePhone

if TYPE_CHECKING:
    from graph.types.value_type import ValueType


def may_show(kind: ValueType, value: object, *, is_own: bool) -> bool:
    """Tell whether a value may be shown: of others' things no telephone, and no number of people that is below five."""
    if is_own:
        return True
    if isinstance(kind, OfficePhone):
        return False
    number = re.search(r"\d+", str(value)) if isinstance(kind, Count) and kind.of == "people" else None
    return number is None or int(number[0]) >= K_ANONYMITY
