"""People: members under a pseudonym. No name, number, phone, address or birth date has a property here, so none can be stored."""

from graph.kinds import Column, Entity, Identity, Ignored, Link, Personal, Property, Register, Relation
from graph.schema.organizations import UNITS, Community, PartyOrganization
from graph.types import Count, Date, OneOf, Text, Year

Member = Entity(
    "Member", zh="党员", en="Party member", keys=("{pseudonym}",),
    properties=(
        Property("pseudonym", Text(), zh="化名", en="pseudonym", required=True),
        Property(
            "category",
            OneOf({"在职": ("在岗", "在职党员", "在职职工"), "离退休": ("退休", "离休", "退休党员", "离退休党员"), "流动": ("流动党员",), "其他": ()}, unknown="drop"),
            zh="类别", en="category",
        ),
        Property("stage", OneOf({"正式": ("正式党员",), "预备": ("预备党员",)}, unknown="drop"), zh="党员类型", en="stage"),
        Property("joined_year", Year(), zh="入党年份", en="year of joining"),
    ),
)  # fmt: skip
Concept = Entity(
    "Concept", zh="分类词", en="class word", keys=("{scheme}:{name}",), mention="create",
    properties=(
        Property("name", Text(), zh="名称", en="name", required=True),
        Property("scheme", Text(), zh="分类", en="scheme"),
    ),
)  # fmt: skip
MemberCohort = Entity(
    "MemberCohort", zh="党员群组", en="cohort of members", keys=("coh:{employer}:{community}:{category}",), computed=True,
    properties=(
        Property("employer", Text(), zh="单位", en="employer id"),
        Property("community", Text(), zh="社区", en="community id"),
        Property("category", Text(), zh="类别", en="category"),
        Property("count", Count(), zh="人数", en="members; null below five"),
    ),
)  # fmt: skip

SINCE = Property("since", Date(), zh="起始", en="since")
WORKS_AT = Relation("WORKS_AT", zh="在职于", en="works at", source=(Member,), target=UNITS)
LIVES_IN = Relation("LIVES_IN", zh="居住于", en="lives in", source=(Member,), target=(Community,))
BELONGS_TO_BRANCH = Relation("BELONGS_TO_BRANCH", zh="组织关系", en="belongs to branch", source=(Member,), target=(PartyOrganization,))
REPORTED_TO = Relation("REPORTED_TO", zh="报到", en="reported to", source=(Member,), target=(Community,), properties=(SINCE,))
HAS_SKILL = Relation("HAS_SKILL", zh="特长", en="has skill", source=(Member,), target=(Concept,))
OF_EMPLOYER = Relation("OF_EMPLOYER", zh="群组单位", en="cohort of", source=(MemberCohort,), target=UNITS, computed=True)
IN_COMMUNITY = Relation("IN_COMMUNITY", zh="群组社区", en="cohort living in", source=(MemberCohort,), target=(Community,), computed=True)

NUMBER = Identity("number", "公民身份证号码", "公民身份号码", "身份证号", "身份证号码", "证件号码", "身份证", "身份证件号码", "居民身份证号")
NAME = Identity("name", "姓名", "党员姓名", "名字")
BIRTH = Identity("birth", "出生日期", "出生年月", "出生年月日")
DROPPED = Personal(
    "性别", "民族", "籍贯", "年龄", "户籍地", "户籍所在地", "学历", "文化程度", "学位", "联系电话", "手机号码", "手机", "联系方式", "移动电话", "联系手机", "固定电话", "电话",
    "党费交纳至", "党费缴纳情况", "党费", "是否困难党员", "是否出国出境", "奖惩情况", "民主评议情况", "健康状况", "是否失联党员", "政治面貌", "婚姻状况", "职务", "工作岗位",
)  # fmt: skip

members = Register(
    "members", zh="党员花名册", en="roll of Party members", row=Member,
    titles=("党员花名册", "党员信息库", "党员名册", "党员信息采集表", "党员基本信息表", "党员统计表", "在册党员名单"),
    columns=(
        Ignored("序号", "编号"), NAME, NUMBER, BIRTH, DROPPED,
        Column("stage", "人员类别", "党员类别", "党员类型", "正式/预备"),
        Link("branch", BELONGS_TO_BRANCH, "所在党支部", "组织关系所在党支部", "所属党组织", "党组织名称", "党支部", "所属支部", "所在支部", "支部名称", "所在党组织", end="target"),
        Link("employer", WORKS_AT, "工作单位", "工作单位及职务", "单位", "所在单位", "单位名称", "就业单位", "所属单位", "原工作单位", end="target"),
        Link("home", LIVES_IN, "现居住地", "现居地址", "家庭住址", "居住地址", "住址", "居住小区", "居住社区", "家庭地址", "现住址", "常住地址", end="target", personal=True),
        Link("skill", HAS_SKILL, "特长", "专业特长", "个人特长", "服务意愿", "可提供服务", "技能特长", "爱好特长", end="target", split=True, scheme="skill"),
        Column("joined_year", "入党日期", "加入党组织日期", "入党时间", "入党年月"),
        Column("category", "备注", "人员状态", "在职状态", "在职/离退休", "党籍状态", "是否在职", "党员身份", "类别", "在职情况"),
    ),
)  # fmt: skip
reports = Register(
    "member_reports", zh="在职党员社区报到登记表", en="members reporting to communities", row=Member,
    titles=("在职党员社区报到登记表", "在职党员到社区报到一览表", "双报到登记表", "党员双报到花名册", "双报到台账", "在职党员报到花名册", "党员报到表"),
    inputs=(SINCE,),
    columns=(
        Ignored("序号", "编号", "社区评价", "社区党组织意见"), NAME, NUMBER, BIRTH, DROPPED,
        Link("employer", WORKS_AT, "工作单位", "所在单位", "单位名称", "单位", "工作单位及职务", end="target"),
        Link("reported_to", REPORTED_TO, "报到社区", "双报到至", "报到党组织", "报到地", "报到单位", "所报到社区", "报到社区名称", end="target", required=True, properties={"since": "since"}),
        Column("since", "报到时间", "报到日期", "登记时间", "登记日期"),
        Link("skill", HAS_SKILL, "认领岗位", "志愿服务岗位", "服务岗位", "认领服务", "服务意愿", "认领志愿岗位", "服务项目", "特长", end="target", split=True, scheme="service"),
        Link("home", LIVES_IN, "现居住地", "家庭住址", "居住地址", "现住址", end="target", personal=True),
        Ignored("备注"),
    ),
)  # fmt: skip
