"""Which office a text speaks for: the street, community or unit in a sender's name, a title, a sheet's, file's or folder's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from graph.names import core, is_masked, normalize, split_party_body

STREET, COMMUNITY, UNIT = (
    "street",
    "community",
    "unit",
)  # whose word a list is; an office may be named at several of these
Offices = Mapping[str, frozenset[str]]  # names by level, without what two spellings of one vary in

# The province, city and district before a street; a 社区 is no district.
_ABOVE = re.compile(
    r"^(?:中国共产党|中共)?(?:(?:(?!街道|社区|[镇乡][辖驻各企])[\u4e00-\u9fff]){1,7}?(?:省|市|自治州|[^社小园]区|县|旗))*"
)
_BEFORE = re.compile(
    r"^(?:附件\d*[:、.]?)?(?:关于)?(?:\d{4}年?度?)?(?:\d{1,2}月份?)?(?:第?[一二三四1-4]季度|[上下]半年)?"
)
_STREET = re.compile(
    r"^([\u4e00-\u9fff]{2,7}?)(?:街道(?:办事处|党工委|办)?|街办|(?<![城集乡])镇(?:人民政府|政府)?|(?<!城)乡(?![镇村])(?:人民政府|政府)?)"
)
_COMMUNITY = re.compile(r"^([\u4e00-\u9fff]{1,6}?)(?:社区(?:居民委员会|居委会)?|居民委员会|居委会|村委会|村民委员会)")
_UNIT = re.compile(r"^([\u4e00-\u9fff()a-z0-9]{2,24}?(?:公司|集团|医院|中学|小学|大学|学院))(?=.)")
# What stands before 街道 or 社区 where a title speaks of streets and communities, not for one: 各街道, 党员进社区, 智慧社区.
_NO_NAME = re.compile(
    r"[各全本某每所驻进入及和与对送的在到为访联等]|名单|名册|党员|单位|企业|重点|示范|智慧|城乡|文明|和谐|平安|部分|特色|老旧|辖区"
)
_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_TOKENS = re.compile(r"[()\[\]{}《》_\-—–+,，、;；\s]+")


@lru_cache(maxsize=20_000)
def offices_in(sender: str, title: str, names: tuple[str, ...]) -> Offices:
    """Return the offices that a list names as its own: `sender` as filled in, `title`, and the `names` of sheet, file and folder.

    A name that was masked (某街道) names nobody.
    """
    found: dict[str, set[str]] = {}
    for level, name in (*_of_sender(sender), *_of_title(title), *(one for text in names for one in _of_name(text))):
        found.setdefault(level, set()).add(name)
    return {level: frozenset(held) for level, held in found.items()}


def is_office(text: str) -> bool:
    """Tell whether a folder's name is that of a street, a community or a unit, and nothing else."""
    return any(rest == "" for _, _, rest in _read(normalize(text)))


def without_offices(text: str) -> str:
    """Return a title without the offices at its beginning, nor those in brackets: what the list is called by everybody."""
    named = _read(text)
    rest = (named[-1][2] if named else text) or text
    return _BRACKET.sub(lambda found: "" if is_office(found[1]) else found[0], rest)


def _of_sender(text: str) -> Iterable[tuple[str, str]]:
    name = normalize(text)
    if not name or is_masked(name):
        return []
    places = [(level, found) for level, found, _ in _read(name) if level != UNIT]
    return places or [(UNIT, core(split_party_body(name)[0]))]  # 某公司党委 speaks for 某公司


def _of_title(text: str) -> list[tuple[str, str]]:
    return [(level, found) for level, found, _ in _read(_BEFORE.sub("", normalize(text)))]


def _of_name(text: str) -> Iterable[tuple[str, str]]:
    """Read a sheet's, file's or folder's name: as a title, and each of its tokens that is an office's name and nothing else."""
    name = normalize(text.replace(" ", "_"))
    yield from _of_title(name)
    for token in _TOKENS.split(name):
        yield from ((level, found) for level, found, rest in _read(token) if rest == "")


def _read(text: str) -> list[tuple[str, str, str]]:
    """Return the offices at the beginning of a text in comparable form: level, name, and what follows it."""
    found = []
    above = _ABOVE.match(text)
    rest = text[above.end() :] if above else text
    for level, pattern in ((STREET, _STREET), (COMMUNITY, _COMMUNITY)):
        said = pattern.match(rest)
        if said and not _NO_NAME.search(said[1]) and not is_masked(said[0]):
            rest = rest[said.end() :]
            found.append((level, said[1], rest))
    if not found:
        unit = _UNIT.match(text + "\0")
        if unit and not is_masked(unit[1]) and not _NO_NAME.match(unit[1]):
            found.append((UNIT, core(unit[1]), text[unit.end() :]))
    return found
