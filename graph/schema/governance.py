"""Kinds of entity for the joint conference's work: issues, action items, assessments, visits, counts of petitions, notices.

The relations and registers that speak of them stand in modules of their own, which import the kinds from here.
"""

import polars as pl

from graph.headings import AFFAIRS, INFORMATION, ORGANIZATION, SAFETY, SERVICES
from graph.kinds import Derived, Entity, Property
from graph.texts import Said
from graph.types import DAYS, POINTS, Bool, Count, Date, ListOf, Name, OneOf, Status, Text

JointConference = Entity(
    "JointConference", zh="联席会", en="joint conference", heading=ORGANIZATION, searched=False, mention="create", keys=("jc:{name:text}",),
    properties=(
        Property("name", Name(), zh="名称", en="name", required=True),
        Property("secretariat", Text(), zh="秘书处", en="secretariat"),
        Property("rules", Text(), zh="议事规则", en="rules of procedure"),
    ),
)  # fmt: skip
Meeting = Entity(
    "Meeting", zh="联席会议", en="meeting of a joint conference", heading=AFFAIRS, searched=False, mention="create", keys=("mtg:{name:text}",),
    properties=(
        Property("name", Name(), zh="会议名称（届次）", en="name or ordinal", required=True),
        Property("day", Date(), zh="会议时间", en="day"),
        Property("place", Text(), zh="会议地点", en="place"),
        Property("minutes", Text(), zh="纪要文号", en="number of the minutes", finds=True),
    ),
)  # fmt: skip
# One issue by its title: raised again, by whomever, it is the same node, so that recurring issues show.
AgendaItem = Entity(
    "AgendaItem", zh="议题", en="agenda item", heading=AFFAIRS, searched=False, mention="create", keys=("agenda:{name:text}",),
    properties=(
        Property("name", Text(), zh="议题名称", en="title", required=True),
        Property("category", Text(), zh="议题类别", en="category"),
        Property("background", Text(), zh="议题背景", en="background"),
        Property("proposal", Text(), zh="可行性建议", en="proposal"),
        Property("to_coordinate", ListOf(), zh="需协调单位", en="units to coordinate"),
        Property("review", Text(), zh="审核意见", en="review"),
        Property("admitted", Bool(), zh="是否上会", en="admitted to a meeting"),
    ),
)  # fmt: skip
STATUS = Status(
    {
        "未启动": ("未开始", "未办理", "待启动", "尚未启动", "未落实"), "办理中": ("正在办理", "进行中", "在办", "推进中", "正在推进", "落实中", "正常推进"),
        "已办结": ("办结", "已完成", "完成", "办理完毕", "已落实", "已解决", "办毕"), "已销号": ("销号", "完成销号", "已销账"),
        "逾期": ("已逾期", "超期", "超时"),
    },
)  # fmt: skip
ALERT = OneOf(
    {"蓝": ("蓝色", "蓝单", "蓝牌", "蓝灯", "蓝色预警"), "黄": ("黄色", "黄单", "黄牌", "黄灯", "黄色预警"), "橙": ("橙色", "橙单", "橙牌", "橙色预警"),
     "红": ("红色", "红单", "红牌", "红灯", "红色预警"), "绿": ("绿色", "绿牌", "绿灯", "正常")},
    unknown="keep",
)  # fmt: skip

