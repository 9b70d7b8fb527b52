"""What a cell of an xlsx workbook shows beside its number, by its number format: a unit (0.0"亩"), or that it is a day.

The parser gives numbers only. 3 shown as 3.0亩 is 2,000 square metres, and a day in one of the formats that only Chinese versions of
spreadsheet programs have is a bare number to it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

CJK_DAYS = frozenset([27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58])
CJK_TIMES = frozenset([32, 33, 34, 35, 55, 56])
DAY, TIME = "day", "time"  # what a number is, in place of a format
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|[!](.)|_.|\*.|\[[^\]]*\]')
_UNIT = re.compile(r"[\u4e00-\u9fff㎡²]")
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9.]+)\]")
_COMPARE = {"<": -1, "<=": -1, ">": 1, ">=": 1}
_FORMATTED = (
    rb'<(?:\w+:)?numFmt\b[^>]*?\bnumFmtId="(\d+)"[^>]*?\bformatCode="([^"]*)"'
    rb'|<(?:\w+:)?numFmt\b[^>]*?\bformatCode="([^"]*)"[^>]*?\bnumFmtId="(\d+)"'
)


def read_styles(xml: bytes) -> dict[int, str]:
    """Return the styles of cells whose format shows a unit or is a day of the Chinese kind: their number → the format's code."""
    codes: dict[int, str] = {}
    for a, code, other, b in re.findall(_FORMATTED, xml):
        codes[int(a or b)] = html.unescape((code or other).decode("utf-8", "replace"))
    block = re.search(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", xml, re.DOTALL)
    used = re.findall(rb"<(?:\w+:)?xf\b([^>]*)>", block[0]) if block else []
    ids = [re.search(rb'\bnumFmtId="(\d+)"', attributes) for attributes in used]
    return choose_styles(codes, [int(found[1]) if found else 0 for found in ids])


def choose_styles(codes: Mapping[int, str], used: Sequence[int]) -> dict[int, str]:
    """Return those styles of cells, of which `used` are the formats, that show more than a number: their number → the format's code."""
    known = dict.fromkeys(CJK_DAYS, DAY) | dict.fromkeys(CJK_TIMES, TIME) | dict(codes)
    styles = {style: known.get(number, "") for style, number in enumerate(used)}
    return {style: code for style, code in styles.items() if code in (DAY, TIME) or _shows_unit(code)}


def _shows_unit(code: str) -> bool:
    bare = _LITERAL.sub("", code)
    literals = "".join(a or b or c for a, b, c in _LITERAL.findall(code))
    has_unit = bool(_UNIT.search(literals) or _UNIT.search(bare))
    return (
        has_unit
        and bool(re.search("[0#?]|General", bare))
        and not re.search("[ymdhs]", bare.replace("General", ""), re.I)
    )


def show_cells(xml: bytes, prefix: bytes, styles: Mapping[int, str], is_1904: bool) -> Iterator[tuple[bytes, int, str]]:
    """Yield what cells of some styles show: the column's letters, the row, the text; of a sheet's XML with its name prefix."""
    if not styles:
        return
    p, numbers = re.escape(prefix), b"|".join(str(style).encode() for style in styles)
    cell = re.compile(
        rb"<%bc\b(?=[^>]*\br=\"([A-Z]{1,3})([0-9]{1,7})\")(?=[^>]*\bs=\"(%b)\")(?![^>]*\bt=\"(?:s|str|inlineStr|b|e)\")[^>]*>\s*(?:<%bf\b[^>]*(?:/>|>[^<]*</%bf>)\s*)?<%bv>([^<]{1,30})</"
        % (p, numbers, p, p, p)
    )
    for found in cell.finditer(xml):
        text = show_number(found[4].decode(), styles[int(found[3])], is_1904)
        if text is not None:
            yield found[1], int(found[2]), text


def show_number(number: str, code: str, is_1904: bool) -> str | None:
    """Return a number with the unit or the date that its cell format adds: 3 as 3亩, 45000 as 2023-03-15; nothing is rounded.

    None where the format has no place for a digit or the cell holds no number.
    """
    try:
        value = Decimal(number)
    except InvalidOperation:
        return None
    if code in (DAY, TIME):
        return _show_moment(value, is_1904)
    section = _choose(code.split(";"), value)
    digits = _LITERAL.sub("", section)
    if section == "" or not re.search("[0#?]|General", digits):
        return None
    scaled = value / Decimal(1000) ** len(re.findall(",", re.split("[0#?.](?=,*[^0#?,.]*$)", digits)[-1]))
    point = re.search(r'[0#](?:!\.|\\\.|"\.")([0#]+)', section)  # 0!.0,"万" is a tenth of thousands
    scaled /= Decimal(10) ** (len(point[1]) if point else 0)
    before, _, after = re.sub(r'(?:!|\\)\.|"\."', "", section).partition(_first_digit(section))
    return f"{_literal(before)}{scaled.normalize():f}{_literal(after)}"


def _first_digit(section: str) -> str:
    bare = _LITERAL.sub(lambda found: " " * len(found[0]), section)
    found = re.search("General|[0#?]", bare)
    return found[0] if found else "0"


def _literal(part: str) -> str:
    quoted = "".join(a or b or c for a, b, c in _LITERAL.findall(part))
    bare = "".join(_UNIT.findall(_LITERAL.sub("", part)))
    return "".join(c for c in quoted + bare if c.strip())


def _choose(sections: list[str], value: Decimal) -> str:
    """Return the section of a format that shows a value: by its condition, else by its sign."""
    for section in sections:
        condition = _CONDITION.search(section)
        if condition:
            sign = (value > Decimal(condition[2])) - (value < Decimal(condition[2]))
            if (
                sign == _COMPARE.get(condition[1], 2)
                or (sign == 0 and "=" in condition[1])
                or (sign and condition[1] == "<>")
            ):
                return section
    plain = [section for section in sections if not _CONDITION.search(section)]
    if len(plain) < len(sections):
        return plain[0] if plain else ""
    at = 0 if value > 0 or len(plain) == 1 else 1 if value < 0 else min(2, len(plain) - 1) if len(plain) > 2 else 0
    return plain[at]


def _show_moment(value: Decimal, is_1904: bool) -> str | None:
    if not 0 <= value < 2_958_466:  # 9999-12-31
        return None
    start = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30)
    moment = start + timedelta(seconds=round(float(value) * 86_400))
    if value < 1:
        return moment.strftime("%H:%M")
    return moment.strftime("%Y-%m-%d" if value == int(value) else "%Y-%m-%d %H:%M:%S")
