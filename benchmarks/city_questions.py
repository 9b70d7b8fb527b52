"""Questions at a city: how long each takes as the first of a snapshot, and when it is asked again.

A generated city with all registers is loaded once; then every question is asked with what it must be given, taken from the graph.
Processor time is shown beside the wall time: on a busy machine it is what compares.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.measure import Board, parse, run_child

if TYPE_CHECKING:
    from graph.graph import Graph
    from queries.answers.catalogue import Question

GOAL = 200.0  # milliseconds, the 95th percentile of questions that are asked again
RUNS = 5
PLANNING = ("pairing-plan", "pairing-drift", "pairing-weights")  # of the whole city: nobody waits for them at a page
CHOSEN: dict[str, Callable[[Graph], Any]] = {
    "unit": lambda graph: _name_of(graph, "Community"), "enterprise": lambda graph: _name_of(graph, "Enterprise"),
    "other": lambda graph: _name_of(graph, "Enterprise"), "entity": lambda graph: _name_of(graph, "Community"),
    "pairing": lambda graph: "need-offering", "text": lambda graph: "社区", "figure": lambda graph: "企业",
    "need": lambda graph: "法律援助", "offer": lambda graph: "健康义诊", "people": lambda graph: 30,
}  # fmt: skip


def _name_of(graph: Graph, label: str) -> str:
    """Return the first name that only one thing of a kind has."""
    names = graph.entities(label, "name")["name"].drop_nulls()
    return str(names.filter(names.is_unique()).sort()[0])


def ask_all(workspace: str, uri: str, runs: int = RUNS, *left_out: str) -> dict[str, tuple[float, float, float]]:
    """Ask every question but some; returns the first wall time, the median and the least processor time after it, in ms."""
    from graph.connect import connect
    from graph.settings import Settings
    from queries.answers.catalogue import catalogue

    found = {}
    with connect(Settings(workspace=Path(workspace), graph=uri, shown_log=False)) as graph:
        for name, question in catalogue().items():
            given = choose(graph, question) if name not in left_out else None
            if given is not None:
                found[name] = _time(graph, name, given, runs)
    return found


def choose(graph: Graph, question: Question) -> dict[str, Any] | None:
    """Return what a question must be given; None where this benchmark has nothing to give it."""
    needed = [argument.name for argument in question.arguments if argument.required]
    return {name: CHOSEN[name](graph) for name in needed} if all(name in CHOSEN for name in needed) else None


def _time(graph: Graph, name: str, given: dict[str, Any], runs: int) -> tuple[float, float, float]:
    from queries.asking import ask
    from queries.reading.scope import Scope

    wall, cpu, analyst = [], [], Scope("benchmark", "analyst")
    for _ in range(runs + 1):
        start, used = time.perf_counter(), _processor()
        ask(graph, analyst, name, **given)
        wall.append(1000 * (time.perf_counter() - start))
        cpu.append(1000 * (_processor() - used))
    return wall[0], statistics.median(wall[1:]), min(cpu[1:])


def _processor() -> float:
    times = os.times()
    return times.user + times.system


def load(folder: str, communities: int) -> str:
    """Generate a city and load it; returns its workspace."""
    from graph.settings import Settings
    from loaders.district import generate_workbooks
    from loaders.intake import LoadOptions
    from loaders.loading import load_paths

    place = Path(folder)
    truth = generate_workbooks(
        place / "workbooks", communities=communities, enterprises=communities * 3 // 5, members=communities * 30,
        venues=communities * 13 // 10,
    )  # fmt: skip
    settings = Settings(workspace=place / "workspace", key_file=place / "key")
    options = LoadOptions(as_of=date.fromisoformat(truth["as_of"]))
    load_paths(settings.workspace, [place / "workbooks"], options=options, settings=settings)
    return str(settings.workspace)


def main(arguments: Sequence[str] | None = None) -> Board:
    """Run the benchmark and print its table; `--workspace` asks one that is loaded already."""
    options = parse(__doc__ or "", arguments, communities=1_000, workspace="", graph="")
    with tempfile.TemporaryDirectory() as folder:
        workspace = options.workspace or run_child(load, folder, options.communities).result
        found = run_child(ask_all, workspace, options.graph).result
    board = Board(f"questions: {options.communities:,} communities, median of {RUNS} after the first")
    for name, (first, again, cpu) in sorted(found.items(), key=lambda one: -one[1][1]):
        board.add(name, f"{again:,.0f} ms ({cpu:,.0f} of a processor), the first {first:,.0f} ms")
    for part, words in ((1, "asked again"), (2, "the same by processor time")):
        asked = sorted(times[part] for name, times in found.items() if name not in PLANNING)
        p95 = asked[int(0.95 * (len(asked) - 1))]
        board.add(f"95 % of {len(asked)} questions, {words}", f"{p95:,.0f} ms", f"≤ {GOAL:,.0f} ms", p95 <= GOAL)
    board.print()
    return board


if __name__ == "__main__":
    main()
