"""What decisions of working life make of the loaded tables: bookings, claims, closings, renewals, needs that are one.

They are applied before anything is computed, so that whatever follows from the tables follows from them, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import polars as pl

from graph.decisions import BookVenue, Claim, Close, Decision, Distinct, Duplicate, Renew
from graph.kinds import Entity, Relation, Schema
from graph.schema.claims import CLAIMED
from graph.schema.cooperation import Agreement
from graph.schema.governance import ActionItem
from graph.schema.need_decisions import TOLD_APART
from graph.schema.resources import SEEKS, USED_BY, USES, Need, ResourceUse
from graph.state_vocabulary import CANCELLED, DONE, UNDER_WAY
from graph.states import said_state
from graph.tables import RelationKey, entity_columns, relation_columns
from graph.types.clock import read_range
from graph.work_decisions import BOOKING

CLAIM_MADE, CLAIM_DONE, NEED_CLAIMED, NEED_MET = "已认领", "已完成", "对接中", "已满足"
_FURTHER = {UNDER_WAY: 1, DONE: 2}  # a wish that one list calls met is met
ITEM_CLOSED, RENEWED = "已销号", "已续签"

EntityTables = dict[str, pl.DataFrame]
RelationTables = dict[RelationKey, pl.DataFrame]


def apply_work(
    schema: Schema, entities: EntityTables, relations: RelationTables, decisions: Iterable[Decision]
) -> None:
    """Put what decisions of working life say into the tables, in place; what is about a thing that is gone changes nothing."""
    for one in decisions:
        if isinstance(one, BookVenue):
            _book(schema, entities, relations, one)
        elif isinstance(one, Claim):
            _claim(schema, entities, relations, one)
        elif isinstance(one, Close):
            _close(entities, relations, one)
        elif isinstance(one, Renew):
            _set(entities, Agreement, one.agreement, ends=one.until, expires=one.until, status=RENEWED)
        elif isinstance(one, Duplicate):
            _join_needs(schema, entities, relations, one)
        elif isinstance(one, Distinct) and _are_needs(entities, one.need, one.other):
            _relate(schema, relations, (TOLD_APART.type, Need.label, Need.label), source=one.need, target=one.other)


def _book(schema: Schema, entities: EntityTables, relations: RelationTables, one: BookVenue) -> None:
    venue, unit = _label_of(entities, USES.target, one.venue), _label_of(entities, schema.units, one.unit)
    if ResourceUse.label not in entities or not venue or not unit:
        return
    start, end, hours = (read_range(one.time) if one.time else None) or (None, None, None)
    id = f"{BOOKING}{one.number}"
    _add_entity(
        schema, entities, ResourceUse, id=id, day=one.day, time_from=start, time_to=end, time_hours=hours,
        headcount=one.people, purpose=one.purpose or None,
    )  # fmt: skip
    _relate(schema, relations, (USES.type, ResourceUse.label, venue), source=id, target=one.venue)
    _relate(schema, relations, (USED_BY.type, ResourceUse.label, unit), source=id, target=one.unit)


def _claim(schema: Schema, entities: EntityTables, relations: RelationTables, one: Claim) -> None:
    need, unit = _label_of(entities, CLAIMED.target, one.need), _label_of(entities, schema.units, one.unit)
    if not need or not unit:
        return
    values = {"at": one.taken_on, "status": CLAIM_MADE, "content": one.content or None, "quantity": one.quantity}
    _relate(schema, relations, (CLAIMED.type, unit, need), source=one.unit, target=one.need, **values)
    if need == Need.label:
        _set(entities, Need, one.need, status=NEED_CLAIMED)


def _close(entities: EntityTables, relations: RelationTables, one: Close) -> None:
    """Mark an action item or a need as done; with a need, the claims that met it are done."""
    done = one.day or one.taken_on
    _set(entities, ActionItem, one.item, status=ITEM_CLOSED, closed_at=done, progress=one.result)
    _set(entities, Need, one.item, status=NEED_MET)
    for key, frame in relations.items():
        if key[0] == CLAIMED.type and key[2] == Need.label:
            mine = (pl.col("target") == one.item) & (said_state() != CANCELLED)
            settled = {
                "status": pl.lit(CLAIM_DONE),
                "done": pl.coalesce("done", pl.lit(done)),
                "content": pl.coalesce("content", pl.lit(one.result)),
            }
            relations[key] = frame.with_columns(
                pl.when(mine).then(v).otherwise(name).alias(name) for name, v in settled.items()
            )


def _are_needs(entities: EntityTables, *ids: str) -> bool:
    return all(_label_of(entities, (Need,), id) for id in ids)


def _join_needs(schema: Schema, entities: EntityTables, relations: RelationTables, one: Duplicate) -> None:
    """Make two needs one: what its list leaves open the other tells, claims of either are its claims, and only it is left."""
    if one.need == one.other or not _are_needs(entities, one.need, one.other):
        return
    frame = entities[Need.label].with_columns(further=said_state().replace_strict(_FURTHER, default=0))
    kept, twin = (frame.row(by_predicate=pl.col("id") == id, named=True) for id in (one.need, one.other))
    told = {name: value for name, value in twin.items() if kept[name] is None and value is not None}
    told |= {"status": twin["status"]} if twin["further"] > kept["further"] else {}
    is_open = kept["valid_to"] is None or twin["valid_to"] is None
    told |= {"valid_to": None if is_open else max(kept["valid_to"], twin["valid_to"])}
    _set(entities, Need, one.need, **{name: value for name, value in told.items() if name != "further"})
    entities[Need.label] = entities[Need.label].filter(pl.col("id") != one.other)
    for key, table in relations.items():
        ends = [end for end, label in zip(("source", "target"), key[1:], strict=True) if label == Need.label]
        if ends:
            relations[key] = _move_ends(schema, key, table, one, ends)


def _move_ends(schema: Schema, key: RelationKey, table: pl.DataFrame, one: Duplicate, ends: list[str]) -> pl.DataFrame:
    """Return relations of a need as those of the one that it is; that one's unit stays the one that seeks it."""
    mine = pl.any_horizontal(pl.col(end) == one.other for end in ends)
    if key[0] in (SEEKS.type, TOLD_APART.type):
        return table.filter(~mine)
    moved = table.with_columns(pl.col(end).replace(one.other, one.need) for end in ends)
    return moved.unique(schema.relation(key[0]).row_key, keep="first", maintain_order=True)


