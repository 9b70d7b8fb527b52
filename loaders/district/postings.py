"""Posts and teachers of a synthetic district: secondments, instructors, volunteer posts, lecturers (八)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.documents import Document
from loaders.district.invented_names import DISTRICT, person_name
from loaders.district.menus import COURSES
from loaders.district.office import Book, Clerk, Row, Sheet, Unit

# Title, what is wanted, state.
SECONDMENTS = (
    ("社区书记助理", "法学、社会工作", "征集中"),
    ("网格管理专员", "信息技术", "在岗"),
    ("企业文化干事", "中文、新闻", "征集中"),
    ("安全管理员", "安全工程", "期满"),
    ("物业协调员", "工程管理", "公示"),
    ("养老服务专员", "护理", "征集中"),
)
VOLUNTEER_POSTS = (
    ("楼院治安瞭望岗", "每晚巡楼一次", "无", "空缺"),
    ("代办跑腿岗", "替行动不便的老人取药", "无", "在岗"),
    ("法律问答岗", "每月坐班一次", "法律", "空缺"),
    ("器乐辅导岗", "教老年乐队", "器乐", "在岗"),
    ("小家电义修岗", "逢五义修", "家电维修", "空缺"),
)


@dataclass(frozen=True)
class Secondment:
    """A post that one unit opens for people of another."""

    title: str
    wanted: str
    state: str
    unit: Unit
    nominator: Unit


def describe_postings(clerk: Clerk) -> Book:
    """Return the workbook of posts and lecturers."""
    posts = _plan_secondments(clerk)
    pairs = clerk.pairs(4)
    places = [clerk.random.randrange(len(clerk.district.communities)) for _ in VOLUNTEER_POSTS]
    sheets = [
        _secondment_sheet(clerk, posts),
        _instructor_sheet(clerk, pairs),
        _volunteer_sheet(clerk, places),
        _lecturer_sheet(clerk),
    ]
    communities = clerk.district.communities
    truth: Document = {
        "open_posts": sorted([clerk.full_name(p.unit), p.title] for p in posts if p.state == "征集中"),
        "closed_posts": sorted([clerk.full_name(p.unit), p.title] for p in posts if p.state in {"在岗", "期满"}),
        "open_volunteer_posts": sorted(
            [communities[place].name, title]
            for place, (title, _, _, state) in zip(places, VOLUNTEER_POSTS, strict=True)
            if state == "空缺"
        ),
        "instructors": [[communities[i].name, clerk.district.enterprises[j].name] for i, j in pairs],
    }
    return Book("人才交流岗位和师资库.xlsx", sheets, truth)


def _plan_secondments(clerk: Clerk) -> list[Secondment]:
    made = []
    for order, (title, wanted, state) in enumerate(SECONDMENTS):
        place: Unit = ("community", clerk.random.randrange(len(clerk.district.communities)))
        firm: Unit = ("enterprise", clerk.random.choice(clerk.firms))
        unit, other = (firm, place) if title.startswith("企业") or order % 3 == 0 else (place, firm)
        made.append(Secondment(title, wanted, state, unit, other))
    return made


def _secondment_sheet(clerk: Clerk, posts: list[Secondment]) -> Sheet:
    header = (
        "序号",
        "岗位名称",
        "提供单位",
        "岗位职责",
        "任职条件",
        "专业要求",
        "人数",
        "挂职期限",
        "推荐单位",
        "考察方式",
        "状态",
        "挂职人员",
    )
    rows: list[Row] = []
    for order, post in enumerate(posts, 1):
        holder = person_name(clerk.random) if post.state in {"在岗", "期满"} else ""
        rows.append(
            [
                order,
                post.title,
                clerk.unit(post.unit),
                "协助处理日常事务",
                "三年以上工作经历",
                post.wanted,
                clerk.choose(1, "1名"),
                "一年",
                clerk.unit(post.nominator),
                "双方共同考察",
                post.state,
                holder,
            ]
        )
    return Sheet("挂职岗位", f"{DISTRICT}互派挂职岗位表", (header,), rows)


def _instructor_sheet(clerk: Clerk, pairs: list[tuple[int, int]]) -> Sheet:
    header = ("序号", "派出单位", "驻点企业", "职责", "任职时间", "聘期", "状态", "指导员姓名")
    rows: list[Row] = []
    for order, (place, firm) in enumerate(pairs, 1):
        since = clerk.exact_day(clerk.day_between(date(2025, 7, 1), date(2026, 3, 1)))
        duty = clerk.random.choice(("指导支部换届", "指导发展党员", "指导组织生活"))
        rows.append(
            [
                order,
                clerk.community(place),
                clerk.enterprise(firm),
                duty,
                since,
                "两年",
                "在岗",
                person_name(clerk.random),
            ]
        )
    return Sheet("党建指导员", f"{DISTRICT}党建指导员派驻情况统计表", (header,), rows)


def _volunteer_sheet(clerk: Clerk, places: list[int]) -> Sheet:
    header = ("序号", "岗位名称", "设岗社区", "岗位职责", "岗位人数", "服务时间", "特长要求", "岗位状态", "认领人")
    rows: list[Row] = []
    for order, (place, (title, duty, skill, state)) in enumerate(zip(places, VOLUNTEER_POSTS, strict=True), 1):
        people, when = (
            clerk.people(clerk.random.randrange(2, 9)),
            clerk.random.choice(("周六上午", "每月15日", "工作日晚上")),
        )
        holder = person_name(clerk.random) if state == "在岗" else ""
        rows.append([order, title, clerk.community(place), duty, people, when, skill, state, holder])
    return Sheet("志愿岗位", f"{DISTRICT}党员志愿服务岗位设置表", (header,), rows)


def _lecturer_sheet(clerk: Clerk) -> Sheet:
    """Return the lecturers, nobody of whom has agreed to be named."""
    header = (
        "序号",
        "授课老师",
        "所在单位",
        "职称",
        "授课方向",
        "课程名称",
        "授课形式",
        "是否同意公开",
        "联系电话",
    )
    rows: list[Row] = []
    for order, (title, _, form, *_) in enumerate(COURSES, 1):
        firm = clerk.random.choice(clerk.firms)
        rank = clerk.random.choice(("高级工程师", "政工师", "讲师"))
        topic = clerk.random.choice(("党性教育", "红色故事", "安全教育"))
        rows.append([order, person_name(clerk.random), clerk.enterprise(firm), rank, topic, title, form, "否", ""])
    return Sheet("师资库", f"{DISTRICT}授课师资库", (header,), rows)
