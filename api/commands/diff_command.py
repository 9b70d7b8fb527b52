"""`shilian diff A B`: what changed between two snapshots."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from api.door import Door
from graph.documents import Document
from graph.texts import Said
from loaders.report.snapshot_changes import PARTS, difference

Earlier = Annotated[str, typer.Argument(metavar="A", help=Said("较早的快照编号", "number of the earlier snapshot"))]
Later = Annotated[str, typer.Argument(metavar="B", help=Said("较晚的快照编号", "number of the later snapshot"))]
WORDS = {"added": Said("新增", "added"), "changed": Said("变化", "changed"), "removed": Said("减少", "removed")}
SHOWN = 3


def run(door: Door, a: Earlier, b: Later) -> None:
    """Show how many entities and relations came, changed and went, and the first few by name."""
    found = difference(door.settings.workspace, a, b)
    if door.json:
        door.print_json(found)
    elif found["entities"] or found["relations"]:
        door.out.print(changes_table(door, found))
    else:
        door.tell("两个快照内容相同。", "The two snapshots hold the same.")


def changes_table(door: Door, found: Document) -> Table:
    """Return a table of what came, changed and went, a line for each kind."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column(door.say("类别", "kind"))
    for part in PARTS:
        table.add_column(WORDS[part].text(door.lang), justify="right")
    table.add_column(door.say("例如", "for example"), overflow="fold")
    for kind, parts in (found["entities"] | found["relations"]).items():
        counts = [str(parts[part]["count"]) if part in parts else "" for part in PARTS]
        first = [" → ".join(_values(row)) for part in PARTS if part in parts for row in parts[part]["first"]]
        table.add_row(kind, *counts, escape("、".join(first[:SHOWN])))
    return table


def _values(row: Mapping[str, str | None]) -> list[str]:
    """Return what a row is shown by: its name where it has one, else its ends."""
    known = [str(value) for value in row.values() if value is not None]
    return known[-1:] if "id" in row else known[:2]
