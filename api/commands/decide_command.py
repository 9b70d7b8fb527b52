"""`shilian decide`: a person's decision, on the record and in every snapshot to come."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from api.agreement_draft import write_draft
from api.command import Entry, add_command, add_group
from api.commands.diff_command import changes_table
from api.deciding import IN_GRAPH, PERIOD, add_decision, find_standing, preview_decision, preview_undo, undo_decision
from api.door import Door
from api.opening import open_graph
from graph.workspace import Workspace
from loaders.loading import publish_workspace
from loaders.report.screen import show_result
from queries.questions.data.provenance import find_entity
from queries.reading.units import find_unit

Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="为什么 ¦ why")]
Sender = Annotated[
    str,
    typer.Option(
        "--sender", metavar="UNIT", help="只用于这个填报单位的表 ¦ only in sheets that this unit filled in (填报单位)"
    ),
]
From = Annotated[str, typer.Option("--from", metavar="DAY", help="从哪天起 ¦ the first day for which it holds")]
Until = Annotated[str, typer.Option("--until", metavar="DAY", help="到哪天止 ¦ the last day for which it holds")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="只看会改变什么，不记录 ¦ only show what would change; nothing is written")
]
Drafted = Annotated[
    Path | None,
    typer.Option("--draft", metavar="FILE.docx", help="同时写出协议草案 ¦ write a draft of the agreement, too"),
]
Name = Annotated[str, typer.Argument(metavar="NAME", help="表格里写的名称 ¦ a name as a spreadsheet has it")]
Unit = Annotated[
    str, typer.Argument(metavar="UNIT", help="图中的单位：名称或编号 ¦ a unit in the graph: its name or id")
]
HEADER = Entry(
    "header", "这个表头是那个字段 ¦ this header means that field", "shilian decide header venues 建面 area_m2"
)
VALUE = Entry(
    "value",
    "以此值为准 ¦ overrule a value of the sheets",
    "shilian decide value 重二社区 households 2150 --reason 已核实",
)
UNDO = Entry("undo", "撤回一个决定 ¦ take a decision back", "shilian decide undo 7")
SAME = Entry("same", "这个名称就是那个单位 ¦ this name stands for that unit", "shilian decide same 一拖 第一拖拉机厂")
DIFFERENT = Entry(
    "different", "这个名称不是那个单位 ¦ this name is not that unit", "shilian decide different 一拖股份 一拖"
)
FORMER = Entry(
    "former", "这个名称是那个单位的曾用名 ¦ this name was that unit's",
    "shilian decide former 第一拖拉机制造厂 中国一拖集团有限公司 --until 1997-05-31",
)  # fmt: skip
PARENT = Entry(
    "parent",
    "这个单位是那个单位的子公司 ¦ this unit is a subsidiary of that one",
    "shilian decide parent 一拖股份 一拖集团",
)
BRANCH = Entry(
    "branch",
    "这个单位是那个单位的分支机构 ¦ this unit is a branch of that one",
    "shilian decide branch 二装厂 一拖集团",
)
LIST = Entry("list", "现行的决定 ¦ the decisions that stand", "shilian decide list")
ACCEPT = Entry("accept", "采纳一个结对 ¦ accept a pairing", "shilian decide accept 重二社区 第一拖拉机厂")
REJECT = Entry("reject", "驳回一个结对 ¦ reject a pairing", "shilian decide reject 重二社区 一拖 --reason 已有结对")


def make_app(entry: Entry, lang: str) -> typer.Typer:
    """Return the group of decisions."""
    app = typer.Typer(rich_markup_mode="rich")
    add_group(app, entry, lang)
    add_command(app, HEADER, decide_header, lang)
    add_command(app, VALUE, decide_value, lang)
    add_command(app, SAME, decide_same, lang)
    add_command(app, DIFFERENT, decide_different, lang)
    add_command(app, FORMER, decide_former, lang)
    add_command(app, PARENT, decide_parent, lang)
    add_command(app, BRANCH, decide_branch, lang)
    add_command(app, ACCEPT, decide_accept, lang)
    add_command(app, REJECT, decide_reject, lang)
    add_command(app, LIST, list_decisions, lang)
    add_command(app, UNDO, undo, lang)
    return app


def decide_header(
    door: Door,
    register: Annotated[str, typer.Argument(metavar="REGISTER", help="登记表，如 venues ¦ the register, as venues")],
    header: Annotated[str, typer.Argument(metavar="HEADER", help="表头 ¦ the header")],
    field: Annotated[str, typer.Argument(metavar="FIELD", help="字段，如 area_m2 ¦ the field, as area_m2")],
    sender: Sender = "",
    reason: Reason = "",
) -> None:
    """Say what a header means, in one sender's sheets or in everybody's; files sent again are read anew with it."""
    whose = {"sender": sender} if sender else {}
    record_decision(door, "header", {"register": register, "header": header, "field": field, **whose}, reason)


def decide_value(
    door: Door,
    entity: Annotated[str, typer.Argument(metavar="ENTITY", help="名称或编号 ¦ a name or id in the graph")],
    field: Annotated[str, typer.Argument(metavar="FIELD", help="项目，如 address ¦ the property, as address")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="正确的值 ¦ the value that is right")],
    reason: Reason = "",
) -> None:
    """Say what a property is, whatever the sheets say; `shilian ask conflicts` lists where they disagree."""
    with open_graph(door.settings) as graph:
        found = find_entity(graph, entity).id
    record_decision(door, "value", {"entity": found, "field": field, "value": value}, reason)


def decide_same(  # noqa: PLR0913 -- options of a command
    door: Door,
    name: Name,
    unit: Unit,
    start: From = "",
    until: Until = "",
    reason: Reason = "",
    dry_run: DryRun = False,
) -> None:
    """Say that a name stands for a unit, at any time or in a period."""
    said = {"name": name, "unit": _find(door, unit)} | _period(start, until)
    record_decision(door, "same", said, reason, dry_run)


def decide_different(door: Door, name: Name, unit: Unit, reason: Reason = "", dry_run: DryRun = False) -> None:
    """Say that a name never stands for a unit."""
    record_decision(door, "different", {"name": name, "unit": _find(door, unit)}, reason, dry_run)


def decide_former(  # noqa: PLR0913 -- options of a command
    door: Door,
    name: Name,
    unit: Unit,
    start: From = "",
    until: Until = "",
    reason: Reason = "",
    dry_run: DryRun = False,
) -> None:
    """Say that a name was a unit's; with a period, rows of that time mean the unit, later ones ask."""
    said = {"name": name, "unit": _find(door, unit)} | _period(start, until)
    record_decision(door, "former", said, reason, dry_run)


