"""Opening the graph for a door: a damaged snapshot is made anew from the loads, so that nobody has to know how."""

from __future__ import annotations

import logging

from graph.connect import connect
from graph.errors import SnapshotDamagedError
from graph.graph import Graph
from graph.settings import Settings

log = logging.getLogger("shilian.api")


def open_graph(settings: Settings) -> Graph:
    """Open the graph that the settings name; a workspace whose snapshot is missing or damaged is rebuilt first."""
    try:
        return connect(settings)
    except SnapshotDamagedError as error:
        if settings.graph:
            raise
        from loaders.loading import rebuild  # half a second of imports that only a damaged workspace needs

        log.warning("%s; it is made anew from the loads", error)
        rebuild(settings.workspace, settings=settings)
        return connect(settings)
