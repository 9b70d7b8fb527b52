"""Which thing is meant that is no unit – a need, an action item, an agreement, a venue – by id, number, or name, with its unit before it.

A name that several things have is answered with their names and units (重二社区健康义诊); such a name is understood, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from graph.errors import UnknownThingError
from graph.names import folded, normalize
from graph.texts import Said
from queries.reading.entities import open_entities, open_relations, read_units, shown_name
from queries.reading.units import UnitRef, list_sheets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.graph import Graph
    from graph.kinds import Entity

_NEAR = Said("相近的有：{names}", "Close to it: {names}")
_NOTHING = Said("请先载入列有它的表格，如{sheets}", "First load a spreadsheet that lists it, such as {sheets}")
_MOST = 5  # names that a refusal lists
_BETWEEN = str.maketrans("", "", "：:")  # what people write between a unit and its thing


def find_thing(graph: Graph, text: str, kinds: Sequence[Entity]) -> UnitRef:
    """Return the thing of one of the kinds that a text stands for; UnknownThingError says which have that name, or come close."""
    things = pl.concat([_read_things(graph, kind) for kind in kinds])
    asked = normalize(text.translate(_BETWEEN))
    for found in (
        things.filter(pl.col("id") == text.strip()),
        things.filter(folded("number").fill_null("") == normalize(text)),
        things.filter(folded("name").fill_null("") == normalize(text)),
        things.filter(pl.any_horizontal(folded(c).fill_null("") == asked for c in ("qualified", "short_qualified"))),
        things.filter(folded("name").str.contains(normalize(text), literal=True)),
    ):
        if found.height == 1:
            return UnitRef(*found.select("id", "label", "name").row(0))
        if found.height:
            raise _refuse(text, found, kinds)
    raise _refuse(text, _find_near(things, asked), kinds)


def _read_things(graph: Graph, kind: Entity) -> pl.DataFrame:
    """Return the things of a kind with a row for each unit whose they are: id, label, name, number, qualified, short_qualified."""
    frame = open_entities(graph, kind, *dict.fromkeys(("number", "day", *kind.named_by)))
    frame = frame.select("id", "number", name=shown_name(frame, kind), label=pl.lit(kind.label))
    told = read_units(graph, as_told=True).select(owner="id", told="name")
    units = read_units(graph).select("short_name", owner="id", owner_name="name").join(told, on="owner")
    named = frame.join(_owners(graph, kind).join(units, on="owner"), on="id", how="left")
    short = pl.coalesce("short_name", "told")
    return named.select(
        "id", "label", "name", "number", qualified=pl.concat_str("owner_name", "name"), short_qualified=short + pl.col("name")
    ).unique("id", keep="first", maintain_order=True)  # fmt: skip


def _owners(graph: Graph, kind: Entity) -> pl.DataFrame:
    """Return the unit whose each thing of a kind is, by the relations that own it."""
    owning = [r for r in graph.schema.relations if r.owns and kind in r.target]
    parts = [
        open_relations(graph, r).filter(pl.col("target_label") == kind.label).select(id="target", owner="source")
        for r in owning
    ]
    return pl.concat([*parts, pl.DataFrame(schema={"id": pl.String, "owner": pl.String})]).sort("id", "owner")


def _find_near(things: pl.DataFrame, asked: str) -> pl.DataFrame:
    """Return the things whose names share most of their characters with what was asked."""
    shared = pl.sum_horizontal(folded("name").str.contains(c, literal=True).cast(pl.Int32) for c in sorted(set(asked)))
    scored = things.with_columns(score=shared).filter(pl.col("score") * 2 > len(set(asked)))
    return scored.sort("score", "name", descending=[True, False]).head(_MOST)


def _refuse(text: str, found: pl.DataFrame, kinds: Sequence[Entity]) -> UnknownThingError:
    names = [row["qualified"] or row["number"] or row["name"] for row in found.head(_MOST).iter_rows(named=True)]
    if len(set(names)) < len(names):  # one unit's things of one name: only what tells them apart helps
        names = [row["number"] or row["id"] for row in found.head(_MOST).iter_rows(named=True)]
    return UnknownThingError(
        name=text,
        kind=Said("或".join(kind.zh for kind in kinds), " or ".join(kind.en for kind in kinds)),
        advice=_NEAR.fill(names="、".join(names))
        if names
        else _NOTHING.fill(sheets=list_sheets(k.label for k in kinds)),
    )
