"""Registers of governance and people, loaded from workbooks as offices keep them, and compared to the cell with the graph."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api.deciding import decide
from graph.decisions import Replaces
from graph.errors import NothingToLoadError, RegisterRefusedError
from graph.problems import ERROR
from graph.schema import SCHEMA
from graph.settings import Settings
from loaders.headers.mapper import map_headers
from loaders.loading import load_paths
from loaders.report.load_result import LoadResult
from queries import District, connect
from tests.loaders.governance_workbooks import CONFERENCE, LECTURER, save_all
from tests.loaders.office_workbook import People, save_office_workbook
from tests.test_acceptance import everything_in

Rows = list[tuple[Any, ...]]
PUBLISHED = {"驻区单位.xlsx": "enterprises", "社区.xlsx": "communities"}
REGISTERS = {
    "附件1：联席会成员单位名册.xlsx": "conference_members", "议题征集.xlsx": "agenda_items", "纪要.xlsx": "meetings", "督办台账.xlsx": "action_items",
    "督查周报.xlsx": "action_items", "考核.xlsx": "target_assessments", "平安企业.xlsx": "safety_stars", "平安小区.xlsx": "safety_stars",
    "观摩.xlsx": "observations", "挂职.xlsx": "secondments", "指导员.xlsx": "instructors", "首席服务官.xlsx": "service_officers",
    "志愿岗.xlsx": "volunteer_posts", "师资库.xlsx": "lecturers", "讲师团.xlsx": "lecturers", "组织清单.xlsx": "party_organizations",
    "离退休支部.xlsx": "retiree_branches", "流动党员.xlsx": "member_flows", "三供一业.xlsx": "utility_handovers",
    "退休移交.xlsx": "retiree_handovers", "走访.xlsx": "visits", "接访统计.xlsx": "case_statistics", "信息发布.xlsx": "notices",
}  # fmt: skip


@dataclass(frozen=True)
class Office:
    """The workbooks loaded, and who stands in them."""

    workspace: Path
    people: People
    result: LoadResult
    district: District


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("governance")
    people = People(seed=20260630)
    save_all(folder / "in", people)
    settings = Settings(workspace=folder / "w", key_file=folder / "key")
    result = load_paths(folder / "w", [folder / "in"], settings=settings)
    return Office(folder / "w", people, result, connect(folder / "w"))


def ask(office: Office, cypher: str) -> Rows:
    return office.district.graph.read(cypher).rows()


def told(office: Office, file: str) -> list[tuple[Any, ...]]:
    return sorted((p.code, p.row, p.field, p.value) for p in office.result.problems if p.file == file)


def test_every_workbook_is_its_register_and_every_row_is_loaded(office: Office) -> None:
    assert {f["file"]: f["register"] for f in office.result.files} == REGISTERS | PUBLISHED
    assert all(f["rows_rejected"] == 0 for f in office.result.files)
    assert not [c for f in office.result.files for c in f["columns"] if c["treatment"] == "asked"]


def test_no_name_or_number_of_a_person_is_anywhere_in_the_workspace(office: Office) -> None:
    everything = everything_in(office.workspace)
    assert len(office.people.given) > 100
    assert not [person for person in office.people.given if person.encode() in everything]


def test_who_is_in_the_conference_since_when_in_which_role(office: Office) -> None:
    rows = ask(office, "MATCH (u)-[m:MEMBER_OF_CONFERENCE]->(c:JointConference) RETURN u.name, c.name, m.role, m.since, m.since_precision ORDER BY m.since, u.name")  # fmt: skip
    assert rows == [
        ("河阳轴承集团有限公司", CONFERENCE, "成员单位", date(2024, 3, 1), "month"),
        ("第一拖拉机厂", CONFERENCE, "牵头单位", date(2024, 3, 1), "month"),
        ("重二社区", CONFERENCE, "成员单位", date(2025, 1, 15), "day"),
    ]
    assert told(office, "附件1：联席会成员单位名册.xlsx") == [("unit.masked", 8, "unit", "X集团")]


def test_an_issue_raised_again_is_one_item_with_two_that_raised_it_and_two_meetings(office: Office) -> None:
    rows = ask(
        office, "MATCH (u)-[r:RAISED]->(a:AgendaItem) RETURN a.name, u.name, r.submitted ORDER BY a.name, u.name"
    )
    assert rows == [
        ("共享食堂", "第一拖拉机厂", date(2026, 2, 9)),
        ("离退休党员移交", "第一拖拉机厂", None),
        ("老旧小区停车难", "重二社区", date(2026, 2, 1)),
        ("老旧小区停车难", "青石社区", date(2026, 2, 3)),
    ]
    meetings = ask(office, "MATCH (a:AgendaItem)-[d:DISCUSSED_AT]->(m:Meeting) RETURN a.name, m.name, d.decision, d.vote ORDER BY a.name, m.name")  # fmt: skip
    assert meetings == [
        ("共享食堂", "第一次联席会议", "试运行三个月", "8票赞成1票反对"),
        ("老旧小区停车难", "第一次联席会议", "开放职工停车场80个", "全票通过"),
        ("老旧小区停车难", "第二次联席会议", None, None),
    ]
    wanted = ask(office, "MATCH (a:AgendaItem {name: '老旧小区停车难'}) RETURN a.to_coordinate, a.admitted")
    assert wanted == [(["第一拖拉机厂", "河轴"], True)]
    codes = told(office, "议题征集.xlsx")
    assert [(c, row, f) for c, row, f, _ in codes if c != "conflict"] == [("date.none", 7, "submitted"), ("text.personal", 5, "background")]  # fmt: skip


def test_who_attended_a_meeting_and_how(office: Office) -> None:
    rows = ask(office, "MATCH (u)-[a:ATTENDED]->(m:Meeting) RETURN u.name, a.presence ORDER BY a.presence, u.name")
    assert rows == [
        ("河阳轴承集团有限公司", "出席"), ("第一拖拉机厂", "出席"), ("重二社区", "出席"), ("青石社区", "列席"), ("中信重机有限责任公司", "缺席"),
    ]  # fmt: skip
    facts = ask(office, "MATCH (m:Meeting) WHERE m.day IS NOT NULL RETURN m.name, m.day, m.place, m.minutes")
    assert facts == [("第一次联席会议", date(2026, 3, 5), "一拖会议中心", "纪要〔2026〕1号")]


def test_what_is_overdue_whose_and_since_which_meeting(office: Office) -> None:
    rows = ask(
        office,
        "MATCH (t:ActionItem) RETURN t.number, t.status, t.alert, t.due, t.closed_at, t.score, t.overdue ORDER BY t.number",
    )
    assert rows == [
        ("DB-2026-01", "办理中", "红", date(2026, 5, 31), None, 6.0, True),
        ("DB-2026-02", "已办结", None, date(2026, 4, 30), date(2026, 4, 28), 10.0, False),
        ("DB-2026-03", "已销号", "黄", date(2026, 6, 30), date(2026, 7, 3), 10.0, False),
        (None, "未启动", None, None, None, None, None),
    ]
    late = ask(office, "MATCH (m:Meeting)-[:RESULTED_IN]->(t:ActionItem)-[a:ASSIGNED_TO]->(u) WHERE t.overdue RETURN m.name, t.name, u.name, a.role ORDER BY a.role, u.name")  # fmt: skip
    assert late == [
        ("第一次联席会议", "开放职工停车场", "第一拖拉机厂", "牵头"),
        ("第一次联席会议", "开放职工停车场", "第一拖拉机厂", "责任"),
        ("第一次联席会议", "开放职工停车场", "重二社区", "责任"),
        ("第一次联席会议", "开放职工停车场", "青石社区", "配合"),
    ]
    assert ask(office, "MATCH (m:Meeting)-[:RESULTED_IN]->(t) RETURN DISTINCT m.name") == [("第一次联席会议",)]
    assert told(office, "督办台账.xlsx") == [("unit.unknown", 8, "lead", "宏达建材公司")]
    assert told(office, "督查周报.xlsx") == []


def test_scores_of_units_by_year_and_indicator(office: Office) -> None:
    rows = ask(office, "MATCH (a:Assessment {scheme: '目标考核'})-[:ASSESSES]->(u) RETURN u.name, a.period, a.period_precision, a.indicator, a.full_score, a.score, a.bonus, a.rank, a.grade ORDER BY a.rank")  # fmt: skip
    assert rows == [
        ("第一拖拉机厂", date(2025, 1, 1), "year", "共驻共建", 20.0, 18.5, 0.5, 1, "优秀"),
        ("重二社区", date(2025, 1, 1), "year", "共驻共建", 20.0, 16.0, None, 2, "良好"),
        ("青石社区", date(2025, 1, 1), "year", "共驻共建", 20.0, 16.0, None, 3, "良好"),
    ]


def test_stars_awarded_beside_those_that_the_score_gives(office: Office) -> None:
    rows = ask(office, "MATCH (a:Assessment) WHERE a.scheme STARTS WITH '平安' RETURN a.scheme, a.subject, a.score, a.stars, a.stars_by_score ORDER BY a.score DESC")  # fmt: skip
    assert rows == [
        ("平安企业", "第一拖拉机厂", 96.0, "五星", "五星"),
        ("平安企业", "河轴", 92.0, "四星", "四星"),
        ("平安小区", "梧桐家园", 85.0, "三星", "三星"),
        ("平安小区", "向阳院", 70.0, "未达星级", "未达星级"),
    ]
    compounds = ask(
        office, "MATCH (a:Assessment)-[:ABOUT_UNIT]->(c:Community) RETURN a.subject, c.name ORDER BY a.subject"
    )
    assert compounds == [("向阳院", "青石社区"), ("梧桐家园", "青石社区")]


def test_an_observed_site_is_one_activity_with_its_reviews(office: Office) -> None:
    rows = ask(office, "MATCH (h)-[:LEADS]->(a:Activity {kind: '观摩'})<-[r:REVIEWED]-(u) RETURN a.title, h.name, a.day, a.score, u.name, r.score ORDER BY u.name")  # fmt: skip
    site = ("河阳轴承集团有限公司党委", "河阳轴承集团有限公司", date(2026, 3, 20), 94.5)
    assert rows == [(*site, "第一拖拉机厂", 95.0), (*site, "重二社区", 94.0)]


def test_posts_say_where_they_are_and_whom_they_serve_never_who_holds_them(office: Office) -> None:
    rows = ask(office, "MATCH (p:Post)-[:OPEN_AT]->(u) RETURN p.kind, p.title, u.name, p.places, p.status ORDER BY p.kind, p.title, u.name")  # fmt: skip
    assert rows == [
        ("党建指导员", "党建指导员", "重二社区", None, None),
        ("志愿岗", "治安巡逻岗", "重二社区", 10, None),
        ("志愿岗", "法律咨询岗", "重二社区", 2, None),
        ("挂职", "企业文化专员", "第一拖拉机厂", 1, "在岗"),
        ("挂职", "社区书记助理", "重二社区", 2, "征集"),
        ("首席服务官", "党工委委员", "青石社区", None, None),
        ("首席服务官", "副主任", "青石社区", None, None),
    ]
    served = ask(
        office,
        "MATCH (p:Post)-[s:SERVES]->(u) RETURN p.title, u.name, s.since, s.serving_term ORDER BY p.title, u.name",
    )
    assert served == [
        ("党工委委员", "中信重机有限责任公司", None, None),
        ("党建指导员", "中信重机有限责任公司", date(2026, 1, 1), "2年"),
        ("党建指导员", "河阳轴承集团有限公司", date(2025, 6, 1), "三年"),
        ("副主任", "河阳轴承集团有限公司", None, None),
        ("副主任", "第一拖拉机厂", None, None),
    ]
    assert told(office, "指导员.xlsx") == []


def test_a_lecturer_has_a_name_only_where_he_agreed_and_as_long(office: Office) -> None:
    rows = ask(office, "MATCH (l:Lecturer) RETURN l.display_name, l.consent, l.topics")
    assert sorted(name for name, _, _ in rows if name) == [LECTURER]
    assert len(rows) == 5
    courses = ask(office, "MATCH (l:Lecturer)-[:TEACHES]->(c:Course) RETURN c.name, count(l) ORDER BY c.name")
    assert courses == [("大工匠精神", 2), ("消防进社区", 1), ("红色河轴", 1)]
    assert not {i for (i,) in ask(office, "MATCH (m:Member) RETURN m.id")} & {
        i for (i,) in ask(office, "MATCH (l:Lecturer) RETURN l.id")
    }


def test_a_joint_branch_has_several_hosts_and_is_the_same_wherever_it_is_named(office: Office) -> None:
    rows = ask(office, "MATCH (u)-[:HAS_PARTY_ORGANIZATION]->(p:PartyOrganization) WHERE p.member_count IS NOT NULL RETURN p.name, u.name, p.member_count, p.type ORDER BY p.member_count, u.name")  # fmt: skip
    assert rows == [
        ("河轴中信重机联合党支部", "中信重机有限责任公司", 31, "联合党支部"),
        ("河轴中信重机联合党支部", "河阳轴承集团有限公司", 31, "联合党支部"),
        ("第一拖拉机厂第三党支部", "第一拖拉机厂", 40, "党支部"),
        ("重二社区离退休党支部", "第一拖拉机厂", 86, "离退休党支部"),
        ("重二社区离退休党支部", "重二社区", 86, "离退休党支部"),
        ("中共第一拖拉机厂委员会", "第一拖拉机厂", 1204, "党委"),
    ]
    parents = ask(
        office, "MATCH (p:PartyOrganization)-[:SUBORDINATE_TO]->(q) RETURN p.name, q.member_count ORDER BY p.name"
    )
    assert parents == [("河轴中信重机联合党支部", 1204), ("第一拖拉机厂第三党支部", 1204)]


def test_flows_of_members_are_counts_and_small_ones_are_withheld(office: Office) -> None:
    rows = ask(office, "MATCH (a)<-[:FLOWS_FROM]-(f:MemberFlow)-[:FLOWS_TO]->(b) RETURN a.name, b.name, f.month, f.outgoing, f.incoming, f.transfers_due")  # fmt: skip
    assert rows == [("第一拖拉机厂第三党支部", "重二社区党支部", date(2026, 5, 1), 12, None, 6)]
    assert told(office, "流动党员.xlsx") == [("count.withheld", 5, "incoming", "1–4")]


def test_handovers_are_counts_between_two_units(office: Office) -> None:
    rows = ask(office, "MATCH (a)<-[:`FROM`]-(h:Handover)-[:`TO`]->(b) RETURN h.subject, a.name, b.name, h.place, h.households, h.party_members, h.files, h.day, h.open_issues ORDER BY h.subject")  # fmt: skip
    assert rows == [
        ("供暖", "第一拖拉机厂", "重二社区", "十号街坊", 1260, None, None, None, "管网老化"),
        ("供水", "第一拖拉机厂", "重二社区", "十号街坊", 1260, None, None, date(2018, 9, 1), None),
        ("离退休党员", "河阳轴承集团有限公司", "青石社区", None, None, 57, 320, date(2020, 12, 1), None),
    ]


def test_visits_name_the_post_and_the_enterprise(office: Office) -> None:
    rows = ask(
        office,
        "MATCH (v:Visit)-[:ABOUT_UNIT]->(u) RETURN u.name, v.day, v.officer_post, v.issues, v.status ORDER BY u.name",
    )
    assert rows == [
        ("河阳轴承集团有限公司", None, "副主任", "招工难", "办理中"),
        ("第一拖拉机厂", date(2026, 4, 2), "副主任", "停车位不足", "已办结"),
    ]
    assert [code for code, *_ in told(office, "走访.xlsx")] == ["date.none", "unit.unknown"]


def test_petitions_are_counts_by_theme_month_and_community(office: Office) -> None:
    rows = ask(office, "MATCH (s:CaseStatistic)-[:ABOUT_UNIT]->(c) RETURN c.name, s.theme, s.month, s.month_precision, s.count, s.closed, s.mean_days ORDER BY s.count")  # fmt: skip
    assert rows == [
        ("青石社区", "噪声", date(2026, 5, 1), "month", 3, 3, 2.0),
        ("重二社区", "物业管理", date(2026, 5, 1), "month", 12, 10, 5.5),
    ]


def test_notices_by_channel(office: Office) -> None:
    rows = ask(office, "MATCH (u)-[:ISSUED]->(n:Notice) RETURN n.title, u.name, n.channel, n.day ORDER BY n.title")
    assert rows == [
        ("书画展", "青石社区", "社区动态", date(2026, 6, 3)),
        ("代收快递", "重二社区", "服务通", date(2026, 6, 4)),
        ("医保新政", "青石社区", "政务通", date(2026, 6, 2)),  # 6月2日: the year of the report
        ("社区义诊预告", "重二社区", "活动通", date(2026, 6, 1)),
    ]


def test_notices_are_found_by_topic(office: Office) -> None:
    rows = ask(office, "MATCH (n:Notice)-[:ABOUT]->(c:Concept) RETURN n.title, c.name ORDER BY c.name")
    assert rows == [("社区义诊预告", "健康"), ("社区义诊预告", "老人")]


def test_nothing_else_is_an_error(office: Office) -> None:
    errors = sorted((p.file, p.row, p.code) for p in office.result.problems if p.severity == ERROR)
    assert errors == [
        ("议题征集.xlsx", 7, "date.none"),
        ("走访.xlsx", 6, "date.none"),
    ]


def test_what_is_made_of_the_schema_goes_on_working(office: Office) -> None:
    district = office.district
    assert district.search("重二").rows[0].name == "重二社区"
    near = {n.label for n in district.neighbourhood("第一拖拉机厂").rows}
    assert {"JointConference", "ActionItem", "AgendaItem", "Handover"} <= near
    assert "Lecturer" not in near
    assert district.overview().rows


def test_two_rosters_of_one_conference_add_up_and_a_newer_one_closes_what_it_lacks(tmp_path: Path) -> None:
    people = People(seed=5)
    settings = Settings(workspace=tmp_path / "w", key_file=tmp_path / "key")
    headers = ["序号", "成员单位", "成员身份", "联络员"]

    def send(folder: str, file: str, units: list[str], reported: str) -> None:
        (tmp_path / folder).mkdir(exist_ok=True)
        rows = [[n, unit, "成员单位", people.name()] for n, unit in enumerate(units, 1)]
        save_office_workbook(
            tmp_path / folder / file, f"{CONFERENCE}成员单位名册", headers, rows, people, reported=reported
        )

    save_all(tmp_path / "all", people)
    for file in PUBLISHED:
        (tmp_path / "first").mkdir(exist_ok=True)
        (tmp_path / "all" / file).rename(tmp_path / "first" / file)
    send("first", "企业成员单位.xlsx", ["一拖", "河轴", "中信重机"], "2026年3月31日")
    send("first", "社区成员单位.xlsx", ["重二社区", "青石社区"], "2026年6月30日")
    load_paths(tmp_path / "w", [tmp_path / "first"], settings=settings)
    assert open_members(tmp_path / "w") == {
        "第一拖拉机厂",
        "河阳轴承集团有限公司",
        "中信重机有限责任公司",
        "重二社区",
        "青石社区",
    }
    send("second", "企业成员单位.xlsx", ["一拖", "河轴"], "2026年9月30日")
    (asked,) = load_paths(tmp_path / "w", [tmp_path / "second"], settings=settings).summary.asked
    assert (asked.count, asked.of) == (1, 3)  # more than a tenth: a person is asked
    decide(Replaces(list=asked.load), settings)
    assert open_members(tmp_path / "w") == {"第一拖拉机厂", "河阳轴承集团有限公司", "重二社区", "青石社区"}


def open_members(workspace: Path) -> set[str]:
    graph = connect(workspace).graph
    rows = graph.read("MATCH (u)-[m:MEMBER_OF_CONFERENCE]->(c) WHERE m.valid_to IS NULL RETURN u.name").rows()
    return {name for (name,) in rows}


def test_a_list_of_petitioners_is_refused_whole_whatever_it_is_called(tmp_path: Path) -> None:
    people = People(seed=6)
    path = tmp_path / "接访.xlsx"
    rows = [["2026年5月", "重二社区", people.name(), "物业管理", 1]]
    save_office_workbook(path, "联合接访情况统计表", ["月份", "社区", "信访人", "诉求类别", "件次"], rows, people)
    with pytest.raises((RegisterRefusedError, NothingToLoadError)) as refused:
        load_paths(tmp_path / "w", [path], settings=Settings(workspace=tmp_path / "w", key_file=tmp_path / "key"))
    assert not [person for person in people.given if person in str(refused.value)]


@pytest.mark.parametrize(
    ("headers", "title", "register"),
    [
        ("序号 姓名 身份证号 所在党支部 工作单位 移交社区 手机号码", "离退休党员移交名册", "members"),
        ("姓名 公民身份号码 所在党支部 人员类别 入党时间 联系电话", "流动党员花名册", "members"),
        ("活动日期 活动名称 承办单位 参加单位 地点 参加人数", "活动台账", "activities"),
        ("社区名称 所属街道 社区党组织名称 党员数 户数", "社区党组织基本情况", "communities"),
        ("协议编号 甲方 乙方 签订日期 有效期 共建内容", "共驻共建协议台账", "agreements"),
        ("单位名称 统一社会信用代码 所属街道 党员数 联系人 联系电话", "驻区单位基本情况表", "enterprises"),
        ("使用日期 起止时间 场地名称 使用单位 活动名称 参加人数", "会议室使用登记", "resource_uses"),
        ("需求单位 需求类别 需求内容 截止日期 状态", "需求清单", "needs"),
    ],
)  # fmt: skip
def test_new_registers_take_no_sheet_from_the_old_ones(headers: str, title: str, register: str) -> None:
    assert map_headers(headers.split(), title=title)["register"].unique().to_list() == [register]


@pytest.mark.parametrize(
    ("register", "headers"),
    [
        ("agenda_items", "议题名称 提交单位 议题背景/调研情况 可行性建议 需协调单位 提交时间 审核意见 是否上会 会议届次"),
        ("meetings", "会议名称/届次 时间 地点 主持 参会单位 议题 讨论意见 表决结果 议定事项 责任单位 责任人 完成时限 签发人 文号 分送"),
        ("action_items", "序号 督办编号 事项来源 督办事项 牵头单位 责任单位 配合单位 责任人 立项时间 完成时限 进展情况 办理状态 预警 销号时间 得分"),
        ("target_assessments", "单位 指标 分值 得分 扣分原因 加分 名次 等次"),
        ("observations", "季度 观摩时间 观摩点 所属企业 亮点 参加单位 互评分 意见建议 整改"),
        ("secondments", "岗位名称 提供单位 岗位职责 任职条件 专业要求 人数 挂职期限 推荐单位 考察方式 状态"),
        ("instructors", "派出单位 驻点企业 聘期 职责 联系企业数"),
        ("lecturers", "姓名 单位 职称 授课方向 授课形式 联系电话"),
        ("retiree_branches", "支部名称 组建方式 隶属 党员数 活动场所 活动频次 经费来源"),
        ("safety_stars", "单位/小区 申报星级 考核项目 标准 分值 扣分说明 得分 评定星级 评定日期 激励措施"),
        ("case_statistics", "月份 社区/企业 诉求类别 件次 办结数 平均办理天数"),
        ("utility_handovers", "移交企业 接收单位 项目 小区 户数 协议日期 改造进度 移交日期 遗留问题"),
        ("visits", "企业 服务官(职务) 走访日期 问题 交办部门 办结情况"),
        ("party_organizations", "党组织名称 党组织书记 联系电话 组织类别 党组织所在单位情况 所在单位名称 单位代码 上级党组织 批准时间 届满时间 党员数"),
        ("retiree_handovers", "移交企业 接收社区 移交人数 党员人数 档案册数 移交日期"),
        ("member_flows", "党组织名称 流出党员数 流入党员数"),
    ],
)  # fmt: skip
def test_a_new_register_is_known_by_its_headers_alone(register: str, headers: str) -> None:
    mapped = map_headers(headers.split())
    assert mapped["register"].unique().to_list() == [register]
    assert "asked" not in mapped["treatment"].to_list()


def test_every_column_of_a_holder_is_dropped() -> None:
    for name in REGISTERS.values():
        register = SCHEMA.register(name)
        dropped = {h for c in register.columns if c.role in {"personal", "identity"} for h in c.headers}
        assert {"姓名", "联系人", "负责人", "手机号码"} <= dropped, name
