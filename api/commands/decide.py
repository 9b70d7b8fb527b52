"""`shilian decide`: a person's decision, on the record and in every snapshot to come."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from api.command import Entry, add_command, add_group
from api.decisions import IN_GRAPH, add_decision
from api.door import Door
from api.opening import open_graph
from graph.workspace import Workspace
from loaders.load import publish_workspace
from loaders.report import show_result
from queries.units import find_unit

Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="为什么 ¦ why")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="表格里写的名称 ¦ a name as a spreadsheet has it")]
Unit = Annotated[
    str, typer.Argument(metavar="UNIT", help="图中的单位：名称或编号 ¦ a unit in the graph: its name or id")
]
HEADER = Entry(
    "header", "这个表头是那个字段 ¦ this header means that field", "shilian decide header venues 建面 area_m2"
)
SAME = Entry("same", "这个名称就是那个单位 ¦ this name stands for that unit", "shilian decide same 一拖 第一拖拉机厂")
DIFFERENT = Entry(
    "different", "这个名称不是那个单位 ¦ this name is not that unit", "shilian decide different 一拖股份 一拖"
)
ACCEPT = Entry("accept", "采纳一个结对 ¦ accept a pairing", "shilian decide accept 重二社区 第一拖拉机厂")
REJECT = Entry("reject", "驳回一个结对 ¦ reject a pairing", "shilian decide reject 重二社区 一拖 --reason 已有结对")


def make_app(entry: Entry, lang: str) -> typer.Typer:
    """Return the group of decisions."""
    app = typer.Typer(rich_markup_mode="rich")
    add_group(app, entry, lang)
    add_command(app, HEADER, decide_header, lang)
    add_command(app, SAME, decide_same, lang)
    add_command(app, DIFFERENT, decide_different, lang)
    add_command(app, ACCEPT, decide_accept, lang)
    add_command(app, REJECT, decide_reject, lang)
    return app


def decide_header(
    door: Door,
    register: Annotated[str, typer.Argument(metavar="REGISTER", help="登记表，如 venues ¦ the register, as venues")],
    header: Annotated[str, typer.Argument(metavar="HEADER", help="表头 ¦ the header")],
    field: Annotated[str, typer.Argument(metavar="FIELD", help="字段，如 area_m2 ¦ the field, as area_m2")],
    reason: Reason = "",
) -> None:
    """Say what a header means; files sent again are read anew with it."""
    _decide(door, "header", {"register": register, "header": header, "field": field}, reason)


def decide_same(door: Door, name: Name, unit: Unit, reason: Reason = "") -> None:
    """Say that a name stands for a unit."""
    _decide(door, "same", {"name": name, "unit": _find(door, unit)}, reason)


def decide_different(door: Door, name: Name, unit: Unit, reason: Reason = "") -> None:
    """Say that a name never stands for a unit."""
    _decide(door, "different", {"name": name, "unit": _find(door, unit)}, reason)


def decide_accept(door: Door, left: Unit, right: Unit, reason: Reason = "") -> None:
    """Say that two units were paired."""
    _decide(door, "accept", {"left": _find(door, left), "right": _find(door, right)}, reason)


def decide_reject(door: Door, left: Unit, right: Unit, reason: Reason = "") -> None:
    """Say that two units shall not be proposed to each other."""
    _decide(door, "reject", {"left": _find(door, left), "right": _find(door, right)}, reason)


def _find(door: Door, unit: str) -> str:
    with open_graph(door.settings) as graph:
        return find_unit(graph, unit).id


def _decide(door: Door, kind: str, payload: dict[str, str], reason: str) -> None:
    workspace = Workspace.open(door.settings.workspace)
    fields = payload | ({"reason": reason} if reason else {})
    number = add_decision(workspace, kind, fields, door.settings)
    document: dict[str, Any] = {"id": number, "kind": kind, **fields}
    if kind in IN_GRAPH:
        with door.progress() as progress, workspace.writing():
            result = publish_workspace(workspace, progress)
        document |= {"snapshot": result.snapshot, "changed": result.changed}
        if not door.json:
            show_result(result, door.out, door.lang)
    if door.json:
        door.print_json(document)
    else:
        door.tell(f"已记录：决定 {number}（{kind}）", f"On the record: decision {number} ({kind})")
