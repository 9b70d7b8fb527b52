"""Party organizations as lists have them, joint and retirees' branches among them; flows of members between branches as counts."""

from graph import mechanisms
from graph.headings import MEMBERSHIP
from graph.kinds import Column, Entity, Ignored, Link, Office, Property, Register, Relation
from graph.people import K_ANONYMITY
from graph.schema.organizations import HAS_PARTY_ORGANIZATION, PartyOrganization
from graph.schema.person_columns import PERSONS, persons_without
from graph.types import Count, Date, Text

MemberFlow = Entity(
    "MemberFlow", zh="流动党员统计", en="flow of members between branches", heading=MEMBERSHIP,
    keys=("flow:{FLOWS_FROM}:{FLOWS_TO?}:{month?:date}:{month_precision?}",),
    properties=(
        Property("month", Date(), zh="统计时间", en="month (or quarter, year)"),
        Property("outgoing", Count(of="people", least=K_ANONYMITY), zh="流出党员数", en="members gone out"),
        Property("incoming", Count(of="people", least=K_ANONYMITY), zh="流入党员数", en="members come in"),
        Property("transfers_due", Count(of="people", least=K_ANONYMITY), zh="应转接组织关系数", en="transfers due"),
        Property("place", Text(), zh="流向", en="whereto, as written"),
    ),
)  # fmt: skip

SUBORDINATE_TO = Relation(
    "SUBORDINATE_TO", zh="隶属", en="subordinate to", source=(PartyOrganization,), target=(PartyOrganization,), hierarchy=True,
)  # fmt: skip
FLOWS_FROM = Relation("FLOWS_FROM", zh="流出自", en="flows from", source=(MemberFlow,), target=(PartyOrganization,))
FLOWS_TO = Relation("FLOWS_TO", zh="流向", en="flows to", source=(MemberFlow,), target=(PartyOrganization,))

TYPES = (
    "党组织类型", "组织类型", "党组织类别", "类型", "组织形式", "党组织形式", "党组织设置形式", "组织设置", "组织类别", "党组织性质", "支部类型",
    "党组织类型（党委/总支/支部）",
)  # fmt: skip
COUNTED = (
    "党员数", "党员人数", "党员总数", "在册党员数", "党员数量", "现有党员数", "党员", "支部党员数", "党员总人数", "离退休党员数", "现有党员", "正式党员数",
    "党员数（人）", "在册党员",
)  # fmt: skip
FOUNDED = (
    "批准时间", "成立时间", "批准成立时间", "组建时间", "批准建立党组织日期", "成立日期", "批准日期", "建立时间", "党组织成立时间", "组建日期", "批复时间",
    "支部成立时间", "批准建立时间",
)  # fmt: skip
PARENTS = (
    "上级党组织", "上级党组织名称", "隶属党组织", "隶属", "隶属关系", "上级党委", "所属党委", "上级组织", "直属上级党组织", "所隶属党组织", "主管党组织", "上级党组织全称",
)  # fmt: skip
PHONE = Office("phone", "联系电话", "办公电话", "固定电话", "电话", "联系方式", "办公室电话", "座机", "单位电话", "党组织联系电话", "值班电话")  # fmt: skip
MEMBERS_WORDS = ("流动党员人数", "入党积极分子数", "预备党员数", "正式党员人数", "女党员数", "在职党员数", "支委人数", "党小组数", "下设党支部数", "下属支部数")  # fmt: skip

