"""Whether a text names a subdistrict or town by its form: 区直, 市里, 各街道 and 开发区 in a column of streets name none."""

from __future__ import annotations

import re
from collections.abc import Collection

from graph.names import normalize
from loaders.names.named_places import street_core

_WORD = re.compile(r"(?:街道|镇|乡|办事处|街办|街道办|政府|工委)(?:\([^)]*\))?$")
_ROAD = re.compile(r"(?:路|街|道|巷|桥|门|关|坊|庙|屯|庄|堡)$")  # 市府路, 园林路
# What lies in no subdistrict, in all of them, or is one of something else.
_AREAS = re.compile(
    r"[省市区县国直驻园院厂外全各级属辖本某等]|其[他它]|多个|几个|所有|单位|公司|企业|系统|部门|机关|社区|村$|开发|相关|有关|待定|未定|不详|跨"
)
_NOT_ONE = re.compile(
    r"[、,;/和及与]|^(?:各|全|本|该|某|所属|相关|有关|其他|多个|几个|所有|辖区|[两二三四五六七八九十0-9]+个)"
)
_LONGEST = 6  # characters of a name without its word


def names_street(mention: str, known: Collection[str] = ()) -> bool:
    """Tell whether a text names a subdistrict: by its word, as one of the `known` cores, or by a short name that says nothing else."""
    text, core = normalize(mention), street_core(mention)
    if core in known:
        return True
    bare = _WORD.sub("", text)
    if not bare or _NOT_ONE.search(bare):
        return False
    if bare != text:
        return True
    return (
        len(core) <= _LONGEST
        and not re.search(r"[0-9a-z]", core)
        and bool(_ROAD.search(core) or not _AREAS.search(core))
    )
