"""What a publish keeps on a server beside the graph, so that the first question of a snapshot is quick: packed tables, texts to search.

Nothing of it is a step of the publish: what is there already is found out from the server, and the rest is written, whatever broke off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import polars as pl

from graph.backends.protocol import ServerEngine, Statement
from graph.cypher import quote
from graph.digest import named_tables
from graph.kinds import Schema
from graph.searched import list_searched, make_index_texts
from graph.server import cypher_texts
from graph.server.packed_tables import drop, list_packed, pack
from graph.server.publication import Publication
from graph.server.publish_plan import BATCH_ROWS
from graph.server.state import Beside, ServerState
from graph.snapshot import SOURCES_TABLE, Snapshot
from graph.tables import Tables

TOGETHER_BYTES = 4 << 20


def is_quick(state: ServerState, snapshot: Snapshot, schema: Schema) -> bool:
    """Tell whether a server has all of a snapshot beside its graph that it should have."""
    held = {name: one.full for name, one in state.beside.tables.items()}
    return state.beside.searched == cypher_texts.name_search(schema) and held == _wanted(snapshot)


def _wanted(snapshot: Snapshot) -> dict[str, str]:
    return {name: fact.full for name, fact in snapshot.tables.items() if name != SOURCES_TABLE}


def drop_searches(engine: ServerEngine, schema: Schema) -> list[str]:
    """Return the texts that remove full-text indexes of other kinds than a schema lets search find now."""
    held = engine.read(cypher_texts.LIST_SEARCHES, {})
    names = held["name"].to_list() if held.width else []
    return [f"DROP INDEX {quote(name)} IF EXISTS" for name in names if name != cypher_texts.name_search(schema)]


def keep_beside(
    engine: ServerEngine,
    publication: Publication,
    before: Beside | None,
    snapshot: Snapshot,
    tables: Tables,
    schema: Schema,
) -> Beside:
    """Write what is missing beside the graph of a publish whose plan is carried out; returns what is there then.

    `before` is what stood beside the rows that this publish found there; None where it wrote all of them itself.
    """
    searched = cypher_texts.name_search(schema)
    if before is not None and before.searched != searched:
        for statement in _all_texts(tables, schema):
            publication.add([statement])
    wanted, held = _wanted(snapshot), list_packed(engine)
    frames = {name: frame for name, frame, _ in named_tables(tables)}
    missing = [name for name, full in wanted.items() if name not in held or held[name].full != full]
    packed = (statement for name in missing for statement in pack(name, frames[name], wanted[name]))
    for statements in _gather(chain(packed, map(drop, sorted(held.keys() - wanted.keys())))):
        publication.add(statements)
    return Beside(searched, list_packed(engine))


def _gather(statements: Iterable[Statement]) -> Iterator[list[Statement]]:
    """Yield statements together that one transaction may hold: a city has a hundred tables, most of them small."""
    together: list[Statement] = []
    size = 0
    for statement in statements:
        together.append(statement)
        size += len(statement[1].get("content", b""))  # type: ignore[arg-type]
        if size >= TOGETHER_BYTES:
            yield together
            together, size = [], 0
    if together:
        yield together


def _all_texts(tables: Tables, schema: Schema) -> Iterator[Statement]:
    """Yield the statements that give every entity its text for the index: of rows that an older version or an importer wrote."""
    for kind in list_searched(schema):
        frame = tables.entities[kind.label]
        texts = pl.DataFrame([frame["id"], make_index_texts(frame, kind).alias(cypher_texts.SEARCHED)])
        for part in texts.iter_slices(BATCH_ROWS):
            yield cypher_texts.set_searched(kind.label), part.to_dict(as_series=False)
