"""What holds for every value type, whatever a cell has."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.problems import PROBLEMS
from graph.types import (
    CALLED_OFF,
    MONEY,
    Area,
    AreaCode,
    Bool,
    Codes,
    Count,
    CreditCode,
    Date,
    Industry,
    KeepsLog,
    Latitude,
    ListOf,
    Longitude,
    Name,
    OfficePhone,
    OneOf,
    OpeningHours,
    Place,
    Span,
    TeamName,
    Term,
    TermEnd,
    Text,
    TimeRange,
    Year,
)
from graph.types.dates import _NO_DATE
from graph.types.numbers import VAGUE
from graph.types.terms import _UNTIL
from graph.types.value_type import PROBLEM_SCHEMA, ValueType, blank_to_null, find_problems

LEVELS = OneOf({"国家": ("国家级",), "市": ("市级",)})
TYPES: list[ValueType] = [
    Text(), Name(), ListOf(), Count(), Area(), Longitude(), Latitude(), Place(), Date(), Year(), Term(), TimeRange(), OpeningHours(),
    LEVELS, OneOf(LEVELS.choices, unknown="keep"), OneOf(LEVELS.choices, unknown="drop"), Bool(), KeepsLog(), KeepsLog(in_remark=True), CALLED_OFF,
    CreditCode(), Codes(12), AreaCode(12), Industry(), OfficePhone(), Date(last=True), TermEnd(),
    MONEY, MONEY.in_header("金额（万元）"), Area().in_header("面积（亩）"), Span(), TeamName(),
]  # fmt: skip
# Cells that these types leave empty without a word: 若干 people, 长期 as a date, a remark about something else, a bare separator.
SILENT = {
    "Count": VAGUE,
    "Area": VAGUE,
    "Quantity": VAGUE,
    "Span": _NO_DATE,
    "Date": _NO_DATE,
    "Year": _NO_DATE,
    "TermEnd": "",
    "Term": _UNTIL,
    "KeepsLog": "",
    "Remarked": "",
    "ListOf": r"^(?:[\W和及]|以及)*$",
}
PIECES = [
    "2019", "1", "12", "年", "月", "日", ".", "-", "/", ":", "：", "，", "、", "万", "人", "约", "㎡", "亩", "平方米", "三", "十", "〇", "周一", "至", "上午",
    "点", "半", "闭馆", "E", "N", "北纬", "°", "1e", "9", "nan", "inf", "０", "１", "是", "无", "有", "登记", "市级", "C35", "91", "0379", "139", "0000", "〃",
    "—", "(", "）", "[", "\x00", "\u200b", "\u202e", "=", "<", "自", "起", "长期", "季度", ",", ";", "和", "\n", "\t", "国家", " ",
]  # fmt: skip
CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
    st.integers().map(str),
    st.floats().map(str),
)


@pytest.mark.parametrize("kind", TYPES, ids=repr)
@given(cells=st.lists(CELLS, max_size=16))  # a longer column costs no more, another example does
@settings(max_examples=10, deadline=None)
def test_any_text_is_cleaned_and_every_refused_cell_is_told_once(kind, cells):
    raw = pl.Series("cells", cells, dtype=pl.String)
    frame, problems = kind.clean_column("x", raw)
    assert dict(frame.schema) == kind.columns("x")
    assert frame.height == len(cells)
    assert problems.schema == pl.Schema(PROBLEM_SCHEMA)
    assert problems["index"].is_sorted() and problems["index"].is_unique().all()
    assert set(problems["code"]) <= set(PROBLEMS)
    if getattr(kind, "unknown", "") == "drop":
        return
    cleaned = blank_to_null(raw, kind.blanks)
    empty = frame.select(pl.all_horizontal(pl.all().is_null())).to_series() & cleaned.is_not_null()
    silent = SILENT.get(type(kind).__name__)
    if silent is not None:
        empty &= ~cleaned.str.contains(silent)
    assert set(empty.arg_true()) <= set(problems["index"])


@pytest.mark.parametrize("kind", TYPES, ids=repr)
def test_blank_cells_are_empty_and_no_problem(kind):
    raw = pl.Series(["", "  ", "—", "/", "暂无", "N/A", "不详", "\u200b", "——", None])
    frame, problems = kind.clean_column("x", raw)
    assert problems.is_empty()
    assert frame.null_count().row(0) == (raw.len(),) * frame.width


@pytest.mark.parametrize("kind", TYPES, ids=repr)
def test_no_type_lets_a_personal_number_through(kind):
    numbers = [
        "13900001234",
        "139 0000 1234",
        "+86-139-0000-1234",
        "110101199003077571",
        "11010119900307757X",
        "6222021234567890128",
    ]
    raw = pl.Series(numbers + [f"联系张三{n}，谢谢" for n in numbers] + ["１３９００００１２３４"])
    frame, problems = kind.clean_column("x", raw)
    for text in (*frame.rows(), *problems.rows()):
        digits = "".join(c for c in str(text) if c.isdigit())
        assert "13900001234" not in digits
        assert "1101011990" not in digits
        assert "62220212" not in digits


@pytest.mark.parametrize("kind", TYPES, ids=repr)
def test_a_long_column_is_cleaned_like_a_short_one(kind):
    cells = [
        "2019.03",
        "约300人",
        "周一至周五9:00-17:00",
        "三年",
        "abc",
        "无",
        None,
        "-20",
        "112.4,34.6",
        "13900001234",
        "会议室、食堂",
        "市级",
    ]
    short = kind.clean(pl.Series(cells))
    long = kind.clean(pl.Series(cells * 1000))
    for suffix, part in short.values.items():
        assert long.values[suffix].to_list() == part.to_list() * 1000
    assert long.problems["index"].is_sorted()
    assert long.problems.height == 1000 * short.problems.height
    assert long.problems.head(short.problems.height).equals(short.problems)


@pytest.mark.parametrize("kind", TYPES, ids=repr)
def test_an_empty_column_and_a_column_without_a_type_are_fine(kind):
    assert kind.clean_column("x", pl.Series([], dtype=pl.String))[0].height == 0
    assert kind.clean_column("x", pl.Series([None, None]))[0].height == 2


def test_types_can_be_compared_and_put_into_sets():
    assert Codes(12) == Codes(12) != Codes(9)
    assert len({Text(), Text(), Name(), LEVELS}) == 3


def test_width_and_invisible_characters_are_folded():
    raw = pl.Series(["ＬＹＣ　轴承", "a\u200bb\u202ec\x00", "e\u0301", " 正常 "])
    assert blank_to_null(raw).to_list() == ["LYC 轴承", "abc", "é", "正常"]


def test_a_report_shows_only_the_beginning_of_a_long_cell():
    raw = pl.Series(["很" * 10_000])
    assert len(find_problems(raw, pl.Series([True]), "number.form")["value"][0]) < 100


def test_nothing_is_suggested_where_the_suggestion_would_tell_a_personal_number():
    found = find_problems(
        pl.Series(["13900001234"]), pl.Series([True]), "uscc.check", suggestion=pl.Series(["1390000123X"])
    )
    assert found.row(0)[3:] == ("139****1234", None)
