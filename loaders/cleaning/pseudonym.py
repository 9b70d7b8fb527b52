"""Pseudonyms: what stands for a person in the graph. Made in memory from a number or a name; neither leaves this module."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping

import polars as pl

from graph.names import map_unique, normalize
from graph.schema.members import Member

_LENGTH = 24  # hex digits: 96 bits, collision below 1e-16 for a billion people
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_ROUNDED = r"^\s*'?(?:[1-9](?:\.[0-9]+)?[Ee]\+?1[4-7]|[1-9][0-9]{17}(?:\.0)?)\s*$"


def make_pseudonyms(key: bytes, identity: Mapping[str, pl.Series], branch: pl.Series | None) -> pl.Series:
    """Return a keyed hash per row: of the national number, else of name, branch and birth date; null where neither is there.

    `identity` may have number, name and birth (text series). A number that a spreadsheet rounded to 15 digits is not trusted:
    its bearer is known by name and branch.
    """
    number = identity.get("number")
    return add_named(key, None if number is None else number_pseudonyms(key, number), identity, branch)


def key_of(key: bytes, label: str) -> bytes:
    """Return the key for the pseudonyms of one kind of person.

    Each kind has its own, so that nobody can see that a lecturer and a member are the same person.
    """
    return key if label == Member.label else hmac.digest(key, label.encode(), "sha256")


def number_pseudonyms(key: bytes, raw: pl.Series) -> pl.Series:
    """Return the pseudonyms of a column of national numbers, null where a cell holds none that can be trusted."""
    return _hash(key, trusted_numbers(raw))


def add_named(
    key: bytes,
    known: pl.Series | None,
    identity: Mapping[str, pl.Series],
    branch: pl.Series | None,
    content: Callable[[pl.Series], pl.Series] | None = None,
) -> pl.Series:
    """Fill missing pseudonyms with ones made from a person's name, branch and birth date.

    Two rows of a list are two people, however alike: they get one pseudonym each, in the order of what `content` returns for some rows
    (all that they say), so that another order of rows changes nothing.
    """
    some = next(iter(identity.values()))
    blank = pl.Series([None] * some.len(), dtype=pl.String)
    known = blank if known is None else known
    name = identity.get("name", blank)
    unknown = (known.is_null() & name.is_not_null()).arg_true()
    if not unknown.len():
        return known
    parts = pl.DataFrame(
        {
            "name": name.gather(unknown),
            "branch": pl.Series([""] * unknown.len()) if branch is None else branch.gather(unknown),
            "birth": identity.get("birth", blank).gather(unknown),
        }
    )
    texts = parts.select(pl.concat_str(pl.all().fill_null(""), separator="|")).to_series()
    told = map_unique(texts, normalize)
    again = told.is_duplicated().arg_true()
    if again.len():
        said = blank.gather(again) if content is None else content(unknown.gather(again))
        told = told.scatter(again, _number_namesakes(told.gather(again), said))
    return known.clone().scatter(unknown, _hash(key, told))


def _number_namesakes(texts: pl.Series, content: pl.Series) -> pl.Series:
    """Return texts with a number behind the second, third, … of those that are equal."""
    rows = pl.DataFrame({"text": texts, "content": content}).with_row_index("at").sort("text", "content", "at")
    numbered = rows.with_columns(n=pl.int_range(1, pl.len() + 1).over("text"))
    told = pl.when(pl.col("n") == 1).then("text").otherwise(pl.concat_str("text", pl.lit("|"), "n"))
    return numbered.with_columns(told.alias("text")).sort("at")["text"]


def name_keys(key: bytes, names: pl.Series) -> pl.Series:
    """Return a keyed hash of each name, by which lists that tell a name only are compared with others; kept in no graph."""
    distinct = names.unique().drop_nulls()
    hashed = _hash(key, "name|" + map_unique(distinct, normalize), mark="nam:")
    return names.replace_strict(distinct, hashed, default=None, return_dtype=pl.String)


def is_rounded(raw: pl.Series, trusted: pl.Series) -> pl.Series:
    """Tell which numbers, of those not trusted, lost their last digits in a spreadsheet: 4.10305E+17, 410305198001010000."""
    lost = trusted.is_null()
    at = lost.arg_true()
    return lost.scatter(at, raw.gather(at).str.contains(_ROUNDED).fill_null(False)) if at.len() else lost


def _hash(key: bytes, texts: pl.Series, mark: str = "mem:") -> pl.Series:
    digest = hmac.digest  # the one step that must be done row by row: nothing else is in the loop
    hashed = [None if text is None else digest(key, text, "sha256") for text in texts.cast(pl.Binary).to_list()]
    return mark + pl.Series(hashed, dtype=pl.Binary).bin.encode("hex").str.head(_LENGTH)


def trusted_numbers(raw: pl.Series) -> pl.Series:
    """Return the national numbers of a column in one form, null where blank, of another form, or rounded by a spreadsheet."""
    text = raw.cast(pl.String).str.replace_all(r"[\s'’`-]", "").str.to_uppercase()
    if not text.str.contains(r"^[0-9X]*$").fill_null(True).all():
        text = text.str.normalize("NFKC").str.replace_all(r"[^0-9X]", "")
    form = text.str.contains(r"^(?:\d{17}[\dX]|\d{15})$")
    value = text.str.head(18).cast(pl.UInt64, strict=False)
    # A rounded number is a float's: written out in full it equals a float, shortened it ends in zeros. So do few true ones,
    # and those have a check digit that holds.
    as_float = value == value.cast(pl.Float64).cast(pl.UInt64)
    doubtful = (text.str.len_bytes() == 18) & (as_float | text.str.ends_with("000"))
    positions = doubtful.fill_null(False).arg_true()
    # Where some of a column are rounded, so are those whose last digit holds by chance: of eleven roundings one does.
    rounded = positions if not _check_digit_holds(text.gather(positions)).all() else positions.clear()
    trusted = form.fill_null(False).scatter(rounded, False) if rounded.len() else form
    return pl.select(pl.when(trusted).then(text)).to_series()


def _check_digit_holds(text: pl.Series) -> pl.Series:
    digits = [text.str.slice(i, 1).cast(pl.Int32, strict=False) * w for i, w in enumerate(_WEIGHTS)]
    total = digits[0]
    for digit in digits[1:]:
        total = total + digit
    expected = (total % 11).replace_strict(list(range(11)), list(_CHECKS), default=None, return_dtype=pl.String)
    return (expected == text.str.slice(17, 1)).fill_null(False)
