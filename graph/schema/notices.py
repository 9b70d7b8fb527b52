"""What units announce: policy, services, activities, news of the community."""

from graph import mechanisms
from graph.kinds import INCREMENT, Column, Ignored, Link, Register, Relation
from graph.schema.governance import Notice
from graph.schema.organizations import UNITS
from graph.schema.person_columns import PERSONS
from graph.schema.resources import ABOUT

ISSUED = Relation("ISSUED", zh="发布", en="issued", source=UNITS, target=(Notice,))

notices = Register(
    "notices", loads=(mechanisms.NOTICES,), zh="信息发布台账", en="notices issued", row=Notice, scope=INCREMENT,
    titles=("信息发布台账", "政务通信息发布表", "服务通信息发布表", "活动通信息发布表", "社区动态信息表", "通知公告台账", "信息发布登记表", "通知公告一览表",
        "三社联动信息发布台账", "社区信息发布统计表", "信息报送发布台账", "政务通", "服务通", "活动通"),
    columns=(
        Ignored("序号", "编号", "备注", "说明", "阅读量", "浏览量", "点击量", "点赞数", "转发量", "链接", "网址", "附件", "审核状态", "发布状态", "来源", "填报单位", "填报时间", "图片", "字数"),
        Column(
            "title", "信息标题", "标题", "通知标题", "信息名称", "公告标题", "发布标题", "通知名称", "题目", "信息题目", "发布信息标题", "公告名称",
            "动态标题", "文章标题", required=True,
        ),
        Column(
            "day", "发布时间", "发布日期", "时间", "日期", "上传时间", "推送时间", "信息发布时间", "推送日期", "公告时间", "发布年月", "发文日期",
            "刊发时间", "上线时间",
        ),
        Link(
            "unit", ISSUED, "发布单位", "发布部门", "发布机构", "发布单位名称", "信息发布单位", "发文单位", "报送单位", "发布方", "推送单位", "发布社区",
            "单位名称", "社区名称", "主办单位", "供稿单位", end="source",
        ),
        Column(
            "channel", "栏目", "发布栏目", "信息类别", "类别", "信息类型", "所属栏目", "平台栏目", "类型", "发布平台", "信息栏目", "发布渠道", "板块",
            "模块", "发布类别", in_title=r"(政务通|服务通|活动通|社区动态)",
        ),
        Column("topics", "主题词", "关键词", "主题", "标签", "信息主题", "话题", "关键字", "主题分类", "涉及领域"),
        Link("about", ABOUT, rides="topics", end="target", split=True, scheme="service"),
        Column("audience", "发布范围", "面向对象", "适用对象", "接收对象", "服务对象", "发布对象", "推送范围", "推送对象", "受众", "适用范围"),
        Column("expires", "有效期至", "截止时间", "截止日期", "有效期", "失效时间", "报名截止时间", "下线时间", "结束时间", "到期时间"),
        Column("content", "内容", "信息内容", "内容摘要", "摘要", "正文", "主要内容", "通知内容", "发布内容", "内容简介", "简介", "公告内容", "信息摘要"),
        PERSONS,
    ),
)  # fmt: skip
