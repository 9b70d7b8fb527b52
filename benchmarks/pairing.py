"""Pairing at four sizes, with the accelerator and without: scoring every community's candidates, a plan for everybody, what one change
costs; against a plain loop, polars' cross join and a nearest-neighbour search with numpy.

Sizes are communities × enterprises: district 150 × 300, city 2,000 × 5,000, province 25,000 × 60,000, nation 600,000 × 1,600,000
(only when asked for: `--sizes nation`; scoring and plans alone). Eight signals; the best ten of each community are what a user sees.
"""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from typing import Any

import numpy as np
import polars as pl
import psutil

from benchmarks.land import SIZES, make_facts
from benchmarks.measure import MIB, Board, parse, run_child
from benchmarks.pairing_rivals import cross_join, nearest, plain_loop
from queries.matching import kernels
from queries.matching.arrays import IntArray
from queries.matching.blocks import best_partners, score_lefts
from queries.matching.plans.assignment import assign
from queries.matching.plans.choosing import Options, Room, Rooms, choose_pairs
from queries.matching.scale.rescore import stand
from queries.matching.score import Keep
from queries.matching.sides import Sides, make_sides
from queries.matching.weights import load_weights
from queries.pairing.specs import ENTERPRISE_COMMUNITY

GOALS = {"district": 0.0015, "city": 0.06, "province": 0.5, "nation": 12.0}  # seconds of scoring, with the accelerator
SLOWER = 10  # times, at most, without the accelerator
MEMORY = {"city": 175, "province": 230, "nation": 1_300}  # MiB beyond the data
PLANS = {
    "district": (0.0014,),
    "city": (0.1,),
    "province": (1.1, 3.0),
    "nation": (94.0, 94.0),
}  # seconds: everybody takes part; 30 % of enterprises
PLAN_MEMORY = 8_192  # MiB of a whole process that makes the land, scores it and makes a plan
SHARES = (1.0, 0.3)
CANDIDATES = 60  # pairs a community that a plan chooses from
CHANGES = 9
RESCORING = 0.05  # seconds that one changed enterprise of a province may take


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
            whole, _ = measure_times(lambda: best_partners(ENTERPRISE_COMMUNITY, weights, sides, 10))
            seconds, cpu = measure_best(lambda: best_partners(ENTERPRISE_COMMUNITY, weights, sides, 10), runs)
    return {"first": first, "whole": whole, "seconds": seconds, "cpu": cpu, "beyond_mib": beyond() / MIB}


def measure_times(work: Callable[[], Any]) -> tuple[float, float]:
    """Return the wall and processor seconds of a call; the second is what a busy machine disturbs less."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def measure_best(work: Callable[[], Any], runs: int) -> tuple[float, float]:
    """Return the least wall and processor seconds of `runs` calls, and of as many more as half a second has room for."""
    end, times = time.perf_counter() + 0.5, [measure_times(work) for _ in range(runs)]
    while time.perf_counter() < end:
        times.append(measure_times(work))
    return min(wall for wall, _ in times), min(cpu for _, cpu in times)


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


def plan(size: str, share: float, form: str, runs: int) -> dict[str, Any]:
    """Make one plan for all of one size, one to three partners each, with a share of the enterprises taking part."""
    options, rooms = ask_for_plan(size, share)
    with kernels.use(form):
        choose_pairs(options.take(np.arange(CANDIDATES)), rooms)  # loads the solver
        rows: list[IntArray] = []
        seconds, cpu = measure_best(lambda: rows.append(choose_pairs(options, rooms)), runs)
    covered = len(np.unique(options.left[rows[0]]))
    return {"seconds": seconds, "cpu": cpu, "covered": covered, "lefts": len(rooms[0].places)}


def plan_from_tables(size: str, runs: int) -> dict[str, Any]:
    """Make the same plan from tables in which units stand by their ids."""
    pairs, lefts, rights = make_tables(*ask_for_plan(size, 1.0))
    with kernels.use("numba"):
        assign(pairs.head(CANDIDATES), lefts, rights)
        seconds, _ = measure_best(lambda: assign(pairs, lefts, rights), runs)
    return {"seconds": seconds}


def make_tables(options: Options, rooms: Rooms) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Return options (left, right, score) and both sides' places (id, capacity) as tables in which units stand by their ids."""
    lefts, rights = (pl.DataFrame({"id": room.ids, "capacity": room.places}) for room in rooms)
    ends = {"left": lefts["id"].gather(options.left), "right": rights["id"].gather(options.right)}
    return pl.DataFrame(ends | {"score": options.score}), lefts, rights


