"""Notes the figures of the overview before a snapshot is deleted, so that trends reach back further than snapshots are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.past_figures import FiguresFolder, PastFigures
from graph.past_snapshots import open_tables
from graph.storage_errors import SnapshotDamagedError
from queries.reading.tallies import Tally, read_tallies
from queries.reading.units_of import count_by_street

if TYPE_CHECKING:
    from graph.snapshot import Snapshot
    from graph.workspace import Workspace

WHOLE = ""  # under which the number of the whole district stands, beside those of the subdistricts


def key_of(tally: Tally) -> str:
    """Return by what a figure is found among those that were noted."""
    return f"{tally.heading.number if tally.heading else ''} {tally.name}".strip()


def note_figures(workspace: Workspace) -> None:
    """Note the figures of every snapshot that is kept and was not noted yet; of each day the last one stays."""
    folder = FiguresFolder(workspace.path)
    noted = {one.day: one.snapshot for one in folder.read()}
    for snapshot in workspace.kept_snapshots():
        if noted.get(snapshot.published[:10], 0) < snapshot.number:
            try:
                folder.add(_read_figures(snapshot))
            except SnapshotDamagedError:  # then nothing can be told of it
                continue


def _read_figures(snapshot: Snapshot) -> PastFigures:
    graph = open_tables(snapshot)
    figures = {
        key_of(tally): {WHOLE: int(tally.things["number"].sum()), **count_by_street(graph, tally.things)}
        for tally in read_tallies(graph)
        if tally.things is not None and not tally.guarded
    }
    return PastFigures(snapshot.number, str(snapshot.as_of or ""), snapshot.published[:10], figures)
