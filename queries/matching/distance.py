"""How far apart two positions on the Earth are, and a curve through all positions along which neighbours mostly stay neighbours.

Positions are points of the unit sphere; great-circle distances are had from the straight ones between them.
"""

from __future__ import annotations

from math import comb
from typing import Any

import numpy as np
from scipy.spatial.distance import cdist

from queries.matching.arrays import FloatArray, IntArray

EARTH_KM = 6371.0088
HALF_NEAR_KM = 5.0  # at this distance the signal `near` is one half
SQUARE_RADIUS = (EARTH_KM / HALF_NEAR_KM) ** 2  # of the Earth, in such distances
NEARBY = 0.01  # squared chord, of some 640 km, up to which six terms of the series are exact to the last bits
SERIES = tuple(2 / (n * n * comb(2 * n, n)) for n in range(1, 7))  # of the squared angle over a squared chord
BITS = 20  # of each coordinate that the curve looks at: some ten metres
HALVINGS = 5  # of an arc, after which the longest there is has become nearby


def distance_km(first: FloatArray, second: FloatArray) -> FloatArray:
    """Return great-circle distances between points on the unit sphere, in kilometres."""
    gap = (first - second) ** 2
    km: FloatArray = EARTH_KM * np.sqrt(square_arcs((gap[:, 0] + gap[:, 1]) + gap[:, 2]))
    return km


def km_between(here: FloatArray, there: FloatArray) -> FloatArray:
    """Return the great-circle distance of each of some places from each of others, in kilometres; places are longitude, latitude (n×2)."""
    chords: FloatArray = cdist(_on_sphere(here), _on_sphere(there))
    km: FloatArray = 2 * EARTH_KM * np.arcsin(np.minimum(1.0, chords / 2))
    return km


def _on_sphere(places: FloatArray) -> FloatArray:
    lon, lat = np.radians(places[:, 0]), np.radians(places[:, 1])
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


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
    """Return squared arcs for small squared chords (at most `NEARBY`) by a power series: numbers or arrays."""
    total = SERIES[-1]
    for term in SERIES[-2::-1]:
        total = total * square + term
    return total * square


def halve(square: Any) -> Any:
    """Return the squared chords of arcs that are halved `HALVINGS` times, given the squared chords of the whole arcs."""
    for _ in range(HALVINGS):
        square = square / 2 / (1 + np.sqrt(np.maximum(1 - square / 4, 0)))
    return square


def nearness(square_arc: Any) -> Any:
    """Return 1 ÷ (1 + (d ÷ 5 km)²) for squared arcs: numbers or arrays."""
    return 1 / (1 + square_arc * SQUARE_RADIUS)


def square_chord(km: float) -> float:
    """Return the squared straight distance on the unit sphere of two points that are so many kilometres apart."""
    return float((2 * np.sin(min(km / EARTH_KM, np.pi) / 2)) ** 2)


def curve_code(points: FloatArray) -> IntArray:
    """Return the position of points along Morton's space-filling curve, by which neighbours get similar numbers.

    Points lie in [-1, 1]³ and NaN comes first; the bits of the three coordinates alternate (Morton 1966).
    """
    whole = np.minimum((np.nan_to_num(points, nan=-1) + 1) * (1 << (BITS - 1)), (1 << BITS) - 1).astype(np.int64)
    return _spread_bits(whole[:, 0]) | (_spread_bits(whole[:, 1]) << 1) | (_spread_bits(whole[:, 2]) << 2)


def _spread_bits(numbers: IntArray) -> IntArray:
    """Return numbers with two empty bits after each of their 21 bits."""
    for shift, mask in ((32, 0x1F00000000FFFF), (16, 0x1F0000FF0000FF), (8, 0x100F00F00F00F00F),
                        (4, 0x10C30C30C30C30C3), (2, 0x1249249249249249)):  # fmt: skip
        numbers = (numbers | (numbers << shift)) & mask
    return numbers
