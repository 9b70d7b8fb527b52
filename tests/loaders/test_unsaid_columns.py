"""What headers alone do not say: figures are no names, a 谁 may be a unit, common words are no register, and what is left out is told."""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest
from rich.console import Console

from graph.schema import SCHEMA
from graph.schema.governance import CaseStatistic
from graph.settings import Settings
from loaders.cleaning.clean import clean_table
from loaders.headers.mapper import map_headers, map_table
from loaders.headers.mapping import TableMapping
from loaders.loading import load_paths
from loaders.report.screen import show_result
from loaders.sheets.table_finder import find_tables
from tests.loaders.sheets import make_sheet


def read(title: str, *rows: str, register: str = "") -> TableMapping:
    (table,) = find_tables(make_sheet([row.split() for row in rows], name=title))
    return map_table(table, SCHEMA, register=register)


def meaning(mapping: TableMapping, header: str) -> tuple[str, str]:
    return next((c.treatment, c.field) for c in mapping.columns if c.header == header)


@pytest.mark.parametrize(
    ("title", "header"), [("街道双报到情况", "报到党员（人）"), ("在职党员报到", "党员"), ("党员花名册", "党员姓名")]
)
def test_figures_are_nobodys_name(title: str, header: str) -> None:
    mapping = read(title, f"社区 {header} 服务小时", "岗前社区 46 530", "闸口社区 31 260")
    assert mapping.register is None or not [c for c in mapping.columns if c.field == "name" and c.treatment != "asked"]


@pytest.mark.parametrize("header", ["是谁家的", "谁家的", "哪家的"])
@pytest.mark.parametrize("owners", ["磨石岭车务段 机砖厂 泵房", "磨石岭集团 机砖厂 泵房公司"])
def test_whose_a_room_is_is_read_or_asked_about_and_never_left_out(header: str, owners: str) -> None:
    rows = [f"房{i} {owner} {40 + i}" for i, owner in enumerate(owners.split())]
    mapping = read("能借的场地", f"场地名称 {header} 能坐几个", *rows, register="venues")
    treatment, field = meaning(mapping, header)
    assert field == "owner" or treatment == "asked"


def test_who_is_asked_for_is_a_person_unless_the_values_name_units() -> None:
    units = ("岗前社区 磨石岭集团 2026-01-06", "闸口社区 机砖厂 2026-02-06", "泵房社区 磨机厂 2026-03-06")
    persons = ("岗前社区 王小明 2026-01-06", "闸口社区 李大伟 2026-02-06", "泵房社区 张建国 2026-03-06")
    headers = "社区 跟谁结的 签订日期"
    assert meaning(read("共建协议台账", headers, *units, register="agreements"), "跟谁结的")[0] != "dropped_personal"
    assert meaning(read("共建协议台账", headers, *persons, register="agreements"), "跟谁结的")[0] == "dropped_personal"
    told = map_headers(["社区", "跟谁结的", "签订日期"], "agreements")  # where no value tells, it is a person
    assert told.filter(pl.col("header") == "跟谁结的")["treatment"].to_list() == ["dropped_personal"]


COMMON = [
    ("时间 地点 内容 负责人 备注", "2026-11-03 交易中心 道路养护招标 王小明 –", "2026-11-07 交易中心 保洁询价 李大伟 –", "2026-11-12 线上 电梯采购 张建国 延期"),
    ("名字 归谁 性质 几个人", "磨石岭集团 省国资委 国有独资 5200", "泵房热电 省电力集团 国有控股 690", "岗前物业 区国资中心 国有独资 340"),
]  # fmt: skip


@pytest.mark.parametrize("rows", COMMON)
def test_common_headers_under_no_title_are_no_register_though_each_could_be_one_of_its_columns(rows) -> None:
    mapping = read("Sheet1", *rows)
    assert mapping.register is None and mapping.question is not None


def test_columns_that_nobody_understands_are_named_where_a_load_is_shown(tmp_path: Path) -> None:
    file = tmp_path / "场地资源登记表.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(
            [
                ("序号", "场地名称", "面积", "钥匙牌号", "备注"),
                ("1", "甲厅", "80", "A-12", "无"),
                ("2", "乙厅", "90", "B-3", "无"),
            ]
        )
    settings = Settings(workspace=tmp_path / "w", key_file=tmp_path / "key")
    console = Console(record=True, width=200)
    show_result(load_paths(tmp_path / "w", [file], settings=settings), console)
    told = next(line for line in console.export_text().splitlines() if "没有认出" in line)
    assert "场地资源登记表.csv" in told and "钥匙牌号" in told
    assert "序号" not in told and "备注" not in told and "面积" not in told


