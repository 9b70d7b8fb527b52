"""By what a list shows that its persons are Party members or lecturers; their registers load nobody else."""

from dataclasses import replace

from graph.proofs import PersonProof
from graph.texts import Said

_LISTS = "花名册|名册|名单|名录|台账|登记|统计|一览|汇总|采集|明细|信息|情况|数据|报到|档案|底册|总册|清单|库$|表$|册$"
_FILLING = (
    "特长|专长|技能|才艺|基本|详细|个人|电子|动态|管理|在册|组织关系|年度|(?:到|在|向)?(?:居住地|所在)?(?:社区|村)"
)
_OTHER_PARTIES = "民主党派|无党派|民革|民盟|民建|民进|农工|致公|九三|台盟"
_NOT_YET = "积极分子|申请入党|入党申请|发展对象|培养对象|发展党员|拟发展|拟吸收"
_GONE = "转出|迁出|死亡|去世|逝世|病故|已故|亡故|过世|出党(?!员|组|支|总|委)|除名|开除|退党|脱党|停止党籍"
_A_MEMBER = (
    rf"(?!.*(?:群众|团员|积极分子|{_GONE}))(?:中共|中国|共产|党|正式|预备|\(|\))*党员(?!发展|积极|申请|培养|对象|家|户)"
)
_OF_ANOTHER = "父|母|配偶|家庭|家属|子女|户主|联系人|介绍人|培养人"

# 党员活动室, 党员责任区, 党员示范岗, 党员联系户, 党员家属 list no members: after 党员 only words of lists may follow.
MEMBERS = PersonProof(
    who=Said("党员", "Party members"),
    titles=(
        rf"(?<!非)党员(?:干部|职工|教师|教职工|医护|骨干|志愿者|队伍)?(?:{_FILLING})*(?:{_LISTS}|$|[^\u4e00-\u9fff、和及与])"
        r"|支部(?:全体)?(?:成员|人员)?花名册|双报到"
    ),
    others=rf"{_NOT_YET}|{_OTHER_PARTIES}|申请人|培养联系人|非党|群众|家属|遗属|(?<!党)团员|干部职工|党员(?:[、和及与,/]|代表)|党代表",
    gone=rf"{_GONE}|转接|减少",
    headers=r"党员(?:姓名|名字|编号|证号)$|^(?:报到|在职|流动|离退休)党员$",
    status=(
        rf"^(?!.*(?:{_OF_ANOTHER})).*(?:政治面[貌目]|政治身份|政治状况|政治情况)"
        r"|(?:^|/)(?:面貌|党派|(?:是|是否)?(?:为|是)?(?:中共|共产党)?党员)(?:\(|$)"
    ),
    yes=rf"^{_A_MEMBER}|^(?:中共|中国共产党|共产党|党|正式|预备|是|√|✓|y|yes|0?[12](?:\.0)?)$",
    advice="政治面貌",
    no=rf"{_NOT_YET}|{_OTHER_PARTIES}|非党|群众|(?<!党)团员",
    body="branch",
    body_words=rf"^(?!.*(?:团支部|团委|团总支|{_OTHER_PARTIES})).*(?:支部|党委|总支|党组|党小组|党工委)",
    sign="joined_year",
    signed_on="^(?!.*(?:申请|拟|递交|预计|计划|积极|对象|培养)).*(?:入党|加入.*党|转正|转为正式)",
    beside=r"党员类[别型]|党籍|党员(?:状态|身份|性质)|人员(?:类[别型]|状[态况]|情况)|^(?:类别|身份|状态|备注|去向|现状|组织关系状态)$",
    left=rf"^(?:[0-9年月日.\-/]|已|于|因病|因故|现|组织关系|党员|关系|自行|自愿|被)*(?:{_GONE})(?:[^\u4e00-\u9fff]|党员|至|到|往|$)",
    left_on=rf"(?:{_GONE})(?:时间|日期|年月|日)$",
)
# 社区工作者 with a community and 政治面貌 work there: they reported to nobody.
REPORTS = replace(MEMBERS, about="报到")
# A list of those who listen has courses and days, too.
LECTURERS = PersonProof(
    who=Said("讲师", "lecturers"),
    titles="讲师|师资|授课|宣讲团|宣讲员|教师队伍|兼职教师|党课|导师",
    others="学员|参训|受训|听课|听众|学生|报名|签到|拟聘",
    headers="授课|讲授|主讲|宣讲|讲课|讲师|师资|党课",
)
