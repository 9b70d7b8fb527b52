"""Which kind of room a venue is, where its register has no column for it: by the noun at the end of its name (岚重小礼堂: 礼堂)."""

from __future__ import annotations

import polars as pl

ROOMS = (
    "会议室|会议厅|会客室|议事厅|议事室|接待室|多功能厅|报告厅|礼堂|剧场|影剧院|电影院|放映厅|演播厅|教室|培训室|培训中心|学术厅|"
    "食堂|餐厅|餐饮中心|篮球馆|篮球场|羽毛球馆|羽毛球场|乒乓球室|足球场|网球场|门球场|灯光球场|球场|体育馆|体育场|运动场|健身房|健身室|游泳馆|"
    "图书馆|图书室|图书角|书屋|书吧|阅览室|活动室|活动中心|活动站|俱乐部|文化宫|文化馆|文化站|青年之家|职工之家|党群服务中心|"
    "文化广场|广场|空地|草坪|停车场|车场|展厅|展览室|展览馆|陈列馆|陈列室|纪念馆|科普厅|科普馆|体验馆|排练厅|排练室|舞蹈室|舞蹈厅|"
    "心理咨询室|谈心室|调解室|医务室|浴室|澡堂|仓库|库房"
)


def name_room(name: str = "name") -> pl.Expr:
    """Return the kind of room that stands last in a name; null where none does."""
    return pl.col(name).str.extract(f".*({ROOMS})", 1)
