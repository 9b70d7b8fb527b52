"""The main registers of a synthetic district, as the offices that keep them would hand them in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from loaders.district import invented_names
from loaders.district.invented_names import INSTITUTIONS
from loaders.district.menus import red_base_names
from loaders.district.office import Clerk, Row, Sheet, write_csv, write_workbook
from loaders.district.planned import AS_OF, Member, Venue
from loaders.district.wordings import TOGETHER

FILES = (
    "附件1：驻区单位基本情况登记表（定稿）.xlsx",
    "附件2：社区基本情况表.xlsx",
    "党员名册.xlsx",
    "双报到台账.csv",
    "场地资源登记表.xlsx",
    "场地使用台账.csv",
    "党员教育基地名录.xlsx",
    "共建协议台账.xlsx",
    "清单汇总.xlsx",
    "共建活动台账.csv",
)

REPORT_HEADER = ("姓名", "身份证号码", "工作单位", "报到社区", "报到时间", "认领岗位", "手机号码")
_JOBS, _RETIRED = ("工程师", "车间主任", "技术员", "职工"), ("（退休）", "退休职工")
USE_HEADER = ("使用日期", "使用时段", "场地名称", "使用单位", "活动名称", "参加人数", "经办人")
ACTIVITY_HEADER = ("活动日期", "活动名称", "承办单位", "参加单位", "地点", "参加人数")


@dataclass(frozen=True)
class Mistakes:
    """The three cells that are wrong in a dirty district, and the units they belong to; -1 where there is none."""

    enterprise: int = -1  # its credit code has a wrong check character
    venue: int = -1  # its area is negative
    agreement: int = -1  # it was signed on a day that does not exist


def write_registers(folder: Path, clerk: Clerk, mistakes: Mistakes) -> None:
    """Write the main registers of the clerk's district into `folder`."""
    write_workbook(folder / FILES[0], enterprise_sheets(clerk, mistakes), clerk)
    write_workbook(folder / FILES[1], [community_sheet(clerk)], clerk)
    write_workbook(folder / FILES[2], member_sheets(clerk), clerk)
    write_csv(folder / FILES[3], REPORT_HEADER, report_rows(clerk), "gb18030")
    write_workbook(folder / FILES[4], [venue_sheet(clerk, mistakes)], clerk)
    write_csv(folder / FILES[5], USE_HEADER, use_rows(clerk), "utf-8-sig")
    write_workbook(folder / FILES[6], [base_sheet(clerk)], clerk)
    write_workbook(folder / FILES[7], [agreement_sheet(clerk, mistakes)], clerk)
    write_workbook(folder / FILES[8], [need_sheet(clerk), offer_sheet(clerk)], clerk)
    write_csv(folder / FILES[9], ACTIVITY_HEADER, activity_rows(clerk), "utf-8")


def enterprise_sheets(clerk: Clerk, mistakes: Mistakes) -> list[Sheet]:
    """Return the register of enterprises, with the sheet of instructions that offices leave in."""
    header = (
        "序号",
        "单位名称",
        "企业简称",
        "信用代码",
        "单位性质",
        "所属行业",
        "注册地址",
        "所在街道（办事处）",
        "职工人数",
        "党组织名称",
        "党员数（人）",
        "经度",
        "纬度",
        "备注",
    )
    rows = [
        [i + 1, *_enterprise_row(clerk, i, i == mistakes.enterprise)] for i in range(len(clerk.district.enterprises))
    ]
    rows += [[len(rows) + i, *_institution_row(clerk, *told)] for i, told in enumerate(INSTITUTIONS, 1)]
    instructions = Sheet("填表说明", "填表说明", (("请勿改动表头", None),), (), counted=False)
    return [Sheet("驻区单位", f"{invented_names.DISTRICT}驻区单位基本情况登记表", (header,), rows), instructions]


