"""The few loops in which pairing spends its time, in two forms that give the same bytes: numpy's, and numba's where it is installed.

Signals stay plain functions over arrays; they call these. numba is loaded only when there is work that is worth the third of a
second that loading takes (`prepare`), or when somebody asks for it by name (`use`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec

from queries.matching.kernels.contract import Kernels
from queries.matching.kernels.plain import NUMPY

WORTH_LOADING = 1_000_000  # pairs

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
    compiled: Kernels = import_module("queries.matching.scale.compiled").NUMBA
    return compiled


@contextmanager
def use(name: str) -> Iterator[Kernels]:
    """Use one form, whatever the size of the work, until the end of the block."""
    _current.append(load(name))
    try:
        yield current()
    finally:
        _current.pop()
