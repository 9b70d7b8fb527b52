"""Claims: which unit undertook to meet which need or project, when, with what progress and what result."""

from graph import mechanisms
from graph.kinds import INCREMENT, Column, Ignored, Link, Personal, Property, Register, Relation
from graph.schema.assets import Project
from graph.schema.organizations import UNITS
from graph.schema.resources import Need
from graph.types import MONEY, Count, Date, Name, OneOf, Status, Text

CLAIMED = Relation(
    "CLAIMED", zh="认领", en="claimed", source=UNITS, target=(Need, Project), starts="at",
    properties=(
        Property("at", Date(), zh="认领时间", en="claimed on"),
        Property(
            "status",
            Status({"待审核": ("审核中", "待审", "未审核"), "已认领": ("通过", "审核通过", "已通过"), "对接中": ("已对接", "办理中", "进行中", "实施中"), "已完成": ("完成", "已办结", "办结", "已实现"), "不通过": ("未通过", "驳回", "退回"), "已关闭": ("关闭", "取消", "撤销")}),
            zh="状态", en="status",
        ),
        Property("rating", OneOf({"非常满意": ("优秀", "优", "很满意"), "满意": ("良好", "良", "较满意"), "一般": ("基本满意", "合格"), "不够满意": ("不满意", "差", "不合格")}, unknown="keep"), zh="评价", en="rating"),
        Property("content", Text(), zh="认领内容", en="what was claimed"),
        Property("quantity", Count(of="things"), zh="认领数量", en="quantity"),
        Property("amount", MONEY, zh="意向金额（元）", en="amount (yuan)"),
        Property("met", Date(), zh="对接时间", en="met on"),
        Property("done", Date(), zh="完成时间", en="done on"),
    ),
)  # fmt: skip
BY_PERSON = "个人"

claims = Register(
    "claims", loads=(mechanisms.CLAIMS,), zh="认领清单", en="claims of needs and projects", row=CLAIMED,
    marks=("认领", "领办", "认捐", "承接",), scope=INCREMENT,
    titles=("认领清单", "双向认领清单", "项目认领清单", "需求认领清单", "认领表", "双向认领表", "认领台账", "项目认领表", "需求认领表", "认领情况统计表", "认领登记表",
        "公益进工地认领清单", "资源需求双向认领表", "认领汇总表", "认领一览表", "认领情况表"),
    inputs=(
        Property("owner", Name(), zh="需求单位", en="whose need or project it is"),
        Property("by", OneOf({"单位": ("单位认领", "集体", "集体认领", "党组织", "党组织认领", "企业"), BY_PERSON: ("个人认领", "党员", "党员认领", "居民")}, unknown="drop"), zh="认领类型", en="claimed by a unit or a person"),
    ),
    left_out={"by": BY_PERSON},
    columns=(
        Ignored(
            "序号", "编号", "认领编号", "备注", "心声", "感言", "填报单位", "填报时间", "审核意见", "审核时间", "项目编号", "需求编号", "项目类别", "需求类别", "类别", "照片", "附件",
            "所属街道", "所在街道", "服务对象", "截止日期", "说明", "其他", "服务时长", "地点",
        ),
        Column("by", "认领类型", "认领方式", "认领主体类型", "认领主体", "认领类别", "认领形式", "单位/个人", "个人/单位", "认领性质", "认领对象类型"),
        Link(
            "claimer", CLAIMED, "认领单位", "认领企业", "认领党组织", "认领方", "认领单位名称", "认领组织", "认领部门", "认领企业名称", "认领共建单位", "认领驻区单位", "认领支部",
            "认领党支部", "承接单位", "认领的单位", "认领单位（企业）", "意向认领单位", "认领者单位", "领走的企业", "领走的单位", "谁领的", end="source", split=True, required=True,
        ),
        Link(
            "subject", CLAIMED, "认领项目", "认领需求", "项目名称", "需求名称", "认领项目名称", "认领需求名称", "认领事项", "认领的项目", "认领心愿", "需求内容", "心愿内容", "需求事项",
            "认领任务", "微心愿", "需求项目", "认领服务项目", "对接项目", "认领需求内容", "项目/需求名称", "领的事", "领的愿望", "认领愿望", "愿望内容", end="target", required=True, within="owner",
        ),
        Column("owner", "需求单位", "发布单位", "需求社区", "项目单位", "社区", "社区名称", "提出单位", "需求方", "牵头单位", "项目发布单位", "需求发布单位", "所属社区", "被认领单位", "需求单位名称", "发布社区"),
        Column("content", "认领内容", "认领的内容", "具体内容", "认领具体内容", "认领说明", "认领内容描述", "服务内容", "认领服务内容", "帮扶内容", "拟提供服务"),
        Column("quantity", "认领数量", "数量", "认领个数", "认领份数", "认领名额", "认领数", "认领场次", "认领次数"),
        Column("amount", "意向金额", "认领金额", "金额", "资助金额", "认领数量/意向金额", "捐赠金额", "认领资金", "认领经费", "意向资金", "出资金额", "支持金额"),
        Column("at", "认领时间", "认领日期", "认领年月", "意向认领时间", "认领登记时间", "登记时间", "认领确认时间", "申请时间", "认领日", "领的日子", "哪天领的"),
        Column("status", "认领审核状态", "审核状态", "认领状态", "状态", "对接状态", "办理状态", "认领情况", "完成情况", "进展情况", "落实情况", "当前状态", "对接情况", "认领进展"),
        Column("met", "对接时间", "对接日期", "洽谈时间", "联系时间", "首次对接时间", "对接年月"),
        Column("done", "完成时间", "完成日期", "办结时间", "实现时间", "落实时间", "实际完成时间", "办结日期", "兑现时间", "结束时间", "办好的日子"),
        Column("rating", "项目评价", "评价", "满意度", "评价结果", "服务评价", "满意度评价", "认领评价", "完成评价", "社区评价", "综合评价", "评价等级"),
        Personal(
            "认领人", "认领人姓名", "认领个人", "认领党员", "联系人", "联系电话", "联系方式", "电话", "手机", "手机号码", "姓名", "负责人", "经办人", "认领人电话", "认领单位联系人",
            "认领人联系方式", "联系人电话", "需求人", "性别", "年龄", "身份证号", "填报人", "对接人", "心愿人", "受助人",
        ),
    ),
)  # fmt: skip
