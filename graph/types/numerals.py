"""Chinese numerals to digits: 二〇一九 → 2019, 三十一 → 31, 一千二百 → 1200, 两万 → 20000."""

from __future__ import annotations

import re

import polars as pl

NUMERALS = "〇零○一二两三四五六七八九十廿百千万"
_DIGITS = dict(zip("〇零○一二两三四五六七八九", "0001223456789", strict=True))
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_RUN = re.compile(f"[0-9]*[{NUMERALS}]+")
_BY_DIGIT = re.compile(f"^[{''.join(_DIGITS)}]+$")
_ABOUT = re.compile("[一二三四五六七八九](?=[二两三四五六七八九](?:[十百千万]|$))")  # 一二十, 三五: a range


def numerals_to_digits(texts: pl.Series, *, quantities: bool = False) -> pl.Series:
    """Return texts with Chinese numerals below a hundred million, and years written digit by digit, as Arabic digits.

    Of a quantity, 三五 is three to five and 一二十 ten to twenty: the lower is taken. Elsewhere 二三 is the 23 of a year.
    """
    write = _write_quantity if quantities else _write
    distinct = texts.drop_nulls().unique()
    if distinct.is_empty():
        return texts
    written = [_RUN.sub(write, text) for text in distinct.to_list()]
    return texts.replace_strict(distinct, pl.Series(written, dtype=pl.String), default=None, return_dtype=pl.String)


def _write(found: re.Match[str]) -> str:
    run = found[0].replace("廿", "二十")
    if run[0].isascii():  # 3万, 12百: a scale behind digits stays for those who read quantities
        return run
    if _BY_DIGIT.match(run):
        return "".join(_DIGITS[c] for c in run)
    return str(_value(run))


def _write_quantity(found: re.Match[str]) -> str:
    run = found[0]
    if not _ABOUT.match(run):
        return _write(found)
    return str(_value(run[0] + run[2:]))


def _value(run: str) -> int:
    """Return the number that a numeral with units stands for; a unit without a digit before it counts once (百余 → 100)."""
    total = section = digit = 0
    for character in run:
        unit = _UNITS.get(character)
        if unit is None:
            digit = int(_DIGITS[character])
        elif unit == _UNITS["万"]:
            total += max(section + digit, 1) * unit
            section = digit = 0
        else:
            section += max(digit, 1) * unit
            digit = 0
    return total + section + digit
