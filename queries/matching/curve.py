"""A curve through all positions along which neighbours mostly stay neighbours, so that what is near is worked on together."""

from __future__ import annotations

import numpy as np

from queries.matching.arrays import FloatArray, IntArray

BITS = 20  # of each coordinate that the curve looks at: some ten metres


def curve_code(points: FloatArray) -> IntArray:
    """Return the place on Morton's curve (1966) of points in [-1, 1]³, NaN first: the bits of the three coordinates by turns."""
    whole = np.minimum((np.nan_to_num(points, nan=-1) + 1) * (1 << (BITS - 1)), (1 << BITS) - 1).astype(np.int64)
    return _spread_bits(whole[:, 0]) | (_spread_bits(whole[:, 1]) << 1) | (_spread_bits(whole[:, 2]) << 2)


def _spread_bits(numbers: IntArray) -> IntArray:
    """Return numbers with two empty bits after each of their 21 bits."""
    for shift, mask in ((32, 0x1F00000000FFFF), (16, 0x1F0000FF0000FF), (8, 0x100F00F00F00F00F),
                        (4, 0x10C30C30C30C30C3), (2, 0x1249249249249249)):  # fmt: skip
        numbers = (numbers | (numbers << shift)) & mask
    return numbers
