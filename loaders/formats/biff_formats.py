"""What a cell of an xls workbook shows beside its number (number_formats.py): formats, styles and numbers from the stream's records."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from loaders.formats.number_formats import choose_styles, show_number

FORMAT, XF = 0x041E, 0x00E0
_NUMBER, _RK, _MULRK, _FORMULA = 0x0203, 0x027E, 0x00BD, 0x0006


def read_formats(records: Iterable[tuple[int, bytes]]) -> dict[int, str]:
    """Return the styles of cells whose format shows a unit or is a day of the Chinese kind, from the records of a workbook."""
    codes: dict[int, str] = {}
    used: list[int] = []
    for code, body in records:
        if code == FORMAT and len(body) >= 5:
            number, length, flags = struct.unpack_from("<HHB", body)
            codes[number] = body[5:].decode("utf-16-le" if flags & 1 else "latin-1", "replace")[:length]
        elif code == XF and len(body) >= 4:
            used.append(int.from_bytes(body[2:4], "little"))
    return choose_styles(codes, used)


def show_record(code: int, body: bytes, styles: Mapping[int, str], is_1904: bool) -> Iterator[tuple[int, int, str]]:
    """Yield what the cells of a record show, where their style is among `styles`: row as shown, column from 0, text."""
    for row, column, style, number in _numbers(code, body):
        text = show_number(number, styles[style], is_1904) if style in styles else None
        if text is not None:
            yield row + 1, column, text


def _numbers(code: int, body: bytes) -> Iterator[tuple[int, int, int, str]]:
    if code in (_NUMBER, _FORMULA) and len(body) >= 14:
        row, column, style = struct.unpack_from("<3H", body)
        if code == _NUMBER or body[12:14] != b"\xff\xff":
            yield row, column, style, repr(struct.unpack_from("<d", body, 6)[0])
    elif code == _RK and len(body) >= 10:
        row, column, style = struct.unpack_from("<3H", body)
        yield row, column, style, _rk(body[6:10])
    elif code == _MULRK and len(body) >= 6:
        row, first = struct.unpack_from("<2H", body)
        for at, (style, _) in enumerate(struct.iter_unpack("<H4s", body[4 : 4 + (len(body) - 6) // 6 * 6])):
            yield row, first + at, style, _rk(body[6 + 6 * at : 10 + 6 * at])


def _rk(four: bytes) -> str:
    """Return a number that is kept in four bytes: an integer or the upper half of a float, perhaps in hundredths."""
    bits = int.from_bytes(four, "little")
    if bits & 2:
        value = Decimal(int.from_bytes(four, "little", signed=True) >> 2)
    else:
        value = Decimal(repr(struct.unpack("<d", b"\0\0\0\0" + (bits & 0xFFFFFFFC).to_bytes(4, "little"))[0]))
    return str(value / 100 if bits & 1 else value)
