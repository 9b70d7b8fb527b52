"""The joint conference of a synthetic district: members, issues, meetings, what they decided and who answers for it (一、二)."""

from __future__ import annotations

from datetime import date, timedelta

from graph.documents import Document
from loaders.district.invented_names import DISTRICT, person_name
from loaders.district.office import Book, Clerk, Row, Sheet, Unit
from loaders.district.planned import AS_OF

CONFERENCE = f"{DISTRICT}地企党建联席会"
MEETINGS = {
    "第一次联席会议": date(2025, 9, 18),
    "第二次联席会议": date(2025, 12, 11),
    "第三次联席会议": date(2026, 3, 19),
    "第四次联席会议": date(2026, 6, 11),
}
LATEST = "第四次联席会议"
# What was raised, why, what was decided about it, and what is to be done; the first is raised at every meeting and never settled.
ISSUES = (
    ("老旧小区夜间停车难", "小区车位不足，夜间占道停放", "企业停车场错时开放", "错时开放企业停车场"),
    ("家属院供热管网老化", "暖气不热，居民反映集中", "移交企业与热力公司分段改造", "家属院供热管网分段改造"),
    ("厂区围墙外堆放建筑垃圾", "影响出行和市容", "社区与企业联合清运", "联合清运厂区围墙外建筑垃圾"),
    ("离退休党员活动没有场地", "楼院活动室面积不足二十平方米", "借用企业职工活动中心", "为离退休党员安排固定活动场地"),
    ("职工子女假期无人看管", "双职工家庭集中", "社区开办假期托管班", "开办职工子女假期托管班"),
    ("铁路道口行人安全", "上下学时段人车混行", "企业保卫人员与社区志愿者共同值守", "铁路道口早晚值守"),
    ("社区食堂选址", "辖区老人用餐不便", "利用企业食堂开设助餐窗口", "企业食堂开设助餐窗口"),
    ("家属院门岗无人值守", "物业移交后人员撤离", "由接收单位配备门卫", "家属院门岗配备门卫"),
)


def describe_joint_meetings(clerk: Clerk) -> Book:
    """Return the workbook of the joint conference."""
    members, left = _choose_members(clerk)
    attendance = {name: _attend(clerk, members) for name in MEETINGS}
    items = _plan_items(clerk, members)
    conference, points = _conference_sheet(clerk, members, left), _plan_points(clerk, members)
    sheets = [
        conference,
        _agenda_sheet(clerk, members),
        _minutes_sheet(clerk, attendance),
        _decisions_sheet(clerk, members),
        _items_sheet(clerk, items),
        *(_points_sheet(clerk, year, ranked) for year, ranked in points.items()),
    ]
    truth = {
        "conference": _tell_members(clerk, members, left),
        "attendance": _tell_attendance(clerk, attendance),
        "recurring_issues": [ISSUES[0][0]],
        "action_items": [
            {
                "number": item["number"],
                "unit": clerk.full_name(item["unit"]),
                "due": item["due"].isoformat(),
                "standing": item["standing"],
            }
            for item in items
        ],
        "assessments": {
            year: {clerk.full_name(unit): score for unit, score in ranked} for year, ranked in points.items()
        },
    }
    return Book("联席会资料汇编（2026年6月）.xlsx", sheets, truth)


