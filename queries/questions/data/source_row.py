"""文件的这一行写了什么？ What does this row of a file say? Each cell that was read of it, with its address and header.

Rows of registers of persons are never shown, nor is what was dropped when the file was read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import polars as pl

from graph.columns import Column, Link
from graph.documents import FrameRow
from graph.errors import RequestError
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import column
from queries.reading.scope import Scope
from queries.reading.shown_values import may_show

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Register


class UnknownRowError(RequestError):
    """A row that no loaded file has, or that lists persons."""

    code, status = "row.unknown", 404
    zh = "载入的文件里没有可显示的这一行：“{file}”第 {row} 行。请从答案的“出处”打开。"
    en = "There is no such row to show in what was loaded: “{file}” row {row}. Open it from where an answer says it comes from."


@dataclass(frozen=True)
class ReadCell:
    """A cell of the row, as it was read."""

    cell: str = column("单元格", "cell")
    header: str = column("表头", "header")
    heading: Said = column("读作", "read as")
    value: Any = column("值", "value", digits=6)


@question(
    phrases=Said("这一行 原文；文件 行 原文；单元格 原文；表 第几行 写的；第 行 原文", "row of a file; cells of a row")
)
def source_row(
    graph: Graph,
    scope: Scope,
    file: Annotated[str, Said("文件名", "the name of the file")],
    row: Annotated[int, Between(1), Said("第几行", "the number of the row")],
    *,
    sheet: Annotated[str | None, Said("工作表", "the sheet")] = None,
) -> Answer[ReadCell]:
    """文件的这一行写了什么？ What does this row of a file say? Each cell that was read of it; rows of persons are never shown."""
    cells: dict[tuple[str, str], ReadCell] = {}
    for register, columns, values in _readings(graph, file, sheet, row):
        for one in _cells(register, columns, values, scope, row):
            cells.setdefault((one.cell, one.header), one)
    if not cells:
        raise UnknownRowError(file=file, row=row)
    ordered = sorted(cells.values(), key=lambda one: (len(one.cell), one.cell))
    return Answer(ordered, extra={"file": file, "sheet": sheet, "row": row})


def _readings(graph: Graph, file: str, sheet: str | None, row: int) -> Iterator[tuple[Register, list[Any], FrameRow]]:
    """Yield what each register read of the row, the newest load first; no register of persons."""
    history = graph.history
    loads = history.loads() if history else []
    for load in sorted((load for load in loads if not load.get("withdrawn")), key=lambda load: -load["seq"]):
        if load["file"] != file or history is None:
            continue
        for part in history.report(load["id"]).get("files", ()):
            register = graph.schema.register(part["register"]) if part["register"] else None
            if register is None or register.is_of_persons or sheet not in {None, part["sheet"]}:
                continue
            rows = history.rows(load["id"], part["sheet"], register.name).filter(pl.col("row") == row)
            yield from ((register, part["columns"], values) for values in rows.head(1).iter_rows(named=True))


def _cells(register: Register, columns: list[Any], values: FrameRow, scope: Scope, row: int) -> Iterator[ReadCell]:
    known = {c.field: c for c in register.columns if c.field}
    for written in columns:
        declared = known.get(written["field"])
        if declared is None:
            continue
        value = values.get(f"@{declared.field}", values.get(declared.field))
        shown = may_show(register.type_of(declared), value, is_own=scope.sees_members)
        if value not in (None, [], "") and shown:
            text = "、".join(map(str, value)) if isinstance(value, list) else value
            yield ReadCell(f"{written.get('column', '')}{row}", written["header"], _name(register, declared), text)


def _name(register: Register, column: Column) -> Said:
    """Return what a column is read as: the relation whose other end it names, or a property of the row's kind."""
    if isinstance(column, Link):
        return Said(column.relation.zh, column.relation.en)
    found = next((p for p in (*register.row.properties, *register.inputs) if p.name == column.field), None)
    return Said(found.zh or column.field, found.en or column.field) if found else Said(column.field, column.field)
