"""哪些数据彼此不一致？ Where do the sheets disagree? Each cell that did not count, beside the one that did, and how to decide otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, TypedDict

from graph.people import find_people
from graph.shell_words import write_command
from graph.texts import Said
from graph.types import OfficePhone
from queries.answers.answer import Answer
from queries.answers.catalogue import question
from queries.answers.rows import column
from queries.reading.entities import shown_name
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Property


class ConflictingCell(TypedDict):
    """Where one of the values that disagree stands: about which entity (its id), in which row of which sheet."""

    entity: str
    file: str
    sheet: str
    row: int | None


@dataclass(frozen=True)
class Conflict:
    """A value that a sheet gives and another, newer one overrules; with both cells."""

    entity: str
    name: str = column("对象", "about")
    field: str = column("项目", "property", "hidden")
    heading: Said = column("项目", "property")
    in_use: str = column("采用", "in use")
    in_use_from: str = column("来自", "from")
    other: str = column("另一说法", "another says")
    other_from: str = column("来自", "from")
    decide: str = column("改用另一说法", "to use the other")
    records: list[ConflictingCell] = column("出处", "records", "hidden")


@question(
    least="analyst",
    phrases=Said(
        "说法 冲突；数据 冲突；数据 对不上；表格 矛盾；不一致；台账 之间 对不上；表 打架；"
        "同一 单位 表 说法 不一致；数据 矛盾；地址 不一致",
        "conflicting statements; data conflicts; files disagree",
    ),
)
def conflicts(
    graph: Graph,
    scope: Scope,
    unit: Annotated[str | None, Said("只看这个名称或编号", "only this name or id")] = None,
    *,
    field: Annotated[str | None, Said("只看这一项，如 address", "only this property, such as address")] = None,
) -> Answer[Conflict]:
    """哪些数据彼此不一致？ Where do the sheets disagree?"""
    stored = graph.history.problems() if graph.history else []
    found: list[dict[str, Any]] = [
        {**p} | dict(p["details"]) for p in stored if p["code"] in {"conflict", "conflict.within"}
    ]
    names = _names(graph, {p["entity"] for p in found} - find_people(graph.schema))
    rows = [
        row for row in _rows(graph, scope, found, names) if unit in (None, row.entity, row.name) and field in (None, row.field)
    ]  # fmt: skip
    return Answer(rows)


def _names(graph: Graph, labels: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for label in sorted(labels):
        frame = graph.entities(label)
        found |= dict(frame.select("id", shown_name(frame, graph.schema.entity(label))).iter_rows())
    return found


def _rows(graph: Graph, scope: Scope, found: list[dict[str, Any]], names: Mapping[str, str]) -> Iterator[Conflict]:
    for told in found:
        if told["id"] not in names:
            continue
        prop = graph.schema.entity(told["entity"]).property(_property_of(graph, told))
        if not _may_see(prop, scope, told["id"]):
            continue
        cells = (
            (told["file"], told["sheet"], told["row"]),
            (told.get("other_file", ""), told.get("other_sheet", ""), told.get("other_row", "")),
        )
        yield Conflict(
            told["id"], names[told["id"]], prop.name, Said(prop.zh, prop.en), told["other"], _place(cells[1]), told["value"],
            _place(cells[0]), write_command("decide", "value", told["id"], prop.name, told["value"]),
            [{"entity": told["id"], "file": f, "sheet": s, "row": int(r) if r else None} for f, s, r in cells],
        )  # fmt: skip


def _property_of(graph: Graph, told: Mapping[str, Any]) -> str:
    """Return the property that a stored column is a part of."""
    for prop in graph.schema.entity(told["entity"]).properties:
        if told["field"] in prop.columns():
            return prop.name
    return str(told["field"])


def _may_see(prop: Property, scope: Scope, id_: str) -> bool:
    return not isinstance(prop.type, OfficePhone) or scope.sees_members_of(id_)


def _place(cell: tuple[str, str, Any]) -> str:
    file, sheet, row = cell
    return " · ".join(filter(None, (file, sheet if sheet not in file else "", f"{row}" if row else "")))
