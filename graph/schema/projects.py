"""Projects: who leads, who takes part, for whom, when, how far."""

from graph import mechanisms
from graph.kinds import Column, Ignored, Link, Register, Relation
from graph.schema.assets import Project
from graph.schema.cooperation import LEADS, TAKES_PART_IN
from graph.schema.organizations import UNITS
from graph.schema.resources import ABOUT, CONTACTS
from graph.texts import Said
from graph.types import Span

BENEFITS = Relation(
    "BENEFITS",
    zh="受益",
    en="benefits",
    source=(Project,),
    target=UNITS,
    unit_is=Said("受益", "benefits"),
)

projects = Register(
    "projects", loads=(mechanisms.THREE_LISTS, mechanisms.WELFARE_PROJECTS, mechanisms.SMALL_GARDENS,), zh="项目清单", en="projects", row=Project,
    marks=("共建", "惠民", "党建", "民生", "自治", "服务", "公益", "社区", "联建", "帮扶", "实事", "为民", "认领", "受益",),
    titles=("项目清单", "共建项目清单", "惠民项目清单", "党建项目清单", "服务项目台账", "自治金项目清单", "为民服务项目清单", "实事项目清单", "民生实事项目",
        "共建项目台账", "项目台账", "项目一览表", "项目推进表", "项目库", "党建服务项目清单", "公益项目清单", "惠民实事项目台账", "项目进展情况表"),
    columns=(
        Ignored(
            "序号", "编号", "项目编号", "备注", "填报单位", "填报时间", "填报日期", "资金来源", "经费来源", "立项文号", "批准文号", "附件", "照片", "审核意见",
            "所属街道", "所在街道", "完成率", "资助方式", "说明", "其他", "存在问题", "问题及建议", "下步计划", "评价", "满意度",
        ),
        Column(
            "title", "项目名称", "项目", "项目名", "共建项目", "共建项目名称", "惠民项目", "惠民项目名称", "实事项目名称", "实事项目", "党建项目名称", "民生项目名称",
            "公益项目名称", "自治项目名称", "工程名称", "项目全称", "项目题目", "服务项目名称", required=True,
        ),
        Column("category", "项目类别", "项目类型", "类别", "项目分类", "项目种类", "类型", "项目性质", "项目领域", "服务类别", "所属类别", "项目属性"),
        Link("about", ABOUT, rides="category", end="target", split=True, scheme="service"),
        Link(
            "lead", LEADS, "牵头单位", "实施单位", "主办单位", "承办单位", "项目单位", "责任单位", "牵头部门", "项目实施单位", "申报单位", "项目牵头单位", "项目责任单位",
            "负责单位", "组织单位", "实施主体", "主责单位", "发起单位", "项目承接单位", "承接单位", "项目主体", "单位名称", end="source",
        ),
        Link(
            "participants", TAKES_PART_IN, "参与单位", "参加单位", "配合单位", "协办单位", "共建单位", "合作单位", "协作单位", "联办单位", "支持单位", "参与共建单位",
            "参建单位", "协同单位", "项目参与单位", "参与方", "合作方", "认领单位", end="source", split=True,
        ),
        Link("benefits", BENEFITS, "受益单位", "受益社区", "落地社区", "实施社区", "项目社区", "项目所在社区", "建设社区", "服务社区", "惠及社区", "受益居民区", "服务单位", "覆盖社区", "项目受益单位", end="target", split=True),
        Column("beneficiaries", "服务对象", "受益对象", "服务人群", "受益人群", "面向对象", "受众", "惠及对象", "覆盖人群", "目标人群", "服务群体", "受益群体"),
        Column("content", "项目内容", "主要内容", "建设内容", "内容", "项目简介", "服务内容", "实施内容", "项目描述", "项目概况", "工作内容", "主要措施", "具体内容", "项目说明"),
        Column("place", "实施地点", "地点", "项目地点", "实施地址", "建设地点", "服务地点", "项目地址", "地址", "实施位置", "开展地点", "所在位置"),
        Column(
            "start", "起止时间", "实施时间", "项目周期", "起止日期", "实施周期", "项目起止时间", "建设周期", "实施期限", "项目时间", "项目期限", "实施起止时间", "建设起止时间",
            type=Span(),
        ),
        Column("start", "开始时间", "启动时间", "开始日期", "立项时间", "启动日期", "开工时间", "开工日期", "起始时间", "立项日期", "计划开始时间"),
        Column("end", "结束时间", "完成时限", "完成时间", "结束日期", "计划完成时间", "竣工时间", "完工时间", "截止日期", "预计完成时间", "终止时间", "完成日期", "竣工日期"),
        Column("budget", "预算（元）", "项目金额", "预算", "项目预算", "项目经费", "资助金额", "经费预算", "投入资金", "资金", "经费", "总投资", "投资额", "项目资金", "预算金额", "项目金额（万元）", "计划投资", "资金预算"),
        Column("status", "状态", "项目状态", "完成情况", "当前状态", "实施状态", "项目完成情况", "办理状态", "推进状态", "实施情况", "完成状态", "目前状态"),
        Column("progress", "进度", "项目进度", "进展情况", "实施进度", "项目进展", "工作进展", "推进情况", "当前进度", "进展", "形象进度", "目前进展", "项目进展情况"),
        Column("result", "成效", "项目成效", "工作成效", "取得成效", "实施成效", "效果", "实施效果", "成果", "服务成效", "主要成效", "预期成效", "社会效益"),
        CONTACTS,
    ),
)  # fmt: skip
