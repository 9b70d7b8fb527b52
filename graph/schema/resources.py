"""Resources: venues and red bases with their use, needs and offers."""

from graph import headings, mechanisms
from graph.kinds import INCREMENT, Column, Entity, Ignored, ItemsOf, Link, Personal, Property, Register, Relation
from graph.schema.assets import Brand, Course, CulturalResource, Honour, IdleProperty, Project
from graph.schema.booking_columns import BEGIN, BEGINS, BOOKING_COLUMNS, DAYS_OF_USE, FINISH, LENGTH
from graph.schema.governance import AgendaItem, Notice
from graph.schema.members import Concept
from graph.schema.organizations import UNITS
from graph.schema.position_columns import POSITION, POSITION_COLUMNS
from graph.texts import Said
from graph.types import (
    CALLED_OFF,
    TAKEN_BACK,
    Area,
    Bool,
    Count,
    CountedIn,
    Date,
    KeepsLog,
    LeadDays,
    ListOf,
    Name,
    Occasion,
    OneOf,
    OpeningHours,
    Status,
    Text,
    TimeRange,
)  # fmt: skip

STANDING = Status(
    {"在用": ("使用中", "正常使用"), "闲置": ("空闲", "空置", "空", "空着"), "装修改造": (), "停用": ("已停用",)}
)

