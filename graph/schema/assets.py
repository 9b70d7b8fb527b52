"""Kinds of entity for what units make, run and are known for: projects, idle property, courses, culture, brands, honours.

The relations and registers that speak of them stand in modules of their own, which import the kinds from here.
"""

from graph.headings import ACTIVITIES, BRANDS, FACILITIES, SERVICES
from graph.kinds import Entity, Property
from graph.types import LENGTH, MINUTES, MONEY, POWER, WEIGHT, Area, Count, Date, ListOf, Name, OneOf, Status, Text

LEVELS = OneOf(
    {
        "国家": ("国家级", "全国", "部级", "中央", "央级"), "省": ("省级", "省部级", "全省", "自治区级"), "市": ("市级", "全市", "地市级", "厅局级"),
        "区": ("区级", "县级", "区县级", "全区", "县区级"), "街道": ("街道级", "镇级", "乡镇级", "街镇级"),
    },
    unknown="keep",
)  # fmt: skip
PROGRESS = Status(
    {
        "未启动": ("未开始", "待启动", "筹备中", "筹备", "计划中"), "进行中": ("实施中", "在建", "推进中", "正在实施", "办理中", "开展中", "正在推进"),
        "已完成": ("完成", "已完工", "完工", "已结项", "办结", "已办结"), "已终止": ("终止", "取消"),
    },
)  # fmt: skip

