"""Chinese numerals to digits: 二〇一九 → 2019, 三十一 → 31, 十二 → 12, 两 → 2."""

from __future__ import annotations

import polars as pl

NUMERALS = "〇零○一二三四五六七八九十两廿百"
_DIGITS = dict(zip("〇零○一二两三四五六七八九", "0001223456789", strict=True))
# In this order, so that each rule sees what the one before it left.
_TENS = (
    ("廿", "2十"),
    (r"([1-9])百零?([1-9])十([1-9])", "${1}${2}${3}"),
    (r"([1-9])百零?([1-9])十", "${1}${2}0"),
    (r"([1-9])百0([1-9])", "${1}0${2}"),
    (r"([1-9])百", "${1}00"),
    (r"([1-9])十([1-9])", "${1}${2}"),
    (r"([1-9])十", "${1}0"),
    (r"十([1-9])", "1${1}"),
    ("十", "10"),
)


def numerals_to_digits(texts: pl.Series) -> pl.Series:
    """Return texts with Chinese numerals below a thousand, and years written digit by digit, as Arabic digits."""
    texts = texts.str.replace_many(list(_DIGITS), list(_DIGITS.values()))
    for pattern, replacement in _TENS:
        texts = texts.str.replace_all(pattern, replacement)
    return texts
