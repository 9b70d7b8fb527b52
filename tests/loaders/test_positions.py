"""Positions of a sheet: which datum, which way round, how far off."""

from __future__ import annotations

import polars as pl
import pytest

from graph.errors import ArgumentError
from graph.types.coordinates import wgs2bd, wgs2gcj
from loaders.cleaning.sheet_positions import datum_of, read_datum, settle_positions


def columns(lon: list[float | None], lat: list[float | None], **more: list[str | None]) -> dict[str, pl.Series]:
    known = {"lon": pl.Series(lon, dtype=pl.Float64), "lat": pl.Series(lat, dtype=pl.Float64)}
    return known | {name: pl.Series(values, dtype=pl.String) for name, values in more.items()}


@pytest.mark.parametrize(
    ("header", "datum"),
    [
        ("百度坐标", "BD-09"), ("经纬度（百度）", "BD-09"), ("BD09坐标", "BD-09"), ("高德经纬度", "GCJ-02"), ("腾讯地图坐标", "GCJ-02"), ("GPS经纬度", "WGS-84"),
        ("坐标（WGS-84）", "WGS-84"), ("国家2000坐标", "CGCS2000"), ("经纬度", None), ("坐标", None),
    ],
)  # fmt: skip
def test_the_wording_of_a_header_tells_the_datum(header: str, datum: str | None) -> None:
    assert datum_of(header) == datum


def test_a_datum_may_be_named_in_any_case_and_an_unknown_one_is_refused() -> None:
    assert [read_datum("--datum", text) for text in ("bd09", "BD-09", "gcj02", "wgs84", "")] == [
        "BD-09",
        "BD-09",
        "GCJ-02",
        "WGS-84",
        "",
    ]
    with pytest.raises(ArgumentError, match="bd09"):
        read_datum("--datum", "mars")


@pytest.mark.parametrize(("datum", "there"), [("BD-09", wgs2bd), ("GCJ-02", wgs2gcj)])
def test_positions_are_stored_in_one_datum_to_the_millimetre(datum: str, there: object) -> None:
    lon, lat = there([112.40, 112.41], [34.66, 34.67])  # type: ignore[operator]
    settled = settle_positions(columns(lon.tolist(), lat.tolist()), None, datum)
    assert settled.columns["lon"].to_list() == pytest.approx([112.40, 112.41], abs=1e-8)
    assert settled.columns["lat"].to_list() == pytest.approx([34.66, 34.67], abs=1e-8)
    assert settled.columns["datum"].to_list() == [datum, datum]
    assert settled.problems["lon"].is_empty()


def test_a_row_that_says_its_own_datum_counts_more_than_the_sheet() -> None:
    lon, lat = wgs2gcj([112.40], [34.66])
    settled = settle_positions(columns(lon.tolist(), lat.tolist(), datum=["GCJ-02"]), None, "BD-09")
    assert settled.columns["lon"][0] == pytest.approx(112.40, abs=1e-8)
    assert settled.columns["datum"].to_list() == ["GCJ-02"]


def test_a_sheet_that_says_no_datum_is_told_once_and_rows_without_a_position_have_none() -> None:
    settled = settle_positions(columns([None, 112.40, 112.41], [None, 34.66, 34.67]), None, None)
    assert settled.columns["lon"].to_list() == [None, 112.40, 112.41]
    assert settled.problems["lon"].select("index", "code", "severity").rows() == [(1, "datum.unknown", "warning")]


def test_longitude_and_latitude_in_each_others_column_are_exchanged_and_told() -> None:
    found = settle_positions(columns([112.40, 34.67], [34.66, None]), pl.Series(["34.66", "112.41"]), "WGS-84")
    assert (found.columns["lon"].to_list(), found.columns["lat"].to_list()) == ([112.40, 112.41], [34.66, 34.67])
    assert found.problems["lat"].select("index", "code").rows() == [(1, "place.swapped")]
    assert found.mended.to_list() == [1]


def test_a_place_far_from_all_others_is_told_and_kept() -> None:
    lon, lat = [112.40, 112.41, 112.42, 112.43, 112.44, 121.40], [34.66] * 6
    found = settle_positions(columns(lon, lat), None, "WGS-84")
    assert found.columns["lon"][5] == 121.40
    assert found.problems["lon"].select("index", "code", "severity").rows() == [(5, "place.far", "warning")]
