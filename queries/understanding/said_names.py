"""The names and words of the graph in a sentence: units and things by any of their names, and values of properties (会议室)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from graph.names import bare, core, normalize
from graph.people import find_people
from graph.schema.organizations import Community, Subdistrict
from queries.reading.entities import open_entities
from queries.reading.written_names import read_written
from queries.understanding.named_arguments import AREAS, UNITS
from queries.understanding.said_subjects import names_service

if TYPE_CHECKING:
    from graph.graph import Graph

# Properties whose values are few and are said in sentences; an argument of the same name takes them.
SPOKEN_VALUES = ("kind", "category", "theme", "topic", "themes", "topics", "industry", "level", "type", "scheme")
MOST_VALUES, LONGEST_VALUE = 200, 10
_SHORTEST = 2
_LONGEST_BEFORE = 6
_SHORTEST_END = 3  # characters of the end of a unit's name that stand for it where no other unit's name ends so
_ORGANIZED = tuple("厂矿院段局所站社行校团馆库")  # what the end of a name ends with that is no trade or product
HOLE = "\0"  # stands in a sentence where a name stood


@dataclass(frozen=True)
class SaidThing:
    """A name in a sentence and what bears it: `text` is what to give as an argument, `labels` the kinds; or a value of a property."""

    written: str
    text: str
    labels: tuple[str, ...] = ()
    property: str = ""


class NameReader:
    """Finds names and values of one snapshot in sentences, the longest first."""

    def __init__(self, graph: Graph) -> None:
        self._names = dict(_values(graph)) | dict(_names(read_written(graph).filter("first")))
        self._longest = max(map(len, self._names), default=0)

    def read(self, sentence: str) -> tuple[list[SaidThing], str]:
        """Return what is named in a normalized sentence, in its order, and the sentence with a hole in place of each name."""
        found: list[SaidThing] = []
        rest: list[str] = []
        place = 0
        while place < len(sentence):
            ends = range(min(len(sentence), place + self._longest), place + _SHORTEST - 1, -1)
            end = next((e for e in ends if sentence[place:e] in self._names), 0)
            if end:
                thing = self._names[sentence[place:end]]
                found.append(thing)
                del rest[len(rest) - _count_before(rest, thing) :]
                rest.append(HOLE)
                place = end
            else:
                rest.append(sentence[place])
                place += 1
        return found, "".join(rest)


def _count_before(said: list[str], thing: SaidThing) -> int:
    """Return how many characters before a unit's name belong to it: 霍岭铁路 in 霍岭铁路机务段, which is 铁路局霍岭机务段."""
    if not set(thing.labels) & set(UNITS):
        return 0
    for size in range(min(_LONGEST_BEFORE, len(said)), 1, -1):
        before = said[-size:]
        alike = sum(one in thing.text for one in before)
        if before[0] in thing.text and 2 * alike > size:
            return size
    return 0


@lru_cache(maxsize=2)
def _reader_of(graph: Graph) -> NameReader:
    return NameReader(graph)


def read_names_in(graph: Graph, sentence: str) -> tuple[list[SaidThing], str]:
    """Return what a normalized sentence names of a graph, and the sentence without these names."""
    return _reader_of(graph).read(sentence)


def _names(frame: pl.DataFrame) -> Iterator[tuple[str, SaidThing]]:
    """Yield every way in which a thing is written, and for units the core of their names, where these say enough."""
    ways: dict[str, dict[str, tuple[str, str]]] = {}
    ends: dict[str, dict[str, tuple[str, str]]] = {}
    for id, label, shown, written in frame.select("id", "label", "shown", "written").iter_rows():
        short = [core(written), bare(written)] if label in UNITS else []
        if label not in AREAS:  # 供水 by itself is what 供水集团 does; 道口 is a place
            short = [one for one in short if not names_service(one)]
        for way in {normalize(written), *map(normalize, short)}:
            if len(way) >= _SHORTEST and not way.isdigit():
                ways.setdefault(way, {})[id] = (label, shown)
        for end in _ends_of(normalize(core(written)), label):
            ends.setdefault(end, {})[id] = (label, shown)
    own = {end: bearers for end, bearers in ends.items() if len(bearers) == 1 and end not in ways}
    for way, bearers in (*ways.items(), *own.items()):
        exact = {id: one for id, one in bearers.items() if normalize(one[1]) == way} or bearers
        labels = tuple(dict.fromkeys(label for label, _ in bearers.values()))
        names = [shown for _, shown in exact.values()]
        yield way, SaidThing(way, names[0] if len(exact) == 1 else way, labels)


def _ends_of(name: str, label: str) -> Iterator[str]:
    """Yield the ends of a unit's name by which people call it: 东井煤矿, 热电公司, 新村二社区 of 矿工新村第二社区."""
    if label == Community.label:
        stem = name.removesuffix("社区")
        for written in {stem, stem.replace("第", "")}:
            yield from (f"{written[at:]}社区" for at in range(len(written) - 1) if written[at] != "第")
    elif label in UNITS and label != Subdistrict.label:
        for at in range(1, len(name) - 1):
            yield f"{name[at:]}公司"
            if len(name) - at >= _SHORTEST_END and name.endswith(_ORGANIZED):
                yield name[at:]


def _values(graph: Graph) -> Iterator[tuple[str, SaidThing]]:
    """Yield the values of the properties that sentences speak of."""
    hidden = find_people(graph.schema)
    for kind in (kind for kind in graph.schema.entities if kind.label not in hidden):
        columns: Mapping[str, object] = kind.columns()
        for name in (n for n in SPOKEN_VALUES if n in columns):
            values = open_entities(graph, kind, name)[name]
            values = values.explode() if values.dtype == pl.List(pl.String) else values
            for value in values.drop_nulls().cast(pl.String).unique().sort().head(MOST_VALUES):
                if _SHORTEST <= len(value) <= LONGEST_VALUE:
                    yield normalize(value), SaidThing(value, value, (), name)
