"""What the units of a synthetic district do for each other: projects, wishes, claims, observation visits, volunteers (五、九)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from graph.documents import Document
from loaders.district.invented_names import DISTRICT, person_name
from loaders.district.office import Book, Clerk, Row, Sheet
from loaders.district.planned import AS_OF

# Title, category, content, budget in yuan.
PROJECTS = (
    ("楼院晾晒架改造", "民生改善", "更换锈蚀晾衣架，统一安装", 36_000),
    ("银龄助浴车", "为老服务", "每月两次上门助浴", 52_000),
    ("家属院雨棚更新", "环境整治", "更换单元门雨棚六十处", 84_000),
    ("四点半课堂", "青少年", "放学后作业辅导和看护", 28_000),
    ("社区书屋", "文化", "企业捐书，社区开架借阅", 15_000),
    ("口袋公园", "环境整治", "空地铺草皮、装座椅", 120_000),
    ("楼道照明", "民生改善", "声控灯更换", 9_600),
    ("防汛沙袋储备", "平安建设", "汛前备足沙袋和抽水泵", 18_000),
)
WISHES = (
    ("一台收音机", "物品", "已实现"),
    ("给楼道装一个扶手", "服务", "已认领"),
    ("一副老花镜", "物品", "待认领"),
    ("一套小学三年级课外书", "物品", "已实现"),
    ("学会用手机挂号", "陪伴", "待认领"),
    ("修好阳台漏雨", "服务", "已认领"),
    ("一件过冬棉衣", "物品", "已实现"),
    ("理一次发", "服务", "待认领"),
    ("一盏护眼台灯", "物品", "待认领"),
    ("看一场老电影", "陪伴", "已取消"),
)
CALLS = (
    ("早高峰路口劝导", "交通文明", 6, "招募中"),
    ("重阳节包饺子", "为老服务", 12, "已满"),
    ("旧衣分拣", "环保", 8, "招募中"),
    ("雨前清掏排水沟", "环境", 10, "已结束"),
    ("暑期阅读陪伴", "青少年", 5, "招募中"),
    ("社区运动会裁判", "文体", 7, "招募中"),
)
TEAMS = (
    ("扳手先锋志愿服务队", "水电暖小修小补", "周六上午"),
    ("红马甲巡逻队", "夜间巡逻、劝导", "工作日晚上"),
    ("暖阳志愿服务队", "陪伴独居老人", "周末"),
    ("绿手指志愿服务队", "养护花木", "每月第一周"),
)
QUARTERS = (date(2025, 9, 24), date(2025, 12, 17), date(2026, 3, 25), date(2026, 6, 17))


@dataclass(frozen=True)
class Wish:
    """A wish that a community hands on, and the enterprise that claimed it; -1 where nobody has."""

    title: str
    kind: str
    community: int
    state: str
    claimer: int


def describe_joint_work(clerk: Clerk) -> Book:
    """Return the workbook of projects, wishes, claims, observation visits and volunteers."""
    pairs = clerk.pairs(len(PROJECTS)) or [(0, 1)]
    wishes = _plan_wishes(clerk, pairs)
    sites = _plan_sites(clerk)
    calls = [(clerk.random.randrange(len(clerk.district.communities)), *call) for call in CALLS]
    sheets = [
        _project_sheet(clerk, pairs),
        _wish_sheet(clerk, wishes),
        _claim_sheet(clerk, [w for w in wishes if w.claimer >= 0]),
        _observation_sheet(clerk, sites),
        _call_sheet(clerk, calls),
        _team_sheet(clerk),
    ]
    firms, places = clerk.district.enterprises, clerk.district.communities
    truth: Document = {
        "projects": {
            title: [places[i].name, firms[j].name] for (title, *_), (i, j) in zip(PROJECTS, pairs, strict=False)
        },
        "open_wishes": sorted(f"{places[w.community].name}|{w.title}" for w in wishes if w.state == "待认领"),
        "claims": sorted([firms[w.claimer].name, places[w.community].name, w.title] for w in wishes if w.claimer >= 0),
        "observed": {day.isoformat(): firms[site].name for day, (site, _) in zip(QUARTERS, sites, strict=True)},
        "open_calls": sorted(title for _, title, _, _, state in calls if state == "招募中"),
    }
    return Book("共建项目、认领和志愿服务清单.xlsx", sheets, truth)


def _plan_wishes(clerk: Clerk, pairs: list[tuple[int, int]]) -> list[Wish]:
    """Return the wishes: those that are claimed or granted come from pairs that work together anyhow."""
    made = []
    for order, (title, kind, state) in enumerate(WISHES):
        community, firm = pairs[order % len(pairs)]
        made.append(Wish(title, kind, community, state, firm if state in {"已实现", "已认领"} else -1))
    return made


def _project_sheet(clerk: Clerk, pairs: list[tuple[int, int]]) -> Sheet:
    header = (
        "序号",
        "项目名称",
        "项目类别",
        "牵头单位",
        "参与单位",
        "受益社区",
        "项目内容",
        "开始时间",
        "预算（元）",
        "状态",
        "进度",
    )
    rows: list[Row] = []
    ways = (("已完成", "100%"), ("实施中", "60%"), ("拟启动", "前期论证"), ("实施中", "30%"))
    for order, ((title, category, content, budget), (place, firm)) in enumerate(zip(PROJECTS, pairs, strict=False)):
        status, progress = ways[order % len(ways)]
        begun = date(2026, 8, 1) if status == "拟启动" else clerk.day_between(date(2025, 8, 1), date(2026, 4, 1))
        cost = clerk.choose(budget, f"{budget}元", f"{budget / 10_000:g}万元")
        rows.append(
            [
                order + 1,
                title,
                category,
                clerk.community(place),
                clerk.enterprise(firm),
                clerk.community(place),
                content,
                clerk.exact_day(begun),
                cost,
                status,
                progress,
            ]
        )
    return Sheet("项目清单", f"{DISTRICT}惠民项目清单", (header,), rows)


def _wish_sheet(clerk: Clerk, wishes: list[Wish]) -> Sheet:
    header = ("序号", "社区", "心愿类别", "心愿内容", "数量", "期望完成时间", "完成情况")
    rows: list[Row] = []
    for order, wish in enumerate(wishes, 1):
        until = clerk.exact_day(AS_OF + timedelta(days=clerk.random.randrange(20, 120)))
        rows.append([order, clerk.community(wish.community), wish.kind, wish.title, 1, until, wish.state])
    return Sheet("微心愿", f"{DISTRICT}社区微心愿清单", (header,), rows, counted=False)


def _claim_sheet(clerk: Clerk, claimed: list[Wish]) -> Sheet:
    header = (
        "认领编号",
        "认领类型",
        "认领单位",
        "认领项目",
        "需求单位",
        "认领时间",
        "认领状态",
        "完成时间",
        "项目评价",
    )
    rows: list[Row] = []
    for order, wish in enumerate(claimed, 1):
        day = clerk.day_between(date(2026, 3, 1), date(2026, 5, 20))
        done = clerk.exact_day(day + timedelta(days=20)) if wish.state == "已实现" else None
        how = ("已完成", done, "非常满意") if done else ("办理中", None, None)
        rows.append(
            [
                f"RL{order:03d}",
                "单位认领",
                clerk.enterprise(wish.claimer),
                wish.title,
                clerk.district.communities[wish.community].name,
                clerk.exact_day(day),
                *how,
            ]
        )
    return Sheet("认领清单", f"{DISTRICT}双向认领清单", (header,), rows, counted=False)


def _plan_sites(clerk: Clerk) -> list[tuple[int, list[int]]]:
    """Return for each quarter the firm that was visited and the firms that gave it points."""
    firms = clerk.firms
    sites = clerk.some(firms, len(QUARTERS))
    sites += [sites[-1]] * (len(QUARTERS) - len(sites))
    return [(site, clerk.some([f for f in firms if f != site], 4)) for site in sites]


def _observation_sheet(clerk: Clerk, sites: list[tuple[int, list[int]]]) -> Sheet:
    header = (
        "季度",
        "观摩时间",
        "观摩点（基层党组织）",
        "所属企业",
        "亮点",
        "参加单位",
        "评分单位",
        "单位评分",
        "意见建议",
        "整改",
    )
    rows: list[Row] = []
    for order, (day, (site, judges)) in enumerate(zip(QUARTERS, sites, strict=True)):
        name, seen = f"{clerk.district.enterprises[site].name}党委", clerk.exact_day(day)
        told = (
            clerk.random.choice(("班前微课堂", "党员责任区上墙", "党建与安全同部署")),
            clerk.units([("enterprise", j) for j in judges]),
        )
        advice = clerk.random.choice(("展板少一些文字", "多讲案例", "建议对社区开放"))
        for judge in judges:
            rows.append(
                [
                    f"第{'三四一二'[order]}季度",
                    seen,
                    name,
                    clerk.enterprise(site),
                    *told,
                    clerk.enterprise(judge),
                    clerk.random.randrange(85, 99),
                    advice,
                    "已整改",
                ]
            )
    return Sheet("党建观摩", f"{DISTRICT}季度党建观摩登记表", (header,), rows, counted=False)


def _call_sheet(clerk: Clerk, calls: list[tuple[int, str, str, int, str]]) -> Sheet:
    header = ("序号", "项目名称", "发布单位", "服务类别", "招募人数", "服务时间", "截止日期", "招募状态")
    rows: list[Row] = []
    for place, title, kind, people, state in calls:
        over = state == "已结束"
        day = AS_OF - timedelta(days=20) if over else AS_OF + timedelta(days=clerk.random.randrange(15, 60))
        when = clerk.random.choice(("周六上午", "工作日早晚", "周日下午"))
        rows.append(
            [
                len(rows) + 1,
                title,
                clerk.community(place),
                kind,
                clerk.people(people),
                when,
                clerk.exact_day(day),
                state,
            ]
        )
    return Sheet("志愿招募", f"{DISTRICT}志愿服务项目招募表", (header,), rows, counted=False)


def _team_sheet(clerk: Clerk) -> Sheet:
    header = ("序号", "志愿服务队名称", "所属单位", "专长", "队员人数", "可服务时间", "累计服务时长", "队长")
    rows: list[Row] = []
    for (name, skill, when), firm in zip(TEAMS, clerk.some(clerk.firms, len(TEAMS)), strict=False):
        hours, people = f"{clerk.random.randrange(80, 900)}小时", clerk.people(clerk.random.randrange(8, 40))
        leader = person_name(clerk.random)
        rows.append([len(rows) + 1, name, clerk.enterprise(firm), skill, people, when, hours, leader])
    return Sheet("志愿队伍", f"{DISTRICT}志愿服务队伍名册", (header,), rows, counted=False)
