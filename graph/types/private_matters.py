"""What a remark tells of one person's health, hardship, belief, punishment or petitions: the clause that says so is hidden.

A unit's work speaks of the same matters (慰问困难党员 20 户, 残疾人康复中心, 信访接待室): where a clause counts,
serves or names a body it stays, unless it speaks of one person all the same. The words are data: `personal_words.toml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import polars as pl

from graph.types.hiding import change_found, for_polars
from graph.types.personal_words import any_of

_MORE = ("上访", "信访", "处分", "信仰[\u4e00-\u9fff]{0,2}教", "残疾", "低保", "贫困", "困难")
_COUNTED = r"[0-9一二两三四五六七八九十百千]+\s*(?:余|多)?\s*(?:户|人|名|位|个(?!月|星期|疗程|小时)|家|例|场|件|批|元|万元|份|套|人次)"
_CLAUSE = re.compile(r"[^,;。!?\n，；！？]+")


@dataclass(frozen=True)
class _MatterPatterns:
    """What a clause may speak of (`matter`), what it says of somebody, and what tells a unit's work from one person."""

    matter: re.Pattern[str]
    says: re.Pattern[str]
    named: re.Pattern[str]
    ill: re.Pattern[str]
    groups: re.Pattern[str]
    services: re.Pattern[str]
    things: re.Pattern[str]
    one: re.Pattern[str]
    served: re.Pattern[str]


@cache
def _patterns() -> _MatterPatterns:
    diseases, persons = any_of("matters", "diseases"), any_of("matters", "persons")
    says = any_of("matters", "states").replace("DISEASE", f"(?:{diseases})")
    named = f"(?:^|[为是系属的、/ ])(?:{persons})$"
    ill = f"(?:{diseases})(?:[一二三四0-9]+(?:级|期|型)|[中早晚]期|[0-9一二三四五六七八九十多几]+年)?$"
    texts = ("|".join((says, persons, diseases, *_MORE)), says, named, ill, f"{_COUNTED}|{any_of('matters', 'groups')}")
    more = (any_of("matters", words) for words in ("services", "things", "one", "served"))
    return _MatterPatterns(*map(re.compile, (*texts, *more)))


def mask_matters(texts: pl.Series, hidden: str) -> pl.Series:
    """Return texts with every clause replaced by `hidden` that tells such a matter of one person; names must have been masked before."""
    return change_found(texts, for_polars(_patterns().matter.pattern), lambda text: _mask_clauses(text, hidden))


def _mask_clauses(text: str, hidden: str) -> str:
    alone = len(_CLAUSE.findall(text)) == 1
    return _CLAUSE.sub(lambda m: _mask_clause(m[0], hidden, alone=alone), text)


def _mask_clause(clause: str, hidden: str, *, alone: bool) -> str:
    """Hide a clause that tells such a matter; of a list in it (书法、患有高血压) only what tells, where that can be told apart."""
    if not tells_matter(clause, alone=alone):
        return clause
    items = clause.split("、")
    told = [tells_matter(item) for item in items]
    if not any(told):
        return hidden
    return "、".join(hidden if tells else item for item, tells in zip(items, told, strict=True))


def tells_matter(clause: str, *, alone: bool = False) -> bool:
    """Tell whether a clause says something of one person's health, hardship, belief, punishment or petitions.

    A disease that is all that a cell says (`alone`) is a subject, as of a course; beside others or other words it is somebody's.
    """
    bare, known = clause.strip(" ()（）:："), _patterns()
    if known.matter.search(bare) is None:
        return False
    if known.one.search(bare) is not None and known.served.search(bare) is None:
        return True
    if known.named.match(bare) is not None:
        return re.search(_COUNTED, bare) is None
    said = known.says.search(bare)
    if said is not None:
        return known.services.search(bare) is None and known.groups.search(bare, said.start()) is None
    is_work = any(known_words.search(bare) for known_words in (known.groups, known.services, known.things))
    if is_work or known.named.search(bare) is not None:
        return not is_work
    is_subject = alone and re.fullmatch(any_of("matters", "subjects"), bare) is not None
    return known.ill.search(bare) is not None and not is_subject
