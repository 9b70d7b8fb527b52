"""Organizations: enterprises, communities, subdistricts, institutions and their Party organizations."""

from graph.kinds import Column, Entity, Ignored, Link, Office, Personal, Property, Register, Relation
from graph.types import Codes, Count, CreditCode, Industry, Latitude, ListOf, Longitude, Name, OfficePhone, OneOf, Place, Text

OWNERSHIP = OneOf(
    {
        "央企": ("中央企业", "央属", "中央"), "省企": ("省属", "省属企业", "省管"), "市企": ("市属", "市属企业", "市管"), "区企": ("区属", "区属企业"),
        "民营": ("私营", "民企", "私企", "民营企业", "非公"), "外资": ("外商投资", "合资", "港澳台"), "混合": ("混合所有制",),
        "机关": (), "事业": ("事业单位",), "社会组织": ("社团",),
    }
)  # fmt: skip

Enterprise = Entity(
    "Enterprise", zh="企业", en="enterprise", is_unit=True, mention="resolve",
    keys=("uscc:{uscc}", "ent:{name:core}"),
    properties=(
        Property("name", Name(), zh="名称", en="name", required=True),
        Property("short_name", Name(), zh="简称", en="short name"),
        Property("former_name", Name(), zh="曾用名", en="former name"),
        Property("uscc", CreditCode(), zh="统一社会信用代码", en="unified social credit code"),
        Property("ownership", OWNERSHIP, zh="企业性质", en="ownership"),
        Property("industry", Industry(), zh="行业", en="industry (GB/T 4754)"),
        Property("scale", OneOf({"大型": ("大",), "中型": ("中",), "小型": ("小",), "微型": ("微",)}), zh="规模", en="scale"),
        Property("employees", Count(), zh="职工人数", en="employees"),
        Property("party_members", Count(), zh="党员数", en="Party members"),
        Property("address", Text(), zh="地址", en="address"),
        Property("phone", OfficePhone(), zh="办公电话", en="office phone"),
        Property("lon", Longitude(), zh="经度", en="longitude"),
        Property("lat", Latitude(), zh="纬度", en="latitude"),
        Property("remark", Text(), zh="备注", en="remark"),
    ),
)  # fmt: skip
Community = Entity(
    "Community", zh="社区", en="community", is_unit=True, mention="resolve",
    keys=("com:{code}", "com:{BELONGS_TO?}:{name:core}"),
    properties=(
        Property("name", Name(), zh="名称", en="name", required=True),
        Property("code", Codes(12), zh="社区代码", en="statistical code"),
        Property("households", Count(), zh="户数", en="households"),
        Property("residents", Count(), zh="常住人口", en="residents"),
        Property("grids", Count(), zh="网格数", en="grids"),
        Property("party_members", Count(), zh="党员数", en="Party members"),
        Property("address", Text(), zh="地址", en="address"),
        Property("phone", OfficePhone(), zh="办公电话", en="office phone"),
        Property("need_categories", ListOf(), zh="社区需求", en="kinds of need"),
        Property("lon", Longitude(), zh="经度", en="longitude"),
        Property("lat", Latitude(), zh="纬度", en="latitude"),
        Property("remark", Text(), zh="备注", en="remark"),
    ),
)  # fmt: skip
Subdistrict = Entity(
    "Subdistrict", zh="街道", en="subdistrict", is_unit=True, mention="create",
    keys=("sub:{name:core}",),
    properties=(Property("name", Name(), zh="名称", en="name", required=True),),
)  # fmt: skip
Institution = Entity(
    "Institution", zh="机关·事业单位·社会组织·学校", en="institution", is_unit=True, mention="resolve",
    keys=("uscc:{uscc}", "ins:{name:core}"),
    properties=(
        Property("name", Name(), zh="名称", en="name", required=True),
        Property("short_name", Name(), zh="简称", en="short name"),
        Property("uscc", CreditCode(), zh="统一社会信用代码", en="unified social credit code"),
        Property("kind", Text(), zh="类型", en="kind"),
    ),
)  # fmt: skip
PartyOrganization = Entity(
    "PartyOrganization", zh="党组织", en="Party organization", mention="party",
    keys=("po:{HAS_PARTY_ORGANIZATION}:{type}:{ordinal?}", "po:{name:core}"),
    properties=(
        Property("name", Name(), zh="名称", en="name", required=True),
        Property("type", Text(), zh="类型", en="kind"),
        Property("ordinal", Text(), zh="序号", en="ordinal"),
    ),
)  # fmt: skip

UNITS = (Enterprise, Community, Subdistrict, Institution)

BELONGS_TO = Relation("BELONGS_TO", zh="属于街道", en="belongs to", source=(Community,), target=(Subdistrict,))
LOCATED_IN = Relation("LOCATED_IN", zh="位于", en="located in", source=(Enterprise, Institution), target=(Subdistrict,))
HAS_PARTY_ORGANIZATION = Relation("HAS_PARTY_ORGANIZATION", zh="设有党组织", en="has Party organization", source=UNITS, target=(PartyOrganization,))

