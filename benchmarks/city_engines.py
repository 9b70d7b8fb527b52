"""Questions at a city on both engines in one run: the embedded one and a Neo4j server of its own, first answers and later ones.

A generated city is loaded (or --workspace names one), published to a server that has just started, and every question of the catalogue
asked on either engine by a process of its own. Then each of a few questions is the first that a fresh process asks of the snapshot,
opening it included. Client and server share this machine's processors.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.city_questions import GOAL, PLANNING, ask_all, choose, load
from benchmarks.measure import Board, parse, run_child

RATIO = 5.0
WARM_MS = 20.0  # an answer below this on the server is quick, whatever multiple of a few milliseconds it is
FIRST: dict[str, dict[str, Any]] = {
    "search": {"text": "会议室"}, "search by letters": {"text": "cesq"}, "search by a number": {"text": "2026-03"},
    "unused-resources": {}, "partners": {}, "overview": {}, "unit-links": {},
}  # fmt: skip
FIRSTS = 3  # of which the median is told
Times = dict[str, tuple[float, float, float]]


def publish(workspace: str, uri: str) -> int:
    """Publish a workspace's snapshot on a server; returns the number of transactions."""
    from graph.schema import SCHEMA
    from graph.server.server_publish import publish_on_server
    from graph.settings import Settings
    from graph.workspace import Workspace

    return publish_on_server(Settings(workspace=Path(workspace), graph=uri), Workspace.open(Path(workspace)), SCHEMA)


def ask_first(workspace: str, uri: str, told: str) -> float:
    """Open a snapshot and ask it one question; returns the milliseconds for both, without importing what they need."""
    from graph.connect import connect
    from graph.engines import open_graph_file, open_server_engine  # noqa: F401 -- imported before the clock runs
    from graph.settings import Settings
    from queries.answers.catalogue import catalogue
    from queries.asking import ask
    from queries.reading.scope import Scope

    catalogue()
    _import_engines()
    name = told.partition(" ")[0]
    given = _a_few(workspace, name) | FIRST[told]
    start = time.perf_counter()
    with connect(Settings(workspace=Path(workspace), graph=uri, shown_log=False)) as graph:
        ask(graph, Scope("benchmark", "analyst"), name, **given)
        return 1000 * (time.perf_counter() - start)


def _import_engines() -> None:
    import graph.backends.ladybug
    import graph.backends.neo4j  # noqa: F401


def _a_few(workspace: str, name: str) -> dict[str, Any]:
    """Return what a question must be given, of the embedded graph: the one asked has answered nothing yet."""
    from graph.connect import connect
    from queries.answers.catalogue import find_question

    with connect(workspace=workspace, graph="") as graph:
        return choose(graph, find_question(name)) or {}


def _percentile(times: Sequence[float], share: float) -> float:
    return sorted(times)[int(share * (len(times) - 1))]


def _compare(board: Board, embedded: Times, served: Times) -> None:
    """Tell the questions of which the server takes more than its share, then all of them together."""
    asked = [name for name in embedded if name in served]
    for part, words in ((0, "the first time"), (1, "asked again")):
        pairs = {name: (embedded[name][part], served[name][part]) for name in asked}
        for name, (here, there) in sorted(pairs.items(), key=lambda one: -one[1][1] / one[1][0]):
            if there > RATIO * here and there > WARM_MS:
                board.add(
                    f"{name}, {words}", f"{there:,.0f} ÷ {here:,.0f} ms = {there / here:.1f}", f"≤ {RATIO}", False
                )
        for share in (0.5, 0.95):
            here, there = (_percentile([pair[side] for pair in pairs.values()], share) for side in (0, 1))
            told = f"{there:,.0f} ÷ {here:,.0f} ms = {there / here:.1f}"
            board.add(f"p{share:.0%} of {len(pairs)}, {words}", told, f"≤ {RATIO}", there <= RATIO * here)
    again = _percentile([embedded[name][1] for name in asked], 0.95)
    board.add("p95 embedded, asked again", f"{again:,.0f} ms", f"≤ {GOAL:,.0f} ms", again <= GOAL)


def _first_answers(board: Board, workspace: str, uri: str) -> None:
    for told in FIRST:
        here, there = (
            statistics.median(run_child(ask_first, workspace, address, told).result for _ in range(FIRSTS))
            for address in ("", uri)
        )
        figure = f"{there:,.0f} ÷ {here:,.0f} ms = {there / here:.1f}"
        board.add(f"first of a snapshot, opened: {told}", figure, f"≤ {RATIO}", there <= RATIO * here)
        print(*board.rows[-1], file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> Board:
    """Run the benchmark and print its table; `--workspace` takes a city that is loaded already."""
    from tests.neo4j.server import missing_programs, running_server

    options = parse(__doc__ or "", arguments, communities=1_000, workspace="", runs=5, heap="1g")
    board = Board(f"both engines: a city of {options.communities:,} communities")
    if missing := missing_programs():
        board.add(f"skipped: needs {' and '.join(missing)} to start a server", "")
        board.print()
        return board
    with tempfile.TemporaryDirectory() as folder, running_server(heap=options.heap) as server:
        os.environ |= {name: value for name, value in server.variables.items() if name != "SHILIAN_GRAPH"}
        workspace = options.workspace or run_child(load, folder, options.communities).result
        published = run_child(publish, workspace, server.uri)
        board.add("published", f"{published.seconds:.1f} s, {published.result} transactions")
        print(*board.rows[-1], file=sys.stderr, flush=True)  # the rest takes minutes
        asked = [run_child(ask_all, workspace, address, options.runs, *PLANNING) for address in ("", server.uri)]
        embedded, served = (one.result for one in asked)
        _compare(board, embedded, served)
        board.print()
        _first_answers(board, workspace, server.uri)
    board.print()
    return board


if __name__ == "__main__":
    main()
