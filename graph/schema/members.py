"""People: members under a pseudonym. No name, number, phone, address or birth date has a property here, so none can be stored."""

from graph import mechanisms
from graph.headings import INFORMATION, MEMBERSHIP, TALENT
from graph.kinds import Column, Entity, Identity, Ignored, Link, Personal, Property, Register, Relation
from graph.schema.organizations import UNITS, Community, PartyOrganization
from graph.schema.person_proofs import MEMBERS, REPORTS
from graph.texts import Said
from graph.types import Count, Date, ListOf, OneOf, Text, Year

Member = Entity(
    "Member", zh="党员", en="Party member", heading=MEMBERSHIP, keys=("{pseudonym}",), is_person=True,
    kept_for=Said("按单位、社区、特长统计人数，为结对和服务提供依据", "to count members by unit, community and skill, as a reason for pairing and service"),
    kept_until=Said("新名册不再列出时关闭；撤回载入或重建后不再保留", "closed when a newer roll no longer lists them; gone when the load is withdrawn"),
    properties=(
        Property("pseudonym", Text(), zh="化名", en="pseudonym", required=True),
        Property(
            "category",
            OneOf({"在职": ("在岗", "在职党员", "在职职工", "employed", "working"), "离退休": ("退休", "离休", "退休党员", "离退休党员", "retired"), "流动": ("流动党员", "floating"), "其他": ()}, unknown="drop"),
            zh="类别", en="category",
        ),
        Property(
            "stage",
            OneOf(
                {"正式": ("正式党员", "(正式)", "full member", "full"), "预备": ("预备党员", "(预备)", "probationary")}, unknown="drop",
                alone=("正式", "预备"),
            ),
            zh="党员类型", en="stage",
        ),
        Property("joined_year", Year(), zh="入党年份", en="year of joining"),
    ),
)  # fmt: skip
# A lecturer's name is kept only where the list says that he agreed, and shown no longer than he agreed to.
CONSENT = OneOf(
    {"同意": ("是", "已同意", "同意公开", "已授权", "授权", "有", "√", "本人同意", "已签", "已签署"), "不同意": ("否", "未同意", "不公开", "未授权", "无", "×", "不同意公开")},
    unknown="drop", whole=True,
)  # fmt: skip
Lecturer = Entity(
    "Lecturer", zh="授课志愿者", en="volunteer lecturer", heading=TALENT, keys=("lec:{pseudonym}",), is_person=True,
    kept_for=Said("安排授课；姓名仅在本人同意公开时保留", "to arrange lectures; the name only where they agreed to it"),
    kept_until=Said("同意期限届满时姓名去除；新名册不再列出时关闭", "the name until the consent ends; closed when a newer list no longer has them"),
    properties=(
        Property("pseudonym", Text(), zh="化名", en="pseudonym", required=True),
        Property("display_name", Text(), zh="姓名（本人同意公开）", en="name, by consent"),
        Property("consent", CONSENT, zh="是否同意公开", en="consent"),
        Property("consent_until", Date(last=True), zh="同意期限", en="consent until"),
        Property("topics", ListOf(), zh="授课方向", en="topics"),
        Property("form", Text(), zh="授课形式", en="form"),
        Property("offered", Text(), zh="可授课时间", en="when offered"),
        Property("audience", Text(), zh="适合对象", en="for whom"),
        Property("sessions", Count(), zh="授课次数", en="lectures given"),
        Property("rating", Text(), zh="评价", en="rating"),
    ),
)  # fmt: skip
Concept = Entity(
    "Concept", zh="分类词", en="class word", heading=INFORMATION, example="便民服务", keys=("{scheme}:{name}",), mention="create", searched=False,
    properties=(
        Property("name", Text(), zh="名称", en="name", required=True),
        Property("scheme", Text(), zh="分类", en="scheme"),
    ),
)  # fmt: skip
MemberCohort = Entity(
    "MemberCohort", zh="党员群组", en="cohort of members", heading=MEMBERSHIP, keys=("coh:{employer}:{community}:{category}",), is_cohort=True, computed=True,
    kept_for=Said("按单位、社区、类别汇总的人数", "numbers of members by unit, community and category"),
    kept_until=Said("每次发布重新计算", "computed anew at every publish"),
    properties=(
        Property("employer", Text(), zh="单位", en="employer id"),
        Property("community", Text(), zh="社区", en="community id"),
        Property("category", Text(), zh="类别", en="category"),
        Property("count", Count(), zh="人数", en="members, five or more"),
    ),
)  # fmt: skip

