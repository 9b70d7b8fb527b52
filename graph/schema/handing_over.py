"""What enterprises hand over to communities and companies: utilities and housing, retired Party members – as counts, never as rolls."""

from graph import mechanisms
from graph.headings import MEMBERSHIP
from graph.kinds import Column, Entity, Ignored, Link, Property, Register, Relation
from graph.schema.organizations import UNITS
from graph.schema.person_columns import PERSONS
from graph.texts import Said
from graph.types import Count, Date, Text

Handover = Entity(
    "Handover", zh="移交", en="handover", heading=MEMBERSHIP, keys=("hand:{FROM?}:{TO?}:{subject:text}:{place?:text}:{day?:date}",),
    properties=(
        Property("subject", Text(), zh="移交项目", en="what is handed over", required=True),
        Property("place", Text(), zh="小区", en="compound"),
        Property("households", Count(of="households"), zh="户数", en="households"),
        Property("headcount", Count(of="people"), zh="移交人数", en="people"),
        Property("party_members", Count(of="people"), zh="党员人数", en="Party members"),
        Property("files", Count(), zh="档案册数", en="files"),
        Property("assets", Text(), zh="拟移交资产", en="assets"),
        Property("agreed", Date(), zh="协议日期", en="day of the agreement"),
        Property("day", Date(), zh="移交日期", en="day of the handover"),
        Property("progress", Text(), zh="进度", en="progress", changes=True),
        Property("open_issues", Text(), zh="遗留问题", en="open issues", changes=True),
    ),
)  # fmt: skip

FROM = Relation(
    "FROM",
    zh="移出",
    en="from",
    source=(Handover,),
    target=UNITS,
    unit_is=Said("移出", "hands over"),
)
TO = Relation(
    "TO",
    zh="接收",
    en="to",
    source=(Handover,),
    target=UNITS,
    unit_is=Said("接收", "takes over"),
)

GIVERS = (
    "移交企业", "移交单位", "移交方", "移出单位", "移出企业", "原单位", "企业名称", "移交企业名称", "移交单位名称", "原管理单位", "原产权单位", "原企业",
    "移交主体", "国有企业", "退休人员原单位", "单位名称",
)  # fmt: skip
TAKERS = (
    "接收单位", "接收方", "接收企业", "承接单位", "接收社区", "接收街道", "移入社区", "移入单位", "接收单位名称", "接收社区名称", "承接方", "接管单位",
    "接收主体", "承接社区", "接收党组织", "接收地", "社区名称",
)  # fmt: skip
DAYS_OF_HANDOVER = Column(
    "day", "移交日期", "移交时间", "正式移交时间", "交接日期", "交接时间", "完成移交时间", "实际移交时间", "移交完成时间", "移交年月", "办理移交时间",
    "接收时间", "接收日期", "完成时间",
)  # fmt: skip
AGREED = Column(
    "agreed", "协议日期", "协议签订时间", "协议签订日期", "签订协议时间", "签约时间", "签订日期", "移交协议签订时间", "框架协议签订时间", "协议时间",
    "签约日期", "签订时间", "移交协议日期",
)  # fmt: skip
OPEN_ISSUES = Column(
    "open_issues", "遗留问题", "存在问题", "未尽事宜", "历史遗留问题", "问题", "待解决问题", "需协调问题", "存在的问题", "遗留事项", "尚存问题", "困难问题", "问题及建议",
)  # fmt: skip
UNUSED = Ignored(
    "序号", "编号", "备注", "说明", "填报单位", "填报时间", "资金", "改造资金", "补助资金", "维修改造费用", "费用", "协议编号", "协议名称", "所属街道",
    "所在街道", "地址", "小区地址", "建筑面积", "楼栋数", "建成年代", "附件", "移交方式", "文号", "移交依据",
)  # fmt: skip

