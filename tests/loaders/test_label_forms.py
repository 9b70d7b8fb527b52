"""Forms in which labels stand beside values are read as one row each; tables never are taken for forms."""

import pytest

from graph.schema import SCHEMA
from loaders.cleaning.clean import clean_table
from loaders.headers.mapper import map_table
from loaders.sheets.table_finder import find_tables
from tests.loaders.sheets import make_sheet

ROOM = [
    ["场地名称", "轮机报告厅", "产权单位", "澄渡船舶公司"],
    ["面积", "280㎡", "容纳人数", "150人"],
    ["联系人", "殷冬梅", "手机", "17798745194"],
    ["审核意见", None, "填表日期", "2025年6月3日"],
]
OTHER = [["场地名称", "职工礼堂", "产权单位", "汀洲港务公司"], ["面积", "650", "容纳人数", "500"]]


def read(rows, merges=()):
    (table,) = find_tables(make_sheet(rows, merges))
    mapping = map_table(table, SCHEMA)
    return table, clean_table(table, mapping, b"k" * 32)


def test_a_form_is_one_record_and_nobody_of_it_is_kept():
    table, records = read([["企业场地登记表"], *ROOM])
    assert records.frame.select("name", "@owner", "area_m2", "capacity").rows() == [
        ("轮机报告厅", "澄渡船舶公司", 280.0, 150)
    ]
    assert "殷冬梅" not in str(records) and "17798745194" not in str(records)
    (cell,) = [place for (_, letter), place in table.places.items() if table.headers[ord(letter) - 65].text == "手机"]
    assert cell == (4, "D")  # what is told of a cell names it as the sheet shows it


def test_forms_below_one_another_are_a_record_each():
    table, records = read([["场地登记表"], *ROOM, *OTHER])
    assert records.frame["name"].to_list() == ["轮机报告厅", "职工礼堂"]
    assert table.body["row"].to_list() == [2, 6]


@pytest.mark.parametrize(
    "rows",
    [
        [["场地名称", "产权单位", "面积", "容纳人数"], ["礼堂", "汀港", "650", "500"], ["会议室", "汀港", "60", "50"], ["教室", "汀港", "6", "5"]],
        [["社区名称", "户数"], ["会议室", "3"], ["食堂", "2"], ["面积", "2"], ["活动室", "1"]],
        [["街道", "社区", "户数", "网格数"], ["东井街道", "岗前社区", "1", "2"], ["东井街道", "闸口社区", "3", "2"]],
    ],
)  # fmt: skip
def test_a_table_is_no_form(rows):
    (table,) = find_tables(make_sheet(rows))
    assert [h.text for h in table.headers] == rows[0] and not table.places
