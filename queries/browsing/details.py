"""What the panel beside the canvas tells of one entity: its values, how many neighbours of which kind, and the rows it was read from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from graph.types import OfficePhone
from queries.answers.rows import Record, plain
from queries.answers.show import show_value
from queries.browsing.mesh import read_mesh
from queries.reading.entities import record_of
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.texts import Lang

MOST_RECORDS = 20


@dataclass(frozen=True)
class DrawnValue:
    """A property that has a value, with its heading in the reader's language."""

    name: str
    heading: str
    value: str


@dataclass(frozen=True)
class Details:
    """An entity with its values, its neighbours by kind, and the spreadsheet rows that tell of it."""

    id: str
    label: str
    name: str
    values: Sequence[DrawnValue]
    around: Mapping[str, int]
    records: Sequence[Record]


def describe(graph: Graph, scope: Scope, entity: str, *, lang: Lang = "zh") -> Details:
    """Return what is known of an entity, as the asker may see it."""
    mesh = read_mesh(graph)
    place = mesh.find(graph, entity)
    id, label, name = mesh.dots.select("id", "label", "name").row(place)
    kind = graph.schema.entity(label)
    row = graph.entities(label).filter(pl.col("id") == id).row(0, named=True)
    values = []
    for prop in kind.properties:
        stored = next(iter(prop.columns()))
        is_open = not isinstance(prop.type, OfficePhone) or scope.sees_members_of(id)
        if is_open and row[stored] not in (None, [], ""):
            heading = (prop.en if lang == "en" else prop.zh) or prop.name
            values.append(DrawnValue(prop.name, heading, _as_text(row[stored], lang)))
    sources = graph.sources(id).filter(pl.col("label") == label).head(MOST_RECORDS)
    records = [record_of(graph, source, label) for source in sources.iter_rows(named=True)]
    return Details(id, label, name, values, mesh.count_around([place])[0], records)


def _as_text(value: object, lang: Lang) -> str:
    if isinstance(value, list):
        return "、".join(map(str, value)) if lang == "zh" else ", ".join(map(str, value))
    return show_value(plain(value, lang), lang, 6)
