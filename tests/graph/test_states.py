"""What a status and dates say of the state of a thing."""

from datetime import date, timedelta

import polars as pl
import pytest

from graph.states import VOCABULARY, find_state, in_force, is_over, is_withdrawn, said_state

DAY = date(2026, 6, 30)


def said(text):
    return pl.DataFrame({"status": [text]}, schema={"status": pl.String}).select(said_state()).item()


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("拟签", "planned"), ("未启动", "planned"),
        ("征集", "open"), ("未使用", "open"),
        ("履行中", "under way"), ("已续签", "under way"), ("办理中", "under way"), ("进行中", "under way"), ("公示", "under way"), ("在岗", "under way"),
        ("已使用", "under way"),
        ("完成", "done"), ("已办结", "done"), ("已解决", "done"), ("已满足", "done"), ("已销号", "done"), ("已完成对接", "done"), ("已实现", "done"),
        ("已撤回", "cancelled"), ("取消", "cancelled"), ("已终止", "cancelled"), ("提前终止", "cancelled"), ("暂时停用", "cancelled"), ("撤销", "cancelled"),
        ("已撤除", "cancelled"), ("拆除", "cancelled"), ("已注销", "cancelled"), ("临时关闭", "cancelled"), ("停止开放", "cancelled"), ("withdrawn", "cancelled"),
        ("closed", "cancelled"),
        ("已到期", "expired"), ("期满", "expired"), ("逾期", "expired"),
    ],
)  # fmt: skip
def test_words_of_the_vocabulary_say_a_state(text, state):
    assert said(text) == state


def test_the_test_above_knows_every_word():
    words = {word for state in VOCABULARY.values() for word in (*state.whole, *state.first, *state.inside)}
    asked = [case[0] for case in test_words_of_the_vocabulary_say_a_state.pytestmark[0].args[1]]
    assert [word for word in words if not any(word in text for text in asked)] == []


@pytest.mark.parametrize(
    "text", [None, "", "未完成", "正在解决", "未停用", "没关闭", "不撤销", "即将到期", "到期自动续签", "推进中", "？"]
)
def test_what_it_does_not_know_is_unknown_and_not_guessed(text):
    assert said(text) == "unknown"


@pytest.mark.parametrize(
    ("begins", "ends", "state"),
    [
        (0, 0, "under way"), (1, 1, "planned"), (-1, -1, "expired"), (None, None, "under way"), (None, 0, "under way"), (None, -1, "expired"),
        (1, None, "planned"),
    ],
)  # fmt: skip
def test_the_first_and_the_last_day_count_and_unknown_days_end_nothing(begins, ends, state):
    days = {"a": begins, "b": ends}
    row = {name: None if n is None else DAY + timedelta(days=n) for name, n in days.items()}
    frame = pl.DataFrame([row | {"status": "履行中"}], schema={"a": pl.Date, "b": pl.Date, "status": pl.String})
    assert frame.select(find_state(DAY, begins="a", ends="b")).item() == state
    assert (
        frame.with_columns(status=pl.lit("已终止")).select(find_state(DAY, begins="a", ends="b")).item() == "cancelled"
    )
    assert frame.select(is_over(DAY, ends="b")).item() is (ends == -1)


def test_without_a_day_only_the_status_is_judged():
    frame = pl.DataFrame({"signed": [DAY] * 2, "expires": [date(2000, 1, 1)] * 2, "status": [None, "拟签"]})
    assert frame.select(in_force(None)).to_series().to_list() == [True, False]


@pytest.mark.parametrize(("text", "gone"), [("改造中", True), ("已停用", True), ("在用", False), (None, False)])
def test_a_resource_under_conversion_is_withdrawn(text, gone):
    frame = pl.DataFrame({"registered": [text]}, schema={"registered": pl.String})
    assert frame.select(is_withdrawn("registered")).item() is gone
