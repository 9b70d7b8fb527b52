"""Closed lists by their values: 在职 or 离退休 is one field and 正式 or 预备 another, whatever of the two a header suggests."""

from __future__ import annotations

import pytest

from loaders.formats.raw_sheet import RawFile
from loaders.intake import Intake, LoadOptions
from tests.loaders.sheets import make_sheet


def read(header: str, *values: str):
    rows = [[f"王{n}", f"41030519800101{n:04d}", "东拖第一党支部", value] for n, value in enumerate(values)]
    raw = make_sheet([["党员花名册"], ["姓名", "身份证号", "所在党支部", header], *rows])
    load = Intake(LoadOptions(), b"k" * 32).read(RawFile("党员花名册.xlsx", "0" * 64, (raw,)), lambda _: "l")
    return load, load.report["files"][0]["columns"][3]


@pytest.mark.parametrize("header", ["党员类别", "人员类别", "类别", "人员状态", "党员身份", "人员类型", "备注"])
@pytest.mark.parametrize(
    ("field", "values"),
    [("category", ("在职", "离退休", "流动", "在职")), ("stage", ("正式党员", "预备党员", "正式", "预备"))],
)
def test_the_values_tell_which_field_a_column_is(header, field, values):
    load, column = read(header, *values)
    assert (column["field"], column["treatment"]) == (field, "mapped")
    assert load.sheets[0].frame[field].null_count() == 0


def test_a_column_whose_values_are_no_choice_is_asked_about_and_a_remark_is_none():
    assert read("人员类别", "甲类", "乙类", "甲类")[1]["treatment"] == "asked"
    assert read("人员类别", "正式工", "合同工", "正式工")[1]["treatment"] == "asked"
    assert read("备注", "住松一", "已核对", "住松二")[1]["treatment"] == "ignored"


def test_the_cells_that_are_no_choice_are_counted():
    load, column = read("人员类别", "正式党员", "高知", "正式党员", "预备党员", "高知")
    assert column["field"] == "stage"
    problem = next(p for p in load.report["problems"] if p["code"] == "choice.lost")
    assert dict(problem["details"]) == {"count": 2, "choices": "正式、预备"}
    assert "高知" not in str(load.report)
