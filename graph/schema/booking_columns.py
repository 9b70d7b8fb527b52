"""Columns in which a log of use tells begin, end and length apart from the day; loaders/cleaning/bookings.py makes uses of them."""

from graph.kinds import Column, Property
from graph.types import HOURS, Occasion, TimeRange

DAYS_OF_USE = Property("day", Occasion(), zh="日期", en="day or days")
BEGIN = Property("begin", Occasion(clock=True), zh="开始时间", en="begin")
FINISH = Property("finish", Occasion(clock=True), zh="结束时间", en="end")
LENGTH = Property("length", HOURS, zh="使用时长", en="length in hours")
BEGINS = (  # the day itself, where a log has no column of days
    "开始时间", "起始时间", "起", "开始", "始", "使用开始时间", "借用开始时间", "预约开始时间", "会议开始时间", "活动开始时间",
    "开始日期", "起始日期", "起始", "开始使用时间", "进场时间",
)  # fmt: skip
BOOKING_COLUMNS = (
    Column("begin", *BEGINS),
    Column(
        "finish", "结束时间", "终止时间", "止", "结束", "终", "使用结束时间", "借用结束时间", "预约结束时间", "会议结束时间", "活动结束时间",
        "结束日期", "终止日期", "终止", "截止时间", "结束使用时间", "离场时间",
    ),
    Column("length", "使用时长", "时长", "使用小时数", "借用时长", "小时数", "时长（小时）"),
    Column("time", rides="day", type=TimeRange(quiet=True)),
)  # fmt: skip
