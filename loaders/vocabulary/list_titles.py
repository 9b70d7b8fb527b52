"""What a list's title says that its rows are: its words without the office, the date and the word for the list itself (名单, 一览表)."""

from __future__ import annotations

import re
from functools import lru_cache

from graph.names import normalize
from loaders.vocabulary.offices import without_offices

_DATED = re.compile(
    r"^附件[0-9一二三四五六七八九十]*[:、.]?|\([^)]*\)|[0-9]{4}年?(?:度|[0-9]{1,2}月(?:份)?)?|第[一二三四1-4]季度|[上下]半年|\.(?:xlsx?|csv|et)$"
    r"|最终版|终稿|定稿|汇总版|^[0-9]{1,2}[-_.、]"
)
_LIST = re.compile(
    r"(?:基本|摸底|采集|登记|统计|汇总|排查|联系|联络|通讯|明细|花|总|信息|情况|数据|资料|管理|工作)*"
    r"(?:一览表|一览|名单|名册|名录|清单|清册|台账|目录|通讯录|电话本|表格|表|册|簿|录|库|登记|统计|汇总|情况|信息)$"
)
_EDGES = " _-—.,、:·"
# Matters of lists that every office keeps and of which no register is made: by their columns they are like many registers
# (时间, 单位, 人数), and nothing but their title tells.
_OTHER_MATTERS = re.compile(
    r"满意度调查|经费|预算|工资|薪酬|奖金|津贴|补贴|考勤|签到|采购(?!需求)|固定资产|资产台账|物资|值班|报名|领取|发放|投票|成绩|食谱|菜谱|一周菜单|食堂"
    r"|巡逻|巡查|检查|巡检|安检|收支|报销|学员|师资培训"
)


@lru_cache(maxsize=5_000)
def matter_of_title(title: str) -> str:
    """Return what the rows of a list are by its title, in comparable form: 公司 of 2026年公司名单; '' where it says nothing else."""
    text = without_offices(_DATED.sub("", normalize(title)).strip(_EDGES)).strip(_EDGES)
    previous = ""
    while text != previous:
        previous, text = text, _LIST.sub("", text).strip(_EDGES)
    return text


def other_matter(title: str, own: str) -> str:
    """Return the word by which a title names a matter of which no register is made, unless `own` titles have that word, too; or ''."""
    found = _OTHER_MATTERS.search(normalize(title))
    return found[0] if found and found[0] not in own else ""
