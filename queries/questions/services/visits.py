"""首席服务官走访了哪些企业，哪些本季度没有走访？ Which enterprises were visited, by which post, and which had no visit this quarter?

A row for each enterprise; those without a visit in the time come first, and of them those whose last visit lies longest back. The service
officer is told by the post, never by name: the post that is registered as serving the enterprise, or that made the visits.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.schema.governance import Visit
from graph.schema.organizations import Enterprise
from graph.schema.supervision import ABOUT_UNIT
from graph.states import is_over
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.catalogue import question
from queries.answers.contents import Drawing
from queries.answers.rows import Record, column
from queries.reading.area import InArea, OfUnit, is_of, is_within
from queries.reading.contact_posts import SERVICE_OFFICER, read_contact_posts
from queries.reading.entities import group_rows, open_entities, open_relations, read_units, record_of
from queries.reading.period import Days, Period, find_quarter
from queries.reading.scope import Scope
from queries.reading.unloaded import tell_unloaded

if TYPE_CHECKING:
    from graph.graph import Graph

_NOTHING = r"^(?:无|没有|暂无|无问题|—|-|/)?$"


@dataclass(frozen=True)
class EnterpriseVisits:
    """How often an enterprise was visited in the time, by which post, and what it brought up."""

    enterprise_id: str
    enterprise: str = column("企业", "enterprise")
    officer: str | None = column("首席服务官（职务）", "post of the service officer")
    visits: int = column("走访次数", "visits")
    last: date | None = column("最近走访", "last visit")
    days_since: int | None = column("距今（天）", "days since")
    open_issues: int = column("未办结问题", "issues not settled")
    issues: list[Said] = column("反映问题", "what was brought up", "detail", most=None)
    note: Said | None = column("说明", "note")
    records: list[Record] = column("出处", "records", "hidden")


@question(
    answers=(mechanisms.VISITS, mechanisms.SERVICE_OFFICERS),
    phrases=Said(
        "走访 企业；没有 走访；走访；没人 上门；首席服务官 走访；没有 走访 企业；服务官 去过 企业；服务官 走到；"
        "服务官 跑 几家；上次 走访 时间；企业 没人去；服务官 联系 企业；首席服务官 是谁；走访 反映 问题；"
        "企业 提的 问题 办了；领导 没去过 企业；三个月 没人 上门；没有 走到",
        "visits; enterprises not visited; visited enterprises",
    ),
)
def visits(  # noqa: PLR0913 -- the arguments are what a user may ask for
    graph: Graph,
    scope: Scope,
    *,
    period: Annotated[
        Period | None,
        Said("看哪段时间，如 2026Q2；不填则为本季度", "the time looked at, such as 2026Q2; without it, this quarter"),
    ] = None,
    unit: OfUnit = None,
    area: InArea = None,
    officer: Annotated[
        str | None, Said("只看这个服务官岗位联系的企业", "only enterprises of this officer's post")
    ] = None,
    missing: Annotated[bool, Said("只列没有走访的企业", "only enterprises without a visit")] = False,
) -> Answer[EnterpriseVisits]:
    """首席服务官走访了哪些企业，哪些没有走访？ Which enterprises were visited, and which were not? Those without a visit come first."""
    if unloaded := tell_unloaded(graph, Visit):
        return Answer([], extra=unloaded)  # whom nobody visited is not known without a register of visits
    today = graph.as_of or date.today()
    asked = period.resolve(graph.as_of) if period else find_quarter(today)
    # What is to come cannot have been visited: a time that goes on ends with the day of the data.
    days = Days(asked.start, min(asked.end, max(asked.start, today)))
    made = _read_visits(graph).filter(pl.col("day") <= days.end)
    rows = _join(graph, made, days).filter(is_within(graph, area, "enterprise"), is_of(graph, unit, "enterprise"))
    if officer:
        rows = rows.filter(pl.col("officer").str.contains(officer, literal=True))
    shown = rows.filter(pl.col("visits") == 0) if missing else rows
    parts = group_rows(made, "enterprise")
    period_made = made.filter(days.hold("day"))
    return Answer(
        [_row(graph, row, parts.get(row["enterprise"], []), days) for row in shown.iter_rows(named=True)],
        extra={
            "period": str(Period(days.start, days.end)),
            "summary": _summarize(rows, days),
            "by_post": _by_post(rows),
        },
        **_draw(graph, shown, period_made),
    )


def _read_visits(graph: Graph) -> pl.DataFrame:
    """Return the visits to units with what was brought up, and whether it is settled: visit, enterprise, day, settled, and the cell."""
    about = open_relations(graph, ABOUT_UNIT).filter(pl.col("source_label") == Visit.label)
    ties = about.select(visit="source", enterprise="target")
    frame = open_entities(graph, Visit, "day", "officer_post", "issues", "referred_to", "status", "result")
    raised = pl.when(~pl.col("issues").str.strip_chars().str.contains(_NOTHING)).then("issues")
    settled = pl.col("issues").is_null() | is_over(graph.as_of)
    # Many offices report no state beside what came of it: 已答复, 正在办理.
    told = frame.rename({"id": "visit"}).with_columns(issues=raised, status=pl.coalesce("status", "result"))
    found = told.with_columns(settled=settled)
    return found.join(ties, on="visit").sort("enterprise", "day", "visit", nulls_last=True)


def _join(graph: Graph, made: pl.DataFrame, days: Days) -> pl.DataFrame:
    """Return a row for each enterprise, and for each other unit that was visited; those without a visit in the time come first."""
    visited = pl.col("enterprise").is_in(made["enterprise"].unique().implode())
    units = read_units(graph).select("name", "label", "load_id", "sheet", "row", enterprise="id")
    units = units.filter((pl.col("label") == Enterprise.label) | visited)
    inside = days.hold("day")
    counted = made.group_by("enterprise").agg(
        visits=inside.sum().cast(pl.Int64), last=pl.col("day").max(), open_issues=(~pl.col("settled")).sum().cast(pl.Int64),
        told=pl.col("officer_post").drop_nulls().last(),
    )  # fmt: skip
    joined = units.join(counted, on="enterprise", how="left").join(_officers(graph), on="enterprise", how="left")
    filled = joined.with_columns(
        pl.col("visits", "open_issues").fill_null(0), officer=pl.coalesce("registered", "told")
    )
    return filled.sort(pl.col("visits") > 0, pl.col("last").fill_null(date.min), "name", "enterprise")


def _officers(graph: Graph) -> pl.DataFrame:
    """Return the posts of service officers registered for each enterprise: enterprise, registered."""
    posts = read_contact_posts(graph, SERVICE_OFFICER).rename({"unit": "enterprise"})
    return posts.group_by("enterprise", maintain_order=True).agg(
        registered=pl.col("post").unique(maintain_order=True).str.join("、")
    )


def _row(graph: Graph, row: FrameRow, made: list[FrameRow], days: Days) -> EnterpriseVisits:
    told = [one for one in made if one["issues"] and (not one["settled"] or days.start <= one["day"] <= days.end)]
    return EnterpriseVisits(
        enterprise_id=row["enterprise"], enterprise=row["name"], officer=row["officer"], visits=row["visits"], last=row["last"],
        days_since=(days.end - row["last"]).days if row["last"] else None, open_issues=row["open_issues"],
        issues=[_say_issue(one) for one in told], note=_note(row),
        records=[record_of(graph, row, row["label"]), *(record_of(graph, one, Visit.label) for one in made)],
    )  # fmt: skip


def _say_issue(row: FrameRow) -> Said:
    state = Said("已办结", "settled") if row["settled"] else Said("未办结", "not settled")
    to = Said("，交办{to}", ", referred to {to}").fill(to=row["referred_to"]) if row["referred_to"] else Said("", "")
    words = Said("{day} {issue}（{state}{to}）", "{day} {issue} ({state}{to})")
    return words.fill(day=row["day"] or "", issue=row["issues"], state=state, to=to)


def _note(row: FrameRow) -> Said | None:
    if row["visits"]:
        return None
    if row["last"] is None:
        return Said("从无走访记录", "no visit on record at all")
    return Said("期内没有走访", "no visit in this time")


def _summarize(rows: pl.DataFrame, days: Days) -> Said:
    enterprises = rows.filter(pl.col("label") == Enterprise.label)
    without = enterprises.filter(pl.col("visits") == 0).height
    return Said(
        f"{days.start} 至 {days.end}：{enterprises.height} 家企业中 {without} 家没有走访",
        f"{days.start} to {days.end}: {without} of {enterprises.height} enterprises had no visit",
    )


def _by_post(rows: pl.DataFrame) -> list[Said]:
    """Return a sentence for each service officer's post: of its enterprises, how many were visited, and how often."""
    posts = (
        rows.drop_nulls("officer")
        .group_by("officer")
        .agg(pl.len(), (pl.col("visits") > 0).sum().alias("seen"), pl.col("visits").sum())
    )
    words = Said(
        "{post}：联系 {n} 家，已走访 {seen} 家、{times} 次",
        "{post}: {n} enterprises, {seen} of them visited, {times} visits",
    )
    return [
        words.fill(post=post, n=n, seen=seen, times=times)
        for post, n, seen, times in posts.sort("seen", "officer").iter_rows()
    ]


def _draw(graph: Graph, shown: pl.DataFrame, made: pl.DataFrame) -> Drawing:
    units = {row["enterprise"]: (row["label"], row["name"]) for row in shown.iter_rows(named=True)}
    known = [row for row in made.iter_rows(named=True) if row["enterprise"] in units]
    seen = {row["visit"]: (Visit.label, f"{row['officer_post'] or Visit.zh} {row['day']}") for row in known}
    return {
        "entities": [{"id": id, "label": label, "name": name} for id, (label, name) in (units | seen).items()],
        "relations": [{"source": row["visit"], "target": row["enterprise"], "type": ABOUT_UNIT.type} for row in known],
    }
