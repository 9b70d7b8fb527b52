"""From CSV files to a served snapshot: a million members with four million relations, against a bare COPY of ready tables.

The bare COPY reads the very tables that the load made and fills an empty graph of the same schema with them: what is left over is
reading, cleaning, pseudonyms, resolving, merging, writing tables, digests and syncing. Then the same files once more (nothing may
happen), and an increment with one row in a hundred changed.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.measure import Board, parse, run_child

GOALS = {"ratio": 2.5, "memory": 4096, "again": 2.0, "increment": 0.3}


def load(workspace: str, paths: list[str], scope: str | None) -> dict[str, Any]:
    """Load files; returns what was counted and the seconds between the stages that the load told."""
    from graph.settings import Settings
    from loaders.intake import LoadOptions
    from loaders.loading import load_paths

    stages: list[tuple[str, float]] = []
    result = load_paths(
        Path(workspace),
        [Path(p) for p in paths],
        options=LoadOptions(scope=scope),
        settings=Settings(workspace=Path(workspace), key_file=Path(workspace).with_name("key")),
        on_progress=lambda stage, done, total: stages.append((stage, time.perf_counter())),
    )
    stages.append(("end", time.perf_counter()))
    spent: dict[str, float] = {}
    for (stage, start), (_, end) in pairwise(stages):
        spent[stage] = spent.get(stage, 0) + end - start
    errors = sum(p.severity == "error" for p in result.problems)
    return {"changed": result.changed, "counts": result.counts, "stages": spent, "errors": errors}


def copy(workspace: str, target: str) -> int:
    """Fill a new graph file by COPY from the tables of the served snapshot, and return how many rows it took."""
    import ladybug
    import polars as pl

    from graph.cypher import copy_entities, copy_relations, create_schema
    from graph.schema import SCHEMA
    from graph.workspace import Workspace

    snapshot = Workspace.open(Path(workspace)).current()
    if snapshot is None:
        raise SystemExit("nothing was loaded")
    files = [snapshot.table_path(name) for name in snapshot.tables if snapshot.table_path(name).is_file()]
    rows = 0
    with ladybug.Database(target, auto_checkpoint=False) as database, ladybug.Connection(database) as graph:
        for text in create_schema(SCHEMA):
            graph.execute(text)
        # Entities first: a relation needs both its ends.
        for path in sorted(files, key=lambda p: p.stem.count("-") + p.stem.count(".")):
            if path.stem.startswith("_"):
                continue
            parts = path.stem.replace("-", ".").split(".")
            text = copy_entities(parts[0]) if len(parts) == 1 else copy_relations(*parts)
            frame = pl.scan_parquet(path)
            rows += frame.select(pl.len()).collect().item()
            graph.execute(text.replace("$rows", f"'{path.as_posix()}'"))
        graph.execute("CHECKPOINT")
    return rows


def profile(workspace: str, paths: list[str], scope: str | None) -> str:
    """Load under the profiler, and return our functions that took longest, then all by the time spent in themselves."""
    import cProfile
    import io
    import pstats

    profiler = cProfile.Profile()
    profiler.enable()
    load(workspace, paths, scope)
    profiler.disable()
    text = io.StringIO()
    stats = pstats.Stats(profiler, stream=text).sort_stats("cumulative")
    stats.print_stats(r"[/\\](graph|loaders)[/\\]", 45)
    stats.strip_dirs().sort_stats("tottime").print_stats(20)
    return text.getvalue()


def main(arguments: Sequence[str] | None = None) -> Board:
    """Run the benchmark and print its table."""
    options = parse(
        __doc__ or "", arguments, members=1_000_000, enterprises=1_000, communities=1_800, runs=3, profile=0
    )
    with tempfile.TemporaryDirectory() as folder:
        return _measure(
            Path(folder), options.members, options.enterprises, options.communities, options.runs, options.profile
        )


def _measure(folder: Path, members: int, enterprises: int, communities: int, runs: int, profiled: int) -> Board:
    from loaders.district import generate_changes, generate_csv

    sizes = {"members": members, "enterprises": enterprises, "communities": communities}
    told = generate_csv(folder / "csv", **sizes)
    generate_changes(folder / "changes.csv", **sizes)
    paths = [str(folder / "csv" / name) for name in ("enterprises.csv", "communities.csv", "members.csv")]
    if profiled:
        print(run_child(profile, str(folder / "profiled"), paths, None).result)
        print(run_child(profile, str(folder / "profiled"), [str(folder / "changes.csv")], "increment").result)
    full, bare = [], []
    for run in range(runs):
        full.append(run_child(load, str(folder / f"ws{run}"), paths, None))
        bare.append(run_child(copy, str(folder / f"ws{run}"), str(folder / f"bare{run}.lbug")))
    last = str(folder / f"ws{runs - 1}")
    again = run_child(load, last, paths, None)
    increment = run_child(load, last, [str(folder / "changes.csv")], "increment")
    board = Board(f"build: {members:,} members, {told['relations']:,} relations, median of {runs}")
    seconds, copied = statistics.median(w.seconds for w in full), statistics.median(w.seconds for w in bare)
    counts = full[0].result["counts"]
    board.add(
        "entities Member",
        f"{counts['entities'].get('Member', 0):,}",
        f"{members:,}",
        counts["entities"].get("Member") == members,
    )
    wanted = ("WORKS_AT", "LIVES_IN", "BELONGS_TO_BRANCH", "HAS_SKILL")
    relations = sum(counts["relations"].get(name, 0) for name in wanted)
    board.add("relations of members", f"{relations:,}", f"{told['relations']:,}", relations == told["relations"])
    board.add("full build", f"{seconds:.2f} s")
    cpu, copied_cpu = statistics.median(w.cpu for w in full), statistics.median(w.cpu for w in bare)
    board.add(f"bare COPY of {bare[0].result:,} rows", f"{copied:.2f} s")
    board.add("build ÷ bare COPY", f"{seconds / copied:.2f}", f"≤ {GOALS['ratio']}", seconds / copied <= GOALS["ratio"])
    board.add("  the same by processor time", f"{cpu:.1f} s ÷ {copied_cpu:.1f} s = {cpu / copied_cpu:.2f}")
    peak = max(w.peak_mib for w in full)
    board.add("peak memory", f"{peak:,.0f} MiB", f"≤ {GOALS['memory']:,} MiB", peak <= GOALS["memory"])
    same = again.seconds < GOALS["again"] and not again.result["changed"]
    board.add("the same again", f"{again.seconds:.2f} s", f"< {GOALS['again']:.0f} s", same)
    share = increment.seconds / seconds
    board.add("1 % changed, as an increment", f"{increment.seconds:.2f} s ({increment.peak_mib:,.0f} MiB)")
    board.add(
        "increment ÷ full build",
        f"{share:.2f}",
        f"≤ {GOALS['increment']}",
        share <= GOALS["increment"] and increment.result["changed"],
    )
    board.add("  the same by processor time", f"{increment.cpu:.1f} s ÷ {cpu:.1f} s = {increment.cpu / cpu:.2f}")
    for stage, spent in full[-1].result["stages"].items():
        board.add(f"  stage {stage}", f"{spent:.2f} s")
    board.print()
    return board


if __name__ == "__main__":
    main()
