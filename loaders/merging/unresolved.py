"""Reports what merging could not place: rows without a key and names of unknown units or things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from graph.documents import FrameRow
from graph.kinds import Link, Register
from graph.problems import WARNING, Problem
from graph.workspace import LoadedSheet
from loaders.cleaning.mentions import MENTION, one_a_row
from loaders.merging.statements import SHEET

UNRESOLVED = frozenset(
    {"unit.unknown", "unit.ambiguous", "resource.unknown"}
)  # codes of names that stand for nothing known


def find_waiting(register: Register, frame: pl.DataFrame, resolved: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Return the places (SHEET, row) of the records that name something not known: they wait for a person who knows it."""
    found = [pl.DataFrame(schema={SHEET: pl.Int32, "row": pl.UInt32})]
    for link in register.links:
        name = MENTION + link.field
        if link.field in resolved and not link.rides and name in frame.columns:
            lost = resolved[link.field].filter(pl.col("id").is_null() & pl.col("code").is_in(UNRESOLVED))
            if not lost.height:
                continue
            rows = one_a_row(frame.select(SHEET, "row", name), name)
            found.append(rows.filter(pl.col(name).is_in(lost["mention"].implode())).select(SHEET, "row"))
    return pl.concat(found, how="vertical_relaxed").unique()


def report_unkeyed(sheets: Sequence[LoadedSheet], register: Register, frame: pl.DataFrame) -> list[Problem]:
    """Return a problem for each record that nothing identifies (its unit or resource is not known yet)."""
    loose = frame.filter(pl.col("id").is_null()).select(SHEET, "row")
    return [
        Problem(
            "key.missing",
            WARNING,
            sheets[at].file,
            sheets[at].sheet,
            row,
            field=register.row.label,
            load=sheets[at].load_id,
        )
        for at, row in loose.iter_rows()
    ]


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
    if first["candidates"]:  # ids, for whoever decides which of them is meant
        details = (*details, ("candidates", first["candidates"]))
    return Problem(
        first["code"], WARNING, sheet.file, sheet.sheet, row, field=link.field, value=first["mention"], suggestion=first["suggestion"],
        details=details, load=sheet.load_id,
    )  # fmt: skip
