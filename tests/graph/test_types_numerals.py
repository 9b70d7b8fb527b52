"""A number written in any Chinese form is read as that number again; what is no numeral stays as it is."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.types import MONEY, Area, Count
from graph.types.numerals import numerals_to_digits

CALM = settings(max_examples=150, deadline=None)
ORDINARY, FORMAL, OLD = (
    "零一二三四五六七八九十百千万亿",
    "零壹贰叁肆伍陆柒捌玖拾佰仟万亿",
    "零壹貳參肆伍陸柒捌玖拾佰仟萬億",
)


def write(number, characters=ORDINARY):
    """Write a number below a million million as people say it: 100203 → 十万零二百零三."""
    if not number:
        return characters[0]
    parts, gap = "", False
    for unit, word in ((10**8, characters[14]), (10**4, characters[13]), (1, "")):
        group, number = divmod(number, unit)
        if group:
            between = characters[0] if parts and (gap or group < 1000) else ""
            parts, gap = parts + between + small(group, characters) + word, False
        else:
            gap = bool(parts)
    return parts[1:] if parts.startswith("一十") else parts


def small(number, characters):
    """Write a number below ten thousand: 1203 → 一千二百零三."""
    text, gap = "", False
    for unit, word in ((1000, characters[12]), (100, characters[11]), (10, characters[10]), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text, gap = text + (characters[0] if gap and text else "") + characters[digit] + word, False
        else:
            gap = True
    return text


def read(text, quantities=True):
    return numerals_to_digits(pl.Series([text]), quantities=quantities)[0]


NUMBERS = st.one_of(st.integers(0, 999), st.integers(0, 10**6), st.integers(0, 10**12 - 1))


@CALM
@given(NUMBERS, st.sampled_from([ORDINARY, FORMAL, OLD]), st.booleans())
def test_a_number_written_out_is_read_as_that_number(number, characters, quantities):
    assert read(write(number, characters), quantities) == str(number)


@CALM
@given(
    st.integers(1, 9),
    st.integers(1, 9),
    st.sampled_from([(100, "百"), (1000, "千"), (10_000, "万"), (10**8, "亿")]),
    st.booleans(),
)
def test_the_last_digit_said_alone_counts_a_tenth_of_the_unit_before_it(head, tail, unit, in_digits):
    value, word = unit
    said = f"{head if in_digits else ORDINARY[head]}{word}{tail if in_digits else ORDINARY[tail]}"
    assert Count().clean(pl.Series([said])).values[""][0] == head * value + tail * value // 10
    assert Count().clean(pl.Series([f"{ORDINARY[head]}{word}零{ORDINARY[tail]}"])).values[""][0] == head * value + tail


@CALM
@given(st.integers(1, 10**8), st.sampled_from(["{}元", "{}元整", "{}圆整", "人民币{}元整", "（大写）{}元整", "{}"]))
def test_an_amount_in_formal_characters_is_that_amount(amount, form):
    assert MONEY.clean(pl.Series([form.format(write(amount, FORMAL))])).values[""][0] == amount


@CALM
@given(st.integers(1, 99), st.integers(1, 9), st.sampled_from([("万", 10**4), ("亿", 10**8)]))
def test_a_decimal_before_a_unit_is_a_part_of_it(whole, tenths, unit):
    word, value = unit
    assert read(f"{write(whole)}点{ORDINARY[tenths]}{word}") == str((10 * whole + tenths) * value // 10)


@pytest.mark.parametrize(
    "text",
    ["十三五", "百二", "百八十", "百十", "二百三百", "三万五亿", "3万50", "一点", "点五", "万二", "一百十十", "二十百"],
)
def test_what_is_no_numeral_is_not_made_into_a_number(text):
    assert not read(text).isdigit()


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("二〇二五年", "2025年"),
        ("二零二六", "2026"),
        ("廿三", "23"),
        ("卅一", "31"),
        ("一二三", "123"),
        ("3万元", "3万元"),
        ("一万亿", "1000000000000"),
        ("五千万亿", "5000000000000000"),
        ("一万亿亿", "一万亿亿"),
        ("一亿万", "一亿万"),
    ],
)
def test_years_digit_by_digit_and_old_tens_are_read(text, digits):
    assert read(text, quantities=False) == digits


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [(Area(), "半亩", 333.335), (Area(), "一亩半", 1000.005), (MONEY, "12元5角", 12.5), (MONEY, "壹万贰仟叁佰元伍角", 12300.5), (MONEY, "1万2", 12000.0)],
)  # fmt: skip
def test_halves_and_smaller_units_are_added(kind, cell, value):
    assert kind.clean(pl.Series([cell])).values[""][0] == pytest.approx(value)


@pytest.mark.parametrize(
    ("header", "cell", "count"),
    [
        ("常住人口（万人）", "3.2", 32000),
        ("常住人口（万人）", "3.2万", 32000),
        ("常住人口（万人）", "12000人", 12000),
        ("容纳人数（人）", "80", 80),
    ],
)
def test_a_count_is_in_the_unit_that_its_header_names(header, cell, count):
    assert Count(of="people").in_header(header).clean(pl.Series([cell])).values[""][0] == count


@pytest.mark.parametrize(
    ("kind", "cell", "code"),
    [
        (Count(of="people"), "2万人次", "number.unit"), (Count(of="people"), "200平方米", "number.unit"), (Count(of="people").in_header("接待能力（人次/日）"), "1000", "number.rate"),
        (Count(of="households"), "300人", "number.unit"), (Count(of="hours"), "2天", "number.unit"), (Area(indoors=True), "0.5平方公里", "number.unit"), (MONEY, "500元/月", "number.rate"),
    ],
)  # fmt: skip
def test_a_unit_of_something_else_and_a_rate_are_refused(kind, cell, code):
    cleaned = kind.clean(pl.Series([cell]))
    assert cleaned.values[""][0] is None
    assert cleaned.problems["code"].to_list() == [code]
