"""Surveys of units and residents: visits of working groups, questionnaires, forums. What was found, never who said it."""

from graph import mechanisms
from graph.kinds import INCREMENT, Column, Ignored, Link, Register, Relation
from graph.schema.civic import Survey
from graph.schema.organizations import UNITS
from graph.schema.person_columns import PERSONS
from graph.schema.supervision import ABOUT_UNIT
from graph.texts import Said

CONDUCTED = Relation(
    "CONDUCTED", zh="组织调研", en="conducted", source=UNITS, target=(Survey,), unit_is=Said("组织单位", "conducted it"),
)  # fmt: skip

surveys = Register(
    "surveys", loads=(mechanisms.SURVEYS,), zh="调研座谈台账", en="surveys, questionnaires and forums", row=Survey, scope=INCREMENT,
    marks=("调研", "问卷", "座谈", "恳谈"),
    titles=("调研座谈台账", "调研台账", "调研情况登记表", "调研走访台账", "座谈会台账", "座谈会情况登记表", "问卷调查情况表", "问卷调查统计表", "调研问卷统计表", "调研活动台账",
        "调研情况汇总表", "课题组调研台账", "座谈会记录表"),
    columns=(
        Ignored("序号", "编号", "备注", "说明", "填报单位", "填报时间", "附件", "照片", "调研提纲", "调研报告", "应到人数", "发放问卷数", "发放份数"),
        Column(
            "title", "调研主题", "座谈主题", "问卷名称", "调研课题", "调研内容", "调研题目", "座谈内容", "问卷主题", "座谈会主题", "座谈会名称", "调研项目", "调研名称",
            "课题名称", "调查主题", "调查内容", required=True,
        ),
        Column("kind", "调研形式", "调研方式", "形式", "方式", "调研类型", "类型", "调查方式", in_title=r"(调研|问卷|座谈)"),
        Column("day", "调研时间", "调研日期", "座谈时间", "座谈日期", "调查时间", "时间", "日期", "开展时间", "问卷时间", "召开时间"),
        Column("place", "调研地点", "座谈地点", "地点", "召开地点"),
        Link(
            "unit", CONDUCTED, "组织单位", "调研单位", "牵头单位", "调研组", "开展单位", "主办单位", "课题组", "座谈单位", "召集单位", "责任单位", end="source",
        ),
        Link(
            "subject", ABOUT_UNIT, "调研对象", "被调研单位", "调研企业", "调研社区", "受访单位", "调研走访单位", "参加座谈单位", "座谈对象", "参加单位", end="target", split=True,
        ),
        Column("people", "参与人数", "座谈人数", "参加人数", "参会人数", "受访人数", "调研人数", "访谈人数", "人数"),
        Column("sheets", "回收问卷数", "回收问卷", "问卷份数", "有效问卷数", "收回问卷数", "回收份数", "问卷数量", "问卷回收数"),
        Column("findings", "主要发现", "发现问题", "反映问题", "存在问题", "主要问题", "调研结论", "调研发现", "问卷结果", "座谈反映的问题", "收集问题", "调研情况", "主要结论"),
        Column("proposals", "意见建议", "建议", "对策建议", "工作建议", "提出建议", "收集建议"),
        Column("use", "成果运用", "成果转化", "办理情况", "整改情况", "落实情况", "转化情况"),
        PERSONS,
    ),
)  # fmt: skip
