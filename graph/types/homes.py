"""Home addresses: a street and a house number are kept, what lies below them (building, stairs, room) is cut.

An office has rooms too: 科技大厦1201室 and 办公楼3楼 stay. What reads as a home is told by stairs (单元) and doors (户), by words for
where people live, or by a room behind a bare street and number. The words are data: `personal_words.toml`.
"""

from __future__ import annotations

import re

import polars as pl

from graph.types import personal_figures as figures
from graph.types.hiding import Parts, hide_parts
from graph.types.personal_words import any_of

_NUMBER = r"[0-9０-９一二三四五六七八九十百零〇○]"
_GAP = r"[\s\-—–.·/]{0,2}"
_BUILDING = (
    rf"(?:第)?(?:{_NUMBER}{{1,4}}|[A-Za-z甲乙丙丁][0-9]{{0,2}}|[东西南北中]){_GAP}(?:#|＃|号)?{_GAP}"
    r"(?:楼(?![上下道梯宇盘])|栋(?!楼)|幢(?!楼)|座|宅|#|＃)"
)
_STAIRS = (
    rf"(?:第)?(?:{_NUMBER}{{1,3}}|[A-Za-z甲乙丙丁东西南北中])"
    rf"(?:单元(?!房?门口)|单(?={_NUMBER})|门洞|门栋|梯(?={_NUMBER})|门(?={_GAP}{_NUMBER}))"
)
_FLOOR = rf"(?:{_NUMBER}{{1,3}}(?:层|楼))"
_DOOR = (
    rf"(?:{_NUMBER}{{1,5}}{_GAP}?(?:号)?(?:室(?!内|外)|户(?![数籍口均])|房(?![屋产管间])|房间|号(?!楼|院|[0-9]))"
    r"|[东西南北中左右边对]{1,2}(?:户|门|室))"
)
_BARE = rf"(?:{_NUMBER}{{3,5}})(?!{_NUMBER}|[年月日号层楼栋人元米㎡平会多])"
_CODE = rf"{_NUMBER}{{1,3}}(?:\s?[\-—–－]{_NUMBER}{{1,4}}){{2,3}}(?!{_NUMBER})(?:号|室)?"
_ROOM = rf"(?:{_FLOOR}{_GAP})?(?:{_NUMBER}{{1,2}}[\-—–－]{_NUMBER}{{3,4}}(?!{_NUMBER})|{_DOOR}|{_BARE})"
_HOME = re.compile(
    rf"(?:{_BUILDING}{_GAP})?(?P<stairs>{_STAIRS})(?:{_GAP}{_ROOM})?|{_BUILDING}{_GAP}{_ROOM}"
    rf"|(?P<code>{_CODE})|(?P<alone>{_NUMBER}{{2,5}}室)"
)
_STREET = re.compile(
    r"(?:[路街巷道弄村里]|胡同|大道)[0-9０-９一二三四五六七八九十百甲乙附之\-]{1,8}号?(?:院|附[0-9]+号)?[\s,，]*$"
)
_DATED = re.compile(r"(?:19|20)[0-9]{2}")
MAY_HOLD_HOME = r"单元|[室户栋幢房楼#＃单梯座宅号门]|[\p{Nd}一二三四五六七八九十]\s?[-—–－]\s?[\p{Nd}一二三四五六七八九十]{1,3}\s?[-—–－]"


def cut_homes(texts: pl.Series) -> pl.Series:
    """Return texts whose home addresses end above the building."""
    return hide_parts(texts, MAY_HOLD_HOME, find_below, "")


def find_below(text: str) -> Parts:
    """Return the parts of a text that tell a home's building, stairs and room."""
    return [(found.start(), found.end()) for found in _HOME.finditer(text) if _is_home(text, found)]


def _is_home(text: str, found: re.Match[str]) -> bool:
    before = re.split(r"[。;；\n]", text[max(0, found.start() - figures.HOME_BEFORE) : found.start()])[-1]
    lives = re.search(any_of("homes", "lives"), before)
    works = re.search(any_of("homes", "works"), before + found[0])
    if found["stairs"] or found[0].endswith("户"):
        return True
    if found["code"] or found["alone"]:
        return lives is not None and works is None and not _DATED.match(found[0])
    return works is None and (lives is not None or _STREET.search(before) is not None)
