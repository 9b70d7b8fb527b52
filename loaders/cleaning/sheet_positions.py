"""Converts a sheet's positions to WGS-84: finds its map datum, swapped longitudes and latitudes, and places far off.

Offices copy positions from the maps of 百度 (BD-09) and 高德 (GCJ-02), which lie up to a kilometre off. What is stored is WGS-84,
beside the datum that the sheet was in; a sheet that does not say is taken for WGS-84, and told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from graph.errors import ArgumentError
from graph.types import Longitude
from graph.types.coordinates import to_wgs
from graph.types.places import LAT_BOX, LON_BOX
from graph.types.value_type import PROBLEM_SCHEMA, find_problems
from loaders.cleaning import cleaning_figures as figures

DATUMS = {"wgs84": "WGS-84", "gcj02": "GCJ-02", "bd09": "BD-09", "cgcs2000": "CGCS2000"}
"""What a load may be told of its positions → the datum as it is stored."""

_WORDINGS = (
    ("BD-09", r"(?i)百度|baidu|bd-?09|\bbd\b"),
    ("GCJ-02", r"(?i)高德|腾讯|火星|国测局|amap|gcj-?02"),
    ("CGCS2000", r"(?i)cgcs|国家2000|2000国家|大地2000|天地图"),
    ("WGS-84", r"(?i)wgs|gps|谷歌地球"),
)
_EARTH_KM = 6371.0088


@dataclass(frozen=True)
class Positions:
    """The columns lon, lat and datum of a sheet, and its problems: field → rows of PROBLEM_SCHEMA."""

    columns: Mapping[str, pl.Series]
    problems: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    mended: pl.Series = field(
        default_factory=lambda: pl.Series([], dtype=pl.UInt32)
    )  # rows whose two cells were exchanged


def datum_of(header: str) -> str | None:
    """Return the datum that the wording of a header or title tells (百度坐标, 高德经纬度), or None."""
    return next((datum for datum, wording in _WORDINGS if re.search(wording, header)), None)


def read_datum(argument: str, text: str) -> str:
    """Return the stored form of a datum that a caller names (bd09 → BD-09), empty for none; ArgumentError for an unknown one."""
    if text and text.lower().replace("-", "") not in DATUMS:
        raise ArgumentError(argument=argument, value=text[:40], reason=" | ".join(DATUMS))
    return DATUMS[text.lower().replace("-", "")] if text else ""


def settle_positions(columns: Mapping[str, pl.Series], raw_lat: pl.Series | None, datum: str | None) -> Positions:
    """Return the positions of a sheet's rows in WGS-84, degrees rounded to a millimetre.

    `columns` has lon and lat as cleaned, and datum where rows say their own; `raw_lat` are the latitude's cells as written, where
    they have a column of their own; `datum` is what header or caller say.
    """
    lon, lat, exchanged = _exchange(columns["lon"], columns["lat"], raw_lat)
    placed = lon.is_not_null() & lat.is_not_null()
    said = pl.Series([datum] * lon.len(), dtype=pl.String)
    own = columns.get("datum")
    stored = (said if own is None else pl.select(pl.coalesce(own, said)).to_series()).zip_with(placed, _none(lon.len()))
    x, y = lon.to_numpy().copy(), lat.to_numpy().copy()
    for name in DATUMS.values():
        rows = (placed & (stored == name).fill_null(False)).to_numpy()
        if rows.any():
            x[rows], y[rows] = to_wgs(name, x[rows], y[rows])
    settled = {"lon": _degrees(x, lon), "lat": _degrees(y, lat), "datum": stored}
    written = pl.select(pl.format("{},{}", lon, lat)).to_series()
    found = {
        "lat": find_problems(written, exchanged, "place.swapped", "warning", written),
        "lon": _tell(written, placed, stored, settled),
    }
    return Positions(settled, found, exchanged.arg_true())


def _tell(written: pl.Series, placed: pl.Series, datum: pl.Series, settled: Mapping[str, pl.Series]) -> pl.DataFrame:
    unsaid = placed & datum.is_null()
    first = unsaid & (unsaid.cum_sum() == 1)  # once for the sheet
    far = _is_far(settled["lon"], settled["lat"])
    if far.arg_true().len() > figures.MOST_FAR * placed.arg_true().len():
        # A table over the whole country: none of its places is astray, and a kilometre tells nothing between them.
        return find_problems(written, far & (far.cum_sum() == 1), "place.spread", "warning")
    told = [
        find_problems(written, far, "place.far", "warning"),
        find_problems(written, first, "datum.unknown", "warning"),
    ]
    return pl.concat([problems for problems in told if problems.height] or [pl.DataFrame(schema=PROBLEM_SCHEMA)])


def _exchange(lon: pl.Series, lat: pl.Series, raw_lat: pl.Series | None) -> tuple[pl.Series, pl.Series, pl.Series]:
    """Put longitudes and latitudes that stand in each other's column right, where only that way round lies in China."""
    nowhere = pl.Series([False] * lon.len(), dtype=pl.Boolean)
    at = (lat.is_null() & lon.is_between(*LAT_BOX).fill_null(False)).arg_true()
    if raw_lat is None or at.is_empty():
        return lon, lat, nowhere
    other = Longitude().clean(raw_lat.gather(at)).values[""]
    fits = other.is_between(*LON_BOX).fill_null(False)
    rows = at.filter(fits)
    if rows.is_empty():
        return lon, lat, nowhere
    turned_lat = lat.clone().scatter(rows, lon.gather(rows))
    return lon.clone().scatter(rows, other.filter(fits)), turned_lat, nowhere.scatter(rows, [True] * rows.len())


def _is_far(lon: pl.Series, lat: pl.Series) -> pl.Series:
    """Tell which places lie far from the middle of the sheet's (the median, which a few wrong ones do not move)."""
    x, y = (np.radians(series.to_numpy()) for series in (lon, lat))
    known = np.isfinite(x) & np.isfinite(y)
    if known.sum() < figures.MIDDLE_FROM:
        return pl.Series([False] * lon.len(), dtype=pl.Boolean)
    middle_x, middle_y = np.median(x[known]), np.median(y[known])
    half = np.sin((y - middle_y) / 2) ** 2 + np.cos(y) * np.cos(middle_y) * np.sin((x - middle_x) / 2) ** 2
    far = 2 * _EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1))) > figures.FAR_KM
    return pl.Series(np.where(known, far, False), dtype=pl.Boolean)


def _degrees(values: np.ndarray, known: pl.Series) -> pl.Series:
    degrees = pl.Series(values, dtype=pl.Float64).round(8)
    return degrees.zip_with(known.is_not_null(), pl.Series([None], dtype=pl.Float64))


def _none(length: int) -> pl.Series:
    return pl.Series([None] * length, dtype=pl.String)
