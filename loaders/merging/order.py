"""Puts registers in the order in which they must be merged: those first to which rows of others refer."""

from __future__ import annotations

from collections.abc import Mapping

from graph.errors import SchemaError
from graph.kinds import Register, Schema


def order_registers(schema: Schema) -> list[Register]:
    """Return a schema's registers sorted so that each comes after the registers that its rows refer to.

    Raises SchemaError where two registers name each other's rows.
    """
    filling: dict[str, list[Register]] = {}
    for register in schema.registers:
        filling.setdefault(register.row.label, []).append(register)
    ranks: dict[str, int] = {}
    for register in schema.registers:
        _rank(register, filling, ranks, ())
    return sorted(schema.registers, key=lambda r: (ranks[r.name], r.name))


def named_labels(register: Register) -> set[str]:
    """Return the kinds of entity, other than units, to which a register's rows refer by name."""
    named = {e.label for link in register.links for e in link.other if e.mention == "resolve" and not e.is_unit}
    return named - {register.row.label}


def _rank(
    register: Register, filling: Mapping[str, list[Register]], ranks: dict[str, int], above: tuple[str, ...]
) -> int:
    if register.name in above:
        raise SchemaError(f"Registers {' → '.join((*above, register.name))} name each other's rows; leave out a link.")
    if register.name not in ranks:
        within = (*above, register.name)
        first = [_rank(r, filling, ranks, within) for label in named_labels(register) for r in filling.get(label, ())]
        ranks[register.name] = 0 if register.row.is_unit else 1 + max(first, default=0)
    return ranks[register.name]
