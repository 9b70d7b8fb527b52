"""When the branches of each unit were last at each base or venue: by activities held there, and by logs of visits."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from graph.schema.cooperation import HELD_AT, LEADS, TAKES_PART_IN, Activity
from graph.schema.organizations import HAS_PARTY_ORGANIZATION
from graph.schema.resources import USED_BY, USES, ResourceUse
from queries.reading.entities import open_entities, open_relations

if TYPE_CHECKING:
    from graph.graph import Graph


def read_visits_paid(graph: Graph) -> pl.DataFrame:
    """Return where each unit or one of its Party organizations has been, and when last: id (of the place), unit, visited.

    `visited` is the first of all days where no day is on record.
    """
    held = (
        open_entities(graph, Activity, "day"),
        open_entities(graph, ResourceUse, "day", "called_off").filter(~pl.col("called_off").fill_null(False)),
    )
    days = [frame.select("day", thing="id") for frame in held]
    took_part = [open_relations(graph, kind).select(unit="source", thing="target") for kind in (LEADS, TAKES_PART_IN)]
    used = open_relations(graph, USED_BY).select(unit="target", thing="source")
    at = [open_relations(graph, kind).select(thing="source", id="target") for kind in (HELD_AT, USES)]
    went = pl.concat([*took_part, used])
    bodies = open_relations(graph, HAS_PARTY_ORGANIZATION).select(body="target", behind="source")
    sent = went.join(bodies, left_on="unit", right_on="body").select("thing", unit="behind")
    here = pl.concat([went.select("thing", "unit"), sent]).unique().join(pl.concat(at), on="thing")
    dated = here.join(pl.concat(days), on="thing", how="left")
    return dated.group_by("id", "unit").agg(visited=pl.col("day").max().fill_null(date.min)).sort("id", "unit")
