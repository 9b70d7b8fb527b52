"""上次以来变了什么？ What changed between two snapshots: what came, closed or reads otherwise, with the cells, and what fell too far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

import polars as pl

from graph.errors import ArgumentError
from graph.past_snapshots import list_past, open_tables
from graph.people import find_people
from graph.texts import Said
from graph.types import OfficePhone
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.reading.area import InArea, list_units
from queries.reading.entities import open_entities, record_of, shown_name
from queries.reading.scope import Scope
from queries.reading.sight import see
from queries.reading.units_of import keep_within

if TYPE_CHECKING:
    from graph.documents import FrameRow
    from graph.graph import Graph
    from graph.kinds import Entity

What = Literal["added", "closed", "changed"]
WHAT = {"added": Said("新增", "added"), "closed": Said("不再有", "closed"), "changed": Said("有变化", "changed")}
SUSPICIOUS_SHARE, SUSPICIOUS_LEAST = 0.2, 5  # of a kind, so much gone at once is rarely the truth
_NONE = Said("没有更早的快照可以比较", "no earlier snapshot is kept to compare with")
_NO_SUCH = Said("没有这个快照；现有：{known}", "no such snapshot; kept: {known}")
_DROP = Said(
    "{kind}减少 {n} 项（原有 {before} 项），请核对是否漏报",
    "{n} of {before} are gone: {kind}; check whether a list was cut short",
)
_CHANGE = Said("{heading}：{before} → {after}", "{heading}: {before} → {after}")


@dataclass(frozen=True)
class FieldChange:
    """A property that reads otherwise than before."""

    field: str
    heading: Said
    before: Any
    after: Any

    @property
    def text(self) -> Said:
        """Return the change as one line says it."""
        told = [Said("空", "nothing") if value is None else value for value in (self.before, self.after)]
        return _CHANGE.fill(heading=self.heading, before=told[0], after=told[1])


@dataclass(frozen=True)
class ChangedThing:
    """A thing that came, closed or changed; of people only how many."""

    id: str
    label: str
    kind: Said = column("类别", "kind")
    what: What = column("变化", "change", words=WHAT)
    name: str = column("名称", "name")
    number: int = column("数量", "number", "detail")
    fields: list[FieldChange] = column("内容", "what reads otherwise", "detail")
    records: list[Record] = column("出处", "records", "hidden")


@question(
    phrases=Said(
        "变了 什么；变化 上次；新增 哪些 减少；较上次；与上次 导入 变化；数据 更新 变化；少了 哪些 单位；"
        "改动 哪些；前后 两次 差别；新增 了 哪些；上个月 以来 变化；比 上次 多了；多了什么 少了什么；图谱 多了 少了",
        "what changed; changes since",
    )
)
def changes(
    graph: Graph,
    scope: Scope,
    *,
    since: Annotated[
        str | None,
        Said(
            "与哪个快照比较：编号，或数据截至某日的，如 2026-10-31；默认上一个",
            "the snapshot to compare with: its number, or a day up to which its data go; the last one by default",
        ),
    ] = None,
    kind: Annotated[str | None, Said("只看这一类，如 场地", "only this kind of thing")] = None,
    area: InArea = None,
    limit: Annotated[int, Between(1, 1000), Said("最多几行", "at most so many rows")] = 200,
) -> Answer[ChangedThing]:
    """上次以来变了什么？ What changed since an earlier snapshot? What fell suspiciously is told first."""
    before = _open(graph, since)
    if before is None:
        return Answer([], extra={"note": _NONE})
    # Both are compared as the asker sees them: what is hidden in one alone would count as changed, and tell of it.
    before = see(before, scope)[0]
    units = list_units(graph, area) if area else None
    rows: list[ChangedThing] = []
    drops: list[Said] = []
    for one in graph.schema.entities:
        if one.computed or kind not in (None, one.zh, one.en, one.label):
            continue
        found = _compare(graph, before, one, units)
        if one.label in find_people(graph.schema):
            # How a number of people changed could tell of one of them.
            rows += _counted(one, found) if scope.sees_members else []
            continue
        drops += _tell_drop(graph, before, one, found)
        rows += [row for what, frame in found.items() for row in _rows(graph, before, one, what, frame)]
    return Answer(
        rows[:limit], truncated=len(rows) > limit, extra={"since": before.snapshot, "number": len(rows), "drops": drops}
    )


def _open(graph: Graph, since: str | None) -> Graph | None:
    """Return the snapshot to compare with; None where none is kept."""
    kept = list_past(graph)
    if since is None:
        return open_tables(kept[0]) if kept else None
    named = {one.name: one for one in kept}
    if day := _read_day(since):
        past = (open_tables(one) for one in kept)
        if found := next((one for one in past if one.as_of and one.as_of <= day), None):
            return found
    if since not in named:
        reason = _NO_SUCH.fill(known="、".join(named) or "—")
        raise ArgumentError(argument="since", value=since, reason=reason)
    return open_tables(named[since])


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _compare(graph: Graph, before: Graph, kind: Entity, units: pl.Series | None) -> dict[What, pl.DataFrame]:
    """Return what came (as it is), closed (as it was) and changed (as it is, with what it was behind `_before`)."""
    stored = [name for prop in kind.properties for name in prop.columns()] or list(kind.columns())[1:]
    new, old = (_read(source, kind, stored, units) for source in (graph, before))
    both = new.join(old, on="id", suffix="_before", maintain_order="left")
    differs = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_before")) for name in stored)
    return {
        "added": new.join(old, on="id", how="anti"),
        "closed": old.join(new, on="id", how="anti"),
        "changed": both.filter(differs),
    }


def _read(graph: Graph, kind: Entity, stored: Sequence[str], units: pl.Series | None) -> pl.DataFrame:
    frame = open_entities(graph, kind, *stored).with_columns(label=pl.lit(kind.label)).sort("id")
    return keep_within(graph, frame, units)


def _counted(kind: Entity, found: dict[What, pl.DataFrame]) -> Iterator[ChangedThing]:
    for what, frame in found.items():
        if frame.height:
            yield ChangedThing("", kind.label, Said(kind.zh, kind.en), what, "", frame.height, [], [])


def _tell_drop(graph: Graph, before: Graph, kind: Entity, found: dict[What, pl.DataFrame]) -> list[Said]:
    had = open_entities(before, kind, list(kind.columns())[-1]).height
    gone = found["closed"].height
    if gone < SUSPICIOUS_LEAST or gone <= SUSPICIOUS_SHARE * had:
        return []
    return [_DROP.fill(kind=Said(kind.zh, kind.en), n=gone, before=had)]


def _rows(graph: Graph, before: Graph, kind: Entity, what: What, frame: pl.DataFrame) -> Iterator[ChangedThing]:
    source, said = before if what == "closed" else graph, Said(kind.zh, kind.en)
    for row in frame.with_columns(shown=shown_name(frame, kind)).sort("shown", "id").iter_rows(named=True):
        fields = [*_changed_fields(kind, row)] if what == "changed" else []
        records = [record_of(source, row, kind.label)]
        if what == "changed":
            was = {name: row[f"{name}_before"] for name in ("load_id", "sheet", "row")}
            records.append(record_of(before, was, kind.label))
        yield ChangedThing(row["id"], kind.label, said, what, row["shown"], 1, fields, records)


def _changed_fields(kind: Entity, row: FrameRow) -> Iterator[FieldChange]:
    """Yield the properties that differ; a telephone is told as changed, not as what it reads."""
    for prop in kind.properties:
        stored = next(iter(prop.columns()))
        old, new = row[f"{stored}_before"], row[stored]
        if old != new:
            hidden = isinstance(prop.type, OfficePhone)
            yield FieldChange(
                prop.name, Said(prop.zh, prop.en), "…" if hidden else _plain(old), "…" if hidden else _plain(new)
            )


def _plain(value: Any) -> Any:
    return "、".join(value) if isinstance(value, list) else value
