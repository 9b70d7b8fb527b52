"""Names by which a register written back refers to other things, so that loading finds the same thing again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from graph.kinds import Entity, Relation
from graph.names import normalize
from graph.schema.organizations import BELONGS_TO, Subdistrict
from queries.reading.entities import open_entities, open_relations, shown_name

if TYPE_CHECKING:
    from graph.graph import Graph


class EndNames:
    """The name of every thing of a graph by its kind and id; what several things are called has its owner or street before it."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._known: dict[str, dict[str, str]] = {}

    def of(self, label: str) -> Mapping[str, str]:
        """Return the names of the things of a kind, by id."""
        if label not in self._known:
            self._known[label] = self._read(self._graph.schema.entity(label))
        return self._known[label]

    def owner_of(self, id: str) -> str:
        """Return the name of the unit to which a thing belongs; '' where none is known."""
        return self._owners.get(id, "")

    def _read(self, kind: Entity) -> dict[str, str]:
        frame = open_entities(self._graph, kind, *kind.named_by)
        names = dict(frame.select("id", shown_name(frame.drop("day", strict=False), kind)).iter_rows())
        self._known[kind.label] = (
            names  # as they are: the names of streets and owners, which may be asked for now, need no more
        )
        times = Counter(map(normalize, names.values()))
        twice = [id_ for id_, name in names.items() if times[normalize(name)] > 1]
        before = (self._streets if kind.is_unit else self._owners) if twice and kind.mention != "create" else {}
        return names | {id_: f"{before.get(id_, '')}{names[id_]}" for id_ in twice}

    @cached_property
    def _streets(self) -> dict[str, str]:
        names = self.of(Subdistrict.label)
        ties = open_relations(self._graph, BELONGS_TO).select("source", "target")
        return {unit: names.get(street, "") for unit, street in ties.iter_rows()}

    @cached_property
    def _owners(self) -> dict[str, str]:
        owning = [relation for relation in self._graph.schema.relations if relation.owns]
        return {thing: name for relation in owning for thing, name in self._named_owners(relation)}

    def _named_owners(self, relation: Relation) -> list[tuple[str, str]]:
        ties = open_relations(self._graph, relation).filter(pl.col("source_label") != "")
        rows = ties.select("target", "source_label", "source").iter_rows()
        return [(thing, self.of(label).get(unit, "")) for thing, label, unit in rows]