utility_handovers = Register(
    "utility_handovers", loads=(mechanisms.UTILITIES,), zh="三供一业移交台账", en="handover of utilities and housing", row=Handover,
    marks=("三供一业", "供水", "供电", "供热", "供暖", "供气", "物业", "家属区",),
    titles=("三供一业移交台账", "三供一业分离移交台账", "三供一业移交情况统计表", "三供一业分离移交进度表", "三供一业移交项目一览表", "三供一业移交清单",
        "家属区三供一业移交情况表", "三供一业改造移交进展表", "三供一业分离移交汇总表", "三供一业移交进度表", "职工家属区移交台账"),
    columns=(
        UNUSED,
        Link("giver", FROM, *GIVERS, end="target", required=True),
        Link("taker", TO, *TAKERS, "供水公司", "物业公司", "接收物业公司", end="target"),
        Column(
            "subject", "项目", "移交项目", "移交内容", "项目名称", "移交事项", "项目类别", "移交类别", "类别", "分离移交项目", "三供一业项目", "移交类型",
            "业务类别", "供应类别", "移交项目名称", required=True,
        ),
        Column(
            "place", "小区", "小区名称", "家属院", "家属区", "家属院名称", "所在小区", "家属区名称", "院落", "移交小区", "院落名称", "涉及小区",
            "小区（家属院）", "职工家属区",
        ),
        Column("households", "户数", "涉及户数", "移交户数", "居民户数", "总户数", "惠及户数", "改造户数", "住户数", "户数（户）", "家属区户数", "应移交户数"),
        AGREED, DAYS_OF_HANDOVER,
        Column(
            "progress", "改造进度", "进度", "移交进度", "工程进度", "改造情况", "移交情况", "进展情况", "目前进展", "改造进展", "完成情况", "改造状态",
            "移交状态", "维修改造进度", "施工进度",
        ),
        OPEN_ISSUES, PERSONS,
    ),
)  # fmt: skip
# A roll with names of those handed over is a register of members; this one has only how many.
retiree_handovers = Register(
    "retiree_handovers", loads=(mechanisms.RETIREES,), zh="离退休党员移交情况统计表", en="handover of retired Party members, counts", row=Handover,
    marks=("退休", "离休", "老干部", "老同志", "社会化管理",),
    titles=("离退休党员移交情况统计表", "退休人员社会化管理移交统计表", "离退休党员移交统计表", "国企退休人员移交情况表", "退休人员移交进度表", "退休党员组织关系移交统计表",
        "退休人员社会化管理移交台账", "常态化移交和社会化管理服务工作台账", "离退休党员移交汇总表", "退休人员移交情况汇总表", "离退休党员移交进展表"),
    defaults=(("subject", "离退休党员"),),
    columns=(
        UNUSED,
        Column("subject", "移交类别", "移交内容", "移交项目", "人员类别", "移交对象", "移交类型", "移交事项", "移交人员类别"),
        Link("giver", FROM, *GIVERS, end="target", required=True),
        Link("taker", TO, *TAKERS, "接收街道（社区）", end="target"),
        Column(
            "headcount", "移交人数", "退休人员数", "移交退休人员数", "退休人员移交人数", "应移交人数", "已移交人数", "人数", "移交总人数",
            "退休人数", "移交退休人数", "离退休人数", "接收人数", "实际移交人数",
        ),
        Column(
            "party_members", "党员人数", "移交党员人数", "移交党员数", "其中党员", "其中：党员", "党员数", "其中党员数", "退休党员数", "离退休党员数",
            "离退休党员人数", "党员移交人数", "其中党员人数", "组织关系转接数", "移交党员", required=True,
        ),
        Column("files", "档案册数", "移交档案数", "档案数", "档案数量", "人事档案册数", "移交档案册数", "档案（册）", "移交档案", "档案卷数", "人事档案数", "接收档案数"),
        Column("assets", "拟移交资产", "移交资产", "资产情况", "活动场所", "移交资产情况", "移交场所", "资产", "随迁资产", "移交活动场所"),
        AGREED, DAYS_OF_HANDOVER,
        Column("progress", "移交进度", "进度", "移交情况", "进展情况", "完成情况", "目前进展", "移交状态", "办理进度", "移交完成情况", "工作进展"),
        OPEN_ISSUES, PERSONS,
    ),
)  # fmt: skip
