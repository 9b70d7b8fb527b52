"""How the clerks of a synthetic district word a service: each in their own way, the class often in one cell only.

Written without sight of the words that the product knows, so that a question about needs and offers can fail on it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

# Service → (category, what is wanted). A category says all, something or nothing; so does the other cell.
NEEDS = {
    "文艺辅导": (
        ("文体", "合唱队缺一位教唱歌的老师"),
        ("群众文化", "想请人来教广场舞"),
        ("", "重阳节要排一台节目，没人会编排"),
        ("文化活动", "社区乐队没有辅导老师"),
        ("文艺辅导", "每周来一个晚上"),
        ("其他", "秧歌队请老师指导动作"),
    ),
    "帮困助残": (
        ("帮扶", "残疾人家庭需要有人常去照看"),
        ("关爱", "给残疾人家庭送米面油"),
        ("助残", "节前上门看看"),
        ("", "结对帮助几户残疾居民"),
        ("民生", "低保户和残疾人缺少帮扶"),
        ("扶残", "帮残疾居民买药办事"),
    ),
    "治安防范": (
        ("平安", "夜里楼院缺人巡查"),
        ("", "自行车老丢，盼有人夜间巡逻"),
        ("治安", "晚上多来转转"),
        ("综治", "义务巡逻队人手不够"),
        ("平安建设", "防盗防骗要有人宣传、有人巡逻"),
        ("其他", "门岗晚上没人值守，想请保卫人员帮忙巡逻"),
    ),
    "便民服务": (
        ("便民", "电视冰箱坏了没处修"),
        ("生活服务", "老人家的洗衣机要人上门修"),
        ("", "想搞一次小家电维修"),
        ("家电维修", "每季度一次"),
        ("便民", "风扇电饭锅坏了，盼有师傅来修"),
        ("维修", "居民家里电器出毛病找不到人"),
    ),
    "法律援助": (
        ("普法", "居民打官司想有人给出出主意"),
        ("法律", "每月坐班一次"),
        ("", "遗产和邻里纠纷想问律师"),
        ("法律咨询", "请懂行的人来答疑"),
        ("调解", "劳动合同、欠薪的法律问题没人解答"),
        ("其他", "请律师给居民讲讲怎么维权"),
    ),
    "环境整治": (
        ("环境", "楼道堆物和小广告没人清"),
        ("卫生", "帮着打扫卫生死角"),
        ("", "清理楼院垃圾和杂草"),
        ("市容", "背街小巷要组织一次大扫除"),
        ("环境卫生", "每月底来人一起干"),
        ("人居环境", "绿地里的杂物要清运"),
    ),
    "青少年课堂": (
        ("青少年", "放学后孩子作业没人辅导"),
        ("教育", "暑期想办个假期课堂"),
        ("", "双职工家的小学生要人辅导功课"),
        ("课后辅导", "每天下午两小时"),
        ("未成年人", "寒假请老师给孩子们上上课"),
        ("其他", "四点半以后没人教孩子写作业"),
    ),
    "健康义诊": (
        ("健康", "请大夫来给老人量量血压"),
        ("医疗", "老人看病远，盼医生下社区"),
        ("", "办一次免费看病的活动"),
        ("义诊", "春秋各一次"),
        ("卫生健康", "给老年人测血糖、做检查"),
        ("其他", "想请中医来给居民号号脉"),
    ),
}
# Service → (category, name, what it is).
OFFERS = {
    "文艺辅导": (
        ("人才", "工会文艺骨干下社区", "教唱歌、排舞蹈"),
        ("服务", "教歌排舞", "每周一晚"),
        ("文体", "职工艺术团送教", "声乐、舞蹈老师各一名"),
        ("其他", "小百灵行动", "青年职工辅导居民合唱队"),
    ),
    "帮困助残": (
        ("服务", "结对帮困", "与困难户、残疾户结对"),
        ("人才", "暖阳行动", "志愿者上门照顾残疾人和困难老人"),
        ("公益", "走访帮扶残疾家庭", "每季度一次"),
        ("服务", "爱心帮扶", "为残疾居民跑腿、送物资"),
    ),
    "治安防范": (
        ("人才", "夜巡队", "保卫科人员在楼院夜间巡逻"),
        ("服务", "平安联防", "厂区和社区一起巡逻"),
        ("服务", "治安巡逻", "每晚两小时"),
        ("其他", "红马甲行动", "退役职工夜间义务巡逻"),
    ),
    "便民服务": (
        ("人才", "小家电义修", "电工免费修理家用电器"),
        ("服务", "上门修电器", "工作日预约"),
        ("服务", "便民维修", "修家电、修水电"),
        ("其他", "扳手行动", "技术工人修理洗衣机、电视机"),
    ),
    "法律援助": (
        ("人才", "法务坐堂", "企业律师为居民答疑"),
        ("服务", "法律咨询", "每月一次"),
        ("服务", "律师进楼院", "解答合同、继承问题"),
        ("其他", "周三说法", "公司法律顾问免费咨询"),
    ),
    "环境整治": (
        ("人才", "义务劳动队", "清扫楼院、清运杂物"),
        ("服务", "清洁家园", "组织青年打扫卫生死角"),
        ("服务", "垃圾清运", "出车出人"),
        ("其他", "周五大扫除", "清理小广告和乱堆乱放"),
    ),
    "青少年课堂": (
        ("人才", "青年职工陪写作业", "大学生职工辅导小学功课"),
        ("服务", "假期课堂", "暑假开班两期"),
        ("教育", "课后辅导班", "语文数学都能教"),
        ("其他", "小雏鹰行动", "给孩子们上科学课、辅导作业"),
    ),
    "健康义诊": (
        ("人才", "厂医院下楼院", "内科、中医坐诊"),
        ("服务", "义诊", "量血压、测血糖"),
        ("医疗", "医生进社区", "为老年人免费看诊"),
        ("其他", "健康小屋日", "职工医院医生检查身体"),
    ),
}
# Service → what an agreement or an activity calls it.
TOGETHER = {
    "文艺辅导": ("排练文艺节目", "教居民唱歌跳舞"),
    "帮困助残": ("走访残疾人家庭", "结对帮扶残疾居民"),
    "治安防范": ("夜间联合巡逻", "平安巡逻"),
    "便民服务": ("小家电维修进楼院", "义务修理家电"),
    "法律援助": ("律师答疑", "法律咨询进楼院"),
    "环境整治": ("楼院大扫除", "清理卫生死角"),
    "青少年课堂": ("辅导孩子功课", "假期小课堂"),
    "健康义诊": ("医生坐诊量血压", "健康义诊"),
}
ANSWERED = "已解决"


@dataclass(frozen=True)
class WordedNeed:
    """A community's need of a service in a clerk's words; an empty state is an open need."""

    community: int
    service: str
    category: str
    title: str
    state: str = ""


@dataclass(frozen=True)
class WordedOffer:
    """A service that an enterprise offers, in a clerk's words."""

    enterprise: int
    service: str
    category: str
    title: str
    content: str


def word_needs(wanted: list[tuple[str, ...]], numbers: random.Random) -> tuple[WordedNeed, ...]:
    """Word the services that each community needs; every fifth one has another need that is answered already."""
    made = []
    for community, services in enumerate(wanted):
        for service in services:
            made.append(WordedNeed(community, service, *numbers.choice(NEEDS[service])))
        others = [s for s in NEEDS if s not in services]
        if community % 5 == 2 and others:
            service = numbers.choice(others)
            made.append(WordedNeed(community, service, *numbers.choice(NEEDS[service]), ANSWERED))
    return tuple(made)


def word_offers(offered: list[tuple[str, ...]], numbers: random.Random) -> tuple[WordedOffer, ...]:
    """Word the services that each enterprise offers."""
    return tuple(
        WordedOffer(enterprise, service, *numbers.choice(OFFERS[service]))
        for enterprise, services in enumerate(offered)
        for service in services
    )
