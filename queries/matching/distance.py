"""How far apart two positions on the Earth are: great-circle distances from straight ones between points of the unit sphere."""

from __future__ import annotations

from math import comb
from typing import Any

import numpy as np

from queries.matching.arrays import FloatArray

EARTH_KM = 6371.0088
HALF_NEAR_KM = 5.0  # at this distance the signal `near` is one half
SQUARE_RADIUS = (EARTH_KM / HALF_NEAR_KM) ** 2  # of the Earth, in such distances
NEARBY = 0.01  # squared chord, of some 640 km, up to which six terms of the series are exact to the last bits
SERIES = tuple(2 / (n * n * comb(2 * n, n)) for n in range(1, 7))  # of the squared angle over a squared chord
HALVINGS = 5  # of an arc, after which the longest there is has become nearby


def distance_km(first: FloatArray, second: FloatArray) -> FloatArray:
    """Return great-circle distances between points on the unit sphere, in kilometres."""
    gap = (first - second) ** 2
    km: FloatArray = EARTH_KM * np.sqrt(square_arcs((gap[:, 0] + gap[:, 1]) + gap[:, 2]))
    return km


def square_arcs(squares: FloatArray) -> FloatArray:
    """Return squared great-circle distances, in squared radians, for squared chords (straight distances on the unit sphere).

    By arcsin² x = ½ Σ (2x)²ⁿ ÷ (n²·C(2n, n)) (Borwein and Chamberland, Integer Powers of Arcsin, 2007): only sums, products and
    roots, so that compiled code comes to the same last bit, which a library's arcsine does not.
    """
    arcs: FloatArray = sum_series(squares)
    far = squares > NEARBY
    if far.any():
        arcs[far] = 4**HALVINGS * sum_series(halve(squares[far]))
    return arcs


def sum_series(square: Any) -> Any:
    """Return the squared arcs over squared chords of at most `NEARBY`: numbers or arrays."""
    total = SERIES[-1]
    for term in SERIES[-2::-1]:
        total = total * square + term
    return total * square


def halve(square: Any) -> Any:
    """Return the squared chords under arcs halved `HALVINGS` times, for any squared chords: numbers or arrays."""
    for _ in range(HALVINGS):
        square = square / 2 / (1 + np.sqrt(np.maximum(1 - square / 4, 0)))
    return square


def nearness(square_arc: Any) -> Any:
    """Return 1 ÷ (1 + (d ÷ 5 km)²) for squared arcs: numbers or arrays."""
    return 1 / (1 + square_arc * SQUARE_RADIUS)
