"""Brings headers into a comparable form, without what varies between spellings: numbering, asterisks, units, spaces."""

from __future__ import annotations

import re
from functools import lru_cache

from graph.names import normalize
from loaders.vocabulary import word_figures as figures
from loaders.vocabulary.english import english_form, is_english, translate_header
from loaders.vocabulary.nouns import nouns_of

_CIRCLED = re.compile(r"[\u2460-\u249b\u24ea-\u24ff\u2776-\u2793]")  # ① ⑴ ⒈: NFKC would make digits of them
_MARKS = re.compile(r"^[*★☆▲△※#●◆■□✱]+|[*★☆▲△※#●◆■□✱]+$")
_NUMBERING = re.compile(
    r"^(?:\(?[0-9]{1,2}[).、:]|[0-9]{1,2}\.(?=[^0-9])|[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\)|[a-z][.)、])"
)
_ADVICE = re.compile(
    r"\((?:必填|必填项|选填|可不填|下拉选择|请选择|单选|多选|可多选|如有|如:[^)]*|例:[^)]*|示例:[^)]*|格式:?[^)]*|没有填无"
    r"|无则填无|若无填无|18位|12位|11位|文本格式|全称|全名|规范全称|与公章一致)\)"
)
_UNIT_WORDS = (
    "m2|㎡|平方米|平米|平方|亩|人|位|名|个|户|家|栋|幢|处|次|场|项|件|份|元|万元|亿元|元/㎡|岁|年|月|天|小时|分钟|人次|支|间"
    "|套|台|条|%"
)
_UNITS = re.compile(
    rf"\((?:计量)?(?:单位[::]?)?(?:{_UNIT_WORDS})(?:[/、或,](?:{_UNIT_WORDS}))*\)|[/,、](?:m2|平方米|平米|㎡)$|(?:m2|㎡)$"
)
# What a bracket at the end counts or asks for, as the word that ends such headers otherwise: 受理(件) is 受理件数, 专员(职务) 专员职务.
_COUNTED = re.compile(r"^(.*[^0-9)])\((件|起|批|人|户|场)(?:次|数)?\)$")
_ASKED = re.compile(r"^(.*[^)])\((职务|名称|日期|编号)\)$")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>|《|》")
_EDGES = ":.,;。,、;:?!_-— \"'"
_GROUP_TAILS = ("基本情况", "情况", "基本信息", "信息", "资料", "概况", "明细")


@lru_cache(maxsize=20_000)
def normalize_header(text: str) -> str:
    """Return the comparable form of a header: no spaces, numbering, asterisks, (必填), units in brackets, colons; simplified script.

    That of an English header is what a Chinese one says for it.
    """
    text = translate_header(text) or text
    form = normalize(_CIRCLED.sub("", text))
    form = _ADVICE.sub("", form)
    previous = ""
    while form != previous:
        previous = form
        form = _MARKS.sub("", form).strip(_EDGES)
        cut = _NUMBERING.sub("", form)
        form = cut if len(cut) > 1 else form
        units = _UNITS.sub("", form)
        form = units if len(units) > 1 else form
    return f"{form[:-2]}方" if form.endswith("一方") and len(form) > 2 else form


@lru_cache(maxsize=20_000)
def header_forms(text: str) -> tuple[tuple[str, float], ...]:
    """Return the comparable forms of a header, the surest first, each with how much an exact match of it counts."""
    whole = normalize_header(text)
    forms = [(whole, 1.0), (without_brackets(whole), figures.WITHOUT_BRACKETS)]
    *parents, last = [normalize_header(part) for part in text.split("/")]
    if parents and last:
        group = parents[-1]
        joined = [group + last]
        joined += [group[: -len(t)] + last for t in _GROUP_TAILS if group.endswith(t) and len(group) > len(t)]
        forms += [(form, figures.JOINED_LEVELS) for form in joined]
        forms += [(without_brackets(form), figures.WITHOUT_BRACKETS) for form in joined]
        forms += [(last, figures.LAST_LEVEL), (without_brackets(last), figures.LAST_LEVEL)]
    bare = normalize(text)
    counted, asked = _COUNTED.match(bare), _ASKED.match(bare)
    forms += [(f"{counted[1]}{counted[2]}数", figures.JOINED_LEVELS)] if counted else []
    forms += [(f"{asked[1]}{asked[2]}", figures.JOINED_LEVELS)] if asked else []
    asking = dict.fromkeys((whole, forms[1][0], forms[-1][0]))
    forms += [(noun, figures.ASKED_FOR) for form in asking for noun in nouns_of(form)]
    if is_english(text):
        forms = [(english_form(text), 1.0), *((form, worth * figures.TRANSLATED) for form, worth in forms)]
    best: dict[str, float] = {}
    for form, worth in forms:
        if form:
            best[form] = max(worth, best.get(form, 0.0))
    return tuple(best.items())


def header_parts(text: str) -> tuple[str, ...]:
    """Return a header, each level of it, and the nouns that questions in it stand for, all in comparable form."""
    parts = [normalize_header(text), *(normalize_header(part) for part in text.split("/"))]
    return tuple(dict.fromkeys(p for p in (*(noun for part in parts for noun in nouns_of(part)), *parts) if p))


def without_brackets(form: str) -> str:
    """Return a form without what stands in brackets: 甲方 for 甲方(社区)."""
    bare = _BRACKETS.sub("", form).strip(_EDGES)
    return bare if len(bare) > 1 else form
