"""Terms of agreements, times of day, opening hours."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.types import OpeningHours, Term, TermEnd, TimeRange

CALM = settings(max_examples=50, deadline=None)


def read(kind, cell):
    """Return the parts of one cell, and the severity and code of its problem if it has one."""
    cleaned = kind.clean(pl.Series([cell], dtype=pl.String))
    return *(part[0] for part in cleaned.values.values()), *(cleaned.problems.select("severity", "code").rows())


@pytest.mark.parametrize(
    ("cell", "months"),
    [
        ("三年", 36), ("3年", 36), ("自签订之日起三年", 36), ("自签订之日起生效，有效期二年", 24), ("一年半", 18), ("1.5年", 18), ("6个月", 6), ("半年", 6), ("一年零六个月", 18),
        ("两年", 24), ("十年", 120), ("3-5年", 36), ("3年（可续签）", 36), ("90天", 3), ("365天", 12), ("2023-2025", 36), ("2023.03-2026.02", 36), ("2023.03-2026.03", 36),
        ("2023-03-01至2026-02-28", 36), ("2023年3月1日-2026年3月1日", 36), ("2023年3月1日至2023年8月31日", 6),
    ],
)  # fmt: skip
def test_a_term_is_read_in_months(cell, months):
    assert read(Term(), cell) == (months, False)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("自签订之日起至2025年12月31日", date(2025, 12, 31)), ("至2025年12月", date(2025, 12, 31)), ("有效期至2025-12-31", date(2025, 12, 31)),
        ("截止到2025年底", date(2025, 12, 31)), ("到2026.6.30止", date(2026, 6, 30)), ("2023-03-01至2026-02-28", date(2026, 2, 28)),
        ("三年", None), ("长期", None), ("2023.03-2026.03", None), ("2026年12月31日", None),
    ],
)  # fmt: skip
def test_a_term_that_names_its_last_day_tells_it(cell, day):
    assert read(TermEnd(), cell)[0] == day
    if day and "-03-01" not in cell:
        assert read(Term(), cell) == (None, None)  # and is no problem


@pytest.mark.parametrize(("cell", "months"), [("一年一签", 12), ("五年以上", 60), ("三五年", 36), ("二年六个月", 30)])
def test_a_loosely_worded_term_has_its_months(cell, months):
    assert read(Term(), cell) == (months, False)


@pytest.mark.parametrize("cell", ["长期", "永久", "无固定期限", "长期有效", "不定期"])
def test_an_open_term_has_no_months(cell):
    assert read(Term(), cell) == (None, True)


@pytest.mark.parametrize("cell", ["abc", "45天", "2026年12月31日", "3", "2025-2023", "999999999年"])
def test_an_unreadable_term_is_a_warning(cell):
    assert read(Term(), cell) == (None, None, ("warning", "term.form"))


@CALM
@given(
    st.integers(1, 50),
    st.sampled_from([("{}年", 12), ("{}个月", 1), ("自签订之日起{}年", 12), ("有效期{}个月", 1), ("{}年半", 12)]),
)
def test_a_term_survives_every_notation(length, notation):
    text, factor = notation
    assert read(Term(), text.format(length)) == (length * factor + 6 * text.endswith("半"), False)


@pytest.mark.parametrize(
    ("cell", "start", "end", "hours"),
    [
        ("14:00-17:00", "14:00", "17:00", 3.0), ("9：00—11:30", "09:00", "11:30", 2.5), ("9:00~11:30", "09:00", "11:30", 2.5), ("下午2点至4点半", "14:00", "16:30", 2.5),
        ("上午9点至下午5点", "09:00", "17:00", 8.0), ("晚上7点到9点", "19:00", "21:00", 2.0), ("9时30分-11时", "09:30", "11:00", 1.5), ("14.00-17.00", "14:00", "17:00", 3.0),
        ("上午", "09:00", "12:00", 3.0), ("下午", "14:00", "17:30", 3.5), ("晚上", "19:00", "21:00", 2.0), ("全天", "09:00", "17:30", 8.5),
        ("22:00-6:00", "22:00", "06:00", 8.0), ("20:00-00:00", "20:00", "24:00", 4.0), ("晚上10点至凌晨2点", "22:00", "02:00", 4.0), ("8:30至次日8:30", "08:30", "08:30", 24.0),
        ("9:00-11:30、14:00-17:00", "09:00", "17:00", 5.5), ("2小时", None, None, 2.0), ("一个半小时", None, None, 1.5), ("90分钟", None, None, 1.5), ("22:00-次日6:00", "22:00", "06:00", 8.0), ("2026-07-01 14:00-16:00", "14:00", "16:00", 2.0), ("早8点到晚8点", "08:00", "20:00", 12.0),
    ],
)  # fmt: skip
def test_a_time_range_is_read_with_its_hours(cell, start, end, hours):
    assert read(TimeRange(), cell) == (start, end, hours)


@pytest.mark.parametrize(
    "cell", ["abc", "9-11", "9:00-5:00", "99:00-100:00", "2:00-4:00", "两点到四点", "30小时", "1" * 5000]
)
def test_a_time_range_that_is_not_certain_is_a_warning(cell):
    assert read(TimeRange(), cell) == (None, None, None, ("warning", "hours.form"))


@pytest.mark.parametrize(
    ("cell", "hours", "weekly"),
    [
        ("周一至周五9:00-17:00", "Mo-Fr 09:00-17:00", 40.0),
        ("周一至周五：9:00-17:00", "Mo-Fr 09:00-17:00", 40.0),
        ("星期一到星期五上午9点至下午5点", "Mo-Fr 09:00-17:00", 40.0),
        ("9:00-17:00（周一至周五）", "Mo-Fr 09:00-17:00", 40.0),
        ("周六、周日9:00-18:00（节假日除外）", "Sa-Su 09:00-18:00; PH off", 18.0),
        ("周一至周五9:00-17:00，节假日10:00-16:00", "Mo-Fr 09:00-17:00; PH 10:00-16:00", 40.0),
        ("周一至周五9:00-17:00；周末及节假日10:00-16:00", "Mo-Fr 09:00-17:00; Sa-Su,PH 10:00-16:00", 52.0),
        ("9:00-17:00（法定节假日10:00-15:00）", "Mo-Su 09:00-17:00; PH 10:00-15:00", 56.0),
        ("全年9:00-17:00，节假日不休", "Mo-Su 09:00-17:00", 56.0),
        ("工作日9:00-17:00 节假日正常开放", "Mo-Fr 09:00-17:00", 40.0),
        ("周一至周五9:00-17:00，周六、节假日休息", "Mo-Fr 09:00-17:00; Sa off; PH off", 40.0),
        ("周一至周五全天，节假日期间暂停开放", "Mo-Fr 00:00-24:00; PH off", 120.0),
        ("周二至周日9:00-17:00（周一闭馆，国家法定节假日除外）", "Tu-Su 09:00-17:00; Mo off", 48.0),
        ("周一至周五9:00-17:00，周六日休息，节假日除外", "Mo-Fr 09:00-17:00; Sa-Su off; PH off", 40.0),
        ("周一闭馆，其余9:00-17:00", "Tu-Su 09:00-17:00; Mo off", 48.0),
        ("每天24小时，节假日休息", "24/7; PH off", 168.0),
        ("每天8:00-21:00", "Mo-Su 08:00-21:00", 91.0),
        ("8:00-18:00", "Mo-Su 08:00-18:00", 70.0),
        ("周一闭馆，9:00-16:30", "Tu-Su 09:00-16:30; Mo off", 45.0),
        ("9:00-17:00，周一闭馆", "Tu-Su 09:00-17:00; Mo off", 48.0),
        ("每日9:00-17:00（周一闭馆）", "Tu-Su 09:00-17:00; Mo off", 48.0),
        ("工作日 8:30-12:00，14:00-17:30", "Mo-Fr 08:30-12:00,14:00-17:30", 35.0),
        ("周一到周五 上午9:00-11:30 下午14:00-17:00", "Mo-Fr 09:00-11:30,14:00-17:00", 27.5),
        ("周一至周五 8:30-12:00，14:00-17:30；周六 9:00-12:00", "Mo-Fr 08:30-12:00,14:00-17:30; Sa 09:00-12:00", 38.0),
        ("周一至周五9:00-17:00，周六日休息", "Mo-Fr 09:00-17:00; Sa-Su off", 40.0),
        ("周末9:00-17:00，工作日18:00-21:00", "Mo-Fr 18:00-21:00; Sa-Su 09:00-17:00", 31.0),
        ("周一、三、五9:00-11:00", "Mo,We,Fr 09:00-11:00", 6.0),
        ("周一至周四及周六9:00-12:00", "Mo-Th,Sa 09:00-12:00", 15.0),
        ("周五至周一9:00-12:00", "Mo,Fr-Su 09:00-12:00", 12.0),
        ("周二至周日 9:00—17:00（16:30停止入场）", "Tu-Su 09:00-17:00", 48.0),
        ("周一至周五9:00-17:00，需提前3天预约", "Mo-Fr 09:00-17:00", 40.0),
        ("每周三下午", "We 14:00-17:30", 3.5),
        ("双休日全天", "Sa-Su 00:00-24:00", 48.0),
        ("全天开放", "24/7", 168.0),
        ("周二至周日9:00-17:00（周一闭馆，节假日除外，16:30停止入场）", "Tu-Su 09:00-17:00; Mo off", 48.0),
        ("9:00-17:00（周一闭馆，需提前预约）", "Tu-Su 09:00-17:00; Mo off", 48.0),
        ("9:00-17:00（凭身份证入馆；周一、周二闭馆）", "We-Su 09:00-17:00; Mo-Tu off", 40.0),
        ("24小时", "24/7", 168.0),
        ("周一至周五9:00-17:00，其余时间不开放", "Mo-Fr 09:00-17:00", 40.0),
        ("20:00-2:00", "Mo-Su 20:00-02:00", 42.0),
        ("9:00-17:00(逢周一闭馆)", "Tu-Su 09:00-17:00; Mo off", 48.0),
        ("夏季8:00-18:00，冬季8:30-17:30", "summer Mo-Su 08:00-18:00; winter Mo-Su 08:30-17:30", 66.5),
        (
            "夏季（5月-9月）8:00-18:00，冬季（10月-4月）8:30-17:30",
            "May-Sep Mo-Su 08:00-18:00; Oct-Apr Mo-Su 08:30-17:30",
            65.92,
        ),
        (
            "周二至周日 夏季9:00-17:30，冬季9:00-17:00，周一闭馆（节假日除外）",
            "summer Tu-Su 09:00-17:30; summer Mo off; winter Tu-Su 09:00-17:00; winter Mo off",
            49.5,
        ),
        (
            "5月1日至9月30日 8:30-18:00，10月1日至次年4月30日 9:00-17:00",
            "May-Sep Mo-Su 08:30-18:00; Oct-Apr Mo-Su 09:00-17:00",
            60.38,
        ),
    ],
)
def test_opening_hours_are_read_for_the_week(cell, hours, weekly):
    assert read(OpeningHours(), cell) == (hours, weekly)


@pytest.mark.parametrize(
    "cell",
    [
        "abc",
        "预约开放",
        "周一至周五",
        "夏季8:00-18:00",
        "4月-10月 9:00-17:00",
        "旺季9:00-18:00，淡季9:00-17:00",
        "5月15日-9月15日 9:00-18:00，9月16日-5月14日 9:00-17:00",
        "工作日9:00-17:00，国庆节10:00-16:00",
        "9:00-17:00 9:30-18:00",
        "夜间不开放",
        "周一9:00-11:00闭馆",
        "9:00-17:00，中午不休息",
        "周" * 5000,
    ],
)
def test_opening_hours_that_are_not_certain_are_a_warning(cell):
    assert read(OpeningHours(), cell) == (None, None, ("warning", "hours.form"))


@CALM
@given(
    st.integers(6, 16),
    st.integers(1, 7),
    st.sampled_from(["{:d}:00-{:d}:00", "{:02d}：00—{:02d}：00", "{}点至{}点", "{:d}时-{:d}时", "{:d}:00 到 {:d}:00"]),
)
def test_a_time_range_survives_every_notation(start, length, notation):
    cell = notation.format(start, start + length)
    assert read(TimeRange(), cell) == (f"{start:02d}:00", f"{start + length:02d}:00", float(length))
    assert read(OpeningHours(), "每天" + cell) == (f"Mo-Su {start:02d}:00-{start + length:02d}:00", 7.0 * length)


def test_slots_that_are_kept_as_text_beside_are_read_into_weekly_intervals_in_silence() -> None:
    raw = pl.Series(["每周六上午", "工作日18:00-20:00", "周二、周四下午", "寒暑假", None])
    frame, problems = OpeningHours(quiet=True).clean_column("slots", raw)
    assert frame["slots"].to_list() == ["Sa 09:00-12:00", "Mo-Fr 18:00-20:00", "Tu,Th 14:00-17:30", None, None]
    assert frame["slots_weekly"].to_list() == [3.0, 10.0, 7.0, None, None]
    assert problems.is_empty()
