"""What each form of the kernels has to do: arrays in, arrays out; every form gives the same bytes."""

from __future__ import annotations

from typing import Protocol

from queries.pairing.arrays import BoolArray, FloatArray, IntArray


class Nearest(Protocol):
    """Finds the nearest of some points."""

    def find(self, points: FloatArray, most: int) -> tuple[IntArray, IntArray]:
        """Return (row of `points`, place of a point of the search) for the `most` nearest of each, with all ties at the last.

        Rows ascend. Two distances are tied where they differ by less than a billionth of themselves.
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

    def add(
        self, sums: tuple[FloatArray, FloatArray], values: FloatArray, known: BoolArray, prior: float, weight: float
    ) -> None:
        """Add weight·value, in whole billionths, to the first sum and weight where known to the second; unknown takes the prior."""

    def first(self, start: IntArray, score: FloatArray, turn: IntArray, most: int) -> IntArray:
        """Return the places, ascending, of the `most` highest scores of each run; of equals those with the smaller turn.

        Run i is `start[i]:start[i + 1]`; turns within a run are distinct.
        """
