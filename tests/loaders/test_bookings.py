"""Logs of use: begin and end in columns of their own, several days, lengths, and two uses of one day."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.schema import SCHEMA
from loaders.cleaning.clean import clean_table
from loaders.headers.mapper import map_table
from loaders.sheets.table_finder import find_tables
from tests.loaders.sheets import make_sheet

WHO = ["场地名称", "使用单位", "活动名称"]


def records(heads, *rows, title="场地使用登记表"):
    """Return the records of a log of use with these columns before venue, user and purpose."""
    lines = [[*row, "会议室", "东拖", f"活动{n}"] for n, row in enumerate(rows)]
    (table,) = find_tables(make_sheet([[title], [*heads, *WHO], *lines]))
    mapping = map_table(table, SCHEMA)
    assert mapping.register is not None and mapping.register.name == "resource_uses"
    return clean_table(table, mapping, b"k")


def told(read):
    """Return day, start, end and hours of each use."""
    named = [name for name in ("day", "time_from", "time_to", "time_hours") if name in read.frame.columns]
    missing = [pl.lit(None).alias(name) for name in ("time_from", "time_to", "time_hours") if name not in named]
    return read.frame.select(*named, *missing).select("day", "time_from", "time_to", "time_hours").rows()


def test_five_days_from_nine_to_five_are_five_uses_of_eight_hours():
    read = records(["使用日期", "使用时段"], ["2025年9月1日至5日", "9:00-17:00"])
    assert told(read) == [(date(2025, 9, n), "09:00", "17:00", 8.0) for n in range(1, 6)]
    assert read.frame["row"].unique().to_list() == [3] and (read.rows_read, read.rejected) == (1, 0)


@pytest.mark.parametrize(
    "heads", [["开始时间", "结束时间"], ["起始时间", "终止时间"], ["使用开始时间", "使用结束时间"]]
)
def test_two_columns_of_date_and_time_are_one_use(heads):
    read = records(
        heads,
        ["2026-03-02 09:00", "2026-03-02 11:30"],
        ["2026-03-03 20:00", "2026-03-04 8:00"],
        ["2026-03-05 9:00", "2026-03-07 17:00"],
    )
    assert told(read) == [
        (date(2026, 3, 2), "09:00", "11:30", 2.5), (date(2026, 3, 3), "20:00", "08:00", 12.0),
        *((date(2026, 3, n), "09:00", "17:00", 8.0) for n in (5, 6, 7)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "heads", [["日期", "起", "止"], ["日期", "开始时间", "结束时间"], ["使用日期", "起始时间", "终止时间"]]
)
def test_a_day_and_two_columns_of_times_are_one_use(heads):
    read = records(
        heads, ["2026-03-02", "9:00", "11:00"], ["2026-03-03", "22:00", "次日6:00"], ["2026-03-04", "22:00", "6:00"]
    )
    assert [use[1:] for use in told(read)] == [
        ("09:00", "11:00", 2.0),
        ("22:00", "06:00", 8.0),
        ("22:00", "06:00", 8.0),
    ]


def test_a_length_makes_the_hours_where_no_end_is_told():
    read = records(
        ["日期", "开始时间", "使用时长"],
        ["2026-03-02", "14:00", "2小时"],
        ["2026-03-03", "", "两个半小时"],
        ["2026-03-04", "", "300"],
    )
    assert [use[1:] for use in told(read)] == [("14:00", "16:00", 2.0), (None, None, 2.5), (None, None, None)]
    assert [p.code for p in read.problems] == ["number.range"]


def test_days_whose_hours_cannot_be_told_have_none():
    read = records(
        ["开始时间", "结束时间"], ["2026-03-01 14:00", "2026-03-03 12:00"], ["2026-03-05 9:00", "2026-03-04 9:00"]
    )
    assert [use[3] for use in told(read)] == [None] * 4
    assert sorted(p.code for p in read.problems) == ["date.order", "hours.form"]


def test_a_day_without_a_year_takes_it_from_the_title():
    assert told(records(["使用日期", "使用时段"], ["11月2日", "9:00-11:00"], title="2025年度场地使用登记表"))[0][
        0
    ] == date(2025, 11, 2)


@settings(max_examples=15, deadline=None)
@given(
    st.integers(6, 21),
    st.integers(1, 10),
    st.integers(1, 9),
    st.sampled_from([["日期", "时段"], ["日期", "起", "止"], ["开始时间", "结束时间"]]),
)
def test_hours_times_days_are_what_was_used(start, length, count, heads):
    length = min(length, 23 - start) or 1
    first, last = "2026-03-01", f"2026-03-{count:02d}"
    span = first if count == 1 else f"{first}至{last}"
    row = {
        "时段": [span, f"{start}:00-{start + length}:00"], "止": [span, f"{start}:00", f"{start + length}:00"],
        "结束时间": [f"{first} {start:02d}:00", f"{last} {start + length:02d}:00"],
    }[heads[-1]]  # fmt: skip
    read = records(heads, row)
    assert read.frame.height == count
    assert read.frame["time_hours"].sum() == count * length
