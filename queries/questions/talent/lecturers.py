"""这个专题有哪些课程和师资？ Which courses are there on a topic, and which units have lecturers for it?

Of lecturers only units are told, and only those that have some who agreed to be known, with an agreement that has not run out: how many
they are and how often they taught as the asker may see it, never who they are. Courses are told with what they need.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.schema.assets import Course
from graph.texts import NOTHING, Said, join_said
from graph.types.open_at import opens_at
from graph.types.opening_hours import read_opening_hours
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.questions.talent.consented import Consented, read_consented
from queries.reading.area import InArea, OfUnit, is_of, is_within
from queries.reading.as_registered import as_registered
from queries.reading.courses_given import read_courses
from queries.reading.entities import record_of
from queries.reading.facts import read_own_words
from queries.reading.scope import Scope
from queries.reading.topics import about, nearly_about
from queries.reading.unloaded import tell_unloaded
from queries.words.fitting import Verdict, judge_fits
from queries.words.own_words import add_words
from queries.words.taxonomy import Taxonomy, load_taxonomy

if TYPE_CHECKING:
    from graph.graph import Graph

TOPICS = ("name", "topic", "content")
Match = Literal["on_topic", "near"]
MATCH_WORDS = {"on_topic": Said("对题", "on the topic"), "near": Said("相近", "near it")}


@dataclass(frozen=True)
class TaughtCourse:
    """A course on a topic with what it needs, or a unit that has lecturers for it and no course yet."""

    course_id: str = column("课程标识", "course id", show="hidden")
    course: Said = column("课程", "course")
    topic: str | None = column("专题", "topic")
    match: Match = column("对题", "match", words=MATCH_WORDS)
    unit: str | None = column("提供单位", "given by")
    form: str | None = column("形式", "form")
    minutes: int | None = column("时长（分钟）", "minutes")
    place: str | None = column("地点", "place")
    time: Said = column("可授课时间", "when")
    lecturers: Said = column("授课志愿者", "lecturers")
    load: Said = column("授课情况", "load")
    audience: str | None = column("适合对象", "for whom", show="detail")
    group_size: int | None = column("单批人数", "people per group", show="detail")
    records: list[Record] = column("出处", "records", show="hidden")


@question(
    answers=(mechanisms.LECTURERS,),
    phrases=Said(
        "讲课；师资；授课 老师；党课 谁；谁 会讲；谁能 讲 课；党课 老师 请；宣讲 精神；培训 课程；师资库；"
        "讲课 老师；讲师 单位；专题 课",
        "lecturers; courses on a topic",
    ),
)
def lecturers(  # noqa: PLR0913 -- the arguments are what a user may ask for
    graph: Graph,
    scope: Scope,
    topic: Annotated[
        str | None, Said("什么专题，如 劳模精神；不填则列出全部", "which topic; without it, all courses")
    ] = None,
    *,
    day: Annotated[date | None, Said("哪一天，如 2026-07-11", "on which day, such as 2026-07-11")] = None,
    unit: OfUnit = None,
    area: InArea = None,
    limit: Annotated[int, Between(1, 500), Said("最多几项", "at most so many")] = 50,
) -> Answer[TaughtCourse]:
    """这个专题有哪些课程和师资？ Which courses are there on a topic, and which units have lecturers for it?"""
    courses = read_courses(graph).filter(is_within(graph, area, "owner_id"), is_of(graph, unit, "owner_id"))
    taxonomy = add_words(load_taxonomy(), read_own_words(graph))
    found = _on_topic(courses, TOPICS, topic, taxonomy)
    consented = read_consented(graph, scope)
    theirs = consented.units.filter(is_within(graph, area, "unit"), is_of(graph, unit, "unit"))
    own = _on_topic(theirs, ("topics",), topic, taxonomy)
    # A course that is only near the topic is no reason to leave out whoever speaks on the topic itself.
    taught = found.group_by(unit="owner_id").agg(course_order=pl.col("match_order").min())
    alone = own.join(taught, on="unit", how="left").filter(
        pl.col("course_order").is_null() | (pl.col("match_order") < pl.col("course_order"))
    )
    courses_told = [
        (row["match_order"], _row(graph, row, consented, day)) for row in found.sort("name", "id").iter_rows(named=True)
    ]
    units_told = [(row["match_order"], _unit_row(row)) for row in alone.sort("unit_name").iter_rows(named=True)]
    rows = [row for _, row in sorted([*courses_told, *units_told], key=lambda told: told[0])]
    return Answer(rows[:limit], truncated=len(rows) > limit, extra=_tell(topic, rows) | tell_unloaded(graph, Course))


def _on_topic(rows: pl.DataFrame, columns: tuple[str, ...], topic: str | None, taxonomy: Taxonomy) -> pl.DataFrame:
    """Return the rows about a topic, by its letters or in other words (防骗: 反诈课), then those near it: `match_order` 0 and 1."""
    if not topic:
        return rows.with_columns(match_order=pl.lit(0))
    text = pl.concat_str(columns, separator="，", ignore_nulls=True)
    sides = rows.select(asked=pl.lit(topic), taught=text)
    serves, served = (
        judge_fits(sides.select(need_title=need, offer_title=offer), taxonomy)["verdict"]
        for need, offer in (("asked", "taught"), ("taught", "asked"))
    )
    # What serves each other is one topic; a talk on law serves who asks about fraud, and is none about it.
    same = (serves == Verdict.FITS) & (served == Verdict.FITS)
    order = (
        pl.when(about(columns, topic).fill_null(False) | same).then(0)
        .when(nearly_about(columns, topic).fill_null(False) | serves.is_in([Verdict.FITS, Verdict.PARTLY])).then(1)
    )  # fmt: skip
    return rows.with_columns(match_order=order).filter(pl.col("match_order").is_not_null())


def _row(graph: Graph, row: FrameRow, consented: Consented, day: date | None) -> TaughtCourse:
    told = consented.of_course(row["id"], row["owner_id"])
    return TaughtCourse(
        course_id=row["id"], course=Said(row["name"], row["name"]), topic=row["topic"], match=_match(row), unit=row["owner"],
        form=row["form"], minutes=_whole(row["minutes"]), place=row["base"] or row["place"], time=_tell_time(row["offered"], day),
        lecturers=told.people, load=told.load, audience=row["audience"], group_size=row["group_size"],
        records=[record_of(graph, row, Course.label)],
    )  # fmt: skip


def _unit_row(row: FrameRow) -> TaughtCourse:
    return TaughtCourse(
        course_id="", course=Said("暂无课程，可约请授课", "no course yet; may be asked to teach"), topic=row["topics"],
        match=_match(row), unit=row["unit_name"], form=None, minutes=None, place=None, time=NOTHING, lecturers=row["people"],
        load=row["load"], audience=None, group_size=None, records=[],
    )  # fmt: skip


def _match(row: Mapping[str, object]) -> Match:
    return "near" if row["match_order"] else "on_topic"


def _whole(minutes: float | None) -> int | None:
    return None if minutes is None else round(minutes)


def _tell_time(offered: str | None, day: date | None) -> Said:
    """Say when a course is to be had, and whether on the day asked for, as far as its words tell."""
    said = as_registered(offered)
    if day is None or not offered:
        return said
    read = read_opening_hours(offered)
    then = opens_at(read[0], day) if read else None
    verdict = {
        True: Said(f"{day} 可授课", f"to be had on {day}"), False: Said(f"{day} 不授课", f"not on {day}"),
        None: Said(f"{day} 能否授课需联系", f"ask for {day}"),
    }[then]  # fmt: skip
    return join_said([verdict, said], "；", "; ")


def _tell(topic: str | None, rows: list[TaughtCourse]) -> dict[str, Said]:
    if rows or not topic:
        return {}
    return {
        "nothing": Said(
            f"没有关于“{topic}”的课程或师资，可在征集师资时列入", f"no course or lecturer on “{topic}” is on record"
        )
    }
