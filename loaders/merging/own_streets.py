"""The street of a community whose row does not say it: as written before its name, or that of the office that sent the list."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from graph.kinds import Link, Register
from graph.schema.organizations import BELONGS_TO, Community
from graph.workspace import LoadedSheet
from loaders.cleaning.mentions import MENTION
from loaders.merging.list_names import read_list_name
from loaders.merging.statements import SHEET
from loaders.vocabulary.offices import STREET

_STREET_BEFORE = r"^(.{1,8}?(?:街道办事处|街道|镇|乡))(.+?(?:社区|村|居委会|村委会|居民委员会|村民委员会))$"
_WORDS = r"(?:街道|镇|乡)"


def fill_streets(register: Register, frame: pl.DataFrame, sheets: Sequence[LoadedSheet]) -> pl.DataFrame:
    """Return the rows of a register of communities with a street, as far as the row's name or the list's sender tells it."""
    link = next((k for k in register.links if k.relation is BELONGS_TO), None)
    if register.row is not Community or link is None or "name" not in frame.columns:
        return frame
    return _by_sender(link, _by_name(link, frame), sheets)


def _by_name(link: Link, frame: pl.DataFrame) -> pl.DataFrame:
    column = MENTION + link.field
    street, name = (pl.col("name").str.extract(_STREET_BEFORE, group) for group in (1, 2))
    frame = frame if column in frame.columns else frame.with_columns(pl.lit(None, pl.String).alias(column))
    is_new = street.is_not_null() & (pl.col(column).is_null() | (pl.col(column) == street))
    return frame.with_columns(
        pl.when(is_new).then(street).otherwise(column).alias(column),
        pl.when(is_new).then(name).otherwise("name").alias("name"),
    )


def _by_sender(link: Link, frame: pl.DataFrame, sheets: Sequence[LoadedSheet]) -> pl.DataFrame:
    column = MENTION + link.field
    lacking = frame.filter(pl.col(column).is_null())[SHEET].unique().to_list()
    told = {at: street for at in lacking if (street := _street_of(sheets[at]))}
    if not told:
        return frame
    sender = pl.col(SHEET).replace_strict(list(told), list(told.values()), default=None, return_dtype=pl.String)
    return frame.with_columns(pl.coalesce(column, sender).alias(column))


def _street_of(sheet: LoadedSheet) -> str:
    """Return the one street that a list names as its sender's, with its word; '' where it names none or several."""
    streets = read_list_name(sheet.file, sheet.sheet, sheet.origin).offices.get(STREET, frozenset())
    if len(streets) != 1:
        return ""
    (name,) = streets
    texts = " ".join((sheet.origin.sender, sheet.origin.title, sheet.origin.folder, sheet.sheet, sheet.file))
    found = re.search(f"{re.escape(name)}{_WORDS}", texts)
    return found[0] if found else ""
