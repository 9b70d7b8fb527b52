"""Names of units in a sentence that are wrong by one character: 东岗坊社区 where the graph holds 东冈坊社区."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from graph.spelling import readings
from queries.reading.entities import read_units
from queries.reading.units import near_names

if TYPE_CHECKING:
    from graph.graph import Graph

MOST_NEAR = 3
_SHORTEST, _LONGEST = 4, 14  # characters of a name with its ending (社区)
_SURE = 3  # from so many characters before the ending on one of them may be another; of fewer it must sound the same


def find_misspelt(graph: Graph, sentence: str, endings: tuple[str, ...]) -> tuple[str, list[str]] | None:
    """Return what is written in a sentence where the graph has names that differ in one character, and these names."""
    units = read_units(graph, as_told=True)
    names = {name for column in ("name", "short_name") for name in units[column].drop_nulls() if name.endswith(endings)}
    for found in re.finditer("|".join(endings), sentence):
        for size in range(min(_LONGEST, found.end()), _SHORTEST - 1, -1):
            written = sentence[found.end() - size : found.end()]
            near = sorted(_find_near(written, names, len(found[0])))
            if near:
                return written, near[:MOST_NEAR]
    return None


def find_near(graph: Graph, name: str) -> list[str]:
    """Return the names of units that resemble a name."""
    return near_names(read_units(graph, as_told=True), name, MOST_NEAR)


def _find_near(written: str, names: Iterable[str], ending: int) -> list[str]:
    """Return the names as long as what is written that differ from it in just one character before the ending."""
    same = (name for name in names if len(name) == len(written) and _count_other(name, written) == 1)
    return [name for name in same if len(name) - ending >= _SURE or set(readings(name)[0]) & set(readings(written)[0])]


def _count_other(name: str, written: str) -> int:
    return sum(a != b for a, b in zip(name, written, strict=True))
