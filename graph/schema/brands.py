"""Brands of Party building and honours of units, bases and brands. Honours of single persons are not read."""

from graph import mechanisms
from graph.kinds import Column, Ignored, Link, Personal, Refused, Register, Relation
from graph.schema.assets import Brand, Honour, Project
from graph.schema.cooperation import Activity
from graph.schema.organizations import UNITS
from graph.schema.resources import ABOUT, CONTACTS, RECOGNISED_AS, RedBase

CREATED = Relation("CREATED", zh="创建", en="created", source=UNITS, target=(Brand,), owns=True)
SUPPORTS = Relation("SUPPORTS", zh="支撑", en="supports", source=(Activity, RedBase, Project, *UNITS), target=(Brand,))

_BRAND = (
    "品牌名称", "党建品牌", "党建品牌名称", "品牌", "特色品牌", "特色品牌名称", "品牌名", "党建特色品牌", "党建品牌全称", "服务品牌名称", "子品牌名称", "创建品牌", "品牌项目名称", "组织生活品牌",
)  # fmt: skip

_WHOSE = Refused(
    "获奖人", "获奖人姓名", "姓名", "获奖个人", "个人姓名", "受表彰人", "获奖者", "获奖者姓名", "受表彰人员", "受表彰个人", "先进个人姓名", "身份证号", "身份证号码", "性别", "出生年月",
    "获奖人员", "荣誉获得者姓名",
)  # fmt: skip
brand_honours = Register(
    "brand_honours", loads=(mechanisms.HONOURS,), zh="党建品牌荣誉表", en="honours of brands", row=Honour,
    marks=("品牌",),
    titles=("党建品牌荣誉表", "品牌荣誉统计表", "品牌获奖情况", "品牌获奖情况统计表", "党建品牌获奖台账"),
    columns=(
        Ignored("序号", "编号", "备注", "填报时间", "填报单位"),
        Link("holder", RECOGNISED_AS, *_BRAND, end="source", other=(Brand,), required=True),
        Column("title", "荣誉", "所获荣誉", "荣誉称号", "获得荣誉", "荣誉（级别）", "荣誉名称", "品牌荣誉", "获奖情况", "荣誉情况", "所获奖项", "获奖名称", "获得的荣誉", required=True),
        Column("level", "荣誉级别", "荣誉等级", "获奖级别", "级别", "奖项级别", "获奖等级"),
        Column("issuer", "颁发单位", "授予单位", "表彰单位", "命名单位", "颁奖单位", "授奖单位"),
        Column("awarded", "获奖时间", "荣誉时间", "获得时间", "命名时间", "表彰时间", "授予时间", "获奖日期"),
        Column("document", "文号", "表彰文号", "命名文号", "文件号"),
        CONTACTS,
    ),
)  # fmt: skip
brands = Register(
    "brands", loads=(mechanisms.BRAND_LIST,), zh="党建品牌台账", en="Party-building brands", row=Brand,
    marks=("品牌",),
    titles=("党建品牌台账", "党建品牌一览表", "党建品牌统计表", "党建品牌清单", "品牌创建情况表", "一办一特色一企一品牌台账", "党建品牌汇总表", "党建品牌登记表", "特色品牌统计表", "党建品牌名录",
        "党建品牌申报表", "品牌创建台账", "一企一品牌统计表", "党建特色品牌汇总表"),
    columns=(
        Ignored("序号", "编号", "填报单位", "填报时间", "填报日期", "照片", "附件", "品牌标识", "品牌logo", "logo", "LOGO", "视频", "媒体报道", "所属街道", "所在街道", "推广情况", "工作成效", "成效", "申报时间", "审核意见"),
        Column("name", *_BRAND, "名称", required=True),
        Link(
            "creator", CREATED, "创建单位", "所属单位", "单位名称", "创建党组织", "申报单位", "党组织名称", "企业名称", "创建主体", "所属党组织", "品牌单位", "创建单位名称", "社区", "社区名称",
            "责任单位", "创办单位", "实施单位", "单位", "打造单位", "品牌创建单位", end="source", required=True,
        ),
        Column("kind", "品牌类型", "类型", "品牌类别", "类别", "品牌分类", "品牌种类", "品牌性质", "载体类型", "类型（活动载体/组织生活/党员先锋）"),
        Column("slogan", "主题口号", "口号", "品牌口号", "品牌主题", "主题", "宣传口号", "品牌理念", "服务口号", "宣传语", "品牌标语"),
        Column("since", "创建时间", "创建日期", "成立时间", "品牌创建时间", "启动时间", "创建年份", "创建年度", "打造时间", "创立时间", "形成时间"),
        Column("meaning", "品牌内涵", "内涵", "品牌简介", "品牌内容", "简介", "品牌介绍", "品牌释义", "主要内容", "品牌阐释", "品牌解读", "品牌特色", "主要做法", "品牌说明"),
        Column("activities", "载体活动", "活动载体", "主要活动", "活动内容", "品牌活动", "依托载体", "品牌载体", "特色活动", "支撑项目", "活动项目", "工作载体", "实施载体", "支撑载体"),
        Link("supports", SUPPORTS, rides="activities", end="source", other=(Project, RedBase), split=True),
        Link("partners", SUPPORTS, "合作单位", "共建单位", "参与单位", "支持单位", "协作单位", "联建单位", "结对单位", "共创单位", "联创单位", "合作伙伴", "支撑单位", "合作共建单位", end="source", other=UNITS, split=True),
        Link("about", ABOUT, "服务类别", "品牌领域", "服务领域", "品牌方向", "主题类别", "服务方向", "工作领域", "所属领域", end="target", split=True, scheme="service"),
        Column("served", "受益人数", "服务人数", "覆盖人数", "受益群众", "惠及人数", "服务人次", "受益群众数", "受益人次", "惠及群众", "惠及群众人数", "服务群众人数"),
        CONTACTS,
        Column("remark", "备注", "说明", "其他", "其他说明", "补充说明"),
    ),
    beside=(brand_honours,),
)  # fmt: skip
honours = Register(
    "honours", loads=(mechanisms.HONOURS,), zh="荣誉台账", en="honours of units", row=Honour,
    titles=("荣誉台账", "单位荣誉统计表", "获奖情况统计表", "集体荣誉台账", "荣誉统计表", "荣誉一览表", "获得荣誉情况表", "荣誉登记表", "命名表彰情况统计表", "表彰情况统计表", "集体荣誉统计表",
        "荣誉汇总表", "先进集体名册", "所获荣誉一览表"),
    columns=(
        Ignored("序号", "编号", "备注", "填报单位", "填报时间", "照片", "证书编号", "奖牌照片", "附件", "所属街道", "所在街道", "奖金", "说明", "获奖事由", "主要事迹"),
        _WHOSE,
        Personal(*(header for header in CONTACTS.headers if header not in _WHOSE.headers)),
        Link(
            "holder", RECOGNISED_AS, "获奖单位", "获奖集体", "受表彰单位", "获奖单位名称", "单位名称", "获得单位", "荣誉单位", "受表彰集体", "荣获单位", "获奖党组织", "党组织名称", "单位",
            "集体名称", "获奖主体", "企业名称", "社区名称", "获奖对象", "受奖单位", "表彰对象", "谁得的", "得奖单位", end="source", required=True,
        ),
        Column(
            "title", "荣誉名称", "荣誉称号", "奖项名称", "称号", "荣誉", "获奖名称", "所获荣誉", "奖项", "表彰名称", "获得荣誉", "命名名称", "获奖称号", "荣誉项目", "获得荣誉名称", "授予称号", "奖项（称号）", "奖名",
            required=True,
        ),
        Column("level", "荣誉级别", "级别", "命名级别", "获奖级别", "等级", "表彰级别", "奖项级别", "荣誉等级", "奖励级别", "层级", "表彰层级"),
        Column("issuer", "颁发单位", "命名单位", "授予单位", "表彰单位", "颁奖单位", "授奖单位", "发证单位", "表彰机关", "授牌单位", "颁发机关", "颁发部门", "授予机关", "批准单位"),
        Column("awarded", "命名时间", "获奖时间", "表彰时间", "颁发时间", "获得时间", "授予时间", "荣获时间", "授牌时间", "表彰日期", "获奖日期", "获奖年度", "表彰年度", "年份", "时间"),
        Column("document", "文号", "表彰文号", "命名文号", "文件号", "文件文号", "批准文号", "文件名称", "表彰文件", "表彰文件号", "依据文件"),
        Column("batch", "批次", "命名批次", "届次", "表彰批次"),
    ),
)  # fmt: skip