def decide_parent(  # noqa: PLR0913 -- options of a command
    door: Door,
    unit: Unit,
    parent: Unit,
    start: From = "",
    until: Until = "",
    reason: Reason = "",
    dry_run: DryRun = False,
) -> None:
    """Say that a unit is a subsidiary of another: both stay units, joined by SUBSIDIARY_OF."""
    said = {"unit": _find(door, unit), "parent": _find(door, parent)} | _period(start, until)
    record_decision(door, "parent", said, reason, dry_run)


def decide_branch(  # noqa: PLR0913 -- options of a command
    door: Door,
    branch: Unit,
    unit: Unit,
    start: From = "",
    until: Until = "",
    reason: Reason = "",
    dry_run: DryRun = False,
) -> None:
    """Say that a unit is a branch of another: both stay units, joined by BRANCH_OF."""
    said = {"branch": _find(door, branch), "unit": _find(door, unit)} | _period(start, until)
    record_decision(door, "branch", said, reason, dry_run)


def decide_accept(
    door: Door,
    left: Unit,
    right: Unit,
    reason: Reason = "",
    draft: Drafted = None,
    dry_run: DryRun = False,
) -> None:
    """Accept a pairing: it is proposed no more, and awaits its agreement; `--draft` writes one."""
    if draft is not None and not dry_run:
        with open_graph(door.settings) as graph:
            written = write_draft(graph, door.settings.user, (left, right), draft)
        door.note(f"协议草案：{written}", f"Draft of the agreement: {written}")
    record_decision(door, "accept", {"left": _find(door, left), "right": _find(door, right)}, reason, dry_run)


