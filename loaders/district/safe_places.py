"""How safe the enterprises and compounds of a synthetic district are: stars year by year, and counts of appeals (七)."""

from __future__ import annotations

from datetime import date

from graph.documents import Document
from loaders.district.invented_names import DISTRICT, person_name
from loaders.district.office import Book, Clerk, Row, Sheet

THEMES = ("物业管理", "噪声扰民", "停车纠纷", "劳动报酬")
LOST = ("消防通道堆放杂物", "值班记录不全", "技防设施损坏", "矛盾排查上报不及时")
COMPOUNDS = ("桂花苑", "向阳小区", "铁路家属院", "河畔家园", "三号院", "锦绣里")
MONTHS = (date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1))


def describe_safe_places(clerk: Clerk) -> Book:
    """Return the workbook of stars for safety and of appeals, which tells of no person."""
    history = _plan_scores(clerk)
    appeals = _plan_appeals(clerk)
    firms = clerk.district.enterprises
    sheets = [*(_star_sheet(clerk, history, year) for year in ("2024", "2025")), _compound_sheet(clerk)]
    sheets += [_appeal_sheet(clerk, appeals)]
    truth: Document = {
        "stars": {
            firms[firm].name: {year: {"score": score, "stars": stars_for(score), "lost": lost} for year, (score, lost) in years.items()}
            for firm, years in history.items()
        },
        "appeals": {theme: sum(n for (_, t, _), n in appeals.items() if t == theme) for theme in THEMES},
    }  # fmt: skip
    return Book("平安创建和诉求统计.xlsx", sheets, truth)


def stars_for(score: int) -> str:
    """Return the stars that the rules of the district give for a score."""
    return "五星" if score >= 95 else "四星" if score >= 90 else "三星" if score >= 80 else "未达星级"


def _plan_scores(clerk: Clerk) -> dict[int, dict[str, tuple[int, str]]]:
    """Return score and lost points of some firms in two years: some rise, some fall."""
    made = {}
    for firm in sorted(clerk.some(clerk.firms, 12)):
        before = clerk.random.randrange(78, 98)
        after = min(99, max(70, before + clerk.random.choice((-6, -3, 0, 3, 6))))
        made[firm] = {
            year: (score, "" if score >= 96 else clerk.random.choice(LOST))
            for year, score in (("2024", before), ("2025", after))
        }
    return made


def _star_sheet(clerk: Clerk, history: dict[int, dict[str, tuple[int, str]]], year: str) -> Sheet:
    header = (
        "序号",
        "单位名称",
        "申报星级",
        "得分",
        "扣分说明",
        "评定星级",
        "评定日期",
        "激励措施",
        "联系人",
    )
    rows: list[Row] = []
    for order, (firm, years) in enumerate(history.items(), 1):
        score, lost = years[year]
        stars, day = stars_for(score), clerk.exact_day(date(int(year) + 1, 1, 15))
        granted = clerk.choose(stars, f"{stars}级") if stars != "未达星级" else "不达标"
        reward = "授牌" if stars == "五星" else ""
        rows.append(
            [
                order,
                clerk.enterprise(firm),
                "五星级",
                clerk.choose(score, f"{score}分"),
                lost,
                granted,
                day,
                reward,
                person_name(clerk.random),
            ]
        )
    return Sheet(f"平安企业{year}", f"{year}年度平安企业星级考核表", (header,), rows)


def _compound_sheet(clerk: Clerk) -> Sheet:
    header = ("序号", "小区名称", "所属社区", "得分", "扣分说明", "评定星级", "楼长")
    rows: list[Row] = []
    places = clerk.some(range(len(clerk.district.communities)), len(COMPOUNDS))
    for order, (name, place) in enumerate(zip(COMPOUNDS, places, strict=False), 1):
        score = clerk.random.randrange(76, 99)
        lost, stars = ("" if score >= 96 else clerk.random.choice(LOST)), stars_for(score)
        rows.append(
            [
                order,
                name,
                clerk.community(place),
                score,
                lost,
                "不达标" if stars == "未达星级" else stars,
                person_name(clerk.random),
            ]
        )
    return Sheet("平安小区", "2025年度平安小区星级评定表", (header,), rows)


def _plan_appeals(clerk: Clerk) -> dict[tuple[int, str, date], int]:
    """Return how many appeals came from a community on a theme in a month."""
    places = clerk.some(range(len(clerk.district.communities)), 4)
    return {
        (place, theme, month): clerk.random.randrange(5, 30)
        for place in places
        for theme in clerk.some(THEMES, 3)
        for month in MONTHS
    }


def _appeal_sheet(clerk: Clerk, appeals: dict[tuple[int, str, date], int]) -> Sheet:
    header = ("序号", "月份", "社区", "诉求类别", "件次", "办结数", "平均办理天数", "填表人")
    rows: list[Row] = []
    for order, ((place, theme, month), count) in enumerate(appeals.items(), 1):
        closed, days = count - clerk.random.randrange(0, 4), clerk.random.randrange(3, 15)
        told = clerk.choose(f"{month.year}年{month.month}月", f"{month.year}-{month.month:02d}")
        rows.append(
            [order, told, clerk.community(place), theme, count, closed, clerk.choose(days, f"{days}天"), "窗口"]
        )
    return Sheet("诉求统计", f"{DISTRICT}联合接访情况统计表", (header,), rows, counted=False)
