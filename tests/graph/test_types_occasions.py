"""When something took place: several days in one cell, times beside them, days without a year."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.types import Date, Occasion
from graph.types.occasions import MOST_DAYS, read_occasion
from graph.types.value_type import SheetDays
from graph.types.years import find_year

CALM = settings(max_examples=100, deadline=None)


def days(*told):
    return tuple(date(*day) for day in told)


@pytest.mark.parametrize(
    ("text", "first", "count"),
    [
        ("2025年9月1日至5日", (2025, 9, 1), 5), ("2025.11.3-2025.11.14", (2025, 11, 3), 12), ("2026-03-09~2026-03-13", (2026, 3, 9), 5), ("2026年5月11日-15日", (2026, 5, 11), 5),
        ("2026/3/1-3/5", (2026, 3, 1), 5), ("20250901-20250905", (2025, 9, 1), 5), ("2025.12.30-2026.1.2", (2025, 12, 30), 4), ("2025年12月30日至1月2日", (2025, 12, 30), 4),
        ("2026年3月1日-3月5日每天9:00-17:00", (2026, 3, 1), 5), ("2025-09-01 9:00 至 2025-09-05 17:00", (2025, 9, 1), 5),
    ],
)  # fmt: skip
def test_a_span_of_days_is_every_day_of_it(text, first, count):
    found, _, _ = read_occasion(text)
    assert found == tuple(date(*first) + timedelta(n) for n in range(count))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2026.3.1、3.8、3.15", [(2026, 3, 1), (2026, 3, 8), (2026, 3, 15)]), ("2026年3月1日和8日", [(2026, 3, 1), (2026, 3, 8)]), ("2026-3-1,2026-3-8", [(2026, 3, 1), (2026, 3, 8)]),
        ("2026年3月5日、6日上午9:00-11:00", [(2026, 3, 5), (2026, 3, 6)]), ("2026年3月每周三", []), ("2026年3月", []), ("3月1日、8日", []),
    ],
)  # fmt: skip
def test_a_list_of_days_is_these_days(text, told):
    assert read_occasion(text)[0] == days(*told)


@pytest.mark.parametrize(
    ("text", "begin", "finish"),
    [("2026-03-17 14:00", 840, None), ("2026-03-17 14:00-16:00", 840, 960), ("2025-09-01 9:00 至 2025-09-05 17:00", 540, 1020), ("2026年3月1日下午2点半", 870, None), ("9:00", 540, None)],
)  # fmt: skip
def test_the_times_beside_a_day_are_told(text, begin, finish):
    assert read_occasion(text)[1:] == (begin, finish)


NOTATIONS = [
    "{a:%Y-%m-%d}至{b:%Y-%m-%d}",
    "{a:%Y.%m.%d}-{b:%Y.%m.%d}",
    "{a:%Y年%m月%d日}到{b:%m月%d日}",
    "{a:%Y/%m/%d}~{b:%m/%d}",
    "{a:%Y%m%d}-{b:%Y%m%d}",
]


@CALM
@given(st.dates(date(2001, 1, 1), date(2040, 12, 1)), st.integers(1, 27), st.sampled_from(NOTATIONS))
def test_a_span_survives_every_notation(first, length, notation):
    last = first + timedelta(length)
    if last.year > first.year and "%Y" not in notation[10:]:
        return
    assert read_occasion(notation.format(a=first, b=last))[0] == tuple(first + timedelta(n) for n in range(length + 1))


def test_a_span_too_long_to_be_a_booking_is_told_and_noted_once():
    for length, told in ((MOST_DAYS - 1, []), (MOST_DAYS, ["date.span"])):
        last = date(2026, 1, 1) + timedelta(length)
        cleaned = Occasion().clean(pl.Series([f"2026-01-01至{last}"]))
        assert cleaned.problems["code"].to_list() == told
        assert (cleaned.values["_all"][0] is None) == bool(told)


def test_a_time_alone_is_a_day_only_where_a_day_is_wanted():
    assert Occasion(clock=True).clean(pl.Series(["9:00"])).problems.is_empty()
    assert Occasion().clean(pl.Series(["9:00"])).problems["code"].to_list() == ["date.form"]


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2025年度场地使用登记表", 2025),
        ("二〇二五年台账", 2025),
        ("场地使用 2025.11", 2025),
        ("2024-2025年度", 0),
        ("2024年、2025年台账", 0),
        ("Sheet1", 0),
        ("联系电话20250101", 0),
    ],
)
def test_a_title_tells_the_year_where_it_names_one(title, year):
    assert find_year((title,)) == year


def read(cell, last=False, **sheet):
    cleaned = Date(last=last, sheet=SheetDays(**sheet)).clean(pl.Series([cell]))
    return cleaned.values[""][0], cleaned.problems["code"].to_list()


def test_a_month_and_a_day_in_numbers_are_a_day_and_no_month_of_2011():
    sheet = SheetDays(year=2025)
    for cell in ("11.2", "11/2", "11-2"):
        assert Occasion(sheet=sheet).clean(pl.Series([cell])).values[""][0] == date(2025, 11, 2)
        assert read(cell, year=2025) == (date(2025, 11, 2), ["date.year"]), "which year it is meant is told as a guess"
        assert read(cell) == (None, ["date.yearless"])
    assert Date().clean(pl.Series(["11.2", "98.7"])).values[""][0] == date(2011, 2, 1), "beside years of two digits"
    assert Date().clean(pl.Series(["11.2", "2012.7"])).values[""][0] == date(2011, 2, 1)


@pytest.mark.parametrize("cell", ["11月2日", "十一月二日"])
def test_a_day_without_a_year_is_of_the_year_that_the_title_names(cell):
    assert read(cell, year=2025) == (date(2025, 11, 2), [])
    assert read(cell)[0] is None


@pytest.mark.parametrize(
    ("cell", "last", "day"),
    [("12月28日", False, (2025, 12, 28)), ("1月3日", False, (2026, 1, 3)), ("6月1日", False, (2025, 6, 1)), ("2月28日", True, (2026, 2, 28)), ("11月30日", True, (2025, 11, 30))],
)  # fmt: skip
def test_without_a_title_the_year_is_that_nearest_the_report_and_told(cell, last, day):
    assert read(cell, last, reported=date(2026, 1, 5)) == (date(*day), ["date.year"])


def test_a_deadline_half_a_year_away_is_of_no_year():
    assert read("6月30日", last=True, reported=date(2026, 1, 5)) == (None, ["date.yearless"])


def test_numbers_of_days_count_from_1904_where_the_workbook_does():
    assert read("44299", is_1904=True) == (date(2025, 4, 14), [])
    assert read("44299") == (date(2021, 4, 13), [])


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (["2026-04-17", "4月24日"], [(2026, 4, 17), (2026, 4, 24)]),  # the cell above says it
        (["4月24日", "2026-05-08"], [(2026, 4, 24), (2026, 5, 8)]),  # or the one below
        (["2025-12-08", "3月2日", "2026-05-08"], [(2025, 12, 8), None, (2026, 5, 8)]),  # of either year
    ],
)
def test_without_title_and_report_the_days_around_tell_the_year(cells, days):
    cleaned = Date().clean(pl.Series(cells))
    assert cleaned.values[""].to_list() == [day and date(*day) for day in days]
    assert set(cleaned.problems["code"]) <= {"date.year", "date.yearless"}


def test_numbers_are_days_where_the_column_has_some_that_are_no_months():
    sheet = SheetDays(year=2026)
    assert Date(sheet=sheet).clean(pl.Series(["1.8", "3.22"])).values[""].to_list() == [
        date(2026, 1, 8),
        date(2026, 3, 22),
    ]
    # beside months of years of two digits they are months
    assert Date(sheet=sheet).clean(pl.Series(["11.8", "19.3"])).values[""].to_list() == [
        date(2011, 8, 1),
        date(2019, 3, 1),
    ]


@pytest.mark.parametrize("cell", ["4月2日", "10.14"])
def test_a_day_whose_year_nothing_tells_is_said_to_lack_it(cell):
    assert read(cell) == (None, ["date.yearless"])
    assert read(cell, around=2026)[1] == ["date.year"]
