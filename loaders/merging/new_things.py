"""Adds the units and things of which people said that they exist, and no list tells."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import polars as pl

from graph.decisions import Decision, New
from graph.kinds import Entity, Schema
from graph.names import normalize
from loaders.merging.combine import STANDING
from loaders.merging.keys import build_ids
from loaders.merging.linking import Statements
from loaders.merging.statements import SHEET
from loaders.names.resolve import Unit
from loaders.names.unit_roll import UnitRoll

_NEVER_NEWER = -1  # whatever a list says of it counts more


class NewThings:
    """The decided units and things that are still to be added, each once what lists tell of its kind is known."""

    def __init__(self, schema: Schema, decisions: Iterable[Decision]) -> None:
        kinds = {e.label: e for e in schema.entities}
        self._left = [(one, kinds[one.label]) for one in decisions if isinstance(one, New) and one.label in kinds]

    def add_units(self, statements: Statements, roll: UnitRoll) -> None:
        """Add the units that no list knows; called when all lists of units are merged."""
        for one, kind in self._take(e.label for _, e in self._left if e.is_unit):
            if roll.registry.find(one.name).id is None:
                made = _make(kind, one.name)
                statements.entities[kind.label].append(made)
                roll.add([Unit(made["id"][0], kind.label, one.name)])

    def add_things(self, labels: Collection[str], statements: Statements) -> None:
        """Add the things of some kinds of which no list tells; called when all lists of these kinds are merged."""
        for one, kind in self._take(labels):
            named = kind.named_by[0]
            told = (f[named].drop_nulls() for f in statements.entities.get(kind.label, ()) if named in f.columns)
            if normalize(one.name) not in {normalize(name) for names in told for name in names.unique()}:
                statements.entities[kind.label].append(_make(kind, one.name))

    def _take(self, labels: Iterable[str]) -> list[tuple[New, Entity]]:
        wanted = set(labels)
        taken = [pair for pair in self._left if pair[1].label in wanted]
        self._left = [pair for pair in self._left if pair[1].label not in wanted]
        return taken


def _make(kind: Entity, name: str) -> pl.DataFrame:
    row = pl.DataFrame({kind.named_by[0]: [name], SHEET: [0], "row": [0]})
    standing = {c: pl.lit(None, dtype) for c, dtype in STANDING.items()}
    standing |= {"_rank": pl.lit(_NEVER_NEWER), "_seq": pl.lit(0), "_live": pl.lit(value=True)}
    return row.with_columns(build_ids(kind, row, {}, {}).ids).select(
        "id", kind.named_by[0], *(value.alias(c) for c, value in standing.items())
    )
