"""Closed vocabularies, yes and no, logs of use."""

import polars as pl
import pytest

from graph.schema.organizations import OWNERSHIP as ENTERPRISE_OWNERSHIP
from graph.types import Bool, KeepsLog, OneOf

OWNERSHIP = {"央企": ("中央企业", "央属"), "省企": ("省属", "省属企业"), "民营": ("私营", "民企")}
RATING = {"非常满意": ("优秀", "优"), "满意": ("良好", "良"), "一般": ("合格",), "不够满意": ("不满意", "差", "不合格")}


def clean(kind, *cells):
    return kind.clean(pl.Series(cells, dtype=pl.String)).values[""].to_list()


def test_a_word_is_found_by_its_other_spellings_and_inside_a_longer_one():
    assert clean(OneOf(OWNERSHIP), "央企", "中央企业", "中央 企业", "河南省属企业", "民企（个体）") == [
        "央企",
        "央企",
        "央企",
        "省企",
        "民营",
    ]


def test_the_longest_word_wins_and_a_negation_is_no_match():
    assert clean(OneOf(RATING), "很不满意", "非常满意！", "基本合格", "优") == [
        "不够满意",
        "非常满意",
        "一般",
        "非常满意",
    ]
    assert clean(OneOf({"正式": (), "预备": ()}, unknown="drop"), "非正式", "正式党员") == [None, "正式"]


def test_a_single_character_is_never_searched_inside_a_word():
    assert clean(OneOf(RATING, unknown="keep"), "优先考虑") == ["优先考虑"]


def test_an_unknown_word_is_a_warning_with_the_known_ones_that_it_may_mean():
    cleaned = OneOf(OWNERSHIP).clean(pl.Series(["属企业", "无", "xyz", "央业"]))
    assert cleaned.values[""].to_list() == [None, None, None, None]
    assert cleaned.problems.rows() == [
        (0, "choice.unknown", "warning", "属企业", "省企"),
        (2, "choice.unknown", "warning", "xyz", "央企、省企、民营"),
        (3, "choice.unknown", "warning", "央业", "央企、省企、民营"),
    ]


@pytest.mark.parametrize(
    ("word", "choice"),
    [
        ("国有企业", "国有"), ("国有独资", "国有"), ("国有独资公司", "国有"), ("国有控股", "国有"), ("全民所有制", "国有"), ("集体所有制", "集体"), ("个体工商户", "个体"), ("集体", "集体"),
        ("有限责任公司（国有独资）", "国有"), ("市属国有企业", "市企"), ("省国资委监管企业", "省企"), ("有限责任公司(自然人投资或控股)", "民营"), ("中外合资", "外资"), ("非公有制企业", "民营"),
        ("国有控股与民营合资", None), ("有限责任公司", None), ("非国有企业", "民营"), ("国有参股企业", "混合"), ("国有企业改制", None), ("原国有企业（现民营）", "民营"), ("中国企业", None), ("国有和民营", None),
    ],
)  # fmt: skip
def test_the_words_for_whose_a_firm_is_are_those_of_the_domain(word, choice):
    assert clean(ENTERPRISE_OWNERSHIP, word) == [choice]


@pytest.mark.parametrize(
    "word", ["国友独资", "独资", "股份公司", "中国企业", "其他", "非集体", "有限责任公司", "国有和民营"]
)
def test_no_opposite_is_ever_suggested(word):
    (suggestion,) = ENTERPRISE_OWNERSHIP.clean(pl.Series([word])).problems["suggestion"].to_list()
    everything = "、".join(ENTERPRISE_OWNERSHIP.choices)
    assert suggestion == {"独资": "国有、民营、外资", "国有和民营": "国有、民营"}.get(word, everything)


def test_what_is_to_come_or_done_in_part_is_not_done():
    status = OneOf({"已到期": ("到期",), "已续签": ("续签",), "已完成": ("完成", "办结")}, unknown="keep")
    left = ["即将到期", "拟续签", "待办结", "部分完成", "完成60%", "计划完成", "完成过半", "基本完成"]
    assert clean(status, *left) == left
    assert clean(status, "已到期（3月）", "本月续签", "全部完成") == ["已到期", "已续签", "已完成"]


def test_a_word_that_may_be_two_choices_is_asked_about():
    scale = OneOf({"大型": ("大",), "中型": ("中",), "小型": ("小",)})
    assert clean(scale, "大型企业", "大中型企业", "中小型", "大型、中型") == ["大型", None, None, None]


@pytest.mark.parametrize(("unknown", "values"), [("keep", ["央企", "合作社"]), ("drop", ["央企", None])])
def test_an_unknown_word_can_be_kept_or_dropped_without_a_problem(unknown, values):
    cleaned = OneOf(OWNERSHIP, unknown=unknown).clean(pl.Series(["央属", "合作社"]))
    assert cleaned.values[""].to_list() == values
    assert cleaned.problems.is_empty()


def test_yes_and_no_are_read_as_offices_write_them():
    assert clean(Bool(), "是", "有", "√", "对", "1", "Y", "yes") == [True] * 7
    assert clean(Bool(), "否", "无", "×", "没有", "0", "N", "ｎｏ") == [False] * 7
    assert clean(Bool(), "—", "", "暂无", None) == [None] * 4
    assert clean(Bool(), "有（2间）", "是，需预约", "1.0", "是的", "√是") == [True] * 5
    assert clean(Bool(), "无（在建）", "0.0", "无需", "✕") == [False] * 4


# Every word stands here once more: one that is taken out of the rule, or put among the others, is missed.
YES = "是 是的 有的 有 √ ✓ ✔ ☑ 对 已 可 可以 需要 需 能 1 1.0 √是 y yes true t"
NO = "否 无 × ✕ 无需 免 ✗ ✘ ☒ 错 不 未 没 没有 不是 不可 不可以 不需要 不需 不能 0 0.0 x n no false f"


def test_every_word_for_yes_and_no_is_read_alone_and_before_what_explains_it():
    for words, meant in ((YES.split(), True), (NO.split(), False)):
        assert dict(zip(words, clean(Bool(), *words), strict=True)) == dict.fromkeys(words, meant)
        explained = [f"{word}（见备注）" for word in words]
        assert dict(zip(words, clean(Bool(), *explained), strict=True)) == dict.fromkeys(words, meant)
        assert dict(zip(words, clean(KeepsLog(), *words), strict=True)) == dict.fromkeys(words, meant)


def test_what_is_neither_yes_nor_no_is_a_warning():
    assert Bool().clean(pl.Series(["也许"])).problems.rows() == [(0, "choice.unknown", "warning", "也许", "是、否")]


def test_a_column_says_whether_a_log_is_kept():
    assert clean(KeepsLog(), "有使用登记簿", "有登记", "已建立使用台账", "有", "是", "√") == [True] * 6
    assert clean(KeepsLog(), "有参观登记", "有登记本", "设有来访登记册", "有入场记录") == [True] * 4
    assert clean(KeepsLog(), "无参观登记", "未建接待台账") == [False] * 2
    assert clean(KeepsLog(), "无使用登记", "未登记", "没有登记", "无登记簿", "无", "否") == [False] * 6
    assert clean(KeepsLog(), "需提前登记", "每周一闭馆", "—", "暂无") == [None] * 4


def test_in_a_remark_only_words_about_a_log_count():
    assert clean(KeepsLog(in_remark=True), "有使用登记簿", "无使用登记", "无", "有", "是", "投影坏了") == [
        True,
        False,
        None,
        None,
        None,
        None,
    ]
