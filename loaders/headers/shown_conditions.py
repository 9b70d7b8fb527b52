"""Whether a sheet shows the condition that its register's name states: that a building is idle, that a course is one of Party life.

The columns of such a register are those of many other lists, so that they prove nothing. A title must say it, or a header, or a cell;
what only asks for it (是否闲置, 空置率, 空置面积) says it where the cells below answer so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from graph.kinds import Link, Register
from graph.names import normalize
from loaders.headers.evidence import NO_EVIDENCE, ColumnEvidence
from loaders.headers.mapping import ColumnMapping
from loaders.vocabulary.list_titles import matter_of_title
from loaders.vocabulary.wording import normalize_header

_DENIED = "(?<![未不无没非])"
_WHETHER = re.compile(r"是否|有无|与否|吗$")
_SHARE = re.compile(r"(?:率|比例|比重|占比)(?:\([^)]*\))?$")  # of a building with tenants a tenth may be vacant
_AMOUNT = re.compile(r"(?:面积|总?数量?|[个套间处层户家]数?|情况|状态|状况)(?:\([^)]*\))?$")
_STRANGERS = re.compile(
    "大学|学校|学院|医院|商会|协会|工会|妇联"
)  # what bodies of other matters list under a title like our own
_YES = re.compile(r"^(?:是|有|对|√|✓|y|yes)", re.IGNORECASE)
_NO = r"^(?:否|无|没有|不是|×|✗|n|no)$"
_ZERO = r"^0+(?:\.0*)?\D{0,3}$"
_SIZE = re.compile(r"(?:面积|数量?|[个套间处层]数?)(?:\([^)]*\))?$")
_POSITIVE = re.compile(r"^\D{0,2}(?!0+(?:\.0*)?(?:\D|$))[0-9]")


def shows_condition(
    register: Register,
    columns: Sequence[ColumnMapping],
    titles: Iterable[str],
    values: Mapping[str, ColumnEvidence],
) -> bool:
    """Tell whether a title, a header or a cell says what makes a row one of the register; true of one whose name states nothing.

    Names of units are no evidence: 平安保险公司 has no stars. Of headers without any `values` it cannot be told, and is not denied.
    """
    if not register.marks or not values:
        return True
    says = re.compile(_DENIED + f"(?:{'|'.join(map(re.escape, register.marks))})")
    if any(says.search(title) or _is_own_title(title, register) for title in titles):
        return True
    if any(says.search(c.header) and _is_answered(c.header, values.get(c.letter)) for c in columns):
        return True
    cells = (values.get(c.letter, NO_EVIDENCE).texts for c in columns if not _names_units(c, register))
    return any(says.search("\n".join(filter(None, texts))) for texts in cells)


def names_condition(register: Register, header: str) -> bool:
    """Tell whether a header speaks of what the register's name states (闲置面积), so that it goes before one that does not (面积)."""
    return any(mark in header for mark in register.marks)


def asked_condition(register: Register, header: str) -> str:
    """Return the pattern of the cells that deny what a header asks of the rows (是否闲置: 否; 闲置面积: 0); '' where it asks nothing."""
    text = normalize_header(header)
    if not names_condition(register, text) or _SHARE.search(text):
        return ""
    if _WHETHER.search(text):
        return _NO
    return _ZERO if _SIZE.search(text) else ""


def _is_own_title(title: str, register: Register) -> bool:
    matter = matter_of_title(title)
    return bool(matter) and matter in _matters(register.titles) and not _STRANGERS.search(title)


@lru_cache(maxsize=200)
def _matters(titles: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(matter_of_title, titles))


def _is_answered(header: str, values: ColumnEvidence | None) -> bool:
    """Tell whether a header states the condition by itself, or the cells below answer that it is so."""
    text = normalize_header(header)
    if _SHARE.search(text):
        return False
    whether, amount = _WHETHER.search(text), _AMOUNT.search(text)
    if values is None or not (whether or amount):
        return True
    answers = _YES if whether else _POSITIVE
    return any(answers.search(normalize(cell)) for cell in values.texts if cell)


def _names_units(column: ColumnMapping, register: Register) -> bool:
    read = [column.column, *(link for link in register.links if link.rides and link.rides == column.field)]
    return any(isinstance(one, Link) and any(entity.is_unit for entity in one.other) for one in read)
