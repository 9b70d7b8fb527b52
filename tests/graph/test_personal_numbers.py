"""Numbers of persons in free text: found however they are spelt and parted; numbers of things are left as they are."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.types.hiding import HIDDEN
from graph.types.personal import mask_personal
from graph.types.personal_numbers import is_national

CALM = settings(max_examples=60, deadline=None)
CHINESE = "〇一二三四五六七八九"
MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
BIRTHS = st.dates(date(1930, 1, 1), date(2010, 12, 31))
SIGNS = st.sampled_from([" ", ".", "-", "—", "·", "－", " - ", "——", "\u3000", "．", "~"])


@st.composite
def nationals(draw):
    """A national number of an invented person; its check character is as often wrong as chance has it."""
    return f"9999{draw(st.integers(1, 99)):02d}{draw(BIRTHS):%Y%m%d}{draw(st.integers(0, 999)):03d}{draw(st.sampled_from('0123456789X'))}"


SPELLINGS = {
    "plain": str,
    "wide": lambda number: "".join(chr(ord(c) + 0xFEE0) for c in number),
    "Chinese": lambda number: "".join(CHINESE[int(c)] if c.isdigit() else c for c in number),
    "Arabic": lambda number: "".join(chr(0x660 + int(c)) if c.isdigit() else c for c in number),
    "circled": lambda number: "".join("⓪①②③④⑤⑥⑦⑧⑨"[int(c)] if c.isdigit() else c for c in number),
    "zero width": "\u200b".join,
    "letters alike": lambda number: number[0] + number[1:-1].replace("0", "O") + number[-1],
}


def part(number, sizes, sign):
    cuts = [sum(sizes[:n]) for n in range(len(sizes) + 1)]
    return sign.join(number[a:b] for a, b in pairwise(cuts))


@CALM
@given(MOBILES, SIGNS, st.sampled_from(sorted(SPELLINGS)), st.sampled_from(["", "+86 ", "86-", "0086"]))
def test_a_mobile_is_hidden_however_it_is_spelt_and_parted(number, sign, spelling, country):
    assert mask_personal(f"电话:{country}{part(SPELLINGS['plain'](number), (3, 4, 4), sign)}") == f"电话:{HIDDEN}"
    assert mask_personal(f"请拨{SPELLINGS[spelling](number)}。") == f"请拨{HIDDEN}。"


@CALM
@given(
    nationals(),
    SIGNS,
    st.sampled_from(sorted(SPELLINGS)),
    st.sampled_from([(4, 4, 4, 4, 2), (6, 8, 4), (6, 4, 4, 4), (18,)]),
)
def test_a_national_number_is_hidden_however_it_is_spelt_and_parted(number, sign, spelling, sizes):
    assert mask_personal(f"身份证{part(number, sizes, sign)}") == f"身份证{HIDDEN}"
    assert mask_personal(f"号码{SPELLINGS[spelling](number)}。") == f"号码{HIDDEN}。"


@CALM
@given(nationals(), nationals(), MOBILES)
def test_numbers_glued_together_and_numbers_that_lost_their_check_letter_are_hidden(one, other, mobile):
    for glued in (one + other, mobile + one, one[:17] + mobile, mobile + mobile, one[:17]):
        assert mask_personal(f"备注{glued}") == f"备注{HIDDEN}"


@CALM
@given(
    st.dates(date(2016, 1, 1), date(2035, 12, 31)), st.integers(0, 10**6 - 1), st.sampled_from(["DB", "合同", "XM", ""])
)
def test_numbers_of_orders_and_documents_are_no_persons(day, serial, kind):
    for text in (
        f"{kind}{day:%Y%m%d}{serial:06d}",
        f"{kind}-{day:%Y}-{serial % 1000:03d}号",
        f"{kind}{day:%Y%m%d%H%M%S}{serial:04d}",
    ):
        assert mask_personal(text) == text


@CALM
@given(st.floats(73.0, 135.9), st.floats(18.0, 53.0), st.integers(2, 8))
def test_a_position_is_no_number_of_a_person(lon, lat, places):
    for text in (
        f"{lon:.{places}f},{lat:.{places}f}",
        f"{lon:.{places}f}",
        f"经度{lon:.{places}f}，纬度{lat:.{places}f}",
    ):
        assert mask_personal(text) == text


@CALM
@given(st.integers(1, 10**8), st.integers(1, 10**8), st.sampled_from(["元", "㎡", "平方米", "吨", "人次", "户"]))
def test_quantities_and_ranges_are_no_numbers_of_persons(few, many, unit):
    for text in (
        f"{few}{unit}",
        f"{min(few, many)}-{max(few, many)}{unit}",
        f"{few:,}.{many % 100:02d}{unit}",
        f"{many * 1000}{unit}",
    ):
        assert mask_personal(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "DB-2026-03", "统一代码91410300MA9FXXXX1X", "91110000600037341L", "社区代码410305001001", "型号6205-2RS/C3", "M12×1.75×80", "1380-1200-750", "150-200-3000",
        "2026.03.15-2026.12.31", "14:00-17:00", "110、119、120", "400-123-4567", "GB/T 4754-2017", "1、2、3、4、5、6、7、8、9、10、11、12", "三八妇女节、九九重阳",
        "1500、1800、2000", "2024-2025学年第1学期", "办公电话0379-64912345", "值班(0379)64912345", "服务热线 0379 6491 2345", "型号E12345678", "编号EA1234567", "豫C20250301号",
    ],
)  # fmt: skip
def test_what_is_like_a_number_of_a_person_stays(text):
    assert mask_personal(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "护照E12345678", "EA1234567", "G12345678", "军官证南字第1234567号", "军字第1234567号", "残疾证4103051990", "通行证H12345678", "驾驶证号:410305001234", "卡号6222 0212 3456 7890 128",
        "6222021234567890128", "豫C·12345", "豫C 8D888", "粤BD12345", "微信号:zhang_88", "加v：zhang8888", "QQ 12 345 678", "zhang (at) qq.com", "zhang＠163.com", "家庭电话0379-64912345",
        "宅电64912345", "0379—6491—2345", "零三七九六四九一二三四五", "1.38001E+10",
    ],
)  # fmt: skip
def test_papers_accounts_and_telephones_of_homes_are_hidden(text):
    assert HIDDEN in mask_personal(text)


@CALM
@given(st.text(max_size=40))
def test_hiding_twice_hides_no_more(text):
    once = mask_personal(text)
    assert mask_personal(once) == once


def test_a_check_digit_decides_only_where_it_can():
    assert is_national("11010519491231002X")  # the check is right
    assert is_national("110105194912310021")  # wrong, but the shape is one and the birth date possible
    assert not is_national("410305202603150001")  # the day of an order
    assert not is_national("110105194913310021")  # no such month
