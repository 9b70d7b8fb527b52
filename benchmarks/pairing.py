"""Pairing at four sizes, with the accelerator and without: scoring every community's candidates, a plan for everybody, what one change
costs; against a plain loop, polars' cross join and a nearest-neighbour search with numpy.

Sizes are communities × enterprises: district 150 × 300, city 2,000 × 5,000, province 25,000 × 60,000, nation 600,000 × 1,600,000
(only when asked for: `--sizes nation`; scoring alone). Eight signals; the best ten of each community are what a user sees.
"""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
import psutil

from benchmarks.land import SIZES, make_facts
from benchmarks.measure import MIB, Board, parse, run_child
from benchmarks.pairing_rivals import cross_join, nearest, plain_loop
from queries.pairing import kernels
from queries.pairing.assignment import assign
from queries.pairing.best import best_partners
from queries.pairing.rescore import stand
from queries.pairing.score import keep_spread, score_lefts
from queries.pairing.sides import Sides, make_sides
from queries.pairing.specs import ENTERPRISE_COMMUNITY
from queries.pairing.weights import load_weights

GOALS = {"district": 0.0015, "city": 0.06, "province": 0.5, "nation": 12.0}  # seconds of scoring, with the accelerator
SLOWER = 10  # times, at most, without the accelerator
MEMORY = {"city": 175, "province": 230, "nation": 1_300}  # MiB beyond the data
PLANS = {
    "district": (0.0014,),
    "city": (0.1,),
    "province": (1.1, 3.0),
}  # seconds: everybody takes part; 30 % of enterprises
SHARES = (1.0, 0.3)
CANDIDATES = 60  # pairs a community that a plan chooses from
CHANGES = 9


def make_land(size: str) -> Sides:
    """Return both sides of one size."""
    return make_sides(make_facts(*SIZES[size]), (ENTERPRISE_COMMUNITY.left, ENTERPRISE_COMMUNITY.right), lambda n: n)


def score(size: str, form: str, runs: int) -> dict[str, Any]:
    """Score all candidates of one size by one form of the kernels; the first call (loading, compiling) is timed on a district."""
    weights = load_weights()
    start = time.perf_counter()
    with kernels.use(form):
        best_partners(ENTERPRISE_COMMUNITY, weights, make_land("district"), 10)
        first = time.perf_counter() - start
        sides = make_land(size)
        with watch_memory() as beyond:
            times = [
                measure_times(lambda: best_partners(ENTERPRISE_COMMUNITY, weights, sides, 10)) for _ in range(runs)
            ]
    seconds, cpu = (min(run[i] for run in times) for i in (0, 1))
    return {"first": first, "seconds": seconds, "cpu": cpu, "beyond_mib": beyond() / MIB}


