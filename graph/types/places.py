"""Positions on the earth: a longitude, a latitude, or both in one cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import polars as pl

from graph.types.value_type import Cleaned, ValueType, find_problems, join_problems

_MINUTES = r"(?P<{0}m>[0-9]{{1,2}}(?:\.[0-9]+)?)['′’分]\s*"
_SECONDS = r"(?P<{0}s>[0-9]{{1,2}}(?:\.[0-9]+)?)(?:\"|″|”|''|′′|秒)?"
_DEGREES = r"(?P<{0}>[-−]?[0-9]{{1,3}}(?:\.[0-9]+)?)(?:[°度º]\s*(?:" + _MINUTES + "(?:" + _SECONDS + ")?)?)?"
_EAST, _NORTH = r"(?:东经|经度|lng|lon|longitude|e)", r"(?:北纬|纬度|lat|latitude|n)"
_LABEL = rf"(?P<{{0}}>{_EAST}|{_NORTH})?\s*[:=]?\s*"
_SIDE = r"\s*(?P<{0}>[enEN])?"
_ONE = r"(?i)^\s*\(?" + _LABEL.format("label") + _DEGREES.format("x") + _SIDE.format("side") + r"\s*\)?$"
_ABOUT = r"(?:百度|高德|腾讯|GPS|bd-?09|gcj-?02|wgs-?84)?(?:坐标|经纬度)?\s*[:]?\s*(?:point)?\s*"
_TWO = (
    r"(?i)^\s*" + _ABOUT + r"[(\[]?" + _LABEL.format("la") + _DEGREES.format("a") + _SIDE.format("sa") + r"\s*[,;、/|&\s]\s*"
    + _LABEL.format("lb") + _DEGREES.format("b") + _SIDE.format("sb") + r"\s*[)\]]?\s*(?:\((?:百度|高德|腾讯|GPS)[^)]*\))?$"
)  # fmt: skip
# Where Chinese offices are: a pair whose first number can only be a latitude there was written the wrong way round.
LON_BOX, LAT_BOX = (73.0, 136.0), (3.0, 54.0)


def _degrees(name: str) -> pl.Expr:
    """Return degrees from the groups of `_DEGREES`, minutes and seconds counted in."""
    whole = pl.col(name).str.replace("−", "-", literal=True).cast(pl.Float64, strict=False)
    part = [
        pl.col(name + unit).cast(pl.Float64, strict=False).fill_null(0.0) / size
        for unit, size in (("m", 60.0), ("s", 3600.0))
    ]
    degrees = (
        pl.when(pl.col(name).str.starts_with("-")).then(whole - part[0] - part[1]).otherwise(whole + part[0] + part[1])
    )
    return degrees.round(9)  # a tenth of a millimetre: only the noise of adding minutes and seconds goes


def _clean_degrees(raw: pl.Series, limit: float) -> Cleaned:
    bare = raw.cast(pl.Float64, strict=False)
    read = raw.str.extract_groups(_ONE).struct.unnest().select(_degrees("x")).to_series()
    number = bare.zip_with(bare.is_not_null(), read)
    # 0 is what a map form holds before a place is picked; no unit of a district lies there.
    inside = (number.abs() <= limit) & (number != 0)
    kept = number.zip_with(inside.fill_null(False), pl.Series([None], dtype=pl.Float64))
    wrong = join_problems(
        find_problems(raw, ~inside, "number.range"),
        find_problems(raw, number.is_null() & raw.is_not_null(), "place.form"),
    )
    return Cleaned({"": kept}, wrong)


@dataclass(frozen=True)
class Longitude(ValueType):
    """A longitude in degrees east."""

    suffixes: ClassVar[Mapping[str, Any]] = {"": pl.Float64}
    name = "longitude"

    def _clean(self, raw: pl.Series) -> Cleaned:
        return _clean_degrees(raw, 180.0)


@dataclass(frozen=True)
class Latitude(ValueType):
    """A latitude in degrees north."""

    suffixes: ClassVar[Mapping[str, Any]] = {"": pl.Float64}
    name = "latitude"

    def _clean(self, raw: pl.Series) -> Cleaned:
        return _clean_degrees(raw, 90.0)


@dataclass(frozen=True)
class Place(ValueType):
    """A position in one cell (112.40,34.66): fills the properties lon and lat; a pair written the wrong way round is turned."""

    suffixes: ClassVar[Mapping[str, Any]] = {"lon": pl.Float64, "lat": pl.Float64}
    name = "place"

    def columns(self, property_name: str) -> dict[str, Any]:
        """Return lon and lat, whatever the property is called."""
        return dict(self.suffixes)

    def _clean(self, raw: pl.Series) -> Cleaned:
        pairs = raw.str.extract_groups(_TWO).struct.unnest()
        north, east = _is_labelled(_NORTH, "n"), _is_labelled(_EAST, "e")
        read = pairs.select(a=_degrees("a"), b=_degrees("b"), north_first=north, told=north | east)
        a, b = pl.col("a"), pl.col("b")
        turned = ~pl.col("told") & ~_fits(a, b) & (_fits(b, a) | ((a.abs() <= 90) & (b.abs() > 90)))
        turn = turned | pl.col("north_first")
        read = read.select(
            lon=pl.when(turn).then(b).otherwise(a), lat=pl.when(turn).then(a).otherwise(b), turned=turned
        )
        lon, lat = pl.col("lon"), pl.col("lat")
        inside = (lon.abs() <= 180) & (lat.abs() <= 90) & (lon != 0) & (lat != 0)
        read = read.with_columns(inside=inside, suggestion=pl.format("{},{}", lon, lat))
        problems = join_problems(
            find_problems(raw, read["turned"] & read["inside"], "place.swapped", "warning", read["suggestion"]),
            find_problems(raw, ~read["inside"], "number.range"),
            find_problems(raw, read["inside"].is_null() & raw.is_not_null(), "place.form"),
        )
        kept = read.select(pl.when("inside").then(lon).alias("lon"), pl.when("inside").then(lat).alias("lat"))
        return Cleaned({"lon": kept["lon"], "lat": kept["lat"]}, problems)


def _fits(lon: pl.Expr, lat: pl.Expr) -> pl.Expr:
    """Tell whether two numbers can be the longitude and the latitude of a place in China."""
    return lon.is_between(*LON_BOX) & lat.is_between(*LAT_BOX)


def _is_labelled(words: str, letter: str) -> pl.Expr:
    """Tell whether the first number of a pair is said to be a longitude (东经, E) or a latitude (北纬, N)."""
    before = pl.col("la").str.contains(f"(?i)^{words}$").fill_null(False)
    return before | (pl.col("sa").str.to_lowercase() == letter).fill_null(False)
