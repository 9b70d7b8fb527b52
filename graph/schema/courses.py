"""Courses and Party-life activities that units offer for others to book: who gives them, where, and what they are."""

from graph import mechanisms
from graph.kinds import Column, Ignored, Link, Register
from graph.schema.assets import Course
from graph.schema.cooperation import HELD_AT
from graph.schema.resources import ABOUT, CONTACTS, OFFERS

courses = Register(
    "courses", loads=(mechanisms.LIFE_MENU,), zh="开放式组织生活菜单", en="courses and programmes", row=Course,
    marks=("党", "组织生活", "红色", "宣讲", "白领", "主题日", "思想", "初心", "课程清单", "课程菜单", "课程目录",),
    titles=("开放式组织生活菜单", "课程清单", "课程菜单", "白领课堂", "党课菜单", "组织生活菜单", "开放式组织生活项目清单", "课程一览表", "微党课清单", "党课课程表", "教学课程清单", "课程目录",
        "课程资源清单", "宣讲课程清单", "菜单式课程表", "开放式主题党日菜单", "现场教学课程清单", "精品课程目录", "课程表"),
    columns=(
        Ignored(
            "序号", "编号", "课程编号", "填报时间", "填报单位", "照片", "认领单位", "预约方式", "预约要求", "提前预约天数", "收费", "收费标准", "是否收费", "所属街道", "所在街道", "学时数",
            "授课次数", "次数", "评价", "满意度", "参加人数", "授课语言", "菜单编号", "预约情况", "教材",
        ),
        Column(
            "name", "课程名称", "菜单项目", "课程", "课题", "党课名称", "课程题目", "教学课程", "授课题目", "菜单名称", "课程主题", "项目名称", "课程名", "活动项目", "党课题目", "课堂名称",
            "组织生活项目", "授课主题", "微党课名称", "宣讲题目", "课目", "授课课目", "课目名称", required=True,
        ),
        Link(
            "provider", OFFERS, "提供单位", "授课单位", "承办单位", "所属单位", "主办单位", "开课单位", "单位名称", "组织单位", "课程提供单位", "发布单位", "供给单位", "责任单位", "管理单位",
            "开设单位", "师资单位", "提供方", "牵头单位", "企业名称", "选送单位", end="source", gathers=True,
        ),
        Link(
            "base", HELD_AT, "基地名称", "所属基地", "场馆名称", "教学基地", "教学点", "现场教学点", "依托基地", "组织生活基地", "所在基地", "教育基地", "实践基地", "承接基地", "场地名称",
            end="target", gathers=True,
        ),
        Column("place", "授课地点", "课程地址", "地点", "上课地点", "教学地点", "课程地点", "活动地点", "地址", "授课地址", "教学场所", "活动场所"),
        Link("venue", HELD_AT, rides="place", end="target", gathers=True),
        Column("topic", "课程类别", "类别", "课程类型", "课程分类", "主题类别", "类型", "项目类别", "授课方向", "菜单类别", "课程方向", "内容类别", "专题"),
        Link("about", ABOUT, rides="topic", end="target", split=True, scheme="course", gathers=True),
        Column("form", "授课形式", "形式", "教学形式", "活动形式", "授课方式", "教学方式", "课程形式", "组织形式", "开展形式", "活动方式", "方式"),
        Column("content", "课程简介", "课程内容", "内容", "主要内容", "课程介绍", "项目内容", "课程概要", "内容简介", "菜单内容", "活动内容", "内容提要", "课程描述", "项目简介", "教学内容"),
        Column("minutes", "时长（分钟）", "时长", "课时", "课程时长", "授课时长", "学时", "教学时长", "活动时长", "所需时间", "时长（小时）", "用时"),
        Column("audience", "适合对象", "授课对象", "面向对象", "适用对象", "对象", "服务对象", "受众", "教学对象", "适宜人群", "参加对象", "开放对象", "培训对象"),
        Column("group_size", "单批人数", "容纳人数", "人数上限", "每批人数", "限额人数", "单批次人数", "最大人数", "限定人数", "参与人数", "可容纳人数", "人数限制"),
        Column("offered", "可授课时间", "时间", "授课时间", "开课时间", "上课时间", "可预约时间", "开放时间", "课程时间", "可提供时间", "授课日期", "开设时间", "活动时间"),
        CONTACTS,
        Column("remark", "备注", "说明", "其他", "其他说明", "注意事项", "补充说明"),
    ),
)  # fmt: skip
