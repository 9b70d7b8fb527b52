"""Organizations: enterprises, communities, subdistricts, institutions and their Party organizations."""

from graph import mechanisms
from graph.headings import ORGANIZATION
from graph.kinds import Column, Division, Entity, Ignored, ItemsOf, Link, Office, Personal, Property, Register, Relation
from graph.schema.institution_names import is_institution
from graph.schema.position_columns import POSITION, POSITION_COLUMNS
from graph.texts import Said
from graph.types import (
    AreaCode,
    Count,
    CreditCode,
    Date,
    Industry,
    ListOf,
    Name,
    OfficePhone,
    OneOf,
    Text,
    VillageName,
)

# 国有 is state-owned where nobody says by whom: the commonest word in lists of state-owned enterprises.
OWNERSHIP = OneOf(
    {
        "央企": ("中央企业", "央属", "中央", "部属", "中直", "国务院国资委", "central state-owned", "central soe"), "省企": ("省属", "省属企业", "省管", "省直", "省国资", "省级国企", "provincial"),
        "市企": ("市属", "市属企业", "市管", "市直", "市国资", "市级国企", "municipal"), "区企": ("区属", "区属企业", "区管", "区直", "县属", "区国资", "区级国企", "district-owned"),
        "国有": ("国企", "国营", "国资", "国有企业", "国有独资", "国有独资公司", "国有全资", "国有控股", "国有控股公司", "国有相对控股", "全民", "全民所有制", "国有资本", "state-owned"),
        "集体": ("集体企业", "集体所有制", "股份合作", "城镇集体"),
        "民营": ("私营", "民企", "私企", "民营企业", "民办", "非公", "非公有制", "非国有", "自然人", "个人独资", "合伙企业", "private", "privately owned", "for-profit"),
        "个体": ("个体户", "个体工商户", "个体经营"),
        "外资": ("外商", "外商投资", "外商独资", "外国法人独资", "合资", "中外合作", "港澳台", "港资", "台资", "foreign", "joint venture"),
        "混合": ("混合所有制", "国有参股", "国有资本参股", "mixed ownership", "mixed"),
        "机关": ("行政单位", "国家行政", "government"), "事业": ("事业单位", "事业法人", "公益一类", "公益二类", "public institution", "institution"),
        "社会组织": ("社团", "社会团体", "民办非企业", "民非", "社会服务机构", "基金会", "non-profit", "nonprofit", "charity", "ngo"),
    },
    broader={"国有": ("央企", "省企", "市企", "区企")},
)  # fmt: skip

# The nine kinds of unit by which Party organizations are counted.
PARTY_CATEGORY = OneOf(
    {
        "国有企业": ("国企", "①国有企业", "国有企业党组织", "国有独资", "国有控股", "央企", "省企", "市企", "区企"), "非公有制企业": ("非公企业", "非公", "②非公有制企业", "民营企业"), "农村": ("村", "③农村", "行政村"),
        "党政机关": ("机关", "④党政机关"), "学校": ("⑤学校", "高校", "院校"), "其他事业单位": ("事业单位", "⑥其他事业单位", "事业"),
        "街道社区": ("社区", "街道", "⑦街道社区", "城市社区"), "社会组织": ("⑧社会组织", "社团"), "其他": ("⑨其他",),
    },
    unknown="keep",
)  # fmt: skip

