"""Tables beside each other, headers that are none, and columns that lose rows: no half of a sheet is lost without a word."""

import polars as pl
import pytest

from graph.schema import SCHEMA
from loaders.headers.evidence import look_at
from loaders.headers.halves import doubt_half
from loaders.headers.mapper import map_table
from loaders.headers.short_names import find_short_names
from loaders.names.registry import Registry
from loaders.sheets.table_finder import find_tables
from tests.loaders.sheets import make_sheet


def columns_of(table, register=""):
    return {c.header: (c.treatment, c.field) for c in map_table(table, SCHEMA, register=register).columns}


@pytest.mark.parametrize(
    "headers",
    [
        ("序号", "单位"),
        ("单位", "联系电话"),
        ("序号", "社区", "需求"),
        ("企业", "产品", "产能"),
        ("编号", "场地", "面积"),
    ],
)
@pytest.mark.parametrize("gap", [[], [""]])
def test_the_same_headers_again_are_a_second_table_beside(headers, gap):
    left, right = [f"左{i}" for i in range(len(headers))], [f"右{i}" for i in range(len(headers))]
    tables = find_tables(make_sheet([["一览表"], [*headers, *gap, *headers], [*left, *gap, *right], [*left, *gap]]))
    assert [table.body.drop("row").rows() for table in tables] == [[tuple(left)] * 2, [tuple(right)]]
    assert [p.code for table in tables for p in table.problems] == []


def test_a_second_column_of_one_header_alone_is_no_second_table():
    assert len(find_tables(make_sheet([["单位", "面积", "单位"], ["甲", "5", "乙"]]))) == 1


def make_halves(first="供方", second="求方"):
    return find_tables(
        make_sheet(
            [
                ["企业产品供需名录", "", "", "", "", ""],
                [first, "", "", second, "", ""],
                ["编号", "企业名称", "产品名称", "编号", "企业名称", "产品名称"],
                ["1", "岚缆", "电缆", "1", "岚化", "轴承"],
                ["2", "岚轴", "轴承", "", "", ""],
            ],
            ["A1:F1", "A2:C2", "D2:F2"],
        )
    )


def test_groups_that_name_their_rows_each_are_tables_titled_by_their_group():
    tables = make_halves()
    assert [(t.group, t.title, t.body.height) for t in tables] == [
        ("供方", "企业产品供需名录 供方", 2), ("求方", "企业产品供需名录 求方", 1)
    ]  # fmt: skip
    assert [h.text for h in tables[1].headers] == ["编号", "企业名称", "产品名称"]


def test_the_second_half_is_never_taken_for_what_the_first_one_is():
    first, second = make_halves()
    taken = map_table(first, SCHEMA).register
    assert taken is not None and taken.name == "products"
    asked = doubt_half(map_table(second, SCHEMA), second, SCHEMA, "products")
    assert asked.register is None and asked.question is not None
    assert asked.question.candidates[0] == "product_needs"


def test_words_that_stand_above_and_below_too_are_values_and_no_header():
    rows = [["馆一", "课一", "讲解员", "党员"], ["", "课二", "讲解员", "党员"], ["", "课三", "讲解员", "党员"]]
    (table,) = find_tables(make_sheet([["阵地", "课目", "谁来讲", "适合"], *rows], ["A2:A4"]))
    assert table.body["A"].to_list() == ["馆一"] * 3


def test_two_words_head_no_five_columns():
    sheet = make_sheet(
        [
            ["会议纪要"],
            ["主持", "书记"],
            ["议题序号", "议什么", "谁来办", "何时", "结果"],
            ["1", "改造", "街道", "9月", "同意"],
        ]
    )
    (table,) = find_tables(sheet)
    assert [h.text for h in table.headers] == ["议题序号", "议什么", "谁来办", "何时", "结果"]
    mapping = map_table(table, SCHEMA)
    likeliest = mapping.register or mapping.nearest
    assert likeliest is not None and likeliest.name == "meetings"


FULL = ["岚陵电缆股份有限公司", "岚陵第三建筑工程有限公司", "岚陵热力发电有限公司"]


@pytest.mark.parametrize(
    ("header", "cells", "is_short"),
    [
        ("平时叫法", ["岚缆", "三建", "岚陵热电"], True),
        ("俗称", ["电缆", "岚建", "热电"], True),
        ("归口", ["岚缆", "岚缆", "岚缆"], False),  # not one for each
        ("代号", ["缆岚", "建三", "电热"], False),  # not in order
    ],
)
def test_everyday_names_are_found_by_their_values(header, cells, is_short):
    body = pl.DataFrame({"A": FULL, "B": cells})
    assert find_short_names(body, "A", ["B"]) == ("B" if is_short else "")
    (table,) = find_tables(
        make_sheet([["单位全称", header, "所属街道"], *([f, c, "北街道"] for f, c in zip(FULL, cells, strict=True))])
    )
    assert (columns_of(table, "enterprises")[header] == ("mapped", "short_name")) is is_short


def test_a_guess_never_takes_a_column_that_is_mostly_blank():
    rows = [[f"社区{i}", f"活动{i}", "", "5"] for i in range(4)] + [["社区五", "活动五", "自带水杯", "5"]]
    (table,) = find_tables(make_sheet([["志愿服务招募"], ["发布单位", "标题", "说明", "招募人数"], *rows]))
    found = columns_of(table)
    assert found["标题"] == ("mapped", "title") and found["说明"][0] == "ignored"


def test_a_needed_column_that_most_rows_leave_blank_is_asked_about():
    rows = [[f"单位{i}", "先进", "省委" if i == 0 else "", "2024"] for i in range(5)]
    (table,) = find_tables(
        make_sheet([["获奖单位", "荣誉称号", "命名单位", "命名时间"], *rows], name="教育基地命名情况表")
    )
    mapping = map_table(table, SCHEMA)
    assert mapping.register is None or all(
        look_at(table.body[c.letter]).filled >= 0.5
        for c in mapping.columns
        if c.column is not None and c.column.required
    )


@pytest.mark.parametrize("level", ["户", "人", "户数"])
def test_figures_of_households_and_people_are_no_persons(level):
    rows = [[f"东{i}社区", str(1900 + i), "5"] for i in range(4)]
    (table,) = find_tables(make_sheet([["社区名称", f"人口户籍情况/{level}", "党员数"], *rows], name="社区基本情况表"))
    assert columns_of(table)[f"人口户籍情况/{level}"][0] != "dropped_personal"


@pytest.mark.parametrize(("name", "is_found"), [("北一社区(老厂片)", True), ("北一社区(东区)", False)])
def test_what_brackets_add_to_a_community_does_not_hide_its_name(name, is_found):
    registry = Registry.of(pl.DataFrame({"id": ["com:1"], "label": ["Community"], "name": [name]}))
    assert (registry.find("北一社区").id == "com:1") is is_found
