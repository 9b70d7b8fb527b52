"""Cooperation: agreements, activities, and the partnerships that follow from agreements in force."""

import polars as pl

from graph.kinds import INCREMENT, Column, Derived, Entity, Ignored, Link, Personal, Property, Register, Relation
from graph.schema.organizations import UNITS
from graph.schema.people import Concept
from graph.schema.resources import RESOURCES
from graph.types import Count, Date, ListOf, OneOf, Term, Text

Agreement = Entity(
    "Agreement", zh="共驻共建协议", en="co-building agreement",
    keys=("agr:{number:text}", "agr:{SIGNED}:{signed:date}"),
    properties=(
        Property("number", Text(), zh="协议编号", en="number"),
        Property("title", Text(), zh="协议名称", en="title"),
        Property("signed", Date(), zh="签订日期", en="signed"),
        Property("ends", Date(), zh="终止日期", en="declared end"),
        Property("term", Term(), zh="有效期", en="term (months; open-ended or not)"),
        Property("content", ListOf(), zh="共建内容", en="content"),
        Property("performance", Text(), zh="履行情况", en="performance as reported"),
        Property(
            "rating", OneOf({"非常满意": ("优秀", "优"), "满意": ("良好", "良", "较满意"), "一般": ("基本满意", "合格"), "不够满意": ("不满意", "差", "不合格")}, unknown="keep"),
            zh="评价", en="rating",
        ),
        Property("status", OneOf({"拟签": (), "履行中": ("在履行", "执行中", "有效"), "已到期": ("到期",), "已终止": ("终止", "解除"), "已续签": ("续签",)}, unknown="keep"), zh="协议状态", en="status"),
    ),
    derived=(
        Derived(
            "expires", pl.Date,
            pl.coalesce(
                pl.col("ends"),
                pl.when(pl.col("term_months").is_not_null()).then(
                    pl.col("signed").dt.offset_by(pl.format("{}mo", pl.col("term_months"))).dt.offset_by("-1d")
                ),
            ),
            zh="到期日", en="expires; null when open-ended or unknown",
        ),
    ),
)  # fmt: skip
Activity = Entity(
    "Activity", zh="活动", en="activity", keys=("act:{LEADS?}:{day:date}:{title:text}",),
    properties=(
        Property("title", Text(), zh="活动名称", en="title", required=True),
        Property("day", Date(), zh="日期", en="day", required=True),
        Property("place", Text(), zh="地点", en="place as written"),
        Property("headcount", Count(), zh="人数", en="people"),
    ),
)  # fmt: skip

SIGNED = Relation(
    "SIGNED", zh="签约", en="signed", source=UNITS, target=(Agreement,), properties=(Property("side", Text(), zh="甲乙方", en="side"),)
)
LEADS = Relation("LEADS", zh="承办", en="leads", source=UNITS, target=(Activity,))
TAKES_PART_IN = Relation("TAKES_PART_IN", zh="参与", en="takes part in", source=UNITS, target=(Activity,))
HELD_AT = Relation("HELD_AT", zh="地点", en="held at", source=(Activity,), target=RESOURCES)
COVERS = Relation("COVERS", zh="涵盖", en="covers", source=(Agreement,), target=(Concept,))
PARTNERED_WITH = Relation(
    "PARTNERED_WITH", zh="结对", en="partnered with", source=UNITS, target=UNITS, computed=True,
    properties=(
        Property("agreement", Text(), zh="协议", en="agreement id"),
        Property("since", Date(), zh="起", en="since"),
        Property("until", Date(), zh="止", en="until"),
    ),
    starts="agreement",
)  # fmt: skip

agreements = Register(
    "agreements", zh="共驻共建协议台账", en="co-building agreements", row=Agreement,
    titles=("共驻共建协议台账", "结对共建协议一览表", "党建联建结对表", "共建协议台账", "结对共建台账", "共建协议汇总表"),
    columns=(
        Ignored("序号", "联席/会商频次", "附件", "备案单位", "备注"),
        Column("number", "协议编号", "编号", "协议号", "文号", "合同编号", "协议书编号"),
        Column("title", "协议名称", "名称", "协议标题"),
        Link("party_a", SIGNED, "甲方", "社区党组织", "社区", "甲方（社区）", "甲方单位", "甲方党组织", "社区名称", "居委会", end="source", constants={"side": "甲"}),
        Link("party_b", SIGNED, "乙方", "驻区单位", "企业", "乙方（企业）", "乙方单位", "乙方党组织", "共建单位", "结对单位", "企业名称", end="source", constants={"side": "乙"}),
        Link("party_c", SIGNED, "丙方", "第三方", end="source", constants={"side": "丙"}),
        Column("signed", "签订日期", "签约时间", "签订时间", "签约日期", "签署日期", "签署时间"),
        Column("ends", "终止日期", "到期日期", "截止日期", "到期时间", "协议到期日"),
        Column("term", "有效期", "协议期限", "期限", "有效期限", "合作期限", "协议有效期"),
        Column("content", "共建内容", "协议内容", "合作内容", "共建项目", "主要内容", "结对内容"),
        Link("covers", COVERS, rides="content", end="target", split=True, scheme="service"),
        Column("performance", "履行情况", "执行情况", "开展情况", "进展情况", "落实情况"),
        Column("rating", "评价", "满意度", "评价结果", "满意度评价", "评价情况", "考核评价"),
        Column("status", "协议状态", "状态"),
        Personal("联络员", "联系人", "联系电话", "甲方联络员", "乙方联络员", "联系方式", "经办人", "手机号码"),
    ),
)  # fmt: skip
activities = Register(
    "activities", zh="活动台账", en="activities", row=Activity, scope=INCREMENT,
    titles=("活动台账", "活动登记表", "主题党日活动台账", "共建活动台账", "活动记录", "联建活动台账", "社区文化活动清单"),
    columns=(
        Ignored("序号", "编号", "备注", "照片", "活动内容"),
        Column("day", "活动日期", "日期", "活动时间", "时间", "开展时间", "举办时间", "开展日期", required=True),
        Column("title", "活动名称", "活动主题", "主题", "名称", "活动项目", required=True),
        Link("host", LEADS, "承办单位", "主办单位", "组织单位", "牵头单位", "主办方", "承办方", "举办单位", end="source"),
        Link("participants", TAKES_PART_IN, "参加单位", "参与单位", "协办单位", "共建单位", "参加方", "参与方", "参加企业", end="source", split=True),
        Column("place", "地点", "活动地点", "场地", "举办地点", "活动场所"),
        Link("venue", HELD_AT, rides="place", end="target"),
        Column("headcount", "参加人数", "人数", "参与人数", "活动人数", "到场人数"),
        Personal("联系人", "负责人", "联系电话", "经办人", "手机号码"),
    ),
)  # fmt: skip
