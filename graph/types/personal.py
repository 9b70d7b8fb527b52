"""What tells of a person in text: mobiles, national numbers (GB 11643), bank cards, addresses, names; hidden before anything is kept.

The patterns only detect and refuse; what tells of a person is never a value. Text is compared in its NFKC form, so full-width
digits must be folded before.
"""

from __future__ import annotations

import re
from typing import overload

import polars as pl

from graph.types.contacts import mask_contacts
from graph.types.person_names import mask_persons

HIDDEN = "[已隐去]"
MASKED = r"\[已隐去\]|1[0-9]{2}\*{4}[0-9]{4}"
MOBILE = r"(?:\+?86[ -]?|0)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}"
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
NATIONAL_18 = rf"[1-9][0-9]{{5}}[ -]?(?:18|19|20)[0-9]{{2}}{_DAY}[ -]?[0-9]{{3}}[0-9Xx]"
NATIONAL_15 = rf"[1-9][0-9]{{5}}[0-9]{{2}}{_DAY}[0-9]{{3}}"
BANK_CARD = re.compile(r"(?<![0-9])(?:[3-6][0-9]{3}|955[0-9])(?:[ -]?[0-9]{4}){3}(?:[ -]?[0-9]{1,3})?(?![0-9])")

# polars has no look-around: the neighbours are captured and put back, and a second pass finds numbers that shared a neighbour.
_NEVER_ALONE = rf"(^|[^0-9])(?:{NATIONAL_18}|{NATIONAL_15}|{MOBILE})([^0-9]|$)"
_MOBILE_PARTS = r"(^|[^0-9])(?:\+?86[ -]?|0)?(1[3-9][0-9])[ -]?[0-9]{4}[ -]?([0-9]{4})([^0-9]|$)"
_CANDIDATE = r"[0-9](?:[ -]?[0-9]){10}"
_CARD_CANDIDATE = r"(?:[3-6][0-9]{3}|955[0-9])(?:[ -]?[0-9]{4}){3}"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


@overload
def mask_personal(text: str, *, keep_ends: bool = False) -> str: ...
@overload
def mask_personal(text: pl.Expr, *, keep_ends: bool = False) -> pl.Expr: ...
def mask_personal(text: str | pl.Expr, *, keep_ends: bool = False) -> str | pl.Expr:
    """Return free text with all that tells of a person hidden; `keep_ends` leaves 139****1234 of a mobile, for messages."""
    if isinstance(text, str):
        return str(mask_free_text(pl.Series([text]), keep_ends=keep_ends)[0])
    return text.map_batches(lambda s: mask_free_text(s, keep_ends=keep_ends), return_dtype=pl.String)


def mask_free_text(texts: pl.Series, *, keep_ends: bool = False) -> pl.Series:
    """Return a series of free text with personal numbers, accounts, and names beside a title or telephone hidden."""
    return mask_persons(mask_series(texts, keep_ends=keep_ends), HIDDEN)


def mask_series(texts: pl.Series, *, keep_ends: bool = False) -> pl.Series:
    """Return a text series with every personal number, address, account and number plate hidden."""
    return mask_contacts(_mask_numbers(texts, keep_ends), HIDDEN)


def _mask_numbers(texts: pl.Series, keep_ends: bool) -> pl.Series:
    at = texts.str.contains(_CANDIDATE).fill_null(False).arg_true()
    if at.is_empty():
        return texts
    found = texts.gather(at)
    if keep_ends:
        found = _replace_twice(found, _MOBILE_PARTS, "${1}${2}****${3}${4}")
    found = _mask_cards(_replace_twice(found, _NEVER_ALONE, f"${{1}}{HIDDEN}${{2}}"))
    return texts.clone().scatter(at, found)


def has_personal_number(text: pl.Expr) -> pl.Expr:
    """Tell for each text whether it holds a mobile, a national number or a bank card; null stays null."""
    return text != mask_personal(text)


def is_mobile(text: pl.Expr) -> pl.Expr:
    """Tell for each text whether it is a mobile number and nothing else."""
    return text.str.contains(rf"^\s*{MOBILE}(?:\.0)?\s*$")


def is_national_number(text: pl.Expr) -> pl.Expr:
    """Tell for each text whether it is a national number: 18 characters with a right check digit, or 15 with a plausible birth date."""
    return text.map_batches(find_national_numbers, return_dtype=pl.Boolean)


def find_national_numbers(texts: pl.Series) -> pl.Series:
    """Tell for each text of a series whether it is a national number and nothing else; null stays null."""
    bare = texts.str.replace_all(r"[\s-]", "").str.to_uppercase()
    long = bare.str.contains(f"^{NATIONAL_18}$").fill_null(False).arg_true()
    right = bare.gather(long).to_frame("n").select(_has_right_check(pl.col("n"))).to_series()
    return bare.str.contains(f"^{NATIONAL_15}$").scatter(long, right)


def _has_right_check(number: pl.Expr) -> pl.Expr:
    total = pl.sum_horizontal(number.str.slice(i, 1).cast(pl.Int32) * weight for i, weight in enumerate(_WEIGHTS))
    return number.str.slice(17, 1) == (total % 11).replace_strict(
        list(range(11)), list(_CHECKS), return_dtype=pl.String
    )


def passes_luhn(number: str) -> bool:
    """Tell whether the digits of a card number pass the Luhn check (ISO/IEC 7812)."""
    digits = [int(c) for c in number if c.isdigit()]
    doubled = (d * 2 - 9 * (d > 4) for d in digits[-2::-2])
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _replace_twice(texts: pl.Series, pattern: str, replacement: str) -> pl.Series:
    once = texts.str.replace_all(pattern, replacement)
    at = once.str.contains(pattern).arg_true()
    return once if at.is_empty() else once.clone().scatter(at, once.gather(at).str.replace_all(pattern, replacement))


def _mask_cards(texts: pl.Series) -> pl.Series:
    at = texts.str.contains(_CARD_CANDIDATE).arg_true()
    if at.is_empty():
        return texts
    masked = [
        BANK_CARD.sub(lambda m: HIDDEN if passes_luhn(m[0]) else m[0], text) for text in texts.gather(at).to_list()
    ]
    return texts.clone().scatter(at, pl.Series(masked, dtype=pl.String))
