"""Reads action items: from which meeting each stems, who answers for it, whether it is closed or overdue, and how loudly to warn."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from graph.schema.conference import DISCUSSED_AT
from graph.schema.governance import ActionItem, AgendaItem, Meeting
from graph.schema.supervision import ASSIGNED_TO, RESULTED_IN
from graph.states import is_called_off, is_closed, is_overdue
from graph.texts import Said
from queries.reading.entities import open_entities, open_relations
from queries.reading.meeting_records import name_units, read_meetings

if TYPE_CHECKING:
    from graph.graph import Graph

RED, YELLOW, BLUE = "red", "yellow", "blue"
ALERT_WORDS = {RED: Said("红", "red"), YELLOW: Said("黄", "yellow"), BLUE: Said("蓝", "blue")}
SOON_DAYS, RED_DAYS = 7, 30  # due within a week: blue; overdue: yellow; for more than a month: red
HELPING = "配合"  # the role that does not answer for an item
COLUMNS = ("number", "name", "origin", "opened", "due", "progress", "issues", "status", "alert", "closed_at", "score")


def read_action_items(graph: Graph, day: date, soon: int = SOON_DAYS, red_after: int = RED_DAYS) -> pl.DataFrame:
    """Return the action items as they stand on a day, with the cell of each.

    The columns of the kind with `alert` as `reported_alert`; item (the id), closed, called_off (closed, but not done), overdue (null: no
    day says it), late (days past the due day), warning (red, yellow, blue or null), meeting, meeting_day, agenda.
    """
    items = open_entities(graph, ActionItem, *COLUMNS).rename({"id": "item", "alert": "reported_alert"})
    items = items.join(_read_origins(graph), on="item", how="left", maintain_order="left").with_columns(
        closed=is_closed(day),
        called_off=is_called_off(),
        overdue=is_overdue(day),
        late=(pl.lit(day) - pl.col("due")).dt.total_days(),
    )
    over = pl.col("overdue").fill_null(False)
    warning = (
        pl.when(over & (pl.col("late") > red_after)).then(pl.lit(RED))
        .when(over).then(pl.lit(YELLOW))
        .when(~pl.col("closed") & pl.col("late").is_between(-soon, 0)).then(pl.lit(BLUE))
    )  # fmt: skip
    return items.with_columns(warning=warning)


def read_assigned(graph: Graph) -> pl.DataFrame:
    """Return who has to do with which action item: item, unit, unit_name, role, leads (answers for it), and the cell."""
    ties = open_relations(graph, ASSIGNED_TO).rename({"source": "item", "target": "unit"})
    named = ties.join(name_units(graph), on="unit", how="left")
    helps = (pl.col("role") == HELPING).fill_null(False)
    rank = pl.col("role").replace_strict({"牵头": 0, "责任": 1}, default=2, return_dtype=pl.Int8)
    columns = ("item", "unit", "unit_name", "role", "leads", "load_id", "sheet", "row")
    return named.with_columns(leads=~helps, rank=rank).sort("item", "rank", "unit").select(columns)


def _read_origins(graph: Graph) -> pl.DataFrame:
    """Return where each item stems from: item, meeting (its name), meeting_id, meeting_day, agenda.

    The meeting that its row names; without one, the first that discussed its issue.
    """
    ties = open_relations(graph, RESULTED_IN)
    direct = ties.filter(pl.col("source_label") == Meeting.label).select(
        item="target", meeting_id="source", way=pl.lit(0)
    )
    issues = ties.filter(pl.col("source_label") == AgendaItem.label).select(item="target", issue="source")
    discussed = open_relations(graph, DISCUSSED_AT).select(issue="source", meeting_id="target")
    through = issues.join(discussed, on="issue").select("item", "meeting_id", way=pl.lit(1))
    meetings = read_meetings(graph).select("day", meeting_id="meeting", meeting="name")
    every = pl.concat([direct, through]).join(meetings, on="meeting_id")
    first = every.sort("item", "way", "day", "meeting", nulls_last=True)
    first = first.unique("item", keep="first", maintain_order=True)
    titles = open_entities(graph, AgendaItem, "name").select(issue="id", agenda="name")
    named = issues.join(titles, on="issue").sort("item", "agenda").unique("item", keep="first", maintain_order=True)
    found = first.select("item", "meeting", "meeting_id", meeting_day="day")
    return found.join(named.select("item", "agenda"), on="item", how="full", coalesce=True)
