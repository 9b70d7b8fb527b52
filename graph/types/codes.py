"""Codes of authorities: the unified social credit code (GB 32100), digit codes of areas, and industries (GB/T 4754)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import polars as pl
from numpy.typing import NDArray

from graph.types.personal import find_national_numbers
from graph.types.value_type import CellValue, Cleaned, PolarsType, ValueType, change_where, find_problems, join_problems

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
_WEIGHTS = np.array([pow(3, i, 31) for i in range(LENGTH - 1)])
_SLIPS = {"O": "0", "I": "1", "Z": "2", "S": "5"}  # typing and OCR: none of these letters is in the alphabet
_WELL_FORMED = f"^[{ALPHABET}]{{{LENGTH}}}$"
_SLIPPED = f"^[{ALPHABET}OIZS]{{{LENGTH}}}$"
_ORGANIZATION, _LICENCE = "^[0-9A-Z]{8}[0-9X]$", "^[0-9]{15}$"
_ORGANIZATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_OLDER = r"^(?:[0-9A-Z]{8}[0-9X]|[0-9]{15})$"  # organization code (GB 11714), business licence
# What a spreadsheet program makes of a long number: a power of ten, or noughts after the fifteenth digit. The digits are lost.
LOST = r"(?i)^[0-9](?:\.[0-9]+)?e\+?[0-9]{1,2}$"
_LOST_CODE = r"(?i)^[0-9](?:\.?[0-9]+)?e\+?[0-9]{1,2}$|^[0-9]{15}000$"
_NUMBERS = np.full(128, -1)
_NUMBERS[[ord(c) for c in ALPHABET]] = range(len(ALPHABET))


def check_characters(codes: pl.Series) -> pl.Series:
    """Return the right check character for each well-formed 18-character code: (31 − Σ cᵢ·3ⁱ mod 31) mod 31."""
    if codes.is_empty():
        return pl.Series([], dtype=pl.String)
    letters = np.frombuffer(str(codes.str.join("").item()).encode("ascii"), dtype=np.uint8).reshape(-1, LENGTH)
    numbers: NDArray[np.int64] = (31 - _NUMBERS[letters[:, :-1]] @ _WEIGHTS % 31) % 31
    return pl.Series(np.array(list(ALPHABET))[numbers], dtype=pl.String)


def _older_code(code: pl.Series, person: pl.Series) -> pl.Series:
    """Return organization codes and licence numbers with their scheme before them; null for all else, and for persons' numbers."""
    text = pl.col("code")
    frame = pl.DataFrame({"code": code, "person": person})
    is_organization = text.str.contains(_ORGANIZATION) & (text.str.slice(8, 1) == _organization_check(text))
    is_licence = text.str.contains(_LICENCE) & ~pl.col("person")
    return frame.select(
        pl.when(is_organization).then("org:" + text).when(is_licence).then("licence:" + text)
    ).to_series()  # fmt: skip