party_organizations = Register(
    "party_organizations", loads=(mechanisms.PARTIES_AND_SHARES, mechanisms.MEMBER_STATISTICS,), zh="党组织信息采集表", en="Party organizations", row=PartyOrganization,
    marks=("党", "总支",),
    titles=("党组织信息采集表", "党组织清单", "党组织名册", "基层党组织名册", "党组织一览表", "党组织信息表", "基层党组织信息采集表", "党组织基本情况表", "党组织统计表",
        "组织清单", "党支部一览表", "党支部信息表", "党组织花名册", "基层党组织一览表", "党组织台账", "党组织换届情况表"),
    columns=(
        Ignored(
            "序号", "编号", "备注", "说明", "单位代码", "党组织代码", "组织代码", "填报单位", "填报时间", "换届时间", "上次换届时间", "所属街道", "地址",
            "通讯地址", "公章名称", "批准文号", "是否换届", "应换届时间", "党组织所在单位情况代码", "党组织属地关系", "办公面积", *MEMBERS_WORDS,
        ),
        Column(
            "name", "党组织名称", "党组织全称", "党组织名称（全称）", "基层党组织名称", "组织名称", "党支部名称", "支部名称", "党组织", "党组织名",
            "基层党组织", "党组织名称全称", "党委（总支、支部）名称", "党（总）支部名称", required=True,
        ),
        Column("type", *TYPES),
        Column(
            "category", "单位类别", "党组织所属类别", "所在单位类别", "党组织单位类别", "领域", "所属领域", "党组织领域", "行业领域",
            "单位性质", "党组织分类", "所在单位性质类别",
        ),
        Column(
            "formed_as", "党组织所在单位情况", "组建方式", "组建形式", "建立方式", "设置方式", "单位情况", "组织组建方式", "建立形式", "设立方式",
            "党组织组建方式", "所在单位情况",
        ),
        Link(
            "host", HAS_PARTY_ORGANIZATION, "所在单位名称", "所在单位", "单位名称", "党组织所在单位", "党组织所在单位名称", "所属单位", "依托单位",
            "联合单位", "联合组建单位", "所在单位全称", "法人单位名称", "所属企业", "联合支部所在单位", "单位全称", end="source", split=True,
        ),
        Link("own_host", HAS_PARTY_ORGANIZATION, rides="name", end="source"),
        Link("parent", SUBORDINATE_TO, *PARENTS, end="target"),
        Column("member_count", *COUNTED),
        Column("founded", *FOUNDED),
        Column("term_end", "届满时间", "届满日期", "任期届满时间", "到届时间", "换届到期时间", "本届届满时间", "任届期满时间", "届满年月", "下次换届时间", "任期届满日期", "到期换届时间"),
        Column("venue", "活动场所", "活动场地", "党组织活动场所", "活动阵地", "阵地地址", "活动阵地地址", "党员活动室", "活动地点"),
        PHONE, persons_without(*PHONE.headers),
    ),
)  # fmt: skip
retiree_branches = Register(
    "retiree_branches", loads=(mechanisms.RETIREE_BRANCHES,), zh="离退休党支部一览表", en="branches of retired members", row=PartyOrganization,
    marks=("退休", "离休", "老干部", "老党员", "流动党员",),
    titles=("离退休党支部一览表", "离退休党支部情况统计表", "离退休干部党支部一览表", "联合离退休党支部组建情况表", "退休党员党支部一览表", "离退休党支部台账",
        "离退休党组织情况表", "离退休党支部名册", "离退休党支部组建情况统计表", "退休党支部统计表", "离退休党支部清单", "流动党员党支部一览表"),
    defaults=(("type", "离退休党支部"),),
    columns=(
        Ignored(
            "序号", "编号", "备注", "说明", "填报单位", "填报时间", "所属街道", "平均年龄", "特色做法", "学习形式", "送学次数", "慰问次数",
            "经费金额", *MEMBERS_WORDS,
        ),
        Column(
            "name", "支部名称", "党支部名称", "离退休党支部名称", "离退休党支部", "党组织名称", "党支部", "离退休支部名称", "党组织全称", "支部全称",
            "退休党支部名称", "联合党支部名称", "支部", "离退休党组织名称", required=True,
        ),
        Column("type", *TYPES),
        Column("formed_as", "组建方式", "组建形式", "组建情况", "建立方式", "成立方式", "设置方式", "组建类型", "联合组建情况", "是否联合", "建立形式"),
        Link(
            "host", HAS_PARTY_ORGANIZATION, "所属单位", "所在单位", "隶属单位", "隶属（企业/社区）", "隶属企业", "企业/社区", "隶属企业/社区",
            "联合单位", "依托单位", "依托社区", "原单位", "单位名称", "所在社区", "联合组建单位", "组建单位", "隶属", end="source", split=True,
        ),
        Link("own_host", HAS_PARTY_ORGANIZATION, rides="name", end="source"),
        Link("parent", SUBORDINATE_TO, "上级党组织", "上级党组织名称", "隶属党组织", "上级党委", "所属党委", "隶属党委", "上级组织", "主管党组织", "所属党组织", end="target"),
        Column("member_count", *COUNTED),
        Column("founded", *FOUNDED),
        Column("term_end", "届满时间", "届满日期", "任期届满时间", "到届时间", "换届到期时间", "届满年月", "任期届满日期", "换届时间"),
        Column("venue", "活动场所", "活动地点", "活动场地", "活动阵地", "固定活动场所", "学习活动场所", "活动室", "支部活动场所", "活动场所地址", "阵地"),
        Column(
            "frequency", "活动频次", "活动次数", "活动周期", "组织生活频次", "活动频率", "开展活动频次", "活动时间安排", "每月活动次数", "学习频次",
            "组织生活开展频次", "活动安排",
        ),
        Column("funding", "经费来源", "活动经费来源", "经费", "党建经费来源", "经费保障", "经费渠道", "活动经费", "经费情况", "经费保障情况", "资金来源"),
        PHONE, persons_without(*PHONE.headers),
    ),
)  # fmt: skip
# Counts by branch only; a list of the members themselves is a roll of members.
member_flows = Register(
    "member_flows", loads=(mechanisms.FLOATING,), zh="流动党员情况统计表", en="flows of members, counts", row=MemberFlow,
    marks=("流动", "流入", "流出",),
    titles=("流动党员情况统计表", "流动党员统计表", "流动党员流入流出统计表", "流动党员汇总表", "流动党员数据统计表", "流动党员情况汇总表", "流动党员管理统计表",
        "流动党员月报表", "流动党员季度统计表", "流动党员进出统计表", "流动党员流出情况统计表"),
    columns=(
        Ignored("序号", "编号", "备注", "说明", "填报单位", "填报时间", "党员总数", "党员数", "党支部数", "占比", "流动党员总数", "流动党员数", "管理措施", "流动原因", "持证数"),
        Link(
            "branch", FLOWS_FROM, "流出党组织", "党组织名称", "流出党组织名称", "党支部名称", "所在党组织", "支部名称", "流出支部", "流出地党组织",
            "党组织", "流出党支部", "所属党组织", "统计单位党组织", "党组织全称", end="target", required=True,
        ),
        Link(
            "to", FLOWS_TO, "流入党组织", "流入党组织名称", "流入地党组织", "流入支部", "流入党支部", "接收党组织", "流向党组织", "转入党组织",
            "流入地党组织名称", end="target",
        ),
        Column(
            "month", "统计时间", "月份", "统计月份", "年月", "时间", "统计周期", "季度", "统计日期", "报告期", "年度", "截止时间", "统计截止时间",
            in_title=r"((?:19|20)\d{2}年(?:度|第?[一二三四1-4]季度|[上下]半年|\d{1,2}月份?)?)",
        ),
        Column(
            "outgoing", "流出党员数", "流出人数", "流出党员人数", "流出数", "外出党员数", "流出党员", "流出流动党员数", "外流党员数", "流出党员总数",
            "外出流动党员数", "流出（人）", "本期流出人数",
        ),
        Column(
            "incoming", "流入党员数", "流入人数", "流入党员人数", "流入数", "流入党员", "流入流动党员数", "外来流动党员数", "流入党员总数", "外来党员数",
            "接收人数", "流入（人）", "本期流入人数",
        ),
        Column(
            "transfers_due", "应转接组织关系数", "应转未转数", "应转接人数", "待转接人数", "应转未转人数", "待转组织关系数", "未转接组织关系数",
            "待转接数", "应转组织关系人数", "需转接组织关系数",
        ),
        Column("place", "流向", "流动范围", "主要流向", "流入地", "流动去向", "流向地", "流动地点", "主要流入地", "流动区域", "流出地区"),
        PERSONS,
    ),
)  # fmt: skip
