"""Offices that take appeals; zones, posts and brigades of Party members; how many model workers were chosen. Never who they are."""

from graph import mechanisms
from graph.kinds import Column, Ignored, Link, Office, Refused, Register, Relation
from graph.schema.civic import AppealOffice, ModelCount, ModelPost
from graph.schema.organizations import UNITS
from graph.schema.person_columns import PERSONS, persons_without
from graph.schema.supervision import ABOUT_UNIT
from graph.texts import Said

SET_UP = Relation(
    "SET_UP", zh="设立", en="set up", source=UNITS, target=(AppealOffice, ModelPost), owns=True, unit_is=Said("设立单位", "set it up"),
)  # fmt: skip

appeal_offices = Register(
    "appeal_offices", loads=(mechanisms.APPEAL_OFFICES,), zh="群众诉求受理部门一览表", en="offices that take appeals", row=AppealOffice, marks=("诉求", "信访", "接访", "投诉", "调解", "来访"),
    titles=("群众诉求受理部门一览表", "群众诉求受理部门", "诉求受理部门一览表", "诉求受理窗口一览表", "信访接待场所一览表", "群众来访接待部门一览表", "诉求受理渠道一览表",
        "矛盾纠纷受理部门一览表", "联合接访部门一览表", "群众诉求受理单位名单"),
    columns=(
        Ignored("序号", "编号", "备注", "说明", "填报单位", "填报时间", "监督电话", "网址", "邮政编码"),
        Column(
            "name", "受理部门", "诉求受理部门", "受理窗口", "受理机构", "接待部门", "受理单位", "接访部门", "部门名称", "接待场所", "受理渠道", "接待场所名称", "窗口名称",
            required=True,
        ),
        Link("unit", SET_UP, "设立单位", "所属单位", "主管单位", "归口单位", "所在单位", "设置单位", "主管部门", "社区", "社区名称", "企业名称", "单位名称", end="source"),
        Column("matters", "受理范围", "受理事项", "受理内容", "诉求类别", "受理诉求类别", "受理诉求类型", "职责范围", "业务范围"),
        Column("open_hours", "受理时间", "接待时间", "接访时间", "工作时间", "办公时间", "值班时间", "对外接待时间"),
        Column("address", "受理地点", "接待地点", "接访地点", "地址", "办公地址", "地点", "办公地点", "受理地址"),
        Office("phone", "受理电话", "接待电话", "投诉电话", "办公电话", "热线电话", "值班电话", "联系电话", "电话"),
        Column("days", "办理时限", "办结时限", "答复时限", "办理期限", "承诺时限"),
        persons_without("办公电话", "联系电话", "电话"),
    ),
)  # fmt: skip
model_posts = Register(
    "model_posts", loads=(mechanisms.VANGUARD,), zh="党员责任区示范岗突击队台账", en="model posts, zones and brigades of Party members", row=ModelPost, marks=("责任区", "示范岗", "突击队", "先锋岗"),
    titles=("党员责任区示范岗突击队台账", "党员责任区台账", "党员示范岗台账", "党员突击队台账", "党员责任区一览表", "党员示范岗一览表", "党员突击队一览表", "党员先锋岗一览表",
        "党员责任区划分表", "党员示范岗统计表", "党员突击队统计表", "责任区示范岗突击队统计表", "党员先锋岗台账", "党员责任区、示范岗、突击队一览表"),
    columns=(
        Ignored("序号", "编号", "备注", "说明", "填报单位", "填报时间", "照片", "牌匾", "批准文号", "考核情况"),
        Column(
            "name", "责任区名称", "示范岗名称", "突击队名称", "责任区", "示范岗", "突击队", "岗区队名称", "先锋岗名称", "岗位名称", "名称", "党员责任区", "党员示范岗", "党员突击队",
            "责任区（示范岗、突击队）名称", "党员责任区名称", "党员示范岗名称", "党员突击队名称", required=True,
        ),
        Column("kind", "类型", "类别", "岗区队类型", "设置类型", "种类", in_title=r"(责任区|示范岗|突击队)(?![、，和及责示突])"),
        Link(
            "unit", SET_UP, "设立单位", "所属单位", "创建单位", "单位名称", "所在单位", "所属党组织", "党组织名称", "党支部", "设岗单位", "社区", "企业名称", "组建单位",
            "责任单位", end="source", required=True,
        ),
        Column("place", "责任区域", "区域", "责任范围", "所在岗位", "岗位所在", "地点", "所在区域", "范围", "工作区域", "责任地段"),
        Column("duties", "职责内容", "职责", "工作职责", "主要任务", "岗位职责", "工作内容", "责任内容", "任务", "承诺事项", "工作任务"),
        Column("people", "党员人数", "队员人数", "人数", "党员数", "责任党员数", "成员人数", "参与党员数"),
        Column("since", "设立时间", "创建时间", "成立时间", "设立日期", "命名时间", "组建时间", "挂牌时间"),
        Column("results", "工作成效", "成效", "取得成效", "完成情况", "主要成效", "作用发挥情况"),
        PERSONS,
    ),
)  # fmt: skip
model_counts = Register(
    "model_counts", loads=(mechanisms.MODEL_WORKERS,), zh="标兵评选统计表", en="counts of model workers by unit and theme", row=ModelCount, marks=("标兵", "先锋", "模范", "能手"),
    titles=("标兵评选统计表", "标兵评选汇总表", "标兵评选情况统计表", "党员标兵评选统计表", "标兵人数统计表", "先锋标兵评选统计表", "岗位标兵统计表"),
    columns=(
        Ignored("序号", "编号", "备注", "说明", "填报单位", "填报时间", "主要事迹", "评选程序", "公示情况"),
        Link("unit", ABOUT_UNIT, "单位名称", "单位", "推荐单位", "所在单位", "企业名称", "社区名称", "所属单位", "党组织名称", end="target", required=True),
        Column("theme", "评选主题", "标兵类别", "标兵类型", "评选类别", "主题", "标兵称号", "评选项目", "称号", "标兵名称"),
        Column("period", "评选年度", "年度", "评选时间", "评选日期", "年份", "时间", in_title=r"((?:19|20)\d{2}年(?:度|第?[一二三四1-4]季度|[上下]半年)?)"),
        Column("people", "标兵人数", "标兵数", "评选人数", "入选人数", "当选人数", "获评人数", "表彰人数", "标兵数量", "评出人数", required=True),
        Column("nominated", "推荐人数", "候选人数", "申报人数", "参评人数", "报名人数"),
        Column("issuer", "评选单位", "组织单位", "表彰单位", "主办单位", "授予单位"),
        Refused("标兵姓名", "姓名", "入选人", "获评人", "表彰对象", "身份证号", "身份证号码", "性别", "出生年月"),
        persons_without("姓名", "身份证号", "身份证号码", "性别"),
    ),
)  # fmt: skip
