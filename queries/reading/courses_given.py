"""The courses and programmes that others may book: who gives them, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from graph.schema.assets import Course
from graph.schema.cooperation import HELD_AT
from graph.schema.resources import OFFERS
from queries.reading.entities import open_entities, open_relations, read_resources, read_units

if TYPE_CHECKING:
    from graph.graph import Graph

COLUMNS = ("name", "topic", "form", "content", "minutes", "audience", "group_size", "offered", "place")


def read_courses(graph: Graph) -> pl.DataFrame:
    """Return the courses with who gives each (owner_id, owner) and the base or venue where it is given (base_id, base)."""
    units = read_units(graph).select(owner_id="id", owner="name")
    given = open_relations(graph, OFFERS).filter(pl.col("target_label") == Course.label)
    by = given.select(id="target", owner_id="source").join(units, on="owner_id")
    places = read_resources(graph).select(base_id="id", base="name")
    held = open_relations(graph, HELD_AT).filter(pl.col("source_label") == Course.label)
    at = held.select(id="source", base_id="target").join(places, on="base_id")
    first = (frame.sort("id", frame.columns[1]).unique("id", keep="first", maintain_order=True) for frame in (by, at))
    courses = open_entities(graph, Course, *COLUMNS)
    for frame in first:
        courses = courses.join(frame, on="id", how="left", maintain_order="left")
    return courses


def read_courses_at(graph: Graph) -> pl.DataFrame:
    """Return which course is given at which base or venue: base_id, course (id), name, topic, minutes."""
    held = open_relations(graph, HELD_AT).filter(pl.col("source_label") == Course.label)
    courses = open_entities(graph, Course, "name", "topic", "minutes").select("name", "topic", "minutes", course="id")
    return (
        held.select(course="source", base_id="target")
        .join(courses, on="course")
        .unique()
        .sort("base_id", "name", "course")
    )
