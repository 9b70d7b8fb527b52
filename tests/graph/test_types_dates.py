"""Dates and years in every notation of an office."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.types import Date, Year
from graph.types.dates import write_day

CALM = settings(max_examples=50, deadline=None)


def read(cell):
    """Return date, precision and problem code of one cell."""
    cleaned = Date().clean(pl.Series([cell], dtype=pl.String))
    return cleaned.values[""][0], cleaned.values["_precision"][0], (cleaned.problems["code"].to_list() or [None])[0]


DAY, MONTH = date(2019, 3, 5), date(2019, 3, 1)


@pytest.mark.parametrize(
    "cell",
    [
        "2019.3.5", "2019.03.05", "2019-3-5", "2019-03-05", "2019/3/5", "2019年3月5日", "2019年03月05号", "2019年3月5", "20190305", "19.3.5", "19-3-5", "190305",
        "２０１９年３月５日", "2019 年 3 月 5 日", "二〇一九年三月五日", "二零一九年3月5日", "2019-03-05 00:00:00", "2019-03-05T09:30:00Z", "2019/3/5 9:30",
        "2019年3月5日上午", "2019年3月5日 14:00-16:00", "2019年3月5日（周二）", "2019年3月5日星期二", "2019,3,5", "2019·3·5", "2019-03-05至2022-03-04", "2019.03.05—2022.03.04", "2019.3.5-3.8", "2019年3月5日-8日", "2019—3—5", "2019年3.5",
        "2019-03-05 - 2022-03-04", "20190305-20220304", "自2019年3月5日起", "2019年3月5日至8日", "43529", "43529.0", "43529.5",
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_notation(cell):
    assert read(cell) == (DAY, "day", None)


@pytest.mark.parametrize(
    "cell",
    [
        "2019.03", "2019-3", "2019/03", "2019年3月", "2019年03月份", "201903", "'19.3", "19年3月", "二〇一九年三月", "2019.03-2022.03", "2019年3月-2022年3月", "2019年3月起",
        "2019年3月至今", "2019年3月底前", "2019年3月中旬", "2019.3.", "2019—3", "二O一九年三月", "2019.3月", "2019年3月-至今",
    ],
)  # fmt: skip
def test_a_month_stands_for_its_first_day(cell):
    assert read(cell) == (MONTH, "month", None)


@pytest.mark.parametrize(
    ("cell", "day", "precision"),
    [
        ("2019", date(2019, 1, 1), "year"), ("2019年", date(2019, 1, 1), "year"), ("2019-2022", date(2019, 1, 1), "year"),
        ("2019年第一季度", date(2019, 1, 1), "quarter"), ("2019年三季度", date(2019, 7, 1), "quarter"), ("2019Q4", date(2019, 10, 1), "quarter"),
        ("2019年上半年", date(2019, 1, 1), "half"), ("2019年下半年", date(2019, 7, 1), "half"), ("2019H2", date(2019, 7, 1), "half"), ("2019年四季度末", date(2019, 10, 1), "quarter"), ("二OO九年", date(2009, 1, 1), "year"),
        ("2019年初", date(2019, 1, 1), "month"), ("2019年底", date(2019, 12, 1), "month"), ("2019年年末", date(2019, 12, 1), "month"),
        ("2019年元月", date(2019, 1, 1), "month"), ("2019年十二月", date(2019, 12, 1), "month"), ("一九九八年十月二十日", date(1998, 10, 20), "day"),
        ("850114", date(1985, 1, 14), "day"), ("20000", date(1954, 10, 3), "day"), ("60000", date(2064, 4, 8), "day"),
    ],
)  # fmt: skip
def test_a_longer_period_keeps_its_precision(cell, day, precision):
    assert read(cell) == (day, precision, None)


@pytest.mark.parametrize(
    "cell",
    [
        "1970-01-01",
        "1900-01-00",
        "1900/1/1",
        "1900-01-00 00:00:00",
        "0000-00-00",
        "9999-12-31",
        "长期",
        "至今",
        "自签订之日起三年",
        "每季度",
        "每周一",
        "0",
    ],
)
def test_a_placeholder_is_empty_and_no_problem(cell):
    assert read(cell) == (None, None, None)


@pytest.mark.parametrize(
    ("cell", "suggestion"),
    [
        ("2024年2月30日", "2024-02-29"), ("2024-02-30", "2024-02-29"), ("2023.2.29", "2023-02-28"), ("201913", "2019-12"), ("2019-13-05", "2019-05-13"),
        ("20191305", "2019-05-13"), ("2019-00-00", "2019-01-01"), ("2019年4月31日", "2019-04-30"),
    ],
)  # fmt: skip
def test_a_day_that_does_not_exist_is_refused_with_one_that_does(cell, suggestion):
    cleaned = Date().clean(pl.Series([cell]))
    assert cleaned.values[""].to_list() == [None]
    assert cleaned.problems.rows() == [(0, "date.none", "error", cell, suggestion)]


@pytest.mark.parametrize(
    "cell",
    [
        "abc",
        "60",
        "1",
        "19999",
        "60001",
        "3019-01-01",
        "0019-03-05",
        "张三",
        "2019年春",
        "=NOW()",
        "13900001234",
    ],
)
def test_what_is_no_date_is_refused(cell):
    assert read(cell) == (None, None, "date.form")


@pytest.mark.parametrize(
    ("cell", "day", "precision"),
    [
        ("2024.02", date(2024, 2, 29), "month"), ("2019年一季度", date(2019, 3, 31), "quarter"), ("2019年上半年", date(2019, 6, 30), "half"),
        ("2019", date(2019, 12, 31), "year"), ("2019-03-05", date(2019, 3, 5), "day"), ("2019.03-2022.03", date(2022, 3, 31), "month"),
        ("2019年3月5日-8日", date(2019, 3, 8), "day"), ("2023-2025", date(2025, 12, 31), "year"),
    ],
)  # fmt: skip
def test_the_end_of_something_is_the_last_day_that_is_named(cell, day, precision):
    cleaned = Date(last=True).clean(pl.Series([cell]))
    assert (cleaned.values[""][0], cleaned.values["_precision"][0]) == (day, precision)
    assert cleaned.problems.is_empty()


def test_a_span_of_one_day_is_that_day():
    cleaned = Date().clean(pl.Series(["2019-03-05至2019-03-05"]))
    assert (cleaned.values[""][0], cleaned.problems.is_empty()) == (date(2019, 3, 5), True)


@pytest.mark.parametrize("cell", ["2019-03-05至2018-01-01", "2026.05-2026.03", "2019年3月5日-3日"])
def test_a_span_that_ends_before_it_begins_is_refused(cell):
    for kind in (Date(), Date(last=True)):
        assert kind.clean(pl.Series([cell])).values[""].to_list() == [None]
        assert kind.clean(pl.Series([cell])).problems.select("code", "severity").rows() == [("date.order", "error")]


@pytest.mark.parametrize("cell", ["2019.1", "19.1"])
def test_a_lost_zero_is_read_as_january_and_asked_about(cell):
    cleaned = Date().clean(pl.Series([cell]))
    assert cleaned.values[""].to_list() == [date(2019, 1, 1)]
    assert cleaned.problems.rows() == [(0, "date.ambiguous", "warning", cell, "2019-01 或 2019-10")]


NUMERALS = "〇一二三四五六七八九"


def in_numerals(day: date) -> str:
    def small(n: int) -> str:
        tens, ones = divmod(n, 10)
        return ("" if tens == 0 else "十" if tens == 1 else NUMERALS[tens] + "十") + (NUMERALS[ones] if ones else "")

    return "".join(NUMERALS[int(c)] for c in str(day.year)) + f"年{small(day.month)}月{small(day.day)}日"


NOTATIONS = [
    date.isoformat, in_numerals,
    lambda d: f"{d.year}.{d.month}.{d.day}", lambda d: f"{d.year}/{d.month}/{d.day}", lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: d.strftime("%Y%m%d"), lambda d: f"{d.year % 100:02d}.{d.month}.{d.day}", lambda d: f"{d.isoformat()} 12:30:00",
    lambda d: f"{d.year}年{d.month:02d}月{d.day:02d}号", lambda d: f"自{d.year}年{d.month}月{d.day}日起",
    lambda d: f"{d.isoformat()}至{(d + timedelta(days=365)).isoformat()}",
]  # fmt: skip


@CALM
@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)), st.sampled_from(NOTATIONS))
def test_a_date_survives_every_notation(day, notation):
    if day != date(1970, 1, 1):
        assert read(notation(day)) == (day, "day", None)


@CALM
@given(st.dates(date(1954, 10, 3), date(2064, 4, 8)))
def test_a_date_survives_as_the_number_of_a_spreadsheet(day):
    assert read(str((day - date(1899, 12, 30)).days)) == (day, "day", None)


def test_a_year_is_read_from_any_date_and_rubbish_is_a_warning_but_no_such_day_an_error():
    cells = ["2019年3月5日", "19850114", "31584", "1995", "2024年2月30日", "85年", "不记得", "无"]
    cleaned = Year().clean(pl.Series(cells))
    assert cleaned.values[""].to_list() == [2019, 1985, 1986, 1995, 2024, None, None, None]
    assert cleaned.problems.select("index", "code", "severity").rows() == [
        (4, "date.none", "error"),
        (5, "date.form", "warning"),
        (6, "date.form", "warning"),
    ]


@pytest.mark.parametrize(
    ("day", "precision", "written"),
    [
        (date(2026, 6, 30), "half", "2026年上半年"), (date(2026, 7, 1), "half", "2026年下半年"),
        (date(2026, 3, 31), "quarter", "2026年第1季度"), (date(2026, 4, 1), "quarter", "2026年第2季度"),
        (date(2026, 12, 1), "month", "2026年12月"), (date(2026, 12, 1), "year", "2026年"), (date(2026, 12, 1), None, "2026-12-01"),
        (None, "year", None),
    ],
)  # fmt: skip
def test_a_period_is_written_as_offices_write_it(day, precision, written):
    assert write_day(day, precision) == written
