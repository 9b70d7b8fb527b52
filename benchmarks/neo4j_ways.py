"""The ways in which a graph is written into Neo4j, each timed by itself: our publish, a hand-written loop, py2neo's bulk functions.

All three write the same rows with the same properties. Tables are read from disk before the clock of the other two starts; ours
reads them, defines constraints, checks what it wrote and keeps its progress within its time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

DELETED_ROWS = 10_000  # rows deleted in one transaction


def each_table(workspace: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield the tables of the current snapshot that have rows: (label,) or (type, source, target), entities first."""
    from graph.schema import SCHEMA
    from graph.stored_tables import read_tables

    tables = read_tables(current(workspace), SCHEMA)
    yield from (((label,), frame) for label, frame in tables.entities.items() if frame.height)
    yield from ((key, frame) for key, frame in tables.relations.items() if frame.height)


def current(workspace: str) -> Any:
    """Return the current snapshot of a workspace."""
    from graph.workspace import Workspace

    snapshot = Workspace.open(Path(workspace)).current()
    if snapshot is None:
        raise SystemExit("nothing was loaded")
    return snapshot


def open_engine(uri: str) -> Any:
    """Connect by the official driver."""
    from graph.backends.address import read_address
    from graph.backends.neo4j import Neo4jEngine

    return closing(Neo4jEngine(read_address(uri), 600, 60))


def define(uri: str) -> None:
    """Make the constraints, which every way of writing needs, and wait for them."""
    from graph.schema import SCHEMA
    from graph.server import cypher_texts

    with open_engine(uri) as engine:
        engine.define(cypher_texts.define(SCHEMA))


def publish(workspace: str, uri: str, tell: Callable[[str, int, int], None] = lambda *told: None) -> float:
    """Publish the current snapshot; returns the seconds."""
    from graph.schema import SCHEMA
    from graph.server.server_publish import publish_to_server
    from graph.workspace import Workspace

    with open_engine(uri) as engine:
        start = time.perf_counter()
        publish_to_server(engine, Workspace.open(Path(workspace)), SCHEMA, tell=tell)
        return time.perf_counter() - start


def loop(workspace: str, uri: str, batch: int) -> float:
    """Write the same rows by a loop over UNWIND and MERGE, as it is written by hand; returns the seconds."""
    from neo4j import GraphDatabase

    from graph.backends.address import read_address

    tables = list(each_table(workspace))
    with (
        GraphDatabase.driver(uri, auth=read_address(uri).sign_in) as driver,
        driver.session(database="neo4j") as session,
    ):
        start = time.perf_counter()
        for key, frame in tables:
            if len(key) == 1:
                text = f"UNWIND $rows AS row MERGE (n:{key[0]} {{id: row.id}}) SET n += row"
            else:
                ends = f"MATCH (x:{key[1]} {{id: row.source}}) MATCH (y:{key[2]} {{id: row.target}})"
                # the ends are no properties of the relation: neither of the other two ways stores them again
                kept = ", ".join(f"{name}: row.{name}" for name in frame.columns if name not in ("source", "target"))
                text = f"UNWIND $rows AS row {ends} MERGE (x)-[r:{key[0]}]->(y) SET r += {{{kept}}}"
            for offset in range(0, frame.height, batch):
                rows = frame.slice(offset, batch).to_dicts()
                session.execute_write(partial(_run, text=text, rows=rows))
        return time.perf_counter() - start


def bulk(workspace: str, uri: str, batch: int) -> float:
    """Write the same rows by py2neo's bulk functions; returns the seconds."""
    import py2neo
    from py2neo.bulk import create_relationships, merge_nodes

    from graph.backends.address import read_address

    tables = list(each_table(workspace))
    graph = py2neo.Graph(uri, auth=read_address(uri).sign_in, name="neo4j")
    start = time.perf_counter()
    for key, frame in tables:
        for offset in range(0, frame.height, batch):
            rows = frame.slice(offset, batch).to_dicts()
            transaction = graph.begin()
            if len(key) == 1:
                merge_nodes(transaction, rows, (key[0], "id"))
            else:
                data = [(row.pop("source"), row, row.pop("target")) for row in rows]
                create_relationships(
                    transaction, data, key[0], start_node_key=(key[1], "id"), end_node_key=(key[2], "id")
                )
            graph.commit(transaction)
    seconds = time.perf_counter() - start
    graph.service.connector.close()
    return seconds


def change(workspace: str, share: float) -> int:
    """Publish a snapshot in the workspace of which a share of the members differs; returns how many."""
    import polars as pl

    from graph.publish import publish as publish_here
    from graph.schema import SCHEMA
    from graph.stored_tables import read_tables
    from graph.tables import Tables
    from graph.workspace import Workspace

    snapshot = current(workspace)
    tables = read_tables(snapshot, SCHEMA)
    chosen = pl.int_range(pl.len()) % round(1 / share) == 0
    year = pl.when(chosen).then(pl.col("joined_year").fill_null(1980) + 1).otherwise("joined_year")
    members = tables.entities["Member"].with_columns(joined_year=year)
    changed = Tables({**tables.entities, "Member": members}, tables.relations, tables.sources)
    publish_here(Workspace.open(Path(workspace)), changed, SCHEMA, {"as_of": snapshot.as_of})
    return int(members.select(chosen.sum()).item())


def ask_both(workspace: str, uri: str, count: int) -> dict[str, float]:
    """Trace members over three hops, and ask for unused resources; returns the medians in milliseconds."""
    import statistics

    from benchmarks.trace import TRACE
    from graph.connect import connect
    from graph.settings import Settings
    from queries.answers.asking import ask
    from queries.reading.scope import Scope

    analyst = Scope("benchmark", "analyst")
    with connect(Settings(workspace=Path(workspace), graph=uri)) as graph:
        members = graph.read("MATCH (m:Member) RETURN m.id AS id ORDER BY id LIMIT $n", n=count)["id"].to_list()
        hops = [_milliseconds(partial(graph.read, TRACE, id=one)) for one in members]
        first = _milliseconds(lambda: ask(graph, analyst, "unused-resources"))
        asked = [_milliseconds(lambda: ask(graph, analyst, "unused-resources")) for _ in range(9)]
    return {"trace": statistics.median(hops), "first": first, "unused": statistics.median(asked)}


def _run(transaction: Any, text: str, rows: list[dict[str, Any]]) -> None:
    transaction.run(text, rows=rows).consume()


def _milliseconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def empty(uri: str) -> None:
    """Delete what a small database holds: relations first, for a hub with all of its own is more than a transaction holds."""
    with open_engine(uri) as engine:
        for found in ("()-[x]->()", "(x)"):
            while engine.read(f"MATCH {found} RETURN 1 AS one LIMIT 1", {}).height:
                engine.write(("RETURN 1 AS one", {}), [(f"MATCH {found} WITH x LIMIT {DELETED_ROWS} DELETE x", {})])


def is_equal(workspace: str, uri: str) -> bool:
    """Tell whether the server holds, row by row, what the current snapshot says, and serves it."""
    from graph.schema import SCHEMA
    from graph.server.backend import ServerBackend
    from graph.server.server_publish import verify_server
    from graph.settings import Settings
    from graph.workspace import Workspace

    with open_engine(uri) as engine:
        facts = ServerBackend(engine, SCHEMA).facts
    if facts.publishing is not None or facts.digest != current(workspace).digest:
        return False
    return not verify_server(Settings(graph=uri), Workspace.open(Path(workspace)), SCHEMA)