def _set(entities: EntityTables, kind: Entity, id: str, **values: Any) -> None:
    """Replace values of one entity, where the graph has it."""
    if kind.label in entities:
        frame = entities[kind.label]
        mine = pl.col("id") == id
        entities[kind.label] = frame.with_columns(
            pl.when(mine).then(pl.lit(value, frame.schema[name])).otherwise(name).alias(name)
            for name, value in values.items()
        )


def _label_of(entities: EntityTables, kinds: Iterable[Entity], id: str) -> str:
    return next((k.label for k in kinds if k.label in entities and (entities[k.label]["id"] == id).any()), "")


def _add_entity(schema: Schema, entities: EntityTables, kind: Entity, **values: Any) -> None:
    columns = entity_columns(schema.entity(kind.label))
    row = pl.DataFrame([dict.fromkeys(columns) | values], schema=columns)
    entities[kind.label] = pl.concat([entities[kind.label], row]).sort("id")


def _relate(schema: Schema, relations: RelationTables, key: RelationKey, **values: Any) -> None:
    kind: Relation = schema.relation(key[0])
    columns = relation_columns(kind)
    row = pl.DataFrame([dict.fromkeys(columns) | values], schema=columns)
    relations[key] = (
        pl.concat([relations[key], row]).unique(kind.row_key, keep="last", maintain_order=True).sort(kind.row_key)
    )