Venue = Entity(
    "Venue", zh="场地", en="venue", heading=headings.FACILITIES, example="示范会议室", mention="resolve", keys=("ven:{OWNS?}:{name:room}",),
    apart=("OWNS", "address", "area_m2?", "capacity?"),
    properties=(
        Property("name", Name(), zh="名称", en="name", required=True),
        Property(
            "kind",
            OneOf(
                {
                    "会议室": ("会议厅", "培训室", "meeting room", "conference room"), "电教室": ("电化教室", "多媒体教室", "党员电教室"), "多功能厅": ("多功能室", "活动室", "活动中心", "activity room", "multi-purpose room"),
                    "运动场": ("篮球场", "体育场", "足球场", "羽毛球馆", "体育馆", "球场", "sports hall", "sports field", "gym"),
                    "食堂": ("职工食堂", "餐厅", "canteen"), "停车场": ("停车位", "car park", "parking"),
                    "图书室": ("图书馆", "阅览室", "图书角", "书屋", "library"), "礼堂": ("大礼堂", "报告厅", "剧场", "auditorium", "assembly hall"),
                    "空地": ("广场", "场院", "open space"),
                },
                unknown="keep",
            ),
            zh="类型", en="kind",
        ),
        Property("area_m2", Area(indoors=True), zh="面积（㎡）", en="area (m²)"),
        Property("capacity", Count(of="people"), zh="可容纳人数", en="capacity (people)"),
        Property("equipment", ListOf(), zh="设施设备", en="equipment"),
        Property("open_hours", OpeningHours(), zh="开放时间", en="opening hours"),
        Property("fee", Text(), zh="收费", en="fee"),
        Property("lead_days", LeadDays(), zh="提前预约天数", en="days to book ahead"),
        Property("status", STANDING, zh="使用状态", en="status as registered"),
        Property("keeps_log", KeepsLog(), zh="有使用登记", en="a log of use is kept"),
        Property("address", Text(), zh="地址", en="address"),
        *POSITION,
        Property("remark", Text(), zh="备注", en="remark"),
    ),
)  # fmt: skip
RedBase = Entity(
    "RedBase", zh="红色教育基地", en="red education base", heading=headings.FACILITIES, example="示范纪念馆", mention="resolve", keys=("red:{name:core}",),
    apart=("OWNS", "address"),
    properties=(
        Property("name", Name(), zh="名称", en="name", required=True),
        Property("kind", Text(), zh="类型", en="kind"),
        Property("level", OneOf({"国家": ("国家级", "national"), "省": ("省级", "自治区级", "provincial"), "市": ("市级", "city", "municipal"), "区": ("区级", "县级", "district", "county")}, unknown="keep"), zh="命名级别", en="level"),
        Property("theme", Text(), zh="主题", en="theme"),
        Property("group_capacity", Count(of="people"), zh="单批承载人数", en="people per group"),
        Property("open_hours", OpeningHours(), zh="开放时间", en="opening hours"),
        Property("guide", Text(), zh="讲解", en="guide"),
        Property("programmes", ListOf(), zh="可开展活动", en="what can be done there"),
        Property("figures", ListOf(), zh="涉及人物·事件", en="figures and events"),
        Property("lead_days", LeadDays(), zh="提前预约天数", en="days to book ahead"),
        Property("status", STANDING, zh="使用状态", en="status as registered"),
        Property("keeps_log", KeepsLog(), zh="有使用登记", en="a log of use is kept"),
        Property("address", Text(), zh="地址", en="address"),
        *POSITION,
        Property("remark", Text(), zh="备注", en="remark"),
    ),
)  # fmt: skip
RESOURCES = (Venue, RedBase)
ResourceUse = Entity(
    "ResourceUse", zh="使用记录", en="use of a resource", heading=headings.FACILITIES, searched=False, keys=("use:{USES}:{day?:date}:{time_from?}:{USED_BY?}",),
    apart=("purpose", "headcount?"),
    properties=(
        Property("day", Date(), zh="日期", en="day", required=True),
        Property("time", TimeRange(), zh="起止时间", en="from and to"),
        Property("headcount", Count(of="visits"), zh="人数", en="people"),
        Property("purpose", Text(), zh="活动名称", en="purpose"),
        Property("called_off", CALLED_OFF, zh="已取消", en="called off"),
    ),
)  # fmt: skip
Offering = Entity(
    "Offering", zh="供给", en="offering", heading=headings.ACTIVITIES, searched=False, keys=("off:{OFFERS}:{category?}:{title:text}",), apart=("specification",),
    properties=(
        Property("title", Text(), zh="项目名称", en="title", required=True),
        Property("category", Text(), zh="资源类别", en="category"),
        Property("content", Text(), zh="资源内容", en="content"),
        Property("quantity", Count(of="things"), zh="可提供数量", en="quantity"),
        Property("unit", Text(), zh="计量单位", en="unit of the quantity"),
        Property("to_review", Bool(), zh="待核对", en="read from free text, to be reviewed"),
        Property("terms", Text(), zh="提供方式", en="terms"),
        Property("available", Text(), zh="可提供时间", en="when available"),
        Property("slots", OpeningHours(quiet=True), zh="可提供时段", en="weekly slots"),
        Property("specification", Text(), zh="规格型号", en="specification"),
        Property("capacity", Text(), zh="产能", en="capacity to supply"),
        Property("applications", Text(), zh="应用领域", en="fields of use"),
        Property("standard", Text(), zh="资质·标准", en="qualification and standard"),
        Property("hours", Count(of="hours"), zh="服务时长（小时）", en="hours served"),
        Property("rating", Text(), zh="评价", en="rating"),
        Property("taken_back", TAKEN_BACK, zh="已停止提供", en="no longer offered"),
    ),
)  # fmt: skip
Need = Entity(
    "Need", zh="需求", en="need", heading=headings.ACTIVITIES, searched=False, mention="resolve", keys=("need:{SEEKS}:{category?}:{title:text}",),
    apart=("requirements", "place"),
    properties=(
        Property("title", Text(), zh="需求内容", en="title", required=True),
        Property("category", Text(), zh="需求类别", en="category"),
        Property("quantity", Count(of="things"), zh="需求数量", en="quantity"),
        Property("unit", Text(), zh="计量单位", en="unit of the quantity"),
        Property("content", Text(), zh="原文", en="in the words of the cell"),
        Property("to_review", Bool(), zh="待核对", en="read from free text, to be reviewed"),
        Property("raised", Date(), zh="提出时间", en="raised on"),
        Property("deadline", Date(last=True), zh="截止日期", en="deadline"),
        Property("urgency", OneOf({"紧急": ("急", "特急", "加急", "非常紧急", "urgent"), "一般": ("普通", "不急", "正常", "normal")}, unknown="keep"), zh="紧急程度", en="urgency"),
        Property("status", Status({"待对接": (), "对接中": (), "已满足": ()}), zh="状态", en="status"),
        Property("requirements", Text(), zh="条件要求", en="requirements"),
        Property("beneficiaries", Text(), zh="服务对象", en="whom it serves"),
        Property("filled", Count(of="visits"), zh="已招募人数", en="places filled", changes=True),
        Property("place", Text(), zh="地点", en="place as written"),
        Property("time", Text(), zh="服务时间", en="time as written"),
        Property("supplier", Text(), zh="现供应来源", en="present source of supply"),
    ),
)  # fmt: skip

