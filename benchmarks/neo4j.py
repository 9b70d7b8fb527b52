"""Neo4j: a publish against a hand-written loop and py2neo's bulk functions, a difference, the import files, questions, and kills.

A server of its own (Java and Maven), no Docker. All three ways write the rows of the same snapshot into the same emptied database,
10,000 rows a transaction, which is the loop's best size. Client and server share this machine's processors.
"""

from __future__ import annotations

import importlib.util
import os
import random
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.measure import ROOT, Board, parse, run_child

BATCH = 10_000
GOALS = {"loop": 1.0, "py2neo": 1.1, "import": 3.0}
Rows = list[dict[str, Any]]


def each_table(workspace: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield the tables of the current snapshot that have rows: (label,) or (type, source, target), entities first."""
    from graph.schema import SCHEMA
    from graph.stored_tables import read_tables
    from graph.workspace import Workspace

    snapshot = Workspace.open(Path(workspace)).current()
    if snapshot is None:
        raise SystemExit("nothing was loaded")
    tables = read_tables(snapshot, SCHEMA)
    yield from (((label,), frame) for label, frame in tables.entities.items() if frame.height)
    yield from ((key, frame) for key, frame in tables.relations.items() if frame.height)


def define(uri: str) -> None:
    """Make the constraints, which every way of writing needs, and wait for them."""
    from graph.schema import SCHEMA
    from graph.server import texts

    with _engine(uri) as engine:
        engine.define(texts.define(SCHEMA))


class _engine:
    """A connection for the length of a `with`."""

    def __init__(self, uri: str) -> None:
        from graph.backends.address import read_address
        from graph.backends.neo4j import Neo4jEngine

        self.engine = Neo4jEngine(read_address(uri), 600)

    def __enter__(self) -> Any:
        return self.engine

    def __exit__(self, *ignored: object) -> None:
        self.engine.close()


def publish(workspace: str, uri: str) -> float:
    """Publish the current snapshot; returns the seconds."""
    from graph.schema import SCHEMA
    from graph.server.publish import publish_to_server
    from graph.workspace import Workspace

    with _engine(uri) as engine:
        start = time.perf_counter()
        publish_to_server(engine, Workspace.open(Path(workspace)), SCHEMA)
        return time.perf_counter() - start


def loop(workspace: str, uri: str) -> float:
    """Write the same rows by a loop over UNWIND and MERGE, as it is written by hand; returns the seconds without reading tables."""
    from neo4j import GraphDatabase

    from graph.backends.address import read_address

    tables = [(key, frame) for key, frame in each_table(workspace)]
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
                text = f"UNWIND $rows AS row {ends} MERGE (x)-[r:{key[0]}]->(y) SET r += row"
            for offset in range(0, frame.height, BATCH):
                rows = frame.slice(offset, BATCH).to_dicts()
                session.execute_write(lambda tx, text=text, rows=rows: tx.run(text, rows=rows).consume())
        return time.perf_counter() - start


def bulk(workspace: str, uri: str) -> float:
    """Write the same rows by py2neo's bulk functions; returns the seconds without reading tables."""
    import py2neo
    from py2neo.bulk import create_relationships, merge_nodes

    from graph.backends.address import read_address

    tables = [(key, frame) for key, frame in each_table(workspace)]
    graph = py2neo.Graph(uri, auth=read_address(uri).sign_in, name="neo4j")
    start = time.perf_counter()
    for key, frame in tables:
        for offset in range(0, frame.height, BATCH):
            rows = frame.slice(offset, BATCH).to_dicts()
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

    found = Workspace.open(Path(workspace))
    snapshot = found.current()
    if snapshot is None:
        raise SystemExit("nothing was loaded")
    tables = read_tables(snapshot, SCHEMA)
    members = tables.entities["Member"]
    chosen = pl.int_range(pl.len()) % round(1 / share) == 0
    changed = members.with_columns(
        joined_year=pl.when(chosen).then(pl.col("joined_year").fill_null(1980) + 1).otherwise("joined_year")
    )
    publish_here(
        found,
        Tables({**tables.entities, "Member": changed}, tables.relations, tables.sources),
        SCHEMA,
        {"as_of": snapshot.as_of},
    )
    return changed.select(chosen.sum()).item()


def trace(workspace: str, uri: str, count: int) -> dict[str, float]:
    """Trace members over three hops, and ask for unused resources; returns the medians in milliseconds."""
    from benchmarks.trace import TRACE
    from graph.connect import connect
    from graph.settings import Settings
    from queries.run import ask
    from queries.scope import Scope

    with connect(Settings(workspace=Path(workspace), graph=uri)) as graph:
        members = graph.read("MATCH (m:Member) RETURN m.id AS id ORDER BY id LIMIT $n", n=count)["id"].to_list()
        hops = [_milliseconds(lambda id=id: graph.read(TRACE, id=id)) for id in members]
        ask(graph, Scope("benchmark", "analyst"), "unused-resources")
        asked = [_milliseconds(lambda: ask(graph, Scope("benchmark", "analyst"), "unused-resources")) for _ in range(9)]
    return {"trace": statistics.median(hops), "unused": statistics.median(asked)}


def _milliseconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def empty(uri: str) -> None:
    """Delete what the database holds."""
    with _engine(uri) as engine:
        while engine.read("MATCH (n) RETURN n.id AS id LIMIT 1", {}).height:
            engine.write(("RETURN 1 AS one", {}), [("MATCH (n) WITH n LIMIT 20000 DETACH DELETE n", {})])


def kill_once(workspace: str, uri: str, server: Any, moment: float, which: str) -> str:
    """Kill the publisher or the server after `moment` seconds of publishing; returns what one more publish leads to."""
    child = subprocess.Popen(
        [sys.executable, "-c", f"from benchmarks.neo4j import publish; publish({workspace!r}, {uri!r})"],
        cwd=ROOT, env=os.environ, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    time.sleep(moment)
    had_ended = child.poll() is not None
    if which == "server":
        server.kill()
    child.kill()
    child.wait()
    if which == "server":
        server.start()
    publish(workspace, uri)
    return f"{which} {'(publish had ended) ' if had_ended else ''}{'as the tables' if is_equal(workspace, uri) else 'BAD: differs'}"


def is_equal(workspace: str, uri: str) -> bool:
    """Tell whether the server holds, row by row, what the current snapshot says."""
    from graph.schema import SCHEMA
    from graph.server.publish import verify_server
    from graph.settings import Settings
    from graph.workspace import Workspace

    return not verify_server(Settings(graph=uri), Workspace.open(Path(workspace)), SCHEMA)


def main(arguments: Sequence[str] | None = None) -> Board:
    """Run the benchmark and print its table."""
    from tests.neo4j.server import missing_programs, running_server

    options = parse(
        __doc__ or "", arguments, members=100_000, runs=1, traces=300, kills=0, imported=1, heap="2g", seed=7
    )
    missing = missing_programs()
    if missing:
        raise SystemExit(f"this benchmark needs {' and '.join(missing)}")
    board = Board(f"neo4j: {options.members:,} members, median of {options.runs}, batches of {BATCH:,} rows")
    with tempfile.TemporaryDirectory() as folder, running_server(heap=options.heap) as server:
        os.environ |= {name: value for name, value in server.variables.items() if name != "SHILIAN_GRAPH"}
        workspace = _load(Path(folder), options.members)
        try:
            seconds = _compare(board, workspace, server.uri, options.runs)
            _ask(board, workspace, server.uri, options.traces)
            if options.kills:
                _kill(board, Path(folder), server, options.kills, options.seed)
            if options.imported:
                _import(board, Path(folder), server, workspace, seconds)
        finally:
            board.print()
    return board


def _load(folder: Path, members: int) -> str:
    from benchmarks.build import load
    from loaders.district import generate_csv

    generate_csv(folder / "csv", members=members)
    run_child(load, str(folder / "workspace"), [str(folder / "csv")], None)
    return str(folder / "workspace")


def _compare(board: Board, workspace: str, uri: str, runs: int) -> dict[str, float]:
    rows = sum(frame.height for _, frame in each_table(workspace))
    ways: dict[str, Callable[[str, str], float]] = {"publish": publish, "loop": loop, "py2neo": bulk}
    taken: dict[str, list[float]] = {name: [] for name in ways}
    define(uri)
    empty(uri)
    run_child(publish, workspace, uri)  # a server that has just started is twice as slow: whoever came first would pay
    for run in range(runs):  # in turn, so that a busy moment of the machine meets all three
        for name in sorted(ways, key=lambda name: (list(ways).index(name) + run) % len(ways)):
            empty(uri)
            taken[name].append(run_child(ways[name], workspace, uri).result)
    seconds = {name: statistics.median(times) for name, times in taken.items()}
    ext = (
        "with"
        if importlib.util.find_spec("neo4j._rust_ext") or importlib.util.find_spec("neo4j_rust_ext")
        else "without"
    )
    for name in ways:
        board.add(
            f"{name}: {rows:,} rows ({ext} neo4j-rust-ext)",
            f"{seconds[name]:.1f} s, {rows / seconds[name]:,.0f} rows/s",
        )
    for name in ("loop", "py2neo"):
        ratio = seconds[name] / seconds["publish"]
        board.add(f"{name} ÷ publish", f"{ratio:.2f}", f"≥ {GOALS[name]}", ratio >= GOALS[name])
    empty(uri)
    full = publish(workspace, uri)
    changed = change(workspace, 0.01)
    board.add(
        f"1 % changed ({changed:,} members) ÷ full publish",
        f"{(part := publish(workspace, uri)):.2f} s ÷ {full:.1f} s = {part / full:.3f}",
    )
    return seconds


def _ask(board: Board, workspace: str, uri: str, count: int) -> None:
    for name, address in (("embedded", ""), ("Neo4j", uri)):
        found = run_child(trace, workspace, address, count).result
        board.add(
            f"{name}: 3-hop trace p50, unused-resources p50", f"{found['trace']:.2f} ms, {found['unused']:.1f} ms"
        )


def _import(board: Board, folder: Path, server: Any, workspace: str, seconds: dict[str, float]) -> None:
    from graph.schema import SCHEMA
    from graph.server.import_files import write_import_files
    from graph.workspace import Workspace

    snapshot = Workspace.open(Path(workspace)).current()
    if snapshot is None:
        raise SystemExit("nothing was loaded")
    start = time.perf_counter()
    written = write_import_files(snapshot, SCHEMA, folder / "import")
    wrote = time.perf_counter() - start
    server.stop()
    start = time.perf_counter()
    server.admin(*shlex.split(written.command)[1:], cwd=folder / "import")
    imported = time.perf_counter() - start
    server.start()
    ratio = seconds["loop"] / (wrote + imported)
    board.add("import files: written, imported", f"{wrote:.1f} s, {imported:.1f} s")
    board.add(
        "loop ÷ import", f"{ratio:.1f}", f"≥ {GOALS['import']:.0f} at 1,000,000 members", ratio >= GOALS["import"]
    )
    equal = run_child(is_equal, workspace, server.uri).result
    board.add("imported graph equals the tables", str(equal), "True", equal)


def _kill(board: Board, folder: Path, server: Any, kills: int, seed: int) -> None:
    """Publish small changes again and again, and kill either side at random moments; every fifth time the server."""
    chance = random.Random(seed)
    workspace = _load(folder / "kills", 2_000)
    empty(server.uri)
    publish(workspace, server.uri)
    found: dict[str, int] = {}
    for number in range(kills):
        change(workspace, chance.choice((0.01, 0.1, 0.5)))
        if number % 4 == 0:
            empty(server.uri)  # a first fill
        which = "server" if number % 5 == 4 else "publisher"
        what = kill_once(workspace, server.uri, server, 0.6 + 2.0 * chance.random(), which)
        found[what] = found.get(what, 0) + 1
    for what, count in sorted(found.items()):
        board.add(f"kills: {what}", str(count))
    bad = sum(count for what, count in found.items() if "BAD" in what)
    board.add(f"bad of {kills} kills", str(bad), "0", bad == 0)


if __name__ == "__main__":
    main()
