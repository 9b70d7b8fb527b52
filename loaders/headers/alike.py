"""Measures how similar two header wordings are: by concepts, characters, a typing mistake, or pronunciation."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from loaders.headers import header_figures as figures
from loaders.vocabulary.concepts import concepts_of, kind_of, matter_of

_KINDRED = {
    frozenset({"name", "unit"}),
    frozenset({"text", "state"}),
    frozenset({"place", "unit"}),
    frozenset({"count", "area"}),
    frozenset({"count", "capacity"}),
}
# Tails that say nothing more: 党员数量 is 党员数, 开放时间段 is 开放时间.
_EMPTY_TAILS = frozenset({
    "情况", "信息", "数", "量", "数量", "数目", "人数", "名称", "全称", "名", "段", "值", "栏",
    "一览", "明细", "说明", "描述", "总数", "合计", "年月", "日期", "时间", "表", "项", "类",
})  # fmt: skip
_GENERIC = frozenset({
    "名称", "时间", "地址", "人数", "单位", "电话", "类别", "类型", "情况", "内容", "状态", "日期",
    "编号", "代码", "数量", "企业", "社区", "性质", "姓名", "说明", "备注", "项目", "场地", "主题",
    "面积", "级别", "规模", "期限", "方式",
})  # fmt: skip


@lru_cache(maxsize=200_000)
def compare(header: str, alias: str) -> float:
    """Return the similarity of two headers in comparable form, in [0, 1]; 1 only for equal ones.

    0.9 for wordings of the same concepts (行业类型, 产业分类), 0.95 for equal pinyin (名秤 for 名称). Else the best of: Dice's
    coefficient over characters and pairs of characters, or over concepts, one wording inside the other (所在街道 in 单位所在街道),
    one slip of the pen. Wordings that end in different kinds of things (…电话, …地址) stay below 0.55, those that
    share nothing but such an end (报销情况, 开放情况) below 0.31.
    """
    if header == alias:
        return 1.0
    if len(header) == len(alias) and _differ_little(header, alias) and _pinyin(header) == _pinyin(alias):
        return figures.SAME_SOUND
    ours, theirs = concepts_of(header), concepts_of(alias)
    if ours == theirs and ours:
        return figures.SAME_CONCEPTS
    if _grams(header).isdisjoint(_grams(alias)):
        return 0.0
    best = max(_dice(header, alias), _containment(header, alias), _slip(header, alias))
    kinds = {kind_of(ours), kind_of(theirs)} - {""}
    if len(kinds) > 1 and frozenset(kinds) not in _KINDRED:
        best = min(best, figures.NOT_SAME_KIND)
    if _is_other_matter(header, alias):
        best = min(best, figures.NOT_SAME_MATTER)
    return min(best, figures.SAME_CONCEPTS)


def _is_other_matter(header: str, alias: str) -> bool:
    """Whether two wordings share nothing but the kind of thing that both end with, or 是否; a wording like 情况说明 has no matter."""
    ours, theirs = matter_of(header), matter_of(alias)
    if not ours.isdisjoint(theirs):
        return False
    if "WHETHER" in concepts_of(header) and len(ours) == 1:  # 是否空: one character may be of anything
        return False
    return bool(ours and theirs) or (bool(ours) and not concepts_of(alias) and alias not in header)


def _differ_little(a: str, b: str) -> bool:
    return sum(x != y for x, y in zip(a, b, strict=True)) <= max(1, len(a) // 3)


def _dice(a: str, b: str) -> float:
    grams_a, grams_b = _grams(a), _grams(b)
    return 2 * len(grams_a & grams_b) / (len(grams_a) + len(grams_b))


@lru_cache(maxsize=20_000)
def _grams(text: str) -> frozenset[str]:
    return frozenset(text) | {text[i : i + 2] for i in range(len(text) - 1)}


def _containment(a: str, b: str) -> float:
    short, full = sorted((a, b), key=len)
    if len(short) < 2 or short not in full:  # one character stands in everything
        return 0.0
    is_tail = full.endswith(short) or (full.startswith(short) and full[len(short) :] in _EMPTY_TAILS)
    other = figures.TAIL_INSIDE if is_tail else figures.PART_INSIDE
    least, more = figures.WORD_INSIDE if short in _GENERIC else other
    return least + more * (len(short) / len(full))


def _slip(a: str, b: str) -> float:
    """Return the likeness of two wordings of four or more characters that differ in one of them, which makes no word in `a`.

    In a short one that is as likely another word (资产形态 is no slip of 资产状态): it is a question.
    """
    if len(a) < figures.SLIP_FROM or len(a) != len(b) or Levenshtein.distance(a, b) > 1:
        return 0.0
    if all(len(concept) > 1 for concept in concepts_of(a)):
        return 0.0
    if len(a) < figures.SLIP_SURE_FROM:
        return figures.ANOTHER_WORD
    return figures.SLIP + figures.SLIP_PER_CHARACTER * len(a)


@lru_cache(maxsize=20_000)
def _pinyin(form: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin  # 0.1 s to import: only where a header is not known as it stands

    return tuple(lazy_pinyin(form))