@pytest.mark.parametrize("header", ["支持内容", "支持事项", "提供内容", "服务内容"])
def test_what_is_given_or_wanted_without_saying_which_is_asked_about(header: str) -> None:
    rows = ("汀洲水务集团 市企 管网检漏", "汀洲粮食储运 市企 米面油100份", "汀洲冷链物流 市企 冷藏车2辆")
    assert meaning(read("企业名单", f"企业 企业性质 {header}", *rows, register="enterprises"), header)[0] == "asked"
    wanted = read("企业名单", "企业 企业性质 希望支持的事项", *rows, register="enterprises")
    assert meaning(wanted, "希望支持的事项") == ("mapped", "needs")


@pytest.mark.parametrize("header", ["退休人员", "移交退休人员", "退休职工"])
def test_people_who_are_counted_are_no_personal_data(header: str) -> None:
    counted = ("汀洲港务集团 老码头社区 312 141", "澄渡船舶重工 船厂新村社区 906 388", "汀洲精工机床 望埠社区 145 66")
    named = ("汀洲港务集团 老码头社区 王小明 1", "澄渡船舶重工 船厂新村社区 李大伟 1", "汀洲精工机床 望埠社区 张建国 1")
    heads = f"移出企业 接收社区 {header} 其中党员"
    assert (
        meaning(read("退休人员移交进度", heads, *counted, register="retiree_handovers"), header)[0]
        != "dropped_personal"
    )
    assert (
        meaning(read("退休人员移交进度", heads, *named, register="retiree_handovers"), header)[0] == "dropped_personal"
    )


@pytest.mark.parametrize("header", ["报送企业", "填报单位", "企业方", "上报单位"])
def test_whose_rooms_they_are_is_not_left_out_because_it_is_said_as_who_reports_them(header: str) -> None:
    rows = ("汀洲水务集团 礼堂 650", "汀洲冷链物流公司 会议室 120", "澄渡船舶公司 文体馆 1800")
    mapping = read("可共享场地", f"{header} 场地名称 面积㎡", *rows, register="venues")
    column = next(c for c in mapping.columns if c.header == header)
    assert column.field == "owner" or (column.treatment == "asked" and "owner" in column.alternatives)


@pytest.mark.parametrize("rows", [2, 4])
def test_words_that_are_no_choice_of_a_list_are_not_taken_for_it_few_as_they_may_be(rows: int) -> None:
    firms = [f"汀洲{name}公司 市属 66" for name in ("港务", "棉纺", "水务", "粮储")[:rows]]
    mapping = read("国有企业名册", "企业全称 隶属层级 职工人数", *firms)
    assert meaning(mapping, "隶属层级") == ("mapped", "ownership")
    strange = read("国有企业名册", "企业全称 隶属层级 职工人数", *[firm.replace("市属", "甲类") for firm in firms])
    assert meaning(strange, "隶属层级")[0] != "mapped"


def test_a_post_is_kept_where_no_cell_names_anybody() -> None:
    heads, days = "走访日期 企业 专员（职务） 问题", ("2024-01-02", "2024-02-02", "2024-03-02")
    posts = [
        f"{d} 汀港集团 {p} 用电不足"
        for d, p in zip(days, ("区经信局副局长", "区发改局总工", "街道办副主任"), strict=True)
    ]
    names = [
        f"{d} 汀港集团 {p} 用电不足" for d, p in zip(days, ("张伟副局长", "区发改局总工", "街道办副主任"), strict=True)
    ]
    assert meaning(read("走访记录", heads, *posts), "专员（职务）") == ("mapped", "officer_post")
    assert meaning(read("走访记录", heads, *names), "专员（职务）")[0] == "dropped_personal"


def test_beside_a_person_a_header_may_ask_for_more_and_only_the_person_is_left_out() -> None:
    heads = "场地名称 产权单位 面积 负责人及使用要求"
    rows = (
        "礼堂 汀港集团 300 王小明，需自带音响",
        "会议室 澄船重工 200 李大伟13800001111，保持安静",
        "食堂 汀水集团 90 张建国",
    )
    (table,) = find_tables(make_sheet([row.split() for row in (heads, *rows)], name="场地清单"))
    mapping = map_table(table, SCHEMA)
    asked = next(c for c in mapping.columns if c.header == "负责人及使用要求")
    assert asked.treatment in {"mapped", "asked"}
    records = clean_table(table, mapping, b"k" * 32)
    told = str(records.frame.to_dicts()) + str(records.problems)
    assert not [name for name in ("王小明", "李大伟", "张建国", "13800001111") if name in told]


