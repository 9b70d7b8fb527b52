"""这个值是从哪里来的？ Where does this value come from? Each value with its cell, and what other rows and older loads said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import polars as pl

from graph.decisions import Value
from graph.documents import FrameRow
from graph.errors import ArgumentError
from graph.problems import Problem
from graph.texts import Said
from graph.types import OfficePhone
from queries.answers.answer import Answer
from queries.answers.catalogue import question
from queries.answers.rows import column
from queries.reading.scope import Scope
from queries.reading.shown_values import may_show
from queries.reading.units import UnitRef
from queries.reading.written_names import find_entity

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Property
    from graph.ledger_rows import LoadReport, LoadRow


@dataclass(frozen=True)
class Statement:
    """What one cell says of one property; `note` tells why a cell was not used."""

    entity: str
    field: str
    heading: str = column("项目", "property")
    value: Any = column("值", "value", digits=6)
    current: bool = column("采用", "in use")
    file: str = column("文件", "file")
    sheet: str = column("工作表", "sheet")
    row: int | None = column("行", "row")
    as_of: str | None = column("数据日期", "as of", "detail")
    loaded_at: str | None = column("载入时间", "loaded at", "detail")
    note: Said | None = column("说明", "note")
    column: str = column("列", "column")


@question(
    phrases=Said(
        "来源 值；地址 来源；数据 来源；哪张表；这个 数 怎么来的；数字 出处；哪来的 数；谁 报的；数据 依据 哪张表；"
        "面积 来源；户数 哪张表；人数 出处",
        "where value come from; source of value; which file says",
    )
)
def provenance(
    graph: Graph,
    scope: Scope,
    entity: Annotated[
        str,
        Said("单位、资源或协议的名称、编号", "the name, number or id of a unit, resource or agreement"),
    ],
    *,
    field: Annotated[str | None, Said("只看这一项，如 address", "only this property, such as address")] = None,
) -> Answer[Statement]:
    """这个值是从哪里来的？ Where does this value come from? The value in use comes first, then older and other statements."""
    found = find_entity(graph, entity)
    properties = {p.name: p for p in graph.schema.entity(found.label).properties if _may_see(p, scope, found)}
    if field and field not in properties:
        raise ArgumentError(
            argument="field",
            value=field,
            reason=Said(f"可用的：{', '.join(properties)}", f"known: {', '.join(properties)}"),
        )
    current = graph.entities(found.label).filter(pl.col("id") == found.id).row(0, named=True)
    told = read_told(graph, found)
    chosen = [p for name, p in properties.items() if field in (None, name)]
    is_own = scope.sees_members_of(found.id)
    decided = {d.field: d for d in (graph.history.decisions(Value) if graph.history else ()) if d.entity == found.id}
    said = (
        (p, statement)
        for p in chosen
        for statement in _statements(graph, found, p, current, (decided.get(p.name), told))
    )
    rows = [statement for p, statement in said if may_show(p.type, statement.value, is_own=is_own)]
    return Answer(rows, extra={"entity": {"id": found.id, "label": found.label, "name": found.name}})


def _may_see(prop: Property, scope: Scope, found: UnitRef) -> bool:
    """Tell whether a property may be shown: a unit's telephone only to its own officer and at district level."""
    return not isinstance(prop.type, OfficePhone) or scope.sees_members_of(found.id)


@dataclass(frozen=True)
class ToldRow:
    """A loaded row about an entity: its values, the column letter of each, the cells that were refused, and its file, sheet and row."""

    values: FrameRow
    letters: Mapping[str, str]
    problems: list[Problem]
    load: LoadRow
    sheet: str
    row: int


