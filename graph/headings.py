"""The ten headings under which a joint conference works (十联): each kind of entity names the one that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from graph.texts import Said


@dataclass(frozen=True)
class Heading:
    """One of the ten headings: its place, its name, and what is done under it."""

    number: int
    name: Said
    about: Said


ORGANIZATION = Heading(1, Said("组织联建", "organization"), Said("机构共组", "who is in the joint conference"))
AFFAIRS = Heading(2, Said("事务联商", "affairs"), Said("决策共议", "what is decided together, and what becomes of it"))
MEMBERSHIP = Heading(3, Said("党员联管", "members"), Said("队伍共带", "Party members and the communities they live in"))
FACILITIES = Heading(4, Said("设施联用", "facilities"), Said("资源共享", "venues, bases and courses to share"))
ACTIVITIES = Heading(
    5, Said("活动联办", "activities"), Said("载体共推", "agreements, activities, projects, needs and offers")
)
SERVICES = Heading(6, Said("服务联动", "services"), Said("发展共进", "what is done for enterprises"))
SAFETY = Heading(7, Said("平安联创", "safety"), Said("和谐共处", "safe units, appeals and their settlement"))
TALENT = Heading(8, Said("人才联姻", "talent"), Said("发展共谋", "posts, instructors and lecturers"))
INFORMATION = Heading(9, Said("信息联通", "information"), Said("平台共筑", "what is announced and called for"))
BRANDS = Heading(10, Said("品牌联创", "brands"), Said("互促共赢", "brands and honours"))
HEADINGS = (ORGANIZATION, AFFAIRS, MEMBERSHIP, FACILITIES, ACTIVITIES, SERVICES, SAFETY, TALENT, INFORMATION, BRANDS)
