"""What merging could not place: rows without a key, names that stand for nothing known. Reported, never dropped in silence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from graph.kinds import Link, Register
from graph.problems import WARNING, Problem
from loaders.clean import MENTION
from loaders.statements import SHEET, LoadedSheet


def report_unkeyed(sheets: Sequence[LoadedSheet], register: Register, frame: pl.DataFrame) -> list[Problem]:
    """Return a problem for each record that nothing identifies (its unit or resource is not known yet)."""
    loose = frame.filter(pl.col("id").is_null()).select(SHEET, "row")
    return [
        Problem("key.missing", WARNING, sheets[at].file, sheets[at].sheet, row, field=register.row.label)
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
            for at, mention, row, count, code, suggestion in _first_rows(link, frame, resolved[link.field]):
                problems.append(_problem(link, sheets[at], (mention, row, count), code, suggestion))
    return problems


def _first_rows(link: Link, frame: pl.DataFrame, found: pl.DataFrame) -> Sequence[tuple[int, str, int, int, str, str]]:
    name = MENTION + link.field
    lost = found.filter(pl.col("id").is_null()).select("mention", "code", "suggestion")
    if not lost.height:
        return []
    rows = frame.select(SHEET, "row", name)
    rows = rows.explode(name) if rows.schema[name] == pl.List(pl.String) else rows
    counted = rows.join(lost, left_on=name, right_on="mention").group_by(SHEET, name)
    return (
        counted.agg(pl.col("row").min(), pl.len(), pl.col("code", "suggestion").first()).sort(SHEET, "row", name).rows()
    )


def _problem(link: Link, sheet: LoadedSheet, cell: tuple[str, int, int], code: str, suggestion: str) -> Problem:
    mention, row, count = cell
    details = (("rows", count),)
    if link.personal:  # part of a home address: told by its row, never by its text
        return Problem("place.unknown", WARNING, sheet.file, sheet.sheet, row, field=link.field, details=details)
    return Problem(
        code,
        WARNING,
        sheet.file,
        sheet.sheet,
        row,
        field=link.field,
        value=mention,
        suggestion=suggestion,
        details=details,
    )
