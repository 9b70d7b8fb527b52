"""Resources: venues and red bases with their use, needs and offers."""

from graph.kinds import INCREMENT, Column, Entity, Ignored, Link, Personal, Property, Register, Relation
from graph.schema.organizations import UNITS
from graph.schema.people import Concept
from graph.types import Area, Count, Date, KeepsLog, ListOf, Name, OneOf, OpeningHours, Text, TimeRange

Venue = Entity(
    "Venue", zh="场地", en="venue", mention="resolve", keys=("ven:{OWNS?}:{name:core}",),
    properties=(
        Property("name", Name(), zh="名称", en="name", required=True),
        Property(
            "kind",
            OneOf(
                {
                    "会议室": ("会议厅", "培训室"), "电教室": ("电化教室", "多媒体教室", "党员电教室"), "多功能厅": ("多功能室", "活动室", "活动中心"),
                    "运动场": ("篮球场", "体育场", "足球场", "羽毛球馆", "体育馆", "球场"), "食堂": ("职工食堂", "餐厅"), "停车场": ("停车位",),
                    "图书室": ("图书馆", "阅览室", "图书角", "书屋"), "礼堂": ("大礼堂", "报告厅", "剧场"), "空地": ("广场", "场院"),
                },
                unknown="keep",
            ),
            zh="类型", en="kind",
        ),
        Property("area_m2", Area(), zh="面积（㎡）", en="area (m²)"),
        Property("capacity", Count(), zh="可容纳人数", en="capacity (people)"),
        Property("equipment", ListOf(), zh="设施设备", en="equipment"),
        Property("open_hours", OpeningHours(), zh="开放时间", en="opening hours"),
        Property("fee", Text(), zh="收费", en="fee"),
        Property("status", Text(), zh="使用状态", en="status as registered"),
        Property("keeps_log", KeepsLog(), zh="有使用登记", en="a log of use is kept"),
        Property("address", Text(), zh="地址", en="address"),
        Property("remark", Text(), zh="备注", en="remark"),
    ),
)  # fmt: skip
RedBase = Entity(
    "RedBase", zh="红色教育基地", en="red education base", mention="resolve", keys=("red:{name:core}",),
    properties=(
        Property("name", Name(), zh="名称", en="name", required=True),
        Property("kind", Text(), zh="类型", en="kind"),
        Property("level", OneOf({"国家": ("国家级",), "省": ("省级",), "市": ("市级",), "区": ("区级", "县级")}, unknown="keep"), zh="命名级别", en="level"),
        Property("theme", Text(), zh="主题", en="theme"),
        Property("group_capacity", Count(), zh="单批承载人数", en="people per group"),
        Property("open_hours", OpeningHours(), zh="开放时间", en="opening hours"),
        Property("guide", Text(), zh="讲解", en="guide"),
        Property("status", Text(), zh="使用状态", en="status as registered"),
        Property("keeps_log", KeepsLog(), zh="有使用登记", en="a log of use is kept"),
        Property("address", Text(), zh="地址", en="address"),
        Property("remark", Text(), zh="备注", en="remark"),
    ),
)  # fmt: skip
RESOURCES = (Venue, RedBase)
ResourceUse = Entity(
    "ResourceUse", zh="使用记录", en="use of a resource", keys=("use:{USES}:{day:date}:{time_from?}:{USED_BY?}",),
    properties=(
        Property("day", Date(), zh="日期", en="day", required=True),
        Property("time", TimeRange(), zh="起止时间", en="from and to"),
        Property("headcount", Count(), zh="人数", en="people"),
        Property("purpose", Text(), zh="活动名称", en="purpose"),
    ),
)  # fmt: skip
Offering = Entity(
    "Offering", zh="供给", en="offering", keys=("off:{OFFERS}:{category?}:{title:text}",),
    properties=(
        Property("title", Text(), zh="项目名称", en="title", required=True),
        Property("category", Text(), zh="资源类别", en="category"),
        Property("content", Text(), zh="资源内容", en="content"),
        Property("quantity", Count(), zh="可提供数量", en="quantity"),
        Property("terms", Text(), zh="提供方式", en="terms"),
    ),
)  # fmt: skip
Need = Entity(
    "Need", zh="需求", en="need", keys=("need:{SEEKS}:{category?}:{title:text}",),
    properties=(
        Property("title", Text(), zh="需求内容", en="title", required=True),
        Property("category", Text(), zh="需求类别", en="category"),
        Property("quantity", Count(), zh="需求数量", en="quantity"),
        Property("deadline", Date(), zh="截止日期", en="deadline"),
        Property("urgency", OneOf({"紧急": ("急", "特急", "加急", "非常紧急"), "一般": ("普通", "不急", "正常")}, unknown="keep"), zh="紧急程度", en="urgency"),
        Property("status", Text(), zh="状态", en="status"),
    ),
)  # fmt: skip

