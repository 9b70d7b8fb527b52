"""Who becomes a Party member or a lecturer: only whom the sheet or the row shows to be one, whatever columns a list has."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.decisions import SheetRegister
from graph.kinds import Column, Entity, Identity, Property, Register, Schema
from graph.ledger_rows import LoadReport
from graph.schema import SCHEMA
from graph.types import Text
from graph.workspace import NewLoad
from loaders.formats.raw_sheet import RawFile
from loaders.headers.header_decisions import HeaderDecisions
from loaders.intake import Intake, LoadOptions
from tests.loaders.sheets import make_sheet

INTAKE = Intake(LoadOptions(), b"k" * 32)
NUMBER = "41030519800101{:04d}"
WHO = ("赵甲明", "钱乙华", "孙丙强", "李丁明", "周戊华", "吴己强")
BRANCH = "东拖第一党支部"


def read(
    title: str, headers: str, *cells: str, file: str = "表.xlsx", sheet: str = "Sheet1", intake: Intake = INTAKE
) -> NewLoad:
    """Return the load of a sheet of six persons by name and number, who share out the given cells (each a row, 、 between them)."""
    heads = ["姓名", "身份证号", *headers.split()]
    rows = [[who, NUMBER.format(n), *(cells[n % len(cells)].split("、") if cells else [])] for n, who in enumerate(WHO)]
    raw = make_sheet([*([[title]] if title else []), heads, *rows], file=file, name=sheet)
    return intake.read(RawFile(file, "0" * 64, (raw,)), lambda _: "load")


def persons(load: NewLoad, kind: str = "Member") -> int:
    return sum(s.frame.height for s in load.sheets if SCHEMA.register(s.register).row.label == kind)


def reasons(load: NewLoad) -> str:
    return " ".join(str(part) for file in load.report["files"] for part in file.get("reason", ()))


def codes(report: LoadReport) -> dict[str, dict[str, object]]:
    return {p["code"]: dict(p["details"]) for p in report["problems"]}


@pytest.mark.parametrize(
    ("title", "headers", "cells"),
    [
        ("松一社区居民花名册", "性别 住址 联系电话", ["男、松一小区1号楼、13800000001"]),
        ("60岁以上老人花名册", "年龄 家庭住址", ["66、松一小区1号楼"]),
        ("失业人员培训名册", "培训专业 培训时间", ["电工、2024-05-01"]),
        ("职业培训人员花名册", "失业保险编号 电话号码", ["SY001、13800000001"]),
        ("流动人口登记表", "户籍地 现居住地 工作单位", ["河南、松一社区、东拖"]),
        ("退役军人登记表", "退役时间 工作单位 现住址", ["2001.12、东拖、松一小区"]),
        ("楼栋长名单", "所在社区 负责楼栋 所属网格党支部", ["松一社区、1号楼、松一社区第一党支部"]),
        ("网格员花名册", "所属社区 所在党支部", ["松一社区、松一社区党支部"]),
        ("居民代表名单", "性别 职业 住址", ["男、工人、松一小区"]),
        ("党员发展对象花名册", "所在党支部 列为积极分子时间", [f"{BRANCH}、2023-01-01"]),
        ("入党积极分子名册", "所在党支部 申请入党时间 培养联系人", [f"{BRANCH}、2022-01-01、王强"]),
        ("入党申请人名册", "所在党支部 申请入党时间", [f"{BRANCH}、2022-01-01"]),
        ("拟发展党员名单", "所在党支部 拟入党时间", [f"{BRANCH}、2026-01-01"]),
        ("花名册", "所在党支部 申请入党时间 培养联系人", [f"{BRANCH}、2022-01-01、王强"]),
        ("职工花名册", "工作单位 人员类别 现居住地", ["东拖、正式职工、松一社区"]),
        ("新入职人员名单", "毕业院校 报到时间 报到单位", ["河大、2024-07-01、东拖"]),
        ("新员工报到登记表", "报到时间 工作单位 报到社区", ["2024-07-01、东拖、松一社区"]),
        ("志愿者名册", "性别 特长 所在社区", ["女、理发、松一社区"]),
        ("党员示范岗名单", "岗位 工作单位", ["车工、东拖"]),
        ("党员联系户登记表", "家庭住址 工作单位", ["松一小区、东拖"]),
        ("党员家属名册", "现居住地 工作单位", ["松一社区、东拖"]),
        ("党代表名单", "工作单位 职务", ["东拖、书记"]),
        ("联席会议参会人员名单", "单位 职务", ["东拖、书记"]),
        ("民主党派成员名册", "所在支部 工作单位", ["民革河阳支部、东拖"]),
        ("学习强国学员名单", "支部名称 积分", ["东拖一支部、90"]),
        ("工会会员花名册", "工作单位 入会时间", ["东拖、2001.7"]),
        ("花名册", "所在团支部 入团时间 工作单位", ["东拖第一团支部、2001.7、东拖"]),
        ("民革河阳市支部成员花名册", "所在支部 入党时间 工作单位", ["民革河阳第一支部、2001.7、东拖"]),
        ("学生信息表", "班级 父亲姓名 父亲政治面貌 家庭住址", ["三年级、赵大、中共党员、松一小区"]),
        ("户主信息登记表", "家庭人口 是否党员户 现居住地", ["3、是、松一社区"]),
        ("失联党员名册", "所在党支部 失联时间", ["松一社区党支部、2020.1"]),
        ("承租人台账", "房屋地址 工作单位", ["松一小区1号楼、东拖"]),
        ("居民信息", "性别 住址", ["男、松一小区"]),
        ("", "工作单位 现居住地 特长", ["东拖、松一社区、法律"]),
    ],
)  # fmt: skip
def test_a_roll_of_other_people_makes_no_member_and_says_why(title, headers, cells):
    load = read(title, headers, *cells)
    assert persons(load) == persons(load, "Lecturer") == 0
    assert reasons(load)


@pytest.mark.parametrize(
    ("title", "headers", "cells"),
    [
        ("转出党员名册", "原所在党支部 转出时间", [f"{BRANCH}、2024-01-01"]),
        ("死亡党员名单", "所在党支部 去世时间", [f"{BRANCH}、2024-01-01"]),
        ("已故党员登记表", "所在党支部 入党时间", [f"{BRANCH}、1974-01-01"]),
        ("党员组织关系转接台账", "所在党支部 政治面貌", [f"{BRANCH}、中共党员"]),
        ("党员花名册", "所在党支部 转出时间", [f"{BRANCH}、2024-01-01"]),
        ("党员花名册", "所在党支部 党籍状态", [f"{BRANCH}、停止党籍"]),
    ],
)  # fmt: skip
def test_who_was_transferred_away_or_died_is_no_member_now(title, headers, cells):
    load = read(title, headers, *cells)
    assert persons(load) == 0


@pytest.mark.parametrize(
    ("title", "headers", "cells", "members"),
    [
        ("松一社区居民花名册", "民族 政治面貌 住址", ["汉、群众、松一小区", "汉、中共党员、松一小区"], 3),
        ("退役军人登记表", "政治面貌 退役时间", ["党员、2001.12", "群众、2002.12"], 3),
        ("网格员花名册", "所属社区 政治面貌 所在党支部", ["松一社区、中共党员、松一党支部", "松一社区、群众、松一党支部"], 3),
        ("居民代表名单", "政治面貌 性别 住址", ["群众、男、松一小区", "中共预备党员、女、松一小区", "民革党员、男、松一小区"], 2),
        ("职工花名册", "工作单位 政治面貌 入党时间", ["东拖、中共党员、2001.7", "东拖、共青团员、", "东拖、群众、"], 2),
        ("志愿者花名册", "政治面貌 特长", ["中共党员、理发", "入党积极分子、水电"], 3),
        ("人员信息", "是否党员 工作单位", ["是、东拖", "否、东拖"], 3),
        ("", "所在党支部 政治面貌", [f"{BRANCH}、中共党员", f"{BRANCH}、群众", f"{BRANCH}、共青团员"], 2),
        ("党员花名册", "所在党支部 政治面貌", [f"{BRANCH}、01", f"{BRANCH}、02", f"{BRANCH}、13"], 4),
        ("党员花名册", "所在党支部 政治面貌", [f"{BRANCH}、中共党员", f"{BRANCH}、"], 3),
        ("党员花名册", "所在党支部 政治面貌", [f"{BRANCH}、"], 6),
        ("党员花名册", "所在党支部 备注", [f"{BRANCH}、", f"{BRANCH}、已转出", f"{BRANCH}、2023年5月去世"], 2),
        ("党员花名册", "所在党支部 备注", [f"{BRANCH}、", f"{BRANCH}、于2023年5月3日去世", f"{BRANCH}、于2023年5月13日去世"], 4),
        ("党员、积极分子花名册", "人员类别 所在党支部", [f"正式党员、{BRANCH}", f"入党积极分子、{BRANCH}"], 3),
        ("直管党员花名册", "所在党支部 入党时间", [f"{BRANCH}、2004-01-01"], 6),
        ("流出党员花名册", "所在党支部 流出时间 流出地", [f"{BRANCH}、2024-01-01、深圳"], 6),
        ("转入党员名册", "所在党支部 转出时间", [f"{BRANCH}、2024-01-01"], 6),
        ("", "所在党支部 工作单位", [f"{BRANCH}、东拖"], 6),
        ("", "工作单位 入党时间", ["东拖、2001.7"], 6),
        ("松一小区住户登记表", "党员 现居住地", ["√、松一社区", "、松一社区", "、松一社区"], 2),
        ("任免表", "政治面貌 所在党支部", [f"中国共产党党员、{BRANCH}", f"中共党员/群众、{BRANCH}", f"党员（已退党）、{BRANCH}"], 2),
    ],
)  # fmt: skip
def test_the_sheet_says_it_or_each_row(title, headers, cells, members):
    load = read(title, headers, *cells)
    assert persons(load) == members
    told = codes(load.report)
    left_out = sum(int(str(d["count"])) for code, d in told.items() if code.startswith("person."))
    assert left_out == len(WHO) - members
    assert all(p["severity"] == "warning" for p in load.report["problems"])


def test_a_branch_shows_members_in_a_list_of_a_unit_and_in_no_list_of_somebody_unknown():
    for title, members in (
        ("东拖集团公司花名册", 6),
        ("第三党支部名册", 6),
        ("花名册", 6),
        ("业主花名册", 0),
        ("住户登记表", 0),
        ("东拖名单", 0),
    ):
        load = read(title, "所在党支部 工作单位", f"{BRANCH}、东拖")
        assert persons(load) == members, title
    assert load.report["files"][0]["candidates"] == ["members"]  # who is on the list of 东拖 is a question


def test_what_people_are_by_their_politics_is_kept_nowhere():
    load = read("松一社区居民花名册", "政治面貌 住址", "群众、松一小区", "中共党员、松一小区")
    stored = "".join(s.frame.write_csv() for s in load.sheets) + str(load.report["problems"])
    assert "群众" not in stored
    assert "中共党员" not in stored
    assert "4" not in {c["field"] for f in load.report["files"] for c in f["columns"]}


def test_who_works_in_a_community_has_not_reported_to_it():
    cells = ["中共党员、委员、松一社区", "群众、委员、松一社区"]
    load = read("社区工作者花名册", "政治面貌 职务 所在社区", *cells)
    assert {s.register for s in load.sheets} <= {"members"}
    told = read("在职党员到社区报到花名册", "政治面貌 职务 报到社区", *cells)
    assert ([s.register for s in told.sheets], persons(told)) == (["member_reports"], 3)


@pytest.mark.parametrize(
    ("title", "headers", "cells", "lecturers"),
    [
        ("培训学员名册", "工作单位 课程名称 培训时间", ["东拖、党史十讲、2024-01-01"], 0),
        ("听课人员名单", "工作单位 课程名称 授课老师", ["东拖、党史十讲、王强"], 0),
        ("讲师库", "工作单位 授课方向 课程名称", ["东拖、党史、党史十讲"], 6),
    ],
)
def test_a_lecturer_needs_evidence_of_lectures(title, headers, cells, lecturers):
    assert persons(read(title, headers, *cells), "Lecturer") == lecturers


def test_the_name_of_the_sheet_or_file_says_it_where_no_title_does_and_the_nearest_goes_first():
    headers, cells = "工作单位 现居住地", "东拖、松一社区"
    assert persons(read("", headers, cells, file="党员花名册.xlsx")) == 6
    assert persons(read("", headers, cells, sheet="在职党员")) == 6
    assert persons(read("", headers, cells, file="党员花名册.xlsx", sheet="积极分子")) == 0
    assert persons(read("在册党员名单", headers, cells, file="党员转入转出.xlsx")) == 6


def test_a_roll_of_which_nothing_is_said_is_asked_about_and_the_answer_counts():
    headers = ("姓名", "身份证号", "工作单位", "现居住地", "特长")
    asked = read("", " ".join(headers[2:]), "东拖、松一社区、法律")
    assert asked.report["files"][0]["candidates"] == ["members"]
    said = SheetRegister(register="members", headers="、".join(headers))
    told = dataclasses.replace(INTAKE, decisions=HeaderDecisions.of([said]))
    assert persons(read("", " ".join(headers[2:]), "东拖、松一社区、法律", intake=told)) == 6
    # Of a list that names other people nobody is asked, and the answer about another sheet is none about it.
    other = read("松一社区居民花名册", " ".join(headers[2:]), "东拖、松一社区、法律", intake=told)
    assert persons(other) == 0
    assert "candidates" not in other.report["files"][0]


GROUPS = st.sampled_from(
    [
        "居民",
        "退休人员",
        "失业人员",
        "老人",
        "学生",
        "租户",
        "业主",
        "志愿者",
        "网格员",
        "楼长",
        "居民代表",
        "退役军人",
        "职工",
        "村民",
        "儿童",
        "慰问对象",
    ]
)
LISTS = st.sampled_from(["花名册", "名单", "登记表", "信息表", "基本情况统计表", "一览表", "信息采集表"])
COLUMNS = st.lists(
    st.sampled_from(["性别", "联系电话", "工作单位", "现居住地", "特长", "备注", "出生年月", "所在党支部", "民族"]),
    unique=True,
    min_size=1,
    max_size=5,
)


@settings(max_examples=20, deadline=None)
@given(GROUPS, LISTS, COLUMNS)
def test_no_list_of_another_group_of_people_makes_members_whatever_its_columns(group, kind, columns):
    cells = {"所在党支部": BRANCH, "工作单位": "东拖", "现居住地": "松一社区", "特长": "法律"}
    load = read(f"松一社区{group}{kind}", " ".join(columns), "、".join(cells.get(c, "") for c in columns))
    assert persons(load) == persons(load, "Lecturer") == 0


def test_a_register_of_persons_that_says_nothing_of_proof_must_be_named_by_a_title():
    nurse = Entity(
        "Nurse", zh="护士", en="nurse", keys=("nur:{pseudonym}",),
        properties=(Property("pseudonym", Text(), zh="化名", en="pseudonym", required=True), Property("field", Text(), zh="科", en="field")),
    )  # fmt: skip
    roll = Register(
        "nurses", zh="护士花名册", en="nurses", row=nurse, titles=("护士名单",),
        columns=(Identity("name", "姓名"), Identity("number", "身份证号"), Column("field", "护理专科")),
    )  # fmt: skip
    intake = dataclasses.replace(INTAKE, schema=Schema((nurse,), (), (roll,)))
    counts = [
        sum(s.frame.height for s in read(t, "护理专科", "内科", intake=intake).sheets) for t in ("护士名单", "病员名单")
    ]
    assert counts == [6, 0]
