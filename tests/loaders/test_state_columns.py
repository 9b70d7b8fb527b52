"""A column that says where things stand, under a header that says no more than that."""

from __future__ import annotations

import pytest

from graph.schema import SCHEMA
from loaders.headers.mapper import map_table
from loaders.sheets.table_finder import find_tables
from loaders.vocabulary.personal_headers import is_personal_header
from tests.loaders.sheets import make_sheet

STATES = ("履行中", "已到期未续", "提前终止", "待签", "履行中", "已续签", "执行中", "拟签", "已终止", "履行中")


def treatment(header: str, cells: tuple[str, ...]) -> tuple[str, str]:
    heads = ["序号", "协议文号", "社区一方", "企业一方", "共建事项", "签署日", "有效至", header]
    rows = [
        (n, f"地企〔2024〕{n}号", "老码头社区", f"第{n}机床有限公司", "场地共用", "2024-04-18", "2027-04-17", cell)
        for n, cell in enumerate(cells, 1)
    ]
    (table,) = find_tables(make_sheet([["地企结对共建协议签订情况"], heads, *rows], name="Sheet1"))
    column = next(c for c in map_table(table, SCHEMA).columns if c.header == header)
    return column.field, column.treatment


@pytest.mark.parametrize(
    "header", ["目前情形", "目前情况", "当前的情况", "现况", "履行中/终止", "在履行、已到期、拟签"]
)
def test_states_under_a_header_of_no_other_matter_are_the_status(header: str) -> None:
    assert treatment(header, STATES) == ("status", "mapped")


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("目前情形", ("每季度联合走访一次",) * 10),  # no states
        ("目前情形", (*STATES[:8], "每季度联合走访", "由工会牵头")),  # too many that are none
        ("公证情况", STATES),  # of another matter
        ("目前情形", STATES[:2]),  # too few to tell
    ],
)
def test_what_is_not_surely_the_status_is_never_taken_for_it(header: str, cells: tuple[str, ...]) -> None:
    assert treatment(header, cells) != ("status", "mapped")


def test_nine_of_ten_values_that_are_states_are_enough() -> None:
    assert treatment("目前情形", (*STATES[:9], "由工会牵头")) == ("status", "mapped")


@pytest.mark.parametrize(
    ("header", "is_personal"),
    [("签字日", False), ("签约时间", False), ("签名年月", False), ("签字人", True), ("签字", True), ("生日", True)],
)
def test_the_day_of_a_signature_is_no_person(header: str, is_personal: bool) -> None:
    assert is_personal_header(header) is is_personal