OWNS = Relation("OWNS", zh="产权", en="owns", source=UNITS, target=RESOURCES)
OFFERS = Relation("OFFERS", zh="提供", en="offers", source=UNITS, target=(Offering,))
SEEKS = Relation("SEEKS", zh="需求", en="seeks", source=UNITS, target=(Need,))
USES = Relation("USES", zh="使用", en="uses", source=(ResourceUse,), target=RESOURCES)
USED_BY = Relation("USED_BY", zh="使用单位", en="used by", source=(ResourceUse,), target=UNITS)
ABOUT = Relation("ABOUT", zh="类别", en="about", source=(Need, Offering), target=(Concept,))

CONTACTS = Personal("联系人", "经办人", "负责人", "管理人", "填报人", "联系电话", "联系方式", "手机号码", "联系人电话", "电话", "手机", "签字", "姓名")

venues = Register(
    "venues", zh="场地资源登记表", en="venues to share", row=Venue,
    titles=("场地资源登记表", "共享场地资源登记表", "活动场地清单", "党建阵地一览表", "驻区单位资源清单", "场地清单", "闲置场地摸底表", "共享资源清单"),
    columns=(
        Ignored("序号", "编号", "照片", "填报时间", "预约方式", "所属街道", "所在街道", "开放对象"),
        Column("name", "场地名称", "资源名称", "阵地名称", "场所名称", "场馆名称", "场地", required=True),
        Column("kind", "资源类型", "场地类型", "阵地类型", "类型", "场地类别", "资源类别", "类别"),
        Link("owner", OWNS, "产权单位", "提供单位", "所属单位", "权属", "单位名称", "管理单位", "权属单位", "产权归属", "归属单位", "所有单位", end="source"),
        Column("address", "地址", "场地地址", "详细地址", "所在位置", "位置", "坐落"),
        Column("area_m2", "建筑面积\n(平方米)", "面积", "建筑面积", "使用面积", "面积（㎡）", "场地面积", "面积（平方米）"),
        Column("capacity", "可容纳人数", "容纳人数", "座位数", "可容纳", "容量", "容纳人数（人）", "最大容纳人数"),
        Column("equipment", "设施设备", "设备", "配套设施", "设备设施", "配套设备"),
        Column("open_hours", "开放时间", "可用时段", "开放时段", "可提供时间", "可用时间", "可使用时间"),
        Column("fee", "收费标准", "收费", "收费情况", "是否收费", "收费方式", "费用"),
        Column("status", "使用状态", "资源状态", "状态", "当前状态", "使用情况", "使用现状"),
        Column("keeps_log", "使用登记", "有无使用登记", "是否登记使用", "是否有使用登记簿", "登记情况", "有无登记簿"),
        CONTACTS,
        Column("remark", "备注", "说明", "其他"),
        Column("keeps_log", rides="remark"),
    ),
)  # fmt: skip
red_bases = Register(
    "red_bases", zh="红色教育基地名录", en="red education bases", row=RedBase,
    titles=("红色教育基地名录", "红色教育基地登记表", "开放式组织生活基地名录", "党员教育基地名录", "爱国主义教育基地名录", "红色资源清单"),
    columns=(
        Ignored("序号", "编号"),
        Column("name", "基地名称", "场馆名称", "展馆名称", "红色资源名称", "教育基地名称", "阵地名称", "名称", required=True),
        Column("kind", "基地类型", "类型", "场馆类型", "基地类别"),
        Column("level", "命名级别", "级别", "基地级别", "等级"),
        Link("owner", OWNS, "所属单位", "产权单位", "建设单位", "管理单位", "主管单位", "单位名称", "权属单位", "依托单位", end="source"),
        Column("address", "地址", "所在地址", "详细地址", "基地地址", "位置"),
        Column("theme", "主题", "教育主题", "精神谱系", "展陈主题", "主题内容"),
        Column("group_capacity", "最大承载量", "单批人数", "最大承载量（单批人数）", "接待能力", "承载量", "单批承载量", "容纳人数"),
        Column("open_hours", "开放时间", "参观时间", "开放时段"),
        Column("guide", "讲解", "讲解员", "讲解服务", "讲解情况"),
        Column("status", "使用状态", "状态"),
        Column("keeps_log", "使用登记", "有无使用登记", "有无登记簿"),
        CONTACTS,
        Column("remark", "备注", "说明"),
        Column("keeps_log", rides="remark"),
    ),
)  # fmt: skip
uses = Register(
    "resource_uses", zh="场地使用登记表", en="log of use", row=ResourceUse, scope=INCREMENT,
    titles=("场地使用登记表", "场地使用登记", "使用登记簿", "场地使用台账", "场地使用记录", "活动场地使用登记"),
    columns=(
        Ignored("序号", "设施完好情况", "备注"),
        Column("day", "使用日期", "日期", "使用时间", "登记日期", required=True),
        Column("time", "起止时间", "时间段", "使用时段", "时段", "起讫时间", "使用起止时间", "时间"),
        Link("resource", USES, "场地名称", "资源名称", "使用场地", "场地", "阵地名称", "场所", "使用资源", end="target", required=True),
        Link("user", USED_BY, "使用单位", "借用单位", "申请单位", "使用部门", "使用方", end="target"),
        Column("purpose", "活动名称", "用途", "使用事由", "活动内容", "使用用途", "事由"),
        Column("headcount", "参加人数", "人数", "使用人数", "参与人数", "活动人数"),
        CONTACTS,
    ),
)  # fmt: skip
needs = Register(
    "needs", zh="需求清单", en="needs", row=Need,
    titles=("需求清单", "需求征集表", "需求传声筒", "社区需求清单", "需求汇总表"),
    columns=(
        Ignored("序号", "编号", "备注", "认领单位"),
        Link("unit", SEEKS, "需求单位", "需求方", "单位名称", "提出单位", "社区名称", "社区", "需求社区", "申请单位", "所在社区", end="source", required=True),
        Column("category", "需求类别", "类别", "需求类型", "服务类别"),
        Column("title", "需求内容", "需求事项", "需求名称", "需求描述", "内容", "具体需求", required=True),
        Link("about", ABOUT, rides="category", end="target", split=True, scheme="service"),
        Column("quantity", "需求数量", "数量", "需求量"),
        Column("deadline", "截止日期", "需求时效", "完成时限", "截止时间", "期限", "时限", "需求期限"),
        Column("urgency", "紧急程度", "紧急度", "缓急程度", "紧迫程度"),
        Column("status", "状态", "办理状态", "对接状态"),
        CONTACTS,
    ),
)  # fmt: skip
offers = Register(
    "offers", zh="资源清单", en="offers", row=Offering,
    titles=("资源清单", "可提供资源清单", "驻区单位服务清单", "供给清单", "社会组织服务清单", "资源供给清单"),
    columns=(
        Ignored("序号", "编号", "备注", "可提供时间"),
        Link("unit", OFFERS, "单位名称", "提供单位", "资源单位", "供给单位", "服务单位", "资源提供单位", "企业名称", end="source", required=True),
        Column("category", "资源类别", "资源类型", "类别", "供给类别"),
        Column("title", "项目名称", "服务名称", "资源名称", "服务项目", "项目", "供给名称", required=True),
        Link("about", ABOUT, rides="title", end="target", split=True, scheme="service"),
        Column("content", "资源内容", "服务内容", "资源描述", "内容", "具体内容", "资源简介"),
        Column("quantity", "可提供数量", "数量", "供给数量", "提供数量"),
        Column("terms", "提供方式", "方式", "供给方式", "是否有偿"),
        CONTACTS,
    ),
)  # fmt: skip
