"""Registers of surveys, matters handled, directories handed out, appeals, model posts and model workers, as offices keep them, and their questions."""

from __future__ import annotations

from datetime import date

import pytest

from graph.settings import Settings
from loaders.loading import LoadOptions, load_paths
from queries.asking import ask
from queries.from_python import connect
from queries.reading.scope import Scope
from tests.loaders.office_workbook import People, save_office_workbook

VIEWER, ANALYST = Scope("t", "viewer"), Scope("t", "analyst")
PERSON = "联系人"
UNITS = (
    "单位名称,简称,企业性质,所在街道\n东方红拖拉机有限公司,东方红拖拉机,央企,长安路\n涧东轴承集团有限公司,涧东轴承,市企,郑州路\n"
    "铜加工股份有限公司,铜加工,民营,长安路\n涧西区信访局,信访局,机关,长安路\n"
)
BOOKS = {
    "surveys": (
        "2026年地企共建调研座谈台账", ["序号", "调研主题", "形式", "时间", "牵头单位", "调研对象", "参加人数", "主要问题", "意见建议", "记录人"],
        [
            [1, "老旧小区停车", "座谈会", "2026.3.5", "重二社区", "东方红拖拉机、涧东轴承", "32人", "夜间车位不足", "错时开放", "{name}"],
            [2, "企业用工需求", "问卷调查", "2025年11月", "长安路街道", "铜加工", "/", "技工短缺", "", "{name}"],
        ],
    ),
    "handled_matters": (
        "行政服务中心一条龙服务台账", ["序号", "受理编号", "申办企业", "办理事项", "承办部门", "受理日期", "办结日期", "承诺时限", "办理状态", "经办人"],
        [
            [1, "SL-001", "东方红拖拉机", "施工许可", "信访局", "2026-05-06", "2026-05-26", "10个工作日", "已办结", "{name}"],
            [2, "SL-002", "铜加工", "环评备案", "信访局", "2026-06-20", "", "15天", "办理中", "{name}"],
        ],
    ),
    "directory_copies": (
        "企业产品供需名录分发登记表", ["序号", "分发对象", "分发时间", "份数", "分发方式", "签收人", "反馈情况"],
        [[1, "涧东轴承", "2026/4/1", "2份", "上门", "{name}", "有意向"], [2, "重二社区", "2026/4/2", 5, "会上", "{name}", ""]],
    ),
    "appeal_offices": (
        "群众诉求受理部门一览表", ["序号", "受理部门", "主管单位", "受理范围", "受理时间", "受理地点", "办公电话", "负责人"],
        [
            [1, "重二社区接待室", "重二社区", "物业、停车", "周一至周五9:00-17:00", "便民大厅", "0379-64000009", "{name}"],
            [2, "拖拉机厂信访办", "东方红拖拉机", "供暖、房产", "周三14:00-17:00", "厂前街1号", "{mobile}", "{name}"],
        ],
    ),
    "model_posts": (
        "党员责任区、示范岗、突击队一览表", ["序号", "名称", "类型", "所属单位", "责任区域", "党员人数", "主要任务", "责任人"],
        [
            [1, "总装线示范岗", "党员示范岗", "东方红拖拉机", "总装车间", 3, "攻关", "{name}"],
            [2, "家属院责任区", "责任区", "重二社区", "三街坊", "12人", "包楼", "{name}"],
            [3, "防汛突击队", "党员突击队", "涧东轴承", "厂区", 20, "防汛", "{name}"],
        ],
    ),
    "model_counts": (
        "2025年度党员标兵评选统计表", ["序号", "单位名称", "评选主题", "推荐人数", "标兵人数", "评选单位"],
        [[1, "东方红拖拉机", "技术标兵", 9, 6, "长安路街道"], [2, "重二社区", "服务标兵", 4, "2名", "长安路街道"]],
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder, people = tmp_path_factory.mktemp("mechanisms"), People(seed=7)
    (folder / "in").mkdir()
    (folder / "in/驻区单位基本情况表.csv").write_text(UNITS, encoding="utf-8")
    communities = "社区名称,所属街道,户数\n重二社区,长安路街道,1200\n"
    (folder / "in/社区基本情况表.csv").write_text(communities, encoding="utf-8")
    for title, headers, rows in BOOKS.values():
        filled = [
            [cell.format(name=people.name(), mobile=people.mobile()) if isinstance(cell, str) else cell for cell in row]
            for row in rows
        ]
        save_office_workbook(folder / "in" / f"{title}.xlsx", title, headers, filled, people)
    settings = Settings(workspace=folder / "w", key_file=folder / "key")
    result = load_paths(folder / "w", [folder / "in"], settings=settings, options=LoadOptions(as_of=date(2026, 6, 30)))
    district = connect(folder / "w")
    yield district.graph, result, people
    district.close()


def rows(office, question, scope=VIEWER, **arguments):
    return ask(office[0], scope, question, **arguments).rows


def test_each_book_is_its_register_and_no_person_is_kept(office):
    graph, result, people = office
    found = {sheet["register"] for sheet in result.files}
    assert set(BOOKS) <= found
    assert not [sheet["reason"] for sheet in result.files if sheet["register"] is None]
    kept = str([graph.entities(kind.label).to_dicts() for kind in graph.schema.entities])
    assert not [text for text in people.given if text in kept]


def test_surveys_tell_who_held_them_about_whom_and_what_was_found(office):
    first, second = rows(office, "surveys")
    assert (first.title, first.kind, first.held_by, first.people, first.findings) == (
        "老旧小区停车",
        "座谈",
        "重二社区",
        32,
        "夜间车位不足",
    )
    assert set(first.about.split("、")) == {"东方红拖拉机有限公司", "涧东轴承集团有限公司"}
    assert (second.kind, second.people) == ("问卷", None)
    assert [row.title for row in rows(office, "surveys", kind="问卷", period="2025")] == ["企业用工需求"]


def test_matters_handled_are_late_by_what_was_promised(office):
    late, waiting = rows(office, "services-handled")
    assert (late.enterprise, late.matter, late.days, late.promised, late.late) == (
        "东方红拖拉机有限公司",
        "施工许可",
        20,
        10,
        True,
    )
    assert (waiting.finished, waiting.days, waiting.late) == (None, 10, False)
    assert [row.matter for row in rows(office, "services-handled", unfinished=True)] == ["环评备案"]
    assert "2 件" in ask(office[0], VIEWER, "services-handled").extra["offices"][0]


def test_directories_tell_who_has_them_and_who_has_none(office):
    answer = ask(office[0], VIEWER, "directory-copies")
    assert [(row.receiver, row.copies) for row in answer.rows] == [("重二社区", 5), ("涧东轴承集团有限公司", 2)]
    assert "铜加工" in answer.extra["missing"] and "涧东轴承" not in answer.extra["missing"]


def test_offices_for_appeals_tell_hours_and_an_offices_line_but_no_mobile(office):
    heating = rows(office, "appeal-offices", matter="供暖")
    assert [(row.office, row.unit, row.phone) for row in heating] == [("拖拉机厂信访办", "东方红拖拉机有限公司", None)]
    desk = next(row for row in rows(office, "appeal-offices", ANALYST) if row.office == "重二社区接待室")
    assert (desk.phone, "9:00" in desk.hours.replace("09:", "9:")) == ("0379-64000009", True)


def test_model_posts_are_places_of_units_and_people_in_them_numbers(office):
    shown = {row.name: (row.kind, row.unit, row.people) for row in rows(office, "model-posts", ANALYST)}
    assert shown["总装线示范岗"] == ("示范岗", "东方红拖拉机有限公司", 3)
    assert shown["服务标兵"] == ("标兵", "重二社区", 2)
    assert {row.name: str(row.since) for row in rows(office, "model-posts", period="2025")} == {
        "服务标兵": "2025年",
        "技术标兵": "2025年",
    }
    assert [row.name for row in rows(office, "model-posts", unit="重二社区", kind="标兵")] == ["服务标兵"]
    assert rows(office, "model-posts", period="2024") == []
    seen = {row.name: row.people for row in rows(office, "model-posts")}
    assert (seen["总装线示范岗"], seen["家属院责任区"], seen["服务标兵"]) == (None, 10, None)


def test_no_zone_or_post_becomes_a_community(office):
    assert office[0].entities("Community")["name"].to_list() == ["重二社区"]


def test_a_list_of_model_workers_by_name_is_refused(tmp_path):
    (tmp_path / "标兵评选表.csv").write_text(
        "标兵评选统计表,,\n单位名称,标兵姓名,标兵人数\n东方红拖拉机,王小明,1\n", encoding="utf-8"
    )
    settings = Settings(workspace=tmp_path / "w", key_file=tmp_path / "key")
    with pytest.raises(Exception, match=r"(?i)person|人"):
        load_paths(tmp_path / "w", [tmp_path / "标兵评选表.csv"], settings=settings)
