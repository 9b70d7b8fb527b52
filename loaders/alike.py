"""How alike two wordings of headers are: by their characters, by words of one meaning, by a slip of the pen, by their sound."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

# What a header ends with says what kind of thing its cells are; two headers that end differently mean different things.
_HEADS = {
    "phone": ("电话", "手机", "手机号", "手机号码", "联系方式", "号码", "传真", "邮箱"),
    "place": ("地址", "住址", "地点", "位置", "住所", "坐落", "所在地", "居住地"),
    "time": ("时间", "日期", "时段", "时限", "年月", "年份", "期限", "日", "时间段", "年限", "有效期"),
    "count": ("人数", "数量", "总数", "数", "人口", "个数", "户数", "次数", "容量", "金额", "规模"),
    "name": ("名称", "全称", "名", "简称", "名秤"),
    "code": ("代码", "编码", "编号", "号", "码"),
    "kind": ("类型", "类别", "性质", "种类", "级别", "等级", "分类"),
    "area": ("面积",),
    "person": ("书记", "负责人", "联系人", "姓名", "主任", "联络员", "代表", "经办人", "填报人", "人员"),
    "state": ("状态", "现状"),
    "text": ("情况", "内容", "说明", "备注", "意见", "评价", "要求", "描述", "成效"),
    "unit": ("单位", "企业", "公司", "方", "社区", "街道", "支部", "党组织"),
}
_HEAD_OF = sorted(((tail, kind) for kind, tails in _HEADS.items() for tail in tails), key=lambda item: -len(item[0]))
_KINDRED = {
    frozenset({"name", "unit"}),
    frozenset({"text", "state"}),
    frozenset({"place", "unit"}),
    frozenset({"count", "area"}),
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


# Words that offices use for one another in headers: two wordings equal after these are put alike say the same.
_ALIKE = tuple(
    (re.compile(pattern), word)
    for pattern, word in (
        (r"规范|^(?:本|该|各|全部|所有|具体|详细|主要|实际|当前|目前|现有|期望|预计|计划|拟)(?=..)", ""),
        (r"(?<=..)(?:所属|所在|具体|实际)(?=..)", ""),
        (r"企业\(单位\)|企业|公司", "单位"),
        (r"员工|从业人员|职员|用工|在岗职工|在职职工", "职工"),
        (r"参与|参会|出席", "参加"),
        (r"签约|签署|签定", "签订"),
        (r"联络|联系", "联系"),
        (r"借用|租用|租借", "使用"),
        (r"阵地|场所|场馆", "场地"),
        (r"结对|联建", "共建"),
        (r"街镇|镇街|街道\(办事处\)|街道\(镇\)|镇\(街道\)|街道办事处|街道办|办事处", "街道"),
        (r"居民区|居委会", "社区"),
        (r"归属|隶属", "所属"),
        (r"居住|居所", "居住"),
        (r"(?:种类|类型|分类|门类|类)$", "类别"),
        (r"(?:所在地|地点|位置|住所|地)$", "地址"),
        (r"(?:时间|年月日|年月|日)$", "日期"),
        (r"(?:截止|到期|期限|时限)$", "日期"),
        (r"(?:总人数|人数|数量|总数|人次|总量|个数|数目|总计)$", "数"),
        (r"(?:全称|名字|名)$", "名称"),
        (r"(?:编码|编号|号码|号)$", "代码"),
        (r"(?:等级|层级)$", "级别"),
        (r"(?:描述|简介|介绍|概述|详情|明细|说明)$", "内容"),
        (r"(?:缘由|原因|事项)$", "事由"),
        (r"(?:的|之)", ""),
    )
)


@lru_cache(maxsize=50_000)
def _plain(form: str) -> str:
    for pattern, word in _ALIKE:
        form = pattern.sub(word, form)
    return form


@lru_cache(maxsize=200_000)
def compare(header: str, alias: str) -> float:
    """Return how alike two comparable forms are, in [0, 1]; 1 only for equal ones.

    0.9 for wordings that differ in words of one meaning (行业类型, 行业类别), 0.95 for equal pinyin (名秤 for 名称). Else the best of:
    Dice's coefficient over characters and pairs of characters, one wording inside the other (所在街道 in 单位所在街道), one slip of
    the pen. Wordings that end in different kinds of things (…电话, …地址) stay below 0.55.
    """
    if header == alias:
        return 1.0
    if _grams(header).isdisjoint(_grams(alias)):
        return 0.0
    if _plain(header) == _plain(alias):
        return 0.9
    best = max(
        _dice(header, alias), _dice(_plain(header), _plain(alias)), _containment(header, alias), _slip(header, alias)
    )
    kinds = {_head(header), _head(alias)} - {""}
    if len(kinds) > 1 and frozenset(kinds) not in _KINDRED:
        best = min(best, 0.54)
    if len(header) == len(alias) and _differ_little(header, alias) and _pinyin(header) == _pinyin(alias):
        best = 0.95
    return min(best, 0.96)


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
    share = len(short) / len(full)
    if short in _GENERIC:
        return 0.35 + 0.3 * share
    if full.endswith(short) or (full.startswith(short) and full[len(short) :] in _EMPTY_TAILS):
        return 0.64 + 0.34 * share
    return 0.4 + 0.3 * share


def _slip(a: str, b: str) -> float:
    """Return the likeness of two wordings of four or more characters that differ in one of them."""
    if min(len(a), len(b)) < 4 or len(a) != len(b) or Levenshtein.distance(a, b) > 1:
        return 0.0
    return 0.53 + 0.05 * min(len(a), 8)


@lru_cache(maxsize=20_000)
def _head(form: str) -> str:
    return next((kind for tail, kind in _HEAD_OF if form.endswith(tail)), "")


@lru_cache(maxsize=20_000)
def _pinyin(form: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin  # 0.1 s to import: only where a header is not known as it stands

    return tuple(lazy_pinyin(form))
