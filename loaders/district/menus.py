"""What the red bases of a synthetic district have to show: their honours, courses, and the culture around them (四)."""

from __future__ import annotations

from datetime import date

from graph.documents import Document
from loaders.district.invented_names import CITY, DISTRICT
from loaders.district.office import Book, Clerk, Row, Sheet
from loaders.district.planned import PlannedDistrict

EXHIBITS = ("工匠", "工业", "榜样", "农耕")
# Title, category, form, minutes, audience.
COURSES = (
    ("老厂长讲创业史", "工业精神", "现场讲述", 45, "党员、职工"),
    ("在展馆里重温入党誓词", "党性教育", "现场教学", 30, "党支部"),
    ("走一遍装配线", "工业文化", "沿线参观", 60, "党员、学生"),
    ("听劳模讲一把锉刀的故事", "劳模精神", "讲座", 60, "青年职工"),
    ("农耕器具里的节气", "传统文化", "现场教学", 40, "青少年"),
    ("身边的榜样微党课", "先进事迹", "微党课", 20, "党支部"),
    ("厂史情景剧", "红色故事", "情景教学", 50, "党员"),
    ("消防器材实操", "安全教育", "演练", 90, "居民、职工"),
)
CULTURE = (
    ("霁川老火车站旧址", "历史建筑", "铁路记忆", "建于一九三六年的候车厅，现为社区书屋"),
    ("梧东高跷", "非物质文化遗产", "民俗", "每年正月十五在老街表演"),
    ("柳编手艺", "非物质文化遗产", "手艺", "居民合作社仍在编制筐篓"),
    ("第一台车床诞生地", "工业遗产", "工业记忆", "一九五八年试制成功，现存机座"),
    ("劳动模范事迹墙", "名人事迹", "劳模精神", "展示历年先进集体的照片和奖状"),
    ("梧桐渡古桥", "文物", "交通史", "三孔石桥，桥栏有石狮"),
)


def red_base_names(district: PlannedDistrict) -> dict[str, int]:
    """Return the red bases by name, each with the enterprise that has it: every fourth one."""
    owners = range(1, len(district.enterprises), 4)
    return {
        f"{district.enterprises[owner].short}{EXHIBITS[place % 4]}展览馆": owner for place, owner in enumerate(owners)
    }


def describe_menus(clerk: Clerk) -> Book:
    """Return the workbook of honours, courses and cultural resources."""
    bases = red_base_names(clerk.district)
    menu = _plan_menu(clerk, bases)
    named = {name: ("国家级", "省级", "市级")[place % 3] for place, name in enumerate(bases)}
    kept = list(CULTURE)[: max(2, len(clerk.district.enterprises) // 2)]
    owners = {name: clerk.random.randrange(len(clerk.district.communities)) for name, *_ in kept}
    truth: Document = {
        "base_levels": named,
        "menu": {
            title: {"unit": clerk.district.enterprises[firm].name, "base": base} for title, (firm, base) in menu.items()
        },
        "cultural_resources": {name: clerk.district.communities[place].name for name, place in owners.items()},
    }
    sheets = [_honour_sheet(clerk, named), _course_sheet(clerk, menu), _culture_sheet(clerk, owners)]
    return Book("开放式组织生活和文化资源.xlsx", sheets, truth)


def _plan_menu(clerk: Clerk, bases: dict[str, int]) -> dict[str, tuple[int, str]]:
    """Return the courses: who gives each, and in which base, if in one."""
    menu = {}
    for order, (title, *_) in enumerate(COURSES):
        base = list(bases)[order % len(bases)] if bases and order % 3 else ""
        menu[title] = (bases[base] if base else clerk.firms[order % len(clerk.firms)], base)
    return menu


def _honour_sheet(clerk: Clerk, named: dict[str, str]) -> Sheet:
    header = ("基地名称", "荣誉称号", "命名级别", "命名单位", "命名时间", "文号")
    issuers = {"国家级": "国家有关部门", "省级": "省委宣传部", "市级": f"{CITY}委宣传部"}
    rows: list[Row] = []
    for name, level in named.items():
        year = clerk.random.randrange(2012, 2025)
        day = clerk.day(date(year, clerk.random.randrange(1, 13), 15))
        rows.append([name, "爱国主义教育基地", level, issuers[level], day, f"命名〔{year}〕{len(rows) + 1}号"])
    return Sheet("命名情况", "教育基地命名情况表", (header,), rows, counted=False)


def _course_sheet(clerk: Clerk, menu: dict[str, tuple[int, str]]) -> Sheet:
    header = (
        "序号",
        "课程名称",
        "提供单位",
        "基地名称",
        "课程类别",
        "授课形式",
        "时长（分钟）",
        "适合对象",
        "单批人数",
        "可预约时间",
    )
    rows: list[Row] = []
    for title, topic, form, minutes, audience in COURSES:
        firm, base = menu[title]
        size, when = clerk.choose(40, "40人", "约40人"), clerk.random.choice(("每周三下午", "工作日", "周末"))
        rows.append([len(rows) + 1, title, clerk.enterprise(firm), base, topic, form, minutes, audience, size, when])
    return Sheet("菜单", f"{DISTRICT}开放式组织生活菜单", (header,), rows, counted=False)


def _culture_sheet(clerk: Clerk, owners: dict[str, int]) -> Sheet:
    header = ("序号", "资源名称", "类别", "管理单位", "主题", "简介", "备注")
    rows: list[Row] = []
    for name, kind, theme, story in CULTURE:
        if name in owners:
            rows.append([len(rows) + 1, name, kind, clerk.community(owners[name]), theme, story, clerk.blank()])
    return Sheet("文化资源", f"{DISTRICT}文化资源名录", (header,), rows)
