"""Reads the two tables of a mesh: what may be drawn, and how it is tied together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from graph.people import find_people
from graph.schema.resources import USED_BY, USES, ResourceUse
from graph.types import Date
from queries.answers.rows import USED
from queries.reading.entities import open_entities, open_relations, shown_name

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Entity, Relation, Schema

DOTS: dict[str, Any] = {
    "id": pl.String, "label": pl.String, "name": pl.String, "short": pl.String, "since": pl.Date, "until": pl.Date,
    "lon": pl.Float64, "lat": pl.Float64,
}  # fmt: skip
LINES: dict[str, Any] = {
    "source": pl.Int64, "target": pl.Int64, "type": pl.String, "count": pl.Int64, "since": pl.Date, "until": pl.Date,
}  # fmt: skip
_ENDS = ("expires", "until", "term_end", "valid_until")


def left_out(schema: Schema) -> frozenset[str]:
    """Return the labels of what is never drawn by itself: persons, groups of them, and single uses of a resource."""
    # Kinds without a name of their own that only the program reads (words, weights) are no part of the district either.
    inner = {kind.label for kind in schema.entities if kind.computed and not kind.named_by}
    return find_people(schema) | {ResourceUse.label} | inner


def read_dots(graph: Graph) -> pl.DataFrame:
    """Return every open entity that may be drawn: how it is called, when it took place, where it lies."""
    hidden, counts = left_out(graph.schema), graph.counts["entities"]
    parts = [pl.DataFrame(schema=DOTS)]
    for kind in graph.schema.entities:
        if kind.label not in hidden and counts.get(kind.label):
            parts.append(_dots_of(graph, kind))
    return pl.concat(parts).unique("id", keep="first", maintain_order=True)


def _dots_of(graph: Graph, kind: Entity) -> pl.DataFrame:
    days, stored = _days(kind), kind.columns()
    wanted = [c for c in dict.fromkeys((*kind.named_by, *days, "short_name", "lon", "lat")) if c in stored]
    frame = open_entities(graph, kind, *wanted)
    return frame.select(
        "id",
        label=pl.lit(kind.label),
        name=shown_name(frame, kind),
        short=pl.col("short_name") if "short_name" in wanted else pl.lit(None, pl.String),
        since=pl.min_horizontal(days) if days else pl.lit(None, pl.Date),
        until=_until(days),
        lon=pl.col("lon") if "lon" in wanted else pl.lit(None, pl.Float64),
        lat=pl.col("lat") if "lat" in wanted else pl.lit(None, pl.Float64),
    ).cast(pl.Schema(DOTS))


def _days(kind: Entity | Relation) -> list[str]:
    """Return the dates of what happens or is agreed; those of units (founded, end of term) do not say when they were there."""
    if kind.is_unit or kind.mention != "none":
        return []
    return [prop.name for prop in kind.properties if prop.type in (Date(), Date(last=True))]


def _until(days: list[str]) -> pl.Expr:
    """Return the last day of a thing; what could have an end and was told none goes on."""
    if not days:
        return pl.lit(None, pl.Date)
    ends = [pl.col(name).is_null() for name in days if name in _ENDS]
    last = pl.max_horizontal(days)
    return pl.when(pl.all_horizontal(ends)).then(None).otherwise(last) if ends else last


def read_lines(graph: Graph, ids: pl.Series) -> pl.DataFrame:
    """Return every open relation between entities of these ids, with their places among the ids as its ends."""
    places = pl.DataFrame({"id": ids, "place": range(len(ids))}, schema={"id": pl.String, "place": pl.Int64})
    hidden, counts = left_out(graph.schema), graph.counts["relations"]
    parts = [_uses(graph)] if counts.get(USES.type) and counts.get(USED_BY.type) else []
    for relation in graph.schema.relations:
        shown = any(source not in hidden and target not in hidden for source, target in relation.pairs())
        if shown and counts.get(relation.type):
            parts.append(_lines_of(graph, relation))
    lines = pl.concat([pl.DataFrame(schema=LINES | {"source": pl.String, "target": pl.String}), *parts])
    for end in ("source", "target"):
        lines = lines.join(places, left_on=end, right_on="id", how="inner", maintain_order="left").drop(end)
        lines = lines.rename({"place": end})
    return lines.select(list(LINES))


def _lines_of(graph: Graph, relation: Relation) -> pl.DataFrame:
    days = _days(relation)
    return open_relations(graph, relation).select(
        "source",
        "target",
        type=pl.lit(relation.type),
        count=pl.lit(1, pl.Int64),
        since=pl.min_horizontal(days) if days else pl.lit(None, pl.Date),
        until=_until(days),
    )


def _uses(graph: Graph) -> pl.DataFrame:
    """Return a relation for each unit and each resource that it has used: how often, from when to when."""
    used = open_relations(graph, USES).select(use="source", target="target")
    users = open_relations(graph, USED_BY).select(use="source", source="target")
    days = (
        open_entities(graph, ResourceUse, "day", "called_off")
        .filter(~pl.col("called_off").fill_null(False))
        .select("day", use="id")
    )
    return (
        used.join(users, on="use").join(days, on="use").group_by("source", "target", maintain_order=True)
        .agg(count=pl.len().cast(pl.Int64), since=pl.col("day").min(), until=pl.col("day").max())
        .select("source", "target", pl.lit(USED).alias("type"), "count", "since", "until")
    )  # fmt: skip