def _enterprise_row(clerk: Clerk, index: int, spoilt: bool) -> Row:
    firm = clerk.district.enterprises[index]
    uscc = invented_names.spoil_code(firm.uscc) if spoilt else firm.uscc
    address = f"{invented_names.CITY}{invented_names.DISTRICT}{clerk.district.streets[firm.street]}{clerk.random.randrange(1, 300)}号"
    employees = clerk.choose(firm.employees, f"{firm.employees}人", f"{firm.employees}余人")
    return [
        firm.name,
        firm.short,
        clerk.choose(uscc, uscc, uscc.lower(), f" {uscc}"),
        firm.ownership,
        firm.industry,
        address,
        clerk.street(firm.street),
        employees,
        f"中共{firm.name}委员会",
        firm.party_members,
        firm.lon,
        firm.lat,
        clerk.blank(),
    ]


def _institution_row(clerk: Clerk, name: str, short: str, kind: str) -> Row:
    """Return a row of the list of units for one that is no enterprise."""
    staff = clerk.random.randrange(20, 90)
    row = [name, short, clerk.blank(), kind, clerk.blank(), clerk.blank(), clerk.street(0), staff, clerk.blank()]
    return [*row, staff // 3, None, None, clerk.blank()]


def community_sheet(clerk: Clerk) -> Sheet:
    """Return the register of communities, with merged cells for the streets."""
    header = (
        "所属街道",
        "社区名称",
        "社区代码",
        "党组织名称",
        "户数",
        "常住人口",
        "党员数",
        "办公地址",
        "经纬度",
        "值班电话",
        "社区需求",
    )
    rows = []
    for index, community in enumerate(clerk.district.communities):
        street = clerk.district.streets[community.street]
        titles = [need.title for need in clerk.district.needs if need.community == index and not need.state]
        rows.append(
            [
                f"{street}街道",
                community.name,
                community.code,
                f"中共{street}街道{community.name}委员会",
                community.households,
                clerk.people(community.households * 3),
                community.party_members,
                f"{street}{clerk.random.randrange(1, 100)}号",
                f"{community.lon:.6f},{community.lat:.6f}",
                f"{invented_names.DIALLING_CODE}-6{clerk.random.randrange(10**7):07d}",
                "、".join(titles),
            ]
        )
    return Sheet("Sheet1", f"{invented_names.DISTRICT}社区基本情况表", (header,), rows, counted=False, merged=0)


def member_sheets(clerk: Clerk) -> list[Sheet]:
    """Return the roll of members in three batches; in a dirty district a member stands in the first batch twice."""
    header = (
        "序号",
        "姓  名",
        "性别",
        "民族",
        "公民身份号码",
        "人员类别",
        "所在党支部",
        "工作单位及职务",
        "联系电话",
        "现居住地",
        "特长",
        "入党时间",
        "备注",
    )
    sheets = []
    for batch in range(3):
        chosen = [m for m in clerk.district.members if m.employer % 3 == batch]
        rows = [[i, *_member_row(clerk, member)] for i, member in enumerate(chosen, 1)]
        if batch == 0 and clerk.dirt and rows:
            rows.append(list(rows[0]))
        sheets.append(Sheet(f"第{batch + 1}批", f"{invented_names.DISTRICT}国有企业党员名册", (header,), rows))
    return sheets


def _member_row(clerk: Clerk, member: Member) -> Row:
    community = clerk.district.communities[member.community]
    street = clerk.district.streets[community.street]
    employer = clerk.enterprise(member.employer)
    building = f"{clerk.random.randrange(1, 40)}号楼{clerk.random.randrange(1, 7)}单元"
    number = clerk.choose(member.number, member.number, member.number.lower())
    return [
        member.name,
        clerk.random.choice("男女"),
        "汉族",
        number,
        member.stage,
        f"{employer}{member.branch}党支部",
        employer + str(clerk.choose("", "", *(_RETIRED if member.retired else _JOBS))),
        member.phone,
        f"{invented_names.CITY}{invented_names.DISTRICT}{street}{community.name}{building}",
        member.skill or clerk.blank(),
        clerk.day(member.joined),
        "离退休" if member.retired else "在职",
    ]


def report_rows(clerk: Clerk) -> list[Row]:
    """Return the reports of members in work to the communities they live in: about four in ten."""
    rows = []
    for member in clerk.district.members:
        if member.retired or clerk.random.random() > 0.45:
            continue
        day = AS_OF - timedelta(days=clerk.random.randrange(20, 700))
        community = clerk.community(member.community)
        rows.append(
            [
                member.name,
                member.number,
                clerk.enterprise(member.employer),
                community,
                clerk.day(day),
                clerk.random.choice(invented_names.SERVICES),
                member.phone,
            ]
        )
    return rows


def venue_sheet(clerk: Clerk, mistakes: Mistakes) -> Sheet:
    """Make up the register of venues of the sample district, under a header of two rows.

    `clerk` supplies the invented values and writes them as offices do; `mistakes` names the cells that shall be wrong.
    """
    header = (
        (
            "场地名称",
            "资源类型",
            "产权单位",
            "地址",
            "场地情况",
            None,
            "设施设备",
            "开放时间",
            "收费标准",
            "使用状态",
            "联系人",
            None,
            "备注",
        ),
        (None, None, None, None, "建筑面积\n(平方米)", "可容纳人数", None, None, None, None, "姓名", "电话", None),
    )
    rows = [_venue_row(clerk, venue, i == mistakes.venue) for i, venue in enumerate(clerk.district.venues)]
    return Sheet("场地清单", f"{invented_names.DISTRICT}共享场地资源登记表", header, rows)


def _venue_row(clerk: Clerk, venue: Venue, spoilt: bool) -> Row:
    some = clerk.random
    address = f"{clerk.district.streets[venue.street]}{some.randrange(1, 200)}号"
    seats = some.randrange(40, 400)
    ways = ("已停用", "装修中", "暂停使用", "危房封闭") if venue.status == "withdrawn" else ("在用", "闲置", "正常开放")
    status = some.choice(ways) if clerk.dirt else ways[0]
    hours = some.choice(("周一至周五9:00-17:00", "每天8:00-21:00", "周六、周日9:00-18:00（节假日除外）"))
    return [
        venue.name,
        venue.kind,
        clerk.unit(venue.owner),
        address,
        "-20" if spoilt else clerk.area(some.randrange(40, 900)),
        clerk.choose(seats, f"{seats}人", f"约{seats}人"),
        "、".join(some.sample(("投影", "音响", "空调", "无障碍"), 2)),
        hours,
        some.choice(("免费", "无偿", "成本价")),
        status,
        invented_names.person_name(some),
        invented_names.mobile_number(some),
        "无使用登记" if venue.status in {"no record", "seen"} else "有使用登记簿",
    ]


def use_rows(clerk: Clerk) -> list[Row]:
    """Return the year's log of use."""
    rows = []
    for use in clerk.district.uses:
        purpose = clerk.random.choice(("主题党日", "培训", "联谊", "义诊"))
        venue = clerk.district.venues[use.venue].name
        rows.append(
            [
                use.day.strftime("%Y/%m/%d"),
                use.hours,
                venue,
                clerk.unit(use.user),
                purpose,
                clerk.random.randrange(10, 200),
                invented_names.person_name(clerk.random),
            ]
        )
    return rows


def base_sheet(clerk: Clerk) -> Sheet:
    """Return the register of red bases: every fourth enterprise has one."""
    header = ("基地名称", "基地类型", "命名级别", "所属单位", "地址", "教育主题", "最大承载量", "开放时间", "讲解")
    themes = ("劳模工匠精神", "“一五”工业记忆", "焦裕禄精神", "农耕文化")
    rows = []
    for place, (name, index) in enumerate(red_base_names(clerk.district).items()):
        firm = clerk.district.enterprises[index]
        rows.append(
            [
                name,
                "企业展馆",
                clerk.random.choice(("国家级", "省级", "市级")),
                clerk.enterprise(index),
                f"{clerk.district.streets[firm.street]}{clerk.random.randrange(1, 100)}号",
                themes[place % 4],
                clerk.random.choice(("60人/批", "120人/批")),
                "周一闭馆，9:00-16:30",
                clerk.random.choice(("有", "预约讲解")),
            ]
        )
    return Sheet("名录", f"{invented_names.DISTRICT}党员教育基地名录", (header,), rows)


def agreement_sheet(clerk: Clerk, mistakes: Mistakes) -> Sheet:
    """Return the register of agreements, signed in the names of units or of their Party bodies."""
    header = ("协议编号", "甲方", "乙方", "签约时间", "有效期", "共建内容", "履行情况", "评价", "协议状态")
    rows = []
    for i, agreement in enumerate(clerk.district.agreements):
        signed = f"{agreement.signed.year}年2月30日" if i == mistakes.agreement else clerk.day(agreement.signed)
        left = clerk.community(agreement.community) + str(clerk.choose("", "", "党委", "党总支"))
        right = clerk.enterprise(agreement.enterprise) + str(clerk.choose("", "", "党委"))
        # Offices' own words on what was done are not the truth: the log of activities is.
        told, rating = clerk.random.choice(("正常履行", "已开展3次")), clerk.random.choice(("非常满意", "满意", "一般"))
        content = "、".join(TOGETHER[service][0] for service in agreement.content)
        if agreement.planned:
            rows.append([agreement.number, left, right, None, agreement.term, content, None, None, "拟签"])
        else:
            rows.append([agreement.number, left, right, signed, agreement.term, content, told, rating, None])
    return Sheet("台账", f"{invented_names.DISTRICT}共建协议台账", (header,), rows)


def need_sheet(clerk: Clerk) -> Sheet:
    """Return what the communities need."""
    header = ("需求单位", "需求类别", "需求内容", "需求数量", "截止日期", "紧急程度", "办理状态")
    rows: list[Row] = []
    for need in clerk.district.needs:
        until = clerk.day(AS_OF + timedelta(days=clerk.random.randrange(30, 300)))
        urgency, number = clerk.random.choice(("一般", "一般", "紧急")), clerk.choose(1, 2, "若干")
        state = need.state or clerk.choose("", "", "待对接")
        rows.append([clerk.community(need.community), need.category, need.title, number, until, urgency, state])
    return Sheet("需求清单", "需求清单", (header,), rows, counted=False)


def offer_sheet(clerk: Clerk) -> Sheet:
    """Return what the enterprises offer."""
    header = ("单位名称", "资源类别", "项目名称", "资源内容", "可提供数量", "提供方式")
    rows: list[Row] = []
    for offer in clerk.district.offers:
        told = (offer.category, offer.title, offer.content, clerk.random.randrange(1, 7), "无偿")
        rows.append([clerk.enterprise(offer.enterprise), *told])
    return Sheet("资源清单", "资源清单", (header,), rows, counted=False)


def activity_rows(clerk: Clerk) -> Sequence[Any]:
    """Return what communities and enterprises with an agreement did together."""
    rows = []
    for agreement in clerk.district.agreements:
        for day in agreement.activities:
            place = f"{clerk.community(agreement.community)}党群服务中心"
            row = [
                day.isoformat(),
                clerk.random.choice(TOGETHER[clerk.random.choice(agreement.content)]),
                clerk.community(agreement.community),
            ]
            rows.append([*row, clerk.enterprise(agreement.enterprise), place, clerk.random.randrange(12, 90)])
    for venue in clerk.district.venues:
        for ago in (30, 95, 200) if venue.status == "seen" else ():
            held = (AS_OF - timedelta(days=ago)).isoformat()
            title = clerk.random.choice(("职工运动会", "迎新联欢", "读书分享会"))
            rows.append([held, title, clerk.unit(venue.owner), "", venue.name, clerk.random.randrange(60, 400)])
    return rows