Enterprise = Entity(
    "Enterprise", zh="企业", en="enterprise", heading=ORGANIZATION, example="第一拖拉机厂", is_unit=True, mention="resolve",
    keys=("uscc:{uscc}", "ent:{name:core}"), apart=("LOCATED_IN", "address"),
    properties=(
        Property("name", Name(), zh="名称", en="name", required=True),
        Property("short_name", Name(), zh="简称", en="short name"),
        Property("former_name", Name(), zh="曾用名", en="former name"),
        Property("uscc", CreditCode(), zh="统一社会信用代码", en="unified social credit code", finds=True),
        Property("ownership", OWNERSHIP, zh="企业性质", en="ownership"),
        Property("industry", Industry(), zh="行业", en="industry (GB/T 4754)"),
        Property("scale", OneOf({"大型": ("大", "large"), "中型": ("中", "medium"), "小型": ("小", "small"), "微型": ("微", "micro")}), zh="规模", en="scale"),
        Property("employees", Count(of="people"), zh="职工人数", en="employees"),
        Property("party_members", Count(of="people"), zh="党员数", en="Party members"),
        Property("address", Text(), zh="地址", en="address"),
        Property("phone", OfficePhone(), zh="办公电话", en="office phone"),
        *POSITION,
        Property("remark", Text(), zh="备注", en="remark"),
    ),
)  # fmt: skip
Community = Entity(
    "Community", zh="社区", en="community", heading=ORGANIZATION, example="重二社区", is_unit=True, mention="resolve",
    keys=("com:{code}", "com:{BELONGS_TO?}:{name:core}"), apart=("BELONGS_TO",),
    properties=(
        Property("name", Name(), zh="名称", en="name", required=True),
        Property("code", AreaCode(12), zh="社区代码", en="statistical code", finds=True),
        Property("kind", Text(), zh="类型", en="kind"),
        Property("households", Count(of="households"), zh="户数", en="households"),
        Property("residents", Count(of="people"), zh="常住人口", en="residents"),
        Property("grids", Count(), zh="网格数", en="grids"),
        Property("party_members", Count(of="people"), zh="党员数", en="Party members"),
        Property("address", Text(), zh="地址", en="address"),
        Property("phone", OfficePhone(), zh="办公电话", en="office phone"),
        Property("need_categories", ListOf(), zh="社区需求", en="kinds of need"),
        *POSITION,
        Property("remark", Text(), zh="备注", en="remark"),
    ),
)  # fmt: skip
Subdistrict = Entity(
    "Subdistrict", zh="街道", en="subdistrict", heading=ORGANIZATION, example="长安路街道", is_unit=True, mention="create",
    keys=("sub:{name:core}",),
    properties=(Property("name", Name(), zh="名称", en="name", required=True),),
)  # fmt: skip
Institution = Entity(
    "Institution", zh="机关·事业单位·社会组织·学校", en="institution", heading=ORGANIZATION, example="示范小学", is_unit=True, mention="resolve",
    keys=("uscc:{uscc}", "ins:{name:core}"), apart=("LOCATED_IN",),
    properties=(
        Property("name", Name(), zh="名称", en="name", required=True),
        Property("short_name", Name(), zh="简称", en="short name"),
        Property("uscc", CreditCode(), zh="统一社会信用代码", en="unified social credit code", finds=True),
        Property("kind", Text(), zh="类型", en="kind"),
        Property("former_name", Name(), zh="曾用名", en="former name"),
        Property("ownership", OWNERSHIP, zh="单位性质", en="ownership"),
        Property("employees", Count(of="people"), zh="职工人数", en="employees"),
        Property("party_members", Count(of="people"), zh="党员数", en="Party members"),
        Property("address", Text(), zh="地址", en="address"),
        Property("phone", OfficePhone(), zh="办公电话", en="office phone"),
        *POSITION,
        Property("remark", Text(), zh="备注", en="remark"),
    ),
)  # fmt: skip
PartyOrganization = Entity(
    "PartyOrganization", zh="党组织", en="Party organization", heading=ORGANIZATION, example="第一拖拉机厂党委", mention="party", searched=False,
    keys=("po:{HAS_PARTY_ORGANIZATION}:{type}:{ordinal?}", "po:{name:text}"),
    properties=(
        Property("name", Name(), zh="名称", en="name", required=True),
        Property("type", Text(), zh="类型", en="kind"),
        Property("ordinal", Text(), zh="序号", en="ordinal"),
        Property("category", PARTY_CATEGORY, zh="党组织类别", en="category of the host"),
        Property("formed_as", OneOf({"单独组建": ("单独", "独立组建", "单独设立", "独立"), "联合组建": ("联合", "联建", "联合设立", "联合成立"), "挂靠": ("挂靠组建",)}, unknown="keep"), zh="组建方式", en="how formed"),
        Property("member_count", Count(of="people"), zh="党员数", en="Party members"),
        Property("founded", Date(), zh="批准时间", en="approved"),
        Property("term_end", Date(last=True), zh="届满时间", en="end of term"),
        Property("venue", Text(), zh="活动场所", en="where it meets"),
        Property("frequency", Text(), zh="活动频次", en="how often it meets"),
        Property("funding", Text(), zh="经费来源", en="funding"),
        Property("phone", OfficePhone(), zh="办公电话", en="office phone"),
    ),
)  # fmt: skip

