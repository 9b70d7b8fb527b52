"""How far the rows of a frame lie from a place, in kilometres."""

from __future__ import annotations

import numpy as np
import polars as pl

from queries.matching.arrays import sphere_points
from queries.matching.distance import distance_km


def km_from(frame: pl.DataFrame, lon: float | None, lat: float | None) -> pl.Series:
    """Return the distance of each row (columns lon and lat) from a position, rounded to 0.1 km; null where either is not known."""
    if lon is None or lat is None or frame.is_empty():
        return pl.Series("km", [None] * frame.height, dtype=pl.Float64)
    return km_between(
        frame["lon"], frame["lat"], pl.repeat(lon, frame.height, eager=True), pl.repeat(lat, frame.height, eager=True)
    )


def km_between(lon: pl.Series, lat: pl.Series, other_lon: pl.Series, other_lat: pl.Series) -> pl.Series:
    """Return the distance between two positions in each row, rounded to 0.1 km; null where either is not known."""
    ends = [
        sphere_points(*(part.cast(pl.Float64).to_numpy() for part in pair))
        for pair in ((lon, lat), (other_lon, other_lat))
    ]
    return pl.Series("km", np.round(distance_km(*ends), 1)).fill_nan(None)
