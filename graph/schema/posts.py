"""Posts between units: secondments, Party-building instructors, chief service officers, volunteer posts. Never who holds one."""

from graph import mechanisms
from graph.headings import TALENT
from graph.kinds import Column, Entity, Ignored, Link, Property, Register, Relation
from graph.schema.organizations import UNITS
from graph.schema.person_columns import PERSONS
from graph.texts import Said
from graph.types import Count, Date, ListOf, Status, Text

STATUS = Status(
    {
        "征集": ("征集中", "招募中", "招募", "待聘", "空缺", "空岗", "待派", "待选派", "拟派", "未到岗"), "公示": ("公示中", "考察中", "考察", "拟任"),
        "在岗": ("有人了", "已有人", "招到了", "满员", "已招满", "已到岗", "在任", "在聘", "任职中", "挂职中", "已聘", "聘任中", "已认领"), "期满": ("已期满", "到期", "期满离任", "已结束", "离岗", "解聘", "届满"),
    },
)  # fmt: skip

Post = Entity(
    "Post", zh="岗位", en="post", heading=TALENT, searched=False, keys=("post:{kind}:{OPEN_AT?}:{title:text}",),
    properties=(
        Property("kind", Text(), zh="岗位类型", en="kind (挂职, 党建指导员, 首席服务官, 志愿岗)", required=True),
        Property("title", Text(), zh="岗位名称", en="title", required=True),
        Property("duties", Text(), zh="岗位职责", en="duties"),
        Property("requirements", Text(), zh="任职条件", en="requirements"),
        Property("skills", ListOf(), zh="专业要求", en="skills wanted"),
        Property("places", Count(of="people"), zh="人数", en="places"),
        Property("taken", Count(of="people"), zh="已到岗人数", en="places taken", changes=True),
        Property("term", Text(), zh="期限", en="term as written"),
        Property("nominated_by", ListOf(), zh="推荐单位", en="units that nominate"),
        Property("selection", Text(), zh="考察方式", en="how chosen"),
        Property("times", Text(), zh="服务时间", en="when"),
        Property("status", STATUS, zh="状态", en="status", changes=True),
    ),
)  # fmt: skip

OPEN_AT = Relation(
    "OPEN_AT",
    zh="岗位在",
    en="open at",
    source=(Post,),
    target=UNITS,
    unit_is=Said("设岗单位", "has the post"),
)
SERVES = Relation(
    "SERVES", zh="服务", en="serves", source=(Post,), target=UNITS,
    properties=(
        Property("since", Date(), zh="起", en="since"),
        Property("until", Date(last=True), zh="止", en="until"),
        Property("serving_term", Text(), zh="聘期", en="term as written"),
    ),
    unit_is=Said("服务对象", "served"),
)  # fmt: skip
SERVING = {p.name: p.name for p in SERVES.properties}
UNUSED = Ignored(
    "序号", "编号", "备注", "说明", "填报单位", "填报时间", "照片", "文件依据", "批准文号", "公示时间", "考核结果", "考核情况", "工作成效", "活动次数",
    "所属街道", "行业", "所属行业", "企业地址", "单位地址", "地址", "企业性质", "党员数", "联系企业数", "服务次数", "津贴", "级别",
)  # fmt: skip
SINCE_COLUMN = Column(
    "since", "起始时间", "开始时间", "任职时间", "聘任时间", "到岗时间", "派驻时间", "聘任日期", "挂职起始时间", "挂职开始时间", "派驻日期", "选派时间",
    "上岗时间", "联系时间", "设岗时间", "包联时间", "受聘时间", "起聘时间", "聘期起",
)  # fmt: skip
UNTIL_COLUMN = Column(
    "until", "结束时间", "期满时间", "到期时间", "届满时间", "挂职结束时间", "挂职到期时间", "离任时间", "离岗时间", "聘任到期时间", "任期届满时间",
    "终止时间", "截止时间", "聘期止",
)  # fmt: skip
TAKEN_COLUMN = Column(
    "taken", "已到岗人数", "已认领人数", "已上岗人数", "已聘人数", "已派人数", "已选派人数", "现有在岗人数", "实际到岗人数", "已配备人数", "已认岗人数",
)  # fmt: skip
STATUS_COLUMN = Column(
    "status", "状态", "岗位状态", "当前状态", "在岗情况", "到岗情况", "任职状态", "聘任状态", "挂职状态", "岗位情况", "是否在岗", "是否到岗", "进展", "目前状态",
)  # fmt: skip

