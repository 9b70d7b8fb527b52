"""`shilian rebuild`: the snapshot anew, from the ledger and the loads alone."""

from __future__ import annotations

from api.commands.load_command import show_load
from api.door import Door
from loaders.loading import rebuild


def run(door: Door) -> None:
    """Build the snapshot anew and say whether its content changed."""
    with door.progress() as progress:
        result = rebuild(door.settings.workspace, settings=door.settings, on_progress=progress)
    show_load(door, result)