def decide_reject(door: Door, left: Unit, right: Unit, reason: Reason = "", dry_run: DryRun = False) -> None:
    """Say that two units shall not be proposed to each other."""
    record_decision(door, "reject", {"left": _find(door, left), "right": _find(door, right)}, reason, dry_run)


def list_decisions(door: Door) -> None:
    """Show every decision that stands: its number, what it says, who took it and when."""
    decisions = Workspace.open(door.settings.workspace).ledger.decisions()
    if door.json:
        door.print_json({"decisions": decisions})
        return
    for one in decisions:
        said = "  ".join(str(one[f]) for f in one if f not in {"id", "kind", "by", "at", "signals"})
        door.tell(*[f"{one['id']}  {one['kind']}  {said}  {one['by']} {one['at'][:10]}"] * 2)


def undo(
    door: Door,
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="决定的编号 ¦ its number")],
    dry_run: DryRun = False,
) -> None:
    """Take a decision back; the next snapshot is as if it had not been."""
    workspace = Workspace.open(door.settings.workspace)
    if dry_run:
        _show_preview(door, preview_undo(workspace, number))
        return
    kind = find_standing(workspace, number)["kind"]
    with door.progress() as progress, workspace.writing():
        undo_decision(workspace, number, door.settings)
        result = publish_workspace(workspace, progress, settings=door.settings)
    if door.json:
        door.print_json({"id": number, "withdrawn": True, "snapshot": result.snapshot, "changed": result.changed})
    else:
        show_result(result, door.out, door.lang)
        door.tell(f"已撤回决定 {number}", f"Decision {number} was taken back")
        _tell_when(door, kind)


def _period(start: str, until: str) -> dict[str, str]:
    return {name: day for name, day in zip(PERIOD, (start, until), strict=True) if day}


def _find(door: Door, unit: str) -> str:
    with open_graph(door.settings) as graph:
        return find_unit(graph, unit).id


def record_decision(door: Door, kind: str, payload: dict[str, str], reason: str = "", dry_run: bool = False) -> None:
    """Put a decision on the record and publish what it changes; with `dry_run` only show that."""
    workspace = Workspace.open(door.settings.workspace)
    fields = payload | ({"reason": reason} if reason else {})
    if dry_run:
        _show_preview(door, preview_decision(workspace, kind, fields))
        return
    number = add_decision(workspace, kind, fields, door.settings)
    document: dict[str, Any] = {"id": number, "kind": kind, **fields}
    if kind in IN_GRAPH:
        with door.progress() as progress, workspace.writing():
            result = publish_workspace(workspace, progress, settings=door.settings)
        document |= {"snapshot": result.snapshot, "changed": result.changed}
        if not door.json:
            show_result(result, door.out, door.lang)
    if door.json:
        door.print_json(document)
    else:
        door.tell(f"已记录：决定 {number}（{kind}）", f"On the record: decision {number} ({kind})")
        _tell_when(door, kind)


def _tell_when(door: Door, kind: str) -> None:
    """Say of what was decided about a header that it takes effect with the next load: the workspace does not keep the files."""
    if kind == "header":
        door.tell(
            "请再次载入有这个表头的文件：会重新读取，并取代上次载入。",
            "Load the files with this header again: they are read anew, in the place of their last load.",
        )


def _show_preview(door: Door, effect: dict[str, Any]) -> None:
    if door.json:
        door.print_json({"dry_run": True, **effect})
        return
    for place in effect["mentions"]:
        where = f"{place['file']} {place['sheet']}"
        door.tell(f"{place['name']}：{place['rows']} 行  {where}", f"{place['name']}: {place['rows']} rows  {where}")
    if effect["entities"] or effect["relations"]:
        door.out.print(changes_table(door, effect))
    else:
        door.tell("图不会改变。", "The graph would stay as it is.")
    door.tell("未记录。", "Nothing was written.")