secondments = Register(
    "secondments", loads=(mechanisms.SECONDMENTS,), zh="挂职岗位征集表", en="posts for secondment", row=Post,
    marks=("挂职", "互派", "挂派", "锻炼", "跟班", "挂任",),
    titles=("挂职岗位征集表", "挂职岗位需求表", "挂职岗位一览表", "互派挂职岗位表", "挂职锻炼岗位征集表", "挂职岗位清单", "干部挂职岗位统计表", "双向挂职岗位表",
        "挂职岗位信息表", "挂职岗位汇总表", "挂职岗位台账", "互派挂职岗位需求表"),
    inputs=SERVES.properties, defaults=(("kind", "挂职"),),
    columns=(
        UNUSED,
        Column(
            "title", "岗位名称", "挂职岗位", "岗位", "挂职岗位名称", "拟设岗位", "挂任职务", "挂职职务", "岗位名", "拟挂职岗位", "挂任岗位",
            "提供岗位", "需求岗位", "挂职职位", required=True,
        ),
        Link(
            "unit", OPEN_AT, "提供单位", "接收单位", "设岗单位", "岗位提供单位", "岗位所在单位", "挂职单位", "单位名称", "用人单位", "需求单位",
            "接收挂职单位", "所在单位", "单位", "提供岗位单位", end="target", required=True,
        ),
        Column("duties", "岗位职责", "职责", "工作职责", "主要职责", "岗位内容", "工作内容", "岗位职责描述", "职责任务", "工作任务", "岗位说明", "岗位描述", "岗位任务"),
        Column("requirements", "任职条件", "岗位要求", "条件要求", "资格条件", "任职要求", "人选条件", "岗位条件", "任职资格", "要求", "条件", "选派条件", "其他条件"),
        Column("skills", "专业要求", "专业", "专业需求", "所需专业", "专业方向", "专业条件", "需求专业", "技能要求", "专业特长要求", "专业类别"),
        Column("places", "人数", "需求人数", "岗位数", "名额", "拟派人数", "挂职人数", "岗位人数", "数量", "计划人数", "需求数量", "职数", "岗位数量"),
        TAKEN_COLUMN,
        Column("term", "挂职期限", "期限", "挂职时间", "任期", "挂职时限", "挂职期", "时间期限", "挂职时长", "挂职期限（起止）", "挂职起止时间"),
        SINCE_COLUMN, UNTIL_COLUMN,
        Column("nominated_by", "推荐单位", "派出单位", "选派单位", "推荐党组织", "人选推荐单位", "派出党组织", "推荐方", "拟推荐单位", "输送单位"),
        Column("selection", "考察方式", "选派方式", "考察形式", "产生方式", "选拔方式", "遴选方式", "考察办法", "选任方式", "考核方式"),
        STATUS_COLUMN, PERSONS,
    ),
)  # fmt: skip
instructors = Register(
    "instructors", loads=(mechanisms.INSTRUCTORS,), zh="党建指导员派驻表", en="Party-building instructors sent to enterprises", row=Post,
    marks=("指导员",),
    titles=("党建指导员派驻表", "党建指导员一览表", "党建指导员台账", "党建指导员选派情况表", "党建指导员名册", "党建指导员联系企业一览表", "党建指导员派驻情况统计表",
        "党建指导员登记表", "非公企业党建指导员一览表", "党建指导员统计表", "党建联络指导员一览表"),
    inputs=SERVES.properties, defaults=(("kind", "党建指导员"), ("title", "党建指导员")),
    columns=(
        UNUSED,
        Column("title", "岗位名称", "岗位", "指导员类别", "指导员类型", "岗位类别", "指导员岗位", "选派类别", "派驻岗位"),
        Link(
            "unit", OPEN_AT, "派出单位", "选派单位", "派出党组织", "选派党组织", "派出单位名称", "指导员所在单位", "指导员单位", "来源单位",
            "指导员派出单位", "派驻单位来源", "推荐单位", "所在单位", end="target", required=True,
        ),
        Link(
            "enterprise", SERVES, "驻点企业", "派驻企业", "联系企业", "驻点单位", "派驻单位", "联系单位", "指导企业", "服务企业", "驻企名称",
            "驻点企业名称", "派驻企业名称", "联系企业名称", "包联企业", "指导单位", "企业名称", end="target", required=True, split=True,
            gathers=True, properties=SERVING,
        ),
        Column("duties", "职责", "工作职责", "主要职责", "指导内容", "工作任务", "岗位职责", "指导任务", "指导员职责", "工作内容", "职责任务", "指导事项"),
        Column("serving_term", "聘期", "任期", "聘任期限", "派驻期限", "选派期限", "期限", "指导期限", "聘期（起止）", "派驻周期", "服务期限"),
        SINCE_COLUMN, UNTIL_COLUMN,
        Column("places", "人数", "指导员人数", "选派人数", "派驻人数", "派出人数", "指导员数", "名额", "指导员人数（人）"),
        STATUS_COLUMN, PERSONS,
    ),
)  # fmt: skip
service_officers = Register(
    "service_officers", loads=(mechanisms.SERVICE_OFFICERS,), zh="首席服务官联系企业一览表", en="chief service officers and their enterprises", row=Post,
    marks=("服务官", "服务员", "包联", "分包", "领导联系",),
    titles=("首席服务官联系企业一览表", "首席服务官名册", "首席服务官一览表", "首席服务官台账", "首席服务官安排表", "首席服务官分包企业一览表", "领导联系企业一览表",
        "领导包联企业台账", "首席服务官包联企业名单", "首席服务官服务企业清单", "首席服务员一览表", "重点企业首席服务官名单"),
    inputs=SERVES.properties, defaults=(("kind", "首席服务官"), ("title", "首席服务官")),
    columns=(
        UNUSED,
        Column(
            "title", "服务官职务", "首席服务官职务", "服务官岗位", "服务官职位", "服务岗位", "岗位名称", "岗位", "服务官单位及职务", "包联领导职务",
            "联系领导职务", "首席服务官岗位",
        ),
        Link(
            "unit", OPEN_AT, "所在单位", "服务官单位", "服务官所在单位", "派出单位", "责任单位", "服务单位", "包联单位", "首席服务官单位", "所属部门",
            "责任部门", "牵头单位", "服务部门", end="target",
        ),
        Link(
            "enterprise", SERVES, "企业", "企业名称", "联系企业", "服务企业", "包联企业", "分包企业", "联系企业名称", "服务企业名称", "包联企业名称",
            "分包企业名称", "重点企业", "服务对象", "重点企业名称", "单位名称", end="target", required=True, split=True, gathers=True,
            properties=SERVING,
        ),
        Column("duties", "服务内容", "职责", "工作职责", "服务职责", "服务事项", "服务任务", "主要职责", "工作任务", "岗位职责", "包联职责"),
        Column("serving_term", "服务期限", "期限", "任期", "包联期限", "联系期限", "服务周期", "服务时限", "联系时限"),
        SINCE_COLUMN, UNTIL_COLUMN, STATUS_COLUMN, PERSONS,
    ),
)  # fmt: skip
volunteer_posts = Register(
    "volunteer_posts", loads=(mechanisms.DOUBLE_REPORT, mechanisms.RETIRED_CADRES,), zh="志愿服务岗位设置表", en="volunteer posts", row=Post,
    marks=("志愿", "设岗", "认岗", "在职党员", "无职党员",),
    titles=("志愿服务岗位设置表", "志愿岗位一览表", "党员志愿岗设置表", "志愿服务岗位清单", "设岗定责一览表", "党员设岗定责表", "志愿岗位清单", "志愿服务岗一览表",
        "在职党员志愿服务岗位表", "社区志愿服务岗位表", "无职党员设岗定责表", "志愿岗位设置一览表"),
    inputs=SERVES.properties, defaults=(("kind", "志愿岗"),),
    columns=(
        UNUSED,
        Column(
            "title", "岗位名称", "志愿岗位", "岗位", "志愿服务岗位", "志愿岗", "服务岗位", "设置岗位", "岗位名", "志愿岗位名称", "志愿服务岗位名称",
            "岗位类别", "服务岗位名称", "志愿服务岗", required=True,
        ),
        Link(
            "unit", OPEN_AT, "设岗单位", "社区", "社区名称", "设岗社区", "岗位所在社区", "岗位所在单位", "设置单位", "所在社区", "单位名称",
            "设岗党组织", "岗位设置单位", "服务社区", "提供单位", "所属社区", end="target", required=True,
        ),
        Column("duties", "岗位职责", "职责", "服务内容", "工作职责", "岗位内容", "岗位任务", "主要职责", "工作内容", "服务任务", "岗位职责内容", "岗位说明"),
        Column("requirements", "岗位要求", "任职条件", "条件要求", "要求", "上岗条件", "服务要求", "条件", "招募条件", "岗位条件"),
        Column("skills", "特长要求", "专业要求", "技能要求", "所需特长", "专长要求", "所需技能", "特长需求", "专业特长要求"),
        Column("places", "岗位人数", "人数", "需求人数", "设岗人数", "岗位数", "名额", "招募人数", "计划人数", "岗位数量", "需要人数", "设岗数"),
        TAKEN_COLUMN,
        Column("times", "服务时间", "服务时段", "上岗时段", "值岗时间", "时间", "服务频次", "服务周期", "工作时间", "上岗频次", "在岗时间"),
        Column("term", "服务期限", "期限", "设岗期限", "任期", "岗位期限", "在岗期限", "志愿服务期限", "上岗期限"),
        STATUS_COLUMN, PERSONS,
    ),
)  # fmt: skip