def _statements(
    graph: Graph, found: UnitRef, prop: Property, current: FrameRow, given: tuple[Value | None, list[ToldRow]]
) -> Iterator[Statement]:
    """Yield what each cell says of a property, the newest first; the value in use alone where no kept row explains it.

    `given` is the decision by which a person overruled the sheets, if anybody did, and what the sheets' rows say.
    """
    stored = next(iter(prop.columns()))
    decision, told = given
    in_use, taken = current[stored], decision is not None
    if decision is not None:
        yield _as_statement(found.id, prop, in_use, decision)
    for one in told:
        value = one.values.get(stored)
        refused = [p for p in one.problems if p.field == prop.name]
        if value is None and not refused:
            continue
        is_current = not taken and value is not None and value == in_use
        taken = taken or is_current
        note = refused[0].said if refused else None
        yield Statement(
            found.id, prop.name, Said(prop.zh, prop.en), _as_cell(value) if value is not None else refused[0].value, is_current,
            one.load["file"], one.sheet, one.row, one.load["as_of"], one.load["at"], note, one.letters.get(stored, ""),
        )  # fmt: skip
    if not taken and in_use is not None:
        file = graph.files.get(current["load_id"], "")
        yield Statement(
            found.id,
            prop.name,
            Said(prop.zh, prop.en),
            _as_cell(in_use),
            True,
            file,
            current["sheet"] or "",
            current["row"],
            None,
            None,
            None,
            "",
        )


def _as_statement(id_: str, prop: Property, value: Any, decision: Value) -> Statement:
    why, by, number = decision.reason, decision.by, decision.number
    note = Said(
        f"人工决定 {number}（{by}）{f'：{why}' if why else ''}", f"decision {number} by {by}{f': {why}' if why else ''}"
    )
    return Statement(
        id_, prop.name, Said(prop.zh, prop.en), _as_cell(value), True, "", "", None, None, decision.at, note, ""
    )


def _as_cell(value: Any) -> Any:
    """Return a value as one cell shows it."""
    return "、".join(value) if isinstance(value, list) else value


def read_told(graph: Graph, found: UnitRef) -> list[ToldRow]:
    """Return every loaded row about an entity, the newest load first; none where the graph has no history of loads."""
    history = graph.history
    if history is None:
        return []
    loads = {load["id"]: load for load in history.loads() if not load.get("withdrawn")}
    told = []
    for source in graph.sources(found.id).iter_rows(named=True):
        load, sheet, row = loads.get(source["load_id"]), source["sheet"], source["row"]
        report: LoadReport = history.report(load["id"]) if load else {}
        register, letters = _letters(graph, report, sheet, found.label)
        if load is None or not letters:
            continue
        rows = history.rows(load["id"], sheet, register).filter(pl.col("row") == row)
        problems = [Problem.restore(p) for p in report.get("problems", ()) if (p["sheet"], p["row"]) == (sheet, row)]
        told += [
            ToldRow(values, letters, problems, load, sheet, row)
            for values in _own(rows, found).head(1).iter_rows(named=True)
        ]
    return sorted(told, key=lambda one: (-one.load["seq"], one.sheet, one.row))


def _own(rows: pl.DataFrame, found: UnitRef) -> pl.DataFrame:
    """Return the records of a row that are of this thing, where the row's free text lists several."""
    titled = rows.filter(pl.col("title") == found.name) if rows.height > 1 and "title" in rows.columns else rows
    return rows if titled.is_empty() else titled


def _letters(graph: Graph, report: LoadReport, sheet: str, label: str) -> tuple[str, dict[str, str]]:
    """Return the register whose rows on a sheet are of this kind, and the column letter of each stored value; '' where none is."""
    for part in report.get("files", ()):
        register = graph.schema.register(part["register"]) if part["register"] else None
        if part["sheet"] == sheet and register is not None and register.row.label == label:
            written = {c["field"]: c.get("column", "") for c in part["columns"] if c["field"]}
            return register.name, {
                stored: written[column.rides or column.field]
                for column in register.columns
                if (column.rides or column.field) in written
                for stored in register.type_of(column).columns(column.field)
            }
    return "", {}
