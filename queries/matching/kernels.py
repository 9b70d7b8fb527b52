"""The innermost loops of pairing (kernels), in two implementations with equal results: numpy, and compiled by numba.

Every form gives the same bytes: numpy's (`numpy_kernels`), which defines them, and the compiled one of `queries.matching.scale`, which
needs numba. Signals stay plain functions over arrays; they call `current()`. `load` is the one door to the folder `scale`: nothing else
in `matching` knows it. numba is loaded only when there is work that is worth the third of a second that loading takes (`prepare`), or
when somebody asks for it by name (`use`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple, Protocol

from queries.matching.arrays import BoolArray, FloatArray, IntArray
from queries.matching.numpy_kernels import NumpyKernels
from queries.matching.plans.flow_network import Network, Solution

WORTH_LOADING = 1_000_000  # pairs


class Nearest(Protocol):
    """Finds the nearest of some points."""

    def find(self, points: FloatArray, most: int) -> tuple[IntArray, IntArray]:
        """Return the `most` nearest of the searched points for each given point, with all that tie with the last.

        They are two arrays: the row of `points`, and the index of a searched point.
        Rows ascend. Two distances are tied where they differ by less than a billionth of themselves.
        """


class Terms(NamedTuple):
    """What each signal adds to a score: its weight, its value where nothing is known (prior), and its bit in the known signals.

    A signal that is not asked for has weight and bit 0.
    """

    weight: FloatArray
    prior: FloatArray
    bit: IntArray


Runs = tuple[IntArray, IntArray, IntArray]  # lefts, edges and right units of `Pairs`


class Best(NamedTuple):
    """The best right units for each left unit, with their scores and the bits of the signals known.

    Those of run i are `right[edges[i]:edges[i + 1]]`; sums are as in `Kernels.add`.
    """

    edges: IntArray
    right: IntArray
    score: FloatArray
    known: IntArray


class OnePass(Protocol):
    """Computes and adds several signals in one loop over the pairs, with the same result as adding one after the other."""

    @property
    def formulas(self) -> Sequence[str]:
        """Return the names (`SignalKind.formula`) of the signals that the loop can compute, in the order of `Terms`."""

    def read(self, sides: Any) -> Any | None:
        """Return the data of both sides that the loop needs, as arrays; None where they would take too much memory."""

    def add(self, sums: tuple[FloatArray, IntArray], runs: Runs, tables: Any, terms: Terms) -> None:
        """Add the signals to the scores of pairs; `tables` are what `read` returned."""

    def best(self, runs: Runs, tables: Any, terms: Terms, keep: tuple[int, int]) -> Best:
        """Return the best pairs of each left unit by these signals alone.

        `keep` is how many; of equals those with the smaller right unit come first, or with the number of right units after it
        those with the smaller (right − left) modulo that.
        """


class Kernels(Protocol):
    """The interface of an implementation of pairing's innermost loops, in numpy or compiled."""

    name: str

    def nearest(self, points: FloatArray) -> Nearest:
        """Return a search among points (n×3, n > 0) on the unit sphere."""

    def weigh(
        self, pairs: tuple[IntArray, IntArray], needs: tuple[IntArray, IntArray, FloatArray], supply: FloatArray
    ) -> FloatArray:
        """Return for each pair the weighted mean of what the second unit supplies of the first unit's needs; NaN without needs.

        Σ weight·supply ÷ Σ weight over the needs of the first unit.
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
        """Add one signal to the scores of pairs, and its bit to those pairs for which it is known.

        What is added is weight·value in whole billionths, with the prior as value where it is unknown.
        `term` is weight, prior and bit.
        """

    @property
    def one_pass(self) -> OnePass | None:
        """Return the object that adds several signals in one loop; None where this implementation has none."""

    @property
    def solve_flow(self) -> Callable[[Network, int], Solution] | None:
        """Return this implementation's own solver of plans; None where it has none.

        It is called with a network and the gain of covering one more left unit.
        """

    def first(self, start: IntArray, score: FloatArray, turn: IntArray, most: int) -> IntArray:
        """Return the ascending positions of the `most` highest scores of each run; ties go to the smaller `turn`.

        Run i is `start[i]:start[i + 1]`; turns within a run are distinct.
        """


NUMPY: Kernels = NumpyKernels()
_current: list[Kernels] = [NUMPY]


def current() -> Kernels:
    """Return the implementation of the innermost loops that is in use."""
    return _current[-1]


def prepare(pairs: int) -> None:
    """Load the compiled implementation if it is installed and there are so many pairs that it saves time."""
    if pairs >= WORTH_LOADING and current() is NUMPY and len(_current) == 1 and is_compiled_there():
        _current[0] = load("numba")


def is_compiled_there() -> bool:
    """Return whether numba is installed (the extra `fast`)."""
    return find_spec("numba") is not None


def load(name: str) -> Kernels:
    """Return an implementation of the innermost loops by its name, `numpy` or `numba`."""
    if name == "numpy":
        return NUMPY
    compiled: Kernels = import_module("queries.matching.scale.compiled").NUMBA  # it loads numba, which is optional
    return compiled


@contextmanager
def use(name: str) -> Iterator[Kernels]:
    """Use one implementation of the innermost loops during a `with` block, however small the work is."""
    _current.append(load(name))
    try:
        yield current()
    finally:
        _current.pop()