Project = Entity(
    "Project", zh="项目", en="project", heading=ACTIVITIES, mention="resolve", keys=("prj:{LEADS?}:{title:text}:{start?:date}",),
    apart=("LEADS", "start", "place", "BENEFITS"),
    properties=(
        Property("title", Text(), zh="项目名称", en="title", required=True),
        Property("category", Text(), zh="项目类别", en="category"),
        Property("content", Text(), zh="项目内容", en="content"),
        Property("beneficiaries", Text(), zh="服务对象", en="whom it serves"),
        Property("place", Text(), zh="实施地点", en="place as written"),
        Property("start", Date(), zh="开始时间", en="start"),
        Property("end", Date(last=True), zh="结束时间", en="end", after="start"),
        Property("budget", MONEY, zh="预算（元）", en="budget (yuan)"),
        Property("status", PROGRESS, zh="状态", en="status"),
        Property("progress", Text(), zh="进度", en="progress as reported"),
        Property("result", Text(), zh="成效", en="result"),
    ),
)  # fmt: skip
IdleProperty = Entity(
    "IdleProperty", zh="闲置厂房楼宇空地", en="idle property", heading=SERVICES, example="示范厂房", mention="resolve", keys=("prop:{OWNS?}:{name:core}",),
    apart=("OWNS", "address", "floor", "area_m2?"),
    properties=(
        Property("name", Name(), zh="载体资源名称", en="name", required=True),
        Property(
            "kind",
            OneOf({"厂房": ("车间", "生产用房"), "楼宇": ("写字楼", "办公楼", "商务楼"), "仓库": ("库房", "仓储"), "空地": ("场地", "土地", "空闲土地"), "商铺": ("门面房", "门面", "商业用房")}, unknown="keep"),
            zh="载体类型", en="kind",
        ),
        Property("address", Text(), zh="资源具体地址", en="address"),
        Property("area_m2", Area(indoors=True), zh="建筑面积（㎡）", en="floor area (m²)"),
        Property("land_m2", Area(), zh="占地面积（㎡）", en="land (m²)"),
        Property("floor", Text(), zh="楼层", en="floor"),
        Property("clear_height_m", LENGTH, zh="层高（米）", en="clear height (m)"),
        Property("crane_t", WEIGHT, zh="行车吨位（吨）", en="crane (t)"),
        Property("floor_load", Text(), zh="承重", en="floor load"),
        Property("power_kva", POWER, zh="配电容量（kVA）", en="electric power (kVA)"),
        Property("fire_class", Text(), zh="消防等级", en="fire class"),
        Property("status", Status({"未使用": ("闲置", "空置", "未租", "空闲", "待租", "空", "空着"), "已使用": ("在用", "已租", "已出租", "使用中", "部分使用", "租", "租出", "用着"), "已停用": ("停用", "拆除", "待拆")}), zh="资源状态", en="status"),
        Property("tenure", OneOf({"租售一体": ("可租可售", "租售", "出租或出售", "出租/出售", "出租、出售"), "出租": ("租赁", "可租"), "出售": ("转让", "可售")}, unknown="keep"), zh="产权性质", en="let or sold"),
        Property("rent", Text(), zh="租金", en="rent as written"),
        Property("available_from", Date(), zh="可租起始", en="available from"),
        Property("industries", ListOf(), zh="入驻产业类别", en="industries wanted"),
        Property("conditions", Text(), zh="入驻条件", en="conditions"),
        Property("remark", Text(), zh="备注", en="remark"),
    ),
)  # fmt: skip
CulturalResource = Entity(
    "CulturalResource", zh="文化资源·人物事迹", en="cultural resource", heading=FACILITIES, example="示范事迹", mention="resolve", keys=("cul:{name:core}",),
    apart=("OWNS", "address", "era"),
    properties=(
        Property("name", Name(), zh="资源名称", en="name", required=True),
        Property(
            "kind",
            OneOf({"非物质文化遗产": ("非遗", "非遗项目"), "名人事迹": ("人物事迹", "劳模事迹", "先进事迹", "历史人物", "英模人物"), "文物遗址": ("文物", "遗址", "旧址", "文保单位", "工业遗产"), "文艺作品": ("作品", "剧目")}, unknown="keep"),
            zh="类别", en="kind",
        ),
        Property("theme", Text(), zh="主题", en="theme"),
        Property("story", Text(), zh="事迹简介", en="story"),
        Property("era", Text(), zh="年代", en="era"),
        Property("level", LEVELS, zh="级别", en="level"),
        Property("address", Text(), zh="地址", en="address"),
        Property("remark", Text(), zh="备注", en="remark"),
    ),
)  # fmt: skip
Course = Entity(
    "Course", zh="课程·菜单项目", en="course", heading=FACILITIES, example="示范课程", mention="create", keys=("crs:{name:text}",),
    properties=(
        Property("name", Text(), zh="课程名称", en="name", required=True),
        Property("topic", Text(), zh="课程类别", en="topic"),
        Property("form", Text(), zh="授课形式", en="form"),
        Property("content", Text(), zh="课程简介", en="content"),
        Property("minutes", MINUTES, zh="时长（分钟）", en="minutes"),
        Property("audience", Text(), zh="适合对象", en="for whom"),
        Property("group_size", Count(of="people"), zh="单批人数", en="people per group"),
        Property("offered", Text(), zh="可授课时间", en="when offered"),
        Property("place", Text(), zh="授课地点", en="place as written"),
        Property("remark", Text(), zh="备注", en="remark"),
    ),
)  # fmt: skip
Brand = Entity(
    "Brand", zh="党建品牌", en="Party-building brand", heading=BRANDS, example="示范品牌", mention="resolve", keys=("brd:{CREATED}:{name:core}",),
    properties=(
        Property("name", Name(), zh="品牌名称", en="name", required=True),
        Property(
            "kind",
            OneOf({"活动载体": ("活动品牌", "活动"), "组织生活": ("组织生活品牌",), "党员先锋": ("先锋品牌", "党员品牌", "先锋模范")}, unknown="keep"),
            zh="类型", en="kind",
        ),
        Property("slogan", Text(), zh="主题口号", en="slogan"),
        Property("since", Date(), zh="创建时间", en="since"),
        Property("meaning", Text(), zh="品牌内涵", en="what it stands for"),
        Property("activities", ListOf(), zh="载体活动", en="activities it lives by"),
        Property("served", Count(of="visits"), zh="受益人数", en="people served"),
        Property("remark", Text(), zh="备注", en="remark"),
    ),
)  # fmt: skip
Honour = Entity(
    "Honour", zh="命名·荣誉", en="honour", heading=BRANDS, searched=False, keys=("hon:{RECOGNISED_AS}:{title:text}:{level?}:{awarded?:year}",),
    properties=(
        Property("title", Text(), zh="命名·荣誉名称", en="title", required=True),
        Property("level", LEVELS, zh="命名级别", en="level"),
        Property("issuer", Text(), zh="命名单位", en="issuer"),
        Property("awarded", Date(), zh="命名时间", en="awarded"),
        Property("document", Text(), zh="文号", en="document", finds=True),
        Property("batch", Text(), zh="批次", en="batch"),
    ),
)  # fmt: skip
