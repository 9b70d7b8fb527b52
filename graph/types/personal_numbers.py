"""Which digits are a number of a person: a mobile, a national number (GB 11643), a bank card, the telephone of a home.

A check digit decides only where it can: a national number whose last character is lost or wrong is known by its shape, its
province and a birth date that somebody living may have. What has the shape of something else (an amount, a code, a product) is left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from graph.types import personal_figures as figures
from graph.types.digit_runs import Group, Plain, find_runs, has_chinese_digits, make_plain

# The first two digits of a national number: the provinces, and 99 for invented people.
_PROVINCES = frozenset(
    map(
        str,
        (
            *range(11, 16),
            *range(21, 24),
            *range(31, 38),
            *range(41, 47),
            *range(50, 55),
            *range(61, 66),
            71,
            81,
            82,
            83,
            99,
        ),
    )
)
_CENTURIES = frozenset({"19", "20"})  # with these begin days and times, as of orders
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_MOBILE = re.compile(r"(?:0086|086|86|0)?(1[3-9][0-9]{9})$")
_COUNTRY = frozenset({"86", "086", "0086", "0"})
# How a mobile is parted; more ways where only blanks part it, for a dash or a point also stands in ranges and sizes.
_USUAL = frozenset({
    (3, 4, 4), (3, 3, 5), (4, 3, 4), (3, 8), (7, 4), (1, 10), (10, 1), (3, 5, 3), (3, 2, 2, 2, 2), (3, 4, 2, 2), (3, 2, 2, 4)
})  # fmt: skip
_BLANK_ONLY = frozenset({(4, 4, 3), (5, 6), (6, 5), (4, 7), (5, 3, 3), (2, 9), (9, 2), (8, 3), (2, 3, 3, 3)})
_MEASURED = re.compile(
    r"\s*(?:[万亿]?(?:元|吨|平方|平米|㎡|m2|亩|公里|千米|米|人次|户(?!主|籍|口)|册|辆|千瓦|kW|度)|%|℃)"
)
# Right before a number, however it is parted then.
_SAID = re.compile(r"(?:电话|手机号?|微信|号码?|联系方式|致电|拨打|tel|☎)[\s:：是为(（]*$", re.IGNORECASE)
_CARD = re.compile(r"(?:[3-6][0-9]{3}|955[0-9])[0-9]{12,15}$")
_CARD_PARTS = frozenset(
    {(4, 4, 4, 4), (4, 4, 4, 4, 1), (4, 4, 4, 4, 2), (4, 4, 4, 4, 3), (6, 13), (6, 10), (4, 4, 4, 7)}
)
_DAMAGED = re.compile(r"(?<![0-9.])[1-9]\.[0-9]{4,}[eE]\+?1[0467](?![0-9])")  # 1.38001E+10: most of a mobile is left
_REGISTERED = frozenset(map(str, (11, 12, 13, 19, 51, 52, 53, 59, 91, 92, 93)))  # with these begin credit codes
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True)
class NumberFound:
    """A number of a person in a text: the part of the text as written, and its kind (mobile, national, card)."""

    start: int
    end: int
    kind: str
    digits: str


def find_numbers(text: str) -> list[NumberFound]:
    """Return the mobiles, national numbers and bank cards in a text, in its order."""
    found = _find(make_plain(text, chinese=False))
    if has_chinese_digits(text):
        found += _find(make_plain(text, without=[(one.start, one.end) for one in found]))
    return sorted(found, key=lambda one: one.start)


def _find(plain: Plain) -> list[NumberFound]:
    found = [NumberFound(*plain.span(m.start(), m.end()), "mobile", "") for m in _DAMAGED.finditer(plain.text)]
    return found + [one for run in find_runs(plain) for one in _find_in(run, plain)]


def is_national(digits: str) -> bool:
    """Tell whether digits are a national number: its check digit holds, or its shape is one and its birth date possible."""
    told = digits[:2] in _PROVINCES
    if len(digits) == 15:
        return told and digits.isdecimal() and _is_day("19" + digits[6:12], figures.OLDEST_BIRTH)
    if len(digits) not in (17, 18) or not digits[:17].isdecimal():
        return False
    if len(digits) == 18 and has_right_check(digits):
        return _is_day(digits[6:14], 1800, 2099 if told else figures.YOUNGEST_BIRTH) and digits[:2] not in _CENTURIES
    return told and _is_day(digits[6:14], figures.OLDEST_BIRTH) and not (len(digits) == 18 and _is_credit_code(digits))


def has_right_check(digits: str) -> bool:
    """Tell whether the last of 18 characters is the check digit of the others (ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return digits[17] == _CHECKS[total % 11]


def passes_luhn(number: str) -> bool:
    """Tell whether the digits of a card number pass the Luhn check (ISO/IEC 7812)."""
    digits = [int(c) for c in number if c.isdigit()]
    doubled = (d * 2 - 9 * (d > 4) for d in digits[-2::-2])
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _is_day(digits: str, first: int, last: int = figures.YOUNGEST_BIRTH) -> bool:
    try:
        return first <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year <= last
    except ValueError:
        return False


def _is_credit_code(digits: str) -> bool:
    """Tell whether digits are a unified social credit code that its check character proves (GB 32100)."""
    total = sum(_CREDIT.index(digit) * pow(3, place, 31) for place, digit in enumerate(digits[:17]))
    return digits[:2] in _REGISTERED and _CREDIT[(31 - total % 31) % 31] == digits[17]


def _find_in(run: Sequence[Group], plain: Plain) -> list[NumberFound]:
    """Return the numbers of a run: groups that make one each, or else the whole run as one or several."""
    found, at, left = [], 0, False
    while at < len(run):
        taken, kind = _longest_at(run, at, plain)
        if kind:
            found.append(_found(run[at : at + taken], kind, plain))
        left = left or not kind
        at += taken
    whole = "".join(group.digits for group in run)
    if left and _is_spread(run, whole) and (kind := _kind_of_several(whole)):
        return [_found(run, kind, plain)]
    return found


def _found(groups: Sequence[Group], kind: str, plain: Plain) -> NumberFound:
    first = groups[0].start
    signed = first > 0 and plain.text[first - 1] == "+"
    return NumberFound(*plain.span(first - signed, groups[-1].end), kind, "".join(group.digits for group in groups))


def _is_spread(run: Sequence[Group], whole: str) -> bool:
    """Tell whether a run is one digit after another, or so long that its groups need not be those of one number."""
    return all(len(group.digits) == 1 for group in run) or len(whole) >= figures.SEVERAL_FROM


def _longest_at(run: Sequence[Group], at: int, plain: Plain) -> tuple[int, str]:
    """Return how many groups from `at` make a number, and its kind; one group and "" where they make none."""
    for taken in range(min(len(run) - at, 11), 0, -1):
        kind = _kind_of(run[at : at + taken], plain)
        if kind:
            return taken, kind
    return 1, ""


def _kind_of(groups: Sequence[Group], plain: Plain) -> str:
    digits = "".join(group.digits for group in groups)
    if not 11 <= len(digits) <= figures.LONGEST_RUN or _MEASURED.match(plain.text, groups[-1].end):
        return ""
    if len(groups) == 1:
        lettered = not plain.text[groups[0].start].isdigit()  # a letter before a number need not stand for a digit
        return _kind_of_several(digits) or (lettered and _kind_of_several(digits[1:])) or ""
    sizes = tuple(len(group.digits) for group in groups)
    if is_national(digits) and min(sizes[:-1]) > 1 and (len(digits) != 15 or sizes[0] == 6):
        return "national"
    if _is_card(digits) and sizes in _CARD_PARTS:
        return "card"
    if groups[0].digits in _COUNTRY:
        digits, sizes, groups = digits[sizes[0] :], sizes[1:], groups[1:]
    elif len(digits) > 11 and (found := _MOBILE.match(digits)):  # 86137 8888 1129
        sizes = (sizes[0] - len(digits) + 11, *sizes[1:])
        digits = found[1]
    return "mobile" if _MOBILE.match(digits) and len(digits) == 11 and _is_parted(groups, sizes, plain) else ""


def _is_parted(groups: Sequence[Group], sizes: tuple[int, ...], plain: Plain) -> bool:
    """Tell whether groups of digits are parted as people part a mobile, and not as a decimal number or a range."""
    if len(groups) == 1:
        return True
    between = [plain.text[one.end : other.start] for one, other in pairwise(groups)]
    if len(between) == 1 and between[0] in {".", ","}:  # 135.12345678 is a longitude
        return False
    if _SAID.search(plain.text, 0, groups[0].start):
        return True
    if sizes in _USUAL:
        return sizes == (3, 4, 4) or len(set(between)) == 1
    return not any(part.strip() for part in between) and (sizes in _BLANK_ONLY or len(sizes) > 4)


def _kind_of_several(digits: str) -> str:
    """Return the kind of the numbers that digits are, one or several without anything between; "" for none."""
    if _is_card(digits):
        return "card"
    pieces = _split(digits)
    return (pieces[0] if len(pieces) == 1 else "several") if pieces else ""


def _split(digits: str) -> list[str]:
    """Return the kinds of the numbers into which digits part without a rest."""
    if len(digits) > figures.LONGEST_RUN:
        return []
    for size in (18, 17, 15, 11, 12, 13, 14, 15):
        piece = digits[:size]
        kind = "national" if is_national(piece) else "mobile" if _MOBILE.match(piece) else ""
        if len(piece) == size and kind:
            rest = _split(digits[size:])
            if rest or len(digits) == size:
                return [kind, *rest]
    return []


def _is_card(digits: str) -> bool:
    return _CARD.match(digits) is not None and passes_luhn(digits)
