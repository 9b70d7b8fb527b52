"""What tells of a person in text, hidden before anything is kept: numbers, accounts, home addresses, names, private matters.

One door: every value type that stores text goes through `mask_free_text` (see `value_type`). The searches behind it only detect
and hide; what tells of a person is never a value.
"""

from __future__ import annotations

from typing import overload

import polars as pl

from graph.types.contacts import mask_contacts
from graph.types.digit_runs import MAY_HOLD_NUMBER
from graph.types.hiding import HIDDEN, change_found, hide_parts, put_in_place
from graph.types.home_phones import MAY_HOLD_PHONE, find_home_phones, find_said_home_phones
from graph.types.homes import cut_homes
from graph.types.person_names import mask_cells_of_names, mask_persons
from graph.types.personal_numbers import NumberFound, find_numbers
from graph.types.private_matters import mask_matters

MASKED = r"\[已隐去\]|1[0-9]{2}\*{4}[0-9]{4}"


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
    """Return a series of free text with all that tells of a person hidden; the series itself where nothing does."""
    return mask_matters(mask_persons(_mask_contacts(texts, keep_ends=keep_ends), HIDDEN), HIDDEN)


def mask_name(texts: pl.Series) -> pl.Series:
    """Return names of units and things with what tells of a person hidden; one that is only like a person's name may be a brand."""
    return mask_matters(mask_persons(_mask_contacts(texts), HIDDEN, alone=False), HIDDEN)


def mask_label(texts: pl.Series) -> pl.Series:
    """Return headers, titles and names of sheets and files with telephone and identity numbers, homes and names of persons hidden.

    What is said of a private matter stays, unlike in a cell: it tells what a list is about. 患糖尿病人员（张建国） loses the name only.
    """
    return mask_persons(_mask_contacts(texts), HIDDEN)


def mask_shown(texts: pl.Series) -> pl.Series:
    """Return cells as a message may quote them: of a mobile 139****1234 is left, and a cell that may be a name is hidden whole."""
    return mask_cells_of_names(mask_free_text(texts, keep_ends=True), HIDDEN)


def _mask_contacts(texts: pl.Series, *, keep_ends: bool = False) -> pl.Series:
    numbers = mask_series(texts, keep_ends=keep_ends)
    return cut_homes(hide_parts(numbers, MAY_HOLD_PHONE, find_home_phones, HIDDEN))


def mask_series(texts: pl.Series, *, keep_ends: bool = False) -> pl.Series:
    """Return a text series with every personal number, account, card and number plate hidden; fixed lines stay."""
    hide = _show_ends if keep_ends else _hide_numbers
    return mask_contacts(change_found(texts, MAY_HOLD_NUMBER, hide), HIDDEN)


def mask_home_phones(texts: pl.Series) -> pl.Series:
    """Return cells of a column of office telephones with those hidden that are said to be at a home."""
    return hide_parts(texts, MAY_HOLD_PHONE, find_said_home_phones, HIDDEN)


def _hide_numbers(text: str) -> str:
    return put_in_place(text, [(found.start, found.end) for found in find_numbers(text)], HIDDEN)


def _show_ends(text: str) -> str:
    for found in reversed(find_numbers(text)):
        text = text[: found.start] + _ends_of(found) + text[found.end :]
    return text


def _ends_of(found: NumberFound) -> str:
    mobile = found.digits[-11:]
    return f"{mobile[:3]}****{mobile[-4:]}" if found.kind == "mobile" and mobile else HIDDEN


def has_personal_number(text: pl.Expr) -> pl.Expr:
    """Tell for each text whether it holds what tells of a person; null stays null."""
    return text != mask_personal(text)


def find_national_numbers(texts: pl.Series) -> pl.Series:
    """Tell for each text of a series whether it is a national number whose check digit holds, and nothing else; null stays null."""
    return tell_numbers(texts, "national", whole=True)


def tell_numbers(texts: pl.Series, kind: str, *, whole: bool = False) -> pl.Series:
    """Tell for each text whether it holds a number of a kind (mobile, national, card), or is one and nothing else; null stays null."""
    told = texts.str.contains(MAY_HOLD_NUMBER)
    if not told.any():
        return told
    at = told.fill_null(False).arg_true()
    return told.scatter(at, [_holds(t, kind, whole) for t in texts.gather(at).to_list()])


def _holds(text: str, kind: str, whole: bool) -> bool:
    found = [one for one in find_numbers(text) if one.kind in {kind, "several"}]
    return any(not whole or (one.start, one.end) == (0, len(text)) for one in found)