SINCE = Property("since", Date(), zh="起始", en="since")
WORKS_AT = Relation("WORKS_AT", zh="在职于", en="works at", source=(Member, Lecturer), target=UNITS)
LIVES_IN = Relation("LIVES_IN", zh="居住于", en="lives in", source=(Member,), target=(Community,))
BELONGS_TO_BRANCH = Relation(
    "BELONGS_TO_BRANCH", zh="组织关系", en="belongs to branch", source=(Member,), target=(PartyOrganization,)
)
REPORTED_TO = Relation(
    "REPORTED_TO", zh="报到", en="reported to", source=(Member,), target=(Community,), properties=(SINCE,)
)
HAS_SKILL = Relation("HAS_SKILL", zh="特长", en="has skill", source=(Member, Lecturer), target=(Concept,))
OF_EMPLOYER = Relation(
    "OF_EMPLOYER", zh="群组单位", en="cohort of", source=(MemberCohort,), target=UNITS, computed=True
)
IN_COMMUNITY = Relation(
    "IN_COMMUNITY", zh="群组社区", en="cohort living in", source=(MemberCohort,), target=(Community,), computed=True
)

NUMBER = Identity(
    "number", "公民身份证号码", "公民身份号码", "身份证号", "身份证号码", "证件号码", "身份证", "身份证件号码", "居民身份证号", "身份证件号",
    "证件号", "公民身份号", "身份证编号", "居民身份证", "居民身份证号码", "身份号码", "公民身份证号", "身份证（号）", "有效证件号码", "证件编号",
)  # fmt: skip
NAME = Identity(
    "name",
    "姓名",
    "党员姓名",
    "名字",
    "党员名字",
    "报到党员姓名",
    "党员",
    "人员姓名",
    "报到人姓名",
    "报到人",
    "报到党员",
)
BIRTH = Identity("birth", "出生日期", "出生年月", "出生年月日", "出生时间", "生日", "出生日")
DROPPED = Personal(
    "性别", "民族", "籍贯", "年龄", "户籍地", "户籍所在地", "学历", "文化程度", "学位", "联系电话", "手机号码", "手机", "联系方式", "移动电话",
    "联系手机", "固定电话", "电话",
    "党费交纳至", "党费缴纳情况", "党费", "是否困难党员", "是否出国出境", "奖惩情况", "民主评议情况", "健康状况", "是否失联党员", "政治面貌",
    "婚姻状况", "职务", "工作岗位", "出生地", "户口所在地", "职称", "学历学位", "全日制学历", "毕业院校", "专业", "专业技术职务", "工作岗位及职务",
    "现任职务", "党内职务", "党支部职务", "职务/职称", "手机号", "联系电话（手机）", "本人电话", "联络电话", "家庭电话", "邮箱", "电子邮箱",
    "微信号", "QQ", "转正时间", "转正日期", "转为正式党员日期", "党龄", "政治生日", "工龄", "参加工作时间", "党费基数", "月交党费", "身体状况", "家庭情况",
    "家庭困难情况", "困难情况", "家庭成员", "奖惩", "受表彰情况", "受处分情况", "是否流动党员", "失联时间", "参加组织生活情况", "宗教信仰",
    "是否党员", "是否中共党员", "是否为党员", "政治身份", "政治状况", "党派", "是否党代表", "照片", "签名", "签字", "户籍", "户籍地址", "入党介绍人", "月收入", "银行卡号", "是否困难",
)  # fmt: skip

