"""Volunteer lecturers: known by a pseudonym, by name only with their consent; what they teach, for which unit they work."""

from graph import mechanisms
from graph.kinds import Column, Identity, Ignored, Link, Personal, Register, Relation
from graph.schema.assets import Course
from graph.schema.members import HAS_SKILL, NUMBER, WORKS_AT, Lecturer
from graph.schema.person_columns import persons_without
from graph.schema.person_proofs import LECTURERS

TEACHES = Relation("TEACHES", zh="授课", en="teaches", source=(Lecturer,), target=(Course,))
NAMES = (
    "授课老师", "姓名", "讲师姓名", "教师姓名", "授课人", "授课教师", "讲师", "主讲人", "授课志愿者", "师资", "授课人姓名", "讲师名称", "老师姓名",
    "主讲老师", "授课老师姓名", "宣讲员", "宣讲人", "主讲教师", "教师", "授课讲师", "志愿者姓名", "师资姓名",
)  # fmt: skip

lecturers = Register(
    "lecturers", loads=(mechanisms.LECTURERS,), zh="授课师资库", en="volunteer lecturers", row=Lecturer, proof=LECTURERS,
    titles=("授课师资库", "授课志愿者名册", "师资库", "讲师团名册", "讲师团成员一览表", "授课师资一览表", "授课教师队伍名册", "宣讲团成员名册", "党课讲师名单",
        "师资信息表", "授课志愿者登记表", "讲师库", "师资力量统计表", "兼职教师名册", "党员教育师资库"),
    columns=(
        Ignored("序号", "编号", "备注", "说明", "填报单位", "填报时间", "课程编号", "师资编号", "推荐单位", "入库时间", "聘书编号", "课酬", "讲课费", "时长", "课时"),
        Identity("name", *NAMES), NUMBER,
        Personal(
            "师资力量介绍", "授课老师介绍", "个人简介", "讲师简介", "教师简介", "个人简历", "师资介绍", "主要成果", "个人荣誉", "获奖情况", "工作经历",
            "专业技术职称", "职务/职称", "职务职称", "职称/职务", "照片", "出生年月", "出生日期", "毕业院校",
        ),
        persons_without(*NAMES, *NUMBER.headers),
        Link(
            "employer", WORKS_AT, "所在单位", "工作单位", "单位", "单位名称", "讲师单位", "授课人单位", "所属单位", "工作单位及职务", "教师单位",
            "授课老师单位", "派出单位", "任职单位", "认领单位", "所在单位名称", "企业名称", end="target", titled=True,
        ),
        Column(
            "consent", "是否同意公开", "本人同意", "是否同意", "是否授权", "同意公开姓名", "是否同意公开姓名", "本人是否同意公开", "同意入库公开",
            "授权情况", "知情同意", "是否同意公示", "同意书",
        ),
        Column(
            "consent_until", "同意期限", "授权期限", "同意有效期", "授权有效期", "公开期限", "授权截止时间", "同意截止日期", "授权到期时间", "同意至",
            "公开截止日期",
        ),
        Column(
            "topics", "授课方向", "授课主题", "授课内容", "擅长领域", "研究方向", "授课领域", "宣讲主题", "讲授内容", "宣讲内容", "专业领域",
            "授课专题", "专题", "授课类别", "宣讲方向",
        ),
        Link("skill", HAS_SKILL, rides="topics", end="target", split=True, scheme="skill"),
        Link(
            "course", TEACHES, "课程名称", "课程", "授课题目", "课题", "讲授课程", "授课课程", "宣讲题目", "课程题目", "课题名称", "可授课程",
            "主讲课程", "党课题目", "授课课题", "讲课题目", "课程标题", end="target", scheme="crs", gathers=True,
        ),
        Column("form", "授课形式", "授课方式", "形式", "讲授形式", "宣讲形式", "教学形式", "课程形式", "教学方式", "授课类型", "线上/线下"),
        Column("offered", "可授课时间", "授课时间", "时间", "可授课时段", "可安排时间", "可宣讲时间", "空闲时间", "可预约时间", "可服务时间", "授课时段"),
        Column("audience", "适合对象", "授课对象", "面向对象", "听课对象", "受众", "适用对象", "宣讲对象", "授课人群", "对象", "适合人群"),
        Column("sessions", "次数", "授课次数", "讲课次数", "宣讲次数", "已授课次数", "年授课次数", "累计授课次数", "授课场次", "宣讲场次", "场次"),
        Column("rating", "评价", "授课评价", "学员评价", "评价情况", "满意度", "评价结果", "测评结果", "听课评价", "授课效果", "效果评价"),
    ),
)  # fmt: skip
