"""Money, lengths, weights, power and time in whatever unit they are written; spans of dates; names of teams."""

from datetime import date

import polars as pl
import pytest

from graph.types import LENGTH, MINUTES, MONEY, POWER, WEIGHT, Area, Quantity, Span, TeamName
from graph.types.numbers import AREA_UNITS
from graph.types.personal import HIDDEN


def clean(kind, *cells):
    return kind.clean(pl.Series(cells, dtype=pl.String))


def values(kind, *cells):
    return clean(kind, *cells).values[""].to_list()


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        (MONEY, {"5000": 5000.0, "2万元": 20000.0, "1.2亿元": 1.2e8, "20-30元": 20.0, "约三千元": 3000.0, "面议": None}),
        (LENGTH, {"6": 6.0, "9.5米": 9.5, "650cm": 6.5, "4500mm": 4.5}),
        (WEIGHT, {"10吨": 10.0, "5t": 5.0, "800公斤": 0.8}),
        (POWER, {"630": 630.0, "500kVA": 500.0, "1.2MVA": 1200.0, "315千伏安": 315.0}),
        (MINUTES, {"40分钟": 40.0, "1.5小时": 90.0, "2课时": 90.0, "两小时": 120.0}),
    ],
)  # fmt: skip
def test_a_quantity_is_kept_in_one_unit(kind: Quantity, cells):
    assert values(kind, *cells) == pytest.approx(list(cells.values()), nan_ok=True)
    assert clean(kind, *cells).problems.is_empty()


def test_a_header_that_is_itself_a_unit_is_that_of_numbers_without_one():
    assert values(MINUTES.in_header("课时"), "1", "2", "30分钟") == [45.0, 90.0, 30.0]
    assert values(MINUTES.in_header("课程时长"), "30") == [30.0]


@pytest.mark.parametrize(
    ("cell", "tonnes"),
    [
        ("有，20吨行车", 20.0), ("10t天车2台", 10.0), ("5吨吊", 5.0), ("行车一台，起重量十五吨", 15.0), ("单梁起重机（3吨）", 3.0), ("3.2吨电动葫芦", 3.2),
        ("10吨和20吨各一台", None), ("5-10吨行车", None), ("每天20吨", None), ("20吨/天", None), ("无20吨行车", None), ("拟装20吨行车", None), ("2台天车", None), ("有", None),
    ],
)  # fmt: skip
def test_the_one_weight_amid_other_words_is_read_and_what_is_not_there_or_two_is_not(cell, tonnes):
    found = clean(WEIGHT, cell)
    assert found.values[""].to_list() == [tonnes]
    assert found.problems.is_empty() == (tonnes is not None)


SQUARE_METRES = {
    1.0: "平方米 平方公尺 平米 平方 平 方 m2 M2 m^2 ㎡ 米2 sqm sq.m sq.m. squaremetres squaremeters squaremetre squaremeter",
    100.0: "公亩",
    666.67: "亩",
    1e4: "公顷 hm2 ha hectare hectares",
    1e6: "平方公里 平方千米 km2",
    0.3048**2: "sqft sq.ft sq.ft. ft2 ft² squarefeet squarefoot",
    4046.8564224: "acre acres",
}


def test_an_area_is_in_square_metres_whatever_it_is_written_in():
    cells = {f"3{unit}": 3 * metres for metres, units in SQUARE_METRES.items() for unit in units.split()}
    assert values(Area(), *cells) == pytest.approx(list(cells.values()))
    assert {unit for units in SQUARE_METRES.values() for unit in units.split()} == set(AREA_UNITS)


@pytest.mark.parametrize(
    ("kind", "header", "cell", "value"),
    [
        (MONEY, "意向金额（万元）", "5", 50000.0), (MONEY, "意向金额（万元）", "约5", 50000.0), (MONEY, "预算/万元", "0.5", 5000.0), (MONEY, "意向金额（万元）", "5元", 5.0),
        (MONEY, "意向金额（万元）", "5万", 50000.0), (MONEY, "意向金额（万元）", "3千", 3000.0), (MONEY, "意向金额", "5", 5.0), (MONEY, "金额（单位：亿元）", "2", 2e8),
        (LENGTH, "层高(cm)", "650", 6.5), (Area(), "占地面积（亩）", "3", 2000.01), (Area(), "面积（万平方米）", "0.5", 5000.0), (Area(), "建筑面积\n(平方米)", "300", 300.0),
        (Area(), "占地面积（亩）", "900㎡", 900.0), (Area(), "面积（室内）", "300", 300.0),
    ],
)  # fmt: skip
def test_a_bare_number_is_in_the_unit_of_its_header(kind, header, cell, value):
    assert values(kind.in_header(header), cell) == pytest.approx([value])


@pytest.mark.parametrize(
    ("cell", "code"), [("-3", "number.negative"), ("abc", "number.form"), ("1e300", "number.range")]
)
def test_what_is_no_quantity_is_told(cell, code):
    found = clean(MONEY, cell)
    assert found.values[""].to_list() == [None]
    assert found.problems["code"].to_list() == [code]


def test_a_span_fills_start_and_end_and_one_date_the_start():
    cells = ("2026.03-2026.12", "2026年3月1日至2026年6月30日", "2026年4月", "长期", None)
    frame, problems = Span().clean_column("start", pl.Series(cells, dtype=pl.String))
    assert frame.columns == ["start", "start_precision", "end", "end_precision"]
    assert frame["start"].to_list() == [date(2026, 3, 1), date(2026, 3, 1), date(2026, 4, 1), None, None]
    assert frame["end"].to_list() == [date(2026, 12, 31), date(2026, 6, 30), None, None, None]
    assert problems.is_empty()


def test_a_span_that_ends_before_it_begins_or_on_no_day_is_told_once():
    _, problems = Span().clean_column("start", pl.Series(["2026.12-2026.03", "很久以前", "2026-02-30"]))
    assert problems.select("index", "code").rows() == [(0, "date.order"), (1, "date.form"), (2, "date.none")]


def test_a_team_is_kept_and_a_person_in_its_place_is_refused_without_a_name():
    found = clean(TeamName(), "铁马先锋志愿服务队", "王小明", "红马甲队", "高新艺术团", "李明", None)
    assert found.values[""].to_list() == ["铁马先锋志愿服务队", None, "红马甲队", "高新艺术团", None, None]
    assert found.problems.select("index", "code", "value").rows() == [
        (1, "row.personal", HIDDEN),
        (4, "row.personal", HIDDEN),
    ]


@pytest.mark.parametrize(
    ("cell", "square_metres"),
    [
        ("2平方米", 2.0), ("2平方公尺", 2.0), ("2平米", 2.0), ("2平方", 2.0), ("2平", 2.0), ("2方", 2.0), ("2米2", 2.0), ("3亩", 2000.01),
        ("2公亩", 200.0), ("1.5公顷", 15000.0), ("2平方公里", 2e6), ("2平方千米", 2e6), ("2hm2", 2e4), ("2km2", 2e6), ("2㎡", 2.0),
    ],
)  # fmt: skip
def test_every_unit_of_area_is_known(cell, square_metres):
    assert values(Area(), cell) == pytest.approx([square_metres])
