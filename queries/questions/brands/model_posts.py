"""党员责任区、示范岗、突击队在哪里？ Where are the zones, model posts and brigades, and how many model workers were chosen?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph import mechanisms
from graph.schema.civic import ModelCount, ModelPost
from graph.schema.supervision import ABOUT_UNIT
from graph.schema.vanguard import SET_UP
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.reading.area import InArea, OfUnit, list_inside
from queries.reading.dated_words import show_period
from queries.reading.entities import record_of
from queries.reading.listed_things import read_listed
from queries.reading.period import Period, is_in
from queries.reading.scope import Scope
from queries.reading.units import find_unit
from queries.reading.units_of import keep_within

if TYPE_CHECKING:
    from graph.graph import Graph

_CHOSEN = Said("标兵", "model workers")


@dataclass(frozen=True)
class ModelPostHeld:
    """A zone, post or brigade of a unit, or how many model workers a unit has; of people only the number that the asker may know."""

    id: str
    kind: str | None = column("类型", "kind")
    name: str | None = column("名称·主题", "name or theme")
    unit: str | None = column("单位", "unit")
    place: str | None = column("区域·岗位", "zone or place")
    people: int | None = column("人数", "people")
    since: Said | None = column("设立·评选时间", "since, or chosen")
    text: str | None = column("职责·成效", "duties and results", "detail")
    records: list[Record] = column("出处", "records", "hidden")


@question(
    phrases=Said(
        "责任区；示范岗；突击队；标兵；党员 示范岗 几个；党员 突击队；责任区 划分；标兵 评选",
        "model posts; brigades; model workers",
    ),
    answers=(mechanisms.VANGUARD, mechanisms.MODEL_WORKERS),
)
def model_posts(  # noqa: PLR0913 -- the arguments are what a user may ask for
    graph: Graph,
    scope: Scope,
    *,
    kind: Annotated[
        str | None,
        Said("只看这一类：责任区、示范岗、突击队、标兵", "only this kind, in the words of the list"),
    ] = None,
    unit: OfUnit = None,
    period: Annotated[
        Period | None,
        Said("只看这段时间设立或评选的，如 2025", "only those set up or chosen in this time, such as 2025"),
    ] = None,
    area: InArea = None,
    limit: Annotated[int, Between(1, 1000), Said("最多几行", "at most so many rows")] = 200,
) -> Answer[ModelPostHeld]:
    """党员责任区、示范岗、突击队有哪些，评了多少标兵？ Which zones, model posts and brigades are there, and how many model workers?"""
    posts = read_listed(graph, ModelPost, {"unit": (SET_UP, "source")}, area).select(
        "id", "label", "kind", "name", "unit", "place", "people", "since", "since_precision", "load_id", "sheet", "row",
        text=pl.concat_str("duties", "results", separator="；", ignore_nulls=True),
    )  # fmt: skip
    counts = read_listed(graph, ModelCount, {"unit": (ABOUT_UNIT, "target")}, area).select(
        "id", "label", "unit", "people", "load_id", "sheet", "row", kind=pl.lit(str(_CHOSEN)), name="theme",
        since="period", since_precision="period_precision",
        text="issuer",
    )  # fmt: skip
    found = pl.concat([posts, counts], how="diagonal_relaxed")
    if kind:
        found = found.filter(pl.col("kind").str.contains(kind, literal=True).fill_null(False))
    if unit:
        found = keep_within(graph, found, list_inside(graph, find_unit(graph, unit).id))
    found = found.filter(is_in(period, graph.as_of, "since"))
    found = found.sort("kind", "unit", "name", "id", nulls_last=True)
    rows = [
        ModelPostHeld(
            row["id"], row["kind"], row["name"], row["unit"], row["place"], None if row["people"] is None else scope.count(row["people"]),
            show_period(row["since"], row["since_precision"]), row["text"] or None, [record_of(graph, row)],
        )
        for row in found.head(limit).iter_rows(named=True)
    ]  # fmt: skip
    by_kind = dict(found.drop_nulls("kind").group_by("kind").len().sort("kind").iter_rows())
    return Answer(rows, truncated=found.height > limit, extra={"by_kind": by_kind})