enterprises = Register(
    "enterprises", zh="驻区单位基本情况表", en="enterprises of the district", row=Enterprise,
    titles=("驻区单位基本情况统计表", "驻区单位基本情况登记表", "区域化共建单位名册", "国有企业名录", "企业基本情况表", "驻区国企党建情况统计表", "企业名册"),
    columns=(
        Ignored("序号", "编号", "No"),
        Column("name", "单位名称", "企业名称", "单位全称", "公司名称", "企业（单位）名称", "联建单位名称", "成员单位", "企业全称", "驻区单位名称", required=True),
        Column("short_name", "简称", "企业简称", "单位简称", "别称", "常用名"),
        Column("former_name", "曾用名", "原名称", "原单位名称"),
        Column("uscc", "统一社会信用代码", "信用代码", "社会信用代码", "统一信用代码", "机构代码", "组织机构代码", "营业执照号", "营业执照号码", "纳税人识别号", "税务登记证号"),
        Column("ownership", "企业性质", "隶属关系", "企业类别", "单位性质", "机构类型", "企业类型", "单位类别", "所有制性质"),
        Column("industry", "所属行业", "行业类别", "国民经济行业代码", "行业代码", "行业", "主营业务", "主营产品"),
        Column("scale", "企业规模", "规模", "规模类型"),
        Column("address", "单位地址", "办公地址", "注册地址", "通讯地址", "地址", "详细地址", "住所", "经营地址"),
        Link("street", LOCATED_IN, "所在街道（办事处）", "所在街道", "所属街道", "街道", "办事处", "所属办事处", "属地街道", "镇街", "所在镇街", end="target"),
        Column("employees", "职工人数", "从业人员", "用工人数", "员工总数", "职工数", "在岗职工", "员工人数", "从业人数", "在职职工数"),
        Link("party_organization", HAS_PARTY_ORGANIZATION, "党组织名称", "党组织设置", "党组织全称", "所属党组织", end="target"),
        Column("party_members", "党员数（人）", "党员数", "党员总数", "在册党员数", "党员人数", "在册党员"),
        Column("lon", "经度", "lng", "lon", "东经"),
        Column("lat", "纬度", "lat", "北纬"),
        Column("lon", "经纬度", "坐标", "经纬度坐标", "lng,lat", "定位", "百度坐标", "地理坐标", type=Place()),
        Office("phone", "单位电话", "办公电话", "固定电话", "值班电话", "联系电话", "电话", "联系方式"),
        Personal("法定代表人", "法人代表", "负责人", "企业负责人", "联系人", "联络员", "党建联络员", "经办人", "填表人", "党组织书记", "党委书记", "书记姓名", "手机", "手机号码"),
        Column("remark", "备注", "其他", "说明"),
    ),
)  # fmt: skip
communities = Register(
    "communities", zh="社区基本情况表", en="communities", row=Community,
    titles=("社区基本情况表", "社区党组织基本情况", "城市社区联系方式一览表", "社区情况统计表", "社区一览表", "居民区基本情况表"),
    columns=(
        Ignored("序号", "编号"),
        Link("street", BELONGS_TO, "所属街道", "所在街道", "街道", "办事处", "街镇", "镇街", "所属办事处", "街道（办事处）", "街道名称", "所属街镇", end="target"),
        Column("name", "社区名称", "社区居委会名称", "居委会", "居民区名称", "社区", "村居", "居委会名称", "社区全称", required=True),
        Column("code", "社区代码", "统计用区划代码", "12位代码", "区划代码", "社区编码", "居委会代码", "行政区划代码"),
        Link("party_organization", HAS_PARTY_ORGANIZATION, "党组织名称", "社区党组织名称", "社区党委名称", "社区党组织", "党组织全称", end="target"),
        Column("households", "户数", "总户数", "居民户数", "住户数", "户数（户）"),
        Column("residents", "常住人口", "常住人口数", "人口数", "居民人数", "常住人口（人）", "人口", "总人口"),
        Column("grids", "网格数", "网格个数"),
        Column("party_members", "党员数", "党员总数", "党员人数", "直管党员数", "在册党员数", "党员数（人）"),
        Column("address", "办公地址", "居委会地址", "地址", "社区地址", "办公地点", "党群服务中心地址"),
        Column("lon", "经纬度", "坐标", "经纬度坐标", "lng,lat", "定位", "百度坐标", "地理坐标", "经纬度（百度）", type=Place()),
        Column("lon", "经度", "lng", "lon", "东经"),
        Column("lat", "纬度", "lat", "北纬"),
        Office("phone", "联系电话", "办公电话", "值班电话", "电话", "固定电话", "社区电话", "联系方式"),
        Column("need_categories", "社区需求", "需求", "需求类别", "主要需求", "共建需求", "希望企业提供的服务"),
        Personal("社区书记", "书记", "书记姓名", "负责人", "社区主任", "联系人", "党组织书记", "手机", "书记电话", "手机号码"),
        Ignored("楼栋数", "小区数", "辖区面积", "驻区单位数"),
        Column("remark", "备注", "其他", "说明"),
    ),
)  # fmt: skip
