"""Tracing: three hops from one member through `Graph.read`, against a walk over dictionaries and networkx on the same data."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.measure import Board, parse, run_child

GOAL_MS = 1.0
TRACE = """MATCH (m:Member {id: $id})-[:LIVES_IN]->(c:Community)-[:BELONGS_TO]->(s:Subdistrict)<-[:LOCATED_IN]-(e:Enterprise)
RETURN c.name AS community, s.name AS street, e.name AS enterprise"""
OUT, BACK = "out", "back"
HOPS = (("LIVES_IN", OUT), ("BELONGS_TO", OUT), ("LOCATED_IN", BACK))


def trace_graph(workspace: str, count: int) -> dict[str, Any]:
    """Trace `count` members one after another; returns milliseconds each and how many rows came."""
    from graph.connect import connect
    from graph.settings import Settings

    with connect(Settings(workspace=Path(workspace))) as graph:
        members = graph.read("MATCH (m:Member) RETURN m.id AS id ORDER BY id LIMIT $n", n=count)["id"].to_list()
        return _time(lambda member: graph.read(TRACE, id=member).height, members)


def trace_dictionaries(workspace: str, count: int) -> dict[str, Any]:
    """Do the same with a dictionary per relation."""
    relations, members = _relations(workspace), None
    steps = []
    for name, direction in HOPS:
        start, end = ("source", "target") if direction == OUT else ("target", "source")
        found: dict[str, list[str]] = {}
        for key, value in relations[name].select(start, end).iter_rows():
            found.setdefault(key, []).append(value)
        members = members or sorted(found)[:count]
        steps.append(found)

    def walk(member: str) -> int:
        ends = [member]
        for step in steps:
            ends = [end for place in ends for end in step.get(place, ())]
        return len(ends)

    return _time(walk, members or [])


def trace_networkx(workspace: str, count: int) -> dict[str, Any]:
    """Do the same with networkx."""
    import networkx as nx

    drawn = nx.DiGraph()
    relations = _relations(workspace)
    for name, _ in HOPS:
        drawn.add_edges_from(
            ((s, t, {"type": name}) for s, t in relations[name].select("source", "target").iter_rows())
        )
    members = sorted(relations["LIVES_IN"]["source"].unique().to_list())[:count]

    def walk(member: str) -> int:
        ends = [member]
        for name, direction in HOPS:
            near = drawn.succ if direction == OUT else drawn.pred
            ends = [other for place in ends for other, facts in near[place].items() if facts["type"] == name]
        return len(ends)

    return _time(walk, members)


def _relations(workspace: str) -> dict[str, Any]:
    import polars as pl

    from graph.workspace import Workspace

    snapshot = Workspace.open(Path(workspace)).current()
    if snapshot is None:
        raise SystemExit("nothing was loaded")
    parts: dict[str, list[Any]] = {}
    for name in snapshot.tables:
        kind = name.replace("-", ".").split(".")[0]
        if kind in {h[0] for h in HOPS} and snapshot.tables[name].rows:
            parts.setdefault(kind, []).append(pl.read_parquet(snapshot.table_path(name), columns=["source", "target"]))
    return {kind: pl.concat(frames) for kind, frames in parts.items()}


def _time(trace: Callable[[str], int], members: Sequence[str]) -> dict[str, Any]:
    for member in members[:20]:
        trace(member)
    spent, rows = [], 0
    for member in members:
        start = time.perf_counter()
        rows += trace(member)
        spent.append(1000 * (time.perf_counter() - start))
    spent.sort()
    return {"p50": statistics.median(spent), "p99": spent[int(0.99 * len(spent))], "rows": rows}


def main(arguments: Sequence[str] | None = None) -> Board:
    """Run the benchmark and print its table."""
    options = parse(__doc__ or "", arguments, members=1_000_000, traces=2_000, networkx=1)
    from benchmarks.build import load
    from loaders.district import generate_csv

    with tempfile.TemporaryDirectory() as folder:
        generate_csv(Path(folder) / "csv", members=options.members)
        workspace = str(Path(folder) / "workspace")
        run_child(load, workspace, [str(Path(folder) / "csv")], None)
        ways = [trace_graph, trace_dictionaries, *([trace_networkx] if options.networkx else [])]
        works = {way.__name__: run_child(way, workspace, options.traces) for way in ways}
    board = Board(f"trace: 3 hops from {options.traces:,} of {options.members:,} members")
    ours = works["trace_graph"].result
    for name, work in works.items():
        memory = f", {work.peak_mib:,.0f} MiB, {work.seconds:.1f} s with filling"
        board.add(name, f"p50 {work.result['p50']:.3f} ms, p99 {work.result['p99']:.3f} ms{memory}")
        board.add(
            f"  rows of {name}", f"{work.result['rows']:,}", f"{ours['rows']:,}", work.result["rows"] == ours["rows"]
        )
    board.add("Graph.read p50", f"{ours['p50']:.3f} ms", f"≤ {GOAL_MS:.0f} ms", ours["p50"] <= GOAL_MS)
    board.print()
    return board


if __name__ == "__main__":
    main()