ActionItem = Entity(
    "ActionItem", zh="督办事项", en="action item", heading=AFFAIRS, searched=False, keys=("task:{number:number}", "task:{name:text}"), apart=("due?",),
    properties=(
        Property("number", Text(), zh="督办编号", en="number"),
        Property("name", Text(), zh="督办事项", en="what is to be done", required=True),
        Property("origin", Text(), zh="事项来源", en="where it comes from"),
        Property("opened", Date(), zh="立项时间", en="opened"),
        Property("due", Date(last=True), zh="完成时限", en="due", after="opened"),
        Property("progress", Text(), zh="进展情况", en="progress as reported", changes=True),
        Property("issues", Text(), zh="存在问题", en="issues", changes=True),
        Property("status", STATUS, zh="办理状态", en="status as reported", changes=True),
        Property("alert", ALERT, zh="预警", en="alert", changes=True),
        Property("closed_at", Date(), zh="销号时间", en="closed", after="opened", changes=True),
        Property("score", POINTS, zh="得分", en="score", changes=True),
    ),
    # Filled at every publish, since only then the day is known as of which the graph speaks.
    derived=(Derived("overdue", pl.Boolean, pl.lit(None, pl.Boolean), zh="是否逾期", en="overdue; null where no day says it"),),
)  # fmt: skip
Visit = Entity(
    "Visit", zh="走访", en="visit", heading=SERVICES, keys=("visit:{ABOUT_UNIT}:{day?:date}:{officer_post?:text}",),
    properties=(
        Property("day", Date(), zh="走访日期", en="day", required=True),
        Property("officer_post", Text(), zh="服务官职务", en="post of the officer"),
        Property("issues", Text(), zh="反映问题", en="issues"),
        Property("referred_to", Text(), zh="交办部门", en="referred to"),
        Property("status", STATUS, zh="办结情况", en="status"),
        Property("result", Text(), zh="办理结果", en="result"),
    ),
)  # fmt: skip
CaseStatistic = Entity(
    "CaseStatistic", zh="诉求统计", en="count of petitions", heading=SAFETY,
    is_cohort=True,  # how many appealed, not who: small counts are shown to nobody (queries/questions/safety/appeals.py)
    kept_for=Said("按类别、月份、区域了解诉求和办结情况", "to know the number of appeals and how they were settled, by theme, month and area"),
    kept_until=Said("撤回载入后不再保留", "gone when the load is withdrawn"),
    keys=("case:{ABOUT_UNIT?}:{theme?:text}:{month?:date}:{month_precision?}:{place?:text}",),
    properties=(
        Property("theme", Text(), zh="诉求类别", en="theme"),
        Property("month", Date(), zh="月份", en="month (or quarter, year)"),
        Property("count", Count(), zh="件次", en="cases", required=True),
        Property("people", Count(of="visits"), zh="人次", en="people"),
        Property("place", Text(), zh="接待地点", en="where they were received"),
        Property("closed", Count(), zh="办结数", en="closed"),
        Property("mean_days", DAYS, zh="平均办理天数", en="mean days until closed"),
    ),
)  # fmt: skip
STARS = OneOf(
    {
        "五星": ("5星", "五星级", "5星级", "★★★★★", "☆☆☆☆☆", "5"), "四星": ("4星", "四星级", "4星级", "★★★★", "☆☆☆☆", "4"),
        "三星": ("3星", "三星级", "3星级", "★★★", "☆☆☆", "3"), "二星": ("2星", "二星级", "2星级", "两星", "★★", "☆☆", "2"),
        "一星": ("1星", "一星级", "1星级", "★", "☆", "1"), "未达星级": ("无星", "未评星", "不达标", "未达标", "不予评星", "未授星"),
    },
    unknown="keep",
)  # fmt: skip
# 星级考核细则: 95 points and more are five stars, 90 four, 80 three.
STARS_BY_SCORE = (
    pl.when(pl.col("score") >= 95).then(pl.lit("五星")).when(pl.col("score") >= 90).then(pl.lit("四星"))
    .when(pl.col("score") >= 80).then(pl.lit("三星")).when(pl.col("score").is_not_null()).then(pl.lit("未达星级"))
)  # fmt: skip
Assessment = Entity(
    "Assessment", zh="考核评价", en="assessment", heading=AFFAIRS,
    keys=("asm:{scheme}:{period?:date}:{period_precision?}:{ASSESSES}:{indicator?:text}", "asm:{scheme}:{period?:date}:{period_precision?}:{subject:text}:{indicator?:text}"),
    properties=(
        Property("scheme", Text(), zh="考核类别", en="scheme", required=True),
        Property("period", Date(), zh="考核周期", en="period"),
        Property("subject", Text(), zh="考核对象", en="whom or what it is about, as written"),
        Property("indicator", Text(), zh="考核指标", en="indicator; null for the whole"),
        Property("full_score", POINTS, zh="分值", en="points to be had"),
        Property("score", POINTS, zh="得分", en="score"),
        Property("bonus", POINTS, zh="加分", en="bonus points"),
        Property("deductions", Text(), zh="扣分原因", en="why points were lost"),
        Property("rank", Count(), zh="名次", en="rank"),
        Property("grade", Text(), zh="等次", en="grade"),
        Property("stars_claimed", STARS, zh="申报星级", en="stars applied for"),
        Property("stars", STARS, zh="评定星级", en="stars awarded"),
        Property("assessed", Date(), zh="评定日期", en="day of the assessment"),
        Property("incentive", Text(), zh="激励措施", en="incentive"),
    ),
    derived=(
        Derived(
            "stars_by_score", pl.String, pl.when(pl.col("scheme").str.starts_with("平安") & pl.col("indicator").is_null()).then(STARS_BY_SCORE),
            zh="按得分应评星级", en="stars that the score would give",
        ),
    ),
)  # fmt: skip
CHANNEL = OneOf(
    {"政务通": ("政务", "政策", "政务信息", "政策信息", "办事指南"), "服务通": ("服务", "便民", "便民服务", "服务信息", "便民信息"), "活动通": ("活动", "活动预告", "活动信息", "活动通知"),
     "社区动态": ("动态", "工作动态", "社区新闻", "新闻动态", "社区资讯")},
    unknown="keep",
)  # fmt: skip

Notice = Entity(
    "Notice", zh="通知信息", en="notice", heading=INFORMATION, searched=False, keys=("notice:{ISSUED?}:{day?:date}:{title:text}",),
    properties=(
        Property("title", Text(), zh="标题", en="title", required=True),
        Property("day", Date(), zh="发布时间", en="day"),
        Property("channel", CHANNEL, zh="栏目", en="channel"),
        Property("topics", ListOf(), zh="主题词", en="topics"),
        Property("audience", Text(), zh="发布范围", en="for whom"),
        Property("expires", Date(last=True), zh="有效期至", en="valid until"),
        Property("content", Text(), zh="内容", en="content"),
    ),
)  # fmt: skip
