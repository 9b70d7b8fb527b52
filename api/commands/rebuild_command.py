"""`shilian rebuild`: builds the snapshot again from the ledger and the stored loads alone."""

from __future__ import annotations

from api.commands.load_command import show_load
from api.door import Door
from api.kept_figures import keep_figures
from loaders.loading import rebuild


def run(door: Door) -> None:
    """Build the graph anew from all stored loads and decisions, and print whether its content changed.

    `door` is the command line: where the workspace is, in which language and form to print.
    """
    keep_figures(door.settings)
    with door.progress() as progress:
        result = rebuild(door.settings.workspace, settings=door.settings, on_progress=progress)
    show_load(door, result)
