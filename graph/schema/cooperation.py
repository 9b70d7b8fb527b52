"""Cooperation: agreements, activities, and the partnerships that follow from agreements in force."""

import polars as pl

from graph import mechanisms
from graph.headings import ACTIVITIES
from graph.kinds import INCREMENT, Column, Derived, Entity, Ignored, Link, Personal, Property, Register, Relation
from graph.schema.assets import Course, Project
from graph.schema.members import Concept
from graph.schema.organizations import UNITS
from graph.schema.resources import RESOURCES
from graph.types import NOT_SIGNED, POINTS, Count, Date, ListOf, OneOf, Status, Term, TermEnd, Text

Agreement = Entity(
    "Agreement", zh="共驻共建协议", en="co-building agreement", heading=ACTIVITIES,
    keys=("agr:{number:number}:{SIGNED?}", "agr:{SIGNED!}:{signed:date}", "agr:{SIGNED!:pair}::{nth}"),
    apart=("number", "title"),
    properties=(
        Property("number", Text(), zh="协议编号", en="number"),
        Property("title", Text(), zh="协议名称", en="title"),
        Property("signed", Date(), zh="签订日期", en="signed"),
        Property("ends", Date(last=True), zh="终止日期", en="declared end", after="signed"),
        Property("term", Term(), zh="有效期", en="term (months; open-ended or not)"),
        Property("content", ListOf(), zh="共建内容", en="content"),
        Property("performance", Text(), zh="履行情况", en="performance as reported"),
        Property(
            "rating", OneOf({"非常满意": ("优秀", "优", "very satisfied"), "满意": ("良好", "良", "较满意", "satisfied"), "一般": ("基本满意", "合格", "fair"), "不够满意": ("不满意", "差", "不合格", "dissatisfied")}, unknown="keep"),
            zh="评价", en="rating",
        ),
        Property("status", Status({"拟签": ("planned",), "履行中": ("在履行", "执行中", "有效", "in force", "active"), "已到期": ("到期", "expired"), "已终止": ("终止", "解除", "terminated"), "已续签": ("续签", "renewed")}), zh="协议状态", en="status"),
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
    "Activity", zh="活动", en="activity", heading=ACTIVITIES, searched=False, keys=("act:{LEADS?}:{day?:date}:{title:text}",), apart=("place",),
    properties=(
        Property("title", Text(), zh="活动名称", en="title", required=True),
        Property("day", Date(), zh="日期", en="day", required=True),
        Property("place", Text(), zh="地点", en="place as written"),
        Property("headcount", Count(of="visits"), zh="人数", en="people"),
        Property("kind", Text(), zh="活动类型", en="kind"),
        Property("highlights", Text(), zh="亮点", en="highlights"),
        Property("score", POINTS, zh="互评分", en="score of the reviews"),
        Property("suggestions", Text(), zh="意见建议", en="suggestions"),
        Property("rectification", Text(), zh="整改", en="what was mended"),
    ),
)  # fmt: skip

SIGNED = Relation(
    "SIGNED",
    zh="签约",
    en="signed",
    source=UNITS,
    target=(Agreement,),
    properties=(Property("side", Text(), zh="甲乙方", en="side"),),
)
LEADS = Relation("LEADS", zh="承办", en="leads", source=UNITS, target=(Activity, Project), owns=True)
TAKES_PART_IN = Relation("TAKES_PART_IN", zh="参与", en="takes part in", source=UNITS, target=(Activity, Project))
HELD_AT = Relation("HELD_AT", zh="地点", en="held at", source=(Activity, Course), target=RESOURCES)
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
DECLINED = Relation("DECLINED", zh="不结对", en="declined", source=UNITS, target=UNITS, computed=True)

agreements = Register(
    "agreements", loads=(mechanisms.AGREEMENTS, mechanisms.DUTIES, mechanisms.PARTIES_AND_SHARES, mechanisms.FILLED_LEDGERS,), zh="共驻共建协议台账", en="co-building agreements", row=Agreement,
    marks=("共建", "协议", "结对", "联建", "签约", "共驻",),
    titles=("共驻共建协议台账", "结对共建协议一览表", "党建联建结对表", "共建协议台账", "结对共建台账", "共建协议汇总表",
        "结对共建协议签订情况统计表", "结对一览表", "共建协议一览表", "协议台账", "结对共建表", "结对共建情况统计表", "共建协议登记表", "签约台账"),
    columns=(
        Ignored(
            "序号", "联席/会商频次", "附件", "备案单位", "备注", "结对类型", "共建类型", "生效日期", "生效时间", "填报时间", "填报单位", "资源清单",
            "需求清单", "项目清单", "扫描件", "备案日期", "协议附件", "权利义务", "双方权利义务", "会商频次", "联席频次", "所属街道", "所在街道",
            "备案时间", "协议份数", "签订地点", "已开展活动次数", "活动次数", "说明", "其他",
        ),
        Column("number", "协议编号", "编号", "协议号", "文号", "合同编号", "协议书编号", "协议编码", "协议书号", "合同号", "文书编号", "备案号", "备案编号", "协议文号"),
        Column("title", "协议名称", "名称", "协议标题", "协议书名称", "协议", "协议题目", "合同名称", "共建协议名称", "共建项目名称", "协议书标题"),
        Link(
            "party_a", SIGNED, "甲方", "社区党组织", "社区", "甲方（社区）", "甲方单位", "甲方党组织", "社区名称", "居委会", "甲方名称",
            "甲方单位名称", "甲方（居民区）", "甲方（社区党组织）", "甲方（社区名称）", "甲方全称", "甲方党组织名称", "甲方党组织全称",
            "社区党组织名称", "社区党组织全称", "签约社区", "结对社区", "共建社区", "居民区", "居民区党组织", "社区（甲方）", "社区方",
            "甲方（街道、社区）", "社区居委会", "签约甲方", "协议甲方", "社区党委", "结对社区名称", "街道社区", end="source",
            constants={"side": "甲"},
        ),
        Link(
            "party_b", SIGNED, "乙方", "驻区单位", "企业", "乙方（企业）", "乙方单位", "乙方党组织", "共建单位", "结对单位", "企业名称", "乙方名称",
            "乙方单位名称", "乙方（驻区单位）", "乙方（企业党组织）", "乙方（单位）", "乙方全称", "乙方党组织名称", "乙方党组织全称", "签约单位",
            "签约企业", "共建企业", "结对企业", "结对共建单位", "驻区单位名称", "驻区单位党组织", "企业党组织", "企业党组织名称", "国企名称",
            "国企党组织", "国有企业", "企业方", "单位名称", "企业（乙方）", "签约乙方", "协议乙方", "共建单位名称", "结对单位名称", "驻区企业",
            "驻区企业名称", "结对企业名称", end="source", constants={"side": "乙"},
        ),
        Link("party_c", SIGNED, "丙方", "第三方", "丙方单位", "丙方名称", "丙方单位名称", "第三方单位", "其他签约方", "丙方（第三方）", end="source", constants={"side": "丙"}),
        Column(
            "signed", "签订日期", "签约时间", "签订时间", "签约日期", "签署日期", "签署时间", "签约日", "签订日", "协议签订日期", "协议签订时间",
            "协议签署日期", "签定日期", "签定时间", "签订年月", "共建时间", "结对时间", "结对日期", "签约年月", "立约日期", "协议日期",
            "签字日期", "签字时间", "盖章日期", "盖章时间", "签章日期",
        ),
        Column("status", rides="signed", type=NOT_SIGNED),
        Column(
            "ends", "终止日期", "到期日期", "截止日期", "到期时间", "协议到期日", "协议到期时间", "协议终止日期", "终止时间", "截止时间", "届满日期",
            "失效日期", "结束日期", "结束时间", "有效期至", "协议截止日期", "协议结束日期", "有效期截止", "期满日期",
        ),
        Column("term", "有效期", "协议期限", "期限", "有效期限", "合作期限", "协议有效期", "协议有效期限", "协议年限", "有效年限", "共建期限", "协议时限", "共建周期", "合作年限", "协议期", "有效时间"),
        Column("ends", rides="term", type=TermEnd()),
        Column(
            "content", "共建内容", "协议内容", "合作内容", "共建项目", "主要内容", "结对内容", "共建事项", "合作事项", "合作项目", "协议主要内容",
            "共建主要内容", "主要共建内容", "服务内容", "共建协议内容", "结对共建内容", "联建内容", "共建内容及项目", "合作领域", "共建领域",
            "共建类别",
        ),
        Link("covers", COVERS, rides="content", end="target", split=True, scheme="service"),
        Column(
            "performance", "履行情况", "执行情况", "开展情况", "进展情况", "落实情况", "履约情况", "完成情况", "协议履行情况", "共建开展情况",
            "活动开展情况", "协议落实情况", "实施情况", "推进情况", "协议执行情况", "共建成效", "工作成效", "工作开展情况",
        ),
        Column(
            "rating", "评价", "满意度", "评价结果", "满意度评价", "评价情况", "考核评价", "履约评价", "满意程度", "评议结果", "评议", "考评结果",
            "评价等次", "评价等级", "社区评价", "双方评价", "考核结果", "综合评价", "测评结果", "满意度测评",
        ),
        Column("status", "协议状态", "状态", "当前状态", "协议履行状态", "履行状态", "目前状态", "执行状态", "续签情况", "是否到期", "是否有效"),
        Personal(
            "联络员", "联系人", "联系电话", "甲方联络员", "乙方联络员", "联系方式", "经办人", "手机号码", "乙方联系人", "甲方联系人", "联系人姓名",
            "联系人电话", "甲方联系电话", "乙方联系电话", "甲方代表", "乙方代表", "签字人", "甲方签字人", "乙方签字人", "负责人", "甲方负责人",
            "乙方负责人", "联络人", "联络员电话", "手机", "电话", "社区联系人", "企业联系人", "联络员（双方）", "双方联络员", "填报人", "姓名",
            "手机号",
        ),
    ),
)  # fmt: skip
activities = Register(
    "activities", loads=(mechanisms.SAFETY_DAY, mechanisms.PARTIES_AND_SHARES,), zh="活动台账", en="activities", row=Activity, scope=INCREMENT,
    titles=("活动台账", "活动登记表", "主题党日活动台账", "共建活动台账", "活动记录", "联建活动台账", "社区文化活动清单",
        "活动统计表", "共建活动统计表", "活动登记台账", "活动开展情况统计表", "活动汇总表", "活动一览表", "主题党日登记表"),
    columns=(
        Ignored(
            "序号", "编号", "备注", "照片", "活动内容", "活动照片", "图片", "活动类型", "活动类别", "活动形式", "活动成效", "成效", "活动简介",
            "简介", "活动概况", "内容", "主要内容", "活动效果", "活动经费", "经费", "服务时长", "时长", "填报时间", "填报单位", "宣传报道",
            "报道链接", "新闻链接", "活动编号", "所属街道", "服务对象", "完成情况", "总结", "评价",
        ),
        Column(
            "day", "活动日期", "日期", "活动时间", "时间", "开展时间", "举办时间", "开展日期", "活动开展时间", "活动开展日期", "举办日期",
            "活动举办时间", "活动年月", "开展活动时间", "开展活动日期", "活动日", "组织时间", "举行时间", "举办年月日", "活动起止时间",
            required=True,
        ),
        Column(
            "title", "活动名称", "活动主题", "主题", "名称", "活动项目", "活动内容及主题", "活动主题名称", "活动标题", "活动题目", "活动主题及内容",
            "活动名称（主题）", "活动", "活动项目名称", "主题活动名称", "活动主题/名称", "主题党日名称", "党日主题", "党日活动主题", "共建活动名称",
            "联建活动名称", required=True,
        ),
        Link(
            "host", LEADS, "承办单位", "主办单位", "组织单位", "牵头单位", "主办方", "承办方", "举办单位", "主办单位名称", "承办单位名称",
            "主（承）办单位", "组织方", "主办（承办）单位", "发起单位", "活动组织单位", "开展单位", "活动主办单位", "主办社区", "承办社区",
            "组织社区", "牵头部门", "社区名称", "社区", "主责单位", "实施单位", "单位名称", "组织单位名称", "开展单位名称", "主办部门", end="source",
        ),
        Link(
            "participants", TAKES_PART_IN, "参加单位", "参与单位", "协办单位", "共建单位", "参加方", "参与方", "参加企业", "参加单位名称",
            "参与单位名称", "共建单位名称", "参与企业", "协办方", "配合单位", "联办单位", "参与方单位", "参加党组织", "参与党组织", "共建方",
            "参与共建单位", "联建单位", "结对单位", "驻区单位", "参加（协办）单位", "协作单位", "参加部门", "共建企业", "参加的单位", "企业名称",
            "参与单位（企业）", end="source", split=True,
        ),
        Column("place", "地点", "活动地点", "场地", "举办地点", "活动场所", "活动地址", "活动场地", "开展地点", "举办场所", "举行地点", "活动举办地点", "活动开展地点", "活动位置", "场所", "开展活动地点", "会场", "场地名称"),
        Link("venue", HELD_AT, rides="place", end="target"),
        Column(
            "headcount", "参加人数", "人数", "参与人数", "活动人数", "到场人数", "参加人次", "参与人次", "活动人次", "实到人数", "出席人数",
            "活动参加人数", "活动参与人数", "参加活动人数", "覆盖人数", "人次", "参加党员数", "参与党员数", "参加总人数", "受益人数",
        ),
        Personal("联系人", "负责人", "联系电话", "经办人", "手机号码"),
    ),
)  # fmt: skip
