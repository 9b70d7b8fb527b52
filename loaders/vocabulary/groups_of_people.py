"""Titles that say which people a list names: 居民代表名单, 60岁以上老人花名册, 退役军人登记表."""

from __future__ import annotations

import re

from graph.names import normalize

_LISTS = "花名册|名册|名单|名录|台账|登记|统计|一览|汇总|采集|明细|信息|情况|报到|档案|清单|通讯录|培训"
_GROUPS = re.compile(
    rf"(?:(?<!党)员|(?<![特专擅])长|[者民生士户师众属工兵人子童女]|人口|代表|对象|培训|军人)(?:基本|详细|个人|管理|参加)*(?:{_LISTS}|$)"
)
_LIST_WORD = re.compile(_LISTS)
_FILLING = re.compile(
    r"(?:基本|详细|个人|管理|电子|在册|年度|第?[0-9一二三四五六七八九十]+(?:批|季度|年|月)?|[年月度(),、.\-_ ]|附件)+$"
)
_OF_A_UNIT = re.compile(
    r"党|(?:支部|总支|委员会|公司|集团|厂|社区|居委会|街道|办事处|[镇乡村区县市局院校所站]|中心|单位|企业|机关|车间|[部科处室])$"
)


def names_a_group(title: str) -> bool:
    """Tell whether a title says that its list is one of some group of people, other than Party members."""
    return _GROUPS.search(normalize(title)) is not None


def names_a_unit_at_most(title: str) -> bool:
    """Tell whether what a title calls its list is a unit's, the Party's or nobody's: of any other word it cannot be said who is meant."""
    text = normalize(title)
    found = _LIST_WORD.search(text)
    if found is None:
        return not names_a_group(text)
    whose = _FILLING.sub("", text[: found.start()])
    return not names_a_group(text) and (not whose or _OF_A_UNIT.search(whose) is not None)
