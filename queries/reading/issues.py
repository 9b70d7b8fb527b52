"""Reads the issues raised to the joint conference: who raised them, how often they were discussed, and whether they are settled."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from graph.schema.conference import RAISED
from graph.schema.governance import ActionItem, AgendaItem
from graph.schema.supervision import RESULTED_IN
from graph.states import is_closed
from graph.texts import Said
from queries.reading.entities import open_entities, open_relations
from queries.reading.meeting_records import name_units, read_discussed

if TYPE_CHECKING:
    from graph.graph import Graph

WAITING, NOTHING_DECIDED, UNDER_WAY, SETTLED = "waiting", "no_action", "open", "settled"
# Of an issue that was discussed: what of it is still to be done.
OPEN_STATES = {
    UNDER_WAY: Said("形成的督办事项尚未全部办结", "what it resulted in is not all done"),
    NOTHING_DECIDED: Said("未见形成督办事项", "no action item came of it"),
}
STATE_WORDS = OPEN_STATES | {
    WAITING: Said("尚未上会", "not discussed yet"),
    SETTLED: Said("督办事项均已办结", "all that it resulted in is done"),
}


def read_issues(graph: Graph) -> pl.DataFrame:
    """Return the issues that units put forward for the conference, a row each, with the spreadsheet cell that each was read from.

    item (its id), name, category, proposal, to_coordinate (what the conference shall settle), review (the office's opinion), admitted
    (whether it comes to a meeting), raised_by and raised_ids (units, by name and id), submitted (day), times (meetings at which it was
    discussed), decision (the last), tasks and open_tasks (action items it resulted in), state.
    """
    columns = ("name", "category", "proposal", "to_coordinate", "review", "admitted")
    issues = open_entities(graph, AgendaItem, *columns).rename({"id": "item"})
    joined = issues
    for more in (_read_raised(graph), _count_discussed(graph), _count_tasks(graph)):
        joined = joined.join(more, on="item", how="left", maintain_order="left")
    joined = joined.with_columns(pl.col("times", "tasks", "open_tasks").fill_null(0))
    state = (
        pl.when((pl.col("tasks") > 0) & (pl.col("open_tasks") == 0)).then(pl.lit(SETTLED))
        .when(pl.col("open_tasks") > 0).then(pl.lit(UNDER_WAY))
        .when(pl.col("times") > 0).then(pl.lit(NOTHING_DECIDED))
        .otherwise(pl.lit(WAITING))
    )  # fmt: skip
    return joined.with_columns(state=state).sort("item")


def _read_raised(graph: Graph) -> pl.DataFrame:
    ties = (
        open_relations(graph, RAISED)
        .select("submitted", unit="source", item="target")
        .join(name_units(graph), on="unit")
    )
    return (
        ties.sort("item", "submitted", "unit", nulls_last=True)
        .group_by("item", maintain_order=True)
        .agg(
            raised_by=pl.col("unit_name").unique(maintain_order=True),
            raised_ids="unit",
            submitted=pl.col("submitted").min(),
        )
    )


def _count_discussed(graph: Graph) -> pl.DataFrame:
    return (
        read_discussed(graph)
        .group_by("item", maintain_order=True)
        .agg(times=pl.col("meeting").n_unique().cast(pl.Int64), decision=pl.col("decision").drop_nulls().last())
    )


def _count_tasks(graph: Graph) -> pl.DataFrame:
    day = graph.as_of or date.today()
    tasks = open_entities(graph, ActionItem, "status", "closed_at").select(target="id", closed=is_closed(day))
    ties = open_relations(graph, RESULTED_IN).filter(pl.col("source_label") == AgendaItem.label)
    return (
        ties.join(tasks, on="target")
        .group_by(item="source")
        .agg(tasks=pl.len().cast(pl.Int64), open_tasks=(~pl.col("closed")).sum().cast(pl.Int64))
    )
