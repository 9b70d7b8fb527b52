"""What follows from meetings: items that units answer for until they are struck off; visits to enterprises; counts of petitions."""

from graph import mechanisms
from graph.kinds import INCREMENT, Column, Ignored, Link, Property, Register, Relation
from graph.schema.civic import HandledMatter, ModelCount, Survey
from graph.schema.governance import ActionItem, AgendaItem, Assessment, CaseStatistic, Meeting, Visit
from graph.schema.organizations import UNITS
from graph.schema.person_columns import PERSONS
from graph.texts import Said
from graph.types import Date, Text

RESULTED_IN = Relation("RESULTED_IN", zh="形成", en="resulted in", source=(AgendaItem, Meeting), target=(ActionItem,))
ASSIGNED_TO = Relation(
    "ASSIGNED_TO", zh="责任", en="assigned to", source=(ActionItem,), target=UNITS, starts="role",
    properties=(
        Property("role", Text(), zh="责任类型", en="role (牵头, 责任, 配合)"),
        Property("due", Date(last=True), zh="完成时限", en="due"),
    ),
    unit_is=Said("责任单位", "responsible"),
)  # fmt: skip
ABOUT_UNIT = Relation(
    "ABOUT_UNIT",
    zh="对象",
    en="about unit",
    source=(Visit, CaseStatistic, Assessment, Survey, HandledMatter, ModelCount),
    target=UNITS,
    unit_is=Said("所涉单位", "concerned"),
)