UNITS = (Enterprise, Community, Subdistrict, Institution)

BELONGS_TO = Relation("BELONGS_TO", zh="属于街道", en="belongs to", source=(Community,), target=(Subdistrict,))
LOCATED_IN = Relation("LOCATED_IN", zh="位于", en="located in", source=(Enterprise, Institution), target=(Subdistrict,))
HAS_PARTY_ORGANIZATION = Relation(
    "HAS_PARTY_ORGANIZATION",
    zh="设有党组织",
    en="has Party organization",
    source=UNITS,
    target=(PartyOrganization,),
    unit_is=Said("组建单位", "formed it"),
)

_UNIT_COLUMNS = (
    Ignored(
        "序号", "编号", "No", "单位编号", "顺序号", "序列", "行号", "档案号", "填报日期", "填报时间", "填报单位", "上级单位", "主管部门",
        "所属集团", "母公司", "上级党组织", "上级党组织名称", "党组织类型", "成立时间", "成立日期", "注册资本", "注册资金", "邮编", "邮政编码",
        "网址", "是否规上", "是否限上", "预备党员数", "离退休党员数", "流动党员数",
        "营业收入", "资产总额", "传真", "传真号码", "换届时间", "届满时间", "所属社区", "所在社区", "认领项目", "照片", "女职工人数", "注册日期",
        "登记日期", "联建方式", "党支部数", "是否建立党组织", "单位简介",
    ),
    Column(
        "name", "单位名称", "企业名称", "单位全称", "公司名称", "企业（单位）名称", "联建单位名称", "成员单位", "企业全称", "驻区单位名称",
        "企业名", "单位名", "公司全称", "共建单位名称", "共建单位", "驻区单位", "驻区企业名称", "驻区企业", "辖区单位名称", "辖区企业名称",
        "区域单位名称", "区域化共建单位", "成员单位名称", "单位（企业）名称", "企业单位名称", "机构名称", "法人单位名称", "单位详细名称",
        "国企名称", "结对单位名称", "两新组织名称", "单位", "企业", "公司", required=True,
    ),
    Column("short_name", "简称", "企业简称", "单位简称", "别称", "常用名", "常用简称", "规范简称", "公司简称", "习惯称谓", "通用简称", "简写名称", "企业别名", "单位别名"),
    Column("former_name", "曾用名", "原名称", "原单位名称", "曾用名称", "原企业名称", "原名", "更名前名称", "历史名称", "旧名称"),
    Column(
        "uscc", "统一社会信用代码", "信用代码", "社会信用代码", "统一信用代码", "机构代码", "组织机构代码", "营业执照号", "营业执照号码",
        "纳税人识别号", "税务登记证号", "统一代码", "机构信用代码", "社会统一信用代码", "法人代码", "统一社会信用代码/组织机构代码",
        "营业执照注册号", "营业执照编号", "工商注册号", "税号", "纳税人识别码", "USCC", "统一社会信用代码证号",
    ),
    Column(
        "ownership", "企业性质", "隶属关系", "企业类别", "单位性质", "机构类型", "企业类型", "单位类别", "所有制性质", "单位类型", "企业属性",
        "单位属性", "经济类型", "登记注册类型", "注册类型", "经济性质", "所有制", "所有制类型", "企业所有制", "组织类型", "所有制形式",
        "企业隶属", "企业层级", "单位层级",
    ),
    Column(
        "industry", "所属行业", "行业类别", "国民经济行业代码", "行业代码", "行业", "主营业务", "主营产品", "行业类型", "行业分类", "行业名称",
        "行业门类", "所在行业", "从事行业", "行业领域", "所属领域", "经营范围", "主要业务", "主要产品", "主要业务活动", "国民经济行业分类",
        "国标行业", "行业代码（GB/T4754）",
    ),
    Column("scale", "企业规模", "规模", "规模类型", "单位规模", "规模类别", "规模等级", "企业规模类型", "大中小微类型"),
    Column(
        "address", "单位地址", "办公地址", "注册地址", "通讯地址", "地址", "详细地址", "住所", "经营地址", "企业地址", "公司地址", "办公地点",
        "注册地", "具体地址", "单位住址", "单位住所", "经营场所", "经营场所地址", "生产经营地址", "实际地址", "联系地址", "所在地址",
        "单位所在地", "驻地", "驻地地址", "厂址", "坐落地址", "门牌地址",
    ),
    Link(
        "street", LOCATED_IN, "所在街道（办事处）", "所在街道", "所属街道", "街道", "办事处", "所属办事处", "属地街道", "镇街", "所在镇街",
        "街镇", "所属街镇", "所在镇（街道）", "所在乡镇（街道）", "所属街道（镇）", "所在街镇", "单位所在镇街", "单位所在街道", "街道名称",
        "所属镇街", "属地", "属地办事处", "所在办事处", "辖区街道", "归属街道", "驻地街道", end="target",
    ),
    Column(
        "employees", "职工人数", "从业人员", "用工人数", "员工总数", "职工数", "在岗职工", "员工人数", "从业人数", "在职职工数", "职工总数",
        "员工数", "员工数量", "职工数量", "从业人员数", "从业人员总数", "从业人员人数", "用工总数", "在职人数", "在职员工数", "在岗职工数",
        "在册职工数", "现有职工", "人员规模", "职工", "员工", "人数", "单位人数", "参保人数", "缴纳社保人数",
    ),
    Link(
        "party_organization", HAS_PARTY_ORGANIZATION, "党组织名称", "党组织设置", "党组织全称", "所属党组织", "单位党组织", "企业党组织",
        "单位党组织名称", "企业党组织名称", "所在党组织", "基层党组织名称", "党组织", "党委（总支、支部）名称", "隶属党组织", end="target",
    ),
    Column(
        "party_members", "党员数（人）", "党员数", "党员总数", "在册党员数", "党员人数", "在册党员", "党员数量", "党员总人数", "党员",
        "现有党员", "现有党员数", "正式党员数", "在职党员数", "在册党员人数", "党员总数量", "在岗党员数", "党员规模",
    ),
    *POSITION_COLUMNS,
    Office(
        "phone", "单位电话", "办公电话", "固定电话", "值班电话", "联系电话", "电话", "联系方式", "办公室电话", "联系座机", "座机", "座机电话",
        "办公座机", "单位联系电话", "联络电话", "电话号码", "联系电话（固话）", "固话", "固定电话号码", "服务电话", "总机", "单位固定电话",
        "公司电话", "企业电话", "联系电话（办公）",
    ),
    ItemsOf(
        "idle_assets", "闲置场地情况", "可共享资源", "可提供资源", "可提供的资源", "闲置资源", "闲置资产", "可开放资源", "可共享场地", "闲置场地",
        "空闲场地", "可提供的服务", "可提供服务", "共享资源", "资源情况", "可供资源", "可提供场地", into="offers", said="可|能|供|闲|共享|开放|资源",
    ),
    ItemsOf(
        "needs", "需求", "企业需求", "希望社区提供的服务", "企业诉求", "需求内容", "共建需求", "单位需求", "希望社区提供的支持", "需求情况",
        "服务需求", "希望解决的问题", "诉求", into="needs", said="需|求|希望|盼|想|缺|问题|困难|愿望|待解决",
    ),
    Personal(
        "法定代表人", "法人代表", "负责人", "企业负责人", "联系人", "联络员", "党建联络员", "经办人", "填表人", "党组织书记", "党委书记",
        "书记姓名", "手机", "手机号码", "法人", "法人姓名", "法定代表人姓名", "负责人姓名", "企业法人", "单位负责人", "主要负责人", "联系人姓名",
        "联络人", "联系人手机", "联系人电话", "联系手机", "移动电话", "手机号", "联系人及电话", "联系人及联系方式", "党组织负责人", "党建联系人",
        "党务工作者", "书记", "书记电话", "党组织书记姓名", "董事长", "总经理", "厂长", "法人电话", "首席服务官", "联系领导", "包联干部",
        "填报人", "邮箱", "电子邮箱", "微信", "微信号", "身份证号", "身份证号码", "姓名",
    ),
    Column("remark", "备注", "其他", "说明", "其他说明", "情况说明", "备注说明", "需说明事项", "其它", "补充说明", "备考"),
)  # fmt: skip
# Lists of units mix enterprises with others: these are read from there, so that the sheet is one register to whoever loads it.
_INSTITUTIONS = Division(
    Register(
        "institutions", zh="驻区机关、事业单位、学校、社会组织", en="institutions of the district", row=Institution,
        columns=tuple(column for column in _UNIT_COLUMNS if column.field not in {"industry", "scale"}),
    ),
    is_institution,
)  # fmt: skip
enterprises = Register(
    "enterprises", loads=(mechanisms.PARTIES_AND_SHARES,), zh="驻区单位基本情况表", en="enterprises of the district", row=Enterprise,
    titles=("驻区单位基本情况统计表", "驻区单位基本情况登记表", "区域化共建单位名册", "国有企业名录", "企业基本情况表", "驻区国企党建情况统计表", "企业名册",
        "企业一览表", "驻区单位一览表", "驻区单位台账", "驻区企业名录", "辖区企业信息采集表", "辖区单位名录", "共建单位名册", "居民区与驻区单位联建清单", "企业信息表", "单位基本情况表", "区域化共建单位"),
    columns=_UNIT_COLUMNS, divides=(_INSTITUTIONS,),
)  # fmt: skip
communities = Register(
    "communities", loads=(mechanisms.PARTIES_AND_SHARES,), zh="社区基本情况表", en="communities", row=Community,
    titles=("社区基本情况表", "社区党组织基本情况", "城市社区联系方式一览表", "社区情况统计表", "社区一览表", "居民区基本情况表",
        "社区基本情况统计表", "社区信息表", "社区信息汇总表", "社区名录", "社区名册", "居民区基本情况", "社区台账", "社区概况表", "村（社区）基本情况表", "行政村基本情况表", "村居基本情况表", "行政村一览表"),
    columns=(
        Ignored("序号", "编号"),
        Link(
            "street", BELONGS_TO, "所属街道", "所在街道", "街道", "办事处", "街镇", "镇街", "所属办事处", "街道（办事处）", "街道名称", "所属街镇",
            "所在镇（街道）", "所属街道（镇）", "所属街道办事处", "所属乡镇", "所属乡镇（街道）", "乡镇（街道）", "街道（镇）", "镇（街道）",
            "街道办事处", "所属镇街", "街办", "归属街道", "上级街道", "所在办事处", "所在街镇", "所辖街道", end="target",
        ),
        Column(
            "name", "社区名称", "社区居委会名称", "居委会", "居民区名称", "社区", "村居", "居委会名称", "社区全称", "社区名", "社区（村）名称",
            "村（社区）名称", "村（社区）", "社区（村）", "村（居）名称", "村居名称", "社区居委会", "社区居民委员会", "居委会全称", "居民区",
            "居村名称", "居村委名称", "所辖社区", "社区居民委员会名称", "村名", "村名称", "行政村", "行政村名称", "村委会名称", "村居（社区）名称", required=True,
        ),
        # A village is a community of another kind; its name says it where no column does.
        Column("kind", "类型", "社区类型", "社区类别", "村（社区）类型", "社区（村）类型", "村居类型", "居村类型", "村社类型", "社区性质", "类别"),
        Column("kind", rides="name", type=VillageName()),
        Column(
            "code", "社区代码", "统计用区划代码", "12位代码", "区划代码", "社区编码", "居委会代码", "行政区划代码", "统计代码", "统计区划代码",
            "区划编码", "社区区划代码", "12位区划代码", "12位统计代码", "行政代码", "社区统计代码", "居委会编码", "统一区划代码", "社区行政区划代码",
            "统计用区划码",
        ),
        Link(
            "party_organization", HAS_PARTY_ORGANIZATION, "党组织名称", "社区党组织名称", "社区党委名称", "社区党组织", "党组织全称",
            "社区党总支名称", "社区党支部名称", "居民区党组织名称", "居民区党组织", "社区党委（总支）", "党组织", "社区党委", "社区党总支",
            "所属党组织", "居民区党总支", "社区党委（总支、支部）名称", end="target",
        ),
        Column("households", "户数", "总户数", "居民户数", "住户数", "户数（户）", "居民总户数", "常住户数", "家庭户数", "居民户", "总户", "住户总数", "家庭总户数", "实有户数", "现有户数", "户籍户数"),
        Column(
            "residents", "常住人口", "常住人口数", "人口数", "居民人数", "常住人口（人）", "人口", "总人口", "实有人口", "总人口数", "人口总数",
            "常住居民", "居民数", "居民总数", "居民总人数", "辖区人口", "辖区人口数", "常住人数", "实有人口数", "服务人口", "常驻人口",
            "辖区常住人口",
        ),
        Column("grids", "网格数", "网格个数", "网格数量", "网格总数", "划分网格数", "网格", "划分网格", "下辖网格数"),
        Column(
            "party_members", "党员数", "党员总数", "党员人数", "直管党员数", "在册党员数", "党员数（人）", "党员总人数", "党员数量", "直管党员",
            "直管党员人数", "在册党员", "社区党员数", "党员", "现有党员", "在册党员人数", "社区党员人数",
        ),
        Column(
            "address", "办公地址", "居委会地址", "地址", "社区地址", "办公地点", "党群服务中心地址", "社区办公地址", "社区居委会地址",
            "居委会办公地址", "办公场所", "办公场所地址", "办公用房地址", "详细地址", "社区办公地点", "具体地址", "社区服务中心地址", "所在地址",
            "党群服务中心地点", "居委会地点",
        ),
        *POSITION_COLUMNS,
        Office(
            "phone", "联系电话", "办公电话", "值班电话", "电话", "固定电话", "社区电话", "联系方式", "社区办公电话", "社区联系电话", "居委会电话",
            "服务电话", "办公室电话", "座机", "座机电话", "固话", "联络电话", "便民服务电话", "值守电话", "热线电话", "电话号码", "社区值班电话",
        ),
        Column(
            "need_categories", "社区需求", "需求", "需求类别", "主要需求", "共建需求", "希望企业提供的服务", "需求类型", "社区主要需求", "需求方向",
            "社区需求类别", "居民区需求", "居民需求", "需求项目", "希望企业提供的支持", "希望共建单位提供的服务", "服务需求", "资源需求", "需求情况",
            "需求内容",
        ),
        Personal(
            "社区书记", "书记", "书记姓名", "负责人", "社区主任", "联系人", "党组织书记", "手机", "书记电话", "手机号码", "社区书记姓名", "书记手机",
            "书记联系电话", "主任姓名", "主任", "社区主任姓名", "社区负责人", "联系人姓名", "联系人电话", "联络员", "联络人", "联络员电话",
            "联系手机", "手机号", "移动电话", "党组织书记姓名", "书记（主任）", "书记主任", "网格长", "填报人", "姓名", "书记、主任", "身份证号",
            "身份证号码", "书记年龄", "书记学历",
        ),
        Ignored(
            "楼栋数", "小区数", "辖区面积", "驻区单位数", "楼栋总数", "楼栋数量", "小区数量", "居民小区数", "院落数", "小区（院落）数",
            "辖区面积（平方公里）", "面积", "总面积", "驻区单位数量", "驻区单位", "驻社区单位数", "户籍人口", "户籍人口数", "流动人口", "流动人口数",
            "志愿者数", "在册志愿者数", "志愿者人数", "办公用房面积", "社区用房面积", "党群服务中心面积", "党支部数", "党小组数", "在职报到党员数",
            "报到党员数", "流动党员数", "特色品牌", "党建品牌", "平安星级", "是否三供一业移交小区", "三供一业移交情况", "60岁以上老人数", "老年人口",
            "低保户数", "残疾人数", "照片", "成立时间", "工作人员数", "两委人数", "社区工作者人数", "单元数", "出租户数", "商铺数", "学校数",
            "物业公司",
        ),
        Column("remark", "备注", "其他", "说明", "其他说明", "情况说明", "其它", "补充说明", "备注说明"),
    ),
)  # fmt: skip
