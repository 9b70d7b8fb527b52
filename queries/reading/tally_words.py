"""What the figures of the overview are called, and what each of them counts."""

from __future__ import annotations

from typing import NamedTuple

from graph.texts import Said

SOON_DAYS = 90  # an agreement expires soon
VISIT_DAYS = 90  # a visit to an enterprise is recent


class FigureWords(NamedTuple):
    """The name of a figure and what it counts."""

    name: Said
    about: Said


IN_CONFERENCE = FigureWords(
    Said("联席会成员单位", "members of the joint conference"), Said("成员单位名册所列、未退出的单位", "on the list of members and not left")
)  # fmt: skip
_OUTSIDE = Said("不在成员单位名册中", "not on the list of members")
ENTERPRISES_OUTSIDE = FigureWords(Said("未加入联席会的企业", "enterprises outside the conference"), _OUTSIDE)
COMMUNITIES_OUTSIDE = FigureWords(Said("未加入联席会的社区", "communities outside the conference"), _OUTSIDE)
NOT_CLOSED = FigureWords(
    Said("未销号事项", "action items not closed"), Said("未办结、未销号的督办事项", "neither done nor struck off")
)
OVERDUE = FigureWords(
    Said("逾期事项", "overdue action items"), Said("已过完成时限仍未销号", "past the day when due, and not closed")
)
REPORTED = FigureWords(
    Said("到社区报到的党员", "members who reported to a community"), Said("有报到社区的党员", "with a community to which they reported")
)  # fmt: skip
LAST_USE = FigureWords(
    Said("最近使用登记", "last use on record"), Said("登记簿上最近一次使用的日期", "the last day in a log of use")
)
_IN_FORCE = Said("有一份履行中的共建协议", "with an agreement in force")
PAIRED_COMMUNITIES = FigureWords(Said("有结对单位的社区", "communities with a partner"), _IN_FORCE)
PAIRED_ENTERPRISES = FigureWords(Said("有结对社区的企业", "enterprises with a partner"), _IN_FORCE)
WAITING = FigureWords(Said("待办需求", "open needs"), Said("未满足、未过期的需求", "neither met nor past their day"))
UNCLAIMED = FigureWords(
    Said("无人认领的需求", "open needs that nobody has claimed"), Said("待办，且没有单位认领", "open, and claimed by no unit")
)  # fmt: skip
SOON = FigureWords(
    Said(f"{SOON_DAYS}天内到期", f"expiring within {SOON_DAYS} days"), Said("履行中、即将到期的协议", "agreements in force that end soon")
)  # fmt: skip
EXPIRED_UNMARKED = FigureWords(
    Said("已过期未标明", "expired but not marked so"),
    Said("期限已过，状态未写明到期的协议", "past their last day, and their status does not say so"),
)
ON_PAPER = FigureWords(
    Said("签约后无活动记录（待核实）", "signed, but no activity on record"),
    Said("签约以来没有共同活动记录的协议", "no joint activity on record since signing"),
)
LAST_ACTIVITY = FigureWords(
    Said("最近活动", "last activity on record"), Said("台账上最近一次活动的日期", "the last day of an activity on record")
)  # fmt: skip
NOT_VISITED = FigureWords(
    Said(f"{VISIT_DAYS}天内未走访的企业", f"enterprises without a visit in {VISIT_DAYS} days"),
    Said("走访台账上没有近期走访", "no recent visit on record"),
)
NOT_SETTLED = FigureWords(
    Said("走访中未办结的问题", "issues of visits not settled"), Said("企业反映、尚未办结的问题", "raised by enterprises and not done")
)  # fmt: skip
_TAKEN = Said("{start} 至 {end} 受理的诉求", "appeals taken from {start} to {end}")
APPEALS = FigureWords(Said("近一年诉求件次", "appeals in a year"), _TAKEN)
SETTLED = FigureWords(Said("其中已办结", "of these settled"), _TAKEN)
RATED = FigureWords(
    Said("评过星级的单位", "units with a star rating"), Said("有评定星级的企业、社区等", "rated at any time")
)
VACANT = FigureWords(Said("待配岗位", "posts to be filled"), Said("正在征集或公示的岗位", "looked for or announced"))
_NO_BRAND = Said("品牌台账上没有其创建的品牌", "no brand of theirs on record")
ENTERPRISES_WITHOUT_BRAND = FigureWords(Said("没有品牌的企业", "enterprises without a brand"), _NO_BRAND)
COMMUNITIES_WITHOUT_BRAND = FigureWords(Said("没有品牌的社区", "communities without a brand"), _NO_BRAND)
