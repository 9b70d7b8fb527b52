"""The few loops in which pairing spends its time: what each form of them has to do, and which form is in use.

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
        """Return (row of `points`, place of a point of the search) for the `most` nearest of each, with all ties at the last.

        Rows ascend. Two distances are tied where they differ by less than a billionth of themselves.
        """


class Terms(NamedTuple):
    """Weight, prior and bit of each formula of a pass; one that is not asked for has weight and bit 0."""

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


class OnePass(Protocol):
    """Adds the signals whose formulas it knows in one pass over the pairs, as `Kernels.add` would one after the other."""

    @property
    def formulas(self) -> Sequence[str]:
        """Return the names of the formulas (see `SignalKind.formula`), in the order of `Terms`."""

    def read(self, sides: Any) -> Any | None:
        """Return what the formulas read of two sides; None where that takes too much memory."""

    def add(self, sums: tuple[FloatArray, IntArray], runs: Runs, tables: Any, terms: Terms) -> None:
        """Add to the sums of pairs; `tables` are what `read` returned."""

    def best(self, runs: Runs, tables: Any, terms: Terms, keep: tuple[int, int]) -> Best:
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
    def one_pass(self) -> OnePass | None:
        """Return what adds several signals in one pass; None where they are measured one by one."""

    @property
    def solve_flow(self) -> Callable[[Network, int], Solution] | None:
        """Return the form's own solver of plans, called with a network and what covering one more left unit is worth; None without one."""

    def first(self, start: IntArray, score: FloatArray, turn: IntArray, most: int) -> IntArray:
        """Return the places, ascending, of the `most` highest scores of each run; of equals those with the smaller turn.

        Run i is `start[i]:start[i + 1]`; turns within a run are distinct.
        """


NUMPY: Kernels = NumpyKernels()
_current: list[Kernels] = [NUMPY]


def current() -> Kernels:
    """Return the form that is in use."""
    return _current[-1]


def prepare(pairs: int) -> None:
    """Load the compiled form where it is installed and so many pairs are worth it."""
    if pairs >= WORTH_LOADING and current() is NUMPY and len(_current) == 1 and is_compiled_there():
        _current[0] = load("numba")


def is_compiled_there() -> bool:
    """Return whether numba is installed (the extra `fast`)."""
    return find_spec("numba") is not None


def load(name: str) -> Kernels:
    """Return a form by its name, `numpy` or `numba`."""
    if name == "numpy":
        return NUMPY
    compiled: Kernels = import_module("queries.matching.scale.compiled").NUMBA  # it loads numba, which is optional
    return compiled


@contextmanager
def use(name: str) -> Iterator[Kernels]:
    """Use one form, whatever the size of the work, until the end of the block."""
    _current.append(load(name))
    try:
        yield current()
    finally:
        _current.pop()
