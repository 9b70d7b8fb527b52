"""这个值是从哪里来的？ Where does this value come from? Each value with its cell, and what other rows and older loads said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from graph.errors import ArgumentError, UnknownEntityError, UnknownUnitError
from graph.names import normalize
from queries.answer import Answer, column
from queries.question import question
from queries.reading import folded, shown_name
from queries.scope import Scope
from queries.search import read_searched
from queries.units import UnitRef, find_unit

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Entity

PEOPLE = {"Member", "MemberCohort"}


@dataclass(frozen=True)
class Statement:
    """What one cell says of one property."""

    entity: str
    field: str
    heading: str = column("项目", "property")
    value: Any = column("值", "value")
    current: bool = column("采用", "in use")
    file: str = column("文件", "file")
    sheet: str = column("工作表", "sheet")
    row: int | None = column("行", "row")
    as_of: str | None = column("数据日期", "as of")
    loaded_at: str | None = column("载入时间", "loaded at", "detail")
    column: str = column("列", "column")


@question
def provenance(graph: Graph, scope: Scope, entity: str, *, field: str | None = None) -> Answer[Statement]:
    """这个值是从哪里来的？ Where does this value come from? The value in use comes first, then older and other statements.

    Arguments:
        entity: 单位、资源或协议的名称、编号 ¦ the name, number or id of a unit, resource or agreement
        field: 只看这一项，如 address ¦ only this property
    """
    found = find_entity(graph, entity)
    kind = graph.schema.entity(found.label)
    fields = {prop.name: (prop.zh or prop.name, next(iter(prop.columns()))) for prop in kind.properties}
    if field and field not in fields:
        raise ArgumentError(argument="field", value=field, reason=f"可用的 / known: {', '.join(fields)}")
    chosen = {name: shown for name, shown in fields.items() if field in (None, name)}
    current = graph.entities(found.label).filter(pl.col("id") == found.id).row(0, named=True)
    rows = [
        row for name, shown in chosen.items() for row in _statements_of(graph, found, kind, current, (name, *shown))
    ]
    return Answer(rows, extra={"entity": {"id": found.id, "label": found.label, "name": found.name}})


def find_entity(graph: Graph, text: str) -> UnitRef:
    """Return the unit, resource, agreement or other thing that an id or a name stands for; people are never found."""
    labels = set(graph.sources(text)["label"].to_list()) - PEOPLE
    for label in sorted(labels):
        frame = graph.entities(label).filter(pl.col("id") == text)
        if not frame.is_empty():
            return UnitRef(text, label, frame.select(shown_name(frame)).item())
    exact = read_searched(graph).filter(folded("written") == normalize(text)).unique("id")
    if exact.height == 1:
        return UnitRef(*exact.select("id", "label", "shown").row(0))
    try:
        return find_unit(graph, text)
    except UnknownUnitError as unknown:
        if unknown.details["suggestions"] == "—":
            raise UnknownEntityError(name=text) from unknown
        raise


Field = tuple[str, str, str]  # name, heading, stored column


def _statements_of(
    graph: Graph, found: UnitRef, kind: Entity, current: Mapping[str, Any], field: Field
) -> Iterator[Statement]:
    """Yield what each cell says of a field, the newest first; where no history is kept, the value in use alone."""
    name, heading, stored = field
    taken = False
    for told in _told(graph, found, kind):
        value = told["values"].get(stored)
        if value is None:
            continue
        is_current = not taken and value == current[stored]
        taken = taken or is_current
        yield Statement(
            found.id,
            name,
            heading,
            value,
            is_current,
            told["file"],
            told["sheet"],
            told["row"],
            told["as_of"],
            told["at"],
            told["letters"].get(name, ""),
        )
    if not taken and current[stored] is not None:
        yield Statement(
            found.id,
            name,
            heading,
            current[stored],
            True,
            graph.files.get(current["load_id"], ""),
            current["sheet"] or "",
            current["row"],
            None,
            None,
            "",
        )


def _told(graph: Graph, found: UnitRef, kind: Entity) -> list[dict[str, Any]]:
    """Return what every row about an entity told, the newest load first: values, column letters, file, sheet, row, times."""
    history = graph.history
    if history is None:
        return []
    loads = {load["id"]: load for load in history.loads() if not load.get("withdrawn")}
    told = []
    for source in graph.sources(found.id).iter_rows(named=True):
        load = loads.get(source["load_id"])
        if load is None:
            continue
        letters = _letters(graph, history.report(load["id"]), source["sheet"], kind)
        rows = (
            history.rows(load["id"], source["sheet"]).filter(pl.col("row") == source["row"])
            if letters
            else pl.DataFrame()
        )
        if rows.height:
            told.append({
                "values": rows.row(0, named=True), "letters": letters, "file": load["file"], "sheet": source["sheet"], "row": source["row"],
                "as_of": load["as_of"], "at": load["at"], "seq": load["seq"],
            })  # fmt: skip
    return sorted(told, key=lambda one: (-one["seq"], one["sheet"], one["row"]))


def _letters(graph: Graph, report: Mapping[str, Any], sheet: str, kind: Entity) -> dict[str, str]:
    """Return the column letter of each field on a sheet whose rows are of this kind; nothing for a sheet that only mentions it."""
    for part in report.get("files", ()):
        if (
            part["sheet"] == sheet
            and part["register"]
            and graph.schema.register(part["register"]).row.label == kind.label
        ):
            return {c["field"]: c.get("column", "") for c in part["columns"] if c["field"]}
    return {}
