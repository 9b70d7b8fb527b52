"""The joint conference of enterprises and communities: its members, the issues they raise, the meetings that discuss them."""

from graph import mechanisms
from graph.kinds import INCREMENT, Column, Ignored, Link, Property, Register, Relation
from graph.schema.governance import AgendaItem, JointConference, Meeting
from graph.schema.organizations import UNITS
from graph.schema.person_columns import PERSONS
from graph.schema.resources import ABOUT
from graph.schema.supervision import follow_ups
from graph.types import Date, OneOf, Text

ROLE = Property(
    "role",
    OneOf(
        {"牵头单位": ("召集单位", "主席单位", "轮值主席单位", "轮值单位", "会长单位", "组长单位"), "副牵头单位": ("副召集单位", "副主席单位", "副会长单位", "副组长单位"),
         "成员单位": ("成员", "会员单位", "理事单位", "一般成员"), "秘书处": ("秘书处单位", "秘书长单位", "办公室单位")},
        unknown="keep",
    ),
    zh="角色", en="role",
)  # fmt: skip
SINCE = Property("since", Date(), zh="加入时间", en="since")
UNTIL = Property("until", Date(last=True), zh="退出时间", en="until", after="since")
SUBMITTED = Property("submitted", Date(), zh="提交时间", en="submitted")
DECISION = Property("decision", Text(), zh="议定事项", en="decision")
VOTE = Property("vote", Text(), zh="表决结果", en="vote")

MEMBER_OF_CONFERENCE = Relation(
    "MEMBER_OF_CONFERENCE", zh="成员单位", en="member of conference", source=UNITS, target=(JointConference,),
    properties=(ROLE, SINCE, UNTIL),
)  # fmt: skip
HELD_BY = Relation("HELD_BY", zh="召开", en="held by", source=(Meeting,), target=(JointConference,))
ATTENDED = Relation(
    "ATTENDED", zh="参会", en="attended", source=UNITS, target=(Meeting,),
    properties=(Property("presence", Text(), zh="出席情况", en="presence (出席, 列席, 缺席)"),), absent=("presence", "缺席"),
)  # fmt: skip
RAISED = Relation("RAISED", zh="提交", en="raised", source=UNITS, target=(AgendaItem,), properties=(SUBMITTED,))
DISCUSSED_AT = Relation(
    "DISCUSSED_AT", zh="上会", en="discussed at", source=(AgendaItem,), target=(Meeting,), properties=(DECISION, VOTE)
)

