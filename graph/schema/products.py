"""Products and techniques: what an enterprise makes and what it buys. A row says both and is read by two registers."""

from graph import mechanisms
from graph.kinds import Column, Ignored, Link, Register
from graph.schema.resources import ABOUT, CONTACTS, OFFERS, SEEKS, Need, Offering

_UNIT = (
    "企业名称", "单位名称", "公司名称", "企业", "供应企业", "生产企业", "企业全称", "生产单位", "供应单位", "所属企业", "单位", "厂家", "供方单位", "厂商名称", "企业（单位）名称",
    "供需单位", "填报企业", "国企名称",
)  # fmt: skip
_OTHER = (
    "序号", "编号", "备注", "填报时间", "填报单位", "联系部门", "地址", "企业地址", "网址", "照片", "图片", "分发对象", "所属街道", "所在街道", "说明", "其他", "注册商标", "品牌",
    "年产值", "主要客户", "信用代码", "统一社会信用代码", "企业简介", "单价", "价格",
)  # fmt: skip

product_needs = Register(
    "product_needs", loads=(mechanisms.SUPPLY_DIRECTORY,), zh="企业产品技术需求名录", en="products and techniques wanted", row=Need,
    marks=("产品", "技术", "采购", "供需", "配套", "外协", "外购",),
    titles=("企业产品技术需求名录", "企业采购需求清单", "产品需求名录", "企业产品需求表", "采购需求名录", "技术需求名录", "企业配套需求清单", "外购产品需求表", "企业技术需求清单", "外协需求清单"),
    columns=(
        Ignored(*_OTHER),
        Link("unit", SEEKS, *_UNIT, "需求企业", "采购单位", "需求单位", "采购企业", "需方单位", end="source", required=True),
        Column(
            "title", "需求产品", "需求产品（技术）", "需求产品名称", "需求产品/技术", "所需产品", "需要产品", "外购产品", "采购产品", "需求技术", "需采购产品", "需求产品/技术名称", "所需产品技术",
            "外协产品", "需配套产品", "需求产品和技术", "求购产品", "技术需求", required=True,
        ),
        Column("category", "需求类别", "需求产品类别", "需求类型", "采购类别", "需求产品类型", "需求品类"),
        Link("about", ABOUT, rides="title", end="target", split=True, scheme="product"),
        Column("quantity", "年需求量", "需求数量", "年采购量", "采购数量", "需求量", "年需求数量", "年用量", "采购量", "年需求", "需求规模", "月需求量"),
        Column("supplier", "现供应商来源", "现有供应商", "现供应来源", "现供应商所在地", "供应商来源", "现采购渠道", "目前供应来源", "现供应商来源（区内/区外）", "采购来源", "现采购来源", "供应来源"),
        Column("requirements", "配套要求", "技术要求", "需求要求", "质量要求", "采购要求", "规格要求", "需求规格", "需求说明", "配套条件", "需求描述", "需求规格型号", "要求"),
        Column("deadline", "需求时间", "采购时间", "需求时限", "需求截止日期", "采购期限", "需求期限", "交货期"),
        CONTACTS,
    ),
    defaults=(("category", "产品"),),
)  # fmt: skip
products = Register(
    "products", loads=(mechanisms.SUPPLY_DIRECTORY,), zh="企业产品技术供需名录", en="products and techniques made and wanted", row=Offering,
    titles=("企业产品（技术）供需名录", "企业产品技术供需名录", "产品供需名录", "企业产品名录", "产品技术供需目录", "企业产品供需对接表", "供需名录", "产品名录", "企业主要产品目录",
        "企业产品目录", "配套产品名录", "产品供需对接清单", "企业供需信息表"),
    columns=(
        Ignored(*_OTHER),
        Link("unit", OFFERS, *_UNIT, end="source", required=True),
        Column(
            "title", "产品/技术名称", "产品名称", "产品（技术）名称", "主要产品", "产品", "技术名称", "主要产品（技术）", "供应产品", "产品或技术名称", "主导产品", "产品技术名称", "可供产品",
            "供给产品", "供应产品名称", "主营产品名称", "生产产品", "产品及技术名称", required=True,
        ),
        Column("category", "产品类别", "供给类别", "类别", "产品类型", "产品/技术", "行业代码", "类型", "产品分类", "产品类别（行业代码）", "所属类别", "产品种类"),
        Link("about", ABOUT, rides="title", end="target", split=True, scheme="product"),
        Column("specification", "规格型号", "规格", "型号", "产品规格", "产品型号", "主要规格", "规格/型号", "型号规格", "技术参数", "主要参数", "产品规格型号"),
        Column("capacity", "产能/供应能力", "产能", "供应能力", "年产能", "生产能力", "年产量", "供货能力", "年生产能力", "可供应量", "年供应能力", "产能规模", "可供数量", "年供应量"),
        Column("applications", "应用领域", "适用领域", "用途", "产品用途", "应用范围", "主要用途", "使用范围", "适用范围", "应用行业", "应用场景", "产品应用领域"),
        Column("standard", "资质/标准", "资质", "执行标准", "产品标准", "资质标准", "认证情况", "资质认证", "质量认证", "标准", "资质证书", "产品资质", "企业资质"),
        Column("content", "产品简介", "技术简介", "产品说明", "产品介绍", "产品优势", "技术优势", "产品特点", "产品描述", "主要性能", "产品性能"),
        CONTACTS,
    ),
    defaults=(("category", "产品"),),
    beside=(product_needs,),
)  # fmt: skip
