"""Brands and honours of the units of a synthetic district, and which units have none (十)."""

from __future__ import annotations

from datetime import date

from graph.documents import Document
from loaders.district.invented_names import CITY, DISTRICT
from loaders.district.joint_work import PROJECTS
from loaders.district.office import Book, Clerk, Row, Sheet, Unit

# Name, kind, slogan, what it is about. The first two mean the same and could be one.
BRANDS = (
    ("炉火先锋", "党员先锋", "哪里难哪里上", "党员突击攻关"),
    ("焊花先锋", "党员先锋", "难处见先锋", "党员突击攻关"),
    ("邻里一家亲", "活动载体", "敲开门就是一家人", "邻里互助"),
    ("周五夜话", "组织生活", "把话说开，把事办好", "居民议事"),
    ("小板凳课堂", "组织生活", "搬个板凳来听课", "微党课"),
    ("暖心长椅", "活动载体", "坐下来歇一歇", "为老服务"),
    ("一号岗", "党员先锋", "看我的，跟我上", "安全生产"),
    ("老街新声", "活动载体", "老街坊唱新歌", "文艺"),
    ("红色班车", "组织生活", "上车就是党课", "流动课堂"),
)
HONOURS = (
    ("先进基层党组织", "市级", f"{CITY}委"),
    ("文明单位", "省级", "省文明委"),
    ("平安建设先进集体", "区级", f"{DISTRICT}委政法委"),
    ("五一劳动奖状", "市级", f"{CITY}总工会"),
    ("学雷锋志愿服务站", "区级", f"{DISTRICT}委宣传部"),
)


def describe_local_brands(clerk: Clerk) -> Book:
    """Return the workbook of brands and honours."""
    owners = _choose_owners(clerk)
    holders = [_any_unit(clerk) for _ in HONOURS]
    honoured = list(owners)[:3]
    having = {clerk.full_name(owner) for owner in owners.values()}
    truth: Document = {
        "brands": {name: clerk.full_name(owner) for name, owner in owners.items()},
        "units_without_brand": sorted(set(clerk.district.unit_names) - having),
        "brands_alike": [BRANDS[0][0], BRANDS[1][0]],
        "honours": sorted([clerk.full_name(unit), title] for unit, (title, *_) in zip(holders, HONOURS, strict=True)),
    }
    sheets = [_brand_sheet(clerk, owners), _brand_honour_sheet(clerk, honoured), _honour_sheet(clerk, holders)]
    return Book("党建品牌和荣誉.xlsx", sheets, truth)


def _any_unit(clerk: Clerk) -> Unit:
    side = clerk.random.choice(("enterprise", "community"))
    return side, clerk.random.choice(clerk.firms if side == "enterprise" else range(len(clerk.district.communities)))


def _choose_owners(clerk: Clerk) -> dict[str, Unit]:
    """Return who created each brand: no unit has two."""
    firms: list[Unit] = [("enterprise", i) for i in clerk.firms]
    places: list[Unit] = [("community", i) for i in range(len(clerk.district.communities))]
    chosen = iter(clerk.some([*clerk.some(firms, 12), *clerk.some(places, 12)], len(BRANDS)))
    return {name: owner for (name, *_), owner in zip(BRANDS, chosen, strict=False)}


def _brand_sheet(clerk: Clerk, owners: dict[str, Unit]) -> Sheet:
    header = (
        "序号",
        "品牌名称",
        "创建单位",
        "品牌类型",
        "主题口号",
        "创建时间",
        "品牌内涵",
        "载体活动",
        "受益人数",
        "备注",
    )
    rows: list[Row] = []
    for order, (name, kind, slogan, meaning) in enumerate(BRANDS, 1):
        if name in owners:
            carried = PROJECTS[order % len(PROJECTS)][0] if order % 2 else ""
            since, served = clerk.day(date(2020 + order % 6, 7, 1)), clerk.people(clerk.random.randrange(80, 900))
            row = [order, name, clerk.unit(owners[name]), kind, slogan, since, meaning, carried, served]
            rows.append([*row, clerk.blank()])
    return Sheet("品牌", f"{DISTRICT}党建品牌一览表", (header,), rows, counted=False)


def _brand_honour_sheet(clerk: Clerk, names: list[str]) -> Sheet:
    header = ("序号", "品牌名称", "获得荣誉", "荣誉级别", "颁发单位", "获奖时间")
    rows: list[Row] = [
        [i, name, "优秀党建品牌", "区级", f"{DISTRICT}委组织部", clerk.exact_day(date(2025, 7, 1))]
        for i, name in enumerate(names, 1)
    ]
    return Sheet("品牌荣誉", "党建品牌荣誉表", (header,), rows, counted=False)


def _honour_sheet(clerk: Clerk, holders: list[Unit]) -> Sheet:
    header = ("序号", "获奖单位", "荣誉名称", "荣誉级别", "颁发单位", "获奖时间")
    rows: list[Row] = []
    for unit, (title, level, issuer) in zip(holders, HONOURS, strict=True):
        day = clerk.day(date(clerk.random.randrange(2019, 2026), clerk.random.randrange(1, 13), 10))
        rows.append([len(rows) + 1, clerk.unit(unit), title, level, issuer, day])
    return Sheet("荣誉", f"{DISTRICT}单位荣誉统计表", (header,), rows, counted=False)
