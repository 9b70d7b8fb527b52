"""Opens the graph for the command line and HTTP; what is damaged or not yet published is made from the loads first."""

from __future__ import annotations

import logging

from api.kept_figures import keep_figures
from graph.connect import connect
from graph.graph import Graph
from graph.settings import Settings
from graph.storage_errors import (
    DiskFullError,
    LoadDamagedError,
    ReadOnlyError,
    SnapshotDamagedError,
    WorkspaceLockedError,
    WorkspaceMissingError,
)
from graph.workspace import Workspace

log = logging.getLogger("shilian.api")


def open_graph(settings: Settings) -> Graph:
    """Open the graph that the settings name.

    What the workspace's ledger holds and its snapshot does not – a run was cut short – is published first, and a missing or
    damaged snapshot is made anew.
    """
    publish_pending(settings)
    try:
        return connect(settings)
    except SnapshotDamagedError as error:
        if settings.graph:
            raise
        from loaders.loading import rebuild  # half a second of imports that only a damaged workspace needs

        log.warning("%s; it is made anew from the loads", error)
        rebuild(settings.workspace, settings=settings)
        return connect(settings)


def publish_pending(settings: Settings) -> bool:
    """Publish what is on the record and in no snapshot, unless another process is at it or it cannot be done; tell whether it was.

    A graph on a server is published to by loads only: whoever reads it may have no workspace at all.
    """
    if settings.graph:
        return False
    try:
        workspace = Workspace.open(settings.workspace)
        if not workspace.pending or not workspace.ledger.revision:
            return False
        from loaders.loading import publish_workspace  # half a second of imports that few calls need

        with workspace.writing(timeout=0):
            keep_figures(settings)
            log.warning("records that no snapshot holds yet are published now (a run was cut short)")
            publish_workspace(workspace, settings=settings)
    except (WorkspaceMissingError, WorkspaceLockedError):  # nothing to publish; or its holder is about to
        return False
    except (DiskFullError, ReadOnlyError, LoadDamagedError) as error:
        log.warning("%s; the last snapshot is served", error)
        return False
    return True
