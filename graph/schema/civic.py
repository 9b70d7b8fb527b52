"""Kinds of entity for surveys, matters that service centres handle, offices that take appeals, model posts and counts of model workers.

The registers that speak of them stand in modules of their own, which import the kinds from here.
"""

from graph.headings import BRANDS, ORGANIZATION, SAFETY, SERVICES
from graph.kinds import Entity, Property
from graph.schema.governance import STATUS
from graph.types import DAYS, Count, Date, ListOf, Name, OfficePhone, OneOf, OpeningHours, Text

Survey = Entity(
    "Survey", zh="调研座谈", en="survey or forum", heading=ORGANIZATION, searched=False, keys=("survey:{title:text}:{day?:date}",),
    apart=("place", "kind"),
    properties=(
        Property("title", Text(), zh="调研主题", en="subject", required=True),
        Property(
            "kind",
            OneOf({"调研": ("实地调研", "走访调研", "专题调研", "课题调研", "课题"), "问卷": ("问卷调查", "调查问卷", "网上问卷"), "座谈": ("座谈会", "恳谈会", "座谈交流")}, unknown="keep"),
            zh="形式", en="form (survey, questionnaire, forum)",
        ),
        Property("day", Date(), zh="日期", en="day"),
        Property("place", Text(), zh="地点", en="place"),
        Property("people", Count(of="visits"), zh="参与人数", en="people who took part"),
        Property("sheets", Count(), zh="回收问卷数", en="questionnaires returned"),
        Property("findings", Text(), zh="主要发现", en="findings"),
        Property("proposals", Text(), zh="意见建议", en="proposals"),
        Property("use", Text(), zh="成果运用", en="what came of it"),
    ),
)  # fmt: skip
HandledMatter = Entity(
    "HandledMatter", zh="一条龙办件", en="matter handled by a service centre", heading=SERVICES, searched=False,
    keys=("matter:{number:number}", "matter:{ABOUT_UNIT?}:{matter:text}:{accepted?:date}"), apart=("finished",),
    properties=(
        Property("number", Text(), zh="办件编号", en="number"),
        Property("matter", Text(), zh="办理事项", en="matter", required=True),
        Property("accepted", Date(), zh="受理日期", en="accepted"),
        Property("finished", Date(), zh="办结日期", en="finished", after="accepted", changes=True),
        Property("promised_days", DAYS, zh="承诺时限（天）", en="days promised"),
        Property("days", DAYS, zh="办理天数", en="days it took"),
        Property("status", STATUS, zh="办理状态", en="status", changes=True),
        Property("result", Text(), zh="办理结果", en="result", changes=True),
    ),
)  # fmt: skip
DirectoryCopy = Entity(
    "DirectoryCopy", zh="名录分发", en="copy of a directory handed out", heading=SERVICES, searched=False,
    keys=("copy:{HANDED_TO!}:{title?:text}:{day?:date}",), apart=("form",),
    properties=(
        Property("title", Text(), zh="名录名称", en="directory"),
        Property("day", Date(), zh="分发日期", en="day"),
        Property("copies", Count(of="things"), zh="份数", en="copies"),
        Property("form", Text(), zh="分发方式", en="how it was handed out"),
        Property("feedback", Text(), zh="反馈", en="feedback"),
    ),
)  # fmt: skip
AppealOffice = Entity(
    "AppealOffice", zh="诉求受理部门", en="office that takes appeals", heading=SAFETY, keys=("appeals:{SET_UP?}:{name:text}",),
    apart=("address",),
    properties=(
        Property("name", Name(), zh="受理部门", en="name", required=True),
        Property("matters", ListOf(), zh="受理范围", en="what it takes"),
        Property("open_hours", OpeningHours(), zh="受理时间", en="hours"),
        Property("address", Text(), zh="受理地点", en="address"),
        Property("phone", OfficePhone(), zh="受理电话", en="office phone"),
        Property("days", DAYS, zh="办理时限（天）", en="days until answered"),
    ),
)  # fmt: skip
ModelPost = Entity(
    "ModelPost", zh="党员责任区·示范岗·突击队", en="model post, zone or brigade", heading=BRANDS, keys=("model:{kind?:text}:{SET_UP?}:{name:text}",),
    apart=("place",),
    properties=(
        Property("name", Name(), zh="名称", en="name", required=True),
        Property(
            "kind",
            OneOf({"责任区": ("党员责任区", "党员先锋责任区"), "示范岗": ("党员示范岗", "先锋岗", "党员先锋岗", "先锋示范岗"), "突击队": ("党员突击队", "先锋突击队", "青年突击队")}, unknown="keep"),
            zh="类型", en="kind",
        ),
        Property("place", Text(), zh="区域·岗位所在", en="zone or place"),
        Property("duties", Text(), zh="职责内容", en="duties"),
        Property("people", Count(of="people"), zh="党员人数", en="members in it"),
        Property("since", Date(), zh="设立时间", en="since"),
        Property("results", Text(), zh="工作成效", en="results"),
    ),
)  # fmt: skip
# Who was chosen is a matter of the person; how many of a unit, and for what, is told of the unit.
ModelCount = Entity(
    "ModelCount", zh="标兵评选统计", en="count of model workers", heading=BRANDS, searched=False,
    keys=("models:{ABOUT_UNIT!}:{theme?:text}:{period?:date}:{period_precision?}",), apart=("issuer",),
    properties=(
        Property("theme", Text(), zh="评选主题", en="theme"),
        Property("period", Date(), zh="评选年度", en="year or day"),
        Property("people", Count(of="people"), zh="标兵人数", en="people chosen", required=True),
        Property("nominated", Count(of="people"), zh="推荐人数", en="people nominated"),
        Property("issuer", Text(), zh="评选单位", en="who chose them"),
    ),
)  # fmt: skip
