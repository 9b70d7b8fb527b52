"""`shilian verify`: do the files of the workspace still say what was written?"""

from __future__ import annotations

import typer

from api.door import Door
from graph.publish import verify
from graph.schema import SCHEMA
from graph.server.server_publish import verify_server
from graph.texts import in_language
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
        problems = in_language(found, door.lang)
        door.print_json({"workspace": str(door.settings.workspace), "ok": not found, "problems": problems})
    else:
        for line in found:
            door.tell(line, line.en)
        if not found:
            door.tell("一切相符。", "Everything is as it was written.")
    if found:
        raise typer.Exit(DAMAGED)
