"""做过哪些调研、问卷、座谈？ Which surveys, questionnaires and forums were held, with whom, and what did they find? Never who said it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph import mechanisms
from graph.schema.civic import Survey
from graph.schema.supervision import ABOUT_UNIT
from graph.schema.survey_lists import CONDUCTED
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.reading.area import InArea
from queries.reading.entities import record_of
from queries.reading.listed_things import read_listed
from queries.reading.period import Period, is_in
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph


@dataclass(frozen=True)
class HeldSurvey:
    """A survey, questionnaire or forum: who held it, whom it was about, how many took part, what came out."""

    survey_id: str
    title: str = column("调研主题", "subject")
    kind: str | None = column("形式", "form")
    day: date | None = column("日期", "day")
    held_by: str | None = column("组织单位", "held by")
    about: str | None = column("调研对象", "about")
    people: int | None = column("参与人数", "people")
    sheets: int | None = column("回收问卷", "questionnaires")
    findings: str | None = column("主要发现", "findings")
    proposals: str | None = column("意见建议", "proposals", "detail")
    use: str | None = column("成果运用", "what came of it", "detail")
    records: list[Record] = column("出处", "records", "hidden")


@question(
    phrases=Said(
        "调研；问卷；座谈；问卷 调查；调研 报告；座谈 收集 意见；做过 调查", "surveys; questionnaires; forums"
    ),
    answers=(mechanisms.SURVEYS,),
)
def surveys(
    graph: Graph,
    scope: Scope,
    *,
    kind: Annotated[str | None, Said("只看这种形式，如 座谈、问卷", "only this form, in the words of the list")] = None,
    period: Annotated[Period | None, Said("只看这段时间，如 2026", "only this time, such as 2026")] = None,
    area: InArea = None,
    limit: Annotated[int, Between(1, 1000), Said("最多几项", "at most so many")] = 100,
) -> Answer[HeldSurvey]:
    """做过哪些调研、问卷、座谈，发现了什么？ Which surveys, questionnaires and forums were held, and what was found?"""
    found = read_listed(graph, Survey, {"held_by": (CONDUCTED, "source"), "about": (ABOUT_UNIT, "target")}, area)
    if kind:
        found = found.filter(pl.col("kind").str.contains(kind, literal=True).fill_null(False))
    found = found.filter(is_in(period, graph.as_of, "day"))
    found = found.sort("day", "title", "id", descending=[True, False, False], nulls_last=True)
    rows = [
        HeldSurvey(
            row["id"], row["title"], row["kind"], row["day"], row["held_by"], row["about"], row["people"], row["sheets"], row["findings"],
            row["proposals"], row["use"], [record_of(graph, row)],
        )
        for row in found.head(limit).iter_rows(named=True)
    ]  # fmt: skip
    return Answer(rows, truncated=found.height > limit, extra={"by_kind": _count(found)})


def _count(found: pl.DataFrame) -> dict[str, int]:
    counted = found.drop_nulls("kind").group_by("kind").len().sort(-pl.col("len").cast(pl.Int64), "kind")
    return dict(counted.iter_rows())
