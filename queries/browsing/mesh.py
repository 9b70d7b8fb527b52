"""Everything in a graph that may be drawn and how it is tied together, as arrays: read once for a snapshot, then walked fast.

Left out are persons and groups of them, who are only counted, and single uses of a resource, which are added up by unit and resource.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np
import polars as pl
from numpy.typing import NDArray

from graph.errors import UnknownEntityError
from queries.browsing.mesh_tables import read_dots, read_lines
from queries.reading.written_names import find_entity

if TYPE_CHECKING:
    from graph.graph import Graph

Places = NDArray[np.int64]
_kept: WeakKeyDictionary[Graph, Mesh] = WeakKeyDictionary()
_reading = threading.Lock()


@dataclass(frozen=True, eq=False)
class Mesh:
    """Entities (`dots`) by their place, and relations (`lines`) with the places of their ends.

    `dots`: id, label, name, short, since, until, lon, lat. `lines`: source, target (places), type, count, since, until.
    """

    dots: pl.DataFrame
    lines: pl.DataFrame

    @cached_property
    def ids(self) -> list[str]:
        """Return the id of every entity by its place."""
        return self.dots["id"].to_list()

    @cached_property
    def place_of(self) -> dict[str, int]:
        """Return the place of every entity by its id."""
        return {id: place for place, id in enumerate(self.ids)}

    @cached_property
    def named(self) -> dict[str, int]:
        """Return the place of every entity by its id, and by its name where no other has the same."""
        alone = self.dots.with_row_index("place").filter(pl.col("name").is_unique())
        return dict(alone.select("name", "place").iter_rows()) | self.place_of

    @cached_property
    def kinds(self) -> tuple[list[str], NDArray[np.int64]]:
        """Return the labels that occur, and for every entity the number of its own among them."""
        names = sorted(self.dots["label"].unique().to_list())
        number = {label: n for n, label in enumerate(names)}
        return names, self.dots["label"].replace_strict(number, return_dtype=pl.Int64).to_numpy()

    @cached_property
    def ends(self) -> Places:
        """Return the places of the source and the target of every line."""
        return self.lines.select("source", "target").to_numpy().reshape(-1, 2)

    @cached_property
    def _sides(self) -> tuple[Places, Places, Places]:
        """Return for every entity where its neighbours begin, all neighbours, and the line by which each is one."""
        ends = self.ends
        near, far = np.concatenate([ends[:, 0], ends[:, 1]]), np.concatenate([ends[:, 1], ends[:, 0]])
        line = np.tile(np.arange(len(ends)), 2)
        order = np.argsort(near, kind="stable")
        begins = np.searchsorted(near[order], np.arange(len(self.ids) + 1))
        return begins, far[order], line[order]

    def around(self, place: int) -> Places:
        """Return the places of the neighbours of an entity, each once."""
        begins, far, _ = self._sides
        return np.unique(far[begins[place] : begins[place + 1]])

    def lines_at(self, place: int) -> Places:
        """Return the lines that begin or end at an entity."""
        begins, _, line = self._sides
        return line[begins[place] : begins[place + 1]]

    @cached_property
    def degrees(self) -> Places:
        """Return how many lines every entity has."""
        begins, _, _ = self._sides
        return np.diff(begins)

    def count_around(self, places: Iterable[int]) -> list[dict[str, int]]:
        """Return for each entity how many neighbours of which kind it has."""
        names, kind = self.kinds
        told = []
        for place in places:
            numbers = np.bincount(kind[self.around(place)], minlength=len(names))
            told.append({names[n]: int(numbers[n]) for n in np.flatnonzero(numbers)})
        return told

    def lines_among(self, places: Iterable[int]) -> pl.DataFrame:
        """Return the lines both of whose ends are among some entities."""
        chosen = np.zeros(len(self.ids), dtype=np.bool_)
        chosen[list(places)] = True
        ends = self.ends
        return self.lines.filter(pl.Series(chosen[ends[:, 0]] & chosen[ends[:, 1]], dtype=pl.Boolean))

    @cached_property
    def lines_between(self) -> Places:
        """Return every pair of entities that are tied, each pair once and the lower place first."""
        ends = np.sort(self.ends, axis=1)
        return np.unique(ends[ends[:, 0] != ends[:, 1]], axis=0)

    @cached_property
    def days(self) -> tuple[date | None, date | None]:
        """Return the first and the last day that anything in the graph is dated with."""
        first, last = self.dots["since"].min(), self.dots["until"].max()
        return (first if isinstance(first, date) else None), (last if isinstance(last, date) else None)

    def find(self, graph: Graph, text: str) -> int:
        """Return the place of the entity that an id or a name stands for; people are never found."""
        if text in self.place_of:
            return self.place_of[text]
        found = self.place_of.get(find_entity(graph, text).id)
        if found is None:
            raise UnknownEntityError(name=text)
        return found


def read_mesh(graph: Graph) -> Mesh:
    """Return the mesh of a snapshot, read when it is first asked for."""
    with _reading:
        if graph not in _kept:
            dots = read_dots(graph)
            _kept[graph] = Mesh(dots, read_lines(graph, dots["id"]))
        return _kept[graph]
