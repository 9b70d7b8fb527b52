"""The second of two tables that stand side by side under headings of their own (能供应的 | 想找的): never what the first one is."""

from __future__ import annotations

from dataclasses import replace

from graph.kinds import Register, Schema
from graph.texts import Said
from loaders.headers.mapper import map_table
from loaders.headers.mapping import SheetQuestion, TableMapping
from loaders.headers.understanding import ask_all
from loaders.sheets.table_finder import Table


def doubt_half(mapping: TableMapping, table: Table, schema: Schema, taken: str) -> TableMapping:
    """Return the mapping of a half, asked about where it would be the register that the other half was `taken` for.

    What is supplied and what is wanted have the same columns; the register read beside the first half's is likelier.
    """
    first = mapping.register or mapping.nearest
    if not table.group or first is None or first.name != taken:
        return mapping
    near = [*first.beside, *(r for r in schema.registers if first in r.beside)]
    names = tuple(dict.fromkeys((*(r.name for r in near), taken)))
    reason = Said("与“{group}”并列的一半已是这种登记表", "the half beside “{group}” already is such a register")
    likeliest: Register = near[0] if near else first
    columns = ask_all(map_table(table, schema, register=likeliest.name).columns)
    return replace(
        mapping, register=None, columns=columns, reason=reason.fill(group=table.group), nearest=likeliest, beside=(),
        question=SheetQuestion(names, reason.fill(group=table.group)),
    )  # fmt: skip
