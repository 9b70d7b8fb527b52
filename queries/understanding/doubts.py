"""Why a reading of a sentence is not simply taken: it is not far the likeliest, or does not take all that is said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from graph.schema.organizations import Community, Subdistrict
from graph.texts import Said
from queries.understanding.likely_questions import LikelyQuestion, list_unspoken
from queries.understanding.misspelt_names import find_misspelt, find_near
from queries.understanding.named_arguments import LOOKED_FOR
from queries.understanding.question_profiles import read_profiles
from queries.understanding.said_parts import SaidParts
from queries.understanding.said_subjects import PART_SLOT, speaks_of_something

if TYPE_CHECKING:
    from graph.graph import Graph

SURE = 0.7  # the least chance of a reading that is taken
_MISSPELT = Said("图里没有“{name}”，相近的有：{near}。", "The graph holds no “{name}”; names like it: {near}.")
_UNUSED = Said("这样读用不上“{name}”。", "Read so, “{name}” is not used.")
_STRANGE = Said("句中像有图里没有的名称。", "The sentence seems to name what the graph does not hold.")
_UNIT_ENDINGS = ("社区", "公司", "街道", "厂", "集团", "学校", "医院", "中心")
_NAMED_SO = re.compile(f"{'|'.join(_UNIT_ENDINGS)}(?!房)")
_AREA_WORDS = {"社区": Community.label, "居委会": Community.label, "街道": Subdistrict.label, "街办": Subdistrict.label}


def find_doubt(
    graph: Graph, likely: Sequence[LikelyQuestion], given: Mapping[str, str], parts: SaidParts
) -> Said | None:
    """Return why the first reading is not simply taken; None where it is plain."""
    if not likely:
        return Said("没有看懂这句话。", "The sentence was not understood.")
    if found := _find_strange(graph, parts):
        return found
    first = likely[0]
    if first.chance < SURE:
        return Said("不能确定问的是哪一个问题。", "It is not certain which question is meant.")
    if unused := next(_list_unused(first, given, parts), ""):
        return _UNUSED.fill(name=unused)
    if first.missing:
        needed = first.missing[0].help
        return Said(f"还需要说明：{needed}", f"This is needed as well: {needed.en}")
    return None


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


def _list_unused(first: LikelyQuestion, given: Mapping[str, str], parts: SaidParts) -> Iterator[str]:
    """Yield what a sentence says that the reading does not take: names, days, numbers, conditions, and words of what is looked for."""
    known, taken = read_profiles(), "\n".join(given.values())
    yield from first.filled.unused
    yield from (thing.written for thing in parts.names if thing.text not in given.values())
    yield from (words for name, words in parts.conditions.items() if name not in given)
    yield from (word for word in list_unspoken(first.question, parts) if not _is_taken(word, taken))
    values = [thing.written for thing in parts.values if thing.text not in given.values()]
    looks_for = {argument.name for argument in first.question.arguments} & LOOKED_FOR.keys() - given.keys()
    subjects = (text for text, form in parts.subjects if form != PART_SLOT or looks_for)
    if "field" not in {argument.name for argument in first.question.arguments}:  # there a number is what is asked about
        yield from (one for one in parts.unknown if one.isdecimal() and one not in taken)
    # What a sentence begins with is mostly a place or a unit: 北街有哪些会议室.
    telling = (
        one for one in parts.unknown if speaks_of_something(one) or (len(one) > 1 and parts.plain.startswith(one))
    )
    for text in dict.fromkeys((*values, *subjects, *telling)):
        if not _is_taken(text, taken) and not known.knows(first.question.name, text):
            yield text


def _is_taken(text: str, taken: str) -> bool:
    """Tell whether most of a text stands in what the arguments are given."""
    return any(
        text[at : at + size] in taken
        for size in range(len(text), len(text) // 2, -1)
        for at in range(len(text) - size + 1)
    )
