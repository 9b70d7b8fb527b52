"""`shilian diff A B`: what changed between two snapshots."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from api.door import Door
from loaders.load import difference


def run(
    door: Door,
    a: Annotated[str, typer.Argument(metavar="A", help="较早的快照编号 ¦ number of the earlier snapshot")],
    b: Annotated[str, typer.Argument(metavar="B", help="较晚的快照编号 ¦ number of the later snapshot")],
) -> None:
    """Show how many entities and relations came, changed and went, and the first few by name."""
    found = difference(door.settings.workspace, a, b)
    if door.json:
        door.print_json(found)
    else:
        _show(door, found)


def _show(door: Door, found: dict[str, Any]) -> None:
    door.out.print(Table(escape(str(found))))
