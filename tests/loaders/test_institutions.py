"""Offices, schools and associations in a list of units are a kind of their own, and no enterprise to pair with unless asked."""

from __future__ import annotations

import polars as pl
import pytest

from graph.connect import connect
from graph.schema.institution_names import is_institution
from graph.settings import Settings
from loaders.loading import load_paths
from queries.questions.partners.partners import partners
from queries.reading.scope import Scope

ANALYST = Scope("a", "analyst")
UNITS = """单位名称,单位性质,所在街道,职工人数,党员数
第一拖拉机厂,国企,北街街道,900,80
区城管局,,北街街道,60,30
示范区总工会,,北街街道,12,8
涧西实验小学,事业单位,南街街道,80,20
"""


@pytest.mark.parametrize(
    ("name", "ownership", "found"),
    [
        ("区城管局", None, True), ("市总工会", None, True), ("实验小学", None, True), ("区残联", None, True), ("书法家协会", None, True),
        ("人民医院", "事业", True), ("城建档案中心", "机关", True), ("区市政所", "事业", True), ("区住建委", "区企", True),
        ("中铁十五局", "央企", False), ("中建八局", None, False), ("供电局", "国有", False), ("新希望幼儿园", "民营", False),
        ("学校后勤服务有限公司", "事业", False), ("市政工程局", None, False), ("购物中心", None, False), ("设计研究院", "央企", False),
        ("第一拖拉机厂", None, False), ("红旗商场", None, False),
    ],
)  # fmt: skip
def test_what_a_unit_is_shows_by_its_name_and_ownership(name, ownership, found):
    units = pl.DataFrame({"name": [name], "ownership": [ownership]}, schema={"name": pl.String, "ownership": pl.String})
    assert is_institution(units).to_list() == [found]


def test_a_list_without_ownership_is_read_by_its_names():
    assert is_institution(pl.DataFrame({"name": ["区城管局", "一拖", None]})).to_list() == [True, False, False]


def test_a_list_of_units_fills_two_kinds_and_counts_every_row_once(tmp_path):
    settings = Settings(workspace=tmp_path / "w", key_file=tmp_path / "key")
    (tmp_path / "驻区单位基本情况表.csv").write_text(UNITS, encoding="utf-8")
    (tmp_path / "社区基本情况表.csv").write_text(
        "社区名称,所属街道,常住人口\n重二社区,北街街道,900\n", encoding="utf-8"
    )
    (tmp_path / "场地资源登记表.csv").write_text(
        "场地名称,资源类型,所属单位,面积,可容纳人数\n大礼堂,礼堂,区城管局,120,80\n", encoding="utf-8"
    )
    result = load_paths(settings.workspace, sorted(tmp_path.glob("*.csv")), settings=settings)
    with connect(settings) as graph:
        institutions = graph.entities("Institution", "name", "employees").sort("name")
        assert institutions["name"].to_list() == ["区城管局", "涧西实验小学", "示范区总工会"]
        assert graph.entities("Enterprise", "name")["name"].to_list() == ["第一拖拉机厂"]
        owned = graph.relations("OWNS").select("source_label", "source").rows()
        assert owned == [("Institution", "ins:区城管局")]
        assert [row.partner for row in partners(graph, ANALYST, "重二社区").rows] == ["第一拖拉机厂"]
        asked = partners(graph, ANALYST, "重二社区", institutions=True)
        assert "区城管局" in [row.partner for row in asked.rows]
        assert partners(graph, ANALYST, "区城管局", institutions=True).rows[0].partner == "重二社区"
    assert sum(outcome.rows.in_graph for outcome in result.outcomes.values()) == 6
