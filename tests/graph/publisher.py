"""A process that publishes one state after another until it is killed (for the crash test)."""

from __future__ import annotations

from pathlib import Path

from graph.publish import publish
from graph.workspace import Workspace
from tests.graph.small import SMALL, small_tables, with_person

STATES = 12


def state(number):
    """Return one of the states that are published in turn: some differ by a row, some by many."""
    tables = small_tables(40 if number % 3 else 60)
    return with_person(tables, id="p00001", name=f"state {number % STATES}")


def publish_forever(path: Path, start: int) -> None:
    """Publish state after state, from a number on."""
    workspace = Workspace.open(path, create=True)
    number = start
    while True:
        publish(workspace, state(number), SMALL, {"as_of": "2026-01-01"})
        number += 1
