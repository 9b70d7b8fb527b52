"""Lecturers who agreed to be known, told by unit and course, never one by one: how many there are, and how often they taught."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from graph.people import K_ANONYMITY
from graph.schema.lecturers import TEACHES
from graph.schema.members import WORKS_AT, Lecturer
from graph.texts import NOTHING, Said
from queries.reading.entities import open_entities, open_relations, read_units
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph

AGREED = "同意"  # as CONSENT of graph/schema/members.py has it
NOBODY = Said("没有已同意公开的授课志愿者", "nobody who agreed to be known")


@dataclass(frozen=True)
class ToldLecturers:
    """What may be said of the lecturers of a unit or course."""

    people: Said
    load: Said


NONE = ToldLecturers(NOBODY, NOTHING)


@dataclass(frozen=True)
class Consented:
    """The lecturers who agreed, by unit (unit, unit_name, topics, people, load) and by the course that they teach."""

    units: pl.DataFrame
    by_course: dict[str, ToldLecturers]
    by_unit: dict[str, ToldLecturers]

    def of_course(self, course: str, unit: str | None) -> ToldLecturers:
        """Return what may be said of those who teach a course; where none is named, of those of the unit that gives it."""
        return self.by_course.get(course) or self.by_unit.get(unit or "") or NONE


def read_consented(graph: Graph, scope: Scope) -> Consented:
    """Return the lecturers who agreed to be known on the day of which the graph speaks, counted as the asker may see them."""
    today = graph.as_of or date.today()
    people = open_entities(graph, Lecturer, "consent", "consent_until", "topics", "sessions")
    agreed = people.filter(
        (pl.col("consent") == AGREED).fill_null(False),
        pl.col("consent_until").is_null() | (pl.col("consent_until") >= today),
    ).select("topics", "sessions", person="id")
    names = read_units(graph).select("name", unit="id")
    at = open_relations(graph, WORKS_AT).filter(pl.col("source_label") == Lecturer.label)
    by_unit = agreed.join(at.select(person="source", unit="target"), on="person").join(names, on="unit")
    taught = agreed.join(open_relations(graph, TEACHES).select(person="source", course="target"), on="person")
    units = _count(by_unit, "unit").join(names.rename({"name": "unit_name"}), on="unit")
    told = {row["unit"]: _tell(scope, row) for row in units.iter_rows(named=True)}
    courses = {row["course"]: _tell(scope, row) for row in _count(taught, "course").iter_rows(named=True)}
    said = pl.DataFrame(
        {
            "unit": list(told),
            "people": [one.people for one in told.values()],
            "load": [one.load for one in told.values()],
        },
        schema={"unit": pl.String, "people": pl.Object, "load": pl.Object},
    )
    return Consented(units.join(said, on="unit"), courses, told)


def _count(people: pl.DataFrame, by: str) -> pl.DataFrame:
    topics = pl.col("topics").explode().drop_nulls().unique().sort().str.join("、")
    return (
        people.group_by(by)
        .agg(topics=topics, count=pl.col("person").n_unique(), sessions=pl.col("sessions").sum())
        .sort(by)
    )


def _tell(scope: Scope, row: dict[str, int]) -> ToldLecturers:
    """Say how many there are, and how often they taught where that is no single person's number to the asker."""
    number = scope.count(row["count"])
    if number is None:
        return ToldLecturers(Said("有已同意公开的授课志愿者", "some who agreed to be known"), NOTHING)
    more = Said("", "") if scope.sees_members else Said("以上", " or more")
    people = Said(f"已同意公开 {number} 名{more}", f"{number}{more.en} who agreed to be known")
    if row["count"] < K_ANONYMITY or not row["sessions"]:
        return ToldLecturers(people, NOTHING)
    return ToldLecturers(people, Said(f"合计授课 {row['sessions']} 次", f"{row['sessions']} lectures in all"))
