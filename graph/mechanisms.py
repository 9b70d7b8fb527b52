"""The 54 mechanisms that the joint conference's document names, each under its heading.

A register says which of them it loads, a question which of them it answers; docs/reference/mechanisms.md shows both beside each other.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph import headings
from graph.headings import Heading
from graph.texts import NOTHING, Said


@dataclass(frozen=True)
class Mechanism:
    """A way of working that the document names. `withheld` says what is not done of it, as it would tell of single people."""

    heading: Heading
    name: Said
    withheld: Said = NOTHING


CONFERENCE_ROLL = Mechanism(
    headings.ORGANIZATION, Said("联席会、分会成员名册", "roll of the joint conference and its branches")
)
DUTIES = Mechanism(headings.ORGANIZATION, Said("职责、任务、共驻共建内容", "duties and content of co-building"))
SURVEYS = Mechanism(
    headings.ORGANIZATION, Said("调研、课题组、问卷、座谈", "surveys, working groups, questionnaires, forums")
)
RULES = Mechanism(headings.AFFAIRS, Said("议事规则", "rules of procedure"))
AGENDA = Mechanism(headings.AFFAIRS, Said("议题征集", "collection of agenda items"))
ATTENDANCE = Mechanism(headings.AFFAIRS, Said("会议出席", "attendance of meetings"))
MINUTES = Mechanism(headings.AFFAIRS, Said("会议纪要分解下达", "minutes divided into tasks"))
WEEKLY_REPORT = Mechanism(headings.AFFAIRS, Said("督查周报", "weekly report of supervision"))
LEDGER = Mechanism(headings.AFFAIRS, Said("动态台账、逐项销号", "ledger struck off item by item"))
ASSESSMENT = Mechanism(headings.AFFAIRS, Said("量化打分、年度考核", "scores and yearly assessment"))
MEMBER_FILES = Mechanism(
    headings.MEMBERSHIP,
    Said("在职党员信息档案", "files of members at work"),
    Said("以化名保存，只出人数，不写回名册", "kept under a pseudonym and counted only: no roll is written back"),
)
DOUBLE_REPORT = Mechanism(
    headings.MEMBERSHIP,
    Said("双报到、认领岗位", "reporting to communities and taking posts"),
    Said("以化名保存，只出人数，不写回名册", "kept under a pseudonym and counted only: no roll is written back"),
)
RETIREES = Mechanism(headings.MEMBERSHIP, Said("离退休党员移交", "handover of retired members"))
RETIREE_BRANCHES = Mechanism(headings.MEMBERSHIP, Said("联合离退休支部", "joint branches of retired members"))
FLOATING = Mechanism(
    headings.MEMBERSHIP,
    Said("流动党员数据库、管理明细台账", "floating members"),
    Said(
        "只有支部之间的人数，不跟踪个人；逐人明细不登记",
        "numbers between branches only: single people are not tracked, nor listed",
    ),
)
VENUES = Mechanism(headings.FACILITIES, Said("闲置场地摸底登记", "survey of idle venues"))
VENUE_LOG = Mechanism(headings.FACILITIES, Said("场地使用登记", "log of use of venues"))
RED_BASES = Mechanism(headings.FACILITIES, Said("红色教育基地", "red education bases"))
LIFE_MENU = Mechanism(headings.FACILITIES, Said("开放式组织生活菜单", "menu of open organisational life"))
CULTURE = Mechanism(headings.FACILITIES, Said("文化资源、人物", "cultural resources and figures"))
AGREEMENTS = Mechanism(headings.ACTIVITIES, Said("共驻共建协议", "co-building agreements"))
PARTIES_AND_SHARES = Mechanism(
    headings.ACTIVITIES, Said("参与党组织数、共享资源数", "numbers of parties and shared resources")
)
THREE_LISTS = Mechanism(headings.ACTIVITIES, Said("需求、资源、项目清单", "lists of needs, resources and projects"))
CLAIMS = Mechanism(headings.ACTIVITIES, Said("认领、微心愿", "claims and small wishes"))
OBSERVATION = Mechanism(headings.ACTIVITIES, Said("季度党建观摩", "quarterly observation of Party work"))
PEER_REVIEW = Mechanism(headings.ACTIVITIES, Said("互评、改进意见", "reviews by peers and suggestions"))
WELFARE_PROJECTS = Mechanism(
    headings.ACTIVITIES, Said("惠民项目（棚改、日间照料、十五分钟生活圈）", "projects for residents")
)
SERVICE_OFFICERS = Mechanism(headings.SERVICES, Said("首席服务官", "chief service officers"))
VISITS = Mechanism(headings.SERVICES, Said("领导走访", "visits to enterprises"))
SAFETY_DAY = Mechanism(headings.SERVICES, Said("企业安全生产日", "safety day of enterprises"))
ONE_STOP = Mechanism(headings.SERVICES, Said("行政服务中心一条龙", "one-stop service of the administration"))
UTILITIES = Mechanism(headings.SERVICES, Said("三供一业分离移交", "handover of utilities"))
IDLE_HANDBOOK = Mechanism(headings.SERVICES, Said("闲置厂房楼宇招商手册", "handbook of idle plants and buildings"))
SUPPLY_DIRECTORY = Mechanism(
    headings.SERVICES, Said("企业产品（技术）供需名录", "directory of products supplied and wanted")
)
DISTRIBUTION = Mechanism(headings.SERVICES, Said("名录分发对象", "to whom the directory goes"))
SMALL_GARDENS = Mechanism(headings.SERVICES, Said("小游园建设", "small gardens"))
STARS = Mechanism(headings.SAFETY, Said("平安企业、小区星级", "stars for safe enterprises and compounds"))
STAR_RULES = Mechanism(headings.SAFETY, Said("星级考核细则", "rules for the stars"))
STAR_REWARDS = Mechanism(headings.SAFETY, Said("星级回馈激励", "rewards for the stars"))
JOINT_RECEPTION = Mechanism(headings.SAFETY, Said("联合接访（汇总）", "joint reception of appeals, in sums"))
DISPUTES = Mechanism(headings.SAFETY, Said("矛盾排查、信访积案（汇总）", "disputes and old cases, in sums"))
APPEAL_OFFICES = Mechanism(headings.SAFETY, Said("群众诉求受理部门", "offices that take appeals"))
RETIRED_CADRES = Mechanism(headings.TALENT, Said("退休党员干部进社区", "retired cadres in communities"))
INSTRUCTORS = Mechanism(headings.TALENT, Said("党建指导员", "Party-building instructors"))
SECONDMENTS = Mechanism(headings.TALENT, Said("挂职岗位、互派", "secondments"))
LECTURERS = Mechanism(
    headings.TALENT,
    Said("授课志愿者、师资库", "volunteer lecturers"),
    Said("姓名经本人同意才保留，不写回名册", "names only by consent: no roll is written back"),
)
MEMBER_STATISTICS = Mechanism(headings.INFORMATION, Said("党员信息库、统计分析", "statistics of members"))
FILLED_LEDGERS = Mechanism(headings.INFORMATION, Said("电子台账自动填报和汇总", "ledgers filled by themselves"))
NOTICES = Mechanism(
    headings.INFORMATION, Said("三社联动（政务通、服务通、活动通、社区动态）", "notices of four channels")
)
VOLUNTEERS = Mechanism(headings.INFORMATION, Said("志愿服务供需对接、倡议公告", "volunteers wanted and offered"))
BRAND_LIST = Mechanism(headings.BRANDS, Said("党建品牌、一办一特色、一企一品牌", "brands of Party building"))
HONOURS = Mechanism(headings.BRANDS, Said("荣誉", "honours"))
VANGUARD = Mechanism(headings.BRANDS, Said("党员责任区、示范岗、突击队", "zones, model posts and brigades"))
MODEL_WORKERS = Mechanism(headings.BRANDS, Said("标兵评选", "choice of model workers"))

# In the order of the document, which is that of the lines above.
MECHANISMS = tuple(value for value in list(globals().values()) if isinstance(value, Mechanism))
