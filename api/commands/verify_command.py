"""`shilian verify`: do the files of the workspace still say what was written?"""

from __future__ import annotations

import typer

from api.door import Door
from graph.publish import verify
from graph.schema import SCHEMA
from graph.server.server_publish import verify_server
from graph.workspace import Workspace

DAMAGED = 3


def run(door: Door) -> None:
    """Compare every stored load and every file of the current snapshot with its fingerprint, and a graph server with the snapshot."""
    with door.progress() as progress:
        progress("verify", 0, 0)
        workspace = Workspace.open(door.settings.workspace)
        found = verify(workspace)
        if door.settings.graph and not found:
            found = verify_server(door.settings, workspace, SCHEMA)
    if door.json:
        door.print_json({"workspace": str(door.settings.workspace), "ok": not found, "problems": found})
    else:
        for line in found:
            door.tell(line, line)
        door.tell(
            "有损坏：快照用 shilian rebuild 重建，载入的记录从备份恢复。" if found else "一切相符。",
            "Damage found: shilian rebuild makes the snapshot anew; restore damaged loads from a backup."
            if found
            else "Everything is as it was written.",
        )
    if found:
        raise typer.Exit(DAMAGED)
