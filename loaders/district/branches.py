"""Party organizations of a synthetic district: their terms, joint branches of retirees, handovers of retirees, flows of members (三)."""

from __future__ import annotations

from datetime import date, timedelta

from graph.documents import Document
from loaders.district.invented_names import DIALLING_CODE, DISTRICT, person_name
from loaders.district.office import Book, Clerk, Row, Sheet
from loaders.district.planned import AS_OF


def describe_branches(clerk: Clerk) -> Book:
    """Return the workbook of Party organizations and of members that move: counts only, no person."""
    terms = _plan_terms(clerk)
    pairs = clerk.pairs(6)
    handed, halted = pairs[: len(pairs) * 2 // 3], pairs[len(pairs) * 2 // 3 :]
    sheets = [
        _organization_sheet(clerk, terms),
        _retiree_sheet(clerk, pairs[:4]),
        _handover_sheet(clerk, handed, halted),
        _flow_sheet(clerk),
    ]
    firms, places = clerk.district.enterprises, clerk.district.communities
    truth: Document = {
        "terms_over": sorted(firms[i].name for i, day in terms.items() if day < AS_OF),
        "joint_retiree_branches": [[places[i].name, firms[j].name] for i, j in pairs[:4]],
        "retirees_handed_over": [[firms[j].name, places[i].name] for i, j in handed],
        "retirees_not_handed_over": [[firms[j].name, places[i].name] for i, j in halted],
    }
    return Book("党组织和党员管理报表.xlsx", sheets, truth)


def _plan_terms(clerk: Clerk) -> dict[int, date]:
    """Return until when the committees of some firms are elected: of a quarter the time is up."""
    chosen = clerk.some(clerk.firms, 12)
    return {
        firm: AS_OF + timedelta(days=clerk.random.randint(-300, -20) if n % 4 == 0 else clerk.random.randint(40, 1400))
        for n, firm in enumerate(chosen)
    }


def _organization_sheet(clerk: Clerk, terms: dict[int, date]) -> Sheet:
    header = (
        "序号",
        "党组织名称",
        "党组织书记",
        "联系电话",
        "组织类别",
        "所在单位名称",
        "批准时间",
        "届满时间",
        "党员数",
    )
    rows: list[Row] = []
    for order, (index, ends) in enumerate(terms.items(), 1):
        firm = clerk.district.enterprises[index]
        begun = clerk.exact_day(ends.replace(year=ends.year - 5, day=min(ends.day, 28)))
        phone = f"{DIALLING_CODE}-6{clerk.random.randrange(10**7):07d}"
        name, host = f"中共{firm.name}委员会", clerk.enterprise(index)
        rows.append(
            [
                order,
                name,
                person_name(clerk.random),
                phone,
                "党委",
                host,
                begun,
                clerk.exact_day(ends),
                firm.party_members,
            ]
        )
    return Sheet("组织信息", f"{DISTRICT}基层党组织信息采集表", (header,), rows)


def _retiree_sheet(clerk: Clerk, pairs: list[tuple[int, int]]) -> Sheet:
    header = ("序号", "支部名称", "组建方式", "隶属（企业/社区）", "党员数", "活动场所", "活动频次", "经费来源", "书记")
    rows: list[Row] = []
    for order, (place, firm) in enumerate(pairs, 1):
        name = f"{clerk.district.communities[place].name}离退休党支部"
        hosts = f"{clerk.enterprise(firm)}、{clerk.community(place)}"
        members = clerk.people(clerk.random.randrange(20, 90))
        rows.append(
            [
                order,
                name,
                "联合组建",
                hosts,
                members,
                "社区二楼党员活动室",
                "每月一次",
                "企业拨付",
                person_name(clerk.random),
            ]
        )
    return Sheet("离退休支部", f"{DISTRICT}离退休党支部情况统计表", (header,), rows)


def _handover_sheet(clerk: Clerk, handed: list[tuple[int, int]], halted: list[tuple[int, int]]) -> Sheet:
    header = (
        "序号",
        "移交企业",
        "接收社区",
        "移交人数",
        "其中党员",
        "档案册数",
        "移交日期",
        "移交进度",
        "遗留问题",
        "经办人",
    )
    rows: list[Row] = []
    for place, firm in [*handed, *halted]:
        people = clerk.random.randrange(60, 400)
        done = (place, firm) in handed
        day = clerk.exact_day(clerk.day_between(date(2023, 3, 1), date(2025, 12, 31))) if done else None
        how = ("已完成移交", "无") if done else ("正在核对档案", clerk.random.choice(("档案不全", "活动场地未落实")))
        rows.append(
            [
                len(rows) + 1,
                clerk.enterprise(firm),
                clerk.community(place),
                clerk.people(people),
                people // 5,
                people,
                day,
                *how,
                person_name(clerk.random),
            ]
        )
    return Sheet("退休移交", f"{DISTRICT}国企离退休党员移交情况统计表", (header,), rows)


def _flow_sheet(clerk: Clerk) -> Sheet:
    header = ("序号", "流出党组织", "流入党组织", "流出党员数", "流入党员数", "应转接组织关系数", "统计时间", "填报人")
    rows: list[Row] = []
    for order, (place, firm) in enumerate(clerk.pairs(6), 1):
        community = clerk.district.communities[place]
        street = clerk.district.streets[community.street]
        going, coming, due = sorted((clerk.random.randrange(5, 30) for _ in range(3)), reverse=True)
        source = f"中共{clerk.district.enterprises[firm].name}委员会"
        target = f"中共{street}街道{community.name}委员会"
        rows.append([order, source, target, going, coming, due, "2026年5月", person_name(clerk.random)])
    return Sheet("流动党员", f"{DISTRICT}流动党员情况统计表", (header,), rows)
