"""What the units of a synthetic district let each other know: notices of four channels (九)."""

from __future__ import annotations

from datetime import date, timedelta

from graph.documents import Document
from loaders.district.invented_names import DISTRICT, person_name
from loaders.district.office import Book, Clerk, Row, Sheet
from loaders.district.planned import AS_OF

# Title, channel, topics, days that it is valid for.
NOTICES = (
    ("周末中医坐诊预告", "活动", "健康、老人", 20),
    ("门诊统筹报销提醒", "政策", "医保", 180),
    ("端午包粽子花絮", "动态", "节庆", 10),
    ("快递代收点搬到一楼", "便民", "快递", 90),
    ("暑假托管班报名", "活动", "青少年", 25),
    ("水费代缴窗口延时", "便民", "水费", 120),
    ("退役军人优待证办理", "政策", "优抚", 365),
    ("共建书法展开幕", "动态", "书法", 15),
    ("汛期值守电话", "政务", "防汛", 75),
    ("家属院停水通知", "便民", "停水", 2),
)


def describe_tidings(clerk: Clerk) -> Book:
    """Return the workbook of notices."""
    planned = [(notice, clerk.random.randrange(len(clerk.district.communities)), _day(clerk)) for notice in NOTICES]
    truth: Document = {
        "notices_in_force": sorted(title for (title, _, _, days), _, day in planned if day + timedelta(days=days) >= AS_OF)
    }  # fmt: skip
    return Book("信息发布台账.xlsx", [_notice_sheet(clerk, planned)], truth)


def _day(clerk: Clerk) -> date:
    return clerk.day_between(date(2026, 5, 1), AS_OF - timedelta(days=3))


def _notice_sheet(clerk: Clerk, planned: list[tuple[tuple[str, str, str, int], int, date]]) -> Sheet:
    header = ("序号", "信息标题", "发布单位", "栏目", "发布时间", "主题词", "有效期至", "内容", "发布人")
    rows: list[Row] = []
    for (title, channel, topics, days), place, day in sorted(planned, key=lambda told: told[2]):
        until = clerk.exact_day(day + timedelta(days=days))
        content = f"{title}，详情请到社区党群服务中心咨询"
        row = [
            len(rows) + 1,
            title,
            clerk.community(place),
            channel,
            clerk.exact_day(day),
            topics,
            until,
            content,
        ]
        rows.append([*row, person_name(clerk.random)])
    return Sheet("信息发布", f"{DISTRICT}三社联动信息发布台账", (header,), rows)
