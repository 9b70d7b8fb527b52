"""Chinese numerals to digits: 二〇一九 → 2019, 三十一 → 31, 一万二 → 12000, 叁万伍仟 → 35000, 3万5 → 35000, 一点五万 → 15000.

A numeral whose parts do not fit together (十三五, 二百三百) is none and stays as it is written, for a number made of it would be a guess.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

import polars as pl

_ORDINARY = str.maketrans("壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟萬億兩零○", "一二二三三三四五六六七八九十百千万亿两〇〇")
_DIGITS = dict(zip("〇一二两三四五六七八九", "01223456789", strict=True))
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
NUMERALS = "〇零○一二两三四五六七八九十百千万亿廿卅卌壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟萬億兩"
_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_RUN = re.compile(f"(?:{_NUMBER})?半?[{NUMERALS}](?:[{NUMERALS}点]|{_NUMBER})*")
_BY_DIGIT = re.compile(f"^[{''.join(_DIGITS)}]+$")
_TOKEN = re.compile(rf"{_NUMBER}|.")
_KEPT = re.compile(f"^{_NUMBER}[百千万亿]+$")  # 3万: a scale behind digits stays for those who read quantities
# 一二十, 两三百, 十五六, and 三五 alone: from one to the other; the lower is what there surely is.
_NEXT = "一(?=二)|[二两](?=三)|三(?=四)|四(?=五)|五(?=六)|六(?=七)|七(?=八)|八(?=九)"
_ABOUT = re.compile(f"(?<![〇一二两三四五六七八九])({_NEXT}|^三(?=五))[二三四五六七八九](?=[十百千万亿]|$)")


def numerals_to_digits(texts: pl.Series, *, quantities: bool = False) -> pl.Series:
    """Return texts with Chinese numerals, and years written digit by digit, as Arabic digits.

    Of a quantity, 三五 is three to five and 一二十 ten to twenty: the lower is taken. Elsewhere 二三 is the 23 of a year.
    """
    write = _write_quantity if quantities else _write
    distinct = texts.drop_nulls().unique()
    if distinct.is_empty():
        return texts
    written = [_RUN.sub(write, text) for text in distinct.to_list()]
    return texts.replace_strict(distinct, pl.Series(written, dtype=pl.String), default=None, return_dtype=pl.String)


def _write(found: re.Match[str]) -> str:
    run = _fold(found[0])
    if _KEPT.match(run):
        return found[0]
    if _BY_DIGIT.match(run):
        return "".join(_DIGITS[c] for c in run)
    return _show(found[0], read_numeral(run))


def _write_quantity(found: re.Match[str]) -> str:
    run = _ABOUT.sub(r"\1", _fold(found[0]))
    if _BY_DIGIT.match(run):
        return "".join(_DIGITS[c] for c in run)  # 一二〇 is a number read out digit by digit
    return _show(found[0], None if _KEPT.match(run) else read_numeral(run))


def _show(written: str, value: Fraction | None) -> str:
    if value is None:
        return written
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.10f}".rstrip("0")


def _fold(run: str) -> str:
    ordinary = run.translate(_ORDINARY)
    return ordinary.replace("廿", "二十").replace("卅", "三十").replace("卌", "四十")


@lru_cache(maxsize=10_000)
def read_numeral(run: str) -> Fraction | None:
    """Return the number that a numeral in ordinary characters stands for; None where its parts do not fit together.

    The last digit of 一万二 and 三千五 counts a tenth of the unit before it; 一万〇二 has two ones.
    """
    whole, point, tail = run.partition("点")
    if not point:
        return _read_whole(run)
    decimals = re.match(f"^([{''.join(_DIGITS)}]+)([十百千万亿]*)$", tail)
    value = _read_whole(whole)
    if decimals is None or value is None:
        return None
    fraction = Fraction("0." + "".join(_DIGITS[c] for c in decimals[1]))
    for unit in decimals[2]:
        fraction, value = fraction * _UNITS[unit], value * _UNITS[unit]
    return value + fraction


def _read_whole(run: str) -> Fraction | None:
    reader = _NumeralReader()
    tokens = _TOKEN.findall(run)
    taken = all(reader.take(token, last=at == len(tokens) - 1) for at, token in enumerate(tokens))
    return reader.total() if tokens and taken else None


class _NumeralReader:
    """Adds up the parts of a numeral from left to right: groups below 万 and 亿, each of descending units."""

    def __init__(self) -> None:
        self.groups, self.group = Fraction(0), Fraction(0)  # what 亿 and 万 closed; what came since
        self.digit: Fraction | None = None  # waits for its unit
        self.unit, self.closed = 10**12, 10**12  # the last unit, and the last 万 or 亿: what follows must be smaller
        self.zero = self.bare = False  # 〇 stood before the digit; the numeral began with a unit (百余)

    def take(self, token: str, last: bool) -> bool:
        """Take the next part in; False where it does not fit behind those before it."""
        if token == "〇":  # noqa: S105 -- a digit
            fits, self.zero = self.digit is None, True
            return fits
        if token in _UNITS:
            return self._take_unit(_UNITS[token], last)
        if self.digit is not None or self.bare or self.unit == 1:
            return False
        return self._take_digit(token, last)

    def _take_digit(self, token: str, last: bool) -> bool:
        written = token[0].isascii()
        self.digit = Fraction(1, 2) if token == "半" else Fraction(token if written else _DIGITS[token])  # noqa: S105
        if not last:
            return True
        follows = min(self.unit, self.closed) if self.unit < 10**12 or self.closed < 10**12 else 1
        if follows == 1:
            return True
        if written and len(token) > 1:  # 3万5000: as many digits as the unit has zeros, else nobody knows
            return token.isdigit() and len(token) == len(str(follows)) - 1
        if follows > 10 and not self.zero:
            self.digit *= Fraction(follows, 10)
        return True

    def _take_unit(self, unit: int, last: bool) -> bool:
        if self.digit is None and (self.zero and unit != 10):
            return False
        if unit < 10**4:
            return self._take_small(unit)
        if unit >= self.closed:
            return self._multiply(unit)
        count = self.group + (self.digit or 0)
        if not count:
            if self.groups or self.bare:
                return False
            count, self.bare = Fraction(1), True
        self.groups += count * unit
        self.group, self.digit, self.zero = Fraction(0), None, False
        self.unit = self.closed = unit
        return True

    def _multiply(self, unit: int) -> bool:
        """Take the 亿 of 一万亿, which multiplies all that is before it."""
        if self.group or self.digit is not None or unit != 10**8 or self.closed != 10**4:
            return False
        self.groups, self.closed = self.groups * unit, unit
        return True

    def _take_small(self, unit: int) -> bool:
        if unit >= self.unit and self.unit < 10**4:
            return False
        count = self.digit
        if count is None:
            first = not (self.groups or self.group)
            if (unit == 10 and not self.bare) or first:  # 百十 is about a hundred
                count, self.bare = Fraction(1), self.bare or (first and unit > 10)
            else:
                return False
        if unit > 10 and count >= 10 and count.denominator == 1 and self.group:
            return False
        self.group += count * unit
        self.unit, self.digit, self.zero = unit, None, False
        return True

    def total(self) -> Fraction:
        """Return the number that all parts make together."""
        return self.groups + self.group + (self.digit or 0)
