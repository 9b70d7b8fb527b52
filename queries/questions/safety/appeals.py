"""群众诉求集中在哪些方面、哪些月份、哪些区域？ What do people appeal for, in which months and areas – as counts, never who?

A row for each area, theme and month with five cases or more. Counts are the same for every role: rounded down to fives; smaller ones are
withheld, and with them those that would give them away by subtraction. Beside stand how long it took to close them, and projects of that
area that speak of the same kind of service: never a person, never a single case.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.people import round_down
from graph.schema.assets import Project
from graph.schema.cooperation import LEADS, TAKES_PART_IN
from graph.schema.governance import CaseStatistic
from graph.schema.projects import BENEFITS
from graph.schema.supervision import ABOUT_UNIT
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.reading.area import InArea, is_within, read_streets
from queries.reading.cohorts import hide_small
from queries.reading.dated_words import show_period
from queries.reading.entities import open_entities, open_relations, record_of
from queries.reading.facts import KEPT, TEXTS, Recent, read_own_words, snapshot_key
from queries.reading.meeting_records import name_units
from queries.reading.period import LAST_YEAR, Period
from queries.reading.scope import Scope
from queries.words.own_words import add_words
from queries.words.spoken import understand
from queries.words.taxonomy import load_taxonomy

if TYPE_CHECKING:
    from graph.graph import Graph

MOST_PROJECTS = 3
UNSORTED = "未分类"
# Counts whose total somebody may know: the themes of a unit's month, and a subdistrict's own count beside those of its communities.
LINES = (("unit", "month", "month_precision"), ("whole", "theme", "month", "month_precision"))
RULE = Said(
    "只列汇总数：按五件一档向下取整，不足五件的以及会使其被推算出的不列出；不涉及任何个人",
    "sums only: rounded down to fives; fewer than five, and what would give them away, is left out; nothing about any person",
)
_RECENT: Recent[pl.DataFrame] = Recent(KEPT)


@dataclass(frozen=True)
class AppealCount:
    """How many appeals of one theme an area had in a month, and how long they took."""

    area: str = column("区域（单位）", "area")
    theme: str = column("诉求类别", "theme")
    month: Said | None = column("月份", "month")
    cases: int = column("件次（约）", "cases (about)")
    people: int | None = column("人次（约）", "people (about)")
    closed: int | None = column("办结（约）", "closed (about)")
    mean_days: float | None = column("平均办理天数", "mean days until closed")
    projects: list[str] = column("相关项目", "projects", "detail")
    records: list[Record] = column("出处", "records", "hidden")


@question(
    answers=(mechanisms.JOINT_RECEPTION, mechanisms.DISPUTES),
    phrases=Said(
        "群众 诉求；诉求 集中 哪些；群众 反映；诉求 最多；信访 统计；群众 反映 主要 问题；诉求 主要 反映 什么；"
        "诉求 最多 哪方面；投诉 最多；信访 量；诉求 办结 平均；诉求 趋势 月；投诉 热点；投诉 平均 几天；诉求 件数 按主题；诉求 办理 天数",
        "appeals; what people appeal for; complaints where",
    ),
)
def appeals(  # noqa: PLR0913 -- the arguments are what a user may ask for
    graph: Graph,
    scope: Scope,
    *,
    by: Annotated[
        Literal["unit", "subdistrict"],
        Said("按报送单位（社区），还是按街道合计：单位、街道", "by unit (community), or added up by subdistrict"),
    ] = "unit",
    area: InArea = None,
    theme: Annotated[str | None, Said("只看这类诉求，如 物业", "only this theme")] = None,
    period: Annotated[Period, Said("看哪段时间，如 2026", "the time looked at, such as 2026")] = LAST_YEAR,
    limit: Annotated[int, Between(1, 5000), Said("最多几行", "at most so many rows")] = 200,
) -> Answer[AppealCount]:
    """群众诉求集中在哪些方面、哪些区域？ What do people appeal for, and where? The latest come first."""
    days = period.resolve(graph.as_of)
    read = _read(graph)
    # The parts that are withheld stay so in no sum of one part alone: the whole is rounded by itself, as anybody may see it.
    known = hide_small(read if by == "unit" else _add_up(graph, read), "count", LINES)
    shown = known.drop_nulls("count").filter(is_within(graph, area, "unit"), days.hold("month"))
    if theme:
        shown = shown.filter(pl.col("theme").str.contains(theme, literal=True))
    ordered = shown.sort("month", "count", "unit_name", "theme", descending=[True, True, False, False]).head(limit)
    listed = ordered.join(_find_projects(graph, ordered), on=["unit", "theme"], how="left", maintain_order="left")
    return Answer(
        [_row(graph, row) for row in listed.iter_rows(named=True)],
        truncated=shown.height > limit,
        extra={"period": str(Period(days.start, days.end)), "rule": RULE, "themes": list(_by_theme(shown))},
    )


def _read(graph: Graph) -> pl.DataFrame:
    """Return the counts as registers have them: unit, unit_name, theme, month, year, count, and the rest."""
    frame = open_entities(
        graph, CaseStatistic, "theme", "month", "month_precision", "count", "people", "closed", "mean_days"
    )
    about = open_relations(graph, ABOUT_UNIT).filter(pl.col("source_label") == CaseStatistic.label)
    ties = about.select(id="source", unit="target").join(name_units(graph), on="unit")
    ties = ties.sort("id", "unit").unique("id", keep="first", maintain_order=True)
    streets = read_streets(graph).rename({"area": "street"})
    joined = frame.join(ties, on="id", how="left").join(streets, on="unit", how="left").with_columns(
        pl.col("theme").fill_null(UNSORTED), pl.col("unit_name").fill_null("全区"), pl.col("unit").fill_null("")
    )  # fmt: skip
    counted = (pl.col("unit") == pl.col("street")).any().over("street", "theme", "month", "month_precision")
    joined = joined.with_columns(whole=pl.when(counted).then("street").otherwise("unit"))
    return joined.sort("unit", "theme", "month", "id", nulls_last=True)


def _add_up(graph: Graph, counts: pl.DataFrame) -> pl.DataFrame:
    """Return the counts of each subdistrict: its own where its register gives one, else the sum of those of its communities."""
    names = name_units(graph).select(unit="unit", unit_name="unit_name")
    line = ["street", "theme", "month", "month_precision"]
    placed = counts.drop_nulls("street").filter(pl.col("unit") == pl.col("whole"))
    days = (pl.col("mean_days") * pl.col("closed")).sum() / pl.col("closed").filter(
        pl.col("mean_days").is_not_null()
    ).sum()
    sums = placed.group_by(line, maintain_order=True).agg(
        pl.col("count", "people", "closed").sum(), pl.col("load_id", "sheet", "row").first(), mean_days=days.round(1),
        cells=pl.struct("load_id", "sheet", "row"),
    )  # fmt: skip
    return sums.rename({"street": "unit"}).with_columns(whole="unit", street="unit").join(names, on="unit")


def _find_projects(graph: Graph, shown: pl.DataFrame) -> pl.DataFrame:
    """Return the projects of an area, or of the subdistrict it lies in, that speak of the same kind of service: unit, theme, projects."""
    streets = read_streets(graph).rename({"area": "street"})
    areas = shown.select("unit").unique().join(streets, on="unit", how="left")
    near = pl.concat([areas.select("unit", tied="unit"), areas.select("unit", tied="street").drop_nulls()]).unique()
    spoken = _RECENT.get(snapshot_key(graph), partial(_read_spoken_of, graph))
    named = spoken.join(shown.select("theme").unique(), on="theme", how="semi").join(near, on="tied")
    named = named.select("unit", "theme", "title").unique().sort("unit", "theme", "title")
    return named.group_by("unit", "theme", maintain_order=True).agg(projects=pl.col("title").head(MOST_PROJECTS))


def _read_spoken_of(graph: Graph) -> pl.DataFrame:
    """Return the projects that speak of the kind of service that a theme of appeals does, and the units that have to do with each.

    theme, title (of the project), tied (a unit).
    """
    projects = open_entities(graph, Project, "title", "category", "content")
    statistics = open_entities(graph, CaseStatistic, "theme").select(pl.col("theme").fill_null(UNSORTED)).unique()
    themes = statistics.with_columns(id=pl.format("theme:{}", "theme"))
    asked = themes.select("id", title="theme", category=pl.lit(None, pl.String), content=pl.lit(None, pl.String))
    read = pl.concat([projects.select("id", *TEXTS), asked.select("id", *TEXTS)]).with_row_index("side")
    spoken = understand(read.drop("id"), add_words(load_taxonomy(), read_own_words(graph)))
    fields = spoken.kinds.filter("main").join(read.select("side", "id"), on="side").select("id", "field").unique()
    found = themes.join(fields, on="id").drop("id").join(fields, on="field").select("theme", "id").unique()
    ends = ((LEADS, "target", "source"), (TAKES_PART_IN, "target", "source"), (BENEFITS, "source", "target"))
    ties = [open_relations(graph, kind).select(id=project, tied=unit) for kind, project, unit in ends]
    titled = found.join(projects.select("id", "title"), on="id")
    return titled.join(pl.concat(ties).unique(), on="id").select("theme", "title", "tied")


def _row(graph: Graph, row: FrameRow) -> AppealCount:
    return AppealCount(
        area=row["unit_name"], theme=row["theme"], month=show_period(row["month"], row["month_precision"]), cases=row["count"],
        people=round_down(row["people"] or 0), closed=round_down(row["closed"] or 0), mean_days=row["mean_days"],
        projects=list(row["projects"] or ()),
        records=[record_of(graph, cell, CaseStatistic.label) for cell in row.get("cells") or [row]],
    )  # fmt: skip


def _by_theme(shown: pl.DataFrame) -> list[Said]:
    """Return a sentence for each theme: the sum of what is shown, so that nothing withheld can be had from it."""
    themes = shown.group_by("theme").agg(pl.col("count").sum(), pl.col("unit").n_unique())
    words = Said(
        "{theme}：可列出的合计约 {n} 件，{areas} 个区域",
        "{theme}: about {n} of those that may be listed, {areas} areas",
    )
    return [
        words.fill(theme=t, n=n, areas=a)
        for t, n, a in themes.sort("count", "theme", descending=[True, False]).iter_rows()
    ]
