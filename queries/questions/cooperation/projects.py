"""项目进展如何，谁在做，卡在哪里？ How far are the projects, who does what, and where are they blocked?

A project is blocked where an action item that concerns it is still open: one that names it, or one of its parties' that speaks of the
same. No register ties the two, so that each item found is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.schema.assets import Project
from graph.schema.governance import ActionItem
from graph.state_vocabulary import CANCELLED, DONE, EXPIRED, OPEN, PLANNED, SUSPENDED, UNDER_WAY, UNKNOWN
from graph.states import OVER, find_state, is_over
from graph.texts import NOTHING, Said, join_said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.reading.area import AreaName, InArea, list_units
from queries.reading.entities import open_entities, record_of
from queries.reading.project_items import read_project_items, read_project_parties
from queries.reading.scope import Scope
from queries.reading.units import find_unit
from queries.reading.unloaded import tell_unloaded

if TYPE_CHECKING:
    from graph.graph import Graph

_NOT_BEGUN = Said("未启动", "not begun")
STATE_WORDS = {
    PLANNED: _NOT_BEGUN, OPEN: _NOT_BEGUN, UNDER_WAY: Said("进行中", "under way"), DONE: Said("已完成", "done"),
    CANCELLED: Said("已终止", "called off"), EXPIRED: Said("逾期未完成", "overdue"), SUSPENDED: Said("暂停", "suspended"),
    UNKNOWN: Said("未登记状态", "state not registered"),
}  # fmt: skip
COLUMNS = ("title", "category", "start", "end", "budget", "status", "progress", "result", "place")


@dataclass(frozen=True)
class ProjectProgress:
    """A project with its parties, how far it is, and the open action items that hold it up."""

    project_id: str = column("项目标识", "project id", show="hidden")
    project: str = column("项目", "project")
    category: str | None = column("类别", "category")
    lead: str | None = column("牵头单位", "lead")
    helping: str | None = column("参与单位", "taking part")
    benefits: str | None = column("受益单位", "who benefits", show="detail")
    end: date | None = column("完成时限", "due")
    state: str = column("状态", "state", words=STATE_WORDS)
    progress: str | None = column("进度", "progress as reported")
    blocked: Said = column("卡在哪里", "where it is blocked")
    budget: float | None = column("预算（元）", "budget (yuan)", show="detail", digits=0)
    records: list[Record] = column("出处", "records", show="hidden")


@question(
    answers=(
        mechanisms.WELFARE_PROJECTS,
        mechanisms.SMALL_GARDENS,
    ),
    phrases=Said(
        "项目 进展；项目 卡在；惠民 项目；项目 到哪一步；项目 进度；项目 推进 情况；改造 项目 完成 多少；"
        "项目 停滞；工程 干到哪；项目 谁 牵头；共建 项目",
        "progress of projects; projects blocked",
    ),
)
def projects(  # noqa: PLR0913 -- the arguments are what a user may ask for
    graph: Graph,
    scope: Scope,
    text: Annotated[
        str | None, Said("只看名称或类别中有这些字的项目", "only projects with these words in their name or category")
    ] = None,
    *,
    unit: Annotated[
        str | None, Said("只看该单位牵头、参与或受益的项目", "only projects in which this unit has a part")
    ] = None,
    area: InArea = None,
    finished: Annotated[bool, Said("已完成、已终止的也列出", "also those that are done or called off")] = False,
    as_of: Annotated[
        date | None, Said("以哪一天计算，默认为数据截至日", "counted from this day; the day of the data by default")
    ] = None,
    limit: Annotated[int, Between(1, 1000), Said("最多几个", "at most so many")] = 100,
) -> Answer[ProjectProgress]:
    """项目进展如何，谁在做，卡在哪里？ How far are the projects, who does what, and where are they blocked? The blocked come first."""
    today = as_of or graph.as_of or date.today()
    parties = read_project_parties(graph)
    found = open_entities(graph, Project, *COLUMNS).with_columns(state=find_state(today, begins="start", ends="end"))
    found = found.filter(_chosen(graph, parties, text, unit, area))
    if not finished:
        found = found.filter(~pl.col("state").is_in([DONE, CANCELLED]))
    items = read_project_items(graph, found).filter(~is_over(None))
    blocking = {str(key[0]): part.rows(named=True) for key, part in items.partition_by("project", as_dict=True).items()}
    order = pl.when(pl.col("id").is_in(list(blocking))).then(0).when(pl.col("state") == EXPIRED).then(1).otherwise(2)
    ranked = found.sort(order, pl.col("state").is_in(OVER) & (pl.col("state") != EXPIRED), "end", "id", nulls_last=True)
    names = _names(parties)
    rows = [
        _row(graph, row, names, blocking.get(row["id"], []), today) for row in ranked.head(limit).iter_rows(named=True)
    ]
    return Answer(rows, truncated=ranked.height > limit, extra=tell_unloaded(graph, Project))


def _chosen(graph: Graph, parties: pl.DataFrame, text: str | None, unit: str | None, area: AreaName | None) -> pl.Expr:
    from_units: list[pl.Series] = []
    if unit:
        from_units.append(pl.Series([find_unit(graph, unit).id]))
    if area is not None:
        from_units.append(list_units(graph, area))
    chosen = pl.lit(True)
    for units in from_units:
        chosen &= pl.col("id").is_in(
            parties.filter(pl.col("unit").is_in(units.implode()))["project"].unique().implode()
        )
    if text:
        said = pl.concat_str("title", "category", separator=" ", ignore_nulls=True)
        chosen &= said.str.contains(text, literal=True)
    return chosen


def _names(parties: pl.DataFrame) -> Mapping[tuple[str, str], str]:
    grouped = parties.group_by("project", "part", maintain_order=True).agg(pl.col("name").str.join("、"))
    return {(project, part): names for project, part, names in grouped.iter_rows()}


def _row(
    graph: Graph, row: FrameRow, names: Mapping[tuple[str, str], str], items: Sequence[FrameRow], today: date
) -> ProjectProgress:
    lead, helping, benefits = (names.get((row["id"], part)) for part in ("lead", "helps", "benefits"))
    return ProjectProgress(
        project_id=row["id"], project=row["title"], category=row["category"], lead=lead, helping=helping, benefits=benefits,
        end=row["end"], state=row["state"], progress=row["progress"] or row["result"], budget=row["budget"],
        blocked=join_said(_tell_item(item, today) for item in items) if items else NOTHING,
        records=[record_of(graph, row, Project.label), *(record_of(graph, item, ActionItem.label) for item in items)],
    )  # fmt: skip


def _tell_item(item: FrameRow, today: date) -> Said:
    """Say which action item holds a project up: its number, name, who answers for it, and since when it is due."""
    number, due = item["number"] or "", item["due"]
    who = item["responsible"]
    called = Said(
        f"{number if '督' in number else f'督办事项{number}'}“{item['name']}”（{who or '未写明责任单位'}）",
        f"action item {number} “{item['name']}” ({who or 'nobody named'})",
    )
    told = [called]
    if due and due < today:
        late = (today - due).days
        told = [join_said([called, Said(f"逾期 {late} 天", f", {late} days overdue")], "", "")]
    elif due:
        told.append(Said(f"限 {due} 前完成", f"due {due}"))
    if item["issues"]:
        told.append(Said(f"问题：{item['issues']}", f"issues: {item['issues']}"))
    return join_said(told, "，", ", ")
