"""Tables with months as columns: read a month a row where a register keeps sums by month, else asked about as what they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from graph.kinds import Schema
from graph.problems import WARNING, Problem
from graph.texts import Said, join_said
from loaders.headers import header_figures as figures
from loaders.headers.mapper import map_table
from loaders.headers.mapping import ColumnMapping, SheetQuestion, TableMapping
from loaders.sheets.month_columns import MONTH, find_months, unpivot_months
from loaders.sheets.table_finder import Table

_OF_SUMS = frozenset({"month", "period"})  # properties of things that are sums of a time; a single use has a day
_MONTHS = Said(
    "表头是月份（{first} 等 {count} 列），格中是逐月的数", "its columns are months ({first} and others, {count} in all)"
)


def _is_sure(month: ColumnMapping) -> bool:
    return month.field in _OF_SUMS and month.confidence >= figures.MAPPED


def read_months(
    table: Table, mapping: TableMapping, schema: Schema, meant: Mapping[tuple[str, str], str], said: str
) -> tuple[Table, TableMapping]:
    """Return a table and its mapping, with a row for each month where months are its columns and a register keeps such sums."""
    months = find_months(table.headers)
    if not months or mapping.refused:
        return table, mapping
    long = unpivot_months(table, months)
    by_month = map_table(long, schema, meant, said)
    fields = {c.header: c for c in by_month.columns if c.treatment == "mapped"}
    month, value = (fields.get(header.text) for header in long.headers[-2:])
    if by_month.register is not None and month is not None and value is not None and _is_sure(month):
        details = (("count", len(months)),)
        told = Problem(
            "months.read", WARNING, table.file, table.sheet, column=month.letter, value=MONTH, details=details
        )
        return replace(long, problems=(*table.problems, told)), by_month
    if mapping.register is not None:
        return table, mapping
    heads = [h.text for h in table.headers if h.letter in months]
    reason = _MONTHS.fill(first=heads[0], count=str(len(heads)))
    nearest = mapping.nearest or by_month.nearest or by_month.register
    candidates = mapping.question.candidates if mapping.question else (nearest.name,) if nearest else ()
    reason = join_said([reason, mapping.reason]) if mapping.reason else reason
    question = SheetQuestion(candidates, reason) if candidates else None
    return table, replace(mapping, reason=reason, question=question, nearest=nearest)