action_items = Register(
    "action_items", loads=(mechanisms.WEEKLY_REPORT, mechanisms.LEDGER,), zh="督办台账", en="action items to be closed", row=ActionItem, scope=INCREMENT,
    titles=("督办台账", "督办事项台账", "销号台账", "督办销号台账", "督查周报", "督查督办台账", "逐项销号台账", "议定事项督办台账", "重点工作督办表", "督办事项一览表",
        "督查事项清单", "联席会议议定事项分解表", "任务分解表", "督办事项进展情况表", "重点任务台账", "问题整改销号台账"),
    columns=(
        Ignored(
            "序号", "编号", "备注", "说明", "填报单位", "填报时间", "批示领导", "批示内容", "交办时间", "督查方式", "督查次数", "佐证材料", "附件",
            "印证材料", "下一步计划", "下步打算", "下一步措施", "工作措施", "整改措施", "是否公开", "反馈时间", "报送时间", "督查时间", "任务类别",
        ),
        Column(
            "number", "督办编号", "督查编号", "督办号", "事项编号", "任务编号", "督办单号", "督查单号", "督办事项编号", "督办通知编号", "督办件编号",
            "督办单编号", "立项编号", "销号编号", "台账编号", "督办件号",
        ),
        Column(
            "name", "督办事项", "督查事项", "议定事项", "任务事项", "督办内容", "督查内容", "工作任务", "任务内容", "重点任务", "督办事项内容",
            "督办任务", "事项内容", "具体事项", "事项名称", "任务名称", "重点工作", "交办事项", "决定事项", "具体任务", "目标任务", "问题事项",
            "事项", required=True,
        ),
        Column(
            "origin", "事项来源", "来源", "任务来源", "督办来源", "事项来源（会议）", "来源会议", "议定会议", "会议名称", "会议届次", "所属会议",
            "立项依据", "督办依据", "事项来源/会议", "会议来源", "立项来源",
        ),
        Link("meeting", RESULTED_IN, rides="origin", end="source", other=(Meeting,), scheme="mtg", pattern="会议?|届|例会"),
        Link(
            "agenda", RESULTED_IN, "议题", "议题名称", "对应议题", "来源议题", "所属议题", "会议议题", "关联议题", "相关议题", "议题来源",
            end="source", other=(AgendaItem,), scheme="agenda",
        ),
        Link(
            "lead", ASSIGNED_TO, "牵头单位", "牵头部门", "主办单位", "主责单位", "牵头责任单位", "承办单位", "牵头单位名称", "主办部门", "主责部门",
            "主要责任单位", "第一责任单位", "牵头负责单位", "牵头党组织", end="target", split=True, constants={"role": "牵头"},
            properties={"due": "due"},
        ),
        Link(
            "responsible", ASSIGNED_TO, "责任单位", "责任部门", "落实单位", "办理单位", "责任主体", "责任单位（部门）", "责任单位名称", "办理部门",
            "具体责任单位", "承办部门", "落实部门", "执行单位", "责任方", "责任党组织", end="target", split=True, constants={"role": "责任"},
            properties={"due": "due"},
        ),
        Link(
            "helping", ASSIGNED_TO, "配合单位", "协办单位", "配合部门", "协助单位", "协同单位", "参与单位", "协办部门", "配合责任单位", "会办单位",
            "协作单位", "配合单位名称", "协同部门", end="target", split=True, constants={"role": "配合"}, properties={"due": "due"},
        ),
        Column(
            "opened", "立项时间", "立项日期", "下达时间", "交办日期", "督办时间", "下达日期", "登记时间", "确定时间", "督办日期", "任务下达时间",
            "分解时间", "立项督办时间", "启动时间", "受理时间",
        ),
        Column(
            "due", "完成时限", "办结时限", "完成期限", "时限要求", "办理时限", "完成时间", "限办时间", "截止时间", "要求完成时间", "限时", "整改时限",
            "截止日期", "办理期限", "计划完成时间", "时间节点", "时限", "完成日期要求", "限办日期", "到期时间", "预计完成时间",
        ),
        Column(
            "progress", "进展情况", "工作进展", "办理进展", "落实情况", "完成情况", "推进情况", "本周进展", "目前进展", "办理情况", "进度",
            "工作进展情况", "最新进展", "进展", "本周工作进展", "落实进展", "整改情况", "工作推进情况",
        ),
        Column("issues", "存在问题", "存在的问题", "困难问题", "问题困难", "存在困难", "存在问题及原因", "未完成原因", "未办结原因", "逾期原因", "需协调事项", "主要问题", "问题及困难", "需协调解决的问题"),
        Column(
            "status", "办理状态", "状态", "办结情况", "完成状态", "是否办结", "销号情况", "是否销号", "办理结果", "督办状态", "进展状态", "当前状态",
            "办结状态", "销号状态", "是否完成", "落实状态",
        ),
        Column("alert", "预警", "预警等级", "预警级别", "预警情况", "预警颜色", "亮灯情况", "亮灯", "亮牌情况", "预警单", "督办等级", "预警类型", "督办单类型", "预警状态", "红黄蓝单", "蓝黄红单", "亮牌", "三色预警"),
        Column("closed_at", "销号时间", "销号日期", "办结时间", "办结日期", "实际完成时间", "销账时间", "完结时间", "实际办结时间", "实际完成日期", "办毕时间", "核销时间", "结办时间"),
        Column("score", "得分", "评分", "考核得分", "打分", "量化得分", "督办得分", "分数", "考核打分", "赋分", "量化打分", "积分"),
        PERSONS,
    ),
)  # fmt: skip


def _as_in_items(field: str) -> tuple[str, ...]:
    return action_items.column(field).headers


