"""Neo4j: a publish against a hand-written loop and py2neo's bulk functions, a difference, questions, the import files, and kills.

A server of its own (Java and Maven), no Docker. Each way writes the rows of the same snapshot into a new, empty database of a server that
was warmed by the same way; the loop and py2neo take their best batch size. Client and server share this machine's processors.
"""

from __future__ import annotations

import os
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from benchmarks.measure import ROOT, Board, parse, run_child
from benchmarks.neo4j_kills import count_kills
from benchmarks.neo4j_ways import ask_both, bulk, change, current, define, each_table, empty, is_equal, loop, publish

GOALS = {"loop": 1.0, "py2neo": 1.1, "import": 3.0}
VENUES = 300
WARMING, WARMED = 20_000, 2  # members, times: a server that has just started is several times slower
WITH_EXT = ", neo4j-rust-ext"
Way = tuple[str, int]  # its name, rows a batch
Timed = tuple[float, float, float]  # seconds, processor seconds of the client, of the server


def main(arguments: Sequence[str] | None = None) -> Board:
    """Run the benchmark and print its table."""
    from tests.neo4j.server import missing_programs, running_server

    options = parse(
        __doc__ or "", arguments,
        members=100_000, runs=1, batches="5000,10000,20000", ways="publish,loop,py2neo", traces=300, compare=1, ext=1, imported=1,
        kills=0, heap="2g", seed=7,
    )  # fmt: skip
    board = Board(f"neo4j: {options.members:,} members, median of {options.runs}")
    missing = missing_programs()
    if missing:
        board.add(f"skipped: needs {' and '.join(missing)} to start a server", "")
        board.print()
        return board
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, running_server(heap=options.heap) as server:
        os.environ |= {name: value for name, value in server.variables.items() if name != "SHILIAN_GRAPH"}
        folder = Path(name)
        try:
            if options.compare:
                _compare(board, folder, server, options)
            if options.kills:
                define(server.uri)
                workspace = _load_sample(folder / "kills")
                count_kills(board, workspace, server, options.kills, options.seed)
        finally:
            board.print()
    return board


def _load(folder: Path, members: int) -> str:
    """Load so many members, and a district of ten registers beside: it has the rooms and uses that questions are about."""
    from benchmarks.build import load
    from loaders.district import generate_csv, generate_workbooks

    generate_csv(folder / "csv", members=members)
    generate_workbooks(folder / "csv", seed=11, venues=VENUES)
    (folder / "csv" / "truth.json").unlink()
    run_child(load, str(folder / "workspace"), [str(folder / "csv")], None)
    return str(folder / "workspace")


def _load_sample(folder: Path) -> str:
    """Load the small district of the demo, which has rows of every kind: so one kill costs seconds."""
    from benchmarks.build import load
    from loaders.district import generate_workbooks

    generate_workbooks(folder / "workbooks", seed=11)
    (folder / "workbooks" / "truth.json").unlink()
    run_child(load, str(folder / "workspace"), [str(folder / "workbooks")], None)
    return str(folder / "workspace")


def _compare(board: Board, folder: Path, server: Any, options: Any) -> None:
    """Time the ways, then a difference and questions by the graph that was published, and the import files."""
    workspace, small = _load(folder / "whole", options.members), _load(folder / "small", min(WARMING, options.members))
    ext = _install_ext(folder / "ext") if options.ext else None
    if options.ext and ext is None:
        board.add("neo4j-rust-ext", "skipped: could not be installed")
    taken = _time_ways(server, small, workspace, options, ext)
    best = {name: _best(taken, name) for name in dict.fromkeys(name for name, _ in taken)}
    _add_ways(board, best, sum(frame.height for _, frame in each_table(workspace)))
    if "publish" in best:
        _time(server, publish, small, workspace, 0, {})
        _change_and_ask(board, workspace, server.uri, best["publish"][1][0], options.traces)
    if options.imported and "loop" in best:
        _import(board, folder, server, workspace, best["loop"][1][0])


def _time_ways(server: Any, small: str, workspace: str, options: Any, ext: Path | None) -> dict[Way, list[Timed]]:
    """Return what each wanted way took in every run, alternating so that a busy moment of the machine meets all of them."""
    sizes = [int(size) for size in options.batches.split(",")]
    works = {"publish": publish, "loop": loop, "py2neo": bulk}
    ways = [(name, size) for name in options.ways.split(",") for size in (sizes if name != "publish" else [0])]
    if ext is not None:
        ways += [(name + WITH_EXT, size) for name, size in ways if name != "py2neo"]
    taken: dict[Way, list[Timed]] = {way: [] for way in ways}
    for run in range(options.runs):
        for name, size in ways if run % 2 == 0 else ways[::-1]:
            variables = {"PYTHONPATH": f"{ROOT}{os.pathsep}{ext}"} if name.endswith(WITH_EXT) else {}
            work = works[name.removesuffix(WITH_EXT)]
            timed = _time(server, work, small, workspace, size, variables)
            taken[name, size].append(timed)
            told = f"{name}{_sized(size)}: {timed[0]:.1f} s"  # all of them take half an hour
            print(told, file=sys.stderr, flush=True)
    return taken


