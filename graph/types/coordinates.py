"""Positions in China: WGS-84 (GPS, OSM), GCJ-02 (高德, 腾讯) and BD-09 (百度), converted into each other.

All functions take and return degrees as arrays of longitudes and latitudes. GCJ-02 shifts WGS-84 by a published series of sines
on the Krasovsky ellipsoid; BD-09 turns and stretches GCJ-02. The ways back are solved by iteration, to far below a millimetre.
Outside the box of China nothing is shifted.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Position = tuple[Floats, Floats]

_A = 6378245.0  # semi-major axis in metres
_EE = 0.00669342162296594323  # eccentricity squared
_BD_TURN = np.pi * 3000.0 / 180.0
_STEPS = 12  # each step leaves less than a thousandth of the error before it


def is_in_china(lon: ArrayLike, lat: ArrayLike) -> NDArray[np.bool_]:
    """Tell which positions are in the box within which Chinese maps are shifted."""
    x, y = _floats(lon, lat)
    return (x >= 72.004) & (x <= 137.8347) & (y >= 0.8293) & (y <= 55.8271)


def wgs2gcj(lon: ArrayLike, lat: ArrayLike) -> Position:
    """Return WGS-84 positions in GCJ-02."""
    x, y = _floats(lon, lat)
    east, north = _shift(x, y)
    inside = is_in_china(x, y)
    return np.where(inside, x + east, x), np.where(inside, y + north, y)


def gcj2wgs(lon: ArrayLike, lat: ArrayLike) -> Position:
    """Return GCJ-02 positions in WGS-84."""
    return _invert(wgs2gcj, *_floats(lon, lat))


def gcj2bd(lon: ArrayLike, lat: ArrayLike) -> Position:
    """Return GCJ-02 positions in BD-09."""
    x, y = _floats(lon, lat)
    radius = np.hypot(x, y) + 2e-5 * np.sin(y * _BD_TURN)
    angle = np.arctan2(y, x) + 3e-6 * np.cos(x * _BD_TURN)
    inside = is_in_china(x, y)
    return np.where(inside, radius * np.cos(angle) + 0.0065, x), np.where(inside, radius * np.sin(angle) + 0.006, y)


def bd2gcj(lon: ArrayLike, lat: ArrayLike) -> Position:
    """Return BD-09 positions in GCJ-02."""
    return _invert(gcj2bd, *_floats(lon, lat))


def wgs2bd(lon: ArrayLike, lat: ArrayLike) -> Position:
    """Return WGS-84 positions in BD-09."""
    return gcj2bd(*wgs2gcj(lon, lat))


def bd2wgs(lon: ArrayLike, lat: ArrayLike) -> Position:
    """Return BD-09 positions in WGS-84."""
    return gcj2wgs(*bd2gcj(lon, lat))


def to_wgs(datum: str, lon: ArrayLike, lat: ArrayLike) -> Position:
    """Return positions of a datum (BD-09, GCJ-02, WGS-84, CGCS2000) in WGS-84; CGCS2000 differs from it by less than a metre."""
    if datum == "BD-09":
        return bd2wgs(lon, lat)
    return gcj2wgs(lon, lat) if datum == "GCJ-02" else _floats(lon, lat)


def _floats(lon: ArrayLike, lat: ArrayLike) -> Position:
    return np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)


def _waves(x: Floats, *terms: tuple[float, float]) -> Floats:
    waves: Floats = sum((weight * np.sin(x * np.pi * rate) for weight, rate in terms), np.zeros_like(x))
    return waves * 2.0 / 3.0


def _shift(lon: Floats, lat: Floats) -> Position:
    """Return by how many degrees GCJ-02 lies east and north of WGS-84."""
    x, y = lon - 105.0, lat - 35.0
    root, common = np.sqrt(np.abs(x)), _waves(x, (20.0, 6.0), (20.0, 2.0))
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common
    east = east + _waves(x, (20.0, 1.0), (40.0, 1 / 3), (150.0, 1 / 12), (300.0, 1 / 30))
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common
    north = north + _waves(y, (20.0, 1.0), (40.0, 1 / 3), (160.0, 1 / 12), (320.0, 1 / 30))
    phi = np.radians(lat)
    magic = 1.0 - _EE * np.sin(phi) ** 2
    return (
        np.degrees(east / (_A / np.sqrt(magic) * np.cos(phi))),
        np.degrees(north / (_A * (1.0 - _EE) / (magic * np.sqrt(magic)))),
    )


def _invert(forward: Callable[[ArrayLike, ArrayLike], Position], lon: Floats, lat: Floats) -> Position:
    """Return the positions that `forward` takes to (lon, lat)."""
    x, y = lon.copy(), lat.copy()
    for _ in range(_STEPS):
        seen_x, seen_y = forward(x, y)
        x, y = x + lon - seen_x, y + lat - seen_y
    return x, y
