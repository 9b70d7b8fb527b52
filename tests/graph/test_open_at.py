from datetime import date
from unicodedata import normalize

import polars as pl
import pytest

from graph.types import LeadDays
from graph.types.open_at import opens_at, tell_hours
from graph.types.opening_hours import read_opening_hours

FRIDAY, SATURDAY, MONDAY, NATIONAL_DAY = date(2026, 7, 10), date(2026, 7, 11), date(2026, 7, 13), date(2026, 10, 1)
MORNING = (9 * 60, 11 * 60)


def hours(text):
    return read_opening_hours(normalize("NFKC", text))[0]


@pytest.mark.parametrize(
    ("text", "day", "span", "opens"),
    [
        ("周一至周五9:00-17:00", FRIDAY, MORNING, True),
        ("周一至周五9:00-17:00", SATURDAY, MORNING, False),
        ("周一至周五9:00-17:00", FRIDAY, (8 * 60 + 30, 10 * 60), False),
        ("周一至周五9:00-17:00", FRIDAY, None, True),
        ("周一至周五9:00-11:30，14:00-17:00", FRIDAY, (11 * 60, 14 * 60 + 30), False),
        ("每天8:30-17:30，周一闭馆", MONDAY, MORNING, False),
        ("周一至周五9:00-17:00（节假日除外）", NATIONAL_DAY, MORNING, False),
        ("周一至周五9:00-17:00", NATIONAL_DAY, MORNING, True),
        ("5月-9月 8:00-19:00，10月-次年4月 9:00-17:00", FRIDAY, (8 * 60, 9 * 60), True),
        ("5月-9月 8:00-19:00，10月-次年4月 9:00-17:00", date(2026, 12, 4), (8 * 60, 9 * 60), False),
        ("夏季8:00-18:00，冬季8:30-17:30", FRIDAY, MORNING, True),
        ("夏季8:00-18:00，冬季8:30-17:30", FRIDAY, (8 * 60, 9 * 60), None),  # nobody says when summer begins
        ("24小时", SATURDAY, (0, 24 * 60), True),
        ("每天18:00-次日2:00", FRIDAY, (22 * 60, 25 * 60), True),
    ],
)
def test_hours_say_whether_a_place_is_open_on_a_day_at_a_time(text, day, span, opens):
    assert opens_at(hours(text), day, span) is opens


def test_hours_are_told_in_words():
    assert tell_hours(hours("周一至周五9:00-17:00（节假日除外）")) == "周一至周五9:00—17:00；法定节假日不开放"
    assert tell_hours(hours("周六、周日9:00-11:30")).en == "Sat-Sun 09:00-11:30"


def test_days_of_booking_ahead_are_read_and_what_says_only_how_to_book_is_not_known():
    written = {
        "提前3天电话预约": 3, "需提前一周": 7, "无需预约": 0, "提前1个工作日": 1, "提前24小时": 1, "提前半个月申请": 15, "3": 3, "随到随用": 0,
        "电话预约": None, "是": None, "需向办公室申请": None,
    }  # fmt: skip
    found = LeadDays().clean(pl.Series(list(written)))
    assert dict(zip(written, found.values[""], strict=True)) == written
    assert found.problems.is_empty()
