"""The figures of past snapshots: a small file for each day on which one was published, which stays when the snapshot itself is deleted.

Trends read it. It holds numbers of things by heading and subdistrict, and none of people: how such a one changed could tell of somebody.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from graph.disk import disk_errors, dump_json, write_text

FOLDER = "figures"
MOST_DAYS = 1_100  # three years; the oldest day is forgotten first


@dataclass(frozen=True)
class PastFigures:
    """The figures of a snapshot: its number, the day of which it spoke, the day of its publish, and numbers by figure and subdistrict.

    `figures` is by the key of the figure; in each, "" is the number of the whole district, the others are by name of the subdistrict.
    """

    snapshot: int
    as_of: str
    day: str
    figures: Mapping[str, Mapping[str, int]]

    @property
    def name(self) -> str:
        """Return what a point of a trend is called: the day of the data and the snapshot."""
        return f"{self.as_of} #{self.snapshot}".strip()


class FiguresFolder:
    """The figures that a workspace keeps of past snapshots: of every day those of its last snapshot."""

    def __init__(self, workspace: Path) -> None:
        self._folder = workspace / FOLDER

    def add(self, told: PastFigures) -> None:
        """Keep the figures of a snapshot, in the place of an earlier one of the same day."""
        with disk_errors():
            self._folder.mkdir(exist_ok=True)
            write_text(self._folder / f"{told.day}.json", dump_json(asdict(told)))
            for old in sorted(self._folder.glob("*.json"))[:-MOST_DAYS]:
                old.unlink(missing_ok=True)

    def read(self) -> list[PastFigures]:
        """Return the figures that are kept, the oldest first; a file that is damaged is left out, for nothing else rests on it."""
        found = []
        for path in sorted(self._folder.glob("*.json")):
            try:
                found.append(PastFigures(**json.loads(path.read_text(encoding="utf-8"))))
            except (OSError, ValueError, TypeError):
                continue
        return found