def ask_for_plan(size: str, share: float) -> tuple[Options, Rooms]:
    """Return the pairs that a plan chooses from, and the places of either side."""
    sides = make_land(size)
    scored = score_lefts(ENTERPRISE_COMMUNITY, load_weights(), sides, Keep(CANDIDATES, len(sides.right)))
    numbers = np.random.default_rng(2)
    places = [numbers.integers(1, 4, len(side)) for side in (sides.left, sides.right)]
    places[1] *= numbers.random(len(sides.right)) < share
    rooms = Room(sides.left.ids, places[0]), Room(sides.right.ids, places[1])
    return Options(scored.left, scored.right, scored.score, scored.score), rooms


def rescore(size: str) -> dict[str, Any]:
    """Let some enterprises leave, one by one; returns how many communities were scored again, and the seconds of that.

    `read` includes reading the changed facts into the tables that scoring keeps; `seconds` is scoring alone.
    """
    facts = make_facts(*SIZES[size])
    labels = (ENTERPRISE_COMMUNITY.left, ENTERPRISE_COMMUNITY.right)
    stands = stand(ENTERPRISE_COMMUNITY, load_weights(), make_sides(facts, labels, lambda n: n), 10)
    times = []
    for unit in np.random.default_rng(3).choice(stands.sides.right.ids, CHANGES).tolist():
        after = make_sides(replace(facts, units=facts.units.filter(pl.col("id") != unit)), labels, lambda n: n)
        first = measure_times(partial(stands.rescore, after, {unit}))[0]
        again = measure_times(partial(stands.rescore, after, {unit}))[0]
        times.append((len(stands.rescore(after, {unit})[1]), first, again))
    reached, read, seconds = (statistics.median(one) for one in zip(*times, strict=True))
    return {"reached": reached, "read": read, "seconds": seconds}


def main(arguments: Sequence[str] | None = None) -> Board:
    """Run the benchmark and print its table."""
    options = parse(__doc__ or "", arguments, runs=3, sizes="district,city,province")
    board = Board(
        "pairing: eight signals, the best ten of each community (wall seconds; processor seconds of all threads)"
    )
    for size in options.sizes.split(","):
        best = add_scoring(board, size, 1 if size == "nation" else options.runs)
        add_plans(board, size, 1 if size == "nation" else options.runs)
        if size != "nation":
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
        board.add("  the first time, with making tables and searches", f"{one['whole']:.4f} s")
        if size in MEMORY:
            met = one["beyond_mib"] <= MEMORY[size]
            board.add(f"  memory beyond the data, {form}", f"{one['beyond_mib']:.0f} MiB", f"≤ {MEMORY[size]} MiB", met)
        if size == "district":
            board.add(f"  first call of a process, {form}", f"{one['first']:.2f} s")
    return min(float(one["seconds"]) for one in found.values())


def add_plans(board: Board, size: str, runs: int) -> None:
    """Add the plans of one size by each form that is installed, and what one change costs."""
    forms = {"numba": "numba"} if kernels.is_compiled_there() else {}
    forms["numpy"] = "OR-Tools" if find_spec("ortools") else "HiGHS"
    for share, goal in zip(SHARES, PLANS[size], strict=False):
        for form, name in forms.items():
            work = run_child(plan, size, share, form, runs)
            made = work.result
            figure = f"{made['seconds']:.4f} s ({made['cpu']:.4f} s), {made['covered']:,} of {made['lefts']:,} covered"
            most = goal * (1 if form == "numba" or size == "nation" else SLOWER)  # the nation's is OR-Tools' own
            board.add(f"  exact plan, {share:.0%} take part, {name}", figure, f"≤ {most:g} s", made["seconds"] <= most)
            if size == "nation":
                peak = f"{work.peak_mib:,.0f} MiB"
                board.add("  its whole process", peak, f"≤ {PLAN_MEMORY:,} MiB", work.peak_mib <= PLAN_MEMORY)
    if forms.get("numba") and size != "nation":
        seconds = run_child(plan_from_tables, size, runs).result["seconds"]
        board.add("  the same plan from tables with ids", f"{seconds:.4f} s")
    if size == "province":
        again = run_child(rescore, size).result
        board.add(
            "  one enterprise changed: communities scored again",
            f"{again['reached']:,.0f}", "≤ 1,000", again["reached"] <= 1_000,
        )  # fmt: skip
        board.add(
            "  their scoring (with reading the changed facts)",
            f"{again['seconds']:.3f} s ({again['read']:.3f} s)", f"≤ {RESCORING:g} s", again["seconds"] <= RESCORING,
        )  # fmt: skip


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