conference_members = Register(
    "conference_members", loads=(mechanisms.CONFERENCE_ROLL, mechanisms.DUTIES, mechanisms.RULES,), zh="联席会成员单位名册", en="members of the joint conference", row=JointConference,
    marks=("联席", "联盟", "区域化", "共驻共建", "党建",),
    titles=("联席会成员单位名册", "地企党建联席会成员单位名册", "党建联席会成员单位一览表", "联席会议成员单位名单", "联席会成员单位名单", "联席会成员名册",
        "党建联席会议成员单位名册", "联席会成员单位统计表", "联席会分会成员单位名册", "党建联盟成员单位名册", "联席会组成单位名单", "联席会成员单位信息表"),
    inputs=(ROLE, SINCE, UNTIL), defaults=(("name", "联席会"),),
    columns=(
        Ignored(
            "序号", "编号", "备注", "说明", "单位性质", "单位类别", "单位类型", "企业性质", "隶属关系", "所属街道", "所在街道", "所属社区", "单位地址",
            "地址", "党组织名称", "党组织类型", "党员数", "职工人数", "填报单位", "填报时间", "批准文号", "共驻共建内容", "职责", "工作职责",
        ),
        Column(
            "name", "联席会名称", "联席会", "所属联席会", "分会名称", "所属分会", "联席会（分会）名称", "联席会议名称", "所属联席会议", "所在联席会",
            "加入联席会", "联席会分会", "党建联席会", "地企党建联席会", "所属联盟", "党建联盟名称", "联盟名称",
            in_title=r"^(?:附件\d*[:、.]?)?(?:\d{4}年度?)?(.{2,}?联席会(?:[^成议单名]{1,10}分会[)）]?)?)",
        ),
        Link(
            "unit", MEMBER_OF_CONFERENCE, "成员单位", "成员单位名称", "成员单位全称", "单位名称", "单位全称", "联席会成员单位", "成员名称",
            "会员单位", "理事单位", "成员单位党组织", "成员党组织", "成员党组织名称", "成员单位（党组织）", "组成单位", "参加单位", "单位",
            end="source", required=True, gathers=True, properties={"role": "role", "since": "since", "until": "until"},
        ),
        Column(
            "role", "成员身份", "单位角色", "成员角色", "角色", "联席会身份", "成员类别", "成员类型", "担任角色", "承担角色", "在联席会中的角色",
            "联席会角色", "联席会职务", "单位身份", "成员级别",
        ),
        Column(
            "since", "加入时间", "加入日期", "入会时间", "入会日期", "成为成员时间", "加入联席会时间", "参加时间", "吸纳时间", "批准加入时间",
            "加入年月", "确定时间", "成立时间", "入盟时间",
        ),
        Column("until", "退出时间", "退出日期", "退会时间", "退会日期", "退出联席会时间", "终止时间", "退出年月", "调整退出时间", "不再担任时间"),
        Column("secretariat", "秘书处", "秘书处设置", "秘书处所在单位", "秘书处单位", "秘书处设在", "办公室设在", "日常办事机构", "办事机构", "秘书处地点"),
        Column("rules", "议事规则", "议事制度", "工作规则", "会议制度", "联席会制度", "会议规则", "召开频次", "例会制度", "会议周期"),
        PERSONS,
    ),
)  # fmt: skip
agenda_items = Register(
    "agenda_items", loads=(mechanisms.AGENDA,), zh="联席会议议题征集表", en="agenda items submitted", row=AgendaItem,
    marks=("议题",), scope=INCREMENT,
    titles=("联席会议议题征集表", "联席会议题征集表", "议题征集表", "议题征集汇总表", "议题申报表", "议题台账", "联席会议议题汇总表", "议题清单", "会议议题征集表",
        "议题收集表", "联席会议议题提报表", "议题登记表"),
    inputs=(SUBMITTED,),
    columns=(
        Ignored(
            "序号", "编号", "议题编号", "备注", "说明", "附件", "相关材料", "填报单位", "填报时间", "汇报时长", "审核时间", "审批意见", "领导批示",
            "联席会名称", "列席单位", "议题来源", "办理情况",
        ),
        Column(
            "name", "议题名称", "议题", "议题标题", "议题题目", "议题内容", "拟提议题", "提交议题", "征集议题", "议题事项", "议题主题", "会议议题",
            "拟上会议题", "建议议题", "申报议题", "议题名", required=True,
        ),
        Column("category", "议题类别", "议题类型", "议题分类", "议题性质", "类别", "类型", "事项类别", "所属类别", "议题领域"),
        Link("about", ABOUT, rides="category", end="target", split=True, scheme="service"),
        Link(
            "unit", RAISED, "提交单位", "提出单位", "提报单位", "申报单位", "报送单位", "提交单位名称", "议题提交单位", "议题提出单位", "征集单位",
            "提案单位", "来源单位", "上报单位", "议题单位", "提议单位", "单位名称", "提交党组织", end="source", gathers=True,
            properties={"submitted": "submitted"},
        ),
        Column(
            "background", "议题背景", "背景", "调研情况", "议题背景及调研情况", "背景情况", "基本情况", "议题说明", "提出背景", "事由", "情况说明",
            "议题背景/调研情况", "议题简要说明", "现状及问题", "主要情况", "提交理由",
        ),
        Column(
            "proposal", "可行性建议", "建议", "意见建议", "解决建议", "工作建议", "初步意见", "拟办意见", "对策建议", "建议措施", "可行性方案",
            "解决方案", "建议方案", "工作打算", "拟解决办法",
        ),
        Column(
            "to_coordinate", "需协调单位", "协调单位", "需协调部门", "协调解决单位", "涉及单位", "需配合单位", "涉及部门", "相关单位",
            "需协调的单位", "需协调单位名称", "需参会单位", "拟协调单位",
        ),
        Column(
            "submitted", "提交时间", "提交日期", "提出时间", "申报时间", "报送时间", "上报时间", "征集时间", "提报时间", "申报日期", "报送日期",
            "提出日期", "收集时间", "登记时间",
        ),
        Column("review", "审核意见", "秘书处意见", "秘书处审核意见", "初审意见", "审查意见", "审核结果", "审议意见", "审核情况", "审定意见", "筛选意见", "联席会意见"),
        Column("admitted", "是否上会", "上会", "是否提交会议", "是否列入议程", "是否列入会议", "是否采纳", "是否入选", "上会与否", "是否拟上会", "列入议程"),
        Link(
            "meeting", DISCUSSED_AT, "会议届次", "拟上会议", "上会届次", "上会会议", "届次", "会议名称", "联席会议届次", "会议次数", "拟上会届次",
            "列入会议", "上会情况", "研究会议", "审议会议", end="target", scheme="mtg", gathers=True,
        ),
        PERSONS,
    ),
)  # fmt: skip
meetings = Register(
    "meetings", loads=(mechanisms.ATTENDANCE, mechanisms.MINUTES,), zh="联席会议纪要", en="minutes of meetings", row=Meeting, scope=INCREMENT,
    titles=("联席会议纪要", "会议纪要", "会议纪要台账", "联席会议台账", "联席会议记录", "会议纪要登记表", "联席会议情况统计表", "联席会议召开情况一览表", "会议记录表",
        "会议登记表", "会议台账", "联席会议纪要汇总表"),
    inputs=(DECISION, VOTE), beside=(follow_ups,),
    columns=(
        Ignored(
            "序号", "编号", "备注", "讨论意见", "发言摘要", "分送", "抄送", "印发日期", "责任单位", "牵头单位", "完成时限", "落实情况", "会议类型",
            "会议形式", "附件", "照片", "填报单位", "填报时间", "参会人数", "应到人数", "实到人数", "会议时长", "下达时间",
        ),
        Column(
            "name", "会议名称", "会议届次", "会议名称/届次", "会议名称（届次）", "届次", "会议", "会议标题", "联席会议名称", "联席会议届次", "会议题目",
            "会议名", "会次", "第几次会议", "会议全称", required=True,
        ),
        Column(
            "day", "会议时间", "会议日期", "召开时间", "召开日期", "开会时间", "时间", "日期", "会议召开时间", "会议召开日期", "开会日期",
            "举行时间", "召集时间", "会期",
        ),
        Column("place", "会议地点", "地点", "召开地点", "开会地点", "会议室", "会议召开地点", "会场", "举行地点", "会址", "会议场所"),
        Column("minutes", "文号", "纪要文号", "会议纪要文号", "纪要编号", "纪要号", "会议纪要编号", "文件号", "发文字号", "发文号", "会议纪要号"),
        Link(
            "conference", HELD_BY, "联席会名称", "联席会", "召开主体", "所属联席会", "分会名称", "所属分会", "联席会（分会）名称", "召集机构",
            "会议主体", "主办联席会", "党建联席会", end="target", scheme="jc",
        ),
        Link(
            "attending", ATTENDED, "参会单位", "出席单位", "参加单位", "到会单位", "与会单位", "参会单位（出席）", "参会单位名称", "出席会议单位",
            "参加会议单位", "应到单位", "实到单位", "参会成员单位", "参会单位/出席", end="source", split=True, constants={"presence": "出席"},
        ),
        Link(
            "observing", ATTENDED, "列席单位", "列席会议单位", "参会单位（列席）", "列席部门", "邀请单位", "特邀单位", "列席", "列席单位名称",
            "参会单位/列席", end="source", split=True, constants={"presence": "列席"},
        ),
        Link(
            "absent", ATTENDED, "缺席单位", "未到单位", "请假单位", "缺席", "未参会单位", "参会单位（缺席）", "缺席单位名称", "未出席单位",
            "参会单位/缺席", end="source", split=True, constants={"presence": "缺席"},
        ),
        Link(
            "agenda", DISCUSSED_AT, "议题", "会议议题", "讨论议题", "议题名称", "研究事项", "审议事项", "议题内容", "会议主题", "会议内容", "主要议题",
            "讨论事项", "研究议题", "审议议题", "议程", "会议议程", end="source", scheme="agenda", gathers=True,
            properties={"decision": "decision", "vote": "vote"},
        ),
        Column(
            "decision", "议定事项", "会议决定", "决定事项", "议定内容", "会议议定事项", "决议", "决议事项", "会议决议", "议定意见", "研究结果",
            "讨论结果", "会议结论", "形成决议", "议决事项", "会议结果",
        ),
        Column("vote", "表决结果", "表决情况", "表决", "表决意见", "投票结果", "表决方式及结果", "票决结果", "赞成反对弃权", "表决票数"),
        PERSONS,
    ),
)  # fmt: skip
