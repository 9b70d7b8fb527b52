"""How good the pairing's learning is on choices that were really made, and on planted ones.

Protocol: every target that a chooser could still take is ranked (no sampled negatives), equal scores share their expected rank,
choosers or targets without a past are counted apart. Dated lists are cut at months 48, 60, 72 and 84 and judged on the next 18; the
weights are learned on the 18 months before the cut. Undated ones hide a fifth of the edges (seeds 0 to 2), and for learning a fifth
of the rest. Intervals are 95 % bootstraps over choosers, differences are paired.
Planted districts: see `benchmarks.planted`; who goes without a partner: see `benchmarks.fairness`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.edge_list import PUBLIC, EdgeList, read_csv, read_norway, read_sister_cities
from benchmarks.fairness import add_fairness
from benchmarks.measure import Board, parse
from benchmarks.planted import add_planted
from benchmarks.structure import SIGNALS, Structure, by_rank
from queries.matching.arrays import FloatArray, IntArray
from queries.pairing.learning.choice_model import Choices, learn
from queries.pairing.learning.evaluation import Interval, interval, owners, ranks

CUTS, WINDOW = (48, 60, 72, 84), 18  # months
SEEDS, HIDDEN = (0, 1, 2), 0.2
MOST_LEARNED_FROM = 500  # choosers of an inner split
RIDGE = 0.3
WALK = "random walk"
BETTER, HYBRID = 0.05, "learned hybrid"
ALONE = tuple(SIGNALS)


@dataclass(frozen=True)
class Split:
    """Edges known at the time of choosing, the choices to judge, and an earlier split to learn from."""

    known: EdgeList
    made: EdgeList
    inner: Split | None = None


def main(arguments: Sequence[str] | None = None) -> Board:
    """Run the benchmark and print its table."""
    options = parse(__doc__ or "", arguments, data="", edges="")
    board = Board("quality: rank of real choices, MRR (share among the first ten)")
    lists = []
    _check_files([Path(options.data) / name for name in PUBLIC] if options.data else [])
    _check_files([Path(options.edges)] if options.edges else [])
    if options.data:
        lists += [read_norway(Path(options.data)), read_sister_cities(Path(options.data))]
    if options.edges:
        lists.append(read_csv(Path(options.edges)))
    if not lists:
        board.add("public edge lists", "not run: give --data FOLDER or --edges FILE.csv")
    for edges in lists:
        judge(edges, board)
    add_planted(board)
    for size in ("district", "city"):
        add_fairness(size, board)
    board.print()
    return board


def _check_files(files: Sequence[Path]) -> None:
    """End with a sentence where a file is missing."""
    missing = [str(file) for file in files if not file.is_file()]
    if missing:
        raise SystemExit(
            f"there is no {', no '.join(missing)}: give the folder of the public edge lists, or a CSV file"
        )


def judge(edges: EdgeList, board: Board) -> None:
    """Add the lines of one edge list."""
    found: dict[str, list[FloatArray]] = {}
    choosers: list[IntArray] = []
    cold = total = 0
    for number, split in enumerate(splits(edges)):
        own, places, missed = _rank_split(split, number)
        cold, total = cold + missed, total + missed + len(own)
        choosers.append(own)
        for name, ranked in places.items():
            found.setdefault(name, []).append(ranked)
    owner = np.concatenate(choosers)
    reciprocal = {name: 1 / np.concatenate(parts) for name, parts in found.items()}
    tens = {name: float((np.concatenate(parts) <= 10).mean()) for name, parts in found.items()}
    board.add(edges.name, f"{total:,} choices, {cold:,} of them cold (not ranked)")
    for name, values in sorted(reciprocal.items(), key=lambda one: one[1].mean()):
        board.add(f"  {name}", f"{interval(values, owner)} ({tens[name]:.2f})")
    best = max(ALONE, key=lambda name: float(reciprocal[name].mean()))
    gain: Interval = interval(reciprocal[HYBRID] - reciprocal[best], owner)
    share = float(gain.mean / reciprocal[best].mean())
    board.add(
        f"  hybrid over {best}",
        f"{share:+.1%}, paired {gain}",
        f"≥ +{BETTER:.0%}, low > 0",
        share >= BETTER and gain.low > 0,
    )


def splits(edges: EdgeList) -> Iterator[Split]:
    """Yield what is known and what is to be foretold, by time where the edges are dated, else by chance."""
    if (edges.month >= 0).any():
        for cut in CUTS:
            yield Split(*_cut(edges, cut), inner=Split(*_cut(edges, cut - WINDOW)))
    else:
        for seed in SEEDS:
            known, made = _hide(edges, seed)
            yield Split(known, made, inner=Split(*_hide(known, seed + 100)))


def _cut(edges: EdgeList, month: int) -> tuple[EdgeList, EdgeList]:
    return edges.where(edges.month < month), edges.where((edges.month >= month) & (edges.month < month + WINDOW))


def _hide(edges: EdgeList, seed: int) -> tuple[EdgeList, EdgeList]:
    hidden = np.random.default_rng(seed).permutation(len(edges)) < HIDDEN * len(edges)
    return edges.where(~hidden), edges.where(hidden)


def _rank_split(split: Split, seed: int) -> tuple[IntArray, dict[str, FloatArray], int]:
    """Return the chooser of each warm choice, the ranks of the choices by every signal and by the hybrid, and how many were cold."""
    choices, alone, cold = measure(split)
    places = {name: ranks(choices, values) for name, values in alone.items()}
    if split.inner is None:
        raise ValueError("a split to be judged needs an inner one to learn from")
    past, _, _ = measure(split.inner, MOST_LEARNED_FROM, seed)
    weights = np.full(choices.values.shape[1], 1 / choices.values.shape[1])
    learned = learn(past, weights, RIDGE)
    return owners(choices), places | {HYBRID: ranks(choices, choices.values @ learned.weights)}, cold


def measure(split: Split, most: int | None = None, seed: int = 0) -> tuple[Choices, dict[str, FloatArray], int]:
    """Return the choices of a split with all signals and their ranks as columns, the signals alone, and how many choices were cold."""
    structure = Structure(split.known)
    source, target = split.made.source, split.made.target
    if split.made.symmetric:
        source, target = np.concatenate([source, target]), np.concatenate([target, source])
    warm = (structure.given[source] > 0) & (structure.taken[target] > 0)
    cold = int((~warm).sum())
    source, target = source[warm], target[warm]
    choosers = np.unique(source)
    if most is not None and len(choosers) > most:
        choosers = np.sort(np.random.default_rng(seed).choice(choosers, most, replace=False))
    row = np.searchsorted(choosers, source)
    inside = (row < len(choosers)) & (choosers[np.minimum(row, len(choosers) - 1)] == source)
    chosen = np.zeros((len(choosers), len(split.known.right)), dtype=np.bool_)
    chosen[row[inside], target[inside]] = True
    open_ = (structure.taken > 0)[None, :] & (structure.links[choosers].toarray() == 0)
    if split.known.symmetric:
        open_[np.arange(len(choosers)), choosers] = False
    alone: dict[str, FloatArray] = {}
    columns = []
    for name, kind in SIGNALS.items():
        values = kind(structure, choosers)
        alone[name] = values[open_]
        columns += [values[open_].astype(np.float32), by_rank(np.where(open_, values, -1)).astype(np.float32)[open_]]
    owner = np.repeat(choosers, open_.sum(axis=1))
    return Choices(np.stack(columns, axis=1), owner, (chosen & open_)[open_]), alone, cold


if __name__ == "__main__":
    main()