def test_villages_are_called_by_names_that_persons_could_have() -> None:
    rows = ("望埠街道 王家湾 200", "望埠街道 李家台 300", "麻石街街道 赵庄 310", "麻石街街道 陈家大湾 120")
    assert meaning(read("社区名册", "街道 名称 户数", *rows), "名称") == ("mapped", "name")
    named = ("望埠街道 王小明 200", "望埠街道 李大伟 300", "麻石街街道 张建国 310", "麻石街街道 陈志强 120")
    assert meaning(read("社区名册", "街道 名称 户数", *named), "名称")[0] == "dropped_personal"


def test_a_roll_of_households_is_refused_as_one_of_persons() -> None:
    mapping = read("户主名册", "户主 门牌 人口", "王小明 3-201 4", "李大伟 2-301 3", "张建国 2-302 3")
    assert mapping.register is None and "户主" in mapping.reason.text("zh") and "个人" in mapping.reason.text("zh")


def test_texts_of_what_is_needed_are_read_though_they_name_persons() -> None:
    rows = (
        "望埠社区 3栋俞建波老人（电话18786167956）需上门理发 待对接",
        "闸口社区 单元门口加装轮椅坡道 待对接",
        "岗前社区 用药咨询，联系滕永泉13327511110 待对接",
    )
    (table,) = find_tables(
        make_sheet([row.split() for row in ("提出社区 诉求内容 对接情况", *rows)], name="社区诉求征集")
    )
    mapping = map_table(table, SCHEMA)
    assert mapping.register is not None and mapping.register.name == "needs"
    records = clean_table(table, mapping, b"k" * 32)
    told = str(records.frame.to_dicts()) + str(records.problems)
    assert "上门理发" in told and "轮椅坡道" in told and "用药咨询" in told
    assert not [one for one in ("俞建波", "滕永泉", "18786167956", "13327511110") if one in told]


def test_what_is_counted_may_stand_in_brackets_and_two_places_are_two_counts() -> None:
    rows = ("2025年5月 区大厅 物业 14 13", "2025年5月 望埠街道 物业 9 8", "2025年6月 区大厅 停车 6 5")
    mapping = read("接访情况月报", "月份 接访地点 诉求门类 受理（件） 办结（件）", *rows)
    assert meaning(mapping, "受理（件）") == ("mapped", "count") and meaning(mapping, "接访地点") == ("mapped", "place")
    assert "{place?:text}" in CaseStatistic.keys[0]


def test_how_things_stand_is_asked_about_however_it_is_said() -> None:
    rows = ("礼堂 汀港集团 300 能借", "会议室 澄船重工 200 正在修", "食堂 汀水集团 90 能借", "球场 汀水集团 90 能借")
    mapping = read("能借用的场地", "场地名称 产权单位 面积 眼下", *rows)
    assert meaning(mapping, "眼下")[0] == "asked" or meaning(mapping, "眼下") == ("mapped", "status")


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        ("收文登记簿", ("收文日期 来文单位 文号 标题 办理情况", "2025-01-01 市委组织部 汐组3号 关于党费的通知 在办", "2025-02-01 市国资委 汐组4号 关于会议的通知 已办")),
        ("公章使用登记", ("日期 用印部门 文件名称 份数", "2025-10-8 党建办 结对共建协议 2", "2025-10-9 综合办 场地租赁合同 3", "2025-10-10 平安办 证明 4")),
        ("国企联络通讯录", ("单位 姓名 职务 手机 微信号 住址", "汐海船舶 谷雨眠 部长 19000020000 wx1 观潮小区1号", "汐州港务 卞晚舟 科长 19000020037 wx2 灯塔里小区2号", "东汐海运 宿见山 干事 19000020074 wx3 桅杆巷小区3号")),
        ("Sheet1", ("企业 汐州供水 汐州燃气 航标厂", "出资层级 市属 市属 央企", "在岗人数 545 488 266", "所在社区 石埠头社区 桅杆巷社区 灯塔里社区")),
    ],
)  # fmt: skip
def test_papers_seals_persons_and_tables_on_their_side_are_no_register(title: str, rows: tuple[str, ...]) -> None:
    assert read(title, *rows).register is None


def test_a_word_that_is_no_name_is_nobodys_call_and_a_community_is_no_person() -> None:
    rows = ("扫雪 船坞社区 2025-1-2 广场 招", "陪聊 锚地社区 2025-1-3 广场 招满", "理发 北堤社区 2025-1-4 广场 完")
    mapping = read("招募志愿者", "干什么活 哪个社区要人 哪天 在哪 招没招满", *rows, register="volunteer_needs")
    assert meaning(mapping, "哪个社区要人") == ("mapped", "unit")
    assert meaning(mapping, "招没招满")[0] != "mapped"
