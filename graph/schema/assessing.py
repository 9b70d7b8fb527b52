"""Assessments of organizations (never of persons): yearly targets, star ratings for safety, and observed sites."""

from graph import mechanisms
from graph.kinds import INCREMENT, Column, Ignored, Link, Property, Register, Relation
from graph.schema.cooperation import LEADS, TAKES_PART_IN, Activity
from graph.schema.governance import Assessment
from graph.schema.organizations import UNITS, Community
from graph.schema.person_columns import PERSONS
from graph.schema.supervision import ABOUT_UNIT
from graph.texts import Said
from graph.types import POINTS

PERIOD = r"((?:19|20)\d{2}年(?:度|第?[一二三四1-4]季度|[上下]半年)?)"

ASSESSES = Relation(
    "ASSESSES",
    zh="受评单位",
    en="assesses",
    source=(Assessment,),
    target=UNITS,
    unit_is=Said("受考评", "assessed"),
)
REVIEWED = Relation(
    "REVIEWED", zh="互评", en="reviewed", source=UNITS, target=(Activity,),
    properties=(Property("score", POINTS, zh="评分", en="score"),),
)  # fmt: skip

target_assessments = Register(
    "target_assessments", loads=(mechanisms.ASSESSMENT,), zh="年度目标考核表", en="yearly assessment of units", row=Assessment,
    marks=("目标", "量化", "党建", "共建", "联席", "年度考核",),
    titles=("年度目标考核表", "目标管理考核表", "年度目标管理考核得分表", "量化打分表", "量化考核表", "年度考核结果", "考核得分汇总表", "考核打分表", "量化考核得分汇总表",
        "党建工作量化打分表", "共驻共建考核表", "年度考核得分表", "目标考核结果一览表", "考核结果汇总表", "绩效考核得分表", "联席会量化打分表"),
    defaults=(("scheme", "目标考核"),),
    columns=(
        Ignored(
            "序号", "编号", "备注", "说明", "填报单位", "填报时间", "考核方式", "考核标准", "评分标准", "评分细则", "权重", "佐证材料", "责任部门",
            "牵头部门", "自评得分", "自评分", "基础分", "单位性质", "所属街道", "整改意见", "考核组意见",
        ),
        Column("scheme", "考核类别", "考核名称", "考核项目类别", "考核种类", "考核类型", "考核方案", "考评类别", "测评类别"),
        Column(
            "period", "考核年度", "年度", "考核周期", "考核时间", "考核期", "考核季度", "年份", "考核时段", "评价周期", "考评年度", "考核年份",
            "周期", in_title=PERIOD,
        ),
        Link(
            "unit", ASSESSES, "单位", "单位名称", "被考核单位", "考核单位", "被考核单位名称", "成员单位", "考核对象", "受评单位", "被评单位",
            "参评单位", "考核单位名称", "党组织名称", "成员单位名称", "被考评单位", "责任单位", "企业名称", "社区名称", end="target",
            required=True,
        ),
        Column(
            "indicator", "指标", "考核指标", "考核内容", "指标名称", "考核项目", "考评内容", "考核要点", "评价指标", "考评指标", "打分项",
            "打分项目", "考核事项", "测评指标", "二级指标", "目标任务",
        ),
        Column("full_score", "分值", "满分", "标准分", "指标分值", "应得分", "标准分值", "满分值", "总分值", "赋分", "权重分值", "分数设置"),
        Column(
            "score", "得分", "考核得分", "总得分", "实得分", "最终得分", "综合得分", "总分", "评分", "打分", "合计得分", "量化得分", "年度得分",
            "考评得分", "实际得分", "考核分", "得分合计", required=True,
        ),
        Column("bonus", "加分", "加分项", "奖励分", "附加分", "加分情况", "加分值", "奖励加分", "加减分"),
        Column("deductions", "扣分原因", "扣分说明", "扣分情况", "失分原因", "扣分理由", "丢分原因", "扣分事项", "扣分依据", "失分说明", "扣分项", "减分原因"),
        Column("rank", "名次", "排名", "排序", "位次", "考核名次", "考核排名", "综合排名", "得分排名", "总排名", "排位"),
        Column("grade", "等次", "考核等次", "等级", "考核等级", "评定等次", "考核结果", "评定结果", "档次", "评价等次", "结果等次", "评定等级", "考评等次"),
        PERSONS,
    ),
)  # fmt: skip
safety_stars = Register(
    "safety_stars", loads=(mechanisms.STARS, mechanisms.STAR_RULES, mechanisms.STAR_REWARDS,), marks=("平安", "评星", "创星", "创安", "综治"), zh="平安星级考核表", en="stars for safe enterprises and compounds", row=Assessment,
    titles=("平安星级考核表", "平安企业星级考核表", "平安小区星级考核表", "平安企业星级评定表", "平安小区星级评定表", "平安创建星级评定汇总表", "星级考核评分表",
        "平安企业星级评定一览表", "星级评定结果公示表", "平安星级评定汇总表", "平安单位星级考核表", "星级考核汇总表", "平安星级申报表", "星级评定表"),
    defaults=(("scheme", "平安星级"),),
    columns=(
        Ignored(
            "序号", "编号", "备注", "说明", "填报单位", "填报时间", "标准", "考核标准", "评分标准", "申报时间", "申报日期", "公示时间", "公示情况",
            "考核组意见", "审核意见", "社区意见", "街道意见", "所属街道", "户数", "自评得分", "自评分", "地址",
        ),
        Column(
            "scheme", "创建类型", "申报类别", "创建类别", "考核类别", "申报类型", "平安类别", "评定类别", "参评类别", "创建项目", "平安创建类型",
            in_title=r"(平安(?:企业|小区|社区|单位|校园|院落))",
        ),
        Column(
            "period", "考核年度", "年度", "考核周期", "考核时间", "考核期", "评定年度", "年份", "创建年度", "申报年度", "考核季度", "评定周期",
            in_title=PERIOD,
        ),
        # A compound is no unit of its own: what is assessed is kept as written, and joined to the unit where it is one.
        Column(
            "subject", "单位/小区", "单位名称", "小区名称", "单位", "小区", "申报单位", "企业名称", "参评单位", "创建单位", "申报单位（小区）",
            "单位（小区）名称", "单位/小区名称", "被考核单位", "考核对象", "院落名称", "参评小区", "社区名称", "企业（小区）名称", "申报小区",
            required=True,
        ),
        Link("unit", ASSESSES, rides="subject", end="target"),
        Link(
            "community", ABOUT_UNIT, "所属社区", "所在社区", "属地社区", "社区", "隶属社区", "小区所属社区", "所辖社区", "归属社区", end="target",
            other=(Community,),
        ),
        Column(
            "indicator", "考核项目", "考核内容", "考核指标", "项目", "指标", "考核细项", "评分项目", "考评项目", "考评内容", "考核要点", "测评项目",
            "细则项目",
        ),
        Column("full_score", "分值", "满分", "标准分", "项目分值", "标准分值", "满分值", "应得分", "基本分", "基准分"),
        Column("score", "得分", "考核得分", "总得分", "综合得分", "实得分", "综合评分", "评分", "最终得分", "总分", "考评得分", "合计得分", "星级得分", "考核分"),
        Column("bonus", "加分", "加分项", "奖励分", "附加分", "加分情况", "奖励加分", "加分值", "加分原因"),
        Column("deductions", "扣分说明", "扣分原因", "扣分情况", "失分原因", "扣分理由", "扣分依据", "丢分原因", "扣分事项", "扣分项", "失分说明"),
        Column("stars_claimed", "申报星级", "申请星级", "拟申报星级", "自评星级", "申报等级", "申请等级", "申报星级等次", "拟评星级", "自报星级"),
        Column("stars", "评定星级", "星级", "评定结果", "授予星级", "考核星级", "最终星级", "平安星级", "评定等级", "核定星级", "确定星级", "星级等次", "星级结果", "获评星级"),
        Column("assessed", "评定日期", "评定时间", "授牌时间", "命名时间", "授予时间", "考核日期", "授星时间", "核定时间", "挂牌时间", "认定时间"),
        Column("incentive", "激励措施", "奖励措施", "回馈激励", "星级回馈", "奖励情况", "激励情况", "奖惩措施", "回馈措施", "兑现奖励", "激励回馈"),
        PERSONS,
    ),
)  # fmt: skip
observations = Register(
    "observations", loads=(mechanisms.OBSERVATION, mechanisms.PEER_REVIEW,), zh="党建观摩登记表", en="observation of Party work, with reviews", row=Activity,
    marks=("观摩",), scope=INCREMENT,
    titles=("党建观摩登记表", "党建观摩台账", "党建观摩情况表", "党建观摩点一览表", "季度党建观摩表", "党建观摩互评表", "观摩互评汇总表", "党建观摩评分表", "观摩点情况表",
        "党建观摩活动台账", "季度观摩统计表", "观摩评议表"),
    inputs=(Property("review_score", POINTS, zh="评分", en="score of a review"),),
    defaults=(("kind", "观摩"),),
    columns=(
        Ignored("序号", "编号", "备注", "说明", "季度", "观摩季度", "年度", "填报单位", "填报时间", "照片", "观摩路线", "观摩顺序", "名次", "排名", "解说词", "观摩形式", "汇报时长"),
        Column(
            "title", "观摩点", "观摩点名称", "观摩点（基层党组织）", "观摩党组织", "观摩单位", "被观摩单位", "被观摩党组织", "观摩点位", "观摩现场",
            "观摩点党组织", "观摩对象", "观摩点单位", "观摩地点名称", required=True,
        ),
        Link("site", LEADS, rides="title", end="source"),
        Link(
            "host", LEADS, "所属企业", "所属单位", "承办单位", "所属单位名称", "观摩点所属单位", "所属企业名称", "观摩点所属企业", "所在单位",
            "所在企业", "主办单位", "隶属单位", end="source",
        ),
        Column(
            "day", "观摩时间", "观摩日期", "日期", "时间", "活动时间", "开展时间", "活动日期", "观摩年月", "观摩活动时间", "举办时间", "观摩日",
            required=True,
        ),
        Column("place", "观摩地点", "地点", "观摩点地址", "地址", "活动地点", "观摩位置", "观摩场所", "观摩点位置"),
        Column("highlights", "亮点", "观摩亮点", "特色亮点", "主要亮点", "亮点特色", "经验做法", "特色做法", "观摩内容", "观摩主题", "典型经验", "工作亮点", "亮点做法", "展示内容"),
        Link(
            "participants", TAKES_PART_IN, "参加单位", "参观单位", "参与单位", "观摩参加单位", "参加党组织", "参与党组织", "参加观摩单位",
            "参会单位", "参加单位名称", "观摩人员单位", "参观党组织", end="source", split=True, gathers=True,
        ),
        Link(
            "reviewers", REVIEWED, "评分单位", "互评单位", "参评单位", "评议单位", "打分单位", "评价单位", "评分党组织", "点评单位", "测评单位",
            end="source", gathers=True, properties={"score": "review_score"},
        ),
        Column("review_score", "单位评分", "评分", "打分", "各单位评分", "单位打分", "评议得分", "测评分", "各单位打分"),
        Column("score", "互评分", "互评得分", "平均分", "综合得分", "互评平均分", "得分", "观摩得分", "互评成绩", "总得分", "最终得分", "评议分", "平均得分"),
        Column("suggestions", "意见建议", "意见和建议", "建议", "点评意见", "改进建议", "评议意见", "互评意见", "存在不足", "不足与建议", "问题建议", "点评", "提出意见"),
        Column("rectification", "整改", "整改情况", "整改措施", "整改落实", "整改落实情况", "整改结果", "改进情况", "整改完成情况", "整改进展"),
        Column("headcount", "参加人数", "观摩人数", "参与人数", "人数", "参观人数", "到场人数", "参加人次", "观摩人次"),
        PERSONS,
    ),
)  # fmt: skip
