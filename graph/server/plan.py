"""A difference → the batches by which it is written into a server: entities, then relations, then what goes.

The same tables give the same batches, so that a publish which broke off goes on where it stood.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import polars as pl

from graph.backends.base import Statement
from graph.difference import TableDifference, touched_pairs
from graph.digest import RELATION_KEY, relation_table_name, sort_table
from graph.server import texts
from graph.tables import RelationKey, Tables

BATCH_ROWS = 10_000  # a transaction; a thousand is 1.5 times slower, more gains nothing
_PAIR = list(RELATION_KEY)
Rows = list[dict[str, Any]]
MakeBatch = Callable[[int], list[Statement]]


@dataclass(frozen=True)
class Task:
    """Rows written the same way: how many batches, and what makes one."""

    batches: int
    make: MakeBatch


@dataclass(frozen=True)
class Plan:
    """Everything to be written to come from one content to another."""

    tasks: Sequence[Task]
    name: str  # equal for an equal plan

    @property
    def steps(self) -> int:
        """Return how many transactions it takes."""
        return sum(task.batches for task in self.tasks)

    def statements(self, start: int) -> Iterator[list[Statement]]:
        """Yield the statements of each transaction, from step `start` on."""
        for task in self.tasks:
            for number in range(min(start, task.batches), task.batches):
                yield task.make(number)
            start = max(0, start - task.batches)


def make_plan(base: str, target: str, tables: Tables, differences: Mapping[str, TableDifference]) -> Plan:
    """Return the plan that brings a server from the content marked `base` to `tables`, marked `target`."""
    relations = [(key, d) for key in tables.relations if (d := differences.get(relation_table_name(key)))]
    tasks = [_merge(label, differences[label]) for label in tables.entities if label in differences]
    tasks += [task for key, found in relations for task in _relate(key, tables.relations[key], found)]
    tasks += [_delete(label, differences[label]) for label in tables.entities if label in differences]
    kept = [task for task in tasks if task.batches]
    told = [base, target, BATCH_ROWS, *(task.batches for task in kept)]
    return Plan(kept, hashlib.blake2b(repr(told).encode(), digest_size=8).hexdigest())


def _merge(label: str, difference: TableDifference) -> Task:
    rows = pl.concat([difference.added, difference.changed]).sort("id")
    return _task(rows, lambda part: [(texts.merge_entities(label), {"rows": _known(part)})])


def _delete(label: str, difference: TableDifference) -> Task:
    rows = difference.removed.select("id").sort("id")
    return _task(rows, lambda part: [(texts.delete_entities(label), {"rows": part.to_dicts()})])


def _relate(key: RelationKey, table: pl.DataFrame, difference: TableDifference) -> list[Task]:
    """Write anew all relations of the pairs of which one changed or went, then add those of pairs that had none touched."""
    pairs = touched_pairs(difference).sort(_PAIR)
    again = table.join(pairs, on=_PAIR, how="semi")
    added = sort_table(difference.added.join(pairs, on=_PAIR, how="anti"), _PAIR)

    def rewrite(part: pl.DataFrame) -> list[Statement]:
        found = again.join(part, on=_PAIR, how="semi")
        made: list[Statement] = [(texts.delete_relations(*key), {"rows": part.to_dicts()})]
        return [*made, (texts.create_relations(*key), {"rows": _linked(found)})] if found.height else made

    return [_task(pairs, rewrite), _task(added, lambda part: [(texts.create_relations(*key), {"rows": _linked(part)})])]


def _task(frame: pl.DataFrame, make: Callable[[pl.DataFrame], list[Statement]]) -> Task:
    return Task(ceil(frame.height / BATCH_ROWS), lambda number: make(frame.slice(number * BATCH_ROWS, BATCH_ROWS)))


def _known(frame: pl.DataFrame) -> Rows:
    """Return rows as maps without their nulls: a third less to send, and a property that is absent is removed."""
    return [{name: value for name, value in row.items() if value is not None} for row in frame.iter_rows(named=True)]


def _linked(frame: pl.DataFrame) -> Rows:
    ends, properties = frame.select(_PAIR).to_dicts(), _known(frame.drop(_PAIR))
    return [{**pair, "properties": known} for pair, known in zip(ends, properties, strict=True)]
