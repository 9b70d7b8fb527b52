"""Turns the difference between two snapshots into batches to be written: entities, then relations, then deletions.

The same tables give the same batches, so that a publish which broke off goes on where it stood.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import polars as pl

from graph.backends.protocol import Statement
from graph.difference import TableDifference, touched_pairs
from graph.digest import ENTITY_KEY, RELATION_KEY, relation_table_name, sort_table
from graph.kinds import Entity, Schema
from graph.searched import list_searched, make_index_texts
from graph.server import cypher_texts
from graph.server.packed_columns import Columns, choose_hub, group_rows, share_columns, split_by_origin
from graph.tables import RelationKey, Tables

BATCH_ROWS = 5_000  # a transaction; a thousand is slower, and with twenty thousand the server's work grows by a quarter
ORDER = "origin, hub, searched"  # of rows in batches; another one is another plan, and no publish that broke off is gone on with by it
MakeBatch = Callable[[int], list[Statement]]


@dataclass(frozen=True)
class Task:
    """Rows that are written by the same statement: the number of batches, and the function that makes a batch."""

    batches: int
    make: MakeBatch


@dataclass(frozen=True)
class PublishPlan:
    """Everything to be written to come from one content to another."""

    tasks: Sequence[Task]
    name: str  # equal for an equal plan
    base: str  # the mark of the content that it begins from

    @property
    def steps(self) -> int:
        """Return the number of transactions that the plan takes."""
        return sum(task.batches for task in self.tasks)

    def statements(self, start: int) -> Iterator[list[Statement]]:
        """Yield the statements of each transaction, from step `start` on."""
        for task in self.tasks:
            for number in range(min(start, task.batches), task.batches):
                yield task.make(number)
            start = max(0, start - task.batches)


def make_plan(
    base: str, target: str, tables: Tables, schema: Schema, differences: Mapping[str, TableDifference]
) -> PublishPlan:
    """Return the plan that brings a server from the content marked `base` to `tables`, marked `target`."""
    searched = {kind.label: kind for kind in list_searched(schema)}
    relations = [(key, d) for key in tables.relations if (d := differences.get(relation_table_name(key)))]
    changed = [label for label in tables.entities if label in differences]
    tasks = [task for label in changed for task in _merge(label, differences[label], searched.get(label))]
    tasks += [task for key, found in relations for task in _relate(key, tables.relations[key], found)]
    tasks += [_delete(label, differences[label]) for label in changed]
    kept = [task for task in tasks if task.batches]
    told = [ORDER, base, target, BATCH_ROWS, *(task.batches for task in kept)]
    return PublishPlan(kept, hashlib.blake2b(repr(told).encode(), digest_size=8).hexdigest(), base)


def _merge(label: str, difference: TableDifference, searched: Entity | None) -> list[Task]:
    rows = pl.concat([difference.added, difference.changed]).sort("id")
    if searched is not None and rows.height:
        rows = rows.with_columns(make_index_texts(rows, searched).alias(cypher_texts.SEARCHED))
    return [_merge_part(label, part) for part in split_by_origin(rows, BATCH_ROWS)]


def _merge_part(label: str, rows: pl.DataFrame) -> Task:
    columns = share_columns(rows, ENTITY_KEY)
    text = cypher_texts.merge_entities(label, columns.varied, columns.shared)
    return _task(rows, lambda part: [(text, columns.parameters(part))])


def _delete(label: str, difference: TableDifference) -> Task:
    rows = difference.removed.select("id").sort("id")
    return _task(rows, lambda part: [(cypher_texts.delete_entities(label), part.to_dict(as_series=False))])


def _relate(key: RelationKey, table: pl.DataFrame, difference: TableDifference) -> list[Task]:
    """Write anew all relations of the pairs of which one changed or went, then add those of pairs that had none touched."""
    pairs = touched_pairs(difference).sort(RELATION_KEY)
    again = table.join(pairs, on=RELATION_KEY, how="semi")
    added = difference.added.join(pairs, on=RELATION_KEY, how="anti")
    create_again = _Creation.of(key, again)

    def rewrite(part: pl.DataFrame) -> list[Statement]:
        found = create_again.sort(again.join(part, on=RELATION_KEY, how="semi"))
        made: list[Statement] = [(cypher_texts.delete_relations(key), part.to_dict(as_series=False))]
        return [*made, create_again.make(found)] if found.height else made

    return [_task(pairs, rewrite), *(_add(key, part) for part in split_by_origin(added, BATCH_ROWS))]


def _add(key: RelationKey, rows: pl.DataFrame) -> Task:
    create = _Creation.of(key, rows)
    return _task(create.sort(rows), lambda part: [create.make(part)])


@dataclass(frozen=True)
class _Creation:
    """How relations of a table are added: in the order of the end that fewer entities have, so that each is looked up once a batch."""

    text: str
    columns: Columns
    order: tuple[str, str]

    @classmethod
    def of(cls, key: RelationKey, frame: pl.DataFrame) -> _Creation:
        """Return the way to add a frame's relations: which end is looked up first, and which values all rows share."""
        hub, other = choose_hub(frame)
        columns = share_columns(frame.drop(hub), [other]).without_nulls()
        return cls(cypher_texts.create_relations(key, hub, columns.varied, columns.shared), columns, (hub, other))

    def sort(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return rows in the order in which they are added."""
        return sort_table(frame, self.order)

    def make(self, part: pl.DataFrame) -> Statement:
        """Return the statement that adds some of the sorted rows."""
        return self.text, self.columns.parameters(part) | group_rows(part, self.order[0])


def _task(frame: pl.DataFrame, make: Callable[[pl.DataFrame], list[Statement]]) -> Task:
    return Task(ceil(frame.height / BATCH_ROWS), lambda number: make(frame.slice(number * BATCH_ROWS, BATCH_ROWS)))