def measure_times(work: Callable[[], Any]) -> tuple[float, float]:
    """Return the wall and processor seconds of a call; the second is what a busy machine disturbs less."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


@contextmanager
def watch_memory() -> Iterator[Callable[[], int]]:
    """Watch how many bytes the process holds beyond what it held at first."""
    process, over = psutil.Process(), threading.Event()
    at_first = peak = process.memory_info().rss

    def watch() -> None:
        nonlocal peak
        while not over.wait(0.005):
            peak = max(peak, process.memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield lambda: peak - at_first
    finally:
        over.set()
        watcher.join()


def plan(size: str, share: float) -> dict[str, Any]:
    """Make one plan for all of one size, one to three partners each, with a share of the enterprises taking part."""
    sides = make_land(size)
    scored = score_lefts(
        ENTERPRISE_COMMUNITY, load_weights(), sides, lambda s: keep_spread(s, len(sides.right), CANDIDATES)
    )
    numbers = np.random.default_rng(2)
    names = {
        "left": sides.left.units["id"].gather(scored.left),
        "right": sides.right.units["id"].gather(scored.right),
    }
    rooms = [numbers.integers(1, 4, len(side)) for side in (sides.left, sides.right)]
    rooms[1] *= numbers.random(len(sides.right)) < share
    room = [pl.DataFrame({"id": s.ids, "capacity": r}) for s, r in zip((sides.left, sides.right), rooms, strict=True)]
    pairs = pl.DataFrame(names | {"score": scored.score})
    assign(pairs.head(CANDIDATES), room[0], room[1])  # loads the solver
    chosen: list[pl.DataFrame] = []
    seconds, cpu = measure_times(lambda: chosen.append(assign(pairs, room[0], room[1])))
    return {"seconds": seconds, "cpu": cpu, "covered": chosen[0]["left"].n_unique(), "lefts": len(sides.left)}


def rescore(size: str) -> dict[str, Any]:
    """Let some enterprises leave, one by one; returns how many communities were scored again, and the seconds of that."""
    facts = make_facts(*SIZES[size])
    labels = (ENTERPRISE_COMMUNITY.left, ENTERPRISE_COMMUNITY.right)
    stands = stand(ENTERPRISE_COMMUNITY, load_weights(), make_sides(facts, labels, lambda n: n), 10)
    counts, seconds = [], []
    for unit in np.random.default_rng(3).choice(stands.sides.right.ids, CHANGES).tolist():
        after = make_sides(replace(facts, units=facts.units.filter(pl.col("id") != unit)), labels, lambda n: n)
        start = time.perf_counter()
        counts.append(len(stands.rescore(after, {unit})[1]))
        seconds.append(time.perf_counter() - start)
    return {"reached": statistics.median(counts), "seconds": statistics.median(seconds)}


def main(arguments: Sequence[str] | None = None) -> Board:
    """Run the benchmark and print its table."""
    options = parse(__doc__ or "", arguments, runs=3, sizes="district,city,province")
    board = Board(
        "pairing: eight signals, the best ten of each community (wall seconds; processor seconds of all threads)"
    )
    for size in options.sizes.split(","):
        best = add_scoring(board, size, 1 if size == "nation" else options.runs)
        if size != "nation":
            add_plans(board, size)
            add_rivals(board, size, best)
    board.print()
    return board


def add_scoring(board: Board, size: str, runs: int) -> float:
    """Add speed and memory of scoring by each form that is installed; returns the best wall seconds."""
    communities, enterprises = SIZES[size]
    forms = ["numba"] if kernels.is_compiled_there() else []
    forms += ["numpy"] if size != "nation" or not forms else []
    board.add(f"{size} {communities:,} × {enterprises:,}", "")
    found = {form: run_child(score, size, form, runs).result for form in forms}
    for form, one in found.items():
        goal = GOALS[size] * (1 if form == "numba" else SLOWER)
        figure = f"{one['seconds']:.4f} s ({one['cpu']:.4f} s)"
        board.add(f"  scoring, {form}", figure, f"≤ {goal:g} s", one["seconds"] <= goal)
        if size in MEMORY:
            met = one["beyond_mib"] <= MEMORY[size]
            board.add(f"  memory beyond the data, {form}", f"{one['beyond_mib']:.0f} MiB", f"≤ {MEMORY[size]} MiB", met)
        if size == "district":
            board.add(f"  first call, {form}", f"{one['first']:.2f} s")
    return min(one["seconds"] for one in found.values())


def add_plans(board: Board, size: str) -> None:
    """Add the plans of one size, and what one change costs."""
    for share, goal in zip(SHARES, PLANS[size], strict=False):
        made = run_child(plan, size, share).result
        figure = f"{made['seconds']:.4f} s ({made['cpu']:.4f} s), {made['covered']:,} of {made['lefts']:,} covered"
        board.add(f"  exact plan, {share:.0%} of enterprises", figure, f"≤ {goal:g} s", made["seconds"] <= goal)
    if size == "province":
        again = run_child(rescore, size).result
        figure = f"{again['reached']:,.0f} communities, {again['seconds']:.2f} s"
        board.add("  one enterprise changed: scored again", figure, "≤ 1,000", again["reached"] <= 1_000)


def add_rivals(board: Board, size: str, seconds: float) -> None:
    """Add how ours compares with what one would write without it."""
    communities, enterprises = SIZES[size]
    a_pair = run_child(plain_loop, size, 20 if size == "province" else 50).result["seconds_a_pair"]
    times = a_pair * communities * enterprises / seconds
    if size == "district":  # every pair is a candidate there
        board.add("  a plain loop over every pair ÷ ours", f"{times:,.0f}")
    else:
        board.add("  a plain loop over every pair ÷ ours", f"{times:,.0f}", "≥ 100", times >= 100)
    if size != "province":  # there it would take more memory than there is
        joined = run_child(cross_join, size).result["seconds"]
        board.add("  polars cross join, 2 signals ÷ ours", f"{joined / seconds:.1f}")
    board.add(
        "  ours ÷ nearest 200 alone (cKDTree, numpy)", f"{seconds / run_child(nearest, size).result['seconds']:.1f}"
    )


if __name__ == "__main__":
    main()
