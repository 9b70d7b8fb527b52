"""Hides personal data in the names of sheets, headers and files before these are reported or stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from graph.texts import Said
from graph.types.personal import mask_label
from loaders.formats.raw_sheet import RawSheet
from loaders.headers.mapping import ColumnMapping, TableMapping


def hide_text(text: str) -> str:
    """Return a name with numbers, accounts and names of persons in it hidden."""
    return hide_texts([text])[0]


def hide_texts(texts: Sequence[str]) -> list[str]:
    """Return names with numbers, accounts and names of persons in them hidden; at once, for each call costs more than a text."""
    return list(mask_label(pl.Series(texts, dtype=pl.String)))


def hide_sheet_name(sheet: RawSheet) -> RawSheet:
    """Return a sheet whose name, also in its problems, tells of no person."""
    name = hide_text(sheet.name)
    if name == sheet.name:
        return sheet
    return replace(sheet, name=name, problems=tuple(replace(p, sheet=name) for p in sheet.problems))


def hide_headers(mapping: TableMapping) -> TableMapping:
    """Return a sheet's column mapping with personal data in its headers and its reason hidden."""
    *headers, zh, en = hide_texts([*(c.header for c in mapping.columns), mapping.reason, mapping.reason.en])
    shown: list[ColumnMapping] = [replace(c, header=h) for c, h in zip(mapping.columns, headers, strict=True)]
    return replace(mapping, columns=tuple(shown), reason=Said(zh, en))
