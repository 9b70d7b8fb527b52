"""What is done for enterprises in one go: matters that the service centre handles (一条龙), and to whom the directory of products goes."""

from graph import mechanisms
from graph.kinds import INCREMENT, Column, Ignored, Link, Register, Relation
from graph.schema.civic import DirectoryCopy, HandledMatter
from graph.schema.organizations import UNITS
from graph.schema.person_columns import PERSONS
from graph.schema.supervision import ABOUT_UNIT
from graph.texts import Said

HANDLED_BY = Relation(
    "HANDLED_BY", zh="承办", en="handled by", source=(HandledMatter,), target=UNITS, unit_is=Said("承办部门", "handles it"),
)  # fmt: skip
HANDED_TO = Relation(
    "HANDED_TO", zh="分发给", en="handed to", source=(DirectoryCopy,), target=UNITS, unit_is=Said("分发对象", "received it"),
)  # fmt: skip

handled_matters = Register(
    "handled_matters", loads=(mechanisms.ONE_STOP,), zh="行政服务一条龙办件台账", en="matters handled by the service centre", row=HandledMatter, scope=INCREMENT,
    marks=("一条龙", "办件", "代办", "帮办", "服务中心", "政务服务", "行政服务", "受理"),
    titles=("行政服务一条龙办件台账", "一条龙服务台账", "行政服务中心一条龙服务台账", "行政服务中心办件台账", "企业办件台账", "代办服务台账", "帮办代办台账", "政务服务办件台账",
        "企业服务办件登记表", "一条龙服务登记表", "行政服务办件登记表"),
    columns=(
        Ignored("序号", "编号", "备注", "说明", "填报单位", "填报时间", "申请材料", "材料清单", "满意度", "评价", "办理方式", "事项类型", "事项类别", "收费"),
        Column("number", "办件编号", "受理编号", "受理号", "业务编号", "办件号", "申请编号", "流水号"),
        Link(
            "unit", ABOUT_UNIT, "申办企业", "申请企业", "企业名称", "企业", "申请单位", "服务企业", "办事企业", "申报单位", "委托企业", "申办单位", "单位名称", end="target",
            required=True,
        ),
        Column(
            "matter", "办理事项", "申办事项", "事项名称", "服务事项", "办件事项", "代办事项", "申请事项", "审批事项", "办事事项", "业务事项", "办理业务", "业务名称",
            required=True,
        ),
        Link(
            "office", HANDLED_BY, "承办部门", "办理部门", "受理部门", "审批部门", "承办单位", "办理单位", "受理窗口", "责任部门", "主办部门", "窗口单位", "代办单位",
            end="target", split=True,
        ),
        Column("accepted", "受理日期", "受理时间", "收件日期", "申请日期", "申请时间", "收件时间", "申办日期", "申办时间"),
        Column("finished", "办结日期", "办结时间", "完成日期", "完成时间", "出件日期", "办毕日期"),
        Column("promised_days", "承诺时限", "承诺办结时限", "承诺天数", "法定时限", "承诺时限（工作日）", "承诺工作日", "办理时限"),
        Column("days", "办理天数", "实际办理天数", "实际用时", "用时（天）", "办理用时", "办结天数", "实际天数"),
        Column("status", "办理状态", "状态", "办件状态", "是否办结", "办结情况", "办理进度", "当前状态"),
        Column("result", "办理结果", "结果", "审批结果", "办结结果", "办理情况"),
        PERSONS,
    ),
)  # fmt: skip
directory_copies = Register(
    "directory_copies", loads=(mechanisms.DISTRIBUTION,), zh="供需名录分发登记表", en="to whom the directory of products went", row=DirectoryCopy, scope=INCREMENT,
    marks=("分发", "发放", "寄送", "赠送", "送达", "领取"),
    titles=("供需名录分发登记表", "名录分发登记表", "名录分发对象一览表", "名录分发台账", "企业产品供需名录分发表", "名录发放登记表", "名录发放台账", "招商手册分发登记表",
        "分发对象名单", "名录分发名单"),
    columns=(
        Ignored("序号", "编号", "备注", "说明", "填报单位", "填报时间", "签收情况", "分发单位", "发放单位"),
        Column(
            "title", "名录名称", "分发名录", "名录", "资料名称", "手册名称", "分发资料", "发放资料", "分发内容",
            in_title=r"((?:企业产品|产品|技术|招商)[^登记台账一览表分发放]{0,10}(?:名录|手册))",
        ),
        Link(
            "unit", HANDED_TO, "分发对象", "分发单位名称", "接收单位", "发放对象", "领取单位", "收件单位", "赠送对象", "寄送单位", "发送对象", "分发企业", "送达单位",
            end="target", required=True,
        ),
        Column("day", "分发日期", "分发时间", "发放日期", "发放时间", "领取日期", "寄送日期", "送达日期", "发送时间"),
        Column("copies", "份数", "分发份数", "发放份数", "数量", "领取份数", "册数", "分发数量", "发放数量"),
        Column("form", "分发方式", "发放方式", "送达方式", "分发形式", "寄送方式"),
        Column("feedback", "反馈", "反馈情况", "反馈意见", "对接情况", "使用反馈", "意向反馈"),
        PERSONS,
    ),
)  # fmt: skip