# What minutes decide, where they say who answers for it and until when; other minutes have nothing to follow up.
follow_ups = Register(
    "follow_ups", loads=(mechanisms.MINUTES,), zh="会议议定事项落实表", en="decisions of meetings to follow up", row=ActionItem,
    marks=("会议", "议定", "会",), scope=INCREMENT,
    titles=("会议议定事项落实表", "议定事项落实情况表"),
    columns=(
        Ignored(
            "序号", "参会单位", "出席单位", "参加单位", "到会单位", "与会单位", "参会单位名称", "列席单位", "缺席单位", "请假单位", "会议时间", "会议日期", "召开时间",
            "会议地点", "议题", "会议议题", "议题名称", "讨论意见", "表决结果", "联席会名称", "备注",
        ),
        Column(
            "name", "议定事项", "会议议定事项", "议定内容", "决定事项", "会议决定", "决议事项", "决议", "会议决议", "议定意见", "形成决议", "议决事项", "会议结果",
            required=True,
        ),
        Column("origin", "会议名称", "会议届次", "会议名称/届次", "会议名称（届次）", "届次", "会议", "联席会议名称", "联席会议届次", "会议标题"),
        Link("meeting", RESULTED_IN, rides="origin", end="source", other=(Meeting,), scheme="mtg", pattern="会议?|届|例会|次"),
        Link("lead", ASSIGNED_TO, *_as_in_items("lead"), end="target", split=True, constants={"role": "牵头"}, properties={"due": "due"}),
        Link(
            "responsible", ASSIGNED_TO, *_as_in_items("responsible"), end="target", split=True, required=True, constants={"role": "责任"},
            properties={"due": "due"},
        ),
        Link("helping", ASSIGNED_TO, *_as_in_items("helping"), end="target", split=True, constants={"role": "配合"}, properties={"due": "due"}),
        Column("due", *_as_in_items("due"), required=True),
        Column("progress", *_as_in_items("progress")),
        Column("status", *_as_in_items("status")),
        PERSONS,
    ),
)  # fmt: skip
visits = Register(
    "visits", loads=(mechanisms.VISITS,), zh="走访企业台账", en="visits to enterprises", row=Visit,
    marks=("走访", "服务官", "企业", "回访", "包联", "入企", "访",), scope=INCREMENT,
    titles=("走访企业台账", "首席服务官走访台账", "首席服务官走访记录", "走访登记表", "企业走访台账", "走访企业情况登记表", "走访服务企业台账", "领导走访企业记录",
        "首席服务官走访企业台账", "入企走访台账", "走访记录表", "走访情况统计表", "企业走访登记表", "服务企业走访台账"),
    columns=(
        Ignored(
            "序号", "编号", "备注", "说明", "走访方式", "走访内容", "企业地址", "地址", "所属行业", "行业", "照片", "走访照片", "填报单位", "填报时间",
            "企业规模", "企业性质", "走访次数", "办结时限", "要求办结时间", "满意度", "企业评价", "问题类别", "问题类型",
        ),
        Link(
            "unit", ABOUT_UNIT, "企业", "企业名称", "走访企业", "被走访企业", "走访单位", "走访企业名称", "被走访单位", "走访对象", "服务企业",
            "联系企业", "包联企业", "走访单位名称", "单位名称", "服务企业名称", "联系企业名称", "被走访企业名称", "公司名称", "走访项目单位",
            end="target", required=True,
        ),
        Column(
            "officer_post", "服务官职务", "走访人职务", "首席服务官职务", "服务官岗位", "走访岗位", "走访领导职务", "服务官职位", "包联领导职务",
            "走访人员职务", "服务岗位", "服务官单位及职务", "首席服务官岗位", "专员职务", "服务专员职务",
        ),
        Column(
            "day", "走访日期", "走访时间", "日期", "时间", "走访年月", "服务时间", "入企时间", "入企日期", "上门时间", "走访日", "服务日期", "上门日期",
            "开展时间", "登记日期", required=True,
        ),
        Column(
            "issues", "反映问题", "问题", "企业问题", "企业反映问题", "问题诉求", "企业诉求", "诉求内容", "存在问题", "收集问题", "问题及诉求",
            "企业反映的问题", "困难问题", "收集到的问题", "企业困难", "诉求", "问题描述", "提出问题", "企业需求", "困难和问题",
        ),
        Column(
            "referred_to", "交办部门", "责任部门", "承办部门", "办理部门", "转办部门", "责任单位", "承办单位", "办理单位", "牵头部门", "解决部门",
            "交办单位", "转办单位", "协调部门", "牵头单位",
        ),
        Column("status", "办结情况", "办理状态", "是否办结", "状态", "解决情况", "是否解决", "办理情况", "问题状态", "办结状态", "落实情况", "完成情况", "解决状态", "处理状态"),
        Column("result", "办理结果", "处理结果", "解决措施", "办理措施", "处理情况", "解决结果", "反馈情况", "答复情况", "服务成效", "办理成效", "处置情况", "答复意见", "处理意见", "落实结果"),
        PERSONS,
    ),
)  # fmt: skip
# Sums only: a sheet with a column of petitioners is refused whole before any register is chosen.
case_statistics = Register(
    "case_statistics", loads=(mechanisms.JOINT_RECEPTION, mechanisms.DISPUTES,), zh="信访接访情况统计表", en="counts of petitions by theme and month", row=CaseStatistic,
    marks=("信访", "接访", "诉求", "来访", "上访", "投诉", "矛盾", "纠纷",), scope=INCREMENT,
    titles=("信访接访情况统计表", "信访情况统计表", "信访统计表", "联合接访情况统计表", "接访情况统计表", "群众诉求统计表", "信访情况月报表", "信访月报",
        "诉求受理情况统计表", "矛盾纠纷排查统计表", "群众诉求受理统计表", "信访案件统计表", "接访统计表", "信访积案化解统计表", "信访工作月报表"),
    columns=(
        Ignored(
            "序号", "编号", "备注", "说明", "填报单位", "填报时间", "办结率", "化解率", "满意率", "同比", "环比", "上月件次", "去年同期", "接访日期",
            "接访次数", "未办结数", "在办数", "积案数", "重复件次", "占比", "所属街道", "主要诉求",
        ),
        Column(
            "month", "月份", "统计月份", "年月", "时间", "统计时间", "统计周期", "期间", "统计期间", "时段", "所属月份", "季度", "年度", "统计时段",
            "月度", "受理月份", "报告期", in_title=r"((?:19|20)\d{2}年(?:度|第?[一二三四1-4]季度|[上下]半年|\d{1,2}月份?)?)",
        ),
        Link(
            "unit", ABOUT_UNIT, "社区/企业", "社区", "单位", "单位名称", "社区名称", "企业名称", "社区（企业）", "社区/企业名称", "涉及单位",
            "涉事单位", "属地社区", "属地", "责任单位", "所属单位", "街道（社区）", "辖区", "涉及社区", "属地单位", "受理单位", end="target",
        ),
        Column(
            "place", "接访地点", "接访点", "接访场所", "接待地点", "接待点", "接待场所", "接待窗口", "受理地点", "受理点", "受理窗口", "接访窗口",
            "接访室", "接待室", "接访大厅", "来访地点",
        ),
        Column(
            "theme", "诉求类别", "诉求类型", "类别", "信访类别", "问题类别", "事项类别", "信访事项类别", "问题类型", "诉求主题", "矛盾类型", "类型",
            "诉求分类", "信访类型", "领域", "问题领域", "矛盾纠纷类型", "纠纷类型", "问题分类",
        ),
        Column(
            "count", "件次", "件数", "受理件数", "受理量", "信访件次", "信访总量", "受理件次", "诉求件数", "接访件次", "批次", "受理数", "起数",
            "诉求件次", "受理批次", "总件次", "排查起数", "接访批次", "信访件数", "受理总数", "件（批）次", required=True,
        ),
        Column("people", "人次", "接访人次", "来访人次", "信访人次", "涉及人次", "接待人次", "总人次", "涉及人数", "接待人数", "来访人数"),
        Column(
            "closed", "办结数", "办结件数", "办结件次", "已办结", "办结量", "办结", "化解数", "已化解", "办结件", "化解件数", "已办结件数", "化解起数",
            "办结总数", "已办结数", "成功化解数",
        ),
        Column(
            "mean_days", "平均办理天数", "平均办结天数", "平均办理时长", "平均办结时长", "平均用时", "平均办理时间", "平均办理周期", "办理平均天数",
            "平均天数", "平均处理天数", "平均办理时限",
        ),
        PERSONS,
    ),
)  # fmt: skip
