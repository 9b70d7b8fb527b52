"""What each form of the kernels has to do: arrays in, arrays out; every form gives the same bytes."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from queries.matching.arrays import BoolArray, FloatArray, IntArray


class Nearest(Protocol):
    """Finds the nearest of some points."""

    def find(self, points: FloatArray, most: int) -> tuple[IntArray, IntArray]:
        """Return (row of `points`, place of a point of the search) for the `most` nearest of each, with all ties at the last.

        Rows ascend. Two distances are tied where they differ by less than a billionth of themselves.
        """


class Demand(NamedTuple):
    """What the units of one side need (`start`, `service`, `weight`), and what those of the other supply.

    Unit i needs `service[start[i]:start[i + 1]]`; unit j supplies `amount[:, kind[j]]`, NaN where nothing is known of it.
    """

    start: IntArray
    service: IntArray
    weight: FloatArray
    amount: FloatArray  # services × kinds of supply
    kind: IntArray


class Common(NamedTuple):
    """A number for few pairs: left unit i has those of the right units `right[start[i]:start[i + 1]]`; others have what is `usual`."""

    start: IntArray
    right: IntArray
    value: FloatArray
    usual: FloatArray  # by right unit, NaN where nothing is known


class PassTables(NamedTuple):
    """All that the signals which are added together read, in the order of `ADDED`.

    What is read of a right unit lies side by side in memory, so that a pair costs one look there and not one in every array.
    """

    needs: Demand
    needs_back: Demand
    skills: Demand
    sectors: Demand
    members: Common
    closeness: Common
    record: Common
    has_shared: BoolArray  # left units
    size_roots: tuple[FloatArray, FloatArray]  # of left and right units
    attention: FloatArray  # what a new partner would have of each right unit
    points: tuple[FloatArray, FloatArray]  # of left and right units, on the unit sphere


ADDED = (
    "needs_met", "needs_met_other_way", "skills", "sector_fit", "members_living_there", "close_in_graph", "track_record",
    "near",
)  # fmt: skip


class Terms(NamedTuple):
    """Weight, prior and bit of each of the signals that are added together; one that is not asked for has weight and bit 0."""

    weight: FloatArray
    prior: FloatArray
    bit: IntArray


Runs = tuple[IntArray, IntArray, IntArray]  # lefts, edges and right units of `Pairs`


class Best(NamedTuple):
    """The best pairs of each run: right units of run i are `right[edges[i]:edges[i + 1]]`, with their sums (see `Kernels.add`)."""

    edges: IntArray
    right: IntArray
    score: FloatArray
    known: IntArray


class Together(Protocol):
    """Adds several signals in one pass, as `Kernels.add` would one after the other."""

    def add(self, sums: tuple[FloatArray, IntArray], runs: Runs, tables: PassTables, terms: Terms) -> None:
        """Add to the sums of pairs."""

    def best(self, runs: Runs, tables: PassTables, terms: Terms, keep: tuple[int, int]) -> Best:
        """Return the best pairs of each run by the sums of these signals alone.

        `keep` is how many; of equals those with the smaller right unit come first, or with the number of right units after it
        those with the smaller (right − left) modulo that.
        """


class Kernels(Protocol):
    """One form of the kernels."""

    name: str

    def nearest(self, points: FloatArray) -> Nearest:
        """Return a search among points (n×3, n > 0) on the unit sphere."""

    def weigh(
        self, pairs: tuple[IntArray, IntArray], needs: tuple[IntArray, IntArray, FloatArray], supply: FloatArray
    ) -> FloatArray:
        """Return Σ weight·supply ÷ Σ weight over the needs of the first unit of each pair; NaN without needs.

        `needs` are start, column and weight: unit i needs `column[start[i]:start[i + 1]]` of `supply` (second units × columns).
        """

    def square_chords(self, pairs: tuple[IntArray, IntArray], points: tuple[FloatArray, FloatArray]) -> FloatArray:
        """Return the squared straight distances between the points (n×3) of the units of each pair."""

    def count_offers(
        self, row: IntArray, unit: IntArray, offers: tuple[IntArray, IntArray], shape: tuple[int, int]
    ) -> IntArray:
        """Return how many units of each row offer each service (rows × services).

        `row` ascends; `offers` are start and service: unit i offers `service[start[i]:start[i + 1]]`.
        """

    def distinct(self, row: IntArray, unit: IntArray, shape: tuple[int, int]) -> tuple[IntArray, IntArray]:
        """Return how many distinct units each row has, and all of them, ascending, row by row; `shape` is rows × units."""

    def add(
        self, sums: tuple[FloatArray, IntArray], values: FloatArray, known: BoolArray, term: tuple[float, float, int]
    ) -> None:
        """Add weight·value, in whole billionths, to the first sum, and a bit to the second where known; unknown takes the prior.

        `term` is weight, prior and bit.
        """

    @property
    def together(self) -> Together | None:
        """Return what adds several signals in one pass; None where they are measured one by one."""

    def first(self, start: IntArray, score: FloatArray, turn: IntArray, most: int) -> IntArray:
        """Return the places, ascending, of the `most` highest scores of each run; of equals those with the smaller turn.

        Run i is `start[i]:start[i + 1]`; turns within a run are distinct.
        """
