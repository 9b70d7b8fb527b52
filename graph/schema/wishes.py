"""Small wishes: needs of a community. A form that says whose wish it is, how old, how poor, is about persons and refused."""

from graph import mechanisms
from graph.kinds import Column, Ignored, Link, Personal, Refused, Register
from graph.schema.resources import ABOUT, CONTACTS, RAISED, SEEKS, Need

_WHOSE = Refused(
    "年龄", "性别", "家庭困难情况", "家庭情况", "家庭困难", "困难情况", "困难类型", "困难原因", "身体状况", "健康状况", "残疾情况", "残疾等级", "残疾类别", "低保情况",
    "是否低保", "身份证号", "身份证号码", "公民身份号码", "出生日期", "出生年月", "家庭住址", "住址", "家庭收入", "家庭成员", "心愿人身份", "民族",
)  # fmt: skip
wishes = Register(
    "wishes", loads=(mechanisms.CLAIMS,), zh="微心愿清单", en="small wishes", row=Need,
    marks=("心愿",),
    titles=("微心愿清单", "微心愿征集表", "微心愿认领清单", "微心愿台账", "微心愿一览表", "微心愿汇总表", "居民微心愿", "心愿清单", "点亮微心愿", "点亮心愿", "微心愿认领表",
        "社区微心愿征集汇总表", "心愿征集表", "微心愿登记表", "心愿墙"),
    columns=(
        Ignored(
            "序号", "编号", "心愿编号", "备注", "认领单位", "认领企业", "认领党组织", "认领时间", "认领方式", "认领日期", "实现时间", "完成时间",
            "完成日期", "对接单位", "对接时间", "填报时间", "照片", "评价", "所属街道", "所在街道", "预计费用", "预算",
        ),
        _WHOSE,
        Personal(*(header for header in CONTACTS.headers if header not in _WHOSE.headers)),
        Link(
            "unit", SEEKS, "社区", "社区名称", "所属社区", "所在社区", "心愿社区", "征集社区", "提出社区", "居民区", "居委会", "征集单位", "提报社区", "社区居委会",
            "居民区名称", "填报单位", "提出单位", "申报社区", "心愿单位", "单位名称", end="source", required=True,
        ),
        Column(
            "title", "心愿内容", "微心愿", "微心愿内容", "心愿", "心愿名称", "心愿事项", "微心愿名称", "愿望", "心愿描述", "具体心愿", "心愿详情", "心愿物品", "微心愿事项", "愿望内容",
            "居民心愿", "心愿需求", required=True,
        ),
        Column("category", "心愿类别", "心愿类型", "类别", "微心愿类别", "心愿分类", "微心愿类型", "类型", "心愿种类", "需求类别", "心愿性质"),
        Link("about", ABOUT, rides="category", end="target", split=True, scheme="service"),
        Column("quantity", "数量", "心愿数量", "物品数量", "所需数量", "份数", "个数", "微心愿数量", "需求数量"),
        Column("raised", *RAISED),
        Column("deadline", "期望完成时间", "截止日期", "期望时间", "完成时限", "心愿时限", "希望完成时间", "截止时间", "期望实现时间", "有效期", "认领截止时间"),
        Column("status", "完成情况", "状态", "心愿状态", "实现情况", "是否完成", "落实情况", "办理情况", "完成状态", "是否实现", "心愿实现情况", "圆梦情况", "认领状态", "认领情况", "是否认领", "进展情况"),
    ),
    defaults=(("category", "微心愿"),),
)  # fmt: skip