members = Register(
    "members", loads=(mechanisms.MEMBER_FILES, mechanisms.MEMBER_STATISTICS,), zh="党员花名册", en="roll of Party members", row=Member, proof=MEMBERS,
    inputs=(SINCE,),
    titles=("党员花名册", "党员信息库", "党员名册", "党员信息采集表", "党员基本信息表", "党员统计表", "在册党员名单",
        "党员名单", "党员信息表", "在职党员名册", "离退休党员名册", "党员台账", "党员信息统计表"),
    columns=(
        Ignored("序号", "编号", "党员编号", "序列", "行号", "填报时间", "填表时间", "进入当前党支部日期", "填报单位", "顺序号", "登记日期", "登记时间", "登记日"), NAME, NUMBER, BIRTH, DROPPED,
        Column("stage", "人员类别", "党员类别", "党员类型", "正式/预备", "党员类别（正式/预备）", "正式或预备", "人员类型", "党员性质", "是否正式党员", "是否预备党员", "发展阶段", "正式党员/预备党员", "党员种类"),
        Link(
            "branch", BELONGS_TO_BRANCH, "所在党支部", "组织关系所在党支部", "所属党组织", "党组织名称", "党支部", "所属支部", "所在支部",
            "支部名称", "所在党组织", "所属党支部", "党支部名称", "组织关系所在支部", "组织关系所在地", "组织关系", "所属党组织名称",
            "所在党组织名称", "所在支部名称", "所在党支部名称", "基层党组织", "支部", "组织关系所在党组织", "党组织", "现所在党支部", end="target",
        ),
        Link(
            "employer", WORKS_AT, "工作单位", "工作单位及职务", "单位", "所在单位", "单位名称", "单位简称", "就业单位", "所属单位", "原工作单位", "现工作单位",
            "所在企业", "企业名称", "任职单位", "工作单位名称", "供职单位", "从业单位", "所属企业", "所属公司", "公司", "现单位", "原单位",
            "退休前单位", "退休前工作单位", "原工作单位名称", "单位全称", "所在公司", "人事关系所在单位", end="target", titled=True,
        ),
        Link(
            "home", LIVES_IN, "现居住地", "现居地址", "家庭住址", "居住地址", "住址", "居住小区", "居住社区", "家庭地址", "现住址", "常住地址",
            "居住地", "现住地址", "家庭详细住址", "详细住址", "常住地", "经常居住地", "实际居住地", "居住地社区", "居住所在社区", "现居住社区",
            "所住小区", "家庭居住地址", "居住地点", "住所", "家庭地址（社区）", "现居地", "现居住地址", "居住详细地址", "所居住社区",
            "居住小区（社区）", end="target", personal=True,
        ),
        Link(
            "skill", HAS_SKILL, "特长", "专业特长", "个人特长", "服务意愿", "可提供服务", "技能特长", "爱好特长", "专长", "特长爱好", "兴趣特长",
            "兴趣爱好", "爱好", "擅长", "擅长领域", "技能", "服务特长", "专业技能", "专业技术特长", "志愿服务特长", "志愿服务意愿", "服务意向",
            "志愿服务意向", "可提供的服务", "个人专长", "有无特长", end="target", split=True, scheme="skill",
        ),
        # A roll that says where its members report is the double registration, too.
        Link(
            "reports_to", REPORTED_TO, "报到社区", "双报到社区", "报到社区名称", "报到的社区", "所报到社区", "报到所在社区", "报到至", "双报到至",
            "报到村（社区）", "报到社区（村）", "报到单位", "报到党组织", "报到社区党组织", "报到居委会", "到哪个社区报到", end="target",
            properties={"since": "since"},
        ),
        Column("since", "报到时间", "报到日期", "报到日", "双报到时间", "社区报到时间", "到社区报到时间", "报到年月"),
        Link("claimed", HAS_SKILL, "认领岗位", "认领服务岗位", "认领志愿岗位", "认领项目", "认领服务", "报到认领岗位", end="target", split=True, scheme="service"),
        Column("joined_year", "入党日期", "加入党组织日期", "入党时间", "入党年月", "入党日", "加入党组织时间", "加入中国共产党时间", "入党年份", "入党年度", "加入党组织年月", "何时入党", "加入中国共产党日期"),
        Column(
            "category", "备注", "人员状态", "在职状态", "在职/离退休", "党籍状态", "是否在职", "党员身份", "类别", "在职情况", "党员状态",
            "在岗状态", "人员情况", "是否在岗", "是否退休", "是否离退休", "在职或离退休", "在岗/退休", "党员类别（在职/离退休/流动）", "人员状况",
            "职工状态", "在职/退休状态", "离退休类型", "在职退休状态", "人员身份状态",
        ),
    ),
)  # fmt: skip
reports = Register(
    "member_reports", loads=(mechanisms.DOUBLE_REPORT,), zh="在职党员社区报到登记表", en="members reporting to communities", row=Member, proof=REPORTS,
    titles=("在职党员社区报到登记表", "在职党员到社区报到一览表", "双报到登记表", "党员双报到花名册", "双报到台账", "在职党员报到花名册", "党员报到表",
        "双报到党员统计表", "在职党员到社区报到情况登记表", "党员到社区报到登记表", "报到党员名册", "在职党员报到", "双报到"),
    inputs=(SINCE,),
    columns=(
        Ignored("序号", "编号", "社区评价", "社区党组织意见", "服务时间", "服务时长", "服务次数", "填报时间", "填报单位", "所在党支部", "所属党组织", "党组织名称", "所属支部", "完成情况", "审核意见", "是否报到", "报到情况", "报到证编号", "社区意见", "参加活动次数", "积分"), NAME, NUMBER, BIRTH, DROPPED,
        Link(
            "employer", WORKS_AT, "工作单位", "所在单位", "单位名称", "单位", "工作单位及职务", "现工作单位", "所属单位", "工作单位名称", "单位全称",
            "任职单位", "所在企业", "企业名称", "派出单位", "党员所在单位", "所在单位名称", end="target", titled=True,
        ),
        Link(
            "reported_to", REPORTED_TO, "报到社区", "双报到至", "报到党组织", "报到地", "报到单位", "所报到社区", "报到社区名称", "报到的社区",
            "报到社区（村）", "报到村（社区）", "报到所在社区", "双报到社区", "报到至", "报到街道社区", "拟报到社区", "居住地社区", "报到居委会",
            "报到居民区", "社区名称", "报到党组织名称", "报到社区党组织", "联系社区", "所在社区", "社区", end="target", required=True,
            properties={"since": "since"},
        ),
        Column("since", "报到时间", "报到日期", "登记时间", "登记日期", "报到日", "报到登记时间", "报到年月", "到社区报到时间", "报到登记日期", "双报到时间", "社区报到时间", "注册时间"),
        Link(
            "skill", HAS_SKILL, "认领岗位", "志愿服务岗位", "服务岗位", "认领服务", "服务意愿", "认领志愿岗位", "服务项目", "特长", "志愿服务意向",
            "志愿服务意愿", "服务意向", "志愿服务项目", "认领项目", "认领的岗位", "认领服务岗位", "认领岗位名称", "岗位", "服务类别", "服务内容",
            "志愿岗位", "认领志愿服务岗位", "个人特长", "专业特长", "服务特长", "特长爱好", "可提供服务", "志愿服务类别", "意向岗位", "设岗定责岗位",
            end="target", split=True, scheme="service",
        ),
        Link(
            "home", LIVES_IN, "现居住地", "家庭住址", "居住地址", "现住址", "居住小区", "住址", "居住地", "现居地址", "现居住地址", "家庭详细住址",
            "常住地址", "居住社区", "家庭地址", "现住地址", "居住地点", "详细住址", end="target", personal=True,
        ),
        Ignored("备注"),
    ),
)  # fmt: skip
