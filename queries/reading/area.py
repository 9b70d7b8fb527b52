"""A part of the district that a question is limited to: a subdistrict with all that lies in it, or one community."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph.errors import ArgumentError, UnknownUnitError
from graph.schema.organizations import BELONGS_TO, HAS_PARTY_ORGANIZATION, LOCATED_IN, Community, Subdistrict
from graph.texts import Said
from queries.reading.entities import open_relations
from queries.reading.units import UnitRef, find_unit

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Relation


@dataclass(frozen=True)
class AreaName:
    """A subdistrict or community as somebody wrote it: by its name, its id or in pinyin; the graph says which one is meant."""

    text: str

    @classmethod
    def parse(cls, text: str) -> AreaName:
        """Return the area that a text names; which one it is, only a graph can say."""
        if not text.strip():
            raise ArgumentError(argument="area", value=text, reason=Said("应是街道或社区的名称", "must name an area"))
        return cls(text.strip())

    def find(self, graph: Graph) -> UnitRef:
        """Return the subdistrict or community; UnknownUnitError names those that come close.

        Where a name without its kind (郑州路) is that of both, the subdistrict is meant.
        """
        try:
            return find_unit(graph, self.text, (Subdistrict, Community))
        except UnknownUnitError as unknown:
            try:
                return find_unit(graph, self.text, (Subdistrict,))
            except UnknownUnitError:
                raise unknown from None

    def __str__(self) -> str:
        return self.text


InArea = Annotated[AreaName | None, Said("只看该街道或社区", "only this subdistrict or community")]
OfUnit = Annotated[str | None, Said("只看这个单位的", "only those of this unit")]


def list_units(graph: Graph, area: AreaName) -> pl.Series:
    """Return the ids of the units in an area: itself, communities and units of a subdistrict, and the Party organizations of them all."""
    return list_inside(graph, area.find(graph).id)


def list_inside(graph: Graph, id: str) -> pl.Series:
    """Return the ids of a unit, of what lies in it where it is a subdistrict, and of the Party organizations of them all."""
    inside = [_tied(graph, kind).filter(pl.col("area") == id)["unit"] for kind in (BELONGS_TO, LOCATED_IN)]
    units = pl.concat([pl.Series("unit", [id]), *inside])
    bodies = open_relations(graph, HAS_PARTY_ORGANIZATION).filter(pl.col("source").is_in(units.implode()))["target"]
    return pl.concat([units, bodies.alias("unit")]).unique().sort()


def is_within(graph: Graph, area: AreaName | None, column: str) -> pl.Expr:
    """Return the expression for whether the unit whose id stands in a column lies in an area; without an area, every row does."""
    return pl.lit(True) if area is None else pl.col(column).is_in(list_units(graph, area).implode()).fill_null(False)


def is_of(graph: Graph, unit: str | None, column: str) -> pl.Expr:
    """Return the expression for whether a column holds the id of a unit or of its Party organizations; without a unit, all do."""
    if unit is None:
        return pl.lit(True)
    return pl.col(column).is_in(list_inside(graph, find_unit(graph, unit).id).implode()).fill_null(False)


def read_streets(graph: Graph) -> pl.DataFrame:
    """Return the subdistrict of each unit that has one, of subdistricts themselves: unit, area; one row a unit."""
    own = graph.entities(Subdistrict.label).filter(pl.col("valid_to").is_null()).select(unit="id", area="id")
    parts = [own, *(_tied(graph, kind) for kind in (BELONGS_TO, LOCATED_IN))]
    return pl.concat(parts).sort("unit", "area").unique("unit", keep="first", maintain_order=True)


def _tied(graph: Graph, kind: Relation) -> pl.DataFrame:
    return open_relations(graph, kind).select(unit="source", area="target")