OWNS = Relation(
    "OWNS", zh="产权", en="owns", source=UNITS, target=(*RESOURCES, IdleProperty, CulturalResource), owns=True, unit_is=Said("产权单位", "owner"),
)  # fmt: skip
OFFERS = Relation("OFFERS", zh="提供", en="offers", source=UNITS, target=(Offering, Course), owns=True)
SEEKS = Relation(
    "SEEKS", zh="需求", en="seeks", source=UNITS, target=(Need,), owns=True, unit_is=Said("提出需求", "in need")
)
USES = Relation("USES", zh="使用", en="uses", source=(ResourceUse,), target=RESOURCES)
USED_BY = Relation("USED_BY", zh="使用单位", en="used by", source=(ResourceUse,), target=UNITS)
ABOUT = Relation(
    "ABOUT", zh="类别", en="about", source=(Need, Offering, Project, Course, Brand, AgendaItem, Notice), target=(Concept,),
)  # fmt: skip
RECOGNISED_AS = Relation(
    "RECOGNISED_AS", zh="命名", en="recognised as", source=(*UNITS, RedBase, Brand), target=(Honour,), unit_is=Said("获得", "holds it"),
)  # fmt: skip
COMMEMORATES = Relation("COMMEMORATES", zh="纪念", en="commemorates", source=(RedBase,), target=(CulturalResource,))

CONTACTS = Personal(
    "联系人", "经办人", "负责人", "管理人", "填报人", "联系电话", "联系方式", "手机号码", "联系人电话", "电话", "手机", "签字", "姓名", "联络人",
    "联络员", "联络电话", "联系人姓名", "联系人手机", "联系手机", "手机号", "负责人电话", "负责人姓名", "管理员", "管理员电话", "管理人员",
    "管理人员电话", "预约电话", "预约联系人", "咨询电话", "服务电话", "固定电话", "办公电话", "联系人及电话", "联系人及联系方式", "移动电话",
    "经办人电话", "借用人", "借用人电话", "使用人", "登记人", "申请人", "申请人电话", "值班人员", "对接人", "对接人电话", "邮箱", "微信", "微信号",
    "身份证号", "身份证号码", "签名", "使用人签字", "借用人签字", "填表人", "责任人", "责任人电话", "场地管理员", "讲解员姓名", "讲解员电话",
    "提出人", "需求人", "需求人姓名", "性别", "年龄", "家庭住址", "住址", "安全责任人",
)  # fmt: skip