def _add_ways(board: Board, best: dict[str, tuple[int, Timed]], rows: int) -> None:
    for name, (size, (seconds, client, servers)) in best.items():
        figure = (
            f"{seconds:.1f} s, {rows / seconds:,.0f} rows/s (processor: client {client:.1f} s, server {servers:.1f} s)"
        )
        board.add(f"{name}: {rows:,} rows{_sized(size)}", figure)
    for slow, fast in (("loop", "publish"), ("py2neo", "publish"), ("loop" + WITH_EXT, "publish" + WITH_EXT)):
        if {slow, fast} <= set(best):
            ratio, goal = best[slow][1][0] / best[fast][1][0], GOALS[slow.removesuffix(WITH_EXT)]
            board.add(f"{slow} ÷ {fast}", f"{ratio:.2f}", f"≥ {goal}", ratio >= goal)


def _sized(batch: int) -> str:
    return f", {batch:,} rows a batch" if batch else ""


def _best(taken: dict[Way, list[Timed]], name: str) -> tuple[int, Timed]:
    """Return the batch size by which a way was quickest, and its medians."""
    medians = {
        size: (statistics.median(t[0] for t in times), statistics.median(t[1] for t in times), statistics.median(t[2] for t in times))
        for (way, size), times in taken.items()
        if way == name
    }  # fmt: skip
    size = min(medians, key=lambda size: medians[size][0])
    return size, medians[size]


def _time(server: Any, way: Any, small: str, workspace: str, batch: int, variables: dict[str, str]) -> Timed:
    """Return what a way takes on a new, empty database, after it has warmed the server with a small graph."""
    server.kill()
    for kind in ("databases", "transactions"):
        shutil.rmtree(server.home / "data" / kind / "neo4j", ignore_errors=True)
    server.start()
    more = [batch] if batch else []
    run_child(
        define, server.uri
    )  # in a child too: this process would go on waiting for what the old database was written
    for _ in range(WARMED):
        run_child(way, small, server.uri, *more, variables=variables)
        run_child(empty, server.uri)
    process = psutil.Process(server.process.pid)
    before = process.cpu_times()
    work = run_child(way, workspace, server.uri, *more, variables=variables)
    after = process.cpu_times()
    return float(work.result), work.cpu, after.user + after.system - before.user - before.system


def _install_ext(folder: Path) -> Path | None:
    """Install the driver with its compiled packing into a folder; None where it cannot be had."""
    driver = version("neo4j")
    wanted = [f"neo4j=={driver}", f"neo4j-rust-ext=={driver}.*", "pytz"]
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder), *wanted]
    done = subprocess.run(command, check=False, capture_output=True)
    return folder if done.returncode == 0 else None


def _change_and_ask(board: Board, workspace: str, uri: str, full: float, count: int) -> None:
    changed = change(workspace, 0.01)
    part = run_child(publish, workspace, uri).result
    board.add(f"1 % changed ({changed:,} members) ÷ full publish", f"{part:.2f} s ÷ {full:.1f} s = {part / full:.3f}")
    for name, address in (("embedded", ""), ("Neo4j", uri)):
        found = run_child(ask_both, workspace, address, count).result
        figure = f"{found['trace']:.2f} ms, {found['unused']:.1f} ms (the first of a snapshot {found['first']:.0f} ms)"
        board.add(f"{name}: 3-hop trace p50, unused-resources p50", figure)


def _import(board: Board, folder: Path, server: Any, workspace: str, loop_seconds: float) -> None:
    from graph.schema import SCHEMA
    from graph.server.import_files import write_import_files

    start = time.perf_counter()
    written = write_import_files(current(workspace), SCHEMA, folder / "import")
    wrote = time.perf_counter() - start
    server.stop()
    start = time.perf_counter()
    server.admin(*shlex.split(written.command)[1:], cwd=folder / "import")
    imported = time.perf_counter() - start
    server.start()
    ratio = loop_seconds / (wrote + imported)
    board.add("import files: written, imported", f"{wrote:.1f} s, {imported:.1f} s")
    goal = f"≥ {GOALS['import']:.0f} at 1,000,000 members"
    board.add("loop ÷ import", f"{ratio:.1f}", goal, ratio >= GOALS["import"] if _is_large(workspace) else None)
    equal = run_child(is_equal, workspace, server.uri).result
    board.add("imported graph equals the tables", str(equal), "True", equal)


def _is_large(workspace: str) -> bool:
    return int(current(workspace).counts["entities"]["Member"]) >= 1_000_000


if __name__ == "__main__":
    main()
