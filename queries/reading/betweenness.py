"""Betweenness of many units at once, by arrays: networkx goes from unit to unit, a second and a half for a city's hundred."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array


def measure_betweenness(network: Any, pivots: int | None = None, seed: int = 1) -> Mapping[str, float]:
    """Return the share of shortest ways between others that lead over each unit of a network (Brandes 2001).

    With `pivots`, only the ways from so many units, drawn with a seed, are counted and taken for all (Brandes and Pich 2007).
    """
    import networkx as nx  # start-up: 0.2 s

    units = sorted(network)
    number = len(units)
    if number < 3:
        return dict.fromkeys(units, 0.0)
    chosen = np.arange(number)
    if pivots is not None:
        chosen = np.sort(np.random.default_rng(seed).choice(number, pivots, replace=False))
    ties = nx.to_scipy_sparse_array(network, units, weight=None, dtype=float, format="csr")
    led = _count_ways(ties, chosen).sum(axis=1)
    return dict(zip(units, (led * number / len(chosen) / ((number - 1) * (number - 2))).tolist(), strict=True))


def _count_ways(ties: csr_array, starts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return for each unit and each start the share of the shortest ways from there that lead over the unit, summed over their ends."""
    columns = np.arange(len(starts))
    here = np.zeros((ties.shape[0], len(starts)))
    here[starts, columns] = 1.0
    seen, steps = here > 0, [here]  # of each step: the number of shortest ways to the units that it reaches
    while True:
        here = np.where(seen, 0.0, ties @ here)
        if not here.any():
            break
        seen |= here > 0
        steps.append(here)
    led = np.zeros_like(here)
    for before, step in zip(steps[-2::-1], steps[:0:-1], strict=True):
        share = np.divide(1 + led, step, out=np.zeros_like(step), where=step > 0)
        led += before * (ties @ share)
    led[starts, columns] = 0.0
    return led