BOOKING = (
    "提前预约天数",
    "预约方式",
    "预约要求",
    "预约流程",
    "是否需预约",
    "是否需要预约",
    "提前天数",
    "预约时限",
    "预约提前天数",
    "提前预约时间",
    "预约办法",
)
venues = Register(
    "venues", loads=(mechanisms.VENUES, mechanisms.FILLED_LEDGERS,), zh="场地资源登记表", en="venues to share", row=Venue,
    titles=("场地资源登记表", "共享场地资源登记表", "活动场地清单", "党建阵地一览表", "驻区单位资源清单", "场地清单", "闲置场地摸底表", "共享资源清单",
        "空闲场地摸底登记表", "场地资源一览表", "共享场地一览表", "可共享场地", "阵地资源清单", "党建阵地资源清单", "场地资源清单", "场地摸底表", "场地台账"),
    columns=(
        Ignored(
            "序号", "编号", "照片", "填报时间", "所属街道", "所在街道", "开放对象", "照片链接", "场地照片", "图片", "填报单位",
            "填报日期", "面向对象", "服务对象", "开放范围", "适用对象",
            "所属社区", "所在社区", "所在街道（办事处）", "楼层", "所在楼层", "近一年使用次数", "年使用次数", "使用次数", "安全责任", "有效期",
            "投入使用时间", "建成时间", "场地编号", "资源编号", "停车位", "是否有停车位", "场地介绍", "功能介绍", "数量",
        ),
        Column(
            "name", "场地名称", "资源名称", "阵地名称", "场所名称", "场馆名称", "场地", "场地名", "共享场地名称", "活动场地名称", "活动阵地名称",
            "党建阵地名称", "资源（场地）名称", "设施名称", "场馆名", "空间名称", "站点名称", "党建阵地", "共享资源名称", "会议室名称",
            "活动场所名称", "活动场地", "场地（设施）名称", "服务站点名称", "闲置场地名称", "名称", required=True,
        ),
        Column(
            "kind", "资源类型", "场地类型", "阵地类型", "类型", "场地类别", "资源类别", "类别", "资源种类", "场地性质", "场地用途", "场地种类",
            "阵地类别", "场所类型", "场馆类型", "场所类别", "资源分类", "设施类型", "用途", "功能", "功能类型",
        ),
        Link(
            "owner", OWNS, "产权单位", "提供单位", "所属单位", "权属", "单位名称", "管理单位", "权属单位", "产权归属", "归属单位", "所有单位",
            "产权方", "所属企业", "所有权单位", "场地所属单位", "提供方", "场地提供单位", "资源提供单位", "归属", "所有人单位", "产权人单位",
            "产权所属", "场地权属", "隶属单位", "企业名称", "公司名称", "产权单位名称", "提供单位名称", "权属人", "产权（管理）单位", "管理单位名称",
            "产权", "共建单位", "驻区单位", "驻区单位名称", end="source",
        ),
        Column(
            "address", "地址", "场地地址", "详细地址", "所在位置", "位置", "坐落", "场地位置", "场所地址", "阵地地址", "具体位置", "具体地址",
            "所在地址", "所在地", "地点", "场地地点", "坐落位置", "坐落地址", "场馆地址", "门牌地址",
        ),
        *POSITION_COLUMNS,
        Column(
            "area_m2", "建筑面积\n(平方米)", "面积", "建筑面积", "使用面积", "面积（㎡）", "场地面积", "面积大小", "面积（平方米）", "场所面积", "阵地面积",
            "占地面积", "建设面积", "实用面积", "室内面积", "可用面积", "总面积", "活动面积", "可使用面积", "场馆面积",
        ),
        Column(
            "capacity", "可容纳人数", "容纳人数", "座位数", "可容纳", "容量", "容纳人数（人）", "最大容纳人数", "最多容纳人数", "可容纳人员",
            "容纳量", "容量人数", "承载人数", "最大容量", "可容纳人员数", "规模（人）", "座席数", "席位数", "座位", "座位数量", "最大承载人数",
            "人数上限", "承接规模", "可容纳规模", "容纳规模",
        ),
        Column(
            "equipment", "设施设备", "设备", "配套设施", "设备设施", "配套设备", "设施", "设备情况", "设施设备情况", "硬件设施", "硬件设备", "配置",
            "设备配置", "设施配置", "配备设施", "主要设施", "主要设备", "场地设施", "配套情况", "可用设备",
        ),
        Column(
            "open_hours", "开放时间", "可用时段", "开放时段", "可提供时间", "可用时间", "可使用时间", "可使用时段", "可提供时段", "可提供使用时间",
            "可预约时间", "可预约时段", "可共享时间", "共享时段", "共享时间", "对外开放时间", "开放使用时间", "开放时间段", "开放日期及时间",
            "使用时段", "空闲时段", "空闲时间", "可开放时间", "可开放时段", "可借用时间",
        ),
        Column(
            "fee", "收费标准", "收费", "收费情况", "是否收费", "收费方式", "费用", "是否免费", "收费与否", "收费标准及方式", "使用费用", "租金",
            "使用费", "费用标准", "使用收费", "有偿/无偿", "提供方式", "价格", "收费价格",
        ),
        Column("lead_days", *BOOKING),
        Column(
            "status", "使用状态", "资源状态", "状态", "当前状态", "使用情况", "使用现状", "场地状态", "目前状态", "现状", "场地现状", "利用情况",
            "利用状态", "使用状况", "场地使用状态", "场地使用情况", "启用状态", "闲置情况", "是否闲置",
        ),
        Column(
            "keeps_log", "使用登记", "有无使用登记", "是否登记使用", "是否有使用登记簿", "登记情况", "有无登记簿", "是否有使用登记",
            "是否建立使用登记", "使用登记情况", "有无使用台账", "使用台账", "登记簿", "是否有登记簿", "使用登记簿", "有无登记", "是否登记",
            "使用记录", "有无使用记录", "是否有使用记录",
        ),
        CONTACTS,
        Column("remark", "备注", "说明", "其他", "其他说明", "其它", "补充说明", "备注说明", "需说明事项", "注意事项", "使用须知"),
        Column("keeps_log", rides="remark", type=KeepsLog(in_remark=True)),
    ),
)  # fmt: skip
uses = Register(
    "resource_uses", loads=(mechanisms.VENUE_LOG, mechanisms.FILLED_LEDGERS,), zh="场地使用登记表", en="log of use", row=ResourceUse, scope=INCREMENT, inputs=(DAYS_OF_USE, BEGIN, FINISH, LENGTH),
    titles=("场地使用登记表", "场地使用登记", "使用登记簿", "场地使用台账", "场地使用记录", "活动场地使用登记",
        "场地借用登记", "会议室借用登记", "会议室使用登记", "场地使用情况登记表", "阵地使用登记", "场地预约登记",
        "参观登记", "接待登记", "来访接待记录", "参观接待记录", "研学登记", "打卡记录", "打卡情况", "打卡登记"),
    columns=(
        Ignored(
            "序号", "设施完好情况", "编号", "设备完好情况", "设施设备完好情况", "场地完好情况", "归还时间", "归还情况", "审批意见",
            "审核意见", "审批情况", "卫生情况", "设备使用情况", "使用设备", "场地类型", "收费情况", "预约编号", "检查情况", "完好情况", "评价",
            "登记编号",
        ),
        Column(
            "day", "使用日期", "日期", "使用时间", "登记日期", "借用日期", "活动日期", "使用年月日", "预约日期", "使用日", "登记时间", "借用日", "申请使用日期", "活动时间", "使用起始日期",
            "参观日期", "参观时间", "来访日期", "来访时间", "接待日期", "接待时间", "到访日期", "研学日期", *BEGINS, required=True, type=Occasion(),
        ),
        Column(
            "time", "起止时间", "时间段", "使用时段", "时段", "起讫时间", "使用起止时间", "时间", "借用时间", "借用时段", "使用时间段",
            "使用时间（起止）", "具体时间", "起止时段", "开始结束时间", "预约时段", "活动时段", "时间（起止）", "具体时段", "使用起止时段",
        ),
        *BOOKING_COLUMNS,
        Link(
            "resource", USES, "场地名称", "资源名称", "使用场地", "场地", "阵地名称", "场所", "使用资源", "借用场地", "使用场所", "使用场地名称",
            "场地（会议室）", "会议室", "会议室名称", "场馆名称", "场馆", "场所名称", "借用场所", "阵地", "使用阵地", "资源", "预约场地", "活动场地",
            "使用资源名称", "场地名", "地点", "使用地点", "借用地点", "参观地点", "参观场馆", "参观点", "接待点", "接待场馆", "参观基地", "基地名称", "教学点", "去的阵地", "打卡点", "打卡阵地", "参观阵地", end="target", required=True,
        ),
        Link(
            "user", USED_BY, "使用单位", "借用单位", "申请单位", "使用部门", "使用方", "使用单位名称", "借用部门", "借用方", "申请方", "预约单位",
            "使用单位（部门）", "活动单位", "组织单位", "使用团体", "申请使用单位", "借用单位名称", "单位名称", "使用者单位", "单位", "主办单位",
            "借用单位（部门）", "参观单位", "来访单位", "到访单位", "参观团队", "来访团队", "参访单位", "研学单位", end="target",
        ),
        Column(
            "purpose", "活动名称", "用途", "使用事由", "活动内容", "使用用途", "事由", "使用目的", "活动主题", "活动事由", "借用事由", "借用用途",
            "会议名称", "活动项目", "使用内容", "使用原因", "活动（会议）名称", "会议（活动）名称", "用途说明", "主题", "开展内容", "参观内容", "参观目的", "来访事由", "学习内容",
        ),
        Column("called_off", "备注", "备注说明", "记一笔"),
        Column("headcount", "参加人数", "人数", "使用人数", "参与人数", "活动人数", "参会人数", "参与人次", "参加人次", "活动参加人数", "到场人数", "出席人数", "使用人次", "活动规模", "参加活动人数", "实到人数", "参观人数", "来访人数", "接待人数", "到访人数"),
        CONTACTS,
    ),
)  # fmt: skip
RAISED = (
    "提出时间",
    "提出日期",
    "发布时间",
    "发布日期",
    "征集时间",
    "征集日期",
    "提交时间",
    "提交日期",
    "登记时间",
    "登记日期",
    "上报时间",
)
needs = Register(
    "needs", loads=(mechanisms.THREE_LISTS,), zh="需求清单", en="needs", row=Need,
    titles=("群众诉求清单", "民生诉求清单", "居民诉求征集表", "诉求汇总表", "需求清单", "需求征集表", "需求传声筒", "社区需求清单", "需求汇总表",
        "需求征集汇总表", "需求登记表", "需求台账", "需求统计表", "需求一览表"),
    columns=(
        Ignored(
            "序号", "编号", "备注", "认领单位", "需求编号", "认领人", "认领企业", "认领情况", "对接单位", "对接时间", "认领时间",
            "服务对象", "服务对象范围", "受益人数", "地点", "服务地点", "责任单位", "所在党组织",
            "所属街道", "所在街道", "需求来源", "完成日期", "评价",
        ),
        Link(
            "unit", SEEKS, "需求单位", "需求方", "单位名称", "提出单位", "社区名称", "社区", "需求社区", "申请单位", "所在社区", "需求单位名称",
            "需求主体", "需求提出单位", "提需单位", "提报单位", "填报单位", "发布单位", "申报单位", "征集单位", "需求社区名称", "需求单位（社区）",
            "所属社区", "需求方名称", "居民区", "居民区名称", "单位", "提出社区", "居委会", "企业名称", "需求企业", end="source", required=True,
        ),
        Column("category", "需求类别", "类别", "需求类型", "服务类别", "需求分类", "需求种类", "需求项目类别", "类型", "服务类型", "需求领域", "需求类", "需求分类名称"),
        Column(
            "title", "需求内容", "需求事项", "需求名称", "需求描述", "内容", "具体需求", "需求项目", "需求", "需求项目名称", "具体需求内容",
            "需求说明", "需求事项描述", "需求内容描述", "具体内容", "具体事项", "需求详情", "需求具体内容", "需解决的问题", "需协调解决事项",
            "所需服务", "服务需求", "需求诉求", "需求服务", "事项", required=True,
        ),
        Link("about", ABOUT, rides="category", end="target", split=True, scheme="service"),
        Column("quantity", "需求数量", "数量", "需求量", "数量要求", "所需数量", "需求人数", "需求数", "需要数量", "人数", "需求数量/人数", "所需人数"),
        Column("raised", *RAISED),
        Column(
            "deadline", "截止日期", "需求时效", "完成时限", "截止时间", "期限", "时限", "需求期限", "期望完成时间", "期望时间", "需求时间",
            "需求截止时间", "需求截止日期", "完成时间", "解决时限", "需求完成时限", "希望完成时间", "希望解决时间", "办理时限", "要求完成时间",
            "到期时间", "时间要求", "计划完成时间", "需求时限", "有效期",
        ),
        Column("urgency", "紧急程度", "紧急度", "缓急程度", "紧迫程度", "紧急情况", "紧急等级", "急缓程度", "优先级", "是否紧急", "轻重缓急", "需求紧急程度", "紧急", "紧迫度"),
        Column("status", "状态", "办理状态", "对接状态", "需求状态", "办理情况", "对接情况", "落实情况", "完成情况", "解决情况", "当前状态", "认领状态", "完成状态", "处理状态", "进展情况", "是否解决", "是否认领"),
        ItemsOf("title", rides="title", into="needs"),
        CONTACTS,
    ),
)  # fmt: skip
offers = Register(
    "offers", loads=(mechanisms.THREE_LISTS,), zh="资源清单", en="offers", row=Offering,
    titles=("资源清单", "可提供资源清单", "驻区单位服务清单", "供给清单", "社会组织服务清单", "资源供给清单",
        "服务清单", "供给资源清单", "服务项目清单", "群团服务项目清单", "可提供服务清单", "资源供给表"),
    columns=(
        Ignored(
            "序号", "编号", "资源编号", "服务对象", "服务地点", "地点",
            "适用对象", "面向对象", "填报时间", "有效期", "认领单位", "认领情况", "对接单位", "预约方式", "所属街道", "所在街道", "所在党组织",
            "党组织名称", "地址", "使用情况", "状态", "资源状态", "说明", "其他",
        ),
        Link(
            "unit", OFFERS, "单位名称", "提供单位", "资源单位", "供给单位", "服务单位", "资源提供单位", "企业名称", "提供单位名称", "资源提供方",
            "提供方", "供给方", "服务提供单位", "服务提供方", "供给单位名称", "资源单位名称", "所属单位", "驻区单位", "驻区单位名称", "共建单位",
            "共建单位名称", "单位全称", "公司名称", "单位", "机构名称", "组织名称", "社会组织名称", "填报单位", "牵头单位", end="source",
            required=True,
        ),
        Column("category", "资源类别", "资源类型", "类别", "供给类别", "资源种类", "资源分类", "服务类别", "服务类型", "供给类型", "类型", "项目类别", "项目类型", "服务分类", "支持类型", "支持类别"),
        Column(
            "title", "项目名称", "服务名称", "资源名称", "服务项目", "项目", "供给名称", "服务项目名称", "资源项目", "资源项目名称", "供给项目",
            "供给项目名称", "服务清单", "可提供服务", "可提供的服务", "可提供资源名称", "可提供的资源", "可提供资源", "共享资源", "可供资源",
            "活动名称", "资源", "服务", "课程名称", required=True,
        ),
        Link("about", ABOUT, rides="title", end="target", split=True, scheme="service"),
        Column("unit", rides="quantity", type=CountedIn()),
        Column(
            "content", "资源内容", "服务内容", "资源描述", "内容", "具体内容", "资源简介", "项目内容", "服务内容描述", "资源说明", "项目简介",
            "服务简介", "具体服务内容", "资源具体内容", "供给内容", "资源描述说明", "项目描述", "服务描述", "资源介绍", "内容简介", "具体服务",
            "主要内容", "项目内容及简介", "服务内容及形式", "资源情况",
        ),
        Column("quantity", "可提供数量", "数量", "供给数量", "提供数量", "可供数量", "供应数量", "资源数量", "服务数量", "可提供数", "数量/单位", "可提供次数", "服务次数", "可服务次数", "可提供服务次数", "服务人数"),
        Column("terms", "提供方式", "方式", "供给方式", "是否有偿", "是否免费", "收费方式", "有偿/无偿", "服务方式", "收费标准", "是否收费", "提供形式", "供给形式", "收费情况", "无偿/有偿", "无偿或低偿", "费用"),
        Column("available", "可提供时间", "可服务时间", "服务时间", "提供时间", "可提供时段", "服务时段", "可服务时段", "可用时间", "可提供日期", "开放时间"),
        Column("slots", rides="available"),
        Column("taken_back", "备注", "备考", "备注说明"),
        ItemsOf("title", rides="title", into="offers"),
        ItemsOf("title", rides="content", into="offers"),
        CONTACTS,
    ),
)  # fmt: skip