def _choose_members(clerk: Clerk) -> tuple[list[Unit], Unit | None]:
    """Return the members of the conference, and a firm that was one until last year; a quarter of all units never was."""
    firms: list[Unit] = [("enterprise", i) for i in clerk.firms[:40]]
    places: list[Unit] = [("community", i) for i in range(len(clerk.district.communities))][:40]
    chosen = clerk.some(firms, max(2, len(firms) * 3 // 4))
    left = chosen.pop() if len(chosen) > 4 else None
    return [*chosen, *clerk.some(places, max(1, len(places) * 3 // 4))], left


def _conference_sheet(clerk: Clerk, members: list[Unit], left: Unit | None) -> Sheet:
    header = ("序号", "成员单位", "成员身份", "加入时间", "退出时间", "联络员", "联系电话", "备注")
    rows: list[Row] = []
    for order, unit in enumerate([*members, *([left] if left else [])], 1):
        role = "召集单位" if order == 1 else clerk.choose("成员单位", "成员", "副召集单位")
        since, until = clerk.exact_day(date(2024, 3, 1) + timedelta(days=7 * order)), None
        if unit == left:
            until = clerk.exact_day(date(2025, 12, 31))
        name = clerk.unit(unit) + str(clerk.choose("", "党委" if unit[0] == "enterprise" else ""))
        rows.append([order, name, role, since, until, person_name(clerk.random), "", clerk.blank()])
    return Sheet("成员单位", f"{CONFERENCE}成员单位名册", (header,), rows)


def _tell_members(clerk: Clerk, members: list[Unit], left: Unit | None) -> Document:
    names = [clerk.full_name(unit) for unit in members]
    everyone = clerk.district.unit_names
    return {
        "name": CONFERENCE,
        "members": sorted(names),
        "left": clerk.full_name(left) if left else None,
        "not_members": sorted(set(everyone) - set(names)),
    }


def _agenda_sheet(clerk: Clerk, members: list[Unit]) -> Sheet:
    header = (
        "序号",
        "议题名称",
        "提交单位",
        "议题背景",
        "可行性建议",
        "提交时间",
        "审核意见",
        "是否上会",
        "会议届次",
    )
    rows: list[Row] = []
    for meeting, day in MEETINGS.items():
        for title, why, proposal, _ in _issues_of(meeting):
            raised = clerk.exact_day(day - timedelta(days=clerk.random.randint(16, 30)))
            by = clerk.unit(clerk.random.choice(members))
            rows.append([len(rows) + 1, title, by, why, proposal, raised, "同意上会", "是", meeting])
    late = clerk.exact_day(AS_OF - timedelta(days=5))
    rows.append([len(rows) + 1, "厂前广场夜市噪声", clerk.unit(members[-1]), "夜间扰民", "", late, "待研究", "否", ""])
    return Sheet("议题", f"{CONFERENCE}议题征集表", (header,), rows, counted=False)


def _issues_of(meeting: str) -> tuple[tuple[str, str, str, str], ...]:
    """Return the issues of a meeting: that which comes back every time, and two of its own."""
    at = 2 * list(MEETINGS).index(meeting) + 1
    return (ISSUES[0], *ISSUES[at : at + 2])


def _attend(clerk: Clerk, members: list[Unit]) -> dict[Unit, str]:
    """Return who came (出席), sat in (列席) or stayed away (缺席): a member that is often away is away at random, too."""
    ways = clerk.random.choices(("出席", "列席", "缺席"), (80, 5, 15), k=len(members))
    return dict(zip(members, ways, strict=True))


def _minutes_sheet(clerk: Clerk, attendance: dict[str, dict[Unit, str]]) -> Sheet:
    header = (
        "会议名称",
        "联席会名称",
        "会议时间",
        "会议地点",
        "出席单位",
        "列席单位",
        "缺席单位",
        "议题",
        "议定事项",
        "表决结果",
        "文号",
    )
    rows: list[Row] = []
    for order, (meeting, ways) in enumerate(attendance.items(), 1):
        came = [clerk.units([u for u, w in ways.items() if w == way]) for way in ("出席", "列席", "缺席")]
        for title, _, decided, _ in _issues_of(meeting):
            day = clerk.exact_day(MEETINGS[meeting])
            number = f"梧联纪〔{MEETINGS[meeting].year}〕{order}号"
            rows.append(
                [
                    meeting,
                    CONFERENCE,
                    day,
                    "区委三楼会议室",
                    *came,
                    title,
                    decided,
                    clerk.choose("一致通过", "举手表决通过"),
                    number,
                ]
            )
    return Sheet("会议纪要", f"{CONFERENCE}会议纪要台账", (header,), rows, counted=False)


def _tell_attendance(clerk: Clerk, attendance: dict[str, dict[Unit, str]]) -> Document:
    units = sorted({unit for ways in attendance.values() for unit in ways})
    return {clerk.full_name(unit): {meeting: ways[unit] for meeting, ways in attendance.items()} for unit in units}


def _decisions_sheet(clerk: Clerk, members: list[Unit]) -> Sheet:
    """Return what the latest meeting decided, which no ledger has yet."""
    header = ("序号", "会议名称", "议定事项", "责任单位", "配合单位", "完成时限", "落实情况")
    due = clerk.exact_day(date(2026, 9, 30))
    rows: list[Row] = [
        [i, LATEST, f"{decided}（任务分解）", *(clerk.unit(u) for u in clerk.some(members, 2)), due, "刚启动"]
        for i, (_, _, decided, _) in enumerate(_issues_of(LATEST), 1)
    ]
    return Sheet("议定事项", "会议议定事项落实表", (header,), rows, counted=False)


def _plan_items(clerk: Clerk, members: list[Unit]) -> list[Document]:
    """Return action items of the earlier meetings: closed in time, closed late, overdue, and not yet due."""
    items: list[Document] = []
    ways = ("in time", "late", "overdue", "open", "in time", "overdue", "open", "in time", "cancelled")
    for meeting, day in list(MEETINGS.items())[:-1]:
        for title, _, _, task in _issues_of(meeting):
            standing = ways[len(items)]
            due = clerk.day_between(day + timedelta(days=45), min(day + timedelta(days=100), AS_OF - timedelta(days=6)))
            if standing == "open":
                due = AS_OF + timedelta(days=clerk.random.randint(20, 150))
            items.append(
                {
                    "number": f"DB-{day.year}-{len(items) + 1:02d}",
                    "meeting": meeting,
                    "issue": title,
                    "task": task if title != ISSUES[0][0] else f"{task}（{meeting[:3]}）",
                    "opened": day + timedelta(days=4),
                    "due": due,
                    "standing": standing,
                    "unit": clerk.random.choice(members),
                    "helping": clerk.some(members, 2),
                }
            )
    return items


def _items_sheet(clerk: Clerk, items: list[Document]) -> Sheet:
    header = (
        "序号",
        "督办编号",
        "事项来源（会议）",
        "议题",
        "督办事项",
        "责任单位",
        "配合单位",
        "责任人",
        "立项时间",
        "完成时限",
        "进展情况",
        "办理状态",
        "预警",
        "销号时间",
        "得分",
    )
    rows = [[i, *_item_row(clerk, item)] for i, item in enumerate(items, 1)]
    return Sheet("督办台账", f"{CONFERENCE}督办台账（逐项销号）", (header,), rows)


def _item_row(clerk: Clerk, item: Document) -> Row:
    told = {
        "in time": ("已全部落实", "已销号", "", item["due"] - timedelta(days=3), 10),
        "late": ("因材料采购推迟，现已落实", "已办结", "黄", item["due"] + timedelta(days=15), 8),
        "overdue": ("正在协调", "办理中", "红", None, None),
        "open": ("按计划推进", "正在办理", "", None, None),
        "cancelled": ("上级统一安排，不再单独办理", "已取消", "", None, None),
    }
    progress, status, alert, closed, score = told[item["standing"]]
    helping = [u for u in item["helping"] if u != item["unit"]]
    return [
        item["number"],
        item["meeting"],
        item["issue"],
        item["task"],
        clerk.unit(item["unit"]),
        clerk.units(helping),
        person_name(clerk.random),
        clerk.exact_day(item["opened"]),
        clerk.exact_day(item["due"]),
        progress,
        status,
        alert,
        clerk.exact_day(closed) if closed else None,
        score,
    ]


def _plan_points(clerk: Clerk, members: list[Unit]) -> dict[str, list[tuple[Unit, float]]]:
    """Return what the members scored in two years, the best first."""
    assessed = members[:12] + members[-12:] if len(members) > 24 else members
    years = {}
    for year in ("2024", "2025"):
        scored = [(unit, 100 - clerk.random.randint(0, 50) / 2) for unit in assessed]
        years[year] = sorted(scored, key=lambda pair: (-pair[1], pair[0]))
    return years


def _points_sheet(clerk: Clerk, year: str, ranked: list[tuple[Unit, float]]) -> Sheet:
    header = ("名次", "被考核单位", "考核得分", "扣分原因", "等次", "考核人")
    rows: list[Row] = []
    for place, (unit, score) in enumerate(ranked, 1):
        lost = (
            ""
            if score > 96
            else clerk.random.choice(("联席会议缺席一次", "议定事项逾期未办结", "共建活动少于每季度一次"))
        )
        grade = "优秀" if score >= 95 else "良好" if score >= 85 else "合格"
        rows.append(
            [place, clerk.unit(unit), clerk.choose(score, f"{score}分"), lost, grade, person_name(clerk.random)]
        )
    return Sheet(f"{year}考核", f"{year}年度{CONFERENCE}目标管理考核得分表", (header,), rows)
