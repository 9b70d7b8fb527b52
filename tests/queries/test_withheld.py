"""Offers that are none for others: they serve no need, whatever they are of."""

import polars as pl
import pytest

from queries.pairing import judge_fits
from queries.reading.withheld import is_withheld

HAD = [
    "可对外出借",
    "免费提供",
    "仅收材料费",
    "限五十户",
    "只需提前一天预约",
    "本单位技师上门",
    "面向社会开放",
    "周末可用",
    "缺一不可的应急套装",
    "已对外开放",
]
WITHHELD = ["仅供本厂使用，不外借", "凭工作证乘坐，不搭外人", "限本单位职工", "已排满至明年", "我们也缺护工", "设备已报废", "内部使用", "只对内部开放", "今年名额已订满", "不再提供", "急需两名电工"]  # fmt: skip


@pytest.mark.parametrize(("text", "withheld"), [*((t, True) for t in WITHHELD), *((t, False) for t in HAD)])
def test_an_offer_that_others_cannot_have_is_told_from_one_with_terms(text, withheld):
    frame = pl.DataFrame({"title": [None], "content": [text]}, schema={"title": pl.String, "content": pl.String})
    assert frame.select(is_withheld("title", "content")).item() is withheld


@pytest.mark.parametrize("text", WITHHELD)
def test_what_is_not_to_be_had_serves_no_need(text):
    pair = {"need_title": ["下水道疏通"], "offer_title": ["管道疏通"], "offer_content": [text]}
    assert judge_fits(pl.DataFrame(pair))["verdict"].to_list() == ["no"]
    assert judge_fits(pl.DataFrame(pair | {"offer_content": ["免费"]}))["verdict"].to_list() == ["fits"]
