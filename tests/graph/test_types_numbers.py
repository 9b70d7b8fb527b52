"""Counts and areas in the notations of offices."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.types import Area, Count

CALM = settings(max_examples=50, deadline=None)


def read(kind, cell):
    """Return the value of one cell, and the code and suggestion of its problem."""
    cleaned = kind.clean(pl.Series([cell], dtype=pl.String))
    return cleaned.values[""][0], *(cleaned.problems.select("code", "suggestion").rows() or [(None, None)])[0]


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        ("6548人", 6548), ("3385余人", 3385), ("约300", 300), ("80-100人", 80), ("80～100", 80), ("80至100人", 80), ("8,116", 8116), ("8，116人", 8116),
        ("1,234,567", 1234567), ("1,000,000,000人", 1000000000), ("１２", 12), ("0", 0), ("4.0", 4), ("1.2万", 12000), ("5-8万人", 50000), ("120人/批", 120), ("100人左右", 100),
        ("约247人（含工作人员）", 247), ("十二", 12), ("两间", 2), ("三十五人", 35), ("一百二十人", 120), ("30人以上", 30), ("可容纳 60 人", 60), ("三千二百人", 3200), ("一万二千", 12000), ("两万余人", 20000), ("百余人", 100), ("一二十人", 10), ("三五名", 3), ("5、6人", 5),
        ("一万二", 12000), ("三千五", 3500), ("两百六", 260), ("一百二", 120), ("3万5", 35000), ("一点五万", 15000), ("半万", 5000), ("两万五", 25000),
        ("一百零二", 102), ("一百余", 100), ("百余人", 100), ("上百", 100), ("近千人", 1000), ("壹佰贰拾人", 120), ("廿三人", 23), ("两三百人", 200), ("十五六人", 15),
    ],
)  # fmt: skip
def test_a_count_is_read_as_people_write_it(cell, count):
    assert read(Count(), cell) == (count, None, None)


@pytest.mark.parametrize(
    ("scale", "times"),
    [("百", 100), ("千", 1000), ("k", 1000), ("K", 1000), ("万", 10_000), ("w", 10_000), ("W", 10_000), ("亿", 10**8)],
)
def test_a_number_is_multiplied_by_the_word_behind_it(scale, times):
    assert read(Count(), f"2{scale}") == (2 * times, None, None)


@pytest.mark.parametrize("cell", ["若干", "面议", "多名", "若干名", "几十人", "不限", "成百上千人"])
def test_a_vague_count_is_empty_and_no_problem(cell):
    assert read(Count(), cell) == (None, None, None)


@pytest.mark.parametrize(
    ("cell", "code", "suggestion"),
    [
        ("-5", "number.negative", "5"), ("－5", "number.negative", "5"), ("abc", "number.form", None), ("3男2女", "number.form", None), ("12.5", "number.form", None), ("1,2345", "number.form", None),
        ("十三五", "number.form", None), ("百二", "number.form", None), ("二百三百", "number.form", None), ("3万50", "number.form", None), ("百分之三十", "number.form", None),
        ("1000人次/日", "number.rate", None), ("500人/月", "number.rate", None), ("12平方公里", "number.unit", None), ("300万元", "number.unit", None), ("三人间", "number.unit", None), ("二楼", "number.unit", None),
        ("1e308", "number.range", None), ("1e400", "number.range", None), ("NaN", "number.range", None), ("Infinity", "number.range", None),
    ],
)  # fmt: skip
def test_an_impossible_count_is_refused_with_its_reason(cell, code, suggestion):
    assert read(Count(), cell) == (None, code, suggestion)


@pytest.mark.parametrize(
    ("cell", "area"),
    [
        ("252", 252.0), ("433平方米", 433.0), ("约498㎡", 498.0), ("560平米", 560.0), ("0.5万平方米", 5000.0), ("0.5万㎡", 5000.0), ("3亩", 2000.01), ("1公顷", 1e4),
        ("100-200㎡", 100.0), ("100㎡-200㎡", 100.0), ("5,200 m²", 5200.0), ("1.5平方公里", 1.5e6), ("三百平方米", 300.0), ("建筑面积433平方米", 433.0),
        ("100平方米（含走廊）", 100.0), ("一千二百平方米", 1200.0), ("约300多平米", 300.0), ("2千平方米", 2000.0), ("300平左右", 300.0), ("0", 0.0),
    ],
)  # fmt: skip
def test_an_area_is_read_in_square_metres(cell, area):
    assert read(Area(), cell) == (area, None, None)


@pytest.mark.parametrize(
    ("cell", "code", "suggestion"),
    [
        ("-20", "number.negative", "20"), ("长20米宽10米", "number.form", None), ("20*10", "number.form", None), ("1e308", "number.range", None), ("nan", "number.range", None),
        ("300米", "number.form", None),
    ],
)  # fmt: skip
def test_an_impossible_area_is_refused_with_its_reason(cell, code, suggestion):
    assert read(Area(), cell) == (None, code, suggestion)


@CALM
@given(
    st.integers(0, 10**9),
    st.sampled_from(["{}", "{}人", "约{}", "{}余人", "{:,}", "{:,}户", " {} 人 ", "{}.0", "{}-2000000000人", "近{}名"]),
)
def test_a_count_survives_every_notation(count, notation):
    assert read(Count(), notation.format(count))[0] == count


@CALM
@given(
    st.decimals(0, 10**6, places=2),
    st.sampled_from(
        [("{}", 1), ("{}㎡", 1), ("约{}平方米", 1), ("{}平米左右", 1), ("{}公顷", 1e4), ("{}万平方米", 1e4)]
    ),
)
def test_an_area_survives_every_notation(area, notation):
    text, factor = notation
    value, code, _ = read(Area(), text.format(area))
    assert (
        code == "number.range"
        if float(area) * factor > 1e10
        else value == pytest.approx(float(area) * factor, abs=1e-6)
    )
