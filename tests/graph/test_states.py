"""What a status and dates say of the state of a thing."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.state_words import read_state
from graph.states import (
    find_state,
    in_force,
    is_called_off,
    is_closed,
    is_open,
    is_over,
    is_overdue,
    is_said_expired,
    is_withdrawn,
    said_handover_state,
    said_state,
    was_in_force,
)

DAY = date(2026, 6, 30)


def said(text):
    return pl.DataFrame({"status": [text]}, schema={"status": pl.String}).select(said_state()).item()


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("拟签", "planned"), ("未启动", "planned"), ("待盖章", "planned"), ("尚未正式启用", "planned"), ("计划中", "planned"), ("已签未生效", "planned"),
        ("征集", "open"), ("未使用", "open"), ("待办", "open"), ("未按期完成", "open"), ("缺2人", "open"), ("可认领", "open"), ("未停用", "open"),
        ("已办结，未销号", "open"), ("逾期未完成", "open"), ("没关闭", "open"),
        ("履行中", "under way"), ("已续签", "under way"), ("办理中", "under way"), ("进行中", "under way"), ("公示", "under way"), ("在岗", "under way"),
        ("已使用", "under way"), ("正在解决", "under way"), ("待验收", "under way"), ("已完成80%", "under way"), ("部分完成", "under way"), ("未到期", "under way"),
        ("即将到期", "under way"), ("到期自动续签", "under way"), ("已开工，未完工", "under way"), ("改造未完成", "under way"),
        ("完成", "done"), ("已办结", "done"), ("已解决", "done"), ("已满足", "done"), ("已销号", "done"), ("已完成对接", "done"), ("已实现", "done"),
        ("非常满意", "done"), ("履行完毕", "done"), ("名额已满", "done"), ("整改到位", "done"), ("完成100%", "done"),
        ("已撤回", "cancelled"), ("取消", "cancelled"), ("已终止", "cancelled"), ("提前终止", "cancelled"), ("撤销", "cancelled"), ("不再续签", "cancelled"),
        ("已撤除", "cancelled"), ("拆除", "cancelled"), ("已注销", "cancelled"), ("停止开放", "cancelled"), ("withdrawn", "cancelled"), ("不予受理", "cancelled"),
        ("closed", "cancelled"), ("停用多年", "cancelled"),
        ("已到期", "expired"), ("期满", "expired"), ("逾期", "expired"), ("合同期满未续", "expired"), ("报名已截止", "expired"),
        ("暂停", "suspended"), ("暂不开放", "suspended"), ("临时关闭", "suspended"), ("无法使用", "suspended"), ("搁置", "suspended"),
        ("可借", "under way"), ("不能借", "suspended"), ("可租", "open"), ("可用", "under way"), ("暂不可用", "suspended"), ("不能用", "suspended"), ("协商中", "planned"), ("不再需要", "cancelled"),
    ],
)  # fmt: skip
def test_a_verb_and_the_words_around_it_say_a_state(text, state):
    assert said(text) == state


@pytest.mark.parametrize(
    ("text", "state"), [("正在核对档案", "under way"), ("核对档案", "unknown"), ("已移交", "done")]
)
def test_of_a_handover_what_goes_on_is_under_way_whatever_it_is(text, state):
    assert pl.DataFrame({"progress": [text]}).select(said_handover_state()).item() == state


@pytest.mark.parametrize(
    "text", [None, "", "？", "良好", "停止对外收费", "停车位充足", "封闭管理", "拟改造", "已完成3次", "张三负责"]
)
def test_what_it_does_not_know_is_unknown_and_not_guessed(text):
    assert said(text) == "unknown"


FINISHED = ["完成", "办结", "解决", "落实", "整改", "销号", "实现", "验收", "交付"]


@pytest.mark.parametrize("verb", FINISHED)
@pytest.mark.parametrize("before", ["未", "尚未", "还没", "没有", "待", "正在", "部分"])
def test_no_word_for_not_yet_now_or_partly_leaves_a_thing_done(before, verb):
    assert said(before + verb) in {"open", "under way"}


@pytest.mark.parametrize("verb", ["停用", "关闭", "拆除", "撤销", "终止"])
def test_what_was_not_stopped_goes_on_and_what_stops_regularly_too(verb):
    assert said(f"未{verb}") == "open"
    assert said(f"已{verb}") == "cancelled"
    assert said(f"周末{verb}") == "open"


@given(st.text(max_size=30))
def test_any_text_is_read_without_an_error_and_twice_the_same(text):
    assert read_state(text) == read_state(text + " ")
    assert read_state(text, resource=True) in {
        "planned",
        "open",
        "under way",
        "done",
        "cancelled",
        "expired",
        "suspended",
        "unknown",
    }


@pytest.mark.parametrize(
    ("text", "expired"),
    [("逾期", True), ("逾期未办结", True), ("未逾期", False), ("即将到期", False), ("办结", False), (None, False)],
)
def test_overdue_is_heard_whatever_else_is_said(text, expired):
    assert pl.DataFrame({"s": [text]}, schema={"s": pl.String}).select(is_said_expired("s")).item() is expired


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


GONE = ["自用中", "2026年6月起收回自用", "装修中", "暂停使用", "已拆迁", "在建", "已出租", "危房封闭", "改造中", "已停用", "停止使用", "维修改造中", "暂不对外", "已腾退", "被征用", "停用多年", "不再开放", "待启用", "筹建中", "停水停电", "长期关闭", "未对外开放", "停用待拆", "已改建为食堂", "无法使用", "因漏水停用", "2024年停用", "闭馆", "封闭施工", "拟拆除", "改作仓库"]  # fmt: skip
THERE = ["未停用", "改造完成,已启用", "周末关闭", "停止对外收费", "闲置", "正常使用", "在用(周末关闭)", "开放(需预约)", "限时开放", "全天开放", "已恢复开放", "装修完毕", "良好", "未拆除", "节假日停止开放", "约满", "每周一闭馆", "改造已完成", "取消收费", "免费开放"]  # fmt: skip


@pytest.mark.parametrize(("text", "gone"), [*((t, True) for t in GONE), *((t, False) for t in THERE), (None, False)])
def test_a_resource_that_is_not_to_be_had_is_told_from_one_that_is(text, gone):
    frame = pl.DataFrame({"registered": [text]}, schema={"registered": pl.String})
    assert frame.select(is_withdrawn("registered")).item() is gone


@pytest.mark.parametrize(
    ("text", "waiting"),
    [
        ("待解决", True),
        (None, True),
        ("对接中", True),
        ("已解决", False),
        ("审核中", False),
        ("搁置", False),
        ("良好", True),
    ],
)
def test_a_need_waits_unless_it_is_over_put_off_or_only_planned(text, waiting):
    frame = pl.DataFrame({"status": [text]}, schema={"status": pl.String})
    assert frame.select(is_open(DAY)).item() is waiting


def test_what_was_called_off_is_over_and_not_done():
    frame = pl.DataFrame({"status": ["取消", "已办结", "办理中", "搁置", "已到期", None]})
    assert frame.select(is_called_off()).to_series().to_list() == [True, False, False, False, False, False]


@pytest.mark.parametrize(("day", "late"), [(-1, True), (0, False), (1, False)])
def test_a_day_is_past_from_the_day_after_it(day, late):
    """The last day of an agreement, of a post and of an item is still theirs."""
    frame = pl.DataFrame({"status": ["履行中"], "due": [DAY + timedelta(days=day)], "closed_at": [None]})
    frame = frame.cast({"closed_at": pl.Date})
    assert frame.select(is_over(DAY, ends="due")).item() is late
    assert frame.select(is_overdue(DAY)).item() is late
    closed = frame.with_columns(closed_at=pl.lit(DAY + timedelta(days=day)))
    assert closed.select(is_closed(DAY)).item() is (day <= 0)


@pytest.mark.parametrize(("signed", "expires", "was"), [(0, 0, True), (1, 9, False), (-9, -1, False), (-1, 1, True)])
def test_an_agreement_was_in_force_from_its_first_day_to_its_last(signed, expires, was):
    days = {"signed": DAY + timedelta(days=signed), "expires": DAY + timedelta(days=expires)}
    frame = pl.DataFrame([days | {"status": "履行中"}])
    assert frame.select(was_in_force(DAY)).item() is was
    assert frame.with_columns(status=pl.lit("拟签")).select(was_in_force(DAY)).item() is False
