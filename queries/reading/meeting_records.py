"""Reads the work of the joint conference: its members, its meetings, who came, and which issues were discussed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from graph.schema.conference import ATTENDED, DISCUSSED_AT, HELD_BY, MEMBER_OF_CONFERENCE
from graph.schema.governance import JointConference, Meeting
from queries.reading.entities import open_entities, open_relations, read_units
from queries.reading.named_things import find_thing

if TYPE_CHECKING:
    from graph.graph import Graph

OBSERVED, ABSENT = "列席", "缺席"  # what the register of minutes writes beside 出席


def find_conference(graph: Graph, name: str | None) -> str | None:
    """Return the id of the joint conference that a name stands for; without a name, none."""
    return find_thing(graph, name, (JointConference,)).id if name else None


def read_conference_members(graph: Graph, conference: str | None = None) -> pl.DataFrame:
    """Return who belonged to which joint conference, or to one: unit, conference, conference_name, role, since, until, and the cell."""
    conferences = open_entities(graph, JointConference, "name").select(conference="id", conference_name="name")
    if conference:
        conferences = conferences.filter(pl.col("conference") == conference)
    ties = open_relations(graph, MEMBER_OF_CONFERENCE).rename({"source": "unit", "target": "conference"})
    columns = ("unit", "conference", "conference_name", "role", "since", "until", "load_id", "sheet", "row")
    return ties.join(conferences, on="conference").select(columns).sort("conference", "unit")


def belonged(day: str | date) -> pl.Expr:
    """Tell whether a membership held on a day (a date, or the name of a column); what is not dated held always."""
    on = pl.col(day) if isinstance(day, str) else pl.lit(day, pl.Date)
    return ((pl.col("since") <= on) & ((pl.col("until") >= on).fill_null(True))).fill_null(
        (pl.col("until") >= on).fill_null(True)
    )


def read_meetings(graph: Graph, conference: str | None = None) -> pl.DataFrame:
    """Return the meetings: meeting, name, day, minutes, conference (null where nobody says whose it was), and the cell; by day."""
    held = open_relations(graph, HELD_BY).select(meeting="source", conference="target")
    held = held.sort("meeting", "conference").unique("meeting", keep="first", maintain_order=True)
    meetings = open_entities(graph, Meeting, "name", "day", "minutes").rename({"id": "meeting"})
    meetings = meetings.join(held, on="meeting", how="left")
    # Of a district's only conference all meetings are, whether minutes say so or not.
    if conference and open_entities(graph, JointConference, "name").height > 1:
        meetings = meetings.filter(pl.col("conference") == conference)
    return meetings.sort("day", "name", "meeting", nulls_last=True)


def read_attendance(graph: Graph) -> pl.DataFrame:
    """Return who was told to have come to which meeting, or not: unit, meeting, presence, and the cell."""
    told = open_relations(graph, ATTENDED).rename({"source": "unit", "target": "meeting"})
    return told.select("unit", "meeting", "presence", "load_id", "sheet", "row")


def read_discussed(graph: Graph) -> pl.DataFrame:
    """Return which issue was discussed at which meeting: item, meeting, meeting_name, day, decision, vote, and the cell; by day."""
    meetings = read_meetings(graph).select("meeting", "day", meeting_name="name")
    ties = open_relations(graph, DISCUSSED_AT).rename({"source": "item", "target": "meeting"})
    columns = ("item", "meeting", "meeting_name", "day", "decision", "vote", "load_id", "sheet", "row")
    return ties.join(meetings, on="meeting").select(columns).sort("day", "meeting", "item", nulls_last=True)


def name_units(graph: Graph) -> pl.DataFrame:
    """Return what each unit is called: unit, unit_name, label."""
    return read_units(graph).select("label", unit="id", unit_name="name")
