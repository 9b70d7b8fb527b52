"""Rows of a form that nobody filled in, and sheets that are hidden: left out, counted and told."""

import pytest

from loaders.sheets.table_finder import find_tables
from tests.loaders.sheets import make_sheet

HEAD = ["序号", "场地名称", "产权单位", "面积", "街道"]
FILLED = [
    ["1", "会议室", "东拖", "40", "长宁路"],
    ["2", "礼堂", "涧轴", "300", "长宁路"],
    ["3", "食堂", "东矿", "90", "重庆路"],
]


def read(*rows):
    (table,) = find_tables(make_sheet([HEAD, *FILLED, *rows]))
    return table.body["row"].to_list(), table.skipped


@pytest.mark.parametrize(
    "unused",
    [
        [[str(n), None, None, "0", None] for n in range(4, 9)], [[str(n), None, None, "0.00", None] for n in range(4, 7)],
        [[str(n), None, None, None, "长宁路"] for n in range(4, 9)], [[str(n), None, None, "0", "长宁路"] for n in range(4, 9)], [[None, None, None, "0", None]] * 3,
    ],
)  # fmt: skip
def test_rows_with_a_number_zeros_or_what_formulas_repeat_are_no_records(unused):
    assert read(*unused) == ([2, 3, 4], len(unused))


@pytest.mark.parametrize(
    "records",
    [[["4", "花园", None, None, "长宁路"]], [["4", None, None, "70", None]], [["4", "花园", "东矿", "0", "长宁路"]] * 3, [["4", None, "东矿", None, "长宁路"], ["5", None, "东拖", None, "长宁路"]]],
)  # fmt: skip
def test_rows_that_tell_anything_are_records(records):
    assert read(*records) == ([2, 3, 4, *range(5, 5 + len(records))], 0)


def test_a_row_of_zeros_under_a_label_is_a_record():
    (table,) = find_tables(make_sheet([["月份", "件数", "人次"], ["1", "3", "5"], ["2", "0", "0"], ["3", "1", "1"]]))
    assert table.body["row"].to_list() == [2, 3, 4]
