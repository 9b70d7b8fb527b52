"""Forms as other offices draw them: boxes to tick, months as columns, parts of units in one cell, rolls that say row by row who is what."""

from typing import Any

import pytest

from graph.schema import SCHEMA
from loaders.cleaning.clean import Records, clean_table
from loaders.headers.mapper import map_table
from loaders.headers.mapping import TableMapping
from loaders.headers.month_tables import read_months
from loaders.sheets.table_finder import find_tables
from tests.loaders.sheets import make_sheet

PEOPLE = ["张建国", "李秀兰", "王志强", "赵敏华", "孙丽萍", "周国栋"]


def read(rows: list[list[Any]], **more: Any) -> tuple[TableMapping, Records | None]:
    """Return what a sheet is taken for, and its records."""
    (table,) = find_tables(make_sheet(rows, **more))
    table, mapping = read_months(table, map_table(table, SCHEMA), SCHEMA, {}, "")
    return mapping, clean_table(table, mapping, b"k" * 32) if mapping.register else None


def test_a_form_of_boxes_is_what_is_ticked_and_its_unused_lines_are_none():
    rows = [
        ["场地名称", "产权单位", "面积", "使用状态"],
        ["礼堂", "电厂", 200, "☑在用 □闲置"],
        ["食堂", "水厂", 90, "（ ）在用 （√）闲置"],
    ]
    rows += [["球场", "路桥", 60, "□在用 □闲置"], *[[None, None, None, "□在用 □闲置"]] * 4]
    _, records = read(rows)
    assert records is not None
    assert records.frame["status"].to_list() == ["在用", "闲置", None]


@pytest.mark.parametrize(
    ("cell", "lead", "helping", "responsible"),
    [
        ("甲公司（牵头）、乙社区（配合）", ["甲公司"], ["乙社区"], None), ("甲公司牵头，乙社区、丙社区配合", ["甲公司"], ["乙社区", "丙社区"], None),
        ("牵头：甲公司；配合：乙社区", ["甲公司"], ["乙社区"], None), ("甲公司、乙社区", None, None, ["甲公司", "乙社区"]),
    ],
)  # fmt: skip
def test_units_stand_under_the_part_that_their_cell_says_they_have(cell, lead, helping, responsible):
    _, records = read(
        [["督办事项", "责任单位", "完成时限"], ["亮化", cell, "2026-12-31"], ["管网", "电厂", "2026-12-31"]],
        name="督办台账",
    )
    assert records is not None
    row = records.frame.row(0, named=True)
    assert (row.get("@lead"), row.get("@helping"), row["@responsible"]) == (lead, helping, responsible)


def test_sums_by_month_are_read_a_month_a_row_where_they_are_kept_so():
    mapping, records = read(
        [["诉求类别", "1月", "2月", "3月", "合计"], ["停车", 12, 0, 20, 32], ["噪声", 6, None, 9, 15]],
        name="2026年群众诉求受理件数统计表",
    )
    assert mapping.register is not None and records is not None
    assert records.frame.select("theme", "count").rows() == [("停车", 12), ("停车", 20), ("噪声", 6), ("噪声", 9)]


def test_uses_counted_by_month_are_asked_about_and_none_is_invented():
    mapping, records = read(
        [["场地名称", "产权单位", "1月", "2月", "3月"], ["礼堂", "电厂", 2, 1, 0]] * 1 + [["食堂", "水厂", 0, 0, 0]],
        name="场地借用次数",
    )
    assert records is None
    assert "表头是月份（1月 等 3 列）" in mapping.reason


@pytest.mark.parametrize("title", ["社区志愿者登记", "电工培训班学员名单", "东井社区居民登记表", "河东电缆职工花名册"])
def test_of_any_roll_only_those_are_members_whose_row_says_so(title):
    politics = ["群众", "中共党员", "共青团员", "中共预备党员", "民盟盟员", "入党积极分子"]
    rows = [["姓名", "政治面貌", "备注"], *[[name, said, None] for name, said in zip(PEOPLE, politics, strict=True)]]
    mapping, records = read(rows, name=title)
    assert mapping.register is not None and records is not None
    assert mapping.register.name == "members"
    assert (records.rows_read, records.frame.height) == (6, 2)


def test_people_of_one_community_are_no_communities():
    rows = [
        ["姓名", "所属社区", "网格", "电话"],
        *[[name, "东井社区", f"第{i}网格", None] for i, name in enumerate(PEOPLE)],
    ]
    assert read(rows)[0].register is None


def test_matters_in_words_are_no_sums_of_petitions():
    rows = [
        ["哪个社区的", "哪一类", "大伙儿说的事", "关系到多少户"],
        ["道口社区", "出行", "到总院看病没直达车", 12],
        ["道口社区", "治安", "丢电动车的多", 9],
    ]
    rows += [["站前社区", "环境", "楼道里堆满了杂物", 7]]
    question = read(rows, name="群众诉求单")[0].question
    assert question is not None
    assert question.candidates[0] == "needs"


def test_of_a_text_that_names_people_the_rest_is_kept():
    rows = [
        ["场地名称", "产权单位", "备注"],
        *[[f"礼堂{i}", "电厂", f"找{name}拿钥匙，可放电影"] for i, name in enumerate(PEOPLE)],
    ]
    _, records = read(rows, name="场地资源登记表")
    assert records is not None
    assert set(records.frame["remark"]) == {"找[已隐去]拿钥匙,可放电影"}


def test_figures_under_a_word_for_persons_are_no_personal_data():
    mapping, _ = read(
        [["社区", "报到党员（人）", "服务小时"], ["甲社区", 46, 130], ["乙社区", 31, 80], ["丙社区", 27, 66]],
        name="在职党员报到情况统计",
    )
    assert not any(c.treatment == "dropped_personal" or c.alternatives == ("skill",) for c in mapping.columns)
