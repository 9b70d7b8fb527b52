"""Keeps, before something is published, what trends want to know of the snapshots that this may delete."""

from __future__ import annotations

from graph.settings import Settings
from graph.workspace import Workspace


def keep_figures(settings: Settings) -> None:
    """Note the figures of the snapshots that are kept, once there are so many that the next publish deletes one."""
    workspace = Workspace(settings.workspace)
    if len(workspace.snapshots()) >= settings.keep_snapshots:
        from queries.reading.noted_figures import (
            note_figures,
        )  # start-up: the first few loads of a workspace do without

        note_figures(workspace)
