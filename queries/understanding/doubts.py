"""Why a reading of a sentence is not simply taken: it is not far the likeliest, or does not take all that is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from graph.schema.organizations import Community, Subdistrict
from graph.texts import Said
from queries.understanding.likely_questions import LikelyQuestion
from queries.understanding.misspelt_names import find_misspelt, find_near
from queries.understanding.named_arguments import UNITS, kinds_of
from queries.understanding.said_parts import SaidParts

if TYPE_CHECKING:
    from graph.graph import Graph

SURE = 0.7  # the least chance of a reading that is taken
_MISSPELT = Said("图里没有“{name}”，相近的有：{near}。", "The graph holds no “{name}”; names like it: {near}.")
_UNUSED = Said("条件“{name}”没有用上：去掉它可以这样问。", "“{name}” is not used: without it one may ask so.")
_WE = Said("没有说“我们”是哪个单位，请写上名称。", "Which unit “we” are is not said; please name it.")
_US = re.compile(
    r"(?:我们|咱们|我|咱|本)(?:这个)?(?:党?支部|党委|党组织|单位|社区|街道|公司|厂|村|学校|集团|企业|局)|"
    r"our (?:branch|unit|firm|company|community)"
)
MOST_LEFT = 3
_STRANGE = Said("句中像有图里没有的名称。", "The sentence seems to name what the graph does not hold.")
_UNIT_ENDINGS = ("社区", "公司", "街道", "厂", "集团", "学校", "医院", "中心")
_NAMED_SO = re.compile(f"{'|'.join(_UNIT_ENDINGS)}(?!房)")
_AREA_WORDS = {"社区": Community.label, "居委会": Community.label, "街道": Subdistrict.label, "街办": Subdistrict.label}


def find_doubt(graph: Graph, likely: Sequence[LikelyQuestion], left: Sequence[str], parts: SaidParts) -> Said | None:
    """Return why the first reading, which leaves some words, is not simply taken; None where it is plain."""
    if not likely:
        return Said("没有看懂这句话。", "The sentence was not understood.")
    if found := _find_strange(graph, parts):
        return found
    first = likely[0]
    if first.chance < SURE:
        return Said("不能确定问的是哪一个问题。", "It is not certain which question is meant.")
    if left:
        return _UNUSED.fill(name="”“".join(left[:MOST_LEFT]))
    if _speaks_of_us(first, parts):
        return _WE
    if first.missing:
        needed = first.missing[0].help
        return Said(f"还需要说明：{needed}", f"This is needed as well: {needed.en}")
    return None


def _speaks_of_us(first: LikelyQuestion, parts: SaidParts) -> bool:
    """Tell whether a sentence speaks of the asker's own unit and names none, where its question has a place for it."""
    has_place = any(set(kinds_of(a)) & set(UNITS) for a in first.question.arguments)
    return has_place and not parts.names and _US.search(parts.plain) is not None


def _find_strange(graph: Graph, parts: SaidParts) -> Said | None:
    """Return what is said of a name that the graph does not hold, with those like it where there are any."""
    for thing in parts.names:
        for word, label in _AREA_WORDS.items():
            name = f"{thing.written}{word}"  # 道口社区 is not 道口街道
            if name in parts.plain and label not in thing.labels and set(thing.labels) <= set(_AREA_WORDS.values()):
                return _MISSPELT.fill(name=name, near="、".join(find_near(graph, name)))
    if found := find_misspelt(graph, parts.whole, _UNIT_ENDINGS):
        return _MISSPELT.fill(name=found[0], near="、".join(found[1]))
    strange = [one for one in parts.unknown if len(one) > 1]
    is_named = any(one.endswith(_UNIT_ENDINGS) or _NAMED_SO.match(parts.whole.partition(one)[2]) for one in strange)
    return _STRANGE if is_named else None
