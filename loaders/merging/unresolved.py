"""Reports what merging could not place: rows without a key and names of unknown units or things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from graph.documents import FrameRow
from graph.kinds import Entity, Link, Register
from graph.names import is_masked
from graph.problems import WARNING, Problem
from graph.workspace import LoadedSheet
from loaders.cleaning.mentions import MENTION, one_a_row
from loaders.merging.keys import Keyed
from loaders.merging.statements import SHEET

# Codes of names that stand for nothing known, or for one of several, until a person says what they mean.
UNRESOLVED = frozenset(
    {"unit.unknown", "unit.ambiguous", "unit.masked", "resource.unknown", "resource.ambiguous", "key.unsure"}
)

_PLACES = {SHEET: pl.Int32(), "row": pl.Int64()}


def find_waiting(
    register: Register, frame: pl.DataFrame, resolved: Mapping[str, pl.DataFrame], keyed_only: bool = False
) -> pl.DataFrame:
    """Return the places (SHEET, row) of the records that name something not known: they wait for a person who knows it.

    With `keyed_only` only names count without which a record has no key.
    """
    found = [pl.DataFrame(schema={SHEET: pl.Int32, "row": pl.Int64})]
    for link in register.links:
        name = MENTION + link.field
        if keyed_only and not _is_keyed_by(register, link):
            continue
        if link.field in resolved and not (link.rides or link.personal) and name in frame.columns:
            lost = resolved[link.field].filter(pl.col("id").is_null() & pl.col("code").is_in(UNRESOLVED))
            if not lost.height:
                continue
            rows = one_a_row(frame.select(SHEET, "row", name), name)
            found.append(rows.filter(pl.col(name).is_in(lost["mention"].implode())).select(SHEET, "row"))
    return pl.concat(found, how="vertical_relaxed").unique()


def _is_keyed_by(register: Register, link: Link) -> bool:
    row = register.row
    return link.relation is row or (isinstance(row, Entity) and row.uses_in_keys(link.relation.type))


def report_unkeyed(
    sheets: Sequence[LoadedSheet],
    register: Register,
    frame: pl.DataFrame,
    resolved: Mapping[str, pl.DataFrame],
    unsure: pl.DataFrame,
) -> list[Problem]:
    """Return a problem for each record that nothing identifies, but for those that wait for a name or are `unsure`: these are told."""
    loose = frame.filter(pl.col("id").is_null()).select(SHEET, pl.col("row").cast(pl.Int64)).unique(maintain_order=True)
    if loose.height:
        waiting = pl.concat(
            [
                find_waiting(register, frame, resolved, keyed_only=True),
                unsure.select(pl.col(SHEET), pl.col("row").cast(pl.Int64)),
            ],
            how="vertical_relaxed",
        )
        loose = loose.join(waiting, on=[SHEET, "row"], how="anti", maintain_order="left")
        loose = loose.join(_masked_names(register, frame), on=[SHEET, "row"], how="left", maintain_order="left")
    return [
        Problem(
            "key.masked" if told and told[0] else "key.missing",
            WARNING,
            sheets[at].file,
            sheets[at].sheet,
            row,
            field=register.row.label,
            value=told[0] if told and told[0] else "",
            load=sheets[at].load_id,
        )
        for at, row, *told in loose.iter_rows()
    ]


def _masked_names(register: Register, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the places and names of units whose name was masked (某公司): such a name is no one's."""
    if not register.row.is_unit or "name" not in frame.columns:
        return pl.DataFrame(schema=_PLACES | {"name": pl.String})
    loose = frame.filter(pl.col("id").is_null()).select(SHEET, pl.col("row").cast(pl.Int64), "name").drop_nulls()
    masked = [is_masked(name) for name in loose["name"].to_list()]
    return loose.filter(pl.Series(masked, dtype=pl.Boolean)).unique([SHEET, "row"])


def report_unsure(
    sheets: Sequence[LoadedSheet], register: Register, frame: pl.DataFrame, keyed: Keyed
) -> list[Problem]:
    """Return a problem for each record that may be one of several things, and for those that little tells apart from another."""
    label = register.row.label
    name = next(c for c in (*getattr(register.row, "named_by", ()), "id") if c in frame.columns)
    found = []
    for index, candidates in keyed.unsure.iter_rows():
        at, row, value = frame.select(SHEET, "row", name).row(index)
        details = (("rows", 1), ("candidates", candidates or ""), ("label", label))
        found.append(_at_row("key.unsure", sheets[at], row, name, str(value), details))
    weak = keyed.weak.with_columns(frame.select(SHEET, "row", name)[keyed.weak["index"]])
    for _, prop, at, row, value in weak.unique([SHEET, name], keep="first", maintain_order=True).iter_rows():
        header = next((c.headers[0] for c in register.columns if c.field == prop and c.headers), prop).replace("\n", "")
        rows = weak.filter((pl.col(SHEET) == at) & (pl.col(name) == value)).height
        found.append(_at_row("key.apart", sheets[at], row, prop, str(value), (("rows", rows), ("header", header))))
    return found


def _at_row(
    code: str, sheet: LoadedSheet, row: int, field: str, value: str, details: tuple[tuple[str, Any], ...]
) -> Problem:
    return Problem(
        code, WARNING, sheet.file, sheet.sheet, row, field=field, value=value, details=details, load=sheet.load_id
    )


def report_unresolved(
    sheets: Sequence[LoadedSheet], register: Register, frame: pl.DataFrame, resolved: Mapping[str, pl.DataFrame]
) -> list[Problem]:
    """Return a problem for each unresolved name, once per sheet, at the first row that has it."""
    problems = []
    for link in register.links:
        # A rider only tries (an activity's place may be a venue); that it found nothing is no news.
        if link.field in resolved and not link.rides and MENTION + link.field in frame.columns:
            for first in _first_rows(link, frame, resolved[link.field]).iter_rows(named=True):
                problems.append(_problem(link, sheets[first[SHEET]], first))
    return problems


def _first_rows(link: Link, frame: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Return for each sheet and unresolved name the first row that has it and how many have: mention, row, rows, …"""
    name = MENTION + link.field
    told = ("code", "suggestion", "candidates")
    lost = found.filter(pl.col("id").is_null()).select("mention", *told)
    if not lost.height:
        return lost
    rows = one_a_row(frame.select(SHEET, "row", name), name)
    counted = rows.rename({name: "mention"}).join(lost, on="mention").group_by(SHEET, "mention")
    return counted.agg(pl.col("row").min(), pl.len().alias("rows"), pl.col(told).first()).sort(SHEET, "row", "mention")


def _problem(link: Link, sheet: LoadedSheet, first: FrameRow) -> Problem:
    row = first["row"]
    details: tuple[tuple[str, Any], ...] = (("rows", first["rows"]),)
    if link.personal:  # part of a home address: told by its row, never by its text
        return Problem(
            "place.unknown",
            WARNING,
            sheet.file,
            sheet.sheet,
            row,
            field=link.field,
            details=details,
            load=sheet.load_id,
        )
    new = [e.label for e in link.other if e.mention == "resolve"] or [e.label for e in link.other if e.is_unit]
    details = (*details, ("kinds", "|".join(new)))
    if first["candidates"]:  # ids, for whoever decides which of them is meant
        details = (*details, ("candidates", first["candidates"]))
    return Problem(
        first["code"], WARNING, sheet.file, sheet.sheet, row, field=link.field, value=first["mention"], suggestion=first["suggestion"],
        details=details, load=sheet.load_id,
    )  # fmt: skip
