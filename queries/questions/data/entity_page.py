"""这一个是什么情况？ Everything about one unit, venue, agreement, meeting …: values with their history, relations, what is in force.

A person has no page: members and lecturers are counted where they are tied to something, as the asker may see it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any, Literal

import polars as pl

from graph import mechanisms
from graph.texts import NOTHING, Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.questions.data.provenance import Statement, provenance
from queries.reading.around import TiedThings, describe_things, read_around
from queries.reading.entities import record_of
from queries.reading.scope import Scope
from queries.reading.state_names import STATE_NAMES
from queries.reading.units import UnitRef
from queries.reading.written_names import find_entity

if TYPE_CHECKING:
    from graph.documents import FrameRow
    from graph.graph import Graph

Part = Literal["value", "in_force", "relation"]
PARTS = {
    "value": Said("基本情况", "values"),
    "in_force": Said("正在履行", "in force"),
    "relation": Said("关联", "relations"),
}
_NOT_THEN = Said("当时没有记载", "nothing was on record then")
_STATE = Said("现状（按状态和日期）", "where it stands, by status and dates")
_PEOPLE = Said("{n}人", "{n} people")
_FEW = Said("少于5人", "fewer than five")
_MORE = Said("等 {n} 项", " and others, {n} in all")
NAMED = 5  # names that a line tells; all of them, up to the limit, are in `things`


@dataclass(frozen=True)
class PageThing:
    """A thing that a line of a page names, with its day, its state and since when it is tied."""

    id: str
    label: str
    name: str
    day: date | None
    state: Said
    since: date | None
    until: date | None

    @property
    def text(self) -> str:
        """Return the thing as one line says it."""
        return self.name


@dataclass(frozen=True)
class PageLine:
    """A line of a page: a property with its value and what else was said of it, or a relation with the things at its other end."""

    part: Part = column("部分", "part", words=PARTS)
    name: str = column("代号", "code", "hidden")
    heading: Said = column("项目", "item")
    text: Any = column("内容", "content", digits=6)
    count: int | None = column("数量", "number")
    source: str = column("来自", "from")
    history: Sequence[Statement] = column("历次记载", "what was said", "hidden")
    things: Sequence[PageThing] = column("对象", "things", "hidden")
    records: Sequence[Record] = column("出处", "records", "hidden")


@question(
    phrases=Said(
        "是什么 情况；详细 情况；基本 情况 资料；档案；详情；是哪家的；具体 情况",
        "what is known; all about; details of",
    ),
    answers=(mechanisms.DUTIES, mechanisms.RULES, mechanisms.CULTURE),
)
def entity_page(
    graph: Graph,
    scope: Scope,
    entity: Annotated[
        str,
        Said("单位、场地、协议、会议等的名称或编号", "the name, number or id of a unit, venue, agreement, meeting …"),
    ],
    *,
    as_of: Annotated[
        date | None, Said("看哪一天的情况，默认现在", "as things were on this day; now by default")
    ] = None,
    limit: Annotated[int, Between(1, 1000), Said("每类最多列几项", "at most so many of each kind")] = 100,
) -> Answer[PageLine]:
    """这一个是什么情况？ What is known of this unit, venue, agreement or other thing?

    当前值与历次记载、关联的对象和数量、正在履行的事项；党员只有人数。
    Values and what was said of them before, what it is tied to, what is in force; of members only numbers.
    """
    return show_page(graph, scope, find_entity(graph, entity), as_of, limit)


def show_page(graph: Graph, scope: Scope, about: UnitRef, as_of: date | None, limit: int) -> Answer[PageLine]:
    """Return the page of one thing."""
    groups = list(read_around(graph, about, as_of))
    lines = [
        *_values(graph, scope, about, as_of),
        *_in_force(graph, groups, limit),
        *_relations(graph, scope, about, groups, limit),
    ]
    kind = graph.schema.entity(about.label)
    told = {"id": about.id, "label": about.label, "name": about.name, "kind": Said(kind.zh, kind.en)}
    cut = any(group.things.height > limit for group in groups)
    return Answer(lines, truncated=cut, extra={"entity": told, "as_of": as_of or graph.as_of})


def _values(graph: Graph, scope: Scope, about: UnitRef, as_of: date | None) -> Iterator[PageLine]:
    """Yield the properties that anything was said of, with the value in use, or the newest that was on record on the day."""
    kind = graph.schema.entity(about.label)
    said = provenance(graph, scope, about.id).rows
    for name, group in groupby(said, key=lambda one: one.field):
        history, prop = list(group), kind.property(name)
        used = _then(history, as_of) if as_of else next((one for one in history if one.current), None)
        if used is None and not as_of:
            continue
        records = [Record(about.label, used.file, used.sheet, used.row)] if used and used.file else []
        source = f"{used.file} {used.column}{used.row or ''}".strip() if used else ""
        yield PageLine(
            "value", name, Said(prop.zh, prop.en), used.value if used else _NOT_THEN, None, source, history, (), records
        )
    own = describe_things(graph, kind, as_of).filter(pl.col("id") == about.id)["state"]
    for state in own.filter(own.is_in(list(STATE_NAMES))):
        yield PageLine("value", "state", _STATE, STATE_NAMES[state], None, "", (), (), ())


def _then(history: Sequence[Statement], as_of: date) -> Statement | None:
    """Return the newest statement that was on record on a day and was not refused."""
    known = (
        one for one in history if one.value is not None and (one.as_of or one.loaded_at or "")[:10] <= as_of.isoformat()
    )
    return next((one for one in known if one.note is None or one.current), None)


def _in_force(graph: Graph, groups: Sequence[TiedThings], limit: int) -> Iterator[PageLine]:
    """Yield the agreements, projects, needs and other things with a state that are not over, by kind."""
    by_kind: dict[str, list[pl.DataFrame]] = {}
    for group in groups:
        by_kind.setdefault(group.kind.label, []).append(group.things.filter(pl.col("in_force").fill_null(False)))
    for label, frames in by_kind.items():
        things = pl.concat(frames).unique("id", keep="first", maintain_order=True)
        if things.height:
            kind = graph.schema.entity(label)
            yield _line(graph, "in_force", label, Said(kind.zh, kind.en), things, limit)


def _relations(
    graph: Graph, scope: Scope, about: UnitRef, groups: Sequence[TiedThings], limit: int
) -> Iterator[PageLine]:
    for group in groups:
        relation, kind = group.relation, group.kind
        words = Said(
            relation.zh if relation.zh == kind.zh else f"{relation.zh} · {kind.zh}", f"{relation.en} · {kind.en}"
        )
        if not group.are_people:
            yield _line(graph, "relation", group.relation.type, words, group.things, limit)
            continue
        exact = scope.sees_members_of(about.id)
        shown = group.number if exact else scope.count(group.number)
        text = _FEW if shown is None else _PEOPLE.fill(n=shown)
        yield PageLine("relation", group.relation.type, words, text, shown, "", (), (), ())


def _line(graph: Graph, part: Part, name: str, heading: Said, things: pl.DataFrame, limit: int) -> PageLine:
    rows = list(things.head(limit).iter_rows(named=True))
    names = "、".join(_name_with_part(graph, row) for row in rows[:NAMED])
    more = _MORE.fill(n=things.height) if things.height > NAMED else NOTHING
    text = Said(names + more, names + more.en)
    records = [record_of(graph, row, row["label"]) for row in rows]
    return PageLine(part, name, heading, text, things.height, "", (), [_thing(row) for row in rows], records)


def _name_with_part(graph: Graph, row: FrameRow) -> str:
    """Return a thing's name with the part that the one has in the other, or with the last day of a tie that is over."""
    over = row["until"] is not None and graph.as_of is not None and row["until"] < graph.as_of
    told = [row["part"] or "", f"至 {row['until']}" if over else ""]
    return str(row["name"]) + (f"（{'，'.join(filter(None, told))}）" if any(told) else "")


def _thing(row: FrameRow) -> PageThing:
    state = STATE_NAMES.get(row["state"] or "", NOTHING)
    return PageThing(row["id"], row["label"], row["name"], row["day"], state, row["since"], row["until"])
