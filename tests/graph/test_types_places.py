"""Positions in cells, and the coordinate systems of Chinese maps."""

import numpy as np
import polars as pl
import pytest

from graph.types import Latitude, Longitude, Place
from graph.types.coordinates import bd2gcj, bd2wgs, gcj2bd, gcj2wgs, to_wgs, wgs2bd, wgs2gcj

DEGREE = 111_000_000  # millimetres


def read(cell):
    cleaned = Place().clean(pl.Series([cell], dtype=pl.String))
    return (
        cleaned.values["lon"][0],
        cleaned.values["lat"][0],
        *cleaned.problems.select("severity", "code", "suggestion").rows(),
    )


@pytest.mark.parametrize(
    "cell",
    [
        "112.40,34.66", "112.40，34.66", "112.4 34.66", "112.4、34.66", "(112.4,34.66)", "E112.4 N34.66", "N34.66 E112.4", "东经112.4°，北纬34.66°", "经度:112.4 纬度:34.66",
        "lng:112.4,lat:34.66", "lng=112.4&lat=34.66", "百度：112.4,34.66", "112.4,34.66（百度）", "POINT(112.4 34.66)", "112°24′0″E,34°39′36″N", "112.4E,34.66N",
    ],
)  # fmt: skip
def test_a_position_is_read_in_every_notation(cell):
    assert read(cell) == (112.4, 34.66)


@pytest.mark.parametrize(
    ("cell", "right"), [("34.66,112.4", "112.4,34.66"), ("43.8 87.6", "87.6,43.8"), ("51.5,-120.25", "-120.25,51.5")]
)
def test_a_pair_the_wrong_way_round_is_turned_with_a_warning(cell, right):
    lon, lat = map(float, right.split(","))
    assert read(cell) == (lon, lat, ("warning", "place.swapped", right))


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("200,34", "number.range"),
        ("112,95", "number.range"),
        ("0,0", "number.range"),
        ("abc", "place.form"),
        ("112.4", "place.form"),
    ],
)
def test_a_place_outside_the_world_is_refused(cell, code):
    assert read(cell) == (None, None, ("error", code, None))


def test_a_place_fills_lon_and_lat_whatever_its_property_is_called():
    frame, _ = Place().clean_column("position", pl.Series(["112.4,34.66"]))
    assert frame.columns == ["lon", "lat"]


def test_degrees_are_read_alone():
    cleaned = Longitude().clean(pl.Series(["112.409133", "东经112.4度", "112.4E", "112°24′36″", "-75.2", "181", "x"]))
    assert cleaned.values[""].to_list() == [112.409133, 112.4, 112.4, 112.41, -75.2, None, None]
    assert cleaned.problems["code"].to_list() == ["number.range", "place.form"]
    assert Latitude().clean(pl.Series(["34.66", "91", "N34.66"])).values[""].to_list() == [34.66, None, 34.66]


@pytest.mark.parametrize(("datum", "there"), [("BD-09", wgs2bd), ("GCJ-02", wgs2gcj)])
def test_a_datum_is_turned_into_the_one_that_is_stored(datum, there):
    lon, lat = to_wgs(datum, *there(112.4, 34.66))
    assert (float(lon), float(lat)) == (pytest.approx(112.4, abs=1e-9), pytest.approx(34.66, abs=1e-9))


@pytest.mark.parametrize("datum", ["WGS-84", "CGCS2000"])
def test_what_is_in_the_datum_already_stays(datum):
    assert [float(x) for x in to_wgs(datum, 112.4, 34.66)] == [112.4, 34.66]


def test_the_published_shifts_are_reproduced():
    lon, lat = wgs2gcj([120, 121.5272106, 113.912316], [40, 31.1774276, 22.543847])
    assert lon.tolist() == pytest.approx([120.00567568355486, 121.531541859215, 113.9171764808363], abs=1e-12)
    assert lat.tolist()[1:] == pytest.approx([31.17530398364597, 22.540796131694766], abs=1e-12)


@pytest.mark.parametrize(("there", "back"), [(wgs2gcj, gcj2wgs), (gcj2bd, bd2gcj), (wgs2bd, bd2wgs)])
def test_every_conversion_comes_back_to_less_than_a_millimetre(there, back):
    random = np.random.default_rng(7)
    lon, lat = random.uniform(75, 134, 5000), random.uniform(5, 53, 5000)
    again = back(*there(lon, lat))
    assert np.abs(again[0] - lon).max() * DEGREE < 1
    assert np.abs(again[1] - lat).max() * DEGREE < 1
    assert np.abs(there(lon, lat)[0] - lon).max() > 0.001


@pytest.mark.parametrize("convert", [wgs2gcj, gcj2wgs, gcj2bd, bd2gcj, wgs2bd, bd2wgs])
def test_nothing_is_shifted_outside_china(convert):
    lon, lat = convert(np.array([2.35, -74.0, 139.7]), np.array([48.85, 40.7, 35.7]))
    assert lon.tolist() == [2.35, -74.0, 139.7]
    assert lat.tolist() == [48.85, 40.7, 35.7]