def _organization_check(code: pl.Expr) -> pl.Expr:
    """Return the check character of an organization code: 11 − Σ cᵢ·wᵢ mod 11, where 10 is X and 11 is 0 (GB 11714)."""
    numbers = {c: i for i, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
    total = pl.sum_horizontal(
        code.str.slice(i, 1).replace_strict(numbers, default=None, return_dtype=pl.Int32) * weight
        for i, weight in enumerate(_ORGANIZATION_WEIGHTS)
    )
    return (11 - total % 11).replace_strict(
        {n: "0123456789X0"[n] for n in range(1, 12)}, default=None, return_dtype=pl.String
    )


def is_credit_code(code: str) -> bool:
    """Tell whether a text is a valid unified social credit code."""
    return bool(CreditCode().clean(pl.Series([code], dtype=pl.String)).values[""].eq(code).any())


@dataclass(frozen=True)
class CreditCode(ValueType):
    """A unified social credit code with a right check character; others are refused, with the code they probably should be.

    What a unit had before 2015 stands in a part of its own: org:551385082 (GB 11714, its check character right) or
    licence:410300100001234. Neither identifies a unit in the graph; both are noted.
    """

    suffixes: ClassVar[Mapping[str, PolarsType]] = {"": pl.String, "_older": pl.String}
    name = "credit code"
    closed = True

    def write(self, *stored: Any) -> CellValue:
        """Return the code, or where a unit has none the one of before 2015, without the word for its kind."""
        code, older = stored
        return code or (older.partition(":")[2] if older else None)

    def _clean(self, raw: pl.Series) -> Cleaned:
        code = raw.str.to_uppercase().str.replace_all(r"[\s\-·.'‘’]", "")
        # All-digit codes may be a person's number in the wrong column; those of companies begin with 9.
        person = find_national_numbers(code) & ~code.str.contains("^9[123]")
        mended = code.str.replace_many(list(_SLIPS), list(_SLIPS.values()))
        lost = code.str.contains(_LOST_CODE)
        person &= ~lost
        full = code.str.contains(_SLIPPED) & ~lost & mended.str.contains(_WELL_FORMED) & ~person
        at = full.fill_null(False).arg_true()
        right = mended.gather(at).str.slice(0, LENGTH - 1) + check_characters(mended.gather(at))
        right = pl.Series([None] * raw.len(), dtype=pl.String).scatter(at, right)
        valid = full & (right == code)
        kept = code.zip_with(valid.fill_null(False), pl.Series([None], dtype=pl.String))
        older = code.str.contains(_OLDER)
        problems = join_problems(
            find_problems(raw, lost, "code.lost"),
            find_problems(raw, full & ~valid, "uscc.check", suggestion=right),
            find_problems(raw, older & ~person, "uscc.form", "warning"),
            find_problems(raw, ~full & ~(older & ~person), "uscc.form"),
        )
        return Cleaned({"": kept, "_older": _older_code(code, person)}, problems)


@dataclass(frozen=True)
class Codes(ValueType):
    """A code of exactly `digits` digits, such as the 12-digit code of a community.

    4.10305001001E+11 is read back; 4.10305E+11 is refused, for the digits that Excel cut off would make one code of many.
    """

    name = "code"
    closed = True

    digits: int = 12

    def _clean(self, raw: pl.Series) -> Cleaned:
        code = raw.str.replace_all(r"[\s\-'‘’]", "").str.replace(r"\.0+$", "")
        code = change_where(code, code.str.contains(r"(?i)^[0-9](?:\.[0-9]+)?e\+?[0-9]+$"), self._mend)
        valid = code.str.contains(f"^[0-9]{{{self.digits}}}$")
        kept = code.zip_with(valid.fill_null(False), pl.Series([None], dtype=pl.String))
        lost = raw.str.contains(LOST)
        problems = join_problems(
            find_problems(raw, ~valid & lost, "code.lost"), find_problems(raw, ~valid, "code.form")
        )
        return Cleaned({"": kept}, problems)

    def _mend(self, damaged: pl.Series) -> pl.Series:
        """Return numbers in powers of ten as digits, where all the digits are there."""
        mantissa = damaged.str.extract(r"(?i)^([0-9.]+)e").str.replace(".", "", literal=True)
        exponent = damaged.str.extract(r"(?i)e\+?([0-9]+)$").cast(pl.Int32, strict=False)
        whole = (exponent == self.digits - 1) & (mantissa.str.len_chars() == self.digits)
        return mantissa.zip_with(whole.fill_null(False), damaged)


_GROUPS = (
    ("A", 1, 5), ("B", 6, 12), ("C", 13, 43), ("D", 44, 46), ("E", 47, 50), ("F", 51, 52), ("G", 53, 60),
    ("H", 61, 62), ("I", 63, 65), ("J", 66, 69), ("K", 70, 70), ("L", 71, 72), ("M", 73, 75), ("N", 76, 79),
    ("O", 80, 82), ("P", 83, 83), ("Q", 84, 85), ("R", 86, 90), ("S", 91, 96), ("T", 97, 97),
)  # fmt: skip
_LETTER_OF = {f"{group:02d}": letter for letter, first, last in _GROUPS for group in range(first, last + 1)}
_INDUSTRY = r"^([A-T]?)[- ]?([0-9]{2})[- ]?([0-9]{0,2})$"
_INDUSTRY_AND_TEXT = r"^([A-T])[- ]?([0-9]{2})[- ]?([0-9]{0,2})[^0-9A-Z].*$"


@dataclass(frozen=True)
class Industry(ValueType):
    """An industry as its code (C3571; the letter follows from the first two digits, GB/T 4754), or as the text written."""

    name = "industry"

    def _clean(self, raw: pl.Series) -> Cleaned:
        groups = pl.DataFrame({"text": raw, "upper": raw.str.to_uppercase()})
        group, rest = (
            pl.coalesce(pl.col("upper").str.extract(_INDUSTRY, i), pl.col("upper").str.extract(_INDUSTRY_AND_TEXT, i))
            for i in (2, 3)
        )
        code = group.replace_strict(_LETTER_OF, default=None, return_dtype=pl.String) + group + rest
        return Cleaned({"": groups.select(pl.coalesce(code, "text")).to_series()})
