"""Pairing in regions: stretches of the left side scored apart, by any executor, in threads, processes or on many machines.

A region looks at all right units, so borders cut nothing: the result has the same bytes as a single run. The sides travel once to
each worker; what comes back are the best few pairs of each left unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec as find_module
from typing import Any

import numpy as np

from graph.errors import ArgumentError
from queries.matching.blocks import best_partners
from queries.matching.score import Scored, join_scored
from queries.matching.sides import Sides
from queries.matching.weights import Weights
from queries.pairing.specs import find_spec

LEFTS_A_REGION = 5_000


@dataclass(frozen=True)
class Workers:
    """Who scores regions: an executor, and how something large is brought to all its workers once (by default it goes with each task)."""

    executor: Executor
    share: Callable[[Any], Any] = lambda thing: thing


def score_regions(
    workers: Workers, spec: str, weights: Weights, sides: Sides, k: int, size: int = LEFTS_A_REGION
) -> Scored:
    """Return the `k` best pairs of each left unit by a pairing (named as in `find_spec`), as `best_partners` would."""
    shared = workers.share(sides)
    tasks = [
        workers.executor.submit(_score_region, spec, weights, shared, k, (start, min(start + size, len(sides.left))))
        for start in range(0, len(sides.left), size)
    ]
    return join_scored(task.result() for task in tasks)


def _score_region(spec: str, weights: Weights, sides: Sides, k: int, lefts: tuple[int, int]) -> Scored:
    return best_partners(find_spec(spec), weights, sides, k, np.arange(*lefts))


@contextmanager
def connect_cluster(address: str) -> Iterator[Workers]:
    """Use the workers of a Dask cluster (`tcp://…`); ArgumentError where Dask is not installed (the extra `cluster`)."""
    if find_module("distributed") is None:
        raise ArgumentError(
            argument="cluster", value=address, reason="需安装 shilian[cluster] / needs shilian[cluster] to be installed"
        )
    with import_module("distributed").Client(address) as client, client.get_executor(pure=False) as executor:
        yield Workers(executor, lambda thing: client.scatter(thing, broadcast=True, hash=False))
