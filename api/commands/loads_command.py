"""`shilian loads`: the loads so far."""

from __future__ import annotations

from rich.markup import escape
from rich.table import Table

from api.door import Door
from graph.workspace import Workspace


def run(door: Door) -> None:
    """List every load on the record, oldest first."""
    loads = Workspace.open(door.settings.workspace).ledger.loads()
    if door.json:
        door.print_json({"loads": loads})
        return
    say = door.say
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in (
        "#",
        say("编号", "id"),
        say("文件", "file"),
        say("截至", "as of"),
        say("时间", "at"),
        say("载入人", "by"),
        "",
    ):
        table.add_column(heading, overflow="fold")
    for load in loads:
        state = say("已撤回", "withdrawn") if load["withdrawn"] else ""
        table.add_row(
            str(load["seq"]),
            load["id"],
            escape(load["file"]),
            load["as_of"] or "",
            load["at"][:16].replace("T", " "),
            escape(load["by"]),
            state,
        )
    door.out.print(table if loads else say("还没有载入。", "No loads yet."))
